//! Check digits: what tells a number that somebody was given from one that looks like it.

/// Tells whether the digits pass the check of Luhn (payment cards).
pub(super) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let digit = u32::from(digit - b'0');
            if at % 2 == 0 { digit } else { digit * 2 - if digit > 4 { 9 } else { 0 } }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Tells whether ten digits are a National Provider Identifier: the check of Luhn with `80840` before them.
pub(super) fn npi(digits: &[u8]) -> bool {
    digits.len() == 10 && matches!(digits[0], b'1' | b'2') && luhn(&[b"80840", digits].concat())
}

/// Tells whether two letters and seven digits are a DEA registration number.
pub(super) fn dea(number: &[u8]) -> bool {
    let [first, second, digits @ ..] = number else { return false };
    if digits.len() != 7 || !first.is_ascii_alphabetic() || !(second.is_ascii_alphabetic() || *second == b'9') {
        return false;
    }
    if !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let d = |at: usize| u32::from(digits[at] - b'0');
    (d(0) + d(2) + d(4) + 2 * (d(1) + d(3) + d(5))) % 10 == d(6)
}

/// Tells whether 17 characters are a vehicle identification number with a right check digit.
pub(super) fn vin(number: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let value = |byte: u8| match byte.to_ascii_uppercase() {
        digit @ b'0'..=b'9' => Some(u32::from(digit - b'0')),
        letter @ b'A'..=b'H' => Some(u32::from(letter - b'A') + 1),
        letter @ b'J'..=b'N' => Some(u32::from(letter - b'J') + 1),
        b'P' => Some(7),
        b'R' => Some(9),
        letter @ b'S'..=b'Z' => Some(u32::from(letter - b'S') + 2),
        _ => None,
    };
    if number.len() != 17 {
        return false;
    }
    let sum: Option<u32> = number.iter().zip(WEIGHTS).map(|(byte, weight)| Some(value(*byte)? * weight)).sum();
    let check = sum.map(|sum| if sum % 11 == 10 { b'X' } else { b'0' + (sum % 11) as u8 });
    check == Some(number[8].to_ascii_uppercase())
}

/// Tells whether eleven characters have the layout of a Medicare beneficiary identifier (which has no check digit).
pub(super) fn mbi(number: &[u8]) -> bool {
    let letter = |byte: u8| byte.is_ascii_uppercase() && !matches!(byte, b'S' | b'L' | b'O' | b'I' | b'B' | b'Z');
    let digit = |byte: u8| byte.is_ascii_digit();
    let either = |byte: u8| letter(byte) || digit(byte);
    number.len() == 11
        && matches!(number[0], b'1'..=b'9')
        && [1, 4, 7, 8].into_iter().all(|at| letter(number[at]))
        && [3, 6, 9, 10].into_iter().all(|at| digit(number[at]))
        && [2, 5].into_iter().all(|at| either(number[at]))
}

/// Tells whether nine digits can be a social security number.
pub(super) fn ssn(digits: &[u8]) -> bool {
    // Numbers that were printed on samples and in advertisements, and what people type for "any number".
    const SHOWN: [&[u8]; 5] = [b"078051120", b"219099999", b"123456789", b"987654321", b"111223333"];
    let [a, b, c, d, e, f, g, h, i] = digits else { return false };
    let area_is_valid = ![b"000".as_slice(), b"666"].contains(&[*a, *b, *c].as_slice()) && *a != b'9';
    let rest_is_valid = [*d, *e] != *b"00" && [*f, *g, *h, *i] != *b"0000";
    area_is_valid && rest_is_valid && !SHOWN.contains(&digits) && digits.iter().any(|digit| digit != a)
}

/// Tells whether the digits are a payment card's: a network's beginning and length, and the check.
pub(super) fn card(digits: &[u8]) -> bool {
    /// Numbers that payment companies publish for tests.
    const SHOWN: [&[u8]; 9] = [
        b"4111111111111111",
        b"4242424242424242",
        b"4012888888881881",
        b"5555555555554444",
        b"5105105105105100",
        b"378282246310005",
        b"371449635398431",
        b"6011111111111117",
        b"4000056655665556",
    ];
    let head =
        |length: usize| digits[..length].iter().fold(0_u32, |number, digit| number * 10 + u32::from(digit - b'0'));
    let fits = match digits.len() {
        13 | 19 => digits[0] == b'4',
        14 => matches!(head(2), 36 | 38) || matches!(head(3), 300..=305),
        15 => matches!(head(2), 34 | 37),
        16 => {
            digits[0] == b'4'
                || matches!(head(2), 51..=55 | 65)
                || matches!(head(4), 2221..=2720 | 6011 | 3528..=3589)
                || matches!(head(3), 644..=649)
        }
        _ => false,
    };
    let varied = digits.iter().collect::<std::collections::BTreeSet<_>>().len() > 3;
    fits && varied && luhn(digits) && !SHOWN.contains(&digits)
}
