//! A new document must read as the log told of its incident.

use super::names::Name;
use crate::kb::KnowledgeBase;
use crate::model::Document;
use crate::parse::{is_shared_key, parse};
use crate::scaffold::Part;
use crate::store::edit::EditError;

/// Refuses a document of `log` that would read otherwise than the log told.
pub(super) fn holds(kb: &KnowledgeBase, log: &Document, part: &Part, name: &Name) -> Result<(), EditError> {
    let document = parse(&name.path, name.text.as_bytes(), &kb.current_config().parse_options()).document;
    let told = &part.told;
    let refused = |message: String, hint: &str| {
        Err(EditError {
            line: told.line as usize,
            message: format!("`{}` {message}", part.title),
            hint: hint.to_owned(),
        })
    };
    if let Some(error) = document.first_error() {
        return refused(format!("would not be read as a whole: {}", error.message), "mend it in the log first");
    }
    if !document.several.is_empty() {
        return refused(
            "tells of several incidents itself".to_owned(),
            "give these headings of the level of the others",
        );
    }
    let read = document.date.as_ref().map(|it| it.value);
    if let Some(day) = told.day.filter(|day| read != Some(*day)) {
        let read = read.map_or("no day".to_owned(), |it| it.to_string());
        let hint =
            "make heading, labels and timeline of the section agree; a line `**Date:** …` below the heading states it";
        return refused(format!("is told to be of {day}, and would be read to be of {read}"), hint);
    }
    // One without a day gets no id: ids hold the day.
    let id = document.id.as_ref().map_or("", |it| it.value.as_str());
    if id != name.id {
        let (told, read) = (or_none(&name.id), or_none(id));
        return refused(format!("would have {read}, not {told}"), "state its id at the head of the heading");
    }
    if !document.kind.value.is_report() {
        let message = format!("would be read as {}, not as an incident", document.kind.value.as_str());
        return refused(message, "see what `ris inspect` says of its kind");
    }
    let entries = |document: &Document| {
        let entries = document.front_matter.iter().flat_map(|it| it.entries.clone());
        let shared = entries.filter(|it| is_shared_key(it.path.split('.').next().unwrap_or_default()));
        shared.map(|it| (it.path, it.value, it.line)).collect::<Vec<_>>()
    };
    let carried = entries(&document);
    for (path, value, line) in entries(log) {
        if !carried.iter().any(|it| (&it.0, &it.1) == (&path, &value)) {
            return Err(EditError {
                line: line as usize,
                message: format!("`{path}` cannot be carried over as it is written"),
                hint: "write it as a key on a line of its own".to_owned(),
            });
        }
    }
    Ok(())
}

fn or_none(id: &str) -> String {
    if id.is_empty() { "no id".to_owned() } else { format!("the id {id}") }
}
