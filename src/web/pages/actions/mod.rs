//! Action items of all documents, each with a link to its line.

mod params;
mod view;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::address::{LAST_PAGE, refuse_unknown, unknown};
use super::{Chrome, page};
use crate::csv::{Cell, Table};
use crate::kb::{
    ActionEntry, ActionGroup, ActionGrouping, ActionItems, ActionRequest, ActionSort, ActionState, ActionTotals,
    OwnerFilter,
};
use crate::model::{ActionClass, Severity, capitalised};
use crate::web::error::WebError;
use crate::web::links;
use crate::web::state::AppState;
use crate::web::view::{Choice, Pages, Part, count, grouped, in_words, misunderstood, severity_choices};
use crate::web::{calendar, csv};

use params::PAGE_SIZE;
pub(in crate::web) use params::{NOBODY, Params, class_from, owner_from};
pub(in crate::web) use view::{ActionView, view, view_of};

/// Least ages offered, in days.
const AGES: [u32; 4] = [30, 90, 180, 365];

#[derive(Template)]
#[template(path = "web/actions.html")]
struct ActionsPage {
    chrome: Chrome,
    params: Params,
    /// How many filters are set.
    filters: usize,
    owner: String,
    states: Vec<Choice>,
    groupings: Vec<Choice>,
    classes: Vec<Choice>,
    severities: Vec<Choice>,
    ages: Vec<Choice>,
    sorts: Vec<Choice>,
    numbers: Vec<Number>,
    /// There are no items at all.
    is_empty: bool,
    total: String,
    notices: Vec<Vec<Part>>,
    problem: Option<Vec<Part>>,
    groups: Vec<GroupView>,
    ledger_url: String,
    csv_url: String,
    /// The list as a calendar.
    ics_url: String,
    csv_cut: Option<String>,
    clear_url: Option<String>,
    pages: Option<Pages>,
}

struct Number {
    label: &'static str,
    value: String,
    url: String,
    alarming: bool,
}

struct GroupView {
    name: Option<String>,
    url: Option<String>,
    note: String,
    items: Vec<ActionView>,
}

/// Shows the list.
pub(in crate::web) async fn show(
    State(app): State<AppState>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let params = Params::read(&in_words(app.kb(), pairs));
    let chrome = Chrome::new(&app, "actions");
    app.read(move |kb| match kb.action_items(&params.request()).map_err(WebError::from) {
        Ok(found) => page(&listed(chrome, params, found)),
        Err(WebError::Query(problem)) => {
            let problem = Some(misunderstood(&problem));
            page(&ActionsPage { problem, ..empty(chrome, params) })
        }
        Err(error) => Err(error),
    })
    .await
}

/// Gives the list as CSV.
pub(in crate::web) async fn download(
    State(app): State<AppState>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let params = Params::read(&in_words(app.kb(), pairs));
    refuse_unknown(&params.unknown)?;
    app.read(move |kb| {
        let found = kb.action_items(&ActionRequest { offset: 0, limit: csv::MAX_ROWS, ..params.request() })?;
        Ok(table(&found.items).download_of("actions", found.total))
    })
    .await
}

/// Gives the open ones of the list that have a day as a calendar.
pub(in crate::web) async fn subscribe(
    State(app): State<AppState>,
    headers: HeaderMap,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let params = Params::read(&in_words(app.kb(), pairs));
    refuse_unknown(&params.unknown)?;
    let (root, name) = (calendar::root(&headers), format!("Action items of {}", app.name()));
    app.read(move |kb| {
        let found = kb.action_items(&ActionRequest { offset: 0, limit: csv::MAX_ROWS, ..params.request() })?;
        let address = |path: &str, line| calendar::address(&root, path, line);
        Ok(calendar::answer(kb.calendar_of_actions(&name, &found.items, &address)))
    })
    .await
}

