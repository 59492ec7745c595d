//! `ris.toml`: read as written (`RawConfig`), then checked into a [`Config`]. Errors name the line.

mod check;
mod deadlines;
mod documents;
mod evidence;
mod files;
mod level;
mod pattern;
mod place;
mod profiles;
mod read_by;
mod reading;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use crate::model::{at_line, nearest};
use crate::parse::{Conventions, ParseOptions};
use crate::taxonomy::Taxonomy;

pub(crate) use check::{CheckConfig, Fact, StatedLevel};
pub(crate) use deadlines::Deadlines;
pub(crate) use documents::{DEFAULT_PATH, Documents};
pub(crate) use evidence::EvidenceConfig;
use files::Files;
pub use level::RuleLevel;
pub(crate) use pattern::{Pattern, PatternFacts};
use place::Places;
pub(crate) use profiles::{Profile, ProfileValue, choose as choose_profile};
pub(crate) use read_by::ReadBy;

/// Name of the file that marks the root of a knowledge base.
pub(crate) const FILE_NAME: &str = "ris.toml";

const DEFAULT_MAX_FILE_SIZE: u64 = 4 << 20;

/// Settings of a knowledge base, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Which files are documents.
    files: Files,
    /// Larger files are rejected unread.
    pub max_file_size: u64,
    /// The team's root-cause tags; without them the built-in ones hold.
    pub taxonomy: Option<Arc<Taxonomy>>,
    /// How the team writes what can be read in more than one way.
    pub conventions: Arc<Conventions>,
    /// How new documents are made.
    pub documents: Documents,
    /// The compliance blocks that new documents get, sorted by name.
    pub profiles: Vec<Profile>,
    /// Settings of `ris check`.
    pub check: CheckConfig,
    /// Settings of evidence bundles.
    pub evidence: EvidenceConfig,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            files: Files::default(),
            max_file_size: DEFAULT_MAX_FILE_SIZE,
            taxonomy: None,
            conventions: Arc::default(),
            documents: Documents::default(),
            profiles: Vec::new(),
            check: CheckConfig::default(),
            evidence: EvidenceConfig::default(),
        }
    }
}

/// Why `ris.toml` cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot use `{}`{}: {message}", path.display(), at_line(*line))]
pub struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// Line counted from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawConfig {
    include: Option<Vec<String>>,
    exclude: Option<Vec<String>>,
    max_file_size: Option<toml::Value>,
    #[serde(default)]
    reading: reading::RawReading,
    #[serde(default)]
    documents: documents::RawDocuments,
    #[serde(default)]
    profiles: profiles::RawProfiles,
    check: Option<check::RawCheck>,
    #[serde(default)]
    evidence: EvidenceConfig,
}

/// A setting that cannot be used: the way to it, what is wrong, what to do.
type Problem = (place::Way, String, String);

impl Config {
    /// Reads the settings in `root`; a folder without `ris.toml` has the defaults.
    ///
    /// # Errors
    /// Where the file cannot be read, is not TOML, or has keys or values that mean nothing.
    pub fn load(root: &Path) -> Result<Self, ConfigError> {
        let path = root.join(FILE_NAME);
        Self::text(root)?.map_or_else(|| Ok(Self::default()), |text| Self::parse(&path, &text))
    }

