use super::Site;

fn site(incidents: usize) -> Site {
    let file = |at: usize| {
        let text = format!(
            "---\nkind: incident\ndate: 2025-{:02}-{:02}\nseverity: high\nservices: [queue]\n---\n# Outage <{at}>\n\n\
             **Time to detect:** {} minutes\n",
            at % 12 + 1,
            at % 27 + 1,
            at + 1
        );
        (format!("{at}.md"), text)
    };
    let files: Vec<(String, String)> = (0..incidents).map(file).collect();
    Site::with(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
}

#[test]
fn every_chart_is_svg_with_a_table_and_csv_behind_it() {
    let text = site(3).get("/insights").ok().text();
    for name in ["incidents-by-time", "services", "time-to-detect"] {
        assert!(text.contains(&format!("id=\"ris-{name}-table\"")), "{name}");
        assert!(text.contains(&format!("/insights/{name}.csv")), "{name}");
    }
    assert!(!text.contains("style="), "the policy forbids it");
    assert!(text.contains("Median 2 min of 3 incidents: 3 stated"), "{text}");
    assert!(text.contains("No trend is drawn: 3 incidents are fewer than 20"));
    assert_eq!(text.matches("<circle class=\"dot-stated\"").count(), 3 + 1, "one a dot, and one in the legend");
    assert!(text.contains("aria-label=\"Outage &#60;0&#62;, 1 Jan 2025: 1 min\""), "{text}");
    assert!(!text.contains("class=\"trend\""));
}

#[test]
fn a_trend_is_drawn_from_twenty_on() {
    let text = site(20).get("/insights").ok().text();
    assert!(text.contains("class=\"trend\"") && text.contains("of 20 incidents: 20 stated"), "{text}");
}

#[test]
fn of_many_incidents_some_are_drawn_and_the_trend_of_all() {
    let text = site(320).get("/insights").ok().text();
    assert!(text.contains("300 of them, spread evenly from the first to the last, are drawn and listed"), "{text}");
    assert_eq!(text.matches("<circle class=\"dot-stated\"").count(), 300 + 1);
    assert!(text.contains("The line joins the medians") && text.contains("Medians over time"), "{text}");
}

#[test]
fn a_title_says_what_the_list_is_narrowed_to() {
    let site = site(2);
    let title = |path: &str| {
        let text = site.get(path).ok().text();
        text.split("<title>").nth(1).and_then(|it| it.split(" · ").next()).unwrap_or_default().to_owned()
    };
    assert_eq!(title("/insights?from=2025-01-01"), "Insights since 1 Jan 2025");
    assert_eq!(title("/incidents?severity=high&sort=title"), "Incidents: high");
    assert_eq!(title("/actions?state=done"), "Action items: done");
    assert_eq!(title("/search?severity=high"), "High: documents");
    assert_eq!(title("/search?q=queue&severity=high"), "queue, High: search");
    assert_eq!(title("/tags?by=family"), "Causes by family");
}

#[test]
fn the_period_narrows_charts_and_csv() {
    let site = site(12);
    let text = site.get("/insights?from=2025-03-01&to=2025-04-30").ok().text();
    assert!(text.contains("<strong>2 incidents</strong> that began from 1 Mar 2025 to 30 Apr 2025"), "{text}");
    let csv = site.get("/insights/incidents-by-time.csv?from=2025-03-01&to=2025-04-30").ok().text();
    assert_eq!(
        csv,
        "period,incidents,critical,high,medium,low,info,not stated\r\nMar 2025,1,0,1,0,0,0,0\r\nApr 2025,1,0,1,0,0,0,0\r\n"
    );
    let dots = site.get("/insights/time-to-detect.csv").ok().text();
    assert_eq!(dots.lines().count(), 13);
    assert_eq!(site.get("/insights/nope.csv").status, 404);
    assert_eq!(site.get("/insights/causes").status, 404);
}

#[test]
fn an_empty_knowledge_base_has_nothing_to_draw() {
    let text = Site::with(&[]).get("/insights").ok().text();
    assert!(text.contains("No incidents yet.") && !text.contains("class=\"figure"), "{text}");
    let one = "---\nkind: incident\ndate: 2026-01-02\n---\n# Queue stuck\n";
    let text = Site::with(&[("a.md", one)]).get("/insights").ok().text();
    assert!(text.contains("class=\"figure") && !text.contains("/insights/services.csv"), "nothing to hand on: {text}");
    assert!(text.contains("/insights/incidents-by-time.csv"), "{text}");
}

#[test]
fn open_items_that_are_not_counted_are_told() {
    let text = site(3).get("/insights").ok().text();
    assert!(text.contains("0 open action items of these 3 incidents"), "{text}");
    assert!(text.contains("Verification steps, checklists, drills and near misses are not counted."), "{text}");
    assert!(text.contains("<a href=\"/actions\">All open action items</a>"), "{text}");
}
