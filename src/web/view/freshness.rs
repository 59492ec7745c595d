//! How fresh the answer is: when the index last saw the folder, and what it may not show yet.

use super::summary::{Part, message};
use super::words::age;
use crate::web::state::{AppState, Behind};

/// What a page says about the age of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Freshness {
    /// When the index was last compared with the folder, as an age.
    pub(crate) synced: String,
    /// Why it may be behind, as a full sentence.
    pub(crate) behind: Option<Vec<Part>>,
}

impl Freshness {
    /// Returns what holds now.
    pub(crate) fn now(app: &AppState) -> Self {
        let behind = app.behind().map(|behind| match behind {
            Behind::Comparing => "The folder is being compared with the index; newer files may be missing.".to_owned(),
            Behind::Updating => "The folder has changed and is being read; the newest files may be missing.".to_owned(),
            Behind::Stuck(reason) => format!("The index is behind the folder. {reason}"),
        });
        Self { synced: age(app.synced(), app.clock().now()), behind: behind.as_deref().map(message) }
    }
}
