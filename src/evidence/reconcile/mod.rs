//! Comparing the population with a list of another system: what the pager or the ticket system knows, and this knowledge
//! base does not, is what is missing.

mod outside;

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, MatchKind};
use chrono::NaiveDate;

use super::check::Check;
use super::numbering::numbers_of;
use super::{Placed, Population, Standing};
use crate::csv::{Cell, Table};
use outside::folded;
pub use outside::{OutsideRow, read_outside};

/// Shorter ids are found in every text.
const LEAST_MENTION: usize = 4;

/// What became of the comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Reconciliation {
    /// Every row of the other list and every incident of the population, and how they were matched.
    pub(super) table: Table,
    /// The check that nothing of the other list is missing here.
    pub check: Check,
}

/// Compares `outside` with the population. `texts` are the documents of the incidents by path; an id of the other system
/// that one of them names is a match.
#[must_use]
pub fn reconcile(
    outside: &[OutsideRow],
    population: &Population<'_>,
    texts: &BTreeMap<&str, String>,
) -> Reconciliation {
    let mut by_id: BTreeMap<String, &Placed<'_>> = BTreeMap::new();
    let mut by_path: BTreeMap<&str, &Placed<'_>> = BTreeMap::new();
    for it in &population.placed {
        for document in &it.case.documents {
            by_path.insert(&document.path, it);
            for id in numbers_of(document) {
                by_id.entry(id.to_lowercase()).or_insert(it);
            }
        }
    }
    let mentions = mentions(outside, texts);
    let (mut rows, mut missing, mut met) = (Vec::new(), Vec::new(), Vec::new());
    let mut apart: Vec<Apart> = Vec::new();
    let mut others = 0;
    for row in outside {
        let by_title =
            || population.placed.iter().find(|it| is_same(it, row)).map(|it| (it, "title and day".to_owned()));
        // A number alone stands in every text: of a port, a line, an error.
        let is_number = !row.id.contains(char::is_alphabetic);
        let named = || {
            let paths = mentions.get(row.id.as_str()).into_iter().flatten();
            let mut named = paths.filter(|path| !is_number || agrees(by_path[*path], row));
            named.next().map(|path| (by_path[path], format!("named in {path}")))
        };
        let own = by_id.get(&row.id.to_lowercase()).filter(|_| !row.id.is_empty()).map(|it| (*it, "id".to_owned()));
        let found = own.or_else(named).or_else(by_title);
        let elsewhere = row.day.is_some_and(|day| !population.window.holds(day));
        let (result, how) = match &found {
            Some((_, how)) => ("matched", how.as_str()),
            None if elsewhere => ("other-period", ""),
            None => ("missing", ""),
        };
        if result == "missing" {
            let day = row.day.map_or_else(String::new, |day| format!(" of {day}"));
            missing.push(format!("{}{day} (row {} of the list) is no incident here: {}", row.id, row.row, row.title));
        }
        others += usize::from(result == "other-period");
        let case = found.as_ref().map(|(it, _)| it.case.name());
        met.extend(case.map(str::to_owned));
        apart.extend(found.as_ref().and_then(|(it, _)| Apart::of(row, it, population)));
        rows.push(line(result, how, Some(row), found.as_ref().map(|(it, _)| *it)));
    }
    let alone: Vec<&Placed<'_>> =
        population.members().filter(|it| !met.iter().any(|name| name == it.case.name())).collect();
    rows.extend(alone.iter().map(|it| line("only-here", "", None, Some(it))));
    let head = vec![
        "result",
        "matched_by",
        "their_row",
        "their_id",
        "their_title",
        "their_day",
        "incident",
        "standing",
        "incident_day",
    ];
    Reconciliation { table: Table { head, rows }, check: check(outside, missing, &apart, &alone, others) }
}

/// A row that is an incident here, of another day there.
struct Apart {
    sentence: String,
    /// One of the two days lies in the period and the other does not.
    moves: bool,
}

impl Apart {
    fn of(row: &OutsideRow, it: &Placed<'_>, population: &Population<'_>) -> Option<Self> {
        let theirs = row.day?;
        let began = it.case.began().and_then(|date| date.value.known_day());
        let ours: Vec<NaiveDate> = it.case.detected().into_iter().chain(began).collect();
        let (name, id, number) = (it.case.name(), &row.id, row.row);
        let (Some(first), Some(last)) = (ours.iter().min().copied(), ours.iter().max().copied()) else {
            // A month is known, or nothing: whoever has the day can write it here.
            let sentence = format!("{id} (row {number} of the list) is of {theirs} there, and {name} has no day here");
            return Some(Self { sentence, moves: false });
        };
        // Zones differ by a day; another system counts from when it began as well as from when it was noticed.
        let agree = (first - theirs).num_days() <= 1 && (theirs - last).num_days() <= 1;
        let moves = population.window.holds(theirs) != (it.standing == Standing::InPeriod);
        let sentence = format!("{id} (row {number} of the list) is of {theirs} there, and {name} here of {first}");
        (!agree).then_some(Self { sentence, moves })
    }
}

