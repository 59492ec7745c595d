//! Stated root-cause tags: `tags`, `root-causes`, `categories`, `Category: a / b`, hashtags and `## Tags` code spans.

use super::Source;
use crate::model::{Origin, OriginKind, RootCauseTag};
use crate::parse::labels::Labelled;
use crate::parse::vocabulary::LabelRole;
use crate::taxonomy::Taxonomy;
use crate::words::trimmed;

/// At most this many tags are kept.
const MAX_TAGS: usize = 32;
/// A longer text is no tag.
const LONGEST: usize = 60;

pub(super) fn extract(source: &Source<'_>) -> Vec<RootCauseTag> {
    let mut tags = Stated { taxonomy: source.taxonomy, tags: Vec::new() };
    for label in
        source.labelled(LabelRole::Tags).filter(|label| !label.means(LabelRole::RootCause) || is_tag(source, label))
    {
        for part in parts(label.value, true) {
            tags.add(part, label.origin);
        }
    }
    for label in source.labelled(LabelRole::Category).filter(|label| label.value.len() <= 80) {
        for part in parts(label.value, false) {
            tags.add(part, label.origin);
        }
    }
    tags.tags
}

/// `root-causes:` may hold tags or sentences; only tags count. In the body, where people write prose, a tag is one word
/// or a name that the taxonomy knows.
fn is_tag(source: &Source<'_>, label: &Labelled<'_>) -> bool {
    let value = label.value.trim();
    let short = value.len() <= LONGEST && value.split_whitespace().count() <= 4 && !value.ends_with('.');
    let in_body = label.origin.kind != OriginKind::FrontMatter;
    short && (!in_body || !value.contains(' ') || value.contains(',') || source.taxonomy.tag(value).is_some())
}

/// Splits at commas and slashes; in a list of tags also at spaces where every word is a hashtag or a code span.
fn parts(value: &str, spaces: bool) -> Vec<&str> {
    let value = value.trim().trim_start_matches('[').trim_end_matches(']');
    if spaces
        && value.trim_start().starts_with('#')
        && value.split_whitespace().count() > 1
        && value.split_whitespace().all(|word| word.starts_with('#'))
    {
        return value.split_whitespace().collect();
    }
    let separates = |c: char| matches!(c, ',' | ';' | '/' | '|' | '、' | '\n');
    value.split(separates).collect()
}

struct Stated<'a> {
    taxonomy: &'a Taxonomy,
    tags: Vec<RootCauseTag>,
}

impl Stated<'_> {
    fn add(&mut self, text: &str, origin: Origin) {
        let raw = trimmed(text).trim_matches(['`', '"', '\'', '*', '#']);
        let tag = if raw.len() <= LONGEST { self.taxonomy.canonical(raw) } else { String::new() };
        let wanted = !tag.is_empty() && self.tags.len() < MAX_TAGS;
        if wanted && !self.tags.iter().any(|it| it.tag == tag) {
            self.tags.push(RootCauseTag { tag, raw: raw.to_owned(), origin, because: Vec::new() });
        }
    }
}
