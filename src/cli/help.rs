//! Help as it is shown: whatever the width, an example is pasted as a whole or not at all.

use clap::Command;
use clap::error::ErrorKind;

/// Blanks before an example, and before the lines that go on with it.
const INDENT: usize = 2;
const FURTHER: usize = 6;
/// Blanks that part an example from what is said of it, at least.
const GAP: &str = "   ";
/// Columns below which a remark stands below its example.
const NARROW: usize = 22;

/// Returns the arguments with `help` in front turned into the flag behind: `ris help search` is `ris search --help`.
pub(super) fn asked<T: PartialEq<str> + From<&'static str>>(mut args: Vec<T>) -> Vec<T> {
    if args.get(1).is_some_and(|it| *it == *"help") {
        args.remove(1);
        args.push("--help".into());
    }
    args
}

/// Tells whether the parser of arguments answers with a page of help.
pub(super) fn is_page(error: &clap::Error) -> bool {
    matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand)
}

/// Returns the command with pages of `width` columns.
pub(super) fn fitted(command: Command, width: usize) -> Command {
    let text = command.get_after_help().map(|text| fit(&text.to_string(), width));
    let command = command.term_width(width).mut_subcommands(|below| fitted(below, width));
    match text {
        Some(text) => command.after_help(text),
        None => command,
    }
}

/// Breaks the examples of a text.
fn fit(text: &str, width: usize) -> String {
    let mut is_example = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        is_example = if is_example { !line.is_empty() } else { line == "Examples:" };
        match line.strip_prefix("  ").filter(|_| is_example) {
            Some(example) => lines.extend(fit_example(example, width)),
            None => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}

/// Breaks an example before its options, each line but the last with the sign that it goes on, and what is said of it
/// below its first column; a remark is one for the shell too.
fn fit_example(example: &str, width: usize) -> Vec<String> {
    let (command, remark) = example.split_once(GAP).unwrap_or((example, ""));
    let mut lines = command_lines(command, width);
    if remark.is_empty() {
        return lines;
    }
    let column = INDENT + example.len() - remark.trim_start().len();
    let beside = lines.len() == 1 && width >= column + NARROW;
    let column = if beside { column } else { FURTHER };
    for (at, part) in words_of(remark, width.saturating_sub(column + 2)).into_iter().enumerate() {
        match lines.last_mut().filter(|_| beside && at == 0) {
            Some(line) => *line = format!("{line:column$}# {part}"),
            None => lines.push(format!("{:column$}# {part}", "")),
        }
    }
    lines
}

fn command_lines(command: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts(command) {
        match lines.last_mut() {
            // There must be room for the sign that goes on.
            Some(line) if line.len() + 1 + part.len() + 2 <= width => line.extend([" ", part]),
            Some(line) => {
                line.push_str(" \\");
                lines.push(format!("{:FURTHER$}{part}", ""));
            }
            None => lines.push(format!("{:INDENT$}{part}", "")),
        }
    }
    let whole = INDENT + command.len();
    if whole <= width { vec![format!("{:INDENT$}{command}", "")] } else { lines }
}

/// Returns the parts of a command that a line may end behind: before options, pipes and further commands.
fn parts(command: &str) -> Vec<&str> {
    let (mut quote, mut start, mut parts) = (None, 0, Vec::new());
    for (at, c) in command.char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, ' ') if command[at + 1..].starts_with(['-', '|', '&']) => {
                parts.push(&command[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&command[start..]);
    parts
}

fn words_of(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= width => line.extend([" ", word]),
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_goes_on_with_a_sign_and_a_remark_stays_in_its_column() {
        let text = "Examples:\n  ris a --one 'two --three' --four | ris b   said of it at some length, and more\n  ris c\n\nExit codes:\n  0   done";
        assert_eq!(fit(text, 200), text.replace("   said", "   # said"));
        let broken = "Examples:\n  ris a --one 'two --three' --four | ris b   # said of it at some length, and\n                                             # more\n  ris c\n\nExit codes:\n  0   done";
        assert_eq!(fit(text, 78), broken);
        let broken = "Examples:\n  ris a --one 'two --three' \\\n      --four | ris b\n      # said of it at some\n      # length, and more\n  ris c\n\nExit codes:\n  0   done";
        assert_eq!(fit(text, 30), broken);
    }

    #[test]
    fn help_is_asked_for_in_front_or_behind() {
        let asked = |line: &str| asked(line.split(' ').map(str::to_owned).collect::<Vec<String>>()).join(" ");
        assert_eq!(asked("ris help search"), "ris search --help");
        assert_eq!(asked("ris help"), "ris --help");
        assert_eq!(asked("ris search help"), "ris search help");
    }
}
