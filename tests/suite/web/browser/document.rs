//! The page of a document: contents that follow the reading, links to passages, the drawing at every width.

use super::pages::{Desk, FILES};

fn long() -> String {
    let section = |nth: usize| format!("## Section {nth}\n\n{}\n\n", "Words that fill a paragraph. ".repeat(60));
    format!("# Long\n\n{}", (1..9).map(section).collect::<String>())
}

#[test]
fn the_contents_follow_the_reading() {
    let long = long();
    let Some(mut desk) = Desk::new(&[("long.md", &long)]) else { return };
    desk.browser.resize(1280, 800);
    desk.open("/d/long.md");
    desk.browser.until("document.querySelector('.contents [aria-current]')?.textContent === 'Section 1'");
    for nth in [5, 2, 8] {
        desk.browser
            .run(&format!("document.getElementById('section-{nth}').scrollIntoView({{ behavior: 'instant' }})"));
        desk.browser
            .until(&format!("document.querySelector('.contents [aria-current]').textContent === 'Section {nth}'"));
    }
    assert_eq!(desk.browser.run("document.querySelectorAll('.contents [aria-current]').length"), 1);
    desk.assert_quiet();
}

#[test]
fn a_passage_can_be_linked_to() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.open("/d/2025/redis.md");
    desk.browser.run(
        "window.copied = []; Object.defineProperty(navigator, 'clipboard', { value: { writeText: async it => { copied.push(it); } } }); 1",
    );
    let over = "document.querySelector('.prose [data-line=\"10\"]').dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))";
    desk.browser.run(over);
    assert_eq!(desk.browser.run("document.querySelector('.copy-link').hidden"), false);
    desk.browser.run("document.querySelector('.copy-link').click()");
    desk.browser.until("document.getElementById('ris-toast').textContent === 'Link copied'");
    desk.browser.run("document.querySelector('#root-cause .anchor').click()");
    desk.browser.until("copied.length === 2");
    let base = desk.ready.url.clone();
    assert_eq!(desk.browser.run("copied[0]"), format!("{base}d/2025/redis.md?line=10#ris-passage"));
    assert_eq!(desk.browser.run("copied[1]"), format!("{base}d/2025/redis.md#root-cause"));
    desk.open("/d/2025/redis.md?line=10#ris-passage");
    assert_eq!(desk.browser.run("document.querySelector(':target').closest('p').dataset.line"), "10");
    desk.assert_quiet();
}

/// Lists words of the drawing that are smaller than 10 pixels, or cut off, or on top of each other.
const BAD_WORDS: &str = r"
(() => {
  const shown = [...document.querySelectorAll('svg.drawing')].filter(it => it.checkVisibility());
  if (shown.length !== 1) return [`${shown.length} drawings`];
  const frame = shown[0].getBoundingClientRect(), bad = [];
  const words = [...shown[0].querySelectorAll('text')].map(it => [it.textContent, it.getBoundingClientRect()]);
  const scale = frame.width / shown[0].viewBox.baseVal.width;
  if (scale * 11 < 10) bad.push(`letters of ${scale * 11} px`);
  words.forEach(([text, box], nth) => {
    if (box.left < 0 || box.right > document.documentElement.clientWidth) bad.push(`${text} is cut off`);
    for (const [other, at] of words.slice(0, nth))
      if (box.left < at.right - 1 && at.left < box.right - 1 && box.top < at.bottom - 3 && at.top < box.bottom - 3) bad.push(`${text} covers ${other}`);
  });
  return bad;
})()";

#[test]
fn the_drawing_is_legible_at_every_width() {
    let busy: String =
        (0..60).map(|nth| format!("- {:02}:{:02} UTC - step {nth}\n", 8 + nth / 20, nth * 7 % 60)).collect();
    let busy = format!(
        "# Busy\n\n**Date:** 2025-12-17\n\n## Timeline\n\n- 21:00 UTC - outage started\n- 23:30 UTC - alert detected it\n{busy}"
    );
    let gap = "# Gap\n\n**Date:** 2025-12-17\n\n## Timeline\n\n- 08:00 UTC - outage started\n- 17:25 UTC - detected by a user\n\
               - 17:40 UTC - deployed\n- 17:42 UTC - mitigated\n- 17:50 UTC - resolved\n";
    let Some(mut desk) = Desk::new(&[FILES[0], FILES[1], ("busy.md", &busy), ("gap.md", gap)]) else { return };
    for width in [390, 768, 1280, 1920] {
        desk.browser.resize(width, 800);
        for path in ["/d/2025/redis.md", "/d/busy.md", "/d/gap.md"] {
            desk.open(path);
            assert_eq!(desk.browser.run(BAD_WORDS), serde_json::json!([]), "{path} at {width}");
        }
    }
    desk.assert_quiet();
}
