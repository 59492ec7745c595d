//! Whether a file is called a log of incidents, and which headings count incidents.

use crate::model::{Document, Kind};
use crate::parse::extract::Source;
use crate::parse::outline::Section;
use crate::parse::vocabulary::fold;

/// Tells whether the name of the file or its title is that of several incidents (`INCIDENTS.md`, `Outage log 2026`): the words
/// stand at the beginning.
pub(super) fn is_log(source: &Source<'_>, document: &Document) -> bool {
    let logs = &source.words.logs;
    let begins = |text: &str| logs.may_be_in(text) && logs.first(&fold(text)).is_some_and(|(_, start, _)| start == 0);
    begins(source.file_stem()) || document.title.as_ref().is_some_and(|title| begins(&title.value))
}

/// Returns the number of an incident that a heading counts: `Incident 2: …`, `Incident #2 - …`.
pub(super) fn number(source: &Source<'_>, section: &Section) -> Option<u32> {
    let folded = &section.folded;
    let (_, _, end) = source.words.kinds.all(folded).find(|(kind, start, _)| *kind == Kind::Incident && *start == 0)?;
    let rest = folded[end..].trim_start_matches([' ', '#']);
    let digits = rest.find(|c: char| !c.is_ascii_digit()).map_or(rest, |end| &rest[..end]);
    let apart = rest[digits.len()..].is_empty() || rest[digits.len()..].starts_with(' ');
    digits.parse().ok().filter(|_| apart && digits.len() <= 3)
}

/// Returns what stands behind the number of a heading; `None` where nothing does.
pub(super) fn behind_number(title: &str) -> Option<String> {
    let digits = title.find(|c: char| c.is_ascii_digit())?;
    let rest = title[digits..].trim_start_matches(|c: char| c.is_ascii_digit());
    let rest =
        rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '`' | '"' | '“' | '(')).trim_end();
    rest.contains(char::is_alphanumeric).then(|| rest.to_owned())
}
