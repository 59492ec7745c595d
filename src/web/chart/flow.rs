//! A level over time, and below it what came in and went out: two plots with the same time across, each with its own scale.

use super::columns::{Segment, WIDEST, scale, ticks};
use super::{Grid, Tick, counted, percent, pixels};
use crate::web::view::grouped;

/// Height of each plot in pixels.
const HEIGHT: f64 = 120.0;
/// Part of a stretch that its bars take.
const BARS: f64 = 0.76;

/// One stretch of time.
#[derive(Debug, Clone)]
pub(crate) struct FlowStep {
    /// Its name.
    pub(crate) label: String,
    /// The level at its end.
    pub(crate) level: u32,
    /// What came in and what went out.
    pub(crate) moved: [u32; 2],
}

/// What is drawn of a sort: its class, its name, and what it counts.
pub(crate) type Series = (&'static str, &'static str);

/// A line of the level.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Edge {
    pub(crate) x1: String,
    pub(crate) y1: String,
    pub(crate) x2: String,
    pub(crate) y2: String,
}

/// One of the plots.
#[derive(Debug, Clone)]
pub(crate) struct Plot {
    pub(crate) name: String,
    pub(crate) full_height: String,
    pub(crate) legend: Vec<Series>,
    pub(crate) segments: Vec<Segment>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) grid: Vec<Grid>,
    pub(crate) ticks: Vec<Tick>,
}

/// The chart.
#[derive(Debug, Clone)]
pub(crate) struct Flow {
    pub(crate) height: String,
    pub(crate) plots: [Plot; 2],
}

impl Flow {
    /// Lays out the level and what moved it; `names` say what each plot shows, `unit` what is counted, `room` how many
    /// labels fit.
    pub(crate) fn new(
        names: [String; 2],
        steps: &[FlowStep],
        level: Series,
        moved: [Series; 2],
        unit: &str,
        room: usize,
    ) -> Self {
        let labels: Vec<&str> = steps.iter().map(|it| it.label.as_str()).collect();
        let [above, below] = names;
        let (segments, edges, grid) = levels(steps, level, unit);
        let above = Plot {
            name: above,
            full_height: pixels(HEIGHT + 8.0),
            legend: vec![level],
            segments,
            edges,
            grid,
            ticks: Vec::new(),
        };
        let (segments, grid) = bars(steps, moved, unit);
        let below = Plot {
            name: below,
            full_height: pixels(HEIGHT + 22.0),
            legend: moved.to_vec(),
            segments,
            edges: Vec::new(),
            grid,
            ticks: ticks(&labels, room),
        };
        Self { height: pixels(HEIGHT), plots: [above, below] }
    }
}

fn levels(steps: &[FlowStep], (class, name): Series, unit: &str) -> (Vec<Segment>, Vec<Edge>, Vec<Grid>) {
    let up = Up::new(steps.iter().map(|it| it.level));
    let slot = 1.0 / steps.len().max(1) as f64;
    let x = |at: usize| percent(at as f64 * slot);
    let area = |(at, step): (usize, &FlowStep)| Segment {
        x: x(at),
        y: pixels(up.at(step.level)),
        width: percent(slot),
        height: pixels(HEIGHT - up.at(step.level)),
        class,
        title: format!("{}, {name}: {}", step.label, counted(u64::from(step.level), unit)),
    };
    let mut edges = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let y = pixels(up.at(step.level));
        edges.push(Edge { x1: x(at), y1: y.clone(), x2: x(at + 1), y2: y.clone() });
        let next = steps.get(at + 1).filter(|next| next.level != step.level);
        edges.extend(next.map(|next| Edge { x1: x(at + 1), y1: y, x2: x(at + 1), y2: pixels(up.at(next.level)) }));
    }
    (steps.iter().enumerate().map(area).collect(), edges, up.grid())
}

fn bars(steps: &[FlowStep], series: [Series; 2], unit: &str) -> (Vec<Segment>, Vec<Grid>) {
    let up = Up::new(steps.iter().flat_map(|it| it.moved));
    let slot = 1.0 / steps.len().max(1) as f64;
    let width = (slot * BARS).min(WIDEST) / 2.0;
    let mut segments = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let middle = (at as f64 + 0.5) * slot;
        let sides = [middle - width, middle];
        for (((class, name), count), x) in series.into_iter().zip(step.moved).zip(sides).filter(|it| it.0.1 > 0) {
            let height = (HEIGHT - up.at(count)).max(1.0);
            segments.push(Segment {
                x: percent(x),
                y: pixels(HEIGHT - height),
                width: percent(width),
                height: pixels(height),
                class,
                title: format!("{}, {name}: {}", step.label, counted(u64::from(count), unit)),
            });
        }
    }
    (segments, up.grid())
}

/// The scale of a plot, from nothing to a round number.
struct Up {
    top: u32,
    every: u32,
}

impl Up {
    fn new(values: impl Iterator<Item = u32>) -> Self {
        let (top, every) = scale(values.max().unwrap_or(0).max(1));
        Self { top, every }
    }

    fn at(&self, value: u32) -> f64 {
        HEIGHT - f64::from(value) / f64::from(self.top) * HEIGHT
    }

    fn grid(&self) -> Vec<Grid> {
        let line = |value: u32| Grid { y: pixels(self.at(value)), label: grouped(value) };
        (0..=self.top / self.every).map(|at| line(at * self.every)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(steps: &[(u32, [u32; 2])]) -> Flow {
        let step = |(at, (level, moved)): (usize, &(u32, [u32; 2]))| FlowStep {
            label: format!("M{at}"),
            level: *level,
            moved: *moved,
        };
        let steps: Vec<FlowStep> = steps.iter().enumerate().map(step).collect();
        let names = ["Open".to_owned(), "Moved".to_owned()];
        Flow::new(names, &steps, ("level", "open"), [("in", "written"), ("out", "done")], "items", 12)
    }

    #[test]
    fn the_level_is_a_step_a_month_and_a_line_joins_them() {
        let Flow { plots: [open, _], .. } = chart(&[(2, [2, 0]), (4, [2, 0]), (4, [0, 0]), (1, [0, 3])]);
        let heights: Vec<&str> = open.segments.iter().map(|it| it.height.as_str()).collect();
        assert_eq!(heights, ["60.0", "120.0", "120.0", "30.0"]);
        assert_eq!(open.segments[1].title, "M1, open: 4 items");
        // Four treads, and a riser at each of the two changes.
        assert_eq!(open.edges.len(), 6);
        assert_eq!((open.edges[1].x1.as_str(), open.edges[1].x2.as_str()), ("25.00%", "25.00%"));
        assert_eq!((open.edges[1].y1.as_str(), open.edges[1].y2.as_str()), ("60.0", "0.0"));
    }

    #[test]
    fn what_came_and_what_went_stand_side_by_side_on_a_scale_of_their_own() {
        let Flow { plots: [_, moved], .. } = chart(&[(200, [1, 5]), (196, [0, 4])]);
        let drawn: Vec<(&str, &str)> = moved.segments.iter().map(|it| (it.class, it.height.as_str())).collect();
        assert_eq!(drawn, [("in", "24.0"), ("out", "120.0"), ("out", "96.0")]);
        assert_eq!((moved.segments[0].x.as_str(), moved.segments[1].x.as_str()), ("20.00%", "25.00%"));
        assert_eq!(moved.ticks.len(), 2);
        assert_eq!(chart(&[]).plots[0].segments.len(), 0, "nothing is a chart, too");
    }
}
