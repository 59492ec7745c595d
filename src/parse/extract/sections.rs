//! Sections by their role: the root cause, the resolution and its commands.

use std::borrow::Cow;

use super::{Source, in_one_line};
use crate::diag::Span;
use crate::model::{Command, Document, Extracted, Origin, OriginKind, Section, SectionRole};
use crate::parse::labels::Labelled;
use crate::parse::outline::{Block, BlockKind, Section as Outlined, SectionSource};
use crate::parse::vocabulary::{HeadingRole, LabelRole, Vocabulary};
use crate::words::trimmed;

/// A root cause or resolution longer than this is cut where it is kept as text.
const MAX_TEXT: usize = 16_000;

/// Characters of the longest words for what nobody knows yet.
const LONGEST_NOTHING: usize = 40;

pub(super) fn extract(source: &Source<'_>, document: &mut Document) {
    let outline = source.outline;
    document.sections.reserve(outline.sections.len());
    for section in outline.sections.iter().filter(|section| section.source == SectionSource::Heading) {
        document.sections.push(Section {
            title: in_one_line(trimmed(&outline.plain[section.title.clone()])).into_owned(),
            level: section.level,
            line: section.line,
            span: Span::new(section.src.start, section.src.end),
            role: role(section),
            prevention: section.own.has(HeadingRole::Prevention),
            verification: section.own.has(HeadingRole::Verification),
        });
    }
    root_cause(source, document);
    resolution(source, document);
}

/// Reads the root cause: the first section that is called one and says something, the contributing factors only where no
/// other does, or else a label.
fn root_cause(source: &Source<'_>, document: &mut Document) {
    let named = || source.outline.sections.iter().filter(|section| section.own.has(HeadingRole::RootCause));
    let contributes = |section: &Outlined| Vocabulary::get().contributing.first(&section.folded).is_some();
    // Lines of code alone tell no cause where other words do.
    let in_words = |section: &&Outlined| {
        let blocks = &source.outline.blocks[section.blocks.clone()];
        blocks.iter().any(|it| !matches!(it.kind, BlockKind::Heading(_) | BlockKind::Code))
    };
    let telling = || named().filter(|section| tells(source, section));
    let first = telling().find(|section| !contributes(section) && in_words(section)).or_else(|| telling().next());
    let label = source.labelled(LabelRole::RootCause).find(|label| label.value.len() > 2 && !says_nothing(label.value));
    // The text of a label may stand in the line below it, but an empty item of a form says nothing.
    let said = |label: &Labelled<'_>| match label.value {
        "" => label.origin.kind != OriginKind::List,
        value => !says_nothing(value),
    };
    document.has_root_cause = first.is_some() || source.labelled(LabelRole::RootCause).any(said);
    document.root_cause = match (first.filter(|section| section.level > 1 || !is_only_h1(source, section)), label) {
        (Some(section), _) => text_of(source, section),
        (None, Some(label)) => Some(Extracted::new(label.value.to_owned(), label.value, label.origin)),
        (None, None) => None,
    };
}

/// Tells whether a section says something: not where it is empty or of questions, and not `TBD` or `still under
/// investigation`.
pub(super) fn tells(source: &Source<'_>, section: &Outlined) -> bool {
    let outline = source.outline;
    let mut told = outline.blocks[section.blocks.clone()].iter().filter(|it| !matches!(it.kind, BlockKind::Heading(_)));
    let only = told.next().filter(|_| told.next().is_none());
    let is_blank = |block: &Block| block.kind != BlockKind::Code && says_nothing(outline.text(block));
    holds_text(source, section) && !(section.source == SectionSource::Heading && only.is_some_and(is_blank))
}

/// `n/a`, `To be determined.`
fn says_nothing(text: &str) -> bool {
    let text = text.trim().trim_matches(['*', '_', '`']).trim_end_matches(['.', '…', '!', '?', '。']);
    text.chars().count() <= LONGEST_NOTHING
        && (Vocabulary::get().says_nothing(text) || !text.contains(char::is_alphanumeric))
}

