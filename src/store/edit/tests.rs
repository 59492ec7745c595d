use super::*;

fn run(text: &str, change: Change) -> Result<String, EditError> {
    edit("a.md", text.as_bytes(), &[change])
}

fn extend(text: &str, values: &[&str]) -> Result<String, EditError> {
    run(text, Change::Extend { key: "tags".into(), values: values.iter().map(|it| (*it).to_owned()).collect() })
}

fn set(text: &str, key: &str, value: &str) -> Result<String, EditError> {
    run(text, Change::Set { key: key.into(), value: value.into() })
}

fn replace(text: &str, from: &str, to: &str) -> Result<String, EditError> {
    run(text, Change::Replace { key: "tags".into(), from: from.into(), to: to.into() })
}

/// Holds `before` against `after`, where `|` stands for a line end.
fn case(edited: Result<String, EditError>, after: &str) {
    assert_eq!(edited.map(|it| it.replace('\n', "|")), Ok(after.to_owned()));
}

fn lines(text: &str) -> String {
    text.replace('|', "\n")
}

#[test]
fn a_list_is_extended_in_the_form_it_has() {
    for (before, after) in [
        ("---|tags: [a]|---|x", "---|tags: [a, new]|---|x"),
        ("---|tags: [a, 'b']  # why|---|", "---|tags: [a, 'b', new]  # why|---|"),
        ("---|tags: []|---|", "---|tags: [new]|---|"),
        ("---|tags: [a,]|---|", "---|tags: [a, new,]|---|"),
        ("---|tags: [|  a, # one|  b|]|---|", "---|tags: [|  a, # one|  b, new|]|---|"),
        ("---|tags:|  - a|  - b|date: 2025-01-01|---|", "---|tags:|  - a|  - b|  - new|date: 2025-01-01|---|"),
        ("---|tags:|- a # first|---|", "---|tags:|- a # first|- new|---|"),
        ("---|tags:|    -   \"a\"|---|", "---|tags:|    -   \"a\"|    -   new|---|"),
        ("---|tags:|  - a||# about the date|date: x|---|", "---|tags:|  - a|  - new||# about the date|date: x|---|"),
        ("---|tags:|---|", "---|tags: [new]|---|"),
        ("---|tags: # none yet|date: x|---|", "---|tags: [new] # none yet|date: x|---|"),
        ("---|tags: a|---|", "---|tags: [a, new]|---|"),
        ("---|tags: 'a'|---|", "---|tags: ['a', new]|---|"),
        ("---|tags: a, b|---|", "---|tags: a, b, new|---|"),
        ("---|tags: \"a / b\" # x|---|", "---|tags: \"a / b / new\" # x|---|"),
        ("---|Tags: [a]|---|", "---|Tags: [a, new]|---|"),
        ("---|\"tags\": [a]|---|", "---|\"tags\": [a, new]|---|"),
        ("---|title: x|---|body", "---|title: x|tags: [new]|---|body"),
        ("---|title: x|compliance:|  soc2: y|---|", "---|title: x|compliance:|  soc2: y|tags: [new]|---|"),
        ("---|# only a comment|title: x|# the end|---|", "---|# only a comment|title: x|# the end|tags: [new]|---|"),
        ("---|{title: x, tags: [a]}|---|", "---|{title: x, tags: [a, new]}|---|"),
        ("---|{title: x}|---|", "---|{title: x, tags: [new]}|---|"),
        ("---|tags: &t [a]|title: x|---|", "---|tags: &t [a, new]|title: x|---|"),
        ("---|tags: [a]|---", "---|tags: [a, new]|---"),
        ("# Title|text", "---|tags: [new]|---||# Title|text"),
        ("|# Title", "---|tags: [new]|---||# Title"),
        ("", "---|tags: [new]|---|"),
        ("***|text", "---|tags: [new]|---||***|text"),
    ] {
        case(extend(&lines(before), &["new"]), after);
    }
}

#[test]
fn what_is_there_is_not_added_again() {
    for text in
        ["---\ntags: [Config Drift]\n---\n", "---\ntags: x, config-drift\n---\n", "---\ntags:\n  - config_drift\n---\n"]
    {
        assert_eq!(extend(text, &["config-drift"]).as_deref(), Ok(text));
    }
    case(extend("---\ntags: [a]\n---\n", &["a", "b", "c"]), "---|tags: [a, b, c]|---|");
    assert_eq!(extend("# x\n", &[]).as_deref(), Ok("# x\n"));
}

