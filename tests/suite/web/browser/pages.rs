//! The pages in the browser: the search flow, hostile content, live updates, both schemes, narrow windows.

use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ris::web::{Ready, ServeError, ServeOptions, serve};
use tempfile::TempDir;

use super::browser;
use super::chromium::Chromium;
use crate::web::site::{PLAN, REDIS, clock, open, write};

/// A server and a browser in front of it.
struct Desk {
    browser: Chromium,
    folder: TempDir,
    ready: Ready,
    server: Option<JoinHandle<Result<(), ServeError>>>,
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Option<Self> {
        let program = browser()?;
        let folder = write(files);
        std::fs::create_dir_all(folder.path().join("2025")).unwrap();
        std::fs::write(folder.path().join("2025/graph.png"), GRAPH).unwrap();
        let kb = open(folder.path());
        let (sender, ready) = mpsc::channel();
        let server = thread::spawn(move || {
            let options = ServeOptions { port: 0, clock: clock(), ..ServeOptions::default() };
            serve(kb, options, |ready| sender.send(ready.clone()).unwrap())
        });
        let ready = ready.recv_timeout(Duration::from_secs(30)).unwrap();
        Some(Self { browser: Chromium::start(&program), folder, ready, server: Some(server) })
    }

    fn open(&mut self, path: &str) {
        let url = format!("{}{}", self.ready.url.trim_end_matches('/'), path);
        self.browser.open(&url);
    }

    /// Asserts that the pages so far complained of nothing and asked nobody else for anything.
    fn assert_quiet(&mut self) {
        assert_eq!(self.browser.complaints(), Vec::<String>::new());
        let own = self.ready.url.clone();
        let foreign: Vec<_> =
            self.browser.requests().into_iter().filter(|url| !url.starts_with(&own) && url != "about:blank").collect();
        assert_eq!(foreign, Vec::<String>::new());
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.ready.stop.stop();
        if let Some(server) = self.server.take() {
            // A failure of the server has failed the test already.
            let _ = server.join();
        }
    }
}

const FILES: [(&str, &str); 2] = [("2025/redis.md", REDIS), ("2025/plan.md", PLAN)];
const GRAPH: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

#[test]
fn searching_leads_to_the_passage() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.open("/");
    assert_eq!(desk.browser.run("document.activeElement.name"), "q");
    desk.browser.wait_for_load(|page| {
        page.run("document.querySelector('.search input').value = 'hostname'; document.querySelector('.search button').click()");
    });
    assert_eq!(desk.browser.run("location.search"), "?q=hostname");
    desk.browser.wait_for_load(|page| {
        page.run(
            "[...document.querySelectorAll('.facet-value')].find(it => it.textContent.includes('Critical')).click()",
        );
    });
    assert_eq!(desk.browser.run("document.querySelectorAll('.hit').length"), 1);
    desk.browser.wait_for_load(|page| {
        page.run("document.querySelector('.hit .place a').click()");
    });
    assert_eq!(desk.browser.run("document.querySelector('h1').textContent"), "Uploads stuck: wrong Redis hostname");
    assert_eq!(desk.browser.run("document.querySelector(':target').id"), "ris-passage");
    desk.browser.press("/", "/");
    assert_eq!(desk.browser.run("document.activeElement.id"), "ris-q");
    desk.assert_quiet();
}

#[test]
fn a_pasted_log_is_answered() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.open("/paste");
    desk.browser.wait_for_load(|page| {
        page.run("document.querySelector('textarea').value = 'gaierror cache-main:6379 unknown'; document.querySelector('.paste button').click()");
    });
    let answer = desk.browser.run("document.querySelector('.answer.best').textContent");
    assert!(answer.as_str().unwrap().contains("vault write cache"), "{answer}");
    assert_eq!(desk.browser.run("document.querySelector('.answer.best .fix').open"), true);
    desk.assert_quiet();
}

