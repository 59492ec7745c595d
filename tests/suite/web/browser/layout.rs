//! How pages are laid out: no blank areas, nothing cut on paper, links that a finger hits.

use super::pages::{Desk, FILES};
use crate::web::site::REDIS;

/// An incident whose many causes come in more pairs than the map shows at once.
fn many_causes() -> String {
    let tags: Vec<String> = (0..16).map(|nth| format!("own-cause-{nth}")).collect();
    format!("---\nkind: incident\ndate: 2026-01-02\ntags: [{}]\n---\n# Many causes\n\nAll of them.\n", tags.join(", "))
}

#[test]
fn a_page_ends_where_its_content_ends() {
    let many = many_causes();
    let Some(mut desk) = Desk::new(&[("many.md", &many)]) else { return };
    for width in [390, 1280] {
        desk.browser.resize(width, 800);
        desk.open("/causes");
        assert!(desk.browser.run("document.querySelector('.pairs .scroll').scrollHeight").as_i64() > Some(1000));
        let blank = "document.documentElement.scrollHeight - Math.max(innerHeight, document.querySelector('main').getBoundingClientRect().bottom)";
        let blank = desk.browser.run(blank);
        assert!(blank.as_f64().is_some_and(|blank| blank <= 1.0), "{blank} at {width}");
    }
}

#[test]
fn paper_has_every_row_and_only_what_was_unfolded() {
    let many = many_causes();
    let compliance = "---\nkind: incident\ndate: 2026-01-02\ncompliance:\n  soc2:\n    controls: [CC7.3]\n---\n# Drift\n\nIt was.\n\n\
         <details><summary>More</summary>\n\nfolded\n\n</details>\n";
    let Some(mut desk) = Desk::new(&[("many.md", &many), ("drift.md", compliance), FILES[0]]) else { return };
    desk.browser.print();
    for path in ["/causes", "/insights"] {
        desk.open(path);
        let open = "document.querySelectorAll('.figure-foot details').forEach(it => { it.open = true; })";
        desk.browser.run(open);
        let cut =
            "[...document.querySelectorAll('.scroll')].filter(it => it.scrollHeight > it.clientHeight + 1).length";
        assert_eq!(desk.browser.run(cut), 0, "{path}");
    }
    let shown = |selector: &str| {
        format!("document.querySelector('{selector}').checkVisibility({{ contentVisibilityAuto: true }})")
    };
    desk.open("/compliance");
    assert_eq!(desk.browser.run(&shown(".gaps ul")), false, "a list that nobody unfolded is on the paper");
    desk.open("/d/drift.md");
    assert_eq!(desk.browser.run(&shown(".prose details p")), true, "what is folded in the text is not on the paper");
    assert_eq!(desk.browser.run(&shown("#ris-front-matter")), false, "the facts are on the paper already");
}

#[test]
fn paper_has_items_and_timeline_once() {
    let head = "---\nkind: incident\ndate: 2026-01-02\ntimeline:\n  - \"2026-01-02 08:00 UTC: queue stopped\"\n---\n# Head\n\nIt was.\n";
    let Some(mut desk) = Desk::new(&[FILES[0], ("head.md", head)]) else { return };
    desk.browser.print();
    let printed = |words: &str| format!("document.querySelector('main').innerText.split('{words}').length - 1");
    desk.open("/d/2025/redis.md");
    for words in ["Alert on stuck uploads", "first upload fails"] {
        assert_eq!(desk.browser.run(&printed(words)), 1, "{words}");
    }
    assert_eq!(desk.browser.run(&printed("Read from the file by ris")), 0);
    // What stands in the front matter alone is printed as it was read.
    desk.open("/d/head.md");
    assert_eq!(desk.browser.run(&printed("queue stopped")), 1);
    desk.browser.prefer("light");
    desk.open("/d/2025/redis.md");
    assert_eq!(desk.browser.run("document.getElementById('ris-actions').checkVisibility()"), true, "on the screen");
}

