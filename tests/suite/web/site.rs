//! A small knowledge base behind the router, and answers to look into.

use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use chrono::{TimeZone, Utc};
use ris::clock::Clock;
use ris::kb::{KnowledgeBase, OpenOptions};
use ris::web::{AppState, ServeOptions, router};
use tempfile::TempDir;
use tokio::sync::watch;
use tower::ServiceExt;

/// A report with a bold-field header, a cause, a resolution, a timeline and action items.
pub(super) const REDIS: &str = "\
# Uploads stuck: wrong Redis hostname

**Date:** 2025-12-17
**Severity:** Critical
**Status:** Resolved
**ID:** INC-2025-0042

## Root Cause

The secret held the hostname `cache-main`, which no service has.

## Resolution

Set the hostname and restart:

```bash
vault write cache host=redis
```

See [the plan](plan.md#steps) and ![graph](graph.png).

## Timeline

- 08:00 UTC - first upload fails
- 09:50 UTC - service restored

## Action Items

- [x] Validate hostnames at start (Owner: @dana)
- [ ] Alert on stuck uploads (Owner: @li, Due: 2026-01-15)
";

/// A plan with front matter.
pub(super) const PLAN: &str = "\
---
id: PLAN-7
title: Fix plan for hostnames
date: 2025-12-18
severity: low
status: open
tags: [config-drift]
services: [uploader]
compliance:
  soc2:
    controls: [CC7.3]
---
# Fix plan for hostnames

## Steps

Follows INC-2025-0042.
";

/// A knowledge base on disk and its pages.
pub(super) struct Site {
    folder: TempDir,
    router: Router,
    // Kept, since a closed channel means that the server stops.
    _stop: watch::Sender<bool>,
}

/// An answer.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) bytes: Vec<u8>,
}

impl Site {
    /// Returns a site over [`REDIS`] and [`PLAN`].
    pub(super) fn new() -> Self {
        Self::with(&[("2025/redis.md", REDIS), ("2025/plan.md", PLAN)])
    }

    /// Returns a site over these files.
    pub(super) fn with(files: &[(&str, &str)]) -> Self {
        Self::over(write(files))
    }

    /// Returns a site over a folder.
    pub(super) fn over(folder: TempDir) -> Self {
        Self::prepared(folder, |_| {})
    }

    /// Returns a site over a folder, for whose knowledge base something is done first.
    pub(super) fn prepared(folder: TempDir, prepare: impl FnOnce(&KnowledgeBase)) -> Self {
        let (stop, stopped) = watch::channel(false);
        let kb = open(folder.path());
        kb.sync(&|_| {}).unwrap();
        prepare(&kb);
        let options = ServeOptions { clock: clock(), ..ServeOptions::default() };
        let router = router(AppState::new(kb, &options, stopped));
        Self { folder, router, _stop: stop }
    }

    /// Returns the folder.
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Asks for a page.
    pub(super) fn get(&self, url: &str) -> Answer {
        self.ask(Request::get(url).header("host", "localhost:7420").body(Body::empty()).unwrap())
    }

    /// Sends a request.
    pub(super) fn ask(&self, request: Request<Body>) -> Answer {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = to_bytes(body, 64 << 20).await.unwrap().to_vec();
            Answer { status: parts.status, headers: parts.headers, bytes }
        })
    }

    /// Sends a form.
    pub(super) fn post(&self, url: &str, body: String) -> Answer {
        let form = "application/x-www-form-urlencoded";
        let request = Request::post(url).header("host", "localhost").header("content-type", form);
        self.ask(request.body(body.into()).unwrap())
    }
}

impl Answer {
    /// Returns the body as text.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Returns a header.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Returns the plain text of the first element that begins with `start` (`<h1`), its tags left out.
    pub(super) fn element(&self, start: &str) -> String {
        let page = self.text();
        let name = start.trim_start_matches('<').split([' ', '>']).next().unwrap().to_owned();
        let Some(at) = page.find(start) else { return String::new() };
        let rest = &page[at..];
        let end = rest.find(&format!("</{name}>")).unwrap_or(rest.len());
        plain(&rest[..end])
    }

    /// Asserts that the page was made.
    pub(super) fn ok(self) -> Self {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        self
    }
}

/// Returns the text between tags, blanks joined.
pub(super) fn plain(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or("", |(_, text)| text));
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes files into a new folder.
pub(super) fn write(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::Builder::new().prefix("kb-").tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// Opens the knowledge base in `folder`.
pub(super) fn open(folder: &Path) -> KnowledgeBase {
    let options = OpenOptions { root: Some(folder.to_owned()), current_dir: folder.to_owned(), clock: clock() };
    KnowledgeBase::open(&options).unwrap()
}

/// 1 March 2026: after the due date of [`REDIS`].
pub(super) fn clock() -> Clock {
    Clock::Fixed(Utc.with_ymd_and_hms(2026, 3, 1, 12, 0, 0).unwrap())
}
