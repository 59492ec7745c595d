use axum::http::StatusCode;

use super::Site;

#[test]
fn the_document_is_rendered_under_its_title() {
    let page = Site::new().get("/d/2025/redis.md").ok();
    let text = page.text();
    assert_eq!(page.element("<h1"), "Uploads stuck: wrong Redis hostname");
    assert_eq!(text.matches("<h1").count(), 1);
    assert!(text.contains(r#"<h2 id="root-cause">Root Cause</h2>"#), "{text}");
    assert!(text.contains(r##"<a href="#root-cause">Root Cause</a>"##), "{text}");
    assert!(text.contains(r#"<code class="language-bash">vault write"#), "{text}");
}

#[test]
fn links_and_images_of_the_knowledge_base_work() {
    let text = Site::new().get("/d/2025/redis.md").ok().text();
    assert!(text.contains(r#"href="/d/2025/plan.md#steps""#), "{text}");
    assert!(text.contains(r#"src="/files/2025/graph.png""#), "{text}");
}

#[test]
fn facts_say_where_they_were_read() {
    let page = Site::new().get("/d/2025/redis.md").ok();
    let facts = page.element("<aside class=\"facts\"");
    for fact in ["Critical", "Resolved", "17 Dec 2025", "INC-2025-0042", "label, line 4"] {
        assert!(facts.contains(fact), "{fact}: {facts}");
    }
    assert!(page.text().contains(r#"href="/source/2025/redis.md#L4""#));
}

#[test]
fn front_matter_is_data_and_not_text() {
    let page = Site::new().get("/d/2025/plan.md").ok();
    let prose = page.element("<article class=\"prose\"");
    assert!(!prose.contains("config-drift") && prose.contains("Follows INC-2025-0042"), "{prose}");
    let text = page.text();
    assert!(text.contains("<code>compliance.soc2.controls</code>"), "{text}");
    assert!(page.element("<aside").contains("CC7.3"), "{text}");
}

#[test]
fn action_items_and_timeline_are_told() {
    let page = Site::new().get("/d/2025/redis.md").ok();
    let actions = page.element("<section class=\"read-out\" aria-labelledby=\"ris-actions\"");
    assert!(actions.contains("1 of 2 done"), "{actions}");
    assert!(actions.contains("overdue since 15 Jan 2026") && actions.contains("@li"), "{actions}");
    let timeline = page.element("<section class=\"read-out\" aria-labelledby=\"ris-timeline\"");
    assert!(timeline.contains("first upload fails"), "{timeline}");
}

#[test]
fn documents_that_mention_this_one_are_listed() {
    let page = Site::new().get("/d/2025/redis.md").ok();
    let aside = page.element("<aside class=\"facts\"");
    assert!(aside.contains("Mentioned in") && aside.contains("Fix plan for hostnames"), "{aside}");
    let page = Site::new().get("/d/2025/plan.md").ok();
    let aside = page.element("<aside class=\"facts\"");
    assert!(aside.contains("Refers to") && aside.contains("Uploads stuck"), "{aside}");
}

#[test]
fn the_passage_looked_for_is_marked() {
    let text = Site::new().get("/d/2025/redis.md?line=10").ok().text();
    assert!(text.contains(r#"<p><span id="ris-passage" class="passage"></span>The secret held"#), "{text}");
}

#[test]
fn ids_lead_to_documents() {
    let site = Site::new();
    let answer = site.get("/d/INC-2025-0042");
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/d/2025/redis.md"));
    let twice = Site::with(&[("a.md", "---\nid: X-1\n---\n# A\n"), ("b.md", "---\nid: X-1\n---\n# B\n")]);
    let answer = twice.get("/d/X-1");
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/search?q=id%3A%22X-1%22"));
    let missing = site.get("/d/INC-2025-0043");
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.text().contains(r#"href="/d/INC-2025-0042""#), "{}", missing.text());
    assert!(missing.text().contains("There is no document <code>INC-2025-0043</code>"), "{}", missing.text());
}

#[test]
fn broken_documents_are_shown_with_what_is_wrong() {
    let site = Site::with(&[("bad.md", "---\ntitle: a: b: c\n\tx\n---\n# Still here\n\nwords\n")]);
    let page = site.get("/d/bad.md").ok();
    let text = page.text();
    assert!(text.contains("words") && text.contains("id=\"ris-problems\""), "{text}");
}

#[test]
fn any_bytes_make_a_page() {
    let site = Site::with(&[("empty.md", ""), ("huge.md", &"# x\n\nlong line ".repeat(100_000))]);
    std::fs::write(site.path().join("binary.md"), [0xff, 0xfe, 0x00, 0x80, 0x23]).unwrap();
    site.get("/d/empty.md").ok();
    assert!(site.get("/d/huge.md").ok().text().contains("too large to be laid out"));
    let status = site.get("/d/binary.md").status;
    assert!(status == StatusCode::OK || status == StatusCode::NOT_FOUND, "{status}");
}
