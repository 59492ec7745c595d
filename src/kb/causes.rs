//! Root causes over all documents: how often each is named, when, with which others, and what is still to be done.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};

use super::incidents::{day, groups};
use super::{
    FacetField, Incident, IncidentFilter, IncidentRequest, IncidentSort, KbError, KnowledgeBase, Scope, TagCount,
};
use crate::index::{IndexError, OpenIndex, Overview};

/// Incidents listed for one cause.
const MAX_INCIDENTS: usize = 200;

/// What is said of a family that documents name as if it were a cause.
const FAMILY_ONLY: &str = "In this family, not specified further.";

/// A root-cause tag and how often it is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseTag {
    /// How often it occurs.
    pub count: TagCount,
    /// Name for people; the tag itself where the taxonomy does not know it.
    pub title: String,
    /// What it means; empty where nobody said so.
    pub description: String,
    /// Family it belongs to; empty for tags that the taxonomy does not know.
    pub family: String,
    /// The newest day an incident with it began.
    pub latest: Option<NaiveDate>,
}

/// The tags of one family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseFamily {
    /// Kebab-case name; empty for tags that the taxonomy does not know.
    pub name: String,
    /// Name for people.
    pub title: String,
    /// Its tags, most frequent first; those that no incident has come last.
    pub tags: Vec<CauseTag>,
}

/// Two causes that incidents have together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CausePair {
    /// The first tag in the order of the alphabet.
    pub first: String,
    /// The other.
    pub second: String,
    /// Incidents that have both.
    pub incidents: u64,
}

/// All causes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Causes {
    /// Incidents that have any tag.
    pub incidents: u64,
    /// Every family.
    pub families: Vec<CauseFamily>,
    /// Pairs, most frequent first.
    pub pairs: Vec<CausePair>,
}

/// One cause.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// The tag.
    pub tag: CauseTag,
    /// Name of its family, for people.
    pub family_title: String,
    /// Incidents by the month in which they began.
    pub months: BTreeMap<NaiveDate, u64>,
    /// Incidents without a date.
    pub undated: u64,
    /// Tags that the same incidents have, most frequent first.
    pub with: Vec<(String, u64)>,
    /// The newest incidents that have it; of all scopes.
    pub incidents: Vec<Incident>,
}

impl KnowledgeBase {
    /// Returns every root-cause tag with its numbers, in families.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn causes(&self) -> Result<Causes, KbError> {
        let table = self.ask(table)?;
        let taxonomy = self.taxonomy();
        // That a cause goes with its own family goes without saying.
        let is_family = |family: &str, tag: &str| taxonomy.family_of(tag) == Some(family);
        let mut pairs = pairs(&table);
        pairs.retain(|it| !is_family(&it.first, &it.second) && !is_family(&it.second, &it.first));
        Ok(Causes { incidents: table.rows.len() as u64, families: self.families(&table), pairs })
    }

    /// Returns what is known of the cause `tag`; nothing where neither the taxonomy nor any document has it.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn cause(&self, tag: &str) -> Result<Option<Cause>, KbError> {
        let table = self.ask(table)?;
        let named = table.names.iter().position(|name| name == tag);
        if named.is_none() && self.taxonomy().tag(tag).is_none() && self.taxonomy().family(tag).is_none() {
            return Ok(None);
        }
        let rows: Vec<&TagRow> =
            named.map(|at| table.rows.iter().filter(|row| row.tags.contains(&at)).collect()).unwrap_or_default();
        let mut months = BTreeMap::new();
        let mut with: HashMap<usize, u64> = HashMap::new();
        for row in &rows {
            if let Some(month) = row.day.and_then(|day| day.with_day(1)) {
                *months.entry(month).or_default() += 1;
            }
            row.tags.iter().filter(|it| Some(**it) != named).for_each(|it| *with.entry(*it).or_default() += 1);
        }
        let mut with: Vec<(String, u64)> =
            with.into_iter().map(|(at, count)| (table.names[at].clone(), count)).collect();
        with.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let tag = self.numbers(&table, tag, named, &rows);
        let undated = tag.count.incidents - months.values().sum::<u64>();
        let family_title = self.taxonomy().family(&tag.family).map_or_else(String::new, |it| it.title.clone());
        let incidents = if rows.is_empty() { Vec::new() } else { self.incidents_with(&tag.count.tag)? };
        Ok(Some(Cause { tag, family_title, months, undated, with, incidents }))
    }

    fn incidents_with(&self, tag: &str) -> Result<Vec<Incident>, KbError> {
        let mut incidents = Vec::new();
        for scope in Scope::ALL {
            let filter = IncidentFilter { tag: Some(tag.to_owned()), scope, ..IncidentFilter::default() };
            let request =
                IncidentRequest { filter, sort: IncidentSort::Date, descending: true, offset: 0, limit: MAX_INCIDENTS };
            incidents.extend(self.incidents(&request)?.items);
        }
        incidents.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.document.path.cmp(&b.document.path)));
        incidents.truncate(MAX_INCIDENTS);
        Ok(incidents)
    }

    fn families(&self, table: &TagTable) -> Vec<CauseFamily> {
        let mut rows: Vec<Vec<&TagRow>> = vec![Vec::new(); table.names.len()];
        for row in &table.rows {
            row.tags.iter().for_each(|&at| rows[at].push(row));
        }
        let mut tags: Vec<CauseTag> = table
            .names
            .iter()
            .zip(&rows)
            .enumerate()
            .map(|(at, (name, rows))| self.numbers(table, name, Some(at), rows))
            .collect();
        let taxonomy = self.taxonomy();
        let unused = taxonomy.tags().iter().filter(|it| table.names.binary_search(&it.name).is_err());
        tags.extend(unused.map(|it| self.numbers(table, &it.name, None, &[])));
        tags.sort_by_cached_key(|it| (Reverse((it.count.incidents, it.count.documents)), it.count.tag.clone()));
        let mut families: Vec<CauseFamily> = taxonomy
            .families()
            .iter()
            .map(|it| CauseFamily { name: it.name.clone(), title: it.title.clone(), tags: Vec::new() })
            .collect();
        let others = "Tags of your own".to_owned();
        families.push(CauseFamily { name: String::new(), title: others, tags: Vec::new() });
        let last = families.len() - 1;
        for tag in tags {
            let at = families.iter().position(|it| !tag.family.is_empty() && it.name == tag.family).unwrap_or(last);
            families[at].tags.push(tag);
        }
        families.retain(|family| !family.tags.is_empty());
        families
    }

    /// Returns the numbers of a tag, which has position `at` among the names, from the rows that have it.
    fn numbers(&self, table: &TagTable, name: &str, at: Option<usize>, rows: &[&TagRow]) -> CauseTag {
        let taxonomy = self.taxonomy();
        let known = taxonomy.tag(name);
        let family = taxonomy.family_of(name).unwrap_or_default().to_owned();
        let title = known.map(|it| it.title.clone()).or_else(|| taxonomy.family(name).map(|it| it.title.clone()));
        let mut tag = CauseTag {
            count: TagCount { tag: name.to_owned(), ..TagCount::default() },
            title: title.unwrap_or_else(|| name.to_owned()),
            description: match known {
                Some(tag) => tag.description.clone(),
                None if taxonomy.family(name).is_some() => FAMILY_ONLY.to_owned(),
                None => String::new(),
            },
            family,
            latest: None,
        };
        for row in rows {
            tag.count.incidents += 1;
            tag.count.stated += u64::from(at.is_some_and(|at| row.stated.contains(&at)));
            tag.count.actions_open += row.actions_open;
            tag.latest = tag.latest.max(row.day);
        }
        tag.count.inferred = tag.count.incidents - tag.count.stated;
        tag.count.documents = at.map_or(0, |at| table.documents[at]);
        tag
    }
}

