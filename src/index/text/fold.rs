//! Case and accent folding: what two spellings must share to be one term.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, decompose_canonical, decompose_compatible};

/// Returns `text` lower-cased and without accents (`Ä` is `a`, `ß` is `ss`).
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Appends the folded form of `text` to `out`.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    let begin = out.len();
    let mut rest = text;
    loop {
        let plain = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let from = out.len();
        out.push_str(&rest[..plain]);
        out[from..].make_ascii_lowercase();
        rest = &rest[plain..];
        let Some(c) = rest.chars().next() else { return };
        if !join(c, begin, out) {
            fold_char(c, out);
        }
        rest = &rest[c.len_utf8()..];
    }
}

/// Returns the character that `c` makes with the one before it, where it is written behind its letter: a mark of kana (also
/// of half width), or a later part of a Hangul syllable.
pub(crate) fn joined(before: char, c: char) -> Option<char> {
    if is_later_part(c) { compose(wide(before), wide(c)) } else { None }
}

fn is_later_part(c: char) -> bool {
    matches!(c, '\u{1161}'..='\u{11c2}' | '\u{3099}' | '\u{309a}' | '\u{ff9e}' | '\u{ff9f}' | '\u{ffa1}'..='\u{ffdc}')
}

/// Returns kana and Hangul of half width in their usual width.
fn wide(c: char) -> char {
    let mut wide = c;
    if ('\u{ff61}'..='\u{ffdc}').contains(&c) {
        decompose_compatible(c, |part| wide = part);
    }
    wide
}

/// Puts `c` into one character with the last of `out` behind `begin`, where the two are one.
fn join(c: char, begin: usize, out: &mut String) -> bool {
    if !is_later_part(c) {
        return false;
    }
    let Some(joined) = out[begin..].chars().next_back().and_then(|before| joined(before, c)) else { return false };
    out.pop();
    out.push(joined);
    true
}

fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    match c {
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'ø' | 'Ø' => out.push('o'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'ł' | 'Ł' => out.push('l'),
        'þ' | 'Þ' => out.push_str("th"),
        'ı' | 'İ' => out.push('i'),
        'ς' => out.push('σ'),
        '\u{200c}' | '\u{200d}' | '\u{ad}' => {}
        _ => fold_lower(c, out),
    }
}

fn fold_lower(c: char, out: &mut String) {
    match c {
        // Combining accents of Latin, Greek and Cyrillic; the marks of other scripts carry meaning and stay.
        '\u{300}'..='\u{36f}' => {}
        '\u{80}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}' => {
            for lower in c.to_lowercase() {
                decompose_canonical(lower, |part| {
                    if !('\u{300}'..='\u{36f}').contains(&part) {
                        out.push(part);
                    }
                });
            }
        }
        // Ligatures and full-width or half-width forms.
        '\u{fb00}'..='\u{fb06}' | '\u{ff00}'..='\u{ffef}' => {
            let mut parts = String::new();
            decompose_compatible(c, |part| parts.push(part));
            out.extend(parts.nfc().flat_map(char::to_lowercase));
        }
        _ => out.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folds_case_accents_and_ligatures() {
        let cases = [
            ("Café", "cafe"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("Ærøskøbing", "aeroskobing"),
            ("ŁÓDŹ", "lodz"),
            ("İstanbul", "istanbul"),
            ("ﬁle", "file"),
            ("ＡＢＣ１", "abc1"),
            ("Ёлка", "елка"),
            ("Ὀδυσσεύς", "οδυσσευσ"),
        ];
        for (text, folded) in cases {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn half_width_and_parted_characters_are_those_of_full_width() {
        for (text, folded) in [
            ("ﾌﾟｰﾙ", "プール"),
            ("ﾃﾞｰﾀﾍﾞｰｽ", "データベース"),
            ("フ\u{309a}ール", "プール"),
            ("한국", "한국"),
            ("\u{1112}\u{1161}\u{11ab}국", "한국"),
            ("ﾡￂ", "가"),
            ("ＡＰＩ", "api"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
        let mut out = String::from("フ");
        super::fold_into("ﾟ", &mut out);
        assert_eq!(out, "フ\u{309a}", "what was there before stays");
    }

    #[test]
    fn keeps_the_vowel_signs_of_other_scripts() {
        assert_eq!(fold("हिन्दी"), "हिन्दी");
        assert_eq!(fold("ガ"), "ガ");
    }
}
