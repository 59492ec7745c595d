//! Incidents, action items, insights, tags and the account of every file.

use serde_json::json;

use super::params::Params;
use super::{Answer, Pairs, Refusal, answer, in_words, query_problem};
use crate::kb::{
    ActionFilter, ActionRequest, ActionSort, ActionState, FacetField, IncidentFilter, IncidentRequest, IncidentSort,
    InsightsRequest, KbError, KnowledgeBase, LedgerKind, LedgerRequest, OwnerFilter, Scope,
};
use crate::model::{ActionClass, StatusState};

/// Most dots of each sort of time in one answer.
const MAX_DOTS: usize = 1000;
/// Most files listed that are not fully read.
const MAX_PROBLEMS: usize = 1000;
/// Longest age in days.
const MAX_AGE: usize = 100_000;

/// Lists incidents.
pub(crate) fn incidents(kb: &KnowledgeBase, pairs: Pairs) -> Answer {
    let mut params = Params::new(in_words(kb, pairs));
    let states: Vec<(&str, Option<StatusState>)> =
        StatusState::ALL.map(|it| (it.as_str(), Some(it))).into_iter().chain([("none", None)]).collect();
    let filter = IncidentFilter {
        query: params.text("q").unwrap_or_default(),
        scope: params.choice("scope", &Scope::ALL.map(|it| (it.as_str(), it))).unwrap_or_default(),
        severities: params.severities(),
        statuses: params.choices("status", &states),
        service: params.name("service"),
        tag: params.name("tag"),
        period: params.period(),
        open_actions: params.flag("open_actions"),
    };
    let sort = params.choice("sort", &IncidentSort::ALL.map(|it| (it.as_str(), it))).unwrap_or(IncidentSort::Date);
    let order = params.choice("order", &[("asc", false), ("desc", true)]);
    let (offset, limit) = params.page();
    params.finish()?;
    let request = IncidentRequest { filter, sort, descending: order.unwrap_or(sort.descends()), offset, limit };
    match kb.incidents(&request) {
        Ok(found) => Ok(answer(json!({
            "total": found.total, "documents": found.documents, "incidents": found.items, "problem": null,
        }))),
        Err(KbError::Query(problem)) => Ok(answer(json!({
            "total": null, "documents": null, "incidents": [], "problem": query_problem(&problem),
        }))),
        Err(error) => Err(error.into()),
    }
}

/// Lists action items.
pub(crate) fn actions(kb: &KnowledgeBase, pairs: Pairs) -> Answer {
    let mut params = Params::new(in_words(kb, pairs));
    let states: Vec<(&str, Option<ActionState>)> =
        ActionState::ALL.map(|it| (it.as_str(), Some(it))).into_iter().chain([("all", None)]).collect();
    let classes_by_name: Vec<(&str, Option<ActionClass>)> =
        ActionClass::ALL.map(|it| (it.as_str(), Some(it))).into_iter().chain([("all", None)]).collect();
    let age = |days: Option<usize>| days.and_then(|days| u32::try_from(days).ok());
    let owner = params.name("owner").map(OwnerFilter::Named);
    let filter = ActionFilter {
        query: params.text("q").unwrap_or_default(),
        state: params.choice("state", &states).flatten(),
        owner: if params.flag("nobody") { Some(OwnerFilter::Nobody) } else { owner },
        classes: classes(&params.choices("class", &classes_by_name)),
        severities: params.severities(),
        min_age: age(params.number("min_age", 0, MAX_AGE)),
        max_age: age(params.number("max_age", 0, MAX_AGE)),
    };
    let sort = params.choice("sort", &ActionSort::ALL.map(|it| (it.as_str(), it))).unwrap_or_default();
    let (offset, limit) = params.page();
    params.finish()?;
    let request = ActionRequest { filter, sort, group: None, offset, limit };
    match kb.action_items(&request) {
        Ok(found) => Ok(answer(json!({
            "total": found.total, "totals": found.totals, "actions": found.items, "problem": null,
        }))),
        Err(KbError::Query(problem)) => Ok(answer(json!({
            "total": null, "totals": null, "actions": [], "problem": query_problem(&problem),
        }))),
        Err(error) => Err(error.into()),
    }
}

/// Returns the classes asked for, none for all: action items, as everywhere, where nothing is said.
fn classes(named: &[Option<ActionClass>]) -> Vec<ActionClass> {
    match named {
        [] => vec![ActionClass::Action],
        named => named.iter().copied().collect::<Option<_>>().unwrap_or_default(),
    }
}

/// Reads which entries of the ledger are wanted.
pub(crate) fn ledger_request(pairs: Pairs) -> Result<LedgerRequest, Refusal> {
    let mut params = Params::new(pairs);
    let by_name: Vec<(&str, Option<ActionClass>)> =
        ActionClass::ALL.map(|it| (it.as_str(), Some(it))).into_iter().chain([("all", None)]).collect();
    let window = params.window("period");
    let kinds = params.choices("only", &LedgerKind::ALL.map(|it| (it.as_str(), it)));
    let owner = params.name("owner").map(OwnerFilter::Named);
    let owner = if params.flag("nobody") { Some(OwnerFilter::Nobody) } else { owner };
    let classes = classes(&params.choices("class", &by_name));
    let (offset, limit) = params.page();
    params.finish()?;
    Ok(LedgerRequest { window, kinds, owner, classes, offset, limit })
}

/// Gives insights.
pub(crate) fn insights(kb: &KnowledgeBase, pairs: Pairs) -> Answer {
    let mut params = Params::new(pairs);
    let period = params.period();
    let dots = params.number("dots", 0, MAX_DOTS).unwrap_or(100);
    params.finish()?;
    Ok(answer(kb.insights(&InsightsRequest { period, dots })?))
}

/// Lists root-cause tags with the number of documents that carry each.
pub(crate) fn tags(kb: &KnowledgeBase, pairs: Pairs) -> Answer {
    let mut params = Params::new(pairs);
    let offset = params.offset();
    let limit = params.number("limit", 1, 1000).unwrap_or(100);
    params.finish()?;
    let names = kb.names(FacetField::Tag)?;
    let tag = |(tag, documents): &(String, u32)| json!({ "tag": tag, "documents": documents });
    let tags: Vec<_> = names.iter().skip(offset).take(limit).map(tag).collect();
    Ok(answer(json!({ "total": names.len(), "tags": tags })))
}

/// Accounts for every file.
pub(crate) fn status(kb: &KnowledgeBase, pairs: Pairs) -> Answer {
    Params::new(pairs).finish()?;
    let mut status = kb.status()?;
    let total = status.problems.len();
    status.problems.truncate(MAX_PROBLEMS);
    let mut fields = serde_json::to_value(&status).unwrap_or_default();
    fields["problems_total"] = json!(total);
    Ok(answer(fields))
}
