//! How old an answer is: the index is brought up to date before each, and it says whether that went well.

use std::sync::PoisonError;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat};
use serde_json::{Value, json};

use super::desk::{Desk, chain};
use crate::kb::SyncOptions;

/// How long an answer waits for another process that is writing the index.
const PATIENCE: Duration = Duration::from_secs(30);

impl Desk {
    /// Brings the index up to date, as every command does first, and returns what an answer says of it.
    pub(super) fn bring_up_to_date(&self) -> Value {
        // One at a time: who comes second finds nothing left to do.
        let turn = self.syncing.lock().unwrap_or_else(PoisonError::into_inner);
        let synced = self.kb.sync_with(&SyncOptions::quiet(PATIENCE));
        drop(turn);
        let (behind, notices) = match synced {
            Ok(report) => (report.behind, report.notices),
            Err(error) => {
                let why = chain(&error);
                let told =
                    format!("The index could not be brought up to date ({why}); the answer comes from it as it is.");
                return self.told(false, None, &[told]);
            }
        };
        self.told(behind == 0, Some(behind), &notices)
    }

    fn told(&self, is_up_to_date: bool, behind: Option<usize>, notices: &[String]) -> Value {
        for notice in notices {
            self.warn_once(notice);
        }
        let mut mask = self.kb.mask([]);
        let notices: Vec<String> = notices.iter().map(|notice| mask.text(notice)).collect();
        let seen_at = self.kb.seen_at();
        let age = seen_at.map(|at| (self.clock.now().timestamp() - at).max(0));
        let seen_at = seen_at.and_then(|at| DateTime::from_timestamp(at, 0));
        json!({
            "up_to_date": is_up_to_date,
            "behind": behind,
            "seen_at": seen_at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)),
            "age_seconds": age,
            "commit": self.kb.head().ok().flatten(),
            "notices": notices,
        })
    }

    /// Warns the user, unless it was said before.
    fn warn_once(&self, sentence: &str) {
        let mut warned = self.warned.lock().unwrap_or_else(PoisonError::into_inner);
        if warned.insert(sentence.to_owned()) {
            (self.report)(sentence);
        }
    }
}
