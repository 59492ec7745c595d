//! How words are written in a command that is shown, so that a shell reads them as they are.

/// Tells whether a text means nothing but itself to a shell, and as a part of a value to YAML.
#[must_use]
pub fn is_harmless(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+'))
}

/// Returns a word as the shell reads it.
#[must_use]
pub fn shell_word(word: &str) -> String {
    if is_harmless(word) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// Returns a path as the shell reads it.
#[must_use]
pub fn shell_path(path: &str) -> String {
    // What begins with a dash would be an option.
    if path.starts_with('-') { shell_word(&format!("./{path}")) } else { shell_word(path) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_any_word_as_it_is() {
        for word in
            ["it's kb", "c++", "a: b #c", "x\"y\\z", "(a|b)[c]{d}$^?*!", "größe", "a/b", "", "$(id)", "`id`", "\n"]
        {
            let script = format!("printf '%s' {}", shell_word(word));
            let out = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
            assert_eq!(String::from_utf8_lossy(&out.stdout), word, "{script}");
        }
        assert_eq!(
            [shell_path("a b.md"), shell_path("-rf"), shell_path("2026/a.md")],
            ["'a b.md'", "./-rf", "2026/a.md"]
        );
    }
}
