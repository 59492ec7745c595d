//! Live updates: what a reader has typed, chosen, focused, selected and unfolded stays, and so does the place.

use super::pages::{Desk, FILES};
use crate::web::site::{PLAN, REDIS};

/// The report with more open action items, so that every list changes.
fn with_items(number: usize) -> String {
    let item = "- [ ] A new item (Owner: @li, Due: 2026-01-10)\n";
    REDIS.replace("- [ ] Alert", &format!("{}- [ ] Alert", item.repeat(number)))
}

fn paragraphs(number: usize) -> String {
    (0..number).map(|nth| format!("Paragraph {nth} of some words that stand here.\n\n")).collect()
}

/// A document whose third section is far below its beginning.
fn long(summary: &str) -> String {
    format!(
        "# Long\n\n## Summary\n\n{summary}\n\n## Cause\n\n{}## Resolution\n\nRun `vault write` on [the host](https://host.example/a).\n\n\
         <details><summary>First fold</summary>\n\nfirst\n\n</details>\n\n<details><summary>Second fold</summary>\n\nsecond\n\n</details>\n\n{}",
        paragraphs(30),
        paragraphs(40)
    )
}

fn with_fold(text: &str) -> String {
    text.replace(
        "<details><summary>First",
        "<details><summary>New fold</summary>\n\nnew\n\n</details>\n\n<details><summary>First",
    )
}

#[test]
fn what_is_being_typed_and_chosen_in_filters_stays() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    for (path, list, number) in [("/actions", ".action-list", 1), ("/incidents", ".incidents", 2)] {
        desk.open(path);
        let page = &mut desk.browser;
        page.run("document.querySelector('.filters-fold').open = true; window.unbroken = true");
        page.run("document.querySelector('.narrow [name=severity]').value = 'high'; document.querySelector('.narrow [name=sort]').selectedIndex = 1");
        page.run("document.querySelector('.narrow [name=from], .narrow [name=owner]').value = document.querySelector('.narrow [name=from]') ? '2025-01-01' : 'li'");
        page.run("document.querySelector('.narrow [name=q]').focus()");
        page.write("half ty");
        let before = page.run(&format!("document.querySelector('{list}').textContent"));
        desk.write("2025/redis.md", &with_items(number));
        let page = &mut desk.browser;
        page.until(&format!("document.querySelector('{list}').textContent !== {before}"));
        page.write("ped");
        assert_eq!(page.run("document.activeElement.name"), "q", "{path}");
        assert_eq!(page.run("document.querySelector('.narrow [name=q]').value"), "half typed", "{path}");
        assert_eq!(page.run("document.querySelector('.narrow [name=severity]').value"), "high", "{path}");
        assert_eq!(page.run("document.querySelector('.narrow [name=sort]').selectedIndex"), 1, "{path}");
        assert_eq!(page.run("document.querySelector('.narrow [name=from], .narrow [name=owner]').value !== ''"), true);
        assert_eq!(page.run("document.querySelector('.filters-fold').open"), true, "{path}");
        assert_eq!(page.run("window.unbroken"), true, "{path} was loaded anew");
    }
    desk.assert_quiet();
}

#[test]
fn days_that_are_being_chosen_for_a_search_stay() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.open("/search?q=hostname");
    let page = &mut desk.browser;
    page.run("document.querySelector('.filters-fold').open = true; document.querySelector('.days [name=from]').value = '2025-01-01'; document.querySelector('.days [name=to]').focus()");
    desk.write("2025/new.md", "# Another hostname\n\nIt was a hostname.\n");
    let page = &mut desk.browser;
    page.until("document.querySelectorAll('.hit').length === 3");
    assert_eq!(page.run("document.querySelector('.days [name=from]').value"), "2025-01-01");
    assert_eq!(page.run("document.activeElement.name"), "to");
    desk.assert_quiet();
}

#[test]
fn the_home_page_searches_after_an_update_too() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.open("/");
    desk.browser.run("window.unbroken = true");
    desk.write("2025/redis.md", &with_items(1));
    let page = &mut desk.browser;
    page.until("document.getElementById('ris-home').textContent.includes('A new item')");
    page.run("document.activeElement.blur()");
    page.press("/", "/");
    assert_eq!(page.run("document.activeElement.id"), "ris-q");
    page.write("hostname");
    page.until("document.querySelectorAll('.hit').length === 2 && location.search === '?q=hostname'");
    page.run("document.activeElement.blur()");
    page.strike("k", true);
    assert_eq!(page.run("document.activeElement.id"), "ris-q");
    assert_eq!(page.run("window.unbroken"), true, "the page was loaded anew");
    desk.assert_quiet();
}

