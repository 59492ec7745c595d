//! `ris tags merge`: one tag of two, in all documents that state it.

use serde_json::json;

use crate::cli::commands::edits::{WriteArgs, accepted, show, write};
use crate::cli::commands::{QueryArgs, open_synced};
use crate::cli::error::{CommandError, Ended};
use crate::cli::paths::PathView;
use crate::cli::{Context, complete};
use crate::kb::{KnowledgeBase, MergePlan};
use crate::model::{counted, nearest};

const EXAMPLES: &str = "\
Examples:
  ris tags merge failed-migration migration-failure
  ris tags merge failed-migration migration-failure --write";

/// Replace a tag by another in every document that states it
///
/// Shows the change as a unified diff and writes nothing without --write.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct MergeArgs {
    /// The tag that goes, by any of its names
    #[arg(value_name = "FROM", add = complete::tags())]
    from: String,
    /// The tag that takes its place
    #[arg(value_name = "TO", add = complete::tags())]
    to: String,
    #[command(flatten)]
    write: WriteArgs,
    #[command(flatten)]
    query: QueryArgs,
}

/// Runs the command.
pub(super) fn run(context: &mut Context, args: &MergeArgs) -> Result<Ended, CommandError> {
    if args.from == args.to {
        return Err(CommandError::new(format!("`{}` cannot be merged with itself", args.from))
            .hint("name the tag that goes, and then the one that takes its place"));
    }
    let kb = open_synced(context, &args.query)?;
    let paths = PathView::new(kb.root(), &context.current_dir);
    let plan = kb.plan_merge(&args.from, &args.to)?;
    if !context.ui.is_json() {
        for edit in &plan.edits {
            show(context, edit, &paths)?;
        }
    }
    for (path, line, reason) in &plan.refused {
        context.ui.warning(&format!("{} is not edited: {reason}.", paths.at(path, u32::try_from(*line).unwrap_or(0))));
    }
    tell_of_taxonomy(context, args, &plan, &kb.taxonomy().canonical(&args.from));
    let documents = counted(plan.edits.len(), "document", "documents");
    let asked = args.write.write && !plan.edits.is_empty();
    let may_write = asked && accepted(context, &args.write, &format!("Write this into {documents}?"))?;
    let written = if may_write { write(context, &kb, &plan.edits) } else { 0 };
    if context.ui.is_json() {
        context.ui.json(&as_json(args, &plan, written))?;
    }
    if plan.edits.is_empty() {
        context.ui.notice(&format!("No document that can be edited states `{}`.", args.from));
        if plan.refused.is_empty()
            && plan.inferred == 0
            && let Some(near) = nearest_tag(&kb, &args.from)?
        {
            context.ui.hint(&format!("did you mean `{near}`?"));
        }
        return Ok(Ended::No);
    }
    if !args.write.write {
        context.ui.notice(&format!("{documents} would change; --write writes them."));
        return Ok(Ended::Done);
    }
    if !may_write {
        context.ui.notice("Nothing was written.");
        return Ok(Ended::No);
    }
    context.ui.notice(&format!("{} changed.", counted(written, "document was", "documents were")));
    Ok(if written < plan.edits.len() || !plan.refused.is_empty() { Ended::Failed } else { Ended::Done })
}

fn as_json(args: &MergeArgs, plan: &MergePlan, written: usize) -> serde_json::Value {
    let edits: Vec<&str> = plan.edits.iter().map(|edit| edit.path.as_str()).collect();
    let refused: Vec<_> =
        plan.refused.iter().map(|(path, line, why)| json!({"path": path, "line": line, "reason": why})).collect();
    json!({
        "schema": 1, "from": args.from, "to": args.to, "documents": edits, "refused": refused,
        "inferred": plan.inferred, "written": written,
    })
}

/// Returns the name, of all that tags in use go by, that is most like `name`.
fn nearest_tag(kb: &KnowledgeBase, name: &str) -> Result<Option<String>, CommandError> {
    let (taxonomy, rows) = (kb.taxonomy(), kb.tag_rows()?);
    let used = rows.iter().filter(|row| row.count.documents > 0).map(|row| row.count.tag.as_str());
    let names = used.flat_map(|tag| {
        let aliases = taxonomy.tag(tag).into_iter().flat_map(|tag| &tag.aliases).map(String::as_str);
        std::iter::once(tag).chain(aliases)
    });
    Ok(nearest(name, names).map(str::to_owned))
}

/// Documents to come, and what is inferred, follow the taxonomy.
fn tell_of_taxonomy(context: &mut Context, args: &MergeArgs, plan: &MergePlan, canonical: &str) {
    let MergeArgs { from, to, .. } = args;
    if plan.inferred > 0 {
        let count = counted(plan.inferred, "document has", "documents have");
        context.ui.notice(&format!(
            "{count} `{from}` inferred only; `merge: {{{from}: {to}}}` in taxonomy.yaml changes that."
        ));
    } else if canonical != to && !plan.edits.is_empty() {
        context.ui.notice(&format!("So that it stays one tag, write `merge: {{{from}: {to}}}` into taxonomy.yaml."));
    }
}
