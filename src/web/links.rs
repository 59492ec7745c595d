//! Addresses: of our own pages, and of what a document links to.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::model::{file_name, is_document_name, join_path};

/// What a path segment, a query value or a fragment may hold as it is.
const KEEP: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The same with `/`, for whole paths.
const KEEP_SLASH: &AsciiSet = &KEEP.remove(b'/');

/// Types of image that are shown, by extension, with the type they are served as.
const IMAGE_TYPES: [(&str, &str); 8] = [
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("svg", "image/svg+xml"),
];

/// What a link in a document points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A place in the same document.
    Fragment(String),
    /// A document, by its path below the root.
    Document {
        /// Path below the root.
        path: String,
        /// Place in it.
        fragment: Option<String>,
    },
    /// An image, by its path below the root.
    Image {
        /// Path below the root.
        path: String,
    },
    /// A web or mail address.
    External(String),
    /// Anything else: a file that is not shown, an address outside the root, another scheme.
    Nowhere,
}

impl Target {
    /// Returns the address to link to, where there is one.
    pub(crate) fn href(&self) -> Option<String> {
        match self {
            Self::Fragment(fragment) => Some(format!("#{}", encode(fragment))),
            Self::Document { path, fragment: None } => Some(document(path)),
            Self::Document { path, fragment: Some(fragment) } => {
                Some(format!("{}#{}", document(path), encode(fragment)))
            }
            Self::Image { path } => Some(file(path)),
            Self::External(url) => Some(url.clone()),
            Self::Nowhere => None,
        }
    }
}

/// Resolves a link written in the document at `from` (path below the root).
pub(crate) fn resolve(from: &str, href: &str) -> Target {
    let href = href.trim();
    if href.contains(|c: char| c.is_control()) {
        return Target::Nowhere;
    }
    if let Some(fragment) = href.strip_prefix('#') {
        return Target::Fragment(decode(fragment).unwrap_or_default());
    }
    if href.starts_with("//") {
        return Target::External(format!("https:{href}"));
    }
    if let Some(scheme) = scheme(href) {
        let known = ["http", "https", "mailto"].iter().any(|it| scheme.eq_ignore_ascii_case(it));
        return if known { Target::External(href.to_owned()) } else { Target::Nowhere };
    }
    let (rest, fragment) = href.split_once('#').map_or((href, None), |(rest, fragment)| (rest, Some(fragment)));
    let rest = rest.split('?').next().unwrap_or_default();
    let Some(path) = decode(rest).and_then(|it| join_path(from, &it)) else { return Target::Nowhere };
    if is_document_name(&path) {
        Target::Document { path, fragment: fragment.and_then(decode) }
    } else if image_type(&path).is_some() {
        Target::Image { path }
    } else {
        Target::Nowhere
    }
}

/// Returns the media type of an image by its name.
pub(crate) fn image_type(path: &str) -> Option<&'static str> {
    let extension = extension(path)?;
    IMAGE_TYPES.iter().find(|(it, _)| *it == extension).map(|(_, media_type)| *media_type)
}

fn extension(path: &str) -> Option<String> {
    let (stem, extension) = file_name(path).rsplit_once('.')?;
    (!stem.is_empty()).then(|| extension.to_ascii_lowercase())
}

fn scheme(href: &str) -> Option<&str> {
    let (scheme, _) = href.split_once(':')?;
    let mut chars = scheme.chars();
    let valid = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then_some(scheme)
}

fn decode(text: &str) -> Option<String> {
    Some(percent_decode_str(text).decode_utf8().ok()?.into_owned())
}

/// Returns the address of a document's page.
pub(crate) fn document(path: &str) -> String {
    format!("/d/{}", encode_path(path))
}

/// Returns the address of a passage of a document's page.
pub(crate) fn passage(path: &str, line: u32) -> String {
    if line == 0 { document(path) } else { format!("{}?line={line}#ris-passage", document(path)) }
}

/// Returns the address of a line of a document's source; 0 means the source as a whole.
pub(crate) fn source(path: &str, line: u32) -> String {
    let url = format!("/source/{}", encode_path(path));
    if line == 0 { url } else { format!("{url}#L{line}") }
}

/// Returns the address of a document's bytes.
pub(crate) fn raw(path: &str) -> String {
    format!("/raw/{}", encode_path(path))
}

/// Returns the address of the page of a root-cause tag.
pub(crate) fn tag(tag: &str) -> String {
    format!("/tags/{}", encode(tag))
}

/// Returns the address of an image.
pub(crate) fn file(path: &str) -> String {
    format!("/files/{}", encode_path(path))
}

/// Returns `path` with these parameters.
pub(crate) fn with_query(path: &str, pairs: &[(&str, String)]) -> String {
    let mut url = path.to_owned();
    for (at, (name, value)) in pairs.iter().enumerate() {
        url.push(if at == 0 { '?' } else { '&' });
        url.extend([*name, "="]);
        url.extend(utf8_percent_encode(value, KEEP));
    }
    url
}

/// Encodes a query value or a fragment.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, KEEP).collect()
}

fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, KEEP_SLASH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn href(link: &str) -> Option<String> {
        resolve("2025/12/incident.md", link).href()
    }

    #[test]
    fn links_between_documents_stay_inside_the_root() {
        assert_eq!(href("plan.md").as_deref(), Some("/d/2025/12/plan.md"));
        assert_eq!(href("../11/a%20b.md#root-cause").as_deref(), Some("/d/2025/11/a%20b.md#root-cause"));
        assert_eq!(href("/index.md").as_deref(), Some("/d/index.md"));
        assert_eq!(href("page.mdx").as_deref(), Some("/d/2025/12/page.mdx"));
        assert_eq!(href("./img/graph.PNG").as_deref(), Some("/files/2025/12/img/graph.PNG"));
        assert_eq!(href("#2-cause").as_deref(), Some("#2-cause"));
        assert_eq!(href("../../../etc/passwd.md"), None);
        assert_eq!(href("%2e%2e/%2e%2e/%2e%2e/x.md"), None);
        assert_eq!(href("../../src/main.rs"), None);
    }

    #[test]
    fn only_web_and_mail_addresses_leave() {
        assert_eq!(href("https://example.org/a?b#c").as_deref(), Some("https://example.org/a?b#c"));
        assert_eq!(href("//example.org/x").as_deref(), Some("https://example.org/x"));
        assert_eq!(href("mailto:a@example.org").as_deref(), Some("mailto:a@example.org"));
        for link in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            " vbscript:x",
        ] {
            assert_eq!(href(link), None, "{link}");
        }
    }

    #[test]
    fn backslashes_and_quotes_are_encoded() {
        assert_eq!(href("/\\evil.example/x.md").as_deref(), Some("/d/%5Cevil.example/x.md"));
        assert_eq!(document("a\"b<c>/d?e#f.md"), "/d/a%22b%3Cc%3E/d%3Fe%23f.md");
    }
}
