//! A YAML record as Markdown: long values as sections in the order written, short ones as a list below.

use std::fmt::Write;

use crate::model::{FrontMatter, capitalised};

/// Returns the entries of `record` as Markdown, without those that are shown as facts already.
pub(super) fn to_markdown(record: &FrontMatter, shown: &[&str]) -> String {
    let (mut list, mut sections) = (String::new(), String::new());
    for group in record.entries.chunk_by(|a, b| a.path == b.path) {
        let path = group[0].path.as_str();
        if shown.iter().any(|key| key.eq_ignore_ascii_case(path)) {
            continue;
        }
        if group.iter().any(|entry| entry.value.contains('\n')) {
            let _ = write!(sections, "\n## {}\n\n", capitalised(&path.replace(['_', '-'], " ")));
            for entry in group {
                let _ = writeln!(sections, "{}", entry.value.trim_end());
            }
        } else {
            let values: Vec<&str> = group.iter().map(|entry| entry.value.as_str()).collect();
            let _ = writeln!(list, "- **{path}**: {}", values.join(", "));
        }
    }
    if list.is_empty() { sections } else { format!("{sections}\n## Fields\n\n{list}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;
    use crate::model::{FrontMatterEntry, FrontMatterFormat};

    #[test]
    fn long_values_become_sections() {
        let entry = |path: &str, value: &str| FrontMatterEntry {
            path: path.into(),
            value: value.into(),
            in_list: false,
            line: 1,
            span: None,
        };
        let entries = vec![
            entry("id", "INC-1"),
            entry("root_cause", "It broke.\n\n```\nlog\n```\n"),
            entry("links", "a"),
            entry("links", "b"),
        ];
        let record = FrontMatter { format: FrontMatterFormat::Record, span: Span::new(0, 0), valid: true, entries };
        let expected = "\n## Root cause\n\nIt broke.\n\n```\nlog\n```\n\n## Fields\n\n- **links**: a, b\n";
        assert_eq!(to_markdown(&record, &["id"]), expected);
    }
}
