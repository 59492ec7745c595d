//! Anchors: the names by which links lead to headings.

/// Returns the anchor that code hosts give a heading: lower case, blanks as `-`, other signs dropped; empty for a
/// heading without letters and digits.
#[must_use]
pub fn anchor_of(heading: &str) -> String {
    let mut anchor = String::with_capacity(heading.len());
    for c in heading.trim().chars() {
        match c {
            ' ' | '-' => anchor.push('-'),
            '_' => anchor.push('_'),
            c if c.is_alphanumeric() => anchor.extend(c.to_lowercase()),
            _ => {}
        }
    }
    anchor
}
