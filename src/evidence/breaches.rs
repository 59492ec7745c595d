//! Assessments of possible breaches: what each says, which of the four factors it weighs, who was owed a notice by when.
//! The burden of proof is on the entity (45 CFR 164.414(b)).

use chrono::NaiveDate;

use super::Check;
use crate::compliance::{Assessment, FACTORS, Notice, NoticeState, Point, odd_day, weighed};
use crate::csv::{Cell, Table};
use crate::model::Document;

const QUESTION: &str = "Does every breach assessment say what it must, and was everybody told in time?";
/// Whom HIPAA names; each has a day that is owed and a day that is recorded. The list of notices has those of all regimes.
const RECIPIENTS: [&str; 4] = ["individuals", "media", "secretary", "covered-entity"];

/// An assessment of a possible breach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreachRow {
    incident: String,
    path: String,
    line: u32,
    /// What is stated, by key, in the order of [`STATED`].
    stated: Vec<Option<String>>,
    /// Which factors the text weighs.
    weighed: [bool; 4],
    /// The factors are of HIPAA.
    is_of_hipaa: bool,
    notices: Vec<Notice>,
    lacks: Vec<&'static str>,
    /// Keys whose values cannot be read.
    unreadable: Vec<String>,
    unknown_regimes: Vec<String>,
    /// The days that it states, by key.
    days: Vec<(String, Point)>,
    discovered: Option<Point>,
}

/// Keys that the table repeats as they are written.
const STATED: [&str; 7] = ["regimes", "role", "discovered", "individuals", "conclusion", "decided-by", "decided-on"];

impl BreachRow {
    /// Returns the assessment that `document`, part of `incident`, holds; `text` is the whole file.
    #[must_use]
    pub fn of(incident: &str, document: &Document, text: &str) -> Option<Self> {
        let assessment = Assessment::of(document.front_matter.as_ref()?)?;
        let body = text.get(document.body_start..).unwrap_or(text);
        Some(Self {
            incident: incident.to_owned(),
            path: document.path.clone(),
            line: assessment.line(),
            stated: STATED.iter().map(|key| stated(&assessment, key)).collect(),
            weighed: weighed(body),
            is_of_hipaa: assessment.is_of_hipaa(),
            notices: assessment.notices(),
            lacks: assessment.lacks().map(|(key, _)| key).collect(),
            unreadable: assessment.unreadable().map(|(key, ..)| key.to_owned()).collect(),
            unknown_regimes: assessment.unknown_regimes().map(|(name, _)| name.to_owned()).collect(),
            days: assessment.days().map(|(key, at, _)| (key.to_owned(), at)).collect(),
            discovered: assessment.discovered().map(|(at, _)| at),
        })
    }

    /// Returns what an auditor would object to, one sentence each.
    fn objections(&self, as_of: NaiveDate) -> Vec<String> {
        let lacks = self.lacks.iter().map(|key| format!("{} does not say `{key}`", self.path));
        let unreadable = self.unreadable.iter().map(|key| format!("{}: `{key}` cannot be read", self.path));
        let unknown = self.unknown_regimes.iter();
        let unknown = unknown.map(|name| format!("{}: there are no clocks of `{name}`", self.path));
        let left_out = FACTORS.iter().zip(self.weighed).filter(|(_, weighed)| self.is_of_hipaa && !weighed);
        let left_out = left_out.map(|(factor, _)| format!("{} does not weigh {}", self.path, factor.citation));
        let late = self.notices.iter().filter_map(|it| {
            let end = match it.state(as_of.into()) {
                NoticeState::Overdue => "and no notice is recorded",
                NoticeState::Late => "and were told later",
                NoticeState::Open | NoticeState::Given | NoticeState::Waived => return None,
            };
            Some(format!("{}: {} had to be told by {}, {end}", self.path, it.clock.recipient, it.due))
        });
        let odd = self.days.iter().filter_map(|(key, at)| odd_day(key, *at, self.discovered, as_of.into()));
        let odd = odd.map(|wrong| format!("{}: {wrong}", self.path));
        lacks.chain(unreadable).chain(unknown).chain(left_out).chain(odd).chain(late).collect()
    }

