//! The judged queries.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use serde::Deserialize;

const JUDGED: &str = include_str!("judged.yaml");

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// A few words.
    Words,
    /// A pasted error.
    Paste,
    /// A document: which others are related to it?
    Related,
}

/// One query and what its documents are worth, 1 to 3.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Query {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    #[serde(default)]
    pub(crate) held_out: bool,
    pub(crate) query: String,
    pub(crate) documents: BTreeMap<String, u32>,
}

impl Query {
    /// Returns the first line of the query.
    pub(crate) fn first_line(&self) -> &str {
        self.query.trim().lines().next().unwrap_or_default()
    }
}

/// Returns the queries that can be asked of the files below `root`: those with a document of the highest grade there.
pub(crate) fn load(root: &Path) -> Result<Vec<Query>, Box<dyn Error>> {
    let mut queries: Vec<Query> = serde_yaml::from_str(JUDGED)?;
    for query in &mut queries {
        query.documents.retain(|path, _| root.join(path).is_file());
    }
    queries.retain(|it| it.documents.values().any(|&grade| grade == 3));
    queries.retain(|it| it.kind != Kind::Related || root.join(&it.query).is_file());
    Ok(queries)
}
