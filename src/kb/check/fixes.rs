//! Fixes: planned from the findings of a check, shown as a diff, written like every other edit.

use super::CheckReport;
use super::job::digest;
use crate::diag::Level;
use crate::kb::{KbError, KnowledgeBase, PlannedEdit};
use crate::lint::{self, Finding, Fix, LintContext};
use crate::model::FrontMatterEntry;
use crate::parse::{Parsed, parse, text_of};
use crate::store::fs;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A document for which there are fixes.
#[derive(Debug, Clone)]
pub(super) struct Fixable {
    pub(super) path: String,
    /// What tells the bytes that the findings are about from others.
    pub(super) digest: u64,
    /// What must not be shown of it.
    pub(super) hidden: Vec<String>,
}

/// What the fixes make of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFix {
    /// The edit.
    pub edit: PlannedEdit,
    /// Findings that it does away with.
    pub fixed: usize,
    /// The edit as it may be shown: characters where the file has another encoding, `****` for what must not be shown.
    pub shown: PlannedEdit,
}

/// A document whose fixes are not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedFix {
    /// Path relative to the root.
    pub path: String,
    /// Why, as part of a sentence.
    pub reason: String,
}

impl KnowledgeBase {
    /// Plans the fixes of the findings of `report`. What would not leave the document better is refused.
    ///
    /// # Errors
    /// Where a path leads outside the knowledge base.
    pub fn plan_fixes(&self, report: &CheckReport) -> Result<(Vec<PlannedFix>, Vec<RefusedFix>), KbError> {
        let (mut planned, mut refused) = (Vec::new(), Vec::new());
        let by_path = report.by_path();
        for file in &report.fixable {
            let findings = by_path.get(file.path.as_str()).copied().unwrap_or_default();
            let findings: Vec<&Finding> = findings.iter().filter(|it| it.fix.is_some()).collect();
            if findings.is_empty() {
                continue;
            }
            match self.plan_fix(file, &findings) {
                Ok(fix) => planned.push(fix),
                Err(reason) => refused.push(RefusedFix { path: file.path.clone(), reason }),
            }
        }
        Ok((planned, refused))
    }

    fn plan_fix(&self, file: &Fixable, findings: &[&Finding]) -> Result<PlannedFix, String> {
        let options = self.current_config().parse_options();
        let full = fs::resolve(self.root(), &file.path).map_err(|error| error.to_string())?;
        let before = fs::read(&full, self.config().max_file_size).map_err(|error| error.to_string())?;
        if digest(&before) != file.digest {
            return Err("it changed after it was checked".to_owned());
        }
        let old = parse(&file.path, &before, &options);
        let fixes: Vec<&Fix> = findings.iter().filter_map(|it| it.fix.as_ref()).collect();
        let mark = if before.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { b"" };
        let same = before[mark.len()..] == *old.text.as_bytes();
        let reencode = fixes.iter().any(|fix| fix.reencode);
        let decoded = text_of(&before, &options);
        if !same && !reencode && decoded == old.text {
            return Err("its encoding is to be repaired first".to_owned());
        }
        let (text, fixed) = match decoded == old.text {
            true => lint::apply(&old.text, &fixes),
            // A YAML record is checked as the Markdown that it stands for: only its encoding can be repaired.
            false if reencode => (decoded, fixes.iter().filter(|fix| fix.reencode).count()),
            false => return Err("a YAML record is edited by hand".to_owned()),
        };
        let kept = if reencode { "" } else { std::str::from_utf8(mark).unwrap_or_default() };
        let after = format!("{kept}{text}");
        let new = parse(&file.path, after.as_bytes(), &options);
        self.is_better((&old, &before), (&new, after.as_bytes()), &fixes)?;
        let shown = self.shown(file, &before, &after);
        Ok(PlannedFix { edit: PlannedEdit { path: file.path.clone(), before, after }, fixed, shown })
    }

    /// Returns the edit as it may be shown. What must not be shown is looked for again in the text as it is written now,
    /// where mojibake and NUL bytes make it another.
    fn shown(&self, file: &Fixable, before: &[u8], after: &str) -> PlannedEdit {
        let is_text = |text: &&str| !text.contains('\0');
        let before = match std::str::from_utf8(before).ok().filter(is_text) {
            Some(text) => text.to_owned(),
            None => text_of(before, &self.current_config().parse_options()),
        };
        let mask = |text: &str| lint::without_hidden(text, &file.hidden);
        PlannedEdit { path: file.path.clone(), before: mask(&before).into_bytes(), after: mask(after) }
    }

    /// Reads the new text again: it must have fewer findings that can be fixed, and lose nothing else.
    fn is_better(
        &self,
        (old, before): (&Parsed, &[u8]),
        (new, after): (&Parsed, &[u8]),
        fixes: &[&Fix],
    ) -> Result<(), String> {
        let errors = |parsed: &Parsed| parsed.document.diagnostics.iter().filter(|it| it.level == Level::Error).count();
        let repaired = before != after && old.text.as_bytes() != before;
        if errors(new) > errors(old) || !same_entries(old, new, fixes, repaired) {
            return Err("the front matter would read otherwise".to_owned());
        }
        let fixable = |parsed: &Parsed, bytes: &[u8]| {
            let settings = &self.config().check;
            let cx = LintContext::new(&parsed.document, &parsed.text, bytes, self.this_minute(), settings);
            lint::check(&cx).fixable()
        };
        if fixable(new, after) < fixable(old, before) {
            Ok(())
        } else {
            Err("the fix would not do away with the finding".to_owned())
        }
    }

    /// Writes the plan of one document, if it is still what it was.
    ///
    /// # Errors
    /// Where the document changed in the meantime or cannot be written.
    pub fn write_fix(&self, planned: &PlannedFix) -> Result<(), KbError> {
        self.write_edit(&planned.edit)
    }
}

/// Tells whether the front matter reads as before, but for the values that the fixes replace and, in a file whose
/// encoding is repaired, their characters.
fn same_entries(old: &Parsed, new: &Parsed, fixes: &[&Fix], repaired: bool) -> bool {
    fn entries(parsed: &Parsed) -> &[FrontMatterEntry] {
        parsed.document.front_matter.as_ref().map_or(&[], |block| &block.entries)
    }
    let edits = || fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
    let is_meant = |entry: &FrontMatterEntry| {
        entry.span.is_some_and(|span| edits().any(|edit| span.start <= edit.start && edit.end <= span.end))
    };
    let same = |(old, new): (&FrontMatterEntry, &FrontMatterEntry)| {
        old.path == new.path && (repaired || old.value == new.value || is_meant(old))
    };
    entries(old).len() == entries(new).len() && entries(old).iter().zip(entries(new)).all(same)
}
