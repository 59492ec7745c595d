//! Tells at a glance that a word is none of a set: most words of a text are looked up in no table.

/// As many as keep most of them empty.
const SLOTS: usize = 32 * 32;

/// By their first three bytes, without regard to case, the lengths and last letters that the words of a set have, as bit
/// sets: eight of ten words that are none of a thousand are told at once.
#[derive(Debug, Clone)]
pub(crate) struct Lengths(Vec<u32>);

impl Lengths {
    /// Takes the words in.
    pub(crate) fn of<'a>(words: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut lengths = Self(vec![0; SLOTS]);
        for word in words {
            lengths.0[slot(word)] |= bit(word);
        }
        lengths
    }

    /// Tells whether some word is like `word`, in ASCII; if not, `word` is certainly none of them.
    pub(crate) fn may_hold(&self, word: &[u8]) -> bool {
        self.0[slot(word)] & bit(word) != 0
    }
}

/// The low bits of a letter are the same in both cases.
fn low(byte: u8) -> usize {
    usize::from(byte & 0x1F)
}

fn slot(word: &[u8]) -> usize {
    let sum = match *word {
        [a, b, c, ..] => low(a) * 32 + low(b) + low(c) * 171,
        [a, b] => low(a) * 32 + low(b),
        [a] => low(a) * 32,
        [] => 0,
    };
    sum % SLOTS
}

fn bit(word: &[u8]) -> u32 {
    1 << ((word.len() * 5 + word.last().map_or(0, |last| low(*last))) % 32)
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
