//! Templates: the built-in ones hold together, a team's own are read, and what fails says where.

use serde_json::json;

use super::*;
use crate::parse::{ParseOptions, parse};

fn values() -> Values {
    let mut values = Values::default();
    values.set("front_matter", "id: INC-1\ntitle: T\ndate: 2026-01-05\n");
    values.set("title", "Redis | \"refused\" us");
    values.set("zone", "UTC");
    values.set("discovered", "2026-01-05");
    values.set("timeline", [json!({"time": "2026-01-05 12:00", "text": "a | b"})]);
    values.set("error", "```\nERR max number of clients reached\n```");
    values.set("hosts", ["web-1"]);
    values.set("like", json!({"id": "INC-0", "title": "Before", "link": "INC-0.md"}));
    values.set("questions", ["Why was it not noticed?", "Who was told?"]);
    values
}

fn team(text: &str) -> Templates {
    Templates::new(&[TemplateFile { path: "templates/ours.md".into(), text: text.into() }])
}

fn failure(text: &str) -> TemplateError {
    team(text).render("ours", &values()).expect_err("it fails")
}

#[test]
fn every_built_in_template_gives_a_document_that_claims_nothing() {
    let templates = Templates::new(&[]);
    let names = ["incident", "postmortem", "rca", "resolution", "fix-plan", "breach", "drill", "near-miss"];
    assert_eq!(templates.names(), names);
    for name in names {
        let text = templates.render(name, &values()).unwrap_or_else(|error| panic!("{error}"));
        assert!(text.starts_with("---\nid: INC-1\n") && !text.contains("{{") && !text.contains("\n\n\n"), "{text}");
        let lines: Vec<&str> = text.lines().collect();
        let together = lines.windows(2).find(|pair| pair.iter().all(|line| line.starts_with("> ? ")));
        assert_eq!(together, None, "{name}: two questions in one paragraph");
        let document = parse("INC-1.md", text.as_bytes(), &ParseOptions::default()).document;
        assert_eq!(document.diagnostics, [], "{name}");
        assert!(!document.has_root_cause && document.root_cause.is_none() && document.resolution.is_none(), "{name}");
        assert_eq!((document.tags.len(), document.action_items.len(), document.commands.len()), (0, 0, 0), "{name}");
        let info = templates.get(name).expect("it is there").expect("it can be read");
        assert!(!info.about.is_empty() && info.origin == TemplateOrigin::BuiltIn, "{name}");
    }
}

#[test]
fn timelines_errors_and_precedents_come_through() {
    let text = Templates::new(&[]).render("incident", &values()).unwrap();
    assert!(text.contains("\n````text\n```\nERR max number of clients reached\n```\n````\n"), "{text}");
    assert!(text.contains("| 2026-01-05 12:00 | a \\| b |\n"), "{text}");
    assert!(
        text.contains("## Questions that helped in INC-0\n\n> ? Why was it not noticed?\n>\n> ? Who was told?\n"),
        "{text}"
    );
    let document = parse("INC-1.md", text.as_bytes(), &ParseOptions::default()).document;
    assert_eq!(document.timeline.len(), 1);
    assert_eq!(document.timeline[0].at.unwrap().to_json().unwrap(), "2026-01-05T12:00:00Z");
}

#[test]
fn a_team_adds_and_overrides() {
    let text = "{#\nkind: drill\nabout: Ours.\nvariables:\n  ticket: The ticket.\n  steps: {default: [one, two]}\n#}\n\
                # {{ title }} {{ ticket }}\n{% for it in steps %}\n- {{ it }}\n{% endfor %}\n";
    let templates = team(text);
    let info = templates.get("ours").unwrap().unwrap();
    assert_eq!((info.kind.as_str(), info.about.as_str()), ("drill", "Ours."));
    assert_eq!(info.variables.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["ticket", "steps"]);
    let mut values = values();
    values.set("ticket", "OPS-1");
    assert_eq!(templates.render("ours", &values).unwrap(), "# Redis | \"refused\" us OPS-1\n- one\n- two\n");
    let file = TemplateFile { path: "templates/incident.md".into(), text: "Ours: {{ title }}\r\n".into() };
    let templates = Templates::new(&[file]);
    assert_eq!(templates.render("incident", &values).unwrap(), "Ours: Redis | \"refused\" us\n");
}

