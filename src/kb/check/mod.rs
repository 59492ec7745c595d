//! `ris check`: the rules over some documents or all of them.

mod facts;
mod surroundings;

use std::path::Path;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{KbError, KnowledgeBase, Progress};
use crate::config::{CheckConfig, Config, ConfigError, FILE_NAME};
use crate::lint::{self, Checked, Finding, LintContext, RuleLevel};
use crate::parse::{Parsed, parse};
use crate::store::fs;
use facts::Facts;
use surroundings::Everything;

/// What to check.
#[derive(Debug, Clone, Default)]
pub struct CheckRequest {
    /// Documents, relative to the root; none for all.
    pub paths: Vec<String>,
}

/// What a check found.
#[derive(Debug, Default)]
pub struct CheckReport {
    /// Documents that were checked.
    pub documents: usize,
    /// Findings, sorted by path and line.
    pub findings: Vec<Finding>,
    /// Findings that comments in the documents take back.
    pub suppressed: usize,
}

impl KnowledgeBase {
    /// Checks the documents; needs no index. A file that cannot be read is a finding.
    ///
    /// # Errors
    /// Where the folder cannot be read or the settings name no rule.
    pub fn check(&self, request: &CheckRequest, progress: &dyn Fn(Progress)) -> Result<CheckReport, KbError> {
        let settings = self.check_settings()?;
        self.team.reload(self.root());
        let config = self.current_config();
        let walk = fs::walk(self.root(), &config)?;
        let all: Vec<String> = walk.files.into_iter().map(|file| file.path).collect();
        let job = Job { root: self.root(), config: &config, settings: &settings, today: self.today(), paths: &all };
        let mut done = job.run(progress);
        done.sort_by(|a, b| a.0.path.cmp(&b.0.path));
        let (facts, checked): (Vec<Facts>, Vec<Checked>) = done.into_iter().unzip();
        let everything = Everything::new(self.root(), &facts);
        let mut report = CheckReport::default();
        for checked in checked {
            if !request.paths.is_empty() && !request.paths.iter().any(|path| path == checked.path()) {
                continue;
            }
            let outcome = checked.finish(&settings, &everything);
            report.documents += 1;
            report.suppressed += outcome.suppressed;
            report.findings.extend(outcome.findings);
        }
        Ok(report)
    }

    /// Returns the settings of the check once the rules that they name are known to exist.
    fn check_settings(&self) -> Result<CheckConfig, KbError> {
        let settings = self.config().check.clone();
        for stated in &settings.levels {
            let fail = |message: String, hint: String| {
                let path = self.root().join(FILE_NAME);
                KbError::Config(ConfigError { path, line: 0, message, hint: Some(hint) })
            };
            if lint::rule(&stated.code).is_none() {
                let hint = lint::nearest_code(&stated.code).map_or_else(
                    || "`ris check --explain` lists the rules".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                return Err(fail(format!("no rule is called `{}`", stated.code), hint));
            }
            if RuleLevel::from_name(&stated.level).is_none() {
                let levels = RuleLevel::ALL.map(|it| format!("`{}`", it.as_str())).join(", ");
                return Err(fail(
                    format!("`{}` is no level for `{}`", stated.level, stated.code),
                    format!("write one of {levels}"),
                ));
            }
        }
        Ok(settings)
    }
}

/// Reads and checks documents on several threads.
struct Job<'a> {
    root: &'a Path,
    config: &'a Config,
    settings: &'a CheckConfig,
    today: chrono::NaiveDate,
    paths: &'a [String],
}

impl Job<'_> {
    fn run(&self, progress: &dyn Fn(Progress)) -> Vec<(Facts, Checked)> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(self.paths.len().max(1));
        let next = AtomicUsize::new(0);
        let done = Mutex::new(Vec::with_capacity(self.paths.len()));
        let work = || {
            let mut mine = Vec::new();
            while let Some(path) = self.paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                mine.push(self.check(path));
            }
            done.lock().unwrap_or_else(PoisonError::into_inner).extend(mine);
        };
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(work);
            }
        });
        progress(Progress { done: self.paths.len(), total: self.paths.len() });
        done.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn check(&self, path: &str) -> (Facts, Checked) {
        let bytes = fs::read(&self.root.join(path), self.config.max_file_size).unwrap_or_default();
        let Parsed { document, text } = parse(path, &bytes, &self.config.parse_options());
        let cx = LintContext::new(&document, &text, &bytes, self.today, self.settings);
        let checked = lint::check(&cx);
        (Facts::of(&cx), checked)
    }
}
