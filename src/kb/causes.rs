//! Root causes over all documents: how often each is named, when, with which others, and what is still to be done.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};

use super::{DocumentSummary, FacetField, KbError, KnowledgeBase, SearchRequest, Sort};
use crate::index::{self, TagRow, TagTable};

/// Documents listed for one cause.
const MAX_DOCUMENTS: usize = 100;

/// A root-cause tag and how often it is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseTag {
    /// The tag.
    pub name: String,
    /// Name for people; the tag itself where the taxonomy does not know it.
    pub title: String,
    /// What it means; empty where nobody said so.
    pub description: String,
    /// Family it belongs to; empty for tags that the taxonomy does not know.
    pub family: String,
    /// Documents that have it.
    pub documents: u64,
    /// Open action items of those documents.
    pub actions_open: u64,
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
    /// Its tags, most frequent first; those that no document has come last.
    pub tags: Vec<CauseTag>,
}

/// Two causes that documents name together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CausePair {
    /// The first tag in the order of the alphabet.
    pub first: String,
    /// The other.
    pub second: String,
    /// Documents that have both.
    pub documents: u64,
}

/// All causes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Causes {
    /// Documents that have any tag.
    pub documents: u64,
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
    /// Documents by the month in which the incident began.
    pub months: BTreeMap<NaiveDate, u64>,
    /// Documents without a date.
    pub undated: u64,
    /// Tags that the same documents have, most frequent first.
    pub with: Vec<(String, u64)>,
    /// The newest documents that have it.
    pub documents: Vec<DocumentSummary>,
}

impl KnowledgeBase {
    /// Returns every root-cause tag with its numbers, in families.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn causes(&self) -> Result<Causes, KbError> {
        let table = self.answer(index::tag_table, |_, _| {})?;
        Ok(Causes { documents: table.rows.len() as u64, families: self.families(&table), pairs: pairs(&table) })
    }

    /// Returns what is known of the cause `tag`; nothing where neither the taxonomy nor any document has it.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn cause(&self, tag: &str) -> Result<Option<Cause>, KbError> {
        let table = self.answer(index::tag_table, |_, _| {})?;
        let named = table.names.iter().position(|name| name == tag);
        if named.is_none() && self.taxonomy().tag(tag).is_none() && self.taxonomy().family(tag).is_none() {
            return Ok(None);
        }
        let rows: Vec<&TagRow> =
            named.map(|at| table.rows.iter().filter(|row| row.tags.contains(&at)).collect()).unwrap_or_default();
        let mut months = BTreeMap::new();
        let mut with: HashMap<usize, u64> = HashMap::new();
        for row in &rows {
            if let Some(month) = row.day.and_then(day).and_then(|day| day.with_day(1)) {
                *months.entry(month).or_default() += 1;
            }
            row.tags.iter().filter(|it| Some(**it) != named).for_each(|it| *with.entry(*it).or_default() += 1);
        }
        let mut with: Vec<(String, u64)> =
            with.into_iter().map(|(at, count)| (table.names[at].clone(), count)).collect();
        with.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let tag = self.numbers(tag, rows.iter().copied());
        let undated = tag.documents - months.values().sum::<u64>();
        let family_title = self.taxonomy().family(&tag.family).map_or_else(String::new, |it| it.title.clone());
        let documents = if rows.is_empty() { Vec::new() } else { self.documents_with(&tag.name)? };
        Ok(Some(Cause { tag, family_title, months, undated, with, documents }))
    }

    fn documents_with(&self, tag: &str) -> Result<Vec<DocumentSummary>, KbError> {
        let facets = vec![(FacetField::Tag, vec![tag.to_owned()])];
        let request = SearchRequest { facets, sort: Sort::Date, limit: MAX_DOCUMENTS, ..SearchRequest::new("") };
        let hits = self.search(&request)?.hits.into_iter().map(|hit| hit.document);
        Ok(hits.filter(|it| it.kind != crate::model::Kind::Other).collect())
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
            .filter(|(_, rows)| !rows.is_empty())
            .map(|(name, rows)| self.numbers(name, rows.iter().copied()))
            .collect();
        let taxonomy = self.taxonomy();
        let unused = taxonomy.tags().iter().filter(|it| table.names.binary_search(&it.name).is_err());
        tags.extend(unused.map(|it| self.numbers(&it.name, std::iter::empty())));
        tags.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.name.cmp(&b.name)));
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

    fn numbers<'a>(&self, name: &str, rows: impl Iterator<Item = &'a TagRow>) -> CauseTag {
        let taxonomy = self.taxonomy();
        let known = taxonomy.tag(name);
        let family = taxonomy.family_of(name).unwrap_or_default().to_owned();
        let title = known.map(|it| it.title.clone()).or_else(|| taxonomy.family(name).map(|it| it.title.clone()));
        let mut tag = CauseTag {
            name: name.to_owned(),
            title: title.unwrap_or_else(|| name.to_owned()),
            description: known.map_or_else(String::new, |it| it.description.clone()),
            family,
            documents: 0,
            actions_open: 0,
            latest: None,
        };
        for row in rows {
            tag.documents += 1;
            tag.actions_open += row.actions_open;
            tag.latest = tag.latest.max(row.day.and_then(day));
        }
        tag
    }
}

fn day(days: i64) -> Option<NaiveDate> {
    let date = i32::try_from(days).ok().and_then(NaiveDate::from_epoch_days)?;
    (1970..=9999).contains(&date.year()).then_some(date)
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
    pairs.into_iter().map(|((a, b), documents)| CausePair { first: name(a), second: name(b), documents }).collect()
}
