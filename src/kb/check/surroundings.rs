//! The view of rules on the rest of the knowledge base where all documents have been read.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::FxHashMap;

use super::facts::Facts;
use super::incident::belong_together;
use crate::lint::{Neighbour, Surroundings};
use crate::model::{Kind, name_of};

/// So many names are compared with all others in one run; the hint at the nearest one is left out of further findings.
const MOST_NEAREST: usize = 50;
/// Likeness from which a name is a hint.
const NEAR: f64 = 0.75;

/// All documents, as this run has read them.
pub(super) struct Everything<'a> {
    root: &'a Path,
    by_path: FxHashMap<&'a str, &'a Facts>,
    by_name: FxHashMap<String, Vec<&'a Facts>>,
    /// Documents by their own id and kind: where thousands have one id, each is asked about.
    by_id: FxHashMap<(String, Kind), Vec<&'a Facts>>,
    linked_from: FxHashMap<&'a str, Vec<&'a Facts>>,
    compared: AtomicUsize,
}

impl<'a> Everything<'a> {
    pub(super) fn new(root: &'a Path, facts: &'a [Facts]) -> Self {
        let by_path = facts.iter().map(|it| (it.neighbour.path.as_str(), it)).collect();
        let mut by_name: FxHashMap<String, Vec<&Facts>> = FxHashMap::default();
        let mut by_id: FxHashMap<(String, Kind), Vec<&Facts>> = FxHashMap::default();
        let mut linked_from: FxHashMap<&str, Vec<&Facts>> = FxHashMap::default();
        for it in facts {
            it.names().for_each(|name| by_name.entry(name).or_default().push(it));
            let id = it.neighbour.id.as_ref().map(|id| (id.to_ascii_lowercase(), it.neighbour.kind));
            id.into_iter().for_each(|id| by_id.entry(id).or_default().push(it));
            it.links.iter().for_each(|path| linked_from.entry(path).or_default().push(it));
        }
        Self { root, by_path, by_name, by_id, linked_from, compared: AtomicUsize::new(0) }
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &'a Facts> + '_ {
        self.by_name.get(&name.to_lowercase()).into_iter().flatten().copied()
    }
}

impl Surroundings for Everything<'_> {
    fn also_with_id(&self, id: &str, kind: Kind, path: &str) -> Option<(String, usize)> {
        let all = self.by_id.get(&(id.to_ascii_lowercase(), kind))?;
        let first = all.iter().find(|it| it.neighbour.path != path)?;
        Some((first.neighbour.path.clone(), all.len().saturating_sub(2)))
    }

    fn is_known_name(&self, name: &str) -> Option<bool> {
        Some(self.by_name.contains_key(&name.to_lowercase()))
    }

    fn exists(&self, path: &str) -> bool {
        self.by_path.contains_key(path) || self.root.join(path).exists()
    }

    fn has_anchor(&self, path: &str, anchor: &str) -> Option<bool> {
        self.by_path.get(path)?.has_anchor(anchor)
    }

    fn any_of_incident(&self, path: &str, is: &dyn Fn(&Neighbour) -> bool) -> bool {
        let Some(this) = self.by_path.get(path) else { return false };
        let ids = this.neighbour.id.iter().chain(&this.incident);
        let by_id = ids.flat_map(|id| self.named(id));
        let linked = this.links.iter().filter_map(|path| self.by_path.get(path.as_str()).copied());
        let linking = self.linked_from.get(path).into_iter().flatten().copied();
        by_id.chain(linked).chain(linking).any(|it| is(&it.neighbour) && belong_together(this, it))
    }

    fn nearest(&self, name: &str) -> Option<String> {
        if self.compared.fetch_add(1, Ordering::Relaxed) >= MOST_NEAREST {
            return None;
        }
        let folded = |name: &str| name.to_lowercase().replace('_', "-");
        let wanted = folded(name_of(name));
        // Every folder has one: the name tells nothing.
        if matches!(wanted.as_str(), "readme" | "index") {
            return None;
        }
        let likeness = |known: &str| strsim::normalized_damerau_levenshtein(&folded(known), &wanted);
        // Another number is another document, but for a slip of the finger.
        let digits = |name: &str| -> String { name.chars().filter(char::is_ascii_digit).collect() };
        let number = digits(&wanted);
        let near_number = |known: &str| strsim::damerau_levenshtein(&digits(known), &number) <= 1;
        let may_be = |known: &str| has_letters_of(known, &wanted) && near_number(known);
        let known = self.by_name.iter().filter(|(known, _)| may_be(known));
        let near = known.map(|(known, facts)| (likeness(known), known, facts));
        let (_, known, facts) =
            near.filter(|(likeness, ..)| *likeness >= NEAR).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))?;
        Some(shown_name(facts.first()?, known, name))
    }
}

/// Tells whether a name has so many letters in common with `wanted` that it may be near it: each letter that only one of
/// the two has costs an edit. Spares the comparison of nearly all names.
fn has_letters_of(known: &str, wanted: &str) -> bool {
    let mut counts = [0_i32; 256];
    let folded = |byte: u8| usize::from(if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() });
    known.bytes().for_each(|byte| counts[folded(byte)] += 1);
    wanted.bytes().for_each(|byte| counts[folded(byte)] -= 1);
    let only = |sign: i32| counts.iter().map(|count| (count * sign).max(0)).sum::<i32>();
    let longest = i32::try_from(known.len().max(wanted.len())).unwrap_or(i32::MAX);
    f64::from(only(1).max(only(-1))) <= f64::from(longest) * (1.0 - NEAR)
}

/// Returns the known name as it is written, or the path where a path was looked for.
fn shown_name(facts: &Facts, known: &str, wanted: &str) -> String {
    if wanted.contains('.') {
        return facts.neighbour.path.clone();
    }
    let ids = facts.neighbour.id.iter().chain(&facts.incident);
    let written = ids.map(String::as_str).chain([name_of(&facts.neighbour.path)]);
    written.into_iter().find(|it| it.to_lowercase() == known).unwrap_or(known).to_owned()
}
