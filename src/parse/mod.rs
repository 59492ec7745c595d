//! Bytes to a document and its diagnostics. Never fails, never panics, never stops early; does no I/O.
//!
//! decode -> front matter -> outline -> labels -> fields. Each step works on what the one before could make of the
//! file, and says what it could not.

mod conventions;
mod decode;
mod extract;
mod fences;
mod front_matter;
mod labels;
mod lines;
mod moment;
mod outline;
mod record;
mod scale;
mod vocabulary;
mod when;

use std::sync::Arc;

use crate::diag::{Diagnostic, Level};
use crate::model::{
    Document, Extracted, Fix, FrontMatter, Kind, Moment, Origin, OriginKind, Outcome, PartialDate, file_name,
};
use crate::taxonomy::Taxonomy;
use extract::Source;
use front_matter::Split;
pub(crate) use lines::LineIndex;
use outline::Outline;
use vocabulary::Vocabulary;

pub use conventions::Conventions;
pub use moment::{MomentError, read_past_moment};
pub use scale::SeverityScale;
pub use when::DateOrder;

/// Raised whenever the same bytes may give another document: every index re-reads its files then.
pub const PARSER_VERSION: u32 = 21;

/// Settings of the parser.
#[derive(Debug, Clone)]
pub struct ParseOptions {
    /// Files above this many bytes are rejected unread.
    pub max_bytes: usize,
    /// The team's root-cause tags; without them the built-in ones hold.
    pub taxonomy: Option<Arc<Taxonomy>>,
    /// How the team writes what can be read in more than one way.
    pub conventions: Arc<Conventions>,
}

impl Default for ParseOptions {
    fn default() -> Self {
        Self { max_bytes: 4 << 20, taxonomy: None, conventions: Arc::default() }
    }
}

/// A document and the text that its lines and spans refer to.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// What was read; its diagnostics are in `document.diagnostics`.
    pub document: Document,
    /// The decoded text of the whole file, front matter included. A YAML record is given as Markdown with the same
    /// lines.
    pub text: String,
}

/// Loads the words that reading needs, which takes some milliseconds once, ahead of the first document.
pub(crate) fn load_words() {
    let _ = (Vocabulary::get(), Taxonomy::builtin());
}

/// Returns the text that `bytes` hold, repaired as that of a document is; `None` where they hold none.
#[must_use]
pub fn text(bytes: &[u8]) -> Option<String> {
    let decoded = decode::decode(bytes, usize::MAX);
    (!decoded.rejected).then_some(decoded.text)
}

/// Reads `bytes` as the document at `path` (relative, `/` between folders; only its names are used).
#[must_use]
pub fn parse(path: &str, bytes: &[u8], options: &ParseOptions) -> Parsed {
    read(path, bytes, options, extract::extract)
}

/// Reads the action items of a document with its title and id; nothing else of it is looked for.
#[must_use]
pub(crate) fn parse_items(path: &str, bytes: &[u8], options: &ParseOptions) -> Parsed {
    read(path, bytes, options, extract::items)
}

/// Reads a document with every part of it that tells how something was fixed.
#[must_use]
pub(crate) fn parse_with_fixes(path: &str, bytes: &[u8], options: &ParseOptions) -> (Parsed, Vec<Fix>) {
    let mut fixes = Vec::new();
    let parsed = read(path, bytes, options, |source, document| {
        extract::extract(source, document);
        fixes = extract::fixes(source);
    });
    (parsed, fixes)
}

