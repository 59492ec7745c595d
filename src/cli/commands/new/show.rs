//! What `ris new` prints besides documents: templates, their variables, and what was seen before.

use serde_json::json;

use crate::cli::Context;
use crate::cli::error::{CommandError, Ended};
use crate::cli::paths::PathView;
use crate::cli::table::Table;
use crate::cli::text::{Line, Style};
use crate::cli::wrap::wrap_hanging;
use crate::kb::{Draft, KnowledgeBase, TemplateError, TemplateInfo, TemplateOrigin, Templates, common_variables};
use crate::model::counted;

/// Lists the templates; a broken one is told and does not stop the others.
pub(super) fn templates(context: &mut Context, kb: &KnowledgeBase) -> Result<Ended, CommandError> {
    let templates = kb.templates()?;
    let mut ended = Ended::Done;
    let mut found: Vec<&TemplateInfo> = Vec::new();
    let mut broken = Vec::new();
    for name in templates.names() {
        match templates.get(name) {
            Some(Ok(info)) => found.push(info),
            Some(Err(error)) => {
                context.ui.error(&crate::kb::KbError::Template(error.clone()).into());
                broken.push((name, error));
                ended = Ended::Failed;
            }
            None => {}
        }
    }
    if context.ui.is_json() {
        let all: Vec<_> = found.iter().map(|it| to_json(it)).collect();
        let fault = |(name, it): &(&str, &TemplateError)| json!({"name": name, "path": it.template, "line": it.line, "message": it.message, "hint": it.hint});
        let broken: Vec<_> = broken.iter().map(fault).collect();
        context.ui.json(&json!({"schema": 1, "templates": all, "broken": broken}))?;
        return Ok(ended);
    }
    let mut table = Table::new().header(&["template", "of", "for"]).flexible(2);
    for info in found {
        let of = if info.origin == TemplateOrigin::BuiltIn { "ris" } else { "the team" };
        table.row(vec![Line::styled(&info.name, Style::Link), Line::styled(of, Style::Dim), Line::plain(&info.about)]);
    }
    for (name, error) in broken {
        let place = if error.line == 0 { String::new() } else { format!("line {}: ", error.line) };
        let wrong = Line::styled(&format!("cannot be used: {place}{}", error.message), Style::Bad);
        table.row(vec![Line::plain(name), Line::styled("the team", Style::Dim), wrong]);
    }
    context.ui.lines(&table.render(context.ui.width()))?;
    Ok(ended)
}

fn to_json(info: &TemplateInfo) -> serde_json::Value {
    let variables: Vec<_> =
        info.variables.iter().map(|it| json!({"name": it.name, "about": it.about, "default": it.default})).collect();
    let path = match &info.origin {
        TemplateOrigin::BuiltIn => None,
        TemplateOrigin::Team(path) => Some(path),
    };
    json!({
        "name": info.name,
        "kind": info.kind,
        "status": info.status,
        "about": info.about,
        "path": path,
        "variables": variables,
    })
}

/// Lists what a template may be given.
pub(super) fn variables(context: &mut Context, kb: &KnowledgeBase, name: &str) -> Result<Ended, CommandError> {
    let templates = kb.templates()?;
    let info = known(&templates, name)?;
    if context.ui.is_json() {
        let common: Vec<_> =
            common_variables().into_iter().map(|(name, about)| json!({"name": name, "about": about})).collect();
        context.ui.json(&json!({"schema": 1, "template": to_json(info), "common": common}))?;
        return Ok(Ended::Done);
    }
    context.ui.line(&Line::styled(&info.about, Style::Title))?;
    if !info.variables.is_empty() {
        context.ui.blank()?;
        let mut table = Table::new().header(&["to be set with --set", "is"]).flexible(1);
        for variable in &info.variables {
            table.row(vec![Line::styled(&variable.name, Style::Strong), Line::plain(&variable.about)]);
        }
        context.ui.lines(&table.render(context.ui.width()))?;
    }
    context.ui.blank()?;
    let mut table = Table::new().header(&["there for every template", "is"]).flexible(1);
    for (name, about) in common_variables() {
        table.row(vec![Line::styled(name, Style::Strong), Line::plain(about)]);
    }
    context.ui.lines(&table.render(context.ui.width()))?;
    Ok(Ended::Done)
}

/// Prints a template as it is written.
pub(super) fn source(context: &mut Context, kb: &KnowledgeBase, name: &str) -> Result<Ended, CommandError> {
    let templates = kb.templates()?;
    let info = known(&templates, name)?;
    context.ui.raw(info.source.as_bytes())?;
    Ok(Ended::Done)
}

fn known<'a>(templates: &'a Templates, name: &str) -> Result<&'a TemplateInfo, CommandError> {
    match templates.get(name) {
        Some(Ok(info)) => Ok(info),
        Some(Err(error)) => Err(crate::kb::KbError::Template(error.clone()).into()),
        None => Err(CommandError::new(format!("there is no template `{name}`"))
            .hint(format!("there are {}", templates.names().join(", ")))),
    }
}

/// Tells which incidents are like the new one.
pub(super) fn seen(context: &mut Context, draft: &Draft, paths: &PathView) {
    if draft.seen.is_empty() {
        return;
    }
    let same = draft.seen.iter().any(|it| it.same);
    let head = if same { "You have seen this before:" } else { "Incidents that are like it:" };
    let mut lines = vec![Line::new(), Line::styled(head, Style::Strong)];
    let width = context.ui.width();
    for seen in &draft.seen {
        let document = &seen.document;
        let name = document.id.clone().map_or_else(String::new, |id| format!("{id}, "));
        let date = document.date.clone().map_or_else(String::new, |date| format!(" ({date})"));
        let title = Line::styled(&format!("{name}{}", document.title), Style::Title).with(&date, Style::Dim);
        lines.extend(wrap_hanging(&title, width - 2, 2).into_iter().map(|it| it.indented(2)));
        lines.push(Line::styled(&paths.show(&document.path), Style::Link).indented(4));
        let because = wrap_hanging(&Line::plain(&seen.because), width - 4, 2);
        lines.extend(because.into_iter().map(|it| it.indented(4)));
        if seen.incident_actions_open > 0 {
            let open = counted(seen.incident_actions_open as usize, "action item of it is", "action items of it are");
            lines.push(Line::styled(&format!("still {open} open"), Style::Bad).indented(4));
        }
    }
    context.ui.notice_lines(&lines);
}
