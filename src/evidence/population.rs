//! The complete list of incidents of a period, and where every file of the commit went.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::{Case, Record, Standing, Window, redacted};
use crate::model::{Document, Kind, Outcome};

/// A file of the commit.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path below the knowledge base.
    pub path: String,
    /// Id of its blob in git.
    pub blob: String,
    /// What became of it.
    pub content: Content,
}

/// What became of a file of the commit.
#[derive(Debug, Clone)]
pub enum Content {
    /// It was read as a document.
    Document(Box<Document>),
    /// It is none, for this reason.
    NoDocument(&'static str),
}

impl SourceFile {
    /// Returns the document.
    #[must_use]
    pub fn document(&self) -> Option<&Document> {
        match &self.content {
            Content::Document(document) => Some(document),
            Content::NoDocument(_) => None,
        }
    }
}

/// An incident, near miss or exercise, and how it stands to the period.
#[derive(Debug, Clone)]
pub struct Placed<'a> {
    /// The incident.
    pub case: Case<'a>,
    /// How it stands to the period.
    pub standing: Standing,
    /// Its folder below `data/incidents`; only those of the population have one.
    pub folder: Option<String>,
}

/// Everything that was found, placed in time.
#[derive(Debug, Clone)]
pub struct Population<'a> {
    /// The period.
    pub window: Window,
    /// All cases, by their day and name; those without a day last.
    pub placed: Vec<Placed<'a>>,
}

/// Where a file went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileRow<'a> {
    /// Path below the knowledge base.
    pub path: &'a str,
    /// In one word (`in-period`, `no-incident`, …).
    pub standing: &'static str,
    /// The incident that it is a document of.
    pub incident: Option<&'a str>,
    /// Why it counts for none, where it does not.
    pub reason: &'static str,
}

impl<'a> Population<'a> {
    /// Places `cases` in time.
    #[must_use]
    pub fn new(window: Window, cases: Vec<Case<'a>>) -> Self {
        let mut placed: Vec<Placed<'a>> =
            cases.into_iter().map(|case| Placed { standing: case.standing(&window), case, folder: None }).collect();
        let key = |it: &Placed<'a>| {
            let day = it.case.membership().map_or(NaiveDate::MAX, |(date, _)| date.first_day());
            (day, it.case.name().to_owned(), it.case.main().path.clone())
        };
        placed.sort_by_cached_key(key);
        let mut population = Self { window, placed };
        population.name_folders(str::to_owned);
        population
    }

    /// Takes what is sensitive out of the names of folders, which are ids and paths.
    #[must_use]
    pub fn with_redacted_folders(mut self) -> Self {
        self.name_folders(redacted);
        self
    }

    fn name_folders(&mut self, shown: impl Fn(&str) -> String) {
        let mut taken = BTreeSet::new();
        for it in self.placed.iter_mut().filter(|it| is_member(it)) {
            it.folder = Some(folder(&shown(it.case.name()), &mut taken));
        }
    }

    /// Returns the population: the incidents of the period.
    pub fn members(&self) -> impl Iterator<Item = &Placed<'a>> {
        self.placed.iter().filter(|it| is_member(it))
    }

    /// Returns the members that were not over at the end of the period (`Some(true)`), that were, or of which it is not
    /// known (`None`).
    pub fn ended(&self, open: Option<bool>) -> impl Iterator<Item = &Placed<'a>> {
        self.members().filter(move |it| it.case.is_open_after(&self.window) == open)
    }

    /// Returns the documents of the population.
    #[must_use]
    pub fn records(&self) -> Vec<Record<'_>> {
        self.members().flat_map(|it| it.case.records()).collect()
    }

    /// Returns the incidents of this standing.
    pub fn incidents(&self, standing: Standing) -> impl Iterator<Item = &Placed<'a>> {
        self.placed.iter().filter(move |it| it.case.is_incident() && it.standing == standing)
    }

    /// Returns the near misses and exercises of the period; those without a day too.
    pub fn others(&self) -> impl Iterator<Item = &Placed<'a>> {
        let near = |it: &&Placed<'a>| matches!(it.standing, Standing::InPeriod | Standing::Undated);
        self.placed.iter().filter(|it| !it.case.is_incident()).filter(near)
    }

    /// Returns how many incidents of the population there are by each value of `of`.
    pub fn totals(&self, of: impl Fn(&Case<'a>) -> String) -> BTreeMap<String, usize> {
        let mut totals = BTreeMap::new();
        self.members().for_each(|it| *totals.entry(of(&it.case)).or_default() += 1);
        totals
    }

    /// Returns where every one of `files` went, in their order.
    #[must_use]
    pub fn account<'f>(&'f self, files: &'f [SourceFile]) -> Vec<FileRow<'f>> {
        let of_document =
            |it: &'f Placed<'a>| it.case.documents.iter().map(move |document| (document.path.as_str(), it));
        let places: BTreeMap<&str, &Placed<'_>> = self.placed.iter().flat_map(of_document).collect();
        let candidates: BTreeSet<&str> = self.candidates(files).iter().map(|it| it.path).collect();
        let place = |file: &'f SourceFile| {
            let mut row = row(file, places.get(file.path.as_str()).copied());
            if candidates.contains(row.path) {
                row.reason = "may be an incident of the period: nothing states what it is";
            }
            row
        };
        files.iter().map(place).collect()
    }
}

