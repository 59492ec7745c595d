//! The kind of a document: stated, or by the words of its title and file name, or by what it holds.

use super::Source;
use crate::model::{Document, Extracted, Kind, Origin, OriginKind};
use crate::parse::labels::Zone;
use crate::parse::vocabulary::{HeadingRole, LabelRole, fold};

pub(super) fn extract(source: &Source<'_>, document: &Document) -> Extracted<Kind> {
    stated(source).or_else(|| from_words(source, document)).unwrap_or_else(|| from_content(source, document))
}

fn stated(source: &Source<'_>) -> Option<Extracted<Kind>> {
    let mut labels = source.labelled_in(LabelRole::Kind, &[Zone::FrontMatter, Zone::Header]);
    let labelled = labels.find_map(|label| {
        let folded = fold(label.value);
        let exact = Kind::from_name(&folded.replace(' ', "-"));
        let kind = exact.or_else(|| source.words.kinds.first(&folded).map(|(kind, _, _)| kind))?;
        Some(Extracted::new(kind, label.value, label.origin))
    });
    labelled.or_else(|| from_type(source))
}

/// `type: incident` of the front matter. Most people name the sort of a fault there (`type: database outage`), so that only a
/// value counts that is a kind as a whole.
fn from_type(source: &Source<'_>) -> Option<Extracted<Kind>> {
    let mut entries = source.split.front_matter.iter().flat_map(|it| &it.entries);
    let entry = entries.find(|entry| entry.is_at("type"))?;
    let folded = fold(&entry.value);
    let kind = Kind::from_name(&folded.replace(' ', "-")).or_else(|| source.words.kinds.whole(&folded).next())?;
    Some(Extracted::new(kind, entry.value.clone(), Origin::new(OriginKind::FrontMatter, entry.line)))
}

/// Words of the file's name and the title. A page about incidents in general (`template`, `README`, `guidelines`) is no
/// incident, unless it has a date or a state of its own.
fn from_words(source: &Source<'_>, document: &Document) -> Option<Extracted<Kind>> {
    let title = document.title.as_ref().map(|title| title.value.as_str()).unwrap_or_default();
    let found = |text: &str, origin: Origin| -> Vec<Extracted<Kind>> {
        if !source.words.kinds.may_be_in(text) {
            return Vec::new();
        }
        let folded = fold(text);
        source
            .words
            .kinds
            .all(&folded)
            .map(|(kind, start, end)| Extracted::new(kind, &folded[start..end], origin))
            .collect()
    };
    let title_origin = document.title.as_ref().map_or(Origin::new(OriginKind::Inferred, 0), |title| title.origin);
    let stem = source.file_stem();
    let mut all = found(stem, Origin::new(OriginKind::FileName, 0));
    let other = |it: &Extracted<Kind>| it.value == Kind::Other;
    let specific = document.severity.is_some() || document.status.is_some() || !document.timeline.is_empty();
    // In many repositories the README is the only document of its folder: its title says what it is.
    let is_readme = stem.eq_ignore_ascii_case("readme");
    // A cause is a heading of templates too; a day is not.
    let told = document.has_root_cause && document.date.is_some();
    let is_page = all.iter().any(other) && !(specific && (document.date.is_some() || is_readme)) && !told;
    all.extend(found(title, title_origin));
    if is_page || (all.iter().any(other) && !specific && document.date.is_none()) {
        return all.into_iter().find(other);
    }
    [Kind::Drill, Kind::NearMiss, Kind::FixPlan, Kind::Rca, Kind::Resolution, Kind::Incident]
        .into_iter()
        .find_map(|kind| all.iter().find(|it| it.value == kind).cloned())
}

/// Without such words: an incident has a severity, a status, a timeline, a cause, an impact or a resolution.
fn from_content(source: &Source<'_>, document: &Document) -> Extracted<Kind> {
    let has = |role: HeadingRole| source.outline.sections.iter().any(|section| section.own.has(role));
    let signs = [
        document.severity.is_some(),
        document.status.is_some(),
        !document.timeline.is_empty(),
        document.has_root_cause,
        has(HeadingRole::Impact) || has(HeadingRole::Affected),
        has(HeadingRole::Resolution),
        has(HeadingRole::Lessons),
        document.date.as_ref().is_some_and(|date| date.origin.kind != OriginKind::Inferred),
        (document.has_root_cause || has(HeadingRole::Summary)) && !document.action_items.is_empty(),
    ];
    let count = signs.iter().filter(|sign| **sign).count();
    let tasks = document.checkboxes.total >= 12 && document.timeline.is_empty() && !has(HeadingRole::Impact);
    let kind = match count {
        _ if tasks => Kind::FixPlan,
        2.. => Kind::Incident,
        _ => Kind::Other,
    };
    Extracted::new(kind, "", Origin::new(OriginKind::Inferred, 0))
}