#[test]
fn hostile_content_does_nothing() {
    let payload = "<script>window.pwned=1</script><img src=x onerror=\"window.pwned=1\"><svg onload=\"window.pwned=1\"></svg>\
                   <a href=\"javascript:window.pwned=1\" id=bait>bait</a><iframe srcdoc=\"<script>parent.pwned=1</script>\"></iframe>\
                   <img src=\"https://evil.example/pixel.png\"><style>body{display:none}</style><form action=https://evil.example>";
    let report = format!(
        "---\ntitle: '{payload}'\ntags: ['{payload}']\nservices: ['{payload}']\nid: '{payload}'\n---\n\
         {payload}\n\n[bait](javascript:window.pwned=1)\n\n![x](https://evil.example/x.png)\n\npomelo {payload}\n\n\
         ## {payload}\n\n| {payload} |\n|---|\n| {payload} |\n\n## Timeline\n\n- 08:00 {payload}\n- 09:30 {payload}\n\n> [!NOTE]\n> {payload}\n\ntext[^1]\n\n[^1]: {payload}\n\n```bash\n{payload}\n```\n\n## Action Items\n\n- [ ] {payload}\n"
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

#[test]
fn an_open_page_follows_the_file() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.open("/d/2025/redis.md");
    desk.browser.run("window.unbroken = true; document.querySelector('.site-search input').value = 'half a word'");
    let file = desk.folder.path().join("2025/redis.md");
    std::fs::write(&file, REDIS.replace("which no service has", "which is a pomelo")).unwrap();
    desk.browser.until("document.querySelector('.prose').textContent.includes('pomelo')");
    assert_eq!(desk.browser.run("window.unbroken"), true, "the page was loaded anew");
    assert_eq!(desk.browser.run("document.querySelector('.site-search input').value"), "half a word");
    std::fs::remove_file(&file).unwrap();
    desk.browser.until("document.getElementById('ris-toast').textContent.includes('no longer')");
}

/// Lists text whose contrast with its ground is below AA.
const FAINT: &str = r"
(() => {

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const srgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); const d = canvas.getImageData(0, 0, 1, 1).data; return { rgb: [d[0], d[1], d[2]], a: d[3] / 255 }; };
  const luminance = rgb => { const [r, g, b] = rgb.map(v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = node => { for (let at = node; at; at = at.parentElement) { const c = srgb(getComputedStyle(at).backgroundColor); if (c.a > 0.99) return c.rgb; } return [255, 255, 255]; };
  const faint = [];
  for (const node of document.querySelectorAll('body *')) {
    const own = [...node.childNodes].some(it => it.nodeType === 3 && it.textContent.trim());
    if (!own || !node.checkVisibility({ visibilityProperty: true }) || node.closest('.hidden, .skip')) continue;
    const style = getComputedStyle(node), a = luminance(srgb(style.color).rgb), b = luminance(ground(node));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.push(`${node.tagName}.${node.className} ${ratio.toFixed(2)} ${node.textContent.slice(0, 30)}`);
  }
  return faint;
})()";

const PAGES: [&str; 8] = [
    "/",
    "/search?q=hostname&severity=critical",
    "/search?q=%22open",
    "/d/2025/redis.md",
    "/d/2025/plan.md",
    "/source/2025/redis.md",
    "/paste",
    "/status",
];

#[test]
fn both_schemes_are_legible() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    let mut grounds = Vec::new();
    for scheme in ["light", "dark"] {
        desk.browser.prefer(scheme);
        for path in PAGES {
            desk.open(path);
            let faint = desk.browser.run(FAINT);
            assert_eq!(faint.as_array().unwrap().len(), 0, "{scheme} {path}: {faint}");
        }
        grounds.push(desk.browser.run("getComputedStyle(document.body).backgroundColor"));
    }
    assert_ne!(grounds[0], grounds[1]);
}

#[test]
fn narrow_windows_do_not_scroll_sideways() {
    let long = format!(
        "# {}\n\n`{}`\n\n| {} |\n|{}|\n| {} |\n\n```\n{}\n```\n",
        "Long".repeat(60),
        "code".repeat(80),
        "wide | ".repeat(20),
        "---|".repeat(21),
        "cell | ".repeat(20),
        "x".repeat(500)
    );
    let mut files = FILES.to_vec();
    files.push(("long.md", &long));
    let Some(mut desk) = Desk::new(&files) else { return };
    for width in [390, 768, 1280, 1920] {
        desk.browser.resize(width, 800);
        for path in PAGES.into_iter().chain(["/d/long.md", "/source/long.md", "/search?q=long"]) {
            desk.open(path);
            let over = desk.browser.run("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assert_eq!(over, 0, "{path} at {width}");
        }
    }
}