#[test]
fn line_ends_and_marks_stay() {
    let crlf = |text: &str| lines(text).replace('\n', "\r\n");
    for (before, after) in [
        ("---|tags: [a]|---|x|", "---|tags: [a, b]|---|x|"),
        ("---|tags:|  - a|---|x|", "---|tags:|  - a|  - b|---|x|"),
        ("---|title: x|---|x|", "---|title: x|tags: [b]|---|x|"),
        ("# x|y|", "---|tags: [b]|---||# x|y|"),
    ] {
        assert_eq!(extend(&crlf(before), &["b"]).as_deref(), Ok(crlf(after).as_str()));
        let marked = format!("\u{feff}{}", lines(before));
        assert_eq!(extend(&marked, &["b"]).as_deref(), Ok(format!("\u{feff}{}", lines(after)).as_str()));
    }
}

#[test]
fn values_are_quoted_where_they_must_be() {
    case(
        extend("---\ntags: [a]\n---\n", &["a: b", "no", "it's", "-x", "c #1"]),
        "---|tags: [a, \"a: b\", \"no\", \"it's\", \"-x\", \"c #1\"]|---|",
    );
    case(set("---\nstatus: 'open'\n---\n", "status", "it's done"), "---|status: 'it''s done'|---|");
    case(set("---\nstatus: \"open\"\n---\n", "status", "a \"b\" \\ c"), "---|status: \"a \\\"b\\\" \\\\ c\"|---|");
    assert!(set("---\nstatus: open\n---\n", "status", "a\nb").is_err());
}

#[test]
fn a_single_value_is_set_where_it_stands_or_goes() {
    for (before, key, value, after) in [
        ("---|status: open # still|x: y|---|", "status", "resolved", "---|status: resolved # still|x: y|---|"),
        ("---|status:|x: y|---|", "status", "resolved", "---|status: resolved|x: y|---|"),
        ("---|title: x|---|", "status", "resolved", "---|title: x|status: resolved|---|"),
        ("---|a:|  b: 1|  c: 2 # two|d: 3|---|", "a.b", "9", "---|a:|  b: 9|  c: 2 # two|d: 3|---|"),
        ("---|a:|    b: 1||# of d|d: 3|---|", "a.c", "9", "---|a:|    b: 1|    c: 9||# of d|d: 3|---|"),
        ("---|a:|  b:|    x: 1|---|", "a.b.y", "2", "---|a:|  b:|    x: 1|    y: 2|---|"),
        ("---|a: {b: 1}|---|", "a.c", "2", "---|a: {b: 1, c: 2}|---|"),
        ("---|t: x|---|", "a.b.c", "2", "---|t: x|a:|  b:|    c: 2|---|"),
        ("text", "a.b", "2", "---|a:|  b: 2|---||text"),
        ("---|retention_period: 1 year|---|", "retention-period", "6 years", "---|retention_period: 6 years|---|"),
    ] {
        case(set(&lines(before), key, value), after);
    }
    let same = "---\nstatus: resolved\n---\n";
    assert_eq!(set(same, "status", "resolved").as_deref(), Ok(same));
}

#[test]
fn an_element_is_replaced_or_taken_out() {
    for (before, after) in [
        ("---|tags: [x, old, y]|---|", "---|tags: [x, new, y]|---|"),
        ("---|tags: ['Old']|---|", "---|tags: ['new']|---|"),
        ("---|tags:|  - old # why|  - y|---|", "---|tags:|  - new # why|  - y|---|"),
        ("---|tags: old|---|", "---|tags: new|---|"),
        ("---|tags: x / old|---|", "---|tags: x / new|---|"),
        ("---|tags: [new, old]|---|", "---|tags: [new]|---|"),
        ("---|tags: [old, new]|---|", "---|tags: [new]|---|"),
        ("---|tags:|  - old # why, then|  - new # too|---|", "---|tags:|  # why, then|  - new # too|---|"),
        ("---|tags:|- new|- \"old\"   # why|x: y|---|", "---|tags:|- new|# why|x: y|---|"),
        ("---|tags: [old, # why, then|  new, # too|  c]|---|", "---|tags: [ # why, then|  new, # too|  c]|---|"),
        ("---|tags: [new # too|  , old # why|  ]|---|", "---|tags: [new # too|    # why|  ]|---|"),
        ("---|tags: [a, new, # too|  # on|  old]|---|", "---|tags: [a, new # too|  # on|  ]|---|"),
        ("---|tags:|  - new|  - old|---|", "---|tags:|  - new|---|"),
        ("---|tags:|  - old|  - new|---|", "---|tags:|  - new|---|"),
        ("---|tags: [x]|---|", "---|tags: [x]|---|"),
        ("---|title: old|---|", "---|title: old|---|"),
    ] {
        case(replace(&lines(before), "old", "new"), after);
    }
    assert!(replace("---\ntags: new / old\n---\n", "old", "new").is_err());
}

