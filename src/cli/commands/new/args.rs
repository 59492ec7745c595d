//! The flags of `ris new`, and what they ask for.

use std::path::PathBuf;

use serde_json::{Map, Value};

use crate::cli::complete;
use crate::cli::error::CommandError;
use crate::cli::{Context, log_file, paths};
use crate::kb::{GitWindow, KbError, KnowledgeBase, NewRequest};
use clap::builder::NonEmptyStringValueParser;

pub(super) const EXAMPLES: &str = "\
Examples:
  ris new --list
  ris new incident 'claims-db refuses connections' --severity high --service claims-db --dry-run
  ris new postmortem 'Portal logins fail' --like INC-2026-02 --dry-run
  ris new breach 'Letters to the wrong member' --set discovered=2026-01-10 --set individuals=12 --dry-run
  ris new incident --from-log error.txt --no-edit
  echo '{\"title\": \"Disk full\", \"severity\": \"high\"}' | ris new incident --stdin
  ris new incident --source         the template, to be changed and put into templates/";

/// Write a new document from a template
///
/// Asks for what is missing on a terminal, and opens the document in your editor. The id comes from a pattern in
/// ris.toml and is unlike every other in this folder and on other branches. Incidents that are like the new one are shown
/// at once. Nothing that exists is overwritten.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct NewArgs {
    /// Template: incident, postmortem, rca, resolution, fix-plan, breach, drill, near-miss, or one of your own
    #[arg(value_name = "TEMPLATE", add = complete::templates())]
    pub(super) template: Option<String>,
    /// Title
    #[arg(value_name = "TITLE")]
    title: Vec<String>,
    /// List the templates
    #[arg(long, conflicts_with_all = ["variables", "source"])]
    pub(super) list: bool,
    /// List what the template may be given
    #[arg(long, requires = "template", conflicts_with = "source")]
    pub(super) variables: bool,
    /// Print the template itself
    #[arg(long, requires = "template")]
    pub(super) source: bool,
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    origins: OriginArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// What the document says.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What it says")]
struct FactArgs {
    /// critical, high, medium, low or info, or a code such as P1
    #[arg(long, value_name = "SEVERITY", add = complete::severities())]
    severity: Option<String>,
    /// open, investigating, mitigated, resolved or closed
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
    /// Day of the incident; that of --incident, else today
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Affected service; may be given more than once
    #[arg(long = "service", value_delimiter = ',', value_name = "NAME", add = complete::services())]
    services: Vec<String>,
    /// Who looks after it
    #[arg(long = "owner", value_delimiter = ',', value_name = "NAME", add = complete::owners())]
    owners: Vec<String>,
    /// Root-cause tag
    #[arg(long = "tag", value_delimiter = ',', value_name = "TAG", add = complete::tags())]
    tags: Vec<String>,
    /// Control, such as soc2:CC7.3; checked against the catalogues
    #[arg(long = "control", value_delimiter = ',', value_name = "CONTROL", add = complete::controls())]
    controls: Vec<String>,
    /// Project
    #[arg(long, value_name = "NAME", add = complete::projects())]
    project: Option<String>,
    /// Incident that the document belongs to; day, severity, services, owners, causes, project and the compliance block
    /// are its own where nothing is said
    #[arg(long, value_name = "ID", add = complete::documents())]
    incident: Option<String>,
    /// Classification; may decide which profile of ris.toml holds
    #[arg(long, value_name = "NAME")]
    classification: Option<String>,
    /// Profile of ris.toml that gives the compliance block
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Set any of these, or a variable of the template; several values with commas, or as a list of JSON
    #[arg(long = "set", value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Read values from stdin: one JSON object
    #[arg(long)]
    stdin: bool,
}

/// Where more comes from.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Where more comes from")]
struct OriginArgs {
    /// Carry over causes, services, controls, retention and good questions from this incident
    #[arg(long, value_name = "ID|PATH", value_parser = NonEmptyStringValueParser::new(), add = complete::documents())]
    like: Option<String>,
    /// Take the error, its times and hosts from a log (- for stdin); secrets are left out
    #[arg(long, value_name = "FILE")]
    from_log: Option<PathBuf>,
    /// Draft the timeline from the commits and tags of a repository
    #[arg(long, value_name = "DIR")]
    from_git: Option<PathBuf>,
    /// Since this tag, commit, day or time; the day before the incident where nothing is said
    #[arg(long, value_name = "REV|TIME")]
    since: Option<String>,
    /// Until this day or time; now where nothing is said
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
}

