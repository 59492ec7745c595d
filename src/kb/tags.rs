//! Root-cause tags over the knowledge base: how often each occurs, what could be stated, and one made of two.

use serde::Serialize;

use super::edits::{PlannedEdit, replace_in_line};
use super::new::Refused;
use super::{FacetField, KbError, KnowledgeBase, Parsed, SearchRequest};
use crate::model::{FrontMatter, OriginKind, RootCauseTag};
use crate::parse::{is_tag_key, parse};
use crate::store::edit::{Change, EditError, edit};
use crate::store::fs;
use crate::taxonomy::{Taxonomy, kebab};

/// The key that takes tags where a document has none for them.
const NEW_KEY: &str = "tags";
/// What parts several tags in one text.
const SEPARATORS: [char; 4] = [',', ';', '/', '|'];
/// In so many places, one behind the other, a merge replaces the tag of one document.
const MOST_PLACES: usize = 16;

/// How often a root-cause tag occurs. Documents about the same event count once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct TagCount {
    /// The tag.
    pub tag: String,
    /// Incidents that have it, near misses and drills among them.
    pub incidents: u64,
    /// Those in which a document states it.
    pub stated: u64,
    /// Those for which it was only inferred.
    pub inferred: u64,
    /// Documents that have it: all those of these incidents, and those that belong to none.
    pub documents: u64,
    /// Open action items of these incidents.
    pub actions_open: u64,
}

/// A tag with what is known of it and how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TagRow {
    /// How often.
    #[serde(flatten)]
    pub count: TagCount,
    /// Family, where the taxonomy knows it.
    pub family: Option<String>,
    /// Title; empty for tags that the taxonomy does not know.
    pub title: String,
    /// What it means; may be empty.
    pub description: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Whether the team's file added or changed it.
    pub from_team: bool,
}

/// What a document could state, and what it states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Path relative to the knowledge base.
    pub path: String,
    /// Title.
    pub title: String,
    /// Tags that it states.
    pub stated: Vec<String>,
    /// Tags that were inferred.
    pub inferred: Vec<RootCauseTag>,
}

/// What a merge of two tags would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MergePlan {
    /// The documents that would change.
    pub edits: Vec<PlannedEdit>,
    /// Documents that state the tag and cannot be edited: path, line and reason.
    pub refused: Vec<(String, usize, String)>,
    /// Documents for which the tag was inferred: these follow the taxonomy, not an edit.
    pub inferred: usize,
}

