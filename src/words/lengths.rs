//! Tells at a glance that a word is none of a set: most words of a text are looked up in no table.

/// By their first two bytes, without regard to case, the lengths that the words of a set have, as bit sets.
#[derive(Debug, Clone)]
pub(crate) struct Lengths(Vec<u32>);

impl Lengths {
    /// Takes the words in.
    pub(crate) fn of<'a>(words: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut lengths = Self(vec![0; 32 * 32]);
        for word in words {
            lengths.0[slot(word)] |= bit(word);
        }
        lengths
    }

    /// Tells whether some word begins as `word`, in ASCII, and is as long; if not, `word` is certainly none of them.
    pub(crate) fn may_hold(&self, word: &[u8]) -> bool {
        self.0[slot(word)] & bit(word) != 0
    }
}

/// The low bits of a letter are the same in both cases.
fn slot(word: &[u8]) -> usize {
    let low = |at: usize| word.get(at).map_or(0, |byte| usize::from(byte & 0x1F));
    low(0) * 32 + low(1)
}

fn bit(word: &[u8]) -> u32 {
    1 << word.len().min(31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_its_words_in_any_case() {
        let words = ["a", "hour", "heure", "extraordinarily long words are one to it", "über"];
        let lengths = Lengths::of(words.iter().map(|word| word.as_bytes()));
        assert!(words.iter().all(|word| lengths.may_hold(word.as_bytes())));
        assert!(lengths.may_hold(b"HOUR"));
        assert!(["", "b", "hours", "at", "to"].iter().all(|word| !lengths.may_hold(word.as_bytes())));
    }
}
