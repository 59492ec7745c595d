//! The days of a document of several incidents: times of day are of the day that their own section states.

use rustc_hash::FxHashMap;

use crate::parse::extract::Source;
use crate::parse::labels::{Labelled, Zone};
use crate::parse::outline::Section;
use crate::parse::vocabulary::LabelRole;
use crate::parse::when::{self, DateReading};

/// Returns the days that sections state, with the section of each; nothing where they all state the same.
pub(super) fn stated(source: &Source<'_>) -> FxHashMap<u32, DateReading> {
    let days = labelled(source);
    let several = days.values().any(|day| Some(day) != days.values().next());
    if several { days } else { FxHashMap::default() }
}

/// Returns the day of each section that has a label for it.
pub(in crate::parse::extract) fn labelled(source: &Source<'_>) -> FxHashMap<u32, DateReading> {
    let read = |label: &Labelled<'_>| {
        let cx = source.when(None);
        let (date, _) = when::find_date(label.value, &cx)?;
        (date.day.is_some() && date.year.is_some()).then_some((label.section, date))
    };
    let labels = source.labelled(LabelRole::Date).filter(|label| label.zone != Zone::FrontMatter);
    let mut days = FxHashMap::default();
    for (section, day) in labels.filter_map(read) {
        days.entry(section).or_insert(day);
    }
    days
}

/// Returns the day of the innermost section around `section` that states one.
pub(super) fn of_section(
    source: &Source<'_>,
    days: &FxHashMap<u32, DateReading>,
    section: &Section,
) -> Option<DateReading> {
    let outline = source.outline;
    let mut at = Some(outline.blocks.get(section.blocks.start)?.section).filter(|_| !days.is_empty());
    while let Some(index) = at {
        if let Some(day) = days.get(&index).filter(|_| index > 0) {
            return Some(*day);
        }
        at = outline.sections[index as usize].parent;
    }
    None
}
