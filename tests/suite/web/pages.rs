//! Every page there is: found by following links from home, so that a new page is covered once something leads to it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Site;

/// Addresses that no link leads to.
const UNLINKED: [&str; 5] = [
    "/search?q=hostname&severity=critical&from=2025-01-01",
    "/search?q=%22open",
    "/search?q=zyzzyva%20severity%3Ainfo",
    "/d/nowhere.md",
    "/nowhere",
];
/// Pages of one kind (`/d/…`, `/search?…`) that are visited.
const MOST_OF_A_KIND: usize = 3;

/// Returns the address of every page of `site`, up to a few of each kind.
pub(super) fn pages(site: &Site) -> Vec<String> {
    let mut ahead: VecDeque<String> = std::iter::once("/").chain(UNLINKED).map(str::to_owned).collect();
    let mut seen: BTreeSet<String> = ahead.iter().cloned().collect();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut pages = Vec::new();
    while let Some(url) = ahead.pop_front() {
        let answer = site.get(&url);
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        for link in links(&answer.text()) {
            let kind = link.trim_start_matches('/').split(['/', '?']).next().unwrap().to_owned();
            let count = kinds.entry(kind).or_default();
            if *count < MOST_OF_A_KIND && seen.insert(link.clone()) {
                *count += 1;
                ahead.push_back(link);
            }
        }
        pages.push(url);
    }
    pages
}

/// Returns the addresses of this site that a page links to, without fragments.
fn links(page: &str) -> Vec<String> {
    let targets = page.split("<a ").skip(1).filter_map(|it| it.split('>').next()?.split("href=\"").nth(1));
    let targets = targets.map(|it| it.split(['"', '#']).next().unwrap().replace("&#38;", "&").replace("&amp;", "&"));
    targets.filter(|it| it.starts_with('/') && !it.starts_with("//")).collect()
}

#[test]
fn every_kind_of_page_is_found() {
    let found = pages(&Site::new());
    for page in ["/", "/search", "/d/2025/redis.md", "/source/2025/redis.md", "/paste", "/status"] {
        assert!(found.iter().any(|it| it.split('?').next() == Some(page)), "{page} is not among {found:?}");
    }
    assert!(!found.iter().any(|it| it.starts_with("/raw/") || it.starts_with("/static/")), "{found:?}");
}
