//! Incidents as a table: sorted by links, filtered by a form, all of it in the address.

mod params;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;

use super::address::{LAST_PAGE, left_out, refuse, refuse_unknown, unknown};
use super::{Chrome, page};
use crate::csv::{Cell, Table};
use crate::kb::{Incident, IncidentRequest, IncidentSort, Scope, Took};
use crate::model::{Severity, StatusState, capitalised, file_name, format_minutes};
use crate::web::csv;
use crate::web::error::WebError;
use crate::web::links;
use crate::web::state::AppState;
use crate::web::view::{
    Badge, Choice, Pages, Part, begins_with, count, date_words, in_words, kind_label, misunderstood, severity_choices,
};

pub(in crate::web) use params::Params;
use params::UNRESOLVED;

/// Incidents a page.
const PAGE_SIZE: usize = 50;

#[derive(Template)]
#[template(path = "web/incidents.html")]
struct IncidentsPage {
    chrome: Chrome,
    params: Params,
    /// How many filters are set.
    filters: usize,
    title: &'static str,
    scopes: Vec<Choice>,
    severities: Vec<Choice>,
    statuses: Vec<Choice>,
    sorts: Vec<Choice>,
    total: String,
    /// There are no incidents at all.
    is_empty: bool,
    documents: String,
    notices: Vec<Vec<Part>>,
    problem: Option<Vec<Part>>,
    heads: Vec<Head>,
    rows: Vec<Row>,
    clear_url: Option<String>,
    csv_url: String,
    csv_cut: Option<String>,
    pages: Option<Pages>,
}

/// The head of a column.
struct Head {
    label: &'static str,
    class: &'static str,
    /// Address of the order by this column, and what `aria-sort` says.
    sort: Option<(String, &'static str)>,
}

struct Row {
    url: String,
    title: String,
    id: Option<String>,
    parts: Vec<(String, String)>,
    date: String,
    date_words: String,
    severity: Option<Badge>,
    status: Option<Badge>,
    times: [Option<(String, bool)>; 3],
    open: u32,
    all: u32,
}

/// Shows the table.
pub(in crate::web) async fn show(
    State(app): State<AppState>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let params = Params::read(&in_words(app.kb(), pairs));
    let chrome = Chrome::new(&app, "incidents");
    app.read(move |kb| {
        let found = match kb.incidents(&request(&params, params.page * PAGE_SIZE, PAGE_SIZE)).map_err(WebError::from) {
            Err(WebError::Query(problem)) => {
                let problem = Some(misunderstood(&problem));
                return page(&IncidentsPage { problem, ..empty(chrome, params) });
            }
            found => found?,
        };
        page(&IncidentsPage {
            is_empty: found.total == 0 && params.is_unfiltered() && params.filter.scope == Scope::Incidents,
            total: count(found.total, noun(params.filter.scope)),
            documents: count(found.documents, "document"),
            rows: found.items.iter().map(row).collect(),
            csv_cut: csv::part_of(found.total),
            pages: Pages::new(params.page, found.total, PAGE_SIZE, LAST_PAGE, |page| params.at(page).url()),
            ..empty(chrome, params)
        })
    })
    .await
}

/// Gives the list as CSV.
pub(in crate::web) async fn download(
    State(app): State<AppState>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let params = Params::read(&in_words(app.kb(), pairs));
    refuse(&params.no_days)?;
    refuse_unknown(&params.unknown)?;
    app.read(move |kb| {
        let found = kb.incidents(&request(&params, 0, csv::MAX_ROWS))?;
        Ok(table(&found.items).download_of(params.filter.scope.as_str(), found.total))
    })
    .await
}

/// Returns the question for a part of the list.
pub(in crate::web) fn request(params: &Params, offset: usize, limit: usize) -> IncidentRequest {
    IncidentRequest { filter: params.filter.clone(), sort: params.sort, descending: params.descending, offset, limit }
}

fn noun(scope: Scope) -> &'static str {
    match scope {
        Scope::Incidents => "incident",
        Scope::NearMisses => "near miss report",
        Scope::Drills => "drill",
    }
}

fn scope_label(scope: Scope) -> &'static str {
    match scope {
        Scope::Incidents => "Incidents",
        Scope::NearMisses => "Near misses",
        Scope::Drills => "Drills",
    }
}

fn empty(chrome: Chrome, params: Params) -> IncidentsPage {
    IncidentsPage {
        chrome,
        filters: params.filters(),
        title: scope_label(params.filter.scope),
        scopes: scopes(&params),
        severities: severity_choices(&params.filter.severities),
        statuses: statuses(&params),
        sorts: sorts(&params),
        total: String::new(),
        is_empty: false,
        documents: String::new(),
        notices: left_out(&params.no_days, &params.filter.period).into_iter().chain(unknown(&params.unknown)).collect(),
        problem: None,
        heads: heads(&params),
        rows: Vec::new(),
        clear_url: (!params.is_unfiltered()).then(|| Params::default().of(params.filter.scope).url()),
        csv_url: params.csv_url(),
        csv_cut: None,
        pages: None,
        params,
    }
}

