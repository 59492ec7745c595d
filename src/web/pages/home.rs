//! Home: the search field, what is open, what was last, what is overdue, what asks for attention.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::actions::{self, ActionView};
use super::{Chrome, incidents, page, search};
use crate::kb::{
    ActionState, Facet, Incident, KnowledgeBase, NeedsReview, NoticesDue, ReviewDue, SearchRequest, Unexplained,
};
use crate::web::error::WebError;
use crate::web::state::AppState;
use crate::web::view::{Badge, Freshness, SummaryView, count, date_words, facet_label, field_label, grouped};

/// Values shown of each facet.
const FACET_VALUES: usize = 8;
/// Rows of each list.
const ROWS: usize = 6;
/// Days before its last day from which a notice is told here.
const NEAR: i64 = 7;

#[derive(Template)]
#[template(path = "web/home.html")]
struct HomePage {
    chrome: Chrome,
    documents: String,
    freshness: Freshness,
    open: Vec<SummaryView>,
    open_total: String,
    open_url: String,
    open_more: bool,
    recent: Vec<SummaryView>,
    recent_url: String,
    overdue: Vec<ActionView>,
    overdue_total: String,
    overdue_url: String,
    overdue_more: bool,
    review: Vec<ReviewView>,
    review_total: String,
    /// What the link to all reviews says, where some are not shown.
    review_more: Option<String>,
    /// What is said of the incidents that are not shown.
    review_note: Option<String>,
    notices: Option<(String, bool)>,
    is_empty: bool,
    browse: Vec<Browse>,
}

struct Browse {
    name: &'static str,
    values: Vec<(String, String, u64)>,
}

/// A document that asks for attention, and why.
struct ReviewView {
    document: SummaryView,
    reason: String,
    overdue: bool,
    /// The day was worked out from the last review and the stated frequency.
    inferred: bool,
}

/// Shows the home page.
pub(in crate::web) async fn show(State(app): State<AppState>) -> Result<Response, WebError> {
    let chrome = Chrome::new(&app, "home");
    let freshness = Freshness::now(&app);
    app.read(move |kb| {
        let unresolved = incidents::Params::unresolved();
        let open = kb.incidents(&incidents::request(&unresolved, 0, ROWS))?;
        // What is on the page as open is not repeated.
        let recent = kb.incidents(&incidents::request(&incidents::Params::default(), 0, 2 * ROWS))?;
        let is_shown = |it: &Incident| open.items.iter().any(|open| open.document.path == it.document.path);
        let late = actions::Params::default().with(|filter| filter.state = Some(ActionState::Overdue));
        let overdue = kb.action_items(&crate::kb::ActionRequest { limit: ROWS, ..late.request() })?;
        let needs = kb.needs_review(ROWS)?;
        let review = Review::of(&needs);
        let (documents, browse) = browse(kb)?;
        page(&HomePage {
            chrome,
            documents: count(documents, "document"),
            freshness,
            open: open.items.iter().map(row).collect(),
            open_total: grouped(open.total),
            open_url: unresolved.url(),
            open_more: open.total > open.items.len(),
            recent: recent.items.iter().filter(|it| !is_shown(it)).take(ROWS).map(row).collect(),
            recent_url: incidents::Params::default().url(),
            overdue: overdue.items.iter().map(|item| actions::view(item, None)).collect(),
            overdue_total: grouped(overdue.total),
            overdue_url: late.url(),
            overdue_more: overdue.total > overdue.items.len(),
            review: review.rows,
            review_total: grouped(needs.due_total + needs.unexplained_total),
            review_more: review.more,
            review_note: review.note,
            is_empty: documents == 0,
            notices: notices(kb.notices_due(NEAR)?),
            browse,
        })
    })
    .await
}

/// Returns the view of an incident: its own document, with what is known of the incident.
fn row(incident: &Incident) -> SummaryView {
    SummaryView {
        severity: incident.severity.map(Badge::severity),
        status: incident.status.map(|status| Badge::status(status.as_str())),
        ..SummaryView::of(&incident.document)
    }
}

