//! The shape of `causes.yaml`, the built-in taxonomy.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

use super::{Family, Tag, Taxonomy, kebab};
use crate::words;

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFamily {
    title: String,
    aliases: Vec<String>,
    tags: Ordered<RawTag>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTag {
    title: String,
    description: String,
    aliases: Vec<String>,
    phrases: BTreeMap<String, Vec<String>>,
}

/// The entries of a map in the order written.
#[derive(Debug)]
struct Ordered<T>(Vec<(String, T)>);

/// Reads the built-in file.
pub(super) fn read(text: &str) -> Result<Taxonomy, serde::de::value::Error> {
    let raw: Ordered<RawFamily> = words::from_str(text)?;
    let mut families = Vec::with_capacity(raw.0.len());
    let mut tags = Vec::with_capacity(80);
    for (name, family) in raw.0 {
        for (tag, raw) in family.tags.0 {
            tags.push(Tag {
                name: tag,
                family: name.clone(),
                title: raw.title,
                description: raw.description,
                aliases: raw.aliases.iter().map(|alias| kebab(alias)).collect(),
                phrases: pairs(raw.phrases),
                from_team: false,
            });
        }
        let aliases = family.aliases.iter().map(|alias| kebab(alias)).collect();
        families.push(Family { name, title: family.title, aliases });
    }
    if tags.is_empty() { Err(serde::de::value::Error::custom("no tags")) } else { Ok(Taxonomy::new(families, tags)) }
}

/// Returns every phrase with its language.
pub(super) fn pairs(phrases: BTreeMap<String, Vec<String>>) -> Vec<(String, String)> {
    let of = |(language, list): (String, Vec<String>)| list.into_iter().map(move |phrase| (language.clone(), phrase));
    phrases.into_iter().flat_map(of).collect()
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Ordered<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Ordered(entries))
            }
        }
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_yaml_and_read_as_a_yaml_reader_reads_it() {
        let text = include_str!("causes.yaml");
        let ours: Ordered<RawFamily> = words::from_str(text).unwrap();
        let theirs: Ordered<RawFamily> = serde_yaml::from_str(text).unwrap();
        assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
    }
}
