//! Content that tries to be markup: whatever a document, a file name or a query holds is shown as text.

use super::Site;
use super::site::plain;

const PAYLOADS: [&str; 10] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "{{ 7*7 }} {% include 'x' %}",
    "javascript:alert(1)",
    "<!-- --><iframe src=//evil.example>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
];

/// Asserts that no tag of the page was written by the payload.
fn assert_inert(page: &str, context: &str) {
    let lower = page.to_lowercase();
    for bad in ["<script>", "<svg onload", "<iframe", "onerror=alert(1)>", "href=\"javascript:", "<img src=x"] {
        let written_as_text = lower.matches(bad).count();
        assert_eq!(written_as_text, 0, "{bad} in {context}\n{page}");
    }
    for tag in lower.split('<').skip(1).map(|it| it.split('>').next().unwrap_or_default()) {
        let outside_values: String = tag.split('"').step_by(2).collect();
        assert!(!outside_values.contains(" on"), "<{tag}> in {context}");
    }
    assert_eq!(lower.matches("<script").count(), 1, "{context}");
}

#[test]
fn queries_stay_text() {
    let site = Site::new();
    for payload in PAYLOADS {
        let encoded: String = payload.bytes().map(|byte| format!("%{byte:02x}")).collect();
        for url in [
            format!("/search?q={encoded}"),
            format!("/search?q=%22{encoded}"),
            format!("/search?q=hostname&severity={encoded}&tag={encoded}"),
            format!("/search?q=hostname&sort={encoded}&page={encoded}"),
            format!("/d/{encoded}"),
        ] {
            let answer = site.get(&url);
            assert!(!answer.status.is_server_error(), "{url}");
            assert_inert(&answer.text(), &url);
        }
        let answer = site.post("/paste", format!("log={encoded}")).ok();
        assert_inert(&answer.text(), payload);
    }
}

#[test]
fn documents_stay_text() {
    for payload in PAYLOADS {
        let quoted = payload.replace('\\', "\\\\").replace('"', "\\\"");
        let text = format!(
            "---\nid: \"{quoted}\"\ntitle: \"{quoted}\"\ntags: [\"{quoted}\"]\nservices: [\"{quoted}\"]\n\
             owner: \"{quoted}\"\nseverity: \"{quoted}\"\nstatus: \"{quoted}\"\ncustom: \"{quoted}\"\n---\n\
             # {payload}\n\n## {payload}\n\npomelo {payload}\n\n## Timeline\n\n- 08:00 {payload}\n- 09:30 {payload}\n\n\
             ## Action Items\n\n- [ ] {payload} (Owner: {payload})\n\n## Resolution\n\n```{payload}\n{payload}\n```\n"
        );
        let site = Site::with(&[("a.md", &text)]);
        for url in ["/", "/search?q=pomelo", "/search", "/d/a.md", "/source/a.md", "/status", "/tags"] {
            assert_inert(&site.get(url).ok().text(), &format!("{url} for {payload}"));
        }
        let paste = site.post("/paste", "log=pomelo".to_owned()).ok();
        assert_inert(&paste.text(), payload);
    }
}

#[test]
fn names_stay_text() {
    let site = Site::with(&[
        ("2025/<img src=x onerror=alert(1)>.md", "pomelo\n"),
        ("2025/\"' onclick='alert(1)' \".md", "pomelo\n"),
        ("2025/a?b#c%41&d.md", "# Odd name\n\npomelo\n"),
    ]);
    for url in ["/", "/search?q=pomelo", "/status"] {
        assert_inert(&site.get(url).ok().text(), url);
    }
    let page = site.get("/search?q=pomelo").ok().text();
    let links: Vec<_> =
        page.split("href=\"").filter(|it| it.starts_with("/d/")).map(|it| it.split('"').next().unwrap()).collect();
    assert!(links.len() >= 3, "{page}");
    for link in links {
        let answer = site.get(&link.replace("&#38;", "&")).ok();
        assert_inert(&answer.text(), link);
    }
}

#[test]
fn placeholders_in_prose_stay_readable() {
    let site = Site::with(&[("a.md", "# T\n\nRun `kubectl` on <pod-name> & wait\n")]);
    let page = site.get("/d/a.md").ok().text();
    assert!(plain(&page).contains("on &lt;pod-name&gt; &amp; wait"), "{page}");
}
