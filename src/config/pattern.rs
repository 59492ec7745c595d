//! Patterns of ids and paths: `RIS-{SLUG}-{YYYYMMDD}`, `{YYYY}/{ID}.md`.

use chrono::{Datelike, NaiveDate};

/// What a pattern may hold, as shown to people.
pub(super) const TOKENS: &str = "{SLUG}, {slug}, {YYYY}, {MM}, {DD}, {YYYYMMDD}, {YYYY-MM-DD}, {KIND}, {kind}, {PROJECT}, \
                          {project}, {N} to {NNNN}, and in paths {ID} and {id}";

/// A pattern, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Slug {
        upper: bool,
    },
    Date(&'static str),
    Kind {
        upper: bool,
    },
    Project {
        upper: bool,
    },
    Id {
        lower: bool,
    },
    /// The next free number, filled with zeros to so many digits.
    Number(usize),
}

/// What a pattern is filled with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternFacts<'a> {
    /// The title in lower case, words joined by hyphens.
    pub slug: &'a str,
    /// The day of the incident.
    pub date: NaiveDate,
    /// Name of the template.
    pub kind: &'a str,
    /// Project; may be empty.
    pub project: &'a str,
    /// The id; empty while it is being made.
    pub id: &'a str,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Where it is empty, a brace is not closed, or what stands in braces is unknown.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            if open > 0 {
                parts.push(Part::Text(rest[..open].to_owned()));
            }
            let close = rest[open..].find('}').ok_or_else(|| format!("`{text}` has a `{{` that is not closed"))?;
            let name = &rest[open + 1..open + close];
            parts.push(part(name).ok_or_else(|| format!("`{text}` holds `{{{name}}}`, which means nothing"))?);
            rest = &rest[open + close + 1..];
        }
        if rest.contains('}') {
            return Err(format!("`{text}` has a `}}` without its `{{`"));
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        if parts.is_empty() {
            return Err("a pattern cannot be empty".to_owned());
        }
        Ok(Self { text: text.to_owned(), parts })
    }

    /// Returns the pattern as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Tells whether the pattern holds the id, which is known only for paths.
    #[must_use]
    pub fn has_id(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Id { .. }))
    }

    /// Fills the pattern in; `number` stands where it counts.
    #[must_use]
    pub fn fill(&self, facts: &PatternFacts<'_>, number: u32) -> String {
        self.parts.iter().map(|part| part.fill(facts, &|width| format!("{number:0width$}"))).collect()
    }

    /// Returns the number that `id` has where the pattern counts, if `id` is of this pattern.
    #[must_use]
    pub fn number_of(&self, facts: &PatternFacts<'_>, id: &str) -> Option<u32> {
        const HOLE: &str = "\u{0}";
        let filled: String = self.parts.iter().map(|part| part.fill(facts, &|_| HOLE.to_owned())).collect();
        let (before, after) = filled.split_once(HOLE)?;
        let digits = strip_start(id, before)?;
        let end = digits.bytes().take_while(u8::is_ascii_digit).count();
        let tail = &digits[end..];
        (end > 0 && (tail.eq_ignore_ascii_case(after) || strip_start(tail, after)?.starts_with('-')))
            .then(|| digits[..end].parse().ok())?
    }
}

fn strip_start<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let head = text.get(..start.len())?;
    head.eq_ignore_ascii_case(start).then(|| &text[start.len()..])
}

fn part(name: &str) -> Option<Part> {
    Some(match name {
        "SLUG" => Part::Slug { upper: true },
        "slug" => Part::Slug { upper: false },
        "KIND" => Part::Kind { upper: true },
        "kind" => Part::Kind { upper: false },
        "PROJECT" => Part::Project { upper: true },
        "project" => Part::Project { upper: false },
        "ID" => Part::Id { lower: false },
        "id" => Part::Id { lower: true },
        "YYYY" => Part::Date("%Y"),
        "MM" => Part::Date("%m"),
        "DD" => Part::Date("%d"),
        "YYYYMMDD" => Part::Date("%Y%m%d"),
        "YYYY-MM-DD" => Part::Date("%Y-%m-%d"),
        "N" | "NN" | "NNN" | "NNNN" => Part::Number(name.len()),
        _ => return None,
    })
}

impl Part {
    fn fill(&self, facts: &PatternFacts<'_>, number: &dyn Fn(usize) -> String) -> String {
        let cased = |text: &str, upper: bool| if upper { text.to_uppercase() } else { text.to_lowercase() };
        match self {
            Self::Text(text) => text.clone(),
            Self::Slug { upper } => cased(facts.slug, *upper),
            Self::Kind { upper } => cased(facts.kind, *upper),
            Self::Project { upper } => cased(if facts.project.is_empty() { "none" } else { facts.project }, *upper),
            Self::Id { lower } => {
                if *lower {
                    facts.id.to_lowercase()
                } else {
                    facts.id.to_owned()
                }
            }
            Self::Date(format) if facts.date.year() > 0 => facts.date.format(format).to_string(),
            Self::Date(_) => "0000".to_owned(),
            Self::Number(width) => number(*width),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> PatternFacts<'static> {
        let date = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
        PatternFacts { slug: "redis-full", date, kind: "incident", project: "", id: "INC-1" }
    }

    #[test]
    fn patterns_are_filled() {
        let fill = |text: &str| Pattern::parse(text).unwrap().fill(&facts(), 7);
        assert_eq!(fill("RIS-{SLUG}-{YYYYMMDD}"), "RIS-REDIS-FULL-20260105");
        assert_eq!(fill("INC-{YYYY}-{NN}"), "INC-2026-07");
        assert_eq!(
            fill("{YYYY}/{MM}/{YYYY-MM-DD}-{slug}-{kind}-{id}.md"),
            "2026/01/2026-01-05-redis-full-incident-inc-1.md"
        );
        assert_eq!(fill("{project}/{ID}.md"), "none/INC-1.md");
    }

    #[test]
    fn numbers_are_found_again() {
        let pattern = Pattern::parse("INC-{YYYY}-{NN}").unwrap();
        for (id, number) in [
            ("INC-2026-07", Some(7)),
            ("inc-2026-123", Some(123)),
            ("INC-2026-07-2", Some(7)),
            ("INC-2025-07", None),
            ("INC-2026-", None),
            ("INC-2026-07b", None),
        ] {
            assert_eq!(pattern.number_of(&facts(), id), number, "{id}");
        }
    }

    #[test]
    fn what_means_nothing_is_refused() {
        for text in ["", "{SLUG", "SLUG}", "{YY}", "{}"] {
            assert!(Pattern::parse(text).is_err(), "{text}");
        }
    }
}
