//! What the auditor reads first: what the bundle is, what was checked, how to check it oneself.

use askama::Template;

use super::{Check, CheckResult, Evidence, Placed, Profile, Standing, redacted, summary};
use crate::model::{Severity, StatusState};

/// What both forms of the page say.
struct Page<'e> {
    evidence: &'e Evidence<'e>,
}

#[derive(Template)]
#[template(path = "evidence/README.md", escape = "none")]
struct Markdown<'e>(Page<'e>);

#[derive(Template)]
#[template(path = "evidence/README.html")]
struct Html<'e>(Page<'e>);

pub(super) fn markdown(evidence: &Evidence<'_>) -> Result<String, askama::Error> {
    Markdown(Page { evidence }).render()
}

pub(super) fn html(evidence: &Evidence<'_>) -> Result<String, askama::Error> {
    Html(Page { evidence }).render()
}

impl<'e> Page<'e> {
    fn about(&self) -> &'e super::About {
        &self.evidence.about
    }

    /// Returns what the settings say of how documents are read, as cells of a table.
    fn reading(&self) -> Vec<String> {
        self.about().source.reading.iter().map(|it| it.replace('|', "\u{2502}")).collect()
    }

    /// Returns the ends of the period, which no heading breaks.
    fn ends(&self) -> Vec<String> {
        self.about().period.to_string().split(" to ").map(str::to_owned).collect()
    }

    fn count(&self) -> usize {
        self.evidence.population.members().count()
    }

    /// Returns the size of the population in words, its severities with it.
    fn members(&self) -> String {
        let in_all = counted(self.count(), "incident in the period", "incidents in the period");
        if self.count() == 0 { in_all } else { format!("{in_all}: {}", self.totals()) }
    }

    /// Returns what stands beside the population, in sentences; nothing of what there is none of.
    fn beside(&self) -> Vec<String> {
        let population = &self.evidence.population;
        let standing = |standing| population.incidents(standing).count();
        [
            (standing(Standing::CarriedIn), "began earlier and was still open", "began earlier and were still open"),
            (population.ended(Some(true)).count(), "was still open at the end", "were still open at the end"),
            (population.ended(None).count(), "has no known end", "have no known end"),
            (standing(Standing::Undated), "has no date", "have no date"),
            (
                population.others().count(),
                "near miss or exercise is listed separately",
                "near misses and exercises are listed separately",
            ),
        ]
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, more)| format!("{}.", counted(count, one, more)))
        .collect()
    }

    /// Returns how the checks came out, in one line.
    fn results(&self) -> String {
        let of = |result| self.evidence.checks.iter().filter(|it| it.result == result).count();
        let told = [(of(CheckResult::Fail), "failed"), (of(CheckResult::NotRun), "not run")];
        let told = told.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!(", {count} {what}"));
        let all = counted(self.evidence.checks.len(), "check", "checks");
        format!("{all}: {} passed{}", of(CheckResult::Pass), told.collect::<String>())
    }

    fn files(&self) -> usize {
        self.evidence.files.len()
    }

    fn rule(&self) -> &'static str {
        summary::rule()
    }

    /// Returns the checks, failed ones first.
    fn checks(&self) -> Vec<&'e Check> {
        let (failed, others): (Vec<_>, Vec<_>) =
            self.evidence.checks.iter().partition(|it| it.result == CheckResult::Fail);
        failed.into_iter().chain(others).collect()
    }

    fn is_compared(&self) -> bool {
        self.evidence.reconciliation.is_some()
    }

    fn redactions(&self) -> String {
        counted(self.evidence.redactions.len(), "value", "values")
    }

    fn is_one_redaction(&self) -> bool {
        self.evidence.redactions.len() == 1
    }

    fn is_redacted(&self) -> bool {
        self.about().profile == Profile::Redacted
    }

    fn rows(&self) -> Vec<Row> {
        let listed = |it: &Placed<'_>| self.evidence.sampled().any(|sampled| sampled.folder == it.folder);
        self.evidence.population.members().map(|it| Row::of(it, listed(it), self.is_redacted())).collect()
    }

    fn totals(&self) -> String {
        let totals = self.evidence.population.totals(|case| {
            let level = case.severity().map_or(6, Severity::level);
            format!("{level}{}", case.severity().map_or("without a severity", Severity::word))
        });
        let told: Vec<String> = totals.iter().map(|(name, count)| format!("{count} {}", &name[1..])).collect();
        told.join(", ")
    }
}

fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// A row of the list of incidents.
struct Row {
    name: String,
    title: String,
    day: String,
    severity: &'static str,
    status: &'static str,
    /// Its folder, where its documents are in the bundle.
    folder: Option<String>,
}

impl Row {
    fn of(it: &Placed<'_>, listed: bool, is_redacted: bool) -> Self {
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\u{2502}");
        let shown = |text: &str| if is_redacted { redacted(&line(text)) } else { line(text) };
        Self {
            name: shown(it.case.name()),
            title: shown(it.case.main().display_title()),
            day: it.case.membership().map(|(date, _)| date.to_string()).unwrap_or_default(),
            severity: it.case.severity().map_or("", Severity::word),
            status: it.case.status().map_or("", StatusState::as_str),
            folder: it.folder.clone().filter(|_| listed),
        }
    }
}

impl Check {
    fn mark(&self) -> &'static str {
        match self.result {
            CheckResult::Pass => "passed",
            CheckResult::Fail => "FAILED",
            CheckResult::NotRun => "not run",
        }
    }
}
