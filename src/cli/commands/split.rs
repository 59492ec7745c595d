//! `ris split`: the incidents of a log become documents of their own.

use std::path::PathBuf;

use serde_json::json;

use super::edits::{WriteArgs, accepted, diff, show};
use super::{QueryArgs, open_synced, print_with_places};
use crate::cli::Context;
use crate::cli::error::{CommandError, Ended};
use crate::cli::paths::{PathView, given};
use crate::cli::text::{Line, Style};
use crate::kb::{SplitDocument, SplitPlan};
use crate::model::counted;

const EXAMPLES: &str = "\
Examples:
  ris split incidents/incident-log.md
  ris split incidents/incident-log.md --write
  ris split incidents/incident-log.md --write --yes --format json";

/// Give each incident of a log a document of its own
///
/// A file counts as one incident. One that tells of several, in sections with a day or an id each or in a table with days
/// and severities, is cut: shows as a diff the documents that its incidents become, beside it, named by day and title, and
/// the log with a list of links in their place. The text stays as it is, but for the level of headings, breaks between
/// incidents, and links within the log; what the front matter of the log says for all (services, owners, project,
/// compliance) goes along. Links of other documents to headings of the log are mended. Nothing is overwritten; a run that
/// was cut short is finished by the next one.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SplitArgs {
    /// The log
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    #[command(flatten)]
    write: WriteArgs,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &SplitArgs) -> Result<Ended, CommandError> {
    let full = given(&context.current_dir, &args.file)?;
    if full.is_dir() {
        let message = format!("`{}` is a folder", args.file.display());
        return Err(CommandError::new(message).hint("name the file that tells of several incidents"));
    }
    let kb = open_synced(context, &QueryArgs::synced())?;
    let paths = PathView::new(kb.root(), &context.current_dir);
    let Some(path) = kb.documents_at(&full)?.into_iter().next() else {
        return Err(CommandError::no(format!("`{}` is no document", args.file.display())));
    };
    let Some(plan) = kb.plan_split(&path)? else {
        let message = format!("`{}` does not tell of several incidents: there is nothing to split", paths.show(&path));
        return Err(CommandError::no(message).hint(
            "incidents are known by sections beside one another with a day or an id each and a cause or a fix in two of \
             them, or by rows with a day and a severity",
        ));
    };
    if !context.ui.is_json() {
        show_plan(context, &plan, &paths)?;
    }
    plan.notices.iter().for_each(|notice| context.ui.warning(notice));
    let documents = counted(plan.documents.len(), "document", "documents");
    let log = paths.show(&plan.log.path);
    let mended = match plan.links.len() {
        0 => String::new(),
        count => format!(", mend links in {}", counted(count, "other", "others")),
    };
    let question = format!("Write {documents}{mended}, and leave a list of links in {log}?");
    let may_write = args.write.write && accepted(context, &args.write, &question)?;
    let written = if may_write { Some(kb.write_split(&plan)?) } else { None };
    if context.ui.is_json() {
        context.ui.json(&as_json(&plan, &paths, written.unwrap_or_default()))?;
    }
    match written {
        Some(_) => context.ui.notice(&format!("{log} became {documents} and a list of links to them.")),
        None if args.write.write => {
            context.ui.notice("Nothing was written.");
            return Ok(Ended::No);
        }
        None => context.ui.notice(&format!("{log} would become {documents}; --write writes them.")),
    }
    Ok(Ended::Done)
}

fn show_plan(context: &mut Context, plan: &SplitPlan, paths: &PathView) -> Result<(), CommandError> {
    let incidents = counted(plan.documents.len(), "incident", "incidents");
    context.ui.line(&Line::plain(&format!("{} tells of {incidents}", paths.show(&plan.log.path))))?;
    let row = |document: &SplitDocument| {
        let day = document.date.map_or(String::new(), |day| day.to_string());
        let there = if document.is_there() { " (there already)" } else { "" };
        let path = format!("{}{there}", paths.show(&document.edit.path));
        (vec![Line::plain(&day), Line::styled(&document.title, Style::Strong)], Line::styled(&path, Style::Link))
    };
    print_with_places(context, plan.documents.iter().map(row).collect())?;
    let new = plan.documents.iter().filter(|it| !it.is_there()).map(|it| &it.edit);
    for edit in new.chain(&plan.links).chain([&plan.log]) {
        context.ui.blank()?;
        show(context, edit, paths)?;
    }
    Ok(())
}

fn as_json(plan: &SplitPlan, paths: &PathView, written: usize) -> serde_json::Value {
    let document = |it: &SplitDocument| {
        let diff = if it.is_there() { String::new() } else { diff(&it.edit, paths) };
        json!({
            "path": it.edit.path, "id": it.id, "title": it.title, "date": it.date.map(|day| day.to_string()),
            "line": it.line, "there": it.is_there(), "diff": diff,
        })
    };
    let documents: Vec<_> = plan.documents.iter().map(document).collect();
    let links: Vec<_> = plan.links.iter().map(|it| json!({"path": it.path, "diff": diff(it, paths)})).collect();
    json!({
        "schema": 1, "path": plan.log.path, "documents": documents, "links": links, "diff": diff(&plan.log, paths),
        "written": written,
    })
}
