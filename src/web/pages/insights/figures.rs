//! One figure for each question: a chart, what it counts, and the table behind it.

use super::period;
use super::tables::{age_label, bucket_label, has_dots, table, times_name};
use crate::csv::Table;
use crate::kb::{ByName, Dot, Insights, Times, Unit};
use crate::model::{DurationKind, Severity, capitalised, format_minutes};
use crate::web::chart::{Bars, Column, Columns, Dots, Point};
use crate::web::links;
use crate::web::pages::incidents::Params;
use crate::web::view::{count, grouped};

/// A chart as its template wants it.
pub(super) enum Chart {
    Columns(Columns),
    Bars(Bars),
    Dots(Dots),
    /// Nothing to draw.
    Nothing,
}

/// A chart with what belongs to it.
pub(super) struct Figure {
    pub(super) id: &'static str,
    pub(super) title: String,
    /// What is counted, and what is not.
    pub(super) notes: Vec<String>,
    /// Where all of what is counted here is listed.
    pub(super) more: Option<(&'static str, &'static str)>,
    pub(super) chart: Chart,
    pub(super) head: Vec<String>,
    /// Texts and, for some, addresses.
    pub(super) rows: Vec<Vec<(String, Option<String>)>>,
    pub(super) csv_url: String,
    /// Takes the whole width.
    pub(super) wide: bool,
}

impl Figure {
    /// Tells whether there is anything to draw; an empty table and an empty file say no more than the notes.
    pub(super) fn has_chart(&self) -> bool {
        !matches!(self.chart, Chart::Nothing)
    }
}

/// Bars drawn of one sort of name.
const MAX_BARS: usize = 12;
/// Rows of a table in the page; the CSV has all.
const MAX_ROWS: usize = 300;
/// Why the list of action items may have more.
const NOT_COUNTED: &str = "Verification steps, checklists, drills and near misses are not counted.";
/// Classes of the parts of severities, most severe first, and of those without.
const SEVERITY: [&str; 6] = ["fill-1", "fill-2", "fill-3", "fill-4", "fill-5", "fill-none"];

/// Returns every figure.
pub(super) fn all(insights: &Insights) -> Vec<Figure> {
    let mut figures = vec![
        by_time(insights),
        by_name(insights, "causes", "By root-cause tag", &insights.causes, "tag"),
        by_name(insights, "services", "By service", &insights.services, "service"),
    ];
    figures.extend(insights.times.iter().map(|times| of_times(insights, times)));
    figures.push(by_age(insights));
    figures.push(completion(insights));
    figures
}

fn figure(insights: &Insights, id: &'static str, title: &str, chart: Chart, notes: Vec<String>) -> Figure {
    let Table { head, rows } = table(insights, id).unwrap_or_default();
    Figure {
        id,
        title: title.to_owned(),
        notes,
        more: None,
        chart,
        head: head.into_iter().map(capitalised).collect(),
        rows: rows.iter().take(MAX_ROWS).map(|row| row.iter().map(|cell| (cell.shown(), None)).collect()).collect(),
        csv_url: period::url(&format!("/insights/{id}.csv"), &insights.period),
        wide: has_dots(id) || id == "incidents-by-time",
    }
}

/// Returns what a stretch of time is.
pub(in crate::web::pages) fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Month => "month",
        Unit::Quarter => "quarter",
        Unit::Year => "year",
    }
}

