//! The lists of a bundle as tables.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::ledger::{CommitRow, DroppedItem, Proof, Proofs};
use super::{Case, FileRow, Placed, Redaction, SourceFile, Standing};
use crate::csv::{Cell, Table};
use crate::ledger::identities;
use crate::model::{ActionClass, ActionItem, Document, ItemState, Severity, StatusState};

/// What stands between several values in one cell.
const BETWEEN: &str = "; ";

/// Returns one row an incident. `digests` are the SHA-256 of the documents in the bundle, by path.
pub(super) fn incidents<'p>(
    placed: impl Iterator<Item = &'p Placed<'p>>,
    window: &super::Window,
    digests: &BTreeMap<String, String>,
) -> Table {
    let row = |it: &Placed<'_>| {
        let case = &it.case;
        let (day, by) = case.membership().map(|(date, by)| (date.to_string(), by.as_str())).unzip();
        // Checks that a fix worked are in the list of action items and count as none, as everywhere else.
        let actions = case.documents.iter().flat_map(|document| &document.action_items).filter(|item| is_real(item));
        let actions = actions.filter(|item| item.class == ActionClass::Action && item.counts());
        let (open, total) =
            actions.fold((0_usize, 0_usize), |(open, all), item| (open + usize::from(item.is_open()), all + 1));
        let list = |values: Vec<String>| Cell::from(values.join(BETWEEN));
        vec![
            Cell::from(case.id()),
            Cell::from(case.main().display_title()),
            Cell::from(case.main().kind.value.as_str()),
            Cell::from(case.severity().map(Severity::word)),
            Cell::from(case.status().map(StatusState::as_str)),
            Cell::from(case.began().map(|date| date.value.to_string())),
            Cell::from(case.began().map(|date| date.origin.kind.as_str())),
            Cell::from(case.detected()),
            Cell::from(case.resolved()),
            Cell::from(day),
            Cell::from(by),
            Cell::from(it.standing.as_str()),
            case.is_open_after(window).map_or(Cell::from("unknown"), yes_or_no),
            list(distinct(case, |document| document.services.iter().map(|it| it.value.clone()).collect())),
            list(distinct(case, |document| tags(document, false))),
            list(distinct(case, |document| tags(document, true))),
            Cell::from(open),
            Cell::from(total),
            list(case.documents.iter().map(|document| document.path.clone()).collect()),
            Cell::from(it.folder.as_ref().map(|folder| format!("data/incidents/{folder}"))),
            Cell::from(digests.get(&case.main().path).cloned()),
        ]
    };
    let head = vec![
        "id",
        "title",
        "kind",
        "severity",
        "status",
        "began",
        "began_from",
        "detected",
        "resolved",
        "member_day",
        "member_by",
        "standing",
        "open_at_end",
        "services",
        "tags_stated",
        "tags_inferred",
        "actions_open",
        "actions_total",
        "documents",
        "folder",
        "sha256",
    ];
    Table { head, rows: placed.map(row).collect() }
}

/// Returns where every file of the commit went.
pub(super) fn files(rows: &[FileRow<'_>], files: &[SourceFile], hidden: &dyn Fn(&str) -> bool) -> Table {
    let row = |(row, file): (&FileRow<'_>, &SourceFile)| {
        let blob = if hidden(row.path) { Cell::from("withheld") } else { Cell::from(file.blob.clone()) };
        vec![row.path.into(), row.standing.into(), row.incident.into(), row.reason.into(), blob]
    };
    let head = vec!["path", "standing", "incident", "reason", "git_blob"];
    Table { head, rows: rows.iter().zip(files).map(row).collect() }
}

/// Returns the commits that changed one document.
pub(super) fn history(commits: &[(String, CommitRow)]) -> Table {
    let row = |(path, it): &(String, CommitRow)| {
        vec![
            path.as_str().into(),
            it.id.as_str().into(),
            it.author.as_str().into(),
            it.authored.as_str().into(),
            it.committer.as_str().into(),
            it.committed.as_str().into(),
            if it.is_signed { "present, not verified" } else { "none" }.into(),
            it.renamed_from.clone().into(),
            it.subject.as_str().into(),
        ]
    };
    let head =
        vec!["path", "commit", "author", "authored", "committer", "committed", "signature", "renamed_from", "subject"];
    Table { head, rows: commits.iter().map(row).collect() }
}

/// Returns the action items of the incidents, with the commit that made each done, and those that were taken out while they were
/// open, with the commit that did.
pub(super) fn actions<'p>(
    placed: impl Iterator<Item = &'p Placed<'p>>,
    (proofs, dropped): (&BTreeMap<String, Proofs>, &[DroppedItem]),
    as_of: NaiveDate,
) -> Table {
    let mut rows = Vec::new();
    for it in placed {
        for document in &it.case.documents {
            let of_document = proofs.get(&document.path);
            let items = document.action_items.iter().zip(identities(document));
            rows.extend(items.filter(|(item, _)| is_real(item)).map(|(item, of)| {
                let proof = of_document.and_then(|proofs| proofs.get(&of));
                action(it.case.name(), document, item, proof, as_of)
            }));
            let gone = dropped.iter().filter(|item| item.path == document.path);
            rows.extend(gone.map(|item| dropped_action(it.case.name(), item)));
        }
    }
    let head = vec![
        "incident",
        "id",
        "action",
        "class",
        "owner",
        "due",
        "due_by",
        "state",
        "since",
        "state_before",
        "commit",
        "author",
        "days_late",
        "tickets",
        "path",
        "line",
    ];
    Table { head, rows }
}

