//! Where a setting stands in `ris.toml`, however it is written: on a line of its own, inline, or below the head of a table.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The way to a setting: keys, and in a list the number of an item, from 0.
pub(super) type Way = Vec<String>;

/// Where the settings of `ris.toml` stand.
pub(super) struct Places<'t> {
    /// The first byte of every line but the first.
    lines: Vec<usize>,
    root: Option<DeTable<'t>>,
}

impl<'t> Places<'t> {
    /// Reads a text; where it is no TOML nothing is found in it.
    pub(super) fn of(text: &'t str) -> Self {
        let lines = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        Self { lines, root: DeTable::parse(text).ok().map(Spanned::into_inner) }
    }

    /// Returns the line of a byte, from 1.
    pub(super) fn line_at(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at) + 1
    }

    /// Returns the line, from 1, to which a way leads, as far as it can be gone; 0 where not at all.
    pub(super) fn line<T: AsRef<str>>(&self, way: &[T]) -> usize {
        let mut steps = way.iter().map(AsRef::as_ref);
        let first = steps.next().and_then(|name| key(self.root.as_ref()?, name));
        let Some((mut place, mut value)) = first else { return 0 };
        for step in steps {
            let next = match value {
                DeValue::Table(table) => key(table, step),
                DeValue::Array(items) => {
                    step.parse::<usize>().ok().and_then(|at| items.get(at)).map(|it| (it.span(), it.get_ref()))
                }
                _ => None,
            };
            let Some(next) = next else { break };
            (place, value) = next;
        }
        self.line_at(place.start)
    }
}

/// Returns where a key of a table stands, and its value.
fn key<'a, 't>(table: &'a DeTable<'t>, name: &str) -> Option<(Range<usize>, &'a DeValue<'t>)> {
    let (key, value) = table.get_key_value(name)?;
    Some((key.span(), value.get_ref()))
}

/// Returns the way made of these steps.
pub(super) fn way(steps: &[&str]) -> Way {
    steps.iter().map(|step| (*step).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_gone_as_far_as_it_leads() {
        let places = Places::of("a = 1\n[b]\nc = { d = [1,\n2] }\n[[e]]\nf = 1\n[[e]]\n\"f\" = 2\n");
        for (way, line) in [
            (&["a"][..], 1),
            (&["b", "c", "d", "1"], 4),
            (&["b", "c", "d", "7"], 3),
            (&["b", "x"], 2),
            (&["e", "1", "f"], 8),
            (&["x", "a"], 0),
        ] {
            assert_eq!(places.line(way), line, "{way:?}");
        }
        assert_eq!(Places::of("a = ").line(&["a"]), 0);
    }
}
