//! What an earlier incident gives to a new one: causes, services, compliance, and the questions that helped.

use super::Refused;
use crate::kb::{DocumentSummary, Found, KbError, KnowledgeBase};
use crate::model::{Document, Kind};
use crate::scaffold::questions_of;

/// An earlier incident.
pub(super) struct Precedent {
    pub(super) summary: DocumentSummary,
    pub(super) document: Document,
    pub(super) questions: Vec<String>,
}

/// Finds the incident that `key` names: by the document of it that says most, where there are several.
pub(super) fn find(kb: &KnowledgeBase, key: &str) -> Result<Precedent, KbError> {
    let summary = match kb.find(key)? {
        Found::One(summary) => *summary,
        Found::Many(mut all) => {
            all.sort_by_key(|it| (it.kind == Kind::Other, it.kind != Kind::Incident));
            all.swap_remove(0)
        }
        Found::None(nearest) => {
            let refused = Refused::new(format!("there is no document `{key}`"));
            return Err(match nearest.first() {
                Some(near) => refused.hint(format!("did you mean `{near}`?")),
                None => refused.hint("`ris list` names the documents"),
            }
            .into());
        }
    };
    let document = kb.read(&summary.path)?.document;
    let mut questions = questions_of(&document);
    for sibling in kb.same_incident_as(&document)? {
        for question in questions_of(&kb.read(&sibling.document.path)?.document) {
            if !questions.contains(&question) {
                questions.push(question);
            }
        }
    }
    Ok(Precedent { summary, document, questions })
}

/// Returns the relative link from the document at `from` to the one at `to`, both relative to the root.
pub(super) fn link(from: &str, to: &str) -> String {
    let folders = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let (mut from, mut to) = (folders(from), folders(to));
    from.pop();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count().min(to.len() - 1);
    to.drain(..shared);
    let ups = "../".repeat(from.len() - shared);
    let escaped = to.join("/").replace('%', "%25").replace(' ', "%20").replace('(', "%28").replace(')', "%29");
    format!("{ups}{escaped}")
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn links_are_relative() {
        assert_eq!(link("2026/a.md", "2026/b.md"), "b.md");
        assert_eq!(link("2026/a.md", "2025/x/b (1).md"), "../2025/x/b%20%281%29.md");
        assert_eq!(link("a.md", "2025/b.md"), "2025/b.md");
        assert_eq!(link("x/y/a.md", "b.md"), "../../b.md");
    }
}
