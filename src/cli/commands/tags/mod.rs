//! `ris tags`: the root-cause tags, how often each occurs, and edits that state them.

mod merge;
mod suggest;

use clap::Subcommand;
use serde_json::json;

use super::{QueryArgs, open_synced};
use crate::cli::Context;
use crate::cli::error::{CommandError, Ended};
use crate::cli::table::Table;
use crate::cli::text::{Line, Style, truncate};
use crate::kb::{TagRow, Taxonomy};

const EXAMPLES: &str = "\
Examples:
  ris tags                                   the tags in use
  ris tags --family capacity --all           every tag of a family, used or not
  ris tags suggest incidents/2025            what documents could state, and why
  ris tags suggest incidents/2024 --write    state it, after showing the change
  ris tags merge queue-backlog backlog       make one tag of two, shown as a diff";

/// List root-cause tags, suggest them for documents, merge them
///
/// A tag is stated by a person (front matter, `Category:`) or inferred by ris from what the root-cause,
/// contributing-factor and lessons sections say. Counts keep the two apart. Near misses and exercises count here as
/// incidents do; `ris stats` leaves them out.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub(crate) struct TagsArgs {
    #[command(subcommand)]
    command: Option<TagsCommand>,
    /// Only tags of this family
    #[arg(long, value_name = "NAME")]
    family: Option<String>,
    /// Also tags that no document has
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    query: QueryArgs,
}

#[derive(Debug, Subcommand)]
enum TagsCommand {
    Suggest(suggest::SuggestArgs),
    Merge(merge::MergeArgs),
}

/// Columns of a title in the table.
const TITLE: usize = 40;
/// A narrower terminal has no room for what tags mean.
const WIDE: usize = 104;
/// Below it only the counts of incidents and of open work have room beside whole names.
const NARROW: usize = 80;

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &TagsArgs) -> Result<Ended, CommandError> {
    match &args.command {
        Some(TagsCommand::Suggest(args)) => suggest::run(context, args),
        Some(TagsCommand::Merge(args)) => merge::run(context, args),
        None => list(context, args),
    }
}

fn list(context: &mut Context, args: &TagsArgs) -> Result<Ended, CommandError> {
    let kb = open_synced(context, &args.query)?;
    let taxonomy = kb.taxonomy();
    let family = args.family.as_deref().map(|name| known_family(&taxonomy, name)).transpose()?;
    let mut rows = kb.tag_rows()?;
    let used = |row: &TagRow| row.count.documents > 0;
    rows.retain(|row| (args.all || used(row)) && (family.is_none() || row.family == family));
    if context.ui.is_json() {
        let families: Vec<_> =
            taxonomy.families().iter().map(|it| json!({"name": it.name, "title": it.title})).collect();
        context.ui.json(&json!({"schema": 1, "families": families, "tags": rows}))?;
    } else {
        print(context, &rows)?;
    }
    if rows.is_empty() {
        context.ui.notice(match (args.all, &args.family) {
            (true, _) => "The family has no tag.",
            (false, Some(_)) => "No document has a tag of this family; --all lists those that there are.",
            (false, None) => "No document has a tag; --all lists those that there are.",
        });
        return Ok(Ended::No);
    }
    Ok(Ended::Done)
}

fn known_family(taxonomy: &Taxonomy, name: &str) -> Result<String, CommandError> {
    taxonomy.family(name).map(|family| family.name.clone()).ok_or_else(|| {
        let names: Vec<String> = taxonomy.families().iter().map(|family| format!("`{}`", family.name)).collect();
        let hint = format!("the families are {}", names.join(", "));
        CommandError::new(format!("there is no family `{name}`")).hint(hint)
    })
}

fn print(context: &mut Context, rows: &[TagRow]) -> Result<(), CommandError> {
    let (wide, narrow) = (context.ui.width() >= WIDE, context.ui.width() < NARROW);
    let mut table =
        Table::new().header(&["family", "tag", "incidents", "inferred", "documents", "to do", "meaning"]).flexible(6);
    for at in 2..=5 {
        table = table.right(at);
    }
    let number = |count: u64| if count == 0 { Line::new() } else { Line::plain(&count.to_string()) };
    for of_family in rows.chunk_by(|a, b| a.family == b.family) {
        let mut family = of_family[0].family.as_deref().unwrap_or("(unknown)");
        for row in of_family {
            // Named once, as a heading of its group.
            let family = Line::styled(std::mem::take(&mut family), Style::Title);
            let name = Line::styled(&row.count.tag, Style::Link);
            let actions = number(row.count.actions_open);
            let title = if wide { truncate(&row.title, TITLE) } else { "".into() };
            let title = Line::styled(&title, Style::Dim);
            let count = &row.count;
            // Said where it is another number: an incident with several documents, or a document that is of none.
            let documents = number(if count.documents == count.incidents || narrow { 0 } else { count.documents });
            let inferred = number(if narrow { 0 } else { count.inferred });
            table.row(vec![family, name, number(count.incidents), inferred, documents, actions, title]);
        }
    }
    Ok(context.ui.lines(&table.render(context.ui.width()))?)
}
