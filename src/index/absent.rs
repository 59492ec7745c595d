//! What to say of a condition that no document meets: which values and days there are.

use chrono::NaiveDate;

use super::answer::{FacetField, SearchRequest, Sort};
use super::error::IndexError;
use super::facts;
use super::open::OpenIndex;
use super::search::{fact_of, search};

/// Most values that are named.
const MOST_VALUES: usize = 8;
/// The fields with few values, all of which can be named.
const FIELDS: [FacetField; 3] = [FacetField::Severity, FacetField::Status, FacetField::Kind];

/// Returns the field of a fact that has few values.
pub(super) fn field_of(fact: &str) -> Option<FacetField> {
    FIELDS.into_iter().find(|field| fact.starts_with(&facts::document(field.as_str(), "")))
}

/// Returns which values of `field` there are, where no document has one of these facts.
pub(super) fn values(open: &OpenIndex, field: FacetField, asked: &[String]) -> Result<Option<String>, IndexError> {
    let all = search(open, &SearchRequest { limit: 0, with_facets: true, ..SearchRequest::new("") })?;
    let there = all.facets.into_iter().find(|facet| facet.field == field).map(|facet| facet.values).unwrap_or_default();
    if there.iter().any(|(value, _)| asked.contains(&fact_of(field, value))) {
        return Ok(None);
    }
    let noun = field.as_str();
    let shown: Vec<String> = there.iter().take(MOST_VALUES).map(|(value, _)| format!("`{value}`")).collect();
    Ok(Some(match (shown.len(), there.len()) {
        (0, _) => format!("No document has a {noun}."),
        (some, all) if some < all => format!("No document has this {noun}; there are {}, ….", shown.join(", ")),
        _ => format!("No document has this {noun}; there are {}.", shown.join(", ")),
    }))
}

/// Returns the days nearest to those from `first` to `last`, where no document is of one of them; both in days since 1970.
pub(super) fn days(open: &OpenIndex, first: i64, last: i64) -> Result<Option<String>, IndexError> {
    let day = |days: i64| i32::try_from(days).ok().and_then(NaiveDate::from_epoch_days);
    let of = |days, offset| SearchRequest { days, sort: Sort::Date, limit: 1, offset, ..SearchRequest::new("") };
    let (first, last) = (day(first), day(last));
    if search(open, &of((first, last), 0))?.total > 0 {
        return Ok(None);
    }
    let newest = |days| -> Result<_, IndexError> { Ok(search(open, &of(days, 0))?.hits.into_iter().next()) };
    let before = first.and_then(|day| day.pred_opt()).map(|day| newest((None, Some(day)))).transpose()?.flatten();
    let after = match last.and_then(|day| day.succ_opt()) {
        Some(day) => {
            let later = search(open, &of((Some(day), None), 0))?;
            let oldest = search(open, &of((Some(day), None), later.total.saturating_sub(1)))?;
            oldest.hits.into_iter().next()
        }
        None => None,
    };
    let dates: Vec<String> = [before, after].into_iter().flatten().filter_map(|hit| hit.document.date).collect();
    Ok(match dates.as_slice() {
        [] => None,
        [one] => Some(format!("No incident is of these days; the nearest is of {one}.")),
        all => Some(format!("No incident is of these days; the nearest are of {}.", all.join(" and "))),
    })
}
