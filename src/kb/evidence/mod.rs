//! Evidence for an auditor: collected from one commit, shown, and written as a bundle that can be checked without `ris`.

mod compare;
mod deleted;
mod enclose;
mod follow;
mod moved;
mod read;
mod settings;
mod source;
mod verify;
mod within;
mod write;

use std::path::PathBuf;

use chrono::NaiveDate;

use super::{KbError, KnowledgeBase, Progress, Refused};
use crate::clock::Zone;
use crate::config::FILE_NAME;
use crate::evidence::bag::{BagFile, tag_files};
use crate::evidence::breaches;
use crate::evidence::{
    About, Check, Checked, CommitSignature, Enclosed, Evidence, Placed, PlacedBy, Population, Profile, Source,
    SourceFile, Standing, Window, governed, redacted,
};
use crate::model::{Severity, StatusState, one_line};
use crate::store::git::{GitError, Snapshot, SnapshotError, user_name};
use crate::store::taxonomy::TEAM_FILE;
use compare::compare;
use enclose::Enclosing;
use read::Commit;
use settings::Settings;
use within::within;

pub use verify::{SignerKeys, Verification, VerifiedStep, verify_bundle};
pub use write::WrittenBundle;

/// What evidence is asked for.
#[derive(Debug, Clone)]
pub struct EvidenceRequest {
    /// The period.
    pub window: Window,
    /// The commit; the one checked out where none is named.
    pub revision: Option<String>,
    /// What is taken out.
    pub profile: Profile,
    /// The incidents whose documents go in, by id; all without any.
    pub sample: Vec<String>,
    /// Who collects it; else the name in git's settings.
    pub by: Option<String>,
    /// The day as of which ages and delays are told; else that of the commit.
    pub as_of: Option<NaiveDate>,
    /// Changes that are not committed do not stand in the way of writing.
    pub allow_uncommitted: bool,
    /// Who lets sensitive text stay in, in the full profile.
    pub accepted_by: Option<String>,
    /// Another system's list of incidents, to compare with: a file of comma-separated values.
    pub compare: Option<PathBuf>,
    /// The folder in which the bundle is made; nothing is written without one.
    pub out: Option<PathBuf>,
}

/// What was collected.
#[derive(Debug, Clone)]
pub struct EvidenceReport {
    /// What it is about.
    pub about: About,
    /// Number of files of the commit.
    pub files: usize,
    /// The incidents of the period.
    pub members: Vec<EvidenceRow>,
    /// Incidents of earlier days that were not over.
    pub carried_in: Vec<EvidenceRow>,
    /// Incidents without a day.
    pub undated: Vec<EvidenceRow>,
    /// Near misses and exercises of the period.
    pub others: Vec<EvidenceRow>,
    /// What was checked.
    pub checks: Vec<Check>,
    /// Files that differ from the commit.
    pub uncommitted: Vec<String>,
    /// Values found that look sensitive.
    pub sensitive: usize,
    bag: Vec<BagFile>,
}

/// An incident of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// Its id, or the path of its document.
    pub name: String,
    /// Title.
    pub title: String,
    /// The day by which it was placed.
    pub day: Option<String>,
    /// By what.
    pub by: Option<PlacedBy>,
    /// The day on which it began, as far as that is known.
    pub began: Option<String>,
    /// Severity.
    pub severity: Option<Severity>,
    /// Status.
    pub status: Option<StatusState>,
    /// Not over at the end of the period; `None` where that is not known.
    pub open_at_end: Option<bool>,
    /// Number of its documents.
    pub documents: usize,
}

