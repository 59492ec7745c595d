//! Insights: charts drawn on the server, each with the table behind it and the same table as CSV.

mod figures;
pub(super) mod period;
mod tables;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;

use super::address::{left_out, refuse};
use super::{Chrome, page};
use crate::kb::{InsightsRequest, Period};
use crate::web::error::WebError;
use crate::web::state::AppState;
use crate::web::view::{Part, count, grouped};

pub(super) use figures::unit_name;
use figures::{Chart, Figure};
use period::{Preset, presets, read, words};
pub(super) use tables::bucket_label;

/// Dots drawn of each sort; beyond that they hide each other, and nobody steps through them with the keyboard.
const MAX_DOTS: usize = 300;

#[derive(Template)]
#[template(path = "web/insights.html")]
struct InsightsPage {
    chrome: Chrome,
    presets: Vec<Preset>,
    from: String,
    to: String,
    notices: Vec<Vec<Part>>,
    period: String,
    /// There are no incidents at all.
    is_empty: bool,
    /// There are some in the period.
    has_incidents: bool,
    incidents: String,
    documents: String,
    left_out: Option<String>,
    undated: Option<String>,
    figures: Vec<Figure>,
}

/// Shows the charts.
pub(in crate::web) async fn show(
    State(app): State<AppState>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let ((period, no_days), today) = (read(&pairs), app.today());
    let chrome = Chrome::new(&app, "insights");
    app.read(move |kb| {
        let insights = kb.insights(&InsightsRequest { period, dots: MAX_DOTS })?;
        let some = |number: usize, text: String| (number > 0).then_some(text);
        page(&InsightsPage {
            chrome,
            presets: presets(&period, &insights.years, today),
            from: period.from.map(|day| day.to_string()).unwrap_or_default(),
            to: period.to.map(|day| day.to_string()).unwrap_or_default(),
            notices: left_out(&no_days, &period),
            period: words(&period),
            is_empty: insights.incidents + insights.left_out == 0 && period == Period::default(),
            has_incidents: insights.incidents > 0,
            incidents: count(insights.incidents, "incident"),
            documents: count(insights.documents, "document"),
            left_out: some(insights.left_out, count(insights.left_out, "other document")),
            undated: some(insights.undated, grouped(insights.undated)),
            figures: figures::all(&insights),
        })
    })
    .await
}

/// Gives the table behind one chart as CSV.
pub(in crate::web) async fn download(
    State(app): State<AppState>,
    Path(name): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let (period, no_days) = read(&pairs);
    refuse(&no_days)?;
    app.read(move |kb| {
        let unknown = || WebError::not_found(format!("There is no table `{name}`."));
        let stem = name.strip_suffix(".csv").filter(|stem| tables::NAMES.contains(stem)).ok_or_else(unknown)?;
        let dots = if tables::has_dots(stem) { usize::MAX } else { 0 };
        let insights = kb.insights(&InsightsRequest { period, dots })?;
        let table = tables::table(&insights, stem).ok_or_else(unknown)?;
        Ok(table.download(&name))
    })
    .await
}
