//! Bash, which takes candidates as they are: names with blanks or brackets are quoted here, unless the user opened a
//! quote, and `--owner=ada`, which bash takes for three words, is put together again.

use std::ffi::{OsStr, OsString};
use std::io::{Error, Write};
use std::path::Path;

use clap_complete::engine::complete;
use clap_complete::env::EnvCompleter;

/// The word as typed, its opening quote included; bash hands it over without.
const TYPED: &str = "_RIS_COMPLETE_TYPED";
/// The line of the library's script behind which that word is added.
const BEFORE: &str = "_CLAP_IFS=\"$IFS\" \\\n";

/// Bash.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bash;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == "bash"
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        out: &mut dyn Write,
    ) -> Result<(), Error> {
        let mut script = Vec::new();
        clap_complete::env::Bash.write_registration(var, name, bin, completer, &mut script)?;
        let script = String::from_utf8_lossy(&script);
        let typed = format!("{BEFORE}        {TYPED}=\"${{COMP_WORDS[COMP_CWORD]}}\" \\\n");
        out.write_all(script.replace(BEFORE, &typed).as_bytes())
    }

    fn write_complete(
        &self,
        command: &mut clap::Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        out: &mut dyn Write,
    ) -> Result<(), Error> {
        let number = |name: &str| std::env::var(name).ok().and_then(|it| it.parse().ok());
        let index = number("_CLAP_COMPLETE_INDEX").unwrap_or_default();
        let separator = std::env::var("_CLAP_IFS").unwrap_or_else(|_| "\n".to_owned());
        let (args, index, lead) = joined(args, index);
        let in_quotes = std::env::var(TYPED).is_ok_and(|typed| typed.starts_with(['"', '\'']));
        let candidates = complete(command, args, index, current_dir)?;
        for (at, candidate) in candidates.iter().enumerate() {
            let value = candidate.get_value().to_string_lossy();
            let value = value.strip_prefix(lead.as_str()).unwrap_or(&value);
            let before = if at == 0 { "" } else { &separator };
            let value = if in_quotes { value.to_owned() } else { quoted(value) };
            write!(out, "{before}{value}")?;
        }
        Ok(())
    }
}

/// Joins `--flag`, `=` and a value to one word; returns the words, the place of the one that is completed, and what
/// stands before the value in it.
fn joined(args: Vec<OsString>, index: usize) -> (Vec<OsString>, usize, String) {
    let mut words: Vec<OsString> = Vec::with_capacity(args.len());
    let (mut current, mut lead) = (index, String::new());
    let mut open = false;
    for (at, arg) in args.into_iter().enumerate() {
        let is_sign = arg == OsStr::new("=") && words.last().is_some_and(|last| is_flag(last));
        if let Some(last) = words.last_mut().filter(|_| is_sign || open) {
            if at == index {
                current = usize::MAX;
                let flag = last.to_string_lossy();
                lead = if is_sign { format!("{flag}=") } else { flag.into_owned() };
            }
            last.push(&arg);
            open = is_sign;
        } else {
            words.push(arg);
        }
        if at == index {
            current = words.len() - 1;
        }
    }
    (words, current, lead)
}

fn is_flag(word: &OsStr) -> bool {
    word.to_str().is_some_and(|word| word.starts_with("--") && word.len() > 2 && !word.contains('='))
}

/// Puts a backslash before what bash would not take as it is.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '=' | '@' | '%' | '+' | ',');
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        let inner_tilde = c == '~' && !out.is_empty();
        if !plain(c) && !inner_tilde {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_and_its_value_are_one_word() {
        let words = |args: &[&str], index| {
            let (words, at, lead) = joined(args.iter().map(OsString::from).collect(), index);
            (words.iter().map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" "), at, lead)
        };
        assert_eq!(
            words(&["ris", "list", "--owner", "=", "ad"], 4),
            ("ris list --owner=ad".into(), 2, "--owner=".into())
        );
        assert_eq!(words(&["ris", "list", "--owner", "="], 3), ("ris list --owner=".into(), 2, "--owner=".into()));
        assert_eq!(
            words(&["ris", "list", "--tag", "=", "x", "--ow"], 5),
            ("ris list --tag=x --ow".into(), 3, String::new())
        );
        assert_eq!(words(&["ris", "show", "IN"], 2), ("ris show IN".into(), 2, String::new()));
    }

    #[test]
    fn what_bash_would_read_as_syntax_is_quoted() {
        assert_eq!(quoted("164.308(a)(1)"), r"164.308\(a\)\(1\)");
        assert_eq!(quoted("Ada O'Hara"), r"Ada\ O\'Hara");
        assert_eq!(quoted("--owner=ada"), "--owner=ada");
    }
}
