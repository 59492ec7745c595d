//! Recording a review: the smallest edit of the document that says who reviewed it, and when.

use chrono::NaiveDate;

use crate::evidence::reviews::shortest_frequency;
use crate::kb::edits::replace_in_line;
use crate::kb::{KbError, KnowledgeBase, PlannedEdit, Refused};
use crate::model::{Document, Extracted, OriginKind};
use crate::parse::parse;
use crate::store::edit::{Change, EditError, conflict_in, edit};
use crate::store::fs;

/// A review that took place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRequest {
    /// Path of the document, relative to the root.
    pub path: String,
    /// Who reviewed it.
    pub by: String,
    /// The day; today where none is given.
    pub on: Option<NaiveDate>,
    /// What came of it.
    pub note: Option<String>,
}

/// How a review would be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewPlan {
    /// The change of the document.
    pub edit: PlannedEdit,
    /// The day of the review.
    pub on: NaiveDate,
    /// The day of the next one, where one follows.
    pub next: Option<NaiveDate>,
    /// What somebody should know before it is written; full sentences.
    pub notices: Vec<String>,
}

/// What is written: the value as it stands now, the key where there is none, and the new value.
struct Entry<'a> {
    stated: Option<(&'a str, OriginKind, u32)>,
    key: &'static str,
    value: String,
}

impl KnowledgeBase {
    /// Plans the change by which a document says that it was reviewed.
    ///
    /// # Errors
    /// Where the day is to come or before the last review, the file cannot be read, or it cannot be edited.
    pub fn plan_review(&self, request: &ReviewRequest) -> Result<ReviewPlan, KbError> {
        let today = self.today();
        let document = self.read(&request.path)?.document;
        let on = request.on.unwrap_or(today);
        check_day(&document, on, today)?;
        if request.by.trim().is_empty() {
            return Err(Refused::new("a review needs the name of who did it").into());
        }
        let before = fs::read(&fs::resolve(self.root(), &request.path)?, self.config().max_file_size)?;
        let fail = |error| KbError::Edit { path: request.path.clone(), error };
        conflict_in(&before).map_err(fail)?;
        let after = changed(&request.path, &before, &entries(&document, request, on)).map_err(fail)?;
        let read = parse(&request.path, after.as_bytes(), &self.current_config().parse_options()).document;
        let review = &read.compliance.review;
        let is_recorded = review.last.as_ref().is_some_and(|it| it.value.known_day() == Some(on))
            && review.reviewer.as_ref().is_some_and(|it| it.value.trim() == request.by.trim());
        if !is_recorded {
            let line = review.last.as_ref().map_or(0, |it| it.origin.line as usize);
            return Err(fail(refuse(line, "the document would not read as reviewed afterwards".to_owned())));
        }
        let next = read.review_due().map(|(day, _)| day);
        let notices = notices(&document, request, on, today);
        let edit = PlannedEdit { path: request.path.clone(), before, after };
        Ok(ReviewPlan { edit, on, next, notices })
    }
}

/// Refuses a day that is to come, and one before a review that is recorded already.
fn check_day(document: &Document, on: NaiveDate, today: NaiveDate) -> Result<(), KbError> {
    if on > today {
        let refused = Refused::new(format!("{on} is to come, and a review is recorded once it has taken place"));
        return Err(refused.hint("leave `--on` out for a review of today").into());
    }
    let last = document.compliance.review.last.as_ref().and_then(|it| it.value.known_day());
    match last.filter(|last| on < *last) {
        Some(last) => {
            let refused = Refused::new(format!("it was reviewed on {last}, after {on}"));
            Err(refused
                .hint("a review that took place before the last one is not recorded; git has what was there")
                .into())
        }
        None => Ok(()),
    }
}

fn entries<'a>(document: &'a Document, request: &ReviewRequest, on: NaiveDate) -> Vec<Entry<'a>> {
    let review = &document.compliance.review;
    let mut entries = vec![
        Entry { stated: review.last.as_ref().map(stated), key: "last-reviewed", value: on.to_string() },
        Entry { stated: review.reviewer.as_ref().map(stated), key: "reviewed-by", value: request.by.trim().to_owned() },
    ];
    // A day that nobody stated follows from the frequency and needs no key.
    let next = shortest_frequency(document).and_then(|(period, ..)| period.after(on));
    if let Some((next, day)) = review.next.as_ref().zip(next) {
        entries.push(Entry { stated: Some(stated(next)), key: "next-review", value: day.to_string() });
    }
    if let Some(note) = request.note.as_deref().map(str::trim).filter(|note| !note.is_empty()) {
        entries.push(Entry { stated: None, key: "review-note", value: note.to_owned() });
    }
    entries
}

fn stated<T>(value: &Extracted<T>) -> (&str, OriginKind, u32) {
    (value.raw.as_str(), value.origin.kind, value.origin.line)
}

