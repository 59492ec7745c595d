//! Where links to headings of the log lead once it is cut.

use std::collections::{HashMap, HashSet};

use super::Home;
use super::shape::{Shape, fragment, target_in};
use super::splice::Splice;
use crate::model::anchor_of;

/// A place that a link may name.
#[derive(Debug, Clone)]
struct Anchor {
    home: Home,
    /// What it is called there.
    name: String,
    /// It is the title of its document.
    is_title: bool,
}

impl Anchor {
    fn seen_from_elsewhere(&self, link: &dyn Fn(Home) -> String) -> String {
        let behind = if self.is_title { String::new() } else { format!("#{}", self.name) };
        format!("{}{behind}", link(self.home))
    }
}

/// The places of a log, by what they were called in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Anchors {
    known: HashMap<String, Anchor>,
}

/// Names of headings: the second of a name is `name-1`.
#[derive(Default)]
struct Names {
    taken: HashSet<String>,
    last: HashMap<String, usize>,
}

impl Names {
    fn add(&mut self, heading: &str) -> String {
        let anchor = anchor_of(heading);
        if self.taken.insert(anchor.clone()) {
            return anchor;
        }
        let count = self.last.entry(anchor.clone()).or_default();
        loop {
            *count += 1;
            let numbered = format!("{anchor}-{count}");
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

impl Anchors {
    /// `home` tells where a byte of the log goes, `is_title` which headings become titles.
    pub(super) fn new(shape: &Shape, home: impl Fn(usize) -> Home, is_title: impl Fn(usize) -> bool) -> Self {
        let mut known = HashMap::new();
        let mut before = Names::default();
        let mut after: HashMap<Home, Names> = HashMap::new();
        for heading in &shape.headings {
            let home = home(heading.range.start);
            let name = after.entry(home).or_default().add(&heading.plain);
            let anchor = Anchor { home, name, is_title: is_title(heading.range.start) };
            known.insert(before.add(&heading.plain), anchor);
        }
        for (at, name) in shape.names.iter().filter(|(_, name)| !name.is_empty()) {
            let anchor = Anchor { home: home(*at), name: name.clone(), is_title: false };
            known.entry(name.clone()).or_insert(anchor);
        }
        Self { known }
    }

    /// Returns where a link to the heading `target` (`#name`), which stood outside of the log, leads now; `None` where the
    /// heading stays. `link` is how a document is linked to.
    pub(crate) fn moved(&self, target: &str, link: &dyn Fn(Home) -> String) -> Option<String> {
        let anchor = self.known.get(&fragment(target)?).filter(|it| it.home != Home::Log)?;
        Some(anchor.seen_from_elsewhere(link))
    }

    /// Returns where a link to the heading `target`, which stood in the log and goes to `home`, leads now; `None` where it
    /// leads where it did.
    fn target(&self, target: &str, home: Home, link: &dyn Fn(Home) -> String) -> Option<String> {
        let name = fragment(target)?;
        let anchor = self.known.get(&name)?;
        if anchor.home != home {
            return Some(anchor.seen_from_elsewhere(link));
        }
        (name != anchor.name).then(|| format!("#{}", anchor.name))
    }

    /// Returns the changes by which links that go to `home` still lead where they led.
    pub(super) fn rewritten(
        &self,
        text: &str,
        shape: &Shape,
        home: Home,
        link: &dyn Fn(Home) -> String,
    ) -> Vec<Splice> {
        let uses = shape.uses.iter().filter(|it| it.label.is_none()).map(|it| (&it.range, &it.target));
        let all = uses.chain(shape.definitions.iter().map(|it| (&it.range, &it.target)));
        let change = |(range, target): (&std::ops::Range<usize>, &String)| {
            let new = self.target(target, home, link)?;
            Some(Splice { range: target_in(text, range, target)?, text: new })
        };
        all.filter_map(change).collect()
    }
}
