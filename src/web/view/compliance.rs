//! The compliance block: frameworks and their controls, how long the document is kept, when it is reviewed.

use chrono::NaiveDate;

use super::facts::{Fact, value};
use super::notice::NoticeLine;
use super::words::date_words;
use crate::kb::notices::Point;
use crate::kb::{Framework, Lookup, look_up, minimum_retention, notices};
use crate::model::{Anchor, Control, Deadline, Document, Extracted, Origin, Period};
use crate::web::links;

/// Everything about compliance.
#[derive(Debug, Clone)]
pub(crate) struct ComplianceView {
    pub(crate) frameworks: Vec<FrameworkView>,
    /// As stated.
    pub(crate) facts: Vec<Fact>,
    pub(crate) keep_until: Option<DeadlineView>,
    pub(crate) next_review: Option<DeadlineView>,
    /// Who must be told of a possible breach.
    pub(crate) notices: Vec<NoticeLine>,
    /// How many of them are overdue, in words; empty where none is.
    pub(crate) overdue: String,
    /// What does not fit together, in full sentences.
    pub(crate) mismatches: Vec<String>,
}

/// A framework and the controls of it that the document maps to.
#[derive(Debug, Clone)]
pub(crate) struct FrameworkView {
    pub(crate) name: String,
    pub(crate) controls: Vec<ControlView>,
}

/// A control.
#[derive(Debug, Clone)]
pub(crate) struct ControlView {
    pub(crate) id: String,
    /// What it is about, or what is wrong with it; empty where nothing is known.
    pub(crate) about: String,
    /// Every document with this control.
    pub(crate) url: String,
    pub(crate) line: u32,
    pub(crate) source: String,
    /// The next one stands on the same line, which is named once.
    pub(crate) shares_line: bool,
}

/// A day that was worked out.
#[derive(Debug, Clone)]
pub(crate) struct DeadlineView {
    /// `None` for ever.
    pub(crate) machine: Option<String>,
    pub(crate) words: String,
    /// From what it was worked out.
    pub(crate) how: String,
    pub(crate) is_past: bool,
}

impl ComplianceView {
    /// Returns the view; `None` where the document states nothing. `committed` is the day of its last commit.
    pub(crate) fn of(document: &Document, committed: Option<NaiveDate>, now: Point) -> Option<Self> {
        let today = now.day;
        let rows = notices::of(document, now);
        let notices: Vec<NoticeLine> = rows.iter().map(NoticeLine::of).collect();
        if document.compliance.is_empty() && notices.is_empty() {
            return None;
        }
        let late = rows.iter().filter(|row| row.state == notices::NoticeState::Overdue).count();
        Some(Self {
            overdue: overdue(late),
            notices,
            frameworks: frameworks(document),
            facts: facts(document),
            keep_until: document.keep_until(committed).map(|it| deadline(&it, today)),
            next_review: document.next_review_due().map(|it| deadline(&it, today)),
            mismatches: mismatches(document, today),
        })
    }
}

fn overdue(notices: usize) -> String {
    match notices {
        0 => String::new(),
        1 => "1 breach notice is overdue".to_owned(),
        notices => format!("{notices} breach notices are overdue"),
    }
}

fn deadline(deadline: &Deadline, today: NaiveDate) -> DeadlineView {
    let Anchor { what, day } = deadline.from;
    let of =
        if deadline.framework.is_empty() { String::new() } else { format!(" ({})", framework(&deadline.framework)) };
    DeadlineView {
        machine: deadline.date.map(|date| date.to_string()),
        words: deadline.date.map_or_else(|| "for ever".to_owned(), |date| date_words(&date.to_string())),
        how: format!("{} {} + {}{of}", what.as_str(), date_words(&day.to_string()), deadline.period),
        is_past: deadline.date.is_some_and(|date| date < today),
    }
}

fn frameworks(document: &Document) -> Vec<FrameworkView> {
    let mut list: Vec<FrameworkView> = Vec::new();
    for key in document.compliance.frameworks() {
        let name = framework(key);
        if !list.iter().any(|it| it.name == name) {
            list.push(FrameworkView { name, controls: Vec::new() });
        }
    }
    for control in &document.compliance.controls {
        let name = framework(&control.framework);
        let view = ControlView {
            id: control.id.clone(),
            about: about(control),
            url: control_search(&control.id),
            line: control.line,
            source: links::source(&document.path, control.line),
            shares_line: false,
        };
        match list.iter_mut().find(|it| it.name == name) {
            Some(framework) => {
                if let Some(last) = framework.controls.last_mut() {
                    last.shares_line = last.line == view.line;
                }
                framework.controls.push(view);
            }
            None => list.push(FrameworkView { name, controls: vec![view] }),
        }
    }
    list
}

