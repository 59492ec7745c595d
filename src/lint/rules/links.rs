//! Links that lead nowhere: files that are not there, anchors without a heading.

use percent_encoding::percent_decode_str;

use crate::diag::Span;
use crate::lint::{Findings, LintContext};
use crate::model::{anchor_of, file_name, is_document_name, join_path};

/// Splits a relative link into path and anchor; `None` for an address or what a site generator fills in.
fn relative(target: &str) -> Option<(&str, &str)> {
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let path = path.split('?').next().unwrap_or(path);
    let address = path.split('/').next().is_some_and(|head| head.contains(':'));
    let generated = target.contains(['{', '<', '}', '>', '@']) || target.starts_with('/');
    (!address && !generated && target.len() < 400).then_some((path, anchor))
}

fn extension(path: &str) -> Option<&str> {
    file_name(path).rsplit_once('.').map(|(_, extension)| extension)
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// A link or an image leads to a file that is not there.
pub(in crate::lint) fn dangling(cx: &LintContext<'_>, out: &mut Findings) {
    for link in &cx.markdown().links {
        let Some((path, _)) = relative(&link.target).filter(|(path, _)| !path.is_empty()) else { continue };
        // A link to a document is a reference, which another rule looks after.
        let document = is_document_name(path);
        // Pages of a site are made from other files.
        let page = extension(path)
            .is_none_or(|it| matches!(it, "html" | "htm" | "php" | "com" | "org" | "io" | "net" | "dev"));
        let Some(full) = join_path(&cx.document.path, &decoded(path)).filter(|_| !document && !page) else { continue };
        let line = cx.line_of(link.range.start);
        out.push(line, format!("the link leads to `{path}`, which is not there"))
            .span(place(cx, link.range.clone(), &link.target))
            .subject(path)
            .hint("correct the path; it is relative to the folder of this document")
            .only_if(move |around, _| !around.exists(&full));
    }
}

/// A link leads to a heading that is not there.
pub(in crate::lint) fn dangling_anchor(cx: &LintContext<'_>, out: &mut Findings) {
    for link in &cx.markdown().links {
        let Some((path, anchor)) = relative(&link.target).filter(|(_, anchor)| !anchor.is_empty()) else { continue };
        let anchor = decoded(anchor).to_lowercase();
        // `#L10` leads to a line of code on a code host; `#:~:text=` to words.
        if anchor.starts_with(':') || anchor.starts_with('l') && anchor[1..].starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let line = cx.line_of(link.range.start);
        let message = match path {
            "" => format!("no heading of this document is `#{anchor}`"),
            path => format!("no heading of `{path}` is `#{anchor}`"),
        };
        if path.is_empty() && is_there(cx.anchors(), &anchor) {
            continue;
        }
        let Some(full) =
            (if path.is_empty() { Some(String::new()) } else { join_path(&cx.document.path, &decoded(path)) })
        else {
            continue;
        };
        let draft = out.push(line, message);
        draft.span(place(cx, link.range.clone(), &link.target)).subject(&link.target);
        draft.hint("an anchor is the heading in lower case with `-` for blanks, without other signs");
        if !full.is_empty() {
            draft.only_if(move |around, _| around.has_anchor(&full, &anchor) == Some(false));
        }
    }
}

fn is_there(anchors: &rustc_hash::FxHashSet<String>, anchor: &str) -> bool {
    anchors.contains(anchor) || anchors.contains(&anchor_of(anchor)) || anchor == "top"
}

/// A link without a target.
pub(in crate::lint) fn empty(cx: &LintContext<'_>, out: &mut Findings) {
    for link in cx.markdown().links.iter().filter(|link| matches!(link.target.trim(), "" | "#")) {
        let span = Span::new(link.range.start, link.range.end);
        out.push(cx.line_of(link.range.start), "the link leads nowhere")
            .span(span)
            .hint("write the address between the brackets, or the text alone");
    }
}

/// Returns the bytes of the target inside the link, or of the whole link where it stands elsewhere.
fn place(cx: &LintContext<'_>, range: std::ops::Range<usize>, target: &str) -> Span {
    let whole = Span::new(range.start, range.end);
    let found = cx.text.get(range.clone()).and_then(|text| text.rfind(target));
    found.map_or(whole, |at| Span::new(range.start + at, range.start + at + target.len()))
}
