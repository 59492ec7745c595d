//! Action items: packed into columns of their document, so that a list over all of them reads no stored document, and
//! stored in its order, so that those on a page can be shown.
//!
//! They are no index documents of their own: three quarters of the index would be theirs, each would repeat what is
//! known of its document (severity, status, date, services), and conditions on the document would need a join. As
//! columns they are filtered by any condition on documents and found with them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::Value;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader, TantivyDocument};

use super::codes::days;
use super::handover::Entry;
use super::open::OpenIndex;
use super::schema::Fields;
use super::search::unreadable;
use crate::model::{ActionClass, ActionItem, ItemState};

/// Days are stored with this added, so that those before 1970 are numbers too; 0 stands for none.
const DAY_BIAS: i64 = 1 << 30;

/// What is known of an action item without opening its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ActionMark {
    pub(crate) state: ItemState,
    pub(crate) class: ActionClass,
    /// Day it is due: days since 1970.
    pub(crate) due: Option<i64>,
    /// A date was worked out from a heading such as "This Week".
    pub(crate) due_inferred: bool,
}

impl ActionMark {
    fn of(item: &ActionItem) -> Self {
        Self {
            state: item.state,
            class: item.class,
            due: item.due.as_ref().map(|due| days(due.date)),
            due_inferred: item.due.as_ref().is_some_and(|due| due.inferred),
        }
    }

    fn pack(self) -> u64 {
        let due = self.due.map_or(0, |day| u64::try_from(day + DAY_BIAS).unwrap_or(0));
        let class = ActionClass::ALL.iter().position(|it| *it == self.class).unwrap_or(0) as u64;
        let state = ItemState::ALL.iter().position(|it| *it == self.state).unwrap_or(0) as u64;
        due << 5 | state << 3 | class << 1 | u64::from(self.due_inferred)
    }

    fn unpack(packed: u64) -> Self {
        let due = i64::try_from(packed >> 5).ok().filter(|day| *day > 0);
        let two_bits = |from: u32| usize::try_from(packed >> from & 3).unwrap_or(0);
        Self {
            state: ItemState::ALL.get(two_bits(3)).copied().unwrap_or_default(),
            class: ActionClass::ALL.get(two_bits(1)).copied().unwrap_or(ActionClass::Action),
            due: due.map(|day| day - DAY_BIAS),
            due_inferred: packed & 1 == 1,
        }
    }
}

/// What the store keeps of an action item besides; those of a document in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredAction<'a> {
    #[serde(rename = "t")]
    pub(crate) text: Cow<'a, str>,
    #[serde(rename = "l")]
    pub(crate) line: u32,
    #[serde(rename = "g", skip_serializing_if = "Option::is_none", default)]
    pub(crate) group: Option<Cow<'a, str>>,
    /// As written: the only due date where it is none that could be read.
    #[serde(rename = "d", skip_serializing_if = "Option::is_none", default)]
    pub(crate) due: Option<Cow<'a, str>>,
    #[serde(rename = "p", skip_serializing_if = "Option::is_none", default)]
    pub(crate) priority: Option<Cow<'a, str>>,
    #[serde(rename = "s", skip_serializing_if = "Option::is_none", default)]
    pub(crate) sort: Option<Cow<'a, str>>,
    #[serde(rename = "w", skip_serializing_if = "Option::is_none", default)]
    pub(crate) done_when: Option<Cow<'a, str>>,
}

impl<'a> StoredAction<'a> {
    fn of(item: &'a ActionItem) -> Self {
        let due = item.due.as_ref().map(|due| due.raw.as_str()).or(item.due_raw.as_deref());
        Self {
            text: Cow::Borrowed(&item.text),
            line: item.line,
            group: item.group.as_deref().map(Cow::Borrowed),
            due: due.map(Cow::Borrowed),
            priority: item.priority.as_deref().map(Cow::Borrowed),
            sort: item.sort.as_deref().map(Cow::Borrowed),
            done_when: item.done_when.as_deref().map(Cow::Borrowed),
        }
    }
}

/// Adds the action items of a document to its entry.
pub(crate) fn add(entry: &mut Entry, fields: &Fields, items: &[ActionItem]) {
    // Those that are only shown here are counted where they are kept.
    let own = || items.iter().filter(|item| !item.carried);
    if own().next().is_none() {
        return;
    }
    for item in own() {
        entry.add_u64(fields.action, ActionMark::of(item).pack());
        // Also where there is none, so that the nth owner is that of the nth item.
        entry.add_text(fields.action_owner, item.owner.as_deref().map(str::trim).unwrap_or_default());
    }
    let stored: Vec<StoredAction<'_>> = own().map(StoredAction::of).collect();
    entry.add_json(fields.action_text, &stored);
}

