//! The values of the known fields: levels, states, days.

use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate};

use super::super::codes::days;
use super::super::error::QueryError;
use super::super::facts;
use super::{Filter, Form, Node, Scope, Text};
use crate::model::{Kind, Severity, StatusState};
use crate::parse::SeverityScale;

/// Names of the fields that every knowledge base has, as shown to people.
pub(crate) const FIELDS: [&str; 16] = [
    "severity", "status", "service", "tag", "id", "kind", "owner", "project", "control", "year", "before", "after",
    "in", "language", "has", "title",
];

/// The longest name of a known field has so many letters.
const LONGEST: usize = "severity".len();

/// Returns the canonical name of a known field.
pub(crate) fn canonical(name: &str) -> Option<&'static str> {
    // Asked of every front-matter key of every document; those below others have no name of their own.
    if name.len() > LONGEST || name.contains('.') {
        return None;
    }
    let name = name.to_ascii_lowercase();
    let singular = match name.as_str() {
        "sev" | "level" => "severity",
        "state" => "status",
        "services" => "service",
        "tags" => "tag",
        "owners" => "owner",
        "type" => "kind",
        "lang" => "language",
        "date" | "on" | "during" => "in",
        "since" => "since",
        "until" => "until",
        "path" | "file" => "path",
        other => return FIELDS.into_iter().find(|field| *field == other),
    };
    Some(singular)
}

/// Tells a value that its field cannot have, and that is meant as one all the same, from what other programs print: only
/// a query asks what a document `has`, and `2025-13` is a date that is none.
pub(super) fn is_meant(field: &str, value: &str) -> bool {
    let is_period = |text: &str| {
        let Some((year, rest)) = text.split_once('-') else { return false };
        let is_rest = |c: char| c.is_ascii_digit() || "-QqHh".contains(c);
        year.len() == 4 && year.bytes().all(|it| it.is_ascii_digit()) && rest.len() <= 5 && rest.chars().all(is_rest)
    };
    match field {
        "has" => {
            value.starts_with(char::is_alphabetic) && value.chars().all(|c| c.is_alphabetic() || "-_,".contains(c))
        }
        "in" | "before" | "after" | "since" | "until" => operator(value).1.split("..").all(is_period),
        _ => false,
    }
}

/// Returns the condition that the known `field` has `value`.
pub(super) fn known(
    field: &'static str,
    value: &str,
    span: Range<usize>,
    scale: &SeverityScale,
) -> Result<Node, QueryError> {
    let filter = match field {
        "severity" => Filter::Facts(
            severities(value, span, scale)?.map(|it| facts::document("severity", &it.level().to_string())).collect(),
        ),
        "status" => Filter::Facts(vec![status(value, span)?]),
        "kind" => Filter::Facts(vec![kind(value, span)?]),
        "has" => Filter::Facts(vec![has(value, span)?]),
        "year" => year(value, span)?,
        "in" | "before" | "after" | "since" | "until" => day_range(field, value, span)?,
        "path" => Filter::Path(value.to_owned()),
        "title" => {
            let form = if value.contains(char::is_whitespace) { Form::Phrase } else { Form::Word };
            let (text, form) = value.strip_suffix('*').map_or((value, form), |stem| (stem, Form::Prefix));
            return Ok(Node::Text(Text { text: text.to_owned(), form, scope: Scope::Title, span }));
        }
        name => names(name, value),
    };
    Ok(Node::Filter(filter))
}

/// A name matches whole, a control in any way of writing it; a person's name also by one of its words; a star matches its beginning.
fn names(field: &str, value: &str) -> Filter {
    if let Some(stem) = value.strip_suffix('*') {
        return Filter::FactsFrom(facts::document(field, stem));
    }
    if field == "control" {
        return Filter::Facts(vec![facts::control("", value)]);
    }
    let mut list = vec![facts::document(field, value)];
    if field == "owner" {
        let words: Vec<String> = facts::words(value).collect();
        // Of an address (`ada@example.com`) the last token is the whole.
        list.extend(words.last().map(|whole| facts::word(field, whole)));
    }
    Filter::Facts(list)
}

fn severities(
    value: &str,
    span: Range<usize>,
    scale: &SeverityScale,
) -> Result<impl Iterator<Item = Severity>, QueryError> {
    let (operator, rest) = operator(value);
    let stated = scale.named(rest).ok_or_else(|| {
        let near = near(rest, &scale.words().collect::<Vec<_>>()).map(|near| match near.contains(' ') {
            true => format!("did you mean `severity:\"{near}\"`?"),
            false => format!("did you mean `severity:{near}`?"),
        });
        let all = || format!("severities are {}; `>=high` means high or worse", scale.names());
        QueryError::new(span, format!("`{rest}` is no severity")).hint(near.unwrap_or_else(all))
    })?;
    let numeric = rest.bytes().all(|byte| byte.is_ascii_digit()) && !scale.rises();
    // `>=high` speaks of weight, where more is a smaller level; bare numbers are levels.
    let holds = move |it: &Severity| match (operator, numeric) {
        ("", _) => *it == stated,
        (">=", false) | ("<=", true) => *it <= stated,
        (">", false) | ("<", true) => *it < stated,
        ("<=", false) | (">=", true) => *it >= stated,
        _ => *it > stated,
    };
    Ok(Severity::ALL.into_iter().filter(holds))
}

fn operator(value: &str) -> (&str, &str) {
    for operator in [">=", "<=", ">", "<", "="] {
        if let Some(rest) = value.strip_prefix(operator) {
            return (if operator == "=" { "" } else { operator }, rest);
        }
    }
    ("", value)
}

