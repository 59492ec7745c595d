//! The parts of a resolution document, made from the documents of an incident. Nothing is said that none of them says:
//! what is not known stays a question.

mod actions;
mod copy;
mod facts;
mod refresh;
mod timeline;

use crate::model::{Document, Section, SectionRole, capitalised, file_name, part, question};
use crate::sensitive::{self, SensitiveKind};

pub(crate) use refresh::refresh;

/// A document of the incident.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    /// What was read from it.
    pub document: &'a Document,
    /// Its text, whose lines those of the document are.
    pub text: &'a str,
}

/// An incident like this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RelatedIncident {
    /// Id, or the path where it has none.
    pub name: String,
    /// Path relative to the knowledge base.
    pub path: String,
    /// Title.
    pub title: String,
    /// Why it is like this one.
    pub because: String,
    /// Its open action items.
    pub open_actions: u32,
}

/// What a resolution is made from.
#[derive(Debug, Clone)]
pub(crate) struct Resolves<'a> {
    /// Path of the resolution, relative to the knowledge base.
    pub path: &'a str,
    /// The documents of the incident, the report first.
    pub sources: Vec<Source<'a>>,
    /// Incidents like it, most alike first.
    pub related: Vec<RelatedIncident>,
}

/// A part: its name in the marks and in templates, and its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResolutionPart {
    /// Name.
    pub name: &'static str,
    /// Markdown.
    pub body: String,
    /// Whether the documents say anything of it.
    pub known: bool,
}

impl ResolutionPart {
    fn new(name: &'static str, said: String, questions: &[&str]) -> Self {
        let known = !said.trim().is_empty();
        let asked = || questions.iter().map(|it| question(it)).collect::<Vec<_>>().join("\n>\n");
        Self { name, body: if known { said } else { asked() }, known }
    }

    /// Returns the part between its marks.
    #[must_use]
    pub(crate) fn marked(&self) -> String {
        part(self.name, &self.body)
    }
}

/// Every part, in the order in which the built-in template has them.
pub(crate) const PARTS: [&str; 11] = [
    "facts",
    "problem",
    "cause",
    "timeline",
    "steps",
    "verification",
    "prevention",
    "actions",
    "related",
    "lessons",
    "compliance",
];

/// Returns the parts, and what was left out of them since it must not stand in a document.
#[must_use]
pub(crate) fn parts(of: &Resolves<'_>) -> (Vec<ResolutionPart>, Vec<&'static str>) {
    let at = |level: u8, wanted: &dyn Fn(&Section) -> bool| copy::sections(of, level, wanted);
    let role = |role: SectionRole| move |section: &Section| section.role == Some(role);
    let problem = [at(copy::LEVEL, &role(SectionRole::Summary)), at(copy::LEVEL + 1, &role(SectionRole::Impact))];
    let said = |wanted: &dyn Fn(&Section) -> bool| at(copy::LEVEL, wanted);
    let mut cause = said(&role(SectionRole::RootCause));
    let steps = said(&|section| section.role == Some(SectionRole::Resolution) && !section.verification);
    let verified = said(&|section| section.verification && section.role != Some(SectionRole::Actions));
    let prevention = said(&|section| section.prevention && section.role != Some(SectionRole::Lessons));
    let lessons = said(&role(SectionRole::Lessons));
    if cause.is_empty() {
        cause = copy::labelled_cause(of);
    }
    let part = ResolutionPart::new;
    let mut parts = vec![
        part("facts", facts::table(of), &[]),
        part(
            "problem",
            facts::problem(of, &problem),
            &["By which signs is this recognised? Quote the message that people will search for."],
        ),
        part("cause", facts::cause(of, &cause), &["Why did it happen?"]),
        part(
            "timeline",
            timeline::table(of),
            &["What happened when? `ris log` adds entries to the timeline of the report."],
        ),
        part(
            "steps",
            steps,
            &[
                "What was done, step by step, with the commands and what they printed?",
                "Which step is dangerous, and how is it taken back?",
            ],
        ),
        part(
            "verification",
            actions::verification(of, &verified),
            &["Which check shows that it is over, and what does it show?"],
        ),
        part("prevention", prevention, &["What keeps it from happening again, and what will tell us if it begins to?"]),
        part("actions", actions::table(of), &["What is still to be done, by whom and by when?"]),
        part(
            "related",
            related(of),
            &["Has something like this happened before? `ris related` found nothing that says so."],
        ),
        part("lessons", lessons, &["What went well, what went badly, and where were we lucky?"]),
        part("compliance", facts::compliance(of), &["Which controls does this bear on, and how long must it be kept?"]),
    ];
    let mut removed = Vec::new();
    for part in &mut parts {
        part.body = cleaned(&part.body, &mut removed);
    }
    (parts, removed)
}

/// Leaves out secrets and data of patients, whichever way they came in: what is copied stands in two places.
#[must_use]
pub(crate) fn cleaned(text: &str, removed: &mut Vec<&'static str>) -> String {
    let harmless = |kind: SensitiveKind| {
        matches!(
            kind,
            SensitiveKind::RandomValue | SensitiveKind::Contact | SensitiveKind::Licence | SensitiveKind::Vehicle
        )
    };
    let (clean, sorts) = sensitive::without(text, |kind| !harmless(kind));
    for sort in sorts {
        if !removed.contains(&sort) {
            removed.push(sort);
        }
    }
    clean
}

fn related(of: &Resolves<'_>) -> String {
    let row = |it: &RelatedIncident| {
        let title = it.title.strip_prefix(it.name.as_str()).unwrap_or(&it.title);
        let title = title.trim_start_matches([':', '-', '–', '—', ' ']).trim_end_matches('.');
        let mut row = format!("- [{}]({})", it.name, super::link(of.path, &it.path));
        row.push_str(&if title.is_empty() { ".".to_owned() } else { format!(": {title}.") });
        row.push_str(&format!(" {}.", capitalised(&it.because)));
        match it.open_actions {
            0 => {}
            1 => row.push_str(" **1 of its action items is still open.**"),
            many => row.push_str(&format!(" **{many} of its action items are still open.**")),
        }
        row
    };
    of.related.iter().map(row).collect::<Vec<_>>().join("\n")
}

impl Source<'_> {
    /// Returns what the document is called: its id, or else its file's name.
    fn name(&self) -> &str {
        self.document.id.as_ref().map_or(file_name(&self.document.path), |id| &id.value)
    }

    /// Returns a link to the document, from the one at `from`.
    fn link(&self, from: &str) -> String {
        format!("[{}]({})", self.name().replace(['[', ']', '|'], " "), super::link(from, &self.document.path))
    }
}

#[cfg(test)]
mod tests;
