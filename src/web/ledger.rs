//! Asking the ledger, whose first reading may take seconds: it is done by one thread at a time, and nobody waits for it longer
//! than they choose to.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use super::error::WebError;
use super::state::AppState;
use crate::kb::LedgerBook;

/// Pause between two looks for what somebody else reads.
const PAUSE: Duration = Duration::from_millis(50);

/// Returns the answer to a question to the ledger; `None` where it is still being read after `patience`.
pub(super) async fn ask<T: Send + 'static>(
    app: &AppState,
    patience: Duration,
    question: impl Fn(&LedgerBook) -> T + Clone + Send + 'static,
) -> Result<Option<T>, WebError> {
    let deadline = Instant::now() + patience;
    loop {
        let question = question.clone();
        let answer = app.read(move |kb| Ok(kb.ledger_at_hand()?.map(|book| question(&book)))).await?;
        if answer.is_some() || Instant::now() >= deadline {
            return Ok(answer);
        }
        // Whoever reads the commits in the background does so in small steps, so that no page waits for them.
        match app.claim_ledger().filter(|_| !app.kb().is_read_elsewhere()) {
            Some(claim) => {
                let reading = tokio::spawn(async move { claim.read().await });
                if let Ok(done) = timeout_at(deadline, reading).await {
                    done.map_err(|_| WebError::Panicked)??;
                }
            }
            None => sleep(PAUSE).await,
        }
    }
}
