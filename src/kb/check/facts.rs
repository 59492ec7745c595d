//! What is kept of a checked document for the rules that look at others.

use crate::lint::{LintContext, Neighbour};
use crate::model::{ActionClass, Reference};

/// What other documents may ask of a document.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub(super) path: String,
    pub(super) neighbour: Neighbour,
    /// Id of the incident that it belongs to.
    pub(super) incident: Option<String>,
    pub(super) references: Vec<Reference>,
    /// What links may name behind `#`.
    pub(super) anchors: Vec<String>,
}

impl Facts {
    pub(super) fn of(cx: &LintContext<'_>) -> Self {
        let document = cx.document;
        let neighbour = Neighbour {
            path: document.path.clone(),
            kind: document.kind.value,
            id: document.id.as_ref().map(|id| id.value.clone()),
            date: document.date.as_ref().and_then(|it| it.value.known_day()),
            status: document.status.as_ref().map(|it| it.value.state),
            has_cause: document.has_root_cause,
            has_resolution: document.resolution.is_some(),
            has_actions: document.action_items.iter().any(|item| item.class == ActionClass::Action),
        };
        Self {
            path: document.path.clone(),
            neighbour,
            incident: document.incident.as_ref().map(|it| it.value.clone()),
            references: document.references.clone(),
            anchors: cx.anchors(),
        }
    }
}