#[test]
fn lists_on_paper_are_tables_without_what_can_only_be_pressed() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    // About as wide as paper is.
    desk.browser.resize(720, 900);
    desk.browser.print();
    let shown = |selector: &str| format!("document.querySelector('{selector}').checkVisibility()");
    for path in ["/incidents", "/actions", "/insights"] {
        desk.open(path);
        let pressed = "[...document.querySelectorAll('.filters-fold, .narrow, .figure-foot > details')].filter(it => it.checkVisibility()).length";
        assert_eq!(desk.browser.run(pressed), 0, "{path}");
    }
    desk.open("/incidents");
    assert_eq!(desk.browser.run(&shown(".list thead th")), true);
    assert_eq!(desk.browser.run("getComputedStyle(document.querySelector('.list tbody tr')).display"), "table-row");
    assert_eq!(desk.browser.run("getComputedStyle(document.querySelector('.list tbody tr')).breakInside"), "avoid");
    let over = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assert!(desk.browser.run(over).as_i64() <= Some(0), "the table is wider than the paper");
}

#[test]
fn a_page_that_is_not_there_fits_a_narrow_window() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    let long = format!("/d/public/{}/docs/postmortems/2025-10-09-field-name-fixes.md", "contributor.info".repeat(3));
    for (width, path) in
        [(390, long.as_str()), (320, long.as_str()), (320, "/files/no/such/file"), (390, "/search?q=zzzzqqq")]
    {
        desk.browser.resize(width, 800);
        desk.open(path);
        desk.browser.run("document.querySelectorAll('main details').forEach(it => { it.open = true; })");
        let over = desk.browser.run("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assert!(over.as_i64().is_some_and(|over| over <= 0), "{path} at {width}: {over}");
    }
}

#[test]
fn a_finger_hits_links_and_folds() {
    let many = many_causes();
    let Some(mut desk) = Desk::new(&[("many.md", &many), FILES[0], FILES[1]]) else { return };
    desk.browser.resize(390, 844);
    for (path, selector) in [
        ("/", ".more a"),
        ("/", ".action-text"),
        ("/actions", ".action-text"),
        ("/actions", ".action-document"),
        ("/d/2025/redis.md", ".origin a"),
        ("/d/2025/redis.md", ".contents-fold > summary"),
        ("/search", ".facet details > summary"),
    ] {
        desk.open(path);
        desk.browser.run("document.querySelectorAll('.filters-fold').forEach(it => { it.open = true; })");
        let all =
            format!("[...document.querySelectorAll('.site nav a, {selector}')].filter(it => it.checkVisibility())");
        assert_eq!(desk.browser.run(&format!("{all}.some(it => it.matches('{selector}'))")), true, "{path} {selector}");
        let low = format!("{all}.filter(it => it.getBoundingClientRect().height < 24).map(it => it.outerHTML)");
        assert_eq!(desk.browser.run(&low), serde_json::json!([]), "{path}");
    }
}

/// Returns how far the word of the first badge of a severity stands from the line of the words beside it, in pixels.
const OFF_THE_LINE: &str = r"
(() => {
  const badge = [...document.querySelectorAll('.fact .severity')].find(it => it.checkVisibility());
  const foot = () => { const it = document.createElement('i'); it.style.display = 'inline-block'; return it; };
  const [outside, inside, word] = [foot(), foot(), document.createElement('span')];
  word.append(...badge.childNodes, inside);
  badge.append(word);
  badge.before(outside);
  return Math.abs(outside.getBoundingClientRect().bottom - inside.getBoundingClientRect().bottom);
})()";

#[test]
fn the_word_of_a_badge_stands_on_the_line_of_its_neighbours() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.browser.resize(1280, 800);
    desk.open("/d/2025/redis.md");
    let off = desk.browser.run(OFF_THE_LINE);
    assert!(off.as_f64().is_some_and(|off| off < 0.5), "{off}");
}

#[test]
fn on_a_phone_a_badge_is_not_left_alone_by_a_long_title() {
    let report =
        REDIS.replace("wrong Redis hostname", "wrong Redis hostname in a title that is longer than a phone is wide");
    let Some(mut desk) = Desk::new(&[("a.md", &report)]) else { return };
    desk.browser.resize(390, 844);
    desk.open("/actions");
    let tops = "[...document.querySelectorAll('.action-document')].map(it => Math.round(it.getClientRects()[0].bottom - it.previousElementSibling.getBoundingClientRect().top))";
    let tops = desk.browser.run(tops);
    let all = tops.as_array().unwrap();
    assert!(!all.is_empty() && all.iter().all(|it| it.as_i64().is_some_and(|it| (0..40).contains(&it))), "{tops}");
    let lines = desk.browser.run("document.querySelector('.action-document').getClientRects().length");
    assert!(lines.as_i64() > Some(1), "the title is on {lines} line");
}
