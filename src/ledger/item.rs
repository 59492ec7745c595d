//! An action item of one version of a document, as far as the ledger goes by it.

use chrono::NaiveDate;

use super::identity::identities;
use crate::model::{ActionClass, Document, ItemState};

/// An action item of one version of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LedgerItem {
    /// What tells it from the others of its document.
    pub identity: String,
    /// What is to be done.
    pub text: String,
    /// How far it has come.
    pub state: ItemState,
    /// What kind of item it is.
    pub class: ActionClass,
    /// Who does it.
    pub owner: Option<String>,
    /// The day it is due, where one is stated.
    pub due: Option<NaiveDate>,
    /// Line in that version, from 1.
    pub line: u32,
}

/// Returns the action items that a document keeps; those that another one keeps are left out.
#[must_use]
pub(crate) fn items(document: &Document) -> Vec<LedgerItem> {
    let items = document.action_items.iter().zip(identities(document));
    let kept = items.filter(|(item, _)| !item.carried).map(|(item, identity)| LedgerItem {
        identity,
        text: item.text.clone(),
        state: item.state,
        class: item.class,
        owner: item.owner.clone(),
        // A day worked out from the day of the incident moves with that, and nobody moved it.
        due: item.due.as_ref().filter(|due| !due.inferred).map(|due| due.date),
        line: item.line,
    });
    kept.collect()
}
