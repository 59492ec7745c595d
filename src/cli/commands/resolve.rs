//! `ris resolve`: the resolution document of an incident.

use clap::ValueEnum;
use serde_json::json;

use super::edits::{WriteArgs, accepted, show};
use super::{QueryArgs, open_synced};
use crate::cli::error::{CommandError, Ended};
use crate::cli::paths::PathView;
use crate::cli::{Context, complete};
use crate::kb::{KnowledgeBase, PlannedEdit, Resolution, ResolutionUpdate, ResolveRequest};
use crate::model::{StatusState, counted};
use clap::builder::NonEmptyStringValueParser;

const EXAMPLES: &str = "\
Examples:
  ris resolve INC-2026-07                        what it would write, as a diff
  ris resolve INC-2026-07 --write                write it, after showing it
  ris resolve INC-2026-02 --again --write        one that is resolved, but has no resolution document
  ris resolve INC-2026-07 --write --yes && ris resolve INC-2026-07 --update";

/// Make the resolution document of an incident and set its status
///
/// Facts, cause, merged timeline with its durations, steps, checks, action items, related incidents and the compliance
/// block are taken from all documents of the incident; what they do not say stays a question. Secrets are left out.
/// Shows everything as a diff and writes nothing without --write. The parts that ris made stand between marks;
/// --update makes those anew that nobody changed since and touches nothing else.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ResolveArgs {
    /// Id, path or file name of the incident; with --update also of the resolution
    #[arg(value_name = "ID|PATH", value_parser = NonEmptyStringValueParser::new(), add = complete::documents())]
    key: String,
    /// Make the generated parts of the resolution that is there anew
    #[arg(long, conflicts_with_all = ["again", "new_id", "path", "status"])]
    update: bool,
    /// With --update: also this part, though somebody changed it; may be given more than once
    #[arg(long, value_name = "PART", requires = "update", value_delimiter = ',')]
    overwrite: Vec<String>,
    /// Make a resolution though the incident is resolved, or has one, already
    #[arg(long)]
    again: bool,
    /// The status that the incident gets
    #[arg(long, value_enum, default_value_t = FinalStatus::Resolved, value_name = "STATUS")]
    status: FinalStatus,
    /// Id of the resolution, instead of one by the pattern of ris.toml
    #[arg(long = "new-id", value_name = "ID")]
    new_id: Option<String>,
    /// Path of the resolution below the knowledge base, instead of one beside the report
    #[arg(long, value_name = "PATH")]
    path: Option<String>,
    /// Show the change and write nothing (the default)
    #[arg(long, conflicts_with = "write")]
    dry_run: bool,
    #[command(flatten)]
    write: WriteArgs,
    #[command(flatten)]
    query: QueryArgs,
}

/// A status as typed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum FinalStatus {
    Resolved,
    Closed,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &ResolveArgs) -> Result<Ended, CommandError> {
    let kb = open_synced(context, &args.query)?;
    if args.update { update(context, &kb, args) } else { resolve(context, &kb, args) }
}

fn resolve(context: &mut Context, kb: &KnowledgeBase, args: &ResolveArgs) -> Result<Ended, CommandError> {
    let request = ResolveRequest {
        key: args.key.clone(),
        status: match args.status {
            FinalStatus::Resolved => StatusState::Resolved,
            FinalStatus::Closed => StatusState::Closed,
        },
        again: args.again,
        id: args.new_id.clone(),
        path: args.path.clone(),
    };
    let mut planned = kb.plan_resolution(&request)?;
    let paths = PathView::new(kb.root(), &context.current_dir);
    if !context.ui.is_json() {
        let new = PlannedEdit { path: planned.path.clone(), before: Vec::new(), after: planned.text.clone() };
        show(context, &new, &paths)?;
        for status in &planned.status {
            show(context, status, &paths)?;
        }
    }
    planned.notices.iter().for_each(|notice| context.ui.warning(notice));
    let from = counted(planned.sources.len(), "document", "documents");
    let asks = counted(planned.questions, "question", "questions");
    context.ui.notice(&format!("Made from {from}; {asks} left for a person to answer."));
    let written = args.write.write && accepted(context, &args.write, &format!("Make {}?", paths.show(&planned.path)))?;
    if written {
        kb.write_resolution(&planned)?;
        kb.settle_resolution(&mut planned)?;
    }
    if context.ui.is_json() {
        context.ui.json(&as_json(&planned, written))?;
    }
    if !args.write.write {
        context.ui.notice(&format!("--write makes {}.", paths.show(&planned.path)));
        return Ok(Ended::Done);
    }
    if !written {
        context.ui.notice("Nothing was written.");
        return Ok(Ended::No);
    }
    tell_written(context, &planned, &paths);
    Ok(Ended::Done)
}

