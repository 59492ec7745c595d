//! Runs the rules: on one document first, then with the rest of the knowledge base in view.

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::context::LintContext;
use super::finding::{Draft, Finding, Findings};
use super::hidden::Hidden;
use super::rule::Check;
use super::suppress::{Suppression, suppressions};
use super::surroundings::Surroundings;
use super::table::{RULES, rule};
use super::{Rule, RuleLevel};
use crate::config::CheckConfig;
use crate::diag::{Diagnostic, Level, SourceLine};
use crate::model::hex;

/// At most so many findings of one rule are listed for one document.
const MOST: usize = 1000;

/// A document whose own rules have run.
#[derive(Debug)]
pub(crate) struct Checked {
    path: String,
    drafts: Vec<(Draft, Option<SourceLine>)>,
    hidden: Vec<String>,
    suppressions: Vec<Suppression>,
}

/// What a check of one document gives.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Findings in the order of their lines.
    pub findings: Vec<Finding>,
    /// Findings that a comment in the document takes back.
    pub suppressed: usize,
    /// Texts of the document that must not be shown.
    pub hidden: Vec<String>,
}

/// Runs the rules on one document.
#[must_use]
pub(crate) fn check(cx: &LintContext<'_>) -> Checked {
    let mut findings = Findings::default();
    for rule in RULES {
        if level_of(rule, cx.settings) == RuleLevel::Allow {
            continue;
        }
        findings.code = rule.code;
        let before = findings.drafts.len();
        match rule.check {
            Check::Document(run) => run(cx, &mut findings),
            Check::Reader => reader(cx, rule, &mut findings, |_, _, _| ()),
            Check::ReaderWith(add) => reader(cx, rule, &mut findings, add),
            Check::Run => {}
        }
        limit(&mut findings, before);
    }
    let before = findings.drafts.len();
    let suppressions = suppressions(cx, &mut findings);
    limit(&mut findings, before);
    let hidden = Hidden::of(cx);
    let with_line = |mut draft: Draft| {
        hidden.hide(&mut draft);
        let source = hidden.source_line(cx, &draft);
        (draft, source)
    };
    let drafts = findings.drafts.into_iter().map(with_line).collect();
    Checked { path: cx.document.path.clone(), drafts, hidden: hidden.texts(cx.text), suppressions }
}

/// Leaves out what one rule found beyond what anybody reads, and says so.
fn limit(findings: &mut Findings, before: usize) {
    let listed = before + MOST;
    if findings.drafts.len() <= listed {
        return;
    }
    let left_out = findings.drafts.split_off(listed);
    let line = left_out.first().map_or(0, |draft| draft.line);
    findings.push(line, format!("{} more places like the {MOST} above are not listed", left_out.len()));
}

fn reader(
    cx: &LintContext<'_>,
    rule: &Rule,
    findings: &mut Findings,
    add: fn(&LintContext<'_>, &Diagnostic, &mut Draft),
) {
    for diagnostic in cx.document.diagnostics.iter().filter(|it| it.code == rule.code) {
        let draft = findings.push(diagnostic.line, diagnostic.message.clone());
        draft.span(diagnostic.span);
        draft.hint.clone_from(&diagnostic.hint);
        add(cx, diagnostic, draft);
    }
}

fn level_of(rule: &Rule, settings: &CheckConfig) -> RuleLevel {
    let stated = settings.levels.iter().find(|it| it.code == rule.code).map(|it| it.level);
    stated.unwrap_or(rule.level)
}

impl Checked {
    /// Returns the path of the document.
    #[must_use]
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Returns how many findings could be fixed, whatever their level.
    pub(crate) fn fixable(&self) -> usize {
        self.drafts.iter().filter(|(draft, _)| draft.fix.is_some()).count()
    }

    /// Settles what depends on the rest of the knowledge base, and applies levels and suppressions.
    #[must_use]
    pub(crate) fn finish(self, settings: &CheckConfig, surroundings: &dyn Surroundings) -> Outcome {
        let mut outcome = Outcome { hidden: self.hidden, ..Outcome::default() };
        let mut suppressions = self.suppressions;
        for (mut draft, source) in self.drafts {
            if let Some(verdict) = draft.verdict.take()
                && !verdict(surroundings, &mut draft)
            {
                continue;
            }
            let Some(level) = rule(draft.code).and_then(|rule| level_of(rule, settings).shown()) else { continue };
            if let Some(found) = suppressions.iter_mut().find(|it| it.covers(draft.code, draft.line)) {
                found.used = true;
                outcome.suppressed += 1;
                continue;
            }
            outcome.findings.push(finding(&self.path, level, draft, source));
        }
        let unused = rule("suppression-unused").and_then(|rule| level_of(rule, settings).shown());
        for suppression in suppressions.iter().filter(|it| !it.used && !is_allowed(&it.code, settings)) {
            if let Some(level) = unused {
                outcome.findings.push(of_unused(&self.path, level, suppression));
            }
        }
        outcome.findings.sort_by(|a, b| {
            let key = |it: &Finding| (it.diagnostic.line, it.diagnostic.span.map_or(0, |span| span.start));
            key(a).cmp(&key(b)).then_with(|| a.diagnostic.code.cmp(b.diagnostic.code))
        });
        number(&mut outcome.findings);
        outcome
    }
}

fn is_allowed(code: &str, settings: &CheckConfig) -> bool {
    rule(code).is_some_and(|rule| level_of(rule, settings) == RuleLevel::Allow)
}

fn finding(path: &str, level: Level, draft: Draft, source: Option<SourceLine>) -> Finding {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let about = match (&draft.subject, &source) {
        (Some(subject), _) => words(subject),
        (None, Some(source)) => words(&source.text),
        (None, None) => words(&draft.message),
    };
    let mut diagnostic = Diagnostic::new(draft.code, level, draft.line, draft.message);
    diagnostic.hint = draft.hint;
    diagnostic.span = draft.span;
    Finding { path: path.to_owned(), diagnostic, source, fix: draft.fix, fingerprint: digest(draft.code, &about) }
}

fn of_unused(path: &str, level: Level, suppression: &Suppression) -> Finding {
    let message = format!("nothing here is `{}`, so there is nothing to allow", suppression.code);
    let mut draft = Draft::new("suppression-unused", suppression.line, message);
    draft.hint("remove the comment, or move it to the line before what it is meant for").subject(&suppression.code);
    draft.span(suppression.span);
    finding(path, level, draft, Some(suppression.source.clone()))
}

fn digest(code: &str, about: &str) -> String {
    let digest = Sha256::new().chain_update(code).chain_update([0]).chain_update(about).finalize();
    hex(&digest[..8])
}

/// Findings that would be taken for one another are told apart by their order.
fn number(findings: &mut [Finding]) {
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    for finding in findings {
        let count = seen.entry(finding.fingerprint.clone()).or_default();
        *count += 1;
        if *count > 1 {
            finding.fingerprint = format!("{}:{count}", finding.fingerprint);
        }
    }
}
