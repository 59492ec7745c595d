//! One drawing of a given width: where every sign stands.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use super::points::{Flag, Points, mark_word};
use super::scale::{LETTER, Scale, as_f64, gap_words, moment, seconds};
use crate::model::{TimelineMark, format_minutes};

/// Room left and right of the axis, for the halves of the outermost labels.
const MARGIN: f64 = 22.0;
/// Height of a row of flags.
const FLAG_ROW: f64 = 18.0;
/// Distance of dots that share a place.
const DOT: f64 = 11.0;
/// Dots above each other before they move aside.
const ROWS: usize = 6;
/// Midnights drawn in one stretch: over more days the steps are days.
const MAX_MIDNIGHTS: i64 = 14;

/// A drawing.
#[derive(Debug, Clone)]
pub(crate) struct Chart {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) axis: f64,
    pub(crate) lines: Vec<Line>,
    pub(crate) bands: Vec<Band>,
    pub(crate) gaps: Vec<Label>,
    pub(crate) days: Vec<Label>,
    pub(crate) midnights: Vec<f64>,
    pub(crate) ticks: Vec<Label>,
    pub(crate) dots: Vec<Dot>,
    pub(crate) flags: Vec<FlagView>,
    /// Top of the vertical lines of midnights.
    pub(crate) top: f64,
}

/// A piece of the axis that is to scale.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) from: f64,
    pub(crate) to: f64,
}

/// A coloured stretch between two bounds.
#[derive(Debug, Clone)]
pub(crate) struct Band {
    pub(crate) x: f64,
    pub(crate) width: f64,
    pub(crate) class: &'static str,
    pub(crate) title: String,
}

/// Words at a place.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    pub(crate) x: f64,
    pub(crate) text: String,
}

/// An entry.
#[derive(Debug, Clone)]
pub(crate) struct Dot {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) class: &'static str,
    pub(crate) vague: bool,
    pub(crate) text: String,
}

/// A moment that bounds the incident.
#[derive(Debug, Clone)]
pub(crate) struct FlagView {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) text_x: f64,
    /// `start` or `end`.
    pub(crate) anchor: &'static str,
    pub(crate) class: &'static str,
    pub(crate) text: String,
}

/// Returns the drawing of `points` in this width.
pub(super) fn chart(points: &Points, width: f64) -> Chart {
    let moments: Vec<_> = points.points.iter().map(|it| it.at).chain(points.flags.iter().map(|it| it.at)).collect();
    let scale = Scale::new(&moments, MARGIN, width - MARGIN, 52.0);
    let flags = flags(points, &scale, width);
    let rows = flags.iter().map(|it| it.1 + 1).max().unwrap_or(0);
    let places = spread(&points.points.iter().map(|it| scale.x(&it.at)).collect::<Vec<_>>(), MARGIN, width - MARGIN);
    let levels = places.iter().map(|it| it.1 + 1).max().unwrap_or(0);
    let top = as_f64(rows) * FLAG_ROW + 4.0;
    let axis = top + as_f64(levels) * DOT + 6.0;
    let (days, midnights) = if points.dated { days(&scale) } else { (Vec::new(), Vec::new()) };
    let dots = points.points.iter().zip(&places).map(|(point, (x, level))| Dot {
        x: *x,
        y: axis - 9.0 - as_f64(*level) * DOT,
        class: point.mark.map_or("plain", mark_word),
        vague: point.vague,
        text: point.text.clone(),
    });
    let height = axis + if days.is_empty() { 24.0 } else { 38.0 };
    Chart {
        width,
        height,
        axis,
        top,
        lines: scale.stretches.iter().filter(|it| !it.cut).map(|it| Line { from: it.x, to: it.x + it.width }).collect(),
        bands: bands(points, &scale),
        gaps: gaps(&scale),
        days,
        midnights,
        ticks: ticks(&scale),
        dots: dots.collect(),
        flags: flags.into_iter().map(|(flag, row)| FlagView { y: as_f64(row) * FLAG_ROW + 12.0, ..flag }).collect(),
    }
}

