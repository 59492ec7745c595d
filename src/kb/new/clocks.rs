//! The notices that a possible breach asks for, and their last days, counted from its discovery.

use std::ops::RangeInclusive;

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use serde_json::{Value, json};

use super::Refused;
use crate::clock::Zone;
use crate::compliance::{Clock, Role, Trigger, USUAL_REGIME, Unit, clocks_for, people, regime, regimes as all_regimes};
use crate::parse::leading_moment;

/// What decides which notices apply, and when.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) discovered: String,
    pub(super) individuals: String,
    pub(super) regimes: String,
    pub(super) role: String,
}

/// Returns the notices, soonest first; those that something else starts come last, without a day.
pub(super) fn deadlines(facts: &Facts, zone: Zone) -> Result<Vec<Value>, Refused> {
    let (day, time) = discovery(&facts.discovered, zone)?;
    let individuals = individuals(&facts.individuals)?;
    let wanted = regimes(&facts.regimes)?;
    let role = role(&facts.role)?;
    let is_enough =
        |_: &Clock, people: RangeInclusive<u64>| individuals.is_none_or(|individuals| people.contains(&individuals));
    let clocks = clocks_for(role, &wanted, day, is_enough);
    let mut rows: Vec<(Option<NaiveDate>, Value)> =
        clocks.into_iter().map(|clock| row(clock, day, time, zone)).collect();
    rows.sort_by_key(|(due, _)| (due.is_none(), *due));
    Ok(rows.into_iter().map(|it| it.1).collect())
}

/// Returns what is said where nobody told the day of the discovery, which may be later than the incident, or earlier than
/// today.
pub(super) fn not_said(counted_from: NaiveDate, is_of_incident: bool) -> String {
    let whose = if is_of_incident { ", the day of the incident" } else { "" };
    format!(
        "The clocks count from {counted_from}{whose}, since nobody said when the breach was discovered: \
         `--set discovered=DAY` says it."
    )
}

fn row(clock: &Clock, day: NaiveDate, time: Option<DateTime<Utc>>, zone: Zone) -> (Option<NaiveDate>, Value) {
    let mut condition = clock.condition.to_owned();
    let (due, shown) = match (clock.is_from_discovery(), clock.unit) {
        (true, Unit::Hours) => {
            let start = time.unwrap_or_else(|| day.and_time(NaiveTime::MIN).and_utc());
            let end = zone.at(start + Duration::hours(i64::from(clock.amount)));
            condition.push_str(&format!("; {} hours from discovery", clock.amount));
            if time.is_some() {
                condition.push_str(&format!(", until {} {}", end.format("%H:%M"), zone.label(start)));
            }
            (Some(end.date_naive()), end.date_naive().to_string())
        }
        (true, Unit::None) => (None, String::new()),
        (true, _) => clock.deadline(day).map_or((None, String::new()), |due| (Some(due), due.to_string())),
        (false, _) => {
            if let Trigger::Other(trigger) = clock.trigger {
                condition.push_str(&format!("; {} from the {}", amount(clock), trigger.replace('-', " ")));
            }
            (None, String::new())
        }
    };
    if !clock.is_compared() {
        condition.push_str("; not compared with the text of the rule, ask counsel");
    }
    let rule = format!("{}, {}", clock.regime, clock.citation);
    let notice = format!("Notify {}", clock.recipient);
    (due, json!({"notice": notice, "due": shown, "rule": rule, "condition": condition, "clock": clock.key}))
}

fn amount(clock: &Clock) -> String {
    let unit = match clock.unit {
        Unit::Days => "days",
        Unit::BusinessDays => "business days",
        Unit::Hours => "hours",
        Unit::Months => "months",
        Unit::None => return "at once".to_owned(),
    };
    format!("{} {unit}", clock.amount)
}

/// Returns the day of a discovery, where it can be read.
pub(super) fn day_of(discovered: &str) -> Option<NaiveDate> {
    discovery(discovered, Zone::Utc).ok().map(|it| it.0)
}

/// Reads the day, and the time where one is given.
fn discovery(text: &str, zone: Zone) -> Result<(NaiveDate, Option<DateTime<Utc>>), Refused> {
    let read = leading_moment(text.trim(), None).filter(|(_, end)| text.trim()[*end..].trim().is_empty());
    let Some((moment, Some(day))) = read.map(|(moment, _)| (moment, moment.date)) else {
        let hint = "write the day as 2026-01-15, or with a time as 2026-01-15 14:00";
        return Err(Refused::new(format!("`discovered`: `{text}` is no day")).hint(hint));
    };
    let at = moment.local().and_then(|local| {
        let offset = moment.offset.unwrap_or_else(|| *zone.at(local.and_utc()).offset());
        local.and_local_timezone(offset).single().map(|it| it.to_utc())
    });
    Ok((day, at))
}