/// Tells whether more than headings stands in a section: neither an empty one nor the questions of a draft say anything.
fn holds_text(source: &Source<'_>, section: &Outlined) -> bool {
    let blocks = &source.outline.blocks[section.blocks.clone()];
    section.source != SectionSource::Heading || blocks.iter().any(|it| !matches!(it.kind, BlockKind::Heading(_)))
}

fn is_only_h1(source: &Source<'_>, section: &Outlined) -> bool {
    section.level == 1 && source.outline.sections.iter().filter(|other| other.level == 1).count() == 1
}

fn resolution(source: &Source<'_>, document: &mut Document) {
    let outline = source.outline;
    let is_fix = |section: &&Outlined| {
        section.own.has(HeadingRole::Resolution)
            && !is_only_h1(source, section)
            && !section.own.has(HeadingRole::Verification)
            && !section.own.has(HeadingRole::Lessons)
    };
    // What is recommended is no fix yet.
    let planned = |section: &&Outlined| section.own.has(HeadingRole::Actions);
    let fixes = || outline.sections.iter().filter(is_fix);
    let telling = || fixes().filter(|section| tells(source, section));
    let Some(section) = telling().find(|section| !planned(section)).or_else(|| telling().next()) else {
        // `# Fix: slow queries` names the document.
        let title = document.title.as_ref().map_or(0, |title| title.origin.line);
        let titled = |label: &Labelled<'_>| label.origin.kind == OriginKind::Heading && label.origin.line == title;
        let how = |label: &&Labelled<'_>| {
            !titled(label) && (!label.means(LabelRole::Owners) || !super::lists::is_name(label.value))
        };
        let label = source.labelled(LabelRole::Resolution).filter(how).find(|label| label.value.len() > 3);
        document.resolution = label.map(|label| Extracted::new(label.value.to_owned(), label.value, label.origin));
        return;
    };
    document.resolution = text_of(source, section);
    document.commands = commands(source, section);
}

/// Returns the commands in the code blocks of a section.
pub(super) fn commands(source: &Source<'_>, section: &Outlined) -> Vec<Command> {
    let outline = source.outline;
    let code = outline.blocks[section.blocks.clone()].iter().filter(|block| block.kind == BlockKind::Code);
    let command = |block: &Block| {
        let language = outline.text(block).split_whitespace().next().unwrap_or_default().to_owned();
        let text = code_text(source.text, block.src.clone());
        (!language.is_empty() || reads_as_command(&text)).then_some(Command { language, text, line: block.line })
    };
    code.filter(|block| holds_commands(outline.text(block))).filter_map(command).collect()
}

/// A block of configuration or of a program is no command.
fn holds_commands(info: &str) -> bool {
    let language = info.split([' ', ',', '{']).next().unwrap_or_default().to_ascii_lowercase();
    matches!(
        language.as_str(),
        "" | "bash"
            | "sh"
            | "shell"
            | "zsh"
            | "fish"
            | "console"
            | "shell-session"
            | "terminal"
            | "cmd"
            | "bat"
            | "powershell"
            | "pwsh"
            | "ps1"
            | "sql"
            | "psql"
            | "mysql"
            | "redis"
    )
}

/// Whether a block that names no language begins with a command: a prompt, a statement, or a program and what it is
/// given. A log begins with a time or a level, its figures stand behind `=` or `:`.
fn reads_as_command(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let Some(line) = lines.into_iter().find(|line| !line.starts_with(['#', '-'])) else { return false };
    if line.starts_with(['$', '>', '%']) {
        return true;
    }
    let (program, rest) = line.split_once(' ').unwrap_or((line, ""));
    let bytes = program.as_bytes();
    let named = bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"._-/~".contains(byte));
    let statement = matches!(
        program,
        "SELECT" | "UPDATE" | "INSERT" | "DELETE" | "ALTER" | "CREATE" | "DROP" | "SHOW" | "SET" | "GRANT" | "BEGIN"
    );
    statement
        || (named
            && bytes.first().is_some_and(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'/' | b'~'))
            && !rest.trim_start().starts_with(['=', ':', '|', '✗', '✓', '→']))
        // `NAME=value command`
        || (program.contains('=') && !rest.is_empty() && bytes.first().is_some_and(u8::is_ascii_uppercase))
}

