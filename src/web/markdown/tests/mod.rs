//! Tests of the renderer.

use super::*;
use crate::effort::effort;

mod extras;

fn html(text: &str) -> String {
    render(&Source::fragment("2025/a.md", text)).html.to_string()
}

#[test]
fn github_markdown_is_rendered() {
    assert!(html("a ~~b~~ **c**").contains("<del>b</del> <strong>c</strong>"));
    assert!(html("- [x] a\n- [ ] b").contains(r#"<span class="box box-done" role="img" aria-label="done">"#));
    let table = html("| a | b |\n|---|--:|\n| 1 | 2 |");
    assert!(table.contains(r#"<td class="to-right">2</td>"#), "{table}");
    assert!(table.contains(r#"<div class="scroll""#) && !table.contains("style="), "{table}");
    let alert = html("> [!WARNING]\n> hot");
    assert!(alert.contains(r#"class="markdown-alert-warning""#) && alert.contains(">Warning</p>"), "{alert}");
    assert!(html("```bash\nls\n```").contains(r#"<code class="language-bash">ls"#));
    assert!(html("$HOME:$PATH and --- \"quoted\"").contains("$HOME:$PATH and --- \"quoted\""));
}

#[test]
fn rules_in_mid_document_swallow_nothing() {
    let page = html("one\n\n---\ntwo: 2\n---\n\nthree");
    for word in ["one", "two: 2", "three"] {
        assert!(page.contains(word), "{page}");
    }
}

#[test]
fn headings_get_unique_ids_and_stand_below_the_title() {
    let source = Source {
        title: Some("The  outage"),
        ..Source::fragment("a.md", "# The outage\n\n# Impact\n## Cause `x`\n# Impact\n> # quoted")
    };
    let page = render(&source);
    assert!(!page.html.to_string().contains("The outage"), "{}", page.html);
    let toc: Vec<_> = page.toc.iter().map(|it| (it.level, it.id.as_str(), it.text.as_str())).collect();
    assert_eq!(toc, [(2, "impact", "Impact"), (3, "cause-x", "Cause x"), (2, "impact-1", "Impact")]);
    let anchor = r##"<h2 id="impact-1">Impact<a class="anchor" href="#impact-1" aria-label="Link to Impact""##;
    assert!(page.html.to_string().contains(anchor), "{}", page.html);
}

#[test]
fn html_in_a_text_takes_neither_the_title_nor_an_id() {
    let page = html(
        "<h1 id=\"top\">Big</h1>\n\n<a id=\"cause\"></a>\n\n## Cause\n\n<b id=\"x\">1</b> <b ID=\"x\">2</b>\n\n<p id=\"fn-1\">3</p>\n",
    );
    assert!(page.contains("<h2 id=\"top\">Big</h2>") && !page.contains("h1"), "{page}");
    assert!(page.contains("<h2 id=\"cause\">Cause") && page.matches("id=\"cause\"").count() == 1, "{page}");
    assert!(page.contains("<b id=\"x\">1</b> <b>2</b>") && page.contains("<p>3</p>"), "{page}");
    let page = html("one[^a]\n\n# Fn 1\n\n# Fnref 1\n\n[^a]: note\n");
    for id in ["fn-1", "fnref-1", "doc-fn-1", "doc-fnref-1"] {
        assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}: {page}");
    }
}

#[test]
fn slugs_are_those_of_code_hosts() {
    for (text, slug) in [
        ("Root Cause Analysis (5 Whys)", "root-cause-analysis-5-whys"),
        ("What's next?", "whats-next"),
        ("🔥 Impact", "-impact"),
        ("Причина", "причина"),
        ("🔥", "section"),
        ("ris-main", "doc-ris-main"),
        ("Fn 1", "doc-fn-1"),
        ("FN-12 failed", "fn-12-failed"),
    ] {
        assert_eq!(headings::slug(text), slug);
    }
}

#[test]
fn the_passage_is_marked_in_its_innermost_block() {
    let text = "first\nrow\n\n- one\n- two\n\n| a |\n|---|\n| cell |\n";
    let at = |needle: &str| {
        let found = text.find(needle).unwrap();
        let start = text[..found].rfind('\n').map_or(0, |at| at + 1);
        let line = start..found + needle.len();
        render(&Source { passage: Some(&line), ..Source::fragment("a.md", text) }).html.to_string()
    };
    let anchor = r#"<span id="ris-passage" class="passage"></span>"#;
    for (needle, around) in [
        ("first", format!("<p>{anchor}first")),
        ("row", format!("<p>{anchor}first")),
        ("two", format!("<li>{anchor}two")),
        ("cell", format!("<td>{anchor}cell")),
    ] {
        let page = at(needle);
        assert!(page.contains(&around), "{page}");
    }
}

#[test]
fn text_in_angle_brackets_stays_readable() {
    let page = html("restart <pod-name> and <title> then\n\nmore <!-- never closed\n\nlast");
    for word in ["&lt;pod-name&gt;", "&lt;title&gt;", "more", "never closed", "last"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    let page = html("<details><summary>Log</summary>\n\n**bold**\n\n</details>\n\n<kbd>Q</kbd><br/>x");
    assert!(page.contains("<details><summary>Log</summary>") && page.contains("<strong>bold</strong>"), "{page}");
    assert!(page.contains("<kbd>Q</kbd><br>x"), "{page}");
}

#[test]
fn links_follow_the_knowledge_base() {
    assert!(html("[a](b.md#c)").contains(r#"href="/d/2025/b.md#c""#));
    assert!(html("<a href='../b.md'>x</a>").contains(r#"href="/d/b.md""#));
    assert!(html("![g](g.png)").contains(r#"<img src="/files/2025/g.png" alt="g">"#));
    let remote = html("![g](https://example.org/g.png) <img src=https://example.org/h.png alt=h>");
    assert!(!remote.contains("<img"), "{remote}");
    assert!(remote.contains(r#"href="https://example.org/g.png""#) && remote.contains("image: h"), "{remote}");
    assert!(!html("[![b](https://example.org/b.svg)](https://example.org)").contains("<img"));
}

/// Nothing of these may come out as markup that acts.
const PAYLOADS: [&str; 33] = [
    "> [!NOTE]\n> <script>alert(1)</script>",
    "a[^<script>]\n\n[^<script>]: <img src=x onerror=alert(1)>",
    "```<script>alert(1)</script>\nx\n```",
    "```bash\n<script>alert(1)</script> \"<img src=x onerror=alert(1)>\" -<b> ${<i>}\n```",
    "https://example.org/\"onmouseover=\"alert(1)",
    "[[x\" onclick=\"alert(1)|<img src=x onerror=alert(1)>]]",
    "[x](ris-document:javascript:alert(1))",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#x73;cript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<iframe src=https://example.org></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=https://example.org><input name=q><button>go</button></form>",
    "<style>body{display:none}</style>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<base href=https://example.org>",
    "<div style=\"position:fixed;inset:0\">x</div>",
    "<p id=ris-main class=site-header onclick=alert(1)>x</p>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<a href=x\"y>z\" onmouseover=alert(1)>q</a>",
    "![x](x.png\"onerror=\"alert(1))",
    "```\"><script>alert(1)</script>\nx\n```",
    "<<script>alert(1)</script>",
];

#[test]
fn hostile_markdown_stays_text() {
    for payload in PAYLOADS {
        for text in [
            payload.to_owned(),
            format!("text {payload} text"),
            format!("# {payload}"),
            format!("- [ ] {payload}\n\n| {payload} |\n|---|\n| x |"),
        ] {
            let page = html(&text);
            assert_eq!(ammonia_findings(&page), Vec::<String>::new(), "{payload}\n{page}");
        }
    }
}

/// Reads the page's tags, outside text and attribute values, and names each that must not be there.
fn ammonia_findings(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in page.split('<').skip(1).map(|it| it.split('>').next().unwrap_or_default()) {
        let name = tag.trim_start_matches('/').split([' ', '>']).next().unwrap_or_default();
        let outside_values: String = tag.split('"').step_by(2).collect();
        let acts = outside_values.split_whitespace().skip(1).any(|it| it.starts_with("on") || it.starts_with("style"));
        if !crate::model::HTML_ELEMENTS.contains(&name)
            || acts
            || tag.contains("javascript:")
            || tag.contains("data:text")
        {
            found.push(tag.to_owned());
        }
        if tag.contains("id=\"ris-") {
            found.push(tag.to_owned());
        }
    }
    found
}

#[test]
fn hostile_nesting_costs_no_time() {
    let deep = [
        "> ".repeat(50_000),
        "- ".repeat(40_000),
        "<div>".repeat(50_000),
        "<b><div></b>".repeat(30_000),
        "<b>".repeat(100_000),
        "*a **a ".repeat(30_000),
        "[".repeat(50_000),
        "<p>".repeat(50_000),
        "<table><tr><td>".repeat(20_000),
        format!("<div>\n{}", "<a".repeat(50_000)),
        format!("<div>\n{}", "<a=".repeat(50_000)),
        format!("<div>\n{}", "<!--".repeat(50_000)),
        format!("<p {}>", (0..50_000).map(|i| format!("a{i} ")).collect::<String>()),
        "[^a]: x\n[^b]: y ".repeat(10_000),
        (0..2_000).map(|i| format!("a[^{i}]\n\n[^{i}]: note\n\n")).collect::<String>(),
        "https://example.org/((((( [[a ".repeat(20_000),
        "http://".repeat(50_000),
        format!("https://example.org/{} ", ")".repeat(1_900)).repeat(100),
        format!("https://{}", ")".repeat(200_000)),
        format!("```json\n{}\n```", "{\"a\":1,".repeat(8_000)),
        format!("```bash\n{}\n```", "'\"${ -- /* ".repeat(5_000)),
        format!("<p {}>\n\n", (0..20).map(|i| format!("a{i} ")).collect::<String>()).repeat(5_000),
    ];
    let time = |text: &str| effort(|| render(&Source::fragment("a.md", text)));
    for text in deep {
        // What is quadratic takes thousands of times as long as prose of the same length.
        let prose = "The heron sat on *it* and `stayed`.\n\n".repeat(text.len() / 36 + 1);
        let (prose, took) = (time(&prose), time(&text));
        assert!(took < prose * 1000, "{took:?} for {:?}…, {prose:?} for prose", &text[..20]);
    }
}
