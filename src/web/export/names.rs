//! Which file of the folder stands for an address of the server.

use percent_encoding::percent_decode_str;
use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

/// Bytes of a name; file systems allow 255, and what stands behind it needs some.
const LONGEST: usize = 180;
/// Bytes that are kept of a longer one.
const KEPT: usize = 150;
/// Lists that are written for one condition each, and conditions that may stand together.
const LISTS: [(&str, &[&[&str]]); 5] = [
    ("/incidents", &[&["scope"], &["service"], &["severity"], &["status"], &["open"], &["from", "to"]]),
    ("/actions", &[&["state"], &["owner"]]),
    ("/insights", &[&["from", "to"]]),
    ("/ledger", &[&["from", "to"], &["what"], &["from", "to", "what"]]),
    ("/tags", &[&["by"]]),
];
/// Fields that documents are listed by.
const FIELDS: [&str; 6] = ["severity", "status", "kind", "service", "tag", "year"];
/// Fields of queries that documents are listed by.
const QUERY_FIELDS: [&str; 4] = ["control", "tag", "service", "owner"];
/// Pages at one address.
const PAGES: [(&str, &str); 9] = [
    ("/", "index.html"),
    ("/incidents", "incidents.html"),
    ("/actions", "actions.html"),
    ("/insights", "insights.html"),
    ("/ledger", "ledger.html"),
    ("/tags", "tags.html"),
    ("/causes", "causes.html"),
    ("/compliance", "compliance.html"),
    ("/status", "files.html"),
];

/// A file of the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Path below the folder.
    pub(super) file: String,
    /// Where its content comes from.
    pub(super) from: From,
}

/// Where the content of a file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum From {
    /// The server answers it at this address.
    Server(String),
    /// It belongs to the document at this path.
    Document(String),
    /// A list of the documents with a value.
    List { field: String, value: String },
    /// An image of the knowledge base, by its path.
    Image(String),
    /// It is there anyway.
    Given,
}

/// The names of all files.
#[derive(Debug, Default)]
pub(super) struct Names {
    documents: FxHashMap<String, String>,
    has_ledger: bool,
}

impl Names {
    /// Gives every document a name of its own, also where a file system takes capitals for small letters.
    pub(super) fn new<'p>(paths: impl Iterator<Item = &'p str>, has_ledger: bool) -> Self {
        let mut taken = FxHashSet::default();
        let mut documents = FxHashMap::default();
        for path in paths {
            let name = safe_path(path);
            let again = (2..).map(|number| format!("{name}~{number}"));
            let name = std::iter::once(name.clone()).chain(again).find(|it| taken.insert(it.to_lowercase()));
            documents.insert(path.to_owned(), name.unwrap_or_default());
        }
        Self { documents, has_ledger }
    }

    /// Returns the page of a document.
    pub(super) fn document(&self, path: &str) -> Option<String> {
        self.documents.get(path).map(|name| format!("d/{name}.html"))
    }

    /// Returns the page of the source of a document.
    pub(super) fn source(&self, path: &str) -> Option<String> {
        self.documents.get(path).map(|name| format!("source/{name}.html"))
    }

    /// Returns the file with the text of a document; its name is one that no program takes for something else than text.
    pub(super) fn raw(&self, path: &str) -> Option<String> {
        self.documents.get(path).map(|name| format!("raw/{name}.txt"))
    }

    /// Returns what stands for an address without its fragment; nothing where only a server could answer.
    pub(super) fn place(&self, url: &str) -> Option<Place> {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let pairs = pairs(query)?;
        if let Some(place) = self.of_document(path, &pairs) {
            return place;
        }
        if path.starts_with("/ledger") && !self.has_ledger {
            return None;
        }
        let server = |file: String| Some(Place { file, from: From::Server(url.to_owned()) });
        if let Some(static_file) = path.strip_prefix("/static/") {
            let name = static_file.split_once('/')?.1;
            return Some(Place { file: format!("static/{name}"), from: From::Given });
        }
        if let Some(tag) = path.strip_prefix("/tags/").filter(|_| pairs.is_empty()) {
            return server(format!("tags/{}.html", safe(&decoded(tag)?)));
        }
        // The incidents with a tag are those of its page.
        if let ("/incidents", [(name, tag)]) = (path, &*pairs)
            && name == "tag"
        {
            return self.place(&crate::web::links::tag(tag));
        }
        match path {
            "/search" => list_of_documents(&pairs),
            "/paste" => Some(Place { file: "search.html".to_owned(), from: From::Given }),
            _ if path.ends_with(".csv") && pairs.is_empty() => server(safe_path(path.strip_prefix('/')?)),
            _ => {
                let (_, file) = PAGES.iter().find(|(it, _)| *it == path)?;
                if pairs.is_empty() { server((*file).to_owned()) } else { server(list(path, &pairs)?) }
            }
        }
    }

    /// Returns what stands for an address of a document: nothing where it is not in the copy; `None` for other addresses.
    fn of_document(&self, path: &str, pairs: &[(String, String)]) -> Option<Option<Place>> {
        let (kind, key) = path.strip_prefix('/')?.split_once('/')?;
        let key = decoded(key)?;
        let file = match kind {
            "d" if pairs.iter().all(|(name, _)| name == "line") => self.document(&key),
            "source" => self.source(&key),
            "raw" => self.raw(&key),
            "files" => {
                let (stem, extension) = key.rsplit_once('.')?;
                let file = format!("files/{}.{}", safe_path(stem), safe(extension));
                return Some(Some(Place { file, from: From::Image(key) }));
            }
            _ => return None,
        };
        Some(file.map(|file| Place { file, from: From::Document(key) }))
    }
}

