//! `ris controls`: which controls documents are evidence for, and what they cite that is no control.

mod show;

use serde_json::json;

use super::{QueryArgs, open_synced};
use crate::cli::error::{CommandError, Ended};
use crate::cli::filters::PeriodArgs;
use crate::cli::paths::PathView;
use crate::cli::{Context, Format, complete};
use crate::kb::controls::{ControlRow, citation_table, fault_table, table};
use crate::kb::{Framework, Group, KnowledgeBase, Lookup, look_up};

const EXAMPLES: &str = "\
Examples:
  ris controls                              what is evidenced, and by how much
  ris controls soc2 --all --in 2026         coverage of one framework in one year, gaps included
  ris controls 164.308.a.6.ii               every place that cites a control, however it is written
  ris controls CC7                          the controls of a family
  ris controls --invalid                    only invalid citations
  ris controls --all --format csv > matrix.csv";

/// List the controls that documents cite, with incidents, documents and the newest incident of each
///
/// Controls are those of the catalogues of HIPAA, ISO/IEC 27001:2022 and SOC 2. Incidents are things that happened;
/// documents are also policies, exercises and near misses. Below stands what is cited and is no control: unknown ids,
/// ids of ISO/IEC 27001:2013, whole families, and what no catalogue here can check.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ControlsArgs {
    /// A control, in any way of writing it, a family of controls, or a framework (hipaa, iso27001, soc2)
    #[arg(value_name = "CONTROL|FRAMEWORK", add = complete::controls())]
    control: Option<String>,
    /// Also controls that nobody cites
    #[arg(long, conflicts_with = "invalid")]
    all: bool,
    /// Only invalid citations
    #[arg(long)]
    invalid: bool,
    #[command(flatten)]
    query: QueryArgs,
    #[command(flatten)]
    period: PeriodArgs,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &ControlsArgs) -> Result<Ended, CommandError> {
    let wanted = args.control.as_deref().map(|text| (text, look_up("", text)));
    let kb = open_synced(context, &args.query)?;
    match wanted {
        None => matrix(context, &kb, args, |_| true, None),
        Some((_, Lookup::TooBroad { framework, group: Group::Whole, .. })) => {
            matrix(context, &kb, args, |row| row.framework == framework.key(), Some(framework))
        }
        Some((_, Lookup::TooBroad { framework, members, .. })) => {
            let is_member =
                |row: &ControlRow| members.iter().any(|it| (it.framework.key(), it.id) == (row.framework, row.id));
            matrix(context, &kb, args, is_member, Some(framework))
        }
        Some((text, wanted)) => citations(context, &kb, args, &wanted, text),
    }
}

/// Shows the controls that `is_meant` says yes to, and what is wrong under their framework.
fn matrix(
    context: &mut Context,
    kb: &KnowledgeBase,
    args: &ControlsArgs,
    is_meant: impl Fn(&ControlRow) -> bool,
    framework: Option<Framework>,
) -> Result<Ended, CommandError> {
    let mut shown = kb.control_coverage(&args.period.query())?;
    shown.controls.retain(is_meant);
    shown.faults.retain(|row| framework.is_none_or(|it| Framework::from_key(&row.framework) == Some(it)));
    let (total, cited) = (shown.controls.len(), shown.controls.iter().filter(|it| it.documents > 0).count());
    shown.controls.retain(|row| !args.invalid && (args.all || row.documents > 0));
    let paths = PathView::new(kb.root(), &context.current_dir);
    match context.ui.format() {
        Format::Csv if args.invalid => context.ui.raw(fault_table(&shown.faults).csv().as_bytes())?,
        Format::Csv => context.ui.raw(table(&shown.controls).csv().as_bytes())?,
        Format::Json => context.ui.json(&json!({
            "schema": 1, "total": total, "cited": cited, "controls": shown.controls, "invalid": shown.faults,
        }))?,
        _ => show::matrix(context, &shown, &paths)?,
    }
    if !args.invalid {
        context.ui.notice(&show::summary(total, cited, &shown, args.period.is_empty()));
    }
    kb.search_advice(&args.period.query())?.iter().for_each(|advice| context.ui.hint(advice));
    let nothing = if args.invalid { shown.faults.is_empty() } else { cited == 0 };
    if args.invalid && nothing {
        context.ui.notice("Everything cited is a control.");
    }
    Ok(if nothing && !args.invalid { Ended::No } else { Ended::Done })
}

/// Shows what a control is and every place that cites it.
fn citations(
    context: &mut Context,
    kb: &KnowledgeBase,
    args: &ControlsArgs,
    wanted: &Lookup,
    text: &str,
) -> Result<Ended, CommandError> {
    let found = kb.control_citations(&args.period.query(), wanted, text)?;
    if found.is_empty() && matches!(wanted, Lookup::Unknown { .. } | Lookup::Unchecked) {
        return Err(unknown(wanted, text));
    }
    let paths = PathView::new(kb.root(), &context.current_dir);
    match context.ui.format() {
        Format::Csv => context.ui.raw(citation_table(&found).csv().as_bytes())?,
        Format::Json => context.ui.json(&json!({
            "schema": 1, "control": show::as_json(wanted, text), "citations": found,
        }))?,
        _ => show::citations(context, wanted, text, &found, &paths)?,
    }
    if found.is_empty() {
        let in_period = if args.period.is_empty() { "" } else { " of an incident of this period" };
        context.ui.notice(&format!("No document{in_period} cites it."));
        kb.search_advice(&args.period.query())?.iter().for_each(|advice| context.ui.hint(advice));
    }
    Ok(if found.is_empty() { Ended::No } else { Ended::Done })
}

fn unknown(wanted: &Lookup, text: &str) -> CommandError {
    let error = CommandError::new(format!("there is no control `{text}`, and no document cites one"));
    match wanted {
        Lookup::Unknown { nearest: Some(nearest), .. } => {
            error.hint(format!("the nearest is `{}` ({})", nearest.id, nearest.title))
        }
        _ => error.hint(
            "write it as `CC7.4`, `164.308(a)(6)(ii)` or `A.5.26`, or name a framework: `hipaa`, `iso27001`, `soc2`",
        ),
    }
}
