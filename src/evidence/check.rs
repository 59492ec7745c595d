//! What was checked of the collection, and with what result. A failed check stays in the bundle: evidence that hides a
//! failure is worse than none.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::numbering::{gaps, numbers_of};
use super::{Deleted, DroppedItem, Moved, Population, Profile, Redaction, SourceFile, Standing, redacted};
use crate::model::{ActionClass, Document, Outcome, ToldIncident, short_id};

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckResult {
    /// Nothing was found.
    Pass,
    /// Something was found; the details say what.
    Fail,
    /// It could not be made; the details say why.
    NotRun,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Stable id.
    pub id: &'static str,
    /// What was asked.
    pub question: &'static str,
    /// How it ended.
    pub result: CheckResult,
    /// What was found, one sentence each.
    pub details: Vec<String>,
}

impl Check {
    /// Returns a check that passes where there are no `details`.
    pub(super) fn of(id: &'static str, question: &'static str, details: Vec<String>) -> Self {
        let result = if details.is_empty() { CheckResult::Pass } else { CheckResult::Fail };
        Self { id, question, result, details }
    }

    /// Returns it without what a pattern can tell to be sensitive: details quote titles of other systems and what stands in
    /// documents.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        self.details.iter_mut().for_each(|detail| *detail = redacted(detail));
        self
    }

    pub(super) fn passed(id: &'static str, question: &'static str, details: Vec<String>) -> Self {
        Self { id, question, result: CheckResult::Pass, details }
    }

    /// Returns a check that passes where nothing is `open`; what is `settled` is told either way.
    pub(super) fn unless(
        id: &'static str,
        question: &'static str,
        mut open: Vec<String>,
        settled: Vec<String>,
    ) -> Self {
        let result = if open.is_empty() { CheckResult::Pass } else { CheckResult::Fail };
        open.extend(settled);
        Self { id, question, result, details: open }
    }

    pub(super) fn not_run(id: &'static str, question: &'static str, why: String) -> Self {
        Self { id, question, result: CheckResult::NotRun, details: vec![why] }
    }
}

/// What the checks look at.
pub struct Checked<'a> {
    /// Every file of the commit.
    pub files: &'a [SourceFile],
    /// The incidents.
    pub population: &'a Population<'a>,
    /// What lies in repositories within and may be an incident of the period, one sentence each.
    pub within: &'a [String],
    /// Incident documents that commits deleted.
    pub deleted: &'a [Deleted],
    /// Documents that commits took out of the period.
    pub moved: &'a [Moved],
    /// Action items that commits took out of documents of the period while they were open.
    pub dropped: &'a [DroppedItem],
    /// Why the history is not whole, where it is not.
    pub lack_of_history: Option<&'static str>,
    /// Files that differ from the commit.
    pub uncommitted: &'a [String],
    /// What the settings say of numbers that were never used: id and reason.
    pub explained: &'a BTreeMap<String, String>,
    /// What the settings say of commits that took something out of a period: beginning of the commit's id and reason.
    pub explained_commits: &'a BTreeMap<String, String>,
    /// The day of the commit.
    pub committed_on: NaiveDate,
    /// What was taken out of texts.
    pub redactions: &'a [Redaction],
    /// Whether it was taken out.
    pub profile: Profile,
}

