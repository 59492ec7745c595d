//! Where an entry goes: among the entries that are there, into a timeline that is still empty, or into a new section.

use std::cmp::Ordering;
use std::ops::Range;

use super::clock::{in_full, spellings};
use super::form::{indent_of, is_bullet, lines as form_lines};
use super::row::{first_row, is_delimiter, is_row, row};
use super::{Attempt, NewEntry};
use crate::model::{Document, Section, SectionRole, TimelineEntry};

/// So many entries are looked at for one whose form can be followed.
const NEIGHBOURS: usize = 6;
/// So many entries outside of a section of their own are a timeline, at least.
const FEWEST: usize = 2;

/// The lines of a text, with their ends.
pub(super) struct Lines<'t> {
    all: Vec<&'t str>,
    /// Which of them stand inside a code block.
    code: Vec<bool>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let all: Vec<&str> = text.split_inclusive('\n').collect();
        let mut open = false;
        let code = all.iter().map(|line| {
            let fence = is_fence(line);
            open ^= fence;
            open || fence
        });
        Self { code: code.collect(), all }
    }

    fn get(&self, at: usize) -> &'t str {
        self.all.get(at).map_or("", |line| line.trim_end_matches(['\r', '\n']))
    }

    /// Returns the level of the heading that a line is.
    fn level(&self, at: usize) -> Option<usize> {
        if self.code.get(at).copied().unwrap_or(false) { None } else { level(self.get(at)) }
    }

    fn is_blank(&self, at: usize) -> bool {
        self.get(at).trim().is_empty()
    }

    /// Returns the text with the lines of `attempt` put in.
    pub(super) fn with(&self, attempt: &Attempt, eol: &str) -> String {
        let at = attempt.before.min(self.all.len());
        let mut text: String = self.all[..at].concat();
        let unended = !text.is_empty() && !text.ends_with('\n');
        if unended {
            text.push_str(eol);
        }
        for line in &attempt.lines {
            text.push_str(line);
            text.push_str(eol);
        }
        if unended {
            text.truncate(text.len() - eol.len());
        }
        text.extend(self.all[at..].iter().copied());
        text
    }
}

/// What a document has of a timeline.
pub(super) enum Place {
    /// Entries, in the order written, and the lines of their section behind the heading, where they have one.
    Among(Vec<usize>, Option<Range<usize>>),
    /// A section without entries: its lines behind the heading.
    Empty(Range<usize>),
    /// Nothing.
    New,
}

impl Place {
    pub(super) fn find(document: &Document, lines: &Lines<'_>) -> Self {
        let titles = document.sections.iter().filter(|section| section.level == 1).count();
        let is_timeline =
            |section: &&Section| section.role == Some(SectionRole::Timeline) && !(section.level == 1 && titles == 1);
        let sections: Vec<Range<usize>> =
            document.sections.iter().filter(is_timeline).map(|section| range(document, section, lines)).collect();
        let line_of = |at: &usize| (document.timeline[*at].line as usize).saturating_sub(1);
        let mut by_line: Vec<usize> = (0..document.timeline.len()).collect();
        by_line.sort_by_key(line_of);
        let inside = |range: &Range<usize>| {
            let behind = |line: usize| by_line.partition_point(|at| line_of(at) < line);
            by_line[behind(range.start)..behind(range.end.max(range.start))].to_vec()
        };
        let mut best = sections.iter().map(|range| (inside(range), range)).max_by_key(|(entries, _)| entries.len());
        if let Some((entries, _)) = &mut best {
            entries.sort_unstable();
        }
        match (best, sections.first()) {
            (Some((entries, range)), _) if !entries.is_empty() => Self::Among(entries, Some(range.clone())),
            (_, Some(section)) => Self::Empty(section.clone()),
            _ => {
                let timed = |entry: &TimelineEntry| entry.at.is_some_and(|moment| moment.time.is_some());
                let count = document.timeline.iter().filter(|entry| timed(entry)).count();
                if count >= FEWEST { Self::Among((0..document.timeline.len()).collect(), None) } else { Self::New }
            }
        }
    }

    /// Returns what can be tried, best first.
    pub(super) fn attempts(&self, document: &Document, lines: &Lines<'_>, new: &NewEntry) -> Vec<Attempt> {
        match self {
            Self::Among(entries, section) => {
                let entries: Vec<&TimelineEntry> = entries.iter().map(|at| &document.timeline[*at]).collect();
                let attempts = among(&entries, lines, new);
                // Of rows that nothing can be told from, their header says more.
                let section = section.as_ref().filter(|_| attempts.is_empty());
                let is_timed = entries.iter().any(|entry| entry.at.is_some());
                let below = section.into_iter().flat_map(|section| into_empty(section, lines, new));
                attempts.into_iter().chain(below.map(|it| Attempt { among_others: is_timed, ..it })).collect()
            }
            Self::Empty(section) => into_empty(section, lines, new),
            Self::New => new_section(document, lines, new),
        }
    }
}

