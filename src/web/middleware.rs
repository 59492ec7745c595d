//! What holds for every request and answer: security headers, the name the server is called by, error pages.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, REFERRER_POLICY, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::ErrorNote;
use super::state::AppState;
use super::{api, pages};

/// Nothing is allowed but what we serve ourselves: no inline style or script, no frames, no third party.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The same for pages that lie in a folder, where a file is of no origin: `file:` names what lies on the same disk, and nothing
/// where the page comes from a host.
pub(super) const POLICY_OF_COPIES: &str = "default-src 'none'; style-src 'self' file:; script-src 'self' file:; \
                                           img-src 'self' file:; form-action 'self' file:; base-uri 'none'";

/// Adds the headers that every answer carries unless it sets its own.
pub(super) async fn add_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut default = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    default(CONTENT_SECURITY_POLICY, POLICY);
    default(X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(REFERRER_POLICY, "same-origin");
    default(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    default(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    // Incident reports are nobody else's business; the browser may keep them but must ask each time.
    default(CACHE_CONTROL, "private, no-cache");
    response
}

/// Refuses names that are not ours: a page of another site whose name was pointed at this machine after loading (DNS
/// rebinding) would otherwise read the knowledge base through the visitor's browser.
pub(super) async fn check_host(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let Some(allowed) = app.allowed_hosts() else { return next.run(request).await };
    let mut named = request.headers().get_all(HOST).iter();
    let first = named.next().and_then(|host| host.to_str().ok());
    if named.next().is_some() {
        return StatusCode::BAD_REQUEST.into_response();
    }
    // A name in the address itself is the one that counts.
    match request.uri().host().or(first) {
        Some(host) if is_ours(host, allowed) => next.run(request).await,
        _ => refuse_host(),
    }
}

fn refuse_host() -> Response {
    let mut response = StatusCode::MISDIRECTED_REQUEST.into_response();
    response.extensions_mut().insert(ErrorNote {
        message: "This server does not answer under that name. Call it by `localhost` or by its address.".into(),
        ..ErrorNote::default()
    });
    response
}

/// An address cannot be rebound, a name can.
fn is_ours(host: &str, allowed: &[String]) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<IpAddr>().is_ok()
        || allowed.iter().any(|it| it.eq_ignore_ascii_case(&name))
}

/// Gives every failed answer, whoever made it, the page in our design.
pub(super) async fn render_errors(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let wants_body = request.method() != axum::http::Method::HEAD;
    let is_api = request.uri().path().starts_with(api::PREFIX);
    let asked = request.uri().clone();
    let mut response = next.run(request).await;
    let status = response.status();
    let has_page = response.headers().get(CONTENT_TYPE).is_some_and(|it| it.as_bytes().starts_with(b"text/html"));
    if (status.is_client_error() || status.is_server_error()) && !has_page {
        let note = response.extensions_mut().remove::<ErrorNote>().unwrap_or_else(|| generic(status));
        if let Some(causes) = &note.causes {
            app.report(&format!("{} {causes}.", note.message));
        }
        let retry = response.headers_mut().remove(RETRY_AFTER);
        let mut page = if is_api {
            api::render_problem(&response, &note)
        } else {
            pages::error::render(&app, status, note, &asked)
        };
        page.headers_mut().extend(retry.map(|after| (RETRY_AFTER, after)));
        return if wants_body { page } else { (status, page.headers().clone()).into_response() };
    }
    response
}

fn generic(status: StatusCode) -> ErrorNote {
    let message = match status {
        StatusCode::NOT_FOUND => "There is no such page.",
        StatusCode::METHOD_NOT_ALLOWED => "This page cannot be asked for in that way.",
        StatusCode::FORBIDDEN => "This request came from another site and was refused.",
        StatusCode::PAYLOAD_TOO_LARGE => "That is more than this server takes in one request.",
        StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => "This took too long and was given up.",
        status if status.is_client_error() => "This request could not be understood.",
        _ => "The page could not be made. This is a defect of ris.",
    };
    ErrorNote { message: message.to_owned(), ..ErrorNote::default() }
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn names_that_can_be_rebound_are_refused() {
        let allowed = ["ris.example.org".to_owned()];
        for host in [
            "localhost",
            "LOCALHOST:7420",
            "127.0.0.1:7420",
            "[::1]:7420",
            "ris.localhost:1",
            "10.0.0.7",
            "ris.example.org:7420",
        ] {
            assert!(is_ours(host, &allowed), "{host}");
        }
        for host in
            ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "evil.example:7420", "[evil"]
        {
            assert!(!is_ours(host, &allowed), "{host}");
        }
    }
}
