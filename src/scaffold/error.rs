//! Why a template gives no document.

use super::advice::Advice;
use crate::model::at_line;

/// A template that cannot be used: where, why, what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("template `{template}` fails{}: {message}", at_line(*line))]
pub struct TemplateError {
    /// The file, or the name of a built-in template.
    pub template: String,
    /// Line counted from 1; 0 where the template as a whole is meant.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl TemplateError {
    pub(super) fn new(template: &str, line: usize, message: impl Into<String>) -> Self {
        Self { template: template.to_owned(), line, message: message.into(), hint: None }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// Takes an error of the engine.
    pub(super) fn of_engine(template: &str, error: &minijinja::Error) -> Self {
        let innermost = innermost(error);
        let kind = innermost.kind().to_string();
        let message = match innermost.detail() {
            Some(detail) if detail.contains(&kind) => detail.to_owned(),
            Some(detail) => format!("{kind}: {detail}"),
            None => kind,
        };
        Self::new(innermost.name().unwrap_or(template), innermost.line().unwrap_or(0), message)
    }

    /// Adds what to do about an error of the engine.
    pub(super) fn advised(self, advice: Option<Advice>) -> Self {
        let Some(Advice { line, message, hint }) = advice else { return self };
        let (line, message) = (line.unwrap_or(self.line), message.unwrap_or(self.message));
        Self { line, message, hint: Some(hint), ..self }
    }
}

/// Returns the cause of an error of the engine, which may say more than itself.
pub(super) fn innermost(error: &minijinja::Error) -> &minijinja::Error {
    let mut innermost = error;
    while let Some(cause) = std::error::Error::source(innermost).and_then(|it| it.downcast_ref()) {
        innermost = cause;
    }
    innermost
}
