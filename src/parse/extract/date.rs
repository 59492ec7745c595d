//! The day the incident began.
//!
//! Labelled field, then front matter, then a start time, then the title, then the earliest timeline entry, the file's
//! name, and last the first date of the opening text. `created`, `updated` and the like are dates of the document and
//! never the incident's.

use chrono::{Datelike, NaiveDate};

use super::timeline::Gathered;
use super::{Source, inferred, other_date, report_day};
use crate::diag::{Diagnostic, Level};
use crate::model::{Document, Extracted, Origin, OriginKind, PartialDate};
use crate::parse::labels::{Labelled, Zone};
use crate::parse::outline::{Block, BlockKind, SectionSource};
use crate::parse::vocabulary::{HeadingRole, LabelRole};
use crate::parse::when;

pub(super) type Reading = Extracted<PartialDate>;

/// So much may stand before a month that a text begins with (`At the end of`).
const LEAD_BYTES: usize = 24;

/// A blog post is written at most so many days after what it tells.
pub(super) const POST_DAYS: i64 = 60;

/// Returns the date as far as it is known without the timeline: what times of the timeline without a date inherit.
pub(super) fn stated(source: &Source<'_>, document: &Document) -> Option<Reading> {
    from_labels(source, document).or_else(|| from_title(source, document)).or_else(|| from_heading(source))
}

/// Returns the date that a span or the opening text names, where neither a field nor the file's name does.
pub(super) fn told(source: &Source<'_>) -> Option<Reading> {
    let named = || when::date_in_name(source.file_stem());
    from_detected(source)
        .or_else(|| from_span(source))
        .or_else(|| from_opening(source))
        .or_else(|| if named().is_none() { from_prose(source) } else { None })
}

/// Returns the date, with the timeline read.
pub(super) fn extract(
    source: &Source<'_>,
    document: &mut Document,
    stated: Option<Reading>,
    gathered: &Gathered,
) -> Option<Reading> {
    let timeline = earliest_entry(document);
    if let Some(stated) = stated {
        let first = timeline.as_ref().filter(|_| gathered.has_dates);
        if let Some(first) = first.filter(|first| report_day::is_of_report(source, document, &stated, first)) {
            report_day::report(document, &stated, first);
            return timeline;
        }
        report_distance(document, &stated, timeline.as_ref());
        // `October 2025` in a title is made exact by a timeline of that month.
        if stated.value.known_day().is_none()
            && let Some(exact) = timeline.filter(|it| same_month(it.value.first_day(), stated.value.first_day()))
        {
            return Some(exact);
        }
        // So it is by the day that the opening text names.
        if stated.value.known_day().is_none()
            && let Some(exact) =
                from_prose(source).filter(|it| same_month(it.value.first_day(), stated.value.first_day()))
        {
            return Some(exact);
        }
        return Some(stated);
    }
    if is_form(source) {
        return None;
    }
    let document = &*document;
    timeline
        .filter(|_| gathered.has_dates)
        .or_else(|| from_detected(source))
        .or_else(|| from_span(source))
        .or_else(|| from_opening(source))
        .or_else(|| from_post(source))
        .or_else(|| from_names(source, document))
        .or_else(|| from_prose(source))
        .or_else(|| {
            source
                .labelled(LabelRole::DateWeak)
                .find_map(|label| read_value(source, label.value, inferred(label.origin.line)))
        })
        .or_else(|| from_resolution_label(source))
        .or_else(|| from_log(source))
        .or_else(|| from_short_name(source))
        .or_else(|| from_month(source))
        .or_else(|| {
            source
                .labelled_in(LabelRole::Date, &[Zone::FrontMatter])
                .find_map(|label| read_value(source, label.value, label.origin))
        })
}

/// Whether a field at the top asks for the day and nobody filled it in (`Date: yyyy-mm-dd`): the days below are examples.
fn is_form(source: &Source<'_>) -> bool {
    source.labelled_in(LabelRole::Date, &[Zone::Header]).any(|label| when::is_placeholder(label.value))
}

/// Whether the front matter has one of `keys`.
fn has_any(source: &Source<'_>, keys: &[&str]) -> bool {
    let mut entries = source.split.front_matter.iter().flat_map(|it| &it.entries);
    entries.any(|entry| keys.contains(&entry.path.as_str()))
}

/// Whether the front matter is a blog post's, whose `date` is the day of the post: the last thing to go by. That of an issue
/// of a status page is when it began.
fn is_blog_post(source: &Source<'_>) -> bool {
    has_any(source, &["layout", "template", "permalink", "slug"])
        || has_any(source, &["draft"]) && !has_any(source, &["resolved", "resolved_on", "resolvedWhen", "affected"])
        || has_any(source, &["categories", "cover", "excerpt"]) && !is_record(source)
}

