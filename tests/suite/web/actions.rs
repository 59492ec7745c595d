use super::Site;

#[test]
fn open_items_lead_to_their_line() {
    let text = Site::new().get("/actions").ok().text();
    assert!(text.contains("Alert on stuck uploads") && !text.contains("Validate hostnames"), "{text}");
    assert!(text.contains(r#"href="/d/2025/redis.md?line=30#ris-passage""#), "{text}");
    assert!(text.contains("due 15 Jan 2026, overdue") && text.contains("incident 17 Dec 2025"), "{text}");
}

#[test]
fn states_owners_and_groups_are_in_the_address() {
    let site = Site::new();
    let done = site.get("/actions?state=done").ok().text();
    assert!(done.contains("Validate hostnames") && !done.contains("Alert on stuck uploads"));
    assert!(site.get("/actions?owner=dana").ok().text().contains("No action item matches"));
    let grouped = site.get("/actions?state=all&group=owner").ok();
    assert_eq!(grouped.element("<h2 class=\"group-name\""), "@dana 1");
    assert!(grouped.text().contains(r#"href="/actions?state=all&#38;owner=%40dana""#), "{}", grouped.text());
    assert!(site.get("/actions?group=incident").ok().text().contains("Uploads stuck: wrong Redis hostname"));
    assert!(site.get("/actions?q=severity:nope").ok().text().contains("This search is not valid"));
}

#[test]
fn hostile_items_stay_text_and_their_csv_no_formula() {
    let item = "- [ ] =HYPERLINK(\"http://evil\") <img src=x onerror=alert(1)> (Owner: @x)\n";
    let site = Site::with(&[("a.md", &format!("---\nkind: incident\n---\n# A\n\n## Action items\n\n{item}"))]);
    assert!(!site.get("/actions").ok().text().contains("<img src=x"));
    let csv = site.get("/actions.csv").ok().text();
    assert!(!csv.contains(",=") && !csv.contains(",\"="), "{csv}");
}

#[test]
fn today_is_the_day_in_the_zone_of_the_settings() {
    let item = "---\nkind: incident\n---\n# A\n\n## Action items\n\n- [ ] Add an alert (owner: Ada, due: 2026-03-01)\n";
    // It is noon of 1 March in UTC.
    for (zone, is_overdue) in [("UTC", false), ("+13:00", true)] {
        let settings = format!("[documents]\ntime-zone = '{zone}'\n");
        let text = Site::with(&[("a.md", item), ("ris.toml", &settings)]).get("/actions").ok().text();
        assert_eq!(text.contains("due 1 Mar 2026, overdue"), is_overdue, "{zone}: {text}");
    }
}

#[test]
fn an_owner_is_named_above_the_items_and_not_in_each() {
    let page = Site::new().get("/actions?group=owner").ok();
    assert_eq!(page.element("<h2 class=\"group-name\""), "@li 1 open, 1 overdue");
    let items = page.text().split("<ul class=\"actions action-list\">").nth(1).unwrap().to_owned();
    assert!(!items.split("</ul>").next().unwrap().contains("@li"), "{items}");
}

#[test]
fn filters_say_how_many_are_set() {
    let site = Site::new();
    let summary = |url: &str| site.get(url).ok().element("<summary");
    assert_eq!(summary("/actions"), "Filters");
    assert_eq!(summary("/actions?state=done&owner=dana"), "Filters 2");
    assert_eq!(summary("/incidents?severity=high&from=2025-01-01"), "Filters 2");
}
