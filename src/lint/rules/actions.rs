//! Action items that nobody will do: no owner, no day, overdue.

use crate::lint::{Findings, LintContext};
use crate::model::{ActionClass, ActionItem};

/// Returns the open items that are work of this incident.
fn open<'a>(cx: &'a LintContext<'_>) -> impl Iterator<Item = &'a ActionItem> {
    let items = cx.document.action_items.iter();
    items.filter(|item| !item.carried && !item.done && item.class == ActionClass::Action && cx.is_about_incident())
}

/// An open item names no owner.
pub(in crate::lint) fn without_owner(cx: &LintContext<'_>, out: &mut Findings) {
    for item in open(cx).filter(|item| item.owner.is_none()) {
        out.push(item.line, "an open action item has no owner")
            .subject(&item.text)
            .hint("name one person or team: `(owner: name)`, `@name` or an `Owner` column");
    }
}
