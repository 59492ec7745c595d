//! Incidents like the one that is being written down: seen before?

use serde::Serialize;

use crate::kb::{DocumentSummary, IndexError, KbError, KnowledgeBase, LogRequest, Parsed, Reason};

/// Incidents shown.
const MAX_SEEN: usize = 3;
/// Shared words shown of a log.
const MAX_WORDS: usize = 6;

/// An incident like the new one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeenBefore {
    /// Its document.
    #[serde(flatten)]
    pub document: DocumentSummary,
    /// Open action items in all documents of its incident.
    pub incident_actions_open: u32,
    /// Why it is like the new one.
    pub because: String,
    /// Whether it had the same cause, or its text quotes the message of the log.
    pub same: bool,
}

/// Returns the incidents that quote the message of `log`, then those related to the draft.
pub(super) fn seen(kb: &KnowledgeBase, draft: &Parsed, log: Option<&str>) -> Result<Vec<SeenBefore>, KbError> {
    match find(kb, draft, log) {
        // Without an index nothing has been seen before; the document is written all the same.
        Err(KbError::Index(IndexError::Missing { .. })) => Ok(Vec::new()),
        other => other,
    }
}

fn find(kb: &KnowledgeBase, draft: &Parsed, log: Option<&str>) -> Result<Vec<SeenBefore>, KbError> {
    let mut seen: Vec<SeenBefore> = Vec::new();
    let incident = draft.document.incident.as_ref().map(|it| it.value.as_str());
    let is_own = |it: &DocumentSummary| incident.is_some() && it.id.as_deref() == incident;
    if let Some(text) = log {
        let hits = kb.search_log(&LogRequest::new(text, MAX_SEEN))?.hits;
        for hit in hits.into_iter().filter(|hit| hit.same_message) {
            let words: Vec<&str> = hit.shared.iter().take(MAX_WORDS).map(String::as_str).collect();
            let because = format!("it quotes the message of the log: {}", words.join(", "));
            let document = hit.hit.document;
            seen.push(SeenBefore { document, incident_actions_open: 0, because, same: true });
        }
    }
    for related in kb.related(draft, MAX_SEEN)?.related {
        // What a draft says in its own words is little; a cause, a service or a name must tie the two.
        let tells = |it: &Reason| !matches!(it, Reason::Words { .. });
        if seen.iter().any(|it| it.document.path == related.document.path) || !related.reasons.iter().any(tells) {
            continue;
        }
        let same = related.reasons.iter().any(|it| matches!(it, Reason::Tags { .. }));
        let because: Vec<String> = related.reasons.iter().take(2).map(Reason::sentence).collect();
        let (document, because) = (related.document, because.join("; "));
        seen.push(SeenBefore { document, incident_actions_open: 0, because, same });
    }
    seen.retain(|it| !is_own(&it.document));
    seen.truncate(MAX_SEEN);
    let open = kb.open_work(&seen.iter().map(|it| it.document.path.as_str()).collect::<Vec<_>>())?;
    seen.iter_mut().zip(open).for_each(|(it, (open, _))| it.incident_actions_open = open);
    Ok(seen)
}
