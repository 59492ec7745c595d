use super::Site;

#[test]
fn the_feed_has_stable_ids_and_dates() {
    let site =
        Site::with(&[("a&b.md", "---\nkind: incident\ndate: 2026-01-02\nseverity: high\n---\n# A < B & \u{1b}c\n")]);
    let feed = site.get("/feed.atom").ok();
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    let text = feed.text();
    assert!(
        text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">")
    );
    assert!(text.contains("<title>A &#60; B &#38; c</title>"), "{text}");
    assert!(
        text.contains("href=\"http://localhost:7420/d/a%26b.md\"")
            && text.contains("href=\"http://localhost:7420/feed.atom\"")
    );
    assert!(text.contains("<published>2026-01-02T00:00:00Z</published>"), "{text}");
    let ids = |text: &str| text.matches("<id>urn:uuid:").count();
    assert_eq!(ids(&text), 2);
    assert_eq!(text, site.get("/feed.atom").ok().text());
    assert!(site.get("/").text().contains(r#"type="application/atom+xml""#));
}

/// Commits every file, at that many seconds since 1970.
fn commit(git: &git2::Repository, seconds: i64) {
    let mut index = git.index().unwrap();
    index.add_all(["*.md"], git2::IndexAddOption::DEFAULT, None).unwrap();
    let tree = git.find_tree(index.write_tree().unwrap()).unwrap();
    let who = git2::Signature::new("Li", "li@example.com", &git2::Time::new(seconds, 0)).unwrap();
    let parent = git.head().ok().and_then(|head| head.peel_to_commit().ok());
    git.commit(Some("HEAD"), &who, &who, "change", &tree, &parent.iter().collect::<Vec<_>>()).unwrap();
}

#[test]
fn dates_are_those_of_commits_until_a_file_is_changed() {
    let report = |title: &str| format!("---\nkind: incident\n---\n# {title}\n");
    let site = Site::with(&[("old.md", &report("Old"))]);
    let updated = |site: &Site| -> Vec<String> {
        let text = site.get("/feed.atom").ok().text();
        let entries = text.split("<entry>").skip(1);
        let within = |entry: &str, tag: &str| {
            entry.split(&format!("<{tag}>")).nth(1).unwrap().split('<').next().unwrap().to_owned()
        };
        entries.map(|entry| format!("{} {}", within(entry, "title"), within(entry, "updated"))).collect()
    };
    let git = git2::Repository::init(site.path()).unwrap();
    commit(&git, 1_600_000_000);
    std::fs::write(site.path().join("new.md"), report("New")).unwrap();
    commit(&git, 1_700_000_000);
    super::site::open(site.path()).sync(&|_| {}).unwrap();
    assert_eq!(updated(&site), ["New 2023-11-14T22:13:20Z", "Old 2020-09-13T12:26:40Z"]);
    std::fs::write(site.path().join("old.md"), report("Old, told again")).unwrap();
    super::site::open(site.path()).sync(&|_| {}).unwrap();
    let now = updated(&site);
    assert!(now[0].starts_with("Old, told again 20") && now[1] == "New 2023-11-14T22:13:20Z", "{now:?}");
}
