//! Why two incidents are shown together: the reasons, and how much shared facts tell. Pure; how rare a fact is, the
//! index knows.

use serde::Serialize;

/// A root-cause tag of both documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedTag {
    /// The tag.
    pub tag: String,
    /// True where a person stated it in neither or only one of the two documents.
    pub inferred: bool,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Reason {
    /// The document asked about refers to this one.
    Cited {
        /// Heading of the section the reference stands in.
        section: Option<String>,
        /// Its line in the document asked about.
        line: u32,
    },
    /// This document refers to the one asked about.
    Cites {
        /// Heading of the section the reference stands in.
        section: Option<String>,
        /// Its line in this document.
        line: u32,
    },
    /// Both have these root-cause tags.
    Tags {
        /// The tags, rarest first.
        tags: Vec<SharedTag>,
    },
    /// Both affect these services.
    Services {
        /// The services, rarest first.
        services: Vec<String>,
    },
    /// Both name these: error classes, hosts, settings, code paths.
    Names {
        /// The names, most telling first.
        names: Vec<String>,
    },
    /// Both use these rare words.
    Words {
        /// The words, most telling first.
        words: Vec<String>,
    },
}

impl Reason {
    /// Returns the reason as people read it.
    #[must_use]
    pub fn sentence(&self) -> String {
        let within = |section: &Option<String>| section.as_ref().map_or(String::new(), |it| format!(" in {it}"));
        match self {
            Self::Cited { section, .. } => format!("cited{}", within(section)),
            Self::Cites { section, .. } => format!("cites this one{}", within(section)),
            Self::Tags { tags } => {
                let mark = |it: &SharedTag| format!("{}{}", it.tag, if it.inferred { " (inferred)" } else { "" });
                same("cause", &tags.iter().map(mark).collect::<Vec<_>>())
            }
            Self::Services { services } => same("service", services),
            Self::Names { names } => format!("both mention {}", names.join(", ")),
            Self::Words { words } => format!("words in common: {}", words.join(", ")),
        }
    }
}

/// Returns `same cause: a`, `same causes: a, b`.
fn same(what: &str, names: &[String]) -> String {
    format!("same {what}{}: {}", if names.len() == 1 { "" } else { "s" }, names.join(", "))
}

/// A shared fact and how much it tells: the logarithm of its rarity.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Weighed<T> {
    pub(crate) value: T,
    pub(crate) weight: f32,
}

/// Each further fact of a kind tells less than the one before it: two documents that share thirty names share one
/// subject, not thirty.
const FADING: f32 = 0.8;

/// Sorts `facts`, most telling first, and returns their weight together.
pub(crate) fn weigh<T>(facts: &mut [Weighed<T>]) -> f32 {
    facts.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    facts.iter().rev().fold(0.0, |sum, fact| sum * FADING + fact.weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_read_well() {
        let tag = |tag: &str, inferred| SharedTag { tag: tag.into(), inferred };
        let tags = vec![tag("config-drift", false), tag("missing-validation", true)];
        assert_eq!(Reason::Tags { tags }.sentence(), "same causes: config-drift, missing-validation (inferred)");
        assert_eq!(Reason::Names { names: vec!["credmate-redis".into()] }.sentence(), "both mention credmate-redis");
        let section = Some("Related Issues".to_owned());
        assert_eq!(Reason::Cited { section, line: 3 }.sentence(), "cited in Related Issues");
        assert_eq!(Reason::Cites { section: None, line: 3 }.sentence(), "cites this one");
    }

    #[test]
    fn many_weak_facts_do_not_outweigh_a_strong_one_for_ever() {
        let mut weak = vec![Weighed { value: (), weight: 1.0 }; 100];
        assert!(weigh(&mut weak) < 5.01);
        let mut two = [Weighed { value: 'a', weight: 1.0 }, Weighed { value: 'b', weight: 2.0 }];
        assert!((weigh(&mut two) - 2.8).abs() < 1e-6);
        assert_eq!(two[0].value, 'b');
    }
}
