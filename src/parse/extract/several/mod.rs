//! Several incidents told in one file: a log, or the page of a year.

mod log;
mod name;
mod period;
mod register;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Source;
use super::id::incident_id;
use super::stories::{Stories, is_free};
use super::timeline::labelled;
use crate::diag::{Diagnostic, Level};
use crate::model::{Document, Kind, OriginKind, ToldIncident};
use crate::parse::labels::Zone;
use crate::parse::outline::{Section, SectionSource};
use crate::parse::vocabulary::{HeadingRole, LabelRole, RoleSet};
use crate::parse::when::DateReading;
use name::{day_in, name_of};
use period::Periods;
use register::registered;

/// Where a heading with a day begins no incident.
const WITHIN: RoleSet = RoleSet::heading(HeadingRole::Timeline)
    .with(RoleSet::heading(HeadingRole::Actions))
    .with(RoleSet::heading(HeadingRole::Lessons))
    .with(RoleSet::heading(HeadingRole::References));
/// Most incidents that a message names.
const MOST_NAMED: usize = 8;

/// Notes and reports the incidents of a document whose sections tell of several: everywhere else it counts as one.
pub(super) fn extract(source: &Source<'_>, document: &mut Document) {
    if document.kind.value == Kind::FixPlan {
        return;
    }
    document.several = told(source, document);
    if document.several.is_empty() && document.kind.value.is_report() {
        document.several = registered(source);
    }
    let told = &document.several;
    let Some(second) = told.get(1) else { return };
    // Their own ids lead to no other document.
    let ids: FxHashSet<&String> = told.iter().filter_map(|it| it.id.as_ref()).collect();
    document.references.retain(|it| !ids.contains(&it.target));
    let named: Vec<String> = told.iter().take(MOST_NAMED).map(ToString::to_string).collect();
    let more = if told.len() > MOST_NAMED { ", …" } else { "" };
    let message = format!("tells of {} incidents and counts as one: {}{more}", told.len(), named.join(", "));
    let finding = Diagnostic::new("several-incidents", Level::Warning, second.line, message);
    let hint = "`ris split` gives each a file of its own: lists, counts and evidence know a file by one day";
    document.diagnostics.push(finding.hint(hint));
}

/// An incident of a section.
struct Member {
    /// A cause or a fix stands in it.
    tells: bool,
    /// Its heading has a day, and its words are also those of a part of a report: one beside others only.
    in_doubt: bool,
    /// Words stand beside its day.
    is_named: bool,
    /// Its heading counts it (`Incident 2: …`), where the document is not of one day.
    number: Option<u32>,
    told: ToldIncident,
}

/// Returns the incidents of sections that stand beside one another, where two or more have a cause or a fix of their own;
/// nothing where they are one. Groups by year or month stand in between. In a file that is called a log a day is enough, and
/// a cause or a fix.
fn told(source: &Source<'_>, document: &Document) -> Vec<ToldIncident> {
    let sections = &source.outline.sections;
    let has_days = source.labelled(LabelRole::Date).any(|label| label.zone == Zone::Body);
    let days = if has_days { labelled(source) } else { FxHashMap::default() };
    let is_log = log::is_log(source, document);
    if sections.iter().filter(|section| may_be_member(source, section, &days, is_log)).nth(1).is_none() {
        return Vec::new();
    }
    let mut periods = Periods::new(source);
    let counts = is_log || document.date.as_ref().is_none_or(|it| it.origin.kind == OriginKind::Inferred);
    let known: Vec<(usize, Member)> = sections
        .iter()
        .enumerate()
        .filter_map(|(at, section)| {
            Some((at, member(source, (at, section), &days, &mut periods, Meant { is_log, counts })?))
        })
        .collect();
    if known.iter().filter(|(_, it)| !it.in_doubt).count() < 2 {
        return Vec::new();
    }
    let stories = Stories::of(source);
    let is_one = |it: &Member| it.told.id.is_some() || it.told.day.is_some() || it.number.is_some();
    // A heading with others below it that are no part of a report sorts them.
    let sorts = |it: &&Section| it.source == SectionSource::Heading && is_free(it);
    let groups_some: FxHashSet<u32> = sections.iter().filter(sorts).filter_map(|it| it.parent).collect();
    let is_around = |at: usize| u32::try_from(at).is_ok_and(|at| groups_some.contains(&at));
    let mut groups: FxHashMap<(Option<u32>, u8), Vec<Member>> = FxHashMap::default();
    for (at, mut member) in known {
        let is_entry = member.is_named && (member.told.day.is_some() || member.number.is_some());
        member.tells = stories.tells[at] || is_log && is_entry;
        let is_meant = is_one(&member)
            || is_log && stories.tells[at] && !is_around(at) && !periods.is_one(at) && !stories.is_title(&sections[at]);
        if is_meant && (member.tells || !member.in_doubt) {
            let beside = (periods.around(&sections[at]), sections[at].level);
            groups.entry(beside).or_default().push(member);
        }
    }
    let are_several = |all: &Vec<Member>| {
        let mut telling = all.iter().filter(|it| it.tells && !it.in_doubt);
        telling.next().is_some_and(|first| telling.any(|it| is_log || is_other(first, it)))
    };
    let several = groups.into_values().filter(are_several);
    let most = several.max_by_key(|all| (all.len(), std::cmp::Reverse(all[0].told.line))).unwrap_or_default();
    most.into_iter().map(|it| it.told).collect()
}

