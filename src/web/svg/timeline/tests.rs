use super::chart::{Chart, Dot};
use super::{Drawing, draw};
use crate::parse::{ParseOptions, parse};

fn drawn(timeline: &str) -> Option<Drawing> {
    let text = format!("# Outage\n\n**Date:** 2025-12-17\n\n## Timeline\n\n{timeline}\n");
    draw(&parse("a.md", text.as_bytes(), &ParseOptions::default()).document)
}

fn charts(drawing: &Drawing) -> [&Chart; 2] {
    [&drawing.wide, &drawing.narrow]
}

fn texts(labels: &[super::chart::Label]) -> Vec<&str> {
    labels.iter().map(|it| it.text.as_str()).collect()
}

fn overlap(a: &Dot, b: &Dot) -> bool {
    (a.x - b.x).hypot(a.y - b.y) < a.radius() + b.radius()
}

#[test]
fn entries_stand_to_scale_and_the_bounds_are_flagged() {
    let drawing = drawn(
        "- 08:00 UTC - first errors, outage started\n- 08:30 UTC - alert detected it\n- 09:00 UTC - looking\n\
         - 10:00 UTC - service restored and resolved",
    )
    .unwrap();
    for chart in charts(&drawing) {
        let at = |nth: usize| chart.dots[nth].x;
        assert!((at(2) - at(0) - 2.0 * (at(1) - at(0))).abs() < 0.5, "{chart:?}");
        assert!((at(3) - at(0) - 4.0 * (at(1) - at(0))).abs() < 0.5, "{chart:?}");
        assert!(chart.flags.iter().any(|flag| flag.text == "Detected 08:30"), "{:?}", chart.flags);
        assert!(!chart.bands.is_empty());
        assert_eq!(texts(&chart.days), ["17 Dec 2025"]);
    }
    assert_eq!(drawing.zone, "Times in UTC.");
    assert!(drawing.description.contains("detected 17 Dec 2025 08:30"), "{}", drawing.description);
}

#[test]
fn sixty_entries_do_not_cover_each_other() {
    let spread: String =
        (0..60).map(|nth| format!("- {:02}:{:02} UTC - step {nth}\n", 8 + nth / 30, nth * 7 % 60)).collect();
    let crowded: String = (0..60).map(|nth| format!("- 08:0{} UTC - step {nth}\n", nth % 3)).collect();
    let many: String = (0..300).map(|nth| format!("- 08:{:02} UTC - step {nth}\n", nth % 60)).collect();
    for timeline in [spread, crowded, many] {
        let drawing = drawn(&timeline).unwrap();
        for chart in charts(&drawing) {
            assert!(chart.dots.len() >= 60);
            for (nth, dot) in chart.dots.iter().enumerate() {
                assert!(dot.x > 0.0 && dot.x < chart.width && dot.y > 0.0 && dot.y < chart.height, "{dot:?}");
                assert!(chart.dots[..nth].iter().all(|other| !overlap(dot, other)), "{dot:?}");
            }
        }
    }
}

#[test]
fn labels_do_not_cover_each_other() {
    let drawing = drawn(
        "- 22:10 UTC - outage started\n- 22:12 UTC - alert detected it\n- 23:50 UTC - mitigated\n- 00:20 UTC - looking\n\
         - 02:00 UTC - resolved",
    )
    .unwrap();
    for chart in charts(&drawing) {
        for labels in [&chart.ticks, &chart.days] {
            for pair in labels.windows(2) {
                let room = |text: &str| text.chars().count() as f64 * 6.0 / 2.0;
                assert!(pair[1].x - pair[0].x > room(&pair[0].text) + room(&pair[1].text), "{pair:?}");
            }
        }
        let flags = &chart.flags;
        for (nth, flag) in flags.iter().enumerate() {
            let same_row = |other: &&super::chart::FlagView| (other.y - flag.y).abs() < 1.0;
            let span = |it: &super::chart::FlagView| {
                let width = it.text.chars().count() as f64 * 6.0;
                if it.anchor == "end" { (it.text_x - width, it.text_x) } else { (it.text_x, it.text_x + width) }
            };
            let clear = |other: &super::chart::FlagView| span(flag).0 >= span(other).1 || span(flag).1 <= span(other).0;
            assert!(flags[..nth].iter().filter(same_row).all(clear), "{flags:?}");
            assert!(span(flag).0 >= 0.0 && span(flag).1 <= chart.width, "{flag:?}");
        }
    }
}