fn scopes(params: &Params) -> Vec<Choice> {
    let choice = |scope: Scope| Choice {
        value: scope.as_str().to_owned(),
        label: scope_label(scope).to_owned(),
        url: params.of(scope).url(),
        chosen: params.filter.scope == scope,
    };
    Scope::ALL.map(choice).into()
}

fn statuses(params: &Params) -> Vec<Choice> {
    let chosen = &params.filter.statuses;
    let unresolved = *chosen == UNRESOLVED.map(Some);
    let state = |state: StatusState| {
        Choice::plain(state.as_str(), &capitalised(state.as_str()), !unresolved && chosen.contains(&Some(state)))
    };
    let none = Choice::plain("none", "Not stated", chosen.contains(&None));
    std::iter::once(Choice::plain("unresolved", "Not resolved", unresolved))
        .chain(StatusState::ALL.map(state))
        .chain([none])
        .collect()
}

fn sorts(params: &Params) -> Vec<Choice> {
    let choice = |sort: IncidentSort| Choice::plain(sort.as_str(), sort_label(sort), params.sort == sort);
    IncidentSort::ALL.map(choice).into()
}

fn sort_label(sort: IncidentSort) -> &'static str {
    match sort {
        IncidentSort::Date => "Date",
        IncidentSort::Severity => "Severity",
        IncidentSort::Status => "Status",
        IncidentSort::Actions => "Open actions",
        IncidentSort::Detect => "Time to detect",
        IncidentSort::Resolve => "Time to resolve",
        IncidentSort::Total => "Duration",
        IncidentSort::Updated => "Last changed",
    }
}

fn heads(params: &Params) -> Vec<Head> {
    let sorted = |label, class, sort| {
        let direction = match (params.sort == sort, params.descending) {
            (false, _) => "none",
            (true, true) => "descending",
            (true, false) => "ascending",
        };
        Head { label, class, sort: Some((params.sorted(sort).url(), direction)) }
    };
    vec![
        sorted("Date", "when", IncidentSort::Date),
        Head { label: "Incident", class: "what", sort: None },
        sorted("Severity", "", IncidentSort::Severity),
        sorted("Status", "", IncidentSort::Status),
        sorted("Time to detect", "number", IncidentSort::Detect),
        sorted("Time to resolve", "number", IncidentSort::Resolve),
        sorted("Duration", "number", IncidentSort::Total),
        sorted("Open actions", "number", IncidentSort::Actions),
    ]
}

fn row(incident: &Incident) -> Row {
    let document = &incident.document;
    let took = |took: Took| (format_minutes(i64::from(took.minutes)), !took.stated);
    let part = |part: &crate::kb::Part| {
        (links::document(&part.path), format!("{}: {}", kind_label(part.kind), file_name(&part.path)))
    };
    Row {
        url: links::document(&document.path),
        title: document.title.clone(),
        id: document.id.clone().filter(|id| !begins_with(&document.title, id)),
        parts: incident.parts.iter().map(part).collect(),
        // A month without a day is shown as the document has it.
        date_words: document.date.as_deref().map(date_words).unwrap_or_else(|| dated(incident)),
        date: document.date.clone().unwrap_or_else(|| dated(incident)),
        severity: incident.severity.map(Badge::severity),
        status: incident.status.map(|status| Badge::status(status.as_str())),
        times: [incident.detect, incident.resolve, incident.total].map(|it| it.map(took)),
        open: incident.actions_open,
        all: incident.actions_total,
    }
}

fn dated(incident: &Incident) -> String {
    incident.date.map(|date| date.to_string()).unwrap_or_default()
}

fn table(items: &[Incident]) -> Table {
    let minutes = |took: Option<Took>| took.map_or(Cell::Empty, |took| took.minutes.into());
    let row = |incident: &Incident| {
        let document = &incident.document;
        let files: Vec<&str> =
            std::iter::once(document.path.as_str()).chain(incident.parts.iter().map(|it| it.path.as_str())).collect();
        vec![
            document.date.as_deref().map_or_else(|| dated(incident), str::to_owned).as_str().into(),
            document.id.as_deref().unwrap_or_default().into(),
            document.title.as_str().into(),
            incident.severity.map_or("", Severity::word).into(),
            incident.status.map_or("", StatusState::as_str).into(),
            minutes(incident.detect),
            minutes(incident.resolve),
            minutes(incident.total),
            incident.actions_open.into(),
            incident.actions_total.into(),
            files.join(" ").as_str().into(),
        ]
    };
    let head = vec![
        "date",
        "id",
        "title",
        "severity",
        "status",
        "detect_minutes",
        "resolve_minutes",
        "total_minutes",
        "actions_open",
        "actions_total",
        "files",
    ];
    Table { head, rows: items.iter().map(row).collect() }
}