/// Returns the Markdown of a section below its heading.
pub(super) fn text_of(source: &Source<'_>, section: &Outlined) -> Option<Extracted<String>> {
    if !holds_text(source, section) {
        return None;
    }
    let start = match section.source {
        SectionSource::Item => section.src.start,
        _ => source.outline.blocks[section.blocks.start].src.end,
    };
    let mut end = section.src.end.min(start + MAX_TEXT);
    while !source.text.is_char_boundary(end) {
        end -= 1;
    }
    let text = source.text.get(start..end)?.trim().trim_end_matches("---").trim_end();
    let kind = match section.source {
        SectionSource::Heading => OriginKind::Heading,
        SectionSource::Item => OriginKind::List,
        _ => OriginKind::Label,
    };
    let origin = Origin::at(kind, section.line, Span::new(section.src.start, section.src.end));
    (!text.is_empty()).then(|| Extracted::new(text.to_owned(), "", origin))
}

/// Takes the marks of `quotes` quotations off every line but the first, where they stand outside.
fn unquoted(block: &str, quotes: usize) -> Cow<'_, str> {
    if quotes == 0 {
        return Cow::Borrowed(block);
    }
    let bare = |line: &str| {
        let strip = |line: &str, _| line.trim_start_matches(' ').strip_prefix('>').unwrap_or(line).to_owned();
        let bare = (0..quotes).fold(line.to_owned(), |line, at| strip(&line, at));
        bare.strip_prefix(' ').map(str::to_owned).unwrap_or(bare)
    };
    let mut lines = block.split('\n');
    let first = lines.next().unwrap_or_default().to_owned();
    Cow::Owned(std::iter::once(first).chain(lines.map(bare)).collect::<Vec<_>>().join("\n"))
}

/// Returns the text between the fences, without the indentation that the fence has.
fn code_text(text: &str, src: std::ops::Range<usize>) -> String {
    let line = text[..src.start].rfind('\n').map_or(0, |at| at + 1);
    let column = src.start - line;
    let quotes = text[line..src.start].matches('>').count();
    let block = &unquoted(&text[src], quotes);
    let fenced = block.trim_start().starts_with(['`', '~']);
    let indent = column + block.len() - block.trim_start_matches(' ').len();
    let mut lines: Vec<&str> = block.lines().collect();
    if fenced {
        lines.remove(0);
        if lines.last().is_some_and(|line| line.trim().chars().all(|c| matches!(c, '`' | '~')) && line.trim().len() > 2)
        {
            lines.pop();
        }
    }
    let dedented = lines.iter().map(|line| {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        &line[spaces.min(if fenced { indent } else { 4 })..]
    });
    dedented.collect::<Vec<_>>().join("\n")
}

fn role(section: &Outlined) -> Option<SectionRole> {
    let roles = section.own;
    [
        (HeadingRole::Timeline, SectionRole::Timeline),
        (HeadingRole::RootCause, SectionRole::RootCause),
        (HeadingRole::Lessons, SectionRole::Lessons),
        (HeadingRole::Actions, SectionRole::Actions),
        (HeadingRole::Resolution, SectionRole::Resolution),
        (HeadingRole::Impact, SectionRole::Impact),
        (HeadingRole::References, SectionRole::References),
        (HeadingRole::Summary, SectionRole::Summary),
    ]
    .into_iter()
    .find(|(role, _)| roles.has(*role))
    .map(|(_, role)| role)
}
