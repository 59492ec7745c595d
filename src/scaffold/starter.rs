//! The files of a new knowledge base.

/// `ris.toml` with every setting explained.
pub const SETTINGS: &str = include_str!("../../templates/init/ris.toml");
/// The first document.
pub const FIRST_DOCUMENT: &str = include_str!("../../templates/init/README.md");
/// What the folder of templates says of itself.
pub const TEMPLATES_README: &str = include_str!("../../templates/init/templates.md");

/// A service that can run `ris check` on each change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ci {
    /// GitHub Actions.
    Github,
    /// GitLab CI.
    Gitlab,
    /// The pre-commit framework.
    PreCommit,
}

impl Ci {
    /// Returns the path of its file, relative to the top of the repository.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Github => ".github/workflows/ris-check.yml",
            Self::Gitlab => ".gitlab-ci.yml",
            Self::PreCommit => ".pre-commit-config.yaml",
        }
    }

    /// Returns its file for a knowledge base at `below`, relative to the top of the repository, `/` between names.
    #[must_use]
    pub fn text(self, below: &str) -> String {
        let template = match self {
            Self::Github => include_str!("../../templates/init/github.yml"),
            Self::Gitlab => include_str!("../../templates/init/gitlab.yml"),
            Self::PreCommit => include_str!("../../templates/init/pre-commit.yaml"),
        };
        let (folder, slash) = if below.is_empty() { (".", "") } else { (below, "/") };
        let escaped: String = below.chars().flat_map(|c| if c == '.' { vec!['\\', c] } else { vec![c] }).collect();
        template
            .replace("{kb}", folder)
            .replace("{paths}", &format!("{below}{slash}**"))
            .replace("{regex}", &format!("^{escaped}{slash}.*\\.(mdx?|markdown|md\\.erb|ya?ml)$"))
    }
}

/// Returns `SETTINGS` with `proposed` above the key `include` or `exclude` that each line sets.
#[must_use]
pub fn settings_with(proposed: &[String]) -> String {
    let mut text = String::new();
    for line in SETTINGS.lines() {
        text.push_str(line);
        text.push('\n');
        if line.starts_with("# exclude = ") && !proposed.is_empty() {
            text.push_str("\n# Proposed for this folder, by what is in it; take the `# ` away to use it.\n");
            proposed.iter().for_each(|it| text.push_str(&format!("# {it}\n")));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::Config;

    /// Every line that sets something, with its comment sign gone.
    fn without_signs(text: &str) -> String {
        let sets = |line: &str| {
            let line = line.strip_prefix("# ").unwrap_or(line);
            let key = line.split(" = ").next().unwrap_or_default();
            let is_key =
                line.contains(" = ") && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            is_key || line.starts_with('[')
        };
        let lines = text.lines().filter(|line| sets(line));
        lines.map(|line| format!("{}\n", line.strip_prefix("# ").unwrap_or(line))).collect()
    }

    #[test]
    fn the_settings_are_valid_as_they_are_and_with_every_sign_gone() {
        let parse =
            |text: &str| Config::parse(Path::new("ris.toml"), text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let default = Config::default();
        let config = parse(SETTINGS);
        assert_eq!(config.documents.id_pattern("incident"), default.documents.id_pattern("incident"));
        assert!(config.profiles.is_empty() && config.includes("a.md"));
        let full = parse(&without_signs(SETTINGS));
        assert_eq!(
            full.documents.id_pattern("rca"),
            default.documents.id_pattern("rca"),
            "what is shown is the default"
        );
        assert_eq!(full.documents.path_pattern("rca"), default.documents.path_pattern("rca"));
        assert_eq!(full.max_file_size, default.max_file_size);
        assert_eq!(full.documents.id_pattern("incident").as_str(), "INC-{YYYY}-{NN}");
        assert_eq!(full.profiles.len(), 2);
        assert_eq!((full.check.grace_days, &full.check.baseline), (default.check.grace_days, &default.check.baseline));
    }

    #[test]
    fn proposals_stand_below_the_keys() {
        let text = settings_with(&["include = [\"x/**/*.md\"]".to_owned()]);
        assert!(text.contains("# exclude = []\n\n# Proposed for this folder"), "{text}");
        assert!(text.contains("\n# include = [\"x/**/*.md\"]\n"), "{text}");
    }

    #[test]
    fn a_service_is_told_where_the_knowledge_base_lies() {
        assert!(Ci::Github.text("docs/incidents").contains("ris check --kb docs/incidents --format github"));
        assert!(Ci::Gitlab.text("").contains("ris check --kb . --format junit"));
        assert!(Ci::PreCommit.text("a.b").contains("files: '^a\\.b/.*\\.(mdx?|markdown|md\\.erb|ya?ml)$'"));
    }
}
