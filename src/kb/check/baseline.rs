//! The file of known findings: read before a check, written when somebody asks for it.

use std::path::{Path, PathBuf};

use super::{CheckReport, CheckRequest};
use crate::config::CheckConfig;
use crate::kb::{KbError, KnowledgeBase};
use crate::lint::Baseline;
use crate::store::fs::FsError;
use crate::store::write;

/// The findings that a team has accepted for now.
#[derive(Debug, Default)]
pub(super) struct KnownFindings(Baseline);

impl KnownFindings {
    /// Reads the file that was named, which must be there, or that of the settings, which may be.
    pub(super) fn load(root: &Path, named: Option<&Path>, settings: &CheckConfig) -> Result<Self, KbError> {
        let path = named.map_or_else(|| root.join(&settings.baseline), Path::to_owned);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => return Ok(Self::default()),
            Err(source) => return Err(KbError::Files(FsError::Read { path, source })),
        };
        Baseline::read(&text).map(Self).map_err(|error| KbError::Baseline { path, error })
    }

    /// Takes what is known out of the report.
    pub(super) fn apply(&self, report: &mut CheckReport, request: &CheckRequest) {
        let before = report.findings.len();
        report.findings.retain(|finding| !self.0.knows(finding));
        report.known = before - report.findings.len();
        // Of documents and rules that were not looked at nothing can be said.
        if request.paths.is_empty() && !request.named && request.only.is_empty() {
            report.gone = self.0.len().saturating_sub(report.known);
        }
    }
}

impl KnowledgeBase {
    /// Writes the findings of `report` as known ones; returns the path and how many there are.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn write_baseline(&self, report: &CheckReport, path: Option<&Path>) -> Result<(PathBuf, usize), KbError> {
        let path = path.map_or_else(|| self.root().join(&self.config().check.baseline), Path::to_owned);
        let baseline = Baseline::of(&report.findings);
        write::put(&path, baseline.render().as_bytes()).map_err(KbError::Write)?;
        Ok((path, baseline.len()))
    }
}