/// Which headings of a document may name an incident.
#[derive(Clone, Copy)]
struct Meant {
    /// The file is called a log: any.
    is_log: bool,
    /// The document is not of one day: those that count incidents.
    counts: bool,
}

/// A cheap look before reading: most headings stand where none begins, or hold no number, and so neither an id nor a day.
fn may_be_member(source: &Source<'_>, section: &Section, days: &FxHashMap<u32, DateReading>, is_log: bool) -> bool {
    let outline = source.outline;
    let outer = section.parent.map_or(RoleSet::NONE, |parent| outline.sections[parent as usize].roles);
    let numbered = || outline.plain[section.title.clone()].bytes().any(|byte| byte.is_ascii_digit());
    section.source == SectionSource::Heading && !outer.meets(WITHIN) && (is_log || !days.is_empty() || numbered())
}

/// Returns the incident that the heading of a section may name.
fn member(
    source: &Source<'_>,
    (at, section): (usize, &Section),
    days: &FxHashMap<u32, DateReading>,
    periods: &mut Periods<'_, '_>,
    meant: Meant,
) -> Option<Member> {
    if !may_be_member(source, section, days, meant.is_log) {
        return None;
    }
    let title = source.outline.plain[section.title.clone()].trim();
    let id = incident_id(title);
    let found = day_in(title, id, source);
    // A heading that begins with an id may hold any word.
    let in_doubt = id.is_none() && !is_free(section);
    if in_doubt && !found.as_ref().is_some_and(|(_, range)| is_beside(title, range)) {
        return None;
    }
    let (day, range) = found.map_or((None, None), |(day, range)| (Some(day), Some(range)));
    let day = day.or_else(|| days.get(&u32::try_from(at).ok()?).copied()).filter(|it| it.day.is_some());
    let day = day.and_then(|it| it.with_year(it.year.or_else(|| periods.year(section))));
    let number = if meant.counts { log::number(source, section) } else { None };
    if id.is_none() && day.is_none() && number.is_none() && !meant.is_log {
        return None;
    }
    let unnamed = || day.filter(|_| id.is_none()).map_or_else(|| title.to_owned(), |day| day.to_string());
    let name = match number {
        Some(_) => log::behind_number(title),
        None => name_of(title, range.as_ref()),
    };
    let is_named = name.is_some();
    let name = name.unwrap_or_else(unnamed);
    let told = ToldIncident { line: section.line, id: id.map(str::to_owned), day, name };
    Some(Member { tells: false, in_doubt, is_named, number, told })
}

/// Tells whether a title has words on one side of the day at `range`.
fn is_beside(title: &str, range: &std::ops::Range<usize>) -> bool {
    let has_words = |text: &str| text.contains(char::is_alphanumeric);
    has_words(&title[..range.start]) != has_words(&title[range.end..])
}

/// Tells whether two headings name different incidents by their ids, else by how they are counted, else by their days.
fn is_other(one: &Member, other: &Member) -> bool {
    match (one.number, other.number) {
        (Some(number), Some(other)) => number != other,
        _ => differ(&one.told, &other.told),
    }
}

