//! Records of possible breaches: what an assessment needs, and the days by which somebody must be told.

use chrono::NaiveDate;

use crate::compliance::{BREACH_BLOCK, BREACH_KEYS, Clock, FACTORS, clock, under_500_deadline};
use crate::lint::{Findings, LintContext};
use crate::model::FrontMatterEntry;

/// Days before a deadline from which it is near.
const NEAR: i64 = 14;

/// The block of an assessment, by key.
struct Assessment<'a> {
    entries: Vec<(&'a str, &'a FrontMatterEntry)>,
}

impl<'a> Assessment<'a> {
    fn of(cx: &'a LintContext<'_>) -> Option<Self> {
        let all = cx.document.front_matter.iter().flat_map(|it| &it.entries);
        let entries: Vec<_> =
            all.filter_map(|entry| Some((entry.path.strip_prefix(BREACH_BLOCK)?.strip_prefix('.')?, entry))).collect();
        (!entries.is_empty()).then_some(Self { entries })
    }

    fn line(&self) -> u32 {
        self.entries[0].1.line
    }

    /// Returns the entry with this key, if something stands there.
    fn get(&self, key: &str) -> Option<&'a FrontMatterEntry> {
        let filled = |value: &str| {
            let plain = value.trim().to_lowercase();
            !matches!(plain.as_str(), "" | "null" | "~" | "tbd" | "todo" | "pending" | "unknown" | "?")
        };
        self.entries.iter().find(|(name, it)| *name == key && filled(&it.value)).map(|(_, it)| *it)
    }

    fn discovered(&self) -> Option<(NaiveDate, &'a FrontMatterEntry)> {
        let entry = self.get("discovered")?;
        Some((entry.value.get(..10)?.parse().ok()?, entry))
    }

    /// Nobody must be told: the assessment found a low probability of compromise, or an exception.
    fn is_no_breach(&self) -> bool {
        self.get("conclusion").is_some_and(|it| {
            let plain = it.value.to_lowercase();
            plain.starts_with("low")
                || plain.starts_with("no ")
                || plain.contains("no-breach")
                || plain.contains("not-a-breach")
                || plain.contains("exception")
        })
    }

    /// Tells whether a notice is recorded: `notified: <day>`, or for one recipient `notified-individuals: <day>`.
    fn has_told(&self, recipient: &str) -> bool {
        let key = format!("notified-{recipient}");
        let is_day = |it: &FrontMatterEntry| it.value.get(..10).is_some_and(|day| day.parse::<NaiveDate>().is_ok());
        self.entries.iter().any(|(name, it)| (*name == key || *name == "notified") && is_day(it))
    }
}

/// The record lacks a key or one of the four factors.
pub(in crate::lint) fn incomplete(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(assessment) = Assessment::of(cx) else { return };
    for (key, why) in BREACH_KEYS {
        if assessment.get(key).is_none() {
            out.push(assessment.line(), format!("the breach assessment does not say `{key}`"))
                .subject(key)
                .hint(format!("`{BREACH_BLOCK}.{key}`: {why}"));
        }
    }
    let body = cx.text[cx.document.body_start.min(cx.text.len())..].to_lowercase();
    for factor in FACTORS {
        if !body.contains(factor.citation) && !factor.words.iter().any(|word| body.contains(word)) {
            out.push(assessment.line(), format!("the assessment leaves out a factor: {}", factor.about))
                .subject(factor.citation)
                .hint(format!("all four are weighed, in writing (45 CFR {}, 164.414(b))", factor.citation));
        }
    }
}

/// A day by which somebody had to be told is past.
pub(in crate::lint) fn overdue(cx: &LintContext<'_>, out: &mut Findings) {
    for notice in notices(cx).into_iter().filter(|it| it.due < cx.today) {
        let late = (cx.today - notice.due).num_days();
        notice.tell(
            out,
            format!(
                "notice to {} was due on {}, {late} days ago, and none is recorded",
                notice.clock.recipient, notice.due
            ),
        );
    }
}

/// A day by which somebody must be told is near.
pub(in crate::lint) fn near(cx: &LintContext<'_>, out: &mut Findings) {
    for notice in notices(cx) {
        let left = (notice.due - cx.today).num_days();
        if (0..=NEAR).contains(&left) {
            notice.tell(
                out,
                format!(
                    "notice to {} is due by {}, in {left} days, and none is recorded",
                    notice.clock.recipient, notice.due
                ),
            );
        }
    }
}

/// A notice that is owed and not recorded.
struct Notice {
    clock: &'static Clock,
    key: &'static str,
    due: NaiveDate,
    line: u32,
    span: Option<crate::diag::Span>,
}

impl Notice {
    fn tell(&self, out: &mut Findings, message: String) {
        out.push(self.line, message).span(self.span).subject(self.clock.key).hint(format!(
            "{}, counted from discovery; record it as `{BREACH_BLOCK}.notified-{}: <day>`, or the conclusion that it is no breach",
            self.clock.citation, self.key
        ));
    }
}

/// Returns what is owed under HIPAA and not recorded. Other regimes need facts that the record does not hold.
fn notices(cx: &LintContext<'_>) -> Vec<Notice> {
    let Some(assessment) = Assessment::of(cx).filter(|it| !it.is_no_breach()) else { return Vec::new() };
    let Some((discovered, entry)) = assessment.discovered() else { return Vec::new() };
    let count: Option<u64> = assessment.get("individuals").and_then(|it| it.value.replace([',', '_'], "").parse().ok());
    let is_associate = assessment.get("role").is_some_and(|it| it.value.to_lowercase().contains("associate"));
    let owed: &[(&str, &str)] = match count {
        _ if is_associate => &[("hipaa-business-associate", "covered-entity")],
        Some(count) if count >= 500 => &[("hipaa-individuals", "individuals"), ("hipaa-hhs-500-or-more", "secretary")],
        Some(_) => &[("hipaa-individuals", "individuals"), ("hipaa-hhs-under-500", "secretary")],
        None => &[("hipaa-individuals", "individuals")],
    };
    let due = |it: &Clock| {
        if it.key == "hipaa-hhs-under-500" { under_500_deadline(discovered) } else { it.deadline(discovered) }
    };
    let open = owed.iter().filter(|(_, key)| !assessment.has_told(key));
    open.filter_map(|(name, key)| {
        let clock = clock(name)?;
        Some(Notice { clock, key, due: due(clock)?, line: entry.line, span: entry.span })
    })
    .collect()
}
