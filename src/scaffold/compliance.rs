//! The compliance block of a new document: what a profile, an earlier incident and the user each say, in this order of
//! weight: the user, then the profile, then the earlier incident.

use super::FrontMatterText;
use crate::config::{Profile, ProfileValue};
use crate::model::{FrontMatter, add_new};
use crate::store::edit::EditError;

/// Where the block stands in the front matter.
const ROOT: &str = "compliance.";
/// Keys of an earlier incident that say something of itself alone.
const ITS_OWN: [&str; 6] =
    ["phi-contains", "next-review", "last-reviewed", "reviewed-by", "legal-hold", "litigation-hold"];

/// The fields of the block: dotted paths below `compliance`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ComplianceBlock {
    fields: Vec<(String, ProfileValue)>,
}

/// Keys of an incident that each of its documents says for itself.
const OF_ONE_DOCUMENT: [&str; 4] = ["next-review", "last-reviewed", "reviewed-by", "reviewer"];

impl ComplianceBlock {
    /// Adds what a profile says.
    pub(crate) fn add_profile(&mut self, profile: &Profile) {
        for (path, value) in &profile.fields {
            self.add(path, value.clone());
        }
    }

    /// Adds what the front matter of an earlier incident says and nothing else has said yet; controls come together.
    pub(crate) fn add_precedent(&mut self, front_matter: &FrontMatter) {
        self.add_stated(front_matter, &ITS_OWN);
    }

    /// Adds what the front matter of a document of the same incident says and nothing else has said yet; controls come
    /// together.
    pub(crate) fn add_incident(&mut self, front_matter: &FrontMatter) {
        self.add_stated(front_matter, &OF_ONE_DOCUMENT);
    }

    /// Adds what front matter says and nothing else has said yet, without the keys that say something of its own
    /// document alone; controls come together.
    fn add_stated(&mut self, front_matter: &FrontMatter, its_own: &[&str]) {
        let mut found: Vec<(String, ProfileValue)> = Vec::new();
        for entry in &front_matter.entries {
            let path = entry.path.to_ascii_lowercase().replace('_', "-");
            let Some(path) = path.strip_prefix(ROOT) else { continue };
            let key = path.rsplit('.').next().unwrap_or(path);
            if its_own.contains(&key) || entry.value.trim().is_empty() {
                continue;
            }
            match found.iter_mut().find(|(known, _)| known == path) {
                Some((_, ProfileValue::List(values))) => values.push(entry.value.clone()),
                Some(_) => {}
                None => {
                    let value = match entry.value.as_str() {
                        _ if entry.in_list || key == "controls" => ProfileValue::List(vec![entry.value.clone()]),
                        "true" => ProfileValue::Flag(true),
                        "false" => ProfileValue::Flag(false),
                        text => ProfileValue::Text(text.to_owned()),
                    };
                    found.push((path.to_owned(), value));
                }
            }
        }
        for (path, value) in found {
            self.add(&path, value);
        }
    }

    /// Adds a control.
    pub(crate) fn add_control(&mut self, framework: &str, id: &str) {
        let path = if framework.is_empty() { "controls".to_owned() } else { format!("{framework}.controls") };
        self.add(&path, ProfileValue::List(vec![id.to_owned()]));
    }

    /// States the classification: where one is stated already, and else for the framework that has one, or for all.
    pub(crate) fn classify(&mut self, classification: &str) {
        let value = ProfileValue::Text(classification.to_owned());
        let is_class = |path: &str| path.rsplit('.').next() == Some("classification");
        if let Some((_, stated)) = self.fields.iter_mut().find(|(path, _)| is_class(path)) {
            *stated = value;
            return;
        }
        let iso = self.fields.iter().any(|(path, _)| path.starts_with("iso27001."));
        self.fields.push((if iso { "iso27001.classification" } else { "classification" }.to_owned(), value));
    }

    fn add(&mut self, path: &str, value: ProfileValue) {
        match (self.fields.iter_mut().find(|(known, _)| known == path), value) {
            (None, value) => self.fields.push((path.to_owned(), value)),
            (Some((_, ProfileValue::List(known))), ProfileValue::List(more)) => add_new(known, more),
            _ => {}
        }
    }

    /// Returns the fields, framework by framework: dotted paths below `compliance`.
    #[must_use]
    pub(crate) fn fields(&self) -> Vec<(&str, &ProfileValue)> {
        let mut fields: Vec<_> = self.fields.iter().map(|(path, value)| (path.as_str(), value)).collect();
        fields.sort_by_key(|(path, _)| path.split_once('.').map(|it| it.0));
        fields
    }

    /// Returns every control as `framework:id`.
    #[must_use]
    pub(crate) fn controls(&self) -> Vec<String> {
        let lists = self.fields.iter().filter_map(|(path, value)| match value {
            ProfileValue::List(ids) => Some((path.strip_suffix(".controls")?, ids)),
            _ => None,
        });
        lists.flat_map(|(framework, ids)| ids.iter().map(move |id| format!("{framework}:{id}"))).collect()
    }

    /// Returns the classification.
    #[must_use]
    pub(crate) fn classification(&self) -> Option<&str> {
        self.fields.iter().find_map(|(path, value)| match value {
            ProfileValue::Text(text) if path.rsplit('.').next() == Some("classification") => Some(text.as_str()),
            _ => None,
        })
    }

    /// Writes the block into front matter.
    ///
    /// # Errors
    /// Where a value cannot be written on one line.
    pub(crate) fn write(&self, front: &mut FrontMatterText) -> Result<(), EditError> {
        for (path, value) in self.fields() {
            let path = format!("{ROOT}{path}");
            match value {
                ProfileValue::Text(text) => front.text(&path, text)?,
                ProfileValue::Flag(flag) => front.flag(&path, *flag)?,
                ProfileValue::List(values) => front.list(&path, values)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::front_matter_of;

    #[test]
    fn controls_come_together_and_the_first_word_stands() {
        let fields = vec![
            ("soc2.controls".to_owned(), ProfileValue::List(vec!["CC7.3".into()])),
            ("soc2.retention-period".to_owned(), ProfileValue::Text("7-years".into())),
        ];
        let profile = Profile { name: "a".into(), projects: vec![], classifications: vec![], fields, line: 1 };
        let mut block = ComplianceBlock::default();
        block.add_profile(&profile);
        let text = "---\ncompliance:\n  soc2:\n    controls: [CC7.3, CC8.1]\n    retention-period: 1-year\n  hipaa:\n    \
                    encryption-required: true\n    phi-contains: clinical\n---\n";
        block.add_precedent(&front_matter_of("a.md", text).0.unwrap());
        block.add_control("iso27001", "A.5.26");
        block.classify("restricted");
        assert_eq!(block.controls(), ["soc2:CC7.3", "soc2:CC8.1", "iso27001:A.5.26"]);
        let mut front = FrontMatterText::default();
        block.write(&mut front).unwrap();
        let expected = "compliance:\n  hipaa:\n    encryption-required: true\n  iso27001:\n    controls: [A.5.26]\n    \
                        classification: restricted\n  soc2:\n    controls: [CC7.3, CC8.1]\n    retention-period: 7-years\n";
        assert_eq!(front.render(), expected);
        assert_eq!(block.classification(), Some("restricted"));
    }
}