fn differ(one: &ToldIncident, other: &ToldIncident) -> bool {
    match (&one.id, &other.id) {
        (Some(id), Some(other)) => id != other,
        _ => one.day.is_some() && other.day.is_some() && one.day != other.day,
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::{ParseOptions, parse};

    fn told(text: &str) -> Vec<String> {
        let document = parse("INCIDENT_LOG.md", text.as_bytes(), &ParseOptions::default()).document;
        let is_told = document.diagnostics.iter().any(|it| it.code == "several-incidents");
        assert_eq!(is_told, !document.several.is_empty());
        document.several.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn incidents_beside_one_another_are_known_by_day_or_id() {
        let by_day = "# Log\n\n## 2026-01-06: Feed stopped\n\n### Root cause\n\nx\n\n## Disk full\n\n**Date:** 2026-02-07\n\n\
                      ### Fix\n\ny\n\n## 2026-03-01: Test of the backup\n\nDone.\n";
        assert_eq!(
            told(by_day),
            ["one of 2026-01-06 (line 3)", "one of 2026-02-07 (line 9)", "one of 2026-03-01 (line 17)"]
        );
        let by_id = "# Log\n\n## INC-002 — Timeline of orders stuck\n\n**Root cause:** x\n\n## INC-001 — Queue stuck\n\n**Fix:** y\n";
        assert_eq!(told(by_id), ["INC-002 (line 3)", "INC-001 (line 7)"]);
        let mentions = format!("{by_id}\nAs in INC-001 and INC-007.\n");
        let document = parse("INCIDENT_LOG.md", mentions.as_bytes(), &ParseOptions::default()).document;
        assert_eq!(document.references.iter().map(|it| it.target.as_str()).collect::<Vec<_>>(), ["INC-007"]);
    }

    #[test]
    fn groups_by_year_or_month_stand_in_between() {
        let groups = "# Outages\n\n## 2026\n\n### January\n\n#### Jan 6: Feed stopped\n\n**Fix:** x\n\n## 2025\n\n\
                      ### December 2025\n\n#### December 20: Disk full\n\n**Fix:** y\n\n## Contacts\n\n### On call\n\n#### 2025-01-01: x\n";
        assert_eq!(told(groups), ["one of 2026-01-06 (line 7)", "one of 2025-12-20 (line 15)"]);
        let one = groups.replace("### January", "### Database").replace("### December 2025", "### Network");
        assert_eq!(told(&one), [""; 0], "each of a service, as one of its stories");
    }

    #[test]
    fn one_of_doubtful_words_stands_beside_others() {
        let others = "# Log\n\n## 2026-01-06: Feed stopped\n\n**Fix:** x\n\n## 2026-01-07: Timeline of orders lost\n\n**Fix:** y\n\n\
                      ## 2026-01-08: Disk full\n\n**Fix:** z\n";
        assert_eq!(told(others).len(), 3);
        assert_eq!(
            told(&others.replace("Disk full", "Monitoring timeline")),
            [""; 0],
            "doubt does not tell of several"
        );
    }

    #[test]
    fn each_has_a_name() {
        let names = |text: &str| {
            let document = parse("INCIDENT_LOG.md", text.as_bytes(), &ParseOptions::default()).document;
            document.several.into_iter().map(|it| it.name).collect::<Vec<_>>()
        };
        let log = "# Log\n\n## INC-2026-02, 2026-01-06: Feed `x` stopped\n\n**Fix:** x\n\n## 2025-12-28/29 — Disk full\n\n**Fix:** y\n";
        assert_eq!(names(log), ["Feed x stopped", "Disk full"]);
        assert_eq!(told(log), ["INC-2026-02 of 2026-01-06 (line 3)", "one of 2025-12-28 (line 7)"]);
        let table = "# Incidents\n\n| ID | Date | Product | Description | Severity |\n|-|-|-|-|-|\n| INC-1 | 2026-08-23 | shop and more | Race | High |\n\
                     | INC-2 | 2026-08-17 | pay | Advisory | Low |\n";
        assert_eq!(names(table), ["Race", "Advisory"]);
    }

    #[test]
    fn rows_with_day_and_severity_are_incidents() {
        let rows =
            "| Date | What | Severity |\n|--|--|--|\n| 2026-08-23 | Race | High |\n| 2026-08-17 | Advisory | Low |\n";
        let text = format!("# Incident log\n\n{rows}");
        assert_eq!(told(&text), ["one of 2026-08-23 (line 5)", "one of 2026-08-17 (line 6)"]);
        let document = parse("INCIDENT_LOG.md", text.as_bytes(), &ParseOptions::default()).document;
        assert!(document.timeline.is_empty(), "{:?}", document.timeline);
        assert_eq!(
            told(&text.replace("Race", "[Race](race.md)").replace("Advisory", "[A](a.md)")),
            [""; 0],
            "an index"
        );
        assert_eq!(told(&text.replace("2026-08-17 |", "2026-08-23 |")), [""; 0]);
        let alerts = "# Outage\n\n**Date:** 2026-08-23\n\n## Timeline\n\n| Time | What | Severity |\n|--|--|--|\n| 10:00 | a | High |\n| 10:20 | b | Low |\n";
        assert_eq!(parse("a.md", alerts.as_bytes(), &ParseOptions::default()).document.timeline.len(), 2);
    }

    #[test]
    fn incidents_that_are_counted_are_several_where_the_document_has_no_day() {
        let counted =
            "## Incident #1 - Migration failed\n\n**Cause:** x\n\n## Incident #2 - Variable misnamed\n\n**Cause:** y\n";
        assert_eq!(told(counted), ["“Migration failed” (line 1)", "“Variable misnamed” (line 5)"]);
        let vietnamese =
            "# Báo cáo\n\n## Sự cố 1: CORS\n\n**Nguyên nhân:** x\n\n## Sự cố 2: Token\n\n**Nguyên nhân:** y\n";
        assert_eq!(told(vietnamese).len(), 2);
        let untold = counted.replace("**Cause:** ", "");
        assert_eq!(told(&untold).len(), 2, "an entry of a log");
        let text = |text: &str| parse("report.md", text.as_bytes(), &ParseOptions::default()).document.several.len();
        assert_eq!(text(counted), 2);
        assert_eq!(text(&format!("# Outage\n\n**Date:** 2026-01-06\n\n{counted}")), 0, "parts of one incident");
        assert_eq!((text(&untold), text(&counted.replace("Incident", "Problem"))), (0, 0));
    }

    #[test]
    fn a_file_that_is_called_a_log_has_several() {
        let days = "# Lessons\n\n## 2026-03-11 - Sprawl\n\nx\n\n## 2026-03-11 - Key lost\n\ny\n";
        let stories = "# Archive\n\n## App crashes\n\n- **Root cause:** x\n\n## Rules not applied\n\n- **Fix:** y\n\n## How to read this\n\nz\n";
        let read = |path: &str, text: &str| {
            let document = parse(path, text.as_bytes(), &ParseOptions::default()).document;
            document.several.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(read("POSTMORTEMS.md", days), ["one of 2026-03-11 (line 3)", "one of 2026-03-11 (line 7)"]);
        assert_eq!(read("incident-log.md", stories), ["“App crashes” (line 3)", "“Rules not applied” (line 7)"]);
        for text in [days, stories] {
            assert_eq!(read("postmortem.md", text), [""; 0]);
            assert_eq!(read("a.md", &text.replacen("# ", "# Incident history: ", 1)).len(), 2, "by its title");
        }
        let years =
            "# Incidents\n\n## 2025\n\n### Timeline lost\n\n**Fix:** x\n\n## 2026\n\n### Timeline lost\n\n**Fix:** y\n";
        assert_eq!(read("INCIDENTS.md", years), [""; 0], "a year is no incident");
        let one = "# Incidents\n\n## Disk full\n\n**Cause:** x\n\n## Contacts\n\nAna\n";
        assert_eq!(read("INCIDENTS.md", one), [""; 0]);
    }

    #[test]
    fn parts_of_one_incident_are_one() {
        for text in [
            "# A\n\n## 2026-01-06\n\n### Fix\n\nx\n\n## 2026-01-07\n\nAll was well.\n",
            "# A\n\n## First wave, 2026-01-06\n\n### Fix\n\nx\n\n## Second wave, 2026-01-06\n\n### Fix\n\nx\n",
            "# A\n\n## Timeline\n\n### 2026-01-06\n\n**Fix:** x\n\n### 2026-01-07\n\n**Fix:** y\n",
            "# A\n\n## Action items\n\n### INC-1 Raise the pool\n\n**Fix:** x\n\n### INC-2 Alert\n\n**Fix:** y\n",
            "# A\n\n## OPS-1 Raise the pool\n\n**Fix:** x\n\n## OPS-2 Add an alert\n\n**Fix:** y\n",
            "# A\n\n## Root cause of 2026-01-06\n\nx\n\n## Resolution on 2026-01-07\n\ny\n",
        ] {
            let document = parse("outage.md", text.as_bytes(), &ParseOptions::default()).document;
            assert!(document.several.is_empty(), "{text}: {:?}", document.several);
        }
    }
}