/// Returns the list that a search by one condition is.
fn list_of_documents(pairs: &[(String, String)]) -> Option<Place> {
    let listed = |field: &str, value: &str| {
        let file = format!("documents/{field}/{}.html", safe(value));
        Some(Place { file, from: From::List { field: field.to_owned(), value: value.to_owned() } })
    };
    match pairs {
        [] => Some(Place { file: "search.html".to_owned(), from: From::Given }),
        [(name, query)] if name == "q" => {
            let (field, value) = query.split_once(':')?;
            let quoted = value.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
            let is_one = quoted.map_or(!value.contains(char::is_whitespace), |it| !it.contains('"'));
            QUERY_FIELDS.into_iter().find(|it| *it == field && is_one)?;
            listed(field, quoted.unwrap_or(value))
        }
        [(field, value)] if FIELDS.contains(&field.as_str()) => listed(field, value),
        _ => None,
    }
}

/// Returns the file of a list by a condition, or of a later page of one.
fn list(path: &str, pairs: &[(String, String)]) -> Option<String> {
    let (_, allowed) = LISTS.iter().find(|(it, _)| *it == path)?;
    let names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).filter(|name| *name != "page").collect();
    if !names.is_empty() && !allowed.contains(&names.as_slice()) {
        return None;
    }
    let parts: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}-{}", safe(value))).collect();
    Some(format!("{}/{}.html", &path[1..], parts.join("_")))
}

fn pairs(query: &str) -> Option<Vec<(String, String)>> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((decoded(name)?, decoded(value)?))
    };
    query.split('&').filter(|it| !it.is_empty()).map(pair).collect()
}

pub(super) fn decoded(text: &str) -> Option<String> {
    Some(percent_decode_str(text).decode_utf8().ok()?.into_owned())
}

/// Returns the address of `to` as it is written in the file `from`.
pub(super) fn relative(from: &str, to: &str) -> String {
    let (from_folders, mut to_parts): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let above = &from_folders[..from_folders.len() - 1];
    let shared = above.iter().zip(&to_parts[..to_parts.len() - 1]).take_while(|(a, b)| a == b).count();
    to_parts.drain(..shared);
    let mut out = "../".repeat(above.len() - shared);
    for (at, part) in to_parts.iter().enumerate() {
        if at > 0 {
            out.push('/');
        }
        out.push_str(&crate::web::links::encode(part));
    }
    out
}

