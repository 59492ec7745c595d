//! Tags of answers: who asks again for what did not change is told so, and sent nothing.
//!
//! A tag is made from the answer as it was rendered, so it cannot promise what the page does not show: a page that depends
//! on the day, on the settings or on the history in git has another tag as soon as it reads otherwise.

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use xxhash_rust::xxh3::xxh3_128;

/// Larger answers, which are files and no pages, are sent each time.
const LARGEST: u64 = 4 << 20;

/// Gives every answer that is held in memory a tag, and sends none that the client has.
pub(super) async fn answer_once(request: Request, next: Next) -> Response {
    let known = (request.method() == Method::GET).then(|| request.headers().get(IF_NONE_MATCH).cloned());
    let response = next.run(request).await;
    let Some(known) = known else { return response };
    // What comes bit by bit, as events do, has no length beforehand and no end.
    let is_held = response.body().size_hint().exact().is_some_and(|length| length <= LARGEST);
    if response.status() != StatusCode::OK || response.headers().contains_key(ETAG) || !is_held {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    // Weak: compressed for one client and not for another, it is the same page.
    let tag = format!("W/\"{:032x}\"", xxh3_128(&bytes));
    let is_known = known.is_some_and(|it| names(it.to_str().unwrap_or_default(), &tag));
    head.headers.extend(HeaderValue::try_from(tag).map(|tag| (ETAG, tag)));
    if is_known {
        return (StatusCode::NOT_MODIFIED, without_content(head.headers)).into_response();
    }
    Response::from_parts(head, Body::from(bytes))
}

fn without_content(mut headers: HeaderMap) -> HeaderMap {
    headers.remove(CONTENT_TYPE);
    headers.remove(CONTENT_LENGTH);
    headers
}

/// Tells whether a list of tags names `tag`, compared as weak ones are; `*` names every one.
pub(super) fn names(list: &str, tag: &str) -> bool {
    let opaque = |tag: &'_ str| tag.trim().trim_start_matches("W/").to_owned();
    list.split(',').map(opaque).any(|it| it == "*" || it == opaque(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_in_every_form_of_the_header() {
        for list in ["\"a\"", "W/\"a\"", "\"b\", W/\"a\"", "*"] {
            assert!(names(list, "\"a\"") && names(list, "W/\"a\""), "{list}");
        }
        assert!(!names("\"b\"", "\"a\"") && !names("", "\"a\"") && !names("W/", "W/\"a\""));
    }
}
