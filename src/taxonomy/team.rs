//! A team's `taxonomy.yaml`: what it adds, changes, renames, merges and removes.

use std::collections::BTreeMap;
use std::hash::Hasher;

use serde::Deserialize;

use super::data::pairs;
use super::{Family, Tag, Taxonomy, kebab};
use crate::model::capitalised;

/// Why the team's file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TeamError {
    /// Line counted from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawTeam {
    families: BTreeMap<String, RawFamily>,
    tags: BTreeMap<String, RawTag>,
    rename: BTreeMap<String, String>,
    merge: BTreeMap<String, String>,
    remove: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawFamily {
    title: Option<String>,
    aliases: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawTag {
    family: Option<String>,
    title: Option<String>,
    description: Option<String>,
    aliases: Vec<String>,
    phrases: RawPhrases,
    without: Vec<String>,
}

/// A list for any language, or lists by language.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "phrases are a list, or a list for each language")]
enum RawPhrases {
    Any(Vec<String>),
    ByLanguage(BTreeMap<String, Vec<String>>),
}

impl Default for RawPhrases {
    fn default() -> Self {
        Self::Any(Vec::new())
    }
}

/// Returns `taxonomy` as the file with the text `yaml` changes it.
pub(super) fn apply(taxonomy: Taxonomy, yaml: &str) -> Result<Taxonomy, TeamError> {
    let is_content =
        |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#') && line.trim() != "---";
    let raw = if yaml.lines().any(is_content) { read(yaml)? } else { RawTeam::default() };
    let mut team = Team { taxonomy, yaml };
    for (name, family) in raw.families {
        team.family(&name, family)?;
    }
    for (name, tag) in raw.tags {
        team.tag(&name, tag)?;
    }
    for (from, to) in raw.rename {
        team.rename(&from, &to)?;
    }
    for (from, to) in raw.merge {
        team.merge(&from, &to)?;
    }
    for name in raw.remove {
        team.remove(&name)?;
    }
    // Once for all: each time costs as much as there are names.
    team.taxonomy.name();
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(yaml.as_bytes());
    team.taxonomy.fingerprint = hasher.finish().max(1);
    Ok(team.taxonomy)
}

fn read(yaml: &str) -> Result<RawTeam, TeamError> {
    serde_yaml::from_str(yaml).map_err(|error| {
        let line = error.location().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
        let message = error.without_snippet().to_string();
        let message = message.lines().next().unwrap_or("not YAML").to_owned();
        let hint = "the keys are `families`, `tags`, `rename`, `merge` and `remove`; the README has an example";
        TeamError { line, message, hint: Some(hint.to_owned()) }
    })
}

struct Team<'a> {
    taxonomy: Taxonomy,
    yaml: &'a str,
}

/// A key of the file, below which a mistake stands.
#[derive(Clone, Copy)]
enum Section {
    Families,
    Tags,
    Rename,
    Merge,
    Remove,
}

impl Section {
    fn key(self) -> &'static str {
        match self {
            Self::Families => "families",
            Self::Tags => "tags",
            Self::Rename => "rename",
            Self::Merge => "merge",
            Self::Remove => "remove",
        }
    }
}