impl KnowledgeBase {
    /// Collects evidence from a commit. Writes nothing.
    ///
    /// # Errors
    /// Where there is no git, no such commit or incident, or something cannot be read.
    pub fn evidence(&self, request: &EvidenceRequest, progress: &dyn Fn(Progress)) -> Result<EvidenceReport, KbError> {
        let mut snapshot = Snapshot::open(self.root(), request.revision.as_deref()).map_err(of_snapshot)?;
        snapshot.read_history()?;
        let tree = snapshot.files()?;
        let settings = Settings::read(&snapshot, &tree)?;
        let config = &settings.config;
        let mut commit = Commit::read(&snapshot, &tree, config, progress)?;
        commit.uncommitted.extend(self.ignored_settings(request, &commit));
        let within = within(&snapshot, &tree, config, &request.window)?;
        let mut population = Population::new(request.window, commit.cases());
        if request.profile == Profile::Redacted {
            population = population.with_redacted_folders();
        }
        unknown_sample(&request.sample, &population)?;
        let deleted = commit.deleted(&snapshot, &settings, &request.window)?;
        let moved = commit.moved(&snapshot, &settings, &population)?;
        let enclosing = Enclosing::collect(&snapshot, config, &commit, &population, request)?;
        let about = self.about(request, &snapshot, &commit, &settings)?;
        let reconciliation = compare(request, &commit, &snapshot, &population)?;
        let mut checks = Checked {
            files: &commit.files,
            population: &population,
            within: &within,
            deleted: &deleted,
            moved: &moved,
            dropped: &enclosing.dropped,
            lack_of_history: snapshot.lack_of_history(),
            uncommitted: &commit.uncommitted,
            explained: &config.evidence.unused_ids,
            explained_commits: &config.evidence.explained_commits,
            committed_on: committed_on(&commit),
            redactions: &enclosing.redactions,
            profile: request.profile,
        }
        .run();
        checks.push(Enclosed::check(&enclosing.enclosed));
        let committed = |path: &str| Some(enclosing.histories.get(path)?.first()?.day);
        let mut documents = commit.files.iter().filter_map(SourceFile::document);
        let somebody_keeps = documents.any(|it| !it.compliance.retention.is_empty());
        checks.extend(governed(&population.records(), &committed, about.as_of, somebody_keeps));
        checks.push(breaches::check(&enclosing.breaches, about.as_of));
        checks.extend(reconciliation.as_ref().map(|it| it.check.clone()));
        if request.profile == Profile::Redacted {
            checks = checks.into_iter().map(Check::redacted).collect();
        }
        let Enclosing { enclosed, histories, proofs, dropped, redactions, breaches } = enclosing;
        let sensitive = redactions.len();
        let evidence = Evidence {
            about,
            files: &commit.files,
            population,
            checks,
            enclosed,
            histories,
            proofs,
            dropped,
            breaches,
            redactions,
            reconciliation,
        };
        let mut bag = evidence.payload().map_err(|error| Refused::new(format!("a page was not made: {error}")))?;
        bag.extend(tag_files(&bag, &evidence.about));
        Ok(report(&evidence, commit.uncommitted.clone(), sensitive, bag))
    }

    /// Returns the settings that lie in the folder and that git ignores: they look as if they held.
    fn ignored_settings(&self, request: &EvidenceRequest, commit: &Commit) -> Vec<String> {
        let is_known = |name: &str| {
            commit.files.iter().any(|it| it.path == name) || commit.uncommitted.iter().any(|it| it == name)
        };
        let is_ignored =
            |name: &&str| request.revision.is_none() && self.root().join(name).is_file() && !is_known(name);
        [FILE_NAME, TEAM_FILE].into_iter().filter(is_ignored).map(str::to_owned).collect()
    }

