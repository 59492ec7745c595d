//! The root-cause tags: built in, and as a team's `taxonomy.yaml` changes them.
//!
//! Owns names, aliases and the phrases that speak for a tag. Knows no documents and does no I/O.

mod clauses;
mod data;
mod infer;
mod query;
mod spotter;
mod team;

use std::sync::{Arc, LazyLock, OnceLock};

use rustc_hash::FxHashMap;

use crate::words::fold;

pub(crate) use clauses::Clauses;
pub use team::TeamError;

static BUILTIN: LazyLock<Arc<Taxonomy>> =
    LazyLock::new(|| Arc::new(data::read(include_str!("causes.yaml")).expect("a test reads the built-in taxonomy")));

/// Tags in families, found by name or alias.
#[derive(Debug, Clone)]
pub struct Taxonomy {
    families: Vec<Family>,
    tags: Vec<Tag>,
    names: FxHashMap<String, Named>,
    matchers: infer::Matchers,
    /// What searches are held against, made when the first one comes.
    wordings: OnceLock<query::Wordings>,
    fingerprint: u64,
}

/// Tags of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// Kebab-case name.
    pub name: String,
    /// Name for people.
    pub title: String,
    /// Other names, kebab-case.
    pub aliases: Vec<String>,
}

/// A cause by which incidents are linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Kebab-case name.
    pub name: String,
    /// Name of its family.
    pub family: String,
    /// Name for people.
    pub title: String,
    /// What it means, in one sentence; empty where a team gave none.
    pub description: String,
    /// Other names, kebab-case.
    pub aliases: Vec<String>,
    /// What speaks for it: the language (empty: any) and a phrase.
    pub phrases: Vec<(String, String)>,
    /// The team's file added or changed it.
    pub from_team: bool,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Tag(usize),
    Family(usize),
}

impl Taxonomy {
    /// Returns the built-in taxonomy.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Returns the built-in taxonomy, to be kept where a team's could be.
    #[must_use]
    pub fn shared_builtin() -> Arc<Self> {
        Arc::clone(&BUILTIN)
    }

    /// Returns the built-in taxonomy as the team's file, with the text `yaml`, changes it.
    ///
    /// # Errors
    /// Where the text is not YAML, has unknown keys, or names tags that cannot be what it says; the error has the line.
    pub fn with_team(yaml: &str) -> Result<Self, TeamError> {
        team::apply(Self::builtin().clone(), yaml)
    }

    /// Returns the tag called `name`, by its name or an alias, however it is written.
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<&Tag> {
        match self.names.get(&kebab(name))? {
            Named::Tag(at) => Some(&self.tags[*at]),
            Named::Family(_) => None,
        }
    }

    /// Returns the family called `name`, by its name or an alias.
    #[must_use]
    pub fn family(&self, name: &str) -> Option<&Family> {
        match self.names.get(&kebab(name))? {
            Named::Tag(_) => None,
            Named::Family(at) => Some(&self.families[*at]),
        }
    }

    /// Returns the name under which `name` is known: that of its tag or family, or itself in kebab-case.
    #[must_use]
    pub fn canonical(&self, name: &str) -> String {
        let kebab = kebab(name);
        match self.names.get(&kebab) {
            Some(Named::Tag(at)) => self.tags[*at].name.clone(),
            Some(Named::Family(at)) => self.families[*at].name.clone(),
            None => kebab,
        }
    }

    /// Returns the families in the order shown.
    #[must_use]
    pub fn families(&self) -> &[Family] {
        &self.families
    }

    /// Returns the tags, family by family.
    #[must_use]
    pub fn tags(&self) -> &[Tag] {
        &self.tags
    }

    /// Returns the name of the family that the tag `name` is of; a family is of itself.
    #[must_use]
    pub fn family_of(&self, name: &str) -> Option<&str> {
        match self.names.get(&kebab(name))? {
            Named::Tag(at) => Some(&self.tags[*at].family),
            Named::Family(at) => Some(&self.families[*at].name),
        }
    }

    /// Returns a number that is another for another text of the team's file; 0 without one.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Returns the tag whose name is most like `name`, where one is like it.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<&str> {
        let name = kebab(name);
        let likeness = |tag: &Tag| strsim::jaro_winkler(&tag.name, &name);
        let near = self.tags.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
        (likeness(near) > 0.85).then_some(near.name.as_str())
    }

    fn new(families: Vec<Family>, tags: Vec<Tag>) -> Self {
        let (names, matchers, wordings) = Default::default();
        let mut taxonomy = Self { families, tags, names, matchers, wordings, fingerprint: 0 };
        taxonomy.name();
        taxonomy
    }

    /// Finds everything by its names and phrases anew; a tag's own name wins over an alias, and the tag over the family.
    fn name(&mut self) {
        let mut names = FxHashMap::default();
        let mut put = |name: &str, named| {
            names.entry(name.to_owned()).or_insert(named);
        };
        self.tags.iter().enumerate().for_each(|(at, tag)| put(&tag.name, Named::Tag(at)));
        self.families.iter().enumerate().for_each(|(at, family)| put(&family.name, Named::Family(at)));
        for (at, tag) in self.tags.iter().enumerate() {
            tag.aliases.iter().for_each(|alias| put(alias, Named::Tag(at)));
        }
        for (at, family) in self.families.iter().enumerate() {
            family.aliases.iter().for_each(|alias| put(alias, Named::Family(at)));
        }
        self.names = names;
        self.matchers = infer::Matchers::new(&self.tags);
        self.wordings = OnceLock::new();
    }
}

/// Returns a name as tags are written: lower-case words joined by hyphens, without accents.
#[must_use]
pub(crate) fn kebab(name: &str) -> String {
    if is_kebab(name) { name.to_owned() } else { fold(name).replace(' ', "-") }
}

/// Tells whether a name is written so already: most are.
fn is_kebab(name: &str) -> bool {
    let is_word =
        |word: &[u8]| !word.is_empty() && word.iter().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit());
    name.as_bytes().split(|byte| *byte == b'-').all(is_word)
}

#[cfg(test)]
mod tests;
