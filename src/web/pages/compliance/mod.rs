//! What the compliance lead asks every week: which controls are evidenced, until when records are kept, what is to be
//! reviewed, and who must be told of a breach.

mod controls;
mod records;

use std::time::Duration;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::NaiveDate;

use super::address::{left_out, refuse};
use super::insights::period::{read, url};
use super::{Chrome, page};
use crate::api::period_query as query;
use crate::kb::notices::NoticeState;
use crate::kb::retention::RetentionState;
use crate::kb::{Commits, Compliance, KnowledgeBase, Period, Retention, controls as rows_of_controls, reviews};
use crate::web::calendar;
use crate::web::error::WebError;
use crate::web::state::AppState;
use crate::web::view::{self, NoticeLine, UnclearLine, grouped};

use controls::{FaultLine, FrameworkPart};
use records::{Part, RecordLine, ReviewLine};

/// Rows of one list; CSV has all.
const MOST: usize = 25;
/// How long a list that is handed on is waited for.
const PATIENCE: Duration = Duration::from_secs(2);
/// Rows of what comes next.
const NEXT: usize = 10;

#[derive(Template)]
#[template(path = "web/compliance.html")]
struct CompliancePage {
    chrome: Chrome,
    from: String,
    to: String,
    notices: Vec<Vec<view::Part>>,
    controls_csv: String,
    faults_csv: String,
    numbers: Vec<Number>,
    /// There is no record, no citation, no review and no notice.
    is_empty: bool,
    frameworks: Vec<FrameworkPart>,
    faults: Vec<FaultLine>,
    faults_cut: Option<String>,
    records: usize,
    reading: bool,
    no_commits: bool,
    capped: bool,
    shallow: bool,
    expired: Part<RecordLine>,
    next: Part<RecordLine>,
    held: Part<RecordLine>,
    open: Part<RecordLine>,
    overdue: Part<ReviewLine>,
    upcoming: Part<ReviewLine>,
    undated: Part<ReviewLine>,
    owed: Part<NoticeLine>,
    settled: Part<NoticeLine>,
    /// Some rule was not compared with its text.
    unsure: bool,
    /// Records whose clocks do not run, and their pages.
    unclear: Vec<UnclearLine>,
}

/// A number at the top, and the part of the page that it comes from.
struct Number {
    label: &'static str,
    value: String,
    url: &'static str,
    alarming: bool,
}

/// Shows everything.
pub(in crate::web) async fn show(
    State(app): State<AppState>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let ((period, no_days), chrome) = (read(&pairs), Chrome::new(&app, "compliance"));
    app.read(move |kb| page(&CompliancePage { notices: left_out(&no_days, &period), ..filled(kb, &period, chrome)? }))
        .await
}

/// Gives one of the lists as CSV, whole.
pub(in crate::web) async fn download(
    State(app): State<AppState>,
    Path(name): Path<String>,
    headers: HeaderMap,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let (period, no_days) = read(&pairs);
    refuse(&no_days)?;
    let (root, of) = (calendar::root(&headers), app.name().to_owned());
    app.read(move |kb| {
        let address = |path: &str, line| calendar::address(&root, path, line);
        let text = match name.as_str() {
            "reviews.ics" => Some(kb.calendar_of_reviews(&format!("Reviews of {of}"), &kb.reviews()?, &address)),
            "notices.ics" => {
                Some(kb.calendar_of_notices(&format!("Breach notices of {of}"), &kb.notices()?.rows, &address))
            }
            _ => None,
        };
        if let Some(text) = text {
            return Ok(calendar::answer(text));
        }
        let table = match name.as_str() {
            "controls.csv" => rows_of_controls::table(&kb.control_coverage(&query(&period))?.controls),
            "invalid.csv" => rows_of_controls::fault_table(&kb.control_coverage(&query(&period))?.faults),
            "retention.csv" => whole(kb.retention(None, PATIENCE)?)?.table(),
            "reviews.csv" => reviews::table(&kb.reviews()?),
            "notices.csv" => kb.notices()?.table(),
            _ => return Err(WebError::not_found(format!("There is no table `{name}`."))),
        };
        Ok(table.download(&name))
    })
    .await
}

