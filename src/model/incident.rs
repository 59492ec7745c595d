//! An incident as the sum of its documents: which of them stands for it, and how far it has come.
//!
//! Lists, counts, pages, evidence and checks all ask here, so that they tell one story.

use super::{Kind, StatusState};

impl Kind {
    /// Tells whether documents of this kind report what happened and say how far it has come. A resolution, an analysis
    /// or a plan is about something that was reported.
    #[must_use]
    pub(crate) fn is_report(self) -> bool {
        matches!(self, Self::Incident | Self::NearMiss | Self::Drill)
    }

    /// Returns the place among the documents of one incident: the lowest stands for it. Reports come before what was
    /// written about them, and of reports those last that name another one as their incident, as a postmortem does.
    #[must_use]
    pub(crate) fn precedence(self, names_another: bool) -> (bool, bool, u8) {
        let place = match self {
            Self::Incident => 0,
            Self::NearMiss => 1,
            Self::Drill => 2,
            Self::Rca => 3,
            Self::Resolution => 4,
            Self::FixPlan => 5,
            Self::Other => 6,
        };
        (!self.is_report(), self.is_report() && names_another, place)
    }
}

/// Returns the status of an incident from the kinds and states of its documents, the one that stands for it first: the
/// furthest that a report of it states, or else the first that any document states.
pub(crate) fn status_of(documents: impl Iterator<Item = (Kind, Option<StatusState>)>) -> Option<StatusState> {
    let (mut furthest, mut first) = (None, None);
    for (kind, state) in documents {
        first = first.or(state);
        if kind.is_report() {
            furthest = furthest.max(state);
        }
    }
    furthest.or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_leads_and_what_names_it_does_not() {
        let mut all = [
            (Kind::FixPlan, false),
            (Kind::Incident, true),
            (Kind::Drill, false),
            (Kind::Rca, true),
            (Kind::Incident, false),
        ];
        all.sort_by_key(|(kind, names_another)| kind.precedence(*names_another));
        let sorted = [
            (Kind::Incident, false),
            (Kind::Drill, false),
            (Kind::Incident, true),
            (Kind::Rca, true),
            (Kind::FixPlan, false),
        ];
        assert_eq!(all, sorted);
    }

    #[test]
    fn the_furthest_report_tells_the_status() {
        use StatusState::{Closed, Mitigated, Open, Resolved};
        let of = |documents: &[(Kind, Option<StatusState>)]| status_of(documents.iter().copied());
        assert_eq!(of(&[(Kind::Incident, Some(Resolved)), (Kind::Incident, Some(Mitigated))]), Some(Resolved));
        assert_eq!(of(&[(Kind::Incident, Some(Mitigated)), (Kind::Incident, Some(Resolved))]), Some(Resolved));
        // A plan that is done and a resolution that was written say nothing of the incident where it speaks itself.
        assert_eq!(of(&[(Kind::Incident, Some(Mitigated)), (Kind::FixPlan, Some(Closed))]), Some(Mitigated));
        assert_eq!(
            of(&[(Kind::Incident, None), (Kind::Resolution, Some(Resolved)), (Kind::FixPlan, Some(Open))]),
            Some(Resolved)
        );
        assert_eq!(of(&[(Kind::Incident, None)]), None);
    }
}
