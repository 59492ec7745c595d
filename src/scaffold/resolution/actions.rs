//! Action items of all documents, each with a link back to where it is kept, and the checks that were made.

use std::fmt::Write;

use super::facts::names;
use super::timeline::cell;
use super::{Resolves, Source};
use crate::model::{ActionClass, ActionItem, ItemState};

/// Returns the action items as a table, the open ones first; empty where there are none.
pub(super) fn table(of: &Resolves<'_>) -> String {
    let mut rows: Vec<(&ActionItem, &Source<'_>, String)> = Vec::new();
    for source in &of.sources {
        let items = &source.document.action_items;
        let own = items.iter().enumerate().filter(|(_, item)| item.class == ActionClass::Action && !item.carried);
        for (at, item) in own.filter(|(_, item)| item.parent.is_none()) {
            rows.push((item, source, parts_done(items, at)));
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    rows.sort_by_key(|(item, ..)| item.state);
    let open = rows.iter().filter(|(item, ..)| item.is_open()).count();
    let counted = rows.iter().filter(|(item, ..)| item.counts()).count();
    let mut text = format!("{open} of {counted} open. They are kept, and ticked off, where the last column leads.\n\n");
    let of_item = |value: &Option<String>| value.as_deref().map(cell).unwrap_or_default();
    let due = |item: &ActionItem| match &item.due {
        Some(due) => format!("{}{}", if due.inferred { "~" } else { "" }, due.date),
        None => of_item(&item.due_raw),
    };
    let cells = rows.iter().map(|(item, source, parts)| {
        [
            format!("{}{parts}", cell(&item.text)),
            of_item(&item.owner),
            due(item),
            of_item(&item.priority),
            match item.state {
                ItemState::Open => "Open",
                ItemState::Done => "Done",
                ItemState::Cancelled => "Cancelled",
            }
            .to_owned(),
            source.link(of.path),
        ]
    });
    let cells: Vec<[String; 6]> = cells.collect();
    text.push_str(&table_of(&["Action", "Owner", "Due", "Priority", "Status", "Kept in"], &cells));
    text
}

/// Returns a table without the columns that say nothing.
fn table_of(names: &[&str; 6], rows: &[[String; 6]]) -> String {
    let used: Vec<usize> = (0..names.len()).filter(|at| rows.iter().any(|row| !row[*at].is_empty())).collect();
    let line = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(used.iter().map(|at| names[*at]).collect());
    let _ = writeln!(text, "|{}", "---|".repeat(used.len()));
    for row in rows {
        text.push_str(&line(used.iter().map(|at| row[*at].as_str()).collect()));
    }
    text
}

/// Returns how many of the parts of an item are done, where it has parts.
fn parts_done(items: &[ActionItem], of: usize) -> String {
    let mut parts = items.iter().filter(|item| item.parent == Some(of) && item.counts()).peekable();
    if parts.peek().is_none() {
        return String::new();
    }
    let (done, all) = parts.fold((0, 0), |(done, all), item| (done + usize::from(item.is_done()), all + 1));
    format!(" ({done} of {all} parts done)")
}

/// Returns the checks that the documents tell of, and after them the boxes that every resolution has to tick.
pub(super) fn verification(of: &Resolves<'_>, told: &str) -> String {
    let mut text = told.to_owned();
    let services = names(of, |document| &document.services);
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    let boxes = services.iter().map(|name| format!("- [ ] `{name}` does what it should: checked how, by whom, when?"));
    let common = [
        "- [ ] The signs described above are gone for the people who reported them".to_owned(),
        "- [ ] What would have told us earlier has been tried once and told us".to_owned(),
    ];
    text.push_str(&boxes.chain(common).collect::<Vec<_>>().join("\n"));
    text
}