fn about(control: &Control) -> String {
    match look_up(&control.framework, &control.id) {
        Lookup::Known { control, .. } => control.title.to_owned(),
        Lookup::Superseded { by, .. } => {
            let new: Vec<&str> = by.iter().map(|it| it.id).collect();
            format!("edition of 2013, now {}", new.join(" and "))
        }
        Lookup::TooBroad { .. } => "more than one control".to_owned(),
        Lookup::Unknown { .. } => "in no catalogue".to_owned(),
        Lookup::Unchecked => String::new(),
    }
}

/// Returns the search for every document with this control, however it is written there.
fn control_search(id: &str) -> String {
    let value = if id.contains(char::is_whitespace) { format!("\"{}\"", id.replace('"', " ")) } else { id.to_owned() };
    format!("/search?q={}", links::encode(&format!("control:{value}")))
}

fn facts(document: &Document) -> Vec<Fact> {
    let (compliance, path) = (&document.compliance, &document.path);
    let review = &compliance.review;
    let mut rows: Vec<Fact> = Vec::new();
    let mut push = |name: String, text: String, raw: &str, origin: Origin| {
        rows.push(Fact { name, values: vec![value(path, text, &Extracted::new((), raw, origin))] });
    };
    for (of, period) in &compliance.retention {
        push(scoped("Retention", of), period.value.clone(), &period.raw, period.origin);
    }
    for hold in &compliance.holds {
        let name = if hold.value.is_empty() { "yes" } else { &hold.value };
        push("Legal hold".to_owned(), name.to_owned(), &hold.raw, hold.origin);
    }
    for (of, frequency) in &review.frequencies {
        push(scoped("Review", of), frequency.value.clone(), &frequency.raw, frequency.origin);
    }
    for (name, date) in [("Last review", &review.last), ("Next review", &review.next)] {
        if let Some(date) = date {
            push(name.to_owned(), date_words(&date.value.to_string()), &date.raw, date.origin);
        }
    }
    let texts =
        [("Reviewer", &review.reviewer), ("Classification", &compliance.classification), ("PHI", &compliance.phi)];
    for (name, text) in texts {
        if let Some(text) = text {
            push(name.to_owned(), text.value.clone(), &text.raw, text.origin);
        }
    }
    rows
}

fn mismatches(document: &Document, today: NaiveDate) -> Vec<String> {
    let compliance = &document.compliance;
    let mut list = Vec::new();
    let stated = document.review_due().filter(|(day, inferred)| !inferred && *day < today);
    if let Some((next, _)) = stated {
        list.push(format!("The stated review was due on {}.", date_words(&next.to_string())));
    }
    for (of, period) in &compliance.retention {
        let least = Framework::from_key(of).and_then(minimum_retention);
        let read = Period::parse(&period.value);
        if let Some((_, citation)) = least.filter(|(least, _)| read.is_some_and(|it| it.length() < least.length())) {
            list.push(format!("HIPAA asks for at least 6 years ({citation}); {} is stated.", period.value));
        }
        if read.is_none() {
            list.push(format!("“{}” cannot be read as a period; write it as `7-years`.", period.value));
        }
    }
    for (_, frequency) in &compliance.review.frequencies {
        if matches!(frequency.value.to_ascii_lowercase().as_str(), "biannual" | "bimonthly" | "bi-annual") {
            list.push(format!("“{}” has two meanings; write `semi-annual`, `biennial` or the like.", frequency.value));
        }
    }
    list
}

fn scoped(name: &str, of: &str) -> String {
    if of.is_empty() { name.to_owned() } else { format!("{name} ({})", framework(of)) }
}

fn framework(key: &str) -> String {
    if let Some(framework) = Framework::from_key(key) {
        return framework.name().to_owned();
    }
    match key.to_ascii_lowercase().as_str() {
        "" => "Controls".to_owned(),
        "gdpr" => "GDPR".to_owned(),
        "nist" => "NIST".to_owned(),
        "pci" | "pci-dss" => "PCI DSS".to_owned(),
        _ => key.to_owned(),
    }
}
