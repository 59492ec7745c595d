//! What in a text may tie it to others: names (error classes, hosts, settings, code paths) and words.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::index::search::{is_noise, is_step};
use crate::index::text::{Piece, TokenKind, fold, pieces};
use crate::model::without_questions;
use crate::parse::{Parsed, is_filler};

/// Part of the cause that tells what it is.
const CAUSE_BYTES: usize = 1200;
/// Shortest word that tells anything.
pub(super) const SHORTEST: usize = 4;

/// The most telling place where something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Title,
    Cause,
    Rest,
}

impl Place {
    /// How much a name or word there tells beside one of the rest.
    pub(super) fn weight(self) -> f32 {
        match self {
            Self::Title => 2.5,
            Self::Cause => 1.5,
            Self::Rest => 1.0,
        }
    }
}

/// A name or a word of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spotted {
    /// Folded, as the index has it.
    pub(super) term: String,
    /// As first written.
    pub(super) written: String,
    pub(super) token: TokenKind,
    pub(super) is_name: bool,
    pub(super) place: Place,
    /// How often it stands there.
    pub(super) count: u32,
}

/// Returns the names and words of a document, each once, in the order written.
pub(super) fn spot(parsed: &Parsed) -> Vec<Spotted> {
    let document = &parsed.document;
    let cause = document.root_cause.as_ref().map_or("", |cause| crate::index::text::clip(&cause.value, CAUSE_BYTES));
    let places = Places { title: terms(document.display_title()), cause: terms(cause) };
    let mut found = Found::default();
    let text = without_questions(body(&parsed.text));
    let text = text.as_ref();
    let code = code_ranges(text);
    let all = pieces(text);
    for (at, piece) in all.iter().enumerate() {
        let humps = || all[at + 1..].iter().take_while(|it| it.kind == TokenKind::Hump).count();
        let in_code = || code.iter().any(|range| range.contains(&piece.span.start));
        match piece.kind {
            TokenKind::Whole if is_name(text, piece, &in_code) => found.name(text, piece, &places),
            TokenKind::Word if humps() > 1 && piece.text.len() > 5 => found.name(text, piece, &places),
            TokenKind::Word | TokenKind::Pair if is_word(piece) => found.add(text, piece, false, &places),
            _ => {}
        }
    }
    found.list
}

/// Returns a text without its front matter: keys and values are facts with weights of their own, and no words.
pub(super) fn body(text: &str) -> &str {
    for fence in ["---", "+++"] {
        if let Some(rest) = text.strip_prefix(fence)
            && let Some(end) = rest.find(&format!("\n{fence}"))
        {
            return &rest[end + 1 + fence.len()..];
        }
    }
    text
}

struct Places {
    title: FxHashSet<String>,
    cause: FxHashSet<String>,
}

impl Places {
    fn of(&self, term: &str) -> Place {
        match (self.title.contains(term), self.cause.contains(term)) {
            (true, _) => Place::Title,
            (_, true) => Place::Cause,
            _ => Place::Rest,
        }
    }
}

#[derive(Default)]
struct Found {
    list: Vec<Spotted>,
    known: FxHashMap<String, usize>,
}

impl Found {
    fn name(&mut self, text: &str, piece: &Piece, places: &Places) {
        self.add(text, piece, true, places);
        // A host is the same one behind every port.
        let written = &text[piece.span.clone()];
        if let Some((host, port)) = written.rsplit_once(':')
            && port.bytes().all(|byte| byte.is_ascii_digit())
            && let Some(host) = pieces(host).into_iter().find(|it| it.kind == TokenKind::Whole)
        {
            let span = piece.span.start..piece.span.start + host.span.end;
            self.add(text, &Piece { span, ..host }, true, places);
        }
    }

    fn add(&mut self, text: &str, piece: &Piece, is_name: bool, places: &Places) {
        if let Some(&at) = self.known.get(&piece.text) {
            self.list[at].count += 1;
            return;
        }
        self.known.insert(piece.text.clone(), self.list.len());
        self.list.push(Spotted {
            term: piece.text.clone(),
            written: text[piece.span.clone()].to_owned(),
            token: piece.kind,
            is_name,
            place: places.of(&piece.text),
            count: 1,
        });
    }
}

fn terms(text: &str) -> FxHashSet<String> {
    pieces(text).into_iter().map(|piece| piece.text).collect()
}