impl Checked<'_> {
    /// Runs every check.
    #[must_use]
    pub fn run(&self) -> Vec<Check> {
        vec![
            self.over(),
            self.accounted(),
            self.readable(),
            self.dated(),
            self.candidates(),
            self.single(),
            self.identified(),
            self.numbered(),
            self.kept(),
            self.moved(),
            self.dropped(),
            self.committed(),
            self.sensitive(),
        ]
    }

    /// A list of a period that goes on is complete as little as one of the future.
    fn over(&self) -> Check {
        let (end, day) = (self.population.window.end, self.committed_on);
        let early =
            (end >= day).then(|| format!("it ends on {end}, the commit is of {day}: incidents can still happen"));
        Check::of("over", "Was the period over when the commit was made?", early.into_iter().collect())
    }

    fn accounted(&self) -> Check {
        let rows = self.population.account(self.files);
        let mut sums: BTreeMap<&str, usize> = BTreeMap::new();
        rows.iter().for_each(|row| *sums.entry(row.standing).or_default() += 1);
        let sums: Vec<String> = sums.iter().map(|(standing, count)| format!("{count} {standing}")).collect();
        let sentence = format!("{} files of the commit = {}", rows.len(), sums.join(" + "));
        Check::passed("accounted", "Has every file of the commit a place in population/files.csv?", vec![sentence])
    }

    fn readable(&self) -> Check {
        let documents = self.files.iter().filter_map(SourceFile::document);
        let bad = documents.filter(|document| document.outcome != Outcome::Parsed);
        let tell = |document: &Document| {
            let why = document
                .first_error()
                .map_or_else(String::new, |error| format!(": {} (line {})", error.message, error.line));
            format!("{} could not be read as a whole{why}", document.path)
        };
        Check::of("readable", "Could every document be read as a whole?", bad.map(tell).collect())
    }

    fn dated(&self) -> Check {
        let undated = self.population.incidents(Standing::Undated);
        let tell = |it: &super::Placed<'_>| format!("{} has no day by which it could be placed", it.case.main().path);
        Check::of("dated", "Does every incident say when it was?", undated.map(tell).collect())
    }

    /// What is found here was left out by what its text lacks, not by what anybody said.
    fn candidates(&self) -> Check {
        const QUESTION: &str = "Is no document left out that may be an incident of the period?";
        let found = self.population.candidates(self.files);
        let told = found.iter().map(super::candidates::Candidate::sentence);
        Check::of("candidates", QUESTION, told.chain(self.within.iter().cloned()).collect())
    }

    /// A file of several incidents stands in the list as one, by one day.
    fn single(&self) -> Check {
        const QUESTION: &str = "Does no file tell of several incidents that may be of the period?";
        let documents = self.files.iter().filter_map(SourceFile::document);
        let tell = |document: &Document| {
            let holds = |it: &&ToldIncident| it.day.is_none_or(|day| self.population.window.holds(day.first_day()));
            let told: Vec<String> = document.several.iter().filter(holds).map(ToString::to_string).collect();
            (!told.is_empty()).then(|| {
                format!(
                    "{} counts as one incident and tells of {}; `ris split` parts them",
                    document.path,
                    told.join(", ")
                )
            })
        };
        Check::of("single", QUESTION, documents.filter_map(tell).collect())
    }

    fn identified(&self) -> Check {
        const QUESTION: &str = "Do no two incidents of the period share an id?";
        let (mut shared, mut without) = (Vec::new(), 0_usize);
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for it in self.population.members() {
            let path = it.case.main().path.as_str();
            let Some(id) = it.case.id() else {
                without += 1;
                continue;
            };
            if let Some(other) = seen.insert(id.to_lowercase(), path) {
                shared.push(format!("{id} is the id of {other} and of {path}"));
            }
        }
        if without > 0 {
            shared.push(format!("without an id: {without}; the paths of their documents stand for them"));
        }
        let is_shared = shared.len() > usize::from(without > 0);
        if is_shared {
            Check::of("identified", QUESTION, shared)
        } else {
            Check::passed("identified", QUESTION, shared)
        }
    }

    fn numbered(&self) -> Check {
        const QUESTION: &str = "Do the numbers of ids beside those of the period leave none out?";
        let documents = self.files.iter().filter_map(SourceFile::document);
        let ids: BTreeSet<&str> = documents.flat_map(numbers_of).collect();
        let asked: BTreeSet<&str> = self.population.members().filter_map(|it| it.case.id()).collect();
        let (mut open, mut explained) = (Vec::new(), Vec::new());
        for gap in gaps(ids, &asked) {
            for (missing, reason) in gap.stretches(self.explained) {
                let sentence = format!("{} is missing before {}", missing.named(), missing.before);
                match reason {
                    Some(reason) => explained.push(format!("{sentence}, explained: {reason}")),
                    None => open.push(sentence),
                }
            }
        }
        Check::unless("numbered", QUESTION, open, explained)
    }

    fn kept(&self) -> Check {
        const QUESTION: &str = "Was no incident of the period deleted from the repository?";
        if let Some(why) = self.lack_of_history {
            return Check::not_run("kept", QUESTION, why.to_owned());
        }
        let documents = self.files.iter().filter_map(SourceFile::document);
        let ids: BTreeMap<String, &str> =
            documents.filter_map(|it| Some((it.id.as_ref()?.value.to_lowercase(), it.path.as_str()))).collect();
        let (mut gone, mut moved) = (Vec::new(), Vec::new());
        for it in self.deleted {
            let what = format!("{} was deleted on {} by {} ({})", it.path, it.day, it.author, short_id(&it.commit));
            match (it.id.as_ref().and_then(|id| ids.get(&id.to_lowercase())), self.reason(&it.commit)) {
                (Some(path), _) => moved.push(format!("{what}; its id stands in {path}")),
                (None, Some(reason)) => moved.push(format!("{what}, explained: {reason}")),
                (None, None) => gone.push(what),
            }
        }
        Check::unless("kept", QUESTION, gone, moved)
    }

    fn moved(&self) -> Check {
        const QUESTION: &str = "Is every incident that an earlier commit had in the period still one of it?";
        if let Some(why) = self.lack_of_history {
            return Check::not_run("moved", QUESTION, why.to_owned());
        }
        let ids: BTreeSet<String> =
            self.population.members().filter_map(|it| it.case.id()).map(str::to_lowercase).collect();
        let (mut gone, mut elsewhere) = (Vec::new(), Vec::new());
        for it in self.moved {
            let commit = format!("{} of {} by {}", short_id(&it.commit), it.day, it.author);
            let what = format!("{} was {} until commit {commit}, and is {}", it.path, it.was, it.now);
            match (it.id.as_ref().is_some_and(|id| ids.contains(&id.to_lowercase())), self.reason(&it.commit)) {
                (true, _) => elsewhere.push(format!("{what}; an incident of the period has its id")),
                (false, _) if self.are_parted(it) => {
                    elsewhere.push(format!("{what}; each incident that it told of has a document of its own"));
                }
                (false, Some(reason)) => elsewhere.push(format!("{what}, explained: {reason}")),
                (false, None) => gone.push(what),
            }
        }
        Check::unless("moved", QUESTION, gone, elsewhere)
    }

    fn dropped(&self) -> Check {
        const QUESTION: &str = "Was no action item of an incident of the period taken out while it was open?";
        if let Some(why) = self.lack_of_history {
            return Check::not_run("dropped", QUESTION, why.to_owned());
        }
        let (mut gone, mut explained) = (Vec::new(), Vec::new());
        for it in self.dropped.iter().filter(|it| it.class == ActionClass::Action && it.moved.is_none()) {
            let commit = &it.commit;
            let by = format!("{} of {} by {}", short_id(&commit.id), commit.day, commit.author);
            let moved =
                if it.taken_from == it.path { String::new() } else { format!(", moved there from {}", it.path) };
            let what = format!("“{}” was open in {} until commit {by}{moved}", it.text, it.taken_from);
            match self.reason(&commit.id) {
                Some(reason) => explained.push(format!("{what}, explained: {reason}")),
                None => gone.push(what),
            }
        }
        Check::unless("dropped", QUESTION, gone, explained)
    }

    /// Tells whether a log of several incidents was split: each of the period is one of the population by its id, or by its
    /// day and name.
    fn are_parted(&self, moved: &Moved) -> bool {
        let window = &self.population.window;
        let is_told = |told: &ToldIncident| {
            let is_it = |document: &Document| match (&told.id, &document.id) {
                (Some(told), Some(id)) if told.eq_ignore_ascii_case(&id.value) => true,
                _ => {
                    let title = document.display_title().trim_end_matches('…').to_lowercase();
                    let day = document.date.as_ref().map(|it| it.value);
                    told.day.is_some()
                        && told.day == day
                        && !title.is_empty()
                        && told.name.to_lowercase().starts_with(&title)
                }
            };
            self.population.members().flat_map(|it| &it.case.documents).any(|it| is_it(it))
        };
        let mut of_period = moved.told.iter().filter(|it| it.day.is_none_or(|day| window.holds(day.first_day())));
        moved.told.len() > 1 && of_period.all(is_told)
    }

    /// Returns what the settings say of a commit.
    fn reason(&self, commit: &str) -> Option<&str> {
        let found = self.explained_commits.iter().find(|(begin, _)| commit.starts_with(begin.as_str()));
        found.map(|(_, reason)| reason.as_str())
    }

    fn committed(&self) -> Check {
        let tell = |path: &String| format!("{path} differs from the commit or is not in it");
        let details = self.uncommitted.iter().map(tell).collect();
        Check::of("committed", "Was everything in the folder committed?", details)
    }

    fn sensitive(&self) -> Check {
        const QUESTION: &str = "Is what the bundle holds free of secrets and data of patients that a pattern can tell?";
        let mut sorts: BTreeMap<&str, usize> = BTreeMap::new();
        self.redactions.iter().for_each(|it| *sorts.entry(it.what).or_default() += 1);
        let told = sorts.iter().map(|(what, count)| format!("{count} x {what}"));
        match self.profile {
            Profile::Redacted => Check::passed(
                "sensitive",
                QUESTION,
                told.map(|it| format!("removed: {it} (redactions.csv says where)")).collect(),
            ),
            Profile::Full => Check::of("sensitive", QUESTION, told.map(|it| format!("{it} left in")).collect()),
        }
    }
}
