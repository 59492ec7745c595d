//! Facets and the chips of what is chosen of them.

use super::params::Params;
use crate::kb::{Facet, FacetField};
use crate::web::links;
use crate::web::view::{date_words, facet_label, field_label};

/// Values shown of a facet before the rest is folded away.
const OPEN_VALUES: usize = 6;

/// One facet.
pub(super) struct FacetView {
    pub(super) name: &'static str,
    pub(super) shown: Vec<ValueView>,
    pub(super) folded: Vec<ValueView>,
}

/// One value of a facet.
pub(super) struct ValueView {
    /// Names the value on the page, so that the focus finds it again in other results.
    pub(super) key: String,
    pub(super) label: String,
    pub(super) count: u64,
    pub(super) url: String,
    pub(super) chosen: bool,
}

/// A filter that holds, and the search without it.
pub(super) struct Chip {
    pub(super) field: &'static str,
    pub(super) label: String,
    pub(super) without: Params,
    pub(super) url: String,
}

impl Chip {
    fn new(field: &'static str, label: String, without: Params) -> Self {
        Self { field, label, url: without.url(), without }
    }
}

/// Returns the filters that hold.
pub(super) fn chips(params: &Params) -> Vec<Chip> {
    let chosen = params.facets.iter().flat_map(|(field, values)| values.iter().map(|value| (*field, value)));
    let chip = |(field, value): (FacetField, &String)| {
        Chip::new(field_label(field), facet_label(field, value), params.toggled(field, value))
    };
    let (from, to) = params.days;
    let day = |day: chrono::NaiveDate| date_words(&day.to_string());
    let from_chip = from.map(|it| Chip::new("From", day(it), params.within((None, to))));
    let to_chip = to.map(|it| Chip::new("Until", day(it), params.within((from, None))));
    chosen.map(chip).chain(from_chip).chain(to_chip).collect()
}

/// Returns a facet for show. A chosen value stays on the page even where no hit has it, or nobody could drop it.
pub(super) fn facet_view(params: &Params, facet: &Facet) -> Option<FacetView> {
    let chosen = params.chosen(facet.field);
    let missing = chosen.iter().filter(|it| !facet.values.iter().any(|(value, _)| value == *it));
    let missing = missing.map(|value| (value.clone(), 0));
    let (before, behind) = params.around(facet.field);
    let view = |(value, count): (String, u64)| {
        let chosen = chosen.contains(&value);
        let url = if chosen {
            params.toggled(facet.field, &value).url()
        } else {
            [&before, links::encode(&value).as_str(), &behind].concat()
        };
        let label = facet_label(facet.field, &value);
        ValueView { key: [facet.field.as_str(), "=", &value].concat(), label, count, url, chosen }
    };
    let mut shown: Vec<ValueView> = missing.chain(facet.values.iter().cloned()).map(view).collect();
    shown.sort_by_key(|value| !value.chosen);
    if facet.field != FacetField::Tag && facet.field != FacetField::Service {
        shown = restore_order(shown, facet);
    }
    if shown.is_empty() {
        return None;
    }
    let folded = if shown.len() > OPEN_VALUES + 1 { shown.split_off(OPEN_VALUES) } else { Vec::new() };
    Some(FacetView { name: field_label(facet.field), shown, folded })
}

/// Short lists with an order of their own (severities, years) keep it, chosen or not.
fn restore_order(mut values: Vec<ValueView>, facet: &Facet) -> Vec<ValueView> {
    let position = |label: &str| facet.values.iter().position(|(value, _)| facet_label(facet.field, value) == label);
    values.sort_by_key(|value| position(&value.label));
    values
}
