//! Time to place on the axis: to scale, with the long gaps cut to one width.

use chrono::{DateTime, NaiveDateTime};

use crate::model::format_minutes;

/// Width beside its words that a long gap is cut to.
const GAP_ENDS: f64 = 16.0;
/// Part of the axis that cut gaps may take.
const MAX_CUT: f64 = 0.55;
/// Width of a letter of a label, on average and rather too wide.
pub(super) const LETTER: f64 = 6.4;
/// A gap is long where it is this many times the middle one and this part of the whole.
const LONG_BY_MEDIAN: f64 = 8.0;
const LONG_BY_WHOLE: f64 = 0.2;
/// Steps between ticks, in seconds, that people count in.
const STEPS: [i64; 17] = [
    60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000, 7_776_000,
    31_536_000,
];

/// A stretch of the axis.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// Seconds since 1970, of the local time.
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) x: f64,
    pub(super) width: f64,
    /// Cut short, not to scale.
    pub(super) cut: bool,
}

/// The whole axis.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    pub(super) stretches: Vec<Stretch>,
    /// Seconds between ticks.
    pub(super) step: i64,
}

impl Scale {
    /// Returns the scale for these moments (at least two different ones), from `left` to `right`; ticks are at least
    /// `apart`.
    pub(super) fn new(moments: &[NaiveDateTime], left: f64, right: f64, apart: f64) -> Self {
        let mut seconds: Vec<i64> = moments.iter().map(seconds).collect();
        seconds.sort_unstable();
        seconds.dedup();
        let gaps: Vec<i64> = seconds.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let long = fitting(long_gaps(&gaps), &gaps, (right - left) * MAX_CUT);
        let cut: f64 = gaps.iter().zip(&long).filter(|(_, long)| **long).map(|(gap, _)| cut_width(*gap)).sum();
        let scaled: i64 = gaps.iter().zip(&long).filter(|(_, long)| !**long).map(|(gap, _)| gap).sum();
        let width = right - left - cut;
        let per_second = if scaled > 0 { width / as_f64(scaled) } else { 0.0 };
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut x = left;
        for (at, &cut) in long.iter().enumerate() {
            let (from, to) = (seconds[at], seconds[at + 1]);
            let width = if cut { cut_width(to - from) } else { as_f64(to - from) * per_second };
            match stretches.last_mut() {
                Some(last) if !last.cut && !cut => (last.to, last.width) = (to, last.width + width),
                _ => stretches.push(Stretch { from, to, x, width, cut }),
            }
            x += width;
        }
        let step = STEPS.into_iter().find(|step| as_f64(*step) * per_second >= apart).unwrap_or(STEPS[STEPS.len() - 1]);
        Self { stretches, step }
    }

    /// Returns the place of a moment.
    pub(super) fn x(&self, at: &NaiveDateTime) -> f64 {
        self.x_of(seconds(at))
    }

    /// Returns the place of a moment in seconds.
    pub(super) fn x_of(&self, at: i64) -> f64 {
        let inside = self.stretches.iter().find(|it| at <= it.to);
        let Some(stretch) = inside.or(self.stretches.last()) else { return 0.0 };
        let part = as_f64((at - stretch.from).max(0)) / as_f64((stretch.to - stretch.from).max(1));
        stretch.x + stretch.width * part.min(1.0)
    }
}

/// Returns the width of a cut gap: its words must fit in.
fn cut_width(gap: i64) -> f64 {
    as_f64(gap_words(gap).chars().count()) * LETTER + GAP_ENDS
}

/// Leaves the longest of the long gaps, as many as there is room for.
fn fitting(mut long: Vec<bool>, gaps: &[i64], mut room: f64) -> Vec<bool> {
    let mut by_length: Vec<usize> = (0..gaps.len()).filter(|at| long[*at]).collect();
    by_length.sort_by_key(|at| std::cmp::Reverse(gaps[*at]));
    for at in by_length {
        room -= cut_width(gaps[at]);
        long[at] = room >= 0.0;
    }
    long
}

/// Tells which gaps are cut; never all of them, so that something is to scale.
fn long_gaps(gaps: &[i64]) -> Vec<bool> {
    let mut sorted = gaps.to_vec();
    sorted.sort_unstable();
    let median = as_f64(sorted[sorted.len() / 2]);
    let whole = as_f64(gaps.iter().sum::<i64>());
    let is_long = |gap: &i64| as_f64(*gap) > median * LONG_BY_MEDIAN && as_f64(*gap) > whole * LONG_BY_WHOLE;
    let long: Vec<bool> = gaps.iter().map(is_long).collect();
    if gaps.len() == 2 {
        // Of two gaps the middle one is the longer: compare them with each other.
        let (a, b) = (as_f64(gaps[0]), as_f64(gaps[1]));
        return vec![a > b * 2.0 * LONG_BY_MEDIAN, b > a * 2.0 * LONG_BY_MEDIAN];
    }
    long
}

/// Returns the seconds since 1970 of a local time.
pub(super) fn seconds(at: &NaiveDateTime) -> i64 {
    at.and_utc().timestamp()
}

/// Returns the local time of these seconds since 1970.
pub(super) fn moment(seconds: i64) -> NaiveDateTime {
    DateTime::from_timestamp(seconds, 0).map(|at| at.naive_utc()).unwrap_or_default()
}

/// Returns a gap in words: days and hours from a day on, whole days from four on.
pub(super) fn gap_words(seconds: i64) -> String {
    let minutes = seconds / 60;
    match minutes / 1440 {
        0 => format_minutes(minutes),
        1..=3 => format_minutes(minutes / 60 * 60),
        days => format!("{days} d"),
    }
}

/// Seconds and counts are far below where this loses anything.
pub(super) fn as_f64(number: impl TryInto<i64>) -> f64 {
    let number: i64 = number.try_into().unwrap_or(i64::MAX);
    number as f64
}