/// Whether the front matter is a record of the incident, whose `date` is the incident's: it states more of it than a day.
pub(super) fn is_record(source: &Source<'_>) -> bool {
    has_any(source, &["id", "kind", "incident", "severity", "status", "created"])
}

/// Whether the `date` of the front matter is the day of writing: of a post, or soon behind the day that the title names. In
/// a record the title may name the day of another incident (`Repeat of the outage of 6 May`).
fn is_of_writing(source: &Source<'_>, document: &Document, date: &Reading) -> bool {
    let titled = || from_title(source, document).and_then(|it| it.value.known_day());
    let soon = |(day, titled): (NaiveDate, NaiveDate)| (1..=POST_DAYS).contains(&(day - titled).num_days());
    is_blog_post(source) || (!is_record(source) && date.value.known_day().zip(titled()).is_some_and(soon))
}

fn same_month(a: NaiveDate, b: NaiveDate) -> bool {
    (a.year(), a.month()) == (b.year(), b.month())
}

fn from_labels(source: &Source<'_>, document: &Document) -> Option<Reading> {
    let read = |label: &Labelled<'_>| read_value(source, label.value, label.origin);
    let all = |role: LabelRole, front_matter: bool| {
        source.labelled(role).filter(move |label| (label.zone == Zone::FrontMatter) == front_matter).find_map(read)
    };
    let header = |role: LabelRole| source.labelled_in(role, &[Zone::Header]).find_map(read);
    // `Incident: 27 August 2026, 19:18 → …`
    let incident = || {
        let begins = |label: &&Labelled<'_>| when::scan_start(label.value, &source.when(None)).is_some();
        source.labelled_in(LabelRole::Incident, &[Zone::Header]).filter(begins).find_map(read)
    };
    // A start says more than a `date` beside it, which may be the day of the report.
    let begun = || {
        let date = all(LabelRole::Date, true)?;
        all(LabelRole::Started, true).filter(|start| start.value.first_day() < date.value.first_day())
    };
    let exact = |reading: Reading| {
        // A day at the foot is the day of signing.
        let of_incident = |label: &&Labelled<'_>| !matches!(label.zone, Zone::FrontMatter | Zone::Footer);
        let days = || source.labelled(LabelRole::Date).filter(of_incident).filter_map(read);
        let same = |other: &Reading| {
            other.value.known_day().is_some() && same_month(other.value.first_day(), reading.value.first_day())
        };
        if reading.value.known_day().is_some() { reading } else { days().find(same).unwrap_or(reading) }
    };
    all(LabelRole::Date, false)
        .map(exact)
        .or_else(begun)
        .or_else(|| all(LabelRole::Date, true).filter(|date| !is_of_writing(source, document, date)))
        .or_else(|| header(LabelRole::Started))
        .or_else(|| all(LabelRole::Started, true))
        .or_else(incident)
        .or_else(|| header(LabelRole::DateWeak))
        .or_else(|| header(LabelRole::Detected))
}

/// When it was noticed, in a table of facts wherever that stands.
fn from_detected(source: &Source<'_>) -> Option<Reading> {
    let mut labels = source.labelled(LabelRole::Detected).filter(|label| label.origin.kind == OriginKind::Table);
    labels.find_map(|label| read_value(source, label.value, label.origin))
}

/// Reads the first date of a value; a range (`January 14-19, 2026`) gives its beginning.
fn read_value(source: &Source<'_>, value: &str, origin: Origin) -> Option<Reading> {
    let cx = source.when(None);
    let at_start = when::scan_start(value, &cx).and_then(|scanned| scanned.when.date);
    let date = at_start
        .filter(|date| date.year.is_some())
        .or_else(|| when::find_date(value, &cx).map(|(date, _)| date))?
        .with_year(None)?;
    Some(Extracted::new(date, value, origin))
}

fn from_title(source: &Source<'_>, document: &Document) -> Option<Reading> {
    let h1 = source.outline.sections.iter().find(|it| it.source == SectionSource::Heading && it.level == 1);
    let h1 =
        h1.map(|it| (source.outline.plain[it.title.clone()].to_owned(), Origin::new(OriginKind::Heading, it.line)));
    let title = document.title.as_ref().map(|it| (it.value.clone(), it.origin));
    h1.into_iter().chain(title).find_map(|(text, origin)| {
        let (date, range) = when::find_date(&text, &source.when(None))?;
        // `We had a leak (updated 2024-05-06)`
        let label = text[..range.start].rsplit(['(', ',', '–', '—', '[']).next().unwrap_or_default();
        let of_text = source.words.label_of(label).means(LabelRole::DocumentDate);
        Some(Extracted::new(date.with_year(None)?, &text[range], origin)).filter(|_| !of_text)
    })
}

