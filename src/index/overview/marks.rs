//! Durations, the next review, and what joins documents to one incident, packed into numbers of one column.

use crate::index::text::fold;
use crate::model::{Document, DurationKind, ReferenceKey, folder_of};

/// A duration of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Minutes {
    pub(crate) minutes: u32,
    /// A person wrote it; otherwise the timeline gives it.
    pub(crate) stated: bool,
}

/// What a document has in common with another of the same incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JoinKind {
    /// It carries this id.
    Id,
    /// It says that it belongs to the incident with this id.
    Incident,
    /// It is this file.
    Here,
    /// It links to this file of its own folder.
    Link,
}

/// One such thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Join {
    pub(crate) kind: JoinKind,
    /// Equal where the id or the file is the same.
    pub(crate) key: u64,
}

/// One number of the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Join(Join),
    /// Position among the kinds of duration.
    Duration(usize, Minutes),
    /// Day since 1970, and whether it was worked out.
    Review(i32, bool),
}

const KINDS: [DurationKind; 4] =
    [DurationKind::Detect, DurationKind::Mitigate, DurationKind::Resolve, DurationKind::Total];
const JOINS: [JoinKind; 4] = [JoinKind::Id, JoinKind::Incident, JoinKind::Here, JoinKind::Link];
/// What the lowest three bits say where it is no join.
const DURATION: u64 = 4;
const REVIEW: u64 = 5;

/// Returns the position of `kind` among the durations of a row.
pub(crate) fn position(kind: DurationKind) -> usize {
    KINDS.iter().position(|it| *it == kind).unwrap_or(0)
}

/// Returns everything that the column holds of a document.
pub(crate) fn marks(document: &Document) -> Vec<u64> {
    let mut marks = joins(document);
    marks.extend(durations(document));
    marks.extend(document.review_due().map(|(day, inferred)| {
        // Days before 1970 are no days of a coming review.
        let day = u64::try_from(day.to_epoch_days()).unwrap_or(0);
        (day << 1 | u64::from(inferred)) << 3 | REVIEW
    }));
    marks
}

/// Returns what joins a document to others.
pub(crate) fn joins_of(document: &Document) -> impl Iterator<Item = Join> {
    joins(document).into_iter().filter_map(join)
}

/// Returns what a number of the column stands for where it joins the document to others.
pub(crate) fn join(packed: u64) -> Option<Join> {
    match unpack(packed)? {
        Mark::Join(join) => Some(join),
        Mark::Duration(..) | Mark::Review(..) => None,
    }
}

/// Returns what a number of the column stands for.
pub(super) fn unpack(packed: u64) -> Option<Mark> {
    let rest = packed >> 3;
    match packed & 7 {
        DURATION => {
            let minutes = Minutes { minutes: u32::try_from(rest >> 3).ok()?, stated: rest & 1 == 1 };
            Some(Mark::Duration(usize::try_from(rest >> 1 & 3).ok()?, minutes))
        }
        REVIEW => Some(Mark::Review(i32::try_from(rest >> 1).ok()?, rest & 1 == 1)),
        code => Some(Mark::Join(Join { kind: *JOINS.get(usize::try_from(code).ok()?)?, key: rest })),
    }
}

/// Returns one duration of each kind that the document has: the stated one before the computed one.
fn durations(document: &Document) -> impl Iterator<Item = u64> {
    let durations = &document.durations;
    KINDS.into_iter().filter_map(|kind| {
        let stated = durations.stated.iter().filter(|it| it.kind == kind).find_map(|it| it.minutes);
        let computed = durations.computed.iter().find(|it| it.kind == kind).map(|it| it.minutes);
        let (minutes, stated) = stated.map(|it| (it, true)).or(computed.map(|it| (it, false)))?;
        let minutes = u64::from(u32::try_from(minutes).ok()?);
        Some((minutes << 3 | (position(kind) as u64) << 1 | u64::from(stated)) << 3 | DURATION)
    })
}

fn joins(document: &Document) -> Vec<u64> {
    let id = document.id.iter().map(|id| pack(JoinKind::Id, &fold(id.value.trim())));
    let incident = document.incident.iter().map(|id| pack(JoinKind::Incident, &fold(id.value.trim())));
    let keys = document.references.iter().filter_map(|it| it.key(&document.path));
    let links: Vec<String> = keys
        .filter_map(|key| if let ReferenceKey::Path(path) = key { Some(path) } else { None })
        .filter(|path| folder_of(path) == folder_of(&document.path) && *path != document.path)
        .collect();
    let links = links.iter().map(|path| pack(JoinKind::Link, path));
    let mut joins: Vec<u64> =
        id.chain(incident).chain(std::iter::once(pack(JoinKind::Here, &document.path))).chain(links).collect();
    joins.sort_unstable();
    joins.dedup();
    joins
}

/// Returns the key of joins by this id.
pub(crate) fn id_key(id: &str) -> u64 {
    pack(JoinKind::Id, &fold(id.trim())) >> 3
}

/// Returns the key of the file at this path.
pub(crate) fn path_key(path: &str) -> u64 {
    pack(JoinKind::Here, path) >> 3
}

/// Ids and paths are kept apart in the lowest bit of the key.
fn pack(kind: JoinKind, text: &str) -> u64 {
    let code = JOINS.iter().position(|it| *it == kind).unwrap_or(0) as u64;
    (hash(text) << 1 | u64::from(code >= 2)) << 3 | code
}

/// FNV-1a with a final mix: the same in every build, which the standard library's hasher is not.
fn hash(text: &str) -> u64 {
    let mut hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ hash >> 29
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{ParseOptions, parse};

    #[test]
    fn durations_and_reviews_survive_the_packing() {
        let text = "# Outage\n\n**Date:** 2025-06-24\n**Duration:** 80 minutes\n**Time to detect:** 5 minutes\n**Next review:** 2026-01-01\n";
        let document = parse("a.md", text.as_bytes(), &ParseOptions::default()).document;
        let unpacked: Vec<_> = marks(&document).into_iter().filter_map(unpack).collect();
        let stated = |kind, minutes| Mark::Duration(position(kind), Minutes { minutes, stated: true });
        assert!(unpacked.contains(&stated(DurationKind::Total, 80)), "{unpacked:?}");
        assert!(unpacked.contains(&stated(DurationKind::Detect, 5)), "{unpacked:?}");
        assert!(unpacked.contains(&Mark::Review(20_454, false)), "{unpacked:?}");
    }

    #[test]
    fn a_link_and_the_file_it_leads_to_have_the_same_key() {
        let of = |path: &str, text: &str| {
            let document = parse(path, text.as_bytes(), &ParseOptions::default()).document;
            let join = |mark| if let Some(Mark::Join(join)) = unpack(mark) { Some(join) } else { None };
            joins(&document).into_iter().filter_map(join).collect::<Vec<_>>()
        };
        let plan = of("x/plan.md", "# Plan\n\nSee [analysis](./rca.md) and [other](../y/rca.md).\n");
        let rca = of("x/rca.md", "# Analysis\n");
        let key = |joins: &[Join], kind| joins.iter().filter(|it| it.kind == kind).map(|it| it.key).collect::<Vec<_>>();
        assert_eq!(key(&plan, JoinKind::Link), key(&rca, JoinKind::Here));
    }

    #[test]
    fn an_id_and_a_file_of_the_same_name_differ() {
        let key = |kind| pack(kind, "a") >> 3;
        assert_ne!(key(JoinKind::Id), key(JoinKind::Here));
        assert_eq!(key(JoinKind::Id), key(JoinKind::Incident));
    }
}
