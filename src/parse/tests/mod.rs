//! The reader of documents, subject by subject.

mod bounds;
mod doubt;
mod forms;
mod habits;
mod languages;
mod marks;
mod places;
mod reading;
mod rounds;
mod shapes;
mod times;
mod whole;

use super::*;

fn read(text: &str) -> Document {
    read_at("incidents/a.md", text)
}

fn read_at(path: &str, text: &str) -> Document {
    parse(path, text.as_bytes(), &ParseOptions::default()).document
}

/// Returns the action items and, of them, how many are done.
fn items(text: &str) -> (usize, usize) {
    let items = read(text).action_items;
    (items.len(), items.iter().filter(|item| item.is_done()).count())
}
