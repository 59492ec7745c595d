//! Existing documents are brought in: what they say in their text is stated in their front matter too, so that others
//! can rely on it. The text itself is never touched.
//!
//! What `ris` only inferred is not stated: it is written as a comment that a person makes true by taking its `#` away.

use serde::Serialize;

use super::edits::PlannedEdit;
use super::new::{controls, taken_ids};
use super::{KbError, KnowledgeBase};
use crate::config::{PatternFacts, Profile, ProfileValue};
use crate::model::{Document, Extracted, Kind, OFFER, OriginKind, RootCauseTag, one_line};
use crate::scaffold::{Taken, new_id, slug};
use crate::store::edit::Change;

/// Values of one list.
const MAX_VALUES: usize = 12;

/// How documents are adopted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AdoptRequest {
    /// State what was inferred, instead of offering it.
    pub accept: bool,
    /// Profile of `ris.toml`, instead of the one that suits.
    pub profile: Option<String>,
    /// Project of the documents that name none.
    pub project: Option<String>,
}

/// A key that a document gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddedKey {
    /// Dotted path.
    pub key: String,
    /// The value, or several with commas.
    pub value: String,
    /// Where it comes from, for people.
    pub from: String,
    /// Line it was read from; 0 for none.
    pub line: u32,
    /// Whether `ris` inferred it, so that it is offered and not stated.
    pub inferred: bool,
}

/// What would become of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// The change.
    pub edit: PlannedEdit,
    /// The keys.
    pub added: Vec<AddedKey>,
}

/// What is to be done about a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdoptionPlan {
    /// A page that is no incident document is left alone.
    Page,
    /// It lacks nothing.
    Complete,
    /// It gets something.
    Adopt(Adoption),
}

/// Adopts documents one after the other, so that no two get one id.
pub struct Adopter<'a> {
    kb: &'a KnowledgeBase,
    request: AdoptRequest,
    taken: Taken,
    /// What a person should know; full sentences.
    pub notices: Vec<String>,
}

impl KnowledgeBase {
    /// Prepares the adoption of documents.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read, or there is no such profile.
    pub fn adopter(&self, request: AdoptRequest) -> Result<Adopter<'_>, KbError> {
        let mut notices = Vec::new();
        let taken = taken_ids(self, &mut notices)?;
        if let Some(name) = &request.profile {
            controls::named_profile(&self.config().profiles, name)?;
        }
        for profile in &self.config().profiles {
            controls::check_profile(profile, &mut notices)?;
        }
        Ok(Adopter { kb: self, request, taken, notices })
    }
}

impl Adopter<'_> {
    /// Plans what the document at `path` (relative to the root) would get.
    ///
    /// # Errors
    /// Where the file cannot be read, or its front matter cannot be edited.
    pub fn plan(&mut self, path: &str) -> Result<AdoptionPlan, KbError> {
        let parsed = self.kb.read(path)?;
        let document = &parsed.document;
        if document.kind.value == Kind::Other {
            return Ok(AdoptionPlan::Page);
        }
        let taxonomy = self.kb.taxonomy();
        let is_family = |tag: &str| taxonomy.family(tag).is_some();
        let mut keys = Keys { document, is_family: &is_family, rows: Vec::new() };
        let id = self.id(document)?;
        keys.own(&id);
        keys.facts();
        keys.causes();
        if let Some(project) = self.project(document) {
            keys.add("project", Value::Text(project), "ris.toml or --project", 0, false);
        }
        if document.compliance.is_empty() {
            for (path, value) in self.profile(document)?.map(|it| it.fields).unwrap_or_default() {
                keys.add(&format!("compliance.{path}"), value.into(), "the profile of ris.toml", 0, false);
            }
        }
        // Where it stands, nothing is offered again.
        let offered = parsed.text[..document.body_start].contains(OFFER);
        let rows: Vec<Row> = keys.rows.into_iter().filter(|row| !(row.inferred && offered)).collect();
        let changes = changes(&rows, self.request.accept);
        if changes.is_empty() {
            return Ok(AdoptionPlan::Complete);
        }
        let edit = self.kb.plan_edit(path, &changes)?;
        self.taken.add(&id.id);
        let added = rows.iter().map(|row| row.shown(self.request.accept)).collect();
        Ok(if edit.changes_anything() { AdoptionPlan::Adopt(Adoption { edit, added }) } else { AdoptionPlan::Complete })
    }

    /// Returns the id that the document has, or gets, and where it comes from.
    fn id(&self, document: &Document) -> Result<OwnId, KbError> {
        if let Some(id) = &document.id {
            return Ok(OwnId { id: id.value.clone(), read: Some(id.clone()), from: "", is_guess: false });
        }
        let stated = document.date.as_ref().map(|date| date.value.first_day());
        let (date, from, is_guess) = match (stated, self.date_of_incident(document)?) {
            (Some(date), _) => (date, "the pattern of ids", false),
            (None, Some(date)) => (date, "the pattern of ids, with the day of its incident", false),
            (None, None) => {
                let zone = self.kb.config().documents.time_zone;
                let today = self.kb.clock.today(zone);
                (today, "the pattern of ids, with today's day, since it has none", true)
            }
        };
        let kind = document.kind.value.as_str();
        let (title, project) = (slug(document.display_title()), slug(&self.project(document).unwrap_or_default()));
        let facts = PatternFacts { slug: &title, date, kind, project: &project, id: "" };
        let id = new_id(self.kb.config().documents.id_pattern(kind), &facts, &self.taken);
        Ok(OwnId { id, read: None, from, is_guess })
    }

    /// Returns the day that another document about the same incident has.
    fn date_of_incident(&self, document: &Document) -> Result<Option<chrono::NaiveDate>, KbError> {
        let siblings = self.kb.same_incident_as(document)?;
        Ok(siblings.iter().find_map(|it| it.document.date.as_ref()?.parse().ok()))
    }

    fn project(&self, document: &Document) -> Option<String> {
        if document.project.is_some() {
            return None;
        }
        self.request.project.clone().or_else(|| self.kb.config().documents.project.clone())
    }

    fn profile(&self, document: &Document) -> Result<Option<Profile>, KbError> {
        let project = document.project.as_ref().map(|it| it.value.clone()).or_else(|| self.project(document));
        let classification = document.compliance.classification.as_ref().map(|it| it.value.as_str());
        let profiles = &self.kb.config().profiles;
        let name = self.request.profile.as_deref();
        Ok(controls::profile(profiles, name, project.as_deref(), classification)?.cloned())
    }
}

