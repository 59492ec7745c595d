use axum::body::Body;
use axum::http::{Request, StatusCode};

use super::Site;

#[test]
fn every_answer_carries_the_policy() {
    let site = Site::new();
    for path in
        ["/", "/search?q=x", "/d/2025/redis.md", "/paste", "/status", "/nowhere", "/d/nowhere", "/static/x/app.css"]
    {
        let answer = site.get(path);
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(!answer.header("referrer-policy").is_empty(), "{path}");
    }
}

#[test]
fn pages_hold_nothing_that_the_policy_forbids() {
    let site = Site::new();
    for path in
        ["/", "/search?q=hostname", "/d/2025/redis.md", "/source/2025/redis.md", "/paste", "/status", "/nowhere"]
    {
        let page = site.get(path).text();
        for forbidden in [" style=\"", "<style", " onclick", "src=\"http", "<script>"] {
            assert!(!page.contains(forbidden), "{path}: {forbidden}");
        }
    }
}

#[test]
fn other_names_are_refused() {
    let site = Site::new();
    let ask = |host: &str| site.ask(Request::get("/").header("host", host).body(Body::empty()).unwrap()).status;
    assert_eq!(ask("evil.example:7420"), StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(ask("127.0.0.1:7420"), StatusCode::OK);
    let nameless = site.ask(Request::get("/").body(Body::empty()).unwrap());
    assert_eq!(nameless.status, StatusCode::MISDIRECTED_REQUEST);
}

#[test]
fn a_request_has_one_name() {
    let site = Site::new();
    let ask = |url: &str, names: &[&str]| {
        let request = names.iter().fold(Request::get(url), |request, name| request.header("host", *name));
        site.ask(request.body(Body::empty()).unwrap()).status
    };
    assert_eq!(ask("/", &["localhost", "evil.example"]), StatusCode::BAD_REQUEST);
    assert_eq!(ask("http://evil.example/", &["localhost"]), StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(ask("http://localhost/", &["localhost"]), StatusCode::OK);
}

#[test]
fn titles_of_errors_tell_what_was_asked_for() {
    let site = Site::new();
    let title = |url: &str| site.get(url).element("<title");
    assert!(title("/d/no%20where.md").starts_with("Not found: /d/no where.md · "), "{}", title("/d/no%20where.md"));
    assert!(title("/d/2025/redis.md?line=x").starts_with("Not understood: /d/2025/redis.md?line=x · "));
}

#[test]
fn other_sites_cannot_post() {
    let site = Site::new();
    let post = |name: &str, value: &str| {
        let request = Request::post("/paste").header("host", "localhost:7420").header(name, value);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        site.ask(request.body("log=x".into()).unwrap())
    };
    let answer = post("sec-fetch-site", "cross-site");
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.text().contains("came from another site"), "{}", answer.text());
    assert_eq!(post("origin", "http://evil.example").status, StatusCode::FORBIDDEN);
    assert_eq!(post("sec-fetch-site", "same-origin").status, StatusCode::OK);
}

#[test]
fn errors_have_a_page() {
    let site = Site::new();
    for (path, status) in [
        ("/nowhere", 404),
        ("/d/nowhere.md", 404),
        ("/static/x/nothing.css", 404),
        ("/d/%ff", 400),
        ("/d/2025/redis.md?line=x", 400),
    ] {
        let answer = site.get(path);
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert_eq!(answer.element("<p class=\"failure-status\""), status.to_string(), "{path}");
        assert!(answer.header("content-type").starts_with("text/html"), "{path}");
    }
    let wrong = site.ask(Request::delete("/search").header("host", "localhost").body(Body::empty()).unwrap());
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(wrong.text().contains("cannot be asked for in that way"), "{}", wrong.text());
    let head = site.ask(Request::head("/nowhere").header("host", "localhost").body(Body::empty()).unwrap());
    assert_eq!((head.status.as_u16(), head.bytes.len()), (404, 0));
}

#[test]
fn static_files_are_kept_for_ever_under_their_own_name() {
    let site = Site::new();
    let home = site.get("/").text();
    let url = home.split('"').find(|it| it.ends_with("/app.css")).unwrap().to_owned();
    let css = site.get(&url).ok();
    assert_eq!(css.header("content-type"), "text/css; charset=utf-8");
    assert!(css.header("cache-control").contains("immutable"));
    let tag = css.header("etag").to_owned();
    let request = Request::get(&url).header("host", "localhost").header("if-none-match", &tag);
    let again = site.ask(request.body(Body::empty()).unwrap());
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(site.get("/static/old/app.css").ok().header("cache-control"), "no-cache");
}

#[test]
fn pages_are_compressed_and_small() {
    let site = Site::new();
    let request = Request::get("/search?q=hostname").header("host", "localhost").header("accept-encoding", "gzip");
    let answer = site.ask(request.body(Body::empty()).unwrap()).ok();
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert!(answer.bytes.len() < 60_000);
    let parts = ["app", "document", "live", "morph", "say", "search"];
    let script: usize = parts.iter().map(|it| site.get(&format!("/static/x/{it}.js")).ok().bytes.len()).sum();
    assert!(script < 25_000, "{script}");
}
