//! Passwords inside addresses: `postgres://user:password@host`.

use super::placeholder::is_placeholder;
use super::{Sensitive, SensitiveKind};

/// Looks at what follows `://`.
pub(super) fn look(text: &str, at: usize) -> Option<Sensitive> {
    // However long it is: the next `://` ends it at the latest.
    let rest = &text[at..];
    let end = rest.find(|c: char| {
        c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\'' | '`' | '<' | '>' | ',' | ')' | '|')
    });
    let authority = &rest[..end.unwrap_or(rest.len())];
    let (user, _) = authority.rsplit_once('@')?;
    let (name, password) = user.split_once(':')?;
    let is_template =
        |text: &str| text.contains(['{', '}', '$', '*', '[', ']']) || text.contains("%s") || text.contains("%(");
    let same = name.eq_ignore_ascii_case(password);
    let is_none = password.len() < 5 || same || is_template(password) || is_placeholder(password);
    let start = at + name.len() + 1;
    (!is_none).then(|| {
        Sensitive::new(SensitiveKind::ConnectionString, "a password in an address", start, start + password.len())
    })
}