fn action(
    incident: &str,
    document: &Document,
    item: &ActionItem,
    proof: Option<&Proof>,
    as_of: NaiveDate,
) -> Vec<Cell> {
    let due = item.due.as_ref();
    // An item that was done when it was first written may have been done long before.
    let until = match item.state {
        ItemState::Open => Some(as_of),
        ItemState::Done => proof.filter(|it| it.before.is_some()).map(|it| it.commit.day),
        ItemState::Cancelled => None,
    };
    let late = due.zip(until).map(|(due, until)| (until - due.date).num_days()).filter(|days| *days > 0);
    vec![
        incident.into(),
        item.id.clone().into(),
        item.text.as_str().into(),
        item.class.as_str().into(),
        item.owner.clone().into(),
        due.map(|due| due.date).into(),
        due.map(|due| if due.inferred { "inferred" } else { "stated" }).into(),
        item.state.as_str().into(),
        proof.map(|it| it.commit.day).into(),
        proof.map(|it| it.before.map_or("so when first written", ItemState::as_str)).into(),
        proof.map(|it| it.commit.id.clone()).into(),
        proof.map(|it| it.commit.author.clone()).into(),
        late.and_then(|days| u32::try_from(days).ok()).into(),
        item.tickets.join(BETWEEN).into(),
        document.path.as_str().into(),
        item.line.into(),
    ]
}

fn dropped_action(incident: &str, item: &DroppedItem) -> Vec<Cell> {
    vec![
        incident.into(),
        Cell::Empty,
        item.text.as_str().into(),
        item.class.as_str().into(),
        item.owner.clone().into(),
        item.due.into(),
        item.due.map(|_| "stated").into(),
        item.moved
            .as_ref()
            .map_or_else(|| "dropped".to_owned(), |to| format!("moved to {}, {}", to.path, to.state.as_str()))
            .into(),
        item.commit.day.into(),
        ItemState::Open.as_str().into(),
        item.commit.id.as_str().into(),
        item.commit.author.as_str().into(),
        Cell::Empty,
        Cell::Empty,
        item.path.as_str().into(),
        Cell::Empty,
    ]
}

/// Returns what was taken out, and where.
pub(super) fn redactions(found: &[Redaction]) -> Table {
    let line = |it: &Redaction| it.line.map_or_else(|| Cell::from("its name"), Cell::from);
    let rows = found.iter().map(|it| vec![it.path.as_str().into(), line(it), it.what.into()]).collect();
    Table { head: vec!["path", "line", "what"], rows }
}

/// Tells whether an item is work of the incident, and counted in its document.
fn is_real(item: &ActionItem) -> bool {
    item.class != ActionClass::Checklist && !item.carried
}

fn distinct(case: &Case<'_>, of: impl Fn(&Document) -> Vec<String>) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for value in case.documents.iter().flat_map(|document| of(document)) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

fn tags(document: &Document, inferred: bool) -> Vec<String> {
    let tags = document.tags.iter().filter(|tag| tag.is_inferred() == inferred);
    tags.map(|tag| tag.tag.clone()).collect()
}

fn yes_or_no(yes: bool) -> Cell {
    Cell::from(if yes { "yes" } else { "no" })
}

/// Tells whether a row is told among those carried in.
pub(super) fn is_carried_in(it: &&Placed<'_>) -> bool {
    it.case.is_incident() && it.standing == Standing::CarriedIn
}
