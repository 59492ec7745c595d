//! Several controls in one value: `CC7.3, CC7.4`, `164.308(a)(1)(ii)(D) and 164.312(b)`.

use super::Framework;
use super::reading;

/// Words that join the last control to those before it.
const AND: [&str; 8] = ["and", "und", "et", "y", "e", "en", "och", "og"];

/// So many bytes tell whether a text begins with a control: titles behind it do not matter.
const LONGEST: usize = 80;

/// Returns the controls that `text` names under the key `framework` of the compliance block: all of it, where there is no
/// place with a control on either side.
#[must_use]
pub(crate) fn each_control<'a>(framework: &str, text: &'a str) -> Vec<&'a str> {
    let stated = Framework::from_key(framework);
    if stated.is_none() && !framework.is_empty() {
        return vec![text];
    }
    let begins = |text: &str| begins_with_control(stated, text);
    let (mut found, mut from, mut depth) = (Vec::new(), 0, 0_i32);
    let mut joined = false;
    for (at, c) in text.char_indices() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        let begins_joint = is_joint(c) && !joined;
        joined = is_joint(c);
        if !begins_joint || depth > 0 || at < from {
            continue;
        }
        let rest = behind_joints(&text[at..]);
        let (before, next) = (&text[from..at], text.len() - rest.len());
        // Two ids with a blank between them; behind a title anything may stand.
        let is_blank = text[at..next].trim().is_empty();
        if begins(rest) && begins(before) && (!is_blank || is_only_a_control(before)) {
            found.push(before.trim());
            from = next;
        }
    }
    found.push(text[from..].trim());
    found
}

/// Tells whether nothing but one control stands in `text`: no title, no second one.
#[must_use]
pub(crate) fn is_only_a_control(text: &str) -> bool {
    let rest = reading::without_names(text).1;
    reading::id_token(rest).trim() == rest.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '`' | '*'))
}

fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '/' | '|' | '&' | '+' | '、' | '，' | '；')
}

fn behind_joints(text: &str) -> &str {
    let rest = text.trim_start_matches(is_joint);
    let behind = |and: &&str| rest.get(and.len()..).filter(|_| rest[..and.len()].eq_ignore_ascii_case(and));
    let behind = AND.iter().find_map(behind).filter(|behind| behind.starts_with(char::is_whitespace));
    behind.map_or(rest, str::trim_start)
}

/// Tells whether `text` begins with what can only be the id of a control.
fn begins_with_control(stated: Option<Framework>, text: &str) -> bool {
    let text = text.trim_start();
    let head = &text[..text.floor_char_boundary(LONGEST)];
    let is_control = |text: &str| {
        reading::read(stated, false, text).is_some_and(|it| {
            // `P1` is a priority as well, `2022` an edition.
            it.id.contains('.') || it.id.starts_with("CC") && it.id.len() > 2
        })
    };
    // `CC7.3/CC7.4` has no end of an id in it, nor has `ISO/IEC 27001`.
    let joint = head.find(|c: char| is_joint(c) && !c.is_whitespace());
    is_control(head) || joint.is_some_and(|at| is_control(&head[..at]))
}
