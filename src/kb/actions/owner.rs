//! Whether the owner of an action item is whom somebody asks for.

use crate::index::{folded, name_words};

/// Shorter family names stand at the end of too many handles.
const SHORTEST: usize = 4;

/// Tells whether the name, or a word of it, is the one asked for; a handle also stands for the family name behind an initial:
/// `@phalloran` is `halloran` and `Priya Halloran`, and no other Halloran.
pub(in crate::kb) fn is_named(owner: &str, name: &str) -> bool {
    let (plain_owner, plain_name) = (plain(owner), plain(name));
    !plain_owner.is_empty()
        && (plain_owner == plain_name
            || name_words(&plain_owner).any(|word| word == plain_name)
            || (owner.trim().starts_with('@') && stands_for(&plain_owner, &plain_name)))
}

/// Tells whether a handle is an initial and the family name of `name`.
fn stands_for(handle: &str, name: &str) -> bool {
    let mut letters = handle.chars();
    let Some(initial) = letters.next() else { return false };
    let (first, family) = name.rsplit_once(' ').map_or((None, name), |(first, family)| (Some(first), family));
    letters.as_str() == family
        && family.chars().count() >= SHORTEST
        && family.chars().all(char::is_alphabetic)
        && first.is_none_or(|first| first.starts_with(initial))
}

/// Returns a name as names are compared.
pub(super) fn plain(name: &str) -> String {
    folded(name.trim().trim_start_matches('@'))
}

#[cfg(test)]
mod tests {
    use super::is_named;

    #[test]
    fn a_handle_stands_for_the_family_name_behind_its_initial() {
        for name in ["halloran", "Halloran", "@phalloran", "PHalloran", "Priya Halloran"] {
            assert!(is_named("@phalloran", name), "{name}");
        }
        for (owner, name) in [
            ("@phalloran", "Tomasz Halloran"),
            ("@phalloran", "oran"),
            ("@phalloran", "phal"),
            ("phalloran", "halloran"),
            ("@arosa", "osa"),
            ("@alee", "lee"),
            ("@", "halloran"),
        ] {
            assert!(!is_named(owner, name), "{owner} {name}");
        }
        assert!(is_named("Priya Halloran", "halloran") && is_named("@li.wong", "wong"));
    }
}