/// A heading that is a date, outside of timelines.
fn from_heading(source: &Source<'_>) -> Option<Reading> {
    let headings = source.outline.sections.iter().filter(|it| it.source == SectionSource::Heading && it.level > 1);
    headings.filter(|it| !it.roles.has(HeadingRole::Timeline)).take(3).find_map(|section| {
        let text = &source.outline.plain[section.title.clone()];
        let cx = source.when(None);
        // `Incident of 2026-05-08` says which day too.
        let (date, range) = match when::scan_start(text, &cx) {
            Some(scanned) => (scanned.when.date?, 0..scanned.end),
            // So does `What happened (2026-05-08)`.
            None => when::find_date(text, &cx).filter(|_| {
                section.own.has(HeadingRole::Summary) || source.words.kinds.first(&section.folded).is_some()
            })?,
        };
        let date = date.with_year(None).filter(|date| date.known_day().is_some())?;
        Some(Extracted::new(date, &text[range], Origin::new(OriginKind::Heading, section.line)))
    })
}

/// The first heading of a log that is nothing but a day.
fn from_log(source: &Source<'_>) -> Option<Reading> {
    let headings = source.outline.sections.iter().filter(|it| it.source == SectionSource::Heading && it.level == 2);
    headings.into_iter().find_map(|section| {
        let text = source.outline.plain[section.title.clone()].trim();
        let scanned = when::scan_start(text, &source.when(None)).filter(|it| it.end == text.len())?;
        let date = scanned.when.date?.with_year(None).filter(|date| date.known_day().is_some())?;
        Some(Extracted::new(date, text, Origin::new(OriginKind::Heading, section.line)))
    })
}

fn earliest_entry(document: &Document) -> Option<Reading> {
    let dated = document.timeline.iter().filter_map(|entry| Some((entry.at?.date?, entry)));
    let mut days: Vec<NaiveDate> = dated.clone().map(|(date, _)| date).collect();
    days.sort_unstable();
    let before = |year: i32| days.partition_point(|day| day.year() < year);
    // Out-of-order entries with a typing error in the year must not win: the most common year decides.
    let common = |year: i32| before(year + 1) - before(year);
    // What goes on over New Year has its neighbours close by; a mistyped year is a year away.
    let near = |date: NaiveDate| {
        let neighbours = [before(date.year()).checked_sub(1), Some(before(date.year() + 1))];
        let beside = neighbours.into_iter().flatten().filter_map(|at| days.get(at));
        beside.into_iter().any(|other| (*other - date).num_days().abs() < 300)
    };
    let likely = |date: &NaiveDate| common(date.year()) > 1 || days.len() < 4 || near(*date);
    let (date, entry) = dated.clone().filter(|(date, _)| likely(date)).min_by_key(|(date, _)| *date)?;
    Some(Extracted::new(PartialDate::day(date), entry.raw.clone(), Origin::new(OriginKind::Timeline, entry.line)))
}

fn from_names(source: &Source<'_>, document: &Document) -> Option<Reading> {
    let name = |name: &str, origin: Origin| {
        let date = when::date_in_name(name)?.with_year(None)?;
        Some(Extracted::new(date, name, origin))
    };
    let file = || name(source.file_stem(), Origin::new(OriginKind::FileName, 0));
    let id = || document.id.as_ref().and_then(|id| name(&id.value, id.origin));
    let folder = || {
        let folder = source.path.rsplit_once('/')?.0.rsplit('/').next()?;
        name(folder, Origin::new(OriginKind::FileName, 0)).filter(|date| date.value.known_day().is_some())
    };
    file().or_else(id).or_else(folder)
}

fn from_short_name(source: &Source<'_>) -> Option<Reading> {
    let stem = source.file_stem();
    let date = when::short_date_in_name(stem)?.with_year(None)?;
    Some(Extracted::new(date, stem, Origin::new(OriginKind::FileName, 0)))
}