/// What asks for attention, and what is said of the rest.
struct Review {
    rows: Vec<ReviewView>,
    more: Option<String>,
    note: Option<String>,
}

impl Review {
    /// Takes reviews first; where there are incidents without an explanation, too, they have half of the rows.
    fn of(needs: &NeedsReview) -> Self {
        let due = needs.due.len().min(ROWS - needs.unexplained.len().min(ROWS / 2));
        let unexplained = needs.unexplained.len().min(ROWS - due);
        let rows = needs.due.iter().take(due).map(due_view);
        Self {
            rows: rows.chain(needs.unexplained.iter().take(unexplained).map(unexplained_view)).collect(),
            more: (needs.due_total > due)
                .then(|| format!("All {} overdue or due within 30 days", count(needs.due_total, "review"))),
            note: (needs.unexplained_total > unexplained).then(|| {
                format!("{} resolved without cause or resolution", count(needs.unexplained_total, "incident"))
            }),
        }
    }
}

fn due_view(it: &ReviewDue) -> ReviewView {
    let due = date_words(&it.date.to_string());
    ReviewView {
        document: SummaryView::of(&it.document),
        reason: format!("review due {due}{}", if it.overdue { ", overdue" } else { "" }),
        overdue: it.overdue,
        inferred: it.inferred,
    }
}

fn unexplained_view(it: &Unexplained) -> ReviewView {
    ReviewView {
        document: SummaryView::of(&it.document),
        reason: match (it.no_cause, it.no_resolution) {
            (true, true) => "resolved, but no root cause and no resolution is written down",
            (true, false) => "resolved, but no root cause is written down",
            _ => "resolved, but how is not written down",
        }
        .to_owned(),
        overdue: false,
        inferred: false,
    }
}

/// Returns what is said of notices that are overdue or near, where any are, and whether any is overdue.
fn notices(due: NoticesDue) -> Option<(String, bool)> {
    let breaches = |notices: usize| match notices {
        1 => "1 breach notice is".to_owned(),
        notices => format!("{} breach notices are", grouped(notices)),
    };
    match (due.overdue, due.near) {
        (0, 0) => None,
        (0, near) => Some((format!("{} due within {NEAR} days", breaches(near)), false)),
        (overdue, 0) => Some((format!("{} overdue", breaches(overdue)), true)),
        (overdue, near) => {
            Some((format!("{} overdue, {} due within {NEAR} days", breaches(overdue), grouped(near)), true))
        }
    }
}

/// Returns the number of documents and their facets.
fn browse(kb: &KnowledgeBase) -> Result<(usize, Vec<Browse>), WebError> {
    let request = SearchRequest { with_facets: true, limit: 1, ..SearchRequest::new("") };
    let results = kb.search(&request)?;
    let filled = results.facets.iter().filter(|facet| !facet.values.is_empty());
    Ok((results.total, filled.map(browse_facet).collect()))
}

fn browse_facet(facet: &Facet) -> Browse {
    let value = |(value, number): &(String, u64)| {
        let facets = vec![(facet.field, vec![value.clone()])];
        let url = search::Params { facets, ..Default::default() }.url();
        (facet_label(facet.field, value), url, *number)
    };
    Browse { name: field_label(facet.field), values: facet.values.iter().take(FACET_VALUES).map(value).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_are_told_in_one_line_or_not_at_all() {
        let told = |near, overdue| notices(NoticesDue { overdue, near });
        let said = |text: &str, late| Some((text.to_owned(), late));
        assert_eq!(told(0, 0), None);
        assert_eq!(told(1, 0), said("1 breach notice is due within 7 days", false));
        assert_eq!(told(0, 1), said("1 breach notice is overdue", true));
        assert_eq!(told(2, 1), said("1 breach notice is overdue, 2 due within 7 days", true));
    }
}