/// A list that is handed on does not say that its days are those of the commits read so far.
fn whole(found: Retention) -> Result<Retention, WebError> {
    match found.commits {
        Commits::Reading => Err(WebError::Early(
            "The commits are still being read, and days of this list come from them: try again in a moment.",
        )),
        Commits::Read | Commits::Capped | Commits::None => Ok(found),
    }
}

fn filled(kb: &KnowledgeBase, period: &Period, chrome: Chrome) -> Result<CompliancePage, WebError> {
    let Compliance { coverage, retention, reviews, notices } = kb.compliance(&query(period), Duration::ZERO)?;
    let cited = coverage.controls.iter().filter(|row| row.documents > 0).count();
    let places: usize = coverage.faults.iter().map(|row| row.places.len()).sum();
    let held = Part::of(retention.rows.iter().filter(|row| row.hold.is_some()), MOST, RecordLine::of);
    let kept = |is: &dyn Fn(RetentionState) -> bool, most| {
        Part::of(retention.rows.iter().filter(|row| is(row.state)), most, RecordLine::of)
    };
    let reviewed = |is: &dyn Fn(&reviews::ReviewRow) -> bool, most| {
        Part::of(reviews.iter().filter(|row| is(row)), most, ReviewLine::of)
    };
    let expired = kept(&|state| state == RetentionState::Past, MOST);
    let open = kept(&RetentionState::is_open, MOST);
    let overdue = reviewed(&reviews::ReviewRow::is_overdue, MOST);
    let late = notices.rows.iter().filter(|row| row.state == NoticeState::Overdue).count();
    let told = |is_open: bool, most| {
        Part::of(notices.rows.iter().filter(|row| row.is_open() == is_open), most, NoticeLine::of)
    };
    let number =
        |label, value: usize, url, bad: bool| Number { label, value: grouped(value), url, alarming: bad && value > 0 };
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    Ok(CompliancePage {
        chrome,
        from: day(period.from),
        to: day(period.to),
        notices: Vec::new(),
        controls_csv: url("/compliance/controls.csv", period),
        faults_csv: url("/compliance/invalid.csv", period),
        numbers: vec![
            number("Breach notices overdue", late, "#ris-notices", true),
            number("Reviews overdue", overdue.total, "#ris-reviews", true),
            number("Retention date passed", expired.total, "#ris-retention", true),
            number("On legal hold", held.total, "#ris-retention", false),
            number("No retention date", open.total, "#ris-retention", false),
            number("Invalid citations", places, "#ris-invalid", true),
            number("Controls cited", cited, "#ris-controls", false),
        ],
        is_empty: cited + places + retention.rows.len() + reviews.len() + notices.rows.len() + notices.unclear.len()
            == 0
            && *period == Period::default(),
        frameworks: controls::frameworks(&coverage.controls),
        faults: coverage.faults.iter().take(MOST).map(FaultLine::of).collect(),
        faults_cut: (coverage.faults.len() > MOST).then(|| grouped(coverage.faults.len() - MOST)),
        records: retention.rows.len(),
        reading: retention.commits == Commits::Reading,
        no_commits: retention.commits == Commits::None,
        capped: retention.commits == Commits::Capped,
        shallow: retention.shallow,
        next: kept(&|state| state == RetentionState::Kept, NEXT),
        expired,
        held,
        open,
        overdue,
        upcoming: reviewed(&|row| row.due.is_some() && !row.is_overdue(), NEXT),
        undated: reviewed(&|row| row.due.is_none(), MOST),
        owed: told(true, MOST),
        settled: told(false, MOST),
        unsure: notices.rows.iter().any(|row| !row.compared),
        unclear: notices.unclear.iter().map(UnclearLine::of).collect(),
    })
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use axum::http::header::RETRY_AFTER;
    use axum::response::IntoResponse;

    use super::*;

    #[test]
    fn a_list_of_days_is_not_handed_on_before_the_commits_are_read() {
        let found = |commits| Retention { at: NaiveDate::default(), commits, shallow: false, rows: Vec::new() };
        assert!([Commits::Read, Commits::Capped, Commits::None].iter().all(|it| whole(found(*it)).is_ok()));
        let refused = whole(found(Commits::Reading)).unwrap_err().into_response();
        assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(refused.headers().contains_key(RETRY_AFTER));
    }
}