/// The columns of a segment that hold action items.
pub(crate) struct ActionColumns {
    marks: Column<u64>,
    owners: Option<StrColumn>,
}

impl ActionColumns {
    pub(crate) fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Self { marks: columns.u64("action")?, owners: columns.str("action_owner")? })
    }

    /// Returns the action items of a document in the order of the file, each with the number of its owner in the
    /// segment.
    pub(crate) fn of(&self, doc: DocId) -> impl Iterator<Item = (ActionMark, Option<u64>)> {
        let owners = self.owners.iter().flat_map(move |owners| owners.ords().values_for_doc(doc));
        self.marks.values_for_doc(doc).map(ActionMark::unpack).zip(owners.map(Some).chain(std::iter::repeat(None)))
    }

    /// Returns the name of an owner as written; empty where the item has none.
    pub(crate) fn owner(&self, number: u64) -> std::io::Result<String> {
        let mut name = String::new();
        if let Some(owners) = &self.owners {
            owners.ord_to_str(number, &mut name)?;
        }
        Ok(name)
    }
}

/// Returns what the store keeps of the action items of a document, in the order of the file.
pub(crate) fn stored_actions(
    open: &OpenIndex,
    searcher: &Searcher,
    address: DocAddress,
) -> tantivy::Result<Vec<StoredAction<'static>>> {
    let entry: TantivyDocument = searcher.doc(address)?;
    let Some(json) = entry.get_first(open.fields.action_text).and_then(|value| value.as_str()) else {
        return Ok(Vec::new());
    };
    serde_json::from_str(json).map_err(|error| unreadable(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::entry::{EntryMaker, FileStamp};
    use crate::parse::{ParseOptions, parse};

    const TEXT: &str = "# Outage\n\n**Date:** 2025-06-24\n\n## Action Items\n\n\
        | Action | Owner | Due | Status |\n|---|---|---|---|\n\
        | Add an alert | Ada | 2025-07-01 | Done |\n| Raise the limit | | soon | Open |\n\
        | Write it down | Bo | 2025-08-01 | Open |\n";

    #[test]
    fn a_mark_survives_the_packing() {
        for (class, state) in ActionClass::ALL.into_iter().flat_map(|class| ItemState::ALL.map(|state| (class, state)))
        {
            for due in [None, Some(-700), Some(0), Some(20_000)] {
                let mark = ActionMark { state, class, due, due_inferred: due == Some(0) };
                assert_eq!(ActionMark::unpack(mark.pack()), mark);
            }
        }
    }

    #[test]
    fn every_action_item_keeps_its_owner_and_its_words() {
        let open = OpenIndex::create_in_memory(std::path::Path::new("x")).unwrap();
        let parsed = parse("a.md", TEXT.as_bytes(), &ParseOptions::default());
        let items = parsed.document.action_items.clone();
        assert_eq!(items.len(), 3);
        let stamp = FileStamp { hash: [1, 2], size: 3, modified: 4 };
        let entry = EntryMaker::new(open.fields.clone()).entry(parsed, &stamp);
        let mut writer = open.index.writer_with_num_threads(1, 15 << 20).unwrap();
        writer.add_document(entry).unwrap();
        writer.commit().unwrap();
        open.reload().unwrap();
        let searcher = open.searcher();
        let columns = ActionColumns::open(searcher.segment_reader(0)).unwrap();
        let found: Vec<(ActionMark, String)> =
            columns.of(0).map(|(mark, owner)| (mark, columns.owner(owner.unwrap()).unwrap())).collect();
        let expected: Vec<(ActionMark, String)> =
            items.iter().map(|item| (ActionMark::of(item), item.owner.clone().unwrap_or_default())).collect();
        assert_eq!(found, expected);
        assert_eq!((found[0].0.state, found[1].0.state), (ItemState::Done, ItemState::Open));
        let stored = stored_actions(&open, &searcher, DocAddress::new(0, 0)).unwrap();
        assert_eq!(stored, items.iter().map(StoredAction::of).collect::<Vec<_>>());
    }
}
