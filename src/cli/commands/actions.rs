//! `ris actions`: what is to be done after incidents, over all documents.

use clap::ValueEnum;
use serde_json::json;

use super::{QueryArgs, open_synced, whole};
use crate::cli::error::{CommandError, Ended};
use crate::cli::facts::severity_line;
use crate::cli::filters::{SeverityName, severities};
use crate::cli::paths::PathView;
use crate::cli::table::Table;
use crate::cli::text::{Line, Style};
use crate::cli::wrap::wrap;
use crate::cli::{Context, Format, complete};
use crate::kb::{
    ActionEntry, ActionFilter, ActionItems, ActionRequest, ActionSort, ActionState, KnowledgeBase, OwnerFilter,
};
use crate::model::{ActionClass, ItemState, counted};

const EXAMPLES: &str = "\
Examples:
  ris actions --overdue
  ris actions --owner halloran --sort severity
  ris actions --owner halloran --limit 0 --format ics > mine.ics   for a calendar
  ris actions --overdue --fail-on overdue --quiet   exits with 1 if anything is overdue";

/// Columns that day, severity, owner and a readable action need beside the place.
const FACTS: usize = 60;

/// List action items of all documents, the earliest due first
///
/// Age and severity are those of the incident; items without a due date come last. Overdue is what was due before today: the
/// day in `time-zone` of ris.toml, or on this machine where it is not set.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ActionsArgs {
    /// Only items that are still to be done (the default)
    #[arg(long, conflicts_with_all = ["overdue", "done", "cancelled", "all"])]
    open: bool,
    /// Only open items past their due date
    #[arg(long, conflicts_with_all = ["done", "cancelled", "all"])]
    overdue: bool,
    /// Only items that are done
    #[arg(long, conflicts_with_all = ["cancelled", "all"])]
    done: bool,
    /// Only items that nobody will do: cancelled, rejected, superseded
    #[arg(long, conflicts_with = "all")]
    cancelled: bool,
    /// Items in every state
    #[arg(long)]
    all: bool,
    /// Only items of this owner, by name, a word of it or a handle (halloran is @phalloran); `nobody` for items without one
    #[arg(long, value_name = "NAME", add = complete::owners())]
    owner: Option<String>,
    /// Only items of this class; `all` for every class
    #[arg(long, value_enum, value_delimiter = ',', default_value = "action", value_name = "CLASS")]
    class: Vec<ClassName>,
    /// Only items of incidents of this severity (also P0 to P4, SEV1 to SEV5, or as ris.toml says)
    #[arg(long, value_parser = SeverityName, value_delimiter = ',', value_name = "LEVEL", add = complete::severities())]
    severity: Vec<String>,
    /// Order of the items: due date, age of the incident, or its severity
    #[arg(long, value_enum, default_value_t = SortName::Due, value_name = "ORDER")]
    sort: SortName,
    /// Number of items to show; 0 for all
    #[arg(long, default_value_t = 50, value_name = "N", value_parser = whole::<usize>)]
    limit: usize,
    /// Exit with 1 if any item of the list is in this state
    #[arg(long, value_enum, value_name = "STATE")]
    fail_on: Option<FailOnItems>,
    #[command(flatten)]
    query: QueryArgs,
}

/// A class as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClassName {
    Action,
    Verification,
    Checklist,
    All,
}

/// An order as typed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SortName {
    Due,
    Age,
    Severity,
}

/// What lets the command fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOnItems {
    Overdue,
    Open,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &ActionsArgs) -> Result<Ended, CommandError> {
    let kb = open_synced(context, &args.query)?;
    let found = kb.action_items(&request(&kb, args)?)?;
    match context.ui.format() {
        Format::Json => {
            let fields = json!({"schema": 1, "total": found.total, "totals": found.totals, "actions": found.items});
            context.ui.json(&fields)?;
        }
        Format::Ics => context.ui.raw(kb.calendar_of_actions("Action items", &found.items, &|_, _| None).as_bytes())?,
        _ => print(context, &found, &PathView::new(kb.root(), &context.current_dir))?,
    }
    if found.total == 0 {
        context.ui.notice("No action item matches.");
    }
    Ok(ended(args, &found))
}

fn request(kb: &KnowledgeBase, args: &ActionsArgs) -> Result<ActionRequest, CommandError> {
    let state = match args {
        ActionsArgs { overdue: true, .. } => Some(ActionState::Overdue),
        ActionsArgs { done: true, .. } => Some(ActionState::Done),
        ActionsArgs { cancelled: true, .. } => Some(ActionState::Cancelled),
        ActionsArgs { all: true, .. } => None,
        _ => Some(ActionState::Open),
    };
    Ok(ActionRequest {
        filter: ActionFilter {
            state,
            owner: args.owner.as_deref().map(owner_of),
            classes: classes_of(&args.class),
            severities: severities(kb, &args.severity)?.into_iter().map(Some).collect(),
            ..ActionFilter::default()
        },
        sort: match args.sort {
            SortName::Due => ActionSort::Due,
            SortName::Age => ActionSort::Age,
            SortName::Severity => ActionSort::Severity,
        },
        group: None,
        offset: 0,
        limit: if args.limit == 0 { usize::MAX } else { args.limit },
    })
}