fn by_time(insights: &Insights) -> Figure {
    let names: Vec<String> =
        Severity::ALL.iter().map(|it| capitalised(it.word())).chain(["Not stated".to_owned()]).collect();
    let columns: Vec<Column> = insights
        .buckets
        .iter()
        .map(|bucket| {
            let counts = bucket.by_severity.iter().copied().chain([bucket.unrated]);
            let parts = SEVERITY.into_iter().zip(names.iter().cloned()).zip(counts);
            Column {
                label: bucket_label(insights.unit, bucket.from),
                parts: parts.map(|((class, name), count)| (class, name, count)).collect(),
            }
        })
        .collect();
    let title = format!("Incidents by {} and severity", unit_name(insights.unit));
    let legend = SEVERITY.into_iter().zip(names).collect();
    let chart = if columns.is_empty() {
        Chart::Nothing
    } else {
        Chart::Columns(Columns::new(
            format!("{title}. The table below has the numbers."),
            &columns,
            "incidents",
            legend,
            12,
        ))
    };
    let dated = insights.incidents - insights.undated;
    let mut notes = vec![format!("{} with a date, by the day they began.", count(dated, "incident"))];
    if insights.undated > 0 {
        notes.push(format!("{} without a date cannot be shown.", count(insights.undated, "incident")));
    }
    let mut figure = figure(insights, "incidents-by-time", &title, chart, notes);
    for (row, bucket) in figure.rows.iter_mut().zip(&insights.buckets) {
        let link = |severity| Params::between(bucket.from, bucket.to, severity).url();
        row[1].1 = (bucket.count() > 0).then(|| link(None));
        let severities = Severity::ALL.into_iter().map(Some).chain([None]);
        for (severity, cell) in severities.zip(row.iter_mut().skip(2)) {
            cell.1 = (cell.0 != "0").then(|| link(Some(severity)));
        }
    }
    figure
}

fn by_name(insights: &Insights, id: &'static str, title: &str, by: &ByName, what: &str) -> Figure {
    let link = |name: &str| {
        let mut params = Params::default();
        params.filter.period = insights.period;
        let field = if what == "tag" { &mut params.filter.tag } else { &mut params.filter.service };
        *field = Some(name.to_owned());
        params.url()
    };
    let bars = by
        .names
        .iter()
        .take(MAX_BARS)
        .map(|it| (it.name.clone(), it.incidents, Some(link(&it.name)), "fill-accent"))
        .collect();
    let chart = if by.names.is_empty() {
        Chart::Nothing
    } else {
        Chart::Bars(Bars::new(format!("{title}. The table below has the numbers."), bars, "incidents"))
    };
    let named = insights.incidents - by.without as usize;
    let mut notes = vec![format!(
        "{} of {} {} a {what}. An incident with several counts once under each.",
        grouped(named),
        count(insights.incidents, "incident"),
        if named == 1 { "names" } else { "name" },
    )];
    if by.names.len() > MAX_BARS {
        let all = grouped(by.names.len() + by.more);
        notes.push(format!("The {MAX_BARS} most frequent of {all} are drawn; the table has the rest."));
    }
    let mut figure = figure(insights, id, title, chart, notes);
    for (row, it) in figure.rows.iter_mut().zip(&by.names) {
        row[0].1 = Some(link(&it.name));
    }
    figure
}

fn of_times(insights: &Insights, times: &Times) -> Figure {
    let (title, what) = match times.kind {
        DurationKind::Detect => ("Time to detect", "from the start until someone noticed"),
        DurationKind::Resolve => {
            ("Time to resolve", "from the detection, or the start where that is not known, to the resolution")
        }
        DurationKind::Mitigate | DurationKind::Total => ("Duration", "from the start to the resolution"),
    };
    let point = |dot: &Dot| Point {
        date: dot.date,
        minutes: dot.took.minutes,
        url: links::document(&dot.path),
        title: format!(
            "{}, {}: {}{}",
            dot.title,
            dot.date.format("%-d %b %Y"),
            format_minutes(i64::from(dot.took.minutes)),
            if dot.took.stated { "" } else { ", computed from the timeline" }
        ),
        class: if dot.took.stated { "dot-stated" } else { "dot-computed" },
    };
    let points: Vec<Point> = times.dots.iter().map(point).collect();
    let middle = |step: &crate::kb::TrendStep| (step.from + (step.to - step.from) / 2, step.median);
    let trend: Vec<_> = times.trend.iter().map(middle).collect();
    let name = format!("{title}, one dot an incident. The table below has the numbers.");
    let chart = match points.as_slice() {
        [] => Chart::Nothing,
        points => Chart::Dots(Dots::new(name, points, times.median, &trend)),
    };
    let mut figure = figure(insights, times_name(times.kind), title, chart, notes(times, what));
    for (row, dot) in figure.rows.iter_mut().zip(&times.dots) {
        row[3].1 = Some(links::document(&dot.path));
    }
    figure
}

