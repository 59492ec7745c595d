//! What must hold on every page: accessibility, contrast, no sideways scrolling, no shift of what was laid out, nobody
//! else asked for anything.

use std::path::PathBuf;

use super::pages::{Desk, FILES};
use crate::web::Site;
use crate::web::pages::pages;

/// Returns the script of axe-core, which `.ci/run` fetches; `None`, with a printed line, where it is not there and not
/// required.
#[expect(clippy::print_stdout, reason = "a skipped test must be seen")]
fn axe() -> Option<String> {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("axe-core/axe.min.js");
    let script = std::fs::read_to_string(&path).ok();
    if script.is_none() {
        let required = std::env::var("RIS_BROWSER_TESTS").is_ok_and(|it| it == "required");
        assert!(!required, "RIS_BROWSER_TESTS=required, but there is no axe-core; `.ci/run` fetches it");
        println!("skipped: there is no axe-core here; `.ci/run` fetches it");
    }
    script
}

const AUDIT: &str = r"
axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
  .then(found => found.violations.map(it => `${it.id}: ${it.nodes.map(node => node.html).join(' ').slice(0, 400)}`))";

#[test]
fn axe_finds_nothing_on_any_page() {
    let Some(axe) = axe() else { return };
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.browser.begin_pages_with(&axe);
    let mut found = Vec::new();
    for scheme in ["light", "dark"] {
        desk.browser.prefer(scheme);
        for path in pages(&Site::new()) {
            desk.open(&path);
            let violations = desk.browser.run(AUDIT);
            if violations.as_array().unwrap().is_empty() {
                continue;
            }
            found.push(format!("{scheme} {path}: {violations}"));
        }
        desk.open("/paste");
        desk.browser.wait_for_load(|page| {
            page.run("document.querySelector('textarea').value = 'hostname cache-main, which no service has'; document.querySelector('.paste button').click()");
        });
        let violations = desk.browser.run(AUDIT);
        if !violations.as_array().unwrap().is_empty() {
            found.push(format!("{scheme} answer to a paste: {violations}"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    desk.browser.run("document.querySelector('main').append(document.createElement('button'))");
    let planted = desk.browser.run(AUDIT).to_string();
    assert!(planted.contains("button-name"), "the audit sees nothing: {planted}");
}

/// Notes every shift of what was laid out, and what shifted.
const SHIFTS: &str = r"
window.shifts = [];
const outline = it => it.node?.outerHTML?.slice(0, 60) ?? it.node?.textContent?.slice(0, 30);
new PerformanceObserver(list => list.getEntries().filter(it => !it.hadRecentInput)
  .forEach(it => window.shifts.push([it.value, ...it.sources.map(outline)]))).observe({ type: 'layout-shift', buffered: true });";

#[test]
fn nothing_moves_once_it_is_laid_out() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.browser.begin_pages_with(SHIFTS);
    desk.browser.slow_down(12_000);
    for width in [390, 1280] {
        desk.browser.resize(width, 800);
        for path in pages(&Site::new()) {
            desk.open(&path);
            // Two frames: scripts have run and the page has been painted.
            let shifts = desk.browser.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(window.shifts), 50))))");
            assert_eq!(shifts, serde_json::json!([]), "{path} at {width}");
        }
    }
    assert_eq!(
        desk.browser.run("typeof PerformanceObserver.supportedEntryTypes.find(it => it === 'layout-shift')"),
        "string"
    );
}

#[test]
fn no_page_asks_anyone_else_for_anything() {
    let foreign = "# Links\n\n![a](https://evil.example/a.png) <img src=\"//evil.example/b.png\"> \
        <link rel=stylesheet href=https://evil.example/c.css> <video src=https://evil.example/d.mp4></video> pomelo\n\n\
        [prefetch](https://evil.example/e)\n";
    let mut files = FILES.to_vec();
    files.push(("links.md", foreign));
    let Some(mut desk) = Desk::new(&files) else { return };
    for path in pages(&Site::with(&files)).iter().map(String::as_str).chain(["/d/links.md", "/search?q=pomelo"]) {
        desk.open(path);
    }
    assert!(desk.browser.requests().len() > 10);
    desk.assert_alone();
}

#[test]
fn every_page_has_its_landmarks_and_can_be_left_by_keyboard() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    for path in pages(&Site::new()) {
        desk.open(&path);
        let counts = desk.browser.run("['header.site', 'main', 'h1', 'nav[aria-label=Site]', '.skip'].map(it => document.querySelectorAll(it).length)");
        assert_eq!(counts, serde_json::json!([1, 1, 1, 1, 1]), "{path}");
        let unseen = desk.browser.run(UNSEEN_FOCUS);
        assert_eq!(unseen, serde_json::json!([]), "{path}");
    }
}

/// Lists what can have the focus without showing it.
const UNSEEN_FOCUS: &str = r"
[...document.querySelectorAll('a[href], button, input:not([type=hidden]), textarea, summary, [tabindex]')]
  .filter(it => it.tabIndex >= 0 && it.checkVisibility({ visibilityProperty: true }))
  .filter(it => { it.focus({ focusVisible: true, preventScroll: true }); return document.activeElement === it && getComputedStyle(it).outlineStyle === 'none'; })
  .map(it => it.outerHTML.slice(0, 120))";

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

#[test]
fn both_schemes_are_legible() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    let mut grounds = Vec::new();
    for scheme in ["light", "dark"] {
        desk.browser.prefer(scheme);
        for path in pages(&Site::new()) {
            desk.open(&path);
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
        "---\nkind: incident\ndate: 2026-01-02\ntags: [config-drift]\n---\n# {}\n\n`{}`\n\n| {} |\n|{}|\n| {} |\n\n```\n{}\n```\n\n\
         ## Action items\n\n- [ ] Bound {}\n",
        "Long".repeat(60),
        "code".repeat(80),
        "wide | ".repeat(20),
        "---|".repeat(21),
        "cell | ".repeat(20),
        "x".repeat(500),
        "ClientOfTheQueue".repeat(12)
    );
    let mut files = FILES.to_vec();
    files.push(("long.md", &long));
    let Some(mut desk) = Desk::new(&files) else { return };
    let paths = pages(&Site::with(&files)).into_iter().chain(
        ["/d/long.md", "/source/long.md", "/search?q=long", "/actions", "/tags/config-drift"].map(str::to_owned),
    );
    let paths: Vec<String> = paths.collect();
    for width in [390, 768, 1280, 1920] {
        desk.browser.resize(width, 800);
        for path in &paths {
            desk.open(path);
            let over = desk.browser.run("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            // Less than nothing is the room kept for a scrollbar.
            assert!(over.as_i64().is_some_and(|over| over <= 0), "{path} at {width}: {over}");
        }
    }
}