    /// Reads the text of the settings in `root`; `None` without `ris.toml`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn text(root: &Path) -> Result<Option<String>, ConfigError> {
        let path = root.join(FILE_NAME);
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => {
                let hint = match error.kind() {
                    std::io::ErrorKind::IsADirectory => "settings are a file; call the folder something else",
                    std::io::ErrorKind::InvalidData => "save it as UTF-8",
                    _ => "check the permissions of the file",
                };
                Err(ConfigError { path, line: 0, message: error.to_string(), hint: Some(hint.to_owned()) })
            }
        }
    }

    /// Reads the settings in `text`, the content of `path`.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let fail = |line: usize, message: String, hint: Option<String>| ConfigError {
            path: path.to_owned(),
            line,
            message,
            hint,
        };
        let places = Places::of(text);
        let faulty = |(at, message, hint): documents::Fault| fail(places.line_at(at), message, Some(hint));
        let wrong = |(way, message, hint): Problem| fail(places.line(&way), message, Some(hint));
        let raw: RawConfig = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(0, |span| places.line_at(span.start));
            fail(line, error.message().lines().next().unwrap_or("not TOML").to_owned(), key_hint(error.message()))
        })?;
        let files = Files::of(raw.include, raw.exclude.unwrap_or_default()).map_err(wrong)?;
        let max_file_size = raw.max_file_size.as_ref().map_or(Ok(DEFAULT_MAX_FILE_SIZE), size).map_err(wrong)?;
        let conventions = raw.reading.check().map_err(faulty)?;
        let check = raw.check.unwrap_or_default();
        Ok(Self {
            files,
            max_file_size,
            taxonomy: None,
            check: check.checked(&places, &conventions.severities).map_err(wrong)?,
            conventions: Arc::new(conventions),
            documents: raw.documents.check().map_err(faulty)?,
            evidence: raw.evidence.checked().map_err(wrong)?,
            profiles: profiles::check(raw.profiles, &places).map_err(wrong)?,
        })
    }

    /// Returns the settings of the parser.
    #[must_use]
    pub fn parse_options(&self) -> ParseOptions {
        let max_bytes = usize::try_from(self.max_file_size).unwrap_or(usize::MAX);
        ParseOptions { max_bytes, taxonomy: self.taxonomy.clone(), conventions: Arc::clone(&self.conventions) }
    }
}

/// Reads a number of bytes, or a text with a unit.
fn size(value: &toml::Value) -> Result<u64, Problem> {
    let (text, bytes) = match value {
        toml::Value::Integer(bytes) => (bytes.to_string(), u64::try_from(*bytes).ok()),
        toml::Value::String(text) => (text.clone(), parse_size(text)),
        other => (other.to_string(), None),
    };
    let hint = "write a number of bytes, or a number with KiB or MiB".to_owned();
    bytes.ok_or_else(|| (place::way(&["max-file-size"]), format!("`{text}` is not a size"), hint))
}

