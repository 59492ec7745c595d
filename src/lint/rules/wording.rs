//! Choice of words, advice only: action items that nobody can check, and sentences that find fault with a person.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::diag::Span;
use crate::lint::{Draft, Findings, LintContext};
use crate::model::{ActionClass, SectionRole};
use crate::words::{self, Phrases, fold};

const WORDING: &str = include_str!("../wording.yaml");

/// An action item with more words than this says what would be enough.
const SHORT: usize = 6;

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    #[serde(borrow)]
    blame: Vec<&'static str>,
    #[serde(borrow)]
    denials: Vec<&'static str>,
    #[serde(borrow)]
    vague: Vec<&'static str>,
    #[serde(borrow)]
    open: Vec<&'static str>,
}

struct Wording {
    blame: Phrases<&'static str>,
    denials: Phrases<()>,
    /// True for phrases that are vague wherever they stand.
    actions: Phrases<bool>,
}

static PHRASES: LazyLock<Wording> = LazyLock::new(|| {
    let all: BTreeMap<&str, Language> = words::from_str(WORDING).expect("a test reads the file");
    let blame = all.values().flat_map(|it| it.blame.iter().map(|phrase| (*phrase, *phrase)));
    let denials = all.values().flat_map(|it| it.denials.iter().map(|phrase| (*phrase, ())));
    let vague = all.values().flat_map(|it| it.vague.iter().map(|phrase| (*phrase, true)));
    let open = all.values().flat_map(|it| it.open.iter().map(|phrase| (*phrase, false)));
    Wording { blame: Phrases::new(blame), denials: Phrases::new(denials), actions: Phrases::new(vague.chain(open)) }
});

/// A sentence finds fault with a person.
pub(in crate::lint) fn blame(cx: &LintContext<'_>, out: &mut Findings) {
    if !cx.is_about_incident() {
        return;
    }
    for (number, start, line) in cx.body_lines() {
        if !PHRASES.blame.may_be_in(line) || line.trim_start().starts_with('>') {
            continue;
        }
        let mut at = 0;
        for sentence in line.split_inclusive(['.', '!', '?', '。', ';']) {
            let folded = fold(sentence);
            let found = PHRASES.blame.first(&folded).filter(|(_, start, end)| !is_denied(&folded, *start, *end));
            let begin = start + at + (sentence.len() - sentence.trim_start().len());
            let end = start + at + sentence.trim_end().len();
            at += sentence.len();
            if let Some((phrase, ..)) = found.filter(|_| !cx.is_code(begin)) {
                out.push(number, format!("“{phrase}” finds fault with a person"))
                    .span(Span::new(begin, end))
                    .hint("say what made the mistake possible, or what let it through: that can be changed");
                break;
            }
        }
    }
}

/// Tells whether the sentence speaks against what the phrase at `start..end` says: before it, or right behind it.
fn is_denied(folded: &str, start: usize, end: usize) -> bool {
    let behind: Vec<&str> = folded[end..].split(' ').filter(|word| !word.is_empty()).take(3).collect();
    PHRASES.denials.first(&folded[..start]).is_some()
        || matches!(
            behind.as_slice(),
            ["is" | "was" | "are" | "ist" | "es" | "est", "not" | "no" | "never" | "keine" | "kein" | "pas", ..]
        )
}

/// An action item of which nobody can say when it is done, or a lesson that is nothing but a good intention.
pub(in crate::lint) fn vague(cx: &LintContext<'_>, out: &mut Findings) {
    if cx.is_about_incident() {
        vague_actions(cx, out);
        vague_lessons(cx, out);
    }
}

fn vague_lessons(cx: &LintContext<'_>, out: &mut Findings) {
    let lessons: Vec<Span> =
        cx.document.sections.iter().filter(|it| it.role == Some(SectionRole::Lessons)).map(|it| it.span).collect();
    if lessons.is_empty() {
        return;
    }
    let is_item = |line: &str| {
        line.trim_start().starts_with(['-', '*', '+']) || line.trim_start().starts_with(|c: char| c.is_ascii_digit())
    };
    for (number, start, line) in cx.body_lines() {
        let inside = lessons.iter().any(|span| span.start < start && start < span.end);
        if !inside || !is_item(line) || !PHRASES.actions.may_be_in(line) {
            continue;
        }
        let folded = fold(line);
        let found = PHRASES.actions.all(&folded).find(|(always, ..)| *always);
        if let Some((_, from, to)) = found.filter(|(_, from, to)| !is_denied(&folded, *from, *to) && !cx.is_code(start))
            && cx.document.action_items.iter().all(|item| item.line != number)
        {
            tell_vague(out, number, &folded[from..to], true);
        }
    }
}

fn tell_vague<'f>(out: &'f mut Findings, line: u32, phrase: &str, always: bool) -> &'f mut Draft {
    let message = match always {
        true => format!("“{phrase}” is a good intention: nobody can say when it is done"),
        false => format!("“{phrase}” has no end: what would be enough is not said"),
    };
    out.push(line, message)
        .hint("name what will exist or hold afterwards: a test, an alert with its threshold, a page, a number")
}

fn vague_actions(cx: &LintContext<'_>, out: &mut Findings) {
    let items = cx.document.action_items.iter().filter(|it| it.is_open() && it.class == ActionClass::Action);
    for item in items {
        let text = item.text.as_str();
        if !PHRASES.actions.may_be_in(text) {
            continue;
        }
        let folded = fold(text);
        let is_measured =
            text.contains(|c: char| c.is_ascii_digit() || matches!(c, '`' | '/' | '_' | '%' | '<' | '>' | '('));
        let is_short = folded.split(' ').count() <= SHORT && !is_measured;
        let mut found = PHRASES.actions.all(&folded);
        let Some((always, start, end)) = found.find(|(always, start, _)| *always || is_short && *start == 0) else {
            continue;
        };
        tell_vague(out, item.line, &folded[start..end], always).subject(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_wording_can_be_read() {
        let own: BTreeMap<&str, Language> = words::from_str(WORDING).unwrap();
        assert!(own.len() >= 15 && own.values().all(|it| !it.blame.is_empty() && !it.vague.is_empty()));
        let general: BTreeMap<String, BTreeMap<String, Vec<String>>> = serde_yaml::from_str(WORDING).unwrap();
        for (language, words) in &own {
            assert_eq!(general[*language]["blame"], words.blame, "{language}");
            assert_eq!(general[*language]["denials"], words.denials, "{language}");
        }
    }
}