fn status(value: &str, span: Range<usize>) -> Result<String, QueryError> {
    choose("status", value, StatusState::ALL.map(StatusState::as_str).as_slice(), span)
}

fn kind(value: &str, span: Range<usize>) -> Result<String, QueryError> {
    choose("kind", &value.replace('_', "-"), Kind::ALL.map(Kind::as_str).as_slice(), span)
}

fn has(value: &str, span: Range<usize>) -> Result<String, QueryError> {
    choose("has", value, &["resolution", "cause", "compliance"], span)
}

fn choose(field: &str, value: &str, values: &[&str], span: Range<usize>) -> Result<String, QueryError> {
    let lower = value.to_ascii_lowercase();
    if values.contains(&lower.as_str()) {
        return Ok(facts::document(field, &lower));
    }
    let hint = match near(&lower, values) {
        Some(near) => format!("did you mean `{field}:{near}`?"),
        None => format!(
            "values of `{field}` are {}",
            values.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
        ),
    };
    Err(QueryError::new(span, format!("`{value}` is no value of `{field}`")).hint(hint))
}

/// Returns the value that was probably meant: one or two edits away, and no more than half of the word.
fn near<'a>(word: &str, values: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    let nearest = values.iter().map(|it| (strsim::osa_distance(it, &word), *it)).min();
    nearest.filter(|&(edits, _)| edits <= 2 && 2 * edits <= word.chars().count()).map(|(_, near)| near)
}

fn year(value: &str, span: Range<usize>) -> Result<Filter, QueryError> {
    let (operator, rest) = operator(value);
    let hint = "write a year such as `year:2025` or `year:>=2024`";
    let year: i32 = rest
        .parse()
        .ok()
        .filter(|year| (1900..=9998).contains(year))
        .ok_or_else(|| QueryError::new(span, format!("`{rest}` is no year")).hint(hint))?;
    let first = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).map_or(0, days);
    Ok(compare(operator, first(year), first(year + 1) - 1))
}

/// Returns the days that stand in relation `operator` to the period from `start` to `end`.
fn compare(operator: &str, start: i64, end: i64) -> Filter {
    match operator {
        ">=" => Filter::Days(start, i64::MAX),
        ">" => Filter::Days(end + 1, i64::MAX),
        "<=" => Filter::Days(i64::MIN, end),
        "<" => Filter::Days(i64::MIN, start - 1),
        _ => Filter::Days(start, end),
    }
}

fn day_range(field: &str, value: &str, span: Range<usize>) -> Result<Filter, QueryError> {
    let (operator, rest) = operator(value);
    let bad = |text: &str| {
        QueryError::new(span.clone(), format!("`{text}` is no date")).hint(
            "write a day `2025-12-17`, a month `2025-12`, a quarter `2025-Q4`, a half `2025-H2`, a year `2025` or a \
                   range `2025-01..2025-03`",
        )
    };
    if field == "in"
        && let Some((from, to)) = rest.split_once("..")
    {
        let (start, _) = period(from).ok_or_else(|| bad(from))?;
        let (_, end) = period(to).ok_or_else(|| bad(to))?;
        return Ok(Filter::Days(start, end));
    }
    let (start, end) = period(rest).ok_or_else(|| bad(rest))?;
    let operator = match field {
        "before" => "<",
        "after" => ">",
        "since" => ">=",
        "until" => "<=",
        _ => operator,
    };
    Ok(compare(operator, start, end))
}

/// Tells whether `text` names days that can be asked for; with `range` also as two with `..` between.
pub(crate) fn is_period(text: &str, range: bool) -> bool {
    let (_, rest) = operator(text);
    match rest.split_once("..").filter(|_| range) {
        Some((from, to)) => period(from).is_some() && period(to).is_some(),
        None => period(rest).is_some(),
    }
}

/// Returns the first and last month of a quarter (`2025-Q4`) or half (`2025-H2`).
fn part_of_year(text: &str) -> Option<(String, String)> {
    let (year, part) = text.split_once('-')?;
    let months = match part.as_bytes().first()?.to_ascii_uppercase() {
        b'Q' => 3,
        b'H' => 6,
        _ => return None,
    };
    let number: u32 = part[1..].parse().ok().filter(|number| (1..=12 / months).contains(number))?;
    Some((format!("{year}-{}", (number - 1) * months + 1), format!("{year}-{}", number * months)))
}

/// Returns the first and last day of a day, month, quarter, half or year.
fn period(text: &str) -> Option<(i64, i64)> {
    if let Some((first, last)) = part_of_year(text) {
        return Some((period(&first)?.0, period(&last)?.1));
    }
    let parts: Vec<u32> = text.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    // A number alone may be meant otherwise; a whole day is one in any year.
    let is_day = parts.len() == 3 && text.len() == "2025-12-17".len();
    let year = i32::try_from(*parts.first()?).ok().filter(|year| is_day || (1900..=9998).contains(year))?;
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
    let (start, end) = match parts.as_slice() {
        [_] => (day(year, 1, 1)?, day(year, 12, 31)?),
        [_, month] => {
            let start = day(year, *month, 1)?;
            let next = if start.month() == 12 { day(year + 1, 1, 1)? } else { day(year, month + 1, 1)? };
            (start, next.checked_sub_days(Days::new(1))?)
        }
        [_, month, date] => (day(year, *month, *date)?, day(year, *month, *date)?),
        _ => return None,
    };
    Some((days(start), days(end)))
}
