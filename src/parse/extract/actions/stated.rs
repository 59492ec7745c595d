//! What the labels of a task block state once for all its boxes.

use rustc_hash::FxHashMap;

use super::fields::Fields;
use super::item;
use crate::parse::extract::Source;
use crate::parse::labels::Labelled;
use crate::parse::vocabulary::LabelRole;

/// Priority, owner and the like of a section.
#[derive(Debug, Default)]
pub(super) struct Stated {
    priority: Option<String>,
    estimate: Option<String>,
    depends_on: Vec<String>,
    owner: Option<String>,
}

/// Reads the labels of all sections once, by the line of the section.
pub(super) fn by_line(source: &Source<'_>) -> FxHashMap<u32, Stated> {
    let mut all: FxHashMap<u32, Stated> = FxHashMap::default();
    for label in source.labels.iter().filter(|label| label.section > 0) {
        let line = source.outline.sections[label.section as usize].line;
        all.entry(line).or_default().take(label);
    }
    all
}

impl Stated {
    fn take(&mut self, label: &Labelled<'_>) {
        let value = || Some(label.value.to_owned()).filter(|value| !value.is_empty());
        if label.means(LabelRole::Priority) && self.priority.is_none() {
            self.priority = value();
        } else if label.means(LabelRole::Estimate) && self.estimate.is_none() {
            self.estimate = value();
        } else if label.means(LabelRole::DependsOn) && self.depends_on.is_empty() {
            self.depends_on = item::dependencies(label.value);
        } else if label.means(LabelRole::ItemOwner) && self.owner.is_none() {
            self.owner = value();
        }
    }

    /// Adds what an item does not state itself.
    pub(super) fn complete(&self, fields: &mut Fields) {
        fields.priority = fields.priority.take().or_else(|| self.priority.clone());
        fields.estimate = fields.estimate.take().or_else(|| self.estimate.clone());
        fields.owner = fields.owner.take().or_else(|| self.owner.clone());
        if fields.depends_on.is_empty() {
            fields.depends_on.clone_from(&self.depends_on);
        }
    }
}
