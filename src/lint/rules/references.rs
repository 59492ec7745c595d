//! References that lead nowhere.

use crate::lint::{Findings, LintContext};
use crate::model::{ReferenceKey, ReferenceKind};

/// An id, wiki link or relative link leads to nothing.
pub(in crate::lint) fn dangling(cx: &LintContext<'_>, out: &mut Findings) {
    for reference in &cx.document.references {
        let target = reference.target.clone();
        let span = cx.find_on_line(reference.line, &target);
        let message = match reference.kind {
            ReferenceKind::Id => format!("no document here is `{target}`"),
            ReferenceKind::Link => format!("the link leads to `{target}`, which is not there"),
            ReferenceKind::Wiki => format!("no document here is called `{target}`"),
        };
        let key = reference.key(&cx.document.path);
        out.push(reference.line, message).span(span).subject(&target).only_if(move |around, draft| {
            let there = match &key {
                None => true,
                Some(ReferenceKey::Path(path)) => around.exists(path),
                Some(ReferenceKey::Name(name)) => around.is_known_name(name).unwrap_or(true),
            };
            if !there && let Some(near) = around.nearest(&target) {
                draft.hint(format!("did you mean `{near}`?"));
            }
            !there
        });
    }
}
