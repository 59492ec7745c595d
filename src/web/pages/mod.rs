//! One page a file: the struct its template is filled from, and its handler.

pub(super) mod actions;
mod address;
pub(super) mod causes;
pub(super) mod compliance;
pub(super) mod document;
pub(super) mod error;
pub(super) mod file;
pub(super) mod home;
pub(super) mod incidents;
pub(super) mod insights;
pub(super) mod ledger;
pub(super) mod paste;
pub(super) mod raw;
pub(super) mod search;
pub(super) mod source;
pub(super) mod status;

use axum::body::Bytes;
use axum::response::{Html, IntoResponse, Response};

use super::error::WebError;
use super::export::CopyNote;
use super::state::AppState;
use super::{assets, middleware};
use crate::kb::{Found, KnowledgeBase};

/// What the frame of every page is filled from.
#[derive(Debug, Clone)]
pub(super) struct Chrome {
    /// Name of the knowledge base.
    pub(super) name: String,
    /// The state of the knowledge base that the page shows.
    pub(super) generation: String,
    /// Text of the search field in the header.
    pub(super) query: String,
    /// Which entry of the navigation this page is.
    pub(super) here: &'static str,
    /// What the page is renewed for: `all`, a path, or nothing.
    pub(super) live: String,
    /// What the page says of the copy that it belongs to.
    pub(super) copy: Option<CopyNote>,
    /// What a page may load that no server sends headers for.
    pub(super) policy: &'static str,
    pub(super) css: String,
    pub(super) js: String,
    pub(super) icon: String,
}

impl Chrome {
    /// Returns the frame of the page `here` that is renewed at every change.
    pub(super) fn new(app: &AppState, here: &'static str) -> Self {
        Self {
            name: app.name().to_owned(),
            generation: app.generation(),
            query: String::new(),
            here,
            live: "all".to_owned(),
            copy: app.copy().cloned(),
            policy: middleware::POLICY_OF_COPIES,
            css: assets::url("app.css"),
            js: assets::url("app.js"),
            icon: assets::url("icon.svg"),
        }
    }

    /// Tells whether the page belongs to a copy of some documents only.
    pub(super) fn is_part(&self) -> bool {
        self.copy.as_ref().is_some_and(|copy| copy.part.is_some())
    }

    /// Renews the page only for changes of the file at `path`; an empty path means never.
    pub(super) fn live(mut self, path: &str) -> Self {
        path.clone_into(&mut self.live);
        self
    }

    /// Fills the search field of the header.
    pub(super) fn query(mut self, query: &str) -> Self {
        query.clone_into(&mut self.query);
        self
    }
}

/// Renders a page.
pub(super) fn page(template: &impl askama::Template) -> Result<Response, WebError> {
    Ok(Html(template.render()?).into_response())
}

/// Returns the response that is a page as it was rendered.
pub(super) fn rendered(html: Bytes) -> Response {
    Html(html).into_response()
}

/// What the address of a document leads to.
pub(super) enum Located {
    /// The document with this path.
    Here(String),
    /// Another page.
    Elsewhere(String),
}

/// Finds the document that an address means: a path, or an id or file name that leads to one.
pub(super) fn locate(kb: &KnowledgeBase, key: &str, url: fn(&str) -> String) -> Result<Located, WebError> {
    let found = kb.find(key)?;
    match found {
        Found::One(document) if document.path == key => Ok(Located::Here(document.path)),
        Found::One(document) => Ok(Located::Elsewhere(url(&document.path))),
        Found::Many(documents) if documents.iter().any(|it| it.path == key) => Ok(Located::Here(key.to_owned())),
        Found::Many(_) => Ok(Located::Elsewhere(search::query_url(&format!("id:\"{}\"", key.replace('"', " "))))),
        Found::None(nearest) => Err(WebError::NotFound {
            message: format!("There is no document `{key}` in this knowledge base."),
            nearest: nearest.into_iter().map(|it| (super::links::document(&it), it)).collect(),
        }),
    }
}
