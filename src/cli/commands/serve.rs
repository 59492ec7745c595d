//! `ris serve`: the knowledge base in the browser.

use crate::cli::Context;
use crate::cli::error::{CommandError, Ended};

/// Serve the knowledge base in the browser
#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// Port to listen on
    #[arg(long, default_value_t = 7077, value_name = "PORT")]
    port: u16,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &ServeArgs) -> Result<Ended, CommandError> {
    let _ = (context, args.port);
    Err(CommandError::new("not merged yet"))
}
