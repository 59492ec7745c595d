//! The account of every file: what was found, what was read, what was not and why.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::{Chrome, page};
use crate::kb::{IndexStatus, Shortfall};
use crate::web::error::WebError;
use crate::web::links;
use crate::web::state::AppState;
use crate::web::view::{Part, age, message};

/// Files listed; a folder with more problems has one problem.
const MAX_ROWS: usize = 1000;

#[derive(Template)]
#[template(path = "web/status.html")]
struct StatusPage {
    chrome: Chrome,
    status: IndexStatus,
    synced: Option<String>,
    size: String,
    rows: Vec<Row>,
    cut: usize,
}

struct Row {
    path: String,
    url: Option<String>,
    outcome: &'static str,
    line: u32,
    reason: Vec<Part>,
}

/// Shows the account.
pub(in crate::web) async fn show(State(app): State<AppState>) -> Result<Response, WebError> {
    let (chrome, now) = (Chrome::new(&app, "status"), app.clock().now());
    app.read(move |kb| {
        let mut status = kb.status()?;
        let problems = std::mem::take(&mut status.problems);
        let row = |problem: &crate::kb::FileProblem| Row {
            path: problem.path.clone(),
            url: (problem.outcome == Shortfall::Partial).then(|| links::source(&problem.path, problem.line)),
            outcome: problem.outcome.as_str(),
            line: problem.line,
            reason: message(&problem.reason),
        };
        page(&StatusPage {
            chrome,
            synced: status.synced_at.map(|at| age(at, now)),
            size: size(status.bytes),
            rows: problems.iter().take(MAX_ROWS).map(row).collect(),
            cut: problems.len().saturating_sub(MAX_ROWS),
            status,
        })
    })
    .await
}

/// Returns bytes as the terminal says them.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{:.1} MB", bytes as f64 / f64::from(1 << 20)),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_small_index_has_a_size() {
        assert_eq!([super::size(40_000), super::size(3 << 20)], ["40 KB", "3.0 MB"]);
    }
}
