//! A log of several incidents, cut into documents of their own: which text goes where, and what is left of the log.
//!
//! Every byte of a section goes into its document, but for the level of its headings and for links within the log, which
//! lead where they led. What belongs to no incident stays in the log.

mod anchors;
mod definitions;
mod front;
mod levels;
mod register;
mod retarget;
mod sections;
mod shape;
mod splice;

use std::ops::Range;

use crate::model::{FrontMatter, ToldIncident};
use crate::scaffold::FrontMatterText;
use crate::store::edit::EditError;

pub(crate) use anchors::Anchors;
pub(crate) use retarget::retarget;
use sections::Section;
use shape::{Definition, Shape};
use splice::{Splice, spliced};

/// Where a part of a log goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Home {
    /// Into the document of the incident of this number, from 0.
    Part(usize),
    /// It stays.
    Log,
}

/// Where an incident stands in a log.
#[derive(Debug)]
enum Place {
    Section(Section),
    /// A row of [`Shape::rows`].
    Row(usize),
}

/// An incident of a log.
#[derive(Debug)]
pub(crate) struct Part {
    /// What is told of it.
    pub(crate) told: ToldIncident,
    /// Its title.
    pub(crate) title: String,
    place: Place,
}

/// A log and the incidents it tells of.
#[derive(Debug)]
pub(crate) struct Cut<'a> {
    text: &'a str,
    /// The incidents, in the order written.
    pub(crate) parts: Vec<Part>,
    shape: Shape,
    /// The lines of its front matter that hold for all.
    shared: String,
    eol: &'static str,
    /// The places that links may name.
    pub(crate) anchors: Anchors,
}

impl<'a> Cut<'a> {
    /// Finds the incidents `told` of in `text`, whose body begins at `body_start`.
    ///
    /// # Errors
    /// Where one stands in what cannot be cut, such as a heading of HTML.
    pub(crate) fn new(
        text: &'a str,
        body_start: usize,
        front_matter: Option<&FrontMatter>,
        told: &[ToldIncident],
    ) -> Result<Self, EditError> {
        let shape = Shape::read(text, body_start);
        let places = sections::places(text, &shape, told)?;
        let parts = told.iter().zip(places).map(|(told, place)| {
            let title = match &place {
                Place::Section(_) => told.name.clone(),
                Place::Row(_) => register::name(told),
            };
            Part { told: told.clone(), title, place }
        });
        let eol = if text.find('\n').is_some_and(|at| text[..at].ends_with('\r')) { "\r\n" } else { "\n" };
        let shared = front::shared(text, front_matter);
        let mut cut = Self { text, parts: parts.collect(), shape, shared, eol, anchors: Anchors::default() };
        let is_title = |at: usize| cut.sections().any(|(_, section)| section.kept.start == at);
        cut.anchors = Anchors::new(&cut.shape, |at| cut.home(at), is_title);
        Ok(cut)
    }

    /// Returns the document of incident `at` with the front matter `front`; `link` is how the others are linked to.
    pub(crate) fn document(&self, at: usize, front: &FrontMatterText, link: &dyn Fn(Home) -> String) -> String {
        let front = front.render().replace('\n', self.eol);
        let fence = format!("---{}", self.eol);
        let body = self.body(at, link);
        format!("{fence}{front}{shared}{fence}{eol}{body}", shared = self.shared, eol = self.eol)
    }

    fn body(&self, at: usize, link: &dyn Fn(Home) -> String) -> String {
        let part = &self.parts[at];
        let mut splices = self.anchors.rewritten(self.text, &self.shape, Home::Part(at), link);
        let (mut body, range) = match &part.place {
            Place::Section(section) => {
                let within = |at: usize| section.kept.contains(&at);
                let headings = self.shape.headings.iter().filter(|it| within(it.range.start));
                splices.extend(headings.filter_map(|it| levels::raised(self.text, it, section.level - 1)));
                splices.extend(self.foreign(&section.kept));
                (spliced(self.text, &section.kept, &splices), section.kept.clone())
            }
            Place::Row(row) => {
                let row = &self.shape.rows[*row];
                let body = register::body(self.text, &self.shape, row, &part.title, self.eol);
                (body, row.start..row.cells.last().map_or(row.start, |it| it.range.end))
            }
        };
        body.truncate(body.trim_end().len());
        body.push_str(self.eol);
        self.define(&mut body, &[range], &splices);
        body
    }