/// The id that a document has or gets, and where it comes from.
struct OwnId {
    id: String,
    read: Option<Extracted<String>>,
    from: &'static str,
    /// Whether a day that nobody stated is part of it: stated, it would be read as that of the incident.
    is_guess: bool,
}

/// A value of a key.
#[derive(Debug, Clone)]
enum Value {
    Text(String),
    Flag(bool),
    /// Each with what speaks for it.
    List(Vec<(String, String)>),
}

impl From<ProfileValue> for Value {
    fn from(value: ProfileValue) -> Self {
        match value {
            ProfileValue::Text(text) => Self::Text(text),
            ProfileValue::Flag(flag) => Self::Flag(flag),
            ProfileValue::List(values) => Self::List(values.into_iter().map(|it| (it, String::new())).collect()),
        }
    }
}

#[derive(Debug, Clone)]
struct Row {
    key: String,
    value: Value,
    from: String,
    line: u32,
    inferred: bool,
}

impl Row {
    fn shown(&self, accepted: bool) -> AddedKey {
        let value = match &self.value {
            Value::Text(text) => text.clone(),
            Value::Flag(flag) => flag.to_string(),
            Value::List(values) => values.iter().map(|it| it.0.as_str()).collect::<Vec<_>>().join(", "),
        };
        let inferred = self.inferred && !accepted;
        AddedKey { key: self.key.clone(), value, from: self.from.clone(), line: self.line, inferred }
    }
}

/// The keys that a document lacks.
struct Keys<'a> {
    document: &'a Document,
    /// Tells whether a tag is the name of a family such as `configuration`, which says no cause.
    is_family: &'a dyn Fn(&str) -> bool,
    rows: Vec<Row>,
}

