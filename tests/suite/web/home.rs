use super::Site;

#[test]
fn home_leads_to_search_and_shows_what_is_open() {
    let page = Site::new().get("/").ok();
    assert!(page.header("content-type").starts_with("text/html"));
    let text = page.text();
    assert!(text.contains(r#"<form class="search" id="ris-search" role="search" action="/search">"#), "{text}");
    assert!(text.contains(r#"name="q""#) && text.contains(r#"href="/paste""#));
    let (open, overdue) = text.split_once(r#"id="ris-overdue""#).unwrap();
    let (overdue, recent) = overdue.split_once(r#"id="ris-recent""#).unwrap();
    assert!(open.contains("No document says that its incident is open"), "{open}");
    // The plan belongs to the incident, which counts once.
    assert!(recent.contains("/d/2025/redis.md") && !recent.contains("/d/2025/plan.md"), "{recent}");
    assert!(overdue.contains("/d/2025/redis.md?line=30#ris-passage") && overdue.contains("due 15 Jan 2026, overdue"));
    assert!(text.contains("2 documents</a> indexed"), "{text}");
}

#[test]
fn an_empty_folder_has_a_home_too() {
    let page = Site::with(&[]).get("/").ok();
    assert!(page.text().contains("No incidents yet."));
}

#[test]
fn home_leads_to_the_notices_of_breaches_that_are_due() {
    let head = "---\nkind: incident\nbreach-assessment:\n  conclusion: breach\n  individuals: 12\n";
    let record = format!("{head}  discovered: 2020-01-05\n---\n# Letters\n");
    let text = Site::with(&[("a.md", &record)]).get("/").ok().text();
    let line = "<p class=\"notice notice-error\"><strong>2 breach notices are overdue.</strong> <a href=\"/compliance#ris-notices\">";
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
    assert!(review.contains("review due 1 Feb 2026, overdue"), "{review}");
    assert!(review.contains("resolved, but no root cause and no resolution is written down"), "{review}");
}

#[test]
fn what_is_open_is_not_repeated() {
    let report = |nth: usize, state: &str| {
        format!("---\nkind: incident\ndate: 2026-02-{nth:02}\nstatus: {state}\n---\n# Report {nth}\n")
    };
    let (open, over) = (report(2, "investigating"), report(1, "closed"));
    let recent = |files: &[(&str, &str)]| {
        let text = Site::with(files).get("/").ok().text();
        text.split_once("id=\"ris-recent\"").unwrap().1.split("</section>").next().unwrap().to_owned()
    };
    let both = recent(&[("open.md", &open), ("over.md", &over)]);
    assert!(both.starts_with(">Other recent incidents<"), "{both}");
    assert!(both.contains("/d/over.md") && !both.contains("/d/open.md"), "{both}");
    assert!(recent(&[("open.md", &open)]).contains("There are none but the open ones."));
    assert!(recent(&[("over.md", &over)]).starts_with(">Recent incidents<"));
}

#[test]
fn reviews_and_what_is_unexplained_share_the_rows() {
    let late =
        |nth: usize| format!("---\nkind: incident\n---\n# Looked at {nth}\n\n**Next review:** 2026-02-{nth:02}\n");
    let bare =
        |nth: usize| format!("---\nkind: incident\ndate: 2026-02-{nth:02}\nstatus: closed\n---\n# Silent {nth}\n");
    let files: Vec<(String, String)> =
        (1..8).flat_map(|nth| [(format!("late{nth}.md"), late(nth)), (format!("bare{nth}.md"), bare(nth))]).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let text = Site::with(&files).get("/").ok().text();
    let review = text.split_once("id=\"ris-review\"").unwrap().1.split("</section>").next().unwrap();
    assert_eq!((review.matches("/d/late").count(), review.matches("/d/bare").count()), (3, 3), "{review}");
    assert!(review.contains("<a href=\"/compliance#ris-reviews\">All 7 reviews overdue or due within 30 days</a>"));
    assert!(review.contains("7 incidents resolved without cause or resolution"), "{review}");
}