#[test]
fn back_on_the_home_page_nothing_is_left_of_what_is_gone() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.open("/");
    let page = &mut desk.browser;
    assert_eq!(page.run("document.querySelector('.index-note').textContent.includes('2 documents')"), true);
    page.write("stuck");
    page.until("document.querySelectorAll('.hit').length === 1");
    desk.write("2025/redis.md", &REDIS.replace("# Uploads", "# Renamed uploads"));
    desk.remove("2025/plan.md");
    desk.browser.until("document.querySelector('.hit').textContent.includes('Renamed uploads')");
    desk.browser.run("history.back()");
    let says = "document.getElementById('ris-home').textContent.includes";
    desk.browser.until("document.getElementById('ris-home').checkVisibility()");
    desk.browser.until(&format!("{says}('Renamed uploads') && {says}('1 document ')"));
    desk.assert_quiet();
}

#[test]
fn the_place_the_focus_the_selection_and_the_folds_stay() {
    let text = long("Short.");
    let Some(mut desk) = Desk::new(&[("long.md", &text)]) else { return };
    desk.browser.resize(1280, 700);
    desk.open("/d/long.md");
    let page = &mut desk.browser;
    let top = "Math.round(document.getElementById('resolution').getBoundingClientRect().top)";
    page.run("document.getElementById('resolution').scrollIntoView({ behavior: 'instant' }); document.querySelectorAll('.prose details')[1].open = true");
    page.run("document.querySelector('.prose a[href*=host]').focus({ preventScroll: true }); getSelection().selectAllChildren(document.querySelector('#resolution + p code'))");
    let before = page.run(top).as_f64().unwrap();
    desk.write("long.md", &with_fold(&long(&paragraphs(30))));
    let page = &mut desk.browser;
    page.until("document.querySelectorAll('.prose details').length === 3");
    // The browser may want to keep the place as well, a frame later.
    page.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
    let after = page.run(top).as_f64().unwrap();
    assert!((after - before).abs() <= 1.0, "{before} -> {after}");
    assert_eq!(page.run("document.activeElement.getAttribute('href')"), "https://host.example/a");
    assert_eq!(page.run("getSelection().toString()"), "vault write");
    let open = "[...document.querySelectorAll('.prose details')].map(it => it.open).join()";
    assert_eq!(page.run(open), "false,false,true");
    desk.assert_quiet();
}

#[test]
fn a_document_that_is_gone_is_said_to_be_so_until_it_is_back() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.open("/d/2025/plan.md");
    desk.remove("2025/plan.md");
    let notice = "document.querySelector('main > .notice-error')";
    desk.browser.until(&format!("{notice}?.textContent.includes('no longer in the knowledge base')"));
    desk.browser.until("document.getElementById('ris-toast').textContent === ''");
    assert!(desk.browser.run(&format!("{notice}.checkVisibility()")).as_bool().unwrap());
    desk.write("2025/plan.md", PLAN);
    desk.browser.until(&format!("{notice} === null"));

    desk.remove("2025/plan.md");
    desk.write("2025/hostname-plan.md", PLAN);
    desk.browser.until(&format!("{notice}?.querySelector('a')?.getAttribute('href') === '/d/2025/hostname-plan.md'"));
}

#[test]
fn a_search_that_failed_is_said_to_have_and_made_again() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.open("/search?q=hostname");
    let page = &mut desk.browser;
    page.run("window.real = fetch; window.fetch = async () => { throw new TypeError('no server'); }; document.getElementById('ris-q').select(); 1");
    page.write("stuck");
    page.until("document.querySelector('main > .notice-error')?.textContent.includes('does not answer')");
    // The window goes behind another and comes back: the stream is opened again, as it is when the server is back.
    page.run("window.fetch = window.real; let hidden = true; Object.defineProperty(document, 'hidden', { get: () => hidden }); \
              document.dispatchEvent(new Event('visibilitychange')); hidden = false; document.dispatchEvent(new Event('visibilitychange')); 1");
    page.until("location.search === '?q=stuck' && document.querySelectorAll('.hit').length === 1");
    assert_eq!(page.run("document.querySelector('main > .notice-error')"), serde_json::Value::Null);
    desk.assert_quiet();
}
