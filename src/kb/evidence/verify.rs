//! Checking a bundle: by its manifests, by its signature and time stamp, and against a repository.

use std::path::{Path, PathBuf};

use super::source::source;
use crate::evidence::bag::TAG_MANIFEST;
use crate::evidence::{Check, CheckResult, OnDisk, verify};
use crate::kb::{KbError, Refused};
use crate::store::signing::{self, Verdict};
use crate::store::{archive, bag};

/// Text files of a bundle that are read.
const READ: [&str; 6] = [
    "bagit.txt",
    "bag-info.txt",
    "manifest-sha256.txt",
    TAG_MANIFEST,
    "data/bundle.json",
    "data/population/incidents.csv",
];
/// Larger ones are not read: they are none of ours.
const MAX_TEXT: u64 = 256 << 20;

/// By which keys a signature is believed.
#[derive(Debug, Clone, Default)]
pub struct SignerKeys {
    /// A file of allowed signers, as OpenSSH reads it.
    pub allowed: Option<PathBuf>,
    /// Who must have signed; anybody in the file without one.
    pub identity: Option<String>,
}

/// One step of a verification.
pub type VerifiedStep = Check;

/// What a verification found.
#[derive(Debug, Clone)]
pub struct Verification {
    /// One step after the other.
    pub steps: Vec<VerifiedStep>,
    /// A failed step says that the bundle is not what it was. Where none does, a step may still have failed for what the
    /// bundle was compared with: another repository, a signature that was never made.
    pub is_changed: bool,
    /// It is signed, and by no key that was given.
    pub is_of_stranger: bool,
}

/// Checks a bundle, a folder or one packed as a ZIP file, one step after the other; with `repository`, also that its
/// documents are those of the commit that it names.
///
/// # Errors
/// Where there is no bundle at `path`, or it, the keys or the repository cannot be read or unpacked.
pub fn verify_bundle(path: &Path, keys: &SignerKeys, repository: Option<&Path>) -> Result<Verification, KbError> {
    readable(keys, repository)?;
    let refused = |why: String| {
        let refused = Refused::new(format!("`{}` {why}", path.display()));
        KbError::from(refused.hint("name the folder that holds `bagit.txt`, or the .zip that was made of it"))
    };
    if path.is_dir() {
        // A bundle that lost one of them is still told from a folder that never was one.
        if !READ.iter().any(|name| path.join(name).exists()) {
            return Err(refused("is no bundle".to_owned()));
        }
        return verify_folder(path, keys, repository);
    }
    if !path.is_file() {
        return Err(refused("is neither a folder nor a file".to_owned()));
    }
    let unpacked = tempfile::tempdir().map_err(|error| refused(format!("cannot be unpacked: {error}")))?;
    let folder = archive::unpack(path, unpacked.path());
    verify_folder(&folder.map_err(|why| refused(format!("cannot be unpacked: {why}")))?, keys, repository)
}

/// What was given to compare with and cannot be read says nothing of the bundle.
fn readable(keys: &SignerKeys, repository: Option<&Path>) -> Result<(), KbError> {
    let refused = |path: &Path, error: std::io::Error, hint: &str| {
        Err(Refused::new(format!("`{}` cannot be read: {error}", path.display())).hint(hint).into())
    };
    if let Some(path) = &keys.allowed
        && let Err(error) = std::fs::read(path)
    {
        return refused(path, error, "name a file of allowed signers, as OpenSSH reads it");
    }
    match repository.map(|path| (path, std::fs::read_dir(path))) {
        Some((path, Err(error))) => refused(path, error, "name the folder of the repository"),
        _ => Ok(()),
    }
}

fn verify_folder(folder: &Path, keys: &SignerKeys, repository: Option<&Path>) -> Result<Verification, KbError> {
    let failed = |error: std::io::Error| Refused::new(format!("`{}` cannot be read: {error}", folder.display()));
    let mut disk = OnDisk::default();
    for file in bag::list(folder).map_err(failed)? {
        if READ.contains(&file.path.as_str())
            && file.sha256.is_ok()
            && file.bytes <= MAX_TEXT
            && let Ok(bytes) = std::fs::read(folder.join(&file.path))
        {
            disk.texts.insert(file.path.clone(), String::from_utf8_lossy(&bytes).into_owned());
        }
        disk.files.insert(file.path, (file.bytes, file.sha256));
    }
    let mut steps = verify(&disk);
    steps.push(time(folder, &disk));
    let is_failed = |step: &VerifiedStep| step.result == CheckResult::Fail;
    let verdict = signature(folder, &disk, keys);
    let is_of_stranger = matches!(verdict, Verdict::Stranger(_));
    let signature = step("signature", "Who signed it?", verdict);
    let (source, has_commit) = source(&disk, repository)?;
    let is_signed = disk.files.contains_key(&format!("{TAG_MANIFEST}.sig"));
    let is_false = is_failed(&signature) && is_signed && !is_of_stranger;
    let is_changed = steps.iter().any(is_failed) || is_false || is_failed(&source) && has_commit;
    steps.insert(steps.len() - 1, signature);
    steps.push(source);
    Ok(Verification { steps, is_changed, is_of_stranger })
}

fn step(id: &'static str, question: &'static str, verdict: Verdict) -> VerifiedStep {
    let (result, detail) = match verdict {
        Verdict::Good(text) => (CheckResult::Pass, text),
        Verdict::Bad(text) | Verdict::Stranger(text) => (CheckResult::Fail, text),
        Verdict::NotRun(text) => (CheckResult::NotRun, text),
    };
    Check { id, question, result, details: vec![detail] }
}

fn signature(folder: &Path, disk: &OnDisk, keys: &SignerKeys) -> Verdict {
    let name = format!("{TAG_MANIFEST}.sig");
    match (disk.files.contains_key(&name), &keys.allowed) {
        (false, None) => Verdict::NotRun("it is not signed".to_owned()),
        (false, Some(_)) => Verdict::Bad("it is not signed".to_owned()),
        (true, None) => Verdict::NotRun("it is signed; `--allowed-signers FILE` says whose keys to believe".to_owned()),
        (true, Some(allowed)) => {
            signing::verify(&folder.join(TAG_MANIFEST), &folder.join(name), allowed, keys.identity.as_deref())
        }
    }
}

fn time(folder: &Path, disk: &OnDisk) -> VerifiedStep {
    let name = format!("{TAG_MANIFEST}.tsr");
    let verdict = match (disk.files.contains_key(&name), disk.files.contains_key("tsa-chain.pem")) {
        (false, _) => Verdict::NotRun("it has no time stamp".to_owned()),
        (true, false) => Verdict::NotRun("there is a time stamp, but no tsa-chain.pem to verify it by".to_owned()),
        (true, true) => {
            signing::verify_time(&folder.join(TAG_MANIFEST), &folder.join(name), &folder.join("tsa-chain.pem"))
        }
    };
    step("time", "When was it made, at the latest?", verdict)
}
