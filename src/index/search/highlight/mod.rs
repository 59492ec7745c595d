//! Finds the passage that shows best why a document matched, and the bytes to highlight in it.

mod lines;
mod markup;

use std::ops::Range;

use rustc_hash::FxHashMap as HashMap;
use tantivy::tokenizer::TokenStream;

use crate::index::answer::{Passage, Snippet};
use crate::index::text::{TokenKind, WordTokenizer};
use lines::Lines;
use markup::Markup;

/// Length of a snippet in bytes, about.
const SNIPPET: usize = 220;
/// Text shown before the first match.
const BEFORE: usize = 60;
/// Most matches of one document that are looked at.
const MAX_MATCHES: usize = 2000;
/// Worth of a word that the window has already, beside a new one.
const REPEATED: f32 = 0.05;
/// Worth lost by a window as long as a whole snippet: words that stand together say more.
const SPREAD: f32 = 0.4;
/// Worth of a match in front matter or in the title, which are shown anyway.
const HEADER: f32 = 0.4;
/// Worth of a match in the target of a link, which is not shown.
const HIDDEN: f32 = 0.1;

/// The words that a query matches, with what each is worth.
#[derive(Debug, Clone, Default)]
pub(crate) struct Matcher {
    words: HashMap<String, f32>,
    prefixes: Vec<(String, f32)>,
    phrases: Vec<Phrase>,
}

#[derive(Debug, Clone)]
struct Phrase {
    words: Vec<String>,
    begun: bool,
    weight: f32,
}

/// How far a phrase has matched.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    matched: usize,
    next_position: usize,
    start: usize,
}

impl Phrase {
    fn has(&self, at: usize, word: &str) -> bool {
        let begun = self.begun && at + 1 == self.words.len();
        self.words.get(at).is_some_and(|wanted| if begun { word.starts_with(wanted) } else { word == wanted })
    }

    /// Moves the phrase on by one word; returns where it began once it is complete.
    fn advance(&self, run: &mut Run, word: &str, position: usize, start: usize) -> Option<usize> {
        if run.matched > 0 && position == run.next_position && self.has(run.matched, word) {
            run.matched += 1;
            run.next_position = position + 1;
        } else if self.has(0, word) {
            *run = Run { matched: 1, next_position: position + 1, start };
        } else {
            run.matched = 0;
        }
        (run.matched == self.words.len() && run.matched > 0).then(|| {
            run.matched = 0;
            run.start
        })
    }
}

/// A match in a text.
#[derive(Debug, Clone)]
struct Match {
    span: Range<usize>,
    weight: f32,
    /// Tells matches of one word from those of another.
    key: usize,
}

impl Matcher {
    pub(crate) fn add_word(&mut self, word: &str, weight: f32) {
        let known = self.words.entry(word.to_owned()).or_default();
        *known = known.max(weight);
    }

    pub(crate) fn add_prefix(&mut self, prefix: &str, weight: f32) {
        self.prefixes.push((prefix.to_owned(), weight));
    }

    /// Adds consecutive words; of the last one only the beginning is given where it is `begun`.
    pub(crate) fn add_phrase(&mut self, words: Vec<String>, begun: bool, weight: f32) {
        self.phrases.push(Phrase { words, begun, weight });
    }

    /// Returns what finds these words in texts.
    pub(crate) fn ready(&self) -> Finder<'_> {
        Finder { matcher: self, lines: Lines::with(self.needles()) }
    }

    /// Returns every word, or beginning of one, without which a line has no match.
    fn needles(&self) -> Vec<&str> {
        let words = self.words.keys().map(String::as_str);
        let prefixes = self.prefixes.iter().map(|(prefix, _)| prefix.as_str());
        let phrases = self.phrases.iter().flat_map(|phrase| phrase.words.iter().map(String::as_str));
        words.chain(prefixes).chain(phrases).collect()
    }

    /// Adds the matches in a part of `text`.
    fn add_matches<'a>(
        &'a self,
        text: &str,
        part: Range<usize>,
        keys: &mut HashMap<&'a str, usize>,
        found: &mut Vec<Match>,
    ) {
        let mut runs = vec![Run::default(); self.phrases.len()];
        let mut tokenizer = WordTokenizer::default();
        let mut stream = tokenizer.words(&text[part.clone()]);
        while stream.advance() && found.len() < MAX_MATCHES {
            let (kind, token) = (stream.kind(), stream.token());
            let span = part.start + token.offset_from..part.start + token.offset_to;
            if let Some((word, &weight)) = self.words.get_key_value(token.text.as_str()) {
                let next = keys.len();
                found.push(Match { span: span.clone(), weight, key: *keys.entry(word).or_insert(next) });
            }
            for (nth, (prefix, weight)) in self.prefixes.iter().enumerate() {
                if token.text.starts_with(prefix.as_str()) {
                    found.push(Match { span: span.clone(), weight: *weight, key: 1_000_000 + nth });
                }
            }
            if matches!(kind, TokenKind::Word | TokenKind::Pair) {
                for (nth, (run, phrase)) in runs.iter_mut().zip(&self.phrases).enumerate() {
                    if let Some(start) = phrase.advance(run, &token.text, token.position, span.start) {
                        let weight = phrase.weight * phrase.words.len() as f32;
                        found.push(Match { span: start..span.end, weight, key: 2_000_000 + nth });
                    }
                }
            }
        }
    }

    /// Returns the beginning of the prose of `text`, for hits of queries that name no words.
    pub(crate) fn lead(text: &str) -> Option<Passage> {
        let mut at = header_end(text);
        for line in text[at..].split_inclusive('\n') {
            let trimmed = line.trim();
            let is_prose =
                trimmed.len() > 40 && !trimmed.starts_with(['#', '|', '-', '*', '`', '>', '<', '=', '_', '!', '~']);
            if is_prose {
                return Some(passage(text, at, around(text, at, at + 1), &[]));
            }
            at += line.len();
        }
        None
    }
}

