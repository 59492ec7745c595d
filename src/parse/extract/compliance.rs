//! What a document states about compliance: the `compliance:` block and the review lines of the text.

use super::Source;
use crate::model::{Compliance, Control, Document, Extracted, FrontMatterEntry, Origin, OriginKind};
use crate::parse::vocabulary::LabelRole;
use crate::parse::when;

/// Frameworks that people also write without the enclosing `compliance:`.
const FRAMEWORKS: [&str; 6] = ["hipaa", "soc2", "iso27001", "pci", "gdpr", "nist"];

pub(super) fn extract(source: &Source<'_>, document: &mut Document) {
    let mut compliance = Compliance::default();
    for entry in source.split.front_matter.iter().flat_map(|it| &it.entries) {
        let Some((first, rest)) = entry.path.split_once('.') else { continue };
        let inside = first.eq_ignore_ascii_case("compliance");
        if inside || FRAMEWORKS.iter().any(|it| first.eq_ignore_ascii_case(it)) {
            let path = if inside { rest } else { entry.path.as_str() };
            add(&mut compliance, &path.to_ascii_lowercase().replace('_', "-"), entry);
        }
    }
    for label in source.labelled(LabelRole::NextReview) {
        let date = when::find_date(&label.value, &source.when(None)).and_then(|(date, _)| date.with_year(None));
        if let Some(date) = date.filter(|_| compliance.review.next.is_none()) {
            compliance.review.next = Some(Extracted::new(date, label.value.clone(), label.origin));
        }
    }
    for label in source.labelled(LabelRole::LastReview) {
        let date = when::find_date(&label.value, &source.when(None)).and_then(|(date, _)| date.with_year(None));
        if let Some(date) = date.filter(|_| compliance.review.last.is_none()) {
            compliance.review.last = Some(Extracted::new(date, label.value.clone(), label.origin));
        }
    }
    let reviewer = source.labelled(LabelRole::Reviewer).find(|label| !label.value.is_empty());
    compliance.review.reviewer =
        reviewer.map(|label| Extracted::new(label.value.clone(), label.value.clone(), label.origin));
    document.compliance = compliance;
}

fn add(compliance: &mut Compliance, path: &str, entry: &FrontMatterEntry) {
    let (framework, key) = path.split_once('.').unwrap_or(("", path));
    let mut origin = Origin::new(OriginKind::FrontMatter, entry.line);
    origin.span = entry.span;
    let value = || Extracted::new(entry.value.clone(), entry.value.clone(), origin);
    match key {
        "controls" | "control" => compliance.controls.push(Control {
            framework: framework.to_owned(),
            id: entry.value.clone(),
            line: entry.line,
        }),
        "retention-period" | "retention" => compliance.retention.push((framework.to_owned(), value())),
        "review-frequency" => compliance.review.frequencies.push((framework.to_owned(), value())),
        "classification" if compliance.classification.is_none() => compliance.classification = Some(value()),
        "phi-contains" if compliance.phi.is_none() => compliance.phi = Some(value()),
        _ => {}
    }
}