fn parse_size(text: &str) -> Option<u64> {
    let digits = text.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let unit = text.trim()[digits.len()..].trim().to_ascii_lowercase();
    let factor: u64 = match unit.as_str() {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(factor)
}

/// Returns the nearest of the keys that an error of serde names.
fn key_hint(message: &str) -> Option<String> {
    let (unknown, known) = message.lines().next()?.strip_prefix("unknown field `")?.split_once('`')?;
    let keys: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    Some(match nearest(unknown, keys.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the keys are {}", keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effort::effort;

    fn parse(text: &str) -> Result<Config, ConfigError> {
        Config::parse(Path::new("ris.toml"), text)
    }

    #[test]
    fn reads_globs_and_sizes() {
        let config = parse("include = ['**/*.md']\nexclude = ['drafts/**']\nmax-file-size = '2 MiB'\n").unwrap();
        assert!(config.includes("x/a.md") && !config.includes("a.yaml"));
        assert!(config.excludes("drafts/a.md") && !config.excludes("a.md"));
        assert_eq!(config.max_file_size, 2 << 20);
        assert_eq!(parse("max-file-size = 1000").unwrap().max_file_size, 1000);
    }

    #[test]
    fn names_the_line_and_the_nearest_key() {
        let error = parse("include = ['*.md']\nexlude = []\n").unwrap_err();
        assert_eq!(error.line, 2);
        assert_eq!(error.hint.as_deref(), Some("did you mean `exclude`?"));
        let error = parse("\n\nmax-file-size = 'big'").unwrap_err();
        assert_eq!(error.to_string(), "cannot use `ris.toml` at line 3: `big` is not a size");
        assert!(parse("include = ['[']").is_err());
        assert_eq!(parse("include = [\n").unwrap_err().line, 1);
    }

    #[test]
    fn what_check_is_told_must_mean_something() {
        let wrong = |text: &str| {
            let error = parse(&format!("[check]\n{text}")).unwrap_err();
            (error.line, error.message)
        };
        assert!(wrong("grace-days = -3").1.contains("-3"), "{:?}", wrong("grace-days = -3"));
        let fact = parse("[check]\nrequired-facts = ['date', 'servces']").unwrap_err();
        assert_eq!((fact.line, fact.message.as_str()), (2, "`servces` is no fact"));
        assert!(fact.hint.is_some_and(|hint| hint.starts_with("write one of `title`, `date`, `severity`")));
        let misspelt = wrong("[check.required-blocks]\nconfidental = ['hipaa']");
        assert_eq!(misspelt.1, "`confidental` is no classification");
        let level = parse("[check]\n\n[check.rules]\nplaceholder = 'loud'").unwrap_err();
        assert_eq!((level.line, level.message.as_str()), (4, "`loud` is no level of `placeholder`"));
        assert_eq!(level.hint.as_deref(), Some("write one of `allow`, `note`, `warn`, `deny`"));
        assert_eq!(misspelt.0, 3);
        assert_eq!(parse("[check.required-blocks]\nRestricted = ['hipaa']").unwrap().check.required.len(), 1);
    }

    #[test]
    fn the_line_is_that_of_the_setting_however_it_is_written() {
        for (text, line, message) in [
            ("\n\"max-file-size\" = 'big'", 2, "`big` is not a size"),
            ("\nmax-file-size = true", 2, "`true` is not a size"),
            ("[check]\nrules = { a = 'deny',\n placeholder = 'loud' }", 3, "`loud` is no level of `placeholder`"),
            ("[check]\nrequired-facts = ['date',\n'x']", 3, "`x` is no fact"),
            ("[check]\nrequired-blocks = { confidental = ['hipaa'] }", 2, "`confidental` is no classification"),
            (
                "[[check.sections]]\nkind = 'rca'\nsections = []\n[[check.sections]]\nkind = 'x'\nsections = []",
                5,
                "`x` is no kind",
            ),
            ("[[check.sections]]\nkind = 'rca'\nsections = ['impact',\n'x']", 4, "`x` is no section"),
            ("[[check.sections]]\nkind = 'rca'\nsections = []\nseverity = true", 4, "`true` is no severity"),
            ("[evidence.unused-ids]\nA-1 = 'a drill'\nA-2 = ''", 3, "`A-2` has no reason: write why"),
            (
                "[profiles.a]\nprojects = ['x']\n[profiles.a.soc2]\nreview-frequency = 'often'",
                4,
                "profile `a`: `often` does not say how often",
            ),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!((error.line, error.message.as_str()), (line, message), "{text}");
        }
        let glob = parse("exclude = [\n'a',\n'[']").unwrap_err();
        assert_eq!(glob.line, 3, "{glob}");
        let levels = parse("[check]\nrules = { placeholder = 'note' }").unwrap().check.levels;
        assert_eq!(levels[0].line, 2);
    }

    #[test]
    fn many_settings_cost_no_more_than_their_number() {
        let text = |many: usize| {
            (0..many).fold(String::new(), |text, at| format!("{text}[profiles.p{at}]\nreview-frequency = 'annual'\n"))
        };
        let read = |many: usize| {
            let text = text(many);
            effort(|| assert_eq!(parse(&text).unwrap().profiles.len(), many))
        };
        let (few, many) = (read(500), read(8000));
        assert!(many < few * 16 * 3, "{many:?} for sixteen times as many as in {few:?}");
    }

    #[test]
    fn reads_how_documents_are_made() {
        let config =
            parse("[documents]\nid = 'A-{NN}'\ntime-zone = '+02:00'\n[documents.ids]\ndrill = 'D-{slug}'\n").unwrap();
        assert_eq!(config.documents.id_pattern("incident").as_str(), "A-{NN}");
        assert_eq!(config.documents.id_pattern("drill").as_str(), "D-{slug}");
        assert_eq!(config.documents.path_pattern("drill").as_str(), DEFAULT_PATH);
        for (text, line, message) in [
            ("[documents]\nid = '{SLAG}'", 2, "`{SLAG}` holds `{SLAG}`, which means nothing"),
            ("[documents]\nid = 'A {N}'", 2, "`A {N}` is no pattern of ids"),
            ("[documents]\n\npath = '../{ID}.md'", 3, "`../{ID}.md` is no path inside the knowledge base"),
            ("[documents]\npath = '.ris/{ID}.md'", 2, "`.ris/{ID}.md` is no path inside the knowledge base"),
            ("[documents]\ntime-zone = 'Mars'", 2, "`Mars` is no time zone"),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!((error.line, error.message.as_str()), (line, message));
        }
        let error = parse("[documents]\ntime-zon = 'UTC'").unwrap_err();
        assert_eq!((error.line, error.hint.as_deref()), (2, Some("did you mean `time-zone`?")));
    }
}
