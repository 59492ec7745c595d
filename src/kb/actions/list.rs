//! Filters, groups and orders action items by their columns; opens the documents of one page.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::owner::{is_named, plain};
use super::{
    ActionEntry, ActionFilter, ActionGroup, ActionGrouping, ActionItems, ActionRequest, ActionSort, ActionState,
    ActionTotals, OwnerFilter,
};
use crate::index::{ActionMark, ActionRow, ActionRows, IndexError, Overview, StoredAction};
use crate::kb::incidents::{Group, day, groups};
use crate::kb::page::page;
use crate::model::{ItemState, Severity, StatusState};

/// Groups of those that are due, in order.
const DUE: [&str; 5] = ["Overdue", "Within 7 days", "Within 30 days", "Later", "No date"];

/// Returns the page that `request` asks for.
pub(super) fn list(
    overview: &Overview<'_>,
    request: &ActionRequest,
    today: NaiveDate,
) -> Result<ActionItems, IndexError> {
    let cx = Cx::new(overview, today);
    let rows = select(&cx, &request.filter)?;
    let mut totals = ActionTotals::default();
    rows.items.iter().for_each(|item| cx.count(item, &mut totals));
    let state = request.filter.state;
    let items: Vec<&ActionRow> = rows.items.iter().filter(|item| cx.in_state(&item.mark, state)).collect();
    let groups = Groups::new(&cx, &rows, &items, request.group);
    let key = |item: &&ActionRow| {
        let row = overview.rows[item.row as usize].key;
        (groups.rank(&cx, item), cx.key(item, request.sort), row, item.position)
    };
    let page = page(items.iter().copied(), key, request.offset, request.limit);
    let page: Vec<ActionRow> = page.into_iter().copied().collect();
    let (shown, entries) = groups.show(&cx, &rows, &page)?;
    Ok(ActionItems { total: items.len(), totals, groups: shown, items: entries })
}

/// What is known of the incident of a document.
#[derive(Debug, Clone, Copy, Default)]
struct Facts {
    severity: Option<Severity>,
    status: Option<StatusState>,
    day: Option<i32>,
    /// Number of its incident; for other documents, one of their own.
    incident: u32,
    /// Row of the document that stands for the incident.
    main: u32,
}

struct Cx<'a> {
    overview: &'a Overview<'a>,
    facts: Vec<Facts>,
    today: i32,
}

impl<'a> Cx<'a> {
    fn new(overview: &'a Overview<'a>, today: NaiveDate) -> Self {
        let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let own = |(at, row): (usize, &crate::index::Row)| Facts {
            severity: row.severity,
            status: row.status,
            day: row.date,
            incident: narrow(overview.rows.len() + at),
            main: narrow(at),
        };
        let mut facts: Vec<Facts> = overview.rows.iter().enumerate().map(own).collect();
        for (number, group) in groups(overview).iter().enumerate() {
            let shared = of_incident(overview, group, narrow(number));
            group.rows.iter().for_each(|row| facts[*row] = shared);
        }
        Self { overview, facts, today: today.to_epoch_days() }
    }

    fn facts(&self, item: &ActionRow) -> &Facts {
        &self.facts[item.row as usize]
    }

    fn is_overdue(&self, mark: &ActionMark) -> bool {
        mark.state == ItemState::Open && mark.due.is_some_and(|due| due < i64::from(self.today))
    }

    fn in_state(&self, mark: &ActionMark, state: Option<ActionState>) -> bool {
        match state {
            None => true,
            Some(ActionState::Open) => mark.state == ItemState::Open,
            Some(ActionState::Overdue) => self.is_overdue(mark),
            Some(ActionState::Done) => mark.state == ItemState::Done,
            Some(ActionState::Cancelled) => mark.state == ItemState::Cancelled,
        }
    }

    fn count(&self, item: &ActionRow, totals: &mut ActionTotals) {
        let is = |state| usize::from(item.mark.state == state);
        let open = is(ItemState::Open);
        totals.open += open;
        totals.done += is(ItemState::Done);
        totals.cancelled += is(ItemState::Cancelled);
        totals.overdue += usize::from(self.is_overdue(&item.mark));
        totals.unowned += if item.owner == 0 { open } else { 0 };
        totals.undated += if item.mark.due.is_none() { open } else { 0 };
    }

    /// Returns a number that is smaller for what comes first.
    fn key(&self, item: &ActionRow, sort: ActionSort) -> (i64, i64) {
        let facts = self.facts(item);
        let due = item.mark.due.unwrap_or(i64::MAX);
        let day = facts.day.map_or(i64::MAX, i64::from);
        match sort {
            ActionSort::Due => (due, day),
            ActionSort::Age => (day, due),
            ActionSort::Severity => (facts.severity.map_or(i64::MAX, |it| i64::from(it.level())), due),
        }
    }

