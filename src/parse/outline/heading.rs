//! What the words of a heading say.

use std::rc::Rc;

use crate::parse::vocabulary::{HeadingRole, Memo, RoleSet, Vocabulary, fold_into, without_number};

/// What a heading says, wherever it stands.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    /// The heading, folded.
    pub(super) folded: Rc<str>,
    /// What its section is about.
    pub(super) roles: RoleSet,
    /// What its section is about where it stands behind others, if it says nothing by itself.
    pub(super) by_place: RoleSet,
    /// What it means as the label of a value.
    pub(super) label: RoleSet,
    /// It is nothing but a word for a block of facts.
    pub(super) names_facts: bool,
}

thread_local! {
    static KNOWN: Memo<Heading> = const { Memo::new() };
}

impl Heading {
    /// Reads the heading `title`.
    pub(super) fn of(title: &str) -> Self {
        KNOWN.with(|known| known.get(title, Self::read))
    }

    fn read(title: &str) -> Self {
        let words = Vocabulary::get();
        let mut folded = String::new();
        fold_into(title, &mut folded);
        let unnumbered = without_number(&folded);
        let names_facts = words.may_be_heading(unnumbered)
            && words.headings.whole(unnumbered).any(|role| role == HeadingRole::Metadata);
        let (roles, label) = (roles(title, &folded), words.label(unnumbered));
        let by_place = if roles.is_empty() { by_place(title, unnumbered) } else { RoleSet::NONE };
        Self { folded: folded.into(), roles, by_place, label, names_facts }
    }
}

/// Returns what a heading says; a plan of when to do what (`Recommended timeline`) is neither timeline nor actions.
///
/// What stands in brackets only qualifies (`Low Priority (Nice to Have)`).
fn roles(title: &str, folded: &str) -> RoleSet {
    if names_file(title) {
        return RoleSet::NONE;
    }
    let words = Vocabulary::get();
    let own = match bracketed(title) {
        Some((before, inner, behind)) => {
            let mut outside = String::new();
            fold_into(before, &mut outside);
            outside.push(' ');
            fold_into(behind, &mut outside);
            let outside = words.heading(outside.trim_end());
            if outside.is_empty() { translated(before, inner) } else { outside }
        }
        None => words.heading(folded),
    };
    if own.has(HeadingRole::Timeline) && own.has(HeadingRole::Actions) {
        return own.without(HeadingRole::Actions).without(HeadingRole::Timeline);
    }
    own
}

/// Returns what stands before, in and behind the brackets of a heading.
fn bracketed(title: &str) -> Option<(&str, &str, &str)> {
    let pair = |open: char, close: char| {
        let at = title.rfind(close)?;
        let from = title[..at].find(open).filter(|from| *from > 0)?;
        Some((&title[..from], &title[from + open.len_utf8()..at], &title[at + close.len_utf8()..]))
    };
    pair('(', ')').or_else(|| if title.is_ascii() { None } else { pair('（', '）') })
}

/// Whether a heading is the name of a file (`2. fix_open_tasks.sh`), with no more than a word behind it.
fn names_file(title: &str) -> bool {
    if memchr::memchr(b'.', title.as_bytes()).is_none() {
        return false;
    }
    let mut words = title.split_whitespace().filter(|word| word.contains(char::is_alphabetic));
    let file = words.next().unwrap_or_default().trim_matches(['`', ':']);
    let named = file.rsplit_once('.').is_some_and(|(stem, extension)| {
        stem.contains(['_', '-', '/'])
            && (1..=5).contains(&extension.len())
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    named && words.count() <= 1
}

/// Returns what a heading says by its place; what stands in brackets only qualifies.
fn by_place(title: &str, folded: &str) -> RoleSet {
    let words = Vocabulary::get();
    let mut outside = String::new();
    let name = match title.split_once('(') {
        Some((name, _)) if words.may_be_placed(name) => {
            fold_into(name, &mut outside);
            without_number(outside.trim_end())
        }
        None if words.may_be_placed(folded) => folded,
        _ => return RoleSet::NONE,
    };
    let roles = words.headings_by_place.whole(name);
    roles.fold(RoleSet::NONE, |set, role| set.with(RoleSet::heading(role)))
}

/// Returns what the brackets of a heading say where they name a section: `สาเหตุหลัก (Root Cause)`. Beside words of the
/// same script they may as well say how much an action matters (`Low priority (nice to have)`).
fn translated(name: &str, inner: &str) -> RoleSet {
    let mut folded = String::new();
    fold_into(inner, &mut folded);
    let says = Vocabulary::get().headings.whole(&folded).filter(|role| *role != HeadingRole::Name);
    let roles = says.fold(RoleSet::NONE, |set, role| set.with(RoleSet::heading(role)));
    if name.is_ascii() { roles.without(HeadingRole::Actions) } else { roles }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::vocabulary::LabelRole;

    #[test]
    fn a_heading_says_the_same_each_time() {
        let long = "Timeline of everything that anybody did between Monday and the end of the year";
        for title in ["Timeline", "TIMELINE", "2.1 Severity", "สาเหตุหลัก (Root Cause)", "", long] {
            let (first, again, read) = (Heading::of(title), Heading::of(title), Heading::read(title));
            for other in [&again, &read] {
                assert_eq!((&first.folded, first.roles, first.label), (&other.folded, other.roles, other.label));
                assert_eq!(first.names_facts, other.names_facts);
            }
        }
        assert!(Heading::of("2.1 Severity").label.means(LabelRole::Severity));
        assert!(Heading::of("TIMELINE").roles.has(HeadingRole::Timeline));
    }

    #[test]
    fn a_file_says_nothing_by_its_name() {
        for title in ["fix_open_tasks.sh", "2. `fix_open_tasks.sh`", "docs/next-steps.md (new)"] {
            assert!(Heading::of(title).roles.is_empty(), "{title}");
        }
        for title in ["Next.js follow-ups", "2.1 Next steps", "Action items for app-core.io and others"] {
            assert!(Heading::of(title).roles.has(HeadingRole::Actions), "{title}");
        }
    }
}
