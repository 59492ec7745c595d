//! No input makes a scanner panic, and what it returns lies within the text.

use proptest::prelude::*;

use super::context;
use crate::parse::when::order::date_order;
use crate::parse::when::*;

/// Pieces of real expressions, in any order.
const PIECES: &[&str] = &[
    "2025", "-", "12", "17", "T", ":", "08", "00", " ", "Z", "UTC", "+", "3", "(", ")", "Oct", "1st", ",", "AM", "pm",
    "~", "–", "→", ".", "/", "May", "de", "h", "30", "m", "年", "月", "日", "時", "半", "分", "*", "_", "half", "an",
    "hour", "and", "a", "few", "P", "PT", "D", "½", "Unknown", "--:--", "to", "\u{202f}", "é", "İ", "99999999", "Mi.",
    "Uhr", "kl", "@", "'", "22025", "PST", "?", "<", "hours", "\n",
];

fn exercise(text: &str) {
    let cx = context();
    if let Some(found) = scan_start(text, &cx) {
        assert!(text.is_char_boundary(found.end) && found.end > 0, "{text:?}");
    }
    if let Some((_, at)) = scan_end(text, &cx) {
        assert!(text.is_char_boundary(at) && at < text.len(), "{text:?}");
    }
    if let Some((_, range)) = find_date(text, &cx) {
        assert!(text.get(range).is_some_and(|s| !s.is_empty()), "{text:?}");
    }
    if let Some(found) = find_duration(text, &cx) {
        assert!(text.get(found.range).is_some_and(|s| !s.is_empty()), "{text:?}");
    }
    let _ = (date_in_name(text), date_order(text), find_zone(text), clock_duration(text, &cx));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn arbitrary_text(text in any::<String>()) {
        exercise(&text);
    }

    #[test]
    fn arbitrary_lines(text in "[ -~0-9:./\\-年月日時分半]{0,40}") {
        exercise(&text);
    }

    #[test]
    fn arbitrary_pieces(picks in proptest::collection::vec(0..PIECES.len(), 0..14)) {
        let text: String = picks.iter().map(|i| PIECES[*i]).collect();
        exercise(&text);
    }
}
