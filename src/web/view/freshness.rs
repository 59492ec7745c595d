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
        if let Some(copy) = app.copy() {
            return Self { synced: copy.day.clone(), behind: None };
        }
        Self { synced: age(app.synced(), app.clock().now()), behind: behind.as_deref().map(message) }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::watch;

    use super::*;
    use crate::clock::Clock;
    use crate::kb::{KnowledgeBase, OpenOptions, SyncReport};
    use crate::web::ServeOptions;

    fn said(app: &AppState) -> String {
        let parts = Freshness::now(app).behind.unwrap_or_default();
        parts.into_iter().map(|part| part.text).collect()
    }

    #[test]
    fn what_the_index_may_not_show_is_said_until_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let current_dir = folder.path().to_owned();
        let kb = KnowledgeBase::open(&OpenOptions { root: None, current_dir, clock: Clock::System }).unwrap();
        let app = AppState::new(kb, &ServeOptions::default(), watch::channel(false).1);
        assert_eq!(said(&app), "");
        app.set_behind(Some(Behind::Comparing));
        assert!(said(&app).contains("being compared"));
        let stuck = SyncReport { behind: 3, notices: vec!["The disk is full.".to_owned()], ..SyncReport::default() };
        app.note_sync(&stuck);
        assert_eq!(said(&app), "The index is behind the folder. The disk is full.");
        app.note_sync(&SyncReport::default());
        assert_eq!(said(&app), "");
    }
}
