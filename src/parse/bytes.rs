//! Scans over bytes that step over what cannot matter many bytes at once.

/// So many bytes are looked at together: the compiler makes a few instructions of it.
const CHUNK: usize = 16;

/// Returns where the first ASCII digit at `from` or behind it stands.
pub(crate) fn next_digit(bytes: &[u8], from: usize) -> Option<usize> {
    let has_digit = |chunk: &[u8]| chunk.iter().fold(false, |found, byte| found | byte.is_ascii_digit());
    let rest = bytes.get(from..)?;
    let without = rest.chunks_exact(CHUNK).take_while(|chunk| !has_digit(chunk)).count() * CHUNK;
    let at = rest[without..].iter().position(u8::is_ascii_digit)?;
    Some(from + without + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_found_wherever_they_stand() {
        for before in 0..70 {
            let text = format!("{}7 x9", "a/:é".chars().cycle().take(before).collect::<String>());
            let first = text.find('7');
            assert_eq!(next_digit(text.as_bytes(), 0), first);
            assert_eq!(next_digit(text.as_bytes(), first.unwrap()), first);
            assert_eq!(next_digit(text.as_bytes(), first.unwrap() + 1), Some(text.len() - 1));
            assert_eq!(next_digit(text.as_bytes(), text.len()), None);
        }
        assert_eq!(next_digit(b"no digit in these twenty and some bytes", 0), None);
        assert_eq!(next_digit(b"1", 2), None);
    }
}
