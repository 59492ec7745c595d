//! Words by eight bytes as one number: two words are told apart, and their ends found, without a look at each byte.

/// One in each byte.
const EACH: u64 = u64::MAX / 0xFF;
const HIGH: u64 = 0x80 * EACH;

/// Returns the first eight bytes as one number, with zeros behind a shorter text.
#[inline]
pub(crate) fn first_eight(bytes: &[u8]) -> u64 {
    if let Some(eight) = bytes.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        // The first four and the last four lie over each other where both have the same bytes.
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return u64::from(first) | u64::from(last) << (8 * (bytes.len() - 4));
    }
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// A word that a text begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Head {
    /// Its first eight bytes, with zeros behind a shorter one.
    pub(crate) eight: u64,
    /// How many bytes it has.
    pub(crate) length: usize,
}

impl Head {
    /// Returns the first `length` bytes of a text.
    #[inline]
    pub(crate) fn of(text: &[u8], length: usize) -> Self {
        let eight = first_eight(text);
        Self { eight: if length < 8 { eight & !(u64::MAX << (8 * length)) } else { eight }, length }
    }

    /// Returns what stands before the first space or control character of ASCII.
    #[inline]
    pub(crate) fn up_to_gap(text: &[u8]) -> Self {
        let eight = first_eight(text);
        // Zeros behind the end are control characters too.
        let found = gaps(eight);
        if found == 0 {
            let length = text.iter().skip(8).position(|byte| *byte <= b' ');
            return Self { eight, length: length.map_or(text.len(), |length| 8 + length) };
        }
        // The bits below those of the byte that is found.
        let before = ((found & found.wrapping_neg()) >> 7) - 1;
        Self { eight: eight & before, length: found.trailing_zeros() as usize / 8 }
    }

    /// Returns the first eight bytes with capitals of ASCII as small letters; other bytes may change too, like ones alike.
    #[inline]
    pub(super) fn lower_eight(self) -> u64 {
        self.eight | (0x20 * EACH)
    }
}

