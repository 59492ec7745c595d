//! Which documents are about the same incident.
//!
//! Documents are joined by `incident:` in front matter, by an id that they share, or by a link from one to the other
//! in the same folder; `rule` says when.

use rustc_hash::FxHashMap;

use crate::index::{Join, JoinKind, Minutes, Overview, Row, Sets};
use crate::model::{DurationKind, Kind, Severity, StatusState, status_of};

use super::forest::Forest;
use super::{Scope, Tie, id_joins};

/// By so much a part may seem longer than the whole: times are written to the minute.
const GRACE_MINUTES: u32 = 5;

/// An incident: its rows, the one that stands for it first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::kb) struct Group<'a> {
    pub(in crate::kb) rows: &'a [usize],
    pub(in crate::kb) scope: Scope,
}

impl Group<'_> {
    /// Returns the row of the document that stands for the incident.
    pub(in crate::kb) fn main(&self) -> usize {
        self.rows[0]
    }

    /// Returns what orders incidents that are otherwise equal.
    pub(in crate::kb) fn key(&self, overview: &Overview<'_>) -> u64 {
        overview.rows[self.main()].key
    }

    /// Returns the first value that one of its documents has.
    fn first<T>(&self, overview: &Overview<'_>, value: impl Fn(&Row) -> Option<T>) -> Option<T> {
        self.rows.iter().find_map(|row| value(&overview.rows[*row]))
    }

    pub(in crate::kb) fn severity(&self, overview: &Overview<'_>) -> Option<Severity> {
        self.first(overview, |row| row.severity)
    }

    pub(in crate::kb) fn status(&self, overview: &Overview<'_>) -> Option<StatusState> {
        status_of(self.rows.iter().map(|row| &overview.rows[*row]).map(|row| (row.kind, row.status)))
    }

    pub(in crate::kb) fn day(&self, overview: &Overview<'_>) -> Option<i32> {
        self.first(overview, |row| row.date)
    }

    /// Returns a duration. How long it took to resolve what is said to go on, and how long it took in all, is only what a
    /// person stated: the last entry of a timeline of one of its documents may read like an end. A part that the timeline
    /// makes longer than the whole that a person stated is none.
    pub(in crate::kb) fn duration(&self, overview: &Overview<'_>, kind: DurationKind) -> Option<Minutes> {
        let goes_on = || self.status(overview).is_some_and(|status| !status.is_over());
        let has_end = matches!(kind, DurationKind::Resolve | DurationKind::Total);
        let computed_end = |it: &Minutes| has_end && !it.stated && goes_on();
        let whole = || self.first(overview, |row| row.duration(DurationKind::Total)).filter(|it| it.stated);
        let exceeds = |it: &Minutes| {
            let is_part = kind != DurationKind::Total && !it.stated;
            is_part && whole().is_some_and(|whole| it.minutes > whole.minutes + GRACE_MINUTES)
        };
        self.first(overview, |row| row.duration(kind)).filter(|it| !computed_end(it) && !exceeds(it))
    }

    /// Returns the action items that are open and all of them, over its documents.
    pub(in crate::kb) fn actions(&self, overview: &Overview<'_>) -> (u32, u32) {
        self.rows
            .iter()
            .map(|row| &overview.rows[*row])
            .fold((0, 0), |(open, total), row| (open + row.actions_open, total + row.actions_total))
    }

    pub(in crate::kb) fn modified(&self, overview: &Overview<'_>) -> u64 {
        self.rows.iter().map(|row| overview.rows[*row].modified).max().unwrap_or(0)
    }

    pub(in crate::kb) fn has(&self, overview: &Overview<'_>, fact: impl Fn(&Row) -> bool) -> bool {
        self.rows.iter().any(|row| fact(&overview.rows[*row]))
    }
}

/// What decides to which incident a document belongs.
#[derive(Debug, Clone, Copy)]
pub(in crate::kb) struct Member {
    pub(in crate::kb) tie: Tie,
    /// Orders documents that are otherwise equal.
    pub(in crate::kb) key: u64,
}

/// Returns every incident, exercise and near miss of the index, in the order of its first row.
pub(in crate::kb) fn groups<'a>(overview: &'a Overview<'_>) -> Vec<Group<'a>> {
    let sets = overview.sets(|rows, joins| {
        // Their own ids are among the joins.
        let member = |row: &Row| Member { tie: Tie { kind: row.kind, id: None, day: row.date }, key: row.key };
        group_all(&rows.iter().map(member).collect::<Vec<_>>(), joins)
    });
    let group = |rows: &'a [usize]| Some(Group { rows, scope: scope(overview.rows[*rows.first()?].kind)? });
    sets.iter().filter_map(group).collect()
}