#[test]
fn midnights_are_drawn_and_named() {
    let drawing = drawn("- 22:00 UTC - one\n- 23:00 UTC - two\n- 01:00 UTC - three\n- 02:00 UTC - four").unwrap();
    assert_eq!(drawing.wide.midnights.len(), 1);
    assert_eq!(texts(&drawing.wide.days), ["17 Dec 2025", "18 Dec"]);
}

#[test]
fn a_long_gap_is_cut_and_told() {
    let drawing = drawn(
        "- 2025-12-17 08:00 UTC - a\n- 2025-12-17 08:10 UTC - b\n- 2025-12-17 08:20 UTC - c\n- 2025-12-17 08:30 UTC - d\n\
         - 2025-12-20 14:40 UTC - e",
    )
    .unwrap();
    for chart in charts(&drawing) {
        assert_eq!(texts(&chart.gaps), ["3 d 6 h"]);
        let dots: Vec<f64> = chart.dots.iter().map(|it| it.x).collect();
        assert!(dots[1] - dots[0] > 40.0 && dots[4] - dots[3] < 70.0, "{dots:?}");
        assert!(chart.days.iter().any(|day| day.text == "20 Dec"), "{:?}", chart.days);
    }
}

#[test]
fn entries_without_a_time_stand_between_their_neighbours() {
    let drawing =
        drawn("| Time | Event |\n|---|---|\n| 08:00 UTC | one |\n| later | two |\n| 10:00 UTC | three |").unwrap();
    let dots = &drawing.wide.dots;
    if let [first, vague, last] = dots.as_slice() {
        assert!(vague.vague && !first.vague && !last.vague, "{dots:?}");
        assert!((vague.x - (first.x + last.x) / 2.0).abs() < 0.5, "{dots:?}");
        assert!(drawing.note.contains("without a time"));
    } else {
        panic!("{dots:?}");
    }
}

#[test]
fn zones_are_told() {
    let own = drawn("- 08:00 UTC-3 - one\n- 09:00 UTC-3 - two").unwrap();
    assert_eq!(own.zone, "Times in UTC-03:00.");
    assert!(texts(&own.wide.ticks).contains(&"08:00"), "{:?}", own.wide.ticks);
    assert_eq!(drawn("- 08:00 - one\n- 09:00 - two").unwrap().zone, "Times as written; no zone is stated.");
}

#[test]
fn what_has_no_two_moments_is_not_drawn() {
    assert!(drawn("- 08:00 UTC - only one").is_none());
    assert!(drawn("nothing").is_none());
}

#[test]
fn words_of_gaps_fit_between_the_dots() {
    let drawing = drawn(
        "- 00:20 UTC - a\n- 04:40 UTC - b\n- 08:00 UTC - c\n- 17:25 UTC - d\n- 17:30 UTC - e\n- 17:40 UTC - f\n- 17:50 UTC - g\n\
         - 17:55 UTC - h\n- 17:58 UTC - i",
    )
    .unwrap();
    for chart in charts(&drawing) {
        assert!(!chart.gaps.is_empty());
        for gap in &chart.gaps {
            let half = gap.text.chars().count() as f64 * 6.0 / 2.0;
            let covered = chart.dots.iter().any(|dot| (dot.x - gap.x).abs() < half + dot.radius());
            assert!(!covered, "{gap:?} {:?}", chart.dots);
        }
    }
}

#[test]
fn what_is_only_mitigated_is_drawn_without_an_end() {
    let flags = |status: &str| {
        let entries = "- 10:00 UTC: down\n- 11:00 UTC: the queue is empty\n";
        let text = format!("# T\n\n**Date:** 2026-01-14\n**Status:** {status}\n\n## Timeline\n\n{entries}");
        let drawing = draw(&parse("a.md", text.as_bytes(), &ParseOptions::default()).document).unwrap();
        drawing.wide.flags.into_iter().map(|flag| flag.text).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(flags("resolved"), "Started 10:00, Resolved 11:00");
    assert_eq!(flags("mitigated"), "Started 10:00");
}