fn changed(path: &str, before: &[u8], entries: &[Entry<'_>]) -> Result<String, EditError> {
    let text = std::str::from_utf8(before).map_err(|_| refuse(0, "the file is not UTF-8".to_owned()))?;
    let mut text = text.to_owned();
    let (block, _) = crate::parse::front_matter_of(path, text.trim_start_matches('\u{feff}'));
    let key_at = |line: u32| {
        let entries = block.iter().flat_map(|block| &block.entries);
        entries.into_iter().find(|it| it.line == line).map(|it| it.path.clone())
    };
    let mut changes = Vec::new();
    for entry in entries {
        let value = entry.value.clone();
        match entry.stated {
            Some((_, OriginKind::FrontMatter, line)) => {
                changes.push(Change::Set { key: key_at(line).unwrap_or_else(|| entry.key.to_owned()), value });
            }
            Some((raw, _, line)) => {
                text = replace_in_line(&text, line as usize, raw.trim(), &value).ok_or_else(|| {
                    refuse(line as usize, format!("`{}` does not stand once on this line", raw.trim()))
                })?;
            }
            None => changes.push(Change::Set { key: entry.key.to_owned(), value }),
        }
    }
    edit(path, text.as_bytes(), &changes)
}

fn refuse(line: usize, message: String) -> EditError {
    EditError { line, message, hint: "record the review by hand".to_owned() }
}

fn notices(document: &Document, request: &ReviewRequest, on: NaiveDate, today: NaiveDate) -> Vec<String> {
    let mut notices = Vec::new();
    let plain = |name: &str| name.trim().trim_start_matches('@').to_lowercase();
    let owners = &document.owners;
    if !owners.is_empty() && owners.iter().all(|it| plain(&it.value) == plain(&request.by)) {
        notices.push(format!(
            "{} is the only author of the document; an auditor asks for a review by somebody else.",
            request.by.trim()
        ));
    }
    if let Some((due, _)) = document.review_due().filter(|(due, _)| *due < on) {
        let days = (on - due).num_days();
        notices.push(format!("The review was due on {due}: it took place {days} days late, and stays late."));
    }
    if on < today {
        let days = (today - on).num_days();
        notices.push(format!("It is recorded {days} days after {on}; the commit says so too."));
    }
    let review = &document.compliance.review;
    if let Some(next) = review.next.as_ref().filter(|_| shortest_frequency(document).is_none()) {
        notices.push(format!(
            "The next review stays as stated ({}): no frequency is stated from which another day would follow.",
            next.value
        ));
    }
    notices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::kb::OpenOptions;

    /// Plans a review by Ada on 15 January 2026 of a document with this text.
    fn plan(text: &str, on: Option<&str>) -> Result<ReviewPlan, KbError> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.md"), text).unwrap();
        let clock = Clock::Fixed("2026-01-15T12:00:00Z".parse().unwrap());
        let options = OpenOptions { root: Some(folder.path().into()), current_dir: folder.path().into(), clock };
        let on = on.map(|day| day.parse().unwrap());
        let request = ReviewRequest { path: "a.md".into(), by: "Ada".into(), on, note: None };
        KnowledgeBase::open(&options).unwrap().plan_review(&request)
    }

    const HEAD: &str = "---\nid: INC-1\ncreated: 2025-01-01\ncompliance:\n  soc2:\n    review-frequency: quarterly\n";

    #[test]
    fn the_keys_that_are_there_are_set_and_others_added() {
        let planned = plan(&format!("{HEAD}---\n# A\n"), None).unwrap();
        assert_eq!(planned.edit.after, format!("{HEAD}last-reviewed: 2026-01-15\nreviewed-by: Ada\n---\n# A\n"));
        assert_eq!(planned.next, "2026-04-15".parse().ok());
        let stated = "next_review: '2025-10-01' # soon\nreviewer: Pending\n";
        let planned = plan(&format!("{HEAD}{stated}---\n# A\n"), None).unwrap();
        let expected = "next_review: '2026-04-15' # soon\nreviewer: Ada\nlast-reviewed: 2026-01-15\n";
        assert_eq!(planned.edit.after, format!("{HEAD}{expected}---\n# A\n"));
        assert!(planned.notices[0].contains("106 days late"), "{:?}", planned.notices);
    }

    #[test]
    fn lines_of_the_text_are_set_where_they_stand() {
        let text = "# Outage\n\n**Last Reviewed:** 2025-01-01\n**Reviewed by:** Pending\n**Next Review:** 2026-01-01\n";
        let planned = plan(text, None).unwrap();
        let expected = "# Outage\n\n**Last Reviewed:** 2026-01-15\n**Reviewed by:** Ada\n**Next Review:** 2026-01-01\n";
        assert_eq!(planned.edit.after, expected);
        assert!(planned.notices.iter().any(|it| it.contains("stays as stated")), "{:?}", planned.notices);
    }

    #[test]
    fn a_day_to_come_and_one_before_the_last_review_are_refused() {
        let told = |planned: Result<ReviewPlan, KbError>| planned.unwrap_err().to_string();
        assert!(told(plan(&format!("{HEAD}---\n# A\n"), Some("2026-01-16"))).contains("is to come"));
        let reviewed = format!("{HEAD}last-reviewed: 2026-01-10\n---\n# A\n");
        assert!(told(plan(&reviewed, Some("2026-01-09"))).contains("after 2026-01-09"));
        let late = plan(&reviewed, Some("2026-01-12")).unwrap();
        assert!(late.notices.iter().any(|it| it.contains("3 days after")), "{:?}", late.notices);
    }

    #[test]
    fn a_review_by_the_only_author_is_told() {
        let told = |owner: &str| plan(&format!("{HEAD}owner: {owner}\n---\n# A\n"), None).unwrap().notices.concat();
        assert!(told("ada").contains("only author"));
        assert!(!told("[ada, bo]").contains("only author"));
    }
}