/// What becomes of it.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What becomes of it")]
pub(super) struct OutputArgs {
    /// Print the document and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Do not open an editor
    #[arg(long)]
    pub(super) no_edit: bool,
    /// Ask nothing
    #[arg(long)]
    pub(super) no_input: bool,
    /// Id, instead of one by the pattern
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Path relative to the knowledge base, instead of one by the pattern
    #[arg(long, value_name = "PATH")]
    path: Option<String>,
}

impl NewArgs {
    /// Tells whether the text of a template is shown.
    pub(crate) fn shows_source(&self) -> bool {
        self.source
    }
}

/// Returns the request that the flags and stdin make.
pub(super) fn request(context: &mut Context, kb: &KnowledgeBase, args: &NewArgs) -> Result<NewRequest, CommandError> {
    let set = |request: &mut NewRequest, key: &str, value: &Value| set(kb, request, key, value);
    let mut request = NewRequest { template: args.template.clone().unwrap_or_default(), ..NewRequest::default() };
    if args.facts.stdin {
        for (key, value) in read_stdin()? {
            set(&mut request, &key, &value)?;
        }
    }
    let facts = &args.facts;
    let title = Some(args.title.join(" ")).filter(|it| !it.is_empty());
    for (key, value) in [
        ("title", &title),
        ("severity", &facts.severity),
        ("status", &facts.status),
        ("date", &facts.date),
        ("project", &facts.project),
        ("incident", &facts.incident),
        ("classification", &facts.classification),
        ("profile", &facts.profile),
        ("id", &args.output.id),
        ("path", &args.output.path),
        ("like", &args.origins.like),
    ] {
        if let Some(value) = value {
            set(&mut request, key, &value.as_str().into())?;
        }
    }
    for (key, values) in
        [("services", &facts.services), ("owners", &facts.owners), ("tags", &facts.tags), ("controls", &facts.controls)]
    {
        set(&mut request, key, &values.clone().into())?;
    }
    for pair in &facts.set {
        let (key, value) = pair.split_once('=').filter(|(key, _)| !key.trim().is_empty()).ok_or_else(|| {
            CommandError::new(format!("`--set {pair}` sets nothing")).hint("write it as `--set key=value`")
        })?;
        set(&mut request, key.trim(), &typed(value))?;
    }
    add_origins(context, args, &mut request)?;
    Ok(request)
}

/// Returns a value as typed: a list or an object of JSON, or else a text.
fn typed(value: &str) -> Value {
    let may_be_json = value.trim_start().starts_with(['[', '{']);
    may_be_json.then(|| serde_json::from_str(value).ok()).flatten().unwrap_or_else(|| value.into())
}

fn set(kb: &KnowledgeBase, request: &mut NewRequest, key: &str, value: &Value) -> Result<(), CommandError> {
    request.set(key, value, &kb.config().conventions.severities).map_err(|refused| KbError::Refused(refused).into())
}

fn add_origins(context: &mut Context, args: &NewArgs, request: &mut NewRequest) -> Result<(), CommandError> {
    let origins = &args.origins;
    if let Some(source) = &origins.from_log {
        let is_stdin = source.as_os_str() == "-";
        if is_stdin && args.facts.stdin {
            return Err(CommandError::new("stdin cannot be both a log and values").hint("put the log into a file"));
        }
        let path = if is_stdin { source.clone() } else { context.current_dir.join(source) };
        request.log = Some(log_file::read(context, &path)?);
    }
    if origins.from_git.is_some() || origins.since.is_some() || origins.until.is_some() {
        let repository = paths::absolute(&context.current_dir, origins.from_git.as_deref());
        request.git = Some(GitWindow { repository, since: origins.since.clone(), until: origins.until.clone() });
    }
    Ok(())
}

fn read_stdin() -> Result<Map<String, Value>, CommandError> {
    let value: Value = serde_json::from_reader(std::io::stdin().lock()).map_err(|error| {
        CommandError::caused("cannot read the values on stdin", &error).hint("write one JSON object")
    })?;
    match value {
        Value::Object(map) => Ok(map),
        _ => Err(CommandError::new("the values on stdin are no object").hint("write {\"title\": \"…\"}")),
    }
}
