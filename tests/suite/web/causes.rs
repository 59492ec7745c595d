use axum::http::StatusCode;

use super::Site;
use super::site::plain;

const OLD: &str = "---\nid: INC-1\nkind: incident\ndate: 2024-04-09\ntags: [config-drift, missing-validation]\n---\n# Old one\n\n\
                   Old text.\n\n## Action items\n\n- [ ] Compare settings (Owner: @li, Due: 2024-06-01)\n";
const NEW: &str = "---\nid: INC-2\nkind: incident\ndate: 2026-01-02\ntags: [config-drift, missing-validation, \"日本語 タグ\"]\n---\n\
                   # New one\n\n## Related issues\n\nINC-1\n";

fn site() -> Site {
    Site::with(&[("old.md", OLD), ("new.md", NEW)])
}

#[test]
fn a_way_to_list_causes_that_there_is_not_is_told() {
    let site = Site::new();
    assert!(site.get("/tags?by=zz").ok().text().contains("<code>zz</code> is no way to list causes and was left out."));
    assert!(!site.get("/tags?by=family").ok().text().contains("left out"));
}

#[test]
fn all_causes_are_listed_in_families_with_their_numbers() {
    let page = site().get("/tags?by=family").ok();
    let text = plain(&page.text());
    assert!(text.contains("2 incidents with a root-cause tag"), "{text}");
    let cause = page.element("<li class=\"cause\"");
    assert!(cause.starts_with("config-drift 2 incidents") && cause.contains("last 2 Jan 2026"), "{cause}");
    assert!(cause.contains("1 open action"), "{cause}");
    assert!(text.contains("Tags of your own"), "{text}");
}

#[test]
fn the_most_frequent_cause_stands_first() {
    let tagged = |day: &str, tags: &str| format!("---\nkind: incident\ndate: {day}\ntags: [{tags}]\n---\n# Outage\n");
    let files = [
        ("a.md", tagged("2026-01-02", "config-drift, missing-alert")),
        ("b.md", tagged("2026-01-03", "missing-alert")),
        ("c.md", tagged("2026-01-04", "manual-process")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let text = Site::with(&files).get("/tags").ok().text();
    let used = text.split("causes-unused").next().unwrap();
    let names: Vec<&str> =
        used.split("<p class=\"cause-name\"><a href=\"/tags/").skip(1).filter_map(|it| it.split('"').next()).collect();
    assert_eq!(names, ["missing-alert", "manual-process", "config-drift"], "{text}");
    assert!(!used.contains("<h2>"), "one list: {text}");
}

#[test]
fn a_cause_has_its_time_its_open_work_and_its_company() {
    let page = site().get("/tags/config-drift").ok();
    let text = page.text();
    assert_eq!(text.matches("<rect class=\"fill-accent\"").count(), 2, "{text}");
    let all = plain(&text);
    assert!(all.contains("Apr 2024 1") && all.contains("May 2024 0"), "{all}");
    assert!(all.contains("Compare settings") && all.contains("due 1 Jun 2024, overdue"), "{all}");
    assert!(all.contains("missing-validation 2"), "{all}");
    assert!(text.contains("href=\"/d/old.md\"") && text.contains("href=\"/d/new.md\""), "{text}");
}

#[test]
fn an_open_item_names_the_document_that_it_leads_to() {
    let plan = "---\nid: INC-1-FIX\nincident: INC-1\nkind: fix-plan\n---\n# The plan\n\n## Action items\n\n- [ ] Bound the pool (Owner: @li)\n";
    let page = Site::with(&[("old.md", OLD), ("plan.md", plan)]).get("/tags/config-drift").ok().text();
    assert!(page.contains("href=\"/d/plan.md\">The plan</a><a href=\"/d/plan.md?line=10#ris-passage\">"), "{page}");
    assert!(page.contains("href=\"/d/old.md\">Old one</a><a href=\"/d/old.md?line=13#ris-passage\">"), "{page}");
}

#[test]
fn the_map_links_every_cause_and_has_a_table() {
    let text = site().get("/causes").ok().text();
    assert_eq!(text.matches("<path class=\"arc\"").count(), 1, "{text}");
    assert!(text.contains("<title>config-drift and missing-validation: 2 incidents</title>"), "{text}");
    assert_eq!(text.matches("<a href=\"/tags/config-drift\"><title>").count(), 1, "{text}");
    assert!(plain(&text).contains("config-drift missing-validation 2 with"), "{}", plain(&text));
    let empty = Site::with(&[("a.md", "# A\n")]).get("/causes").ok();
    assert!(empty.text().contains("nothing to link"));
}

#[test]
fn any_name_works_in_an_address() {
    let site = site();
    let page = site.get("/tags").ok().text();
    let link = page.split("href=\"").find(|it| it.contains("%E6%97%A5")).unwrap().split('"').next().unwrap().to_owned();
    assert!(plain(&site.get(&link).ok().text()).contains("1 incident"), "{link}");
    let hostile =
        "---\nkind: incident\ntags: [\"<script>alert(1)</script>\", \"a?b#c&d\", \"javascript:x\"]\n---\n# Hostile\n";
    let site = Site::with(&[("a.md", hostile), ("b.md", hostile)]);
    let page = site.get("/tags").ok().text();
    assert_eq!(page.matches("<script").count(), 1, "{page}");
    let links = page.split("href=\"").filter(|it| it.starts_with("/tags/")).map(|it| it.split('"').next().unwrap());
    for link in links.collect::<std::collections::BTreeSet<_>>() {
        assert_eq!(site.get(link).ok().text().matches("<script").count(), 1, "{link}");
    }
    for name in
        ["%3Cscript%3Ealert(1)%3C/script%3E", "%22%20onload%3D", "a%2Fb", "..%2f..%2fetc", "%F0%9F%94%A5", "%00"]
    {
        let answer = site.get(&format!("/tags/{name}"));
        assert!(!answer.status.is_server_error(), "{name}");
        let text = answer.text();
        assert!(text.matches("<script").count() <= 1 && !text.contains("\" onload="), "{name}: {text}");
    }
    assert_eq!(site.get("/causes").ok().text().matches("<script").count(), 1);
}

#[test]
fn other_spellings_lead_to_the_cause_and_unknown_ones_to_the_nearest() {
    let site = site();
    let answer = site.get("/tags/Config%20Drift");
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/tags/config-drift"));
    let missing = site.get("/tags/config-drfit");
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.text().contains("href=\"/tags/config-drift\""), "{}", missing.text());
    assert!(plain(&site.get("/tags/disk-full").ok().text()).contains("No incident has this cause."));
}

#[test]
fn a_document_shows_what_it_is_like_and_warns_of_open_work() {
    let site = site();
    let page = site.get("/d/new.md").ok();
    let related = page.element("<section class=\"read-out\" aria-labelledby=\"ris-related\"");
    assert!(
        related.contains("Old one") && related.contains("Same causes: config-drift, missing-validation"),
        "{related}"
    );
    assert!(related.contains("Same cause, and 1 action item is still open"), "{related}");
    assert!(page.text().contains("class=\"unfinished\""), "{}", page.text());
    assert!(!site.get("/d/old.md").ok().text().contains("class=\"unfinished\""));
}
