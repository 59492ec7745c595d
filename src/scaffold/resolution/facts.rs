//! The table of facts, the problem, the cause and the compliance block.

use std::fmt::Write;

use super::timeline::{cell, named_times};
use super::{Resolves, copy};
use crate::model::{Extracted, Kind, add_new, question};

/// Returns the table of facts at the top.
pub(super) fn table(of: &Resolves<'_>) -> String {
    let Some(report) = of.sources.first() else { return String::new() };
    let mut rows: Vec<(&str, String)> =
        vec![("Incident", format!("{} {}", report.link(of.path), report.document.display_title()))];
    let others: Vec<String> = of.sources[1..]
        .iter()
        .map(|source| format!("{} ({})", source.link(of.path), kind_name(source.document.kind.value)))
        .collect();
    if !others.is_empty() {
        rows.push(("Further documents", others.join(", ")));
    }
    let severity = of.sources.iter().find_map(|source| source.document.severity.as_ref());
    if let Some(severity) = severity {
        let word = severity.value.word();
        let raw = severity.raw.trim();
        rows.push((
            "Severity",
            if raw.eq_ignore_ascii_case(word) || raw.is_empty() {
                word.to_owned()
            } else {
                format!("{word} (written as {raw})")
            },
        ));
    }
    let named = named_times(of);
    rows.extend(named.iter().cloned());
    let services = names(of, |document| &document.services);
    if !services.is_empty() {
        rows.push(("Services", services.join(", ")));
    }
    let left: Vec<&str> = copy::unread(report).map(|section| section.title.as_str()).collect();
    if !left.is_empty() {
        rows.push(("Only in the report", left.join(", ")));
    }
    let mut text = "| Fact | As the documents say |\n|---|---|\n".to_owned();
    for (name, value) in rows {
        let _ = writeln!(text, "| {name} | {} |", cell(&value));
    }
    if !named.iter().any(|(name, _)| *name == "Resolved") {
        let _ = write!(text, "\n{}\n", question("When was it resolved, and who says so?"));
    }
    text
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Incident => "report",
        Kind::Resolution => "resolution",
        Kind::Rca => "root-cause analysis",
        Kind::FixPlan => "fix plan",
        Kind::Drill => "drill",
        Kind::NearMiss => "near miss",
        Kind::Other => "notes",
    }
}

/// Returns the values that the sources state, each once.
pub(super) fn names<'a>(
    of: &'a Resolves<'_>,
    get: impl Fn(&'a crate::model::Document) -> &'a Vec<Extracted<String>>,
) -> Vec<&'a str> {
    let mut names = Vec::new();
    add_new(&mut names, of.sources.iter().flat_map(|source| get(source.document)).map(|it| it.value.as_str()));
    names
}

/// Returns summary and impact, or else what the report says before the first section that is about something else.
pub(super) fn problem(of: &Resolves<'_>, told: &[String; 2]) -> String {
    let [summary, impact] = told;
    let lead = || of.sources.first().map(|source| copy::lead(of, source)).unwrap_or_default();
    let summary = if summary.is_empty() { lead() } else { summary.clone() };
    match (summary.is_empty(), impact.is_empty()) {
        (false, false) => format!("{summary}\n\n### Impact\n\n{impact}"),
        (false, true) => summary,
        (true, false) => format!("### Impact\n\n{impact}"),
        (true, true) => String::new(),
    }
}

/// Returns the cause as told, and asks about the tags that nobody stated.
pub(super) fn cause(of: &Resolves<'_>, told: &str) -> String {
    if told.is_empty() {
        return String::new();
    }
    let mut text = told.to_owned();
    let (mut asked, mut told_of): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
    let stated =
        |tag: &str| of.sources.iter().flat_map(|it| &it.document.tags).any(|it| it.tag == tag && !it.is_inferred());
    for source in &of.sources {
        for tag in source.document.tags.iter().filter(|tag| tag.is_inferred() && !stated(&tag.tag)) {
            let Some(because) = tag.because.first().filter(|_| !asked.contains(&tag.tag.as_str())) else { continue };
            asked.push(&tag.tag);
            let place = format!("{}, line {}", source.name(), because.line);
            told_of.push(format!("`{}` (“{}”, {place})", tag.tag, because.words));
        }
    }
    if !told_of.is_empty() {
        let asks = format!(
            "Which of these are causes too? They were inferred: {}. Those that are belong into `root-causes`.",
            told_of.join(", ")
        );
        text.push_str(&format!("\n\n{}", question(&asks)));
    }
    text
}

/// Returns the controls, retention and reviews that the documents state.
pub(super) fn compliance(of: &Resolves<'_>) -> String {
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    let mut add = |framework: &str, value: String| {
        let framework = if framework.is_empty() { "all".to_owned() } else { framework.to_owned() };
        match rows.iter_mut().find(|(name, _)| *name == framework) {
            Some((_, values)) if values.contains(&value) => {}
            Some((_, values)) => values.push(value),
            None => rows.push((framework, vec![value])),
        }
    };
    for source in &of.sources {
        let stated = &source.document.compliance;
        stated.controls.iter().for_each(|it| add(&it.framework, it.id.clone()));
        stated
            .retention
            .iter()
            .for_each(|(framework, it)| add(framework, format!("kept {}", it.value.replace('-', " "))));
        stated.review.frequencies.iter().for_each(|(framework, it)| add(framework, format!("reviewed {}", it.value)));
    }
    if rows.is_empty() {
        return String::new();
    }
    let mut text = "| Framework | What the incident's documents state |\n|---|---|\n".to_owned();
    for (framework, values) in rows {
        let _ = writeln!(text, "| {} | {} |", cell(&framework), cell(&values.join(", ")));
    }
    text
}
