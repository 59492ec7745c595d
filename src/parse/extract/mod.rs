//! From outline and labels to the fields of a document; one file a field.

mod actions;
mod causes;
mod compliance;
mod date;
mod days;
mod durations;
mod fixes;
mod id;
mod kind;
mod language;
mod lists;
mod other_date;
mod references;
mod report_day;
mod sections;
mod several;
mod severity;
mod status;
mod stories;
mod tags;
mod timeline;
mod title;
mod two_ways;
mod whose;

use std::borrow::Cow;

use super::front_matter::Split;
use super::labels::{Labelled, Zone};
use super::lines::LineIndex;
use super::outline::Outline;
use super::scale::SeverityScale;
use super::vocabulary::{LabelRole, RoleSet, Vocabulary};
use super::when;
use crate::diag::{Diagnostic, Level};
use crate::model::{Document, Extracted, OWN_BOXES, Origin, OriginKind, part_lines};
use crate::taxonomy::Taxonomy;
pub(super) use compliance::states as states_compliance;
pub(crate) use fixes::fixes;

/// Everything that is known of a document before its fields are.
pub(crate) struct Source<'a> {
    pub(crate) path: &'a str,
    pub(crate) text: &'a str,
    pub(crate) outline: &'a Outline,
    pub(crate) split: &'a Split,
    pub(crate) labels: &'a [Labelled<'a>],
    /// Everything that some label may mean: most roles are those of none.
    pub(crate) roles: RoleSet,
    pub(crate) lines: &'a LineIndex,
    pub(crate) words: &'static Vocabulary,
    pub(crate) taxonomy: &'a Taxonomy,
    pub(crate) severities: &'a SeverityScale,
    pub(crate) order: when::TextOrder<'a>,
}

impl<'a> Source<'a> {
    /// Returns the labels that may mean `role` and say something of the document, in the order written.
    fn labelled(&self, role: LabelRole) -> impl Iterator<Item = &'a Labelled<'a>> {
        let labels = if self.roles.means(role) { self.labels } else { &[] };
        labels.iter().filter(move |label| label.means(role) && !label.in_actions)
    }

    /// Returns the labels that may mean `role` in the given zones.
    fn labelled_in(&self, role: LabelRole, zones: &'static [Zone]) -> impl Iterator<Item = &'a Labelled<'a>> {
        self.labelled(role).filter(move |label| zones.contains(&label.zone))
    }

    /// Returns the settings for reading dates where the year is `year` if none is written.
    fn when(&self, year: Option<i32>) -> when::Context<'_> {
        when::Context { words: self.words.calendar(), order: when::KnownOrder::Of(&self.order), year, dotted: false }
    }

    /// Returns the file's name.
    fn file_name(&self) -> &'a str {
        let folder = memchr::memrchr2(b'/', b'\\', self.path.as_bytes());
        folder.map_or(self.path, |end| &self.path[end + 1..])
    }

    /// Returns the file's name without its extensions (`a.html.md.erb` gives `a`).
    fn file_stem(&self) -> &'a str {
        let mut stem = self.file_name();
        while let Some(dot) = memchr::memrchr(b'.', stem.as_bytes())
            && matches!(&stem[dot + 1..], "md" | "markdown" | "mdx" | "erb" | "html" | "yaml" | "yml" | "txt")
            && dot > 0
        {
            stem = &stem[..dot];
        }
        stem
    }
}

