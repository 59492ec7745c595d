use super::Site;

#[test]
fn home_leads_to_search_and_shows_what_is_open() {
    let page = Site::new().get("/").ok();
    assert!(page.header("content-type").starts_with("text/html"));
    let text = page.text();
    assert!(text.contains(r#"<form class="search" id="ris-search" role="search" action="/search">"#), "{text}");
    assert!(text.contains(r#"name="q""#) && text.contains(r#"href="/paste""#));
    let (open, recent) = text.split_once(r#"id="ris-recent""#).unwrap();
    let (recent, overdue) = recent.split_once(r#"id="ris-overdue""#).unwrap();
    assert!(open.contains("No document says that its incident is open"), "{open}");
    // The plan belongs to the incident, which counts once.
    assert!(recent.contains("/d/2025/redis.md") && !recent.contains("/d/2025/plan.md"), "{recent}");
    assert!(overdue.contains("/d/2025/redis.md?line=30#ris-passage") && overdue.contains("overdue since 15 Jan 2026"));
    assert!(text.contains("2 documents</a> indexed"), "{text}");
}

#[test]
fn an_empty_folder_has_a_home_too() {
    let page = Site::with(&[]).get("/").ok();
    assert!(page.text().contains("Nothing is indexed yet"));
}

#[test]
fn home_leads_to_the_notices_of_breaches_that_are_due() {
    let head = "---\nkind: incident\nbreach-assessment:\n  conclusion: breach\n  individuals: 12\n";
    let record = format!("{head}  discovered: 2020-01-05\n---\n# Letters\n");
    let text = Site::with(&[("a.md", &record)]).get("/").ok().text();
    let line = "<p class=\"notice\"><a href=\"/compliance#ris-notices\">2 notices of breaches are overdue</a></p>";
    assert!(text.contains(line), "{text}");
    assert!(!Site::new().get("/").ok().text().contains("#ris-notices"));
}

#[test]
fn home_says_what_is_open_and_what_needs_review() {
    let site = Site::with(&[
        ("open.md", "---\nkind: incident\ndate: 2026-02-02\nstatus: investigating\n---\n# Still going on\n"),
        ("bare.md", "---\nkind: incident\ndate: 2026-02-01\nstatus: closed\n---\n# Closed in silence\n"),
        ("late.md", "---\nkind: incident\n---\n# Looked at\n\n**Next review:** 2026-02-01\n"),
    ]);
    let text = site.get("/").ok().text();
    let part =
        |id: &str| text.split_once(&format!("id=\"{id}\"")).unwrap().1.split("</section>").next().unwrap().to_owned();
    assert!(part("ris-open").contains("/d/open.md") && !part("ris-open").contains("/d/bare.md"));
    let review = part("ris-review");
    assert!(review.contains("review overdue since 1 Feb 2026"), "{review}");
    assert!(review.contains("resolved, but no root cause and no resolution is written down"), "{review}");
}
