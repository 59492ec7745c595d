//! Errors of usage that the parser of arguments would explain less well.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::error::CommandError;

/// Says in an error of usage what the command that `args` call takes.
pub(super) fn explain(error: &mut clap::Error, args: &[OsString]) {
    let command = || args.iter().skip(1).filter_map(|it| it.to_str()).find(|it| !it.starts_with('-'));
    let about = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(about)) => about.clone(),
        _ => return,
    };
    match error.kind() {
        ErrorKind::InvalidValue if about.starts_with("--format ") => {
            let forms = forms(command().unwrap_or_default()).iter().map(|it| (*it).to_owned()).collect();
            error.insert(ContextKind::ValidValue, ContextValue::Strings(forms));
        }
        ErrorKind::InvalidValue if about.starts_with("--kind ") => {
            let value = match error.get(ContextKind::InvalidValue) {
                Some(ContextValue::String(value)) => value.to_lowercase(),
                _ => return,
            };
            if let "postmortem" | "breach" = value.as_str() {
                let tip = format!("documents of the template `{value}` are of the kind `incident`");
                error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(tip)]));
            }
        }
        // `-kafka` is read as the flag `-k` first.
        ErrorKind::UnknownArgument if command() == Some("search") && !about.starts_with("--") => {
            let is_it = |it: &&str| it.starts_with(&about) && !it.starts_with("--");
            let word = args.iter().filter_map(|it| it.to_str()).find(is_it).unwrap_or(&about);
            let tip = without(word);
            error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(tip)]));
        }
        _ => {}
    }
}

/// Returns the error of a word to leave out that was read as flags of which `-h` is the first: a page of help answers
/// nothing.
pub(super) fn taken_for_help(args: &[OsString]) -> Option<CommandError> {
    let mut words = args.iter().skip(1).filter_map(|it| it.to_str()).take_while(|it| *it != "--");
    words.find(|it| *it == "search")?;
    let is_word = |it: &&str| it.strip_prefix("-h").is_some_and(|rest| rest.chars().any(|c| !"hqv".contains(c)));
    let word = words.find(is_word)?;
    Some(CommandError::new(format!("unexpected argument '{word}' found")).hint(without(word)))
}

/// Returns how a query leaves `word` out.
fn without(word: &str) -> String {
    format!("a query with words to leave out stands behind `--`: ris search -- WORDS {word}")
}

/// Returns what the parser of arguments says, with its tips called hints, as everywhere else.
pub(super) fn in_our_words(message: &StyledStr) -> String {
    let said = message.ansi().to_string();
    said.split_inclusive('\n').map(in_our_word).collect()
}

/// A tip stands first in its line, behind its colour: what somebody typed has none.
fn in_our_word(line: &str) -> String {
    match line.split_once("tip:") {
        Some((before, after)) if before.starts_with("  \u{1b}[") && before.find('m') == Some(before.len() - 1) => {
            format!("{before}hint:{after}")
        }
        _ => line.to_owned(),
    }
}

/// Returns the forms of output that a command has.
fn forms(command: &str) -> &'static [&'static str] {
    match command {
        "check" => &["text", "json", "sarif", "junit", "github"],
        "controls" | "retention" => &["text", "json", "csv"],
        "review" | "notices" => &["text", "json", "csv", "ics"],
        "actions" => &["text", "json", "ics"],
        _ => &["text", "json"],
    }
}
