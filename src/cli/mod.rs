//! The command line: arguments, dispatch, exit codes. The only module that knows clap and reads the environment.
//!
//! Asks the knowledge base and shows what it answers; decides nothing itself.

mod commands;
mod complete;
mod editor;
mod error;
mod facts;
mod filters;
mod forms;
mod harmless;
mod help;
mod hits;
mod log_file;
mod markdown;
mod outlet;
mod paths;
mod prompt;
mod report;
mod table;
mod text;
mod ui;
mod usage;
mod wrap;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use self::commands::{
    actions, adopt, check, completions, controls, evidence, export, index, init, inspect, ledger, list, log, man, mcp,
    new, notices, related, resolve, retention, review, search, serve, show, split, stats, tags, verify,
};
use self::error::{CommandError, Ended};
use self::ui::{Ui, UiOptions};
use crate::clock::Clock;
use crate::kb::{KnowledgeBase, OpenOptions};

const EXAMPLES: &str = "\
Examples:
  ris search 'redis connections'     find incidents by words
  ris search --log error.txt         seen before? how was it fixed?
  ris list --status investigating    list incidents
  ris show INC-2026-02               read one
  ris related INC-2026-02            what is it like, and why?
  ris new incident 'what broke'      write one
  ris log 'pool raised to 40'        add to the timeline of the open incident
  ris resolve INC-2026-07            its resolution document, as a diff
  ris actions --overdue              what should have been done by now
  ris controls soc2 --in 2026        which controls a year is evidence for
  ris evidence 2026-H1               every incident of a period, for the auditor
  ris serve                          all of it in the browser
  ris export ../pages                the same as a folder that needs no server

Exit codes:
  0  done
  1  ran well, and the answer is no: no hit, no such document, overdue items
  2  usage, configuration or I/O";

/// The variable of the environment that names the folder.
const FOLDER: &str = "RIS_KB";
/// Columns of the widest page of help.
const WIDEST_HELP: usize = 110;

/// Search, read and serve incident reports kept as Markdown
///
/// Point it at a folder of incident reports, postmortems, root-cause analyses and resolutions as they are. No document is
/// changed unless you ask for it: the index is derived from the files and can be deleted at any time.
#[derive(Debug, Parser)]
#[command(name = "ris", version, max_term_width = WIDEST_HELP, disable_help_subcommand = true, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

/// Arguments of every command.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Shared options")]
pub(crate) struct Shared {
    /// Folder of the knowledge base, or of the project whose incidents/ is one; else the nearest folder upward with a
    /// ris.toml, else this one
    #[arg(
        long, global = true, value_name = "DIR", env = FOLDER, hide_env_values = true,
        value_hint = clap::ValueHint::DirPath, value_parser = OsStringValueParser::new().map(PathBuf::from),
    )]
    kb: Option<PathBuf>,
    /// Form of the output: text for people, json for programs (one object a line); of controls, retention, review and
    /// notices also csv for spreadsheets, of actions, review and notices also ics for calendars, of check also sarif, junit and
    /// github
    #[arg(long, global = true, value_enum, default_value_t = Format::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: Format,
    /// When to use colours; auto heeds the terminal, NO_COLOR and CLICOLOR
    #[arg(long, global = true, value_enum, default_value_t = ColorWhen::Auto, value_name = "WHEN")]
    color: ColorWhen,
    /// Print nothing but the answer, warnings and errors
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Say which folder is read and which files the index had to read again; of `inspect` also the sections
    #[arg(long, short, global = true)]
    verbose: bool,
    /// The current time, for tests
    #[arg(long, global = true, hide = true, env = "RIS_NOW", value_parser = parse_instant)]
    now: Option<DateTime<Utc>>,
}

