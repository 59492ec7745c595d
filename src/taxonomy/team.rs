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
#[serde(untagged)]
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
        team.family(&name, family);
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

impl Team<'_> {
    fn family(&mut self, name: &str, raw: RawFamily) {
        let name = kebab(name);
        let families = &mut self.taxonomy.families;
        let aliases = raw.aliases.iter().map(|alias| kebab(alias));
        match families.iter_mut().find(|family| family.name == name) {
            Some(known) => {
                known.title = raw.title.unwrap_or_else(|| known.title.clone());
                known.aliases.extend(aliases);
            }
            None => {
                let title = raw.title.unwrap_or_else(|| title_of(&name));
                families.push(Family { aliases: aliases.collect(), title, name });
            }
        }
        self.taxonomy.name();
    }

    fn tag(&mut self, name: &str, raw: RawTag) -> Result<(), TeamError> {
        let kebab_name = kebab(name);
        let family = raw.family.as_deref().map(|family| self.known_family(family, name)).transpose()?;
        let at = match self.position(&kebab_name) {
            Some(at) => at,
            None => {
                let Some(family) = family.clone() else {
                    let hint = format!("add `family:` below `{name}`; the families are {}", self.family_names());
                    return Err(self.fail(name, format!("the new tag `{name}` has no family"), Some(hint)));
                };
                self.add(&kebab_name, family)
            }
        };
        let aliases: Vec<String> = raw.aliases.iter().map(|alias| kebab(alias)).collect();
        for alias in aliases.iter().filter(|alias| **alias != kebab_name) {
            if self.position(alias).is_some() {
                let hint = format!("write `{alias}: {name}` below `merge:`");
                return Err(self.fail(name, format!("`{alias}` is a tag of its own, so it is no alias"), Some(hint)));
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
        self.taxonomy.name();
        Ok(())
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), TeamError> {
        let at = self.known(from)?;
        let new = kebab(to);
        if self.position(&new).is_some() {
            let hint = format!("to make one tag of the two, write `{from}: {to}` below `merge:`");
            return Err(self.fail(from, format!("`{to}` is a tag already"), Some(hint)));
        }
        self.free(&new);
        let tag = &mut self.taxonomy.tags[at];
        let old = std::mem::replace(&mut tag.name, new.clone());
        tag.aliases.push(old);
        tag.title = title_of(&new);
        tag.from_team = true;
        self.taxonomy.name();
        Ok(())
    }

    fn merge(&mut self, from: &str, to: &str) -> Result<(), TeamError> {
        let into = self.known(to)?;
        let name = kebab(from);
        match self.position(&name) {
            Some(at) if at == into => return Err(self.fail(from, format!("`{from}` and `{to}` are one tag"), None)),
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
        self.taxonomy.name();
        Ok(())
    }

    fn remove(&mut self, name: &str) -> Result<(), TeamError> {
        let at = self.known(name)?;
        self.taxonomy.tags.remove(at);
        self.taxonomy.name();
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

    fn position(&self, name: &str) -> Option<usize> {
        self.taxonomy.tags.iter().position(|tag| tag.name == name)
    }

    /// Returns the place of a tag that must be there, by its name or an alias.
    fn known(&self, name: &str) -> Result<usize, TeamError> {
        let canonical = self.taxonomy.canonical(name);
        self.position(&canonical).ok_or_else(|| {
            let near = self.taxonomy.nearest(name).map(|near| format!("did you mean `{near}`?"));
            let hint = near.unwrap_or_else(|| "`ris tags --all` lists the tags".to_owned());
            self.fail(name, format!("there is no tag `{name}`"), Some(hint))
        })
    }

    fn known_family(&self, family: &str, tag: &str) -> Result<String, TeamError> {
        self.taxonomy.family(family).map(|it| it.name.clone()).ok_or_else(|| {
            let hint = format!("the families are {}; add one below `families:`", self.family_names());
            self.fail(tag, format!("the tag `{tag}` is of the family `{family}`, which is not there"), Some(hint))
        })
    }

    fn family_names(&self) -> String {
        let names: Vec<String> = self.taxonomy.families.iter().map(|family| format!("`{}`", family.name)).collect();
        names.join(", ")
    }

    /// Returns an error at the line that names `key` first.
    fn fail(&self, key: &str, message: String, hint: Option<String>) -> TeamError {
        let names = |line: &str| {
            let content = line.split(" #").next().unwrap_or_default();
            content.contains(key) && !content.trim_start().starts_with('#')
        };
        let line = self.yaml.lines().position(names).map_or(0, |at| at + 1);
        TeamError { line, message, hint }
    }
}

/// Returns a title made of a name: `message-too-large` gives `Message too large`.
fn title_of(name: &str) -> String {
    capitalised(&name.replace('-', " "))
}
