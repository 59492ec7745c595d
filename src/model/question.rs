//! Questions in a draft: what nobody knows yet stands there as a question, never as invented prose.
//!
//! A question is a quoted line that begins with a question mark: `> ? Who noticed it first?`. Whoever answers it puts
//! the answer in its place. Nothing is read from a question: a section that holds only questions says nothing yet.

use std::borrow::Cow;

/// What a question begins with, inside its quotation.
pub const QUESTION_LEAD: &str = "? ";

/// Returns `text` written as a question of a draft, without a line end.
#[must_use]
pub fn question(text: &str) -> String {
    format!("> {QUESTION_LEAD}{}", text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Returns what `line` of a document asks, where it is a question of a draft.
#[must_use]
pub fn question_of(line: &str) -> Option<&str> {
    let quoted = line.trim_start().strip_prefix('>')?.trim_start();
    quoted.strip_prefix(QUESTION_LEAD).map(str::trim).filter(|text| !text.is_empty())
}

/// Tells whether a quote has nothing on this line.
#[must_use]
pub fn is_empty_quote(line: &str) -> bool {
    line.trim() == ">"
}

/// Returns `text` with blanks in the place of its questions, so that no byte moves: nobody searches for what a template
/// asks, and two drafts are not alike because they were made from one.
#[must_use]
pub fn without_questions(text: &str) -> Cow<'_, str> {
    if memchr::memmem::find(text.as_bytes(), b"> ? ").is_none() {
        return Cow::Borrowed(text);
    }
    let mut blanked = String::with_capacity(text.len());
    let mut after_question = false;
    for line in text.split_inclusive('\n') {
        // The empty line of the quote that keeps two questions apart goes with them.
        after_question = question_of(line).is_some() || (after_question && is_empty_quote(line));
        if after_question {
            let blank = |byte| if matches!(byte, b'\r' | b'\n') { char::from(byte) } else { ' ' };
            blanked.extend(line.bytes().map(blank));
        } else {
            blanked.push_str(line);
        }
    }
    Cow::Owned(blanked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_leave_blanks_of_their_length() {
        assert_eq!(without_questions("a\n> ? Wér?\r\nb > ? c"), "a\n         \r\nb > ? c");
        assert_eq!(without_questions("> ? a\n>\n> ? b\n\n> c\n>\n"), "     \n \n     \n\n> c\n>\n");
        assert!(matches!(without_questions("> a"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_question_is_read_as_it_was_written() {
        assert_eq!(question("Who noticed\n it?"), "> ? Who noticed it?");
        assert_eq!(question_of(&question("Who noticed it?")), Some("Who noticed it?"));
        assert_eq!(question_of("  >?no blank"), None);
        assert_eq!(question_of("> a quotation?"), None);
        assert_eq!(question_of("> ? "), None);
    }
}