/// Finds the words of a [`Matcher`].
pub(crate) struct Finder<'a> {
    matcher: &'a Matcher,
    lines: Lines,
}

impl Finder<'_> {
    fn matches(&self, text: &str) -> Vec<Match> {
        let (mut found, mut keys) = (Vec::new(), HashMap::default());
        for part in self.lines.parts(text) {
            self.matcher.add_matches(text, part, &mut keys, &mut found);
        }
        found.sort_by_key(|it| (it.span.start, std::cmp::Reverse(it.span.end)));
        found
    }

    /// Returns `text` on one line with its matches.
    pub(crate) fn snippet(&self, text: &str) -> Snippet {
        let whole = 0..text.len();
        clean(text, whole.clone(), &Markup::of(text, &whole), &self.matches(text))
    }

    /// Returns the best passage of `text`: `None` where nothing in it matches.
    pub(crate) fn passage(&self, text: &str) -> Option<Passage> {
        let mut matches = self.matches(text);
        let header = header_end(text);
        for it in &mut matches {
            if it.span.start < header {
                it.weight *= HEADER;
            } else if markup::is_target(text, it.span.start) {
                it.weight *= HIDDEN;
            }
        }
        let (first, last) = best_window(&matches)?;
        let (start, end) = (matches[first].span.start, matches[last].span.end);
        if end <= front_matter_end(text) {
            return self.stated(text, lines_of(text, start, end), &matches);
        }
        Some(passage(text, start, around(text, start, end), &matches))
    }

    /// Returns the passage that shows the line that begins at `start`: `None` where nothing in it matches.
    pub(crate) fn passage_in(&self, text: &str, start: usize) -> Option<Passage> {
        let line = lines_of(text, start, start);
        let matches = self.matches(text);
        let within: Vec<Match> = matches.iter().filter(|it| line.contains(&it.span.start)).cloned().collect();
        let (first, last) = best_window(&within)?;
        let (start, end) = (within[first].span.start, within[last].span.end);
        Some(passage(text, start, around(text, start, end), &matches))
    }

    /// Returns the lines of the front matter that matched, no others; of title and id, which every hit shows, the text
    /// instead.
    fn stated(&self, text: &str, lines: Range<usize>, matches: &[Match]) -> Option<Passage> {
        let key = text[lines.clone()].split([':', '=']).next().unwrap_or_default().trim();
        let is_shown = ["title", "id"].contains(&key);
        let lead = is_shown.then(|| Matcher::lead(text)).flatten();
        lead.or_else(|| Some(passage(text, lines.start, lines, matches)))
    }
}

/// Returns the first and last match of the window that is worth most.
fn best_window(matches: &[Match]) -> Option<(usize, usize)> {
    let mut best: Option<(f32, usize, usize)> = None;
    for first in 0..matches.len() {
        let start = matches[first].span.start;
        let mut seen: Vec<usize> = Vec::new();
        let (mut worth, mut last) = (0.0, first);
        for (at, it) in matches.iter().enumerate().skip(first) {
            if it.span.end > start + SNIPPET - BEFORE && at > first {
                break;
            }
            worth += if seen.contains(&it.key) { it.weight * REPEATED } else { it.weight };
            seen.push(it.key);
            last = at;
        }
        let length = (matches[last].span.end - start).min(SNIPPET) as f32;
        worth *= 1.0 - SPREAD * length / SNIPPET as f32;
        if best.is_none_or(|(most, ..)| worth > most + 0.001) {
            best = Some((worth, first, last));
        }
    }
    best.map(|(_, first, last)| (first, last))
}

