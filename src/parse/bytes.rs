//! Scans over bytes that step over what cannot matter many bytes at once.

/// So many places are looked at together: the compiler makes a few instructions of it.
const CHUNK: usize = 32;

/// Returns the places of the `-`, `.` and `/` that stand between two digits.
pub(crate) fn between_digits(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let is_one = |before: u8, at: u8, after: u8| {
        before.is_ascii_digit() & matches!(at, b'-' | b'.' | b'/') & after.is_ascii_digit()
    };
    let any = move |window: &[u8; CHUNK + 2]| {
        (0..CHUNK).fold(false, |any, at| any | is_one(window[at], window[at + 1], window[at + 2]))
    };
    (0..bytes.len()).step_by(CHUNK).flat_map(move |start| {
        let window = &bytes[start..bytes.len().min(start + CHUNK + 2)];
        let looked_at = window.try_into().map_or(true, any);
        let triples = if looked_at { window.windows(3) } else { [].windows(3) };
        triples.enumerate().filter(move |(_, it)| is_one(it[0], it[1], it[2])).map(move |(at, _)| start + at + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_digits_is_found_wherever_it_stands() {
        for before in 0..70 {
            let text = format!("{}10/4-1 2. 3.é4.5", "1a/ .x".chars().cycle().take(before).collect::<String>());
            let bytes = text.as_bytes();
            let is_one = |at: &usize| {
                matches!(bytes[*at], b'-' | b'.' | b'/')
                    && bytes[at - 1].is_ascii_digit()
                    && bytes[at + 1].is_ascii_digit()
            };
            let expected: Vec<usize> = (1..bytes.len() - 1).filter(is_one).collect();
            assert_eq!(between_digits(bytes).collect::<Vec<_>>(), expected, "{text}");
            assert!(expected.len() >= 3);
        }
        assert_eq!(between_digits(b"").count() + between_digits(b"1").count() + between_digits(b"1/").count(), 0);
    }
}
