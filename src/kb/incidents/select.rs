//! Which incidents a filter leaves, in which order, and what is shown of one.

use std::cmp::{Ordering, Reverse};

use chrono::DateTime;

use super::{Group, Incident, IncidentFilter, IncidentRequest, IncidentSort, Part, TIMES, day, groups};
use crate::index::{FacetField, IndexError, Overview, Texts};
use crate::kb::page::page;

/// The incidents that a filter leaves.
pub(in crate::kb) struct Selection<'a> {
    pub(in crate::kb) groups: Vec<Group<'a>>,
}

impl<'a> Selection<'a> {
    /// Returns the incidents that `filter` leaves.
    pub(in crate::kb) fn of(overview: &'a Overview<'_>, filter: &IncidentFilter) -> Result<Self, IndexError> {
        let mut groups = groups(overview);
        groups.retain(|group| has_values(overview, filter, group));
        let named = [(FacetField::Service, &filter.service), (FacetField::Tag, &filter.tag)];
        for (field, name) in named.into_iter().filter_map(|(field, name)| Some((field, name.as_deref()?))) {
            let texts = overview.texts(field)?;
            keep_named(&mut groups, &texts, name);
        }
        if !filter.query.trim().is_empty() {
            let mut matches = vec![false; overview.rows.len()];
            overview.matching(&filter.query)?.into_iter().for_each(|row| matches[row] = true);
            groups.retain(|group| group.rows.iter().any(|row| matches[*row]));
        }
        Ok(Self { groups })
    }
}

fn keep_named(groups: &mut Vec<Group<'_>>, texts: &Texts, name: &str) {
    let number = texts.number(&crate::index::folded(name));
    let has = |row: &usize| number.is_some_and(|number| texts.of(*row).contains(&number));
    groups.retain(|group| group.rows.iter().any(has));
}

fn has_values(overview: &Overview<'_>, filter: &IncidentFilter, group: &Group<'_>) -> bool {
    group.scope == filter.scope
        && (filter.severities.is_empty() || filter.severities.contains(&group.severity(overview)))
        && (filter.statuses.is_empty() || filter.statuses.contains(&group.status(overview)))
        && (filter.period.is_everything() || filter.period.holds(group.day(overview)))
        && (!filter.open_actions || group.actions(overview).0 > 0)
}

/// Returns the incidents of the page that `request` asks for; the newest comes first among equals.
pub(super) fn ordered<'a>(
    overview: &Overview<'_>,
    groups: Vec<Group<'a>>,
    request: &IncidentRequest,
) -> Vec<Group<'a>> {
    let minutes = |group: &Group<'_>, kind| group.duration(overview, kind).map(|it| i64::from(it.minutes));
    let value = |group: &Group<'_>| match request.sort {
        IncidentSort::Date => group.day(overview).map(i64::from),
        IncidentSort::Severity => group.severity(overview).map(|it| i64::from(it.level())),
        IncidentSort::Status => group.status(overview).map(|it| it as i64),
        IncidentSort::Actions => Some(i64::from(group.actions(overview).0)),
        IncidentSort::Detect => minutes(group, TIMES[0]),
        IncidentSort::Resolve => minutes(group, TIMES[1]),
        IncidentSort::Total => minutes(group, TIMES[2]),
        IncidentSort::Updated => i64::try_from(group.modified(overview)).ok().filter(|it| *it > 0),
    };
    let newest = |group: &Group<'_>| (Reverse(group.day(overview).unwrap_or(i32::MIN)), group.key(overview));
    let key = |group: &Group<'_>| {
        let value = match value(group) {
            None => (1, 0),
            Some(value) => (0, if request.descending { -value } else { value }),
        };
        (value, newest(group))
    };
    page(groups, key, request.offset, request.limit)
}

/// Returns what is shown of an incident.
pub(in crate::kb) fn incident(overview: &Overview<'_>, group: &Group<'_>) -> Result<Incident, IndexError> {
    let part = |row: &usize| overview.summary(*row).map(|it| Part { path: it.path, kind: it.kind });
    let [detect, resolve, total] = TIMES.map(|kind| group.duration(overview, kind).map(Into::into));
    let (actions_open, actions_total) = group.actions(overview);
    let updated = i64::try_from(group.modified(overview)).ok().filter(|it| *it > 0);
    Ok(Incident {
        document: overview.summary(group.main())?,
        parts: group.rows[1..].iter().map(part).collect::<Result<_, _>>()?,
        date: group.day(overview).and_then(day),
        severity: group.severity(overview),
        status: group.status(overview),
        detect,
        resolve,
        total,
        actions_open,
        actions_total,
        updated: updated.map(DateTime::from_timestamp_nanos),
    })
}

/// Returns the middle of sorted values: the mean of the two in the middle where there is no single one.
pub(in crate::kb) fn median(sorted: &[u32]) -> Option<f64> {
    debug_assert!(sorted.windows(2).all(|pair| pair[0].cmp(&pair[1]) != Ordering::Greater));
    let middle = sorted.len() / 2;
    let high = f64::from(*sorted.get(middle)?);
    Some(if sorted.len().is_multiple_of(2) { f64::midpoint(f64::from(sorted[middle - 1]), high) } else { high })
}