fn is_word(piece: &Piece) -> bool {
    let letters = piece.text.chars().count();
    let long_enough = letters >= SHORTEST || piece.kind == TokenKind::Pair || !piece.text.is_ascii();
    is_step(piece.kind) && long_enough && !is_noise(&piece.text) && !is_filler(&piece.text)
}

/// Tells names from words that a hyphen, a slash or a full stop happens to join. What a person set as code is a name.
fn is_name(text: &str, piece: &Piece, in_code: &dyn Fn() -> bool) -> bool {
    let written = &text[piece.span.clone()];
    let folded = fold(written);
    let is_address = ["http", "www."].iter().any(|start| folded.starts_with(start));
    let is_link = text[..piece.span.start].ends_with("](") || text[..piece.span.start].ends_with('/');
    let is_file = [".md", ".markdown", ".erb", ".png", ".jpg"].iter().any(|end| folded.ends_with(end));
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    if is_address || is_link || is_file || is_measure(written) || letters < SHORTEST {
        return false;
    }
    let has_sign = written.contains(['_', ':', '@', '\\', '.']) || written.bytes().any(|byte| byte.is_ascii_digit());
    has_sign || in_code()
}

/// Tells numbers with what they count (`1-hour`, `30-day`) from names.
fn is_measure(written: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = |text: &str| text.chars().all(char::is_alphabetic);
    written.split_once('-').is_some_and(|(count, unit)| is_number(count) && unit.split('-').all(is_word))
}

/// Returns the bytes of fenced and inline code.
fn code_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut at, mut fence) = (0, None);
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            fence = match fence {
                None => Some(at),
                Some(start) => {
                    ranges.push(start..at);
                    None
                }
            };
        } else if fence.is_none() {
            let ticks: Vec<usize> = line.match_indices('`').map(|(tick, _)| at + tick).collect();
            ranges.extend(ticks.chunks_exact(2).map(|pair| pair[0]..pair[1]));
        }
        at += line.len();
    }
    ranges.extend(fence.map(|start| start..at));
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{ParseOptions, parse};

    fn names(text: &str) -> Vec<String> {
        let parsed = parse("a.md", text.as_bytes(), &ParseOptions::default());
        spot(&parsed).into_iter().filter(|it| it.is_name).map(|it| it.written).collect()
    }

    #[test]
    fn error_classes_hosts_settings_and_paths_are_names() {
        let text = "# T\n\n`redis.exceptions.ConnectionError` from credmate-redis:6379 in src/api/config.py, see \
                    `max-retries` and REDIS_URL.\n";
        let expected = [
            "redis.exceptions.ConnectionError",
            "ConnectionError",
            "credmate-redis:6379",
            "credmate-redis",
            "src/api/config.py",
            "max-retries",
            "REDIS_URL",
        ];
        let found = names(text);
        for name in expected {
            assert!(found.iter().any(|it| it == name), "{name} is not among {found:?}");
        }
        assert_eq!(found.len(), expected.len(), "{found:?}");
    }

    #[test]
    fn prose_links_and_dates_are_not() {
        let text = "# T\n\nIt took a 24-hour wait.\n\nA long-term and/or follow-up of 2025-12-17T08:00:00Z, see [it](../2024/inc-1.md) and \
                    https://example.org/a/b1.\n";
        assert_eq!(names(text), [""; 0]);
    }

    #[test]
    fn what_stands_in_any_report_is_no_word() {
        let parsed =
            parse("a.md", b"# T\n\nThose were the same users, over an hour: pomelo.\n", &ParseOptions::default());
        let words: Vec<String> = spot(&parsed).into_iter().map(|it| it.term).collect();
        assert_eq!(words, ["pomelo"]);
    }

    #[test]
    fn front_matter_is_no_text() {
        assert_eq!(body("---\ntags: [a_b]\n---\n# T\n"), "\n# T\n");
        assert_eq!(body("--- no front matter"), "--- no front matter");
        assert_eq!(names("---\nkey: max_retries\n---\n# T\n"), [""; 0]);
    }

    #[test]
    fn words_of_title_and_cause_weigh_more() {
        let text = "# Pelican outage\n\n## Root cause\n\nA heron sat on it.\n\n## Notes\n\nThe ostrich left.\n";
        let parsed = parse("a.md", text.as_bytes(), &ParseOptions::default());
        let all = spot(&parsed);
        let place = |term: &str| all.iter().find(|it| it.term == term).map(|it| it.place);
        assert_eq!(
            (place("pelican"), place("heron"), place("ostrich")),
            (Some(Place::Title), Some(Place::Cause), Some(Place::Rest))
        );
    }
}
