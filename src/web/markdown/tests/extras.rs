//! What goes beyond the plain renderer: notes, bare addresses, wiki links, coloured code, lines.

use super::super::highlight::highlight;
use super::super::{Source, render};
use super::html;

#[test]
fn footnotes_are_numbered_and_lead_back() {
    let page =
        html("one[^b] two[^a] three[^b]\n\n[^a]: alpha **bold**\n[^b]: beta\n[^c]: never mentioned\n\nend[^none]");
    let order: Vec<_> = ["one", "end[^none]", "class=\"footnotes\"", "beta", "alpha <strong>bold"]
        .map(|it| page.find(it).unwrap_or_else(|| panic!("{it}: {page}")))
        .to_vec();
    assert!(order.is_sorted(), "{page}");
    assert!(page.contains(r##"<sup class="footnote-reference" id="fnref-1"><a href="#fn-1""##), "{page}");
    assert!(page.contains(r#"id="fnref-1-2""#) && page.contains(r#"<li id="fn-2">"#), "{page}");
    assert!(page.contains(r##"href="#fnref-2" class="footnote-back" aria-label="Back to mention 2""##), "{page}");
    assert!(!page.contains("never mentioned"), "{page}");
}

#[test]
fn bare_addresses_become_links() {
    for (text, href) in [
        ("see https://example.org/a_b_c?x=1&y=2.", "https://example.org/a_b_c?x=1&amp;y=2"),
        ("(https://example.org/a_(b))", "https://example.org/a_(b)"),
        ("**www.example.org**, and so on", "https://www.example.org"),
    ] {
        let page = html(text);
        assert!(page.contains(&format!("<a href=\"{href}\"")), "{page}");
    }
    for text in ["`https://example.org`", "xhttps://example.org", "https://", "www.", "http:// and so on"] {
        assert!(!html(text).contains("<a "), "{text}: {}", html(text));
    }
    assert_eq!(html("[https://example.org](https://example.com)").matches("<a ").count(), 1);
    assert_eq!(html("```\nhttps://example.org\n```").matches("<a ").count(), 0);
}

#[test]
fn wiki_links_lead_to_documents() {
    let page = html("see [[INC-7]] and [[notes/The plan.md|the plan]]");
    assert!(page.contains(r#"<a href="/d/INC-7""#) && page.contains(r#"<a href="/d/The%20plan""#), "{page}");
    assert!(page.contains(">the plan</a>"), "{page}");
    for text in ["[[ -z \"$x\" ]]", "[[]]", "[[a", "if [[ -f x ]]; then"] {
        assert!(!html(text).contains("<a "), "{text}: {}", html(text));
    }
    assert!(html("[[javascript:alert(1)]]").contains("[[javascript:alert(1)]]"));
}

#[test]
fn code_is_coloured_by_classes() {
    for (text, piece) in [
        ("```bash\n# why\nkubectl -n \"$NS\" get --watch\n```", r#"<span class="hl-m">--watch</span>"#),
        ("```sh\necho ${A} 'b'\n```", r#"<span class="hl-v">${A}</span> <span class="hl-s">'b'</span>"#),
        ("```python\ndef f(): return None # c\n```", r#"<span class="hl-k">def</span> f()"#),
        ("```json\n{\"a\": 1, \"b\": \"x\"}\n```", r#"<span class="hl-a">"a"</span>: <span class="hl-n">1</span>"#),
        ("```yaml\nkey: value\n- name: don't\n```", r#"<span class="hl-a">key</span>: value"#),
        ("```sql\nselect 1 FROM t -- x\n```", r#"<span class="hl-k">FROM</span> t <span class="hl-c">-- x</span>"#),
        ("```diff\n-old\n+new\n same\n```", "<span class=\"hl-i\">+new</span>\n same"),
        (
            "```console\n$ ls -l\ntotal 'x\n```",
            "<span class=\"hl-m\">$ </span>ls <span class=\"hl-m\">-l</span>\ntotal 'x",
        ),
        ("```log\n12:00:01 ERROR x\n```", r#"<span class="hl-n">12:00:01</span> <span class="hl-e">ERROR</span> x"#),
        ("```rust\nfn f<'a>(x: &'a str) {} // é\n```", r#"<span class="hl-k">fn</span> f&lt;'a&gt;(x: &amp;'a str)"#),
    ] {
        let page = html(text);
        assert!(page.contains(piece), "{piece}\n{page}");
    }
    let plain = html("```brainfuck\n+-<>\n```\n\n    indented 'x'");
    assert!(!plain.contains("hl-") && plain.contains("+-&lt;&gt;"), "{plain}");
}

#[test]
fn colouring_changes_no_letter() {
    let languages =
        ["bash", "console", "python", "json", "yaml", "toml", "sql", "diff", "js", "xml", "http", "powershell", "go"];
    let codes = [
        "a: é\n\"ü\": 'x\n${ß} `\\",
        "{\"a\":[1,2,{\"b\":null}]}",
        "--é -ü $€ \"\"\" '''",
        "é:\n[x]\n[y\nk=v",
        "/* never\nclosed",
        "'unclosed\n\"too\n$",
        "+a\n-b\n@@ c\n+++ d",
        "$ x\n# y\n> z\nout",
        "",
    ];
    for language in languages {
        for code in codes {
            let mut out = String::new();
            assert!(highlight(language, code, &mut out), "{language}");
            let text: String = out.split('<').map(|it| it.split_once('>').map_or(it, |(_, rest)| rest)).collect();
            let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
            assert_eq!(text, code, "{language}: {out}");
        }
    }
}

#[test]
fn blocks_know_their_lines() {
    let text = "# T\n\none\n\n- a\n- b\n\n[^1]: x\n\ntwo[^1]\n";
    let page = render(&Source { first_line: Some(5), ..Source::fragment("a.md", text) }).html.to_string();
    for piece in [r#"<p data-line="7">one"#, r#"<li data-line="10">b"#, r#"<p data-line="14">two"#] {
        assert!(page.contains(piece), "{piece}: {page}");
    }
    assert!(!html("<p data-line=\"x\" onclick=y>a</p>").contains("data-line"));
}

#[test]
fn days_in_cells_are_held_together() {
    let page = html("| day |\n|--|\n| from 2026-02-20 to 2026-02-21 |\n\n2026-02-22");
    let held = r#"<td>from <span class="nowrap">2026-02-20</span> to <span class="nowrap">2026-02-21</span></td>"#;
    assert!(page.contains(held), "{page}");
    assert!(page.contains("<p>2026-02-22</p>"), "{page}");
    for moment in ["2026-02-20 14:05", "2026-02-20 14:05:30", "2026-02-20T14:05"] {
        let page = html(&format!("| a |\n|--|\n| {moment} UTC |"));
        assert!(page.contains(&format!("<span class=\"nowrap\">{moment}</span> UTC")), "{page}");
    }
    let arabic = html("**توقفت:** 2026-02-20 14:05 الخدمة (Due: 2026-02-21) `2026-02-22`\n\n```\n2026-02-23\n```\n");
    assert!(arabic.contains("<span class=\"nowrap from-left\">2026-02-20 14:05</span>"), "{arabic}");
    assert!(arabic.contains("(Due: 2026-02-21)"), "{arabic}");
    assert_eq!(arabic.matches("nowrap").count(), 1, "{arabic}");
    assert!(!html("It stopped 2026-02-20 14:05").contains("nowrap"));
    let day = html("| a |\n|--|\n| 2026-02-20 1:05 é |");
    assert!(day.contains("<span class=\"nowrap\">2026-02-20</span> 1:05"), "{day}");
    assert!(!html("| a |\n|--|\n| 12026-2-20 é-日本-2026 |").contains("nowrap"));
}

#[test]
fn a_text_has_the_direction_of_most_of_its_letters() {
    let from_right = |text: &str| render(&Source::fragment("a.md", text)).from_right;
    assert!(from_right("انقطعت خدمة الدفع\n\n```\nERROR a long line of a log in Latin letters\n```\n"));
    assert!(from_right("השירות נפל ב-API"));
    assert!(!from_right("The name was انقطعت, and all else is English."));
    assert!(!from_right(""));
}

#[test]
fn questions_of_a_draft_stand_on_lines_of_their_own() {
    let page = html("> ? Who knew of it first?\n> ? Would diligence have shown it earlier?");
    assert!(page.contains("first?<br>") && !html("> Who knew\n> of it?").contains("<br>"), "{page}");
}
