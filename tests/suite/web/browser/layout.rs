//! How pages are laid out: no blank areas, nothing cut on paper, links that a finger hits.

use super::pages::{Desk, FILES};

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
    let compliance =
        "---\nkind: incident\ndate: 2026-01-02\ncompliance:\n  soc2:\n    controls: [CC7.3]\n---\n# Drift\n\nIt was.\n";
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
    assert_eq!(desk.browser.run(&shown(".read-out .keys")), true, "the front matter is not on the paper");
}

#[test]
fn a_finger_hits_the_links_of_the_frame() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.browser.resize(390, 844);
    for path in ["/", "/d/2025/redis.md"] {
        desk.open(path);
        let low = "[...document.querySelectorAll('.site nav a, .more a, .origin a')].filter(it => it.checkVisibility() && it.getBoundingClientRect().height < 24).map(it => it.outerHTML)";
        assert_eq!(desk.browser.run(low), serde_json::json!([]), "{path}");
    }
}