fn safe_path(path: &str) -> String {
    path.split('/').map(safe).collect::<Vec<_>>().join("/")
}

/// Returns a name that every file system and every host takes as it is; different names stay different.
pub(super) fn safe(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for (at, c) in name.char_indices() {
        let is_last_dot = c == '.' && at + 1 == name.len();
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' | '@' | '+' if !is_last_dot => out.push(c),
            c if !c.is_ascii() && c.is_alphanumeric() => out.push(c),
            c => out.push_str(&format!("~{:x}.", u32::from(c))),
        }
    }
    if out.len() > LONGEST {
        let digest = xxh3_64(out.as_bytes());
        out.truncate(out.floor_char_boundary(KEPT));
        out.push_str(&format!("~{digest:016x}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names::new(["2025/a b.md", "A.md", "a.md"].into_iter(), false)
    }

    fn file(url: &str) -> Option<String> {
        names().place(url).map(|it| it.file)
    }

    #[test]
    fn every_address_that_a_file_can_stand_for_has_one() {
        for (url, expected) in [
            ("/", "index.html"),
            ("/d/2025/a%20b.md", "d/2025/a~20.b.md.html"),
            ("/d/A.md?line=7", "d/A.md.html"),
            ("/source/a.md", "source/a.md~2.html"),
            ("/raw/A.md", "raw/A.md.txt"),
            ("/files/x/Gr%C3%A4ph.PNG", "files/x/Gräph.PNG"),
            ("/static/0123/app.css", "static/app.css"),
            ("/tags/c%2B%2B", "tags/c++.html"),
            ("/incidents", "incidents.html"),
            ("/incidents?service=db&page=2", "incidents/service-db_page-2.html"),
            ("/incidents?page=2", "incidents/page-2.html"),
            ("/incidents?tag=disk-full", "tags/disk-full.html"),
            ("/incidents.csv", "incidents.csv"),
            ("/insights/by-time.csv", "insights/by-time.csv"),
            ("/search", "search.html"),
            ("/search?severity=high", "documents/severity/high.html"),
            ("/search?q=control%3A%22CC7.4%22", "documents/control/CC7.4.html"),
            ("/search?q=control%3A164.308%28a%29", "documents/control/164.308~28.a~29..html"),
            ("/paste", "search.html"),
            ("/status", "files.html"),
        ] {
            assert_eq!(file(url).as_deref(), Some(expected), "{url}");
        }
    }

    #[test]
    fn what_only_a_server_can_answer_has_none() {
        for url in [
            "/d/gone.md",
            "/incidents?sort=date&order=asc",
            "/incidents?service=db&status=open",
            "/incidents.csv?service=db",
            "/actions?group=due",
            "/search?q=words",
            "/search?q=tag%3Aa%20tag%3Ab",
            "/search?q=tag%3A%22a%22%20tag%3A%22b%22",
            "/search?severity=high&page=2",
            "/ledger",
            "/feed.atom",
            "/events",
            "/api/v1/search",
        ] {
            assert_eq!(file(url), None, "{url}");
        }
    }

    #[test]
    fn addresses_are_relative() {
        assert_eq!(relative("index.html", "d/x y.html"), "d/x%20y.html");
        assert_eq!(relative("d/2025/a.html", "d/2025/b.html"), "b.html");
        assert_eq!(relative("d/2025/a.html", "static/app.css"), "../../static/app.css");
        assert_eq!(relative("d/2025/a.html", "d/2024/b.html"), "../2024/b.html");
        assert_eq!(relative("d/a.html", "d/d/b.html"), "d/b.html");
    }

    #[test]
    fn names_stay_different_and_short() {
        let long = "x".repeat(250);
        assert!(safe(&long).len() <= LONGEST && safe(&long) != safe(&format!("{long}y")));
        assert_ne!(safe("a~20.b"), safe("a b"));
        assert_eq!(safe("con."), "con~2e.");
    }
}
