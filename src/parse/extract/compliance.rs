//! What a document states about compliance: the `compliance:` block, what people write beside it, and the review lines of
//! the text.

use std::borrow::Cow;

use super::Source;
use crate::compliance::each_control;
use crate::model::{Compliance, Control, Document, Extracted, FrontMatterEntry, Origin, OriginKind, PartialDate};
use crate::parse::labels::{Labelled, Zone};
use crate::parse::vocabulary::LabelRole;
use crate::parse::when;

pub(super) fn extract(source: &Source<'_>, document: &mut Document) {
    let mut compliance = Compliance::default();
    let mut hold = Hold::default();
    let entries = source.split.front_matter.iter().flat_map(|it| &it.entries);
    for entry in entries.filter(|entry| may_state(&entry.path)) {
        let path = spelled(&entry.path);
        let (first, rest) = split_at_dot(&path).map_or((&*path, None), |(first, rest)| (first, Some(rest)));
        let inner = if first == "compliance" { rest } else { stands_alone(first).then_some(&*path) };
        if let Some(inner) = inner {
            match hold_key(inner) {
                Some(key) => hold.read(key, entry),
                None => add(&mut compliance, inner, entry, source),
            }
        }
    }
    compliance.holds = hold.holds();
    let review = &mut compliance.review;
    // Front matter before the text: a sentence of it may tell of a day that was.
    let in_front = |label: &Labelled<'_>| label.zone == Zone::FrontMatter;
    let day_of = |role, stated: Option<_>| {
        let first = first_day(source, role, in_front).or(stated);
        first.or_else(|| first_day(source, role, |_| true))
    };
    review.next = day_of(LabelRole::NextReview, review.next.take());
    review.last = day_of(LabelRole::LastReview, review.last.take());
    let reviewers = || source.labelled(LabelRole::Reviewer).filter(|label| !label.value.is_empty());
    let reviewer = reviewers().find(|label| in_front(label)).map(text_of).or(review.reviewer.take());
    review.reviewer = reviewer.or_else(|| reviewers().next().map(text_of));
    document.compliance = compliance;
}

/// Most other keys begin with another letter than all of these do.
fn may_state(path: &str) -> bool {
    let first = path.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
    matches!(first, b'c' | b'h' | b's' | b'i' | b'p' | b'g' | b'n' | b'r' | b'l')
}

/// Tells whether a key of the first level, in small letters, holds what is stated about compliance.
pub(in crate::parse) fn states(key: &str) -> bool {
    key == "compliance" || stands_alone(key)
}

/// Whether people also write a key without the enclosing `compliance:`: the frameworks, and what means nothing else.
fn stands_alone(key: &str) -> bool {
    matches!(key, "hipaa" | "soc2" | "iso27001" | "pci" | "gdpr" | "nist")
        || matches!(key, "retention-period" | "review-frequency" | "legal-hold" | "litigation-hold")
}

fn split_at_dot(path: &str) -> Option<(&str, &str)> {
    memchr::memchr(b'.', path.as_bytes()).map(|dot| (&path[..dot], &path[dot + 1..]))
}

/// Returns a path in small letters, with hyphens: nearly all are written so.
fn spelled(path: &str) -> Cow<'_, str> {
    match path.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b'_') {
        true => Cow::Owned(path.to_ascii_lowercase().replace('_', "-")),
        false => Cow::Borrowed(path),
    }
}

fn text_of(label: &Labelled<'_>) -> Extracted<String> {
    Extracted::new(label.value.to_owned(), label.value, label.origin)
}

