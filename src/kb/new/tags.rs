//! Root-cause tags of a new document that nobody knows so far.

use crate::kb::{KbError, KnowledgeBase, NameField};
use crate::taxonomy::kebab;

/// Tells of tags that neither the taxonomy nor a document has, where one is like them: a misspelt tag ties nothing.
pub(super) fn tell_unknown(kb: &KnowledgeBase, tags: &[String], notices: &mut Vec<String>) -> Result<(), KbError> {
    let taxonomy = kb.taxonomy();
    for tag in tags {
        let name = taxonomy.canonical(tag);
        let Some(near) = taxonomy.nearest(&name).filter(|_| taxonomy.tag(&name).is_none()) else { continue };
        let is_used = kb.known_names(NameField::Tag, &name, 1)?.iter().any(|it| kebab(&it.name) == kebab(&name));
        if !is_used {
            notices.push(format!("No tag is called `{tag}` so far; did you mean `{near}`?"));
        }
    }
    Ok(())
}