fn listed(chrome: Chrome, params: Params, found: ActionItems) -> ActionsPage {
    let pages = Pages::new(params.page, found.total, PAGE_SIZE, LAST_PAGE, |page| params.at(page).url());
    ActionsPage {
        numbers: numbers(&params, &found.totals),
        is_empty: found.totals == ActionTotals::default() && params.filter == Params::default().filter,
        total: count(found.total, "item"),
        csv_cut: csv::part_of(found.total),
        groups: groups(&params, found.groups, &found.items),
        pages,
        ..empty(chrome, params)
    }
}

fn empty(chrome: Chrome, params: Params) -> ActionsPage {
    let usual = Params { group: params.group, sort: params.sort, ..Params::default() };
    ActionsPage {
        chrome,
        filters: params.filters(),
        owner: match &params.filter.owner {
            None => String::new(),
            Some(OwnerFilter::Named(name)) => name.clone(),
            Some(OwnerFilter::Nobody) => NOBODY.to_owned(),
        },
        states: states(&params),
        groupings: groupings(&params),
        classes: class_choices(&params.filter.classes),
        severities: severity_choices(&params.filter.severities),
        ages: ages(&params),
        sorts: ActionSort::ALL.map(|sort| Choice::plain(sort.as_str(), sort_label(sort), params.sort == sort)).into(),
        numbers: Vec::new(),
        is_empty: false,
        total: String::new(),
        notices: unknown(&params.unknown).collect(),
        problem: None,
        groups: Vec::new(),
        ledger_url: params.ledger_url(),
        csv_url: params.csv_url(),
        ics_url: params.ics_url(),
        csv_cut: None,
        clear_url: (usual.filter != params.filter).then(|| usual.url()),
        pages: None,
        params,
    }
}

fn states(params: &Params) -> Vec<Choice> {
    let state = |state: Option<ActionState>, label: &str| {
        Choice::plain(state.map_or("all", ActionState::as_str), label, params.filter.state == state)
    };
    let named = ActionState::ALL.map(|it| state(Some(it), &capitalised(it.as_str())));
    named.into_iter().chain([state(None, "All")]).collect()
}

fn groupings(params: &Params) -> Vec<Choice> {
    let choice = |group: Option<ActionGrouping>| Choice {
        value: String::new(),
        label: match group {
            None => "One list",
            Some(ActionGrouping::Owner) => "By owner",
            Some(ActionGrouping::Incident) => "By incident",
            Some(ActionGrouping::Due) => "By due date",
        }
        .to_owned(),
        url: params.grouped(group).url(),
        chosen: params.group == group,
    };
    std::iter::once(None).chain(ActionGrouping::ALL.map(Some)).map(choice).collect()
}

/// Returns every class of items, and all of them.
pub(in crate::web) fn class_choices(chosen: &[ActionClass]) -> Vec<Choice> {
    let class = |class: ActionClass| Choice::plain(class.as_str(), class_label(class), chosen == [class]);
    ActionClass::ALL.into_iter().map(class).chain([Choice::plain("all", "All types", chosen.is_empty())]).collect()
}

fn class_label(class: ActionClass) -> &'static str {
    match class {
        ActionClass::Action => "Action",
        ActionClass::Verification => "Verification",
        ActionClass::Checklist => "Checklist",
    }
}

fn ages(params: &Params) -> Vec<Choice> {
    let chosen = params.filter.min_age;
    let other = chosen.filter(|age| !AGES.contains(age));
    let age = |age: u32| Choice::plain(&age.to_string(), &format!("{age} days or more"), chosen == Some(age));
    AGES.into_iter().chain(other).map(age).collect()
}

fn sort_label(sort: ActionSort) -> &'static str {
    match sort {
        ActionSort::Due => "Due date",
        ActionSort::Age => "Age",
        ActionSort::Severity => "Severity",
    }
}

