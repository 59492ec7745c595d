//! How the facts of a document look: one wording and one colour for severity, status and the rest, everywhere.

use super::text::{Line, Style};
use crate::kb::DocumentSummary;
use crate::model::{Kind, Outcome, Severity, StatusState};

/// Returns the style of a severity.
pub(crate) fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Critical => Style::Bad,
        Severity::High => Style::Warn,
        Severity::Medium | Severity::Low | Severity::Info => Style::Plain,
    }
}

/// Returns the word of a severity in its style.
pub(crate) fn severity_line(severity: Severity) -> Line {
    Line::styled(severity.word(), severity_style(severity))
}

/// Returns the style of a status.
pub(crate) fn status_style(state: StatusState) -> Style {
    match state {
        StatusState::Open | StatusState::Investigating => Style::Bad,
        StatusState::Mitigated => Style::Warn,
        StatusState::Resolved | StatusState::Closed => Style::Good,
    }
}

/// Returns the one line of facts under a title: id, date, severity, status, kind where it is no incident.
pub(crate) fn summary_line(document: &DocumentSummary) -> Line {
    let mut facts = Facts::default();
    // Above it stands the title; some documents have no other than their id.
    if let Some(id) = document.id.as_ref().filter(|id| !id.eq_ignore_ascii_case(&document.title)) {
        facts.add(id, Style::Strong);
    }
    facts.add(document.date.as_deref().unwrap_or("no date"), Style::Plain);
    match document.severity {
        Some(severity) => facts.add(severity.word(), severity_style(severity)),
        None => facts.add("no severity", Style::Dim),
    }
    match document.status {
        Some(state) => facts.add(state.as_str(), status_style(state)),
        None => facts.add("no status", Style::Dim),
    }
    if document.kind != Kind::Incident {
        facts.add(document.kind.as_str(), Style::Plain);
    }
    if document.outcome != Outcome::Parsed {
        facts.add("read in part", Style::Warn);
    }
    facts.line
}

/// Facts on one line with a dot between them.
#[derive(Default)]
struct Facts {
    line: Line,
}

impl Facts {
    fn add(&mut self, text: &str, style: Style) {
        if !self.line.is_empty() {
            self.line.push(" · ", Style::Dim);
        }
        self.line.push(text, style);
    }
}
