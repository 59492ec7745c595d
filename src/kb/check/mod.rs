//! `ris check`: the rules over some documents or all of them, baselines and fixes.

mod baseline;
mod facts;
mod fixes;
mod from_index;
mod incident;
mod job;
mod near;
mod surroundings;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{KbError, KnowledgeBase, Progress};
use crate::config::{CheckConfig, ConfigError, FILE_NAME, StatedLevel};
use crate::diag::Level;
use crate::lint::{self, Finding, RuleLevel, Surroundings};
use crate::store::fs;
use baseline::KnownFindings;
use facts::Facts;
pub use fixes::{PlannedFix, RefusedFix};
use from_index::FromIndex;
use job::{CheckedFile, Job};
use surroundings::Everything;

/// What to check, and how.
#[derive(Debug, Clone, Default)]
pub struct CheckRequest {
    /// Documents, relative to the root; none for all.
    pub paths: Vec<String>,
    /// Whether `paths` were named one by one: then the other documents are not read, and what is to be known of them
    /// comes from the index as it is.
    pub named: bool,
    /// Levels that win over those of the settings: code and level.
    pub levels: Vec<(String, RuleLevel)>,
    /// Only findings of these codes; all without any.
    pub only: Vec<String>,
    /// Findings at warn level count as findings at deny level.
    pub deny_warnings: bool,
    /// The file of known findings; else the one of the settings, where it is there.
    pub baseline: Option<PathBuf>,
    /// Known findings are shown too.
    pub ignore_baseline: bool,
}

/// What a check found.
#[derive(Debug, Default)]
pub struct CheckReport {
    /// Documents that were checked, sorted.
    pub documents: Vec<String>,
    /// Findings, sorted by path and line.
    pub findings: Vec<Finding>,
    /// Findings that comments in the documents take back.
    pub suppressed: usize,
    /// Findings that the baseline knows.
    pub known: usize,
    /// Findings of the baseline that are no more there.
    pub gone: usize,
    /// What a person should know of the run, in full sentences.
    pub notices: Vec<String>,
    /// What the files with fixes were when they were read.
    fixable: Vec<fixes::Fixable>,
}

impl CheckReport {
    /// Returns the findings of each document that has any, by its path.
    #[must_use]
    pub fn by_path(&self) -> HashMap<&str, &[Finding]> {
        self.findings.chunk_by(|a, b| a.path == b.path).map(|all| (all[0].path.as_str(), all)).collect()
    }
}

impl KnowledgeBase {
    /// Checks documents; needs no index. A file that cannot be read is a finding.
    ///
    /// # Errors
    /// Where the folder cannot be read, the settings or the request name no rule, or the baseline cannot be used.
    pub fn check(&self, request: &CheckRequest, progress: &dyn Fn(Progress)) -> Result<CheckReport, KbError> {
        let settings = self.check_settings(request)?;
        let known = self.known_findings(request, &settings)?;
        let mut report = CheckReport::default();
        report.notices.extend(self.team.reload(self.root()));
        let config = self.current_config();
        let new_job =
            |paths| Job { root: self.root(), config: &config, settings: &settings, now: self.this_minute(), paths };
        if request.named {
            let (done, facts) = new_job(&request.paths).run(progress).into_iter().unzip();
            let around = self.around(&new_job, facts);
            finish(done, &settings, &around, &mut report);
            report.notices.extend(around.notice());
        } else {
            let walk = fs::walk(self.root(), &config)?;
            let left_out: Vec<&str> = walk.left_out.iter().map(|it| it.path.as_str()).collect();
            report.notices.extend(config.idle_exclusions(&left_out).into_iter().map(|pattern| {
                format!("`exclude` in `{FILE_NAME}` leaves nothing out by `{pattern}`: no document lies there.")
            }));
            let all: Vec<String> = walk.files.into_iter().map(|file| file.path).collect();
            let mut done = new_job(&all).run(progress);
            done.extend(walk.left_out.iter().filter_map(|it| new_job(&[]).check_left_out(it)));
            job::sort(&mut done);
            let (done, facts): (Vec<_>, Vec<_>) = done.into_iter().unzip();
            let everything = Everything::new(self.root(), &facts);
            let wanted = |path: &str| request.paths.is_empty() || request.paths.iter().any(|it| it == path);
            let done = done.into_iter().filter(|file| wanted(file.checked.path())).collect();
            finish(done, &settings, &everything, &mut report);
        }
        if !request.only.is_empty() {
            report.findings.retain(|it| request.only.iter().any(|code| code == it.diagnostic.code));
        }
        if request.deny_warnings {
            report.findings.iter_mut().filter(|it| it.level() == Level::Warning).for_each(Finding::deny);
        }
        known.apply(&mut report, request);
        Ok(report)
    }

