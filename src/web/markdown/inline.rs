//! Links that people write without marks: bare addresses, and `[[names]]` of other documents.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::Located;
use crate::model::name_of;

/// Scheme under which a wiki link is handed to the sanitiser, which turns it into the address of the document.
pub(super) const WIKI_SCHEME: &str = "ris-document:";
/// Longest name of a wiki link.
const MAX_NAME: usize = 200;
/// Longest address that becomes a link by itself.
const MAX_ADDRESS: usize = 2000;
/// What an address begins with.
const STARTS: [&str; 3] = ["https://", "http://", "www."];

/// Returns the name of the document that a wiki link means.
pub(super) fn wiki_name(address: &str) -> Option<Cow<'_, str>> {
    Some(percent_decode_str(address.strip_prefix(WIKI_SCHEME)?).decode_utf8_lossy())
}

/// Makes links of bare addresses and wiki links in running text.
pub(super) fn link(events: Vec<Located<'_>>) -> Vec<Located<'_>> {
    let mut out = Vec::with_capacity(events.len());
    let (mut links, mut code) = (0_usize, 0_usize);
    for (event, range) in events {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => links += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => links = links.saturating_sub(1),
            Event::Start(Tag::CodeBlock(_)) => code += 1,
            Event::End(TagEnd::CodeBlock) => code = code.saturating_sub(1),
            Event::Text(text) if links == 0 && code == 0 && may_hold(text) => {
                split(text).into_iter().for_each(|event| out.push((event, range.clone())));
                continue;
            }
            _ => {}
        }
        out.push((event, range));
    }
    out
}

fn may_hold(text: &str) -> bool {
    text.contains("://") || text.contains("www.") || text.contains("[[")
}

fn split(text: &str) -> Vec<Event<'static>> {
    let (mut out, mut plain, mut at) = (Vec::new(), 0, 0);
    while let Some(found) = text[at..].find(['h', 'w', '[']).map(|offset| at + offset) {
        let before = text[..found].chars().next_back();
        let Some((length, href, shown)) = address(&text[found..], before).or_else(|| wiki(&text[found..])) else {
            at = found + 1;
            continue;
        };
        push_text(&mut out, &text[plain..found]);
        let tag = Tag::Link { link_type: LinkType::Autolink, dest_url: href.into(), title: "".into(), id: "".into() };
        out.extend([Event::Start(tag), Event::Text(shown.into()), Event::End(TagEnd::Link)]);
        (plain, at) = (found + length, found + length);
    }
    push_text(&mut out, &text[plain..]);
    out
}

fn push_text(out: &mut Vec<Event<'static>>, text: &str) {
    if !text.is_empty() {
        out.push(Event::Text(CowStr::from(text.to_owned())));
    }
}

/// Returns the length of the address at the start of `text`, where it leads, and how it is shown.
fn address(text: &str, before: Option<char>) -> Option<(usize, String, String)> {
    let start = STARTS.iter().find(|start| text.starts_with(**start))?;
    if before.is_some_and(|c| c.is_alphanumeric()) {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '|');
    // No further than an address may reach: of many in a row each would be read to the end of all.
    let mut near = text.char_indices().take_while(|(at, _)| *at <= MAX_ADDRESS);
    let end = near.find(|(_, c)| ends(*c)).map_or(text.len(), |(at, _)| at);
    if end > MAX_ADDRESS {
        return None;
    }
    let shown = without_trailing_marks(&text[..end]);
    let host = shown.get(start.len()..)?;
    let named = host.starts_with(|c: char| c.is_alphanumeric() || c == '[');
    if !named || (*start == "www." && !host.contains('.')) {
        return None;
    }
    let href = if *start == "www." { format!("https://{shown}") } else { shown.to_owned() };
    Some((shown.len(), href, shown.to_owned()))
}

/// Marks at the end belong to the sentence, and so does a bracket that was not opened in the address.
fn without_trailing_marks(mut text: &str) -> &str {
    let unopened = |open: char, close: char| text.matches(close).count().saturating_sub(text.matches(open).count());
    let (mut round, mut square, mut curly) = (unopened('(', ')'), unopened('[', ']'), unopened('{', '}'));
    let take = |left: &mut usize| {
        let any = *left > 0;
        *left = left.saturating_sub(1);
        any
    };
    loop {
        let Some(last) = text.chars().next_back() else { return text };
        let sentence = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '*' | '_' | '~' | '\'' | '’' | '”' => true,
            ')' => take(&mut round),
            ']' => take(&mut square),
            '}' => take(&mut curly),
            _ => false,
        };
        if !sentence {
            return text;
        }
        text = &text[..text.len() - last.len_utf8()];
    }
}

/// Returns the length of the wiki link at the start of `text`, where it leads, and how it is shown. The test of a
/// shell (`[[ -z "$x" ]]`) is none.
fn wiki(text: &str) -> Option<(usize, String, String)> {
    let inner = text.strip_prefix("[[")?;
    let near = &inner.as_bytes()[..inner.len().min(MAX_NAME)];
    let inner = &inner[..near.windows(2).position(|pair| pair == b"]]")?];
    let (target, label) = inner.split_once('|').unwrap_or((inner, inner));
    let name = name_of(target.split('#').next().unwrap_or(target).trim());
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '#');
    let is_name = !name.is_empty() && target.chars().all(plain);
    if !is_name || target.starts_with([' ', '-']) || label.trim().is_empty() {
        return None;
    }
    Some((inner.len() + 4, format!("{WIKI_SCHEME}{name}"), label.trim().to_owned()))
}