    fn age(&self, facts: &Facts) -> Option<i64> {
        facts.day.map(|day| i64::from(self.today - day))
    }

    fn due_group(&self, mark: &ActionMark) -> u64 {
        match mark.due.map(|due| due - i64::from(self.today)) {
            None => 4,
            Some(days) if days < 0 => 0,
            Some(0..=7) => 1,
            Some(8..=30) => 2,
            Some(_) => 3,
        }
    }
}

fn of_incident(overview: &Overview<'_>, group: &Group<'_>, incident: u32) -> Facts {
    Facts {
        severity: group.severity(overview),
        status: group.status(overview),
        day: group.day(overview),
        incident,
        main: u32::try_from(group.main()).unwrap_or(u32::MAX),
    }
}

/// Returns every item that the filter leaves, in every state.
fn select(cx: &Cx<'_>, filter: &ActionFilter) -> Result<ActionRows, IndexError> {
    let matches = match filter.query.trim() {
        "" => None,
        query => {
            let mut matches = vec![false; cx.overview.rows.len()];
            cx.overview.matching(query)?.into_iter().for_each(|row| matches[row] = true);
            Some(matches)
        }
    };
    let in_age = |facts: &Facts| {
        let age = cx.age(facts);
        filter.min_age.is_none_or(|least| age.is_some_and(|age| age >= i64::from(least)))
            && filter.max_age.is_none_or(|most| age.is_some_and(|age| age <= i64::from(most)))
    };
    let mut rows = cx.overview.actions(|row, mark| {
        let facts = &cx.facts[row];
        (filter.classes.is_empty() || filter.classes.contains(&mark.class))
            && (filter.severities.is_empty() || filter.severities.contains(&facts.severity))
            && in_age(facts)
            && matches.as_ref().is_none_or(|matches| matches[row])
    })?;
    match &filter.owner {
        None => {}
        Some(OwnerFilter::Nobody) => rows.items.retain(|item| item.owner == 0),
        Some(OwnerFilter::Named(name)) => {
            let wanted: Vec<bool> = rows.owners.iter().map(|owner| is_named(owner, name)).collect();
            rows.items.retain(|item| wanted[item.owner as usize]);
        }
    }
    Ok(rows)
}

/// The groups that items are put into, in order.
struct Groups {
    grouping: Option<ActionGrouping>,
    /// Group of each owner or incident; ranks of groups by when they are due are the numbers themselves.
    ranks: FxHashMap<u64, u64>,
    /// Name or number, items, overdue ones.
    counts: Vec<(u64, usize, usize)>,
    owners: Vec<u64>,
}

impl Groups {
    fn new(cx: &Cx<'_>, rows: &ActionRows, items: &[&ActionRow], grouping: Option<ActionGrouping>) -> Self {
        let mut groups = Self { grouping, ranks: FxHashMap::default(), counts: Vec::new(), owners: same_owners(rows) };
        if grouping.is_none() {
            return groups;
        }
        let mut counts: FxHashMap<u64, (usize, usize, i64)> = FxHashMap::default();
        for item in items {
            let count = counts.entry(groups.number(cx, item)).or_default();
            count.0 += 1;
            count.1 += usize::from(cx.is_overdue(&item.mark));
            count.2 = cx.facts(item).day.map_or(i64::MIN, i64::from);
        }
        let mut order: Vec<(u64, (usize, usize, i64))> = counts.into_iter().collect();
        order.sort_by_cached_key(|&(number, (items, _, day))| match grouping {
            // Nobody comes last, however much nobody has to do.
            Some(ActionGrouping::Owner) => {
                let name = usize::try_from(number).ok().and_then(|at| rows.owners.get(at)).cloned().unwrap_or_default();
                (number == 0, i64::try_from(items).unwrap_or(0).saturating_neg(), name)
            }
            Some(ActionGrouping::Incident) => (false, day.saturating_neg(), format!("{number:020}")),
            _ => (false, 0, number.to_string()),
        });
        groups.ranks = (0_u64..).zip(&order).map(|(rank, (number, _))| (*number, rank)).collect();
        groups.counts = order.into_iter().map(|(number, (items, overdue, _))| (number, items, overdue)).collect();
        groups
    }

    fn number(&self, cx: &Cx<'_>, item: &ActionRow) -> u64 {
        match self.grouping {
            None => 0,
            Some(ActionGrouping::Owner) => self.owners[item.owner as usize],
            Some(ActionGrouping::Incident) => u64::from(cx.facts(item).incident),
            Some(ActionGrouping::Due) => cx.due_group(&item.mark),
        }
    }

    fn rank(&self, cx: &Cx<'_>, item: &ActionRow) -> u64 {
        if self.grouping.is_none() { 0 } else { self.ranks.get(&self.number(cx, item)).copied().unwrap_or(u64::MAX) }
    }

