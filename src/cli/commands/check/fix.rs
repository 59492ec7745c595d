//! `ris check --fix` and `--diff`: the safe edits.

use serde_json::{Value, json};

use super::CheckArgs;
use crate::cli::Context;
use crate::cli::commands::edits;
use crate::cli::error::CommandError;
use crate::cli::paths::PathView;
use crate::kb::{CheckReport, KnowledgeBase, PlannedFix};
use crate::model::counted;

/// What became of the safe edits.
#[derive(Default)]
pub(super) struct Fixes {
    /// Findings that are gone.
    pub(super) fixed: usize,
    /// The edits for programs.
    pub(super) edits: Vec<Value>,
}

/// Shows the edits where that is asked for, and makes them where that is. A document that cannot be written keeps no other
/// from being mended, and is an error in the end.
pub(super) fn run(
    context: &mut Context,
    args: &CheckArgs,
    kb: &KnowledgeBase,
    report: &CheckReport,
    paths: &PathView,
) -> Result<Fixes, CommandError> {
    let (planned, refused) = kb.plan_fixes(report)?;
    for refused in refused {
        context.ui.warning(&format!("{} is not edited: {}.", paths.show(&refused.path), refused.reason));
    }
    let edit = |fix: &PlannedFix| {
        json!({
            "path": paths.show(&fix.shown.path), "findings": fix.fixed,
            "diff": args.diff.then(|| edits::diff(&fix.shown, paths)), "made": args.fix,
        })
    };
    let edits: Vec<Value> = planned.iter().map(edit).collect();
    if args.diff && !context.ui.is_json() {
        for fix in &planned {
            edits::show(context, &fix.shown, paths)?;
        }
    }
    let findings = |count: usize| counted(count, "finding", "findings");
    if !args.fix {
        let fixable: usize = planned.iter().map(|fix| fix.fixed).sum();
        context.ui.notice(&match fixable {
            0 => "Nothing can be fixed by a safe edit.".to_owned(),
            count => format!("{} can be fixed; --fix makes the edits.", findings(count)),
        });
        return Ok(Fixes { fixed: 0, edits });
    }
    let (mut fixed, mut documents, mut failed) = (0, 0, None);
    for fix in &planned {
        match kb.write_fix(fix) {
            Ok(()) => (fixed, documents) = (fixed + fix.fixed, documents + 1),
            Err(error) => {
                if let Some(earlier) = failed.replace(CommandError::from(error)) {
                    context.ui.error(&earlier);
                }
            }
        }
    }
    let documents = counted(documents, "document", "documents");
    context.ui.notice(&format!("{} fixed in {documents}.", findings(fixed)));
    failed.map_or(Ok(Fixes { fixed, edits }), Err)
}