/// Returns the lines of a section, counted from 0, without its heading.
fn range(document: &Document, section: &Section, lines: &Lines<'_>) -> Range<usize> {
    let start = section.line as usize;
    let below = document.sections.partition_point(|other| other.line <= section.line);
    let next = document.sections[below..].iter().find(|other| other.level <= section.level);
    start..next.map_or(lines.all.len(), |next| next.line as usize - 1)
}

fn among(entries: &[&TimelineEntry], lines: &Lines<'_>, new: &NewEntry) -> Vec<Attempt> {
    let order: Vec<Option<Ordering>> = entries.iter().map(|entry| compare(entry, new)).collect();
    let known: Vec<_> = entries.iter().filter_map(|entry| entry.at?.utc()).collect();
    let descends = known.first() > known.last();
    let not_later = |order: &Option<Ordering>| order.is_some_and(Ordering::is_le);
    let near = if descends { order.iter().position(not_later) } else { order.iter().rposition(not_later) };
    let unordered = order.iter().all(Option::is_none);
    // Entries without times are no longer read as such beside one that has one.
    let timed = entries.iter().any(|entry| entry.at.is_some());
    let last = entries.len() - 1;
    let (anchor, behind) = match near {
        Some(at) => (at, !descends),
        None if unordered => (last, true),
        None => (if descends { last } else { 0 }, descends),
    };
    let line_of = |at: usize| entries[at].line as usize - 1;
    let next = entries.get(anchor + 1).map(|entry| entry.line as usize - 1);
    let end = end_of(line_of(anchor), next, lines);
    let before = if behind { end } else { line_of(anchor) };
    let loose = is_loose(anchor, entries, lines);
    let mut neighbours: Vec<usize> = (0..entries.len()).collect();
    neighbours.sort_by_key(|at| (at.abs_diff(anchor), *at));
    let mut attempts = Vec::new();
    for like in neighbours.into_iter().take(NEIGHBOURS).map(|at| entries[at]) {
        let line = lines.get(like.line as usize - 1);
        for time in spellings(&like.raw, like.at.as_ref(), new.at) {
            // What stands below the row of a table is one more row, whatever its form.
            let made = match is_row(line) {
                true => row(line, like, new.at, &time, &new.text).map(|it| vec![it]),
                false => Some(form_lines(line, like, &time, &new.text)),
            };
            let Some(mut made) = made else { continue };
            let mut entry = 0;
            if loose && behind {
                made.insert(0, String::new());
                entry = 1;
            } else if loose {
                made.push(String::new());
            }
            attempts.push(Attempt { before, lines: made, entry, among_others: timed });
        }
    }
    attempts
}

/// Compares the time of an entry with that of the new one; a time of unknown zone is one on the writer's clock.
fn compare(entry: &TimelineEntry, new: &NewEntry) -> Option<Ordering> {
    let moment = entry.at?;
    let wanted = if moment.offset.is_some() { new.at.naive_utc() } else { new.at.naive_local() };
    Some(moment.utc()?.cmp(&wanted))
}

/// Returns the line behind the entry that begins at `start`, before the blank lines that follow it; `next` is where the
/// next entry begins.
fn end_of(start: usize, next: Option<usize>, lines: &Lines<'_>) -> usize {
    let first = lines.get(start);
    let limit = next.unwrap_or(lines.all.len());
    if is_row(first) && (is_row(lines.get(start + 1)) || is_row(lines.get(start.saturating_sub(1)))) {
        return start + 1;
    }
    let level = lines.level(start);
    let indent = indent_of(first);
    let is_item = indent > first.len() - first.trim_start().len();
    let mut at = start + 1;
    while at < limit {
        let line = lines.get(at);
        let deeper = line.len() - line.trim_start().len() >= indent.max(1);
        let goes_on = match (level, is_item) {
            (Some(own), _) => lines.level(at).is_none_or(|other| other > own) && (lines.code[at] || !is_break(line)),
            (None, true) if line.trim().is_empty() => {
                // Blank lines belong to the item where more of it stands below them; they are passed over together.
                let below = (at + 1..limit).find(|below| !lines.is_blank(*below)).filter(|below| {
                    let below = lines.get(*below);
                    below.len() - below.trim_start().len() >= indent
                });
                at = below.map_or(at, |below| below - 1);
                below.is_some()
            }
            (None, true) => deeper || !(begins_block(line) || is_fence(line) || lines.is_blank(at - 1)),
            (None, false) => !line.trim().is_empty() && !begins_block(line) && !is_fence(line),
        };
        if !goes_on {
            break;
        }
        at += 1;
    }
    while at > start + 1 && lines.is_blank(at - 1) {
        at -= 1;
    }
    at
}

/// Tells whether blank lines part the entries around the one at `anchor`.
fn is_loose(anchor: usize, entries: &[&TimelineEntry], lines: &Lines<'_>) -> bool {
    let line_of = |at: usize| entries[at].line as usize - 1;
    let heading = lines.level(line_of(anchor)).is_some();
    let pair = if anchor > 0 { (anchor - 1, anchor) } else { (0, 1) };
    let Some(next) = entries.get(pair.1) else { return heading };
    let next = next.line as usize - 1;
    let between = || (line_of(pair.0) + 1..next).map(|at| lines.get(at));
    // A heading between two entries parts days, not entries.
    heading || next > 0 && lines.is_blank(next - 1) && !between().any(|line| level(line).is_some() || is_break(line))
}

