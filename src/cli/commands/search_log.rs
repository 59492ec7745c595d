//! `ris search --log`: "seen before, fixed by this" for a pasted error or log.

use serde_json::json;

use crate::cli::Context;
use crate::cli::error::{CommandError, Ended};
use crate::cli::facts::summary_line;
use crate::cli::hits::{clip, highlight, place};
use crate::cli::markdown::{self, CodeLayout};
use crate::cli::paths::PathView;
use crate::cli::text::{Line, Style};
use crate::cli::wrap::{wrap, wrap_hanging};
use crate::kb::{KnowledgeBase, LogHit, LogRequest, LogResults};
use crate::model::shell_path;

/// Lines of a resolution that are shown before the reader is sent to the document.
const RESOLUTION_LINES: usize = 48;
/// Lines that the message may take where the document has it.
const PASSAGE_LINES: usize = 2;
/// Shared words that are named.
const SHARED_WORDS: usize = 8;

/// Answers for a log.
pub(super) fn run(context: &mut Context, kb: &KnowledgeBase, request: &LogRequest) -> Result<Ended, CommandError> {
    let results = kb.search_log(request)?;
    for notice in &results.notices {
        context.ui.notice(notice);
    }
    if context.ui.is_json() {
        context
            .ui
            .json(&json!({"schema": 1, "words": results.words, "hits": results.hits, "notices": results.notices}))?;
    } else {
        let paths = PathView::new(kb.root(), &context.current_dir);
        print(context, &results, &paths)?;
    }
    if results.hits.is_empty() {
        if results.notices.is_empty() {
            context.ui.notice("No incident shares a telling word with this log.");
        }
        if !results.words.is_empty() {
            context.ui.notice(&format!("Looked for: {}", results.words.join(", ")));
        }
    }
    // What shares words with a message by chance is no answer.
    let is_seen = results.hits.first().is_some_and(|best| best.same_message);
    Ok(if is_seen { Ended::Done } else { Ended::No })
}

fn print(context: &mut Context, results: &LogResults, paths: &PathView) -> Result<(), CommandError> {
    let (best, others) = match results.hits.split_first() {
        Some((best, others)) if best.same_message => (Some(best), others),
        _ => (None, results.hits.as_slice()),
    };
    if let Some(best) = best {
        print_best(context, best, paths)?;
    }
    let (same, chance) = others.split_at(others.iter().take_while(|hit| hit.same_message).count());
    let chance_head = match best {
        Some(_) => Line::styled("These share words with it, which may be chance", Style::Dim),
        None => {
            let said = "No document quotes this message. These share words with it, which may be chance";
            Line::styled(said, Style::Warn)
        }
    };
    for (hits, head) in [(same, Line::styled("Seen here too", Style::Title)), (chance, chance_head)] {
        if hits.is_empty() {
            continue;
        }
        if best.is_some() {
            context.ui.blank()?;
        }
        context.ui.lines(&wrap_hanging(&head, context.ui.width(), 2))?;
        for hit in hits {
            context.ui.blank()?;
            print_candidate(context, hit, paths)?;
        }
    }
    Ok(())
}

fn print_best(context: &mut Context, best: &LogHit, paths: &PathView) -> Result<(), CommandError> {
    let is_open = best.hit.document.status.is_some_and(|status| !status.is_over());
    let (lead, style) = match &best.resolution {
        _ if is_open => ("This may be an open incident: ", Style::Warn),
        Some(_) => ("Seen before, fixed by this: ", Style::Good),
        None => ("Seen before: ", Style::Good),
    };
    let mut title = Line::styled(lead, style);
    title.append(highlight(&best.hit.title_snippet, Style::Title));
    let width = context.ui.width();
    context.ui.lines(&wrap_hanging(&title, width, 2))?;
    context.ui.line(&summary_line(&best.hit.document).indented(2))?;
    context.ui.line(&place(&best.hit, paths, width.saturating_sub(2)).indented(2))?;
    print_passage(context, best)?;
    print_shared(context, best)?;
    context.ui.blank()?;
    match &best.resolution {
        Some(resolution) => print_resolution(context, best, resolution, paths),
        None => print_no_way_out(context, best),
    }
}

/// Says that there are no steps, and why. The command stands on a line of its own, to be copied.
fn print_no_way_out(context: &mut Context, hit: &LogHit) -> Result<(), CommandError> {
    let said = if hit.fixes_elsewhere {
        "`ris` found no section on the fix of this one, only on those of other incidents in the document. All of it:"
    } else {
        "`ris` found no section on the fix. All of the document:"
    };
    let lines = wrap(&Line::plain(said), context.ui.width().saturating_sub(2));
    context.ui.lines(&lines.into_iter().map(|line| line.indented(2)).collect::<Vec<_>>())?;
    Ok(context.ui.line(&Line::styled(&format!("ris show {}", shell_path(key(hit))), Style::Code).indented(2))?)
}

