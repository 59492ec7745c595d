//! Every part of a document that tells how something was fixed, and what it is the fix of: a document may tell of several
//! incidents, and whoever pastes the error of one must not be shown the way out of another.

use super::Source;
use super::sections::{commands, tells, text_of};
use super::stories::Stories;
use crate::diag::Span;
use crate::model::{Extracted, Fix, FixStanding, ItemState, OriginKind};
use crate::parse::labels::Labelled;
use crate::parse::outline::{Section, SectionSource};
use crate::parse::vocabulary::{HeadingRole, LabelRole, RoleSet, Vocabulary};

/// Most parts of a document that are looked at.
const MOST: usize = 64;
/// A value this short says nothing.
const NOTHING: usize = 3;

/// Where a label is beside the story.
const ASIDE: RoleSet = RoleSet::heading(HeadingRole::Timeline)
    .with(RoleSet::heading(HeadingRole::Impact))
    .with(RoleSet::heading(HeadingRole::Lessons));

/// Where a heading names no fix.
const NO_FIX: RoleSet = RoleSet::heading(HeadingRole::Lessons).with(RoleSet::heading(HeadingRole::Verification));

/// Returns the fixes of a document, in the order written.
pub(crate) fn fixes(source: &Source<'_>) -> Vec<Fix> {
    let finder = Finder { source, sections: &source.outline.sections, stories: Stories::of(source) };
    let mut found: Vec<Fix> = Vec::new();
    for (at, section) in finder.sections.iter().enumerate() {
        let Some(standing) = finder.standing(section).filter(|_| tells(source, section)) else { continue };
        let Some(text) = text_of(source, section) else { continue };
        found.push(Fix { text, commands: commands(source, section), scope: finder.scope(at), standing });
        // Of a section that tells of several faults each part is the fix of its own.
        for part in finder.parts(at) {
            let (scope, section) = (finder.span(part), &finder.sections[part]);
            let text = text_of(source, section);
            found.extend(text.map(|text| Fix { text, commands: commands(source, section), scope, standing }));
        }
        if found.len() >= MOST {
            break;
        }
    }
    let labels = source.labelled(LabelRole::Resolution).filter(|label| label.value.len() > NOTHING);
    for label in labels.filter(|label| finder.is_told(label)).take(MOST) {
        let text = Extracted::new(label.value.to_owned(), label.value, label.origin);
        let is_aside = finder.sections[label.section as usize].roles.meets(ASIDE);
        let standing = if is_aside { FixStanding::Aside } else { FixStanding::Label };
        let scope = finder.around(label.section as usize);
        found.push(Fix { text, commands: Vec::new(), scope, standing });
    }
    found
}

struct Finder<'s> {
    source: &'s Source<'s>,
    sections: &'s [Section],
    stories: Stories,
}

