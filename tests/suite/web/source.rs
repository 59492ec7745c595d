use super::Site;
use super::site::REDIS;

#[test]
fn the_source_is_numbered() {
    let text = Site::new().get("/source/2025/redis.md").ok().text();
    assert!(text.contains(r#"<tr id="L4""#), "{text}");
    assert!(text.contains("<code>**Severity:** Critical</code>"), "{text}");
}

#[test]
fn the_raw_file_is_plain_text_byte_for_byte() {
    let answer = Site::new().get("/raw/2025/redis.md").ok();
    assert_eq!(answer.text(), REDIS);
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(answer.header("content-security-policy").contains("sandbox"));
}
