//! Checking a bundle by its own manifests: nothing changed, nothing missing, nothing added, and the index agrees.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::bag::{MANIFEST, TAG_MANIFEST, decoded};
use super::check::Check;

/// Files that may lie beside the tag files without being listed: they are made after the bag is whole.
const UNLISTED: [&str; 3] = ["tagmanifest-sha256.txt.sig", "tagmanifest-sha256.txt.tsr", "tsa-chain.pem"];

/// A bundle as it lies on disk.
#[derive(Debug, Clone, Default)]
pub struct OnDisk {
    /// Every file by its path below the bag: its bytes and its SHA-256, or why there is none.
    pub files: BTreeMap<String, (u64, Result<String, String>)>,
    /// Content of the tag files and of `data/bundle.json` and `data/population/incidents.csv`.
    pub texts: BTreeMap<String, String>,
}

/// Runs every check that needs nothing but the bundle.
#[must_use]
pub fn verify(disk: &OnDisk) -> Vec<Check> {
    let listed = |name: &str| disk.texts.get(name).map(|text| manifest(text));
    let (payload, tags) = (listed(MANIFEST), listed(TAG_MANIFEST));
    vec![
        Check::of("layout", "Is it a bag of a version that is known here?", layout(disk)),
        Check::of(
            "tags",
            "Are the tag files as tagmanifest-sha256.txt lists them?",
            compare(disk, tags.as_ref(), TAG_MANIFEST),
        ),
        Check::of(
            "payload",
            "Is every file as manifest-sha256.txt lists it?",
            compare(disk, payload.as_ref(), MANIFEST),
        ),
        Check::of("complete", "Is nothing there that is not listed?", extra(disk, payload.as_ref(), tags.as_ref())),
        Check::of("index", "Does bundle.json agree with the files?", index(disk)),
    ]
}

type Manifest = (BTreeMap<String, String>, Vec<String>);

/// Reads a manifest; returns the digests by path and what is wrong with it.
fn manifest(text: &str) -> Manifest {
    let (mut digests, mut faults, mut folded) = (BTreeMap::new(), Vec::new(), BTreeSet::new());
    for (number, line) in text.lines().enumerate() {
        let place = number + 1;
        let Some((digest, path)) = line.split_once(char::is_whitespace) else {
            faults.push(format!("line {place} is no digest and path"));
            continue;
        };
        let path = decoded(path.trim_start_matches([' ', '*']));
        let leaves =
            path.starts_with('/') || path.contains('\\') || path.split('/').any(|part| part == ".." || part == ".");
        let is_digest = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        if leaves || !is_digest {
            faults.push(format!("line {place} names `{path}`, which is no file of a bag"));
        } else if !folded.insert(path.to_lowercase()) {
            faults.push(format!("line {place} names `{path}` again, or differs in capitals only"));
        } else {
            digests.insert(path, digest.to_ascii_lowercase());
        }
    }
    (digests, faults)
}

fn layout(disk: &OnDisk) -> Vec<String> {
    let mut faults = Vec::new();
    match disk.texts.get("bagit.txt") {
        None => faults.push("there is no bagit.txt".to_owned()),
        Some(text) if !(text.contains("BagIt-Version: 1.0") || text.contains("BagIt-Version: 0.97")) => {
            faults.push("bagit.txt names another version than 1.0".to_owned());
        }
        Some(_) => {}
    }
    let info = disk.texts.get("bag-info.txt").map_or("", String::as_str);
    let stated = info.lines().find_map(|line| line.strip_prefix("Payload-Oxum: "));
    let payload = disk.files.iter().filter(|(path, _)| path.starts_with("data/"));
    let (bytes, count) = payload.fold((0, 0), |(bytes, count), (_, (size, _))| (bytes + size, count + 1));
    if let Some(stated) = stated.filter(|stated| stated.trim() != format!("{bytes}.{count}")) {
        faults.push(format!("bag-info.txt says {stated} (bytes.files); there are {bytes}.{count}"));
    }
    faults
}

fn compare(disk: &OnDisk, manifest: Option<&Manifest>, name: &str) -> Vec<String> {
    let Some((digests, faults)) = manifest else { return vec![format!("there is no {name}")] };
    let mut found = faults.clone();
    if digests.is_empty() {
        found.push(format!("{name} lists nothing"));
    }
    for (path, digest) in digests {
        match disk.files.get(path) {
            None => found.push(format!("{path} is missing")),
            Some((_, Err(why))) => found.push(format!("{path}: {why}")),
            Some((_, Ok(actual))) if actual != digest => found.push(format!("{path} was changed")),
            Some(_) => {}
        }
    }
    found
}

fn extra(disk: &OnDisk, payload: Option<&Manifest>, tags: Option<&Manifest>) -> Vec<String> {
    let is_listed = |path: &str| {
        let of = |manifest: Option<&Manifest>| manifest.is_some_and(|(digests, _)| digests.contains_key(path));
        of(payload) || of(tags) || path == TAG_MANIFEST || UNLISTED.contains(&path)
    };
    disk.files.keys().filter(|path| !is_listed(path)).map(|path| format!("{path} is in no manifest")).collect()
}

