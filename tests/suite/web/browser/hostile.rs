//! Documents, names and queries that try to be markup, in a real browser.

use super::pages::Desk;
use crate::web::Site;
use crate::web::pages::pages;

#[test]
fn hostile_content_does_nothing() {
    let payload = "<script>window.pwned=1</script><img src=x onerror=\"window.pwned=1\"><svg onload=\"window.pwned=1\"></svg>\
                   <a href=\"javascript:window.pwned=1\" id=bait>bait</a><iframe srcdoc=\"<script>parent.pwned=1</script>\"></iframe>\
                   <img src=\"https://evil.example/pixel.png\"><style>body{display:none}</style><form action=https://evil.example>";
    let report = format!(
        "---\ntitle: '{payload}'\ntags: ['{payload}']\nservices: ['{payload}']\nid: '{payload}'\n---\n\
         {payload}\n\n[bait](javascript:window.pwned=1)\n\n![x](https://evil.example/x.png)\n\npomelo {payload}\n\n\
         ## {payload}\n\n| {payload} |\n|---|\n| {payload} |\n\n## Timeline\n\n- 08:00 {payload}\n- 09:30 {payload}\n\n\
         > [!NOTE]\n> {payload}\n\ntext[^1]\n\n[^1]: {payload}\n\n```bash\n{payload}\n```\n\n## Action Items\n\n- [ ] {payload}\n"
    );
    let odd_name = "2025/<img src=x onerror=window.pwned=1>.md";
    let Some(mut desk) = Desk::new(&[("a.md", &report), (odd_name, "pomelo\n")]) else { return };
    let query = "/search?q=pomelo%20%3Cscript%3Ewindow.pwned%3D1%3C%2Fscript%3E";
    for path in ["/", "/search?q=pomelo", query, "/d/a.md", "/source/a.md", "/raw/a.md", "/status"] {
        desk.open(path);
        desk.browser
            .run("document.querySelectorAll('.prose a').forEach(it => it.href.startsWith('http') || it.click())");
        assert_eq!(desk.browser.run("typeof window.pwned"), "undefined", "{path}");
        assert_eq!(desk.browser.run("getComputedStyle(document.body).display"), "block", "{path}");
        assert_eq!(
            desk.browser.run(
                "document.querySelectorAll('iframe, .prose svg, svg:not([class]), main script, .prose form').length"
            ),
            0,
            "{path}"
        );
    }
    desk.assert_quiet();
}

/// What tries to leave the place where text is put: elements, attributes, scripts, styles, comments, templates.
const PAYLOADS: [&str; 16] = [
    "<script>window.pwned=1</script>",
    "\"><img src=x onerror=window.pwned=1>",
    "' autofocus onfocus='window.pwned=1",
    "<svg><script>window.pwned=1</script><animate onbegin=window.pwned=1></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.pwned=1>",
    "</title><script>window.pwned=1</script>",
    "</textarea><script>window.pwned=1</script>",
    "<!--><script>window.pwned=1</script-->",
    "--><img src=x onerror=window.pwned=1>",
    "<style>body{display:none}</style>",
    "<a href=javascript:window.pwned=1 class=bait>bait</a>",
    "<a href=' java\nscript:window.pwned=1' class=bait>bait</a>",
    "<form action=javascript:window.pwned=1><button class=bait>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "{{ constructor.constructor('window.pwned=1')() }}${window.pwned=1}<%= 7*7 %>",
    "<base href=https://evil.example/><meta http-equiv=refresh content='0;url=https://evil.example/'>",
];

/// A report that holds `payload` wherever a report can hold text, and a name that does too.
fn report(number: usize, payload: &str) -> (String, String) {
    let yaml = payload.replace('\n', " ").replace('\'', "''");
    let line = payload.replace('\n', " ");
    let text = format!(
        "---\ntitle: '{yaml}'\ntags: ['{yaml}', plain]\nservices: ['{yaml}']\nowners: ['{yaml}']\nid: '{yaml}'\n\
         date: 2025-01-{day:02}\nstatus: '{yaml}'\n'{yaml}': '{yaml}'\n---\n# {line}\n\npomelo {payload}\n\n\
         ## Root Cause\n\n{payload}\n\n## Resolution\n\n{payload}\n\n```{line}\n{payload}\n```\n\n| {line} |\n|---|\n| {line} |\n\n\
         ## Timeline\n\n- 08:00 {line}\n\n## Action Items\n\n- [ ] {line} (Owner: {line}, Due: 2025-02-01)\n\n\
         See [{line}]({line}) ![{line}]({line}) [[{line}]]\n",
        day = number + 1,
    );
    let name: String = line.chars().filter(|c| !matches!(c, '/' | '\0')).collect();
    (format!("2025/{number} {name}.md"), text)
}

#[test]
fn payloads_stay_text_wherever_they_stand() {
    let reports: Vec<_> = PAYLOADS.iter().enumerate().map(|(number, payload)| report(number, payload)).collect();
    let files: Vec<(&str, &str)> = reports.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let Some(mut desk) = Desk::new(&files) else { return };
    let mut paths = pages(&Site::with(&files));
    let encode = |text: &str| text.bytes().fold(String::new(), |out, byte| format!("{out}%{byte:02x}"));
    for (payload, (name, _)) in PAYLOADS.iter().zip(&reports) {
        let encoded = encode(payload);
        paths.push(format!("/search?q=pomelo%20{encoded}&tag={encoded}&service={encoded}&sort={encoded}"));
        paths.push(format!("/d/{}", encode(name)));
    }
    for path in paths {
        desk.open(&path);
        assert_eq!(desk.browser.run(SPRUNG), serde_json::json!([]), "{path}");
    }
    desk.open("/search");
    for payload in PAYLOADS {
        let typed = serde_json::json!(format!("pomelo {}", payload.replace('\n', " ")));
        desk.browser.run(&format!(
            "window.fresh = false; (() => {{ const field = document.getElementById('ris-q'); field.value = {typed}; \
             field.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()"
        ));
        desk.browser.until(&format!("new URL(location).searchParams.get('q') === {typed}"));
        assert_eq!(desk.browser.run(SPRUNG), serde_json::json!([]), "typed {payload}");
    }
    desk.assert_alone();
}

/// Pulls at every bait and lists what a payload has brought about.
const SPRUNG: &str = r"
(() => {
  document.querySelectorAll('.bait, main a[href^=java]').forEach(it => it.click());
  const wrong = [];
  if (typeof window.pwned !== 'undefined') wrong.push('a script ran');
  if (getComputedStyle(document.body).display !== 'block') wrong.push('a style holds');
  for (const bad of ['iframe', 'base', 'main script', 'main style', 'main link', 'meta[http-equiv]', '.prose form', '.prose svg', 'math', '[onerror], [onfocus], [onbegin], [onload]'])
    if (document.querySelector(bad)) wrong.push(bad);
  for (const link of document.querySelectorAll('a[href]'))
    if (!['http:', 'https:', 'mailto:'].includes(new URL(link.getAttribute('href'), location).protocol)) wrong.push(link.outerHTML.slice(0, 200));
  return wrong;
})()";
