//! One dot an incident: when it began across, how long it took upwards, on a logarithmic scale.

use chrono::{Datelike, NaiveDate};

use super::{Grid, Tick, percent, pixels};

const HEIGHT: f64 = 200.0;
/// Share of the width kept free at both ends, so that no dot is cut.
const MARGIN: f64 = 0.02;
/// Values of grid lines, in minutes.
const LINES: [(f64, &str); 9] = [
    // What took less stands here too.
    (1.0, "≤ 1 min"),
    (5.0, "5 min"),
    (15.0, "15 min"),
    (60.0, "1 h"),
    (240.0, "4 h"),
    (1440.0, "1 d"),
    (10_080.0, "1 wk"),
    (43_200.0, "30 d"),
    (525_600.0, "1 y"),
];

/// One dot.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mark {
    pub(crate) x: String,
    pub(crate) y: String,
    pub(crate) url: String,
    pub(crate) title: String,
    pub(crate) class: &'static str,
}

/// A step of the trend, and how it hangs together with the one before.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    pub(crate) x1: String,
    pub(crate) y1: String,
    pub(crate) x2: String,
    pub(crate) y2: String,
}

/// The chart.
#[derive(Debug, Clone)]
pub(crate) struct Dots {
    pub(crate) name: String,
    pub(crate) height: String,
    pub(crate) full_height: String,
    pub(crate) marks: Vec<Mark>,
    pub(crate) grid: Vec<Grid>,
    pub(crate) ticks: Vec<Tick>,
    /// Height of the median line.
    pub(crate) median: Option<String>,
    pub(crate) trend: Vec<Step>,
}

/// A dot before it has a place.
#[derive(Debug, Clone)]
pub(crate) struct Point {
    pub(crate) date: NaiveDate,
    pub(crate) minutes: u32,
    pub(crate) url: String,
    pub(crate) title: String,
    pub(crate) class: &'static str,
}

/// A step of the trend before it has a place: middle day and median.
pub(crate) type Median = (NaiveDate, f64);

impl Dots {
    /// Lays the dots out.
    pub(crate) fn new(name: String, points: &[Point], median: Option<f64>, trend: &[Median]) -> Self {
        let dates = || points.iter().map(|point| point.date);
        let (first, last) = (dates().min().unwrap_or_default(), dates().max().unwrap_or_default());
        let up = Up::new(points.iter().map(|point| f64::from(point.minutes)));
        let across = |date: NaiveDate| across(date, first, last);
        let mark = |point: &Point| Mark {
            x: percent(across(point.date)),
            y: up.at(f64::from(point.minutes)),
            url: point.url.clone(),
            title: point.title.clone(),
            class: point.class,
        };
        let shown: Vec<&Median> = trend.iter().filter(|(date, _)| (first..=last).contains(date)).collect();
        let step = |pair: &[&Median]| Step {
            x1: percent(across(pair[0].0)),
            y1: up.at(pair[0].1),
            x2: percent(across(pair[1].0)),
            y2: up.at(pair[1].1),
        };
        Self {
            name,
            height: pixels(HEIGHT),
            full_height: pixels(HEIGHT + 22.0),
            marks: points.iter().map(mark).collect(),
            grid: up.grid(),
            ticks: if points.is_empty() { Vec::new() } else { ticks(first, last) },
            median: median.map(|median| up.at(median)),
            trend: shown.windows(2).map(step).collect(),
        }
    }
}

fn across(date: NaiveDate, first: NaiveDate, last: NaiveDate) -> f64 {
    let all = (last - first).num_days();
    if all == 0 {
        return 0.5;
    }
    MARGIN + (date - first).num_days() as f64 / all as f64 * (1.0 - 2.0 * MARGIN)
}

/// The logarithmic scale: from the grid line below the least value to the one above the greatest.
struct Up {
    low: usize,
    high: usize,
}

impl Up {
    fn new(values: impl Iterator<Item = f64> + Clone) -> Self {
        let least = values.clone().fold(f64::INFINITY, f64::min);
        let most = values.fold(0.0, f64::max);
        let low = LINES.iter().rposition(|(line, _)| *line <= least).unwrap_or(0);
        let high = LINES.iter().position(|(line, _)| *line >= most).unwrap_or(LINES.len() - 1);
        Self { low: low.min(high.saturating_sub(1)), high: high.max(low + 1).min(LINES.len() - 1) }
    }

    fn at(&self, minutes: f64) -> String {
        let (low, high) = (LINES[self.low].0.ln(), LINES[self.high].0.ln());
        let share = (minutes.max(1.0).ln() - low) / (high - low);
        pixels(HEIGHT * (1.0 - share.clamp(0.0, 1.0)))
    }

    fn grid(&self) -> Vec<Grid> {
        let line = |(value, label): &(f64, &str)| Grid { y: self.at(*value), label: (*label).to_owned() };
        LINES[self.low..=self.high].iter().map(line).collect()
    }
}

/// Labels at the beginning of years, or of months where there are few, and at both ends where there are none.
fn ticks(first: NaiveDate, last: NaiveDate) -> Vec<Tick> {
    let months = (last.year() - first.year()) * 12 + last.month0().cast_signed() - first.month0().cast_signed();
    let every = match months {
        0..=12 => 2,
        13..=30 => 6,
        31..=144 => 12,
        _ => 12 * (months / 120 + 1),
    };
    let start = first.year() * 12 + first.month0().cast_signed();
    let next = (start..=start + months).filter(|month| month.rem_euclid(every) == 0);
    let date = |month: i32| NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12).cast_unsigned() + 1, 1);
    let format = if every % 12 == 0 { "%Y" } else { "%b %Y" };
    let inside: Vec<NaiveDate> = next.filter_map(date).filter(|date| (first..=last).contains(date)).collect();
    let tick = |(at, date): (usize, &NaiveDate)| Tick {
        x: percent(across(*date, first, last)),
        label: date.format(format).to_string(),
        minor: at % 2 == 1,
        anchor: "middle",
    };
    if inside.len() >= 2 {
        return inside.iter().enumerate().map(tick).collect();
    }
    let end = |date: NaiveDate, anchor| Tick {
        x: percent(across(date, first, last)),
        label: date.format("%-d %b %Y").to_string(),
        minor: false,
        anchor,
    };
    if first == last { vec![end(first, "middle")] } else { vec![end(first, "start"), end(last, "end")] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(date: &str, minutes: u32) -> Point {
        Point { date: date.parse().unwrap(), minutes, url: String::new(), title: String::new(), class: "" }
    }

    #[test]
    fn longer_is_higher_and_everything_is_inside() {
        let points = [point("2024-01-01", 0), point("2024-06-01", 60), point("2026-01-01", 50_000)];
        let chart = Dots::new("x".into(), &points, Some(60.0), &[]);
        let y: Vec<f64> = chart.marks.iter().map(|mark| mark.y.parse().unwrap()).collect();
        assert!(y[0] > y[1] && y[1] > y[2] && y[2] >= 0.0 && y[0] <= HEIGHT, "{y:?}");
        assert_eq!(chart.median.as_deref(), Some(chart.marks[1].y.as_str()));
        assert!(chart.ticks.iter().any(|tick| tick.label == "Jul 2025"), "{:?}", chart.ticks);
    }

    #[test]
    fn one_dot_and_none_are_charts_too() {
        assert_eq!(Dots::new("x".into(), &[point("2024-01-01", 7)], None, &[]).marks[0].x, "50.00%");
        assert!(Dots::new("x".into(), &[], None, &[]).ticks.is_empty());
    }
}
