//! Controls by framework, and citations that are none.

use crate::kb::Framework;
use crate::kb::controls::{ControlRow, Fault, FaultRow};
use crate::model::file_name;
use crate::web::links;
use crate::web::pages::search::query_url;
use crate::web::view::{date_words, grouped};

/// Places of one citation that are linked; CSV has all.
const MOST_PLACES: usize = 3;

/// A framework and its controls.
pub(super) struct FrameworkPart {
    pub(super) name: &'static str,
    pub(super) cited: usize,
    pub(super) total: usize,
    pub(super) rows: Vec<ControlLine>,
    /// Controls that nobody cites: id and title.
    pub(super) gaps: Vec<(&'static str, &'static str)>,
}

/// A control that documents cite.
pub(super) struct ControlLine {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) url: String,
    pub(super) incidents: String,
    pub(super) documents: String,
    pub(super) newest: Option<NewestView>,
}

/// The newest incident that cites a control.
pub(super) struct NewestView {
    pub(super) machine: String,
    pub(super) words: String,
    pub(super) name: String,
    pub(super) url: String,
}

/// Returns the frameworks in the order of the rows.
pub(super) fn frameworks(rows: &[ControlRow]) -> Vec<FrameworkPart> {
    rows.chunk_by(|a, b| a.framework == b.framework).map(framework).collect()
}

fn framework(rows: &[ControlRow]) -> FrameworkPart {
    let (cited, gaps): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.documents > 0);
    FrameworkPart {
        name: rows.first().and_then(|row| Framework::from_key(row.framework)).map_or("", Framework::name),
        cited: cited.len(),
        total: rows.len(),
        rows: cited.into_iter().map(control).collect(),
        gaps: gaps.into_iter().map(|row| (row.id, row.title)).collect(),
    }
}

fn control(row: &ControlRow) -> ControlLine {
    let number = |count: usize| if count == 0 { "–".to_owned() } else { grouped(count) };
    ControlLine {
        id: row.id,
        title: row.title,
        url: query_url(&format!("control:{}", row.id)),
        incidents: number(row.incidents),
        documents: number(row.documents),
        newest: row.newest.as_ref().map(|it| NewestView {
            machine: it.date.to_string(),
            words: date_words(&it.date.to_string()),
            name: file_name(&it.name).to_owned(),
            url: links::document(&it.path),
        }),
    }
}

/// Something cited that is no control.
pub(super) struct FaultLine {
    pub(super) fault: &'static str,
    pub(super) is_wrong: bool,
    pub(super) framework: String,
    pub(super) id: String,
    pub(super) instead: String,
    /// Name and address.
    pub(super) places: Vec<(String, String)>,
    pub(super) more: usize,
}

impl FaultLine {
    pub(super) fn of(row: &FaultRow) -> Self {
        let place =
            |it: &crate::kb::controls::Place| (format!("{}:{}", it.path, it.line), links::source(&it.path, it.line));
        Self {
            fault: match row.fault {
                Fault::Unknown => "unknown",
                Fault::Superseded => "edition of 2013",
                Fault::TooBroad => "too broad",
                Fault::Paragraphs => "several paragraphs",
                Fault::Unchecked => "not checked",
            },
            is_wrong: row.fault != Fault::Unchecked && row.fault != Fault::Paragraphs,
            framework: Framework::from_key(&row.framework).map_or(row.framework.clone(), |it| it.name().to_owned()),
            id: row.id.clone(),
            instead: row.advice(),
            places: row.places.iter().take(MOST_PLACES).map(place).collect(),
            more: row.places.len().saturating_sub(MOST_PLACES),
        }
    }
}
