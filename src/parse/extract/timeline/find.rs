//! Finding the timeline of a document.

use super::gather::{Gatherer, entries, is_day, is_time};
use super::{Gathered, Piece, days, front_matter, unnamed, untimed};
use crate::parse::extract::Source;
use crate::parse::labels::Zone;
use crate::parse::outline::{BlockKind, Outline, Section, SectionSource};
use crate::parse::vocabulary::{HeadingRole, LabelRole, Vocabulary, without_number};
use crate::parse::when::{self, ZoneReading};

/// Finds the timeline: every section that is called one; where none has entries, the longest list or table that looks
/// like one.
pub(crate) fn gather(source: &Source<'_>) -> Gathered {
    let outline = source.outline;
    let mut gathered = Gathered::default();
    let days = days::stated(source);
    let (mut done, mut by_days) = (0, false);
    for section in &outline.sections {
        let follows = done > 0 && section.blocks.start == done;
        // `## 22 July` below a `## Timeline` that holds nothing.
        by_days = follows && (by_days || entries(&gathered.pieces) == 0) && is_day(source, section);
        // `## 13:20` below `### 13:10`: a heading that got the wrong level.
        let goes_on = by_days || follows && is_time(source, section);
        let is_named = section.own.has(HeadingRole::Timeline) && section.blocks.start >= done;
        if !(goes_on || is_named && !is_report(outline, section)) {
            continue;
        }
        let pieces = Gatherer::new(source).section(section);
        if section.source == SectionSource::Item {
            gathered.key_events.extend(pieces);
        } else {
            done = section.blocks.end;
            gathered.pieces.extend((!goes_on).then_some(Piece::Begin));
            gathered.pieces.extend(days::of_section(source, &days, section).map(Piece::Date));
            gathered.pieces.extend(pieces);
        }
    }
    if entries(&gathered.pieces) == 0 {
        gathered.pieces = front_matter::gather(source);
    }
    if gathered.pieces.is_empty() {
        let best = unnamed::longest(source);
        gathered.pieces =
            if entries(&best) > entries(&gathered.key_events) { best } else { gathered.key_events.clone() };
        if entries(&gathered.pieces) == 0 {
            gathered.pieces = untimed::gather(source);
        }
    }
    untimed::unclock_steps(&mut gathered.pieces);
    if !gathered.pieces.iter().any(|piece| matches!(piece, Piece::Zone(_))) {
        let needs_one = |piece: &Piece| match piece {
            Piece::Entry(found) => found.when.time.is_some() && found.when.zone_name.is_none(),
            _ => false,
        };
        let fields = || if gathered.pieces.iter().any(needs_one) { zone_of_fields(source) } else { None };
        let zone = zone_of_document(source).or_else(fields);
        gathered.pieces.splice(0..0, zone.map(Piece::Zone));
    }
    gathered.has_dates = gathered.pieces.iter().any(|piece| match piece {
        Piece::Date(_) => true,
        Piece::Entry(found) => found.when.date.is_some(),
        _ => false,
    });
    gathered
}

/// Whether a title names the file (`# Incident log`) and headings below it are those of a report.
fn is_report(outline: &Outline, title: &Section) -> bool {
    let headings = || outline.sections.iter().filter(|it| it.source == SectionSource::Heading);
    let named = |it: &Section, role| Vocabulary::get().headings.whole(without_number(&it.folded)).any(|of| of == role);
    let tells = |it: &Section| it.own.has(HeadingRole::RootCause) || named(it, HeadingRole::Resolution);
    title.level == 1
        && headings().filter(|it| it.level == 1).nth(1).is_none()
        && headings().any(|it| it.level > 1 && tells(it))
}

/// Returns the zone that a short line near the top declares for the whole document.
fn zone_of_document(source: &Source<'_>) -> Option<ZoneReading> {
    let outline = source.outline;
    let opening = outline.blocks.iter().take(8).filter(|block| block.kind == BlockKind::Paragraph);
    let mut short = opening.map(|block| outline.text(block)).filter(|text| text.len() < 100 && !text.contains(':'));
    short.find_map(when::find_zone)
}

/// Returns the zone of the times that fields state, where they name one.
fn zone_of_fields(source: &Source<'_>) -> Option<ZoneReading> {
    const TIMES: [LabelRole; 4] = [LabelRole::Started, LabelRole::Detected, LabelRole::Mitigated, LabelRole::Resolved];
    let cx = source.when(None);
    let labels = TIMES.into_iter().flat_map(|role| source.labelled(role)).filter(|it| it.zone != Zone::FrontMatter);
    let mut zones = labels.filter(|it| when::scan_start(it.value, &cx).is_some_and(|it| it.when.time.is_some()));
    let first = zones.find_map(|it| when::find_zone(it.value))?;
    zones.all(|it| when::find_zone(it.value).is_none_or(|zone| zone == first)).then_some(first)
}
