//! How facts are spelt as exact terms, so that what writes them and what filters by them cannot disagree.
//!
//! A fact is `namespace:key=value`. Namespace `d` holds what was understood of a document, `w` the single words of
//! names (so that `owner:ada` finds `Ada Lovelace`), `f` every front-matter key by its dotted path.

use super::text::{TokenKind, clip, fold, pieces};

/// Longest front-matter value that can be filtered by.
const MAX_VALUE: usize = 64;

/// Returns the fact that a document has `value` for `key`.
pub(crate) fn document(key: &str, value: &str) -> String {
    spell('d', key, &fold(value.trim()))
}

/// Returns the fact that a name of a document under `key` has `word` among its words.
pub(crate) fn word(key: &str, word: &str) -> String {
    spell('w', key, word)
}

/// Returns the fact that the front matter has `value` at the dotted `path`; an empty value gives what all facts of
/// the path begin with.
pub(crate) fn front_matter(path: &str, value: &str) -> String {
    spell('f', &key(path), clip(&fold(value.trim()), MAX_VALUE))
}

/// Returns what all front-matter facts below the dotted `path` begin with.
pub(crate) fn front_matter_below(path: &str) -> String {
    format!("f:{}.", key(path))
}

/// Returns a front-matter path in the form in which paths are compared.
pub(crate) fn key(path: &str) -> String {
    fold(path).replace('_', "-")
}

/// Returns the folded words of a name.
pub(crate) fn words(name: &str) -> impl Iterator<Item = String> {
    pieces(name).into_iter().filter(|piece| piece.kind != TokenKind::Hump).map(|piece| piece.text)
}

fn spell(namespace: char, key: &str, value: &str) -> String {
    format!("{namespace}:{key}={value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_keys_and_values_alike_however_they_are_written() {
        assert_eq!(
            front_matter("Compliance.SOC2.evidence_type", " Documentation"),
            "f:compliance.soc2.evidence-type=documentation"
        );
        assert_eq!(document("service", "Straße"), "d:service=strasse");
        assert_eq!(front_matter_below("compliance"), "f:compliance.");
    }

    #[test]
    fn cuts_long_values_at_a_character() {
        let long = "é".repeat(1000);
        assert_eq!(front_matter("a", &long).len(), "f:a=".len() + MAX_VALUE);
    }
}
