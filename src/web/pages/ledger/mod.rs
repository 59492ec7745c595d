//! What became of action items: numbers and a chart of a period, and every entry of the ledger with a link to its line.

mod params;
mod times;
mod view;

use std::time::Duration;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderValue;
use axum::http::header::REFRESH;
use axum::response::Response;
use chrono::{Datelike, NaiveDate};

use super::actions::class_choices;
use super::address::{LAST_PAGE, left_out, refuse, refuse_unknown, unknown};
use super::insights::period::words;
use super::{Chrome, page};
use crate::kb::{
    KbError, KnowledgeBase, Ledger, LedgerBook, LedgerKind, LedgerRequest, LedgerTimes, LedgerTotals, Period,
};
use crate::model::{capitalised, short_id};
use crate::web::error::WebError;
use crate::web::state::AppState;
use crate::web::view::{Choice, Pages, Part, count, grouped, message};
use crate::web::{csv, ledger};

use params::{PAGE_SIZE, Params, owner_name};
use times::{Figure, figure};
use view::EntryView;

/// How long a page waits for what is being read before it says so.
const PATIENCE: Duration = Duration::from_millis(800);
/// How long a file is waited for.
const FILE_PATIENCE: Duration = Duration::from_secs(15);
/// Seconds after which a page that has nothing to show yet looks again.
const AGAIN: &str = "2";
/// Years offered.
const YEARS: usize = 5;

#[derive(Template)]
#[template(path = "web/ledger.html")]
struct LedgerPage {
    chrome: Chrome,
    params: Params,
    /// How many filters are set.
    filters: usize,
    from: String,
    to: String,
    owner: String,
    presets: Vec<Choice>,
    kinds: Vec<Choice>,
    classes: Vec<Choice>,
    clear_url: Option<String>,
    notices: Vec<Vec<Part>>,
    /// Why there is nothing to show, where there is not.
    instead: Option<Vec<Part>>,
    numbers: Vec<Number>,
    figure: Option<Figure>,
    total: String,
    period: String,
    until: String,
    settled: Option<String>,
    entries: Vec<EntryView>,
    csv_url: String,
    csv_cut: Option<String>,
    pages: Option<Pages>,
}

struct Number {
    label: &'static str,
    value: String,
    note: Option<String>,
    url: Option<String>,
    alarming: bool,
}

/// Shows the ledger.
pub(in crate::web) async fn show(
    State(app): State<AppState>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let today = app.today();
    let params = Params::read(&pairs, today);
    let chrome = Chrome::new(&app, "actions");
    let request = params.request();
    let asked = ledger::ask(&app, PATIENCE, move |book| (book.page(&request), book.times(&request))).await;
    match asked {
        Ok(Some((found, times))) => app.read(move |kb| page(&filled(kb, chrome, params, &found, &times, today))).await,
        Ok(None) => {
            let instead = Some(message(&still_reading(app.kb())));
            let mut response = page(&LedgerPage { instead, ..empty(chrome, params, &[], today) })?;
            response.headers_mut().insert(REFRESH, HeaderValue::from_static(AGAIN));
            Ok(response)
        }
        Err(WebError::Internal(KbError::Refused(refused))) => {
            let hint = refused.hint.map(|hint| format!(": {hint}")).unwrap_or_default();
            let instead = Some(message(&format!("{}{hint}.", capitalised(&refused.message))));
            page(&LedgerPage { instead, ..empty(chrome, params, &[], today) })
        }
        Err(error) => Err(error),
    }
}

/// Gives the list as CSV.
pub(in crate::web) async fn download(
    State(app): State<AppState>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let request = strict(&app, &pairs)?;
    let request = LedgerRequest { offset: 0, limit: csv::MAX_ROWS, ..request };
    let found = whole(&app, move |book| book.page(&request)).await?;
    Ok(view::table(&found.entries).download_of("ledger", found.total))
}

/// Gives the numbers of the chart as CSV.
pub(in crate::web) async fn download_times(
    State(app): State<AppState>,
    Path(name): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    if name != "by-time.csv" {
        return Err(WebError::not_found(format!("There is no table `{name}`.")));
    }
    let request = strict(&app, &pairs)?;
    let found = whole(&app, move |book| book.times(&request)).await?;
    Ok(times::table(&found).download("action-items-by-time.csv"))
}

fn strict(app: &AppState, pairs: &[(String, String)]) -> Result<LedgerRequest, WebError> {
    let params = Params::read(pairs, app.today());
    refuse(&params.no_days)?;
    refuse_unknown(&params.unknown)?;
    Ok(params.request())
}

/// Returns an answer for programs, who wait; outside of git there is none.
async fn whole<T: Send + 'static>(
    app: &AppState,
    question: impl Fn(&LedgerBook) -> T + Clone + Send + 'static,
) -> Result<T, WebError> {
    match ledger::ask(app, FILE_PATIENCE, question).await {
        Ok(Some(found)) => Ok(found),
        Ok(None) => Err(WebError::Early("The commits are still being read: try again in a moment.")),
        Err(WebError::Internal(KbError::Refused(refused))) => {
            Err(WebError::not_found(format!("{}.", capitalised(&refused.sentence()))))
        }
        Err(error) => Err(error),
    }
}

