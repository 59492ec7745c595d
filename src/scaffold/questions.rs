//! The questions that helped in an earlier incident: those that its document asks in its headings.

use crate::model::{Document, question_of};

/// Questions taken from one document.
const MAX_QUESTIONS: usize = 8;
/// Words that begin a question.
const WORDS: [&str; 12] =
    ["why", "how", "what", "who", "when", "where", "which", "warum", "wie", "was", "por", "pourquoi"];
/// Headings of any report, which ask nothing of this incident in particular.
const COMMON: [&str; 16] = [
    "what happened",
    "what went well",
    "what went wrong",
    "what went badly",
    "what went poorly",
    "what could be improved",
    "what could have gone better",
    "what didn't go well",
    "what worked",
    "what didn't work",
    "what we learned",
    "where we got lucky",
    "where else",
    "how it was noticed",
    "how it was fixed",
    "what we did",
];

/// Returns the questions that the headings of `document` ask, as sentences.
#[must_use]
pub(crate) fn questions_of(document: &Document) -> Vec<String> {
    let mut questions: Vec<String> = Vec::new();
    for section in document.sections.iter().filter(|section| section.level > 1) {
        let title = section.title.trim().trim_end_matches(['?', '.', ':']).trim();
        let lower = title.to_lowercase();
        let first = lower.split_whitespace().next().unwrap_or_default();
        let asks = section.title.trim_end().ends_with('?') || WORDS.contains(&first);
        let known = questions.iter().any(|it| it.trim_end_matches('?').eq_ignore_ascii_case(title));
        if asks && !known && !COMMON.contains(&lower.as_str()) && title.split_whitespace().count() > 2 {
            questions.push(format!("{title}?"));
        }
    }
    questions.truncate(MAX_QUESTIONS);
    questions
}

/// Returns the questions of a draft that nobody has answered yet, with their lines, counted from 1.
#[must_use]
pub(crate) fn open_questions(text: &str) -> Vec<(usize, &str)> {
    text.lines().enumerate().filter_map(|(at, line)| Some((at + 1, question_of(line)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{ParseOptions, parse};

    #[test]
    fn headings_that_ask_are_questions() {
        let text = "# Why did it fail\n\n## What happened\n\nx\n\n## Why was nobody paged?\n\nx\n\n\
                    ### Why the work of 2024 was not done\n\nx\n\n## Impact\n\nx\n";
        let document = parse("a.md", text.as_bytes(), &ParseOptions::default()).document;
        assert_eq!(questions_of(&document), ["Why was nobody paged?", "Why the work of 2024 was not done?"]);
    }

    #[test]
    fn open_questions_are_found_with_their_lines() {
        assert_eq!(open_questions("a\n> ? Who?\n> b\n> ? When?\n"), [(2, "Who?"), (4, "When?")]);
    }
}
