//! What a client has already is not sent again.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use super::Site;
use super::site::{Answer, REDIS};

fn again(site: &Site, url: &str, tag: &str) -> Answer {
    let request = Request::get(url).header("host", "localhost:7420").header("if-none-match", tag);
    site.ask(request.body(Body::empty()).unwrap())
}

#[test]
fn a_page_that_did_not_change_is_not_sent_again() {
    let site = Site::new();
    for url in
        ["/d/2025/redis.md", "/incidents", "/incidents.csv", "/raw/2025/redis.md", "/feed.atom", "/api/v1/status"]
    {
        let first = site.get(url).ok();
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with("W/\"") && !first.bytes.is_empty(), "{url}: {tag}");
        let answer = again(&site, url, &format!("\"other\", {tag}"));
        assert_eq!((answer.status, answer.bytes.len()), (StatusCode::NOT_MODIFIED, 0), "{url}");
        assert_eq!((answer.header("etag"), answer.header("content-type")), (tag.as_str(), ""), "{url}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{url}");
        assert_eq!(answer.header("cache-control"), "private, no-cache", "{url}");
        assert_eq!(again(&site, url, "W/\"other\"").ok().bytes, first.bytes, "{url}");
    }
}

#[test]
fn a_page_that_changed_is_sent() {
    let site = Site::new();
    let tag = site.get("/d/2025/redis.md").ok().header("etag").to_owned();
    std::fs::write(site.path().join("2025/redis.md"), REDIS.replace("The secret held", "A kingfisher held")).unwrap();
    let answer = again(&site, "/d/2025/redis.md", &tag).ok();
    assert!(answer.text().contains("A kingfisher held") && answer.header("etag") != tag, "{}", answer.text());
}

#[test]
fn only_whole_answers_have_a_tag() {
    let site = Site::new();
    assert_eq!(site.get("/nowhere").header("etag"), "");
    assert_eq!(again(&site, "/nowhere", "*").status, StatusCode::NOT_FOUND);
    assert_eq!(site.post("/paste", "log=x".to_owned()).ok().header("etag"), "");
    let head = Request::head("/incidents").header("host", "localhost").header("if-none-match", "*");
    assert_eq!(site.ask(head.body(Body::empty()).unwrap()).status, StatusCode::OK);
}
