//! `ris check --explain`: what a rule is for, or all rules in one line each.

use serde_json::json;

use crate::cli::Context;
use crate::cli::error::{CommandError, Ended};
use crate::cli::markdown::{self, CodeLayout};
use crate::cli::table::Table;
use crate::cli::text::{Line, Style};
use crate::kb::{RULES, Rule, RuleLevel, explain, nearest_code};
use crate::model::capitalised;

/// Explains the rule `code`; lists all rules where it is empty.
pub(super) fn run(context: &mut Context, code: &str) -> Result<Ended, CommandError> {
    if code.is_empty() {
        return list(context);
    }
    let Some((rule, explanation)) = RULES.iter().find(|rule| rule.code == code).zip(explain(code)) else {
        let error = CommandError::no(format!("no rule is called `{code}`"));
        return Err(match nearest_code(code) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`ris check --explain` lists the rules"),
        });
    };
    if context.ui.is_json() {
        let mut value = as_json(rule);
        value["explanation"] = explanation.text.into();
        context.ui.json(&value)?;
        return Ok(Ended::Done);
    }
    let width = context.ui.width();
    let title = Line::styled(rule.code, Style::Title).with("  ", Style::Plain);
    context.ui.line(&title.with(rule.level.as_str(), style(rule.level)))?;
    context.ui.line(&Line::styled(&format!("{}.", capitalised(rule.summary)), Style::Plain))?;
    context.ui.blank()?;
    context.ui.lines(&markdown::render(explanation.text, width, CodeLayout::Indented))?;
    Ok(Ended::Done)
}

fn list(context: &mut Context) -> Result<Ended, CommandError> {
    if context.ui.is_json() {
        let rules: Vec<_> = RULES.iter().map(as_json).collect();
        context.ui.json(&json!({"schema": 1, "rules": rules}))?;
        return Ok(Ended::Done);
    }
    let mut table = Table::new().header(&["rule", "level", "finds"]).flexible(2);
    for rule in RULES {
        table.row(vec![
            Line::styled(rule.code, Style::Strong),
            Line::styled(rule.level.as_str(), style(rule.level)),
            Line::plain(rule.summary),
        ]);
    }
    let width = context.ui.width();
    context.ui.lines(&table.render(width))?;
    Ok(Ended::Done)
}

fn as_json(rule: &Rule) -> serde_json::Value {
    json!({
        "schema": 1,
        "code": rule.code,
        "level": rule.level.as_str(),
        "subject": rule.subject.as_str(),
        "summary": rule.summary,
    })
}

fn style(level: RuleLevel) -> Style {
    match level {
        RuleLevel::Deny => Style::Bad,
        RuleLevel::Warn => Style::Warn,
        RuleLevel::Note => Style::Plain,
        RuleLevel::Allow => Style::Dim,
    }
}
