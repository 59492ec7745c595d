//! Controls and citations as text.

use serde_json::{Value, json};

use crate::cli::Context;
use crate::cli::error::CommandError;
use crate::cli::paths::PathView;
use crate::cli::table::Table;
use crate::cli::text::{Line, Style};
use crate::kb::controls::{Citation, ControlRow, Coverage, Fault, FaultRow, Place};
use crate::kb::{Framework, Lookup};
use crate::model::counted;

/// Columns before a place on a line of its own: below the title.
const INDENT: usize = 12;
/// Places of one citation that are named: CSV has all.
const MOST_PLACES: usize = 1;

/// Prints the controls, framework by framework, then what is cited and is none.
pub(super) fn matrix(context: &mut Context, shown: &Coverage, paths: &PathView) -> Result<(), CommandError> {
    let width = context.ui.width();
    for (at, of_framework) in shown.controls.chunk_by(|a, b| a.framework == b.framework).enumerate() {
        if at > 0 {
            context.ui.blank()?;
        }
        let framework = Framework::from_key(of_framework[0].framework).map_or("", Framework::name);
        context.ui.line(&Line::styled(framework, Style::Title))?;
        context.ui.lines(&controls(of_framework).render(width))?;
    }
    if shown.faults.is_empty() {
        return Ok(());
    }
    if !shown.controls.is_empty() {
        context.ui.blank()?;
    }
    context.ui.line(&Line::styled("Invalid citations", Style::Title))?;
    Ok(context.ui.lines(&faults(&shown.faults, paths).render(width))?)
}

fn controls(rows: &[ControlRow]) -> Table {
    let header = ["control", "title", "incidents", "documents", "newest"];
    let mut table = Table::new().header(&header).right(2).right(3).flexible(1);
    for row in rows {
        let (id, title) = if row.documents > 0 { (Style::Strong, Style::Plain) } else { (Style::Dim, Style::Dim) };
        let newest = row.newest.as_ref();
        table.row(vec![
            Line::styled(row.id, id),
            Line::styled(row.title, title),
            count(row.incidents),
            count(row.documents),
            newest.map_or_else(Line::new, |it| Line::plain(&format!("{} ", it.date)).with(&it.name, Style::Link)),
        ]);
    }
    table
}

fn count(number: usize) -> Line {
    if number == 0 { Line::new() } else { Line::plain(&number.to_string()) }
}

fn faults(rows: &[FaultRow], paths: &PathView) -> Table {
    let mut table = Table::new().header(&["", "cited", "under", "instead", "where"]).flexible(4);
    for of_fault in rows.chunk_by(|a, b| a.fault == b.fault) {
        let mut fault = of_fault[0].fault.as_str();
        for row in of_fault {
            let style = if row.fault == Fault::Unchecked { Style::Dim } else { Style::Warn };
            table.row(vec![
                Line::styled(std::mem::take(&mut fault), style),
                Line::styled(&row.id, Style::Strong),
                Line::plain(&row.framework),
                Line::plain(&row.advice()),
                Line::styled(&places(&row.places, paths), Style::Link),
            ]);
        }
    }
    table
}

fn places(places: &[Place], paths: &PathView) -> String {
    let shown: Vec<String> = places.iter().take(MOST_PLACES).map(|it| paths.at(&it.path, it.line)).collect();
    let more = places.len().saturating_sub(MOST_PLACES);
    if more == 0 { shown.join(" ") } else { format!("{} and {more} more", shown.join(" ")) }
}

/// Returns what the table says, in a sentence.
pub(super) fn summary(total: usize, cited: usize, shown: &Coverage, whole: bool) -> String {
    let of = if whole { "" } else { " by documents of incidents of this period" };
    let places: usize = shown.faults.iter().map(|it| it.places.len()).sum();
    let invalid = match places {
        0 => String::new(),
        _ => format!(" {} invalid.", counted(places, "citation is", "citations are")),
    };
    format!("{cited} of {total} controls are cited{of}.{invalid}")
}

/// Prints what a control is and every place that cites it.
pub(super) fn citations(
    context: &mut Context,
    wanted: &Lookup,
    text: &str,
    found: &[Citation],
    paths: &PathView,
) -> Result<(), CommandError> {
    let (title, about) = head(wanted, text);
    context.ui.line(&Line::styled(&title, Style::Title))?;
    if !about.is_empty() {
        context.ui.line(&Line::styled(&about, Style::Dim))?;
    }
    if !found.is_empty() {
        context.ui.blank()?;
    }
    for it in found {
        let date = it.date.map_or_else(|| " ".repeat(INDENT), |date| format!("{date}  "));
        let style = if it.counts { Style::Strong } else { Style::Plain };
        let title = Line::plain(&date).with(&it.title, style).with(&format!("  {}", it.kind), Style::Dim);
        context.ui.line(&title)?;
        let place = Line::styled(&paths.at(&it.path, it.line), Style::Link);
        let is_canonical = match wanted {
            Lookup::Known { control, .. } => control.id == it.written,
            Lookup::Superseded { id, .. } => *id == it.written,
            _ => true,
        };
        let written = if is_canonical { String::new() } else { format!("  as {}", it.written) };
        context.ui.line(&place.with(&written, Style::Warn).indented(INDENT))?;
    }
    if !found.is_empty() {
        let mut incidents: Vec<&str> = found.iter().filter(|it| it.counts).map(|it| it.incident.as_str()).collect();
        incidents.sort_unstable();
        incidents.dedup();
        let places = counted(found.len(), "place", "places");
        let incidents = counted(incidents.len(), "incident", "incidents");
        context.ui.notice(&format!("Cited in {places}, by documents of {incidents}."));
    }
    Ok(())
}

/// Returns what is known of a control: its name and title, and a line about it.
fn head(wanted: &Lookup, text: &str) -> (String, String) {
    match wanted {
        Lookup::Known { control, .. } => {
            let part = if control.part.is_empty() { String::new() } else { format!(", {}", control.part) };
            (format!("{}  {}", control.id, control.title), format!("{}{part}", control.framework.name()))
        }
        Lookup::Superseded { id, by } => {
            let new: Vec<String> = by.iter().map(|it| format!("{} ({})", it.id, it.title)).collect();
            ((*id).to_owned(), format!("ISO/IEC 27001:2013, replaced by {}", new.join(" and ")))
        }
        Lookup::Unknown { framework, nearest } => {
            let nearest = nearest.map_or_else(String::new, |it| format!("; the nearest is {} ({})", it.id, it.title));
            (text.to_owned(), format!("{} has no such control{nearest}", framework.name()))
        }
        Lookup::TooBroad { .. } | Lookup::Unchecked => (text.to_owned(), "in no catalogue here".to_owned()),
    }
}

/// Returns what is known of a control, for programs.
pub(super) fn as_json(wanted: &Lookup, text: &str) -> Value {
    match wanted {
        Lookup::Known { control, .. } => json!({
            "state": "known", "framework": control.framework.key(), "id": control.id, "title": control.title,
        }),
        Lookup::Superseded { id, by } => json!({
            "state": "superseded", "framework": Framework::Iso27001.key(), "id": id,
            "instead": by.iter().map(|it| it.id).collect::<Vec<_>>(),
        }),
        Lookup::Unknown { framework, nearest } => json!({
            "state": "unknown", "framework": framework.key(), "id": text, "instead": nearest.map(|it| it.id),
        }),
        Lookup::TooBroad { .. } | Lookup::Unchecked => json!({"state": "unchecked", "id": text}),
    }
}
