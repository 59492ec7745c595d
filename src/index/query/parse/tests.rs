use crate::index::error::QueryError;
use crate::index::query::{Filter, Form, Node, Parsed, Reading};
use crate::parse::SeverityScale;

fn has_key(path: &str) -> bool {
    matches!(path, "compliance" | "compliance.soc2" | "compliance.soc2.evidence-type" | "version")
}

fn parse(text: &str, has_key: &dyn Fn(&str) -> bool) -> Result<Parsed, QueryError> {
    super::parse(text, has_key, &SeverityScale::default(), Reading::Strict)
}

fn understood(text: &str) -> Parsed {
    parse(text, &has_key).unwrap_or_else(|error| panic!("`{text}`: {error}"))
}

/// Shows a tree in a compact form.
fn show(node: &Node) -> String {
    let list = |parts: &[Node]| parts.iter().map(show).collect::<Vec<_>>().join(" ");
    match node {
        Node::All(parts) => format!("({})", list(parts)),
        Node::Any(parts) => format!("any({})", list(parts)),
        Node::Not(inner) => format!("-{}", show(inner)),
        Node::Text(text) => match text.form {
            Form::Word => text.text.clone(),
            Form::Phrase => format!("\"{}\"", text.text),
            Form::Prefix => format!("{}*", text.text),
        },
        Node::Filter(Filter::Facts(list)) => format!("{{{}}}", list.join("|")),
        Node::Filter(other) => format!("{other:?}"),
    }
}

fn tree(text: &str) -> String {
    show(&understood(text).root)
}

#[test]
fn reads_words_phrases_exclusions_and_alternatives() {
    let cases = [
        ("", "()"),
        ("redis", "redis"),
        ("redis down", "(redis down)"),
        ("\"not known\" redis", "(\"not known\" redis)"),
        ("redis -kafka -\"a b\"", "(redis -kafka -\"a b\")"),
        ("a OR b c", "any(a (b c))"),
        ("(a OR b) NOT c", "(any(a b) -c)"),
        ("time* AND out", "(time* out)"),
        ("or and not", "(or and not)"),
    ];
    for (text, expected) in cases {
        assert_eq!(tree(text), expected, "{text}");
    }
}

#[test]
fn reads_fields() {
    let cases = [
        ("severity:critical", "{d:severity=1}"),
        ("severity:P0", "{d:severity=1}"),
        ("sev:SEV-2", "{d:severity=2}"),
        ("severity:>=high", "{d:severity=1|d:severity=2}"),
        ("severity:high,low", "any({d:severity=2} {d:severity=4})"),
        ("severity:(high OR low)", "any({d:severity=2} {d:severity=4})"),
        ("-status:closed", "-{d:status=closed}"),
        ("status:Resolved", "{d:status=resolved}"),
        ("kind:fix_plan", "{d:kind=fix-plan}"),
        ("service:Redis", "{d:service=redis}"),
        ("service:\"Payment API\"", "{d:service=payment api}"),
        ("owner:Ada", "{d:owner=ada|w:owner=ada}"),
        ("service:pay*", "FactsFrom(\"d:service=pay\")"),
        ("id:INC-2025-0042", "{d:id=inc-2025-0042}"),
        ("version:1.0", "any({f:version=1.0} Below(\"f:version.\", \"1.0\"))"),
    ];
    for (text, expected) in cases {
        assert_eq!(tree(text), expected, "{text}");
    }
    assert!(
        tree("compliance.SOC2.evidence_type:documentation").contains("f:compliance.soc2.evidence-type=documentation")
    );
}

#[test]
fn reads_days_months_and_years() {
    let days = |text: &str| match understood(text).root {
        Node::Filter(Filter::Days(from, to)) => (from, to),
        other => panic!("{text}: {other:?}"),
    };
    let (first, last) = days("in:2025-12");
    assert_eq!(last - first, 30);
    assert_eq!(days("in:2025-02").1 - days("in:2025-02").0, 27);
    assert_eq!(days("year:2025"), days("in:2025"));
    assert_eq!(days("in:2025-q4"), days("in:2025-10..2025-12"));
    assert_eq!(days("in:2024-H2..2025-Q1"), days("in:2024-07..2025-03"));
    assert_eq!(days("before:2025-12").1, first - 1);
    assert_eq!(days("after:2025-12").0, last + 1);
    assert_eq!(days("date:>=2025-12-01").0, first);
    assert_eq!(days("in:2025-12-01..2025-12"), (first, last));
    let (first, last) = days("in:0311-08-07..9999-12-31");
    assert!(first < -600_000 && last > 2_900_000, "a whole day is one in any year: {first} {last}");
}

