//! `ris log`: the incident that is going on, and one entry more in its timeline, however many write at once.

use chrono::{DateTime, FixedOffset};

use super::new::Refused;
use super::{
    DocumentSummary, Found, IncidentFilter, IncidentRequest, IncidentSort, KbError, KnowledgeBase, PlannedEdit, Scope,
};
use crate::model::{Kind, StatusState};
use crate::parse::{MomentError, parse, read_past_moment};
use crate::store::edit::{NewEntry, add_entry};
use crate::store::fs;
use crate::store::write::WriteError;

/// How often an entry is made anew because an editor, which knows no locks, was faster.
const ATTEMPTS: u32 = 50;
/// Most incidents named where several are open.
const MOST: usize = 20;

/// An entry and where it goes, or went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// The change of the document.
    pub edit: PlannedEdit,
    /// Line of the entry afterwards, counted from 1.
    pub line: usize,
    /// The entry as written.
    pub entry: String,
    /// Its moment.
    pub at: DateTime<FixedOffset>,
    /// Sorts of secrets and of data of patients that stand in it, each once: they are written as they were typed.
    pub sensitive: Vec<&'static str>,
}

impl KnowledgeBase {
    /// Returns the incidents that somebody works on: those open or under investigation, or else those that are only
    /// mitigated; the newest first.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn open_incidents(&self) -> Result<Vec<DocumentSummary>, KbError> {
        let of = |statuses: &[StatusState]| {
            let statuses = statuses.iter().copied().map(Some).collect();
            let filter = IncidentFilter { scope: Scope::Incidents, statuses, ..IncidentFilter::default() };
            let request =
                IncidentRequest { filter, sort: IncidentSort::Date, descending: true, offset: 0, limit: MOST };
            Ok::<_, KbError>(self.incidents(&request)?.items.into_iter().map(|it| it.document).collect::<Vec<_>>())
        };
        let open = of(&[StatusState::Open, StatusState::Investigating])?;
        if open.is_empty() { of(&[StatusState::Mitigated]) } else { Ok(open) }
    }

    /// Looks up the document that keeps the timeline of the incident `key`: of several with one id the report, of several
    /// documents of one incident the one that stands for it.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn find_report(&self, key: &str) -> Result<Found, KbError> {
        let found = self.find(key)?;
        let Found::Many(documents) = &found else { return Ok(found) };
        let mut reports = documents.iter().filter(|it| it.kind == Kind::Incident);
        if let (Some(report), None) = (reports.next(), reports.next()) {
            return Ok(Found::One(Box::new(report.clone())));
        }
        let about: Vec<&DocumentSummary> = documents.iter().filter(|it| it.kind != Kind::Other).collect();
        let Some(first) = about.first() else { return Ok(found) };
        let whole = self.documents_of(&self.read(&first.path)?)?;
        let place = |it: &&DocumentSummary| whole.iter().position(|known| known.document.path == it.path);
        let Some(places) = about.iter().map(place).collect::<Option<Vec<_>>>() else { return Ok(found) };
        let lead = about.iter().zip(places).min_by_key(|(_, place)| *place);
        Ok(lead.map_or_else(|| found.clone(), |(lead, _)| Found::One(Box::new((*lead).clone()))))
    }

    /// Reads a moment as somebody types it, in the zone that `ris.toml` names; `None` is now.
    ///
    /// # Errors
    /// Where it is no time, or one that is still to come.
    pub fn moment(&self, text: Option<&str>) -> Result<DateTime<FixedOffset>, MomentError> {
        let config = self.config();
        let (zone, order) = (config.documents.time_zone, config.conventions.date_order);
        let moment = read_past_moment(text.unwrap_or("now"), self.clock.now_in(zone), order)?;
        Ok(zone.at(moment.to_utc()))
    }

    /// Reads a moment as somebody types it, in the zone of the timeline of the document at `path`; where that has none, in
    /// the zone that `ris.toml` names.
    ///
    /// # Errors
    /// Where it is no time, or one that is still to come.
    pub fn moment_in(&self, path: &str, text: Option<&str>) -> Result<DateTime<FixedOffset>, MomentError> {
        let timeline = self.read(path).map(|parsed| parsed.document.timeline).unwrap_or_default();
        match timeline.iter().rev().find_map(|entry| entry.at?.offset) {
            Some(zone) => {
                let order = self.config().conventions.date_order;
                read_past_moment(text.unwrap_or("now"), self.clock.now().with_timezone(&zone), order)
            }
            None => self.moment(text),
        }
    }

    /// Plans an entry in the timeline of the document at `path` (relative to the root).
    ///
    /// # Errors
    /// Where the file cannot be read or is about no incident, or its timeline cannot be added to.
    pub fn plan_log(&self, path: &str, at: DateTime<FixedOffset>, text: &str) -> Result<LogEntry, KbError> {
        let full = fs::resolve(self.root(), path)?;
        let before = fs::read(&full, self.config().max_file_size)?;
        let options = self.current_config().parse_options();
        if parse(path, &before, &options).document.kind.value == Kind::Other {
            // A timeline would turn any page into an incident.
            let refused = Refused::new(format!("`{path}` is about no incident"));
            let hint = "name the incident's report; if this is it, state `kind: incident` in its front matter";
            return Err(refused.hint(hint).into());
        }
        let new = NewEntry { at, text: text.to_owned() };
        let added =
            add_entry(path, &before, &new, &options).map_err(|error| KbError::Edit { path: path.to_owned(), error })?;
        let edit = PlannedEdit { path: path.to_owned(), before, after: added.text };
        let (_, sensitive) = crate::sensitive::without(text, |_| true);
        Ok(LogEntry { edit, line: added.line, entry: added.entry, at, sensitive })
    }

    /// Adds an entry to the timeline of the document at `path`. Whoever does the same at the same time is waited for;
    /// what an editor saves in between is read again and never overwritten.
    ///
    /// # Errors
    /// As [`KnowledgeBase::plan_log`], and where the document cannot be written.
    pub fn log(&self, path: &str, at: DateTime<FixedOffset>, text: &str) -> Result<LogEntry, KbError> {
        let _lock = self.lock_documents()?;
        let mut attempt = 0;
        loop {
            attempt += 1;
            let planned = self.plan_log(path, at, text)?;
            match self.write_held(&planned.edit) {
                Ok(()) => return Ok(planned),
                Err(KbError::Write(WriteError::Changed { .. })) if attempt < ATTEMPTS => {}
                Err(error) => return Err(error),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::kb::OpenOptions;

    #[test]
    fn what_an_editor_saved_in_between_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        std::fs::write(&path, "# A\n\n## Timeline\n\n- 2026-01-15 10:00 UTC: paged\n").unwrap();
        let clock = Clock::Fixed("2026-01-15T12:00:00Z".parse().unwrap());
        let options = OpenOptions { root: Some(folder.path().into()), current_dir: folder.path().into(), clock };
        let kb = KnowledgeBase::open(&options).unwrap();
        let at = kb.moment(None).unwrap();
        let planned = kb.plan_log("a.md", at, "tried it").unwrap();
        let saved = "# A\n\n## Timeline\n\n- 2026-01-15 10:00 UTC: paged\n- 2026-01-15 11:00 UTC: saved\n";
        std::fs::write(&path, saved).unwrap();
        let refused = kb.write_edit(&planned.edit);
        assert!(matches!(refused, Err(KbError::Write(WriteError::Changed { .. }))));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), saved);
        kb.log("a.md", at, "tried it").unwrap();
        let both = format!("{saved}- 2026-01-15 12:00 UTC: tried it\n");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), both);
    }
}