fn index(disk: &OnDisk) -> Vec<String> {
    let Some(text) = disk.texts.get("data/bundle.json") else {
        return vec!["there is no data/bundle.json".to_owned()];
    };
    let Ok(index) = serde_json::from_str::<Value>(text) else {
        return vec!["data/bundle.json is no JSON".to_owned()];
    };
    let mut faults = Vec::new();
    for file in index["files"].as_array().into_iter().flatten() {
        let (path, digest) = (file["path"].as_str().unwrap_or_default(), file["sha256"].as_str());
        let actual = disk.files.get(path).and_then(|(_, actual)| actual.as_deref().ok());
        if actual.is_none() || actual != digest {
            faults.push(format!("bundle.json tells another content of {path}"));
        }
    }
    let counted = index["population"]["count"].as_u64();
    let rows = disk.texts.get("data/population/incidents.csv").map(|text| rows(text));
    if counted.is_none() || counted != rows {
        let told = |count: Option<u64>| count.map_or_else(|| "nothing".to_owned(), |count| count.to_string());
        faults.push(format!("bundle.json counts {} incidents, incidents.csv {}", told(counted), told(rows)));
    }
    faults
}

/// Returns the rows of a CSV below its head; line ends inside quotes do not count.
fn rows(text: &str) -> u64 {
    let mut quoted = false;
    let ends = text.bytes().filter(|byte| {
        quoted ^= *byte == b'"';
        *byte == b'\n' && !quoted
    });
    (ends.count() as u64).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::CheckResult;
    use crate::evidence::bag::sha256;

    fn bundle() -> OnDisk {
        let csv = "id\r\n\"a\nb\"\r\n".to_owned();
        let index = format!(
            "{{\"population\": {{\"count\": 1}}, \"files\": [{{\"path\": \"data/population/incidents.csv\", \"sha256\": \"{}\"}}]}}",
            sha256(csv.as_bytes())
        );
        let line = |path: &str, text: &str| format!("{}  {path}\n", sha256(text.as_bytes()));
        let payload = line("data/bundle.json", &index) + &line("data/population/incidents.csv", &csv);
        let bagit = "BagIt-Version: 1.0\n".to_owned();
        let info = format!("Payload-Oxum: {}.2\n", csv.len() + index.len());
        let tags = line("bag-info.txt", &info) + &line("bagit.txt", &bagit) + &line(MANIFEST, &payload);
        let mut disk = OnDisk::default();
        for (path, text) in [
            ("bagit.txt", bagit),
            ("bag-info.txt", info),
            (MANIFEST, payload),
            (TAG_MANIFEST, tags),
            ("data/bundle.json", index),
            ("data/population/incidents.csv", csv),
        ] {
            put(&mut disk, path, &text);
        }
        disk
    }

    fn put(disk: &mut OnDisk, path: &str, text: &str) {
        disk.files.insert(path.to_owned(), (text.len() as u64, Ok(sha256(text.as_bytes()))));
        disk.texts.insert(path.to_owned(), text.to_owned());
    }

    fn failed(disk: &OnDisk) -> Vec<&'static str> {
        verify(disk).iter().filter(|check| check.result == CheckResult::Fail).map(|check| check.id).collect()
    }

    #[test]
    fn a_whole_bundle_passes() {
        assert_eq!(failed(&bundle()), [""; 0], "{:?}", verify(&bundle()));
        let mut signed = bundle();
        put(&mut signed, "tagmanifest-sha256.txt.sig", "x");
        assert_eq!(failed(&signed), [""; 0]);
    }

    #[test]
    fn every_change_is_found() {
        let change = |work: &dyn Fn(&mut OnDisk)| {
            let mut disk = bundle();
            work(&mut disk);
            failed(&disk)
        };
        assert!(change(&|it| put(it, "data/population/incidents.csv", "id\r\na\r\n")).contains(&"payload"));
        assert!(change(&|it| put(it, "data/new.md", "x")).contains(&"complete"));
        assert!(change(&|it| put(it, "stray.txt", "x")).contains(&"complete"));
        assert!(
            change(&|it| {
                it.files.remove("data/bundle.json");
            })
            .contains(&"payload")
        );
        assert!(change(&|it| put(it, MANIFEST, "")).contains(&"tags"));
        assert!(change(&|it| put(it, "bagit.txt", "BagIt-Version: 2.0\n")).contains(&"layout"));
        let renamed = |it: &mut OnDisk| {
            let file = it.files.remove("data/bundle.json").unwrap();
            it.files.insert("data/Bundle.json".into(), file);
        };
        assert_eq!(change(&renamed), ["payload", "complete"]);
    }

    #[test]
    fn a_manifest_names_no_file_outside() {
        let digest = sha256(b"");
        for path in ["../x", "/etc/passwd", "data/../../x", "data\\x", "./data/x"] {
            assert_eq!(manifest(&format!("{digest}  {path}\n")).1.len(), 1, "{path}");
        }
        assert_eq!(manifest(&format!("{digest}  data/a\n{digest}  data/A\n")).1.len(), 1);
        assert_eq!(manifest("nonsense\n").1.len(), 1);
        assert!(manifest(&format!("{digest} *data/a b\n")).0.contains_key("data/a b"));
    }
}
