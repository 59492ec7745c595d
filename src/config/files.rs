//! Which files are documents: `include` and `exclude` of `ris.toml`.

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::place::way;
use super::{Config, Problem};
use crate::model::is_document_name;

/// What a glob looks like, for whoever wrote one that is none.
const HINT: &str = "a glob is written like `2024/**`, `**/drafts/*.md` or `{a,b}/*.md`";

/// The globs of the files that are read, and of those that are left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Files {
    include: Option<GlobSet>,
    exclude: GlobSet,
    /// The same as written.
    exclusions: Vec<String>,
}

impl Files {
    /// Reads both lists; the pattern that is wrong, why, and what to do.
    pub(super) fn of(include: Option<Vec<String>>, exclusions: Vec<String>) -> Result<Self, Problem> {
        let exclude = globs("exclude", &exclusions, exclusion)?;
        let include = include.map(|patterns| globs("include", &patterns, |it| vec![it.to_owned()])).transpose()?;
        Ok(Self { include, exclude, exclusions })
    }
}

impl Config {
    /// Tells whether the file at `path` (relative to the root) can be a document, before exclusions.
    #[must_use]
    pub fn includes(&self, path: &str) -> bool {
        match &self.files.include {
            Some(globs) => globs.is_match(path),
            None => is_document_name(path),
        }
    }

    /// Returns the patterns of `exclude` that leave out none of the files that are left out.
    #[must_use]
    pub fn idle_exclusions(&self, left_out: &[&str]) -> Vec<&str> {
        let is_idle = |pattern: &&str| {
            let globs = glob_set(&exclusion(pattern)).unwrap_or_default();
            !left_out.iter().any(|path| globs.is_match(path))
        };
        self.files.exclusions.iter().map(String::as_str).filter(is_idle).collect()
    }

    /// Tells whether the settings leave the file at `path` (relative to the root) out.
    #[must_use]
    pub fn excludes(&self, path: &str) -> bool {
        !self.files.exclude.is_empty() && self.files.exclude.is_match(path)
    }
}

/// Reads the list at `key`; each pattern stands for some globs.
fn globs(key: &str, patterns: &[String], made_of: fn(&str) -> Vec<String>) -> Result<GlobSet, Problem> {
    let made: Vec<Vec<String>> = patterns.iter().map(|it| made_of(it)).collect();
    glob_set(&made.concat()).map_err(|error| {
        let wrong = made.iter().position(|it| glob_set(it).is_err()).map(|at| at.to_string());
        (way(&[key, wrong.as_deref().unwrap_or_default()]), error, HINT.to_owned())
    })
}

fn glob_set(patterns: &[String]) -> Result<GlobSet, String> {
    let mut builder = GlobSetBuilder::new();
    for pattern in patterns {
        builder.add(Glob::new(pattern).map_err(|error| error.to_string())?);
    }
    builder.build().map_err(|error| error.to_string())
}

/// Returns the globs of a pattern of `exclude`: as in `.gitignore` a folder is what lies in it, and a name alone is one in any
/// folder.
fn exclusion(pattern: &str) -> Vec<String> {
    let anchored = pattern.trim_start_matches("./");
    let path = anchored.trim_start_matches('/').trim_end_matches('/');
    if path.is_empty() {
        return vec![String::new()];
    }
    let mut globs = vec![path.to_owned(), format!("{path}/**")];
    if !path.contains('/') && !anchored.starts_with('/') {
        globs.extend([format!("**/{path}"), format!("**/{path}/**")]);
    }
    globs
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::ConfigError;

    fn parse(text: &str) -> Result<Config, ConfigError> {
        Config::parse(Path::new("ris.toml"), text)
    }

    #[test]
    fn counts_markdown_in_any_folder_by_default() {
        let config = Config::default();
        for path in ["a.md", "x/y/B.MD", "a.markdown", "p.md.erb", "p.mdx", "r.yaml", "r.yml"] {
            assert!(config.includes(path), "{path}");
        }
        for path in ["a.txt", "md", "a.erb", ".erb", "x/readme"] {
            assert!(!config.includes(path), "{path}");
        }
    }

    #[test]
    fn what_is_written_of_the_files_that_are_read_is_the_same_everywhere() {
        let list = |text: &str| {
            let rest = &text[text.find("[\"**/*.md\"").unwrap()..];
            rest[..=rest.find(']').unwrap()].to_owned()
        };
        let [sample, made, readme] = [
            include_str!("../../incidents/ris.toml"),
            include_str!("../../templates/init/ris.toml"),
            include_str!("../../README.md"),
        ]
        .map(list);
        assert_eq!((&sample, &made), (&readme, &readme));
        let (stated, usual) = (parse(&format!("include = {readme}")).unwrap(), Config::default());
        for path in ["a.md", "x/y/b.md", "a.markdown", "p.md.erb", "p.mdx", "r.yaml", "r.yml", "a.txt", "a.erb"] {
            assert_eq!(stated.includes(path), usual.includes(path), "{path}");
        }
    }

    #[test]
    fn a_folder_is_left_out_by_its_name() {
        let config = parse("exclude = ['drafts', '2024/old/', '/notes', '*.tmp.md', 'x/*.md', 'nowhere']").unwrap();
        let out = ["drafts/a.md", "2024/drafts/b/c.md", "2024/old/a.md", "notes/a.md", "2025/a.tmp.md", "x/y.md"];
        for path in out {
            assert!(config.excludes(path), "{path}");
        }
        for path in ["2024/a.md", "2025/2024/old/a.md", "2024/notes/a.md", "mydrafts/a.md", "drafts.md"] {
            assert!(!config.excludes(path), "{path}");
        }
        assert_eq!(config.idle_exclusions(&out), ["nowhere"]);
        let nothing = parse("exclude = ['', '/']").unwrap();
        assert!(!nothing.excludes("a.md") && !nothing.excludes("x/a.md"));
    }
}
