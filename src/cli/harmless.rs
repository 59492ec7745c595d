//! JSON in which every character that a terminal could obey is escaped.

use std::io::{self, Write};

use serde_json::ser::Formatter;

use super::text::is_hostile;

/// Writes JSON on one line. Hostile characters stand only inside strings and keys, where JSON can escape them.
pub(crate) struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        for part in fragment.split_inclusive(is_hostile) {
            match part.char_indices().next_back().filter(|(_, c)| is_hostile(*c)) {
                None => out.write_all(part.as_bytes())?,
                Some((at, c)) => {
                    out.write_all(&part.as_bytes()[..at])?;
                    let mut units = [0; 2];
                    for unit in c.encode_utf16(&mut units) {
                        write!(out, "\\u{unit:04x}")?;
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde_json::{Serializer, Value, json};

    use super::{Harmless, is_hostile};

    #[test]
    fn what_a_terminal_could_obey_is_escaped_and_reads_back_the_same() {
        let value = json!({"a\u{9b}key": ["\u{1b}[31m", "x\u{202e}y\u{e0041}z\u{7f}", "ü — 😀", "line\nend"]});
        let mut out = Vec::new();
        value.serialize(&mut Serializer::with_formatter(&mut out, Harmless)).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(!text.chars().any(is_hostile), "{text}");
        assert!(text.contains("ü — 😀"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
