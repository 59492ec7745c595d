//! Completion in the shell: what is known of ids, services, tags, owners and controls, from the index at hand.
//!
//! The script that `ris completions` prints runs `ris` with [`VARIABLE`] set for every press of the tab key. Such a run
//! looks at no document, tells nothing and writes nothing but candidates.

mod bash;
mod names;

use std::ffi::OsString;
use std::path::Path;

use clap::CommandFactory;
use clap_complete::CompleteEnv;
use clap_complete::env::{EnvCompleter, Fish, Shells, Zsh};

use self::bash::Bash;
use super::Cli;

pub(super) use names::{controls, documents, owners, projects, rules, services, severities, tags, templates};

/// Set by the scripts: names the shell.
const VARIABLE: &str = "RIS_COMPLETE";
/// Name of the command that is completed.
const BIN: &str = "ris";

const SHELLS: Shells<'static> = Shells(&[&Bash, &Zsh, &Fish]);

/// Answers a shell that asks for candidates; tells whether one did.
pub(super) fn answer(args: &[OsString]) -> Result<bool, clap::Error> {
    let current_dir = std::env::current_dir().ok();
    CompleteEnv::with_factory(Cli::command)
        .var(VARIABLE)
        .bin(BIN)
        .shells(SHELLS)
        .try_complete(args.iter().cloned(), current_dir.as_deref())
}

/// Returns the script by which `shell` completes `ris`, which is the program `called` or found in the path under that
/// name.
pub(super) fn script(shell: &str, called: &Path) -> std::io::Result<Vec<u8>> {
    let mut script = Vec::new();
    let completer: &dyn EnvCompleter = SHELLS.completer(shell).ok_or_else(|| std::io::Error::other("unknown shell"))?;
    completer.write_registration(VARIABLE, BIN, BIN, &called.to_string_lossy(), &mut script)?;
    Ok(script)
}
