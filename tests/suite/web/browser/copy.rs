//! A copy of the pages, opened from a disk.

use ris::kb::CopyRequest;
use ris::web::export;
use tempfile::TempDir;

use super::browser;
use super::chromium::Chromium;
use crate::web::site::{PLAN, REDIS, open, write};

/// A copy and a browser in front of it.
struct Folder {
    browser: Chromium,
    folder: TempDir,
}

impl Folder {
    fn new() -> Option<Self> {
        let program = browser()?;
        let source = write(&[("2025/redis.md", REDIS), ("2025/plan.md", PLAN), ("2024/jp.md", POOL)]);
        let kb = open(source.path());
        kb.sync(&|_| {}).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let copy = kb.copied(&CopyRequest::default(), &|_| {}).unwrap();
        export(copy, &folder.path().join("a copy"), &|_| {}).unwrap();
        Some(Self { browser: Chromium::start(&program), folder })
    }

    fn open(&mut self, path: &str) {
        let url = format!("file://{}/a%20copy/{path}", self.folder.path().display());
        self.browser.open(&url);
    }

    /// Asserts that the pages so far complained of nothing and asked for nothing but files.
    fn assert_quiet(&mut self) {
        assert_eq!(self.browser.complaints(), Vec::<String>::new());
        let is_foreign = |url: &String| !["file://", "about:blank", "data:"].iter().any(|it| url.starts_with(it));
        let foreign: Vec<_> = self.browser.requests().into_iter().filter(is_foreign).collect();
        assert_eq!(foreign, Vec::<String>::new());
    }
}

const POOL: &str =
    "# プールが枯渇した\n\n**Date:** 2024-02-01\n**Severity:** low\n\nDatabase connections ran out: Größe 5.\n";
const HITS: &str = "[...document.querySelectorAll('.hit-title')].map(it => it.textContent).join('|')";
const REDIS_TITLE: &str = "Uploads stuck: wrong Redis hostname";

#[test]
fn a_search_from_home_leads_to_the_passage_without_a_server() {
    let Some(mut folder) = Folder::new() else { return };
    folder.open("index.html");
    folder.browser.wait_for_load(|page| {
        page.run("document.querySelector('.search input').value = 'secret hostname'; document.querySelector('.search button').click()");
    });
    folder.browser.until("document.querySelectorAll('.hit').length === 2");
    assert_eq!(folder.browser.run(HITS), format!("{REDIS_TITLE}|Fix plan for hostnames"));
    assert_eq!(folder.browser.run("document.querySelector('.hit mark').textContent.toLowerCase()"), "hostname");
    assert_eq!(folder.browser.run("document.getElementById('ris-all').checkVisibility()"), false);
    folder.browser.wait_for_load(|page| {
        page.run("document.querySelector('.hit .place a').click()");
    });
    let target = folder.browser.run("document.querySelector(':target').textContent");
    assert!(target.as_str().unwrap().contains("cache-main"), "{target}");
    assert_eq!(folder.browser.run("document.querySelectorAll('.copyable .copy').length"), 1, "commands can be copied");
    folder.browser.press("/", "/");
    assert_eq!(folder.browser.run("document.activeElement.id"), "ris-q");
    folder.assert_quiet();
}

#[test]
fn words_of_every_sort_are_found_as_they_are_typed() {
    let Some(mut folder) = Folder::new() else { return };
    folder.open("search.html");
    folder.browser.until("document.querySelectorAll('#ris-filters select').length === 4");
    assert_eq!(folder.browser.run("document.querySelectorAll('#ris-all .year li').length"), 3);
    for (typed, first) in [
        ("stuck uplo", REDIS_TITLE),
        ("INC-2025-0042", REDIS_TITLE),
        ("cache-main", REDIS_TITLE),
        ("config-drift", "Fix plan for hostnames"),
        ("枯渇", "プールが枯渇した"),
        ("grosse", "プールが枯渇した"),
        ("connection", "プールが枯渇した"),
    ] {
        folder.browser.run(&format!(
            "(() => {{ const it = document.getElementById('ris-q'); it.value = '{typed}'; it.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()"
        ));
        folder.browser.until(&format!("document.querySelector('.hit-title')?.textContent === '{first}'"));
    }
    folder
        .browser
        .run("document.getElementById('ris-q').value = 'zzz'; document.getElementById('ris-search').requestSubmit()");
    folder.browser.until("document.querySelector('.total')?.textContent === 'Nothing found'");
    folder.open("search.html?q=hostname&severity=1");
    folder.browser.until("document.querySelectorAll('.hit').length === 1");
    assert_eq!(folder.browser.run(HITS), REDIS_TITLE);
    folder.assert_quiet();
}

#[test]
fn a_pasted_error_shows_the_way_out_of_what_quotes_it_only() {
    let Some(mut folder) = Folder::new() else { return };
    folder.open("index.html");
    folder.browser.wait_for_load(|page| {
        page.run("[...document.querySelectorAll('nav a')].find(it => it.textContent === 'Paste a log').click()");
    });
    folder.browser.until("document.getElementById('ris-paste').open === true");
    let paste = |text: &str| {
        format!(
            "document.getElementById('ris-log').value = '{text}'; document.getElementById('ris-paste-form').requestSubmit()"
        )
    };
    folder.browser.run(&paste("08:00:01 ERROR start\\n08:00:02 held the hostname cache-main, which no service has\\n"));
    folder.browser.until("document.querySelector('.hit .fix code')?.textContent.includes('vault write cache')");
    folder.browser.run(&paste("one upload and another\\nsome hostname of no service\\n"));
    folder.browser.until("document.querySelector('.notice')?.textContent.startsWith('No document here quotes this')");
    assert_eq!(folder.browser.run("document.querySelectorAll('.hit .fix').length"), 0);
    folder.assert_quiet();
}