#[test]
fn takes_pasted_text_as_text() {
    for text in [
        "10.0.3.7:6379",
        "http://example.com/a?b=c",
        "db:down",
        "Error -2 connecting to credmate-redis:6379.",
        "main() failed",
        "foo) bar",
        "std::io::Error",
        "C:\\temp",
        "a - b",
        "rm -- x",
        "{\"a\": 1}",
        "'quoted'",
        "50% (approx.)",
    ] {
        let parsed = understood(text);
        assert!(
            !show(&parsed.root).contains(['{', '-', '}']) || text.contains(['-', '{']),
            "{text}: {:?}",
            parsed.root
        );
    }
    assert_eq!(tree("Error -2 connecting to credmate-redis:6379."), "(Error -2 connecting to credmate-redis:6379.)");
    assert_eq!(tree("db:down"), "db:down");
}

#[test]
fn says_when_a_field_was_probably_misspelt() {
    let notices = understood("severty:high").notices;
    assert_eq!(notices.len(), 1);
    assert!(notices[0].contains("did you mean `severity:high`?"), "{notices:?}");
    assert!(understood("redis:6379").notices.is_empty());
}

#[test]
fn a_value_may_stand_behind_a_blank() {
    for (wide, close) in
        [("service: claims-db down", "service:claims-db down"), ("Severity: \"SEV2\"", "severity:SEV2")]
    {
        assert_eq!(tree(wide), tree(close), "{wide}");
    }
    assert_eq!(parse("service: ", &has_key).unwrap_err().span, 0..8);
}

#[test]
fn what_is_not_closed_ends_with_the_query() {
    for (open, closed, what) in [
        (
            "redis \"not known",
            "redis \"not known\"",
            "quotation mark is not closed; everything after it is taken as the phrase",
        ),
        (
            "service:\"claims-db",
            "service:\"claims-db\"",
            "quotation mark is not closed; everything after it is taken as the phrase",
        ),
        ("(redis OR disk", "(redis OR disk)", "parenthesis is not closed; everything after it is taken as inside it"),
        (
            "((redis OR disk) full",
            "((redis OR disk) full)",
            "parenthesis is not closed; everything after it is taken as inside it",
        ),
    ] {
        assert_eq!(tree(open), tree(closed), "{open}");
        assert_eq!(understood(open).notices, [format!("The {what}.")]);
        assert!(understood(closed).notices.is_empty(), "{closed}");
    }
}

#[test]
fn points_at_what_is_wrong() {
    let cases = [
        ("redis )", 6..7, "closes nothing"),
        ("a ( ) b", 2..5, "there is nothing between"),
        ("(((", 2..3, "there is nothing between"),
        ("OR a", 0..2, "before this `OR`"),
        ("a OR", 2..4, "after this `OR`"),
        ("a NOT", 2..5, "after this `NOT`"),
        ("severity:", 0..9, "has no value"),
        ("a severity:urgent", 11..17, "is no severity"),
        ("status:resolvd", 7..14, "is no value"),
        ("before:yesterday", 7..16, "is no date"),
        ("in:2025-13", 3..10, "is no date"),
        ("in:2025-Q5", 3..10, "is no date"),
        ("in:2025-H0", 3..10, "is no date"),
        ("in:0311", 3..7, "is no date"),
        ("after:311-08-07", 6..15, "is no date"),
        ("year:20x5", 5..9, "is no year"),
    ];
    for (text, span, message) in cases {
        let error = parse(text, &has_key).expect_err(text);
        assert_eq!(error.span, span, "{text}");
        assert!(error.message.contains(message), "{text}: {error}");
    }
    let error = parse("status:resolvd", &has_key).unwrap_err();
    assert_eq!(error.hint.as_deref(), Some("did you mean `status:resolved`?"));
}

#[test]
fn a_file_or_key_with_its_value_behind_a_blank_may_be_words() {
    let loosened =
        |text: &str| super::parse(text, &has_key, &SeverityScale::default(), Reading::Forgiving).unwrap().loosened;
    assert!(loosened("cannot read file: ledger.yaml") && loosened("no such version: ledger"));
    assert!(!loosened("file:ledger.yaml") && !loosened("version:3") && !loosened("service: ledger"));
    assert!(!loosened("no such version: \"ledger\""));
}

