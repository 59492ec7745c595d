//! The script itself: all that it calls is there, every button does what it says, and parts of pages are renewed node by
//! node.

use super::pages::{Desk, FILES};

/// Lists what each file of the script calls and neither it, nor another file that it names, nor the browser has.
const UNDEFINED: &str = r"
(async (planted) => {
  const loaded = new Map();
  const load = async (url) => {
    if (loaded.has(url)) return;
    loaded.set(url, '');
    const text = await (await fetch(url)).text();
    loaded.set(url, text);
    for (const [, part] of text.matchAll(/from '?\u0022?(\.\/[\w.]+)/g)) await load(new URL(part, url).href);
  };
  await load(document.querySelector('script[type=module]').src);
  const words = ['if', 'for', 'while', 'switch', 'return', 'await', 'function', 'catch', 'async'];
  const missing = [];
  for (const [url, text] of loaded) {
    const code = (text + planted).replace(/\/\/.*$/gm, '').replace(/\u0022[^\u0022\n]*\u0022/g, '');
    const known = new Set([...code.matchAll(/(?:function|const|let) (\w+)/g)].map(it => it[1]));
    for (const [, names] of code.matchAll(/(?:(?:import|let|const) [{\[]|function \w+\()([^}\])]*)[}\])]/g)) names.split(/[,:\s]+/).forEach(it => known.add(it));
    for (const [, name] of code.matchAll(/(?<![.\w])([A-Za-z_]\w*)\(/g))
      if (!known.has(name) && !words.includes(name) && !(name in globalThis)) missing.push(`${url.split('/').at(-1)}: ${name}`);
  }
  return [loaded.size, missing.join()];
})";

#[test]
fn the_script_calls_nothing_that_is_not_there() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.open("/");
    let found = desk.browser.run(&format!("{UNDEFINED}('')"));
    assert!(found[0].as_u64() > Some(4), "parts of the script were not read: {found}");
    assert_eq!(found[1], "");
    let planted = desk.browser.run(&format!("{UNDEFINED}('\\nnowhereToBeFound(1);')"));
    assert!(planted[1].as_str().unwrap().contains("app.js: nowhereToBeFound"), "the check sees nothing: {planted}");
}

#[test]
fn every_button_of_a_document_does_what_it_says() {
    let two = "# Two\n\nA passage.\n\n```bash\nfirst command\n```\n\nText.\n\n```\nsecond\n  command\n```\n\n\
               <details><summary>More</summary>\n\nfolded\n\n</details>\n";
    let Some(mut desk) = Desk::new(&[("two.md", two), FILES[0]]) else { return };
    let page = &mut desk.browser;
    page.begin_pages_with(
        "window.copied = []; Object.defineProperty(navigator, 'clipboard', { value: { writeText: async it => { copied.push(it); } }, configurable: true });",
    );
    desk.open("/d/two.md");
    let page = &mut desk.browser;
    page.run("document.querySelector('.prose p').dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))");
    assert_eq!(page.run("document.querySelectorAll('button').length"), 3);
    for nth in 0..3 {
        page.run(&format!("document.querySelectorAll('button')[{nth}].click()"));
        page.until(&format!("copied.length === {}", nth + 1));
    }
    assert_eq!(page.run("copied.slice(0, 2).join('|')"), "first command|second\n  command");
    page.until("document.querySelectorAll('.copy')[1].textContent === 'Copied'");
    page.until("document.querySelectorAll('.copy')[1].textContent === 'Copy'");
    page.run("document.querySelector('.prose summary').click()");
    assert_eq!(page.run("document.querySelector('.prose details').open"), true);
    page.press("/", "/");
    assert_eq!(page.run("document.activeElement.id"), "ris-q");
    // An address that is not secure has no clipboard; the text is selected and copied in the older way.
    page.run("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    page.run("document.execCommand = (what) => { copied.push(`${what} ${getSelection()}`); return true; }; document.querySelector('.copy').click()");
    page.until("copied.at(-1).trim() === 'copy first command'");
    desk.assert_quiet();
}

#[test]
fn control_and_k_stay_with_what_is_being_written() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.open("/paste");
    let page = &mut desk.browser;
    page.run("document.querySelector('textarea').focus()");
    page.strike("k", true);
    assert_eq!(page.run("document.activeElement.localName"), "textarea");
    page.run("document.activeElement.blur()");
    page.strike("k", true);
    assert_eq!(page.run("document.activeElement.id"), "ris-q");
}

/// Renews many parts by others made by chance; returns those that did not become what they should, or whose unchanged
/// elements did not stay.
const RENEWALS: &str = r"
(async () => {
  const { morph } = await import('/static/x/morph.js');
  let seed = 7;
  const chance = (most) => (seed = (seed * 16807) % 2147483647) % most;
  const make = (depth) => {
    const name = ['p', 'ul', 'section', 'details', 'li'][chance(5)];
    const own = ['', ` id='i${chance(6)}'`, ` class='c${chance(2)}'`, ` data-line='${chance(99)}'`][chance(4)];
    const inner = depth === 0 || chance(4) === 0 ? ['one', 'two', 'three', '', 'four ' + chance(9)][chance(5)] : parts(depth - 1);
    return `<${name}${own}>${name === 'details' ? `<summary>s${chance(3)}</summary>` : ''}${inner}</${name}>${['', '\n', 'text'][chance(3)]}`;
  };
  const parts = (depth) => Array.from({ length: chance(6) }, () => make(depth)).join('');
  const parse = (html) => { const it = document.createElement('div'); it.innerHTML = html; return it; };
  const wrong = [];
  for (let nth = 0; nth < 400; nth += 1) {
    const [old, next] = [parse(parts(2)), parse(parts(2))];
    const [before, want] = [old.innerHTML, next.innerHTML];
    morph(old, next);
    if (old.innerHTML !== want) wrong.push(`${before} -> ${want}: ${old.innerHTML}`);
  }
  const list = (names) => parse(names.map(it => `<li>${it}</li>`).join('\n'));
  const old = list(['a', 'b', 'c', 'd', 'e']);
  const kept = new Map([...old.children].map(it => [it.textContent, it]));
  morph(old, list(['e', 'x', 'a', 'b', 'y', 'c', 'd']));
  for (const name of ['a', 'b', 'c', 'd']) if (!old.contains(kept.get(name)) || kept.get(name).textContent !== name) wrong.push(`${name} was made anew`);
  return wrong;
})()";

#[test]
fn a_part_of_a_page_becomes_the_new_one_and_what_is_the_same_stays() {
    let Some(mut desk) = Desk::new(&FILES) else { return };
    desk.open("/");
    assert_eq!(desk.browser.run(RENEWALS), serde_json::json!([]));
    desk.assert_quiet();
}