    fn cells(&self) -> Vec<Cell> {
        let mut cells = vec![self.incident.as_str().into(), self.path.as_str().into(), self.line.into()];
        cells.extend(self.stated.iter().map(|it| Cell::from(it.as_deref())));
        cells.extend(self.weighed.map(|weighed| Cell::from(if weighed { "weighed" } else { "not found" })));
        for recipient in RECIPIENTS {
            let notice = self.notices.iter().find(|it| it.name == recipient);
            let told = notice.and_then(|it| it.told);
            cells.extend([notice.map(|it| it.due.to_string()).into(), told.map(|it| it.to_string()).into()]);
        }
        cells
    }
}

/// Returns what is stated at a key; the elements of a list one after the other.
fn stated(assessment: &Assessment<'_>, key: &str) -> Option<String> {
    match key {
        "regimes" => Some(assessment.regimes().join(", ")),
        _ => assessment.get(key).map(|it| it.value.clone()),
    }
}

/// Checks that the assessments are whole and the notices were in time.
#[must_use]
pub fn check(rows: &[BreachRow], as_of: NaiveDate) -> Check {
    if rows.is_empty() {
        return Check::not_run("breaches", QUESTION, "no document of the period assesses a possible breach".to_owned());
    }
    Check::of("breaches", QUESTION, rows.iter().flat_map(|row| row.objections(as_of)).collect())
}

/// Returns the assessments as a table.
pub(super) fn table(rows: &[BreachRow]) -> Table {
    let head = vec![
        "incident",
        "path",
        "line",
        "regimes",
        "role",
        "discovered",
        "individuals",
        "conclusion",
        "decided_by",
        "decided_on",
        "factor_information",
        "factor_recipient",
        "factor_acquired",
        "factor_mitigated",
        "individuals_due",
        "individuals_told",
        "media_due",
        "media_told",
        "secretary_due",
        "secretary_told",
        "covered_entity_due",
        "covered_entity_told",
    ];
    Table { head, rows: rows.iter().map(BreachRow::cells).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::CheckResult;
    use crate::evidence::record::tests::document;

    const BLOCK: &str = "breach-assessment:\n  discovered: 2026-01-10\n  individuals: 12\n  conclusion: breach\n  decided-by: A\n  \
                         decided-on: 2026-01-20\n";
    const BODY: &str =
        "Nature and extent: names. Recipient: one clinic. Actually viewed: yes. Mitigated: letters came back.";

    fn row(front_matter: &str, body: &str) -> Option<BreachRow> {
        let document = document("a.md", front_matter);
        BreachRow::of("INC-1", &document, &format!("{}{body}", " ".repeat(document.body_start)))
    }

    #[test]
    fn a_whole_assessment_passes_until_a_notice_is_late() {
        let rows = [row(BLOCK, BODY).unwrap()];
        let result = |day: &str| check(&rows, day.parse().unwrap()).result;
        assert_eq!(result("2026-03-11"), CheckResult::Pass);
        assert_eq!(result("2026-03-12"), CheckResult::Fail);
        let told = format!("{BLOCK}  notified-individuals: 2026-02-01\n");
        let rows = [row(&told, BODY).unwrap()];
        assert_eq!(check(&rows, "2026-12-31".parse().unwrap()).result, CheckResult::Pass);
        let csv = table(&rows).csv();
        assert!(csv.contains("2026-03-11,2026-02-01,,,2027-03-01,"), "{csv}");
    }

    #[test]
    fn a_notice_of_a_day_that_cannot_be_is_none() {
        let told = |day: &str| {
            let rows = [row(&format!("{BLOCK}  notified-individuals: {day}\n"), BODY).unwrap()];
            check(&rows, "2026-12-31".parse().unwrap()).details
        };
        let details = told("2026-01-01");
        assert!(
            details[0].contains("`notified-individuals` is 2026-01-01, before the discovery on 2026-01-10"),
            "{details:?}"
        );
        assert!(details[1].contains("had to be told by 2026-03-11, and no notice is recorded"), "{details:?}");
        let details = told("2027-02-01");
        assert!(details[0].contains("still to come") && details[1].contains("no notice is recorded"), "{details:?}");
        assert!(told("2026-04-01")[0].contains("and were told later"));
    }

    #[test]
    fn what_is_left_out_is_told() {
        let rows = [row("breach-assessment:\n  discovered: 2026-01-10\n  conclusion: low\n", "Nothing.").unwrap()];
        let told = check(&rows, "2026-12-31".parse().unwrap()).details;
        assert_eq!(told.len(), 3 + FACTORS.len(), "{told:?}");
        assert_eq!(row("title: none\n", BODY), None);
        assert_eq!(check(&[], "2026-12-31".parse().unwrap()).result, CheckResult::NotRun);
    }
}
