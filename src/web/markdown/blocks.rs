//! Blocks that the plain renderer leaves bare: tables that may scroll, column alignment, alerts with a spoken title,
//! task boxes that are pictures and not form fields.

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::Located;
use super::highlight::{highlight, push_escaped};
use super::sanitise::is_language;

/// Returns the events with these blocks dressed.
pub(super) fn dress(events: Vec<Located<'_>>) -> Vec<Located<'_>> {
    let mut out = Vec::with_capacity(events.len() + 16);
    let mut table = Table::default();
    let mut events = events.into_iter().peekable();
    while let Some((event, range)) = events.next() {
        let mut put = |event| out.push((event, range.clone()));
        match event {
            Event::Start(Tag::Table(alignments)) => {
                put(html("\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">"));
                table.alignments.clone_from(&alignments);
                put(Event::Start(Tag::Table(alignments)));
            }
            Event::End(TagEnd::Table) => {
                put(Event::End(TagEnd::Table));
                put(html("</div>\n"));
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                table.column = 0;
                table.in_head = matches!(event, Event::Start(Tag::TableHead));
                put(event);
            }
            Event::Start(Tag::TableCell) => put(html(table.open_cell())),
            Event::End(TagEnd::TableCell) => put(html(table.close_cell())),
            Event::Start(Tag::BlockQuote(Some(kind))) => {
                put(Event::Start(Tag::BlockQuote(Some(kind))));
                put(html(alert_title(kind)));
            }
            Event::Start(Tag::CodeBlock(kind)) => put(Event::Html(code(&kind, &mut events).into())),
            Event::TaskListMarker(true) => {
                put(html(r#"<span class="box box-done" role="img" aria-label="done"></span> "#));
            }
            Event::TaskListMarker(false) => put(html(r#"<span class="box" role="img" aria-label="not done"></span> "#)),
            // The questions of a draft are read one by one.
            Event::SoftBreak if matches!(events.peek(), Some((Event::Text(text), _)) if text.starts_with("? ")) => {
                put(Event::HardBreak);
            }
            // A header of bold labels, one a line, is meant to be read line by line.
            Event::SoftBreak if matches!(events.peek(), Some((Event::Start(Tag::Strong), _))) => put(Event::HardBreak),
            other => put(other),
        }
    }
    out
}

/// Takes the rest of a block of code. It may scroll, so it can be reached by keyboard.
fn code<'a>(kind: &CodeBlockKind<'_>, events: &mut impl Iterator<Item = Located<'a>>) -> String {
    let language = match kind {
        CodeBlockKind::Fenced(info) => info.split([' ', ',', '{', ':']).next().unwrap_or_default(),
        CodeBlockKind::Indented => "",
    };
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(part) => text.push_str(&part),
            Event::End(TagEnd::CodeBlock) => break,
            _ => {}
        }
    }
    let mut html = "\n<pre tabindex=\"0\"><code".to_owned();
    if !language.is_empty() && is_language(language) {
        html.push_str(&format!(" class=\"language-{language}\""));
    }
    html.push('>');
    if !highlight(language, &text, &mut html) {
        push_escaped(&mut html, &text);
    }
    html.push_str("</code></pre>\n");
    html
}

/// The renderer would write alignment as a `style` attribute, which the content policy forbids.
#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl Table {
    fn open_cell(&mut self) -> &'static str {
        let alignment = self.alignments.get(self.column).copied().unwrap_or(Alignment::None);
        self.column += 1;
        match (self.in_head, alignment) {
            (true, Alignment::Right) => r#"<th class="to-right">"#,
            (true, Alignment::Center) => r#"<th class="to-centre">"#,
            (true, _) => "<th>",
            (false, Alignment::Right) => r#"<td class="to-right">"#,
            (false, Alignment::Center) => r#"<td class="to-centre">"#,
            (false, _) => "<td>",
        }
    }

    fn close_cell(&self) -> &'static str {
        if self.in_head { "</th>" } else { "</td>" }
    }
}

fn alert_title(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "<p class=\"alert-title\">Note</p>",
        BlockQuoteKind::Tip => "<p class=\"alert-title\">Tip</p>",
        BlockQuoteKind::Important => "<p class=\"alert-title\">Important</p>",
        BlockQuoteKind::Warning => "<p class=\"alert-title\">Warning</p>",
        BlockQuoteKind::Caution => "<p class=\"alert-title\">Caution</p>",
    }
}

fn html(text: &'static str) -> Event<'static> {
    Event::Html(text.into())
}
