//! The parts of a document that are lists: durations, timeline, action items, references, compliance, sections.

use super::Place;
use super::facts::format_moment;
use crate::cli::table::Table;
use crate::cli::text::{Line, Style};
use crate::model::{ActionClass, ActionItem, Document, DurationKind, ItemState, Moment, TimelineMark, format_minutes};

/// Returns what stands beside the title of a part.
pub(super) fn count(document: &Document, title: &str) -> String {
    match title {
        "Timeline" => {
            let entries = document.timeline.len();
            let unknown = |at: &Moment| at.time.is_some() && at.offset.is_none();
            match document.timeline.iter().filter(|it| it.at.as_ref().is_some_and(unknown)).count() {
                0 => format!("  {entries}"),
                some if some == entries => format!("  {entries}, zone unknown"),
                some => format!("  {entries}, {some} of unknown zone"),
            }
        }
        "Action items" => {
            let done = document.action_items.iter().filter(|it| it.is_done()).count();
            let wanted = document.action_items.iter().filter(|it| it.counts()).count();
            match document.action_items.len() - wanted {
                0 => format!("  {done} of {wanted} done"),
                cancelled => format!("  {done} of {wanted} done, {cancelled} cancelled"),
            }
        }
        "References" => format!("  {}", document.references.len()),
        _ => String::new(),
    }
}

/// Returns what was written and what the timeline gives, side by side.
pub(super) fn durations(document: &Document, place: &Place) -> Table {
    let mut table = Table::new().header(&["", "stated", "", "computed", "differs"]).flexible(1);
    for kind in [DurationKind::Detect, DurationKind::Mitigate, DurationKind::Resolve, DurationKind::Total] {
        let computed = document.durations.computed.iter().find(|it| it.kind == kind).map(|it| it.minutes);
        let computed_line =
            || computed.map_or_else(Line::new, |minutes| Line::styled(&format_minutes(minutes), Style::Warn));
        let name = || Line::styled(kind.as_str(), Style::Strong);
        let stated: Vec<_> = document.durations.stated.iter().filter(|it| it.kind == kind).collect();
        if stated.is_empty() && computed.is_some() {
            table.row(vec![name(), Line::new(), Line::new(), computed_line(), Line::new()]);
        }
        for duration in stated {
            let difference = document.contradicts(duration);
            let difference =
                difference.map_or_else(Line::new, |minutes| Line::styled(&format_minutes(minutes), Style::Bad));
            let at = place.at(duration.origin.line);
            table.row(vec![name(), Line::plain(&duration.raw), at, computed_line(), difference]);
        }
    }
    table
}

/// Returns the timeline, the time as understood beside the line it stands on.
pub(super) fn timeline(document: &Document) -> Table {
    let mut table = Table::new().right(0).flexible(3);
    for entry in &document.timeline {
        let when = match &entry.at {
            Some(at) => Line::plain(&format_moment(at)),
            None if entry.raw.is_empty() => Line::styled("no time", Style::Dim),
            None => Line::styled(&entry.raw, Style::Warn),
        };
        let mark = match entry.mark {
            Some(TimelineMark::Started) => Line::styled("started", Style::Bad),
            Some(TimelineMark::Detected) => Line::styled("detected", Style::Warn),
            Some(TimelineMark::Mitigated) => Line::styled("mitigated", Style::Good),
            Some(TimelineMark::Resolved) => Line::styled("resolved", Style::Good),
            None => Line::new(),
        };
        table.row(vec![line_number(entry.line), when, mark, Line::plain(&entry.text)]);
    }
    table
}

/// Returns the action items with who, when and what kind.
pub(super) fn action_items(document: &Document) -> Table {
    let items = &document.action_items;
    let mut table = Table::new().header(&["line", "", "what", "owner", "due", ""]).right(0).flexible(2).flexible(5);
    let mut group = None;
    for item in items {
        if item.group != group {
            group.clone_from(&item.group);
            if let Some(group) = &group {
                table.row(vec![Line::new(), Line::new(), Line::styled(group, Style::Italic)]);
            }
        }
        let (mark, style) = match item.state {
            ItemState::Open => ("[ ]", Style::Warn),
            ItemState::Done => ("[x]", Style::Good),
            ItemState::Cancelled => ("[-]", Style::Dim),
        };
        table.row(vec![
            line_number(item.line),
            Line::styled(mark, style),
            Line::plain(&item.text).indented(2 * depth(items, item)),
            Line::plain(item.owner.as_deref().unwrap_or_default()),
            due(item),
            details(item),
        ]);
    }
    table
}

