//! Whether a timeline bears a stated duration out.

use super::{Document, DurationKind, Extracted, Moment, StatedDuration};

/// Below this difference in minutes, or the fiftieth part (half of an estimate), two durations agree.
const TOLERANCE_MINUTES: i64 = 5;

impl StatedDuration {
    /// Tells whether `span`, in minutes, is what is stated, as far as a duration in minutes can be.
    #[must_use]
    pub fn agrees_with(&self, span: i64) -> bool {
        let within = |minutes: i64| TOLERANCE_MINUTES.max(minutes / if self.is_estimate() { 2 } else { 50 });
        self.minutes.is_some_and(|minutes| (span - minutes).abs() <= within(minutes))
    }
}

impl Document {
    /// Returns by how many minutes a stated duration and the computed one differ, where no reading of the timeline bears
    /// it out.
    #[must_use]
    pub fn contradicts(&self, stated: &StatedDuration) -> Option<i64> {
        let minutes = stated.minutes?;
        let computed = self.durations.computed.iter().find(|it| it.kind == stated.kind)?.minutes;
        let agrees = |span: i64| stated.agrees_with(span);
        let borne_out = agrees(computed) || spans(self, stated.kind).into_iter().any(agrees);
        (!borne_out).then(|| (computed - minutes).abs())
    }
}

/// Returns every stretch, in minutes, that people may mean: some end the clock when the effect is gone, some when the
/// incident is closed, some start it at the detection.
fn spans(document: &Document, kind: DurationKind) -> Vec<i64> {
    let times = &document.times;
    let at = |reading: &Option<Extracted<Moment>>| reading.as_ref().and_then(|it| it.value.utc());
    let timed = || document.timeline.iter().filter_map(|entry| entry.at.filter(|at| at.time.is_some())?.utc());
    let starts = [at(&times.started), timed().min(), at(&times.detected)];
    let ends = match kind {
        DurationKind::Detect => [at(&times.detected), None, None],
        _ => [at(&times.mitigated), at(&times.resolved), timed().max()],
    };
    let pairs = starts.into_iter().flatten().flat_map(|start| ends.into_iter().flatten().map(move |end| end - start));
    pairs.map(|span| span.num_minutes()).collect()
}
