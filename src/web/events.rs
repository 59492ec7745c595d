//! Live updates: one stream of server-sent events for each open page.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use super::state::{AppState, Change};

const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// Streams a greeting with the present generation, then every change, until the server stops. A proxy is told to hand each
/// event on at once: nginx gathers some kilobytes of an answer before it does, where nothing asks it not to.
pub(super) async fn stream(State(app): State<AppState>) -> impl IntoResponse {
    let (changes, stop) = (app.changes(), app.stopping());
    let greeting = event("hello", &app, None);
    let follow = stream::unfold(Follower { app, changes, stop, greeting: Some(greeting) }, Follower::next);
    let events = Sse::new(follow).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    ([("x-accel-buffering", "no")], events)
}

struct Follower {
    app: AppState,
    changes: broadcast::Receiver<Change>,
    stop: watch::Receiver<bool>,
    greeting: Option<Event>,
}

impl Follower {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        if let Some(greeting) = self.greeting.take() {
            return Some((Ok(greeting), self));
        }
        let change = tokio::select! {
            change = self.changes.recv() => change,
            _ = self.stop.wait_for(|stop| *stop) => return None,
        };
        let paths = match change {
            Ok(change) => change.paths,
            Err(RecvError::Lagged(_)) => None,
            Err(RecvError::Closed) => return None,
        };
        Some((Ok(event("change", &self.app, paths)), self))
    }
}

fn event(name: &str, app: &AppState, paths: Option<Vec<String>>) -> Event {
    Event::default().event(name).data(json!({"generation": app.generation(), "paths": paths}).to_string())
}