    fn about(
        &self,
        request: &EvidenceRequest,
        snapshot: &Snapshot,
        commit: &Commit,
        settings: &Settings,
    ) -> Result<About, KbError> {
        let facts = &commit.facts;
        let name = request.window.name().replace("..", "-to-");
        let (version, supersedes) = write::next_version(request.out.as_deref(), &name)?;
        let mut reading = settings.config.conventions.sentences();
        if request.profile == Profile::Redacted {
            reading.iter_mut().for_each(|it| *it = redacted(it));
        }
        let by = request.by.clone().or_else(|| user_name(self.root()));
        Ok(About {
            bundle_id: write::bundle_id(&name, version),
            version,
            supersedes,
            organisation: settings.config.evidence.organisation.clone(),
            contact: settings.config.evidence.contact.clone(),
            period: request.window,
            source: Source {
                commit: facts.id.clone(),
                commit_time: facts.committed.to_rfc3339(),
                tree: snapshot.tree()?,
                folder: snapshot.folder().to_owned(),
                settings: settings.blob.clone(),
                reading: reading.iter().map(|it| one_line(it)).collect(),
                commit_signature: if facts.is_signed { CommitSignature::Present } else { CommitSignature::None },
                dirty: !commit.uncommitted.is_empty(),
            },
            by: by.unwrap_or_else(|| "nobody named".to_owned()),
            tool_version: env!("CARGO_PKG_VERSION"),
            as_of: request.as_of.unwrap_or_else(|| committed_on(commit)),
            // The same everywhere, as the days of commits are.
            bagged: self.clock.today(Zone::Utc),
            profile: request.profile,
            sample: request.sample.clone(),
            accepted_by: request.accepted_by.clone(),
        })
    }
}

fn committed_on(commit: &Commit) -> NaiveDate {
    commit.facts.committed.to_utc().date_naive()
}

fn report(evidence: &Evidence<'_>, uncommitted: Vec<String>, sensitive: usize, bag: Vec<BagFile>) -> EvidenceReport {
    let population = &evidence.population;
    let row = |it: &Placed<'_>| EvidenceRow::of(it, &population.window);
    EvidenceReport {
        about: evidence.about.clone(),
        files: evidence.files.len(),
        members: population.members().map(row).collect(),
        carried_in: population.incidents(Standing::CarriedIn).map(row).collect(),
        undated: population.incidents(Standing::Undated).map(row).collect(),
        others: population.others().map(row).collect(),
        checks: evidence.checks.clone(),
        uncommitted,
        sensitive,
        bag,
    }
}

impl EvidenceRow {
    fn of(it: &Placed<'_>, window: &Window) -> Self {
        let membership = it.case.membership();
        Self {
            name: it.case.name().to_owned(),
            title: it.case.main().display_title().to_owned(),
            day: membership.map(|(date, _)| date.to_string()),
            by: membership.map(|(_, by)| by),
            began: it.case.began().map(|date| date.value.to_string()),
            severity: it.case.severity(),
            status: it.case.status(),
            open_at_end: it.case.is_open_after(window),
            documents: it.case.documents.len(),
        }
    }
}

fn unknown_sample(sample: &[String], population: &Population<'_>) -> Result<(), KbError> {
    let names: Vec<&str> = population.members().map(|it| it.case.name()).collect();
    let Some(unknown) = sample.iter().find(|id| !names.iter().any(|name| name.eq_ignore_ascii_case(id))) else {
        return Ok(());
    };
    let likeness = |name: &&str| (strsim::jaro_winkler(name, unknown) * 1000.0) as u32;
    let refused = Refused::new(format!("no incident of the period is called `{unknown}`"));
    Err(match names.iter().copied().max_by_key(likeness) {
        Some(near) => refused.hint(format!("did you mean `{near}`?")),
        None => refused.hint("the period has no incidents"),
    }
    .into())
}

fn of_snapshot(error: SnapshotError) -> KbError {
    match error {
        SnapshotError::Git(error) => GitError::into(error),
        SnapshotError::NoRepository(_) => {
            let message = format!("evidence is taken from a commit, and {error}");
            Refused::new(message)
                .hint(
                    "only git can show that none is missing: name a work tree, or make one with `git init`, and commit",
                )
                .into()
        }
        SnapshotError::NoRevision(revision) if revision == "HEAD" => {
            Refused::new("evidence is taken from a commit, and the repository has none yet")
                .hint("commit the documents first")
                .into()
        }
        SnapshotError::NoRevision(_) => Refused::new(error.to_string()).hint("name a commit, a branch or a tag").into(),
    }
}
