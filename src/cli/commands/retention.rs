//! `ris retention`: until when each record is kept, and what stands against disposal.

use std::time::Duration;

use chrono::NaiveDate;
use serde_json::json;

use super::{QueryArgs, below, open_synced, print_above, print_with_places, whole};
use crate::cli::error::{CommandError, Ended};
use crate::cli::filters::day;
use crate::cli::paths::PathView;
use crate::cli::table::Table;
use crate::cli::text::{Line, Style, truncate};
use crate::cli::{Context, Format};
use crate::kb::retention::{RetentionRow, RetentionState};
use crate::kb::{Commits, Retention, retention_rules};
use crate::model::counted;

const EXAMPLES: &str = "\
Examples:
  ris retention                              every record, the one whose day comes first at the top
  ris retention --at 2035-01-01 --expired    retention dates passed by then
  ris retention --rules                      what the law asks, with its citations
  ris retention --format csv > schedule.csv";

/// List until when each record is kept, which period decides, and what stands against disposal
///
/// Of several periods the longest decides. It is counted from the latest of: the incident's day, its resolution, `created`,
/// `updated` and `closed`, and the last commit that changed the file. The last day is included. Where less is stated
/// than the law asks, the law's day holds. Today is the day in `time-zone` of ris.toml, or on this machine where it is not set.
///
/// Nothing is disposed of because a day has passed: somebody decides, no hold may stand against it, and a record of the
/// disposal stays. A `legal-hold:` in the front matter (true, or an id) keeps every document of its incident, whatever the
/// day. Deleting a file disposes of nothing: the git history has it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RetentionArgs {
    /// Only records whose retention date has passed, those on legal hold among them
    #[arg(long)]
    expired: bool,
    /// As of this day; today without it
    #[arg(long, value_name = "DAY", value_parser = day)]
    at: Option<NaiveDate>,
    /// Say what each regime asks
    #[arg(long, conflicts_with_all = ["expired", "at"])]
    rules: bool,
    /// Number of records to show as text; 0 for all
    #[arg(long, default_value_t = 50, value_name = "N", value_parser = whole::<usize>)]
    limit: usize,
    #[command(flatten)]
    query: QueryArgs,
}

/// How long the git history is read: all of it, in any repository there is.
const PATIENCE: Duration = Duration::from_secs(600);
/// What is said of a shallow clone.
const SHALLOW: &str = "This clone is shallow: older commits are not in it. What none of those here changed counts from the \
                       oldest of them, which is later than its last commit; `git fetch --unshallow` gets the rest.";
/// What is said where there are more commits than are read.
const CAPPED: &str = "The repository has more commits than are read: a record that only older ones changed counts from no \
                      commit, and is not said to be eligible for disposal.";
/// Columns before the title: day, period, from what.
const FACTS: usize = 14 + 19 + 25;
/// Columns before a place on a line of its own: below the period.
const INDENT: usize = 14;
/// A title gets at least these.
const NARROWEST: usize = 20;

impl RetentionArgs {
    /// Tells whether the rules of law are listed.
    pub(crate) fn shows_rules(&self) -> bool {
        self.rules
    }
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &RetentionArgs) -> Result<Ended, CommandError> {
    if args.rules {
        return rules(context);
    }
    let kb = open_synced(context, &args.query)?;
    let mut found = kb.retention(args.at, PATIENCE)?;
    let counts = Counts::of(&found);
    found.rows.retain(|row| !args.expired || row.state == RetentionState::Past);
    match context.ui.format() {
        Format::Csv => context.ui.raw(found.table().csv().as_bytes())?,
        Format::Json => context.ui.json(&json!({
            "schema": 1, "at": found.at, "commits": found.commits, "shallow": found.shallow, "total": counts.total,
            "past": counts.past, "held": counts.held, "eligible": counts.eligible, "open": counts.open, "records": found.rows,
        }))?,
        _ => print(context, &found, args.limit, &PathView::new(kb.root(), &context.current_dir))?,
    }
    counts.tell(context, &found);
    Ok(if found.rows.is_empty() { Ended::No } else { Ended::Done })
}

/// How many records stand how.
struct Counts {
    total: usize,
    past: usize,
    held: usize,
    eligible: usize,
    /// Somebody has to state something before a day can be named.
    open: usize,
}

impl Counts {
    fn of(found: &Retention) -> Self {
        let count = |is: &dyn Fn(&RetentionRow) -> bool| found.rows.iter().filter(|row| is(row)).count();
        Self {
            total: found.rows.len(),
            past: count(&|row| row.state == RetentionState::Past),
            held: count(&|row| row.hold.is_some()),
            eligible: count(&|row| row.eligible),
            open: count(&|row| row.state.is_open()),
        }
    }

    fn tell(&self, context: &mut Context, found: &Retention) {
        let Self { past, held, open, .. } = self;
        context.ui.notice(&format!(
            "{} as of {}: {past} with retention date passed (!), {held} on legal hold, {open} without a date.",
            counted(self.total, "record", "records"),
            found.at
        ));
        if self.eligible > 0 {
            context.ui.notice(
                "A day that has passed disposes of nothing: somebody decides, and a record of the disposal stays.",
            );
        }
        if found.commits == Commits::None && self.total > 0 {
            context.ui.warning("No commit of these documents is known here (a repository within is not read): their days are not counted from.");
        }
        if found.commits == Commits::Capped {
            context.ui.warning(CAPPED);
        }
        if found.shallow {
            context.ui.warning(SHALLOW);
        }
    }
}