fn notes(times: &Times, what: &str) -> Vec<String> {
    let mut notes = vec![format!("{}.", capitalised(what))];
    let median = times.median.map(|median| format_minutes(median.round() as i64)).unwrap_or_default();
    if times.n == 0 {
        notes.push(format!(
            "None of {} gives it, and it cannot be computed from a timeline.",
            count(times.without, "incident")
        ));
        return notes;
    }
    notes.push(format!(
        "Median {median} of {}: {} stated, {} computed from the timeline. {} no figure.",
        count(times.n, "incident"),
        grouped(times.stated),
        grouped(times.n - times.stated),
        gives(times.without),
    ));
    notes.push(if times.trend.is_empty() {
        format!("No trend is drawn: {} fewer than 20, and what they seem to show may be chance.", are(times.n))
    } else {
        let least = times.trend.iter().map(|step| step.n).min().unwrap_or(0);
        format!("The line joins the medians of groups of {least} or more incidents, one after another in time.")
    });
    if times.dots.len() < times.n {
        notes.push(format!(
            "{} of them, spread evenly from the first to the last, are drawn and listed; median and trend rest on all, \
             and the CSV has them.",
            grouped(times.dots.len())
        ));
    }
    notes
}

fn gives(incidents: usize) -> String {
    format!("{} {}", count(incidents, "incident"), if incidents == 1 { "gives" } else { "give" })
}

fn are(n: usize) -> String {
    if n == 1 { "1 incident is".to_owned() } else { format!("{n} incidents are") }
}

fn by_age(insights: &Insights) -> Figure {
    let bar = |it: &crate::kb::AgeBucket| (age_label(it.from_days, it.to_days), it.open, None, "fill-open");
    let open: u32 = insights.ages.iter().map(|it| it.open).sum();
    let title = "Open action items by age";
    let chart = if open == 0 {
        Chart::Nothing
    } else {
        let bars = insights.ages.iter().map(bar).collect();
        Chart::Bars(Bars::new(format!("{title}. The table below has the numbers."), bars, "open action items"))
    };
    let notes = vec![format!(
        "{} of {}, by the age of the incident. {NOT_COUNTED}",
        count(open as usize, "open action item"),
        these(insights.incidents)
    )];
    let more = Some(("All open action items", "/actions"));
    Figure { more, ..figure(insights, "open-actions-by-age", title, chart, notes) }
}

/// Returns `this incident`, `these 22 incidents`.
fn these(incidents: usize) -> String {
    if incidents == 1 { "this incident".to_owned() } else { format!("these {}", count(incidents, "incident")) }
}

fn completion(insights: &Insights) -> Figure {
    let column = |it: &crate::kb::Completion| Column {
        label: bucket_label(insights.unit, it.from),
        parts: vec![("fill-done", "done".to_owned(), it.done), ("fill-open", "open".to_owned(), it.open)],
    };
    let columns: Vec<Column> = insights.completion.iter().map(column).collect();
    let (done, open) = insights.completion.iter().fold((0, 0), |(done, open), it| (done + it.done, open + it.open));
    let title = format!("Action items by {} of their incident", unit_name(insights.unit));
    let legend = vec![("fill-done", "Done".to_owned()), ("fill-open", "Open".to_owned())];
    let chart = if done + open == 0 {
        Chart::Nothing
    } else {
        let name = format!("{title}. The table below has the numbers.");
        Chart::Columns(Columns::new(name, &columns, "action items", legend, 5))
    };
    let share = f64::from(done) / f64::from((done + open).max(1)) * 100.0;
    let notes = vec![
        format!(
            "{} of {}: {} done ({share:.0}%), as the documents say now.",
            count((done + open) as usize, "action item"),
            these(insights.incidents),
            grouped(done as usize),
        ),
        NOT_COUNTED.to_owned(),
    ];
    let more = Some(("What became of action items, as the commits tell", "/ledger"));
    Figure { more, ..figure(insights, "actions-by-time", &title, chart, notes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_says_its_median_and_n_and_why_there_is_no_trend() {
        let times = Times {
            kind: DurationKind::Detect,
            n: 3,
            stated: 2,
            without: 4,
            median: Some(65.0),
            dots: Vec::new(),
            trend: Vec::new(),
        };
        let text = notes(&times, "from a to b").join(" ");
        assert!(text.contains(
            "Median 1 h 5 min of 3 incidents: 2 stated, 1 computed from the timeline. 4 incidents give no figure."
        ));
        assert!(text.contains("No trend is drawn: 3 incidents are fewer than 20"), "{text}");
    }
}
