//! What went badly and what is being done about it.

use rustc_hash::FxHashSet;

use crate::lint::{Findings, LintContext};
use crate::model::{ActionClass, Section, SectionRole};
use crate::parse::is_filler;

/// Words of headings under which people write what went badly.
const BADLY: [&str; 14] = [
    "went wrong",
    "went badly",
    "went poorly",
    "didn't go",
    "did not go",
    "didn't work",
    "did not work",
    "not go well",
    "gone better",
    "go better",
    "unlucky",
    "lief schlecht",
    "schlecht lief",
    "salió mal",
];

/// Words for one thing: who complains of the one is answered by another.
const CONCEPTS: [&[&str]; 5] = [
    &[
        "alert", "alarm", "notif", "notic", "unnot", "monit", "detec", "pager", "page", "email", "reali", "aware",
        "visib", "metri", "dashb", "obser", "uptim",
    ],
    &["docum", "runbo", "guide", "guida", "playb", "instr", "wiki", "readm"],
    &["test", "tests", "teste", "testi", "stagi", "verif", "valid", "check", "revie"],
    &["commu", "infor", "annou", "statu", "told", "tell"],
    &["slow", "laten", "timeo", "perfo", "load", "capac", "limit", "quota"],
];

/// An item under "what went badly" that no action item takes up.
pub(in crate::lint) fn unanswered(cx: &LintContext<'_>, out: &mut Findings) {
    if !cx.is_about_incident() {
        return;
    }
    let mut complaints = complaints(cx).peekable();
    if complaints.peek().is_none() {
        return;
    }
    let mut answered = FxHashSet::default();
    for item in &cx.document.action_items {
        if item.class != ActionClass::Checklist {
            answered.extend(stems(&item.text));
        }
    }
    let answers = |section: &&Section| matches!(section.role, Some(SectionRole::Actions | SectionRole::Resolution));
    for section in cx.document.sections.iter().filter(answers) {
        answered.extend(stems(cx.text.get(section.span.start..section.span.end).unwrap_or_default()));
    }
    if answered.is_empty() {
        return nothing_planned(cx, out);
    }
    for (line, text) in complaints {
        let words = stems(text);
        if words.len() >= 3 && words.is_disjoint(&answered) {
            out.push(line, "no action item takes up what went badly here")
                .subject(text.trim())
                .hint("add one, or say in a word why nothing is to be done about it");
        }
    }
}

/// Nothing at all is planned: that is one finding.
fn nothing_planned(cx: &LintContext<'_>, out: &mut Findings) {
    let Some((line, _)) = complaints(cx).next() else { return };
    let path = cx.document.path.clone();
    out.push(line, "something went badly, but no action item is planned")
        .subject("no action item")
        .hint("add an `## Action items` section, or link the plan")
        .only_if(move |around, _| !around.any_of_incident(&path, &|it| it.has_actions));
}

/// Returns the list items under headings of what went badly: line and text.
fn complaints<'a>(cx: &'a LintContext<'_>) -> impl Iterator<Item = (u32, &'a str)> {
    let badly = cx.document.sections.iter().filter(|section| {
        let title = section.title.to_lowercase().replace('’', "'");
        BADLY.iter().any(|words| title.contains(words))
    });
    badly.flat_map(move |section| {
        let last = cx.line_of(section.span.end.saturating_sub(1));
        (section.line + 1..=last).filter_map(move |number| {
            let line = cx.line(number);
            let indent = line.len() - line.trim_start().len();
            item_text(line).filter(|_| indent < 2 && !cx.is_code(cx.line_start(number) + indent))?;
            // The lines below that are set in belong to it.
            let below = (number + 1..=last).map(|next| cx.line(next));
            let more = below.take_while(|line| line.starts_with("  ") && !line.trim().is_empty());
            let end = number + u32::try_from(more.count()).unwrap_or(0);
            let range = cx.line_start(number)..cx.line_start(end + 1);
            Some((number, cx.text.get(range).unwrap_or(line)))
        })
    })
}

fn item_text(line: &str) -> Option<&str> {
    let line = line.trim();
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = match numbered.len() == line.len() {
        true => line.strip_prefix(['-', '*', '+'])?,
        false => numbered.strip_prefix(['.', ')'])?,
    };
    rest.strip_prefix(' ').map(str::trim).filter(|text| !text.is_empty())
}

fn concept(stem: String) -> String {
    CONCEPTS.iter().find(|words| words.contains(&stem.as_str())).map_or(stem, |words| words[0].to_owned())
}

/// Returns the beginnings of the words that say something.
fn stems(text: &str) -> FxHashSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 4);
    words
        .map(str::to_lowercase)
        .filter(|word| !is_filler(word))
        .map(|word| concept(word.chars().take(5).collect()))
        .collect()
}