/// Reads a document; `extract` is asked for its fields once all that they are read from is known.
fn read(path: &str, bytes: &[u8], options: &ParseOptions, extract: impl FnOnce(&Source<'_>, &mut Document)) -> Parsed {
    let unknown = Extracted::new(Kind::Other, "", Origin::new(OriginKind::Inferred, 0));
    let mut document = Document::empty(path, unknown);
    let decoded = decode::decode(bytes, options.max_bytes);
    document.diagnostics = decoded.diagnostics;
    if decoded.rejected {
        document.outcome = Outcome::Rejected;
        return Parsed { document, text: String::new() };
    }
    let mut text = decoded.text;
    let (split, lines) = split(path, &mut text, &mut document);
    let (pieces, findings) = fences::pieces(&text, split.body_start, &lines);
    document.diagnostics.extend(findings);
    let outline = Outline::new(&text, &pieces, &lines);
    if outline.truncated {
        let message =
            format!("more than {} blocks; the rest is searchable but not read for fields", outline::MAX_BLOCKS);
        document.diagnostics.push(Diagnostic::new("too-many-blocks", Level::Warning, 0, message));
    }
    let labels = labels::collect(&outline, &split, &lines);
    let source = Source {
        path,
        text: &text,
        outline: &outline,
        split: &split,
        labels: &labels,
        roles: labels.iter().fold(vocabulary::RoleSet::NONE, |roles, label| roles.with(label.roles)),
        lines: &lines,
        words: Vocabulary::get(),
        taxonomy: options.taxonomy.as_deref().unwrap_or_else(|| Taxonomy::builtin()),
        severities: &options.conventions.severities,
        order: when::TextOrder::of(&text, file_name(path)).stated(options.conventions.date_order),
    };
    extract(&source, &mut document);
    document.body_start = split.body_start;
    document.front_matter = split.front_matter;
    if document.first_error().is_some() {
        document.outcome = Outcome::Partial;
    }
    document.diagnostics.sort_by_key(|diagnostic| diagnostic.line);
    Parsed { document, text }
}

/// Returns the text of a file as the reader repairs it; empty for what is no text. The text of a [`Parsed`] is the same,
/// except for a YAML record.
#[must_use]
pub fn text_of(bytes: &[u8], options: &ParseOptions) -> String {
    decode::decode(bytes, options.max_bytes).text
}

/// Returns the text of the file at `path` as it is in its [`Parsed`], at a fraction of the cost.
#[must_use]
pub(crate) fn text_at(path: &str, bytes: &[u8], options: &ParseOptions) -> String {
    let text = text_of(bytes, options);
    let rewritten = may_be_record(path).then(|| record::rewritten(&text)).flatten();
    rewritten.unwrap_or(text)
}

/// Returns the front matter of `text`, the document at `path`, and what is wrong with it; its spans are those of `text`.
#[must_use]
pub fn front_matter_of(path: &str, text: &str) -> (Option<FrontMatter>, Vec<Diagnostic>) {
    let mut document = Document::empty(path, Extracted::new(Kind::Other, "", Origin::new(OriginKind::Inferred, 0)));
    let (split, _) = split(path, &mut text.to_owned(), &mut document);
    (split.front_matter, document.diagnostics)
}

/// Reads the time at the beginning of `text` (`17:40 UTC`, `2026-01-10T08:00:11Z`, `Jan 15 12:00:00`) and returns it with
/// the byte where it ends; `year` is that of a date without one.
#[must_use]
pub fn leading_moment(text: &str, year: Option<i32>) -> Option<(Moment, usize)> {
    let order = when::TextOrder::of(text, "");
    let cx =
        when::Context { words: Vocabulary::get().calendar(), order: when::KnownOrder::Of(&order), year, dotted: false };
    let when::Scanned { when, end } = when::scan_start(text, &cx)?;
    let date = when.date.and_then(|date| date.with_year(year)).and_then(PartialDate::known_day);
    let moment = when.moment(date);
    (moment.date.is_some() || moment.time.is_some()).then_some((moment, end))
}

/// Tells whether a folded word stands in any report, and so says nothing of what one is about.
#[must_use]
pub(crate) fn is_filler(word: &str) -> bool {
    Vocabulary::get().is_filler(word)
}

/// Tells whether the front-matter key at the dotted `path` lists root causes, tags or categories.
#[must_use]
pub fn is_tag_key(path: &str) -> bool {
    let name = path.rsplit('.').next().unwrap_or(path);
    let roles = Vocabulary::get().label(&vocabulary::fold(name));
    roles.means(vocabulary::LabelRole::Tags) || roles.means(vocabulary::LabelRole::Category)
}

/// Tells whether a key of the front matter of a log holds for each of its incidents: services, owners, project, compliance.
#[must_use]
pub(crate) fn is_shared_key(name: &str) -> bool {
    /// What teams write beside, and the reader makes nothing of.
    const OTHERS: [&str; 10] = [
        "classification",
        "confidentiality",
        "retention",
        "team",
        "department",
        "environment",
        "organisation",
        "organization",
        "customer",
        "frameworks",
    ];
    let roles = Vocabulary::get().label(&vocabulary::fold(name));
    let shared = [vocabulary::LabelRole::Project, vocabulary::LabelRole::Services, vocabulary::LabelRole::Owners];
    let name = name.to_ascii_lowercase().replace('_', "-");
    shared.iter().any(|role| roles.means(*role)) || OTHERS.contains(&&*name) || extract::states_compliance(&name)
}

/// Tells whether `name` is a label or key that the reader understands, in any of its languages.
#[must_use]
pub(crate) fn is_known_label(name: &str) -> bool {
    !Vocabulary::get().label(&vocabulary::fold(name)).is_empty()
}

/// Tells whether `name` is a label of the status of an incident.
#[must_use]
pub(crate) fn is_status_label(name: &str) -> bool {
    Vocabulary::get().label(&vocabulary::fold(name)).means(vocabulary::LabelRole::Status)
}

/// Reads the value of a status label; `None` for what is no state of an incident.
#[must_use]
pub(crate) fn read_status(value: &str) -> Option<crate::model::StatusState> {
    extract::read_status(value)
}

fn may_be_record(path: &str) -> bool {
    let name = path.to_ascii_lowercase();
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// Splits the front matter off; a YAML record becomes Markdown with the same lines first.
fn split(path: &str, text: &mut String, document: &mut Document) -> (Split, LineIndex) {
    let lines = LineIndex::new(text);
    if let Some(record) = may_be_record(path).then(|| record::read(text, &lines)).flatten() {
        *text = record.markdown;
        document.diagnostics.extend(record.diagnostics);
        let split = Split { front_matter: Some(record.front_matter), body_start: 0, diagnostics: Vec::new() };
        let lines = LineIndex::new(text);
        return (split, lines);
    }
    let mut split = front_matter::split(text, &lines);
    document.diagnostics.append(&mut split.diagnostics);
    (split, lines)
}

#[cfg(test)]
mod tests;
