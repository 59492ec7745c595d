//! What words and codes of severity mean: the built-in ones, and those of a team.

use crate::model::Severity;
use crate::words::{fold, is_whole_word};

/// Words before a number that say no more than that it is one of a scale.
const GENERIC: [&str; 4] = ["severity", "level", "priority", "tier"];
/// Terms of a team that a message lists.
const MOST_LISTED: usize = 12;

/// The words and codes by which a severity is written. Without any of a team the built-in ones hold.
///
/// In a value a team's words come first, then built-in words, a team's codes, the document's own legend, built-in codes:
/// a word beats a number. What has a digit is a code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct SeverityScale {
    /// A team's, the longest first.
    terms: Vec<Term>,
}

/// A word or code of a team.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Term {
    written: String,
    /// As it is compared.
    key: String,
    severity: Severity,
}

impl Term {
    fn is_code(&self) -> bool {
        self.key.bytes().any(|byte| byte.is_ascii_digit())
    }

    /// One letter is a name where it begins a value (`A: all is down`), and a word of any sentence elsewhere.
    fn may_stand_at(&self, at: usize) -> bool {
        at == 0 || self.is_code() || self.key.len() > 1
    }
}

impl SeverityScale {
    /// Takes a word or code of a team in.
    ///
    /// # Errors
    /// Where it can mean nothing, or another severity: what is wrong, and what to do.
    pub fn add(&mut self, written: &str, severity: Severity) -> Result<(), (String, String)> {
        let key = comparable(&fold(written));
        if key.is_empty() {
            let message = format!("`{written}` has no letter and no digit");
            return Err((message, "write a word or a code such as `P1`".to_owned()));
        }
        if Severity::from_word(&key).is_some_and(|it| it != severity) {
            let message = format!("`{written}` is itself a severity and cannot mean `{severity}`");
            return Err((message, "leave it out, or name a longer word such as `very high`".to_owned()));
        }
        if let Some(same) = self.terms.iter().find(|it| it.key == key) {
            if same.severity == severity {
                return Ok(());
            }
            let message = format!("`{written}` and `{}` are the same and mean two severities", same.written);
            return Err((message, "leave one of them out".to_owned()));
        }
        let at = self.terms.partition_point(|it| (it.key.len(), key.as_str()) > (key.len(), it.key.as_str()));
        self.terms.insert(at, Term { written: written.trim().to_owned(), key, severity });
        Ok(())
    }

    /// Tells whether the built-in words and codes are all there is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Returns the words and codes of a team, the most severe first.
    #[must_use]
    pub fn terms(&self) -> Vec<(&str, Severity)> {
        let mut terms: Vec<_> = self.terms.iter().map(|it| (it.written.as_str(), it.severity)).collect();
        terms.sort_by_key(|(written, severity)| (*severity, *written));
        terms
    }

    /// Returns the severity that somebody names: `critical`, `p1`, `SEV-2`, `2`, or a word of the team.
    #[must_use]
    pub fn named(&self, text: &str) -> Option<Severity> {
        let word = text.trim().to_ascii_lowercase();
        self.whole(&fold(text)).or_else(|| built_in_word(&word)).or_else(|| built_in_code(&word)).or_else(|| {
            let number = word.trim_start_matches('-').parse().ok();
            number.and_then(Severity::from_level)
        })
    }

