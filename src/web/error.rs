//! What can go wrong in answering, and the page that says so.

use std::error::Error;

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::kb::{FileError, IndexError, KbError, QueryError};

/// Seconds after which what is still being read may be there.
const RETRY_SECONDS: &str = "10";

/// Why a page could not be given.
#[derive(Debug)]
pub(super) enum WebError {
    /// Nothing is there.
    NotFound {
        /// What, as a sentence.
        message: String,
        /// What may have been meant, as addresses and names.
        nearest: Vec<(String, String)>,
    },
    /// The query cannot be understood.
    Query(QueryError),
    /// What is asked for is still being read; the sentence says what.
    Early(&'static str),
    /// The knowledge base failed.
    Internal(KbError),
    /// A file could not be read.
    File(FileError),
    /// A template failed.
    Template(askama::Error),
    /// Our bug.
    Panicked,
}

/// What an error page says; travels from the handler to the middleware that renders it.
#[derive(Debug, Clone, Default)]
pub(super) struct ErrorNote {
    /// The sentence.
    pub(super) message: String,
    /// Addresses and names to go on with.
    pub(super) nearest: Vec<(String, String)>,
    /// For the log, not for the page: the chain of causes.
    pub(super) causes: Option<String>,
}

impl WebError {
    /// Returns a 404 that says `message`.
    pub(super) fn not_found(message: impl Into<String>) -> Self {
        Self::NotFound { message: message.into(), nearest: Vec::new() }
    }

    /// Tells whether the index is gone or damaged.
    pub(super) fn is_of_index(&self) -> bool {
        use IndexError::{Damaged, Engine, Io, Missing};
        matches!(self, Self::Internal(KbError::Index(Missing { .. } | Damaged { .. } | Io { .. } | Engine { .. })))
    }

    fn status(&self) -> StatusCode {
        match self {
            it if it.is_of_index() => StatusCode::SERVICE_UNAVAILABLE,
            Self::Early(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::NotFound { .. } | Self::File(FileError::NotFound) => StatusCode::NOT_FOUND,
            Self::Query(_) => StatusCode::BAD_REQUEST,
            Self::File(FileError::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Internal(_) | Self::File(_) | Self::Template(_) | Self::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn note(self) -> ErrorNote {
        let is_of_index = self.is_of_index();
        let say = |message: String| ErrorNote { message, ..ErrorNote::default() };
        let hide =
            |message: &str, error: &dyn Error| ErrorNote { causes: Some(causes(error)), ..say(message.to_owned()) };
        match self {
            Self::Internal(error) if is_of_index => {
                hide("The index is gone or damaged. It is being built anew: load the page again in a moment.", &error)
            }
            Self::NotFound { message, nearest } => ErrorNote { message, nearest, ..ErrorNote::default() },
            Self::Query(problem) => say(problem.message),
            Self::Early(message) => say(message.to_owned()),
            Self::File(FileError::NotFound) => say("There is no such file in this knowledge base.".into()),
            Self::File(error @ FileError::TooLarge) => say(format!("This cannot be shown: {error}.")),
            Self::File(error) => hide("The file could not be read.", &error),
            Self::Internal(error) => hide("The knowledge base could not answer.", &error),
            Self::Template(error) => hide("The page could not be made.", &error),
            Self::Panicked => say("The page could not be made. This is a defect of ris.".into()),
        }
    }
}

fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(&format!(": {cause}"));
        next = cause.source();
    }
    text
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let (status, is_early) = (self.status(), matches!(self, Self::Early(_)));
        let mut response = status.into_response();
        if is_early {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
        }
        response.extensions_mut().insert(self.note());
        response
    }
}

impl From<FileError> for WebError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> Self {
        Self::Template(error)
    }
}

impl From<KbError> for WebError {
    fn from(error: KbError) -> Self {
        if let Some(problem) = error.query_error() {
            return Self::Query(problem.clone());
        }
        match error {
            KbError::Outside { .. } => Self::File(FileError::NotFound),
            other => Self::Internal(other),
        }
    }
}
