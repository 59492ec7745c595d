//! The YAML of a block as a tree whose nodes know their bytes.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};

/// A deeper block is not edited.
const MAX_DEPTH: usize = 32;

/// A value.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Bytes of the text; of a block list or map from its first to its last byte.
    pub(super) span: Range<usize>,
    pub(super) kind: NodeKind,
}

#[derive(Debug, Clone)]
pub(super) enum NodeKind {
    Scalar { value: String, style: ScalarStyle },
    List { flow: bool, items: Vec<Node> },
    Map { flow: bool, entries: Vec<(Node, Node)> },
    Alias,
}

/// Reads the first YAML document in `text[range]`; `None` where it is none, or too deep.
pub(super) fn read(text: &str, range: Range<usize>) -> Option<Node> {
    let mut options = granit_parser::options! { flow_nesting_limit: MAX_DEPTH, block_nesting_limit: MAX_DEPTH };
    options.set_emit_comments(false);
    let events = Parser::new_from_str_with_options(&text[range.clone()], options);
    let mut events = events.filter_map(|next| match next {
        Ok((event, span)) => {
            let span = span.byte_range()?;
            Some(Some((event, span.start + range.start..span.end + range.start)))
        }
        Err(_) => Some(None),
    });
    loop {
        let (event, span) = events.next()??;
        if event.is_node() {
            return node(event, span, &mut events, 0);
        }
    }
}

type Spanned<'a> = Option<(Event<'a>, Range<usize>)>;

fn node<'a>(
    event: Event<'a>,
    span: Range<usize>,
    events: &mut impl Iterator<Item = Spanned<'a>>,
    depth: usize,
) -> Option<Node> {
    if depth > MAX_DEPTH {
        return None;
    }
    match event {
        Event::Scalar(value, style, ..) => {
            Some(Node { span, kind: NodeKind::Scalar { value: value.into_owned(), style } })
        }
        Event::Alias(_) => Some(Node { span, kind: NodeKind::Alias }),
        Event::SequenceStart(style, ..) => {
            let (items, end) = children(events, depth)?;
            let flow = style == StructureStyle::Flow;
            let end = if flow { end.end } else { items.last().map_or(span.end, |item| item.span.end) };
            Some(Node { span: span.start..end, kind: NodeKind::List { flow, items } })
        }
        Event::MappingStart(style, ..) => {
            let (items, end) = children(events, depth)?;
            let flow = style == StructureStyle::Flow;
            let end = if flow { end.end } else { items.last().map_or(span.end, |item| item.span.end) };
            let mut items = items.into_iter();
            let mut entries = Vec::new();
            while let (Some(key), Some(value)) = (items.next(), items.next()) {
                entries.push((key, value));
            }
            Some(Node { span: span.start..end, kind: NodeKind::Map { flow, entries } })
        }
        _ => None,
    }
}

/// Reads the nodes up to the end of a list or map, and where that end stands.
fn children<'a>(events: &mut impl Iterator<Item = Spanned<'a>>, depth: usize) -> Option<(Vec<Node>, Range<usize>)> {
    let mut items = Vec::new();
    loop {
        let (event, span) = events.next()??;
        match event {
            Event::SequenceEnd | Event::MappingEnd => return Some((items, span)),
            event if event.is_node() => items.push(node(event, span, events, depth + 1)?),
            _ => {}
        }
    }
}
