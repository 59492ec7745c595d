//! The settings of the commit that evidence is taken from, and of the commits before it: they decide which files are
//! documents.

use std::path::Path;
use std::sync::Arc;

use crate::config::{Config, FILE_NAME};
use crate::kb::KbError;
use crate::model::short_id;
use crate::store::fs::is_no_document;
use crate::store::git::{Snapshot, TreeFile, Version};
use crate::store::taxonomy::TEAM_FILE;
use crate::taxonomy::Taxonomy;

/// The settings in force.
pub(super) struct Settings {
    /// Those of the commit, with the team's root-cause tags.
    pub(super) config: Config,
    /// The blob of `ris.toml`; the defaults hold without one.
    pub(super) blob: Option<String>,
    /// What they were after each commit that changed them, newest first; the defaults before.
    past: Vec<(Version, Config)>,
}

impl Settings {
    /// Reads the settings of the commit that has the files `tree`.
    ///
    /// # Errors
    /// Where they cannot be read or used.
    pub(super) fn read(snapshot: &Snapshot, tree: &[TreeFile]) -> Result<Self, KbError> {
        let of = |name: &str| tree.iter().find(|file| file.path == name && !file.is_link).map(|file| file.blob.clone());
        let text = |blob: &str| -> Result<String, KbError> {
            Ok(String::from_utf8_lossy(&snapshot.read(blob)?).trim_start_matches('\u{feff}').to_owned())
        };
        let blob = of(FILE_NAME);
        let mut config = Config::default();
        if let Some(blob) = &blob {
            let commit = snapshot.commit()?.id;
            let name = format!("{}:{FILE_NAME}", short_id(&commit));
            config = Config::parse(Path::new(&name), &text(blob)?)?;
        }
        if let Some(blob) = of(TEAM_FILE) {
            config.taxonomy = Taxonomy::with_team(&text(&blob)?).ok().map(Arc::new);
        }
        let mut past = Vec::new();
        for version in snapshot.versions(FILE_NAME).into_iter().skip_while(|version| version.blob != blob) {
            let stated = version.blob.as_deref().map(&text).transpose()?;
            let then = stated.map_or(Ok(Config::default()), |text| Config::parse(Path::new(FILE_NAME), &text));
            // Settings that cannot be used left the ones before in force.
            past.extend(then.ok().map(|then| (version, then)));
        }
        Ok(Self { config, blob, past })
    }

    /// Returns the commit that ended the time in which the version `at` of a file was one of a document: it changed the file or
    /// the settings. The commit of the version itself stands for one that is still there. `None` where the settings of its
    /// time never made a document of it.
    pub(super) fn ended<'v>(&'v self, versions: &'v [Version], at: usize) -> Option<&'v Version> {
        let version = &versions[at];
        let next = at.checked_sub(1).map(|at| &versions[at]);
        let end = next.map_or(i64::MIN, |next| next.order);
        let mut until = next.unwrap_or(version);
        for (since, then) in self.past.iter().filter(|(since, _)| since.order > end) {
            if is_no_document(&version.path, then).is_none() {
                return Some(until);
            }
            if since.order >= version.order {
                return None;
            }
            until = since;
        }
        is_no_document(&version.path, &Config::default()).is_none().then_some(until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(path: &str, order: i64) -> Version {
        Version { order, commit: order.to_string(), day: Default::default(), path: path.into(), blob: None }
    }

    #[test]
    fn a_file_is_a_document_as_long_as_the_settings_of_its_time_say_so() {
        let config = |text: &str| Config::parse(Path::new(FILE_NAME), text).unwrap();
        let past = |list: &[(i64, &str)]| Settings {
            config: Config::default(),
            blob: None,
            past: list.iter().map(|(order, text)| (version(FILE_NAME, *order), config(text))).collect(),
        };
        let out = "exclude = [\"a.md\"]";
        let ended = |settings: &Settings, versions: &[i64], at| {
            let versions: Vec<Version> = versions.iter().map(|order| version("a.md", *order)).collect();
            settings.ended(&versions, at).map(|it| it.order)
        };
        // Orders count from the newest commit.
        assert_eq!(ended(&past(&[]), &[5], 0), Some(5), "still there");
        assert_eq!(ended(&past(&[]), &[3, 5], 1), Some(3), "until it was changed");
        assert_eq!(ended(&past(&[(2, out)]), &[5], 0), Some(2), "until it was excluded");
        assert_eq!(ended(&past(&[(2, out)]), &[3, 5], 1), Some(3), "excluded later");
        assert_eq!(ended(&past(&[(7, out)]), &[5], 0), None, "excluded before");
        assert_eq!(ended(&past(&[(5, out)]), &[5], 0), None, "excluded when it came");
        assert_eq!(ended(&past(&[(1, out), (2, ""), (7, out)]), &[5], 0), Some(1), "for a while it was none");
        assert_eq!(ended(&past(&[(2, "")]), &[5], 0), Some(5));
    }
}