/// Prints the line that has the message, so that whoever pasted it sees whether it is theirs.
fn print_passage(context: &mut Context, hit: &LogHit) -> Result<(), CommandError> {
    let Some(passage) = &hit.hit.passage else { return Ok(()) };
    let lines = wrap(&highlight(&passage.snippet, Style::Plain), context.ui.width().saturating_sub(2));
    Ok(context.ui.lines(&clip(lines, PASSAGE_LINES).into_iter().map(|line| line.indented(2)).collect::<Vec<_>>())?)
}

/// Returns what `ris show` finds the document of a hit by.
fn key(hit: &LogHit) -> &str {
    hit.hit.document.id.as_deref().unwrap_or(&hit.hit.document.path)
}

fn print_shared(context: &mut Context, hit: &LogHit) -> Result<(), CommandError> {
    let mut line = Line::styled("shares ", Style::Dim);
    for (at, word) in hit.shared.iter().take(SHARED_WORDS).enumerate() {
        line.push(if at == 0 { "" } else { ", " }, Style::Dim);
        line.push(word, Style::Match);
    }
    if let more @ 1.. = hit.shared.len().saturating_sub(SHARED_WORDS) {
        line.push(&format!(" and {more} more"), Style::Dim);
    }
    let width = context.ui.width().saturating_sub(2);
    let lines: Vec<Line> = wrap_hanging(&line, width, 7).into_iter().map(|line| line.indented(2)).collect();
    Ok(context.ui.lines(&lines)?)
}

/// Prints the resolution with its commands at the left edge, where a selection copies them alone; commands behind the
/// cut of a long resolution follow it.
fn print_resolution(
    context: &mut Context,
    hit: &LogHit,
    resolution: &str,
    paths: &PathView,
) -> Result<(), CommandError> {
    let width = context.ui.width();
    let path = hit.resolution_path.as_ref().unwrap_or(&hit.hit.document.path);
    let mut heading = Line::styled("Resolution", Style::Title);
    heading.push(&format!("  {}", paths.at(path, hit.resolution_line)), Style::Link);
    context.ui.line(&heading)?;
    context.ui.blank()?;
    let (shown, cut) = first_lines(resolution, RESOLUTION_LINES);
    context.ui.lines(&markdown::render(shown, width, CodeLayout::Copyable))?;
    if cut == 0 {
        return Ok(());
    }
    let key = hit.resolution_path.as_deref().unwrap_or_else(|| key(hit));
    context.ui.blank()?;
    context.ui.line(&Line::styled(&format!("… {cut} more lines:"), Style::Dim))?;
    context.ui.line(&Line::styled(&format!("ris show {}", shell_path(key)), Style::Code))?;
    let last_shown = hit.resolution_line as usize + shown.lines().count();
    for command in hit.commands.iter().filter(|command| command.line as usize > last_shown) {
        context.ui.blank()?;
        context.ui.line(&Line::styled(&paths.at(path, command.line), Style::Link))?;
        for line in command.text.lines() {
            context.ui.line(&Line::styled(&line.replace('\t', "    "), Style::Code))?;
        }
    }
    Ok(())
}

/// Returns the start of `markdown` up to the last blank line before line `most`, outside code, and the lines cut off.
fn first_lines(markdown: &str, most: usize) -> (&str, usize) {
    let total = markdown.lines().count();
    if total <= most {
        return (markdown, 0);
    }
    let (mut at, mut end, mut kept, mut in_code) = (0, 0, 0, false);
    for (number, line) in markdown.split_inclusive('\n').take(most).enumerate() {
        at += line.len();
        let text = line.trim_start();
        in_code ^= text.starts_with("```") || text.starts_with("~~~");
        if !in_code && text.trim().is_empty() {
            (end, kept) = (at, number + 1);
        }
    }
    (&markdown[..end], total - kept)
}

fn print_candidate(context: &mut Context, hit: &LogHit, paths: &PathView) -> Result<(), CommandError> {
    let width = context.ui.width();
    let title = highlight(&hit.hit.title_snippet, Style::Strong);
    context.ui.lines(&wrap_hanging(&title, width, 2))?;
    context.ui.line(&summary_line(&hit.hit.document).indented(2))?;
    let at =
        if hit.resolution_line > 0 { hit.resolution_line } else { hit.hit.passage.as_ref().map_or(0, |it| it.line) };
    let mut line = Line::styled(&paths.at(&hit.hit.document.path, at), Style::Link);
    if hit.resolution_line > 0 {
        line.push("  resolution", Style::Dim);
    }
    context.ui.line(&line.indented(2))?;
    if hit.same_message {
        print_passage(context, hit)?;
    }
    print_shared(context, hit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_resolution_is_cut_between_blocks() {
        let text = "a\n\n```sh\nb\n\nc\n```\n\nd\ne\n";
        assert_eq!(first_lines(text, 5), ("a\n\n", 8));
        assert_eq!(first_lines(text, 9), ("a\n\n```sh\nb\n\nc\n```\n\n", 2));
        assert_eq!(first_lines(text, 10), (text, 0));
    }
}
