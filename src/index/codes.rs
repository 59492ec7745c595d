//! Numbers that stand for values in the columns of the index.

use crate::model::{Kind, Outcome, Severity, StatusState};

/// Returns the position of `kind` in [`Kind::ALL`], which is how the index stores it.
pub(crate) fn kind_code(kind: Kind) -> u64 {
    Kind::ALL.iter().position(|&it| it == kind).map_or(0, |at| at as u64)
}

/// Returns the level of `severity`, which is how the index stores it.
pub(crate) fn severity_code(severity: Severity) -> u64 {
    u64::from(severity.level())
}

/// Returns the severity that a number stored in the index stands for.
pub(crate) fn severity_from(code: u64) -> Option<Severity> {
    u8::try_from(code).ok().and_then(Severity::from_level)
}

/// Returns the position of `state` in [`StatusState::ALL`], which is how the index stores it.
pub(crate) fn status_code(state: StatusState) -> u64 {
    StatusState::ALL.iter().position(|&it| it == state).map_or(0, |at| at as u64)
}

/// Returns the days from 1970 to `date`.
pub(crate) fn days(date: chrono::NaiveDate) -> i64 {
    i64::from(date.to_epoch_days())
}

/// Returns what kind of outcome a number stored in the index stands for.
pub(crate) fn outcome_from(code: u64) -> Outcome {
    match code {
        0 => Outcome::Parsed,
        1 => Outcome::Partial,
        _ => Outcome::Rejected,
    }
}
