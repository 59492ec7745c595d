//! Made-up logs: whatever stands in them, nothing is lost, and what is left is no log.

use std::collections::HashMap;

use proptest::prelude::*;

use super::{Cut, Home};
use crate::parse::{ParseOptions, parse};
use crate::scaffold::FrontMatterText;

/// What stands in an incident.
const BODIES: [&str; 9] = [
    "### Root cause\n\nThe disk was full.\n",
    "**Root cause:** a bad `config`, see [the guide][g] and [that](#contacts).\n",
    "### Timeline\n\n- 10:00 down\n- 11:00 up\n\n### Fix\n\n1. Restarted.\n",
    "```sh\n## no heading\n---\n```\n\n**Fix:** done[^1].\n",
    "> ##### Quoted\n>\n> text\n\n- [ ] do it\n\n### Fix\n\nx\n",
    "| Time | What |\n|--|--|\n| 10:00 | a \\| b |\n\n**Fix:** y\n",
    "<details>\n<summary>More</summary>\n\n### Inner\n\nlong\n\n</details>\n\n**Fix:** z\n",
    "[local]: https://local.example\n\n**Fix:** as in [local], ![picture](a.png)\n",
    "Text\n***\nmore text\n\n    ## code\n\n### Resolution\n\nDone.",
];
const HEADS: [&str; 4] = ["{day}: {name}", "{name} ({day})", "INC-{n} — {name} ({day})", "[INC-{n}] {name}"];
const NAMES: [&str; 5] = ["Feed stopped", "Disk `db-1` full", "No [mail] *at all*", "注文が止まった", "Timeline lost"];
/// What stands before, between and behind.
const AROUND: [&str; 5] = [
    "",
    "How to write: see [the guide][g].\n\n- one\n- two\n",
    "<!-- newest first -->\n",
    "## Contacts\n\nAna[^1]\n",
    "## Template\n\n```\n## DAY: name\n```\n",
];
const ENDS: [&str; 3] =
    ["", "[g]: guide.md\n[^1]: a note\n    of two lines\n", "---\n\n_Kept by Ana._\n\n[g]: <guide.md> \"G\"\n"];

#[derive(Debug, Clone)]
struct Made {
    text: String,
    incidents: usize,
}

fn logs() -> impl Strategy<Value = Made> {
    let incident = (0..HEADS.len(), 0..NAMES.len(), 0..BODIES.len());
    let around = (0..AROUND.len(), 0..AROUND.len(), 0..ENDS.len());
    (prop::collection::vec(incident, 2..6), around, any::<[bool; 4]>()).prop_map(
        |(incidents, (before, behind, end), [rules, windows, grouped, front])| {
            let mut text = if front { "---\nowner: ana\n---\n\n".to_owned() } else { String::new() };
            text.push_str(&format!("# Incident log\n\n{}\n", AROUND[before].replace("## Contacts", "Contacts:")));
            for (at, (head, name, body)) in incidents.iter().enumerate() {
                if grouped {
                    text.push_str(&format!("## 202{}\n\n", at % 2 + 5));
                }
                let day = format!("2026-01-{:02}", at + 1);
                let head = HEADS[*head].replace("{day}", &day).replace("{name}", NAMES[*name]);
                let head = head.replace("{n}", &format!("{:03}", at + 1));
                let marks = if grouped { "###" } else { "##" };
                let body = format!(
                    "
{}",
                    BODIES[*body]
                );
                let body = if grouped { body.replace("\n### ", "\n#### ") } else { body };
                text.push_str(&format!("{marks} {head}\n{}\n\n", body.trim_end()));
                text.push_str(if rules { "---\n\n" } else { "" });
            }
            text.push_str(&format!("{}\n{}", AROUND[behind], ENDS[end]));
            let text = if windows { text.replace('\n', "\r\n") } else { text };
            Made { text, incidents: incidents.len() }
        },
    )
}

/// Lines as they are compared, and how often each stands in the texts: without the level of headings, and without what
/// parts the incidents.
fn lines<'a>(texts: impl IntoIterator<Item = &'a str>) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    let lines = texts.into_iter().flat_map(str::lines).map(str::trim_end);
    for line in lines.filter(|line| !line.is_empty() && !line.bytes().all(|byte| byte == b'-')) {
        let quoted = line.trim_start_matches(['>', ' ']);
        let line = if quoted.starts_with('#') { quoted.trim_start_matches('#').trim_start() } else { line };
        // Links within the log lead elsewhere.
        let line = line.split("](").next().unwrap_or_default();
        *counts.entry(line.to_owned()).or_default() += 1;
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_and_nothing_is_left_to_split(made in logs()) {
        let Made { text, incidents } = made;
        let parsed = parse("incident-log.md", text.as_bytes(), &ParseOptions::default());
        let document = &parsed.document;
        prop_assume!(!document.several.is_empty());
        let cut = Cut::new(&text, document.body_start, document.front_matter.as_ref(), &document.several).expect("a log");
        let link = |home: Home| match home {
            Home::Part(at) => format!("{at}.md"),
            Home::Log => "incident-log.md".to_owned(),
        };
        let mut texts: Vec<String> =
            (0..cut.parts.len()).map(|at| cut.document(at, &FrontMatterText::default(), &link)).collect();
        for (part, text) in cut.parts.iter().zip(&texts) {
            let read = parse("x.md", text.as_bytes(), &ParseOptions::default()).document;
            prop_assert!(read.several.is_empty() && text.contains("# "), "{part:?} {text}");
        }
        let rest = cut.rest(&link);
        let left = parse("incident-log.md", rest.as_bytes(), &ParseOptions::default()).document;
        prop_assert!(left.several.is_empty(), "{rest}");
        prop_assert!(cut.parts.len() == incidents, "{} of {incidents}: {text}", cut.parts.len());
        texts.push(rest);
        let found = lines(texts.iter().map(String::as_str));
        for (line, count) in lines([text.as_str()]) {
            prop_assert!(found.get(&line).is_some_and(|it| *it >= count), "`{line}` {count} {texts:#?} of {text}");
        }
        prop_assert!(texts.iter().all(|it| it.contains("\r\n") == text.contains("\r\n")));
        prop_assert!(texts.iter().all(|it| it.replace("\r\n", "").contains('\n') != text.contains("\r\n")));
    }
}
