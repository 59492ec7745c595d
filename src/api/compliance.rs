//! Controls, retention, reviews and notices.

use std::time::Duration;

use serde_json::json;

use super::params::Params;
use super::{Answer, Pairs, answer};
use crate::kb::notices::NoticeState;
use crate::kb::retention::RetentionState;
use crate::kb::reviews::ReviewRow;
use crate::kb::{KnowledgeBase, Period};

/// Most places told of one citation.
const MAX_PLACES: usize = 20;

/// Lists every control with who cites it, and what is cited and is no control.
pub(crate) fn controls(kb: &KnowledgeBase, pairs: Pairs) -> Answer {
    let mut params = Params::new(pairs);
    let period = params.period();
    let framework = params.choice("framework", &["hipaa", "iso27001", "soc2"].map(|it| (it, it)));
    let cited = params.flag("cited");
    params.finish()?;
    let mut found = kb.control_coverage(&period_query(&period))?;
    found.controls.retain(|row| framework.is_none_or(|it| it == row.framework));
    let total = found.controls.len();
    let count = found.controls.iter().filter(|row| row.documents > 0).count();
    found.controls.retain(|row| !cited || row.documents > 0);
    let fault = |mut row: crate::kb::controls::FaultRow| {
        let total = row.places.len();
        row.places.truncate(MAX_PLACES);
        json!({
            "fault": row.fault, "framework": row.framework, "id": row.id, "instead": row.instead,
            "members": row.members, "places": row.places, "places_total": total,
        })
    };
    let invalid: Vec<_> = found.faults.into_iter().map(fault).collect();
    Ok(answer(json!({ "total": total, "cited": count, "controls": found.controls, "invalid": invalid })))
}

/// Lists records with how long they are kept, after reading on in the git history for about `budget`.
pub(crate) fn retention(kb: &KnowledgeBase, pairs: Pairs, budget: Duration) -> Answer {
    let mut params = Params::new(pairs);
    let at = params.day("at");
    let expired = params.flag("expired");
    let (offset, limit) = params.page();
    params.finish()?;
    let mut found = kb.retention(at, budget)?;
    found.rows.retain(|row| !expired || row.state == RetentionState::Past);
    let records: Vec<_> = found.rows.iter().skip(offset).take(limit).collect();
    let total = found.rows.len();
    Ok(answer(json!({
        "at": found.at, "commits": found.commits, "shallow": found.shallow, "total": total, "records": records,
    })))
}

/// Lists the reviews that documents promise.
pub(crate) fn reviews(kb: &KnowledgeBase, pairs: Pairs) -> Answer {
    let mut params = Params::new(pairs);
    let overdue = params.flag("overdue");
    let (offset, limit) = params.page();
    params.finish()?;
    let mut rows = kb.reviews()?;
    let late = rows.iter().filter(|row| row.is_overdue()).count();
    rows.retain(|row| !overdue || ReviewRow::is_overdue(row));
    let reviews: Vec<_> = rows.iter().skip(offset).take(limit).collect();
    Ok(answer(json!({ "total": rows.len(), "overdue": late, "reviews": reviews })))
}

/// Lists the notices that possible breaches ask for.
pub(crate) fn notices(kb: &KnowledgeBase, pairs: Pairs) -> Answer {
    let mut params = Params::new(pairs);
    let open = params.flag("open");
    let (offset, limit) = params.page();
    params.finish()?;
    let found = kb.notices()?;
    let (mut rows, unclear) = (found.rows, found.unclear);
    let overdue = rows.iter().filter(|row| row.state == NoticeState::Overdue).count();
    rows.retain(|row| !open || row.is_open());
    let notices: Vec<_> = rows.iter().skip(offset).take(limit).collect();
    Ok(answer(json!({ "total": rows.len(), "overdue": overdue, "notices": notices, "unclear": unclear })))
}

/// Returns the condition that an incident began in the period.
pub(crate) fn period_query(period: &Period) -> String {
    let ends = [("since", period.from), ("until", period.to)];
    let ends = ends.into_iter().filter_map(|(field, day)| Some(format!("{field}:{}", day?)));
    ends.collect::<Vec<_>>().join(" ")
}