impl Finder<'_> {
    /// Returns how likely a section is the fix; `None` where it is none.
    fn standing(&self, section: &Section) -> Option<FixStanding> {
        let is_label = section.source != SectionSource::Heading;
        let outer = section.parent.map_or(RoleSet::NONE, |parent| self.sections[parent as usize].roles);
        if section.source == SectionSource::Top || self.stories.is_title(section) {
            return None;
        }
        if section.own.has(HeadingRole::Actions) && self.is_done(section) {
            return Some(FixStanding::Done);
        }
        if !section.own.has(HeadingRole::Resolution) || section.own.meets(NO_FIX) {
            return None;
        }
        if is_label && outer.meets(ASIDE) {
            return Some(FixStanding::Aside);
        }
        if outer.meets(NO_FIX) {
            return None;
        }
        let is_planned = section.own.has(HeadingRole::Actions) || outer.has(HeadingRole::Actions);
        Some(if is_planned {
            FixStanding::Planned
        } else if is_label {
            FixStanding::Label
        } else {
            FixStanding::Heading
        })
    }

    /// `Immediate actions (completed)`
    fn is_done(&self, section: &Section) -> bool {
        let words = Vocabulary::get();
        section.source == SectionSource::Heading
            && section.folded.rsplit(' ').next().and_then(|last| words.item_state(last)) == Some(ItemState::Done)
            && words.item_state(&section.folded) == Some(ItemState::Done)
    }

    /// A label at the title, or one that names who fixed it, tells no way out.
    fn is_told(&self, label: &Labelled<'_>) -> bool {
        let own = &self.sections[label.section as usize];
        let is_title =
            label.origin.kind == OriginKind::Heading && own.line == label.origin.line && self.stories.is_title(own);
        !is_title && (!label.means(LabelRole::Owners) || !super::lists::is_name(label.value))
    }

    fn span(&self, at: usize) -> Span {
        let section = &self.sections[at];
        Span::new(section.src.start, section.src.end)
    }

    /// Returns what the section is the fix of: all of the document, or the incident around it where there are several.
    fn scope(&self, at: usize) -> Span {
        // A section that is itself one of several faults is the fix of that one.
        if self.stories.is_one(at) && self.stories.tells_cause[at] {
            return self.span(at);
        }
        self.sections[at].parent.map_or_else(|| self.whole(), |parent| self.around(parent as usize))
    }

    /// Returns the incident that the section `at` is, or stands in.
    fn around(&self, at: usize) -> Span {
        let mut inner = Some(at);
        while let Some(at) = inner {
            if self.stories.is_one(at) {
                return self.span(at);
            }
            inner = self.sections[at].parent.map(|parent| parent as usize);
        }
        self.whole()
    }

    fn whole(&self) -> Span {
        Span::new(0, self.source.text.len())
    }

    /// Returns the parts of a section that each tell of a fault of their own.
    fn parts(&self, at: usize) -> Vec<usize> {
        let parent = u32::try_from(at).ok();
        let inner = self.sections.iter().enumerate().filter(|(_, it)| it.parent == parent && parent.is_some());
        let inner = inner.filter(|(_, it)| it.source == SectionSource::Heading && it.own.is_empty());
        let inner: Vec<usize> = inner.map(|(part, _)| part).filter(|&part| self.stories.tells[part]).collect();
        if inner.len() > 1 { inner } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Fix, FixStanding};
    use crate::parse::{ParseOptions, parse_with_fixes};

    fn fixes(text: &str) -> Vec<Fix> {
        parse_with_fixes("x.md", text.as_bytes(), &ParseOptions::default()).1
    }

    /// Returns the text of the fix of what stands at `quote`.
    fn fix_of(text: &str, quote: &str) -> Option<String> {
        let at = text.find(quote).unwrap();
        let fixes = fixes(text);
        let these = fixes.iter().filter(|fix| (fix.scope.start..fix.scope.end).contains(&at));
        these.min_by_key(|fix| (fix.scope.end - fix.scope.start, fix.standing)).map(|fix| fix.text.value.clone())
    }

    #[test]
    fn each_of_several_incidents_has_its_own_fix() {
        let text = "# Incidents of May\n\n## Incident 1: ledger\n\nlost ledger\n\n### Resolution\n\nUnlocked it.\n\n\
                    ## Incident 2: upload\n\nlost upload\n\n**Resolution:** Restarted uploads.\n\n\
                    ## Incident 3: quotes\n\nlost quotes\n";
        assert_eq!(fix_of(text, "lost ledger").as_deref(), Some("Unlocked it."));
        assert_eq!(fix_of(text, "lost upload").as_deref(), Some("Restarted uploads."));
        assert_eq!(fix_of(text, "lost quotes"), None, "the fix of another is none");
        let one = text.replace("### Resolution\n\nUnlocked it.\n\n", "");
        assert_eq!(fix_of(&one, "lost ledger"), None);
    }

    #[test]
    fn parts_of_one_report_share_its_fix() {
        let text = "# Ledger lost\n\n## Summary\n\nlost ledger\n\n## Timeline\n\n- 10:00 lost lock\n\n## Background\n\nold\n\n\
                    ## Resolution\n\nUnlocked it.\n\n### Step 1\n\nlost key\n\n### Step 2\n\nWaited.\n";
        for quote in ["lost ledger", "lost lock", "old", "lost key"] {
            assert!(fix_of(text, quote).is_some_and(|it| it.starts_with("Unlocked it.")), "{quote}");
        }
    }

    #[test]
    fn a_heading_comes_before_a_label_and_a_label_in_the_timeline_last() {
        let text = "# Ledger lost\n\n## Timeline\n\n- **Resolution:** Seemed well.\n\n## Impact\n\n- **Workaround:** Paper.\n\n\
                    ## Resolution\n\nUnlocked it.\n";
        assert_eq!(fix_of(text, "Ledger lost").as_deref(), Some("Unlocked it."));
        let standings: Vec<FixStanding> = fixes(text).iter().map(|fix| fix.standing).collect();
        assert!(standings.contains(&FixStanding::Aside) && standings.contains(&FixStanding::Heading), "{standings:?}");
    }

    #[test]
    fn lessons_and_tests_hold_no_fix_and_actions_that_are_done_may_be_one() {
        let text = "# Ledger lost\n\n## What we did right\n\nRolled back.\n\n## Next steps\n\n### 3. Test the fix\n\nRun it.\n";
        assert_eq!(fix_of(text, "Ledger lost"), None);
        let text = "# Ledger lost\n\n## Action items\n\n### Immediate actions (completed)\n\n- Unlocked the ledger\n\n\
                    ### Long term\n\n- Move it\n";
        assert_eq!(fix_of(text, "Ledger lost").as_deref(), Some("- Unlocked the ledger"));
    }
}
