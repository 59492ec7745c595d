//! The files of a new knowledge base.

use crate::model::{is_harmless, shell_path};

/// `ris.toml` with every setting explained.
const SETTINGS: &str = include_str!("../../templates/init/ris.toml");
/// The line above which profiles stand.
const ABOVE_CHECK: &str = "# What `ris check` looks for.";
/// The first document.
pub(crate) const FIRST_DOCUMENT: &str = include_str!("../../templates/init/README.md");
/// What the folder of templates says of itself.
pub(crate) const TEMPLATES_README: &str = include_str!("../../templates/init/templates.md");

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
        let (output, special) = match self {
            Self::Github => ("github", "\\*?+[]!"),
            _ => ("junit > ris-check.xml", "\\*?[]{}"),
        };
        let paths = format!("{}{slash}**", escaped(below, special));
        let regex = format!("^{}{slash}.*\\.(mdx?|markdown|md\\.erb|ya?ml)$", escaped(below, "\\.+*?()|[]{}^$"));
        template
            .replace("{check}", &plain(&format!("ris check --kb {} --format {output}", shell_path(folder))))
            .replace("{paths}", &escaped(&paths, "\\\""))
            .replace("{regex}", &regex.replace('\'', "''"))
    }
}

/// A framework whose block new documents can have from the first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StarterProfile {
    /// 45 CFR Part 164.
    Hipaa,
    /// The Trust Services Criteria.
    Soc2,
    /// ISO/IEC 27001:2022.
    Iso27001,
}

impl StarterProfile {
    /// Returns its part of the profile `default`. Whether a document holds data of patients is for each to say.
    fn text(self) -> &'static str {
        match self {
            Self::Hipaa => {
                "[profiles.default.hipaa]\n\
                 # Whether an incident touched PHI is for its document to say: `phi-contains: none`, `identifiers`, …\n\
                 controls = [\"164.308(a)(6)(ii)\", \"164.312(b)\"]\naccess-audit-required = true\n\
                 encryption-required = true\nretention-period = \"7-years\"\nreview-frequency = \"quarterly\"\n"
            }
            Self::Soc2 => {
                "[profiles.default.soc2]\ncontrols = [\"CC7.3\", \"CC7.4\"]\nevidence-type = \"documentation\"\n\
                 retention-period = \"7-years\"\n"
            }
            Self::Iso27001 => {
                "[profiles.default.iso27001]\nclassification = \"internal\"\ncontrols = [\"A.5.26\", \"A.5.27\"]\n\
                 retention-period = \"7-years\"\nreview-frequency = \"annual\"\n"
            }
        }
    }
}