    /// Returns the documents (paths relative to the root) that `path` is, or that lie below it; those too that cannot be
    /// read.
    ///
    /// # Errors
    /// Where `path` is nothing, or lies outside the knowledge base.
    pub fn checked_at(&self, path: &Path) -> Result<Vec<String>, KbError> {
        self.found_at(path, |left| left.rejected.is_some())
    }

    /// Returns why the file at `path` (relative to the root) is never checked; `None` where it is.
    #[must_use]
    pub fn unchecked(&self, path: &str) -> Option<&'static str> {
        fs::is_left_out(path, &self.config())
    }

    /// Returns the view on the other documents for documents that were named one by one.
    fn around<'a>(&'a self, new_job: &dyn Fn(&'a [String]) -> Job<'a>, facts: Vec<Facts>) -> FromIndex<'a> {
        // A damaged index is for those to repair who ask it; here it is as good as none.
        FromIndex::new(new_job(&[]), self.current_index().ok(), facts)
    }

    /// Returns the settings of the check once the rules that they and the request name are known to exist.
    fn check_settings(&self, request: &CheckRequest) -> Result<CheckConfig, KbError> {
        let mut settings = self.config().check.clone();
        for stated in &settings.levels {
            let fail = |message: String, hint: String| {
                let path = self.root().join(FILE_NAME);
                KbError::Config(ConfigError { path, line: stated.line, message, hint: Some(hint) })
            };
            known_code(&stated.code).map_err(|(message, hint)| fail(message, hint))?;
        }
        let named = request.levels.iter().map(|(code, _)| code).chain(&request.only);
        for code in named {
            known_code(code).map_err(|(message, hint)| KbError::NoSuchRule { message, hint })?;
        }
        for (code, level) in &request.levels {
            settings.levels.retain(|it| it.code != *code);
            settings.levels.push(StatedLevel { code: code.clone(), level: *level, line: 0 });
        }
        Ok(settings)
    }
}

fn known_code(code: &str) -> Result<(), (String, String)> {
    if lint::rule(code).is_some() {
        return Ok(());
    }
    let hint = match lint::nearest_code(code) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`ris check --explain` lists the rules".to_owned(),
    };
    Err((format!("no rule is called `{code}`"), hint))
}

/// Settles every file and gathers what was found.
fn finish(files: Vec<CheckedFile>, settings: &CheckConfig, around: &dyn Surroundings, report: &mut CheckReport) {
    for file in files {
        let path = file.checked.path().to_owned();
        report.documents.push(path.clone());
        let outcome = file.checked.finish(settings, around);
        report.suppressed += outcome.suppressed;
        if outcome.findings.iter().any(|it| it.fix.is_some()) {
            report.fixable.push(fixes::Fixable { path, digest: file.digest, hidden: outcome.hidden });
        }
        report.findings.extend(outcome.findings);
    }
}

impl KnowledgeBase {
    /// Returns the findings of the baseline, of which no run tells; none where it is passed over.
    fn known_findings(&self, request: &CheckRequest, settings: &CheckConfig) -> Result<KnownFindings, KbError> {
        if request.ignore_baseline {
            return Ok(KnownFindings::default());
        }
        KnownFindings::load(self.root(), request.baseline.as_deref(), settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::kb::OpenOptions;

    #[test]
    fn findings_stand_together_by_document() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.md", "b.md", "c.md"] {
            let text = if name == "b.md" { "# B\n" } else { "# A\n\n[x](gone.md) and\n\n[y](gone.md)\n" };
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let clock = Clock::Fixed("2026-01-15T12:00:00Z".parse().unwrap());
        let options = OpenOptions { root: Some(folder.path().into()), current_dir: folder.path().into(), clock };
        let kb = KnowledgeBase::open(&options).unwrap();
        let report = kb.check(&CheckRequest::default(), &|_| {}).unwrap();
        let by_path = report.by_path();
        for path in ["a.md", "b.md", "c.md"] {
            let wanted: Vec<&Finding> = report.findings.iter().filter(|it| it.path == path).collect();
            let found: Vec<&Finding> = by_path.get(path).copied().unwrap_or_default().iter().collect();
            assert_eq!(found, wanted);
            assert_eq!(found.is_empty(), path == "b.md");
        }
    }
}