    /// Returns the words that name a severity, for a guess at what was meant.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let own = self.terms.iter().filter(|it| !it.is_code()).map(|it| it.written.as_str());
        Severity::ALL.into_iter().map(|it| it.word()).chain(own)
    }

    /// Returns what names a severity, in words.
    #[must_use]
    pub fn names(&self) -> String {
        let words = Severity::ALL.map(|it| format!("`{it}`")).join(", ");
        let built_in = format!("{words}, `P0` to `P4`, `SEV1` to `SEV5`");
        if self.is_empty() {
            return built_in;
        }
        let mut own: Vec<String> = self.terms().iter().map(|(written, it)| format!("`{written}` ({it})")).collect();
        if own.len() > MOST_LISTED {
            own.truncate(MOST_LISTED);
            own.push("…".to_owned());
        }
        format!("{built_in}, and by ris.toml {}", own.join(", "))
    }

    /// Tells whether bare numbers are more severe the higher they are.
    #[must_use]
    pub fn rises(&self) -> bool {
        self.named("1") > self.named("5")
    }

    /// Returns the severity of a team's term that is all of `folded`.
    pub(crate) fn whole(&self, folded: &str) -> Option<Severity> {
        if self.is_empty() {
            return None;
        }
        let text = comparable(folded);
        self.terms.iter().find(|it| it.key == text).map(|it| it.severity)
    }

    /// Returns the severity of a team's word in `folded`, the first that nothing before it takes back.
    pub(crate) fn word_in(&self, folded: &str, negates: impl Fn(&str) -> bool) -> Option<Severity> {
        self.first_in(folded, |term, before| !term.is_code() && !negates(before))
    }

    /// Returns the severity of a team's code in `folded`, the first.
    pub(crate) fn code_in(&self, folded: &str) -> Option<Severity> {
        self.first_in(folded, |term, _| term.is_code())
    }

    fn first_in(&self, folded: &str, counts: impl Fn(&Term, &str) -> bool) -> Option<Severity> {
        if self.is_empty() {
            return None;
        }
        let text = comparable(folded);
        let places = |term: &'_ Term| -> Option<usize> {
            let mut places = text.match_indices(&term.key).map(|(at, key)| (at, at + key.len()));
            let holds = |(start, end): &(usize, usize)| {
                is_whole_word(&text, *start, *end) && term.may_stand_at(*start) && counts(term, &text[..*start])
            };
            places.find(holds).map(|(start, _)| start)
        };
        // Of those that begin together the longest comes first.
        let found = self.terms.iter().filter_map(|term| Some((places(term)?, term.severity)));
        found.min_by_key(|(start, _)| *start).map(|(_, severity)| severity)
    }
}

/// Returns folded text with letters and the number behind them as one word (`sev 1` is `sev1`), so that a number is a word only
/// where it stands alone; behind a word that only says what is to come (`level1`) it does.
fn comparable(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut is_name = false;
    for word in folded.split(' ').filter(|it| !it.is_empty()) {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = &word[letters.len()..];
        let is_number = letters.is_empty();
        let joins = is_name && is_number;
        if !out.is_empty() && !joins {
            out.push(' ');
        }
        out.push_str(letters);
        if !is_number && !number.is_empty() && GENERIC.contains(&letters) {
            out.push(' ');
        }
        out.push_str(number);
        is_name = number.is_empty() && !GENERIC.contains(&word) && !word.bytes().any(|byte| byte.is_ascii_digit());
    }
    out
}

fn built_in_word(word: &str) -> Option<Severity> {
    match word {
        "crit" | "blocker" => Some(Severity::Critical),
        "major" => Some(Severity::High),
        "moderate" | "med" => Some(Severity::Medium),
        "minor" => Some(Severity::Low),
        "informational" => Some(Severity::Info),
        word => Severity::from_word(word),
    }
}

