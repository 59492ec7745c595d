//! Days and times as documents tell them: whose they are, in which order they stand, where a day ends.

use super::tests_of_reading::read;

#[test]
fn a_day_of_the_document_is_not_the_incidents() {
    for line in [
        "**Created:** 2026-02-01",
        "**Last updated:** 2026-02-01",
        "Next review: 2026-08-01",
        "**Due:** 2026-08-01",
        "Published on 2026-02-01 by Ana",
        "Last updated 2026-02-01",
        "*Last reviewed: 2026-02-01*",
        "By Ana, created February 2026",
        "Created: February 2026",
    ] {
        let text = format!("# Queue stuck\n\n{line}\n\n## Summary\n\nThe queue stuck.\n");
        assert_eq!(read(&text).date, None, "{line}");
        // The incident's own day may stand behind it.
        let text = format!("# Queue stuck\n\n{line}\n\nOn 2026-01-30 the queue stuck.\n");
        assert_eq!(read(&text).date.map(|it| it.value.to_string()).as_deref(), Some("2026-01-30"), "{line}");
    }
    for (line, expected) in [
        ("In April 2026 the queue stuck.", "2026-04"),
        ("By 2026-04-03 the disk had filled.", "2026-04-03"),
        ("Created 2026-02-01. On 2026-01-30 the queue stuck.", "2026-01-30"),
        ("The index was created on 2026-01-30 and broke at once.", "2026-01-30"),
    ] {
        let date = read(&format!("# Queue stuck\n\n{line}\n")).date;
        assert_eq!(date.map(|it| it.value.to_string()).as_deref(), Some(expected), "{line}");
    }
}
