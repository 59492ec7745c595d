use proptest::prelude::*;

use super::*;

const CODES: Codes = Codes { invalid: "invalid", too_complex: "complex" };

fn read_all(text: &str) -> Yaml {
    read(text, 0..text.len(), &LineIndex::new(text), CODES)
}

fn flat(text: &str) -> Vec<(String, String, bool, u32)> {
    let read = read_all(text);
    assert_eq!(read.failure, None, "{text}");
    read.entries.into_iter().map(|e| (e.path, e.value, e.in_list, e.line)).collect()
}

fn row(path: &str, value: &str, in_list: bool, line: u32) -> (String, String, bool, u32) {
    (path.to_owned(), value.to_owned(), in_list, line)
}

#[test]
fn maps_and_lists_become_paths() {
    let text = "a:\n  b.c: 1\n  d:\n  - x\n  - y: 2\n    z: 'q'\nlast: \"t\\u00e9\"\nlist: [1, {k: v}]\n";
    let expected = [
        row("a.b.c", "1", false, 2),
        row("a.d", "x", true, 4),
        row("a.d.y", "2", true, 5),
        row("a.d.z", "q", true, 6),
        row("last", "té", false, 7),
        row("list", "1", true, 8),
        row("list.k", "v", true, 8),
    ];
    assert_eq!(flat(text), expected);
}

#[test]
fn scalars_are_kept_as_written() {
    for (yaml, value) in [
        ("0042", "0042"),
        ("1.10", "1.10"),
        ("yes", "yes"),
        ("~", "~"),
        ("null", "null"),
        ("", ""),
        ("2026-01-10", "2026-01-10"),
        ("12:30", "12:30"),
        ("'2026-01-10'", "2026-01-10"),
        ("|\n  two\n  lines", "two\nlines\n"),
        (">-\n  folded\n  text", "folded text"),
        ("a # comment", "a"),
        ("http://x.example/a#b", "http://x.example/a#b"),
        ("!!str 7", "7"),
    ] {
        let rows = flat(&format!("key: {yaml}\nz: z"));
        let values: Vec<_> = rows.iter().map(|(path, value, ..)| (path.as_str(), value.as_str())).collect();
        assert_eq!(values, [("key", value), ("z", "z")]);
    }
}

#[test]
fn spans_are_the_values_bytes() {
    let text = "é: 1\nkey: 'quoted'\nlist: [ä, b]\n";
    let slices: Vec<_> =
        read_all(text).entries.iter().map(|e| &text[e.span.unwrap().start..e.span.unwrap().end]).collect();
    assert_eq!(slices, ["1", "'quoted'", "ä", "b"]);
}

#[test]
fn the_first_of_two_equal_keys_counts() {
    let read = read_all("a: 1\nb: {c: 1, c: [2, {d: 3}], e: 4}\na: {x: 2}\nf: 5\n");
    let paths: Vec<_> = read.entries.iter().map(|e| format!("{}={}", e.path, e.value)).collect();
    assert_eq!(paths, ["a=1", "b.c=1", "b.e=4", "f=5"]);
    let lines: Vec<_> = read.warnings.iter().map(|w| (w.code, w.line)).collect();
    assert_eq!(lines, [("duplicate-key", 2), ("duplicate-key", 3)]);
}

#[test]
fn aliases_and_merges_are_followed() {
    let text = "base: &b {x: 1, l: [2]}\ncopy: *b\nmerged:\n  <<: *b\n  y: 3\ns: &s v\nt: [*s]\n? [k, {n: m}]\n: w\n";
    let expected = [
        row("base.x", "1", false, 1),
        row("base.l", "2", true, 1),
        row("copy.x", "1", false, 2),
        row("copy.l", "2", true, 2),
        row("merged.x", "1", false, 4),
        row("merged.l", "2", true, 4),
        row("merged.y", "3", false, 5),
        row("s", "v", false, 6),
        row("t", "v", true, 7),
        row("?", "w", false, 9),
    ];
    assert_eq!(flat(text), expected);
}

#[test]
fn problems_name_line_and_remedy() {
    for (text, line, what, hint) in [
        ("a: 1\ntitle: Outage: DB down\n", 2, "`: `", "`title: \"Outage: DB down\"`"),
        ("a:\n\tb: 1\n", 2, "tab", "spaces"),
        ("a: 1\nowner: @alice\n", 2, "`@`", "quotes"),
        ("a: \"open\nb: 1\n", 2, "quote", "close"),
        ("a: [1, 2\nb: 1\n", 2, "`[`", "quotes"),
        ("a: *nobody\n", 1, "anchor", "quotes"),
        ("a: 1\njust words\nb: 2\n", 2, "neither", "key: value"),
        ("a: %x\n", 1, "`%`", "quotes"),
        ("title: {{ title }} x\n", 1, "", "quotes"),
    ] {
        let failure = read_all(text).failure.unwrap_or_else(|| panic!("{text} is valid"));
        let shown = format!("{}: {} / {:?}", failure.line, failure.message, failure.hint);
        assert_eq!(failure.code, "invalid", "{shown}");
        assert!(failure.line.abs_diff(line) == 0, "{text}{shown}");
        assert!(failure.message.contains(what), "{text}{shown}");
        assert!(failure.hint.is_some_and(|h| h.contains(hint)), "{text}{shown}");
    }
}

