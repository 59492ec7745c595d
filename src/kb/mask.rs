//! What a machine may read of the knowledge base: answers without secrets and data of patients.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;
use serde_json::{Map, Value};

use super::KnowledgeBase;
use crate::parse;
use crate::sensitive;
use crate::store::fs;

/// Below these keys stand the keys of the documents themselves, which tell what their values are.
const OWN_KEYS: [&str; 2] = ["front_matter", "compliance"];

/// What stands behind these keys is one of a few words of ours.
const OUR_WORDS: [&str; 6] = ["kind", "outcome", "status", "state", "class", "fault"];

/// Takes secrets and data of patients out of an answer.
#[derive(Debug, Default)]
pub struct Mask {
    values: sensitive::Mask,
    removed: BTreeMap<&'static str, usize>,
}

/// Something that was taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Removed {
    /// What it was.
    pub what: &'static str,
    /// How many times.
    pub count: usize,
}

impl KnowledgeBase {
    /// Returns what takes out of an answer all that must not stand in the documents at `paths`, from which it was made, or
    /// in the others of their incidents: one may say what is a password, and another what it is. Whatever else can be
    /// told to be a secret or data of a patient goes as well. A path at which no file lies is passed over.
    #[must_use]
    pub fn mask<'p>(&self, paths: impl IntoIterator<Item = &'p str>) -> Mask {
        let most = self.config().max_file_size;
        let read = |path: &str| {
            let bytes = fs::read(&fs::resolve(self.root(), path).ok()?, most).ok()?;
            let options = parse::ParseOptions::default();
            // A record of YAML is shown as Markdown, in which other words stand beside a value.
            let is_record = Path::new(path).extension().is_some_and(|it| it == "yaml" || it == "yml");
            let shown = is_record.then(|| parse::parse(path, &bytes, &options).text);
            Some([parse::text(&bytes), shown])
        };
        let texts: Vec<String> =
            self.with_siblings(paths).iter().filter_map(|it| read(it)).flatten().flatten().collect();
        Mask { values: sensitive::Mask::of(texts.iter().map(String::as_str)), removed: BTreeMap::new() }
    }

    /// Adds the other documents of the incidents that the documents at `paths` belong to.
    fn with_siblings<'p>(&self, paths: impl IntoIterator<Item = &'p str>) -> BTreeSet<String> {
        let (mut all, mut joined) = (BTreeSet::new(), BTreeSet::new());
        for path in paths {
            // All documents of an incident have the same siblings.
            if !joined.contains(path) {
                let siblings = self.same_incident(path).unwrap_or_default();
                joined.extend(siblings.into_iter().map(|it| it.document.path));
            }
            all.insert(path.to_owned());
        }
        all.append(&mut joined);
        all
    }
}

impl Mask {
    /// Returns `text` without what must not stand in it; each thing says in its place what it was.
    #[must_use]
    pub fn text(&mut self, text: &str) -> String {
        self.values.clean(text, &mut tell(&mut self.removed))
    }

    /// Takes what must not stand in it out of every text of a JSON value.
    pub fn json(&mut self, value: &mut Value) {
        self.walk(None, value);
    }

    /// Returns what was taken out so far.
    #[must_use]
    pub fn removed(&self) -> Vec<Removed> {
        self.removed.iter().map(|(what, count)| Removed { what, count: *count }).collect()
    }

    /// Goes through a value; `own` is the key of the document that it stands behind.
    fn walk(&mut self, own: Option<&str>, value: &mut Value) {
        match value {
            Value::String(text) => {
                *text = match own {
                    Some(key) => self.values.clean_beside(key, text, &mut tell(&mut self.removed)),
                    None => self.text(text),
                };
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.walk(own, item)),
            Value::Object(members) => self.members(own, members),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn members(&mut self, own: Option<&str>, members: &mut Map<String, Value>) {
        let before = members.get("text").cloned();
        for (key, mut value) in std::mem::take(members) {
            let is_own = own.is_some() || OWN_KEYS.contains(&key.as_str());
            let is_ours = !is_own && value.is_string() && OUR_WORDS.contains(&key.as_str());
            if !is_ours {
                self.walk(is_own.then_some(key.as_str()), &mut value);
            }
            let key = if own.is_some() { self.text(&key) } else { key };
            members.insert(key, value);
        }
        // Places in a text that has become another one.
        if before.as_ref() != members.get("text")
            && let Some(highlights) = members.get_mut("highlights")
        {
            *highlights = Value::Array(Vec::new());
        }
    }
}

fn tell(removed: &mut BTreeMap<&'static str, usize>) -> impl FnMut(&'static str) {
    |what| *removed.entry(what).or_default() += 1
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_text_of_an_answer_is_cleaned_and_what_was_taken_out_is_counted() {
        let document = "password: Kx7-winter\n";
        let mut mask = Mask { values: sensitive::Mask::of([document]), ..Mask::default() };
        let mut answer = json!({
            "snippet": { "text": "with Kx7-winter", "highlights": [{ "start": 0, "end": 4 }] },
            "other": { "text": "with nothing", "highlights": [{ "start": 0, "end": 4 }] },
            "names": ["Kx7-winter", "redis"],
            "line": 7,
            "kind": "Kx7-winter",
            "front_matter": { "db": { "password": "blue-heron-lake" }, "Kx7-winter": ["x"], "title": "Redis" },
        });
        mask.json(&mut answer);
        assert_eq!(
            answer,
            json!({
                "snippet": { "text": "with [removed: a password or key]", "highlights": [] },
                "other": { "text": "with nothing", "highlights": [{ "start": 0, "end": 4 }] },
                "names": ["[removed: a password or key]", "redis"],
                "line": 7,
                "kind": "Kx7-winter",
                "front_matter": { "db": { "password": "[removed: a password or key]" }, "[removed: a password or key]": ["x"], "title": "Redis" },
            })
        );
        assert_eq!(mask.removed(), [Removed { what: "a password or key", count: 4 }]);
    }
}
