use super::Site;

#[test]
fn home_leads_to_search_and_shows_what_is_open() {
    let page = Site::new().get("/").ok();
    assert!(page.header("content-type").starts_with("text/html"));
    let text = page.text();
    assert!(text.contains(r#"<form class="search" id="ris-search" role="search" action="/search">"#), "{text}");
    assert!(text.contains(r#"name="q""#) && text.contains(r#"href="/paste""#));
    let (open, recent) = text.split_once(r#"id="ris-recent""#).unwrap();
    assert!(open.contains("/d/2025/plan.md") && !open.contains("/d/2025/redis.md"), "{open}");
    assert!(recent.contains("/d/2025/redis.md"));
    assert!(text.contains("2 documents</a> indexed"), "{text}");
}

#[test]
fn an_empty_folder_has_a_home_too() {
    let page = Site::with(&[]).get("/").ok();
    assert!(page.text().contains("Nothing is indexed yet"));
}
