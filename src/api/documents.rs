//! Documents, one of them, and what is related to it.

use serde_json::json;

use super::params::Params;
use super::search::facets;
use super::{Answer, Pairs, Refusal, answer, in_words};
use crate::kb::{DocumentSummary, Found, KnowledgeBase, Parsed, SearchRequest, Sort};
use crate::model::Inspected;

/// Most related incidents of one answer.
const MAX_RELATED: usize = 50;

/// Lists documents.
pub(crate) fn documents(kb: &KnowledgeBase, pairs: Pairs) -> Answer {
    let mut params = Params::new(in_words(kb, pairs));
    let request = SearchRequest {
        facets: facets(&mut params),
        days: (params.day("from"), params.day("to")),
        sort: params.choice("sort", &[("date", Sort::Date), ("severity", Sort::Severity)]).unwrap_or(Sort::Date),
        offset: params.offset(),
        limit: params.limit(),
        ..SearchRequest::new("")
    };
    params.finish()?;
    let results = kb.search(&request)?;
    let documents: Vec<_> = results.hits.into_iter().map(|hit| hit.document).collect();
    Ok(answer(json!({ "total": results.total, "documents": documents })))
}

/// Gives one document, found by path, id or file name, as `ris inspect` does.
pub(crate) fn document(kb: &KnowledgeBase, key: &str, pairs: Pairs) -> Answer {
    Params::new(pairs).finish()?;
    Ok(serde_json::to_value(Inspected(&find(kb, key)?.1.document)).unwrap_or_default())
}

/// Lists what is related to a document, found by path, id or file name, with the reasons.
pub(crate) fn related(kb: &KnowledgeBase, pairs: Pairs) -> Answer {
    let mut params = Params::new(pairs);
    let key = params.required("document");
    let limit = params.number("limit", 1, MAX_RELATED).unwrap_or(10);
    params.finish()?;
    Ok(answer(kb.related(&find(kb, &key)?.1, limit)?))
}

/// Reads the document that goes by the path, id or file name `key`; lists show of it what comes first.
///
/// # Errors
/// Where there is none or are several, and where it cannot be read.
pub(crate) fn find(kb: &KnowledgeBase, key: &str) -> Result<(DocumentSummary, Parsed), Refusal> {
    match kb.find(key)? {
        Found::One(document) => {
            let parsed = kb.read(&document.path)?;
            Ok((*document, parsed))
        }
        Found::Many(documents) => {
            Err(Refusal::Ambiguous { key: key.to_owned(), paths: documents.into_iter().map(|it| it.path).collect() })
        }
        Found::None(nearest) => Err(Refusal::Unknown { key: key.to_owned(), nearest }),
    }
}
