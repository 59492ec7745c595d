//! What to say of a query without a hit: fields that are none, and names that no document has.

use super::absent;
use super::answer::FacetField;
use super::error::IndexError;
use super::facts;
use super::names::{NameField, known_names, name};
use super::open::OpenIndex;
use super::query::{FIELDS, Filter, Form, Node, Reading, Text};
use super::search::understand;

/// Most things that are said, and names offered for each.
const MAX_SAID: usize = 4;
const MAX_OFFERED: usize = 6;
/// The longest name that is taken for that of a field.
const LONGEST_FIELD: usize = 40;

/// Returns what is wrong with the fields of `query`: full sentences, with what there is, nearest first.
pub(crate) fn advice(open: &OpenIndex, query: &str) -> Result<Vec<String>, IndexError> {
    let parsed = understand(open, &open.searcher(), query, Reading::Forgiving)?;
    let mut found = Vec::new();
    gather(&parsed.root, false, &mut found);
    let mut said = Vec::new();
    for asked in found {
        let sentence = match asked {
            Asked::Name(field, value) => unknown_name(open, field, value).map_err(|error| open.fail(error))?,
            Asked::Field(name, text) => no_field(name, text, &parsed.notices),
            Asked::NoDay => Some("The period that is asked for ends before it begins.".to_owned()),
            Asked::Days(first, last) => absent::days(open, first, last)?,
            Asked::Value(field, list) => absent::values(open, field, list)?,
        };
        said.extend(sentence.filter(|it| !said.contains(it)));
    }
    said.truncate(MAX_SAID);
    Ok(said)
}

/// A part of a query of which something may be said.
enum Asked<'a> {
    /// A field with the folded name that it asks for.
    Name(NameField, &'a str),
    /// Text that looks like a field with its value: the name, and all of it.
    Field(&'a str, &'a str),
    /// Days of which the last is before the first.
    NoDay,
    /// Days, from the first to the last.
    Days(i64, i64),
    /// A field with few values, and the facts of which a document must have one.
    Value(FacetField, &'a [String]),
}

/// Gathers what a query asks for; what it excludes may well be nowhere.
fn gather<'a>(node: &'a Node, is_part: bool, found: &mut Vec<Asked<'a>>) {
    let days = |part: &Node| match part {
        Node::Filter(Filter::Days(first, last)) => Some((*first, *last)),
        _ => None,
    };
    let together = std::slice::from_ref(node);
    let together = if let Node::All(parts) = node { parts.as_slice() } else { together };
    let both = together.iter().filter_map(days).reduce(|a, b| (a.0.max(b.0), a.1.min(b.1)));
    match both {
        Some((first, last)) if first > last => found.push(Asked::NoDay),
        // A condition that stands alone among others is looked at with them.
        Some((first, last)) if !is_part => found.push(Asked::Days(first, last)),
        _ => {}
    }
    match node {
        Node::All(parts) => parts.iter().for_each(|part| gather(part, true, found)),
        Node::Any(parts) => parts.iter().for_each(|part| gather(part, false, found)),
        Node::Filter(Filter::Facts(list)) => {
            let first = list.first();
            found.extend(first.and_then(|fact| asked_name(fact)));
            found.extend(first.and_then(|fact| absent::field_of(fact)).map(|field| Asked::Value(field, list)));
        }
        Node::Filter(Filter::FactsFrom(start)) => found.extend(asked_name(start)),
        Node::Text(text) => found.extend(looks_like_field(text)),
        Node::Filter(_) | Node::Not(_) => {}
    }
}

fn asked_name(fact: &str) -> Option<Asked<'_>> {
    let of = |field: NameField| Some(Asked::Name(field, fact.strip_prefix(&facts::document(field.key(), ""))?));
    NameField::ALL.into_iter().find_map(of)
}

/// Tells `team:claims` from addresses, places in code and ports, which are text and nothing else.
fn looks_like_field(text: &Text) -> Option<Asked<'_>> {
    let (name, value) = text.text.split_once(':').filter(|_| text.form == Form::Word)?;
    let is_name = name.len() <= LONGEST_FIELD
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    let is_value = value.starts_with(char::is_alphabetic) && !value.contains([':', '/', '\\']);
    (is_name && is_value).then_some(Asked::Field(name, &text.text))
}

fn unknown_name(open: &OpenIndex, field: NameField, value: &str) -> tantivy::Result<Option<String>> {
    let known = known_names(open, field)?;
    let is_there =
        |it: &String| it == value || (field == NameField::Owner && facts::words(it).any(|word| word == value));
    if known.iter().any(is_there) {
        return Ok(None);
    }
    let total = known.len();
    // Folded, these would read as if somebody had written them so.
    let value =
        if matches!(field, NameField::Id | NameField::Control) { value.to_uppercase() } else { value.to_owned() };
    let mut offered = Vec::new();
    for candidate in nearest_first(known, &value) {
        offered.extend(name(open, field, &candidate)?.map(|it| format!("`{it}`")));
        if offered.len() == MAX_OFFERED {
            break;
        }
    }
    let noun = field.key();
    Ok(Some(match (offered.len(), total) {
        (0, _) => format!("No document names {} {noun}.", if noun.starts_with(['i', 'o']) { "an" } else { "a" }),
        (shown, total) if shown < total => {
            format!("No {noun} is called `{value}`. The nearest of {total} are {}.", offered.join(", "))
        }
        _ => format!("No {noun} is called `{value}`. There are {}.", offered.join(", ")),
    }))
}

fn no_field(name: &str, text: &str, notices: &[String]) -> Option<String> {
    let is_told = notices.iter().any(|notice| notice.starts_with(&format!("`{name}` ")));
    let fields: Vec<String> = FIELDS.into_iter().map(str::to_owned).collect();
    let fields: Vec<String> = nearest_first(fields, name).map(|field| format!("`{field}`")).collect();
    (!is_told).then(|| {
        format!(
            "There is no field `{name}`, so `{text}` was searched for as text. Fields are {} and the keys of front matter.",
            fields.join(", ")
        )
    })
}

fn nearest_first(mut names: Vec<String>, word: &str) -> impl Iterator<Item = String> {
    let word = word.to_lowercase();
    names.sort_by(|a, b| {
        strsim::jaro_winkler(b, &word).total_cmp(&strsim::jaro_winkler(a, &word)).then_with(|| a.cmp(b))
    });
    names.into_iter()
}
