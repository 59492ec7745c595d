//! Documents, names and queries that try to be markup, in a real browser.

use super::pages::Desk;

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
