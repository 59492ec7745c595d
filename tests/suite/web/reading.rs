use super::Site;

const SETTINGS: &str = "[reading]\nseverities = { P1 = \"critical\", P2 = \"high\" }\n";

#[test]
fn pages_and_programs_go_by_the_words_of_the_team() {
    let report = |title: &str, code: &str| {
        format!(
            "---\nkind: incident\ndate: 2026-01-05\n---\n# {title}\n\n**Severity:** {code}\n**Status:** open\n\n\
             ## Action items\n\n- [ ] See to {title}\n"
        )
    };
    let (a, b) = (report("Queue stuck", "P1"), report("Disk full", "P2"));
    let site = Site::with(&[("ris.toml", SETTINGS), ("a.md", &a), ("b.md", &b)]);
    for url in [
        "/search?severity=critical",
        "/search?severity=P1",
        "/search?q=severity%3Ap1",
        "/incidents?q=severity%3Ap1",
        "/incidents?severity=p1",
        "/incidents.csv?severity=1",
        "/actions?severity=P1&class=all",
        "/actions.csv?severity=P1&class=all",
    ] {
        let text = site.get(url).ok().text();
        assert!(text.contains("Queue stuck") && !text.contains("Disk full"), "{url}: {text}");
    }
    for question in [
        "search?q=severity%3Ap1",
        "search?severity=P1",
        "documents?severity=P1",
        "incidents?severity=P1",
        "actions?severity=p1",
    ] {
        let answer = site.get(&format!("/api/v1/{question}")).ok().text();
        assert!(answer.contains("\"total\":1") && answer.contains("\"a.md\""), "{question}: {answer}");
    }
    let shown = site.get("/incidents?severity=P1").ok().text();
    assert!(shown.contains("<option value=\"critical\" selected>"), "{shown}");
    assert!(site.get("/incidents?severity=P9").ok().text().contains("<code>P9</code> is no severity"));
    let wrong = site.get("/incidents?q=severity%3Ap9").ok().text();
    assert!(wrong.contains("and by ris.toml") && wrong.contains("P1"), "{wrong}");
}