fn still_reading(kb: &KnowledgeBase) -> String {
    let far = match kb.ledger_progress().filter(|_| !kb.is_read_elsewhere()) {
        Some(at) => format!(": {} of {} are done", grouped(at.done), count(at.total, "document")),
        None => String::new(),
    };
    format!("The commits are still being read{far}. This page shows what they tell as soon as they are.")
}

fn filled(
    kb: &KnowledgeBase,
    chrome: Chrome,
    params: Params,
    found: &Ledger,
    times: &LedgerTimes,
    today: NaiveDate,
) -> LedgerPage {
    let mut notices = left_out(&params.no_days, &params.period);
    notices.extend(unknown(&params.unknown));
    notices.extend(found.lack.map(|lack| message(&format!("The commits may not tell all: {lack}."))));
    if found.elsewhere > 0 {
        let lie = if found.elsewhere == 1 { "lies" } else { "lie" };
        let documents = count(found.elsewhere, "document");
        let text = format!("{documents} {lie} in a repository within or not in git: their commits are not read.");
        notices.push(message(&text));
    }
    LedgerPage {
        notices,
        numbers: numbers(&params, &found.totals),
        figure: figure(times, params.at(0).url("/ledger/by-time.csv")),
        total: count_entries(found.total),
        until: found.commit.as_deref().map(|id| short_id(id).to_owned()).unwrap_or_default(),
        settled: (found.totals.written_settled > 0).then(|| settled(&found.totals)),
        entries: found.entries.iter().map(|entry| EntryView::of(kb, entry)).collect(),
        csv_cut: csv::part_of(found.total),
        pages: Pages::new(params.page, found.total, PAGE_SIZE, LAST_PAGE, |page| params.at(page).url("/ledger")),
        ..empty(chrome, params, &times.years, today)
    }
}

fn empty(chrome: Chrome, params: Params, years: &[i32], today: NaiveDate) -> LedgerPage {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let kind = |kind: LedgerKind| {
        let label = capitalised(&kind.as_str().replace('-', " "));
        Choice::plain(kind.as_str(), &label, params.what == Some(kind))
    };
    LedgerPage {
        chrome,
        filters: params.filters(),
        from: day(params.period.from),
        to: day(params.period.to),
        owner: params.owner.as_ref().map(|it| owner_name(it).to_owned()).unwrap_or_default(),
        presets: presets(&params, years, today),
        kinds: LedgerKind::ALL.map(kind).into(),
        classes: class_choices(params.class.as_slice()),
        clear_url: (params.filters() > 0).then(|| "/ledger".to_owned()),
        notices: Vec::new(),
        instead: None,
        numbers: Vec::new(),
        figure: None,
        total: String::new(),
        period: words(&params.period),
        until: String::new(),
        settled: None,
        entries: Vec::new(),
        csv_url: params.at(0).url("/ledger.csv"),
        csv_cut: None,
        pages: None,
        params,
    }
}

fn presets(params: &Params, years: &[i32], today: NaiveDate) -> Vec<Choice> {
    let preset = |label: &str, period: Period| Choice {
        value: String::new(),
        label: label.to_owned(),
        url: params.during(period).url("/ledger"),
        chosen: params.period == period,
    };
    let year = |year: &i32| {
        let end = |month, day| NaiveDate::from_ymd_opt(*year, month, day);
        preset(&year.to_string(), Period { from: end(1, 1), to: end(12, 31) })
    };
    let all = preset("All", Period::default());
    let usual = preset("Last 12 months", Params::usual(today).period);
    let past = years.iter().filter(|year| **year <= today.year()).take(YEARS).map(year);
    [all, usual].into_iter().chain(past).collect()
}

fn numbers(params: &Params, totals: &LedgerTotals) -> Vec<Number> {
    let number = |label, value: usize, what: Option<LedgerKind>| Number {
        label,
        value: grouped(value),
        note: None,
        url: what.map(|what| params.only(Some(what)).url("/ledger")),
        alarming: false,
    };
    let took = totals.median_days.map(|days| format!("median {}, n = {}", days_words(days), grouped(totals.timed)));
    let mut numbers = vec![
        number("Written", totals.written, Some(LedgerKind::Written)),
        Number { note: took, ..number("Done", totals.done, Some(LedgerKind::Done)) },
        number("Put off", totals.put_off, Some(LedgerKind::DueMoved)),
        Number { alarming: totals.dropped > 0, ..number("Dropped", totals.dropped, Some(LedgerKind::Dropped)) },
        number("Cancelled", totals.cancelled, Some(LedgerKind::Cancelled)),
        number("Reopened", totals.reopened, Some(LedgerKind::Reopened)),
    ];
    numbers.retain(|it| it.value != "0" || !matches!(it.label, "Cancelled" | "Reopened"));
    let open = format!("{} → {}", grouped(totals.open_before), grouped(totals.open_after));
    numbers.push(Number { value: open, ..number("Open before → after", 0, None) });
    numbers
}

fn days_words(days: f64) -> String {
    if days == 1.0 { "1 day".to_owned() } else { format!("{days} days") }
}

fn count_entries(entries: usize) -> String {
    if entries == 1 { "1 entry".to_owned() } else { format!("{} entries", grouped(entries)) }
}

fn settled(totals: &LedgerTotals) -> String {
    let were = if totals.written_settled == 1 { "was" } else { "were" };
    format!("{} of those written {were} done or cancelled already.", grouped(totals.written_settled))
}
