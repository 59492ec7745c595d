//! The allow-list: which elements and attributes of a rendered document reach the browser.

use std::borrow::Cow;
use std::collections::HashSet;

use ammonia::{Builder, UrlRelative};

use super::headings::is_reserved;
use super::highlight;
use super::inline::{WIKI_SCHEME, wiki_name};
use crate::model::HTML_ELEMENTS;
use crate::web::links::{self, Target};

/// Classes that the renderer writes; a document's own ones are dropped, so that it cannot dress up as the page.
const CLASSES: [&str; 17] = [
    "alert-title",
    "anchor",
    "box",
    "box-done",
    "dangling",
    "footnote-back",
    "footnote-reference",
    "footnotes",
    "from-left",
    "markdown-alert-caution",
    "markdown-alert-important",
    "markdown-alert-note",
    "markdown-alert-tip",
    "markdown-alert-warning",
    "nowrap",
    "passage",
    "scroll",
];

/// Returns `html` with nothing in it but what the allow-list names; relative addresses are those of the document at
/// `path`.
pub(super) fn clean(html: &str, path: &str) -> String {
    let path = path.to_owned();
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(HTML_ELEMENTS))
        .clean_content_tags(HashSet::from(["script", "style", "template", "noscript", "iframe"]))
        .generic_attributes(HashSet::from(["class", "id", "title", "aria-label", "role", "tabindex", "data-line"]))
        .add_tag_attributes("a", &["href", "name"])
        .add_tag_attributes("img", &["src", "alt", "width", "height"])
        .add_tag_attributes("ol", &["start"])
        .add_tag_attributes("details", &["open"])
        .add_tag_attributes("time", &["datetime"])
        .add_tag_attributes("td", &["colspan", "rowspan"])
        .add_tag_attributes("th", &["colspan", "rowspan"])
        .url_schemes(HashSet::from(["http", "https", "mailto", WIKI_SCHEME.trim_end_matches(':')]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer nofollow"))
        .strip_comments(true)
        .attribute_filter(move |element, name, value| attribute(&path, element, name, value));
    builder.clean(html).to_string()
}

fn attribute<'v>(path: &str, element: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match name {
        "href" => match wiki_name(value) {
            Some(name) => Some(links::document(&name).into()),
            None => links::resolve(path, value).href().map(Cow::Owned),
        },
        "src" => match links::resolve(path, value) {
            target @ Target::Image { .. } => target.href().map(Cow::Owned),
            _ => None,
        },
        "id" | "name" if is_own(element, value) || !is_reserved(value) => Some(value.into()),
        "id" | "name" => None,
        "class" => classes(element, value),
        // The renderer's own: the frame around a table and the picture of a task box.
        "role" => matches!(value, "group" | "img").then_some(value.into()),
        "tabindex" => (value == "0").then_some(value.into()),
        "width" | "height" | "start" | "colspan" | "rowspan" | "data-line" => {
            (value.len() <= 7 && value.bytes().all(|b| b.is_ascii_digit())).then_some(value.into())
        }
        _ => Some(value.into()),
    }
}

/// The reserved ids that the renderer itself writes into a document; those that somebody wrote are gone already.
fn is_own(element: &str, value: &str) -> bool {
    match element {
        "span" => value == "ris-passage",
        "li" => value.starts_with("fn-"),
        "sup" => value.starts_with("fnref-"),
        _ => false,
    }
}

fn classes<'v>(element: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let kept = |class: &&str| {
        CLASSES.contains(class)
            || matches!((element, *class), ("td" | "th", "to-right" | "to-centre"))
            || (element == "span" && highlight::CLASSES.contains(class))
            || (element == "code" && class.strip_prefix("language-").is_some_and(is_language))
    };
    let kept: Vec<&str> = value.split_ascii_whitespace().filter(kept).collect();
    (!kept.is_empty()).then(|| kept.join(" ").into())
}

/// Tells whether the name of a language may stand in a class.
pub(super) fn is_language(name: &str) -> bool {
    (1..=32).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-_#.".contains(&b))
}