/// Returns the length of the run of ASCII letters at the beginning: every word of a text is measured, eight bytes at a
/// time.
#[inline]
pub(crate) fn ascii_letters(bytes: &[u8]) -> usize {
    let mut len = 0;
    while let Some(eight) = bytes[len..].first_chunk() {
        let others = others(u64::from_le_bytes(*eight));
        if others != 0 {
            return len + others.trailing_zeros() as usize / 8;
        }
        len += 8;
    }
    len + bytes[len..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// Returns the length of the run of ASCII letters and digits at the beginning.
#[inline]
pub(crate) fn alphanumerics(bytes: &[u8]) -> usize {
    let mut length = 0;
    loop {
        // Zeros behind the end are none.
        let others = !alphanumeric(first_eight(&bytes[length..])) & HIGH;
        if others != 0 {
            return length + others.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
}

/// Returns the length of the run of ASCII letters and digits at the end.
#[inline]
pub(crate) fn alphanumerics_at_end(bytes: &[u8]) -> usize {
    let mut end = bytes.len();
    while let Some(eight) = bytes[..end].last_chunk() {
        let others = !alphanumeric(u64::from_le_bytes(*eight)) & HIGH;
        if others != 0 {
            return bytes.len() - end + others.leading_zeros() as usize / 8;
        }
        end -= 8;
    }
    bytes.len() - end + bytes[..end].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// Returns the length of the words of ASCII letters and digits at the beginning that one space each separates.
pub(super) fn spaced_words(bytes: &[u8]) -> usize {
    let (mut length, mut behind_space) = (0, 0);
    loop {
        let eight = first_eight(&bytes[length..]);
        let spaces = equal(eight, b' ');
        let ends = !(alphanumeric(eight) | spaces) & HIGH | spaces & (spaces << 8 | behind_space);
        if ends != 0 {
            length += ends.trailing_zeros() as usize / 8;
            return length - usize::from(bytes[..length].last() == Some(&b' '));
        }
        behind_space = spaces >> 56;
        length += 8;
    }
}

/// Returns eight bytes with the high bit set where one is no ASCII letter, and with no other.
#[inline]
fn others(eight: u64) -> u64 {
    !within(eight | (0x20 * EACH), b'a', b'z') & HIGH
}

/// The same where one is an ASCII letter or digit.
#[inline]
fn alphanumeric(eight: u64) -> u64 {
    within(eight | (0x20 * EACH), b'a', b'z') | within(eight, b'0', b'9')
}

/// The same where one is from `first` to `last`, both of ASCII.
#[inline]
fn within(eight: u64, first: u8, last: u8) -> u64 {
    // Without its high bit no byte carries into the next.
    let seven = eight & !HIGH;
    let from_first = seven + u64::from(0x80 - first) * EACH;
    let behind_last = seven + u64::from(0x7F - last) * EACH;
    from_first & !behind_last & !eight & HIGH
}

/// The same where one is `byte`, of ASCII.
#[inline]
fn equal(eight: u64, byte: u8) -> u64 {
    within(eight, byte, byte)
}

/// The same where one is a space or a control character of ASCII.
#[inline]
fn gaps(eight: u64) -> u64 {
    !(((eight & !HIGH) + (0x7F - u64::from(b' ')) * EACH) | eight) & HIGH
}

/// Tells whether a text may hold a colon, of ASCII or (by its first byte) of full width.
pub(crate) fn may_hold_colon(text: &str) -> bool {
    memchr::memchr2(b':', "：".as_bytes()[0], text.as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_has_the_first_eight_bytes_with_zeros_behind() {
        let text = b"abcdefghijkl";
        for length in 0..=text.len() {
            let mut expected = [0; 8];
            text[..length].iter().zip(&mut expected).for_each(|(byte, place)| *place = *byte);
            let expected = u64::from_le_bytes(expected);
            assert_eq!(first_eight(&text[..length]), expected, "{length}");
            assert_eq!(Head::of(text, length), Head { eight: expected, length });
            assert_eq!(Head::of(&text[..length], length), Head { eight: expected, length });
            assert_eq!(Head::up_to_gap(&text[..length]), Head { eight: expected, length });
        }
    }

    #[test]
    fn every_byte_is_told_eight_at_a_time() {
        for byte in 0..=u8::MAX {
            for at in 0..20 {
                let mut bytes = *b"abcdefghijKLMNOPxyzZ";
                bytes[at] = byte;
                let up_to = |ends: bool| if ends { at } else { bytes.len() };
                assert_eq!(ascii_letters(&bytes), up_to(!byte.is_ascii_alphabetic()), "{byte} at {at}");
                assert_eq!(Head::up_to_gap(&bytes), Head::of(&bytes, up_to(byte <= b' ')), "{byte} at {at}");
            }
        }
        assert_eq!([ascii_letters(b""), ascii_letters(b"abc"), ascii_letters(b"abcdefgh")], [0, 3, 8]);
    }

    #[test]
    fn runs_of_letters_and_digits_are_measured_from_both_ends() {
        for byte in 0..=u8::MAX {
            for at in 0..20 {
                let mut bytes = *b"abc0efghijKL9NOPxyzZ";
                bytes[at] = byte;
                let ends = !byte.is_ascii_alphanumeric();
                let (front, back) = if ends { (at, bytes.len() - at - 1) } else { (bytes.len(), bytes.len()) };
                assert_eq!(alphanumerics(&bytes), front, "{byte} at {at}");
                assert_eq!(alphanumerics_at_end(&bytes), back, "{byte} at {at}");
                let ends = ends && byte != b' ';
                let words = if ends || at + 1 == bytes.len() && byte == b' ' { at } else { bytes.len() };
                assert_eq!(spaced_words(&bytes), words, "{byte} at {at}");
            }
        }
        assert_eq!([alphanumerics(b""), alphanumerics(b"a-"), alphanumerics_at_end(b"")], [0, 1, 0]);
    }

    #[test]
    fn words_are_plain_up_to_a_second_space() {
        for (text, length) in [
            ("", 0),
            ("a", 1),
            ("a b c", 5),
            ("a  b", 1),
            ("a b ", 3),
            ("abcdefg  h", 7),
            ("abcdefgh  i", 8),
            ("ab é", 2),
        ] {
            assert_eq!(spaced_words(text.as_bytes()), length, "{text}");
            let far = format!("abcdefgh {text}");
            let expected = if length == 0 { 8 } else { 9 + length };
            assert_eq!(spaced_words(far.as_bytes()), expected, "{far}");
        }
    }
}
