//! Which known name a name that leads nowhere may have meant: one rule for a check of all documents and of a few.

use crate::model::name_of;

/// Likeness from which a name is a hint.
const NEAR: f64 = 0.75;

/// A name that leads nowhere.
pub(super) struct Wanted {
    folded: String,
    number: String,
}

impl Wanted {
    /// Returns what is compared of `name`; `None` where it tells nothing, since every folder has one.
    pub(super) fn new(name: &str) -> Option<Self> {
        let folded = folded(name_of(name));
        let number = digits(&folded);
        (!matches!(folded.as_str(), "readme" | "index")).then_some(Self { folded, number })
    }

    /// Returns how like `known` is; `None` where it cannot be what was meant.
    pub(super) fn likeness(&self, known: &str) -> Option<f64> {
        if !has_letters_of(known, &self.folded) || !self.is_number(&digits(known)) {
            return None;
        }
        let likeness = strsim::normalized_damerau_levenshtein(&folded(known), &self.folded);
        (likeness >= NEAR).then_some(likeness)
    }

    /// Another number is another document of the series, but for digits that are swapped, one too many or one too few, and
    /// noughts in front.
    fn is_number(&self, known: &str) -> bool {
        let is_slip = strsim::damerau_levenshtein(known, &self.number) <= 1
            && (known.len() != self.number.len() || sorted(known) == sorted(&self.number));
        known == self.number || is_slip
    }
}

fn folded(name: &str) -> String {
    name.to_lowercase().replace('_', "-")
}

fn digits(name: &str) -> String {
    name.chars().filter(char::is_ascii_digit).collect()
}

fn sorted(digits: &str) -> Vec<u8> {
    let mut digits = digits.as_bytes().to_vec();
    digits.sort_unstable();
    digits
}

/// Tells whether a name has so many letters in common with `wanted` that it may be near it: each letter that only one of
/// the two has costs an edit. Spares the comparison of nearly all names.
fn has_letters_of(known: &str, wanted: &str) -> bool {
    let mut counts = [0_i32; 256];
    let folded = |byte: u8| usize::from(if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() });
    known.bytes().for_each(|byte| counts[folded(byte)] += 1);
    wanted.bytes().for_each(|byte| counts[folded(byte)] -= 1);
    let only = |sign: i32| counts.iter().map(|count| (count * sign).max(0)).sum::<i32>();
    let longest = i32::try_from(known.len().max(wanted.len())).unwrap_or(i32::MAX);
    f64::from(only(1).max(only(-1))) <= f64::from(longest) * (1.0 - NEAR)
}

#[cfg(test)]
mod tests {
    use super::Wanted;

    #[test]
    fn another_number_of_a_series_is_no_slip() {
        let is_near = |wanted: &str, known: &str| Wanted::new(wanted).is_some_and(|it| it.likeness(known).is_some());
        for (wanted, known) in [
            ("INC-2023-11", "INC-2024-01"),
            ("INC-2023-11", "INC-2023-12"),
            ("INC-2023-11", "INC-2025-11"),
            ("README", "readme.md"),
            ("INC-2023-11", "RIS-BROKER-202311"),
        ] {
            assert!(!is_near(wanted, known), "{wanted} {known}");
        }
        for (wanted, known) in [
            ("INC-2032-11", "INC-2023-11"),
            ("INC-2023-1", "INC-2023-01"),
            ("INC_2023_11", "inc-2023-11"),
            ("RIS-BROCKER-DOWN-20260628", "RIS-BROKER-DOWN-20260628"),
        ] {
            assert!(is_near(wanted, known), "{wanted} {known}");
        }
    }
}
