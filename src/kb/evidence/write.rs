//! Writing a bundle: where it goes, what it supersedes, and who signs it.

use std::path::{Path, PathBuf};

use super::{EvidenceReport, EvidenceRequest};
use crate::evidence::Profile;
use crate::evidence::bag::{TAG_MANIFEST, sha256};
use crate::kb::{KbError, KnowledgeBase, Refused};
use crate::model::counted;
use crate::store::{archive, bag, signing};

/// Where a bundle was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenBundle {
    /// Its folder.
    pub folder: PathBuf,
    /// The same as one file, where that was asked for.
    pub archive: Option<PathBuf>,
}

/// Returns the name of the bundle of a period.
pub(super) fn bundle_id(period: &str, version: u32) -> String {
    format!("ris-evidence-{period}-v{version}")
}

/// Returns the number of the next bundle of a period in `out`, and the SHA-256 of the tag manifest of the last one. Numbers
/// below the last may be missing: those bundles were handed over.
///
/// # Errors
/// Where the last one is there and its manifest cannot be read: what is superseded could not be named.
pub(super) fn next_version(out: Option<&Path>, period: &str) -> Result<(u32, Option<String>), KbError> {
    let Some(out) = out else { return Ok((1, None)) };
    let entries = std::fs::read_dir(out).into_iter().flatten().flatten();
    let last = entries.filter_map(|entry| version_of(&entry.file_name().to_string_lossy(), period)).max();
    let Some(last) = last else { return Ok((1, None)) };
    let name = bundle_id(period, last);
    let packed = || archive::read(&out.join(format!("{name}.zip")), &format!("{name}/{TAG_MANIFEST}"));
    match std::fs::read(out.join(&name).join(TAG_MANIFEST)).or_else(|_| packed()) {
        Ok(manifest) => Ok((last + 1, Some(sha256(&manifest)))),
        Err(why) => {
            let refused = Refused::new(format!(
                "the manifest of `{name}` in `{}` cannot be read, and the next bundle names what it supersedes: {why}",
                out.display()
            ));
            Err(refused.hint("name another folder, or take that bundle away").into())
        }
    }
}

fn version_of(name: &str, period: &str) -> Option<u32> {
    let number = name.strip_prefix(&format!("ris-evidence-{period}-v"))?;
    number.strip_suffix(".zip").unwrap_or(number).parse().ok()
}

impl KnowledgeBase {
    /// Tells before any work whether a bundle could be written into `out` and signed with `key`.
    ///
    /// # Errors
    /// Where it could not, as far as that shows.
    pub fn check_evidence(&self, out: Option<&Path>, key: Option<&Path>) -> Result<(), KbError> {
        if let Some(out) = out {
            self.refuse_inside(out)?;
            // A folder that is missing is made; a file is in the way of the work before it is begun.
            if let Some(file) = out.ancestors().find(|it| it.is_file()) {
                let refused = Refused::new(format!("`{}` is a file, no folder", file.display()));
                return Err(refused.hint("name the folder that the bundle is to stand in").into());
            }
        }
        let Some(key) = key else { return Ok(()) };
        signing::can_sign(key).map_err(|why| {
            let refused = Refused::new(format!("cannot sign with `{}`: {why}", key.display()));
            refused.hint("name a private SSH key that nobody else can read, or a public one whose private half an agent holds").into()
        })
    }

    /// Writes the bundle of `report` as a new folder below the one that `request` names, signs it with `key`, and packs it
    /// as one file beside the folder where `packed` says so.
    ///
    /// # Errors
    /// Where something stands in the way that nobody accepted, or it cannot be written or signed.
    pub fn write_evidence(
        &self,
        report: &EvidenceReport,
        request: &EvidenceRequest,
        key: Option<&Path>,
        packed: bool,
    ) -> Result<WrittenBundle, KbError> {
        let out = request.out.as_deref().unwrap_or(Path::new("."));
        self.refuse_inside(out)?;
        obstacles(report, request)?;
        let target = out.join(&report.about.bundle_id);
        let files = report.bag.iter().map(|file| (file.path.as_str(), file.bytes.as_slice()));
        bag::write(&target, files).map_err(KbError::Write)?;
        if let Some(key) = key {
            let signed = signing::sign(&target.join(TAG_MANIFEST), key);
            signed.map_err(|why| {
                let message = format!("`{}` was written, but not signed: {why}", target.display());
                let by_hand = format!("ssh-keygen -Y sign -n {} -f KEY {TAG_MANIFEST}", signing::NAMESPACE);
                Refused::new(message).hint(format!("sign it by hand: `{by_hand}`"))
            })?;
        }
        let file = packed.then(|| out.join(format!("{}.zip", report.about.bundle_id)));
        if let Some(file) = &file {
            archive::pack(&target, file).map_err(KbError::Write)?;
        }
        Ok(WrittenBundle { folder: target, archive: file })
    }
}

impl KnowledgeBase {
    /// A bundle in the knowledge base would be read as documents the next time, and its incidents counted twice.
    fn refuse_inside(&self, out: &Path) -> Result<(), KbError> {
        let there = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
        let real = there.ancestors().find_map(|folder| folder.canonicalize().ok()).unwrap_or(there);
        let root = self.root().canonicalize().unwrap_or_else(|_| self.root().to_owned());
        if !real.starts_with(root) {
            return Ok(());
        }
        let refused = Refused::new(format!(
            "`{}` is in the knowledge base, and the bundle would be read as documents",
            out.display()
        ));
        Err(refused.hint("name a folder outside of it").into())
    }
}

fn obstacles(report: &EvidenceReport, request: &EvidenceRequest) -> Result<(), KbError> {
    if !report.uncommitted.is_empty() && !request.allow_uncommitted {
        let message = format!(
            "{} from the commit and would not be in the bundle: {}",
            counted(report.uncommitted.len(), "file differs", "files differ"),
            shortened(&report.uncommitted)
        );
        let hint =
            "commit what is to be in it first, or say `--allow-uncommitted`: the bundle will tell what was left out";
        return Err(Refused::new(message).hint(hint).into());
    }
    if request.profile == Profile::Full && report.sensitive > 0 && request.accepted_by.is_none() {
        let message = counted(report.sensitive, "value that looks like a secret", "values that look like secrets");
        let message = format!("{message} or data of patients would leave the house");
        let hint = "leave out `--full`, and they are taken out; or name who accepts it: `--accept-sensitive NAME`";
        return Err(Refused::new(message).hint(hint).into());
    }
    Ok(())
}

/// Returns the first few of `paths` in one line.
fn shortened(paths: &[String]) -> String {
    const SHOWN: usize = 4;
    let shown = paths.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if paths.len() > SHOWN { format!("{shown}, …") } else { shown }
}

impl EvidenceReport {
    /// Returns the number of files and of bytes of the bundle.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.bag.len(), self.bag.iter().map(|file| file.bytes.len()).sum())
    }
}
