//! `ris verify`: checks a bundle that `ris evidence` made, as its reader would.

use std::path::PathBuf;

use serde_json::json;

use super::evidence::check_lines;
use crate::cli::Context;
use crate::cli::error::{CommandError, Ended};
use crate::kb::{CheckResult, SignerKeys, Verification, verify_bundle};

const EXAMPLES: &str = "\
Examples:
  ris verify ris-evidence-2026-H1-v1
  ris verify ris-evidence-2026-H1-v1.zip
  ris verify ris-evidence-2026-H1-v1 --allowed-signers keys --source ~/incidents

Exit codes:
  0  nothing is wrong
  1  something is: what, is told
  2  usage or I/O";

/// Check a bundle of evidence: nothing changed, nothing missing, nothing added, and who signed it
///
/// Needs no knowledge base. What its README tells to do by hand with sha256sum, ssh-keygen, openssl and git is done here,
/// one line a step. The keys to believe must reach you by another way than the bundle.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct VerifyArgs {
    /// The folder that holds bagit.txt, or the .zip that was made of it
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,
    /// File of the keys to believe (`who@example.org namespaces="ris-evidence" ssh-ed25519 AAAA…`)
    #[arg(long, value_name = "FILE")]
    allowed_signers: Option<PathBuf>,
    /// Who must have signed it, instead of anybody in that file
    #[arg(long, value_name = "WHO", requires = "allowed_signers")]
    signer: Option<String>,
    /// Repository that the documents are compared with
    #[arg(long, value_name = "DIR")]
    source: Option<PathBuf>,
}

/// What is said of a bundle that is whole, and signed by a key that was not given.
const OF_STRANGER: &str = "The files are what the manifest says, but no key that was given made the signature: nothing shows \
                           whose bundle it is.";

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &VerifyArgs) -> Result<Ended, CommandError> {
    let keys = SignerKeys { allowed: args.allowed_signers.clone(), identity: args.signer.clone() };
    let Verification { steps, is_changed, is_of_stranger } =
        verify_bundle(&args.bundle, &keys, args.source.as_deref())?;
    let failed = steps.iter().filter(|step| step.result == CheckResult::Fail).count();
    if context.ui.is_json() {
        context.ui.json(&json!({ "schema": 1, "ok": failed == 0, "changed": is_changed, "of_stranger": is_of_stranger, "steps": steps }))?;
    } else {
        let width = context.ui.width();
        for step in &steps {
            context.ui.lines(&check_lines(step, width))?;
        }
    }
    context.ui.notice(match (failed, is_changed, is_of_stranger) {
        (0, ..) => "Nothing is wrong with what was checked.",
        (_, true, _) => "The bundle is not what it was.",
        (_, _, true) => OF_STRANGER,
        (_, false, false) => "The bundle agrees with its own lists; what was asked beyond them is not shown.",
    });
    Ok(if failed == 0 { Ended::Done } else { Ended::No })
}
