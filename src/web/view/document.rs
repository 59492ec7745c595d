//! Timeline, durations and action items of a document.

use chrono::NaiveDate;

use super::PastView;
use super::facts::OriginView;
use crate::kb::ItemsPast;
use crate::model::{
    ActionClass, ActionItem, Document, DurationKind, ItemState, Moment, TimelineEntry, TimelineMark, ZoneOrigin,
    format_minutes,
};
use crate::web::links;

/// The entries of one day.
#[derive(Debug, Clone)]
pub(crate) struct TimelineDay {
    /// Empty where the day is not known.
    pub(crate) day: String,
    pub(crate) entries: Vec<EntryView>,
}

/// One entry.
#[derive(Debug, Clone)]
pub(crate) struct EntryView {
    /// As written.
    pub(crate) raw: String,
    /// For machines and for the tooltip: UTC where the zone is known.
    pub(crate) machine: Option<String>,
    pub(crate) text: String,
    pub(crate) mark: Option<&'static str>,
    pub(crate) url: String,
    pub(crate) line: u32,
    /// The zone, where it is known otherwise than from beside the time.
    pub(crate) zone: Option<String>,
}

/// Returns the timeline, day by day.
pub(crate) fn timeline(document: &Document) -> Vec<TimelineDay> {
    let mut days: Vec<TimelineDay> = Vec::new();
    for entry in &document.timeline {
        let date = entry.at.and_then(|at| at.date);
        let day = date.map(|date| date.format("%-d %b %Y").to_string()).unwrap_or_default();
        let view = entry_view(document, entry);
        match days.last_mut() {
            Some(last) if last.day == day => last.entries.push(view),
            _ => days.push(TimelineDay { day, entries: vec![view] }),
        }
    }
    days
}

fn entry_view(document: &Document, entry: &TimelineEntry) -> EntryView {
    EntryView {
        raw: entry.raw.clone(),
        machine: entry.at.and_then(|at| at.to_json()),
        text: entry.text.clone(),
        mark: entry.mark.map(|mark| match mark {
            TimelineMark::Started => "started",
            TimelineMark::Detected => "detected",
            TimelineMark::Mitigated => "mitigated",
            TimelineMark::Resolved => "resolved",
        }),
        url: links::source(&document.path, entry.line),
        line: entry.line,
        zone: entry.at.and_then(inherited_zone),
    }
}

fn inherited_zone(at: Moment) -> Option<String> {
    let offset = at.offset.filter(|_| at.zone == ZoneOrigin::Inherited && at.time.is_some())?;
    Some(if offset.local_minus_utc() == 0 { "UTC".to_owned() } else { format!("UTC{offset}") })
}

/// One stretch of the incident: what people wrote and what the timeline gives.
#[derive(Debug, Clone)]
pub(crate) struct Durations {
    pub(crate) name: &'static str,
    pub(crate) stated: Vec<(String, OriginView)>,
    pub(crate) computed: Option<String>,
    /// How far apart the two are, where no reading of the timeline bears out what is stated.
    pub(crate) difference: Option<String>,
}

/// Returns the durations that are stated or can be computed.
pub(crate) fn durations(document: &Document) -> Vec<Durations> {
    let kinds = [
        (DurationKind::Detect, "Time to detect"),
        (DurationKind::Mitigate, "Time to mitigate"),
        (DurationKind::Resolve, "Time to resolve"),
        (DurationKind::Total, "Duration"),
    ];
    kinds.into_iter().filter_map(|(kind, name)| duration(document, kind, name)).collect()
}

fn duration(document: &Document, kind: DurationKind, name: &'static str) -> Option<Durations> {
    let stated: Vec<_> = document.durations.stated.iter().filter(|it| it.kind == kind).collect();
    let computed = document.durations.computed.iter().find(|it| it.kind == kind).map(|it| it.minutes);
    if stated.is_empty() && computed.is_none() {
        return None;
    }
    let apart = stated.iter().filter_map(|it| document.contradicts(it)).max();
    Some(Durations {
        name,
        stated: stated.iter().map(|it| (it.raw.clone(), OriginView::new(&document.path, it.origin))).collect(),
        computed: computed.map(format_minutes),
        difference: apart.map(format_minutes),
    })
}

/// Action items under one heading.
#[derive(Debug, Clone)]
pub(crate) struct ActionGroup {
    pub(crate) name: String,
    pub(crate) items: Vec<ActionView>,
}