impl Keys<'_> {
    /// Adds a key, unless the front matter has it in any form.
    fn add(&mut self, key: &str, value: Value, from: &str, line: u32, inferred: bool) {
        let stated = |it: &crate::model::FrontMatter| it.get(key).is_some();
        let holds_it = self.document.front_matter.as_ref().is_some_and(stated);
        if !holds_it {
            self.rows.push(Row { key: key.to_owned(), value, from: from.to_owned(), line, inferred });
        }
    }

    /// Adds the value of a field that was read from somewhere else than the front matter.
    fn field<T>(&mut self, key: &str, field: Option<&Extracted<T>>, spelt: impl Fn(&T) -> String) {
        if let Some(field) = field.filter(|it| it.origin.kind != OriginKind::FrontMatter) {
            let inferred = field.origin.kind == OriginKind::Inferred;
            let value = Value::Text(one_line(&spelt(&field.value)));
            self.add(key, value, place(field.origin.kind), field.origin.line, inferred);
        }
    }

    fn own(&mut self, own: &OwnId) {
        match &own.read {
            Some(read) => self.field("id", Some(read), Clone::clone),
            None => self.add("id", Value::Text(own.id.clone()), own.from, 0, own.is_guess),
        }
    }

    fn facts(&mut self) {
        let document = self.document;
        self.field("title", document.title.as_ref(), Clone::clone);
        self.field("kind", Some(&document.kind), |kind| kind.as_str().to_owned());
        self.field("date", document.date.as_ref(), ToString::to_string);
        self.field("severity", document.severity.as_ref(), |it| it.word().to_owned());
        self.field("status", document.status.as_ref(), |it| it.as_str().to_owned());
        self.list("services", &document.services);
        self.list("owners", &document.owners);
    }

    fn list(&mut self, key: &str, values: &[Extracted<String>]) {
        let Some(first) = values.first().filter(|it| it.origin.kind != OriginKind::FrontMatter) else { return };
        if values.iter().any(|it| it.origin.kind == OriginKind::FrontMatter) {
            return;
        }
        let inferred = first.origin.kind == OriginKind::Inferred;
        let all = values.iter().take(MAX_VALUES).map(|it| (one_line(&it.value), String::new())).collect();
        self.add(key, Value::List(all), place(first.origin.kind), first.origin.line, inferred);
    }

    /// Causes that the text states are stated; those that were inferred are offered, unless the document has a list of
    /// its own.
    fn causes(&mut self) {
        let tags: Vec<&RootCauseTag> = self.document.tags.iter().filter(|tag| !(self.is_family)(&tag.tag)).collect();
        if self.document.tags.iter().any(|tag| tag.origin.kind == OriginKind::FrontMatter) {
            return;
        }
        let (inferred, stated): (Vec<_>, Vec<_>) = tags.into_iter().partition(|tag| tag.is_inferred());
        if let Some(first) = stated.first() {
            let values = stated.iter().map(|tag| (tag.tag.clone(), String::new())).collect();
            let (from, line) = (place(first.origin.kind), first.origin.line);
            self.add("root-causes", Value::List(values), from, line, false);
        } else if let Some(first) = inferred.first() {
            let why = |tag: &RootCauseTag| {
                let words = tag.because.iter().map(|it| format!("line {}: “{}”", it.line, one_line(&it.words)));
                words.collect::<Vec<_>>().join(", ")
            };
            let values = inferred.iter().map(|tag| (tag.tag.clone(), why(tag))).collect();
            self.add("root-causes", Value::List(values), place(OriginKind::Inferred), first.origin.line, true);
        }
    }
}

fn place(kind: OriginKind) -> &'static str {
    match kind {
        OriginKind::FrontMatter => "front matter",
        OriginKind::Label => "a label",
        OriginKind::Heading => "a heading",
        OriginKind::Table => "a table",
        OriginKind::List => "a list",
        OriginKind::Timeline => "the timeline",
        OriginKind::FileName => "the file name",
        OriginKind::Git => "git",
        OriginKind::Inferred => "inferred",
    }
}

fn changes(rows: &[Row], accept: bool) -> Vec<Change> {
    let mut changes: Vec<Change> = rows.iter().filter(|row| accept || !row.inferred).map(change).collect();
    let offers: Vec<String> = rows.iter().filter(|row| !accept && row.inferred).flat_map(offer).collect();
    if !offers.is_empty() {
        changes.push(Change::Comment { lines: [OFFER.to_owned()].into_iter().chain(offers).collect() });
    }
    changes
}

fn change(row: &Row) -> Change {
    let key = row.key.clone();
    match &row.value {
        Value::Text(text) => Change::Set { key, value: text.clone() },
        Value::Flag(value) => Change::Flag { key, value: *value },
        Value::List(values) => Change::Extend { key, values: values.iter().map(|it| it.0.clone()).collect() },
    }
}

/// The lines of a comment that state the row once their `# ` is gone.
fn offer(row: &Row) -> Vec<String> {
    let spelt = |text: &str| crate::store::edit::spell(text).unwrap_or_else(|_| format!("{text:?}"));
    let at = if row.line == 0 { String::new() } else { format!(" # line {}", row.line) };
    match &row.value {
        Value::Text(text) => vec![format!("# {}: {}{at}", row.key, spelt(text))],
        Value::Flag(flag) => vec![format!("# {}: {flag}{at}", row.key)],
        Value::List(values) => {
            let item = |(value, why): &(String, String)| {
                let why = if why.is_empty() { String::new() } else { format!(" # {why}") };
                format!("#   - {}{why}", spelt(value))
            };
            [format!("# {}:", row.key)].into_iter().chain(values.iter().map(item)).collect()
        }
    }
}