fn first_day(
    source: &Source<'_>,
    role: LabelRole,
    counts: impl Fn(&Labelled<'_>) -> bool,
) -> Option<Extracted<PartialDate>> {
    let read = |label: &Labelled<'_>| Some(Extracted::new(day(source, label.value)?, label.value, label.origin));
    source.labelled(role).filter(|label| counts(label)).find_map(read)
}

fn day(source: &Source<'_>, text: &str) -> Option<PartialDate> {
    when::find_date(text, &source.when(None)).and_then(|(date, _)| date.with_year(None))
}

fn add(compliance: &mut Compliance, path: &str, entry: &FrontMatterEntry, source: &Source<'_>) {
    let (framework, key) = split_at_dot(path).unwrap_or(("", path));
    let origin = origin(entry);
    let value = || Extracted::new(entry.value.clone(), entry.value.clone(), origin);
    let date = || Some(Extracted::new(day(source, &entry.value)?, entry.value.clone(), origin));
    let review = &mut compliance.review;
    match key {
        "controls" | "control" => {
            let control = |id: &str| Control { framework: framework.to_owned(), id: id.to_owned(), line: entry.line };
            compliance.controls.extend(each_control(framework, &entry.value).into_iter().map(control));
        }
        "retention-period" | "retention" => compliance.retention.push((framework.to_owned(), value())),
        "review-frequency" => review.frequencies.push((framework.to_owned(), value())),
        "next-review" if review.next.is_none() => review.next = date(),
        "last-reviewed" | "last-review" if review.last.is_none() => review.last = date(),
        "reviewed-by" | "reviewer" if review.reviewer.is_none() => review.reviewer = Some(value()),
        "classification" if compliance.classification.is_none() => compliance.classification = Some(value()),
        "phi-contains" if compliance.phi.is_none() => compliance.phi = Some(value()),
        _ => {}
    }
}

fn origin(entry: &FrontMatterEntry) -> Origin {
    Origin { kind: OriginKind::FrontMatter, line: entry.line, span: entry.span }
}

/// Returns what of a hold is stated at `path`: an empty key is the hold itself.
fn hold_key(path: &str) -> Option<&str> {
    let path = split_at_dot(path).map_or(path, |(first, rest)| if first.ends_with("-hold") { path } else { rest });
    let rest = path.strip_prefix("legal-hold").or_else(|| path.strip_prefix("litigation-hold"))?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('.') }
}

/// A legal hold as front matter states it: `true`, a name, several names, or keys of its own.
#[derive(Default)]
struct Hold {
    named: Vec<Extracted<String>>,
    /// It is there, and has no name.
    bare: Option<Extracted<String>>,
    released: bool,
}

impl Hold {
    fn read(&mut self, key: &str, entry: &FrontMatterEntry) {
        let text = entry.value.trim();
        let named = |name: &str| Extracted::new(name.to_owned(), entry.value.clone(), origin(entry));
        let is_no = says_no(text);
        match key {
            "" | "id" | "matter" | "name" if says_yes(text) => self.bare = Some(named("")),
            "" if !is_no => self.named.push(named(text)),
            "id" | "matter" | "name" if !is_no && self.named.is_empty() => self.named.push(named(text)),
            "active" | "status" if is_no => self.released = true,
            _ if key.starts_with("released") && !is_no => self.released = true,
            "" => {}
            _ => self.bare = self.bare.take().or_else(|| Some(named(""))),
        }
    }

    fn holds(self) -> Vec<Extracted<String>> {
        match (self.released, self.named.is_empty()) {
            (true, _) => Vec::new(),
            (false, true) => self.bare.into_iter().collect(),
            (false, false) => self.named,
        }
    }
}

fn says_yes(text: &str) -> bool {
    ["true", "yes", "on", "active"].iter().any(|it| text.eq_ignore_ascii_case(it))
}

fn says_no(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    // `released 2026-03-01` says no; `No. 12 against Marlow` does not.
    matches!(text.as_str(), "" | "false" | "no" | "off" | "none" | "null" | "~" | "n/a" | "-" | "inactive")
        || matches!(word, "released" | "lifted" | "ended")
        || ["no ", "not ", "none "].iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_looked_at() {
        let alone = ["hipaa", "soc2", "iso27001", "pci", "gdpr", "nist", "retention-period", "review-frequency"];
        let known = alone.iter().chain(&["legal-hold", "litigation-hold"]);
        assert!(known.clone().all(|key| stands_alone(key)));
        assert!(known.chain(&["compliance", "Compliance"]).all(|key| may_state(key)));
    }
}
