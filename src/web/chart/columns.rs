//! Stacked columns, one for each stretch of time.

use super::{Grid, Tick, counted, percent, pixels, step};
use crate::web::view::grouped;

/// Height of the plot in pixels.
const HEIGHT: f64 = 180.0;
/// Widest column, as a part of the whole: one alone is a column, too, and no wall.
pub(super) const WIDEST: f64 = 0.1;
/// Columns narrower than this have labels that reach beyond the first and the last of them.
const LABEL: f64 = 0.06;
/// Labels that fit on a narrow screen.
const NARROW: usize = 4;

/// What a column is made of.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// Name below the column.
    pub(crate) label: String,
    /// Class, name and number of each part, from the bottom.
    pub(crate) parts: Vec<(&'static str, String, u32)>,
}

/// One part of a column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Segment {
    pub(crate) x: String,
    pub(crate) y: String,
    pub(crate) width: String,
    pub(crate) height: String,
    pub(crate) class: &'static str,
    pub(crate) title: String,
}

/// The chart.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    pub(crate) name: String,
    pub(crate) height: String,
    pub(crate) full_height: String,
    pub(crate) segments: Vec<Segment>,
    pub(crate) grid: Vec<Grid>,
    pub(crate) ticks: Vec<Tick>,
    pub(crate) legend: Vec<(&'static str, String)>,
}

impl Columns {
    /// Lays the columns out; `name` says what the chart shows, `unit` what is counted, `room` how many labels fit.
    pub(crate) fn new(
        name: String,
        columns: &[Column],
        unit: &str,
        legend: Vec<(&'static str, String)>,
        room: usize,
    ) -> Self {
        let sum = |column: &Column| column.parts.iter().map(|part| part.2).sum::<u32>();
        let most = columns.iter().map(sum).max().unwrap_or(0).max(1);
        let (top, every) = scale(most);
        let slot = 1.0 / columns.len().max(1) as f64;
        let width = (slot * 0.84).min(WIDEST);
        let mut segments = Vec::new();
        for (at, column) in (0_u32..).zip(columns) {
            let mut base = HEIGHT;
            for (class, part, count) in column.parts.iter().filter(|part| part.2 > 0) {
                let height = f64::from(*count) / f64::from(top) * HEIGHT;
                base -= height;
                segments.push(Segment {
                    x: percent((f64::from(at) + 0.5) * slot - width / 2.0),
                    y: pixels(base),
                    width: percent(width),
                    height: pixels((height - 1.0).max(1.0)),
                    class,
                    title: format!("{}, {part}: {}", column.label, counted(u64::from(*count), unit)),
                });
            }
        }
        let line =
            |value: u32| Grid { y: pixels(HEIGHT - f64::from(value) / f64::from(top) * HEIGHT), label: grouped(value) };
        Self {
            name,
            height: pixels(HEIGHT),
            full_height: pixels(HEIGHT + 22.0),
            segments,
            grid: (0..=top / every).map(|at| line(at * every)).collect(),
            ticks: ticks(&columns.iter().map(|it| it.label.as_str()).collect::<Vec<_>>(), room),
            legend,
        }
    }
}

/// Returns the labels below columns that share the width, as many of them as fit.
pub(super) fn ticks(labels: &[&str], room: usize) -> Vec<Tick> {
    let slot = 1.0 / labels.len().max(1) as f64;
    let wide = step(labels.len(), room);
    let narrow = wide * step(labels.len().div_ceil(wide), NARROW);
    let tick = |(at, label): (usize, &&str)| {
        let (x, anchor) = match at {
            0 if slot < LABEL => (0.0, "start"),
            _ if slot < LABEL && at + 1 == labels.len() => (1.0, "end"),
            _ => ((at as f64 + 0.5) * slot, "middle"),
        };
        Tick { x: percent(x), label: (*label).to_owned(), minor: !at.is_multiple_of(narrow), anchor }
    };
    labels.iter().enumerate().filter(|(at, _)| at.is_multiple_of(wide)).map(tick).collect()
}

/// Returns a round number at or above `most`, and the step of its grid: whole numbers, at most five steps.
pub(super) fn scale(most: u32) -> (u32, u32) {
    let bases = (0..9).flat_map(|power| [1, 2, 5].map(|base| base * 10_u32.pow(power)));
    let every = bases.into_iter().find(|every| most.div_ceil(*every) <= 5).unwrap_or(most);
    (most.div_ceil(every) * every, every)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grids_are_round_and_whole() {
        assert_eq!(scale(1), (1, 1));
        assert_eq!(scale(5), (5, 1));
        assert_eq!(scale(7), (8, 2));
        assert_eq!(scale(101), (150, 50));
        assert_eq!(scale(23_456), (25_000, 5_000));
    }

    #[test]
    fn one_column_is_no_wall_and_no_label_leaves_the_chart() {
        let many_columns = |count: usize| -> Vec<Column> {
            let column = |at: usize| Column { label: format!("Jan {at}"), parts: vec![("a", "high".into(), 1)] };
            (0..count).map(column).collect()
        };
        let chart = |count| Columns::new("Chart".into(), &many_columns(count), "incidents", Vec::new(), 12);
        let (one, many) = (chart(1), chart(24));
        assert_eq!((one.segments[0].width.as_str(), one.ticks[0].anchor), (percent(WIDEST).as_str(), "middle"));
        assert_eq!((many.ticks[0].x.clone(), many.ticks[0].anchor), (percent(0.0), "start"));
        assert!(many.ticks.iter().all(|tick| tick.anchor != "end"), "the last column has no label here");
        let full = Columns::new("Chart".into(), &many_columns(24), "incidents", Vec::new(), 24);
        assert_eq!((full.ticks[23].x.clone(), full.ticks[23].anchor), (percent(1.0), "end"));
    }

    #[test]
    fn parts_stand_on_each_other() {
        let column = Column { label: "Jan".into(), parts: vec![("a", "high".into(), 1), ("b", "low".into(), 3)] };
        let chart = Columns::new("Chart".into(), &[column], "incidents", Vec::new(), 12);
        assert_eq!(chart.segments.len(), 2);
        assert_eq!((chart.segments[0].y.as_str(), chart.segments[1].y.as_str()), ("135.0", "0.0"));
        assert_eq!(chart.segments[1].title, "Jan, low: 3 incidents");
        assert_eq!(chart.grid.len(), 5);
    }
}
