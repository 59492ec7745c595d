//! Tells at a glance that a word is none of a set: most words of a text are looked up in no table.

use super::letters::Head;

/// So many bits for each word keep nearly all bits unset.
const BITS_FOR_EACH: usize = 16;
const BITS_AT_LEAST: usize = 4096;
/// Spreads what little differs between two words over the highest bits (the golden ratio).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// By their first eight letters, without regard to case, and their lengths, the words of a set, as bits: nearly all
/// words that are none of a thousand are told at once.
#[derive(Debug, Clone)]
pub(crate) struct Lengths {
    bits: Vec<u64>,
    /// What is left of a hash, shifted by so much, is the number of a bit.
    shift: u32,
}

impl Lengths {
    /// Takes the words in.
    pub(crate) fn of<'a>(words: impl Iterator<Item = &'a [u8]>) -> Self {
        let hashes: Vec<u64> = words.map(|word| hash(Head::of(word, word.len()))).collect();
        let count = (hashes.len() * BITS_FOR_EACH).max(BITS_AT_LEAST).next_power_of_two();
        let mut lengths = Self { bits: vec![0; count / 64], shift: 64 - count.trailing_zeros() };
        for hash in hashes {
            let (at, bit) = lengths.place(hash);
            lengths.bits[at] |= bit;
        }
        lengths
    }

    /// Tells whether some word is like `word`, in ASCII; if not, `word` is certainly none of them.
    #[inline]
    pub(crate) fn may_hold(&self, word: &[u8]) -> bool {
        self.may_hold_head(Head::of(word, word.len()))
    }

    /// Tells the same of a word that is a head.
    #[inline]
    pub(crate) fn may_hold_head(&self, word: Head) -> bool {
        let (at, bit) = self.place(hash(word));
        self.bits[at] & bit != 0
    }

    #[inline]
    fn place(&self, hash: u64) -> (usize, u64) {
        let number = hash >> self.shift;
        ((number / 64) as usize, 1 << (number % 64))
    }
}

#[inline]
fn hash(word: Head) -> u64 {
    (word.lower_eight() ^ (word.length as u64).rotate_right(8)).wrapping_mul(SPREAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_its_words_in_any_case() {
        let words = ["a", "hour", "heure", "minutes", "extraordinarily long words are one to it", "über", ""];
        let lengths = Lengths::of(words.iter().map(|word| word.as_bytes()));
        assert!(words.iter().all(|word| lengths.may_hold(word.as_bytes())));
        assert!(lengths.may_hold(b"HOUR") && lengths.may_hold(b"mINUTEs"));
        assert!(["b", "hours", "at", "to", "minuten"].iter().all(|word| !lengths.may_hold(word.as_bytes())));
    }

    #[test]
    fn tells_nearly_all_words_that_are_none() {
        let words: Vec<String> = (0..1000).map(|number| format!("word{number}")).collect();
        let lengths = Lengths::of(words.iter().map(|word| word.as_bytes()));
        let others = (0..1000).map(|number| format!("{number}word"));
        assert!(others.filter(|word| lengths.may_hold(word.as_bytes())).count() < 100);
    }
}