/// Form of the data on stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
    /// Of the lists for an auditor only.
    #[value(hide = true)]
    Csv,
    /// Of what is due only.
    #[value(hide = true)]
    Ics,
    /// Of `ris check` only.
    #[value(hide = true)]
    Sarif,
    /// Of `ris check` only.
    #[value(hide = true)]
    Junit,
    /// Of `ris check` only.
    #[value(hide = true)]
    Github,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWhen {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Search(search::SearchArgs),
    List(list::ListArgs),
    Show(show::ShowArgs),
    Related(related::RelatedArgs),
    Tags(tags::TagsArgs),
    Actions(actions::ActionsArgs),
    Ledger(ledger::LedgerArgs),
    Stats(stats::StatsArgs),
    Check(check::CheckArgs),
    Controls(controls::ControlsArgs),
    Retention(retention::RetentionArgs),
    Review(review::ReviewArgs),
    Notices(notices::NoticesArgs),
    Init(init::InitArgs),
    New(new::NewArgs),
    Adopt(adopt::AdoptArgs),
    Split(split::SplitArgs),
    Log(log::LogArgs),
    Resolve(resolve::ResolveArgs),
    Evidence(evidence::EvidenceArgs),
    Verify(verify::VerifyArgs),
    Serve(serve::ServeArgs),
    Mcp(mcp::McpArgs),
    Export(export::ExportArgs),
    Index(index::IndexArgs),
    Inspect(inspect::InspectArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

/// What a command works with.
pub(crate) struct Context {
    ui: Ui,
    /// What the program was called by.
    called: OsString,
    kb: Option<PathBuf>,
    current_dir: PathBuf,
    clock: Clock,
}

impl Context {
    /// Opens the knowledge base that the user named or stands in.
    pub(crate) fn open(&mut self) -> Result<KnowledgeBase, CommandError> {
        let options = OpenOptions { root: self.kb.clone(), current_dir: self.current_dir.clone(), clock: self.clock };
        let kb = KnowledgeBase::open(&options)?;
        self.ui.detail(&format!("The knowledge base is `{}`.", kb.root().display()));
        Ok(kb)
    }
}

/// Runs the command line `args` (the program's name first) and returns the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    ui::install_panic_hook();
    let args: Vec<OsString> = help::asked(args.into_iter().collect());
    match complete::answer(&args) {
        Ok(true) => return ExitCode::SUCCESS,
        Ok(false) => {}
        // A shell that asks what cannot be answered completes nothing.
        Err(_) => return ExitCode::from(2),
    }
    let called = args.first().cloned().unwrap_or_default();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) => return tell_usage(error, &args),
    };
    let Shared { kb, format, color, quiet, verbose, now } = cli.shared;
    let mut context = Context {
        ui: Ui::new(UiOptions { format, color, quiet, verbose }),
        called,
        kb,
        current_dir: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
        clock: now.map_or(Clock::System, Clock::Fixed),
    };
    let ended = named_folder(context.kb.take()).and_then(|kb| {
        context.kb = kb;
        dispatch(&mut context, cli.command)
    });
    let ended = ended.and_then(|ended| context.ui.flush().map(|()| ended).map_err(CommandError::from));
    let code = match ended {
        Ok(ended) => ended.code(),
        Err(error) => {
            context.ui.error(&error);
            error.ended().code()
        }
    };
    ExitCode::from(code)
}

/// Returns the folder that is named; a variable that is empty names none, as one that is not set.
fn named_folder(kb: Option<PathBuf>) -> Result<Option<PathBuf>, CommandError> {
    match kb {
        Some(folder) if folder.as_os_str().is_empty() => match std::env::var_os(FOLDER) {
            Some(variable) if variable.is_empty() => Ok(None),
            _ => Err(CommandError::new("`--kb` names no folder").hint("`--kb .` is the one that you are in")),
        },
        named => Ok(named),
    }
}

/// Prints a page of help, or what is wrong with the arguments.
fn tell_usage(mut error: clap::Error, args: &[OsString]) -> ExitCode {
    if help::is_page(&error) {
        if let Some(meant) = usage::taken_for_help(args) {
            return tell_plainly(&meant);
        }
        let width = ui::columns().unwrap_or(ui::UNKNOWN_WIDTH).min(WIDEST_HELP);
        error = help::fitted(Cli::command(), width).try_get_matches_from(args).err().unwrap_or(error);
    }
    usage::explain(&mut error, args);
    let code = error.exit_code();
    match ui::print_usage(&error) {
        Ok(()) => ExitCode::from(u8::try_from(code).unwrap_or(2)),
        Err(failed) => tell_plainly(&CommandError::from(failed)),
    }
}

/// Tells an error where no arguments say how to.
fn tell_plainly(error: &CommandError) -> ExitCode {
    let plain = UiOptions { format: Format::Text, color: ColorWhen::Auto, quiet: false, verbose: false };
    Ui::new(plain).error(error);
    ExitCode::from(error.ended().code())
}

fn dispatch(context: &mut Context, command: Command) -> Result<Ended, CommandError> {
    forms::refuse_foreign(context.ui.format(), &command)?;
    match command {
        Command::Search(args) => search::run(context, &args),
        Command::List(args) => list::run(context, &args),
        Command::Show(args) => show::run(context, &args),
        Command::Related(args) => related::run(context, &args),
        Command::Tags(args) => tags::run(context, &args),
        Command::Actions(args) => actions::run(context, &args),
        Command::Ledger(args) => ledger::run(context, &args),
        Command::Stats(args) => stats::run(context, &args),
        Command::Check(args) => check::run(context, &args),
        Command::Controls(args) => controls::run(context, &args),
        Command::Retention(args) => retention::run(context, &args),
        Command::Review(args) => review::run(context, &args),
        Command::Notices(args) => notices::run(context, &args),
        Command::Init(args) => init::run(context, &args),
        Command::Adopt(args) => adopt::run(context, &args),
        Command::Split(args) => split::run(context, &args),
        Command::New(args) => new::run(context, &args),
        Command::Log(args) => log::run(context, &args),
        Command::Resolve(args) => resolve::run(context, &args),
        Command::Evidence(args) => evidence::run(context, &args),
        Command::Verify(args) => verify::run(context, &args),
        Command::Serve(args) => serve::run(context, &args),
        Command::Mcp(args) => mcp::run(context, &args),
        Command::Export(args) => export::run(context, &args),
        Command::Index(args) => index::run(context, &args),
        Command::Inspect(args) => inspect::run(context, &args),
        Command::Completions(args) => completions::run(context, &args),
        Command::Man(args) => man::run(context, &args),
    }
}

fn parse_instant(text: &str) -> Result<DateTime<Utc>, String> {
    DateTime::parse_from_rfc3339(text).map(|at| at.to_utc()).map_err(|error| error.to_string())
}