impl Team<'_> {
    fn family(&mut self, written: &str, raw: RawFamily) -> Result<(), TeamError> {
        let name = self.written(Section::Families, written)?;
        let named = |alias: &String| self.written(Section::Families, alias);
        let aliases = raw.aliases.iter().map(named).collect::<Result<Vec<_>, _>>()?;
        let families = &mut self.taxonomy.families;
        match families.iter_mut().find(|family| family.name == name) {
            Some(known) => {
                known.title = raw.title.unwrap_or_else(|| known.title.clone());
                known.aliases.extend(aliases);
            }
            None => {
                let title = raw.title.unwrap_or_else(|| title_of(&name));
                families.push(Family { aliases, title, name });
            }
        }
        Ok(())
    }

    fn tag(&mut self, name: &str, raw: RawTag) -> Result<(), TeamError> {
        let kebab_name = self.written(Section::Tags, name)?;
        let named = |alias: &String| self.written(Section::Tags, alias);
        let aliases = raw.aliases.iter().map(named).collect::<Result<Vec<_>, _>>()?;
        let family = raw.family.as_deref().map(|family| self.known_family(family, name)).transpose()?;
        let at = match self.position(&kebab_name) {
            Some(at) => at,
            None => {
                let Some(family) = family.clone() else {
                    let hint = format!("add `family:` below `{name}`; the families are {}", self.family_names());
                    return Err(self.fail(
                        Section::Tags,
                        name,
                        format!("the new tag `{name}` has no family"),
                        Some(hint),
                    ));
                };
                self.add(&kebab_name, family)
            }
        };
        for alias in aliases.iter().filter(|alias| **alias != kebab_name) {
            if self.position(alias).is_some() {
                let hint = format!("write `{alias}: {name}` below `merge:`");
                return Err(self.fail(
                    Section::Tags,
                    name,
                    format!("`{alias}` is a tag of its own, so it is no alias"),
                    Some(hint),
                ));
            }
            self.free(alias);
        }
        let tag = &mut self.taxonomy.tags[at];
        tag.from_team = true;
        tag.family = family.unwrap_or_else(|| tag.family.clone());
        tag.title = raw.title.unwrap_or_else(|| tag.title.clone());
        tag.description = raw.description.unwrap_or_else(|| tag.description.clone());
        tag.aliases.extend(aliases);
        tag.phrases.retain(|(_, phrase)| !raw.without.contains(phrase));
        tag.phrases.extend(match raw.phrases {
            RawPhrases::Any(list) => list.into_iter().map(|phrase| (String::new(), phrase)).collect(),
            RawPhrases::ByLanguage(map) => pairs(map),
        });
        Ok(())
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), TeamError> {
        let at = self.known(Section::Rename, from)?;
        let new = self.written(Section::Rename, to)?;
        if self.position(&new).is_some() {
            let hint = format!("to make one tag of the two, write `{from}: {to}` below `merge:`");
            return Err(self.fail(Section::Rename, from, format!("`{to}` is a tag already"), Some(hint)));
        }
        self.free(&new);
        let tag = &mut self.taxonomy.tags[at];
        let old = std::mem::replace(&mut tag.name, new.clone());
        tag.aliases.push(old);
        tag.title = title_of(&new);
        tag.from_team = true;
        Ok(())
    }

    fn merge(&mut self, from: &str, to: &str) -> Result<(), TeamError> {
        let into = self.known(Section::Merge, to)?;
        let name = self.written(Section::Merge, from)?;
        match self.position(&name) {
            Some(at) if at == into => {
                return Err(self.fail(Section::Merge, from, format!("`{from}` and `{to}` are one tag"), None));
            }
            Some(at) => {
                let gone = self.taxonomy.tags[at].clone();
                let tag = &mut self.taxonomy.tags[into];
                tag.aliases.push(gone.name);
                tag.aliases.extend(gone.aliases);
                tag.phrases.extend(gone.phrases);
                tag.from_team = true;
                self.taxonomy.tags.remove(at);
            }
            None => {
                self.free(&name);
                let tag = &mut self.taxonomy.tags[into];
                tag.aliases.push(name);
                tag.from_team = true;
            }
        }
        Ok(())
    }

    fn remove(&mut self, name: &str) -> Result<(), TeamError> {
        let at = self.known(Section::Remove, name)?;
        self.taxonomy.tags.remove(at);
        Ok(())
    }

    /// Adds a tag and takes its name from whatever had it as an alias.
    fn add(&mut self, name: &str, family: String) -> usize {
        self.free(name);
        let title = title_of(name);
        let tag = Tag {
            name: name.to_owned(),
            family,
            title,
            description: String::new(),
            aliases: Vec::new(),
            phrases: Vec::new(),
            from_team: true,
        };
        self.taxonomy.tags.push(tag);
        self.taxonomy.tags.len() - 1
    }

    /// Takes an alias from whatever has it.
    fn free(&mut self, alias: &str) {
        self.taxonomy.tags.iter_mut().for_each(|tag| tag.aliases.retain(|it| it != alias));
        self.taxonomy.families.iter_mut().for_each(|family| family.aliases.retain(|it| it != alias));
    }

    /// Returns the place of the tag of this name, or of this other name where no tag and no family has it as its own.
    fn find(&self, name: &str) -> Option<usize> {
        let is_family = || self.taxonomy.families.iter().any(|family| family.name == name);
        let is_alias = |tag: &Tag| tag.aliases.iter().any(|alias| alias == name);
        let alias = || if is_family() { None } else { self.taxonomy.tags.iter().position(is_alias) };
        self.position(name).or_else(alias)
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.taxonomy.tags.iter().position(|tag| tag.name == name)
    }

    /// Returns the place of a tag that must be there, by its name or an alias.
    fn known(&self, section: Section, name: &str) -> Result<usize, TeamError> {
        self.find(&kebab(name)).ok_or_else(|| {
            let near = self.taxonomy.nearest(name).map(|near| format!("did you mean `{near}`?"));
            let hint = near.unwrap_or_else(|| "`ris tags --all` lists the tags".to_owned());
            self.fail(section, name, format!("there is no tag `{name}`"), Some(hint))
        })
    }

    fn known_family(&self, family: &str, tag: &str) -> Result<String, TeamError> {
        let (name, families) = (kebab(family), &self.taxonomy.families);
        let named = families.iter().find(|it| it.name == name);
        let named = named.or_else(|| families.iter().find(|it| it.aliases.contains(&name)));
        named.map(|it| it.name.clone()).ok_or_else(|| {
            let hint = format!("the families are {}; add one below `families:`", self.family_names());
            self.fail(
                Section::Tags,
                tag,
                format!("the tag `{tag}` is of the family `{family}`, which is not there"),
                Some(hint),
            )
        })
    }

    fn family_names(&self) -> String {
        let names: Vec<String> = self.taxonomy.families.iter().map(|family| format!("`{}`", family.name)).collect();
        names.join(", ")
    }

    /// Returns a name as tags are written. One of signs alone would be no name, and found by nothing.
    fn written(&self, section: Section, name: &str) -> Result<String, TeamError> {
        let kebab = kebab(name);
        if !kebab.is_empty() {
            return Ok(kebab);
        }
        let hint = "a name has a letter or a digit at least".to_owned();
        Err(self.fail(section, name, format!("`{name}` is no name"), Some(hint)))
    }

    /// Returns an error at the first line of `section` that names `key`, or where the section begins.
    fn fail(&self, section: Section, key: &str, message: String, hint: Option<String>) -> TeamError {
        let begins = |line: &str| {
            let rest = line.trim_start_matches(['"', '\'', '{', '\u{feff}']).strip_prefix(section.key());
            rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
        };
        let rest = || self.yaml.lines().zip(1..).skip_while(|(line, _)| !begins(line));
        let named = rest().find(|(line, _)| !line.trim_start().starts_with('#') && names(line, key));
        let line = named.or_else(|| rest().next()).map_or(0, |(_, number)| number);
        TeamError { line, message, hint }
    }
}

/// Tells whether a line of YAML holds `key` as a whole word, before any comment; of an empty one its quotes.
fn names(line: &str, key: &str) -> bool {
    let content = line.split(" #").next().unwrap_or_default();
    if key.trim().is_empty() {
        return ["\"\"", "''", "\" ", "' "].iter().any(|it| content.contains(it));
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let free = |at: usize| !content[..at].ends_with(is_part) && !content[at + key.len()..].starts_with(is_part);
    content.match_indices(key).any(|(at, _)| free(at))
}

/// Returns a title made of a name: `message-too-large` gives `Message too large`.
fn title_of(name: &str) -> String {
    capitalised(&name.replace('-', " "))
}
