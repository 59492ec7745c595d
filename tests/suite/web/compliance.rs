use super::Site;

fn site() -> Site {
    let report = "---\nkind: incident\nid: INC-1\ndate: 2025-12-17\ncreated: 2018-01-02\nlegal-hold: LH-7\ncompliance:\n  soc2:\n    \
                  controls: [CC7.4, CC8.2]\n    retention-period: 1-year\n    review-frequency: annual\n---\n# Queue <stuck>\n\nIt was.\n";
    let other = "---\nkind: incident\ncreated: 2018-01-02\ncompliance:\n  hipaa:\n    controls: ['164.308.a.6.ii']\n    \
                 retention-period: 3-years\n---\n# Export late\n\nIt was.\n";
    Site::with(&[
        ("a.md", report),
        ("b.md", other),
        ("c.md", "# Outage\n\n**Date:** 2025-01-02\n\n## Root cause\n\nA disk.\n"),
    ])
}

#[test]
fn the_page_shows_controls_retention_and_reviews() {
    let text = site().get("/compliance").ok().text();
    for part in [
        "href=\"/search?q=control%3A164.308%28a%29%286%29%28ii%29\"",
        "<td class=\"control\">CC8.2</td>",
        "nearest: CC8.1",
        "href=\"/source/a.md#L9\"",
        "on legal hold: LH-7",
        "HIPAA asks for 6 years, until 2 Jan 2024 (45 CFR 164.316(b)(2)(i))",
        "no period is stated",
        "days late",
        "Queue &#60;stuck&#62;",
        "60 controls not cited",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("style="), "the policy forbids it");
}

#[test]
fn a_period_narrows_the_controls_and_every_list_is_there_as_csv() {
    let site = site();
    let text = site.get("/compliance?from=2025-12-01&to=2025-12-31").ok().text();
    assert!(text.contains("control%3ACC7.4") && !text.contains("control%3A164.308"), "{text}");
    let csv = |name: &str| site.get(&format!("/compliance/{name}.csv?from=2025-12-01")).ok().text();
    assert!(csv("controls").contains("\r\nsoc2,CC7.4,Incident response,1,1,2025-12-17,a.md\r\n"));
    assert!(csv("invalid").contains("\r\nunknown,soc2,CC8.2,CC8.1,a.md,9\r\n"));
    assert!(
        csv("retention")
            .contains("\r\nb.md,b.md,Export late,incident,b.md,past,3-years,hipaa,created,2018-01-02,2024-01-02,")
    );
    assert!(csv("reviews").contains("\r\na.md,INC-1,Queue <stuck>,incident,a.md,2019-01-02,worked out,annual,soc2,"));
    assert_eq!(site.get("/compliance/nope.csv").status, 404);
}

#[test]
fn programs_get_the_same_rows() {
    let site = site();
    let json = |url: &str| -> serde_json::Value { serde_json::from_slice(&site.get(url).ok().bytes).unwrap() };
    let controls = json("/api/v1/controls?cited=true&framework=soc2");
    assert_eq!((&controls["total"], &controls["controls"][0]["id"]), (&61.into(), &"CC7.4".into()));
    let all = json("/api/v1/controls?cited=true&framework=soc2&from=0311-08-07&to=9999-12-31");
    assert_eq!(all["controls"], controls["controls"], "any day of the calendar is one");
    let retention = json("/api/v1/retention?expired=true&at=2027-01-01");
    assert_eq!((&retention["total"], &retention["records"][1]["hold"]["name"]), (&2.into(), &"LH-7".into()));
    let reviews = json("/api/v1/reviews?overdue=true");
    assert_eq!((&reviews["total"], &reviews["reviews"][0]["missed"]), (&1.into(), &8.into()));
}

#[test]
fn an_empty_knowledge_base_has_nothing_to_show() {
    let text = Site::with(&[]).get("/compliance").ok().text();
    assert!(text.contains("No incidents yet.") && !text.contains("class=\"part\""), "{text}");
}

#[test]
fn a_shallow_clone_is_told() {
    let site = site();
    let git = git2::Repository::init(site.path()).unwrap();
    let mut index = git.index().unwrap();
    index.add_all(["*.md"], git2::IndexAddOption::DEFAULT, None).unwrap();
    let tree = git.find_tree(index.write_tree().unwrap()).unwrap();
    let who = git2::Signature::new("Li", "li@example.com", &git2::Time::new(1_766_000_000, 0)).unwrap();
    let commit = git.commit(Some("HEAD"), &who, &who, "all", &tree, &[]).unwrap();
    let told = || {
        let answer = site.get("/api/v1/retention").ok();
        let json: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
        (site.get("/compliance").ok().text().contains("This clone is shallow"), json["shallow"].clone())
    };
    assert_eq!(told(), (false, false.into()));
    std::fs::write(site.path().join(".git/shallow"), format!("{commit}\n")).unwrap();
    assert_eq!(told(), (true, true.into()));
}
