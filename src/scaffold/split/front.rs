//! The front matter of a document that was a part of a log.

use crate::model::FrontMatter;
use crate::parse::is_shared_key;

/// Returns the lines of the log's front matter that hold for each of its incidents: services, owners, project,
/// compliance. Comments above a key belong to it.
pub(super) fn shared(text: &str, front_matter: Option<&FrontMatter>) -> String {
    let Some(block) = front_matter.map(|it| &text[it.span.start..it.span.end]) else { return String::new() };
    let (mut kept, mut comments) = (String::new(), String::new());
    let mut is_kept = false;
    for line in block.split_inclusive('\n') {
        let content = line.trim_end();
        if content.starts_with('#') || content.is_empty() {
            comments.push_str(line);
            continue;
        }
        match key(content) {
            Some(key) => {
                is_kept = is_shared_key(key);
                if is_kept && !comments.trim().is_empty() {
                    kept.push_str(&comments);
                }
            }
            // A list may stand below its key without being indented.
            None if is_kept && content.starts_with([' ', '\t', '-']) && !is_fence(content) => kept.push_str(&comments),
            None => is_kept = false,
        }
        comments.clear();
        if is_kept {
            kept.push_str(line);
        }
    }
    kept
}

fn is_fence(line: &str) -> bool {
    matches!(line, "---" | "...")
}

/// Returns the key of a line that begins one.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    (!line.starts_with([' ', '\t', '-'])).then(|| key.trim_matches(['"', '\'', ' ']))
}

#[cfg(test)]
mod tests {
    use crate::parse::front_matter_of;

    #[test]
    fn what_holds_for_all_is_kept_as_it_is_written() {
        let text = "---\ntitle: Log\nid: LOG-1\nstatus: open\n# who\nowners:\n- ana # lead\n\n- bo\nnav_order: 3\nservice: 'shop'\n\
                    compliance:\n  # ours\n  soc2:\n    controls: [CC7.4]\nhipaa: {controls: [164.530]}\ndate: 2026-01-01\n---\n\n# Log\n";
        let (front_matter, _) = front_matter_of("log.md", text);
        let expected = "# who\nowners:\n- ana # lead\n\n- bo\nservice: 'shop'\ncompliance:\n  # ours\n  soc2:\n    controls: [CC7.4]\n\
                        hipaa: {controls: [164.530]}\n";
        assert_eq!(super::shared(text, front_matter.as_ref()), expected);
    }
}
