//! Looking a control up: known, replaced, too broad, or in no catalogue.

use super::catalogue::{Catalogue, Control, Framework};
use super::reading::{self, Reading, strip_prefix_folded};

/// Sections of 45 CFR Part 164 that exist but hold no control of the catalogue, and may be cited.
const OTHER_SECTIONS: [&str; 26] = [
    "164.102", "164.103", "164.104", "164.105", "164.106", "164.302", "164.304", "164.306", "164.318", "164.500",
    "164.501", "164.502", "164.504", "164.506", "164.508", "164.510", "164.512", "164.514", "164.520", "164.522",
    "164.524", "164.526", "164.528", "164.530", "164.532", "164.534",
];

/// Clauses of ISO/IEC 27001 itself, which are requirements but no controls of Annex A.
const CLAUSES: [&str; 28] = [
    "4.1", "4.2", "4.3", "4.4", "5.1", "5.2", "5.3", "6.1", "6.1.1", "6.1.2", "6.1.3", "6.2", "6.3", "7.1", "7.2",
    "7.3", "7.4", "7.5", "7.5.1", "7.5.2", "7.5.3", "8.1", "8.2", "8.3", "9.1", "9.2", "9.3", "10.1",
];

/// What is named where a control should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// A framework as a whole, or a part of the law.
    Whole,
    /// A family: `CC7`, `A.5`, a section such as `164.308`.
    Family,
    /// Some paragraphs of a section: `164.316(b)(2)`.
    Paragraphs,
}

/// What is known of a control as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// A control. `is_canonical` tells whether it is written as its framework writes it.
    Known {
        /// The control.
        control: &'static Control,
        /// Written as the framework writes it, or by another citation of the same paragraph.
        is_canonical: bool,
    },
    /// A control of an edition that is no longer in force.
    Superseded {
        /// Its id in that edition.
        id: &'static str,
        /// What took its place: one control, rarely two.
        by: Vec<&'static Control>,
    },
    /// More than one control.
    TooBroad {
        /// The framework.
        framework: Framework,
        /// How broad.
        group: Group,
        /// The controls in it, none for a whole framework.
        members: Vec<&'static Control>,
    },
    /// A framework's control that its catalogue does not have.
    Unknown {
        /// The framework.
        framework: Framework,
        /// The one most like it.
        nearest: Option<&'static Control>,
    },
    /// Something that exists but is no control of a catalogue (a clause, another section of the law), or belongs to a
    /// framework without a catalogue here.
    Unchecked,
}

/// Looks up a control as written under the key `framework` of the compliance block; the key may be empty.
#[must_use]
pub fn look_up(framework: &str, text: &str) -> Lookup {
    let stated = Framework::from_key(framework);
    if stated.is_none() && !framework.is_empty() {
        return Lookup::Unchecked;
    }
    find(stated, framework.contains("2013"), text)
}

/// Looks up a control of `framework`.
#[must_use]
pub(crate) fn look_up_in(framework: Framework, text: &str) -> Lookup {
    find(Some(framework), false, text)
}

fn find(stated: Option<Framework>, key_names_2013: bool, text: &str) -> Lookup {
    let catalogue = Catalogue::get();
    let plain = text.trim();
    // Most controls are written as in the catalogue, and none of those can be read in another way.
    let is_today = |it: &&Control| !key_names_2013 || it.framework != Framework::Iso27001;
    match catalogue.as_written(plain).filter(is_today) {
        Some(control) => Lookup::Known { control, is_canonical: true },
        None => find_read(catalogue, stated, key_names_2013, plain),
    }
}

/// Finds a control in any way of writing it.
fn find_read(catalogue: &'static Catalogue, stated: Option<Framework>, key_names_2013: bool, plain: &str) -> Lookup {
    if let Some(framework) = Framework::from_key(plain) {
        return Lookup::TooBroad { framework, group: Group::Whole, members: Vec::new() };
    }
    let Some(reading) = reading::read(stated, key_names_2013, plain) else {
        return stated.map_or(Lookup::Unchecked, |framework| Lookup::Unknown { framework, nearest: None });
    };
    if reading.framework == Framework::Iso27001
        && let Some(found) = iso(catalogue, &reading, plain)
    {
        return found;
    }
    if let Some(control) = catalogue.find(&reading.id).filter(|it| it.framework == reading.framework) {
        let is_canonical = plain == control.id || (control.framework == Framework::Hipaa && is_citation(plain));
        return Lookup::Known { control, is_canonical };
    }
    let members = members(catalogue, &reading);
    if !members.is_empty() {
        let paragraphs = reading.framework == Framework::Hipaa && reading.id.contains('(');
        let group = if paragraphs { Group::Paragraphs } else { Group::Family };
        return Lookup::TooBroad { framework: reading.framework, group, members };
    }
    if is_whole(&reading) {
        return Lookup::TooBroad { framework: reading.framework, group: Group::Whole, members };
    }
    if is_outside(&reading) {
        return Lookup::Unchecked;
    }
    Lookup::Unknown { framework: reading.framework, nearest: nearest(catalogue, &reading) }
}

