use super::Site;

const SETTINGS: &str = "[reading]\nseverities = { P1 = \"critical\", P2 = \"high\" }\n";

#[test]
fn pages_and_programs_go_by_the_words_of_the_team() {
    let report = |title: &str, code: &str| {
        format!("---\nkind: incident\ndate: 2026-01-05\n---\n# {title}\n\n**Severity:** {code}\n**Status:** open\n")
    };
    let (a, b) = (report("Queue stuck", "P1"), report("Disk full", "P2"));
    let site = Site::with(&[("ris.toml", SETTINGS), ("a.md", &a), ("b.md", &b)]);
    for url in ["/search?severity=critical", "/search?q=severity%3Ap1", "/incidents?q=severity%3Ap1"] {
        let text = site.get(url).ok().text();
        assert!(text.contains("Queue stuck") && !text.contains("Disk full"), "{url}: {text}");
    }
    let answer = site.get("/api/v1/search?q=severity%3Ap1").ok().text();
    assert!(answer.contains("\"total\":1") && answer.contains("\"a.md\""), "{answer}");
    let wrong = site.get("/incidents?q=severity%3Ap9").ok().text();
    assert!(wrong.contains("and by ris.toml") && wrong.contains("P1"), "{wrong}");
}
