//! What a single line of YAML looks like.

/// Longer keys are sentences.
const MAX_KEY: usize = 80;

/// Returns how many spaces and tabs the line begins with.
pub(in crate::parse) fn indent_of(line: &str) -> usize {
    line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// Returns key and trimmed value of a `key: value` line, whatever its indentation.
pub(in crate::parse) fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let (key, value) = match line.as_bytes().first()? {
        quote @ (b'"' | b'\'') => {
            let inner = &line[1..];
            let end = inner.find(char::from(*quote))?;
            (&inner[..end], inner[end + 1..].trim_start().strip_prefix(':')?)
        }
        _ => {
            // The first colon that ends a key: `http://` has one that does not.
            let at = memchr::memchr_iter(b':', line.as_bytes())
                .take(4)
                .find(|at| matches!(line.as_bytes().get(at + 1), None | Some(b' ' | b'\t')))?;
            (line[..at].trim_end(), &line[at + 1..])
        }
    };
    let starts_well = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '<' | '.' | '/');
    let is_key = key.len() <= MAX_KEY
        && key.starts_with(starts_well)
        && !key.contains(['`', '*', '|', '{', '}', '[', ']', '#'])
        && key.split_whitespace().count() <= 5;
    is_key.then(|| (key, value.trim()))
}

/// Whether the line is an ATX heading, of Markdown, if it is not a comment of YAML.
pub(in crate::parse) fn is_hash_line(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    (1..=6).contains(&level) && (rest.trim().is_empty() || rest.starts_with([' ', '\t']))
}

/// Whether the line can stand in a block of YAML, judged on its own.
pub(in crate::parse) fn may_be_yaml(line: &str) -> bool {
    let content = line.trim();
    content.is_empty()
        || indent_of(line) > 0
        || content == "-"
        || content.starts_with("- ")
        || content.starts_with('#')
        || content.starts_with(['{', '}', '[', ']'])
        || key_and_value(content).is_some()
}
