//! Horizontal bars under their names.

use super::{counted, percent, pixels};
use crate::web::view::grouped;

/// Height of a row in pixels: the name, the bar, the gap.
const ROW: f64 = 34.0;
/// Longest name that fits on a narrow screen.
const LONGEST: usize = 38;

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bar {
    pub(crate) label: String,
    /// The name in full and the number.
    pub(crate) title: String,
    pub(crate) url: Option<String>,
    pub(crate) value: String,
    pub(crate) width: String,
    pub(crate) text_y: String,
    pub(crate) bar_y: String,
    pub(crate) class: &'static str,
}

/// The chart.
#[derive(Debug, Clone)]
pub(crate) struct Bars {
    pub(crate) name: String,
    pub(crate) height: String,
    pub(crate) bars: Vec<Bar>,
}

impl Bars {
    /// Lays out bars of name, number, address and class.
    pub(crate) fn new(name: String, rows: Vec<(String, u32, Option<String>, &'static str)>, unit: &str) -> Self {
        let most = f64::from(rows.iter().map(|row| row.1).max().unwrap_or(0).max(1));
        let bar = |(at, (label, value, url, class)): (usize, (String, u32, Option<String>, &'static str))| {
            let top = at as f64 * ROW;
            let cut: String = label.chars().take(LONGEST).collect();
            Bar {
                title: format!("{label}: {}", counted(u64::from(value), unit)),
                label: if cut.len() < label.len() { format!("{cut}…") } else { label },
                url,
                value: grouped(value),
                width: percent(f64::from(value) / most),
                text_y: pixels(top + 14.0),
                bar_y: pixels(top + 20.0),
                class,
            }
        };
        let height = pixels(rows.len() as f64 * ROW);
        Self { name, height, bars: rows.into_iter().enumerate().map(bar).collect() }
    }
}
