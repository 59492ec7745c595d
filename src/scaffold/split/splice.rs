//! Changes of a text at several places at once.

use std::ops::Range;

/// What comes in the place of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Splice {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

/// Returns the bytes of `text` at `range` after those of `splices` that lie within.
pub(super) fn spliced(text: &str, range: &Range<usize>, splices: &[Splice]) -> String {
    let mut within: Vec<&Splice> =
        splices.iter().filter(|it| it.range.start >= range.start && it.range.end <= range.end).collect();
    within.sort_by_key(|it| (it.range.start, it.range.end));
    let (mut result, mut at) = (String::with_capacity(range.len()), range.start);
    for splice in within {
        if splice.range.start < at {
            // What lies within another change has gone with it.
            continue;
        }
        result.push_str(&text[at..splice.range.start]);
        result.push_str(&splice.text);
        at = splice.range.end;
    }
    result.push_str(&text[at..range.end]);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_outside_changes_nothing() {
        let splice = |range: Range<usize>, text: &str| Splice { range, text: text.to_owned() };
        let splices = [splice(6..7, "X"), splice(2..3, ""), splice(2..2, "+"), splice(0..1, "-")];
        assert_eq!(spliced("0123456789", &(1..9), &splices), "1+345X78");
    }
}
