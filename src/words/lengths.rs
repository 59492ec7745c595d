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
    /// By the first two letters of a word, the lengths of those that begin so: that tells most words at once.
    starts: Box<[u32; STARTS]>,
    bits: Vec<u64>,
    /// What is left of a hash, shifted by so much, is the number of a bit.
    shift: u32,
}

impl Lengths {
    /// Takes the words in.
    pub(crate) fn of<'a>(words: impl Iterator<Item = &'a [u8]>) -> Self {
        let words: Vec<&[u8]> = words.collect();
        let count = (words.len() * BITS_FOR_EACH).max(BITS_AT_LEAST).next_power_of_two();
        let shift = 64 - count.trailing_zeros();
        let mut lengths = Self { starts: Box::new([0; STARTS]), bits: vec![0; count / 64], shift };
        for word in words {
            let (at, bit) = lengths.place(hash(Head::of(word, word.len())));
            lengths.bits[at] |= bit;
            lengths.starts[start(word)] |= length_bit(word);
        }
        lengths
    }

    /// Tells whether some word is like `word`, in ASCII; if not, `word` is certainly none of them.
    #[inline]
    pub(crate) fn may_hold(&self, word: &[u8]) -> bool {
        self.starts[start(word)] & length_bit(word) != 0 && self.holds_like(word)
    }

    fn holds_like(&self, word: &[u8]) -> bool {
        let (at, bit) = self.place(hash(Head::of(word, word.len())));
        self.bits[at] & bit != 0
    }

    #[inline]
    fn place(&self, hash: u64) -> (usize, u64) {
        let number = hash >> self.shift;
        ((number / 64) as usize, 1 << (number % 64))
    }
}

const STARTS: usize = 32 * 32;

/// Returns where the lengths of the words are kept that begin as `word` does.
#[inline]
fn start(word: &[u8]) -> usize {
    let (first, second) = match word {
        [] => (0, 0),
        [first] => (*first, 0),
        [first, second, ..] => (*first, *second),
    };
    usize::from(first & 0x1F) << 5 | usize::from(second & 0x1F)
}

/// Returns the bit of its length; words that are longer by 32 have the same.
#[inline]
fn length_bit(word: &[u8]) -> u32 {
    1 << (word.len() % 32)
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
