//! `ris new`: a new document from a template.

mod args;
mod ask;
mod show;

use serde_json::json;

pub(crate) use args::NewArgs;

use super::bring_up_to_date;
use crate::cli::error::{CommandError, Ended};
use crate::cli::paths::PathView;
use crate::cli::{Context, editor, ui};
use crate::kb::{Draft, KnowledgeBase};

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &NewArgs) -> Result<Ended, CommandError> {
    if args.list {
        let kb = context.open()?;
        return show::templates(context, &kb);
    }
    if let Some(name) = args.template.as_deref().filter(|_| args.variables || args.source) {
        let kb = context.open()?;
        return if args.source { show::source(context, &kb, name) } else { show::variables(context, &kb, name) };
    }
    let kb = context.open()?;
    let mut request = args::request(context, &kb, args)?;
    let may_ask = ui::can_ask() && !args.output.no_input && !context.ui.is_json();
    if request.template.is_empty() && !may_ask {
        return Err(CommandError::new("which template?").hint("`ris new --list` names them; `ris new incident TITLE`"));
    }
    bring_up_to_date(context, &kb);
    if may_ask {
        kb.fill_from_incident(&mut request)?;
        ask::missing(&kb, &mut request, context.ui.width())?;
    }
    if args.output.dry_run {
        let draft = kb.draft(&request)?;
        show_dry(context, &kb, &draft)?;
        return Ok(Ended::Done);
    }
    let draft = kb.create(&request)?;
    let paths = PathView::new(kb.root(), &context.current_dir);
    if context.ui.is_json() {
        context.ui.json(&as_json(&draft, true))?;
        return Ok(Ended::Done);
    }
    draft.notices.iter().for_each(|notice| context.ui.warning(notice));
    context.ui.line(&crate::cli::text::Line::plain(&paths.show(&draft.path)))?;
    show::seen(context, &draft, &paths);
    if !args.output.no_edit && ui::can_ask() && context.ui.is_terminal() {
        edit(context, &kb, &draft)?;
    }
    Ok(Ended::Done)
}

fn show_dry(context: &mut Context, kb: &KnowledgeBase, draft: &Draft) -> Result<(), CommandError> {
    if context.ui.is_json() {
        return Ok(context.ui.json(&as_json(draft, false))?);
    }
    let paths = PathView::new(kb.root(), &context.current_dir);
    context.ui.raw(draft.text.as_bytes())?;
    draft.notices.iter().for_each(|notice| context.ui.warning(notice));
    context.ui.notice(&format!("Nothing was written; it would become `{}`.", paths.show(&draft.path)));
    show::seen(context, draft, &paths);
    Ok(())
}

fn as_json(draft: &Draft, written: bool) -> serde_json::Value {
    json!({
        "schema": 1,
        "id": draft.id,
        "path": draft.path,
        "title": draft.title,
        "template": draft.template,
        "written": written,
        "text": draft.text,
        "seen_before": draft.seen,
        "notices": draft.notices,
    })
}

fn edit(context: &mut Context, kb: &KnowledgeBase, draft: &Draft) -> Result<(), CommandError> {
    context.ui.flush()?;
    if !editor::open(kb.config().documents.editor.as_deref(), &kb.root().join(&draft.path))? {
        context.ui.notice("No editor is known; set EDITOR, or `editor` below `[documents]` in ris.toml.");
    }
    Ok(())
}