fn numbers(params: &Params, totals: &ActionTotals) -> Vec<Number> {
    let number = |label, value: usize, params: Params, alarming| Number {
        label,
        value: grouped(value),
        url: params.url(),
        alarming: alarming && value > 0,
    };
    let state = |state| params.with(|filter| filter.state = Some(state));
    let unowned = params.with(|filter| {
        filter.state = Some(ActionState::Open);
        filter.owner = Some(OwnerFilter::Nobody);
    });
    [
        number("Open", totals.open, state(ActionState::Open), false),
        number("Overdue", totals.overdue, state(ActionState::Overdue), true),
        number("No owner", totals.unowned, unowned, false),
        number("No date", totals.undated, state(ActionState::Open).grouped(Some(ActionGrouping::Due)), false),
        number("Done", totals.done, state(ActionState::Done), false),
    ]
    .into_iter()
    .chain((totals.cancelled > 0).then(|| number("Cancelled", totals.cancelled, state(ActionState::Cancelled), false)))
    .collect()
}

fn groups(params: &Params, groups: Vec<ActionGroup>, items: &[ActionEntry]) -> Vec<GroupView> {
    let views = |wanted: Option<usize>| -> Vec<ActionView> {
        items.iter().filter(|item| item.group == wanted).map(|item| view(item, Some(params))).collect()
    };
    if params.group.is_none() {
        let all = GroupView { name: None, url: None, note: String::new(), items: views(None) };
        return if items.is_empty() { Vec::new() } else { vec![all] };
    }
    let only_open = params.filter.state == Some(ActionState::Open);
    let group = |(at, group): (usize, ActionGroup)| {
        let mut items = views(Some(at));
        // Under the title of the incident the same title says nothing new; that of another of its documents does.
        let told = params.group == Some(ActionGrouping::Incident);
        items.iter_mut().filter(|item| told && item.title == group.name).for_each(|item| item.title.clear());
        if params.group == Some(ActionGrouping::Owner) {
            items.iter_mut().for_each(|item| item.owner_is_told = true);
        }
        let overdue = if group.overdue > 0 { format!(", {} overdue", grouped(group.overdue)) } else { String::new() };
        let part = if items.len() < group.items { format!(", {} on this page", items.len()) } else { String::new() };
        GroupView {
            url: match (&group.path, params.group) {
                (Some(path), _) => Some(links::document(path)),
                (None, Some(ActionGrouping::Owner)) => Some(of_owner(params, &group.name).url()),
                _ => None,
            },
            note: format!("{}{}{overdue}{part}", grouped(group.items), if only_open { " open" } else { "" }),
            name: Some(if group.name.is_empty() { "No owner".to_owned() } else { group.name }),
            items,
        }
    };
    groups.into_iter().enumerate().map(group).collect()
}

fn of_owner(params: &Params, name: &str) -> Params {
    let owner = if name.is_empty() { OwnerFilter::Nobody } else { OwnerFilter::Named(name.to_owned()) };
    params.with(|filter| filter.owner = Some(owner)).grouped(None)
}

fn table(items: &[ActionEntry]) -> Table {
    let text = |text: &Option<String>| Cell::from(text.as_deref().unwrap_or_default());
    let row = |item: &ActionEntry| {
        let state = if item.overdue { ActionState::Overdue.as_str() } else { item.state.as_str() };
        vec![
            state.into(),
            item.text.as_str().into(),
            text(&item.owner),
            text(&item.due.map(|due| due.to_string())),
            text(&item.due_text),
            (if item.due_inferred { "worked out" } else { "" }).into(),
            item.class.as_str().into(),
            text(&item.priority),
            item.severity.map_or("", Severity::word).into(),
            item.age_days.map_or(Cell::Empty, |days| Cell::Number(days as f64)),
            text(&item.id),
            item.title.as_str().into(),
            item.path.as_str().into(),
            item.line.into(),
        ]
    };
    let head = vec![
        "state",
        "action",
        "owner",
        "due",
        "due_text",
        "due_origin",
        "class",
        "priority",
        "severity",
        "age_days",
        "document_id",
        "document",
        "file",
        "line",
    ];
    Table { head, rows: items.iter().map(row).collect() }
}
