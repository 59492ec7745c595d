//! `ris man`: manual pages, made from what `--help` says.

use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap_mangen::Man;

use crate::cli::error::{CommandError, Ended};
use crate::cli::{Cli, Context, help};

const EXAMPLES: &str = "\
Examples:
  ris man                                  the page of ris itself
  ris man tags suggest                     the page of a command
  ris man --out man1                       every page, as files of a folder";

/// Print a manual page, or write all of them into a folder
///
/// `ris man | man -l -` shows one. Packagers put the folder where man looks for section 1.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ManArgs {
    /// The command whose page is printed
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    command: Vec<String>,
    /// Folder that every page is written into; made with those above it where it is missing
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    out: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &ManArgs) -> Result<Ended, CommandError> {
    let mut program = help::fitted(Cli::command(), usize::MAX);
    program.build();
    if let Some(folder) = &args.out {
        let written = write_all(&program, &context.current_dir.join(folder))?;
        context.ui.notice(&format!("{written} pages were written into {}.", folder.display()));
        return Ok(Ended::Done);
    }
    let mut command = &program;
    for name in &args.command {
        command = command.find_subcommand(name).ok_or_else(|| {
            CommandError::new(format!("there is no command `{}`", args.command.join(" ")))
                .hint("`ris --help` lists the commands")
        })?;
    }
    let mut text = Vec::new();
    page(command).render(&mut text)?;
    context.ui.raw(&text)?;
    Ok(Ended::Done)
}

fn page(command: &clap::Command) -> Man {
    let program = concat!("ris ", env!("CARGO_PKG_VERSION"));
    Man::new(command.clone()).source(program).manual("Incident knowledge base")
}

/// Writes the pages of `command` and of those below it; returns their number.
fn write_all(command: &clap::Command, folder: &Path) -> Result<usize, CommandError> {
    let fail = |path: &Path, error: &std::io::Error| {
        CommandError::caused(&format!("cannot write `{}`", path.display()), error)
    };
    std::fs::create_dir_all(folder).map_err(|error| fail(folder, &error))?;
    let page = page(command);
    let path = folder.join(page.get_filename());
    page.generate_to(folder).map_err(|error| fail(&path, &error))?;
    let below = command.get_subcommands().filter(|it| !it.is_hide_set());
    below.map(|it| write_all(it, folder)).sum::<Result<usize, _>>().map(|written| written + 1)
}