/// Gives flags rows so that their words do not cover each other.
fn flags(points: &Points, scale: &Scale, width: f64) -> Vec<(FlagView, usize)> {
    let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut views = Vec::new();
    let first = scale.stretches.first().map(|it| moment(it.from).date());
    for flag in &points.flags {
        let (x, text) = (scale.x(&flag.at), flag_words(flag, first));
        let room = as_f64(text.chars().count()) * LETTER + 8.0;
        let to_left = x + room > width;
        let span = if to_left { (x - room, x + 4.0) } else { (x - 4.0, x + room) };
        let free = |row: &Vec<(f64, f64)>| row.iter().all(|other| span.1 <= other.0 || other.1 <= span.0);
        let row = rows.iter().position(free).unwrap_or_else(|| {
            rows.push(Vec::new());
            rows.len() - 1
        });
        rows[row].push(span);
        let (text_x, anchor) = if to_left { (x - 5.0, "end") } else { (x + 5.0, "start") };
        views.push((FlagView { x, y: 0.0, text_x, anchor, class: mark_word(flag.mark), text }, row));
    }
    views
}

/// A flag names its day where that is not the first one.
fn flag_words(flag: &Flag, first: Option<NaiveDate>) -> String {
    let word = match flag.mark {
        TimelineMark::Started => "Started",
        TimelineMark::Detected => "Detected",
        TimelineMark::Mitigated => "Mitigated",
        TimelineMark::Resolved => "Resolved",
    };
    let about = if flag.approximate { "~" } else { "" };
    let form = if Some(flag.at.date()) == first { "%H:%M" } else { "%-d %b %H:%M" };
    format!("{word} {about}{}", flag.at.format(form))
}

/// Gives every dot a place near its own where it covers no other: above the others first, aside where that is too
/// high. Returns place and level.
fn spread(wanted: &[f64], left: f64, right: f64) -> Vec<(f64, usize)> {
    let mut rows = ROWS;
    // More dots than the width holds in so many rows need more rows.
    while as_f64(wanted.len()) > as_f64(rows) * ((right - left) / DOT).floor() {
        rows += 1;
    }
    loop {
        let mut last = vec![f64::NEG_INFINITY; rows];
        let mut places = Vec::with_capacity(wanted.len());
        for &x in wanted {
            let free = last.iter().position(|end| end + DOT <= x);
            let (level, x) = match free {
                Some(level) => (level, x),
                None => {
                    let nearest = (0..rows).min_by(|a, b| last[*a].total_cmp(&last[*b])).unwrap_or(0);
                    (nearest, last[nearest] + DOT)
                }
            };
            last[level] = x;
            places.push((x, level));
        }
        if places.iter().all(|(x, _)| *x <= right + 0.01) {
            return places;
        }
        rows += 1;
    }
}

/// The stretches of the incident, where the bounds are in their order.
fn bands(points: &Points, scale: &Scale) -> Vec<Band> {
    let at = |mark| points.flags.iter().find(|flag| flag.mark == mark).map(|flag| flag.at);
    let [started, detected, mitigated, resolved] =
        [TimelineMark::Started, TimelineMark::Detected, TimelineMark::Mitigated, TimelineMark::Resolved].map(at);
    // Several incidents in one document have several of each: then no stretch is one of them.
    let known: Vec<NaiveDateTime> = [started, detected, mitigated, resolved].into_iter().flatten().collect();
    if !known.is_sorted() {
        return Vec::new();
    }
    let stretches = [
        (started, detected, "unseen", "Until it was detected"),
        (detected.or(started), mitigated.or(resolved), "harm", "From detection to the end of the effect"),
        (mitigated, resolved, "repair", "From the end of the effect to the resolution"),
    ];
    let band = |(from, to, class, title): (Option<_>, Option<_>, _, &str)| {
        let (from, to): (NaiveDateTime, NaiveDateTime) = (from?, to?);
        let (x, end) = (scale.x(&from), scale.x(&to));
        let title = format!("{title}: {}", format_minutes((to - from).num_minutes()));
        (to > from).then_some(Band { x, width: end - x, class, title })
    };
    stretches.into_iter().filter_map(band).collect()
}