/// Returns the references to other documents.
pub(super) fn references(document: &Document) -> Table {
    let mut table = Table::new().right(0);
    for reference in &document.references {
        let kind = Line::styled(reference.kind.as_str(), Style::Dim);
        table.row(vec![line_number(reference.line), kind, Line::plain(&reference.target)]);
    }
    table
}

/// Returns what the document states about controls, retention and review.
pub(super) fn compliance(document: &Document, place: &Place) -> Table {
    let compliance = &document.compliance;
    let mut table = Table::new().flexible(1);
    let mut add = |name: &str, value: &str, line: u32| {
        table.row(vec![Line::styled(name, Style::Strong), Line::plain(value), place.at(line)]);
    };
    for controls in compliance.controls.chunk_by(|a, b| a.framework == b.framework) {
        let ids: Vec<&str> = controls.iter().map(|it| it.id.as_str()).collect();
        add(&format!("{} controls", controls[0].framework), &ids.join(", "), controls[0].line);
    }
    for (framework, period) in &compliance.retention {
        add(format!("{framework} retention").trim_start(), &period.value, period.origin.line);
    }
    for (framework, frequency) in &compliance.review.frequencies {
        add(format!("{framework} review").trim_start(), &frequency.value, frequency.origin.line);
    }
    let review = &compliance.review;
    let dates = [("next review", &review.next), ("last review", &review.last)];
    for (name, date) in dates {
        if let Some(date) = date {
            add(name, &date.value.to_string(), date.origin.line);
        }
    }
    let texts = [
        ("reviewer", &review.reviewer),
        ("classification", &compliance.classification),
        ("health information", &compliance.phi),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            add(name, &text.value, text.origin.line);
        }
    }
    for hold in &compliance.holds {
        add("legal hold", if hold.value.is_empty() { "yes" } else { &hold.value }, hold.origin.line);
    }
    let assessed = document.front_matter.iter().flat_map(|block| &block.entries);
    for (name, entry) in assessed.filter_map(|it| Some((it.path.strip_prefix("breach-assessment.")?, it))) {
        add(&format!("breach {name}"), &entry.value, entry.line);
    }
    table
}

/// Returns the headings and what they are about.
pub(super) fn sections(document: &Document) -> Table {
    let mut table = Table::new().right(0);
    for section in &document.sections {
        let role = section.role.map(|role| format!("{role:?}").to_lowercase()).unwrap_or_default();
        let title = Line::plain(&section.title).indented(usize::from(section.level.saturating_sub(1)) * 2);
        table.row(vec![line_number(section.line), title, Line::styled(&role, Style::Dim)]);
    }
    table
}

fn line_number(line: u32) -> Line {
    Line::styled(&format!(":{line}"), Style::Dim)
}

fn due(item: &ActionItem) -> Line {
    match &item.due {
        Some(due) if due.inferred => Line::plain(&due.date.to_string()).with(" inferred", Style::Warn),
        Some(due) => Line::plain(&due.date.to_string()),
        None => Line::plain(item.due_raw.as_deref().unwrap_or_default()),
    }
}

/// Returns what else is known: class where it is no plain action, priority, effort, tickets, what it waits for.
fn details(item: &ActionItem) -> Line {
    let mut parts: Vec<String> = Vec::new();
    match item.class {
        ActionClass::Action => {}
        ActionClass::Verification => parts.push("verification".into()),
        ActionClass::Checklist => parts.push("checklist".into()),
    }
    parts.extend(item.priority.clone());
    parts.extend(item.sort.clone());
    parts.extend(item.estimate.clone());
    // A ticket that is written as a linked key is there twice; the key is enough to find it.
    let keys: Vec<String> = item.tickets.iter().filter(|it| !it.contains("://")).cloned().collect();
    parts.extend(if keys.is_empty() { item.tickets.clone() } else { keys });
    if !item.depends_on.is_empty() {
        parts.push(format!("after {}", item.depends_on.join(", ")));
    }
    parts.extend(item.done_when.as_ref().map(|it| format!("done when: {it}")));
    Line::styled(&parts.join(" · "), Style::Dim)
}

/// Returns how deep `item` stands below others; a chain that does not end is cut.
fn depth(items: &[ActionItem], item: &ActionItem) -> usize {
    let mut depth = 0;
    let mut parent = item.parent;
    while let Some(at) = parent
        && depth < 4
    {
        depth += 1;
        parent = items.get(at).and_then(|it| it.parent);
    }
    depth
}
