use super::Site;

#[test]
fn results_show_the_passage_and_where_it_is() {
    let page = Site::new().get("/search?q=hostname").ok();
    let text = page.text();
    assert!(page.element("<p class=\"total\"").contains("2 documents"), "{text}");
    assert!(text.contains("<mark>hostname"), "{text}");
    assert!(text.contains(r#"href="/d/2025/redis.md?line="#), "{text}");
    assert!(page.element("<article class=\"hit\"").contains("Critical"), "{text}");
}

#[test]
fn facets_are_links_and_chips_drop_them() {
    let site = Site::new();
    let text = site.get("/search?q=hostname").ok().text();
    assert!(text.contains(r#"href="/search?q=hostname&#38;severity=critical""#), "{text}");
    let page = site.get("/search?q=hostname&severity=critical").ok();
    let text = page.text();
    assert!(page.element("<p class=\"total\"").contains("1 document"), "{text}");
    assert!(text.contains(r#"<a class="chip" href="/search?q=hostname">"#), "{text}");
    assert!(text.contains(r#"<input type="hidden" name="severity" value="critical">"#), "{text}");
    let none = site.get("/search?q=hostname&severity=critical&year=1999").ok().text();
    assert!(none.contains("Nothing found") && none.contains("Drop the filters") && none.contains("1999"), "{none}");
}

#[test]
fn an_empty_query_lists_everything_by_date() {
    let text = Site::new().get("/search").ok().text();
    assert!(text.find("/d/2025/plan.md").unwrap() < text.find("/d/2025/redis.md").unwrap(), "{text}");
}

#[test]
fn forgiven_typos_are_said() {
    let text = Site::new().get("/search?q=hostnaem").ok().text();
    assert!(text.contains("<b>hostnaem</b>") && text.contains("/d/2025/redis.md"), "{text}");
}

#[test]
fn a_malformed_query_is_pointed_at() {
    let page = Site::new().get("/search?q=redis%20%22never%20closed").ok();
    let text = page.text();
    assert!(text.contains("cannot be understood") && text.contains("<mark class=\"wrong\">"), "{text}");
    assert!(text.contains(r#"value="redis &#34;never closed""#), "{text}");
}

#[test]
fn pages_follow_each_other() {
    let texts: Vec<_> =
        (0..45).map(|i| (format!("d/{i:02}.md"), format!("# Outage {i}\n\nThe common word is pomelo.\n"))).collect();
    let files: Vec<_> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = Site::with(&files);
    let first = site.get("/search?q=pomelo").ok().text();
    assert!(first.contains("Page 1 of 3") && first.contains(r#"href="/search?q=pomelo&#38;page=2""#), "{first}");
    assert_eq!(first.matches("<article class=\"hit\"").count(), 20);
    let last = site.get("/search?q=pomelo&page=3").ok().text();
    assert_eq!(last.matches("<article class=\"hit\"").count(), 5);
    assert!(!last.contains("rel=\"next\""));
    site.get("/search?q=pomelo&page=400").ok();
}
