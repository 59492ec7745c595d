//! Which sections of a document tell a story of their own: a document may tell of several incidents.

use rustc_hash::FxHashMap;

use super::Source;
use crate::parse::labels::Zone;
use crate::parse::outline::{Section, SectionSource};
use crate::parse::vocabulary::{HeadingRole, LabelRole, RoleSet};

/// What is known of each section, worked out once: a document may have very many.
pub(super) struct Stories {
    /// It is one of several of the same kind.
    is_one: Vec<bool>,
    /// A cause or a fix is told within it.
    pub(super) tells: Vec<bool>,
    /// A cause is told within it.
    pub(super) tells_cause: Vec<bool>,
    has_one_title: bool,
}

/// The headings that stand beside one another.
#[derive(Default)]
struct Siblings {
    /// How many have the same shape, and how many of these are no part of a report.
    shapes: FxHashMap<String, (usize, usize)>,
    /// How many are no part of a report and tell a cause or a fix.
    telling: usize,
}

impl Stories {
    pub(super) fn of(source: &Source<'_>) -> Self {
        let sections = source.outline.sections.as_slice();
        let cause = RoleSet::heading(HeadingRole::RootCause);
        let either = cause.with(RoleSet::heading(HeadingRole::Resolution));
        let mut stories = Self {
            is_one: vec![false; sections.len()],
            tells: within(source, either, &[LabelRole::RootCause, LabelRole::Resolution]),
            tells_cause: within(source, cause, &[LabelRole::RootCause]),
            has_one_title: sections.iter().filter(|it| it.level == 1).count() == 1,
        };
        let mut all: FxHashMap<(Option<u32>, u8), Siblings> = FxHashMap::default();
        let headings = || sections.iter().enumerate().filter(|(_, it)| it.source == SectionSource::Heading);
        for (at, section) in headings() {
            let siblings = all.entry((section.parent, section.level)).or_default();
            let alike = siblings.shapes.entry(shape(&section.folded)).or_default();
            alike.0 += 1;
            alike.1 += usize::from(is_free(section));
            siblings.telling += usize::from(is_free(section) && stories.tells[at]);
        }
        for (at, section) in headings().filter(|(_, it)| !stories.has_one_title || it.level != 1) {
            let Some(siblings) = all.get(&(section.parent, section.level)) else { continue };
            let shape = shape(&section.folded);
            let (alike, free) = siblings.shapes.get(&shape).copied().unwrap_or_default();
            let is_numbered = shape.contains('#') && shape.len() > 1;
            stories.is_one[at] =
                is_numbered && alike > 1 || is_free(section) && (free > 1 || stories.tells[at] && siblings.telling > 1);
        }
        stories
    }

    /// The only heading of the first level names the document.
    pub(super) fn is_title(&self, section: &Section) -> bool {
        section.level == 1 && self.has_one_title
    }

    /// Tells whether a section is one of several of the same kind, each with a story of its own: `Incident 2: …` beside
    /// `Incident 1: …`, or a heading that is no part of a report beside another, each with a cause or a fix.
    pub(super) fn is_one(&self, at: usize) -> bool {
        self.is_one[at]
    }
}

/// Tells of each section whether headings or labels of one of these roles stand within it.
fn within(source: &Source<'_>, roles: RoleSet, labels: &[LabelRole]) -> Vec<bool> {
    let sections = &source.outline.sections;
    let mut tells = vec![false; sections.len()];
    let mut mark = |from: Option<u32>| {
        let mut at = from.map(|it| it as usize);
        // What stands around one that was marked before is marked.
        while let Some(section) = at.filter(|section| !tells[*section]) {
            tells[section] = true;
            at = sections[section].parent.map(|it| it as usize);
        }
    };
    sections.iter().filter(|it| it.own.meets(roles)).for_each(|it| mark(it.parent));
    let named = source.labels.iter().filter(|it| it.zone != Zone::FrontMatter);
    named.filter(|it| labels.iter().any(|role| it.means(*role))).for_each(|it| mark(Some(it.section)));
    tells
}

/// A heading that is no part of a report.
pub(super) fn is_free(section: &Section) -> bool {
    section.own.without(HeadingRole::Summary).is_empty()
}

/// Returns the first word of a heading and whether it is numbered: `incident #` for `Incident 2: ledger lost`.
fn shape(folded: &str) -> String {
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit()) || word.len() == 1;
    let mut words = folded.split(' ').map(|word| if is_number(word) { "#" } else { word });
    match (words.next(), words.next()) {
        (Some("#"), _) => "#".to_owned(),
        (Some(word), Some("#")) => format!("{word} #"),
        _ => format!("{folded}."),
    }
}
