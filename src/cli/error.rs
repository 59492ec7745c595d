//! The error of a command: what could not be done, what to do about it, and the exit code.

use std::error::Error;
use std::io;

use crate::kb::KbError;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Done.
    Done,
    /// Ran well, and the answer is no.
    No,
    /// Did what it could; some of it failed and was reported.
    Failed,
}

impl Ended {
    /// Returns the exit code.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::No => 1,
            Self::Failed => 2,
        }
    }
}

/// Why a command could not do what it was asked to.
#[derive(Debug)]
pub(crate) struct CommandError {
    message: String,
    hints: Vec<String>,
    ended: Ended,
}

impl CommandError {
    /// Returns an error of usage, configuration or I/O.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new(), ended: Ended::Failed }
    }

    /// Returns the error of a question whose answer is no.
    pub(crate) fn no(message: impl Into<String>) -> Self {
        Self { ended: Ended::No, ..Self::new(message) }
    }

    /// Returns an error that says `message` and, behind it, what caused it.
    pub(crate) fn caused(message: &str, cause: &dyn Error) -> Self {
        Self::new(format!("{message}: {}", chain(cause)))
    }

    /// Adds advice.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Returns what went wrong.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// Returns the advice.
    pub(crate) fn hints(&self) -> &[String] {
        &self.hints
    }

    /// Returns how the command ended.
    pub(crate) fn ended(&self) -> Ended {
        self.ended
    }
}

impl From<io::Error> for CommandError {
    /// Takes an error of writing to stdout; other I/O names its operation and path.
    fn from(error: io::Error) -> Self {
        Self::caused("cannot write the output", &error)
    }
}

impl From<KbError> for CommandError {
    fn from(error: KbError) -> Self {
        let is_answer = matches!(error, KbError::NoSuchDocument { .. });
        let converted = if is_answer { Self::no(chain(&error)) } else { Self::new(chain(&error)) };
        error.hint().into_iter().fold(converted, Self::hint)
    }
}

/// Returns the message of `error` and of its causes, one behind the other.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}
