//! `ris completions`: the script by which a shell completes `ris`.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::error::{CommandError, Ended};
use crate::cli::{Context, complete};

const EXAMPLES: &str = "\
Examples:
  ris completions bash
  ris completions zsh
  ris completions fish

Put one of these into the start-up file of your shell:
  source <(ris completions bash)     ~/.bashrc
  source <(ris completions zsh)      ~/.zshrc, below compinit
  ris completions fish | source      ~/.config/fish/config.fish";

/// Print the script by which your shell completes ris
///
/// Commands and flags are completed, and the ids, services, tags, owners and controls of the knowledge base. Those come
/// from the index as it is; the files are not looked at. Let the shell run this command when it starts rather than keep
/// what it prints: the script belongs to this version of ris.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: ShellName,
}

/// A shell as typed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ShellName {
    Bash,
    Zsh,
    Fish,
}

impl ShellName {
    fn as_str(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
        }
    }
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &CompletionsArgs) -> Result<Ended, CommandError> {
    let mut called = PathBuf::from(&context.called);
    // A program called by its path is found by it from everywhere; one called by its name is looked up.
    if called.components().count() > 1 {
        called = context.current_dir.join(called);
    }
    let script = complete::script(args.shell.as_str(), &called)?;
    context.ui.raw(&script)?;
    Ok(Ended::Done)
}