/// Returns the incidents, exercises and near misses that `documents` are about, by `joins` of their positions, in the
/// order of the first document of each; in each, the document that stands for it first. A plan that belongs to nothing
/// is none of them.
pub(in crate::kb) fn group_all(documents: &[Member], joins: &[(u32, Join)]) -> Sets {
    let mut forest = Forest::new(documents.len());
    join_by_id(documents, joins, &mut forest);
    join_by_link(documents, joins, &mut forest);
    let mut sets = forest.into_sets();
    let names = naming_another(documents.len(), joins);
    sets.sort_each_by_key(|row| (documents[row].tie.kind.precedence(names[row]), documents[row].key));
    sets.retain(|rows| scope(documents[rows[0]].tie.kind).is_some());
    sets
}

/// Returns for each document whether the incident that it names is the id of another one here.
fn naming_another(count: usize, joins: &[(u32, Join)]) -> Vec<bool> {
    let keys = |kind: JoinKind| {
        let of_kind = joins.iter().filter(move |(_, join)| join.kind == kind);
        of_kind.map(|(row, join)| (join.key, *row as usize))
    };
    // Few documents name an incident, nearly all have an id.
    let mut carriers: FxHashMap<u64, Vec<usize>> = keys(JoinKind::Incident).map(|(id, _)| (id, Vec::new())).collect();
    for (id, row) in keys(JoinKind::Id) {
        carriers.entry(id).and_modify(|rows| rows.push(row));
    }
    let mut names = vec![false; count];
    for (id, row) in keys(JoinKind::Incident) {
        names[row] = carriers.get(&id).is_some_and(|rows| !rows.is_empty() && !rows.contains(&row));
    }
    names
}

/// Returns what an event is that a document of this kind stands for.
fn scope(kind: Kind) -> Option<Scope> {
    match kind {
        Kind::Incident | Kind::Rca | Kind::Resolution => Some(Scope::Incidents),
        Kind::NearMiss => Some(Scope::NearMisses),
        Kind::Drill => Some(Scope::Drills),
        Kind::FixPlan | Kind::Other => None,
    }
}

fn join_by_id(documents: &[Member], joins: &[(u32, Join)], forest: &mut Forest) {
    let named = |(row, join): &(u32, Join)| {
        let carries = match join.kind {
            JoinKind::Id => true,
            JoinKind::Incident => false,
            JoinKind::Here | JoinKind::Link => return None,
        };
        Some((join.key, *row as usize, carries)).filter(|(_, row, _)| documents[*row].tie.kind != Kind::Other)
    };
    let mut named: Vec<(u64, usize, bool)> = joins.iter().filter_map(named).collect();
    named.sort_unstable();
    for same in named.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        let carriers = || same.iter().filter(|(_, _, carries)| *carries);
        let given_twice = !id_joins(carriers().map(|(_, row, _)| documents[*row].tie.kind));
        let joined = same.iter().filter(|(_, _, carries)| !(given_twice && *carries)).map(|(_, row, _)| *row);
        joined.clone().zip(joined.skip(1)).for_each(|(a, b)| forest.join(a, b));
    }
}

fn join_by_link(documents: &[Member], joins: &[(u32, Join)], forest: &mut Forest) {
    if !joins.iter().any(|(_, join)| join.kind == JoinKind::Link) {
        return;
    }
    let here = joins.iter().filter(|(_, join)| join.kind == JoinKind::Here);
    let files: FxHashMap<u64, usize> = here.map(|(row, join)| (join.key, *row as usize)).collect();
    let ids = joins.iter().filter(|(_, join)| join.kind == JoinKind::Id);
    let ids: FxHashMap<usize, u64> = ids.map(|(row, join)| (*row as usize, join.key)).collect();
    for (row, join) in joins.iter().filter(|(_, join)| join.kind == JoinKind::Link) {
        let from = *row as usize;
        if let Some(&to) = files.get(&join.key) {
            let tie = |row: usize| Tie { id: ids.get(&row).copied(), ..documents[row].tie };
            if tie(from).link_joins(tie(to)) {
                forest.join(from, to);
            }
        }
    }
}
