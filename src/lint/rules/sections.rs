//! Sections and facts that a document of its kind must have.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::config::Fact;
use crate::diag::Span;
use crate::lint::{Findings, LintContext};
use crate::model::{ActionClass, SectionRole, StatusState};

/// What people leave in a form that they meant to fill in.
const PLACEHOLDERS: [&str; 14] = [
    "YYYY-MM-DD",
    "INC-XXXX",
    "INC-NNNN",
    "<insert",
    "[insert",
    "<describe",
    "[describe",
    "lorem ipsum",
    "{{ ",
    "<fill in",
    "[fill in",
    "<your ",
    "TBD",
    "TODO",
];

static UNFILLED: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(PLACEHOLDERS);
    finder.expect("a dozen words fit an automaton")
});

/// A section that the settings ask for is not there.
pub(in crate::lint) fn missing(cx: &LintContext<'_>, out: &mut Findings) {
    let document = cx.document;
    let severity = document.severity.as_ref().map(|it| it.value);
    let kind = document.kind.value;
    let mut told: Vec<SectionRole> = Vec::new();
    for required in cx.settings.sections_of(kind, severity) {
        for role in required.sections.iter().copied() {
            if told.contains(&role) || is_there(cx, role) || comes_later(cx, role) {
                continue;
            }
            told.push(role);
            let of = if required.severity.is_some() { "serious " } else { "" };
            let noun = format!("{of}{}", noun(kind.as_str()));
            let path = document.path.clone();
            out.push(0, format!("{} {noun} has no section on {}", article(&noun), name(role)))
                .subject(name(role))
                .hint(format!("add a heading such as `## {}`", heading(role)))
                .only_if(move |around, _| !around.any_of_incident(&path, &|it| it.tells(role)));
        }
    }
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

fn noun(kind: &str) -> String {
    if kind == "rca" { "root-cause analysis".to_owned() } else { kind.replace('-', " ") }
}

pub(super) fn is_there(cx: &LintContext<'_>, role: SectionRole) -> bool {
    let document = cx.document;
    let known = match role {
        SectionRole::RootCause => document.has_root_cause,
        SectionRole::Resolution => document.resolution.is_some(),
        SectionRole::Timeline => !document.timeline.is_empty(),
        SectionRole::Actions => document.action_items.iter().any(|item| item.class == ActionClass::Action),
        _ => false,
    };
    known || document.sections.iter().any(|section| section.role == Some(role))
}

/// While an incident is open nobody can know everything; once it is resolved, other rules ask for cause and resolution.
fn comes_later(cx: &LintContext<'_>, role: SectionRole) -> bool {
    let Some(status) = &cx.document.status else { return false };
    match status.value {
        StatusState::Open | StatusState::Investigating => !matches!(role, SectionRole::Summary | SectionRole::Impact),
        StatusState::Mitigated => {
            matches!(role, SectionRole::RootCause | SectionRole::Resolution | SectionRole::Lessons)
        }
        StatusState::Resolved | StatusState::Closed => matches!(role, SectionRole::RootCause | SectionRole::Resolution),
    }
}

pub(super) fn name(role: SectionRole) -> &'static str {
    match role {
        SectionRole::Summary => "what happened",
        SectionRole::Impact => "the impact",
        SectionRole::RootCause => "the root cause",
        SectionRole::Resolution => "the resolution",
        SectionRole::Timeline => "the timeline",
        SectionRole::Actions => "action items",
        SectionRole::Lessons => "lessons",
        SectionRole::References => "references",
    }
}

fn heading(role: SectionRole) -> &'static str {
    match role {
        SectionRole::Summary => "Summary",
        SectionRole::Impact => "Impact",
        SectionRole::RootCause => "Root cause",
        SectionRole::Resolution => "Resolution",
        SectionRole::Timeline => "Timeline",
        SectionRole::Actions => "Action items",
        SectionRole::Lessons => "Lessons learned",
        SectionRole::References => "References",
    }
}

/// A fact that the settings ask for is not there.
pub(in crate::lint) fn missing_fact(cx: &LintContext<'_>, out: &mut Findings) {
    if !cx.is_about_incident() {
        return;
    }
    let document = cx.document;
    for fact in cx.settings.facts.iter().copied() {
        let (there, how) = match fact {
            Fact::Title => {
                (document.title.is_some() || has_headline(cx), "begin the document with a heading: `# What happened`")
            }
            Fact::Date => (document.date.is_some(), "write `**Date:** 2026-03-31` below the title"),
            Fact::Severity => (document.severity.is_some(), "write `**Severity:** high` below the title"),
            Fact::Status => (document.status.is_some(), "write `**Status:** open` below the title"),
            Fact::Id => (document.id.is_some(), "write `id: INC-2026-07` into the front matter"),
            Fact::Services => (!document.services.is_empty(), "write `**Services:** name, name` below the title"),
            Fact::Owners => (!document.owners.is_empty(), "write `**Owner:** name` below the title"),
        };
        if !there {
            let fact = fact.as_str();
            out.push(0, format!("the document states no {fact}")).subject(fact).hint(how);
        }
    }
}

/// A single heading of the first level is the title, whatever it says.
fn has_headline(cx: &LintContext<'_>) -> bool {
    let mut first = cx.document.sections.iter().filter(|section| section.level == 1);
    first.next().is_some_and(|section| section.role.is_none()) && first.next().is_none()
}

/// A part of the form that was never filled in.
pub(in crate::lint) fn placeholder(cx: &LintContext<'_>, out: &mut Findings) {
    if !cx.is_about_incident() {
        return;
    }
    let mut told = 0;
    for found in UNFILLED.find_iter(&cx.text[cx.document.body_start..]) {
        let (start, end) = (cx.document.body_start + found.start(), cx.document.body_start + found.end());
        let number = cx.line_of(start);
        if number != told && is_unfilled(cx, number, start..end) && !cx.is_code(start) {
            told = number;
            let span = Span::new(start, end);
            out.push(number, "this is still to be filled in").span(span).hint("fill it in, or remove the line");
        }
    }
}

/// `TBD` stands alone as a word, `TODO` at the beginning of its line; the others say it by themselves.
fn is_unfilled(cx: &LintContext<'_>, line: u32, range: Range<usize>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let begin = cx.line_start(line);
    let (before, behind) = (&cx.text[begin..range.start], &cx.text[range.end..]);
    match &cx.text[range] {
        "TBD" => !is_word(before.chars().next_back()) && !is_word(behind.chars().next()),
        "TODO" => {
            before.trim_start_matches([' ', '-', '*', '>', '_', '[']).is_empty() && !is_word(behind.chars().next())
        }
        found => !found.eq_ignore_ascii_case("tbd") && !found.eq_ignore_ascii_case("todo"),
    }
}