fn individuals(text: &str) -> Result<Option<u64>, Refused> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let refused =
        || Refused::new(format!("`individuals`: `{text}` is no number")).hint("leave it out while nobody knows");
    people(text).map(Some).ok_or_else(refused)
}

fn regimes(text: &str) -> Result<Vec<&'static str>, Refused> {
    let text = if text.trim().is_empty() { USUAL_REGIME } else { text };
    let find = |name: &str| {
        regime(name).ok_or_else(|| {
            Refused::new(format!("`regimes`: there are no clocks of `{name}`")).hint(format!(
                "there are clocks of {}; several are written with commas, `regimes=HIPAA,GDPR`",
                all_regimes().collect::<Vec<_>>().join(", ")
            ))
        })
    };
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(find).collect()
}

fn role(text: &str) -> Result<Option<Role>, Refused> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let refused = || {
        Refused::new(format!("`role`: there is no role `{text}`"))
            .hint("write covered-entity, business-associate, controller or processor")
    };
    Role::named(text).map(Some).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notices(discovered: &str, individuals: &str, regimes: &str, role: &str) -> Vec<(String, String)> {
        let facts = Facts {
            discovered: discovered.into(),
            individuals: individuals.into(),
            regimes: regimes.into(),
            role: role.into(),
        };
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        deadlines(&facts, Zone::Utc).unwrap().iter().map(|it| (text(&it["clock"]), text(&it["due"]))).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(clock, due)| ((*clock).to_owned(), (*due).to_owned())).collect()
    }

    #[test]
    fn few_or_many_decides_who_is_told() {
        let few = [("hipaa-individuals", "2024-04-14"), ("hipaa-hhs-under-500", "2025-03-01")];
        assert_eq!(notices("2024-02-14", "499", "", "covered-entity"), pairs(&few));
        let at = [("hipaa-individuals", "2024-04-14"), ("hipaa-hhs-500-or-more", "2024-04-14")];
        assert_eq!(notices("2024-02-14", "500", "", "covered-entity"), pairs(&at));
        let more = [
            ("hipaa-individuals", "2024-04-14"),
            ("hipaa-media", "2024-04-14"),
            ("hipaa-hhs-500-or-more", "2024-04-14"),
        ];
        assert_eq!(notices("2024-02-14", "501", "", "covered-entity"), pairs(&more));
        assert_eq!(
            notices("2024-02-14", "7", "", "business-associate"),
            pairs(&[("hipaa-business-associate", "2024-04-14")])
        );
        assert_eq!(notices("2024-02-14", "", "", "").len(), 5);
        assert_eq!(notices("2024-02-14", "499", "GLBA", ""), []);
        let processor = notices("2026-01-16", "", "GDPR", "processor");
        assert_eq!(processor, pairs(&[("gdpr-processor", ""), ("gdpr-data-subjects", "")]));
        assert_eq!(notices("2024-02-14", "500", "GLBA", ""), pairs(&[("glba-ftc", "2024-03-15")]));
    }

    #[test]
    fn the_log_of_small_breaches_is_due_in_a_leap_year_on_29_february() {
        assert_eq!(notices("2023-05-01", "3", "", "covered-entity")[1].1, "2024-02-29");
        assert_eq!(notices("2024-05-01", "3", "", "covered-entity")[1].1, "2025-03-01");
    }

    #[test]
    fn hours_run_from_the_time_of_discovery() {
        let facts = Facts { discovered: "2026-01-16 14:00 UTC".into(), regimes: "GDPR".into(), ..Facts::default() };
        let rows = deadlines(&facts, Zone::Utc).unwrap();
        assert_eq!((rows[0]["due"].as_str(), rows[0]["rule"].as_str()), (Some("2026-01-19"), Some("GDPR, Art. 33(1)")));
        assert!(rows[0]["condition"].as_str().unwrap().ends_with("72 hours from discovery, until 14:00 UTC"));
        assert!(rows.iter().skip(1).all(|it| it["due"] == ""), "no number, no day");
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_advice() {
        for (discovered, individuals, regimes, role) in [
            ("soon", "", "", ""),
            ("2026-01-16", "many", "", ""),
            ("2026-01-16", "", "HIPPA", ""),
            ("2026-01-16", "", "", "x"),
        ] {
            let facts = Facts {
                discovered: discovered.into(),
                individuals: individuals.into(),
                regimes: regimes.into(),
                role: role.into(),
            };
            assert!(deadlines(&facts, Zone::Utc).is_err_and(|it| it.hint.is_some()));
        }
    }
}