/// `On 3 May 2024 …`: the text begins with the day, and the file is named after one a little later.
fn from_opening(source: &Source<'_>) -> Option<Reading> {
    let outline = source.outline;
    let named = when::date_in_name(source.file_stem())?.with_year(None)?.known_day()?;
    let first = outline.blocks.iter().find(|block| block.kind != BlockKind::Heading(1))?;
    let text = outline.text(first);
    let scanned = when::scan_start(text, &source.when(None)).filter(|_| first.kind == BlockKind::Paragraph)?;
    let date = scanned.when.date?.with_year(None)?;
    let before = (named - date.known_day()?).num_days();
    (1..=31).contains(&before).then(|| Extracted::new(date, &text[..scanned.end], inferred(first.line)))
}

/// A blog post tells of a day not long before its own, and need not say of which year.
fn from_post(source: &Source<'_>) -> Option<Reading> {
    if !is_blog_post(source) {
        return None;
    }
    let stated = || {
        let mut labels = source.labelled_in(LabelRole::Date, &[Zone::FrontMatter]);
        labels.find_map(|label| read_value(source, label.value, label.origin))
    };
    let named = when::date_in_name(source.file_stem()).and_then(|it| it.with_year(None));
    let posted = named.or_else(|| stated().map(|it| it.value))?.known_day()?;
    opening(source).take(8).find_map(|block| {
        let text = source.outline.text(block);
        let (date, range) = other_date::find_own(source, block)?;
        let days = [posted.year(), posted.year() - 1].map(|year| date.with_year(Some(year)));
        let near =
            |it: &PartialDate| it.known_day().is_some_and(|day| (0..=POST_DAYS).contains(&(posted - day).num_days()));
        let day = days.into_iter().flatten().find(near)?;
        Some(Extracted::new(day, &text[range], inferred(block.line)))
    })
}

/// The paragraphs of the opening text and the summary.
fn opening<'a>(source: &'a Source<'_>) -> impl Iterator<Item = &'a Block> {
    let outline = source.outline;
    let opening = [HeadingRole::Summary, HeadingRole::Impact, HeadingRole::Timeline];
    outline.blocks.iter().filter(move |block| {
        let section = outline.section_of(block);
        block.kind == BlockKind::Paragraph
            && block.parent.is_none()
            && (section.roles.is_empty() && section.blocks.start < 12
                || opening.iter().any(|it| section.roles.has(*it)))
    })
}

/// The first full date of the opening text or the summary.
fn from_prose(source: &Source<'_>) -> Option<Reading> {
    let outline = source.outline;
    opening(source).take(8).find_map(|block| {
        let (date, range) = other_date::find_own(source, block)?;
        let date = date.with_year(None).filter(|date| date.known_day().is_some())?;
        Some(Extracted::new(date, &outline.text(block)[range], inferred(block.line)))
    })
}

/// `In April 2026 …`: where no day is named at all, the month that the text begins with.
fn from_month(source: &Source<'_>) -> Option<Reading> {
    let block = opening(source).next()?;
    let (date, range) = other_date::find_own(source, block).filter(|(_, range)| range.start <= LEAD_BYTES)?;
    let month = date.with_year(None).filter(|month| month.known_day().is_none())?;
    Some(Extracted::new(month, &source.outline.text(block)[range], inferred(block.line)))
}

/// `Duration: 12 August 2024, 14:30 - 15:45` or a start below the header.
fn from_span(source: &Source<'_>) -> Option<Reading> {
    let labels = source.labelled(LabelRole::Started).chain(source.labelled(LabelRole::DurationTotal));
    labels.filter(|label| label.zone != Zone::FrontMatter).find_map(|label| {
        let (date, _) = when::find_date(label.value, &source.when(None))?;
        let date = date.with_year(None).filter(|date| date.known_day().is_some())?;
        Some(Extracted::new(date, label.value, label.origin))
    })
}

fn from_resolution_label(source: &Source<'_>) -> Option<Reading> {
    source
        .labelled_in(LabelRole::Resolved, &[Zone::FrontMatter, Zone::Header, Zone::Footer])
        .find_map(|label| read_value(source, label.value, inferred(label.origin.line)))
}

/// A stated date that is far from the timeline is a finding.
fn report_distance(document: &mut Document, stated: &Reading, timeline: Option<&Reading>) {
    let (Some(day), Some(first)) = (stated.value.known_day(), timeline.and_then(|it| it.value.known_day())) else {
        return;
    };
    if (day - first).num_days().abs() > 31 {
        let line = timeline.map_or(0, |it| it.origin.line);
        let message = format!("the timeline begins on {first}, but the incident is dated {day}");
        document.diagnostics.push(Diagnostic::new("date-contradiction", Level::Note, line, message));
    }
}
