//! What became of action items.

use std::time::Duration;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::refused;
use crate::api::{Pairs, answer, ledger_request};
use crate::kb::KbError;
use crate::web::error::WebError;
use crate::web::ledger::ask;
use crate::web::state::AppState;

/// How long what is still being read is waited for.
const PATIENCE: Duration = Duration::from_secs(15);

/// Lists what happened to action items.
pub(super) async fn list(State(app): State<AppState>, Query(pairs): Query<Pairs>) -> Response {
    let request = match ledger_request(pairs) {
        Ok(request) => request,
        Err(refusal) => return refused(refusal),
    };
    let fields = match ask(&app, PATIENCE, move |book| book.page(&request)).await {
        Ok(Some(found)) => answer(found),
        Ok(None) => {
            return WebError::Early("The commits are still being read: try again in a moment.").into_response();
        }
        // Without commits nothing is known, which is not the same as that nothing happened.
        Err(WebError::Internal(KbError::Refused(refused))) => answer(json!({
            "commit": null, "from": null, "to": null, "totals": null, "total": null, "entries": [],
            "lack": refused.message, "elsewhere": 0,
        })),
        Err(error) => return error.into_response(),
    };
    axum::Json(fields).into_response()
}
