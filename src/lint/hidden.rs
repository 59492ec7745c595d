//! What is shown nowhere: its places in the text, and lines and messages without it.

use aho_corasick::{AhoCorasick, MatchKind};

use super::context::LintContext;
use super::finding::Draft;
use crate::diag::{SourceLine, Span};
use crate::sensitive;

/// What stands in place of a value that is shown nowhere.
pub(crate) const MASK: &str = "****";
/// A value of so few bytes is hidden where it was found alone: the same letters stand in too many other words.
const SHORT: usize = 4;

/// The places of one text that are shown nowhere, in order and without overlap.
#[derive(Debug)]
pub(super) struct Hidden {
    places: Vec<Span>,
    /// Finds the values again; none where there are none.
    values: Option<AhoCorasick>,
}

impl Hidden {
    /// Takes what must not stand in the text, even where nobody wants to be told of it.
    pub(super) fn of(cx: &LintContext<'_>) -> Self {
        let mut places: Vec<Span> = cx.sensitive().iter().map(|it| it.span).collect();
        let values = finder(cx.text, &places);
        // The same value may stand again where nothing tells what it is.
        if let Some(finder) = &values {
            places.extend(finder.find_iter(cx.text).map(|it| Span::new(it.start(), it.end())));
        }
        places.sort_by_key(|span| (span.start, span.end));
        places.dedup_by(|next, last| {
            let overlap = next.start < last.end;
            if overlap {
                last.end = last.end.max(next.end);
            }
            overlap
        });
        Self { places, values }
    }

    /// Returns every text that is hidden, once.
    pub(super) fn texts(&self, text: &str) -> Vec<String> {
        let mut texts: Vec<&str> = self.places.iter().filter_map(|span| text.get(span.start..span.end)).collect();
        texts.sort_unstable();
        texts.dedup();
        texts.into_iter().map(str::to_owned).collect()
    }

    /// Takes the values out of what a finding says.
    pub(super) fn hide(&self, draft: &mut Draft) {
        let Some(finder) = &self.values else { return };
        let mask = |text: &mut String| *text = replaced(finder, text);
        mask(&mut draft.message);
        draft.hint.as_mut().into_iter().chain(&mut draft.subject).for_each(mask);
    }

    /// Returns the line of a finding, without what is hidden.
    pub(super) fn source_line(&self, cx: &LintContext<'_>, draft: &Draft) -> Option<SourceLine> {
        if draft.line == 0 {
            return None;
        }
        let start = cx.line_start(draft.line);
        let end = start + cx.line(draft.line).len();
        let first = self.places.partition_point(|place| place.end <= start);
        let count = self.places[first..].partition_point(|place| place.start < end);
        let places = &self.places[first..first + count];
        if places.is_empty() {
            return SourceLine::at(cx.text, start, draft.span);
        }
        let mut span = draft.span.unwrap_or(Span::new(start, end));
        // From the back, so that the bytes before a place stay where they are.
        for place in places.iter().rev() {
            span = masked(span, place.start.max(start), place.end.min(end));
        }
        let mut line = String::new();
        let mut at = start;
        for place in places {
            line.push_str(&cx.text[at..place.start.max(at)]);
            line.push_str(MASK);
            at = place.end.min(end);
        }
        line.push_str(&cx.text[at..end]);
        SourceLine::at(&line, 0, Some(Span::new(span.start.saturating_sub(start), span.end.saturating_sub(start))))
    }
}

/// Returns `text` with the mask for what must not stand in it, and for `values` wherever they stand. However many there are,
/// the text is read no more than twice.
#[must_use]
pub(crate) fn without_hidden(text: &str, values: &[String]) -> String {
    let (mut masked, mut at) = (String::with_capacity(text.len()), 0);
    for found in sensitive::scan(text) {
        masked.push_str(&text[at..found.span.start]);
        masked.push_str(MASK);
        at = found.span.end;
    }
    masked.push_str(&text[at..]);
    let values = values.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
    match finder_of(values) {
        Some(finder) => replaced(&finder, &masked),
        None => masked,
    }
}

fn replaced(finder: &AhoCorasick, text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    finder.replace_all_with(text, &mut masked, |_, _, out| {
        out.push_str(MASK);
        true
    });
    masked
}

/// Returns what finds the values at `places` wherever they stand.
fn finder(text: &str, places: &[Span]) -> Option<AhoCorasick> {
    let mut values: Vec<&str> = places.iter().filter_map(|span| text.get(span.start..span.end)).collect();
    values.retain(|value| value.len() > SHORT);
    finder_of(values)
}

fn finder_of(mut values: Vec<&str>) -> Option<AhoCorasick> {
    values.sort_unstable();
    values.dedup();
    if values.is_empty() {
        return None;
    }
    let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(values);
    Some(finder.expect("the parts of a text of a few megabytes fit an automaton"))
}

/// Returns `span` as it is once the bytes `from..to` have become the mask.
fn masked(span: Span, from: usize, to: usize) -> Span {
    let moved = |byte: usize| match byte {
        byte if byte <= from => byte,
        byte if byte < to => from,
        byte => byte - (to - from) + MASK.len(),
    };
    let end = if span.end > from { moved(span.end).max(from + MASK.len()) } else { span.end };
    Span::new(moved(span.start), end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effort::effort;

    #[test]
    fn what_is_hidden_is_masked_wherever_it_stands() {
        let values = ["Kx7-winter".to_owned(), String::new()];
        let text = "password=Sommer2024!, and é Kx7-winter again";
        assert_eq!(without_hidden(text, &values), "password=****, and é **** again");
        assert_eq!(without_hidden("nothing", &[]), "nothing");
    }

    #[test]
    fn many_values_cost_no_more_than_looking_for_them() {
        let values: Vec<String> = (0..10_000).map(|at| format!("Kx7-wint{at}er")).collect();
        let text: String = values.iter().map(|value| format!("password={value}\n")).collect();
        let looking = effort(|| assert_eq!(sensitive::scan(&text).len(), values.len()));
        let expected = "password=****\n".repeat(values.len());
        let masking = effort(|| assert_eq!(without_hidden(&text, &values), expected));
        assert!(masking < looking * 20, "{masking:?}, {looking:?} to look for them");
    }
}