/// Puts a backslash before each of the characters that are `special`.
fn escaped(text: &str, special: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if special.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Returns a command as a value of YAML.
fn plain(command: &str) -> String {
    let harmless = command.split(' ').all(|word| word == ">" || is_harmless(word));
    if harmless { command.to_owned() } else { format!("'{}'", command.replace('\'', "''")) }
}

/// Returns `SETTINGS` with `proposed` above the key `include` or `exclude` that each line sets, and with a profile of
/// `profiles` that holds for every new document.
#[must_use]
pub(crate) fn settings_with(proposed: &[String], profiles: &[StarterProfile]) -> String {
    let mut text = String::new();
    for line in SETTINGS.lines() {
        if line == ABOVE_CHECK && !profiles.is_empty() {
            let mut profiles = profiles.to_vec();
            profiles.sort_unstable();
            profiles.dedup();
            text.push_str("[profiles.default]\n");
            profiles.iter().for_each(|it| text.push_str(it.text()));
            text.push('\n');
        }
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
        let shown = full.documents.id_pattern("rca");
        assert_eq!(shown, default.documents.id_pattern("incident"), "what is shown is the default of incidents");
        assert_eq!(default.documents.id_pattern("rca").as_str(), format!("{}-{{KIND}}", shown.as_str()));
        assert_eq!(full.documents.path_pattern("rca"), default.documents.path_pattern("rca"));
        assert_eq!(full.max_file_size, default.max_file_size);
        assert_eq!(*config.conventions, *default.conventions);
        assert_eq!((full.conventions.severities.terms().len(), full.conventions.date_order.is_some()), (5, true));
        assert_eq!(full.documents.id_pattern("incident").as_str(), "INC-{YYYY}-{NN}");
        assert_eq!(full.profiles.len(), 2);
        assert_eq!((full.check.grace_days, &full.check.baseline), (default.check.grace_days, &default.check.baseline));
    }

    #[test]
    fn the_profiles_that_are_asked_for_hold_for_every_document() {
        use StarterProfile::{Hipaa, Iso27001, Soc2};
        let text = settings_with(&[], &[Soc2, Hipaa, Iso27001, Soc2]);
        let config = Config::parse(Path::new("ris.toml"), &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let profile = &config.profiles[0];
        assert_eq!((config.profiles.len(), profile.projects.len(), profile.classifications.len()), (1, 0, 0));
        for framework in ["hipaa", "soc2", "iso27001"] {
            for key in ["controls", "retention-period"] {
                let path = format!("{framework}.{key}");
                assert!(profile.fields.iter().any(|(field, _)| *field == path), "{path}");
            }
        }
        assert!(Config::parse(Path::new("ris.toml"), &settings_with(&[], &[])).unwrap().profiles.is_empty());
    }

    #[test]
    fn proposals_stand_below_the_keys() {
        let text = settings_with(&["include = [\"x/**/*.md\"]".to_owned()], &[]);
        assert!(text.contains("# exclude = []\n\n# Proposed for this folder"), "{text}");
        assert!(text.contains("\n# include = [\"x/**/*.md\"]\n"), "{text}");
    }

    #[test]
    fn a_service_is_told_where_the_knowledge_base_lies() {
        assert!(Ci::Github.text("docs/incidents").contains("ris check --kb docs/incidents --format github"));
        assert!(Ci::Gitlab.text("").contains("ris check --kb . --format junit"));
        assert!(Ci::PreCommit.text("a.b").contains("files: '^a\\.b/.*\\.(mdx?|markdown|md\\.erb|ya?ml)$'"));
    }

    #[test]
    fn a_folder_of_any_name_is_the_same_to_the_shell_yaml_and_patterns() {
        let yaml = |text: &str| -> serde_json::Value {
            serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
        };
        for folder in ["it's kb", "c++", "a: b #c", "x\"y\\z", "-rf", "(a|b)[c]{d}$^?*!", "größe", "a/b"] {
            let github = yaml(&Ci::Github.text(folder));
            let gitlab = yaml(&Ci::Gitlab.text(folder));
            let run = github["jobs"]["check"]["steps"][1]["run"].as_str().unwrap();
            let script = gitlab["ris-check"]["script"][0].as_str().unwrap().replace("> ris-check.xml", "");
            for command in [run, &script] {
                let script = format!("ris() {{ printf '%s' \"$3\"; }}; {command}");
                let out = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
                assert_eq!(String::from_utf8_lossy(&out.stdout).trim_start_matches("./"), folder, "{command}");
            }
        }
        for (folder, expected) in [("it's c++", r"it's c\+\+"), ("(a|b)[c]{d}$^?*", r"\(a\|b\)\[c\]\{d\}\$\^\?\*")] {
            let files = yaml(&Ci::PreCommit.text(folder))["repos"][0]["hooks"][0]["files"].clone();
            assert_eq!(files, format!(r"^{expected}/.*\.(mdx?|markdown|md\.erb|ya?ml)$"));
        }
        let paths = |text: String, keys: &[&str]| {
            keys.iter().fold(yaml(&text), |value, key| value[*key].clone())[0].as_str().unwrap().to_owned()
        };
        assert_eq!(paths(Ci::Github.text("c++"), &["on", "push", "paths"]), r"c\+\+/**");
        assert_eq!(paths(Ci::Github.text("x\"y"), &["on", "pull_request", "paths"]), "x\"y/**");
        let rules = yaml(&Ci::Gitlab.text("a[1]{2}+"))["ris-check"]["rules"][0]["changes"][0].clone();
        assert_eq!(rules, r"a\[1\]\{2\}+/**");
    }
}
