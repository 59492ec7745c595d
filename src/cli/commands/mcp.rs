//! `ris mcp`: the knowledge base for assistants.

use crate::cli::Context;
use crate::cli::error::{CommandError, Ended, chain};
use crate::mcp::McpError;

const EXAMPLES: &str = "\
Examples:
  ris mcp                    over the folder that you are in
  ris mcp --kb incidents     over another one

An assistant starts it by itself, once its configuration names it:
  {\"mcpServers\":{\"ris\":{\"command\":\"ris\",\"args\":[\"mcp\",\"--kb\",\"/path/to/postmortems\"]}}}";

/// Let assistants ask the knowledge base, over the Model Context Protocol
///
/// A server on stdin and stdout with tools that only read: was this error seen before, search, one document, related
/// incidents, action items, incidents of a period, reviews, retention, breach notices, controls. Secrets and data of
/// patients, as far as a pattern can tell them, are taken out of every answer, always. It ends when stdin does.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct McpArgs {}

/// Runs the command.
pub(crate) fn run(context: &mut Context, _args: &McpArgs) -> Result<Ended, CommandError> {
    let kb = context.open()?;
    crate::mcp::serve(kb, context.clock, context.ui.warner()).map(|()| Ended::Done).map_err(|error| explain(&error))
}

fn explain(error: &McpError) -> CommandError {
    let told = CommandError::new(chain(error));
    match error {
        McpError::Client(_) => {
            told.hint("`ris mcp` is started by an assistant; `ris mcp --help` shows how to name it there")
        }
        McpError::Runtime(_) => told,
    }
}
