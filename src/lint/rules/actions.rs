//! Action items that nobody will do: no owner, no day, overdue, due before anything had happened.

use chrono::NaiveDate;

use crate::lint::{Findings, LintContext};
use crate::model::{ActionClass, ActionItem, ActionSource, counted};

/// From so many open items on that all lack the same thing, they are one finding.
const MANY: usize = 3;

/// Marks and words by which a list says that an item is still to be done.
const OPEN_MARKS: [&str; 8] = ["⏳", "⬜", "🔲", "☐", "⚠", "🔴", "🟡", "📋"];
/// Words of headings above what was done already.
const DONE_GROUPS: [&str; 8] =
    ["completed", "done", "implemented", "fixed", "erledigt", "completado", "hecho", "terminé"];

/// Returns the items that are work of this incident and said to be open: by a box, in a table, by a mark, by a day of
/// their own. A list under a heading such as "Next steps" tells nothing of what has been done since.
pub(super) fn open_actions<'a>(cx: &'a LintContext<'_>) -> impl Iterator<Item = &'a ActionItem> {
    let items = cx.document.action_items.iter();
    items.filter(|item| {
        !item.carried
            && item.is_open()
            && item.class == ActionClass::Action
            && cx.is_about_incident()
            && says_open(cx, item)
    })
}

fn says_open(cx: &LintContext<'_>, item: &ActionItem) -> bool {
    let group = item.group.as_deref().unwrap_or_default().to_lowercase();
    let in_done = DONE_GROUPS.iter().any(|word| group.contains(word)) && item.source != ActionSource::Checkbox;
    let dated = item.due.as_ref().is_some_and(|due| !due.inferred || cx.find_on_line(item.line, &due.raw).is_some());
    let marked = || OPEN_MARKS.iter().any(|mark| cx.line(item.line).contains(mark));
    !in_done && (matches!(item.source, ActionSource::Checkbox | ActionSource::Table) || dated || marked())
}

/// An open item names no owner.
pub(in crate::lint) fn without_owner(cx: &LintContext<'_>, out: &mut Findings) {
    let inherits = |item: &ActionItem| parents(cx, item).any(|it| it.owner.is_some());
    lacking(cx, out, "owner", "name one person or team: `(owner: name)`, `@name` or an `Owner` column", |item| {
        item.owner.is_none() && !inherits(item) && !names_someone(cx.line(item.line))
    });
}

/// An open item has no day by which it is to be done.
pub(in crate::lint) fn without_due(cx: &LintContext<'_>, out: &mut Findings) {
    let has = |item: &ActionItem| item.due.is_some() || item.due_raw.is_some() || holds_day(cx.line(item.line));
    let inherits = |item: &ActionItem| parents(cx, item).any(has);
    lacking(
        cx,
        out,
        "due date",
        "write `(due: 2026-03-31)`, a `Due` column, or a heading such as `This week`",
        |item| !has(item) && !inherits(item),
    );
}

/// `… (Marguerite Dube)`, `… (Mara Lindqvist, 2026-01-30)`, `… Ines Okafor, by Friday.`: read as a part of the text, but
/// plain to people.
fn names_someone(line: &str) -> bool {
    let is_name = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        (2..=3).contains(&words.len())
            && words.iter().all(|word| word.starts_with(char::is_uppercase) && word.len() > 1)
    };
    let line = line.trim_end().trim_end_matches('.');
    let in_brackets = line.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let first = in_brackets.and_then(|(_, inner)| inner.split(',').next()).map(str::trim);
    let by = line.rsplit_once(", by ").and_then(|(before, _)| before.rsplit(['.', ';', '(', '–', '—']).next());
    first.is_some_and(is_name) || by.is_some_and(|text| is_name(text.trim()))
}

/// Tells whether an ISO day stands in `line`.
fn holds_day(line: &str) -> bool {
    line.match_indices("-").any(|(at, _)| {
        let start = at.checked_sub(4);
        start.and_then(|start| line.get(start..start + 10)).is_some_and(|day| day.parse::<NaiveDate>().is_ok())
    })
}

/// Reports the items that lack something; where all do, once.
fn lacking(cx: &LintContext<'_>, out: &mut Findings, what: &str, hint: &str, lacks: impl Fn(&ActionItem) -> bool) {
    let all: Vec<&ActionItem> = open_actions(cx).filter(|item| item.parent.is_none()).collect();
    let lacking: Vec<&&ActionItem> = all.iter().filter(|item| lacks(item)).collect();
    if lacking.len() == all.len() && all.len() >= MANY {
        let message = format!("none of the {} open action items has {} {what}", all.len(), article(what));
        out.push(all[0].line, message).subject("all").hint(hint);
        return;
    }
    for item in lacking {
        let message = format!("an open action item has no {what}");
        out.push(item.line, message).subject(&item.text).hint(hint);
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// Returns the items that `item` is a part of.
fn parents<'a>(cx: &'a LintContext<'_>, item: &ActionItem) -> impl Iterator<Item = &'a ActionItem> {
    let items = &cx.document.action_items;
    // A parent stands before its parts, so the way up ends.
    std::iter::successors(item.parent, |&at| items.get(at)?.parent.filter(|&up| up < at)).filter_map(|at| items.get(at))
}

/// An open item should have been done by now.
pub(in crate::lint) fn overdue(cx: &LintContext<'_>, out: &mut Findings) {
    for item in open_actions(cx) {
        let Some(due) = &item.due else { continue };
        let late = (cx.today - due.date).num_days();
        if late > cx.settings.grace_days {
            let days = counted(late, "day", "days");
            let how =
                if due.inferred { format!("`{}`, so {}", due.raw.trim(), due.date) } else { due.date.to_string() };
            out.push(item.line, format!("an open action item was due {days} ago ({how})"))
                .span(cx.find_on_line(item.line, &due.raw))
                .subject(&item.text)
                .hint("tick it if it is done, or agree on a new day and write down why");
        }
    }
}

/// An item was due before the incident began: a typing error, or copied from another document.
pub(in crate::lint) fn due_before_incident(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(day) = cx.document.date.as_ref().and_then(|date| date.value.known_day()) else { return };
    for item in cx.document.action_items.iter().filter(|_| cx.is_about_incident()) {
        let Some(due) = item.due.as_ref().filter(|due| !due.inferred && due.date < day) else { continue };
        out.push(item.line, format!("an action item is due on {}, before the incident began on {day}", due.date))
            .span(cx.find_on_line(item.line, &due.raw))
            .subject(&item.text)
            .hint("check the year of both days");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_at_the_end_is_somebody() {
        for line in [
            "- Ask them (Desmond Achterberg, 2026-01-30)",
            "- ⏳ Delete (Marguerite Dube)",
            "- Write it. Ines Okafor, by 2024-04-30.",
        ] {
            assert!(names_someone(line), "{line}");
        }
        for line in [
            "- [ ] Add an alert (Redis)",
            "- Add it (see AI-3)",
            "- Close it, by hand",
            "- Do it (High Priority Now or Never)",
        ] {
            assert!(!names_someone(line), "{line}");
        }
        assert!(holds_day("(Mara, 2026-01-30)") && !holds_day("INC-2026-01-3"));
    }
}
