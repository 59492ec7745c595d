//! How durations, reviews and what joins documents to one incident are packed into numbers.

use crate::index::text::fold;
use crate::model::{Document, DurationKind, ReferenceKind};

/// A duration of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Minutes {
    pub(crate) minutes: u32,
    /// A person wrote it; otherwise the timeline gives it.
    pub(crate) stated: bool,
}

const KINDS: [DurationKind; 4] =
    [DurationKind::Detect, DurationKind::Mitigate, DurationKind::Resolve, DurationKind::Total];

/// Returns the position of `kind` among the durations of a row.
pub(crate) fn position(kind: DurationKind) -> usize {
    KINDS.iter().position(|it| *it == kind).unwrap_or(0)
}

/// Returns one packed duration of each kind that the document has: the stated one before the computed one.
pub(crate) fn durations(document: &Document) -> Vec<u64> {
    let durations = &document.durations;
    let of_kind = |kind: DurationKind| {
        let stated = durations.stated.iter().filter(|it| it.kind == kind).find_map(|it| it.minutes);
        let computed = durations.computed.iter().find(|it| it.kind == kind).map(|it| it.minutes);
        let (minutes, stated) = stated.map(|it| (it, true)).or(computed.map(|it| (it, false)))?;
        Some(u64::from(u32::try_from(minutes).ok()?) << 3 | (position(kind) as u64) << 1 | u64::from(stated))
    };
    KINDS.into_iter().filter_map(of_kind).collect()
}

/// Returns the position and the duration that a packed number stands for.
pub(super) fn unpack_duration(packed: u64) -> (usize, Minutes) {
    let minutes = u32::try_from(packed >> 3).unwrap_or(u32::MAX);
    (usize::try_from(packed >> 1 & 3).unwrap_or(0), Minutes { minutes, stated: packed & 1 == 1 })
}

/// Packs the day of a review.
pub(crate) fn pack_review(day: i64, inferred: bool) -> i64 {
    day << 1 | i64::from(inferred)
}

/// Returns the day of a review and whether it was worked out.
pub(super) fn unpack_review(packed: i64) -> Option<(i32, bool)> {
    Some((i32::try_from(packed >> 1).ok()?, packed & 1 == 1))
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

const JOINS: [JoinKind; 4] = [JoinKind::Id, JoinKind::Incident, JoinKind::Here, JoinKind::Link];

/// Returns what may join the document to others, packed.
pub(crate) fn joins(document: &Document) -> Vec<u64> {
    let folder = document.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let id = document.id.iter().map(|id| pack(JoinKind::Id, &fold(id.value.trim())));
    let incident = document.incident.iter().map(|id| pack(JoinKind::Incident, &fold(id.value.trim())));
    let beside = |target: &str| {
        let name = target.strip_prefix("./").unwrap_or(target);
        (!name.is_empty() && !name.contains('/')).then(|| join(folder, name))
    };
    let links = document.references.iter().filter(|it| it.kind == ReferenceKind::Link);
    let links: Vec<String> = links.filter_map(|it| beside(&it.target)).filter(|it| *it != document.path).collect();
    let links = links.iter().map(|path| pack(JoinKind::Link, path));
    let mut joins: Vec<u64> =
        id.chain(incident).chain(std::iter::once(pack(JoinKind::Here, &document.path))).chain(links).collect();
    joins.sort_unstable();
    joins.dedup();
    joins
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Ids and paths are kept apart in the lowest bit of the key.
fn pack(kind: JoinKind, text: &str) -> u64 {
    let code = JOINS.iter().position(|it| *it == kind).unwrap_or(0) as u64;
    let of_path = u64::from(code >= 2);
    (hash(text) << 1 | of_path) << 2 | code
}

/// Returns the join that a packed number stands for.
pub(super) fn unpack_join(packed: u64) -> Join {
    let kind = JOINS[usize::try_from(packed & 3).unwrap_or(0)];
    Join { kind, key: packed >> 2 }
}

/// FNV-1a with a final mix: the same in every build, which the standard library's hasher is not.
fn hash(text: &str) -> u64 {
    let mut hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ hash >> 29
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{ParseOptions, parse};

    #[test]
    fn durations_survive_the_packing() {
        let text = "# Outage\n\n**Date:** 2025-06-24\n**Duration:** 80 minutes\n**Time to detect:** 5 minutes\n";
        let document = parse("a.md", text.as_bytes(), &ParseOptions::default()).document;
        let unpacked: Vec<_> = durations(&document).into_iter().map(unpack_duration).collect();
        assert!(unpacked.contains(&(position(DurationKind::Total), Minutes { minutes: 80, stated: true })), "{unpacked:?}");
        assert!(unpacked.contains(&(position(DurationKind::Detect), Minutes { minutes: 5, stated: true })));
    }

    #[test]
    fn a_link_and_the_file_it_leads_to_have_the_same_key() {
        let of = |path: &str, text: &str| {
            let document = parse(path, text.as_bytes(), &ParseOptions::default()).document;
            joins(&document).into_iter().map(unpack_join).collect::<Vec<_>>()
        };
        let plan = of("x/plan.md", "# Plan\n\nSee [analysis](./rca.md) and [other](../y/rca.md).\n");
        let rca = of("x/rca.md", "# Analysis\n");
        let key = |joins: &[Join], kind| joins.iter().filter(|it| it.kind == kind).map(|it| it.key).collect::<Vec<_>>();
        assert_eq!(key(&plan, JoinKind::Link), key(&rca, JoinKind::Here));
    }

    #[test]
    fn an_id_and_a_file_of_the_same_name_differ() {
        assert_ne!(unpack_join(pack(JoinKind::Id, "a")).key, unpack_join(pack(JoinKind::Here, "a")).key);
        assert_eq!(unpack_join(pack(JoinKind::Id, "a")).key, unpack_join(pack(JoinKind::Incident, "a")).key);
    }
}
