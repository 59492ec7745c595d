use super::Site;

const FILES: [(&str, &str); 4] = [
    (
        "a/postmortem.md",
        "---\nkind: incident\nid: INC-1\ndate: 2026-01-02\nseverity: high\nstatus: resolved\n---\n# Queue stuck\n\nSee [the plan](plan.md).\n\n**Duration:** 2 hours\n",
    ),
    ("a/plan.md", "---\nkind: fix-plan\n---\n# Plan for the queue\n\n- [ ] Bound it\n"),
    (
        "b.md",
        "---\nkind: incident\nid: INC-2\ndate: 2026-02-02\nseverity: low\nstatus: open\n---\n# =Disk full\n\n**Duration:** 30 minutes\n",
    ),
    ("drill.md", "---\nkind: drill\ndate: 2026-02-02\n---\n# Fire drill\n"),
];

fn order(text: &str) -> Vec<&'static str> {
    let mut found: Vec<(usize, &'static str)> =
        ["Queue stuck", "=Disk full"].into_iter().filter_map(|it| Some((text.find(it)?, it))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, it)| it).collect()
}

#[test]
fn incidents_count_once_and_are_sorted_by_links() {
    let site = Site::with(&FILES);
    let text = site.get("/incidents").ok().text();
    assert!(text.contains("<strong>2 incidents</strong>") && text.contains("in 3 documents"), "{text}");
    assert!(text.contains("/d/a/plan.md") && !text.contains("Fire drill"));
    assert_eq!(order(&text), ["=Disk full", "Queue stuck"]);
    assert!(text.contains(r#"aria-sort="descending"><a href="/incidents?sort=date&#38;order=asc""#), "{text}");
    let text = site.get("/incidents?sort=severity").ok().text();
    assert_eq!(order(&text), ["Queue stuck", "=Disk full"]);
    let text = site.get("/incidents?sort=total&order=asc").ok().text();
    assert_eq!(order(&text), ["=Disk full", "Queue stuck"]);
}

#[test]
fn filters_are_in_the_address_and_in_the_form() {
    let site = Site::with(&FILES);
    let text = site.get("/incidents?severity=high&from=2026-01-01&to=2026-01-31").ok().text();
    assert_eq!(order(&text), ["Queue stuck"]);
    assert!(text.contains(r#"<option value="high" selected>"#) && text.contains(r#"name="from" value="2026-01-01""#));
    assert_eq!(order(&site.get("/incidents?status=unresolved").ok().text()), ["=Disk full"]);
    assert!(site.get("/incidents?scope=drills").ok().text().contains("Fire drill"));
    assert!(site.get("/incidents?q=(").ok().text().contains("This search is not valid"));
    assert!(site.get("/incidents?q=zzz").ok().text().contains("Nothing matches"));
    let typo = site.get("/incidents?q=hostnamee").ok().text();
    assert!(typo.contains("Nothing matches"), "a list forgives no typo without a word: {typo}");
}

#[test]
fn the_list_is_to_be_had_as_csv() {
    let page = Site::with(&FILES).get("/incidents.csv?sort=date").ok();
    assert!(page.header("content-type").starts_with("text/csv"));
    assert!(page.header("content-disposition").contains("incidents.csv"));
    let text = page.text();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(lines[1], "2026-02-02,INC-2,'=Disk full,low,open,,,30,0,0,b.md");
    assert_eq!(lines[2], "2026-01-02,INC-1,Queue stuck,high,resolved,,,120,1,1,a/postmortem.md a/plan.md");
}

#[test]
fn a_value_that_is_none_of_a_filter_is_told() {
    let site = Site::new();
    for (address, told) in [
        ("/incidents?severity=foo&status=open", "<code>foo</code> is no severity and was left out"),
        ("/incidents?status=foo&severity=high", "<code>foo</code> is no status and was left out"),
        ("/actions?state=zzz&class=all", "<code>zzz</code> is no state and was left out"),
        ("/actions?severity=zzz&state=done", "<code>zzz</code> is no severity and was left out"),
        ("/incidents?scope=zzz", "<code>zzz</code> is no scope of this list and was left out"),
        ("/actions?age=old", "<code>old</code> is no number of days and was left out"),
    ] {
        let text = site.get(address).ok().text();
        assert!(text.contains(told) && text.matches("and was left out").count() == 1, "{address}: {text}");
    }
    let text = site.get("/actions?state=&severity=&class=").ok().text();
    assert!(!text.contains("and was left out"), "{text}");
}

#[test]
fn a_file_is_refused_for_a_value_that_is_none_and_not_for_a_parameter_that_it_does_not_know() {
    let site = Site::new();
    for (address, told) in [
        ("/incidents.csv?severity=SEV9", "<code>SEV9</code> is no severity"),
        ("/incidents.csv?status=foo", "<code>foo</code> is no status"),
        ("/incidents.csv?open=true", "<code>true</code> is no value of <code>open</code>"),
        ("/incidents.csv?sort=zzz", "<code>zzz</code> is no order of this list"),
        ("/incidents.csv?order=up", "<code>up</code> is no direction"),
        ("/actions.csv?state=zzz", "<code>zzz</code> is no state"),
        ("/actions.csv?sort=zz", "<code>zz</code> is no order of this list"),
        ("/actions.csv?group=zz", "<code>zz</code> is no group of items"),
        ("/actions.csv?class=zzz", "<code>zzz</code> is no class of items"),
    ] {
        let answer = site.get(address);
        assert!(answer.status == 400 && answer.text().contains(told), "{address}: {}", answer.text());
    }
    for page in ["/incidents?sort=zz", "/actions?sort=zz", "/search?sort=zz"] {
        let text = site.get(page).ok().text();
        assert!(text.contains("<code>zz</code> is no order of this list and was left out"), "{page}: {text}");
    }
    for address in ["/incidents.csv?kind=rca&utm_source=x&severity=", "/actions.csv?from=mail&state="] {
        assert!(site.get(address).ok().header("content-type").starts_with("text/csv"), "{address}");
    }
}

#[test]
fn a_day_that_is_none_is_told_by_every_list_and_refused_by_every_file() {
    let site = Site::new();
    for page in ["incidents", "insights", "compliance", "search"] {
        let text = site.get(&format!("/{page}?from=2026-06-31&to=2026-12-31")).ok().text();
        assert!(text.contains("<code>2026-06-31</code> is no day and was left out"), "{page}: {text}");
        assert!(!text.contains("<code>2026-12-31</code>"), "{page}");
    }
    for file in ["incidents.csv", "insights/causes.csv", "compliance/controls.csv"] {
        let answer = site.get(&format!("/{file}?to=soon"));
        assert!(
            answer.status == 400 && answer.text().contains("is no day; write days like"),
            "{file}: {}",
            answer.text()
        );
    }
}

#[test]
fn an_id_that_the_title_begins_with_is_not_said_twice() {
    let named = "---\nid: INC-2025-04\nkind: incident\ndate: 2026-01-02\n---\n# INC-2025-04: names do not resolve\n";
    let text = Site::with(&[("named.md", named)]).get("/incidents").ok().text();
    assert!(text.contains("names do not resolve") && !text.contains("<span class=\"id\">"), "{text}");
}
