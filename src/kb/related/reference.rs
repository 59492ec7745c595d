//! Where one document refers to another.

use std::cmp::Reverse;

use crate::model::{Document, ReferenceKey, Section, SectionRole, name_of};

/// What a reference may lead to.
pub(super) struct Target<'a> {
    pub(super) path: &'a str,
    pub(super) id: Option<&'a str>,
}

/// Returns where `from` refers to `to`: in a section of references rather than in passing.
pub(super) fn reference(from: &Document, to: &Target<'_>) -> Option<(Option<String>, u32)> {
    let same = |name: &str, other: &str| name.eq_ignore_ascii_case(other);
    let leads = |key: ReferenceKey| match key {
        ReferenceKey::Path(path) => path == to.path,
        ReferenceKey::Name(name) => to.id.is_some_and(|id| same(id, &name)) || same(name_of(to.path), &name),
    };
    let lines = from.references.iter().filter(|it| it.key(&from.path).is_some_and(leads)).map(|it| it.line);
    let places = lines.map(|line| (section_of(from, line), line));
    let best = places.max_by_key(|(section, line)| {
        let in_list = section.is_some_and(|it| it.role == Some(SectionRole::References));
        (in_list, section.is_some(), Reverse(*line))
    });
    best.map(|(section, line)| (section.filter(|it| it.level > 1).map(|it| it.title.clone()), line))
}

/// Returns the innermost section that holds `line`.
fn section_of(document: &Document, line: u32) -> Option<&Section> {
    document.sections.iter().rev().find(|section| section.line <= line)
}