/// The tags of all incidents.
struct TagTable {
    /// Folded names, sorted.
    names: Vec<String>,
    /// Documents that have each of them.
    documents: Vec<u64>,
    /// Incidents that have tags.
    rows: Vec<TagRow>,
}

/// The tags of one incident, those of all its documents together.
struct TagRow {
    /// Positions among the names, sorted.
    tags: Vec<usize>,
    /// Those that one of its documents states.
    stated: Vec<usize>,
    day: Option<NaiveDate>,
    actions_open: u64,
}

fn table(open: &OpenIndex) -> Result<TagTable, IndexError> {
    let overview = Overview::read(open)?;
    let (texts, inferred) = (overview.texts(FacetField::Tag)?, overview.inferred_tags()?);
    let counts = texts.counts();
    let mut counts: Vec<(String, u64)> = counts.into_iter().map(|(name, count)| (name, u64::from(count))).collect();
    counts.sort_unstable();
    let (names, documents): (Vec<String>, Vec<u64>) = counts.into_iter().unzip();
    let place = |name: &str| names.binary_search_by(|it| it.as_str().cmp(name)).unwrap_or_default();
    let is_inferred = |row: usize, tag: &str| inferred.of(row).iter().any(|it| inferred.name(*it) == tag);
    let mut rows = Vec::new();
    for group in &groups(&overview) {
        let (mut tags, mut stated) = (BTreeSet::new(), BTreeSet::new());
        for &row in group.rows {
            for tag in texts.of(row).iter().map(|it| texts.name(*it)) {
                let at = place(tag);
                tags.insert(at);
                if !is_inferred(row, tag) {
                    stated.insert(at);
                }
            }
        }
        if !tags.is_empty() {
            let day = group.day(&overview).and_then(day).filter(|it| (1970..=9999).contains(&it.year()));
            let actions_open = u64::from(group.actions(&overview).0);
            let (tags, stated) = (tags.into_iter().collect(), stated.into_iter().collect());
            rows.push(TagRow { tags, stated, day, actions_open });
        }
    }
    Ok(TagTable { names, documents, rows })
}

fn pairs(table: &TagTable) -> Vec<CausePair> {
    let mut counts: HashMap<(usize, usize), u64> = HashMap::new();
    for row in &table.rows {
        for (at, &first) in row.tags.iter().enumerate() {
            for &second in &row.tags[at + 1..] {
                *counts.entry((first.min(second), first.max(second))).or_default() += 1;
            }
        }
    }
    let mut pairs: Vec<((usize, usize), u64)> = counts.into_iter().collect();
    pairs.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let name = |at: usize| table.names[at].clone();
    pairs.into_iter().map(|((a, b), incidents)| CausePair { first: name(a), second: name(b), incidents }).collect()
}