#[test]
fn what_fails_says_where_and_why() {
    let told = |text: &str| {
        let error = failure(text);
        (error.line, error.to_string())
    };
    for (text, line, message) in [
        ("a\n\n{% if title %}\n\nb\n", 3, "`{% if %}` is not closed"),
        (
            "a {# a\nb #}\n{{ title }}{ %\n{% set it\n = 1 %}\n{% for it\n in hosts %}\nb\n",
            6,
            "`{% for %}` is not closed",
        ),
        (
            "{% if title %}\n{% for it in hosts %}\n{% raw %}{% if %}{% endraw %}\n{# {% if %} #}\n",
            2,
            "`{% for %}` is not",
        ),
        ("{#\nvariables:\n  a: {abuot: x}\n#}\n{{ a }}\n", 3, "a variable is a text that says what it is"),
        ("a\n{{ titel }}\n", 2, "nothing sets `titel`"),
        ("a\n{{ title\n  ~ titel }}\n", 3, "nothing sets `titel`"),
        ("a\n{{ title titel }} {%}\n", 2, "syntax error"),
        ("a\n{{ title | shout }}\n", 2, "filter shout is unknown"),
        ("a\n{{ related[0].id }}\n", 2, "undefined value"),
        ("{#\nkind: incidnt\n#}\na\n", 2, "there is no kind `incidnt`"),
        ("{#\nkind: [\n#}\na\n", 2, "its head cannot be read"),
        ("{% for a in range(9000) %}{% for b in range(9000) %}x{% endfor %}{% endfor %}\n", 1, "ran out of fuel"),
    ] {
        let (at, told) = told(text);
        assert!(told.starts_with("template `templates/ours.md` fails"), "{told}");
        assert!(told.contains(message), "{told}");
        assert_eq!(at, line, "{told}");
    }
    for (text, hint) in [
        ("{% if title %}\n", "close it by `{% endif %}`"),
        ("{% if title %}\n{% for it in hosts %}\n{% endif %}\n", "`{% for %}` of line 2 is open here; close it by"),
        ("a\n{% endfor %}\n", "no block is open here"),
        ("{% else %}\n", "no block is open here"),
        ("{% forr it in hosts %}\n", "did you mean `for`?"),
        ("{% nonsense %}\n", "statements are `if`, "),
        ("{{ title | uper }}\n", "did you mean `upper`?"),
        ("{{ title | zzz }}\n", "filters are `yaml`, `cell`, `question`"),
        ("{% if title is defind %}a{% endif %}\n", "did you mean `defined`?"),
        ("{% include '_eror.md' %}\n", "did you mean `_error`?"),
    ] {
        let told = failure(text).hint.unwrap_or_default();
        assert!(told.contains(hint), "{text}: {told}");
    }
    let files = [("templates/ours.md", "{% include '_own' %}"), ("templates/_own.md", "a\n{{ title.nope.x }}")];
    let files = files.map(|(path, text)| TemplateFile { path: path.into(), text: text.into() });
    let error = Templates::new(&files).render("ours", &values()).expect_err("it fails");
    assert_eq!((error.template.as_str(), error.line), ("templates/_own.md", 2), "the file that is to be changed");
    assert_eq!(failure("{{ titel }}").hint.unwrap().split('?').next(), Some("did you mean `title`"));
    let big = failure("{% for a in range(9000) %}{{ 'x' * 1000 }}{% endfor %}");
    assert!(big.message.contains("4 MiB"), "{big}");
    assert!(failure("{% include '../../etc/passwd' %}").message.contains("not"), "no file is read");
}

#[test]
fn a_broken_template_stops_only_itself() {
    let templates = team("{% if %}");
    assert!(templates.get("ours").unwrap().is_err());
    assert!(templates.render("incident", &values()).is_ok());
}
