//! Answers that are not too long: what is cut, and that it was.

use serde_json::{Map, Value};

/// Most bytes of an answer.
pub(super) const MOST: usize = 60_000;
/// Most members of an object that is cut; our own have fewer.
const MEMBERS: usize = 60;
/// How much of a text, in characters, and of a list is left, tried one behind the other.
const ROUNDS: [(usize, usize); 6] = [(12_000, 200), (4_000, 100), (1_500, 50), (600, 20), (200, 10), (60, 3)];

/// Cuts `value` down to `most` bytes, first the end of `list`, a member of it; says what was cut, as far as that suffices.
pub(super) fn fit(value: &mut Value, list: Option<&str>, most: usize) -> Vec<String> {
    let mut cut = Vec::new();
    if size(value) <= most {
        return cut;
    }
    for (characters, items) in ROUNDS {
        cut.clear();
        let mut shorter = value.clone();
        shorten(&mut shorter, "", list, (characters, items), &mut cut);
        if let Some(list) = list {
            end_list(&mut shorter, list, most, &mut cut);
        }
        if size(&shorter) <= most {
            *value = shorter;
            return cut;
        }
    }
    cut
}

/// Returns the bytes of `value` as JSON.
pub(super) fn size(value: &Value) -> usize {
    serde_json::to_string(value).map_or(usize::MAX, |text| text.len())
}

/// Takes away the end of `list` where it is too long; the first item stays.
fn end_list(value: &mut Value, list: &str, most: usize, cut: &mut Vec<String>) {
    let all = size(value);
    let Some(Value::Array(items)) = value.get_mut(list) else { return };
    let sizes: Vec<usize> = items.iter().map(|item| size(item) + 1).collect();
    let mut left = most.saturating_sub(all.saturating_sub(sizes.iter().sum()));
    let fits = |size: &&usize| {
        left = left.saturating_sub(**size);
        left > 0
    };
    let shown = sizes.iter().take_while(fits).count().max(1);
    if shown < items.len() {
        cut.push(format!("{list}: {shown} of {} shown", items.len()));
        items.truncate(shown);
    }
}

fn shorten(value: &mut Value, at: &str, list: Option<&str>, most: (usize, usize), cut: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let Some((end, _)) = text.char_indices().nth(most.0) else { return };
            cut.push(format!("{at}: {} of {} characters shown", most.0, text.chars().count()));
            text.truncate(end);
            text.push_str(" […]");
        }
        Value::Array(items) => {
            if items.len() > most.1 && list != Some(at) {
                cut.push(format!("{at}: {} of {} shown", most.1, items.len()));
                items.truncate(most.1);
            }
            let of = |place: usize| format!("{at}[{place}]");
            items.iter_mut().enumerate().for_each(|(place, item)| shorten(item, &of(place), list, most, cut));
        }
        Value::Object(members) => {
            if members.len() > MEMBERS {
                cut.push(format!("{at}: {MEMBERS} of {} members shown", members.len()));
                *members = std::mem::take(members).into_iter().take(MEMBERS).collect::<Map<_, _>>();
            }
            let of = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
            members.iter_mut().for_each(|(name, member)| shorten(member, &of(name), list, most, cut));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Returns the part of `text` that begins `offset` characters on and takes at most `most` bytes as JSON, to the end of a
/// line where there is one, and the place in characters where the next part begins, if anything is left.
pub(super) fn window(text: &str, offset: usize, most: usize) -> (&str, Option<usize>) {
    let start = text.char_indices().nth(offset).map_or(text.len(), |(at, _)| at);
    let rest = &text[start..];
    let (mut taken, mut end, mut line_end) = (0, rest.len(), None);
    for (at, c) in rest.char_indices() {
        taken += match c {
            '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
            c if c.is_control() => 6,
            c => c.len_utf8(),
        };
        if taken > most {
            end = line_end.unwrap_or(at);
            break;
        }
        if c == '\n' {
            line_end = Some(at + 1);
        }
    }
    let part = &rest[..end];
    let next = (end < rest.len()).then(|| offset + part.chars().count());
    (part, next)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_short_enough_stays_as_it_is() {
        let mut value = json!({ "hits": ["a", "b"] });
        assert_eq!(fit(&mut value, Some("hits"), MOST), Vec::<String>::new());
        assert_eq!(value, json!({ "hits": ["a", "b"] }));
    }

    #[test]
    fn the_end_of_the_list_goes_first_and_then_the_ends_of_texts() {
        let mut value = json!({ "total": 9, "hits": vec!["x".repeat(100); 9] });
        assert_eq!(fit(&mut value, Some("hits"), 400), ["hits: 3 of 9 shown"]);
        assert!(size(&value) <= 400 && value["hits"][2] == "x".repeat(100), "{value}");
        let mut value = json!({ "hits": [{ "text": "é".repeat(100_000), "other": vec![1; 5_000] }, 2] });
        let cut = fit(&mut value, Some("hits"), 1_000);
        assert_eq!(cut[0], "hits[0].other: 10 of 5000 shown", "{cut:?}");
        assert_eq!(cut[1], "hits[0].text: 200 of 100000 characters shown");
        assert!(size(&value) <= 1_000, "{value}");
    }

    #[test]
    fn a_text_is_given_in_parts_that_give_it_whole() {
        let text = "one\ntwo \"é\"\n\u{1}three and a long line without end".repeat(20);
        for most in [8, 13, 60, 100_000] {
            let (mut whole, mut next) = (String::new(), Some(0));
            while let Some(offset) = next {
                let (part, more) = window(&text, offset, most);
                assert!(size(&part.into()) <= most + 2, "{most}: {part:?}");
                whole.push_str(part);
                next = more;
            }
            assert_eq!(whole, text, "{most}");
        }
        assert_eq!(window("one\ntwo\nthree", 0, 9), ("one\n", Some(4)));
        assert_eq!(window("one", 7, 10), ("", None));
    }
}