fn print(context: &mut Context, found: &Retention, limit: usize, paths: &PathView) -> Result<(), CommandError> {
    let most = if limit == 0 { usize::MAX } else { limit };
    let (open, dated): (Vec<_>, Vec<_>) = found.rows.iter().partition(|row| row.state.is_open());
    let width = context.ui.width();
    let title = width.checked_sub(FACTS).filter(|room| *room >= NARROWEST);
    let mut table = Table::new().header(&["until", "period", "counted from", "record"]);
    dated.iter().take(most).for_each(|row| table.row(cells(row, title)));
    let lines = dated.iter().map(|row| {
        let path = format!("{}{}", paths.show(&row.document.path), stands_against(row));
        let own_line = title.is_none().then_some(row.document.title.as_str());
        below(own_line, &path, width.saturating_sub(INDENT))
    });
    print_above(context, &table, lines, INDENT)?;
    if !open.is_empty() {
        if !dated.is_empty() {
            context.ui.blank()?;
        }
        print_open(context, &open, most, paths)?;
    }
    let longest = dated.len().max(open.len());
    if longest > most {
        context.ui.notice(&format!("At most {most} of a sort are shown; --limit 0 shows all."));
    }
    Ok(())
}

fn cells(row: &RetentionRow, title: Option<usize>) -> Vec<Line> {
    let until = row.until.map_or_else(|| "for ever".to_owned(), |day| day.to_string());
    let (mark, style) = match row.state {
        RetentionState::Past if row.hold.is_none() => (" !", Style::Bad),
        RetentionState::Past => (" !", Style::Warn),
        _ => ("", Style::Plain),
    };
    let from = row.from.map(|it| format!("{} {}", it.what.as_str(), it.day)).unwrap_or_default();
    vec![
        Line::styled(&format!("{until}{mark}"), style),
        Line::plain(&row.period_words()),
        Line::plain(&from),
        title.map_or_else(Line::new, |room| Line::styled(&truncate(&row.document.title, room), Style::Strong)),
    ]
}

/// Returns what stands against disposal besides the day, behind the path.
fn stands_against(row: &RetentionRow) -> String {
    let hold = row.hold.as_ref().map(|hold| match hold.path == row.document.path {
        true => format!("  on legal hold: {}", hold.shown()),
        false => format!("  on legal hold: {} ({}:{})", hold.shown(), hold.path, hold.line),
    });
    let floor = row.floor.as_ref().map(|it| format!("  {} asks for {} years ({})", it.regime, it.years, it.citation));
    hold.into_iter().chain(floor).collect()
}

fn print_open(
    context: &mut Context,
    open: &[&RetentionRow],
    most: usize,
    paths: &PathView,
) -> Result<(), CommandError> {
    context.ui.line(&Line::styled("Without a day", Style::Title))?;
    let mut rows = Vec::new();
    for row in open.iter().take(most) {
        let period = row.period.as_deref().unwrap_or_default();
        let why = match row.state {
            RetentionState::Unreadable => format!("`{period}` is no period"),
            RetentionState::Undated => format!("{period}, and no day to count from"),
            _ => "no period is stated".to_owned(),
        };
        let floor = row.floor.as_ref().and_then(|it| Some(format!("; {} asks until {}", it.regime, it.until?)));
        let hold = row.hold.as_ref().map(|hold| format!("; on legal hold: {}", hold.shown()));
        let why = format!("{why}{}{}", floor.unwrap_or_default(), hold.unwrap_or_default());
        let path = Line::styled(&paths.show(&row.document.path), Style::Link);
        rows.push((vec![Line::styled(row.document.kind, Style::Dim), Line::styled(&why, Style::Warn)], path));
    }
    print_with_places(context, rows)
}

fn rules(context: &mut Context) -> Result<Ended, CommandError> {
    let period = |months: crate::model::Period| match months {
        crate::model::Period::Months(months) => counted(months as usize / 12, "year", "years"),
        _ => String::new(),
    };
    if context.ui.is_json() {
        let rules: Vec<_> = retention_rules()
            .iter()
            .map(|it| json!({
                "regime": it.regime, "citation": it.citation, "at_least": it.at_least.map(period), "about": it.about,
            }))
            .collect();
        context.ui.json(&json!({"schema": 1, "rules": rules}))?;
        return Ok(Ended::Done);
    }
    let mut table = Table::new().header(&["regime", "at least", "citation", "what"]).flexible(3);
    for rule in retention_rules() {
        let at_least = rule.at_least.map(period).unwrap_or_else(|| "its own".to_owned());
        table.row(vec![
            Line::styled(rule.regime, Style::Strong),
            Line::plain(&at_least),
            Line::plain(rule.citation),
            Line::plain(rule.about),
        ]);
    }
    let width = context.ui.width();
    context.ui.lines(&table.render(width))?;
    context.ui.notice("Only HIPAA speaks of records of incidents as such; none of this is legal advice.");
    Ok(Ended::Done)
}
