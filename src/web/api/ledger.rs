//! What became of action items.

use std::time::Duration;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::answer;
use super::lists::classes;
use super::params::{Pairs, Params};
use crate::kb::{KbError, LedgerKind, LedgerRequest, OwnerFilter};
use crate::model::ActionClass;
use crate::web::error::WebError;
use crate::web::ledger::ask;
use crate::web::state::AppState;

/// How long what is still being read is waited for.
const PATIENCE: Duration = Duration::from_secs(15);

/// Lists what happened to action items.
pub(super) async fn list(State(app): State<AppState>, Query(pairs): Pairs) -> Response {
    let mut params = Params::new(pairs);
    let by_name: Vec<(&str, Option<ActionClass>)> =
        ActionClass::ALL.map(|it| (it.as_str(), Some(it))).into_iter().chain([("all", None)]).collect();
    let window = params.window("period");
    let kinds = params.choices("only", &LedgerKind::ALL.map(|it| (it.as_str(), it)));
    let owner = params.name("owner").map(OwnerFilter::Named);
    let owner = if params.flag("nobody") { Some(OwnerFilter::Nobody) } else { owner };
    let classes = classes(&params.choices("class", &by_name));
    let (offset, limit) = params.page();
    if let Err(refusal) = params.finish() {
        return refusal.into_response();
    }
    let request = LedgerRequest { window, kinds, owner, classes, offset, limit };
    match ask(&app, PATIENCE, move |book| book.page(&request)).await {
        Ok(Some(found)) => answer(found),
        Ok(None) => WebError::Early("The commits are still being read: try again in a moment.").into_response(),
        // Without commits nothing is known, which is not the same as that nothing happened.
        Err(WebError::Internal(KbError::Refused(refused))) => answer(json!({
            "commit": null, "from": null, "to": null, "totals": null, "total": null, "entries": [],
            "lack": refused.message, "elsewhere": 0,
        })),
        Err(error) => error.into_response(),
    }
}
