//! Search as you type, and the keys.

use super::pages::{Desk, FILES};

const HITS: &str = "[...document.querySelectorAll('.hit-title')].map(it => it.textContent).join('|')";
const BOTH: &str = "Uploads stuck: wrong Redis hostname|Fix plan for hostnames";

fn desk_at(path: &str) -> Option<Desk> {
    let mut desk = Desk::new(&FILES)?;
    desk.browser.resize(1280, 900);
    desk.open(path);
    desk.browser.run("window.unbroken = true");
    Some(desk)
}

#[test]
fn results_follow_the_typing_and_the_field_keeps_focus_and_caret() {
    let Some(mut desk) = desk_at("/") else { return };
    let page = &mut desk.browser;
    page.write("hstname");
    page.until("document.querySelectorAll('.hit').length === 2");
    assert!(
        page.run("document.querySelector('.notice').textContent")
            .as_str()
            .unwrap()
            .contains("Showing results for hostname")
    );
    page.run("document.activeElement.setSelectionRange(1, 1)");
    page.write("o");
    page.until("location.search === '?q=hostname' && document.querySelector('.notice') === null");
    assert_eq!(page.run("[document.activeElement.id, document.activeElement.selectionStart].join()"), "ris-q,2");
    assert_eq!(page.run(HITS), BOTH);
    assert_eq!(page.run("document.getElementById('ris-said').textContent"), "2 documents");
    assert!(page.run("document.title").as_str().unwrap().starts_with("hostname: search · "));
    assert_eq!(page.run("document.getElementById('ris-home').checkVisibility()"), false);
    assert_eq!(page.run("window.unbroken"), true, "the page was loaded anew");
    desk.assert_quiet();
}

#[test]
fn one_search_is_one_step_in_the_history() {
    let Some(mut desk) = desk_at("/") else { return };
    let page = &mut desk.browser;
    let before = page.run("history.length").as_u64().unwrap();
    page.write("hostname");
    page.until("location.search === '?q=hostname'");
    page.strike("Enter", false);
    page.run("document.querySelector('[data-key=\"severity=critical\"]').click()");
    page.until("document.querySelectorAll('.hit').length === 1");
    assert_eq!(page.run("location.search"), "?q=hostname&severity=critical");
    assert_eq!(page.run("document.activeElement.dataset.key"), "severity=critical");
    page.run("document.getElementById('ris-q').focus()");
    page.strike("Escape", false);
    page.write("plan");
    page.until("location.search === '?q=plan&severity=critical'");
    assert_eq!(page.run("history.length").as_u64().unwrap(), before + 3);
    page.run("history.back()");
    page.until("location.search === '?q=hostname&severity=critical' && document.querySelectorAll('.hit').length === 1");
    assert_eq!(page.run("document.getElementById('ris-q').value"), "hostname");
    page.run("history.back()");
    page.until("location.search === '?q=hostname' && document.querySelectorAll('.hit').length === 2");
    page.run("history.back()");
    page.until("location.pathname === '/' && document.getElementById('ris-home').checkVisibility()");
    assert_eq!(page.run("document.getElementById('ris-q').value"), "");
    page.run("history.forward()");
    page.until("location.search === '?q=hostname' && document.querySelectorAll('.hit').length === 2");
    assert_eq!(page.run("window.unbroken"), true, "the page was loaded anew");
    desk.assert_quiet();
}

#[test]
fn late_answers_to_superseded_searches_are_dropped() {
    let Some(mut desk) = desk_at("/search") else { return };
    let page = &mut desk.browser;
    page.run(
        "const real = window.fetch; window.aborted = 0; window.fetch = async (url, options) => { \
         options.signal.addEventListener('abort', () => window.aborted++); \
         const answer = await real(url); if (url.includes('q=host')) await new Promise(done => setTimeout(done, 400)); return answer; }",
    );
    page.run("document.getElementById('ris-q').focus()");
    page.write("hostname");
    page.run("new Promise(done => setTimeout(done, 150))");
    page.run("document.getElementById('ris-q').select()");
    page.write("plan");
    page.until("location.search === '?q=plan'");
    page.run("new Promise(done => setTimeout(done, 600))");
    assert_eq!(page.run("location.search"), "?q=plan");
    assert!(page.run("window.aborted").as_u64().unwrap() > 0);
    assert_eq!(page.run("document.getElementById('ris-results').dataset.title"), "plan: search");
}

#[test]
fn keys_lead_to_the_field_through_the_hits_and_back() {
    let Some(mut desk) = desk_at("/search?q=hostname") else { return };
    let page = &mut desk.browser;
    let focus = "document.activeElement.closest('.hit')?.querySelector('h2').textContent ?? document.activeElement.id";
    page.press("/", "/");
    assert_eq!(page.run(focus), "ris-q");
    assert_eq!(page.run("document.activeElement.value"), "hostname");
    for (key, at) in [
        ("ArrowDown", "Uploads stuck: wrong Redis hostname"),
        ("ArrowDown", "Fix plan for hostnames"),
        ("ArrowDown", "Fix plan for hostnames"),
        ("ArrowUp", "Uploads stuck: wrong Redis hostname"),
        ("ArrowUp", "ris-q"),
        ("ArrowDown", "Uploads stuck: wrong Redis hostname"),
        ("Escape", "ris-q"),
    ] {
        page.strike(key, false);
        assert_eq!(page.run(focus), at, "{key}");
    }
    page.strike("ArrowDown", false);
    page.wait_for_load(|page| page.strike("Enter", false));
    assert_eq!(page.run("document.querySelector('h1').textContent"), "Uploads stuck: wrong Redis hostname");
    page.strike("k", true);
    assert_eq!(page.run("document.activeElement.id"), "ris-q");
    desk.assert_quiet();
}

#[test]
fn days_can_be_chosen_without_loading_the_page_anew() {
    let Some(mut desk) = desk_at("/search?q=hostname") else { return };
    let page = &mut desk.browser;
    page.run("document.querySelector('.days [name=from]').value = '2025-12-18'; document.querySelector('.days button').click()");
    page.until("document.querySelectorAll('.hit').length === 1");
    assert_eq!(page.run("location.search"), "?q=hostname&from=2025-12-18");
    assert_eq!(page.run("document.querySelector('.chip').textContent.includes('18 Dec 2025')"), true);
    page.run("document.querySelector('.chip').click()");
    page.until("document.querySelectorAll('.hit').length === 2");
    assert_eq!(page.run("window.unbroken"), true, "the page was loaded anew");
    desk.assert_quiet();
}
