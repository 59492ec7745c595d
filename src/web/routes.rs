//! The route table.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use super::pages::{
    actions, causes, compliance, document, file, home, incidents, insights, ledger, paste, raw, search, source, status,
};
use super::state::AppState;
use super::{api, assets, etag, events, feed, middleware};

const TIMEOUT: Duration = Duration::from_secs(20);
/// A pasted log may be some 4 MB, of which the last one is searched; the encoding of a form can make three bytes of each.
const MAX_BODY: usize = 12 << 20;

/// Returns every page of the knowledge base behind the layers that guard them.
pub fn router(app: AppState) -> Router {
    let layers = ServiceBuilder::new()
        .layer(from_fn(middleware::add_headers))
        // The fastest level makes pages a few kilobytes larger and costs a third of the time.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn(etag::answer_once))
        .layer(from_fn_with_state(app.clone(), middleware::render_errors))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(from_fn_with_state(app.clone(), middleware::check_host))
        .layer(CsrfLayer::new())
        .layer(DefaultBodyLimit::max(MAX_BODY));
    Router::new()
        .route("/", get(home::show))
        .route("/search", get(search::show))
        .route("/search/fragment", get(search::fragment))
        .route("/incidents", get(incidents::show))
        .route("/incidents.csv", get(incidents::download))
        .route("/actions", get(actions::show))
        .route("/actions.csv", get(actions::download))
        .route("/actions.ics", get(actions::subscribe))
        .route("/insights", get(insights::show))
        .route("/insights/{name}", get(insights::download))
        .route("/ledger", get(ledger::show))
        .route("/ledger.csv", get(ledger::download))
        .route("/ledger/{name}", get(ledger::download_times))
        .route("/tags", get(causes::list::show))
        .route("/tags/{tag}", get(causes::tag::show))
        .route("/causes", get(causes::map::show))
        .route("/compliance", get(compliance::show))
        .route("/compliance/{name}", get(compliance::download))
        .route("/paste", get(paste::form).post(paste::answer))
        .route("/status", get(status::show))
        .route("/d/{*path}", get(document::show))
        .route("/source/{*path}", get(source::show))
        .route("/raw/{*path}", get(raw::show))
        .route("/files/{*path}", get(file::show))
        .route("/events", get(events::stream))
        .route("/static/{version}/{name}", get(assets::serve))
        .route("/feed.atom", get(feed::show))
        .merge(api::router())
        .layer(layers)
        .with_state(app)
}
