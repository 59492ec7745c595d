//! What a word of an action item is: a person, a priority, a ticket; and where a label ends.

use crate::parse::vocabulary::{Vocabulary, fold};

/// `@name`
pub(super) fn is_handle(word: &str) -> bool {
    word.strip_prefix('@').is_some_and(|name| {
        !name.is_empty()
            && name.len() <= 40
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))
    })
}

/// A name in brackets: capitalised words, a handle, or the one word of a team (`[data-eng]`).
pub(super) fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let plain = text.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '_' | ' ' | '@' | '.' | '\''));
    let said = || {
        let (folded, words_of) = (fold(text), Vocabulary::get());
        words_of.not_names.contains(folded.as_str())
            || words_of.nothing.contains(folded.as_str())
            || words_of.item_state(&folded).is_some()
    };
    let capital = text.chars().next().is_some_and(|c| c.is_uppercase() || c == '@');
    plain && text.len() <= 40 && (words == 1 || (words <= 3 && capital)) && !said()
}

/// `name@example.org`
pub(super) fn is_mail(word: &str) -> bool {
    let Some(at) = memchr::memchr(b'@', word.as_bytes()) else { return false };
    let is_address = || memchr::memchr(b':', word.as_bytes()).is_some() && word.contains("://");
    at > 0 && word[at..].contains('.') && !word.contains(' ') && !is_address()
}

/// `P1`, `#high`
pub(super) fn is_priority(word: &str) -> bool {
    let word = word.trim_start_matches('#');
    let bytes = word.as_bytes();
    (bytes.len() == 2 && bytes[0].eq_ignore_ascii_case(&b'p') && bytes[1].is_ascii_digit())
        || ["high", "medium", "low", "critical"].iter().any(|level| word.eq_ignore_ascii_case(level))
}

/// `INFRA-9068`: capitals, a hyphen, digits.
pub(super) fn is_ticket_key(word: &str) -> bool {
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) || !word.ends_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let Some((project, number)) = word.split_once('-') else { return false };
    (2..=12).contains(&project.len())
        && project.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && project.as_bytes()[0].is_ascii_uppercase()
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && !matches!(project, "CVE" | "UTF" | "SHA" | "ISO" | "RFC" | "AES" | "GPT" | "TLS")
}

/// `#123`
pub(super) fn is_issue_number(word: &str) -> bool {
    word.strip_prefix('#')
        .is_some_and(|number| (1..=7).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()))
}

/// An address in a tracker of issues.
pub(super) fn is_ticket_url(url: &str) -> bool {
    url.starts_with("http")
        && ["/issues/", "/pull/", "/merge_requests/", "/browse/", "/issue/", "/ticket", "/pulls/"]
            .iter()
            .any(|it| url.contains(it))
}

/// Splits a text at its first colon, of ASCII or of full width.
pub(super) fn split_at_colon(text: &str) -> Option<(&str, &str)> {
    split_at_near_colon(text, text.len())
}

/// The same where no more than `longest` bytes stand before the colon.
pub(super) fn split_at_near_colon(text: &str, longest: usize) -> Option<(&str, &str)> {
    const WIDE: &str = "：";
    let near = &text.as_bytes()[..text.len().min(longest.saturating_add(1))];
    memchr::memchr2_iter(b':', WIDE.as_bytes()[0], near).find_map(|at| {
        let behind = text[at..].strip_prefix(':').or_else(|| text[at..].strip_prefix(WIDE))?;
        Some((&text[..at], behind))
    })
}

/// Splits a text at its last opening bracket, of ASCII or of full width.
pub(super) fn split_at_last_bracket(text: &str) -> Option<(&str, &str)> {
    const WIDE: &str = "（";
    memchr::memrchr2_iter(b'(', WIDE.as_bytes()[0], text.as_bytes()).find_map(|at| {
        let behind = text[at..].strip_prefix('(').or_else(|| text[at..].strip_prefix(WIDE))?;
        Some((&text[..at], behind))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_colon_of_either_width_splits() {
        assert_eq!(split_at_colon("Owner: a：b"), Some(("Owner", " a：b")));
        assert_eq!(split_at_colon("担当：a:b"), Some(("担当", "a:b")));
        // Its first byte is also that of other characters.
        assert_eq!(split_at_colon("ｏｗｎｅｒ，：x"), Some(("ｏｗｎｅｒ，", "x")));
        assert_eq!(split_at_colon("ｏｗｎｅｒ"), None);
        assert_eq!(split_at_near_colon("Owner: a", 5), Some(("Owner", " a")));
        assert_eq!(split_at_near_colon("Owner: a", 4), None);
    }

    #[test]
    fn the_last_bracket_of_either_width_splits() {
        assert_eq!(split_at_last_bracket("a (b) (c"), Some(("a (b) ", "c")));
        assert_eq!(split_at_last_bracket("見直す（担当"), Some(("見直す", "担当")));
        assert_eq!(split_at_last_bracket("a（b，c"), Some(("a", "b，c")));
        assert_eq!(split_at_last_bracket("a) ，"), None);
    }

    #[test]
    fn mails_and_tickets_are_told_from_others() {
        assert!(["a@b.c", "a@b.c:1"].iter().all(|word| is_mail(word)));
        assert!(!["@b.c", "a@b", "a b@c.d", "x://a@b.c", "a.b"].iter().any(|word| is_mail(word)));
        assert!(is_ticket_key("INFRA-9068") && !is_ticket_key("INFRA-9068a") && !is_ticket_key("-1"));
    }
}