#[test]
fn what_cannot_be_edited_safely_is_refused_with_its_line() {
    for (text, line, message) in [
        ("+++\ntags = ['a']\n+++\n", 1, "front matter in TOML is not edited"),
        ("---\ntitle: a: b\n---\n# x\n", 2, "the front matter is broken"),
        ("---\ntitle: x\ntags: [a\n---\n# x\n", 3, "the front matter is broken"),
        ("---\ntitle: x\n\n# never closed\n", 1, "the front matter is broken"),
        ("---\nx: &t [a]\ntags: *t\n---\n", 3, "the value is an alias of another"),
        ("---\ntags: &t [a]\nx: *t\n---\n", 2, "`tags` cannot be changed without changing what else"),
        ("---\ntags:\n  a: b\n---\n", 3, "the value is a map, not a list"),
        ("---\ntags: |\n  a\n  b\n---\n", 3, "the value goes over several lines"),
        ("---\ntags:\n  -\n    a\n---\n", 4, "the last element of the list begins on another line"),
    ] {
        let error = extend(text, &["new"]).unwrap_err();
        assert!(error.message.starts_with(message), "{text}: {}", error.message);
        assert_eq!(error.line, line, "{text}");
    }
    assert_eq!(edit("a.md", &[0xFF, 0xFE, 0x41, 0], &[]).unwrap_err().message, "the file is not UTF-8");
    assert!(set("---\na: [x]\n---\n", "a", "y").is_err());
    assert!(set("---\na: x\n---\n", "a.b", "y").is_err());
}

#[test]
fn a_record_is_edited_as_the_yaml_it_is() {
    let record = "id: INC-1\ntitle: Disk full\nseverity: high\nroot-cause: |\n  The disk\n  was full.\ntags:\n  - disk-full\n# end";
    let change =
        |values: &[&str]| Change::Extend { key: "tags".into(), values: values.iter().map(|it| (*it).into()).collect() };
    let edited = edit("a.yaml", record.as_bytes(), &[change(&["b"])]).unwrap();
    assert_eq!(edited, record.replace("  - disk-full", "  - disk-full\n  - b"));
    let plain = "id: INC-1\ntitle: Disk full\nseverity: high\nstatus: open";
    assert_eq!(edit("a.yaml", plain.as_bytes(), &[change(&["b"])]).unwrap(), format!("{plain}\ntags: [b]"));
}

#[test]
fn several_changes_follow_each_other() {
    let changes = [
        Change::Set { key: "status".into(), value: "resolved".into() },
        Change::Extend { key: "tags".into(), values: vec!["a".into()] },
        Change::Replace { key: "tags".into(), from: "a".into(), to: "b".into() },
    ];
    let edited = edit("a.md", b"# x\n", &changes).unwrap();
    assert_eq!(edited, "---\nstatus: resolved\ntags: [b]\n---\n\n# x\n");
}

#[test]
fn comments_that_would_stand_in_the_text_are_refused() {
    let comment =
        |text: &str, line: &str| edit("a.md", text.as_bytes(), &[Change::Comment { lines: vec![line.into()] }]);
    assert_eq!(comment("---\na: x\n---\n# T\n", "# b: y").unwrap(), "---\na: x\n# b: y\n---\n# T\n");
    // A line of `#` between two rules is a heading.
    assert!(comment("# T\n", "# b: y").is_err());
    assert_eq!(comment("# T\n", crate::model::OFFER).unwrap(), format!("---\n{}\n---\n\n# T\n", crate::model::OFFER));
}