    /// Opens the documents of a page.
    fn show(
        &self,
        cx: &Cx<'_>,
        rows: &ActionRows,
        page: &[ActionRow],
    ) -> Result<(Vec<ActionGroup>, Vec<ActionEntry>), IndexError> {
        let mut groups: Vec<ActionGroup> = Vec::new();
        let mut last = None;
        let mut documents: FxHashMap<u32, Opened> = FxHashMap::default();
        let mut entries = Vec::with_capacity(page.len());
        for item in page {
            if self.grouping.is_some() {
                let rank = self.rank(cx, item);
                if last != Some(rank) {
                    groups.push(self.group(cx, rows, item, rank)?);
                    last = Some(rank);
                }
            }
            let opened = match documents.entry(item.row) {
                std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::hash_map::Entry::Vacant(entry) => entry.insert(Opened::new(cx, item.row as usize)?),
            };
            entries.push(entry(cx, rows, item, opened, groups.len().checked_sub(1)));
        }
        Ok((groups, entries))
    }

    fn group(&self, cx: &Cx<'_>, rows: &ActionRows, item: &ActionRow, rank: u64) -> Result<ActionGroup, IndexError> {
        let at = usize::try_from(rank).unwrap_or(usize::MAX);
        let (number, items, overdue) = self.counts.get(at).copied().unwrap_or_default();
        let (name, path) = match self.grouping {
            Some(ActionGrouping::Incident) => {
                let main = cx.overview.summary(cx.facts(item).main as usize)?;
                (main.title, Some(main.path))
            }
            Some(ActionGrouping::Due) => (DUE[usize::try_from(number).unwrap_or(0).min(4)].to_owned(), None),
            _ => (rows.owners[usize::try_from(number).unwrap_or(0)].clone(), None),
        };
        Ok(ActionGroup { name, path, items, overdue })
    }
}

/// Returns, for each owner, the number of the one who stands for all that are written alike but for case and `@`.
fn same_owners(rows: &ActionRows) -> Vec<u64> {
    let names: Vec<String> = rows.owners.iter().map(|owner| plain(owner)).collect();
    let mut chosen: FxHashMap<&str, u64> = FxHashMap::default();
    for (at, name) in (0_u64..).zip(&names) {
        let written = |at: u64| usize::try_from(at).ok().and_then(|at| rows.owners.get(at));
        // The least name: capitals come before small letters and both after `@`, which is the last choice.
        let order = |at: u64| written(at).map(|it| (it.starts_with('@'), it));
        chosen
            .entry(name)
            .and_modify(|known| *known = if order(at) < order(*known) { at } else { *known })
            .or_insert(at);
    }
    names.iter().map(|name| chosen.get(name.as_str()).copied().unwrap_or(0)).collect()
}

/// A document of the page.
struct Opened {
    summary: crate::kb::DocumentSummary,
    items: Vec<StoredAction<'static>>,
}

impl Opened {
    fn new(cx: &Cx<'_>, row: usize) -> Result<Self, IndexError> {
        Ok(Self { summary: cx.overview.summary(row)?, items: cx.overview.stored_actions(row)? })
    }
}

fn entry(cx: &Cx<'_>, rows: &ActionRows, item: &ActionRow, opened: &Opened, group: Option<usize>) -> ActionEntry {
    let (mark, facts) = (&item.mark, cx.facts(item));
    let stored = opened.items.get(item.position as usize);
    let owned = |text: Option<&std::borrow::Cow<'static, str>>| text.map(|it| it.clone().into_owned());
    let owner = &rows.owners[item.owner as usize];
    ActionEntry {
        path: opened.summary.path.clone(),
        line: stored.map_or(0, |it| it.line),
        text: stored.map(|it| it.text.clone().into_owned()).unwrap_or_default(),
        class: mark.class,
        done: mark.state == ItemState::Done,
        state: mark.state,
        overdue: cx.is_overdue(mark),
        owner: (!owner.is_empty()).then(|| owner.clone()),
        due: mark.due.and_then(|due| day(i32::try_from(due).ok()?)),
        due_text: owned(stored.and_then(|it| it.due.as_ref())),
        due_inferred: mark.due_inferred,
        priority: owned(stored.and_then(|it| it.priority.as_ref())),
        sort: owned(stored.and_then(|it| it.sort.as_ref())),
        done_when: owned(stored.and_then(|it| it.done_when.as_ref())),
        heading: owned(stored.and_then(|it| it.group.as_ref())),
        title: opened.summary.title.clone(),
        id: opened.summary.id.clone(),
        severity: facts.severity,
        status: facts.status,
        age_days: cx.age(facts),
        began: facts.day.and_then(day),
        group,
    }
}
