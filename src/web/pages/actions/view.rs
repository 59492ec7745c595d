//! An action item as the lists show it.

use chrono::NaiveDate;

use super::params::Params;
use super::{class_label, of_owner};
use crate::kb::{ActionEntry, Incident};
use crate::model::{ActionClass, ActionItem, Document, ItemState};
use crate::web::links;
use crate::web::view::{Badge, date_words};

/// An action item in a list.
pub(in crate::web) struct ActionView {
    pub(in crate::web) text: String,
    pub(in crate::web) url: String,
    pub(in crate::web) line: u32,
    pub(in crate::web) state: ItemState,
    pub(in crate::web) overdue: bool,
    pub(in crate::web) owner: Option<String>,
    pub(in crate::web) owner_url: Option<String>,
    /// Somewhere above.
    pub(in crate::web) owner_is_told: bool,
    pub(in crate::web) due: Option<String>,
    pub(in crate::web) due_inferred: bool,
    /// The day on which the incident began, where the list says it.
    pub(in crate::web) began: Option<String>,
    pub(in crate::web) priority: Option<String>,
    pub(in crate::web) class: Option<&'static str>,
    pub(in crate::web) severity: Option<Badge>,
    pub(in crate::web) title: String,
    pub(in crate::web) document_url: String,
}

/// Returns the view of an item; with `params`, those of the list of all items, its owner leads to all items of that
/// owner, and the day of the incident is said.
pub(in crate::web) fn view(item: &ActionEntry, params: Option<&Params>) -> ActionView {
    let told = params.is_some();
    let params = params.cloned().unwrap_or_default();
    let due = item.due.map(|due| due.format("%-d %b %Y").to_string()).or_else(|| item.due_text.clone());
    ActionView {
        text: item.text.clone(),
        url: links::passage(&item.path, item.line),
        line: item.line,
        state: item.state,
        overdue: item.overdue,
        owner: item.owner.clone(),
        owner_url: item.owner.as_ref().map(|owner| of_owner(&params, owner).url()),
        owner_is_told: false,
        due,
        due_inferred: item.due.is_some() && item.due_inferred,
        began: item.began.filter(|_| told).map(|date| date_words(&date.to_string())),
        priority: item.priority.clone(),
        class: (item.class != ActionClass::Action).then(|| class_label(item.class)),
        severity: item.severity.map(Badge::severity),
        title: item.title.clone(),
        document_url: links::document(&item.path),
    }
}

/// Returns the view of an open item as `document` of an incident has it, in a list of items of many incidents.
pub(in crate::web) fn view_of(
    item: &ActionItem,
    incident: &Incident,
    document: &Document,
    today: NaiveDate,
) -> ActionView {
    let (due, path) = (item.due.as_ref(), &document.path);
    ActionView {
        text: item.text.clone(),
        url: links::passage(path, item.line),
        line: item.line,
        state: item.state,
        overdue: due.is_some_and(|due| due.date < today),
        owner: item.owner.clone(),
        owner_url: item.owner.as_ref().map(|owner| of_owner(&Params::default(), owner).url()),
        owner_is_told: false,
        due: due.map(|due| date_words(&due.date.to_string())).or_else(|| item.due_raw.clone()),
        due_inferred: due.is_some_and(|due| due.inferred),
        began: None,
        priority: item.priority.clone(),
        class: None,
        severity: incident.severity.map(Badge::severity),
        title: document.display_title().to_owned(),
        document_url: links::document(path),
    }
}