fn tell_written(context: &mut Context, planned: &Resolution, paths: &PathView) {
    context.ui.notice(&format!("{} was made.", paths.show(&planned.path)));
    if planned.status.is_empty() {
        context.ui.notice("The status of the incident was left as it is.");
    }
    for edit in &planned.status {
        context.ui.notice(&format!("The status was set in {}.", paths.show(&edit.path)));
    }
}

fn as_json(planned: &Resolution, written: bool) -> serde_json::Value {
    json!({
        "schema": 1, "id": planned.id, "path": planned.path, "title": planned.title, "text": planned.text,
        "sources": planned.sources, "status": planned.status.first().map(|edit| &edit.path),
        "statuses": planned.status.iter().map(|edit| &edit.path).collect::<Vec<_>>(),
        "questions": planned.questions, "notices": planned.notices, "written": written,
    })
}

fn update(context: &mut Context, kb: &KnowledgeBase, args: &ResolveArgs) -> Result<Ended, CommandError> {
    let planned = kb.plan_resolution_update(&args.key, &args.overwrite)?;
    let paths = PathView::new(kb.root(), &context.current_dir);
    let changes = planned.edit.changes_anything();
    if changes && !context.ui.is_json() {
        show(context, &planned.edit, &paths)?;
    }
    tell_of_parts(context, &planned, &paths);
    let question = format!("Write this into {}?", paths.show(&planned.edit.path));
    let written = changes && args.write.write && accepted(context, &args.write, &question)?;
    if written {
        kb.write_edit(&planned.edit)?;
    }
    if context.ui.is_json() {
        let kept: Vec<_> = planned.kept.iter().map(|(part, line)| json!({"part": part, "line": line})).collect();
        context.ui.json(&json!({
            "schema": 1, "path": planned.edit.path, "changed": planned.changed, "kept": kept,
            "notices": planned.notices, "text": planned.edit.after, "written": written,
        }))?;
    }
    if !changes {
        let parts = if planned.kept.is_empty() { "The generated parts" } else { "All other generated parts" };
        context.ui.notice(&format!("{parts} are as the documents say; nothing is to be done."));
        return Ok(Ended::Done);
    }
    if !args.write.write {
        context.ui.notice(&format!("{} would change; --write writes it.", paths.show(&planned.edit.path)));
        return Ok(Ended::Done);
    }
    if !written {
        context.ui.notice("Nothing was written.");
        return Ok(Ended::No);
    }
    let parts = planned.changed.join(", ");
    context.ui.notice(&format!("Made anew in {}: {parts}.", paths.show(&planned.edit.path)));
    Ok(Ended::Done)
}

fn tell_of_parts(context: &mut Context, planned: &ResolutionUpdate, paths: &PathView) {
    planned.notices.iter().for_each(|notice| context.ui.warning(notice));
    for (part, line) in &planned.kept {
        let line = u32::try_from(*line).unwrap_or(0);
        let place = paths.at(&planned.edit.path, line);
        context.ui.notice(&format!(
            "{place}: somebody changed the part `{part}`, so it stays; `--overwrite {part}` makes it anew."
        ));
    }
}
