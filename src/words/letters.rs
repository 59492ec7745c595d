//! Words by their first eight bytes as one number: two words are told apart without a look at each byte.

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    /// Returns the first eight bytes with capitals of ASCII as small letters; other bytes may change too, like ones alike.
    #[inline]
    pub(super) fn lower_eight(self) -> u64 {
        self.eight | u64::from_le_bytes([0x20; 8])
    }
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
        }
    }
}