    /// Returns what is left of the log.
    pub(crate) fn rest(&self, link: &dyn Fn(Home) -> String) -> String {
        let mut splices = self.anchors.rewritten(self.text, &self.shape, Home::Log, link);
        let runs = self.runs();
        for run in &runs {
            splices.push(Splice { range: run.range.clone(), text: self.list(run, link) });
        }
        for (at, part) in self.parts.iter().enumerate() {
            if let Place::Row(row) = part.place {
                let row = &self.shape.rows[row];
                splices.extend(register::linked(self.text, row, &part.told, &link(Home::Part(at))));
            }
        }
        let mut rest = spliced(self.text, &(0..self.text.len()), &splices);
        let mut ranges = Vec::new();
        let mut from = 0;
        for run in &runs {
            ranges.push(from..run.range.start);
            from = run.range.end;
        }
        ranges.push(from..self.text.len());
        self.define(&mut rest, &ranges, &splices);
        rest
    }

    /// Adds the definitions that the text at `ranges` needs from elsewhere.
    fn define(&self, text: &mut String, ranges: &[Range<usize>], splices: &[Splice]) {
        let missing = definitions::missing(&self.shape, ranges);
        if missing.is_empty() {
            return;
        }
        text.truncate(text.trim_end().len());
        text.push_str(self.eol);
        for definition in missing {
            text.push_str(self.eol);
            text.push_str(spliced(self.text, &definition.range, splices).trim_end());
            text.push_str(self.eol);
        }
    }

    /// Returns the changes that drop definitions of links that only others need.
    fn foreign(&self, kept: &Range<usize>) -> Vec<Splice> {
        let uses = |it: &Definition, own: bool| {
            let mut uses = self.shape.uses.iter().filter(|using| using.label.as_ref() == Some(&it.label));
            uses.any(|using| kept.contains(&using.range.start) == own)
        };
        let within = self.shape.definitions.iter().filter(|it| kept.contains(&it.range.start));
        let foreign = within.filter(|it| !it.label.starts_with('^') && !uses(it, true) && uses(it, false));
        foreign.map(|it| Splice { range: it.range.start..it.range.end.min(kept.end), text: String::new() }).collect()
    }

    /// Returns the list of links that takes the place of sections.
    fn list(&self, run: &Run, link: &dyn Fn(Home) -> String) -> String {
        let before = &self.text[..run.range.start];
        let last = before.lines().next_back().unwrap_or_default();
        // Beside a list of the same marks it would be a part of it.
        let above = before.trim_end().lines().next_back().unwrap_or_default().trim_start();
        let mark = if above.starts_with("- ") { '*' } else { '-' };
        let mut list = if last.trim().is_empty() { String::new() } else { self.eol.to_owned() };
        for at in run.parts.clone() {
            let Part { told, title, .. } = &self.parts[at];
            let id = told.id.as_deref().filter(|id| !title.contains(id)).map_or(String::new(), |id| format!("{id}: "));
            let name = register::escaped(&format!("{id}{title}"));
            let day = told.day.map(|day| day.to_string()).filter(|day| !title.contains(day));
            let day = day.map_or(String::new(), |day| format!(", {day}"));
            list.push_str(&format!("{mark} [{name}]({}){day}{}", link(Home::Part(at)), self.eol));
        }
        if !self.text[run.range.end..].trim().is_empty() {
            list.push_str(self.eol);
        }
        list
    }

    fn sections(&self) -> impl Iterator<Item = (usize, &Section)> {
        self.parts.iter().enumerate().filter_map(|(at, part)| match &part.place {
            Place::Section(section) => Some((at, section)),
            Place::Row(_) => None,
        })
    }

    fn home(&self, at: usize) -> Home {
        let mut sections = self.sections();
        sections.find(|(_, it)| it.whole.contains(&at)).map_or(Home::Log, |(part, _)| Home::Part(part))
    }

    /// Returns the sections that follow one another.
    fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (at, section) in self.sections() {
            let (end, next) = (section.end(self.text), section.whole.end);
            if let Some(run) = runs.last_mut().filter(|run| run.next == section.whole.start) {
                (run.parts.end, run.range.end, run.next) = (at + 1, end, next);
            } else {
                runs.push(Run { parts: at..at + 1, range: section.whole.start..end, next });
            }
        }
        runs
    }
}

/// Sections that follow one another, and what goes with them.
struct Run {
    parts: Range<usize>,
    range: Range<usize>,
    /// Where the section behind them would begin.
    next: usize,
}

#[cfg(test)]
mod random;
#[cfg(test)]
mod tests;
