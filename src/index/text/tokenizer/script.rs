//! Which characters make words, in which scripts.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// Tells whether `c` continues a word.
pub(super) fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && (is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}' | '\u{ad}')))
}

/// Tells whether `c` belongs to a script that is written without spaces, or whose words take endings so freely
/// that pairs of characters find more (Hangul).
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ffdc}' | '\u{20000}'..='\u{3134f}')
}

/// Gives the humps of a camel-case ASCII word to `each` (`HTTPServerError` has `HTTP`, `Server`, `Error`): none where
/// it has only one; humps of a single letter are left out.
pub(super) fn humps(word: &[u8], mut each: impl FnMut(Range<usize>)) {
    let mut from = 0;
    for at in 1..word.len() {
        let (previous, byte) = (word[at - 1], word[at]);
        if !byte.is_ascii_uppercase() {
            continue;
        }
        let rises = previous.is_ascii_lowercase();
        let lowers = |offset: usize| word.get(at + offset).is_some_and(u8::is_ascii_lowercase);
        // The last of several capitals begins a hump if a word follows; `IDs` is no such case.
        let falls = previous.is_ascii_uppercase() && lowers(1) && lowers(2) && at - from > 1;
        if rises || falls {
            if at - from > 1 {
                each(from..at);
            }
            from = at;
        }
    }
    if from > 0 && word.len() - from > 1 {
        each(from..word.len());
    }
}