fn is_member(it: &Placed<'_>) -> bool {
    it.case.is_incident() && it.standing == Standing::InPeriod
}

fn row<'f>(file: &'f SourceFile, place: Option<&'f Placed<'_>>) -> FileRow<'f> {
    let incident = place.map(|it| it.case.name());
    let (standing, reason) = match (&file.content, place) {
        (Content::NoDocument(reason), _) => ("no-document", *reason),
        (Content::Document(document), _) if document.outcome == Outcome::Rejected => {
            ("unreadable", document.first_error().map_or("", |error| error.code))
        }
        (_, Some(it)) => match it.case.main().kind.value {
            Kind::NearMiss => ("near-miss", ""),
            Kind::Drill => ("drill", ""),
            _ => (it.standing.as_str(), ""),
        },
        (Content::Document(document), None) if document.kind.value == Kind::FixPlan => {
            ("no-incident", "a plan that belongs to no incident")
        }
        (Content::Document(_), None) => ("no-incident", "an index page, a template or a note"),
    };
    FileRow { path: &file.path, standing, incident, reason }
}

/// Returns a name of a folder for `id` that no other has, also where capitals do not count.
fn folder(id: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' };
    let name: String = id.trim_end_matches(".md").chars().map(plain).take(80).collect();
    let name = name.trim_matches('-').to_owned();
    let name = if name.is_empty() { "incident".to_owned() } else { name };
    let names = std::iter::once(name.clone()).chain((2..).map(|number| format!("{name}-{number}")));
    let mut free = names.filter(|name| taken.insert(name.to_lowercase()));
    free.next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Extracted, Origin, OriginKind, PartialDate};

    fn from<T>(value: T) -> Extracted<T> {
        Extracted::new(value, "", Origin::new(OriginKind::Label, 1))
    }

    fn document(path: &str, kind: Kind, id: &str, day: &str) -> Document {
        let mut document = Document::empty(path, from(kind));
        document.id = (!id.is_empty()).then(|| from(id.to_owned()));
        document.date = day.parse().ok().map(|day| from(PartialDate::day(day)));
        document
    }

    #[test]
    fn every_file_has_one_place() {
        let documents = [
            document("b.md", Kind::Incident, "INC-2", "2026-02-01"),
            document("a.md", Kind::Incident, "inc/2", "2026-01-01"),
            document("old.md", Kind::Incident, "INC-0", "2020-01-01"),
            document("drill.md", Kind::Drill, "", "2026-03-01"),
            document("what.md", Kind::Incident, "", ""),
        ];
        let cases = documents.iter().map(|it| Case { documents: vec![it] }).collect();
        let population = Population::new(Window::parse("2026").unwrap(), cases);
        let folders: Vec<_> = population.members().map(|it| it.folder.clone().unwrap()).collect();
        assert_eq!(folders, ["inc-2", "INC-2-2"], "by day, and apart where capitals do not count");
        let mut files: Vec<SourceFile> = documents
            .iter()
            .map(|it| SourceFile {
                path: it.path.clone(),
                blob: String::new(),
                content: Content::Document(Box::new(it.clone())),
            })
            .collect();
        let readme = document("README.md", Kind::Other, "", "");
        let content = Content::Document(Box::new(readme));
        files.push(SourceFile { path: "README.md".into(), blob: String::new(), content });
        let content = Content::NoDocument("another kind of file");
        files.push(SourceFile { path: "x.png".into(), blob: String::new(), content });
        let standings: Vec<_> = population.account(&files).iter().map(|row| row.standing).collect();
        assert_eq!(standings, ["in-period", "in-period", "earlier", "drill", "undated", "no-incident", "no-document"]);
    }
}
