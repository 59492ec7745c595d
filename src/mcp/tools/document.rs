//! One document: what is known of it, and its text in parts.

use serde_json::{Value, json};

use super::tool::{Found, Gives, Takes, Tool};
use crate::api::{self, Pairs, Params, Refusal};
use crate::kb::KnowledgeBase;
use crate::mcp::fit::{fit, window};
use crate::model::{Inspected, Section};

/// Bytes of one part of the text.
const PART: usize = 24_000;
/// Bytes of the facts.
const FACTS: usize = 16_000;
/// Most characters that can be passed over.
const MAX_OFFSET: usize = 10_000_000;
/// Most headings that are named where none is the one wanted.
const MAX_TITLES: usize = 50;
/// Bytes of what lists show of a document.
const SUMMARY: usize = 8_000;

pub(super) const TOOL: Tool = Tool {
    name: "document",
    title: "Read a document",
    about: "\
Reads one document by its path, id or file name. `document` is what lists show of it. `facts` is everything that was \
read from it: title, day, severity, status, services, owners, root-cause tags, timeline, action items, durations, \
compliance, references and all front matter, each with its line; `origins` says where a value was read, and a kind of \
`inferred` that no person stated it. `text.content` is the document itself, as Markdown, from line `text.line` on. A long \
text comes in parts: call again with `offset` set to `text.next_offset` until that is null; `facts` come with the first \
part only. With `section` only that section is read; `facts.sections` lists the headings.",
    like: "/api/v1/related",
    takes: &[
        Takes::Like("document"),
        Takes::Own {
            name: "section",
            about: "Heading of the one section that is wanted, such as `Root cause`; a part of the heading does.",
            schema: r#"{ "type": "string", "minLength": 1, "maxLength": 500 }"#,
            required: false,
        },
        Takes::Own {
            name: "offset",
            about: "Characters of the text to pass over: `text.next_offset` of the part before.",
            schema: r#"{ "type": "integer", "minimum": 0, "maximum": 10000000, "default": 0 }"#,
            required: false,
        },
    ],
    gives: Gives::Members(
        r##"{
            "schema": { "const": 1 },
            "document": { "$ref": "#/components/schemas/DocumentSummary" },
            "facts": { "oneOf": [{ "$ref": "#/components/schemas/Document" }, { "type": "null" }] },
            "text": {
                "type": "object",
                "properties": {
                    "section": { "type": ["string", "null"], "description": "Heading of the section, where one was asked for." },
                    "line": { "type": "integer", "description": "Line of the file that `content` begins on." },
                    "offset": { "type": "integer" },
                    "content": { "type": "string" },
                    "characters": { "type": "integer", "description": "Characters of all parts." },
                    "next_offset": { "type": ["integer", "null"] }
                },
                "required": ["section", "line", "offset", "content", "characters", "next_offset"]
            }
        }"##,
    ),
    list: None,
    ask,
    finish,
};

fn ask(kb: &KnowledgeBase, pairs: Pairs) -> Result<Found, Refusal> {
    let mut params = Params::new(pairs);
    let key = params.required("document");
    let name = params.name("section");
    let offset = params.number("offset", 0, MAX_OFFSET).unwrap_or(0);
    params.finish()?;
    let (document, parsed) = api::find(kb, &key)?;
    let paths = vec![document.path.clone()];
    let section = match name.map(|name| section(&parsed.document.sections, &name)).transpose() {
        Ok(section) => section,
        Err(refused) => return Ok(Found { refused: Some(refused), paths, ..Found::default() }),
    };
    let (span, line) = section.map_or((0..parsed.text.len(), 1), |it| (it.span.start..it.span.end, it.line));
    let facts = (offset == 0 && section.is_none()).then(|| json!(Inspected(&parsed.document)));
    let content = parsed.text.get(span).unwrap_or_default();
    let title = section.map(|it| &it.title);
    let text = json!({ "section": title, "line": line, "offset": offset, "content": content });
    let value = json!({ "schema": 1, "document": document, "facts": facts, "text": text });
    Ok(Found { value, paths, refused: None })
}

/// Returns the section with this heading, or else the first whose heading has it in it.
fn section<'s>(sections: &'s [Section], name: &str) -> Result<&'s Section, String> {
    let wanted = name.trim().to_lowercase();
    let is_named = |it: &&Section| it.title.to_lowercase() == wanted;
    let found = sections.iter().find(is_named);
    found.or_else(|| sections.iter().find(|it| it.title.to_lowercase().contains(&wanted))).ok_or_else(|| {
        let titles: Vec<String> = sections.iter().take(MAX_TITLES).map(|it| format!("`{}`", it.title)).collect();
        match titles.is_empty() {
            true => format!("There is no section `{name}`: the document has no headings. Leave `section` out."),
            false => format!("There is no section `{name}`; there are {}.", titles.join(", ")),
        }
    })
}

/// Leaves the part of the text that was asked for, and as many of the facts as have room.
fn finish(_: &Pairs, value: &mut Value) {
    let mut cut = Vec::new();
    for (name, most) in [("facts", FACTS), ("document", SUMMARY)] {
        cut.extend(fit(&mut value[name], None, most).into_iter().map(|it| format!("{name}.{it}")));
    }
    value["cut"] = json!(cut);
    let text = &mut value["text"];
    let Value::String(content) = text["content"].take() else { return };
    let offset = text["offset"].as_u64().and_then(|it| usize::try_from(it).ok()).unwrap_or_default();
    let (part, next) = window(&content, offset, PART);
    let before: usize = content.chars().take(offset).filter(|c| *c == '\n').count();
    text["line"] = json!(text["line"].as_u64().unwrap_or(1) + before as u64);
    text["characters"] = json!(content.chars().count());
    text["next_offset"] = json!(next);
    text["content"] = part.into();
}
