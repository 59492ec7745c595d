//! A short text that is looked for by its rarest letter: in most texts that letter hardly stands.

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Needle {
    pub(crate) text: &'static str,
    /// Where in it the rarest byte stands.
    rare: usize,
}

impl Needle {
    /// Returns `text`, whose rarest byte is the one at `rare`.
    pub(crate) const fn new(text: &'static str, rare: usize) -> Self {
        assert!(rare < text.len());
        Self { text, rare }
    }

    /// Returns where it stands first.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        memchr::memchr_iter(self.byte(), bytes).find_map(|at| self.begins(bytes, at))
    }

    /// Returns where it stands last.
    pub(crate) fn rfind(&self, text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        memchr::memrchr_iter(self.byte(), bytes).find_map(|at| self.begins(bytes, at))
    }

    /// Splits a text where it stands first.
    pub(crate) fn split<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        self.find(text).map(|at| self.around(text, at))
    }

    /// Splits a text where it stands last.
    pub(crate) fn rsplit<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        self.rfind(text).map(|at| self.around(text, at))
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes()[self.rare]
    }

    /// Returns where it begins, with its rarest byte at `at`.
    fn begins(&self, bytes: &[u8], at: usize) -> Option<usize> {
        let start = at.checked_sub(self.rare)?;
        bytes[start..].starts_with(self.text.as_bytes()).then_some(start)
    }

    fn around<'t>(&self, text: &'t str, at: usize) -> (&'t str, &'t str) {
        (&text[..at], &text[at + self.text.len()..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_found_where_the_text_is() {
        for text in
            ["", "y", " by", " by ", "by y by ", "done by Ana by Bo", "away by  by ", "é by é", " by by ", "yyy"]
        {
            for rare in 0..4 {
                let needle = Needle::new(" by ", rare);
                assert_eq!(needle.find(text), text.find(" by "), "{text}");
                assert_eq!(needle.rfind(text), text.rfind(" by "), "{text}");
                assert_eq!(needle.split(text), text.split_once(" by "), "{text}");
                assert_eq!(needle.rsplit(text), text.rsplit_once(" by "), "{text}");
            }
        }
    }
}
