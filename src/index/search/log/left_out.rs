//! What is said of a paste whose message the filters leave out.

use crate::index::answer::LogHit;
use crate::model::counted;

/// Returns what to say of `all` incidents where none that quotes the message is left, or `none` at all.
pub(super) fn told(all: &[LogHit], none: bool) -> Option<String> {
    let quoting: Vec<&LogHit> = all.iter().filter(|hit| hit.same_message).collect();
    let name = |hit: &LogHit| hit.hit.document.id.clone().unwrap_or_else(|| hit.hit.document.path.clone());
    match (quoting.as_slice(), all) {
        ([best], _) => Some(format!("The filters leave out the document that quotes this message: `{}`.", name(best))),
        ([best, ..], _) => {
            let documents = quoting.len();
            Some(format!(
                "The filters leave out {documents} documents that quote this message, `{}` first.",
                name(best)
            ))
        }
        ([], [_, ..]) if none => {
            let documents = counted(all.len(), "document that shares", "documents that share");
            Some(format!("The filters leave out {documents} words with this log; none of them quotes it."))
        }
        _ => None,
    }
}
