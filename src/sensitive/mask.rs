//! Takes out of texts what must not stand in the documents that they come from.
//!
//! What a text is made of has often lost what told: the words beside a password, half of a key, its quotes. So documents
//! are searched as a whole, and what was found in them is taken out wherever it stands, in part at the ends of a text, too.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use memchr::memmem;
use rustc_hash::FxHashMap;

use super::{SensitiveKind, scan};

/// A value of fewer bytes is taken out only where something tells what it is: the same letters stand in too many words.
const SHORTEST: usize = 3;
/// A part of fewer bytes tells of no value.
const SHORT: usize = 4;
/// A part of so many bytes tells of a value, whatever it is made of.
const TELLING: usize = 12;

/// Values, and what finds them.
#[derive(Debug, Default)]
pub(crate) struct Mask {
    /// Those that are taken out wherever they stand.
    anywhere: Option<Finder>,
    /// Those that are taken out where they stand as a word.
    words: Option<Finder>,
    /// All of them in small letters, one a line.
    all: String,
    /// What each line of them is.
    whats: Vec<(usize, &'static str)>,
}

#[derive(Debug)]
struct Finder {
    automaton: AhoCorasick,
    whats: Vec<&'static str>,
}

/// Bytes of a text and what they are.
type Place = (usize, usize, &'static str);

impl Mask {
    /// Returns what takes out of any text what must not stand in one of `texts`.
    #[must_use]
    pub(crate) fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let (mut anywhere, mut words) = (FxHashMap::default(), FxHashMap::default());
        for text in texts {
            for found in scan(text) {
                let Some(value) = text.get(found.span.start..found.span.end) else { continue };
                let by_word = found.kind == SensitiveKind::Name;
                // Names of people are words of other texts, too, and one of them tells of the person.
                let (values, parts) = if by_word { (&mut words, value) } else { (&mut anywhere, "") };
                for form in forms(value).into_iter().chain(parts.split_whitespace().map(str::to_owned)) {
                    if form.len() >= SHORTEST {
                        values.entry(form).or_insert(found.what);
                    }
                }
            }
        }
        let mut all = String::new();
        let mut whats = Vec::new();
        for (value, what) in &anywhere {
            whats.push((all.len(), *what));
            all.push_str(&value.to_lowercase());
            all.push('\n');
        }
        Self { anywhere: finder(anywhere), words: finder(words), all, whats }
    }

    /// Returns `text` without what must not stand in it; `tell` is told what each thing was that is taken out.
    #[must_use]
    pub(crate) fn clean(&self, text: &str, tell: &mut dyn FnMut(&'static str)) -> String {
        let mut places: Vec<Place> = scan(text).iter().map(|it| (it.span.start, it.span.end, it.what)).collect();
        self.known(text, &mut places);
        replaced(text, places, tell)
    }

    /// Returns `value`, which stands behind `key` in a document, without what must not stand in it.
    #[must_use]
    pub(crate) fn clean_beside(&self, key: &str, value: &str, tell: &mut dyn FnMut(&'static str)) -> String {
        let pair = format!("{key}: {value}");
        let start = pair.len() - value.len();
        let within = scan(&pair).into_iter().filter(|it| it.span.end > start);
        let mut places: Vec<Place> =
            within.map(|it| (it.span.start.max(start) - start, it.span.end - start, it.what)).collect();
        places.extend(scan(value).iter().map(|it| (it.span.start, it.span.end, it.what)));
        self.known(value, &mut places);
        replaced(value, places, tell)
    }

    /// Adds the places of values that are known.
    fn known(&self, text: &str, places: &mut Vec<Place>) {
        if let Some(finder) = &self.anywhere {
            places.extend(finder.places(text));
        }
        if let Some(finder) = &self.words {
            places.extend(finder.places(text).filter(|(start, end, _)| is_word(text, *start, *end)));
        }
        if !self.all.is_empty() {
            places.extend(ends(text).into_iter().filter_map(|(at, token)| self.part(at, token)));
        }
    }

    /// Returns the place of `token`, which stands at byte `at`, where it is a part of a value that tells of it.
    fn part(&self, at: usize, token: &str) -> Option<Place> {
        let is_sign = |c: char| !c.is_alphanumeric();
        let bare = token.trim_matches(is_sign);
        let start = at + token.len() - token.trim_start_matches(is_sign).len();
        let lower = bare.to_lowercase();
        if lower.len() < SHORT {
            return None;
        }
        let found = memmem::find(self.all.as_bytes(), lower.as_bytes())?;
        let (begin, what) = self.whats[self.whats.partition_point(|(begin, _)| *begin <= found) - 1];
        let whole = self.all[begin..].find('\n').unwrap_or(0);
        let is_mixed =
            lower.bytes().any(|byte| byte.is_ascii_digit()) && lower.bytes().any(|byte| byte.is_ascii_alphabetic());
        let tells = lower.len() >= TELLING || lower.len() * 2 >= whole || is_mixed;
        tells.then_some((start, start + bare.len(), what))
    }
}

impl Finder {
    fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Place> + 't {
        self.automaton.find_iter(text).map(|it| (it.start(), it.end(), self.whats[it.pattern()]))
    }
}

fn finder(values: FxHashMap<String, &'static str>) -> Option<Finder> {
    if values.is_empty() {
        return None;
    }
    let (values, whats): (Vec<String>, Vec<&'static str>) = values.into_iter().unzip();
    let mut builder = AhoCorasickBuilder::new();
    let automaton = builder.match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true).build(values);
    Some(Finder { automaton: automaton.expect("the parts of some documents fit an automaton"), whats })
}

/// Returns the ways in which a value is shown: as it is written, without the marks of Markdown and of strings, on one line,
/// and line by line.
fn forms(value: &str) -> Vec<String> {
    let mut forms = vec![value.to_owned()];
    let mut add = |form: String| {
        if !form.is_empty() && !forms.contains(&form) {
            forms.push(form);
        }
    };
    add(value.split_whitespace().collect::<Vec<_>>().join(" "));
    if value.contains('\n') {
        value.lines().map(str::trim).filter(|line| line.len() > TELLING).for_each(|line| add(line.to_owned()));
    }
    add(value.replace('\\', ""));
    add(value.replace("''", "'"));
    add(value.replace(['*', '`', '|'], ""));
    add(value.replace(['*', '`', '|', '_', '~', '\\'], ""));
    add(value.trim_matches(['*', '_', '~', '`', '"', '\'']).to_owned());
    if value.contains('&') {
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
        add(entities.iter().fold(value.to_owned(), |text, (entity, sign)| text.replace(entity, sign)));
    }
    forms
}

/// Returns the first and the last word of `text`, each with where it begins: what is cut is cut there.
fn ends(text: &str) -> [(usize, &str); 2] {
    let begin = text.len() - text.trim_start().len();
    let first = text[begin..].split(char::is_whitespace).next().unwrap_or_default();
    let last = text.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    [(begin, first), (text.trim_end().len() - last.len(), last)]
}

fn is_word(text: &str, start: usize, end: usize) -> bool {
    let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !joins(text[..start].chars().next_back()) && !joins(text[end..].chars().next())
}

/// Returns `text` with what each of `places` was in its place.
fn replaced(text: &str, mut places: Vec<Place>, tell: &mut dyn FnMut(&'static str)) -> String {
    if places.is_empty() {
        return text.to_owned();
    }
    // Of two that overlap the one that begins first says what it was, for all that either covers.
    places.sort_by_key(|(start, end, _)| (*start, usize::MAX - *end));
    let (mut clean, mut at) = (String::with_capacity(text.len()), 0);
    for (start, end, what) in places {
        if start >= at {
            clean.push_str(text.get(at..start).unwrap_or_default());
            clean.push_str("[removed: ");
            clean.push_str(what);
            clean.push(']');
            // What stands below stays on its line.
            clean.extend(text.get(start..end).unwrap_or_default().matches('\n'));
            tell(what);
        }
        at = at.max(end);
    }
    clean.push_str(text.get(at..).unwrap_or_default());
    clean
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effort::effort;

    fn cleaned(document: &str, text: &str) -> String {
        Mask::of([document]).clean(text, &mut |_| {})
    }

    #[test]
    fn what_a_document_tells_to_be_secret_is_taken_out_where_nothing_tells() {
        let document = "# A\n\npassword: Kx7-winter*9\n\npsql with Kx7-winter*9 and key \"pass\\_word-Qq77\"";
        assert_eq!(cleaned(document, "login Kx7-winter*9, again"), "login [removed: a password or key], again");
        for text in ["KX7-WINTER*9", "Kx7-winter9", "…(Kx7-winter", "see Kx7-win", "Kx7"] {
            let left = cleaned(document, text);
            assert!(!left.to_lowercase().contains("kx7") || text == "Kx7", "{text}: {left}");
        }
        assert_eq!(cleaned(document, "a cold winter in the north"), "a cold winter in the north");
    }

    #[test]
    fn a_part_that_tells_nothing_stays() {
        let document = "\"password\": \"credmate_redis_prod\"";
        assert_eq!(cleaned(document, "redis: no connections left on redis"), "redis: no connections left on redis");
        assert_eq!(cleaned(document, "credmate_redis_pro"), "[removed: a password or key]");
    }

    #[test]
    fn a_name_is_taken_out_by_its_words_and_a_number_wherever_it_stands() {
        let document = "Patient name: Maria Lopez\n\nMRN: 4471203";
        assert_eq!(cleaned(document, "Lopez called; Lopezian"), "[removed: the name of a patient] called; Lopezian");
        assert_eq!(cleaned(document, "chart_4471203.pdf"), "chart_[removed: a number of a patient].pdf");
    }

    #[test]
    fn a_key_of_many_lines_is_taken_out_line_by_line() {
        let line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw";
        let document = format!("-----BEGIN PRIVATE KEY-----\n{line}\nggSjAgEAAoIBAQC7\n-----END PRIVATE KEY-----\n");
        for text in [line.to_owned(), format!("a {line} ggSjAgEAAoIBAQC7 b"), line[..20].to_owned()] {
            let left = cleaned(&document, &text);
            assert!(!left.contains("MIIE") && !left.contains("ggSj"), "{left}");
        }
    }

    #[test]
    fn what_stands_below_stays_on_its_line() {
        let key = "a\n-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw\n-----END PRIVATE KEY-----\nb";
        let left = cleaned(key, key);
        assert!(!left.contains("MIIE") && left.lines().nth(4) == Some("b"), "{left}");
    }

    #[test]
    fn a_value_is_told_by_the_key_that_it_stands_behind() {
        let mut told = Vec::new();
        let left = Mask::default().clean_beside("password", "Kx7-winter", &mut |what| told.push(what));
        assert_eq!((left.as_str(), told), ("[removed: a password or key]", vec!["a password or key"]));
        assert_eq!(Mask::default().clean_beside("title", "Kx7-winter", &mut |_| {}), "Kx7-winter");
    }

    #[test]
    fn many_values_cost_no_more_than_looking_for_them() {
        let text: String = (0..5_000).map(|at| format!("password=Kx7-wint{at}er\n")).collect();
        let looking = effort(|| assert_eq!(scan(&text).len(), 5_000));
        let masking = effort(|| assert!(!cleaned(&text, &text).contains("Kx7")));
        assert!(masking < looking * 40, "{masking:?}, {looking:?} to look for them");
    }
}
