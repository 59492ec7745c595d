//! The front matter of a new document, as text.

use crate::store::edit::{EditError, spell, spell_item};

/// Front matter that grows key by key; keys are dotted paths, in the order given.
#[derive(Debug, Clone, Default)]
pub(crate) struct FrontMatterText {
    root: Vec<(String, Node)>,
}

#[derive(Debug, Clone)]
enum Node {
    Text(String),
    Map(Vec<(String, Node)>),
}

impl FrontMatterText {
    /// Adds a single text; an empty one is left out.
    ///
    /// # Errors
    /// Where it holds line breaks or control characters.
    pub(crate) fn text(&mut self, path: &str, value: &str) -> Result<(), EditError> {
        if !value.trim().is_empty() {
            self.put(path, spell(value.trim())?)?;
        }
        Ok(())
    }

    /// Adds true or false.
    ///
    /// # Errors
    /// As [`FrontMatterText::text`].
    pub(crate) fn flag(&mut self, path: &str, value: bool) -> Result<(), EditError> {
        self.put(path, value.to_string())
    }

    /// Adds a list; an empty one is left out.
    ///
    /// # Errors
    /// As [`FrontMatterText::text`].
    pub(crate) fn list<T: AsRef<str>>(&mut self, path: &str, values: &[T]) -> Result<(), EditError> {
        if !values.is_empty() {
            let spelt: Vec<String> =
                values.iter().map(|value| spell_item(value.as_ref().trim())).collect::<Result<_, _>>()?;
            self.put(path, format!("[{}]", spelt.join(", ")))?;
        }
        Ok(())
    }

    /// Returns the lines, without the fences around them.
    #[must_use]
    pub(crate) fn render(&self) -> String {
        let mut text = String::new();
        render(&self.root, 0, &mut text);
        text
    }

    fn put(&mut self, path: &str, value: String) -> Result<(), EditError> {
        let mut map = &mut self.root;
        let mut parts = path.split('.').peekable();
        while let Some(name) = parts.next() {
            let name = spell(name)?;
            let at = map.iter().position(|(key, _)| *key == name).unwrap_or_else(|| {
                map.push((name, Node::Map(Vec::new())));
                map.len() - 1
            });
            if parts.peek().is_none() {
                map[at].1 = Node::Text(value);
                return Ok(());
            }
            if matches!(map[at].1, Node::Text(_)) {
                map[at].1 = Node::Map(Vec::new());
            }
            let Node::Map(inner) = &mut map[at].1 else { break };
            map = inner;
        }
        Ok(())
    }
}

fn render(map: &[(String, Node)], depth: usize, text: &mut String) {
    for (key, node) in map {
        text.push_str(&"  ".repeat(depth));
        text.push_str(key);
        match node {
            Node::Text(value) => {
                text.push_str(": ");
                text.push_str(value);
                text.push('\n');
            }
            Node::Map(inner) => {
                text.push_str(":\n");
                render(inner, depth + 1, text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_nest_and_values_are_quoted_where_they_must_be() {
        let mut front = FrontMatterText::default();
        front.text("title", "Redis: \"no\" # route").unwrap();
        front.text("empty", " ").unwrap();
        front.list("compliance.hipaa.controls", &["164.308(a)(6)(ii)", "164.530"]).unwrap();
        front.flag("compliance.hipaa.encryption-required", true).unwrap();
        front.text("compliance.soc2.retention-period", "7-years").unwrap();
        let expected = "title: \"Redis: \\\"no\\\" # route\"\ncompliance:\n  hipaa:\n    controls: [164.308(a)(6)(ii), \
                        \"164.530\"]\n    encryption-required: true\n  soc2:\n    retention-period: 7-years\n";
        assert_eq!(front.render(), expected);
        assert!(front.text("x", "two\nlines").is_err());
    }

    #[test]
    fn keys_of_other_people_are_quoted_where_they_must_be() {
        let mut front = FrontMatterText::default();
        front.list("compliance.a: b.controls", &["1"]).unwrap();
        front.flag("compliance.#x", true).unwrap();
        front.text("compliance.:", "z").unwrap();
        let expected = "compliance:\n  \"a: b\":\n    controls: [1]\n  \"#x\": true\n  \":\": z\n";
        assert_eq!(front.render(), expected);
        assert!(front.flag("a\tb", true).is_err());
    }
}