/// Fills `document` with everything that can be read from `source`.
pub(crate) fn extract(source: &Source<'_>, document: &mut Document) {
    document.language = language::detect(source);
    if document.language.is_some_and(language::is_day_first) {
        source.order.presume(when::DateOrder::DayFirst);
    }
    document.title = title::extract(source);
    document.id = id::extract(source, document.title.as_ref());
    document.incident = first(source, LabelRole::Incident, &[Zone::FrontMatter]);
    document.project = first(source, LabelRole::Project, &[Zone::FrontMatter, Zone::Header]);
    document.severity = severity::extract(source, document.title.as_ref());
    document.services = lists::services(source);
    document.owners = lists::owners(source);
    document.tags = tags::extract(source);
    sections::extract(source, document);
    let known = date::stated(source, document);
    let mut gathered = timeline::gather(source);
    // Times of day alone are those of the day that the text names.
    let told = known.clone().or_else(|| date::told(source).filter(|_| !gathered.has_dates));
    timeline::resolve(source, &mut gathered, told.as_ref(), document);
    document.date = date::extract(source, document, known, &gathered);
    timeline::finish(source, gathered, document);
    two_ways::report(source, document);
    (document.status, document.other_statuses) = status::extract(source, document);
    timeline::leave_open(document);
    durations::extract(source, document);
    actions::extract(source, document);
    mark_carried(source, document);
    document.kind = kind::extract(source, document);
    causes::infer(source, document);
    document.references = references::extract(source, document.id.as_ref().map(|id| id.value.as_str()));
    several::extract(source, document);
    compliance::extract(source, document);
    document.days = days::extract(source);
    report_contradictions(document);
}

/// Fills `document` with its action items, and with what they rest on: title, id and day.
pub(crate) fn items(source: &Source<'_>, document: &mut Document) {
    document.language = language::detect(source);
    if document.language.is_some_and(language::is_day_first) {
        source.order.presume(when::DateOrder::DayFirst);
    }
    document.title = title::extract(source);
    document.id = id::extract(source, document.title.as_ref());
    let known = date::stated(source, document);
    let mut gathered = timeline::gather(source);
    let told = known.clone().or_else(|| date::told(source).filter(|_| !gathered.has_dates));
    timeline::resolve(source, &mut gathered, told.as_ref(), document);
    document.date = date::extract(source, document, known, &gathered);
    actions::extract(source, document);
    mark_carried(source, document);
}

/// Action items of a generated part are those of other documents.
fn mark_carried(source: &Source<'_>, document: &mut Document) {
    // The marks of a part are comments, and most documents have none.
    let text = source.text.as_bytes();
    if document.action_items.is_empty()
        || memchr::memchr(b'<', text).is_none()
        || memchr::memmem::find(text, b"ris:begin").is_none()
    {
        return;
    }
    let parts = part_lines(source.text);
    for item in &mut document.action_items {
        item.carried = parts.iter().any(|(name, lines)| *name != OWN_BOXES && lines.contains(&item.line));
    }
}

/// Reads the value of a status label.
pub(super) fn read_status(value: &str) -> Option<crate::model::StatusState> {
    status::parse(value)
}

/// Returns the first non-empty value of a role.
fn first(source: &Source<'_>, role: LabelRole, zones: &'static [Zone]) -> Option<Extracted<String>> {
    let label = source.labelled_in(role, zones).find(|label| !label.value.is_empty())?;
    Some(Extracted::new(label.value.to_owned(), label.value, label.origin))
}

/// Returns a text without its line breaks.
fn in_one_line(text: &str) -> Cow<'_, str> {
    match memchr::memchr(b'\n', text.as_bytes()) {
        Some(_) => Cow::Owned(text.replace('\n', " ")),
        None => Cow::Borrowed(text),
    }
}

/// Returns an origin for values that a rule worked out from the place `line`.
fn inferred(line: u32) -> Origin {
    Origin::new(OriginKind::Inferred, line)
}

/// Later readings that contradict the value kept are findings.
fn report_contradictions(document: &mut Document) {
    let Some(status) = &document.status else { return };
    for other in &document.other_statuses {
        let message = format!(
            "status is `{}` here but `{}` at line {}",
            other.value.as_str(),
            status.value.as_str(),
            status.origin.line
        );
        let finding = Diagnostic::new("status-contradiction", Level::Warning, other.origin.line, message);
        document.diagnostics.push(finding.hint("the first reading is kept; make the two agree"));
    }
}