fn gaps(scale: &Scale) -> Vec<Label> {
    let cut = scale.stretches.iter().filter(|it| it.cut);
    cut.map(|it| Label { x: it.x + it.width / 2.0, text: gap_words(it.to - it.from) }).collect()
}

/// Times along the axis: at round steps, at both ends of what was cut, and at the start of a stretch without a step.
fn ticks(scale: &Scale) -> Vec<Label> {
    let mut ticks: Vec<Label> = Vec::new();
    let exact = |at: i64| moment(at).format("%H:%M").to_string();
    for stretch in &scale.stretches {
        if stretch.cut {
            push_apart(&mut ticks, stretch.x, exact(stretch.from));
            push_apart(&mut ticks, stretch.x + stretch.width, exact(stretch.to));
            continue;
        }
        let first = stretch.from.div_euclid(scale.step) + i64::from(stretch.from.rem_euclid(scale.step) != 0);
        let (mut at, before) = (first * scale.step, ticks.len());
        while at <= stretch.to {
            push_apart(&mut ticks, scale.x_of(at), tick_words(at, scale.step));
            at += scale.step;
        }
        if ticks.len() == before {
            push_apart(&mut ticks, stretch.x, exact(stretch.from));
        }
    }
    ticks
}

fn tick_words(at: i64, step: i64) -> String {
    let at = moment(at);
    match step {
        0..86_400 => at.format("%H:%M").to_string(),
        86_400..2_592_000 => at.format("%-d %b").to_string(),
        _ => at.format("%b %Y").to_string(),
    }
}

fn push_apart(labels: &mut Vec<Label>, x: f64, text: String) {
    let room = |text: &str| as_f64(text.chars().count()) * LETTER / 2.0;
    let clear = labels.last().is_none_or(|last| x - last.x >= room(&last.text) + room(&text) + 6.0);
    if clear {
        labels.push(Label { x, text });
    }
}

/// The first day, every midnight, and the day after every gap.
fn days(scale: &Scale) -> (Vec<Label>, Vec<f64>) {
    let (mut labels, mut midnights): (Vec<Label>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut told: Option<NaiveDate> = None;
    let mut tell = |x: f64, day: NaiveDate| {
        if told != Some(day) {
            push_apart(&mut labels, x, day_words(day, told));
            told = Some(day);
        }
    };
    for (nth, stretch) in scale.stretches.iter().enumerate() {
        let (start, end) = (moment(stretch.from).date(), moment(stretch.to).date());
        if nth == 0 {
            tell(stretch.x, start);
        }
        let days = (end - start).num_days();
        if stretch.cut {
            tell(stretch.x + stretch.width, end);
        } else if days <= MAX_MIDNIGHTS {
            for day in start.iter_days().skip(1).take(usize::try_from(days).unwrap_or(0)) {
                let x = scale.x_of(seconds(&day.and_time(NaiveTime::MIN)));
                midnights.push(x);
                // Where the steps are days, they name it already.
                if scale.step < 86_400 {
                    tell(x, day);
                }
            }
        }
    }
    (labels, midnights)
}

fn day_words(day: NaiveDate, told: Option<NaiveDate>) -> String {
    let year = told.is_none_or(|told| told.year() != day.year());
    day.format(if year { "%-d %b %Y" } else { "%-d %b" }).to_string()
}

impl Dot {
    /// Returns the radius.
    pub(crate) fn radius(&self) -> f64 {
        if self.class == "plain" { 4.0 } else { 5.0 }
    }
}

impl Chart {
    /// Returns where the first label of days stands when it would leave the drawing to the left.
    pub(crate) fn label_x(&self, label: &Label) -> f64 {
        let half = as_f64(label.text.chars().count()) * LETTER / 2.0;
        label.x.clamp(half.min(self.width / 2.0), (self.width - half).max(self.width / 2.0))
    }
}
