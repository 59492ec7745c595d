//! `ris serve`: the knowledge base in the browser.

use std::net::{IpAddr, Ipv4Addr};

use serde_json::json;

use crate::cli::Context;
use crate::cli::error::{CommandError, Ended, chain};
use crate::cli::text::{Line, Style};
use crate::web::{Ready, ServeError, ServeOptions};

const EXAMPLES: &str = "\
Examples:
  ris serve                    http://127.0.0.1:7420, on this machine only
  ris serve --port 0           any free port
  ris serve --address 0.0.0.0  for the whole network, without a login";

/// Serve the knowledge base in the browser
///
/// Listens on this machine only, unless told otherwise. Changed files show at once. Ctrl+C stops it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ServeArgs {
    /// Port to listen on; 0 takes any free one
    #[arg(long, default_value_t = 7420, value_name = "PORT")]
    port: u16,
    /// Address to listen on
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_name = "ADDRESS")]
    address: IpAddr,
    /// Name under which browsers may call the server, beside localhost; can be given several times
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &ServeArgs) -> Result<Ended, CommandError> {
    let kb = context.open()?;
    if !args.address.is_loopback() {
        context.ui.warning("Everyone who can reach this address can read every document: there is no login.");
    }
    let options = ServeOptions {
        address: args.address,
        port: args.port,
        allowed_hosts: args.allow_host.clone(),
        clock: context.clock,
        report: context.ui.warner(),
        ..ServeOptions::default()
    };
    let mut announced = Ok(());
    let served = crate::web::serve(kb, options, |ready| announced = announce(context, ready));
    announced?;
    served.map(|()| Ended::Done).map_err(|error| explain(&error))
}

/// Prints the address on stdout, where a script can read it, and the rest beside it.
fn announce(context: &mut Context, ready: &Ready) -> Result<(), CommandError> {
    for notice in ready.sync.iter().flat_map(|sync| &sync.notices) {
        context.ui.warning(notice);
    }
    if context.ui.is_json() {
        context.ui.json(&json!({"schema": 1, "url": ready.url, "sync": ready.sync}))?;
    } else {
        context.ui.line(&Line::styled(&ready.url, Style::Link))?;
    }
    context.ui.flush()?;
    context.ui.notice("Ctrl+C stops it.");
    Ok(())
}

fn explain(error: &ServeError) -> CommandError {
    let told = CommandError::new(chain(error));
    match error {
        ServeError::Listen { address, .. } => told.hint(match address.ip().is_loopback() {
            true => "choose another port with `--port`, or `--port 0` for any free one",
            false => "`--address` names an address of this machine, or 0.0.0.0 for all that it has",
        }),
        _ => told,
    }
}
