//! The pages in the browser: the way from home to a passage, pasting, live updates.

use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ris::web::{Ready, ServeError, ServeOptions, serve};
use tempfile::TempDir;

use super::browser;
use super::chromium::Chromium;
use crate::web::site::{PLAN, REDIS, clock, open, write};

/// A server and a browser in front of it.
pub(super) struct Desk {
    pub(super) browser: Chromium,
    folder: TempDir,
    pub(super) ready: Ready,
    server: Option<JoinHandle<Result<(), ServeError>>>,
}

impl Desk {
    pub(super) fn new(files: &[(&str, &str)]) -> Option<Self> {
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

    pub(super) fn open(&mut self, path: &str) {
        let url = format!("{}{}", self.ready.url.trim_end_matches('/'), path);
        self.browser.open(&url);
    }

    /// Writes a file of the knowledge base.
    pub(super) fn write(&self, path: &str, text: &str) {
        std::fs::write(self.folder.path().join(path), text).unwrap();
    }

    /// Removes a file of the knowledge base.
    pub(super) fn remove(&self, path: &str) {
        std::fs::remove_file(self.folder.path().join(path)).unwrap();
    }

    /// Asserts that the pages so far complained of nothing and asked nobody else for anything.
    pub(super) fn assert_quiet(&mut self) {
        assert_eq!(self.browser.complaints(), Vec::<String>::new());
        self.assert_alone();
    }

    /// Asserts that the pages so far asked nobody else for anything.
    pub(super) fn assert_alone(&mut self) {
        let own = self.ready.url.clone();
        // The browser's own icons of date fields are `data:` addresses; those of documents the policy forbids.
        let is_foreign = |url: &String| !url.starts_with(&own) && url != "about:blank" && !url.starts_with("data:");
        let foreign: Vec<_> = self.browser.requests().into_iter().filter(is_foreign).collect();
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

pub(super) const FILES: [(&str, &str); 2] = [("2025/redis.md", REDIS), ("2025/plan.md", PLAN)];
const GRAPH: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

#[test]
fn searching_leads_to_the_passage() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.open("/");
    assert_eq!(desk.browser.run("document.activeElement.name"), "q");
    desk.browser.run(
        "document.querySelector('.search input').value = 'hostname'; document.querySelector('.search button').click()",
    );
    desk.browser.until("location.search === '?q=hostname'");
    desk.browser
        .run("[...document.querySelectorAll('.facet-value')].find(it => it.textContent.includes('Critical')).click()");
    desk.browser.until("document.querySelectorAll('.hit').length === 1");
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
        page.run("document.querySelector('textarea').value = 'hostname cache-main, which no service has'; document.querySelector('.paste button').click()");
    });
    let answer = desk.browser.run("document.querySelector('.answer.best').textContent");
    assert!(answer.as_str().unwrap().contains("vault write cache"), "{answer}");
    assert_eq!(desk.browser.run("document.querySelector('.answer.best .fix').open"), true);
    desk.assert_quiet();
}

#[test]
fn an_open_page_follows_the_file() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.open("/d/2025/redis.md");
    desk.browser.run("window.unbroken = true; document.querySelector('.site-search input').value = 'half a word'");
    desk.write("2025/redis.md", &REDIS.replace("which no service has", "which is a pomelo"));
    desk.browser.until("document.querySelector('.prose').textContent.includes('pomelo')");
    assert_eq!(desk.browser.run("window.unbroken"), true, "the page was loaded anew");
    assert_eq!(desk.browser.run("document.querySelector('.site-search input').value"), "half a word");
}

#[test]
fn on_a_phone_no_list_is_cut() {
    let report = "---\nkind: incident\nid: RIS-ELIGIBILITY-SECRET-DRIFT-OF-THE-STANDBY-20250130\ndate: 2025-01-30\ncompliance:\n  \
                  hipaa:\n    controls: ['164.308(a)(6)(ii)']\n---\n# Drift\n\nIt was.\n";
    let Some(mut desk) = Desk::new(&[("a.md", report)]) else { return };
    desk.browser.resize(390, 800);
    desk.open("/compliance");
    let cut = "[...document.querySelectorAll('.part .scroll')].filter(it => it.scrollWidth > it.clientWidth)";
    assert_eq!(desk.browser.run("document.querySelectorAll('.part .scroll .id').length"), 1);
    assert_eq!(desk.browser.run(&format!("{cut}.length")), 0);
}