/// Returns where the front matter ends; 0 where there is none.
fn front_matter_end(text: &str) -> usize {
    let closed_by = |mark: &str, close: &str| Some(mark.len() + text.strip_prefix(mark)?.find(close)? + close.len());
    closed_by("---", "\n---").or_else(|| closed_by("+++", "\n+++")).unwrap_or(0)
}

/// Returns the whole lines in which a window lies.
fn lines_of(text: &str, start: usize, end: usize) -> Range<usize> {
    let begin = text[..start].rfind('\n').map_or(0, |at| at + 1);
    begin..text[end..].find('\n').map_or(text.len(), |at| end + at)
}

/// Returns where front matter and the first heading end.
fn header_end(text: &str) -> usize {
    let mut end = front_matter_end(text);
    for line in text[end..].split_inclusive('\n') {
        if line.trim().is_empty() || line.trim() == "---" || line.starts_with("# ") {
            end += line.len();
            if line.starts_with("# ") {
                break;
            }
        } else {
            break;
        }
    }
    end
}

/// Returns the bytes to show around a window: whole words, not beyond the paragraph it begins in.
fn around(text: &str, start: usize, end: usize) -> Range<usize> {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    // A caller that knows no match ends one byte on, which may be inside a character.
    let end = floor(end);
    let earliest = floor(start.saturating_sub(BEFORE));
    let before = &text[earliest..start];
    let from = match before.rfind("\n\n").map(|at| at + 2).or_else(|| before.rfind("\n#").map(|at| at + 1)) {
        Some(at) => earliest + at,
        None if earliest == 0 => 0,
        None => before.find(char::is_whitespace).map_or(start, |at| earliest + at + 1),
    };
    let latest = floor((from + SNIPPET).max(end).min(text.len()));
    let after = &text[end..latest];
    let to = match after.find("\n\n").or_else(|| after.find("\n#")) {
        Some(at) => end + at,
        None if latest == text.len() => latest,
        None => after.rfind(char::is_whitespace).map_or(end, |at| end + at),
    };
    from..to
}

/// Returns the passage that shows `range` of `text`, whose first match begins at `at`.
fn passage(text: &str, at: usize, range: Range<usize>, matches: &[Match]) -> Passage {
    let markup = Markup::of(text, &range);
    let before = memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count();
    let title = |heading: &str| heading.trim().trim_end_matches('#').trim().replace("**", "");
    Passage {
        line: u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1),
        section: markup.heading_above(text, at).map(title).filter(|title| !title.is_empty()),
        snippet: clean(text, range, &markup, matches),
    }
}

/// Returns a range of `text` on one line, without the marks of Markdown, and the matches inside it.
fn clean(text: &str, range: Range<usize>, markup: &Markup, matches: &[Match]) -> Snippet {
    let mut snippet = Snippet::default();
    let mut matches = matches.iter().filter(|it| it.span.start >= range.start && it.span.end <= range.end).peekable();
    // The match being shown: where it ends in the text and where it began in the snippet.
    let mut open: Option<(usize, usize)> = None;
    let mut line_start = true;
    for (at, c) in text[range.clone()].char_indices().map(|(at, c)| (range.start + at, c)) {
        if let Some((end, from)) = open
            && at >= end
        {
            snippet.highlights.push(from..snippet.text.len());
            open = None;
        }
        while let Some(it) = matches.next_if(|it| it.span.start <= at) {
            match &mut open {
                Some((end, _)) => *end = (*end).max(it.span.end),
                None if it.span.end > at => open = Some((it.span.end, snippet.text.len())),
                None => {}
            }
        }
        let is_mark = matches!(c, '`' | '|' | '*') || (line_start && matches!(c, '#' | '>'));
        let is_mark = is_mark && open.is_none() && !markup.is_code(at);
        let hidden = markup.is_hidden(at);
        if c.is_whitespace() || is_mark || hidden || c.is_control() {
            let breaks = c.is_whitespace() || (is_mark && c == '|');
            if breaks && !snippet.text.is_empty() && !snippet.text.ends_with(' ') {
                snippet.text.push(' ');
            }
            line_start = c == '\n' || (line_start && c != '`' && c != '|');
            continue;
        }
        line_start = false;
        snippet.text.push(c);
    }
    if let Some((_, from)) = open {
        snippet.highlights.push(from..snippet.text.len());
    }
    snippet.text.truncate(snippet.text.trim_end().len());
    let length = snippet.text.len();
    snippet.highlights.iter_mut().for_each(|it| it.end = it.end.min(length));
    snippet.highlights.retain(|it| it.start < it.end);
    snippet
}

#[cfg(test)]
mod tests;
