//! Which forms of the output each command writes.

use super::error::CommandError;
use super::{Command, Format};

const LISTS: &[Format] = &[Format::Text, Format::Json, Format::Csv];
/// Of what is due on a day.
const DUE: &[Format] = &[Format::Text, Format::Json, Format::Csv, Format::Ics];
const ACTIONS: &[Format] = &[Format::Text, Format::Json, Format::Ics];
const CHECK: &[Format] = &[Format::Text, Format::Json, Format::Sarif, Format::Junit, Format::Github];
const USUAL: &[Format] = &[Format::Text, Format::Json];
/// Of what is for a shell, a reader of manuals or an editor.
const TEXT: &[Format] = &[Format::Text];

/// Refuses a form of the output that the command does not have, as it is called.
pub(super) fn refuse_foreign(format: Format, command: &Command) -> Result<(), CommandError> {
    let forms = forms_of(command);
    if forms.contains(&format) {
        return Ok(());
    }
    let names: Vec<String> = forms.iter().map(|it| format!("`{}`", name(*it))).collect();
    let takes = match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => names.concat(),
    };
    let message = match format {
        Format::Csv => {
            "this form of the output is one of the lists of `ris controls`, `ris retention`, `ris review` and `ris notices`"
        }
        Format::Ics => "this form of the output is one of `ris actions`, `ris review` and `ris notices`",
        Format::Sarif | Format::Junit | Format::Github => {
            "this form of the output is one of the findings of `ris check`"
        }
        Format::Text | Format::Json => "this has no form but text",
    };
    Err(CommandError::new(message).hint(format!("`--format` takes {takes} here")))
}

fn forms_of(command: &Command) -> &'static [Format] {
    match command {
        Command::Completions(_) | Command::Man(_) | Command::Mcp(_) => TEXT,
        Command::New(args) if args.shows_source() => TEXT,
        Command::Retention(args) if args.shows_rules() => USUAL,
        Command::Review(args) if args.records() => USUAL,
        Command::Check(args) if args.explains() || args.shows_more() => USUAL,
        Command::Check(_) => CHECK,
        Command::Controls(_) | Command::Retention(_) => LISTS,
        Command::Review(_) | Command::Notices(_) => DUE,
        Command::Actions(_) => ACTIONS,
        _ => USUAL,
    }
}

fn name(format: Format) -> &'static str {
    match format {
        Format::Text => "text",
        Format::Json => "json",
        Format::Csv => "csv",
        Format::Ics => "ics",
        Format::Sarif => "sarif",
        Format::Junit => "junit",
        Format::Github => "github",
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::Cli;

    fn refused(args: &[&str]) -> Option<String> {
        let cli = Cli::try_parse_from([&["ris"], args].concat()).unwrap();
        refuse_foreign(cli.shared.format, &cli.command).err().map(|error| format!("{error:?}"))
    }

    #[test]
    fn a_form_that_would_be_ignored_is_refused() {
        for args in [
            "completions bash --format json",
            "man --format json",
            "new incident --source --format json",
            "retention --rules --format csv",
            "review INC-1 --by ana --format csv",
            "check --explain --format sarif",
            "check --explain review-due --format junit",
            "check --diff --format sarif",
            "check --write-baseline --format github",
            "list --format csv",
            "list --format github",
            "retention --format ics",
            "review INC-1 --by ana --format ics",
        ] {
            assert!(refused(&args.split(' ').collect::<Vec<_>>()).is_some(), "{args}");
        }
        let told = refused(&["check", "--format", "csv"]).unwrap();
        assert!(told.contains("`text`, `json`, `sarif`, `junit` and `github` here"), "{told}");
        assert!(refused(&["man", "--format", "json"]).unwrap().contains("takes `text` here"));
    }

    #[test]
    fn the_others_are_written() {
        for args in [
            "man",
            "new incident x --format json",
            "retention --format csv",
            "retention --rules --format json",
            "review --format csv",
            "notices --format ics",
            "actions --owner ana --format ics",
            "review INC-1 --by ana --format json",
            "check --format sarif",
            "check --explain --format json",
            "check --fix --format sarif",
            "check --diff --format json",
        ] {
            assert_eq!(refused(&args.split(' ').collect::<Vec<_>>()), None, "{args}");
        }
    }
}
