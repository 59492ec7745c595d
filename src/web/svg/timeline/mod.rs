//! The timeline of an incident as a drawing: every entry a dot on an axis to scale, long gaps cut, the moments that
//! bound the incident flagged, the stretches between them coloured.
//!
//! It is drawn twice, for wide and for narrow places, so that its words keep their size. The list of entries beside it
//! says the same to whoever does not see it.

mod chart;
mod points;
mod scale;

#[cfg(test)]
mod tests;

pub(crate) use chart::Chart;

use crate::model::Document;

/// Width of the drawings, in units of about a pixel.
const WIDE: f64 = 620.0;
const NARROW: f64 = 340.0;

/// A drawn timeline.
#[derive(Debug, Clone)]
pub(crate) struct Drawing {
    pub(crate) wide: Chart,
    pub(crate) narrow: Chart,
    /// What it shows, in a sentence.
    pub(crate) description: String,
    /// In which zone, in words.
    pub(crate) zone: String,
    /// What is drawn without being stated so, in words; may be empty.
    pub(crate) note: String,
}

/// Returns the drawing of a document's timeline; `None` where fewer than two moments are known.
pub(crate) fn draw(document: &Document) -> Option<Drawing> {
    let points = points::gather(document)?;
    Some(Drawing {
        wide: chart::chart(&points, WIDE),
        narrow: chart::chart(&points, NARROW),
        description: points.description(),
        zone: points.zone_words(),
        note: points.note(),
    })
}
