//! What tells an action item from the others of its document through all versions.

use std::collections::BTreeMap;

use crate::model::{ActionItem, Document};

/// Returns what tells each item of a document from the others through all versions, in their order: its own id, else its
/// words; of items with the same, the owner too, and else which of them it is.
#[must_use]
pub(crate) fn identities(document: &Document) -> Vec<String> {
    let plain: Vec<String> = document.action_items.iter().map(identity).collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    plain.iter().for_each(|it| *count.entry(it).or_default() += 1);
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let apart = |(item, plain): (&ActionItem, &String)| {
        if count[plain.as_str()] == 1 {
            return plain.clone();
        }
        let owned = format!("{plain} @ {}", item.owner.as_deref().unwrap_or_default().to_lowercase());
        let nth = taken.entry(owned.clone()).or_default();
        *nth += 1;
        if *nth == 1 { owned } else { format!("{owned} {nth}") }
    };
    document.action_items.iter().zip(&plain).map(apart).collect()
}

fn identity(item: &ActionItem) -> String {
    item.id.as_deref().map_or_else(|| plain_words(&item.text), |id| format!("#{}", plain_words(id)))
}

/// Returns the words of a text in small letters, one blank between them.
pub(crate) fn plain_words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
