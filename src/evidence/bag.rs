//! The files of a BagIt bag (RFC 8493) around a payload, with SHA-256 manifests.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::About;
use crate::model::hex;

/// A file of a bundle, by its path below the bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BagFile {
    /// Path, `/` between names.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Name of the manifest of the payload.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// Name of the manifest of the tag files.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";

/// Returns the SHA-256 of `bytes` in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Returns the tag files of a bag with this payload, all paths of which begin with `data/`.
#[must_use]
pub fn tag_files(payload: &[BagFile], about: &About) -> Vec<BagFile> {
    let file = |path: &str, text: String| BagFile { path: path.to_owned(), bytes: text.into_bytes() };
    let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_owned();
    let mut tags = vec![
        file("bag-info.txt", info(payload, about)),
        file("bagit.txt", declaration),
        file(MANIFEST, manifest(payload)),
    ];
    let of_tags = file(TAG_MANIFEST, manifest(&tags));
    tags.push(of_tags);
    tags
}

/// Returns a manifest as `sha256sum -c` reads it, sorted by path.
fn manifest(files: &[BagFile]) -> String {
    let mut lines: Vec<(String, String)> =
        files.iter().map(|file| (encoded(&file.path), sha256(&file.bytes))).collect();
    lines.sort();
    lines.iter().fold(String::new(), |mut out, (path, digest)| {
        let _ = writeln!(out, "{digest}  {path}");
        out
    })
}

/// Line ends and percent signs of a path are written in percent (RFC 8493, 2.1.3).
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Returns the path that a line of a manifest names.
#[must_use]
pub fn decoded(path: &str) -> String {
    let restored = path.replace("%0D", "\r").replace("%0d", "\r").replace("%0A", "\n").replace("%0a", "\n");
    restored.replace("%25", "%")
}

fn info(payload: &[BagFile], about: &About) -> String {
    let bytes: usize = payload.iter().map(|file| file.bytes.len()).sum();
    let description = format!("Incidents {} of {}", about.period, about.organisation());
    let rows: [(&str, String); 13] = [
        ("Source-Organization", about.organisation.clone().unwrap_or_default()),
        ("Contact-Name", about.contact.clone().unwrap_or_default()),
        ("External-Description", description),
        ("External-Identifier", about.bundle_id.clone()),
        ("Bagging-Date", about.bagged.to_string()),
        ("Bag-Software-Agent", format!("ris {}", about.tool_version)),
        ("Payload-Oxum", format!("{bytes}.{}", payload.len())),
        ("Audit-Period-Start", about.period.start.to_string()),
        ("Audit-Period-End", about.period.end.to_string()),
        ("Source-Commit", about.source.commit.clone()),
        ("Profile", about.profile.as_str().to_owned()),
        ("Version", about.version.to_string()),
        ("Supersedes", about.supersedes.clone().unwrap_or_default()),
    ];
    let rows = rows.iter().filter(|(_, value)| !value.is_empty());
    rows.fold(String::new(), |mut out, (label, value)| {
        let _ = writeln!(out, "{label}: {}", value.replace(['\r', '\n'], " "));
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_and_manifests_are_those_of_sha256sum() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let file = |path: &str| BagFile { path: path.into(), bytes: b"abc".to_vec() };
        let text = manifest(&[file("data/b"), file("data/a 100%\n.md")]);
        let digest = sha256(b"abc");
        assert_eq!(text, format!("{digest}  data/a 100%25%0A.md\n{digest}  data/b\n"));
        assert_eq!(decoded("data/a 100%25%0A.md"), "data/a 100%\n.md");
        assert_eq!(decoded("%250A"), "%0A");
    }
}
