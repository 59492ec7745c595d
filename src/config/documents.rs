//! `[documents]`: ids, paths and time zone of new documents, and the editor that opens them.

use std::collections::BTreeMap;

use chrono::FixedOffset;
use serde::Deserialize;
use toml::Spanned;

use super::pattern::{Pattern, TOKENS};
use crate::clock::Zone;

/// The template whose documents the other ones are about.
const REPORT: &str = "incident";
/// The pattern of ids of reports where `ris.toml` says nothing.
const DEFAULT_ID: &str = "RIS-{SLUG}-{YYYYMMDD}";
/// That of all other documents: they often have the title of their report, and the id tells what they are.
const DEFAULT_ID_OF_OTHERS: &str = "RIS-{SLUG}-{YYYYMMDD}-{KIND}";
/// The pattern of paths where `ris.toml` says nothing.
pub(crate) const DEFAULT_PATH: &str = "{YYYY}/{ID}.md";

/// Settings of new documents, checked.
#[derive(Debug, Clone)]
pub struct Documents {
    id: Pattern,
    id_of_others: Pattern,
    ids: BTreeMap<String, Pattern>,
    path: Pattern,
    paths: BTreeMap<String, Pattern>,
    /// The zone in which `ris` writes times.
    pub time_zone: Zone,
    /// The zone whose day is today: the same where the settings name one, else that of this machine.
    pub day_zone: Zone,
    /// The editor; else the environment names it.
    pub editor: Option<String>,
    /// The project that new documents belong to.
    pub project: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct RawDocuments {
    id: Option<Spanned<String>>,
    path: Option<Spanned<String>>,
    ids: Option<BTreeMap<String, Spanned<String>>>,
    paths: Option<BTreeMap<String, Spanned<String>>>,
    time_zone: Option<Spanned<String>>,
    editor: Option<String>,
    project: Option<String>,
}

/// A value that cannot be used: its first byte in the file, what is wrong, what to do.
pub(super) type Fault = (usize, String, String);

impl Default for Documents {
    fn default() -> Self {
        let pattern = |text| Pattern::parse(text).expect("the default is a pattern");
        Self {
            id: pattern(DEFAULT_ID),
            id_of_others: pattern(DEFAULT_ID_OF_OTHERS),
            ids: BTreeMap::new(),
            path: pattern(DEFAULT_PATH),
            paths: BTreeMap::new(),
            time_zone: Zone::Utc,
            day_zone: Zone::Local,
            editor: None,
            project: None,
        }
    }
}

impl RawDocuments {
    pub(super) fn check(self) -> Result<Documents, Fault> {
        let default = Documents::default();
        let ids = |it: Spanned<String>| pattern(&it, false);
        let paths = |it: Spanned<String>| pattern(&it, true);
        let time_zone = self.time_zone.map(|it| zone(&it)).transpose()?;
        let id = self.id.map(ids).transpose()?;
        Ok(Documents {
            id_of_others: id.clone().unwrap_or(default.id_of_others),
            id: id.unwrap_or(default.id),
            path: self.path.map(paths).transpose()?.unwrap_or(default.path),
            ids: each(self.ids, ids)?,
            paths: each(self.paths, paths)?,
            time_zone: time_zone.unwrap_or(default.time_zone),
            day_zone: time_zone.unwrap_or(default.day_zone),
            editor: self.editor.filter(|it| !it.trim().is_empty()),
            project: self.project.filter(|it| !it.trim().is_empty()),
        })
    }
}

fn each(
    raw: Option<BTreeMap<String, Spanned<String>>>,
    check: impl Fn(Spanned<String>) -> Result<Pattern, Fault>,
) -> Result<BTreeMap<String, Pattern>, Fault> {
    raw.unwrap_or_default().into_iter().map(|(name, it)| Ok((name, check(it)?))).collect()
}

fn pattern(text: &Spanned<String>, is_path: bool) -> Result<Pattern, Fault> {
    let fail = |message: String, hint: String| (text.span().start, message, hint);
    let pattern =
        Pattern::parse(text.get_ref()).map_err(|message| fail(message, format!("a pattern may hold {TOKENS}")))?;
    let written = text.get_ref();
    if is_path {
        let parts: Vec<&str> = written.split('/').collect();
        let leaves = written.starts_with('/') || written.contains(['\\', ':']) || parts.contains(&"..");
        if leaves || parts.iter().any(|part| part.is_empty() || part.starts_with('.')) {
            let message = format!("`{written}` is no path inside the knowledge base");
            return Err(fail(
                message,
                "write a path like `{YYYY}/{ID}.md`, without `..` and hidden folders".to_owned(),
            ));
        }
    } else if pattern.has_id() || written.contains(|c: char| c.is_whitespace() || matches!(c, '/' | '\\')) {
        let message = format!("`{written}` is no pattern of ids");
        return Err(fail(message, "an id has no blanks and slashes, and cannot hold `{ID}`".to_owned()));
    }
    Ok(pattern)
}

fn zone(text: &Spanned<String>) -> Result<Zone, Fault> {
    let written = text.get_ref().trim();
    match written.to_ascii_lowercase().as_str() {
        "utc" => Ok(Zone::Utc),
        "local" => Ok(Zone::Local),
        _ => written.parse::<FixedOffset>().map(Zone::Fixed).map_err(|_| {
            let message = format!("`{written}` is no time zone");
            (text.span().start, message, "write `UTC`, `local`, or an offset like `+02:00`".to_owned())
        }),
    }
}

impl Documents {
    /// Returns the pattern of ids for documents of the template `template`.
    #[must_use]
    pub fn id_pattern(&self, template: &str) -> &Pattern {
        let usual = if template == REPORT { &self.id } else { &self.id_of_others };
        self.ids.get(template).unwrap_or(usual)
    }

    /// Returns the pattern of paths for documents of the template `template`.
    #[must_use]
    pub fn path_pattern(&self, template: &str) -> &Pattern {
        self.paths.get(template).unwrap_or(&self.path)
    }
}
