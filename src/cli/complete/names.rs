//! Candidates from the index.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter};

use crate::clock::Clock;
use crate::kb::{KnowledgeBase, KnownName, NameField, OpenOptions, RULES};
use crate::model::{Severity, counted};

/// Most candidates of one kind: more can be neither read nor chosen from.
const MOST: usize = 200;

/// Completes ids of documents, or paths where no id fits.
pub(in crate::cli) fn documents() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let ids = candidates(NameField::Id, current, |it| it.title.clone());
        if ids.is_empty() { PathCompleter::any().complete(current) } else { ids }
    })
}

/// Completes services.
pub(in crate::cli) fn services() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| candidates(NameField::Service, current, count))
}

/// Completes root-cause tags.
pub(in crate::cli) fn tags() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| candidates(NameField::Tag, current, count))
}

/// Completes severities: the five words, and the words and codes of the settings with what they mean.
pub(in crate::cli) fn severities() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let prefix = current.to_str().unwrap_or_default().to_lowercase();
        let config = knowledge_base().map(|kb| kb.config());
        let own = config.iter().flat_map(|it| it.conventions.severities.terms());
        let own = own.map(|(written, severity)| (written.to_owned(), Some(severity.word().into())));
        let all = Severity::ALL.into_iter().map(|it| (it.word().to_owned(), None)).chain(own);
        let fitting =
            all.filter(|(name, _)| name.to_lowercase().starts_with(&prefix) && !name.contains(char::is_control));
        fitting.map(|(name, help)| CompletionCandidate::new(name).help(help)).collect()
    })
}

/// Completes owners.
pub(in crate::cli) fn owners() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| candidates(NameField::Owner, current, count))
}

/// Completes templates.
pub(in crate::cli) fn templates() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let (Some(templates), Some(prefix)) = (knowledge_base().and_then(|kb| kb.templates().ok()), current.to_str())
        else {
            return Vec::new();
        };
        let names = templates.names().into_iter().filter(|name| name.starts_with(prefix));
        names.map(CompletionCandidate::new).collect()
    })
}

/// Completes codes of rules, with what each finds.
pub(in crate::cli) fn rules() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let prefix = current.to_str().unwrap_or_default();
        let rules = RULES.iter().filter(|rule| rule.code.starts_with(prefix));
        rules.map(|rule| CompletionCandidate::new(rule.code).help(Some(rule.summary.into()))).collect()
    })
}

/// Completes projects.
pub(in crate::cli) fn projects() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| candidates(NameField::Project, current, count))
}

/// Completes controls.
pub(in crate::cli) fn controls() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| candidates(NameField::Control, current, count))
}

fn count(name: &KnownName) -> String {
    counted(name.documents, "document", "documents")
}

/// Where nothing can be told, nothing is: a shell has no place for an error.
fn candidates(field: NameField, current: &OsStr, help: impl Fn(&KnownName) -> String) -> Vec<CompletionCandidate> {
    let (Some(kb), Some(prefix)) = (knowledge_base(), current.to_str()) else { return Vec::new() };
    let names = kb.known_names(field, prefix, MOST).unwrap_or_default();
    // A line break or an escape sequence of a document would end up on the command line.
    let clean = |text: &str| !text.chars().any(char::is_control);
    let names = names.into_iter().filter(|it| clean(&it.name));
    names.map(|it| CompletionCandidate::new(&it.name).help(Some(shown(&help(&it)).into()))).collect()
}

fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Opens the knowledge base that the words typed so far name, or that the shell stands in.
fn knowledge_base() -> Option<KnowledgeBase> {
    let words: Vec<OsString> = std::env::args_os().skip_while(|word| word != "--").skip(1).collect();
    let named = named(&words).or_else(|| std::env::var_os("RIS_KB").map(PathBuf::from));
    let options = OpenOptions { root: named, current_dir: std::env::current_dir().ok()?, clock: Clock::System };
    KnowledgeBase::open(&options).ok()
}

/// Returns the value of `--kb` among the words.
fn named(words: &[OsString]) -> Option<PathBuf> {
    let joined = words.iter().find_map(|word| word.to_str()?.strip_prefix("--kb=").map(PathBuf::from));
    let at = || words.iter().position(|word| word == "--kb");
    // Bash hands the `=` over as a word of its own.
    let behind = || words[at()? + 1..].iter().find(|word| *word != "=").map(PathBuf::from);
    joined.or_else(behind).filter(|path| !path.as_os_str().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_knowledge_base_is_the_one_that_the_words_name() {
        let kb = |words: &[&str]| named(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(kb(&["ris", "show", "--kb", "a b", "X"]), Some(PathBuf::from("a b")));
        assert_eq!(kb(&["ris", "--kb=c", "show"]), Some(PathBuf::from("c")));
        assert_eq!(kb(&["ris", "--kb", "=", "c", "show"]), Some(PathBuf::from("c")));
        assert_eq!(kb(&["ris", "show", "--kb"]), None);
    }
}
