//! The fields of the index. Any change here raises [`SCHEMA_VERSION`], which makes every index be built anew.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};

use super::text::WordTokenizer;

/// Raised whenever fields, terms or stored data change their shape or meaning.
pub(crate) const SCHEMA_VERSION: u32 = 4;

/// Name under which the tokenizer is registered.
const WORDS: &str = "ris";

/// Handles of all fields.
///
/// Three types of index documents share them: a document (a file that could be read), a rejected file, and an
/// action item. `file` and the fields up to `outcome` are set for files only.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// Path of the file, raw; of an action item: that of its document. The key by which files are replaced.
    pub(crate) path: Field,
    /// Path of the file as a fast field.
    pub(crate) file: Field,
    /// First and second 8 bytes of the SHA-256 of the file.
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
    /// Of an action item: 1 where done.
    pub(crate) done: Field,
    /// Of an action item: day it is due.
    pub(crate) due: Field,
    /// Of an action item: 0 action, 1 verification, 2 checklist.
    pub(crate) class: Field,
    /// Everything that can be filtered by, as `facts` spells it.
    pub(crate) facts: Field,
    /// Title.
    pub(crate) title: Field,
    /// Id, and ids of the incident.
    pub(crate) id: Field,
    /// Tags, services, owners, project, file name.
    pub(crate) labels: Field,
    /// The whole text of the file, and that of its root cause once more, which so weighs twice.
    pub(crate) body: Field,
    /// The whole text of the file, as the store keeps it.
    pub(crate) text: Field,
    /// What the answer shows, as JSON.
    pub(crate) data: Field,
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
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    let fields = Fields {
        path: builder.add_text_field("path", STRING),
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
        done: builder.add_u64_field("done", fast.clone()),
        due: builder.add_i64_field("due", fast.clone()),
        class: builder.add_u64_field("class", fast),
        facts: builder.add_text_field("facts", TextOptions::default().set_indexing_options(facts)),
        title: builder.add_text_field("title", words(IndexRecordOption::WithFreqsAndPositions)),
        id: builder.add_text_field("id", words(IndexRecordOption::WithFreqsAndPositions)),
        labels: builder.add_text_field("labels", words(IndexRecordOption::WithFreqsAndPositions)),
        body: builder.add_text_field("body", words(IndexRecordOption::WithFreqsAndPositions)),
        text: builder.add_text_field("text", STORED),
        data: builder.add_bytes_field("data", STORED),
    };
    (builder.build(), fields)
}

/// Returns the tokenizers that the schema names.
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(WORDS, TextAnalyzer::from(WordTokenizer::default()));
    manager
}