/// `p0` and `sev1` are the worst.
fn built_in_code(code: &str) -> Option<Severity> {
    let (digits, worst) = match code.strip_prefix("sev") {
        Some(digits) => (digits, 1),
        None => (code.strip_prefix('p')?, 0),
    };
    let number: u8 = digits.trim_start_matches('-').parse().ok()?;
    Severity::from_level(number.checked_add(1)?.checked_sub(worst)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(terms: &[(&str, Severity)]) -> SeverityScale {
        let mut scale = SeverityScale::default();
        terms.iter().for_each(|(written, severity)| scale.add(written, *severity).unwrap());
        scale
    }

    fn team() -> SeverityScale {
        scale(&[
            ("P1", Severity::Critical),
            ("p-2", Severity::High),
            ("Sev A", Severity::Critical),
            ("SEV-1", Severity::High),
            ("Größter Ausfall", Severity::Critical),
            ("B", Severity::Medium),
            ("重大", Severity::Critical),
            ("3", Severity::Low),
        ])
    }

    #[test]
    fn what_is_typed_goes_by_the_team_first() {
        let (team, none) = (team(), SeverityScale::default());
        for (text, own, built_in) in [
            ("p1", Some(1), Some(2)),
            ("P-2", Some(2), None),
            ("p2", Some(2), Some(3)),
            ("P0", Some(1), Some(1)),
            ("sev1", Some(2), Some(1)),
            ("SEV-1", Some(2), Some(1)),
            ("sev2", Some(2), Some(2)),
            ("sev-a", Some(1), None),
            ("grosster ausfall", Some(1), None),
            ("3", Some(4), Some(3)),
            ("2", Some(2), Some(2)),
            ("High", Some(2), Some(2)),
            ("major", Some(2), Some(2)),
            ("b", Some(3), None),
            ("p9", None, None),
            ("sev0", None, None),
            ("", None, None),
        ] {
            let level = |scale: &SeverityScale| scale.named(text).map(Severity::level);
            // `P-2` is a code with a hyphen, which the built-in ones take too.
            let built_in = if text == "P-2" { Some(3) } else { built_in };
            assert_eq!((level(&team), level(&none)), (own, built_in), "{text}");
        }
    }

    #[test]
    fn codes_and_words_are_found_at_the_boundaries_of_words() {
        let team = team();
        let never = |_: &str| false;
        for (text, word, code) in [
            ("P1", None, Some(1)),
            ("incident P 1, all down", None, Some(1)),
            ("P10", None, None),
            ("AP1", None, None),
            ("P1a", None, None),
            ("P2 then P1", None, Some(2)),
            ("Sev A (was P2)", Some(1), Some(2)),
            ("class B", None, None),
            ("B: slow", Some(3), None),
            ("3 - small", None, Some(4)),
            ("Level 3", None, Some(4)),
            ("level3", None, Some(4)),
            ("partial, 3 hosts", None, None),
            ("sev 3", None, None),
            ("今回は重大障害", Some(1), None),
        ] {
            let folded = fold(text);
            let found = (team.word_in(&folded, never), team.code_in(&folded));
            assert_eq!((found.0.map(Severity::level), found.1.map(Severity::level)), (word, code), "{text}");
        }
        assert_eq!(team.word_in("not sev a", |before| before.contains("not")), None);
    }

    #[test]
    fn the_longest_of_two_terms_counts() {
        let scale = scale(&[("total", Severity::High), ("total loss", Severity::Critical), ("P1", Severity::Low)]);
        assert_eq!(scale.word_in("a total loss", |_| false), Some(Severity::Critical));
        assert_eq!(scale.word_in("a total of ten", |_| false), Some(Severity::High));
    }

    #[test]
    fn a_term_means_one_thing() {
        let mut scale = team();
        assert_eq!(scale.add("p 1", Severity::Critical), Ok(()), "said twice");
        for (written, severity, message) in [
            ("p1", Severity::Low, "`p1` and `P1` are the same and mean two severities"),
            ("High", Severity::Low, "`High` is itself a severity and cannot mean `low`"),
            ("--", Severity::Low, "`--` has no letter and no digit"),
        ] {
            assert_eq!(scale.add(written, severity).unwrap_err().0, message);
        }
        assert_eq!(scale.add("very high", Severity::Critical), Ok(()));
    }

    #[test]
    fn its_names_are_listed() {
        assert!(SeverityScale::default().names().ends_with("`SEV1` to `SEV5`"));
        let own = scale(&[("P2", Severity::High), ("Sev A", Severity::Critical)]);
        assert!(own.names().ends_with(", and by ris.toml `Sev A` (critical), `P2` (high)"), "{}", own.names());
        assert_eq!(own.words().last(), Some("Sev A"));
    }

    #[test]
    fn numbers_may_rise() {
        let rising = [("5", Severity::Critical), ("4", Severity::High), ("2", Severity::Low), ("1", Severity::Info)];
        assert!(scale(&rising).rises() && !SeverityScale::default().rises() && !team().rises());
    }
}
