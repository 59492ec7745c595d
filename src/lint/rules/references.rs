//! References that lead nowhere.

use crate::lint::{Findings, LintContext};
use crate::model::{ReferenceKey, ReferenceKind, file_name, folder_of, name_of};

/// An id, wiki link or relative link leads to nothing; so does the incident that a document says it belongs to.
pub(in crate::lint) fn dangling(cx: &LintContext<'_>, out: &mut Findings) {
    dangling_incident(cx, out);
    for reference in &cx.document.references {
        let target = reference.target.clone();
        let span = cx.find_on_line(reference.line, &target);
        let message = match reference.kind {
            ReferenceKind::Id => format!("no document here is `{target}`"),
            ReferenceKind::Link => format!("the link leads to `{target}`, which is not there"),
            ReferenceKind::Wiki => format!("no document here is called `{target}`"),
        };
        let (path, key) = (cx.document.path.clone(), reference.key(&cx.document.path));
        out.push(reference.line, message).span(span).subject(&target).only_if(move |around, draft| {
            let there = match &key {
                None => true,
                Some(ReferenceKey::Path(path)) => around.exists(path),
                Some(ReferenceKey::Name(name)) => around.is_known_name(name).unwrap_or(true),
            };
            if !there && let Some(near) = around.nearest(&target) {
                let near = if near.contains('/') { path_from(&path, &near) } else { near };
                draft.hint(format!("did you mean `{near}`?"));
            }
            !there
        });
    }
}

/// A report may give its own number so, as the name of its file shows, and a sentence is no id.
fn dangling_incident(cx: &LintContext<'_>, out: &mut Findings) {
    let document = cx.document;
    let Some(incident) = document.incident.as_ref().filter(|_| cx.is_about_incident()) else { return };
    let named = incident.value.trim();
    let of_file = name_of(&document.path).get(..named.len()).is_some_and(|it| it.eq_ignore_ascii_case(named));
    let own = match &document.id {
        Some(id) => id.value.eq_ignore_ascii_case(named) || of_file,
        None => document.kind.value.is_report(),
    };
    if own || named.contains(char::is_whitespace) {
        return;
    }
    let (path, id) = (document.path.clone(), incident.value.clone());
    let message = format!("no other document here is, or belongs to, the incident `{id}`");
    let span = cx.find_on_line(incident.origin.line, &id);
    out.push(incident.origin.line, message).span(span).subject(&id).only_if(move |around, draft| {
        let is_there = around.is_incident(&id, &path).unwrap_or(true);
        if !is_there && let Some(near) = around.nearest(&id).filter(|near| !near.eq_ignore_ascii_case(&id)) {
            draft.hint(format!("did you mean `{near}`?"));
        }
        !is_there
    });
}

/// Returns the path to `to` as it is written in the document at `from`; both are relative to the root.
fn path_from(from: &str, to: &str) -> String {
    let folders = |path: &str| -> Vec<String> {
        folder_of(path).split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let (own, other) = (folders(from), folders(to));
    let shared = own.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), own.len() - shared);
    up.chain(other[shared..].iter().cloned()).chain([file_name(to).to_owned()]).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::path_from;

    #[test]
    fn paths_are_written_from_the_document() {
        assert_eq!(path_from("2025/12/a.md", "2025/11/b.md"), "../11/b.md");
        assert_eq!(path_from("2025/a.md", "2025/b.md"), "b.md");
        assert_eq!(path_from("a.md", "2025/b.md"), "2025/b.md");
        assert_eq!(path_from("2025/a.md", "b.md"), "../b.md");
    }
}