/// Tells whether `text` is a bare citation with the letters as the CFR has them; an alias of a paragraph is one too.
fn is_citation(text: &str) -> bool {
    let paragraphs = text.strip_prefix("164.").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    paragraphs.is_some_and(|rest| {
        let well_formed = rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'(' | b')'));
        let canonical = Catalogue::get().controls.iter().any(|it| it.id.starts_with(text));
        well_formed && canonical
    })
}

fn iso(catalogue: &'static Catalogue, reading: &Reading, written: &str) -> Option<Lookup> {
    let id = reading.id.as_str();
    let bare = !id.starts_with("A.");
    if bare && CLAUSES.contains(&id) {
        return Some(Lookup::Unchecked);
    }
    let id = if bare { format!("A.{id}") } else { id.to_owned() };
    let parts = id.matches('.').count();
    let is_2022 = parts == 2 && !reading.names_2013;
    if let Some(control) = catalogue.find(&id).filter(|_| is_2022) {
        return Some(Lookup::Known { control, is_canonical: written == control.id });
    }
    if let Some((old, by)) = catalogue.superseded.iter().find(|(old, _)| **old == *id) {
        let by = by.iter().filter_map(|id| catalogue.find(id)).collect();
        return Some(Lookup::Superseded { id: old, by });
    }
    let members = family(catalogue, &id, reading.names_2013);
    if members.is_empty() {
        let reading = Reading { id, ..reading.clone() };
        return Some(Lookup::Unknown { framework: Framework::Iso27001, nearest: nearest(catalogue, &reading) });
    }
    Some(Lookup::TooBroad { framework: Framework::Iso27001, group: Group::Family, members })
}

/// Returns the controls of today that a theme of 2022, or a domain or objective of 2013, stands for.
fn family(catalogue: &'static Catalogue, id: &str, names_2013: bool) -> Vec<&'static Control> {
    let prefix = format!("{id}.");
    let today = catalogue.controls.iter().filter(|it| it.framework == Framework::Iso27001);
    let mut members: Vec<&Control> = today.filter(|it| !names_2013 && it.id.starts_with(&prefix)).collect();
    if members.is_empty() {
        let replaced = catalogue.superseded.iter().filter(|(old, _)| old.starts_with(&prefix));
        members.extend(replaced.flat_map(|(_, by)| by).filter_map(|id| catalogue.find(id)));
        members.dedup();
    }
    members
}

fn members(catalogue: &'static Catalogue, reading: &Reading) -> Vec<&'static Control> {
    let (id, framework) = (reading.id.as_str(), reading.framework);
    let goes_on = |rest: &str| match framework {
        Framework::Soc2 => rest.starts_with(|c: char| c == '.' || (id.len() <= 2 && c.is_ascii_digit())),
        _ => rest.starts_with('('),
    };
    let same = catalogue.controls.iter().filter(|it| it.framework == framework);
    same.filter(|it| strip_prefix_folded(it.id, id).is_some_and(goes_on)).collect()
}

fn is_whole(reading: &Reading) -> bool {
    reading.framework == Framework::Hipaa && matches!(reading.id.as_str(), "160" | "162" | "164")
}

fn is_outside(reading: &Reading) -> bool {
    let section = reading.id.split('(').next().unwrap_or_default();
    reading.framework == Framework::Hipaa
        && (OTHER_SECTIONS.contains(&section) || section.starts_with("160.") || section.starts_with("162."))
}

/// Returns the control most like what is written: the longest beginning in common, then the fewest differences.
fn nearest(catalogue: &'static Catalogue, reading: &Reading) -> Option<&'static Control> {
    let id = reading.id.as_str();
    let common = |it: &Control| it.id.bytes().zip(id.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    let same = catalogue.controls.iter().filter(|it| it.framework == reading.framework);
    let section = "164.308".len();
    same.filter(|it| common(it) >= section || strsim::damerau_levenshtein(it.id, id) <= 2)
        .min_by_key(|it| (strsim::damerau_levenshtein(it.id, id), usize::MAX - common(it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_as_in_the_catalogue_is_found_as_anything_else_is() {
        let catalogue = Catalogue::get();
        let stated = || Framework::ALL.into_iter().map(Some).chain([None]);
        for (control, stated) in catalogue.controls.iter().flat_map(|it| stated().map(move |stated| (it, stated))) {
            for names_2013 in [false, true] {
                let read = find_read(catalogue, stated, names_2013, control.id);
                assert_eq!(find(stated, names_2013, control.id), read, "{} {stated:?} {names_2013}", control.id);
            }
        }
    }
}
