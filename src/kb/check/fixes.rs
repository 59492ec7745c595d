//! Fixes: planned from the findings of a check, shown as a diff, written like every other edit.

use super::CheckReport;
use super::job::digest;
use crate::diag::Level;
use crate::kb::{KbError, KnowledgeBase, PlannedEdit};
use crate::lint::{self, Finding, Fix, LintContext};
use crate::parse::{Parsed, parse};
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
    /// What must not be shown of the diff.
    pub hidden: Vec<String>,
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
        for file in &report.fixable {
            let findings: Vec<&Finding> =
                report.findings.iter().filter(|it| it.path == file.path && it.fix.is_some()).collect();
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
        if !same && !reencode {
            return Err("its encoding is to be repaired first".to_owned());
        }
        let (text, fixed) = lint::apply(&old.text, &fixes);
        let kept = if reencode { "" } else { std::str::from_utf8(mark).unwrap_or_default() };
        let after = format!("{kept}{text}");
        let new = parse(&file.path, after.as_bytes(), &options);
        self.is_better(&old, &new, &before, after.as_bytes())?;
        Ok(PlannedFix {
            edit: PlannedEdit { path: file.path.clone(), before, after },
            fixed,
            hidden: file.hidden.clone(),
        })
    }

    /// Reads the new text again: it must have fewer findings that can be fixed, and lose nothing else.
    fn is_better(&self, old: &Parsed, new: &Parsed, before: &[u8], after: &[u8]) -> Result<(), String> {
        let errors = |parsed: &Parsed| parsed.document.diagnostics.iter().filter(|it| it.level == Level::Error).count();
        let keys = |parsed: &Parsed| parsed.document.front_matter.as_ref().map(|block| block.entries.len());
        let values = |parsed: &Parsed| -> Vec<String> {
            let entries = parsed.document.front_matter.iter().flat_map(|block| &block.entries);
            entries.map(|entry| entry.value.clone()).collect()
        };
        let repaired = before != after && old.text.as_bytes() != before;
        if errors(new) > errors(old) || keys(new) != keys(old) || (!repaired && values(new) != values(old)) {
            return Err("the front matter would read otherwise".to_owned());
        }
        let fixable = |parsed: &Parsed, bytes: &[u8]| {
            let settings = &self.config().check;
            let cx = LintContext::new(&parsed.document, &parsed.text, bytes, self.today(), settings);
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