fn level(line: &str) -> Option<usize> {
    let signs = line.trim_start().bytes().take_while(|byte| *byte == b'#').count();
    ((1..=6).contains(&signs) && line.trim_start()[signs..].starts_with([' ', '\t'])).then_some(signs)
}

fn is_break(line: &str) -> bool {
    let line: String = line.split_whitespace().collect();
    line.len() >= 3 && ['-', '*', '_'].iter().any(|sign| line.chars().all(|c| c == *sign))
}

fn is_fence(line: &str) -> bool {
    line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~")
}

fn begins_block(line: &str) -> bool {
    let word = line.trim_start().split(' ').next().unwrap_or_default();
    is_bullet(word) || level(line).is_some() || is_break(line) || line.trim_start().starts_with(['|', '>', '<'])
}

/// Puts the entry into the table of an empty timeline, or into a list behind whatever else stands there.
fn into_empty(section: &Range<usize>, lines: &Lines<'_>, new: &NewEntry) -> Vec<Attempt> {
    let full = in_full(new.at);
    let delimiter = section.clone().find(|at| is_delimiter(lines.get(*at)) && *at > section.start);
    let mut attempts = Vec::new();
    if let Some(delimiter) = delimiter {
        let header = lines.get(delimiter - 1);
        let end = (delimiter + 1..section.end).find(|at| !is_row(lines.get(*at))).unwrap_or(section.end);
        // The zone stands in the header where it says so.
        let short = full.rsplit_once(' ').map(|(time, _)| time.to_owned());
        for time in short.into_iter().chain([full.clone()]) {
            let row = first_row(header, &time, &new.text).map(|row| vec![row]);
            attempts.extend(row.map(|lines| Attempt { before: end, lines, entry: 0, among_others: true }));
        }
    }
    let item = format!("- **{full}**: {}", new.text);
    let mut end = section.end;
    while end > section.start && (lines.is_blank(end - 1) || is_break(lines.get(end - 1))) {
        end -= 1;
    }
    let gap = end == section.start || !is_bullet(lines.get(end - 1).trim_start().split(' ').next().unwrap_or_default());
    let made: Vec<String> = gap.then(String::new).into_iter().chain([item]).collect();
    let tail = (end == section.end && section.end < lines.all.len()).then(String::new);
    let entry = made.len() - 1;
    attempts.push(Attempt { before: end, lines: made.into_iter().chain(tail).collect(), entry, among_others: false });
    attempts
}

/// Makes a section: behind what was seen and who was hit, before causes, remedies and work.
fn new_section(document: &Document, lines: &Lines<'_>, new: &NewEntry) -> Vec<Attempt> {
    let later = [
        SectionRole::RootCause,
        SectionRole::Resolution,
        SectionRole::Actions,
        SectionRole::Lessons,
        SectionRole::References,
    ];
    let level = document.sections.iter().map(|section| section.level).filter(|level| *level > 1).min().unwrap_or(2);
    // Above the heading that is the title nothing is made.
    let is_title = |section: &Section| document.title.as_ref().is_some_and(|title| title.origin.line == section.line);
    let is_later = |section: &Section| section.role.is_some_and(|role| later.contains(&role)) && !is_title(section);
    let after = document.sections.iter().find(|section| section.level == level && is_later(section));
    let item = format!("- **{}**: {}", in_full(new.at), new.text);
    let heading = format!("{} Timeline", "#".repeat(usize::from(level)));
    let attempt = |before, lines: Vec<String>, entry| vec![Attempt { before, lines, entry, among_others: false }];
    let Some(after) = after else {
        let mut end = foot(lines).unwrap_or(lines.all.len());
        while end > 0 && lines.is_blank(end - 1) {
            end -= 1;
        }
        let head = (end > 0).then(String::new);
        let made: Vec<String> = head.into_iter().chain([heading, String::new(), item]).collect();
        let entry = made.len() - 1;
        return attempt(end, made, entry);
    };
    let at = after.line as usize - 1;
    let above = (0..at).rev().find(|line| !lines.is_blank(*line));
    let ruled = above.is_some_and(|above| is_break(lines.get(above)) && above > 0);
    let mut made = vec![heading, String::new(), item, String::new()];
    if ruled {
        made.extend(["---".to_owned(), String::new()]);
    }
    attempt(at, made, 2)
}

/// Returns the line of the rule above a foot of labels (`**Created**: …`) at the end, if there is one.
fn foot(lines: &Lines<'_>) -> Option<usize> {
    let filled = (0..lines.all.len()).rev().filter(|at| !lines.is_blank(*at));
    let is_label = |line: &str| line.starts_with("**") && line.contains(':');
    for (labels, at) in filled.enumerate() {
        let line = lines.get(at).trim();
        if is_break(line) {
            return (labels > 0).then_some(at);
        }
        if !is_label(line) {
            return None;
        }
    }
    None
}
