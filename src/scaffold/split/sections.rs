//! Where the incidents of a log stand in it.

use std::ops::Range;

use super::Place;
use super::shape::{Heading, Shape};
use crate::model::ToldIncident;
use crate::store::edit::EditError;

/// A section of the log.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) level: u8,
    /// From its heading to the next section.
    pub(super) whole: Range<usize>,
    /// Without the blank lines and the thematic breaks that part it from the next one.
    pub(super) kept: Range<usize>,
}

impl Section {
    /// Returns where the text that stays in the log begins: what parted the section from it stays too.
    pub(super) fn end(&self, text: &str) -> usize {
        let behind = &text[self.kept.end..self.whole.end];
        let goes_on = !text[self.whole.end..].trim().is_empty();
        let blank = behind.len() - behind.trim_start().len();
        if goes_on && blank < behind.len() { self.kept.end + blank } else { self.whole.end }
    }
}

/// Returns where each of the incidents stands.
///
/// # Errors
/// Where one stands in what cannot be cut.
pub(super) fn places(text: &str, shape: &Shape, told: &[ToldIncident]) -> Result<Vec<Place>, EditError> {
    let starts: Vec<usize> =
        std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
    let mut places = Vec::with_capacity(told.len());
    for it in told {
        let number = it.line as usize;
        let start = starts.get(number.saturating_sub(1)).copied().unwrap_or(text.len());
        let line = start..starts.get(number).copied().unwrap_or(text.len());
        let heading = shape.heading_on(&line).filter(|at| !shape.headings[*at].is_inner);
        let place = heading.map(|at| Place::Section(section(text, shape, at)));
        let place = place.or_else(|| shape.row_on(&line).map(Place::Row)).ok_or_else(|| {
            let message = format!("`{}` is no heading of Markdown that a document can begin with", it.name);
            let hint = "write it as `## …`, outside of lists, quotes and HTML".to_owned();
            EditError { line: number, message, hint }
        })?;
        places.push(place);
    }
    keep_footer(text, shape, &mut places);
    for (it, place) in told.iter().zip(&places) {
        if let Place::Section(section) = place
            && is_torn(shape, &section.whole)
        {
            return Err(EditError {
                line: it.line as usize,
                message: format!("an element of HTML begins in `{}` and ends elsewhere", it.name),
                hint: "close it in its section first, as in `</details>`".to_owned(),
            });
        }
    }
    Ok(places)
}

fn section(text: &str, shape: &Shape, at: usize) -> Section {
    let Heading { range, level, .. } = &shape.headings[at];
    let next = shape.headings[at + 1..].iter().find(|it| !it.is_inner && it.level <= *level);
    let whole = range.start..next.map_or(text.len(), |it| line_start(text, it.range.start));
    Section { level: *level, kept: without_rules(text, shape, &whole), whole }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn without_rules(text: &str, shape: &Shape, whole: &Range<usize>) -> Range<usize> {
    let mut end = whole.end;
    let rules = shape.rules.iter().filter(|it| whole.contains(&it.start));
    for rule in rules.rev() {
        end = whole.start + text[whole.start..end].trim_end().len();
        if rule.start + text[rule.clone()].trim_end().len() != end {
            break;
        }
        end = line_start(text, rule.start);
    }
    whole.start..whole.start + text[whole.start..end].trim_end().len()
}

/// Where a break parts each section from the next one, what stands behind the last break of all belongs to the log.
fn keep_footer(text: &str, shape: &Shape, places: &mut [Place]) {
    let Some((Place::Section(last), others)) = places.split_last_mut() else { return };
    let parted = |it: &Place| match it {
        Place::Section(section) => text[section.kept.end..section.whole.end].trim_start().len() > 2,
        Place::Row(_) => false,
    };
    if others.is_empty() || !others.iter().all(parted) || !text[last.whole.end..].trim().is_empty() {
        return;
    }
    let Some(rule) = shape.rules.iter().rfind(|it| last.kept.contains(&it.start)) else { return };
    if !shape.headings.iter().any(|it| it.range.start > rule.start) {
        last.whole.end = line_start(text, rule.start);
        last.kept = without_rules(text, shape, &last.whole);
    }
}

/// Tells whether an element of HTML begins or ends beyond the section; not where nobody closes what they begin.
fn is_torn(shape: &Shape, whole: &Range<usize>) -> bool {
    let all: i32 = shape.elements.iter().map(|(_, sign)| sign).sum();
    let within: i32 = shape.elements.iter().filter(|(at, _)| whole.contains(at)).map(|(_, sign)| sign).sum();
    all == 0 && within != 0
}
