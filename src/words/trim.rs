//! Trimming: most texts begin and end with no space, which two bytes tell.

/// Returns `text` without white space at its ends.
#[inline]
pub(crate) fn trimmed(text: &str) -> &str {
    match (text.as_bytes().first(), text.as_bytes().last()) {
        (Some(first), Some(last)) if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_as_the_standard_library_does() {
        for text in ["", " ", "a", " a", "a ", "a b", "\u{3000}a\u{a0}", "é ", "\tx\n", "\u{0}a", "a\u{85}"] {
            assert_eq!(trimmed(text), text.trim(), "{text:?}");
        }
    }
}
