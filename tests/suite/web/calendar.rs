//! Calendars of what is due.

use super::Site;

const REVIEWED: &str = "---\ntitle: \"Disk, full\"\ndate: 2026-01-10\ncreated: 2026-01-12\nreview-frequency: quarterly\n---\n# Disk, full\n\n\
    ## Action items\n\n- [ ] Add an alert (owner: @ana, due: 2026-03-20)\n- [x] Clear it (due: 2026-01-11)\n- [ ] Think\n";

/// Returns the lines of a calendar, those that were folded whole again.
fn lines(site: &Site, url: &str) -> Vec<String> {
    let answer = site.get(url).ok();
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    answer.text().replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

#[test]
fn what_is_due_can_be_subscribed_to() {
    let site = Site::with(&[("2026/disk.md", REVIEWED)]);
    let items = lines(&site, "/actions.ics");
    let holds = |lines: &[String], wanted: &str| lines.iter().any(|line| line == wanted);
    assert_eq!(items.iter().filter(|line| *line == "BEGIN:VEVENT").count(), 1, "open, with a day: {items:?}");
    assert!(holds(&items, "DTSTART;VALUE=DATE:20260320") && holds(&items, "SUMMARY:Due: Add an alert"), "{items:?}");
    assert!(holds(&items, "URL:http://localhost:7420/d/2026/disk.md?line=11#ris-passage"), "{items:?}");
    assert!(!holds(&lines(&site, "/actions.ics?owner=bo"), "BEGIN:VEVENT"), "filters narrow it");

    let reviews = lines(&site, "/compliance/reviews.ics");
    assert!(holds(&reviews, "SUMMARY:Review: Disk\\, full"), "{reviews:?}");
    assert!(holds(&reviews, "DTSTART;VALUE=DATE:20260412"), "{reviews:?}");
    assert!(site.get("/actions").ok().text().contains("href=\"/actions.ics\""));
    assert!(site.get("/compliance").ok().text().contains("href=\"/compliance/reviews.ics\""));
}

#[test]
fn a_notice_is_due_on_its_last_day_until_it_was_given() {
    let record = "---\nkind: incident\ndate: 2026-02-01\nbreach-assessment:\n  discovered: 2026-02-10\n  regimes: [HIPAA]\n  \
        individuals: 12\n  conclusion: breach\n---\n# Letters to the wrong member\n";
    let site = Site::with(&[("a.md", record)]);
    let told = lines(&site, "/compliance/notices.ics");
    assert!(told.iter().any(|line| line == "DTSTART;VALUE=DATE:20260411"), "60 days: {told:?}");
    assert!(told.iter().any(|line| line.starts_with("SUMMARY:Last day to notify affected individuals: ")), "{told:?}");
    let given = record.replace("  conclusion", "  notified: 2026-02-20\n  conclusion");
    let site = Site::with(&[("a.md", &given)]);
    assert!(!lines(&site, "/compliance/notices.ics").iter().any(|line| line == "BEGIN:VEVENT"));
}
