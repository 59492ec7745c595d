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
