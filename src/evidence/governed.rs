//! Checks of what the documents of a period state about compliance: controls that exist, records that are kept long
//! enough, reviews that took place.

use chrono::NaiveDate;

use super::controls::{Fault, FaultRow, coverage};
use super::retention::{RetentionRow, RetentionState};
use super::{Check, Record, retention, reviews};

/// Returns the checks of `records`. `committed` gives the day of the last commit that changed a file; days are compared
/// with `as_of`. `somebody_keeps` says that some document of the whole commit states how long it is kept: then every record
/// is to, whatever its neighbours in the period do.
#[must_use]
pub fn governed(
    records: &[Record<'_>],
    committed: &dyn Fn(&str) -> Option<NaiveDate>,
    as_of: NaiveDate,
    somebody_keeps: bool,
) -> Vec<Check> {
    let faults = coverage(records).faults;
    let wrong = faults.iter().filter(|it| !matches!(it.fault, Fault::Unchecked | Fault::Paragraphs));
    let kept = retention::rows(records, committed, as_of);
    let promised = reviews::rows(records, as_of);
    let late = promised.iter().filter(|it| it.is_overdue()).map(|it| {
        let days = it.days_late.unwrap_or_default();
        format!("{} should have been reviewed {days} days before {as_of}", it.document.path)
    });
    let nobody_cites = records.iter().all(|it| it.document.compliance.controls.is_empty());
    vec![
        match nobody_cites {
            true => Check::not_run("controls", CONTROLS, "no document of the period cites a control".to_owned()),
            false => Check::of("controls", CONTROLS, wrong.map(tell_fault).collect()),
        },
        match (kept.is_empty(), somebody_keeps) {
            (true, _) => Check::not_run("retention", RETENTION, "the period has no records".to_owned()),
            (_, false) => {
                let why = "no document of the whole commit states how long it is kept";
                Check::not_run("retention", RETENTION, why.to_owned())
            }
            (false, true) => Check::of("retention", RETENTION, kept.iter().filter_map(tell_retention).collect()),
        },
        match promised.is_empty() {
            true => Check::not_run("reviews", REVIEWS, "no document of the period promises a review".to_owned()),
            false => Check::of("reviews", REVIEWS, late.collect()),
        },
    ]
}

const CONTROLS: &str = "Is everything that is cited as a control one that is in force?";
const RETENTION: &str = "Does every record say how long it is kept, and is that long enough by law?";
const REVIEWS: &str = "Did every review that was promised take place in time?";

fn tell_fault(row: &FaultRow) -> String {
    let place = row.places.first().map_or_else(String::new, |it| format!(" at {}:{}", it.path, it.line));
    let instead = if row.instead.is_empty() { String::new() } else { format!("; instead {}", row.instead.join(", ")) };
    format!("`{}` is {}{place}{instead}", row.id, row.fault.as_str())
}

fn tell_retention(row: &RetentionRow) -> Option<String> {
    if row.state == RetentionState::Unstated {
        return Some(format!("{} states no retention period", row.document.path));
    }
    if row.state.is_open() {
        return Some(format!("{} has no retention date ({})", row.document.path, row.state.as_str()));
    }
    let floor = row.floor.as_ref()?;
    Some(format!(
        "{} is kept for less than the {} years of {} ({})",
        row.document.path, floor.years, floor.regime, floor.citation
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::CheckResult;
    use crate::evidence::record::tests::{document, records};

    #[test]
    fn what_documents_state_is_checked() {
        let results = |front_matter: &str| -> Vec<CheckResult> {
            let documents = [document("a.md", front_matter)];
            let keeps = !documents[0].compliance.retention.is_empty();
            let checks = governed(&records(&documents), &|_| None, "2026-06-30".parse().unwrap(), keeps);
            checks.iter().map(|check| check.result).collect()
        };
        use CheckResult::{Fail, NotRun, Pass};
        assert_eq!(results(""), [NotRun, NotRun, NotRun]);
        let good = "date: 2026-01-10\ncreated: 2026-01-10\ncompliance:\n  hipaa:\n    controls: [\"164.308(a)(6)(ii)\"]\n    \
                    retention-period: 6-years\n    review-frequency: annual\n";
        assert_eq!(results(good), [Pass, Pass, Pass]);
        assert_eq!(results(&good.replace("(ii)", "(ix)")), [Fail, Pass, Pass]);
        assert_eq!(results(&good.replace("6-years", "2-years")), [Pass, Fail, Pass]);
        assert_eq!(results(&good.replace("annual", "monthly")), [Pass, Pass, Fail]);
    }

    #[test]
    fn a_record_without_a_period_fails_whoever_else_is_of_the_period() {
        let documents = [document("a.md", "kind: incident\n")];
        let retention = |records: &[Record<'_>], keeps| {
            let checks = governed(records, &|_| None, "2026-06-30".parse().unwrap(), keeps);
            (checks[1].result, checks[1].details[0].clone())
        };
        let records = records(&documents);
        assert_eq!(retention(&records, true).0, CheckResult::Fail);
        let none = "no document of the whole commit states how long it is kept".to_owned();
        assert_eq!(retention(&records, false), (CheckResult::NotRun, none));
        assert_eq!(retention(&[], true), (CheckResult::NotRun, "the period has no records".to_owned()));
    }
}
