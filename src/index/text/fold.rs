//! Case and accent folding: what two spellings must share to be one term.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, decompose_compatible};

/// Returns `text` lower-cased and without accents (`Ä` is `a`, `ß` is `ss`).
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Appends the folded form of `text` to `out`.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    let mut rest = text;
    loop {
        let plain = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let from = out.len();
        out.push_str(&rest[..plain]);
        out[from..].make_ascii_lowercase();
        rest = &rest[plain..];
        let Some(c) = rest.chars().next() else { return };
        fold_char(c, out);
        rest = &rest[c.len_utf8()..];
    }
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
    fn keeps_the_vowel_signs_of_other_scripts() {
        assert_eq!(fold("हिन्दी"), "हिन्दी");
        assert_eq!(fold("ガ"), "ガ");
    }
}
