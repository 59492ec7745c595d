//! The page that says what went wrong.

use askama::Template;
use axum::http::{StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use percent_encoding::percent_decode_str;

use super::Chrome;
use crate::web::error::ErrorNote;
use crate::web::state::AppState;
use crate::web::view::{Part, message};

#[derive(Template)]
#[template(path = "web/error.html")]
struct ErrorPage {
    chrome: Chrome,
    status: u16,
    title: &'static str,
    asked: String,
    message: Vec<Part>,
    nearest: Vec<(String, String)>,
}

/// Most of an address that a title shows, in characters.
const LONGEST: usize = 80;

/// Renders the page about what was `asked`; falls back to plain text.
pub(in crate::web) fn render(app: &AppState, status: StatusCode, note: ErrorNote, asked: &Uri) -> Response {
    let title = match status {
        StatusCode::NOT_FOUND => "Not found",
        StatusCode::BAD_REQUEST => "Not understood",
        StatusCode::FORBIDDEN | StatusCode::MISDIRECTED_REQUEST => "Refused",
        StatusCode::PAYLOAD_TOO_LARGE => "Too large",
        status if status.is_client_error() => "Not possible",
        _ => "Something failed",
    };
    let page = ErrorPage {
        chrome: Chrome::new(app, "error").live(""),
        status: status.as_u16(),
        title,
        asked: in_title(asked),
        message: message(&note.message),
        nearest: note.nearest,
    };
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => (status, title).into_response(),
    }
}

/// Returns an address as the title of the page shows it, so that two windows and two steps back can be told apart.
fn in_title(asked: &Uri) -> String {
    let address = asked.path_and_query().map_or("", |it| it.as_str());
    let address = percent_decode_str(address).decode_utf8_lossy();
    let readable = || address.chars().map(|c| if c.is_control() { ' ' } else { c });
    match readable().nth(LONGEST) {
        Some(_) => readable().take(LONGEST - 1).chain(['…']).collect(),
        None => readable().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, in_title};

    #[test]
    fn a_title_shows_the_address_as_it_reads() {
        let shown = |asked: &str| in_title(&asked.parse().unwrap());
        assert_eq!(shown("/d/a%20b/%C3%BC.md?line=3"), "/d/a b/ü.md?line=3");
        assert_eq!(shown("/x%0A%00%FF"), "/x  \u{fffd}");
        let long = shown(&format!("/{}", "x".repeat(5000)));
        assert_eq!((long.chars().count(), long.ends_with("x…")), (LONGEST, true));
        assert_eq!(shown(&format!("/{}", "x".repeat(LONGEST - 1))).chars().count(), LONGEST);
    }
}
