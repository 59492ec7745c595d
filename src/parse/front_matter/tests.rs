use super::*;
use proptest::prelude::*;

fn split_text(text: &str) -> Split {
    split(text, &LineIndex::new(text))
}

fn summary(text: &str) -> (Vec<String>, String, Vec<(&'static str, u32)>) {
    let split = split_text(text);
    let entries = split.front_matter.map(|fm| fm.entries).unwrap_or_default();
    let entries = entries.into_iter().map(|e| format!("{}={}@{}", e.path, e.value, e.line)).collect();
    let diagnostics = split.diagnostics.iter().map(|found| (found.code, found.line)).collect();
    (entries, text[split.body_start..].to_owned(), diagnostics)
}

#[test]
fn blocks_are_split_off() {
    for (text, entries, body) in [
        ("---\na: 1\n---\n# T\n", vec!["a=1@2"], "# T\n"),
        ("---\r\na: 1\r\n---\r\n# T\r\n", vec!["a=1@2"], "# T\r\n"),
        ("---\na: 1\n...\n# T\n", vec!["a=1@2"], "# T\n"),
        ("--- \na: 1\n---  \n# T\n", vec!["a=1@2"], "# T\n"),
        ("\n\n---\na: 1\n---\nb\n", vec!["a=1@4"], "b\n"),
        ("<!-- licence\n-->\n\n---\na: 1\n---\nb\n", vec!["a=1@5"], "b\n"),
        ("---\n# a comment\na: 1\n\n# --- more ---\nb: 2\n---\n", vec!["a=1@3", "b=2@6"], ""),
        ("---\n---\nb\n", vec![], "b\n"),
        (&format!("---\n{OFFER}\n# id: INC-7\n# tags:\n#   - dns\n---\n\n## A\n"), vec![], "\n## A\n"),
        ("---\na: |\n  text\n  ---\n---\nb\n", vec!["a=text\n---\n@2"], "b\n"),
        ("---\n\"quoted key\": 1\n---\n", vec!["quoted key=1@2"], ""),
        ("---\n{\"a\": 1}\n---\nb", vec!["a=1@2"], "b"),
        (
            "+++\na = \"x\"\n[b]\nc = [1, 2]\nd = 2026-01-10\n+++\nbody",
            vec!["a=x@2", "b.c=1@4", "b.c=2@4", "b.d=2026-01-10@5"],
            "body",
        ),
    ] {
        let (found, rest, diagnostics) = summary(text);
        assert_eq!((diagnostics, rest.as_str()), (vec![], body), "{text}");
        if !text.contains("a: |") {
            assert_eq!(found, entries, "{text}");
        }
        let block = split_text(text).front_matter.unwrap();
        assert!(block.valid && text[block.span.start..].starts_with(['-', '+']));
    }
}

#[test]
fn banners_and_breaks_are_no_front_matter() {
    for text in [
        "",
        "---",
        "---\n",
        "# T\n---\na: 1\n---\n",
        "---\n\n# Outage\n\nStatus: open\n\n---\n",
        "---\n# Outage\n\ntext\n",
        "---\n**Status**: open\n---\n",
        "---\nJust a sentence that goes on.\n---\nmore\n",
        "---\n- item\n---\n",
        "---\nNote: read this first.\n\nThe database was down.\n\n---\n\nmore\n",
        "---\n\nINCIDENT REPORT\n\n---\n",
        "-----\na: 1\n-----\n",
        "+++\na = 1\n",
        "<!-- never closed\n---\na: 1\n---\n",
    ] {
        assert_eq!(summary(text), (vec![], text.to_owned(), vec![]), "{text}");
    }
}

#[test]
fn a_missing_fence_costs_an_error_and_no_text() {
    for (text, entries, body) in [
        ("---\na: 1\nb: 2\n\n# T\n\ntext\n", vec!["a=1@2", "b=2@3"], "\n# T\n\ntext\n"),
        ("---\na: 1\n\nSome words.\n", vec!["a=1@2"], "\nSome words.\n"),
        ("---\na: 1\nb:\n  - x\n\n# T\n\n---\n\nmore\n", vec!["a=1@2", "b=x@4"], "\n# T\n\n---\n\nmore\n"),
        ("---\na: 1\n", vec!["a=1@2"], ""),
        ("---\na: x: y\n\n## T\n", vec!["a=x: y@2"], "\n## T\n"),
    ] {
        assert_eq!(
            summary(text),
            (entries.iter().map(ToString::to_string).collect(), body.to_owned(), vec![("front-matter-unclosed", 1)]),
            "{text}"
        );
        assert!(!split_text(text).front_matter.unwrap().valid);
    }
}

#[test]
fn what_a_broken_block_says_is_rescued() {
    let text = "---\nid: INC-7\ntitle: Outage: DB down\ntags: [a, b]\nsoc2:\n  controls:\n  - CC7.3\n\towner: @bo # me\nlast: 'q'\n---\nbody\n";
    let (entries, body, diagnostics) = summary(text);
    let expected = [
        "id=INC-7@2",
        "title=Outage: DB down@3",
        "tags=a@4",
        "tags=b@4",
        "soc2.controls=CC7.3@7",
        "soc2.owner=@bo@8",
        "last=q@9",
    ];
    assert_eq!(entries, expected);
    assert_eq!((body.as_str(), diagnostics), ("body\n", vec![("front-matter-invalid", 3)]));
    let block = split_text(text).front_matter.unwrap();
    assert!(!block.valid);
    let title = block.get("title").unwrap().span.unwrap();
    assert_eq!(&text[title.start..title.end], "Outage: DB down");
}

#[test]
fn lines_are_those_of_the_file() {
    let (_, _, diagnostics) = summary("<!-- x -->\n---\na: 1\nb: [\n---\nbody\n");
    assert_eq!(diagnostics, [("front-matter-invalid", 4)]);
    let (_, _, diagnostics) = summary("+++\na = 1\nb = \n+++\nbody\n");
    assert_eq!(diagnostics, [("front-matter-invalid", 3)]);
    let (entries, _, diagnostics) = summary("---\na: 1\na: 2\n---\nbody\n");
    assert_eq!((entries, diagnostics), (vec!["a=1@2".to_owned()], vec![("duplicate-key", 3)]));
}

#[test]
fn large_blocks_keep_their_body() {
    let text = format!("---\nid: X\nlong: \"{}é\"\n---\n# T\n", "é".repeat(40_000));
    let (entries, body, diagnostics) = summary(&text);
    assert_eq!(
        (entries[0].as_str(), body.as_str(), diagnostics),
        ("id=X@2", "# T\n", vec![("front-matter-too-large", 1)])
    );
    let far = format!("---\nid: X\n\n# T\n\n{}\n---\n", "words\n".repeat(20_000));
    let (entries, body, diagnostics) = summary(&far);
    assert_eq!((entries, diagnostics), (vec!["id=X@2".to_owned()], vec![("front-matter-unclosed", 1)]));
    assert!(body.starts_with("\n# T"));
}

#[test]
fn hostile_blocks_keep_their_body() {
    for block in ["- ".repeat(30_000), "[".repeat(60_000), "a:\n".repeat(20_000), "k: &a *a\n".repeat(6_000)] {
        let text = format!("---\na: 1\n{block}\n---\nbody\n");
        let split = split_text(&text);
        assert_eq!(&text[split.body_start..], "body\n", "{block:.20}");
        assert!(!split.diagnostics.is_empty());
    }
    for text in
        ["---\na: 1\n".repeat(50_000), "---\n#\n".repeat(50_000), format!("---\n{}", "a: 1\n\n#\n".repeat(50_000))]
    {
        assert!(split_text(&text).body_start <= text.len());
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "(---|\\+\\+\\+|)\n([a-c]: |  |- |#|\t|\\[|\\{|\\||>|&a|\\*a|'|\"|é|---|=|\n){0,40}") {
        let split = split_text(&text);
        prop_assert!(text.is_char_boundary(split.body_start));
        for entry in split.front_matter.iter().flat_map(|fm| &fm.entries) {
            let span = entry.span.unwrap();
            prop_assert!(text.get(span.start..span.end).is_some());
            prop_assert!(entry.line >= 1 && entry.line <= LineIndex::new(&text).count());
        }
    }

    #[test]
    fn nothing_at_all_panics(text in "\\PC{0,80}") {
        split_text(&text);
        split_text(&format!("---\nk: {text}\n---\n"));
        split_text(&format!("+++\nk = {text}\n+++\n"));
    }
}