#[test]
fn a_search_takes_values_that_are_none_for_words_and_says_so() {
    let forgiven = |text: &str| {
        super::parse(text, &has_key, &SeverityScale::default(), Reading::Forgiving)
            .map(|it| (show(&it.root), it.notices))
    };
    let cases = [
        ("status:500 kind:Pod", "(status 500 kind Pod)"),
        ("level:error service:foo bar", "(level error {d:service=foo} bar)"),
        ("redis -kind:Pod down", "(redis -(kind Pod) down)"),
        ("a -type:Pod (b c)", "(a -(type Pod) (b c))"),
        ("severity: urgent", "(severity urgent)"),
        ("severity:high,urgent", "(severity high,urgent)"),
        ("redis OR state:Running", "any(redis (state Running))"),
        ("date:2025-12-17T08:00:00Z", "(date 2025-12-17T08:00:00Z)"),
        ("status:", "status"),
        ("Retrying (Retry(total=2, connect=None)) gave up", "(Retrying (Retry(total=2, connect=None) gave up)"),
        ("redis )", "redis"),
    ];
    for (text, expected) in cases {
        let (root, notices) = forgiven(text).unwrap();
        assert_eq!(root, expected, "{text}");
        assert!(!notices.is_empty(), "{text}");
    }
    let words =
        super::parse("service:foo down owner:\"ana\"", &has_key, &SeverityScale::default(), Reading::Words).unwrap();
    assert_eq!((show(&words.root).as_str(), words.notices.len()), ("(service foo down {d:owner=ana|w:owner=ana})", 0));
    let notices = |text: &str| forgiven(text).unwrap().1;
    assert_eq!(
        notices("status:500 status:404"),
        ["`status:500` was searched for as words: values of `status` are `open`, `investigating`, `mitigated`, \
          `resolved`, `closed`."]
    );
    for (typo, meant) in [("status:opne", "status:open"), ("severity:hihg", "severity:high")] {
        let said = notices(typo);
        assert!(said[0].ends_with(&format!(": did you mean `{meant}`?")), "{said:?}");
    }
    for paste in ["class has: selector", "has:.selector", "in:5 after:30s", "before:2025-12-17T08:00:00Z"] {
        assert!(forgiven(paste).is_ok(), "{paste}");
    }
    for (meant, place) in
        [("has:foo", 4..7), ("a -has:fix", 7..10), ("in:2025-13", 3..10), ("before:2025-02-30", 7..17)]
    {
        assert_eq!(forgiven(meant).unwrap_err().span, place, "nothing is found by chance: {meant}");
    }
    assert!(forgiven("has:foo").unwrap_err().hint.unwrap().contains("`resolution`, `cause`, `compliance`"));
    for quoted in ["status:\"500\"", "before:\"soon\"", "severity:(high OR urgent)"] {
        assert!(forgiven(quoted).is_err(), "{quoted}");
    }
}

#[test]
fn bounds_depth_and_length() {
    assert!(parse(&"(".repeat(100_000), &has_key).is_err());
    let deep = format!("{}a{}", "(".repeat(200), ")".repeat(200));
    assert!(parse(&deep, &has_key).unwrap_err().message.contains("deep"));
    assert!(parse(&"a ".repeat(20_000), &has_key).is_err());
    assert!(parse(&"- ".repeat(10_000), &has_key).is_ok());
    assert!(parse(&"NOT ".repeat(8_000), &has_key).is_err());
}

#[test]
fn names_of_severities_are_those_of_the_team() {
    let mut scale = SeverityScale::default();
    for (written, level) in [("P1", 1), ("P2", 2), ("Sev A", 1)] {
        scale.add(written, crate::model::Severity::from_level(level).unwrap()).unwrap();
    }
    let read = |text: &str| super::parse(text, &has_key, &scale, Reading::Strict).map(|it| show(&it.root));
    for (text, expected) in [
        ("severity:p1", "{d:severity=1}"),
        ("severity:>=p2", "{d:severity=1|d:severity=2}"),
        ("severity:\"sev a\"", "{d:severity=1}"),
        ("severity:(p1 OR sev-a OR sev4)", "any({d:severity=1} {d:severity=1} {d:severity=4})"),
    ] {
        assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
    }
    let hint = |text: &str| read(text).unwrap_err().hint.unwrap();
    assert!(hint("severity:p7").contains("and by ris.toml `P1` (critical), `Sev A` (critical), `P2` (high); `>=high`"));
    assert_eq!(hint("severity:\"sev b\""), "did you mean `severity:\"Sev A\"`?");
    (1..=5).for_each(|at| scale.add(&at.to_string(), crate::model::Severity::from_level(6 - at).unwrap()).unwrap());
    let rising = super::parse("severity:>=4", &has_key, &scale, Reading::Strict).unwrap();
    assert_eq!(show(&rising.root), "{d:severity=1|d:severity=2}");
}
