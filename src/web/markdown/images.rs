//! Images: those of the knowledge base are shown, those of other hosts become links, since a page asks no third party
//! for anything; one that is not there is told by its words instead of a broken picture.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::{Located, Surroundings};
use crate::web::links::{self, Target};

/// Replaces every image that is not a file of the knowledge base by a link (or by its text, where the address is no
/// web address).
pub(super) fn replace<'a>(events: Vec<Located<'a>>, path: &str, around: Option<&dyn Surroundings>) -> Vec<Located<'a>> {
    let mut out = Vec::with_capacity(events.len());
    let mut images = Vec::new();
    let mut open_links = 0_usize;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Image { ref dest_url, .. }) => {
                let shown_as = choose(path, dest_url, open_links > 0, around);
                images.push(shown_as);
                match shown_as {
                    Shown::Image => out.push((event, range)),
                    Shown::Link => {
                        out.push((Event::Start(link(dest_url.clone())), range.clone()));
                        out.push((Event::Text("image: ".into()), range));
                    }
                    Shown::Missing => {
                        let mark = "<span class=\"dangling\" title=\"no such image\">image: ";
                        out.push((Event::InlineHtml(mark.into()), range));
                    }
                    Shown::Text => out.push((Event::Text("image: ".into()), range)),
                }
            }
            Event::End(TagEnd::Image) => match images.pop() {
                Some(Shown::Link) => out.push((Event::End(TagEnd::Link), range)),
                Some(Shown::Missing) => out.push((Event::InlineHtml("</span>".into()), range)),
                Some(Shown::Text) => {}
                Some(Shown::Image) | None => out.push((event, range)),
            },
            other => {
                match &other {
                    Event::Start(Tag::Link { .. }) => open_links += 1,
                    Event::End(TagEnd::Link) => open_links = open_links.saturating_sub(1),
                    _ => {}
                }
                out.push((other, range));
            }
        }
    }
    out
}

#[derive(Clone, Copy)]
enum Shown {
    Image,
    Link,
    Missing,
    Text,
}

/// A link inside a link would end the outer one, so an image there becomes text.
fn choose(path: &str, dest_url: &str, in_link: bool, around: Option<&dyn Surroundings>) -> Shown {
    match links::resolve(path, dest_url) {
        Target::Image { path } if around.is_some_and(|around| !around.has_file(&path)) => Shown::Missing,
        Target::Image { .. } => Shown::Image,
        Target::External(_) if !in_link => Shown::Link,
        _ => Shown::Text,
    }
}

fn link(dest_url: CowStr<'_>) -> Tag<'_> {
    Tag::Link { link_type: LinkType::Inline, dest_url, title: CowStr::Borrowed(""), id: CowStr::Borrowed("") }
}
