//! What `ris` is compared with: plain BM25 over the whole text, and counting the matches of ripgrep.

use std::collections::{BTreeSet, HashMap};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query as AnyQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TEXT, Value};
use tantivy::tokenizer::TokenStream;
use tantivy::{Index, TantivyDocument, Term};

use crate::DEPTH;
use crate::corpus::for_each_file;
use crate::judged::{Kind, Query};

/// The search library as it comes: one field with the whole text, default tokenizer, any word may match.
pub(crate) struct Bm25 {
    index: Index,
    path: Field,
    text: Field,
}

impl Bm25 {
    /// Indexes every file below `root`.
    pub(crate) fn build(root: &Path) -> Result<Self, Box<dyn Error>> {
        let mut schema = Schema::builder();
        let (path, text) = (schema.add_text_field("path", STRING | STORED), schema.add_text_field("text", TEXT));
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 50_000_000)?;
        let mut failed = None;
        for_each_file(root, &mut |name, content| {
            let mut document = TantivyDocument::new();
            document.add_text(path, name);
            document.add_text(text, content);
            failed = failed.take().or(writer.add_document(document).err());
        })?;
        failed.map_or(Ok(()), Err)?;
        writer.commit()?;
        Ok(Self { index, path, text })
    }

    /// Returns the best paths. A document asked about is a query of all its words.
    pub(crate) fn ask(&self, root: &Path, query: &Query) -> Result<Vec<String>, Box<dyn Error>> {
        let asked = match query.kind {
            Kind::Related => String::from_utf8_lossy(&fs::read(root.join(&query.query))?).into_owned(),
            Kind::Words | Kind::Paste => query.query.clone(),
        };
        let mut words = BTreeSet::new();
        let mut analyzer = self.index.tokenizer_for_field(self.text)?;
        let mut stream = analyzer.token_stream(&asked);
        while stream.advance() {
            words.insert(stream.token().text.clone());
        }
        let term = |word: &String| TermQuery::new(Term::from_field_text(self.text, word), IndexRecordOption::WithFreqs);
        let any = BooleanQuery::new(
            words.iter().map(|it| (Occur::Should, Box::new(term(it)) as Box<dyn AnyQuery>)).collect(),
        );
        let searcher = self.index.reader()?.searcher();
        let mut paths = Vec::new();
        for (_, address) in searcher.search(&any, &TopDocs::with_limit(DEPTH + 1).order_by_score())? {
            let document: TantivyDocument = searcher.doc(address)?;
            let path = document.get_first(self.path).and_then(|it| it.as_str()).unwrap_or_default().to_owned();
            if query.kind != Kind::Related || path != query.query {
                paths.push(path);
            }
        }
        paths.truncate(DEPTH);
        Ok(paths)
    }
}

/// `rg` with the words of the query, the files ordered by their number of matches. A document asked about is a query
/// of the words of its first heading.
pub(crate) struct Ripgrep;

impl Ripgrep {
    /// Returns the best paths, or nothing where there is no `rg`.
    pub(crate) fn ask(root: &Path, query: &Query) -> Option<Vec<String>> {
        let asked = match query.kind {
            Kind::Related => {
                let text = fs::read(root.join(&query.query)).ok()?;
                let text = String::from_utf8_lossy(&text).into_owned();
                text.lines().find(|line| line.starts_with("# ")).unwrap_or(&query.query).to_owned()
            }
            Kind::Words | Kind::Paste => query.query.clone(),
        };
        let words: BTreeSet<String> = asked
            .split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-' && c != '.')
            .map(|word| word.trim_matches(['.', '-']).to_lowercase())
            .filter(|word| word.chars().count() > 2)
            .collect();
        let mut command = Command::new("rg");
        command.current_dir(root).args(["--count-matches", "-i", "-F", "-w", "--no-config", "--null"]);
        for word in &words {
            command.args(["-e", word]);
        }
        let output = command.arg(".").output().ok()?;
        let mut counts: HashMap<String, u64> = HashMap::new();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let (path, count) = line.split_once('\0')?;
            counts.insert(path.trim_start_matches("./").to_owned(), count.parse().ok()?);
        }
        counts.remove(&query.query);
        let mut paths: Vec<(String, u64)> = counts.into_iter().collect();
        paths.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Some(paths.into_iter().map(|it| it.0).take(DEPTH).collect())
    }
}
