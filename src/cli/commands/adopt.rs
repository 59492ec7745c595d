//! `ris adopt`: existing documents get front matter that states what their text says.

use std::path::PathBuf;

use serde_json::json;

use super::edits::{WriteArgs, accepted, documents, show, write};
use super::{QueryArgs, open_synced};
use crate::cli::Context;
use crate::cli::error::{CommandError, Ended};
use crate::cli::paths::PathView;
use crate::cli::text::{Line, Style};
use crate::cli::wrap::wrap_hanging;
use crate::kb::{AdoptRequest, Adoption, AdoptionPlan, PlannedEdit};
use crate::model::counted;

const EXAMPLES: &str = "\
Examples:
  ris adopt incidents/2024
  ris adopt incidents/2024/INC-2024-02-portal-certificate.md --write
  ris adopt incidents --write --yes
  ris adopt incidents --accept --format json";

/// Bring existing documents in: state in their front matter what their text says
///
/// Shows as a diff what would be added: id, title, kind, date, severity, status, services, owners, root causes, and the
/// compliance block of the profile in ris.toml. What ris only inferred is added as comments, for a person to accept. The
/// text is never touched; comments, order, quoting and line ends stay as they are. A second run adds nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct AdoptArgs {
    /// Documents, or folders of documents
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// State what was inferred too, as if a person had said so
    #[arg(long)]
    accept: bool,
    /// Profile of ris.toml that gives the compliance block
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Project of the documents that name none
    #[arg(long, value_name = "NAME")]
    project: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

/// What was planned for all documents.
#[derive(Default)]
struct Plan {
    adoptions: Vec<Adoption>,
    /// Documents that lack nothing.
    complete: usize,
    /// Pages that are no incident documents.
    pages: Vec<String>,
    failed: bool,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &AdoptArgs) -> Result<Ended, CommandError> {
    let kb = open_synced(context, &QueryArgs::synced())?;
    let paths = PathView::new(kb.root(), &context.current_dir);
    let request = AdoptRequest { accept: args.accept, profile: args.profile.clone(), project: args.project.clone() };
    let mut adopter = kb.adopter(request)?;
    let mut plan = Plan::default();
    for document in documents(context, &kb, &args.paths)? {
        match adopter.plan(&document) {
            Ok(AdoptionPlan::Adopt(adoption)) => plan.adoptions.push(adoption),
            Ok(AdoptionPlan::Complete) => plan.complete += 1,
            Ok(AdoptionPlan::Page) => plan.pages.push(document),
            Err(error) => {
                context.ui.error(&error.into());
                plan.failed = true;
            }
        }
    }
    adopter.notices.iter().for_each(|notice| context.ui.warning(notice));
    show_plan(context, &plan, &paths)?;
    let ended = if plan.failed { Ended::Failed } else { Ended::Done };
    let wanted = args.write.write && !plan.adoptions.is_empty();
    let documents = counted(plan.adoptions.len(), "document", "documents");
    let may_write = wanted && accepted(context, &args.write, &format!("Write this into {documents}?"))?;
    let edits: Vec<PlannedEdit> = plan.adoptions.iter().map(|it| it.edit.clone()).collect();
    let written = if may_write { write(context, &kb, &edits) } else { 0 };
    if context.ui.is_json() {
        context.ui.json(&as_json(&plan, written))?;
    }
    if !wanted {
        return Ok(ended);
    }
    if !may_write {
        context.ui.notice("Nothing was written.");
        return Ok(Ended::No);
    }
    context.ui.notice(&format!("{} adopted.", counted(written, "document was", "documents were")));
    Ok(if written < edits.len() { Ended::Failed } else { ended })
}

fn as_json(plan: &Plan, written: usize) -> serde_json::Value {
    let row = |it: &Adoption| json!({"path": it.edit.path, "added": it.added});
    let documents: Vec<_> = plan.adoptions.iter().map(row).collect();
    json!({
        "schema": 1, "documents": documents, "complete": plan.complete, "left_alone": plan.pages, "written": written,
    })
}

fn show_plan(context: &mut Context, plan: &Plan, paths: &PathView) -> Result<(), CommandError> {
    if context.ui.is_json() {
        return Ok(());
    }
    for (at, adoption) in plan.adoptions.iter().enumerate() {
        if at > 0 {
            context.ui.blank()?;
        }
        show(context, &adoption.edit, paths)?;
        sources(context, adoption)?;
    }
    let mut told = Vec::new();
    if plan.complete > 0 {
        told.push(counted(plan.complete, "document lacks nothing", "documents lack nothing"));
    }
    if !plan.pages.is_empty() {
        let pages = counted(plan.pages.len(), "page is no incident document", "pages are no incident documents");
        told.push(format!("{pages} and left alone"));
    }
    if told.is_empty() && plan.adoptions.is_empty() && !plan.failed {
        told.push("There are no documents there".to_owned());
    }
    if !told.is_empty() {
        context.ui.notice(&format!("{}.", told.join("; ")));
    }
    Ok(())
}

/// Says where the values were read.
fn sources(context: &mut Context, adoption: &Adoption) -> Result<(), CommandError> {
    let stated = adoption.added.iter().filter(|it| !it.inferred);
    let told: Vec<String> = stated
        .map(|it| {
            let at = if it.line == 0 { String::new() } else { format!(" in line {}", it.line) };
            format!("{} from {}{at}", it.key, it.from)
        })
        .collect();
    let line = Line::styled(&told.join(", "), Style::Dim);
    let width = context.ui.width();
    Ok(context.ui.lines(&wrap_hanging(&line, width, 2))?)
}
