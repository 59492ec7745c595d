//! Questions in a draft: what nobody knows yet stands there as a question, never as invented prose.
//!
//! A question is a quoted line that begins with a question mark: `> ? Who noticed it first?`. Whoever answers it puts
//! the answer in its place. Nothing is read from a question: a section that holds only questions says nothing yet.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_read_as_it_was_written() {
        assert_eq!(question("Who noticed\n it?"), "> ? Who noticed it?");
        assert_eq!(question_of(&question("Who noticed it?")), Some("Who noticed it?"));
        assert_eq!(question_of("  >?no blank"), None);
        assert_eq!(question_of("> a quotation?"), None);
        assert_eq!(question_of("> ? "), None);
    }
}