/// Returns whose items are asked for.
pub(super) fn owner_of(name: &str) -> OwnerFilter {
    match name {
        "nobody" => OwnerFilter::Nobody,
        name => OwnerFilter::Named(name.to_owned()),
    }
}

/// Returns the classes that are asked for; none stands for all.
pub(super) fn classes_of(classes: &[ClassName]) -> Vec<ActionClass> {
    if classes.contains(&ClassName::All) {
        return Vec::new();
    }
    classes.iter().filter_map(|class| class_of(*class)).collect()
}

fn class_of(class: ClassName) -> Option<ActionClass> {
    match class {
        ClassName::Action => Some(ActionClass::Action),
        ClassName::Verification => Some(ActionClass::Verification),
        ClassName::Checklist => Some(ActionClass::Checklist),
        ClassName::All => None,
    }
}

/// The numbers are those of every state; a list of what is done, or will not be done, holds nothing open.
fn ended(args: &ActionsArgs, found: &ActionItems) -> Ended {
    let lists_open = !args.done && !args.cancelled;
    let failed = match args.fail_on {
        None => found.total == 0,
        Some(FailOnItems::Overdue) => lists_open && found.totals.overdue > 0,
        Some(FailOnItems::Open) => lists_open && found.totals.open > 0,
    };
    if failed { Ended::No } else { Ended::Done }
}

fn print(context: &mut Context, found: &ActionItems, paths: &PathView) -> Result<(), CommandError> {
    if found.items.is_empty() {
        return Ok(());
    }
    let width = context.ui.width();
    let rows: Vec<Vec<Line>> = found.items.iter().map(|item| row(item, paths)).collect();
    let longest = rows.iter().filter_map(|row| row.last()).map(Line::width).max().unwrap_or(0);
    if width < FACTS + longest {
        context.ui.lines(&blocks(rows, width))?;
    } else {
        let mut table = Table::new().header(&["due", "severity", "owner", "action", "where"]).flexible(3);
        rows.into_iter().for_each(|row| table.row(row));
        context.ui.lines(&table.render(width))?;
    }
    let totals = &found.totals;
    if found.items.len() < found.total {
        let all = counted(found.total, "item", "items");
        context.ui.notice(&format!("{} of {all} shown; --limit 0 shows all.", found.items.len()));
    }
    let cancelled = match totals.cancelled {
        0 => String::new(),
        count => format!(", {count} cancelled"),
    };
    context.ui.notice(&format!(
        "{} open, {} of them overdue (!), {} without an owner; {} done{cancelled}. A ~ marks a date computed from a heading.",
        totals.open, totals.overdue, totals.unowned, totals.done
    ));
    Ok(())
}

/// Returns what a narrow terminal shows instead of a table, in which a path would be cut into pieces: the facts of an item,
/// below them the action, and the path on a line of its own.
pub(super) fn blocks(rows: Vec<Vec<Line>>, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for row in rows {
        let mut head = Line::new();
        let [facts @ .., action, place] = row.as_slice() else { continue };
        for fact in facts.iter().filter(|it| !it.is_empty()) {
            if !head.is_empty() {
                head.push("  ", Style::Plain);
            }
            head.append(fact.clone());
        }
        lines.push(head);
        lines.extend(wrap(action, width.saturating_sub(2)).into_iter().map(|line| line.indented(2)));
        lines.push(place.clone().indented(2));
    }
    lines
}

fn row(item: &ActionEntry, paths: &PathView) -> Vec<Line> {
    let due = item.due.map(|due| due.to_string()).or_else(|| item.due_text.clone()).unwrap_or_default();
    let due_style = match (item.overdue, item.due_inferred) {
        (true, _) => Style::Bad,
        (_, true) => Style::Warn,
        _ => Style::Plain,
    };
    let mark = match (item.overdue, item.due_inferred) {
        (true, true) => " !~",
        (true, false) => " !",
        (false, true) => " ~",
        (false, false) => "",
    };
    let owner = item.owner.as_deref().map_or_else(|| Line::styled("no owner", Style::Dim), Line::plain);
    let mut text = match item.state {
        ItemState::Open => Line::new(),
        ItemState::Done => Line::styled("[x] ", Style::Good),
        ItemState::Cancelled => Line::styled("[-] ", Style::Dim),
    };
    text.push(&item.text, Style::Strong);
    vec![
        Line::styled(&format!("{due}{mark}"), due_style),
        item.severity.map_or_else(Line::new, severity_line),
        owner,
        text,
        Line::styled(&paths.at(&item.path, item.line), Style::Link),
    ]
}