#[test]
fn bombs_are_defused() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for i in 1..20 {
        laughs.push_str(&format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(", ")));
    }
    let quadratic = format!("a: &a [{}]\nb: [{}]\n", "x,".repeat(10_000), "*a,".repeat(2_000));
    let long = format!("a: &a {}\nb: &b [{}]\nc: [{}]\n", "x".repeat(50_000), "*a,".repeat(30), "*b,".repeat(30));
    let keys = format!(
        "? {}\n: {{{}}}\n",
        "k".repeat(30_000),
        (0..4000).map(|i| format!("k{i}: 1")).collect::<Vec<_>>().join(", ")
    );
    for text in [
        laughs,
        quadratic,
        long,
        keys,
        "[".repeat(100_000),
        "{a: ".repeat(50_000),
        "- ".repeat(100_000),
        "? ".repeat(50_000),
        "a:\n".repeat(40_000),
        format!("a: [{}]", "1,".repeat(30_000)),
        (0..100).map(|i| format!("k{i}: &x{i} v\n")).collect(),
        "&a ".repeat(20_000),
        "!".repeat(50_000),
        format!("a: {}", "'".repeat(60_000)),
    ] {
        let read = read_all(&text);
        let weight: usize = read.entries.iter().map(|e| e.path.len() + e.value.len()).sum();
        assert!(read.entries.len() <= MAX_NODES && weight <= MAX_BYTES + 200_000, "{text:.40}");
        assert!(
            read.failure.is_some() || text.starts_with("a:\n") || text.ends_with('\'') || text.starts_with('&'),
            "{text:.40}"
        );
    }
}

#[test]
fn plain_blocks_are_read_by_lines() {
    let text = "# c\nid: INC-1\ntitle: \"a: b\" \ntags: [x, 'y z']\n\nempty:\nc:\n  soc2:\n    controls:\n    - CC7.4\n  é: —\n";
    let text = text.replace("é:", "e:");
    let lines = LineIndex::new(&text);
    assert!(simple::read(&text, 0..text.len(), &lines).is_some());
    for odd in
        ["a: b: c\n", "a: >\n  x\n", "a: x\n  y\n", "a: 1\na: 2\n", "a: &b c\n", "- a\n", "a: \"\\n\"\n", "a:\tb\n", ""]
    {
        assert!(simple::read(odd, 0..odd.len(), &LineIndex::new(odd)).is_none(), "{odd}");
    }
}

/// Lines that the reader by lines knows, and such as it must leave alone.
const LINES: [&str; 44] = [
    "",
    " ",
    "# c",
    "a:",
    "b:",
    "c: 1",
    "d: 'x'",
    "e: \"y z\" ",
    "f: [1, b c]",
    "g: []",
    "h: [a, 'b', \"c\"]",
    "- x",
    "- 'y'",
    "-  z ",
    "-",
    "- - a",
    "- k: v",
    "- k:",
    "i: b: c",
    "j: x #y",
    "k: x#y",
    "l: # c",
    "m: é — x",
    "n:  two  words  ",
    "o: -",
    "p: x:",
    "q: 'it''s'",
    "r: [a, ]",
    "s: [a b: c]",
    "t: http://x/y",
    "u: \"\\n\"",
    "v: @x",
    "w: (a)",
    "x: ~",
    "y: |",
    "z: >-",
    "text",
    "key with spaces: 1",
    "a-b_c: /x",
    "...",
    "aa: &x 1",
    "bb: *x",
    "cc: {a: 1}",
    "dd: '",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn reading_by_lines_is_reading(lines in prop::collection::vec((0..4_usize, prop::sample::select(&LINES[..])), 1..9)) {
        let text: String = lines.iter().map(|(depth, line)| format!("{}{line}\n", "  ".repeat(*depth))).collect();
        let lines = LineIndex::new(&text);
        if let Some(yaml) = simple::read(&text, 0..text.len(), &lines) {
            let general = read_general(&text, 0..text.len(), &lines, CODES);
            prop_assert_eq!((general.failure, general.warnings, general.is_map), (None, Vec::new(), true), "{}", text);
            prop_assert_eq!(yaml.entries, general.entries, "{}", text);
        }
    }

    #[test]
    fn values_read_by_lines_are_those_read(value in "[ -~é—]{0,12}") {
        for text in [format!("a: {value}\nb: 1\n"), format!("a:\n- {value}\n"), format!("a: [{value}]\n")] {
            let lines = LineIndex::new(&text);
            if let Some(yaml) = simple::read(&text, 0..text.len(), &lines) {
                let general = read_general(&text, 0..text.len(), &lines, CODES);
                prop_assert_eq!(general.failure, None, "{}", text);
                prop_assert_eq!(yaml.entries, general.entries, "{}", text);
            }
        }
    }
}