/// A day that only differs is told; one by which an incident belongs to the period or not decides what is complete.
fn check(outside: &[OutsideRow], missing: Vec<String>, apart: &[Apart], alone: &[&Placed<'_>], others: usize) -> Check {
    const QUESTION: &str = "Is every incident of the other system's list here?";
    if outside.is_empty() {
        return Check::not_run("reconciled", QUESTION, "the list has a head and no rows".to_owned());
    }
    let (moved, differ): (Vec<&Apart>, Vec<&Apart>) = apart.iter().partition(|it| it.moves);
    let told = |it: &&Apart| it.sentence.clone();
    let mut details = missing;
    details.extend(moved.iter().map(|it| format!("{}: only one of them in the period", it.sentence)));
    let is_whole = details.is_empty();
    details.extend(differ.iter().map(told));
    if others > 0 {
        details.push(format!("rows of days outside the period that no document here names: {others}"));
    }
    let unread = outside.iter().filter(|row| row.has_unread_day).count();
    if unread > 0 {
        details.push(format!(
            "days of the list that could not be read, and were not compared: {unread} (write 2026-05-17)"
        ));
    }
    // The other system may well know less than the documents do; its reader is told what.
    details.extend(alone.iter().map(|it| {
        let day = it.case.membership().map_or_else(String::new, |(date, _)| format!(" of {date}"));
        format!("{}{day} is in no row of the list: {}", it.case.name(), it.case.main().display_title())
    }));
    if is_whole {
        details.insert(0, format!("rows compared: {}; incidents only here: {}", outside.len(), alone.len()));
        return Check::passed("reconciled", QUESTION, details);
    }
    Check::of("reconciled", QUESTION, details)
}

fn line(result: &str, how: &str, row: Option<&OutsideRow>, it: Option<&Placed<'_>>) -> Vec<Cell> {
    vec![
        result.into(),
        how.into(),
        row.map(|row| row.row.to_string()).into(),
        row.map(|row| row.id.clone()).into(),
        row.map(|row| row.title.clone()).into(),
        row.and_then(|row| row.day).into(),
        it.map(|it| it.case.name().to_owned()).into(),
        it.map(|it| Standing::as_str(it.standing)).into(),
        it.and_then(|it| it.case.membership()).map(|(date, _)| date.to_string()).into(),
    ]
}

fn is_same(it: &Placed<'_>, row: &OutsideRow) -> bool {
    is_of_day(it, row) && has_title(it, row)
}

/// Tells whether title or day of a row speak for an incident.
fn agrees(it: &Placed<'_>, row: &OutsideRow) -> bool {
    is_of_day(it, row) || has_title(it, row)
}

/// Zones differ by a day.
fn is_of_day(it: &Placed<'_>, row: &OutsideRow) -> bool {
    let day = it.case.membership().and_then(|(date, _)| date.known_day());
    day.zip(row.day).is_some_and(|(ours, theirs)| (ours - theirs).num_days().abs() <= 1)
}

fn has_title(it: &Placed<'_>, row: &OutsideRow) -> bool {
    let plain = |text: &str| folded(text.as_bytes());
    !row.title.is_empty() && plain(it.case.main().display_title()) == plain(&row.title)
}

/// Returns the documents that name each id, by id.
fn mentions<'t>(outside: &'t [OutsideRow], texts: &BTreeMap<&'t str, String>) -> BTreeMap<&'t str, BTreeSet<&'t str>> {
    let ids: Vec<&str> = outside.iter().map(|row| row.id.as_str()).filter(|id| id.len() >= LEAST_MENTION).collect();
    let finder = AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(&ids);
    let Ok(finder) = finder else { return BTreeMap::new() };
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, text) in texts {
        for it in finder.find_iter(text) {
            let part_of_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
            let before = text[..it.start()].chars().next_back();
            let after = text[it.end()..].chars().next();
            if !part_of_word(before) && !part_of_word(after) {
                found.entry(ids[it.pattern().as_usize()]).or_default().insert(*path);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Case, CheckResult, Window};
    use crate::parse::{ParseOptions, parse};

    #[test]
    fn a_row_is_matched_by_id_by_mention_or_by_title_and_day() {
        let text = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        let files = [
            text("a.md", "---\nid: INC-1\ndate: 2026-01-01\n---\n# Disk full\n"),
            text("b.md", "---\nid: INC-2\ndate: 2026-02-01\n---\n# Pool\n\nPaged as PD-7781, not PD-77810.\n"),
            text("c.md", "---\nid: INC-3\ndate: 2026-03-01\n---\n# Certificate expired\n"),
            text("d.md", "---\nid: INC-4\ndate: 2026-04-01\n---\n# Known here alone\n"),
        ];
        let parsed: Vec<_> =
            files.iter().map(|(path, text)| parse(path, text.as_bytes(), &ParseOptions::default()).document).collect();
        let cases = parsed.iter().map(|document| Case { documents: vec![document] }).collect();
        let population = Population::new(Window::parse("2026").unwrap(), cases);
        let texts = files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
        let list = "id,title,date\ninc-1,x,\nPD-7781,y,\nZ-9,certificate  expired!,2026-03-02\nPD-1,gone,2026-05-05\nPD-2,old,2020-01-01\n";
        let found = reconcile(&read_outside(list.as_bytes()).unwrap(), &population, &texts);
        let results: Vec<String> = found.table.rows.iter().map(|row| format!("{:?} {:?}", row[0], row[6])).collect();
        let told = |result: &str, incident: &str| format!("{:?} {:?}", Cell::from(result), Cell::from(incident));
        assert_eq!(
            results,
            [
                told("matched", "INC-1"),
                told("matched", "INC-2"),
                told("matched", "INC-3"),
                told("missing", ""),
                told("other-period", ""),
                told("only-here", "INC-4"),
            ]
        );
        assert_eq!(found.check.result, CheckResult::Fail);
        let details = [
            "PD-1 of 2026-05-05 (row 5 of the list) is no incident here: gone",
            "rows of days outside the period that no document here names: 1",
            "INC-4 of 2026-04-01 is in no row of the list: Known here alone",
        ];
        assert_eq!(found.check.details, details);
    }

    #[test]
    fn rows_of_other_days_and_incidents_without_one_are_told() {
        let text = "---\nid: INC-1\nkind: incident\n---\n# Disk full\n";
        let document = parse("a.md", text.as_bytes(), &ParseOptions::default()).document;
        let population = Population::new(Window::parse("2026").unwrap(), vec![Case { documents: vec![&document] }]);
        let list = read_outside(b"id,date\nINC-1,2026-02-03\nPD-1,2024-05-05\n").unwrap();
        let check = reconcile(&list, &population, &BTreeMap::new()).check;
        assert_eq!(
            check.details,
            [
                "rows compared: 2; incidents only here: 0",
                "INC-1 (row 2 of the list) is of 2026-02-03 there, and INC-1 has no day here",
                "rows of days outside the period that no document here names: 1",
            ]
        );
    }

    fn compared(list: &str) -> Check {
        let text =
            "---\nid: INC-1\ndate: 2026-01-05\n---\n# Disk full\n\n**Detected:** 2026-01-09\n\n## Root cause\n\nX.\n";
        let document = parse("a.md", text.as_bytes(), &ParseOptions::default()).document;
        let population = Population::new(Window::parse("2026").unwrap(), vec![Case { documents: vec![&document] }]);
        reconcile(&read_outside(list.as_bytes()).unwrap(), &population, &BTreeMap::new()).check
    }

    #[test]
    fn a_number_that_a_text_holds_is_an_id_only_where_title_or_day_agree() {
        let text = "---\nid: INC-1\ndate: 2026-01-05\n---\n# Disk full\n\nPostgres on port 5432 refused.\n";
        let document = parse("a.md", text.as_bytes(), &ParseOptions::default()).document;
        let population = Population::new(Window::parse("2026").unwrap(), vec![Case { documents: vec![&document] }]);
        let texts = BTreeMap::from([("a.md", text.to_owned())]);
        for (row, result) in [
            ("5432,Payroll outage,2026-03-01", CheckResult::Fail),
            ("5432,Payroll outage,", CheckResult::Fail),
            ("5432,Payroll outage,2026-01-06", CheckResult::Pass),
            ("5432,Disk full,", CheckResult::Pass),
        ] {
            let list = read_outside(format!("id,title,date\n{row}\n").as_bytes()).unwrap();
            assert_eq!(reconcile(&list, &population, &texts).check.result, result, "{row}");
        }
    }

    #[test]
    fn what_is_only_here_is_named_where_nothing_is_missing() {
        let check = compared("id,date\nPD-2,2020-01-01\n");
        assert_eq!(check.result, CheckResult::Pass);
        assert_eq!(check.details[0], "rows compared: 1; incidents only here: 1");
        assert_eq!(check.details[2], "INC-1 of 2026-01-09 is in no row of the list: Disk full");
    }

    #[test]
    fn a_list_without_rows_is_not_compared() {
        assert_eq!(compared("id,title,date\n").result, CheckResult::NotRun);
    }

    #[test]
    fn a_day_that_was_not_read_is_said() {
        let check = compared("id,date\nINC-1,05/05/2024\n");
        assert_eq!(check.result, CheckResult::Pass);
        assert!(check.details[1].contains("could not be read, and were not compared: 1"), "{check:?}");
    }

    #[test]
    fn another_day_is_named_and_another_period_fails() {
        for (day, result, told) in [
            ("2026-01-07", CheckResult::Pass, None),
            ("2026-01-10", CheckResult::Pass, None),
            ("2026-03-05", CheckResult::Pass, Some("INC-1 (row 2 of the list) is of 2026-03-05 there")),
            ("2024-05-05", CheckResult::Fail, Some("and INC-1 here of 2026-01-05: only one of them in the period")),
        ] {
            let check = compared(&format!("id,date\nINC-1,{day}\n"));
            assert_eq!(check.result, result, "{day}: {check:?}");
            let named = check.details.iter().find(|it| it.contains("there"));
            assert!(named.is_some() == told.is_some(), "{check:?}");
            assert!(told.is_none_or(|told| named.is_some_and(|named| named.contains(told))), "{check:?}");
        }
    }
}
