//! What stands between the fields of an item.

/// Returns where the last separator of fields begins, and its length: a dash or bar between spaces, or a comma, full
/// stop or semicolon before one.
pub(super) fn last_separator(text: &str) -> Option<(usize, usize)> {
    let narrow = last_narrow_separator(text);
    // Full-width marks need no space behind them.
    let trimmed = text.trim_end();
    // By their first bytes.
    let mut wide = memchr::memrchr2_iter("、".as_bytes()[0], "，".as_bytes()[0], trimmed.as_bytes());
    let wide = wide.find(|at| trimmed[*at..].starts_with(['，', '、', '。', '；']));
    match wide.filter(|at| at + 3 < trimmed.len()) {
        Some(at) if narrow.is_none_or(|(other, _)| other < at) => Some((at, 3)),
        _ => narrow,
    }
}

fn last_narrow_separator(text: &str) -> Option<(usize, usize)> {
    let mut before = text.as_bytes();
    if !may_hold_separator(before) {
        return None;
    }
    while let Some(space) = before.iter().rposition(|byte| *byte == b' ') {
        before = &before[..space];
        let length = match before {
            [.., b' ', b'|' | b'-'] => 2,
            [.., b' ', b'-', b'-'] => 3,
            [.., b' ', 0xE2, 0x80, 0x93 | 0x94] => 4,
            [.., b',' | b';' | b'.'] => 1,
            _ => 0,
        };
        if length > 0 {
            return Some((before.len() - length, length + 1)).filter(|(at, _)| *at > 0);
        }
    }
    None
}

/// A look at many bytes at once: before a space stands what a separator ends with.
fn may_hold_separator(text: &[u8]) -> bool {
    let ends = |byte: u8| {
        (byte == b'|') | (byte == b'-') | (byte == b',') | (byte == b';') | (byte == b'.') | (byte & 0xF8 == 0x90)
    };
    text.iter().zip(text.iter().skip(1)).fold(false, |any, (byte, next)| any | (ends(*byte) & (*next == b' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_separator_before_a_space_counts() {
        for (text, expected) in [
            ("a | b", Some((1, 3))),
            ("a, b — c", Some((4, 5))),
            ("a. b c-d e- f", Some((1, 2))),
            ("a -- b", Some((1, 4))),
            ("a” b", None),
            ("- b", None),
            (", b", None),
            ("", None),
        ] {
            assert_eq!(last_separator(text), expected, "{text}");
        }
        assert_eq!(last_separator("見直す。担当"), Some((9, 3)));
    }
}
