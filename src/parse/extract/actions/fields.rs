//! What is known of one item while it is read.

use crate::model::{Due, ItemState};

/// The fields of one item.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) text: String,
    pub(super) state: Option<ItemState>,
    /// Most of it is struck through.
    pub(super) struck: bool,
    pub(super) owner: Option<String>,
    pub(super) due: Option<Due>,
    pub(super) due_raw: Option<String>,
    pub(super) priority: Option<String>,
    pub(super) sort: Option<String>,
    pub(super) done_when: Option<String>,
    pub(super) estimate: Option<String>,
    pub(super) depends_on: Vec<String>,
    pub(super) tickets: Vec<String>,
    pub(super) id: Option<String>,
}
