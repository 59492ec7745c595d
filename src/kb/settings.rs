//! The settings of `ris.toml`: read when the knowledge base is opened, and again at every sync.
//!
//! A file that can no longer be used changes nothing: the settings that were read before hold, and somebody is told.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use super::new::named_severity;
use super::{KnowledgeBase, Refused};
use crate::config::{Config, ConfigError, FILE_NAME};
use crate::model::Severity;

/// The settings in force.
pub(super) struct Settings(RwLock<Read>);

#[derive(Clone)]
struct Read {
    /// The text seen last, usable or not; an error that it could not be read.
    text: Result<Option<String>, String>,
    config: Arc<Config>,
}

impl Settings {
    /// Reads the settings in `root`.
    pub(super) fn open(root: &Path) -> Result<Self, ConfigError> {
        let text = Config::text(root)?;
        let config = Arc::new(of(root, text.as_deref())?);
        Ok(Self(RwLock::new(Read { text: Ok(text), config })))
    }

    fn config(&self) -> Arc<Config> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner).config)
    }

    /// Reads the file again if it changed. Returns whether the settings may be others than before; what is wrong with the
    /// file is told once.
    fn reload(&self, root: &Path) -> Result<bool, ConfigError> {
        let text = Config::text(root);
        let seen = text.as_ref().map(Clone::clone).map_err(ToString::to_string);
        let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if held.text == seen {
            return Ok(false);
        }
        held.text = seen;
        held.config = Arc::new(of(root, text?.as_deref())?);
        Ok(true)
    }
}

fn of(root: &Path, text: Option<&str>) -> Result<Config, ConfigError> {
    text.map_or_else(|| Ok(Config::default()), |text| Config::parse(&root.join(FILE_NAME), text))
}

impl KnowledgeBase {
    /// Returns the settings.
    #[must_use]
    pub fn config(&self) -> Arc<Config> {
        self.settings.config()
    }

    /// Returns the severity that somebody names: a word, a level, or a code as the settings mean it.
    ///
    /// # Errors
    /// Where it is none.
    pub fn severity(&self, text: &str) -> Result<Severity, Refused> {
        named_severity(text, &self.config().conventions.severities)
    }

    /// Returns the settings with the team's root-cause tags.
    pub(super) fn current_config(&self) -> Config {
        let mut config = Config::clone(&self.config());
        config.taxonomy = self.team.taxonomy(&self.root);
        config
    }

    /// Looks at the settings anew; returns what is wrong with them, once.
    pub(super) fn reload_settings(&self) -> Option<String> {
        match self.settings.reload(&self.root) {
            Ok(false) => None,
            Ok(true) => {
                // It was kept only of those files that were documents.
                self.history.forget();
                None
            }
            Err(error) => {
                let hint = error.hint.as_ref().map_or_else(String::new, |hint| format!(" ({hint})"));
                Some(format!("The settings stay as they were: {error}{hint}."))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::kb::OpenOptions;

    #[test]
    fn changed_settings_hold_from_the_next_sync_and_broken_ones_never() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        ["a.md", "b.md"].iter().for_each(|name| write(name, "# Disk full\n"));
        write(FILE_NAME, "");
        let (root, current_dir) = (Some(folder.path().to_owned()), folder.path().to_owned());
        let kb = KnowledgeBase::open(&OpenOptions { root, current_dir, clock: Clock::System }).unwrap();
        let sync = || kb.sync(&|_| {}).unwrap();
        assert_eq!(sync().added, 2);
        write(FILE_NAME, "exclude = ['b.md']\n");
        let report = sync();
        assert_eq!((report.removed, report.notices), (1, Vec::new()));
        write(FILE_NAME, "exclude = [\n");
        let report = sync();
        assert_eq!((report.added, report.notices.len()), (0, 1));
        assert!(report.notices[0].starts_with("The settings stay as they were: cannot use "), "{:?}", report.notices);
        assert_eq!(sync().notices, Vec::<String>::new(), "told once");
        std::fs::remove_file(folder.path().join(FILE_NAME)).unwrap();
        assert_eq!(sync().added, 1);
    }
}
