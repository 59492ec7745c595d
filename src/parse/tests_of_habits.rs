//! How people write: forms met in documents of many hands, each in words of our own.

use super::{ParseOptions, parse};
use crate::model::Document;

fn read(text: &str) -> Document {
    parse("incidents/a.md", text.as_bytes(), &ParseOptions::default()).document
}

#[test]
fn a_timeline_without_times_keeps_its_order() {
    for (text, count) in [
        ("## Timeline\n\n| Time | Event |\n|-|-|\n| H+00 | Deployed |\n| H+15 | Rolled back |\n", 2),
        ("## Timeline\n\n| Time | Event |\n|-|-|\n| HH:MM | Alert | \n| HH:MM | Fix |\n|  |  |\n", 2),
        ("## Timeline\n\n1. The queue filled\n2. We noticed\n3. We drained it\n", 3),
        ("## Timeline\n\n### 1. A user writes\n\nText.\n\n- detail\n\n### 2. We look\n\nText.\n", 2),
        ("## Timeline\n\nNothing was logged.\n", 0),
        ("## Timeline\n\n| Phase | Owner |\n|-|-|\n| one | Ana |\n| two | Bo |\n", 0),
    ] {
        let timeline = read(text).timeline;
        assert_eq!(timeline.len(), count, "{text}");
        assert!(timeline.iter().all(|entry| entry.at.is_none()), "{text}");
    }
}

#[test]
fn a_table_that_gives_each_time_in_two_zones_is_read_once() {
    let text = "## Timeline\n\n| CET | UTC | Event |\n|-|-|-|\n| 2025-03-04 10:00 | 2025-03-04 09:00 | Down |\n\
                | 2025-03-04 11:00 | — | Up |\n";
    let timeline = read(text).timeline;
    assert_eq!(timeline.len(), 2);
    assert_eq!(timeline[0].text, "Down");
    assert_eq!(timeline[0].at.unwrap().utc().unwrap().to_string(), "2025-03-04 09:00:00");
}

#[test]
fn bold_inside_bold_is_read() {
    read("**~~**Status:** ~~**(owner: @ana, \n");
    assert!(read("**Status: **open** (since May)**\n").outcome == crate::model::Outcome::Parsed);
}