/// One action item.
#[derive(Debug, Clone)]
pub(crate) struct ActionView {
    pub(crate) id: Option<String>,
    pub(crate) text: String,
    pub(crate) state: ItemState,
    pub(crate) owner: Option<String>,
    pub(crate) due: Option<String>,
    pub(crate) due_inferred: bool,
    pub(crate) overdue: bool,
    pub(crate) priority: Option<String>,
    pub(crate) tickets: Vec<String>,
    /// How many parents it has, at most three.
    pub(crate) depth: usize,
    pub(crate) url: String,
    pub(crate) line: u32,
    /// What became of it, as the commits tell.
    pub(crate) past: Vec<PastView>,
}

/// The action items in short.
#[derive(Debug, Clone)]
pub(crate) struct ActionsInShort {
    pub(crate) done: usize,
    pub(crate) total: usize,
    pub(crate) overdue: usize,
    /// The open ones, overdue first.
    pub(crate) open: Vec<ActionView>,
    /// Open ones that are not told.
    pub(crate) more: usize,
}

/// Open action items told in short.
const MAX_OPEN: usize = 5;

impl ActionsInShort {
    /// Returns what is to be known at a glance; `None` where there are no action items that anybody will do.
    pub(crate) fn of(document: &Document, today: NaiveDate) -> Option<Self> {
        let items = document
            .action_items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.class == ActionClass::Action && item.counts());
        let views: Vec<ActionView> = items.map(|(index, item)| action_view(document, index, item, today)).collect();
        let total = views.len();
        let mut open: Vec<ActionView> = views.into_iter().filter(|view| view.state.is_open()).collect();
        open.sort_by_key(|view| !view.overdue);
        let (done, overdue) = (total - open.len(), open.iter().filter(|view| view.overdue).count());
        let more = open.len().saturating_sub(MAX_OPEN);
        open.truncate(MAX_OPEN);
        (total > 0).then_some(Self { done, total, overdue, open, more })
    }
}

/// Returns the action items by class and heading, in the order written, each with what became of it.
pub(crate) fn action_groups(document: &Document, past: &ItemsPast, today: NaiveDate) -> Vec<ActionGroup> {
    let mut groups: Vec<ActionGroup> = Vec::new();
    for class in [ActionClass::Action, ActionClass::Verification, ActionClass::Checklist] {
        for (index, item) in document.action_items.iter().enumerate().filter(|(_, item)| item.class == class) {
            let name = group_name(item);
            let past = PastView::of_item(past, item.line, &item.text);
            let view = ActionView { past, ..action_view(document, index, item, today) };
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.items.push(view),
                None => groups.push(ActionGroup { name, items: vec![view] }),
            }
        }
    }
    groups
}

fn group_name(item: &ActionItem) -> String {
    let class = match item.class {
        ActionClass::Action => None,
        ActionClass::Verification => Some("Verification"),
        ActionClass::Checklist => Some("Checklist"),
    };
    match (class, item.group.as_deref()) {
        (None, group) => group.unwrap_or("Action items").to_owned(),
        (Some(class), Some(group)) if !group.eq_ignore_ascii_case(class) => format!("{class}: {group}"),
        (Some(class), _) => class.to_owned(),
    }
}

fn action_view(document: &Document, index: usize, item: &ActionItem, today: NaiveDate) -> ActionView {
    let due_date = item.due.as_ref().map(|due| due.date);
    ActionView {
        id: item.id.clone(),
        text: item.text.clone(),
        state: item.state,
        owner: item.owner.clone(),
        due: due_date.map(|date| date.format("%-d %b %Y").to_string()).or_else(|| item.due_raw.clone()),
        due_inferred: item.due.as_ref().is_some_and(|due| due.inferred),
        overdue: item.is_open() && due_date.is_some_and(|due| due < today),
        priority: item.priority.clone(),
        tickets: item.tickets.clone(),
        depth: depth(&document.action_items, index),
        url: links::source(&document.path, item.line),
        line: item.line,
        past: Vec::new(),
    }
}

fn depth(items: &[ActionItem], index: usize) -> usize {
    let mut at = items[index].parent;
    let mut depth = 0;
    while let Some(parent) = at.filter(|_| depth < 3).and_then(|parent| items.get(parent)) {
        depth += 1;
        at = parent.parent;
    }
    depth
}
