//! The yardstick: the least program on tantivy that indexes and searches the same files.
//!
//!     bare index FOLDER INDEX     read every Markdown file; index title, body (stored) and tags on two threads
//!     bare search INDEX WORD      the ten best hits with snippets

#![allow(clippy::print_stdout, reason = "a program of its own, not part of the library")]

use std::error::Error;
use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{Field, STORED, Schema, TEXT, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, IndexWriter, TantivyDocument};

struct Fields {
    title: Field,
    body: Field,
    tags: Field,
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let fields = Fields {
        title: builder.add_text_field("title", TEXT | STORED),
        body: builder.add_text_field("body", TEXT | STORED),
        tags: builder.add_text_field("tags", TEXT),
    };
    (builder.build(), fields)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["index", folder, index] => build(Path::new(folder), Path::new(index)),
        ["search", index, word] => search(Path::new(index), word),
        _ => Err("usage: bare index FOLDER INDEX | bare search INDEX WORD".into()),
    }
}

fn build(folder: &Path, target: &Path) -> Result<(), Box<dyn Error>> {
    let (schema, fields) = schema();
    std::fs::create_dir_all(target)?;
    let index = Index::create_in_dir(target, schema)?;
    let mut writer: IndexWriter = index.writer_with_num_threads(2, 100_000_000)?;
    let mut count = 0;
    add_folder(folder, &fields, &writer, &mut count)?;
    writer.commit()?;
    println!("{count} documents");
    Ok(())
}

fn add_folder(folder: &Path, fields: &Fields, writer: &IndexWriter, count: &mut usize) -> Result<(), Box<dyn Error>> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            if !entry.file_name().to_string_lossy().starts_with('.') {
                add_folder(&path, fields, writer, count)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let text = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
            let mut document = TantivyDocument::new();
            document.add_text(fields.title, text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default());
            for tag in tags(&text) {
                document.add_text(fields.tags, tag);
            }
            document.add_text(fields.body, &text);
            writer.add_document(document)?;
            *count += 1;
        }
    }
    Ok(())
}

fn tags(text: &str) -> impl Iterator<Item = &str> {
    let list = text.lines().take(60).skip_while(|line| !line.contains("tags:")).skip(1);
    list.map_while(|line| line.trim().strip_prefix("- "))
}

fn search(target: &Path, word: &str) -> Result<(), Box<dyn Error>> {
    let index = Index::open_in_dir(target)?;
    let (_, fields) = schema();
    let searcher = index.reader()?.searcher();
    let query = QueryParser::for_index(&index, vec![fields.title, fields.body, fields.tags]).parse_query(word)?;
    let snippets = SnippetGenerator::create(&searcher, &*query, fields.body)?;
    for (score, address) in searcher.search(&query, &TopDocs::with_limit(10).order_by_score())? {
        let document: TantivyDocument = searcher.doc(address)?;
        let title = document.get_first(fields.title).and_then(|value| value.as_str()).unwrap_or_default();
        println!("{score:.2} {title}\n    {}", snippets.snippet_from_doc(&document).fragment());
    }
    Ok(())
}
