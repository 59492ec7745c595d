//! Charts as SVG, drawn on the server: places and sizes here, marks in templates, colours in the stylesheet.
//!
//! Across, everything is in percent and down, in pixels, so that a chart fits any width and its text stays legible.

mod arcs;
mod bars;
mod columns;
mod dots;
mod flow;

use super::view::grouped;
pub(super) use arcs::{Arcs, Node};
pub(super) use bars::Bars;
pub(super) use columns::{Column, Columns};
pub(super) use dots::{Dots, Point};
pub(super) use flow::{Flow, FlowStep};

/// A line across the plot, with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    pub(super) y: String,
    pub(super) label: String,
}

/// A label below the plot.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    pub(super) x: String,
    pub(super) label: String,
    /// Left out on narrow screens.
    pub(super) minor: bool,
    /// `start`, `middle` or `end`.
    pub(super) anchor: &'static str,
}

/// Returns a share of the width.
fn percent(share: f64) -> String {
    format!("{:.2}%", share.clamp(0.0, 1.0) * 100.0)
}

/// Returns a length in pixels.
fn pixels(length: f64) -> String {
    format!("{length:.1}")
}

/// Returns a number with what it counts, which is named as several.
fn counted(number: u64, unit: &str) -> String {
    let one = unit.strip_suffix('s').filter(|_| number == 1);
    format!("{} {}", grouped(number), one.unwrap_or(unit))
}

/// Returns which of `count` labels are shown where about `room` fit: every nth.
fn step(count: usize, room: usize) -> usize {
    count.div_ceil(room).max(1)
}
