//! Which documents are about the same incident.
//!
//! Documents are joined by `incident:` in front matter, by an id that they share, or by a link from one to the other
//! in the same folder; `rule` says when.

use rustc_hash::FxHashMap;

use crate::index::{Join, JoinKind, Minutes, Overview, Row};
use crate::model::{DurationKind, Kind, StatusState};

use super::{Scope, id_joins, link_joins};

/// An incident: its rows, the one that stands for it first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kb) struct Group {
    pub(in crate::kb) rows: Vec<usize>,
    pub(in crate::kb) scope: Scope,
}

impl Group {
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

    pub(in crate::kb) fn severity(&self, overview: &Overview<'_>) -> Option<u8> {
        self.first(overview, |row| row.severity)
    }

    pub(in crate::kb) fn status(&self, overview: &Overview<'_>) -> Option<StatusState> {
        self.first(overview, |row| row.status)
    }

    pub(in crate::kb) fn day(&self, overview: &Overview<'_>) -> Option<i32> {
        self.first(overview, |row| row.date)
    }

    pub(in crate::kb) fn duration(&self, overview: &Overview<'_>, kind: DurationKind) -> Option<Minutes> {
        self.first(overview, |row| row.duration(kind))
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
    pub(in crate::kb) kind: Kind,
    /// Days since 1970.
    pub(in crate::kb) date: Option<i32>,
    /// Orders documents that are otherwise equal.
    pub(in crate::kb) key: u64,
}

/// Returns every incident, exercise and near miss of the index, in the order of its first row.
pub(in crate::kb) fn groups(overview: &Overview<'_>) -> Vec<Group> {
    let member = |row: &Row| Member { kind: row.kind, date: row.date, key: row.key };
    group_all(&overview.rows.iter().map(member).collect::<Vec<_>>(), &overview.joins)
}

/// Returns the incidents, exercises and near misses that `documents` are about, by `joins` of their positions, in the
/// order of the first document of each.
pub(in crate::kb) fn group_all(documents: &[Member], joins: &[(u32, Join)]) -> Vec<Group> {
    let mut sets = Sets::new(documents.len());
    join_by_id(documents, joins, &mut sets);
    join_by_link(documents, joins, &mut sets);
    let mut members: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    let counted = (0..documents.len()).filter(|row| documents[*row].kind != Kind::Other);
    let mut order = Vec::new();
    for row in counted {
        let root = sets.root(row);
        members.entry(root).or_insert_with(|| {
            order.push(root);
            Vec::new()
        });
        members.entry(root).and_modify(|rows| rows.push(row));
    }
    order.into_iter().filter_map(|root| group(documents, members.remove(&root)?)).collect()
}

/// Returns the group of `rows`; a plan that belongs to nothing is no incident.
fn group(documents: &[Member], mut rows: Vec<usize>) -> Option<Group> {
    let kind = |row: &usize| documents[*row].kind;
    rows.sort_by_key(|row| (kind(row).precedence(), documents[*row].key));
    let scope = match kind(&rows[0]) {
        Kind::Incident | Kind::Rca | Kind::Resolution => Scope::Incidents,
        Kind::NearMiss => Scope::NearMisses,
        Kind::Drill => Scope::Drills,
        Kind::FixPlan | Kind::Other => return None,
    };
    Some(Group { rows, scope })
}

fn join_by_id(documents: &[Member], joins: &[(u32, Join)], sets: &mut Sets) {
    let mut ids: FxHashMap<u64, (Vec<usize>, Vec<usize>)> = FxHashMap::default();
    for (row, join) in joins {
        let row = *row as usize;
        if documents[row].kind == Kind::Other {
            continue;
        }
        match join.kind {
            JoinKind::Id => ids.entry(join.key).or_default().0.push(row),
            JoinKind::Incident => ids.entry(join.key).or_default().1.push(row),
            JoinKind::Here | JoinKind::Link => {}
        }
    }
    for (mut carriers, members) in ids.into_values() {
        if !id_joins(carriers.iter().map(|row| documents[*row].kind)) {
            carriers.clear();
        }
        carriers.extend(members);
        carriers.windows(2).for_each(|pair| sets.join(pair[0], pair[1]));
    }
}

fn join_by_link(documents: &[Member], joins: &[(u32, Join)], sets: &mut Sets) {
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
            let other_id = differ(ids.get(&from), ids.get(&to));
            if belong_together(&documents[from], &documents[to], other_id) {
                sets.join(from, to);
            }
        }
    }
}

fn belong_together(a: &Member, b: &Member, other_id: bool) -> bool {
    let days = a.date.zip(b.date).map(|(a, b)| i64::from(a) - i64::from(b));
    link_joins([a.kind, b.kind], other_id, days)
}

/// Tells whether both are there and not the same.
fn differ<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.is_some() && b.is_some() && a != b
}

/// Disjoint sets of rows.
struct Sets {
    parents: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { parents: (0..count).collect() }
    }

    fn root(&mut self, mut row: usize) -> usize {
        while self.parents[row] != row {
            self.parents[row] = self.parents[self.parents[row]];
            row = self.parents[row];
        }
        row
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b);
    }
}