impl KnowledgeBase {
    /// Returns every tag of the taxonomy and of the documents, family by family, the most frequent first.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn tag_rows(&self) -> Result<Vec<TagRow>, KbError> {
        let taxonomy = self.taxonomy();
        let counts = self.causes()?.families.into_iter().flat_map(|it| it.tags).map(|it| it.count);
        let mut rows: Vec<TagRow> = counts.map(|count| row(&taxonomy, count)).collect();
        let family = |row: &TagRow| {
            let name = row.family.as_deref();
            taxonomy.families().iter().position(|family| Some(family.name.as_str()) == name).unwrap_or(usize::MAX)
        };
        rows.sort_by_cached_key(|row| {
            let used = std::cmp::Reverse((row.count.incidents, row.count.documents));
            (family(row), used, row.count.tag.clone())
        });
        Ok(rows)
    }

    /// Returns what could be stated in the document at `path` (relative to the root).
    ///
    /// # Errors
    /// Where the path leads outside the knowledge base or the file cannot be read.
    pub fn suggest_tags(&self, path: &str) -> Result<Suggestion, KbError> {
        let Parsed { document, .. } = self.read(path)?;
        let title = document.display_title().to_owned();
        let (inferred, stated): (Vec<_>, Vec<_>) = document.tags.into_iter().partition(RootCauseTag::is_inferred);
        Ok(Suggestion { path: path.to_owned(), title, stated: stated.into_iter().map(|it| it.tag).collect(), inferred })
    }

    /// Plans the edit by which the document at `path` states `tags`.
    ///
    /// # Errors
    /// Where the file cannot be read, or its front matter cannot be edited.
    pub fn plan_tags(&self, path: &str, tags: &[String]) -> Result<PlannedEdit, KbError> {
        let front_matter = self.read(path)?.document.front_matter;
        let key = front_matter.as_ref().and_then(list_key).unwrap_or_else(|| NEW_KEY.to_owned());
        self.plan_edit(path, &[Change::Extend { key, values: tags.to_vec() }])
    }

    /// Plans the edits by which every document that states the tag `from`, by any of its names, states `to` instead.
    /// Where both are names of one tag, only what is written as `from` changes.
    ///
    /// # Errors
    /// Where `to` is no one tag, there is no index or it cannot be read.
    pub fn plan_merge(&self, from: &str, to: &str) -> Result<MergePlan, KbError> {
        // A list would be read as tags of their own, signs as none.
        if kebab(to).is_empty() || to.contains(SEPARATORS) {
            let refused = Refused::new(format!("`{to}` is no one tag"));
            return Err(refused.hint("name the tag that is to stand in the place of the other").into());
        }
        let taxonomy = self.taxonomy();
        let tag = taxonomy.canonical(from);
        let one_tag = tag == taxonomy.canonical(to);
        let is_from = |name: &str| if one_tag { kebab(name) == kebab(from) } else { taxonomy.canonical(name) == tag };
        let mut request = SearchRequest::new("");
        request.facets = vec![(FacetField::Tag, vec![tag.clone()])];
        request.limit = usize::MAX;
        let mut plan = MergePlan::default();
        for hit in self.search(&request)?.hits {
            let path = hit.document.path;
            match self.plan_merge_of(&path, &is_from, to) {
                Ok(Some(edit)) => plan.edits.push(edit),
                Ok(None) => plan.inferred += usize::from(hit.document.inferred_tags.contains(&tag)),
                Err(KbError::Edit { error, .. }) => plan.refused.push((path, error.line, error.message)),
                Err(error) => return Err(error),
            }
        }
        Ok(plan)
    }

    fn plan_merge_of(
        &self,
        path: &str,
        is_from: &dyn Fn(&str) -> bool,
        to: &str,
    ) -> Result<Option<PlannedEdit>, KbError> {
        let full = fs::resolve(self.root(), path)?;
        let before = fs::read(&full, self.config().max_file_size)?;
        let mut after: Option<String> = None;
        // A document has each tag once, wherever else it stands: what is left shows once the first place has changed.
        for _ in 0..MOST_PLACES {
            let bytes = after.as_ref().map_or(before.as_slice(), |text| text.as_bytes());
            match self.merged_once(path, bytes, is_from, to)? {
                Some(text) if text.as_bytes() != bytes => after = Some(text),
                _ => break,
            }
        }
        let edit = after.map(|after| PlannedEdit { path: path.to_owned(), before, after });
        Ok(edit.filter(PlannedEdit::changes_anything))
    }

    /// Returns the text with `to` in the places that the document was read to have the tag from; `None` where there is none.
    fn merged_once(
        &self,
        path: &str,
        bytes: &[u8],
        is_from: &dyn Fn(&str) -> bool,
        to: &str,
    ) -> Result<Option<String>, KbError> {
        let document = parse(path, bytes, &self.current_config().parse_options()).document;
        let entries = document.front_matter.iter().flat_map(|block| &block.entries).filter(|it| is_tag_key(&it.path));
        let named = entries.flat_map(|entry| {
            let names = entry.value.split(SEPARATORS).map(str::trim).filter(|name| is_from(name));
            names.map(|name| (entry.path.as_str(), name))
        });
        let mut changes: Vec<Change> = Vec::new();
        for (key, from) in named {
            let change = Change::Replace { key: key.to_owned(), from: from.to_owned(), to: to.to_owned() };
            if !changes.contains(&change) {
                changes.push(change);
            }
        }
        let in_body =
            |it: &&RootCauseTag| !it.is_inferred() && it.origin.kind != OriginKind::FrontMatter && is_from(&it.raw);
        let in_body: Vec<&RootCauseTag> = document.tags.iter().filter(in_body).collect();
        if changes.is_empty() && in_body.is_empty() {
            return Ok(None);
        }
        let refused = |error: EditError| KbError::Edit { path: path.to_owned(), error };
        let mut text = edit(path, bytes, &changes).map_err(refused)?;
        // Lines of the body are further down, by as many as the front matter has grown.
        let lines = |text: &str| text.matches('\n').count();
        let (before, after) = (lines(&String::from_utf8_lossy(bytes)), lines(&text));
        for tag in in_body {
            let line = tag.origin.line as usize + after - before;
            text = replace_in_line(&text, line, &tag.raw, to).ok_or_else(|| {
                refused(EditError {
                    line: tag.origin.line as usize,
                    message: format!("`{}` does not stand on this line as it was read", tag.raw),
                    hint: "edit it by hand".to_owned(),
                })
            })?;
        }
        Ok(Some(text))
    }
}

fn row(taxonomy: &Taxonomy, count: TagCount) -> TagRow {
    let tag = taxonomy.tag(&count.tag);
    let whole = taxonomy.family(&count.tag).map(|family| format!("{} (the family)", family.title));
    TagRow {
        family: taxonomy.family_of(&count.tag).map(str::to_owned),
        title: tag.map(|tag| tag.title.clone()).or(whole).unwrap_or_default(),
        description: tag.map(|tag| tag.description.clone()).unwrap_or_default(),
        aliases: tag.map(|tag| tag.aliases.clone()).unwrap_or_default(),
        from_team: tag.is_some_and(|tag| tag.from_team),
        count,
    }
}

/// Returns the key in which the document lists its causes.
fn list_key(front_matter: &FrontMatter) -> Option<String> {
    let named = |name: &str| {
        let last = |path: &str| path.rsplit('.').next().map(kebab);
        front_matter.entries.iter().find(|it| is_tag_key(&it.path) && last(&it.path).as_deref() == Some(name))
    };
    ["root-causes", "root-cause-tags", "cause-tags", "tags"].iter().find_map(|name| Some(named(name)?.path.clone()))
}
