//! The fields of the index. Any change here raises [`SCHEMA_VERSION`], which makes every index be built anew.

use tantivy::Term;
use tantivy::schema::{FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};

use super::facts::FactTokenizer;
use super::hash::path_key;
use super::text::WordTokenizer;

/// Raised whenever fields, terms or stored data change their shape or meaning.
pub(crate) const SCHEMA_VERSION: u32 = 15;

/// Names under which the tokenizers are registered.
const WORDS: &str = "ris";
const FACTS: &str = "facts";

/// Handles of all fields.
///
/// Two types of index documents share them: a document (a file that could be read) and a rejected file, of which only
/// the fields up to `outcome`, its type among the facts, and `data` are set. Action items are columns of their document
/// (see `actions`).
///
/// Every document of every knowledge base pays for what stands here, so: what can be worked out from what is kept is
/// not kept; a small fact joins a column that is there (packed, like `action`) or is a term of `facts`, rather than
/// have a field of its own; values that few documents share are dear as terms, since each one's letters become states
/// of a dictionary; what is only shown goes into `data`; stored data is text, since the engine writes bytes one by one.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// Hash of the path of the file. The key by which files are replaced.
    pub(crate) path: Field,
    /// Path of the file as a fast field.
    pub(crate) file: Field,
    /// First and second 8 bytes of the hash of the file.
    pub(crate) hash: [Field; 2],
    /// Bytes of the file.
    pub(crate) size: Field,
    /// Time of the file's last change; 0 where it could not be trusted.
    pub(crate) modified: Field,
    /// 0 parsed, 1 partial, 2 rejected.
    pub(crate) outcome: Field,
    /// Position in [`crate::model::Kind::ALL`].
    pub(crate) kind: Field,
    /// 1 to 5.
    pub(crate) severity: Field,
    /// Position in [`crate::model::StatusState::ALL`].
    pub(crate) status: Field,
    /// Days since 1970.
    pub(crate) date: Field,
    /// Affected services, folded.
    pub(crate) service: Field,
    /// Root-cause tags.
    pub(crate) tag: Field,
    /// Those of the tags that were inferred.
    pub(crate) tag_inferred: Field,
    /// Language of the document.
    pub(crate) language: Field,
    /// Durations, the next review and what joins documents to one incident, packed (see `overview`).
    pub(crate) marks: Field,
    /// Open action items.
    pub(crate) actions_open: Field,
    /// Action items.
    pub(crate) actions_total: Field,
    /// Each action item: state, class and due day in one number.
    pub(crate) action: Field,
    /// Owner of each action item, in the same order.
    pub(crate) action_owner: Field,
    /// Everything that can be filtered by, as `facts` spells it: one text, split by its own tokenizer.
    pub(crate) facts: Field,
    /// Title.
    pub(crate) title: Field,
    /// Id, and ids of the incident.
    pub(crate) id: Field,
    /// Tags, services, owners, project, folders, and the file's name where it is no id.
    pub(crate) labels: Field,
    /// The whole text of the file, and the beginning of its root cause once more, which so weighs twice.
    pub(crate) body: Field,
    /// What is shown of the action items, as JSON.
    pub(crate) action_text: Field,
    /// What the answer shows, as JSON.
    pub(crate) data: Field,
}

impl Fields {
    /// Returns the term that the file at `path` has, and no other.
    pub(crate) fn path_term(&self, path: &str) -> Term {
        Term::from_field_u64(self.path, path_key(path))
    }
}

/// Returns the schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let fast: NumericOptions = FAST.into();
    let fast_text = || TextOptions::default().set_fast("raw");
    let words = |option| {
        let indexing = TextFieldIndexing::default().set_tokenizer(WORDS).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let facts = TextFieldIndexing::default()
        .set_tokenizer(FACTS)
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    let fields = Fields {
        path: builder.add_u64_field("path", NumericOptions::default().set_indexed()),
        file: builder.add_text_field("file", fast_text()),
        hash: [builder.add_u64_field("hash_a", fast.clone()), builder.add_u64_field("hash_b", fast.clone())],
        size: builder.add_u64_field("size", fast.clone()),
        modified: builder.add_u64_field("modified", fast.clone()),
        outcome: builder.add_u64_field("outcome", fast.clone()),
        kind: builder.add_u64_field("kind", fast.clone()),
        severity: builder.add_u64_field("severity", fast.clone()),
        status: builder.add_u64_field("status", fast.clone()),
        date: builder.add_i64_field("date", fast.clone()),
        service: builder.add_text_field("service", fast_text()),
        tag: builder.add_text_field("tag", fast_text()),
        tag_inferred: builder.add_text_field("tag_inferred", fast_text()),
        language: builder.add_text_field("language", fast_text()),
        marks: builder.add_u64_field("marks", fast.clone()),
        actions_open: builder.add_u64_field("actions_open", fast.clone()),
        actions_total: builder.add_u64_field("actions_total", fast.clone()),
        action: builder.add_u64_field("action", fast),
        action_owner: builder.add_text_field("action_owner", fast_text()),
        facts: builder.add_text_field("facts", TextOptions::default().set_indexing_options(facts)),
        title: builder.add_text_field("title", words(IndexRecordOption::WithFreqsAndPositions)),
        id: builder.add_text_field("id", words(IndexRecordOption::WithFreqsAndPositions)),
        labels: builder.add_text_field("labels", words(IndexRecordOption::WithFreqsAndPositions)),
        body: builder.add_text_field("body", words(IndexRecordOption::WithFreqsAndPositions)),
        action_text: builder.add_text_field("action_text", STORED),
        data: builder.add_text_field("data", STORED),
    };
    (builder.build(), fields)
}

/// Returns the tokenizers that the schema names.
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(WORDS, TextAnalyzer::from(WordTokenizer::default()));
    manager.register(FACTS, TextAnalyzer::from(FactTokenizer::default()));
    manager
}
