//! Runs the rules: on one document first, then with the rest of the knowledge base in view.

use sha2::{Digest, Sha256};

use super::context::LintContext;
use super::finding::{Draft, Finding, Findings};
use super::rule::Check;
use super::suppress::{Suppression, suppressions};
use super::surroundings::Surroundings;
use super::table::{RULES, rule};
use super::{Rule, RuleLevel};
use crate::config::CheckConfig;
use crate::diag::{Diagnostic, Level, SourceLine, Span};
use crate::sensitive;

/// A value of so few bytes is hidden where it was found alone: the same letters stand in too many other words.
const SHORT: usize = 4;

/// What stands in place of a value that is shown nowhere.
pub const MASK: &str = "****";

/// A document whose own rules have run.
#[derive(Debug)]
pub struct Checked {
    path: String,
    drafts: Vec<(Draft, Option<SourceLine>)>,
    hidden: Vec<String>,
    suppressions: Vec<Suppression>,
}

/// What a check of one document gives.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Findings in the order of their lines.
    pub findings: Vec<Finding>,
    /// Findings that a comment in the document takes back.
    pub suppressed: usize,
    /// Texts of the document that must not be shown.
    pub hidden: Vec<String>,
}

/// Returns the places of `text` that are shown nowhere.
#[must_use]
pub fn hidden_in(text: &str) -> Vec<Span> {
    sensitive::scan(text).into_iter().map(|it| it.span).collect()
}

/// Runs the rules on one document.
#[must_use]
pub fn check(cx: &LintContext<'_>) -> Checked {
    let mut findings = Findings::default();
    for rule in RULES {
        if level_of(rule, cx.settings) == RuleLevel::Allow {
            continue;
        }
        findings.code = rule.code;
        match rule.check {
            Check::Document(run) => run(cx, &mut findings),
            Check::Reader => reader(cx, rule, &mut findings, |_, _, _| ()),
            Check::ReaderWith(add) => reader(cx, rule, &mut findings, add),
            Check::Run => {}
        }
    }
    let suppressions = suppressions(cx, &mut findings);
    let masks = masks(cx, &findings.drafts);
    let mut hidden: Vec<&str> = masks.iter().filter_map(|span| cx.text.get(span.start..span.end)).collect();
    hidden.sort_unstable();
    hidden.dedup();
    let with_line = |mut draft: Draft| {
        for text in hidden.iter().filter(|text| text.len() > SHORT) {
            draft.message = draft.message.replace(text, MASK);
            draft.hint = draft.hint.map(|hint| hint.replace(text, MASK));
            draft.subject = draft.subject.map(|subject| subject.replace(text, MASK));
        }
        let source = source_line(cx, &draft, &masks);
        (draft, source)
    };
    let drafts = findings.drafts.into_iter().map(with_line).collect();
    let hidden = hidden.into_iter().map(str::to_owned).collect();
    Checked { path: cx.document.path.clone(), drafts, hidden, suppressions }
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
    let stated = settings.levels.iter().find(|it| it.code == rule.code).and_then(|it| RuleLevel::from_name(&it.level));
    stated.unwrap_or(rule.level)
}

/// Returns the spans that are shown nowhere, in order and without overlap.
/// What must not stand in the text is among them, even where nobody wants to be told of it.
fn masks(cx: &LintContext<'_>, drafts: &[Draft]) -> Vec<Span> {
    let mut masks: Vec<Span> = drafts.iter().flat_map(|it| &it.masks).copied().collect();
    masks.extend(cx.sensitive().iter().map(|it| it.span));
    // The same value may stand again where nothing tells what it is.
    let mut values: Vec<&str> = masks.iter().filter_map(|span| cx.text.get(span.start..span.end)).collect();
    values.sort_unstable();
    values.dedup();
    for value in values.into_iter().filter(|value| value.len() > SHORT) {
        let places = memchr::memmem::find_iter(cx.text.as_bytes(), value);
        masks.extend(places.map(|at| Span::new(at, at + value.len())));
    }
    masks.sort_by_key(|span| (span.start, span.end));
    masks.dedup_by(|next, last| {
        let overlap = next.start < last.end;
        if overlap {
            last.end = last.end.max(next.end);
        }
        overlap
    });
    masks
}

fn source_line(cx: &LintContext<'_>, draft: &Draft, masks: &[Span]) -> Option<SourceLine> {
    if draft.line == 0 {
        return None;
    }
    let start = cx.line_start(draft.line);
    let end = start + cx.line(draft.line).len();
    let on_line: Vec<Span> = masks.iter().copied().filter(|mask| mask.start < end && start < mask.end).collect();
    if on_line.is_empty() {
        return SourceLine::at(cx.text, start, draft.span);
    }
    let mut line = String::new();
    let mut span = draft.span.unwrap_or(Span::new(start, end));
    let mut at = start;
    for mask in on_line.iter().rev() {
        // From the back, so that the bytes before a mask stay where they are.
        let (from, to) = (mask.start.max(start), mask.end.min(end));
        let moved = |byte: usize| match byte {
            byte if byte <= from => byte,
            byte if byte < to => from,
            byte => byte - (to - from) + MASK.len(),
        };
        span = Span::new(
            moved(span.start),
            if span.end > from { moved(span.end).max(from + MASK.len()) } else { span.end },
        );
    }
    for mask in &on_line {
        line.push_str(&cx.text[at..mask.start.max(at)]);
        line.push_str(MASK);
        at = mask.end.min(end);
    }
    line.push_str(&cx.text[at..end]);
    SourceLine::at(&line, 0, Some(Span::new(span.start.saturating_sub(start), span.end.saturating_sub(start))))
}

impl Checked {
    /// Returns the path of the document.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns how many findings could be fixed, whatever their level.
    pub(crate) fn fixable(&self) -> usize {
        self.drafts.iter().filter(|(draft, _)| draft.fix.is_some()).count()
    }

    /// Settles what depends on the rest of the knowledge base, and applies levels and suppressions.
    #[must_use]
    pub fn finish(self, settings: &CheckConfig, surroundings: &dyn Surroundings) -> Outcome {
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
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Findings that would be taken for one another are told apart by their order.
fn number(findings: &mut [Finding]) {
    for at in 0..findings.len() {
        let (before, rest) = findings.split_at_mut(at);
        let this = &mut rest[0];
        let same = before.iter().filter(|it| it.fingerprint.split(':').next() == Some(this.fingerprint.as_str()));
        let count = same.count();
        if count > 0 {
            this.fingerprint = format!("{}:{}", this.fingerprint, count + 1);
        }
    }
}
