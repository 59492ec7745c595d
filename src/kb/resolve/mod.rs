//! The resolution document of an incident: made from all its documents, and made anew where nobody changed it.

mod status;
mod text;

use super::new::Refused;
use super::{DocumentSummary, Found, KbError, KnowledgeBase, Parsed, PlannedEdit};
use crate::model::{Document, Kind, StatusState, file_name};
use crate::scaffold::{RelatedIncident, Resolves, Source, open_questions, parts, refresh};
use crate::store::edit::{Change, conflict_in, edit, utf8};
use crate::store::fs;
use crate::store::write;

/// Times that the parts of a new resolution are made once more, at most: they name incidents that are alike, and what is
/// alike depends on all documents.
const MAX_SETTLING: usize = 3;
/// Related incidents that a resolution names.
const MAX_RELATED: usize = 5;

/// What is to become of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolveRequest {
    /// Id, path or file name of one of its documents.
    pub key: String,
    /// The status that it gets.
    pub status: StatusState,
    /// Make a resolution though the incident is resolved, or has one, already.
    pub again: bool,
    /// The id, instead of one by the pattern.
    pub id: Option<String>,
    /// The path, instead of one beside the report.
    pub path: Option<String>,
}

/// A resolution that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// Its id.
    pub id: String,
    /// Its path relative to the knowledge base.
    pub path: String,
    /// Title.
    pub title: String,
    /// Its text.
    pub text: String,
    /// The documents that it was made from, the report first.
    pub sources: Vec<String>,
    /// The changes that set the incident's status, one for each report that states less; none where it stands already.
    pub status: Vec<PlannedEdit>,
    /// Questions that nobody has answered yet.
    pub questions: usize,
    /// What a person should know; full sentences.
    pub notices: Vec<String>,
}

/// A resolution whose generated parts can be made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolutionUpdate {
    /// The change.
    pub edit: PlannedEdit,
    /// Names of the parts that are others now.
    pub changed: Vec<String>,
    /// Names and lines of the parts that a person changed, which stay.
    pub kept: Vec<(String, usize)>,
    /// What a person should know; full sentences.
    pub notices: Vec<String>,
}

impl KnowledgeBase {
    /// Plans the resolution of an incident and writes nothing.
    ///
    /// # Errors
    /// Where there is no such incident, it is resolved already, or its documents cannot be read or edited.
    pub fn plan_resolution(&self, request: &ResolveRequest) -> Result<Resolution, KbError> {
        let found = self.incident_of(&request.key)?;
        if found.document.kind.value == Kind::Resolution {
            let refused = Refused::new(format!("`{}` is a resolution itself", found.document.path));
            return Err(refused.hint("`--update` makes its generated parts anew").into());
        }
        let documents = self.documents_of(&found)?;
        let (resolutions, mut sources): (Vec<_>, Vec<_>) =
            documents.into_iter().partition(|it| it.document.kind.value == Kind::Resolution);
        if !request.again {
            refuse_resolved(&resolutions, &sources[0].document)?;
        }
        let status = status::plan_all(self, &sources, request.status)?;
        // The resolution names lines of the reports: those that they have once their status is set.
        for source in &mut sources {
            if let Some(edit) = status.iter().find(|edit| edit.path == source.document.path) {
                let options = self.current_config().parse_options();
                *source = crate::parse::parse(&edit.path, edit.after.as_bytes(), &options);
            }
        }
        let names = text::names(self, request, &sources[0].document)?;
        let (mut notices, related) = (names.notices, self.related_incidents(&sources[0], &sources)?);
        let of = Resolves { path: &names.path, sources: borrowed(&sources), related };
        let (parts, mut removed) = parts(&of);
        removed.extend(names.removed.iter().filter(|sort| !removed.contains(sort)).copied().collect::<Vec<_>>());
        let text = text::render(self, &names.id, &names.title, &of, request.status, &parts, &mut notices)?;
        tell_removed(&removed, &mut notices);
        let parsed = crate::parse::parse(&names.path, text.as_bytes(), &self.current_config().parse_options());
        if parsed.document.id.as_ref().is_none_or(|id| id.value != names.id) {
            notices.push(format!("The template does not write the id `{}` where ris reads one.", names.id));
        }
        Ok(Resolution {
            status,
            id: names.id,
            path: names.path,
            title: names.title,
            questions: open_questions(&text).len(),
            text,
            sources: sources.into_iter().map(|it| it.document.path).collect(),
            notices,
        })
    }

    /// Writes a planned resolution, then sets the incident's status. Nothing that is there is overwritten.
    ///
    /// # Errors
    /// Where a file is there already, or the report changed since it was read. The resolution is then taken back.
    pub fn write_resolution(&self, planned: &Resolution) -> Result<(), KbError> {
        let _lock = self.lock_documents()?;
        let full = self.root().join(&planned.path);
        write::create(&full, planned.text.as_bytes()).map_err(KbError::Write)?;
        let set = planned.status.iter().try_for_each(|edit| self.write_held(edit));
        if set.is_err() {
            // Made a moment ago and of no use beside a report that says something else now. What was not written yet
            // refuses to be taken back.
            let _ = std::fs::remove_file(&full);
            planned.status.iter().filter_map(PlannedEdit::undone).for_each(|edit| _ = self.write_held(&edit));
        }
        set
    }

    /// Makes the generated parts of a resolution that was written once more, now that it is one of the documents by which
    /// incidents are compared.
    ///
    /// # Errors
    /// Where the documents cannot be read or written.
    pub fn settle_resolution(&self, written: &mut Resolution) -> Result<(), KbError> {
        for _ in 0..MAX_SETTLING {
            self.sync(&|_| {})?;
            let update = match self.plan_resolution_update(&written.path, &[]) {
                Ok(update) if update.edit.changes_anything() => update,
                // A template of the team's own need not have generated parts.
                Ok(_) | Err(KbError::Refused(_)) => break,
                Err(error) => return Err(error),
            };
            self.write_edit(&update.edit)?;
            written.text = update.edit.after;
        }
        Ok(())
    }

    /// Plans the generated parts of a resolution anew; `key` names the resolution or its incident. Parts that a person
    /// changed stay, unless their names are among `overwrite`.
    ///
    /// # Errors
    /// Where there is no resolution with generated parts, or its marks are broken.
    pub fn plan_resolution_update(&self, key: &str, overwrite: &[String]) -> Result<ResolutionUpdate, KbError> {
        let found = self.incident_of(key)?;
        let documents = self.documents_of(&found)?;
        let (mut resolutions, sources): (Vec<_>, Vec<_>) =
            documents.into_iter().partition(|it| it.document.kind.value == Kind::Resolution);
        if found.document.kind.value == Kind::Resolution {
            resolutions.retain(|it| it.document.path == found.document.path);
        }
        let [resolution] = resolutions.as_slice() else { return Err(not_one(&found.document, &resolutions).into()) };
        let Some(report) = sources.first() else {
            let refused =
                Refused::new(format!("no document of the incident of `{}` is here", resolution.document.path));
            return Err(refused.hint("name it in the front matter: `incident: ID`").into());
        };
        self.update(resolution, report, &sources, overwrite)
    }

    fn update(
        &self,
        resolution: &Parsed,
        report: &Parsed,
        sources: &[Parsed],
        overwrite: &[String],
    ) -> Result<ResolutionUpdate, KbError> {
        let path = resolution.document.path.clone();
        let fail = |error| KbError::Edit { path: path.clone(), error };
        let before = fs::read(&fs::resolve(self.root(), &path)?, self.config().max_file_size)?;
        conflict_in(&before).map_err(fail)?;
        let of =
            Resolves { path: &path, sources: borrowed(sources), related: self.related_incidents(report, sources)? };
        let (parts, removed) = parts(&of);
        if let Some(unknown) = overwrite.iter().find(|name| !parts.iter().any(|part| part.name == **name)) {
            let names = parts.iter().map(|part| format!("`{}`", part.name)).collect::<Vec<_>>().join(", ");
            let refused = Refused::new(format!("there is no generated part `{unknown}`"));
            return Err(refused.hint(format!("there are {names}")).into());
        }
        let refreshed = refresh(utf8(&before).map_err(fail)?, &parts, overwrite).map_err(fail)?;
        if refreshed.parts == 0 {
            let refused = Refused::new(format!("`{path}` has no generated parts"));
            return Err(refused.hint("it was written by hand, and stays as it is").into());
        }
        let mut notices = Vec::new();
        tell_removed(&removed, &mut notices);
        let mut after = refreshed.text;
        let dated = resolution.document.front_matter.as_ref().is_some_and(|it| it.get("updated").is_some());
        if !refreshed.changed.is_empty() && dated {
            let today = self.clock.today(self.config().documents.time_zone).to_string();
            let updated = Change::Set { key: "updated".to_owned(), value: today };
            after = edit(&path, after.as_bytes(), &[updated]).map_err(fail)?;
        }
        let edit = PlannedEdit { path, before, after };
        Ok(ResolutionUpdate { edit, changed: refreshed.changed, kept: refreshed.kept, notices })
    }

    /// Looks up one document of an incident.
    fn incident_of(&self, key: &str) -> Result<Parsed, KbError> {
        let summary: DocumentSummary = match self.find_report(key)? {
            Found::One(summary) => *summary,
            Found::Many(all) => {
                let names: Vec<String> = all.iter().map(|it| format!("`{}`", it.path)).collect();
                let refused = Refused::new(format!("several documents go by `{key}`: {}", names.join(", ")));
                return Err(refused.hint("name the one you mean by its path").into());
            }
            Found::None(nearest) => return Err(KbError::NoSuchDocument { key: key.to_owned(), nearest }),
        };
        let parsed = self.read(&summary.path)?;
        if parsed.document.kind.value == Kind::Other {
            let refused = Refused::new(format!("`{}` is no document of an incident", summary.path));
            return Err(refused.hint("if it is one, write `kind: incident` into its front matter").into());
        }
        Ok(parsed)
    }

    /// Returns the incidents like this one that a cause, a service, a name or a reference ties to it.
    fn related_incidents(&self, report: &Parsed, sources: &[Parsed]) -> Result<Vec<RelatedIncident>, KbError> {
        let own = |path: &str| sources.iter().any(|it| it.document.path == path);
        let tells = |it: &super::Reason| !matches!(it, super::Reason::Words { .. });
        let found = self.related(report, MAX_RELATED)?.related;
        let found = found.into_iter().filter(|it| !own(&it.document.path) && it.reasons.iter().any(tells));
        let mut found: Vec<_> = found.collect();
        // The order of likeness changes with every document that is added, the order of time does not.
        found.sort_by(|a, b| b.document.date.cmp(&a.document.date).then_with(|| a.document.path.cmp(&b.document.path)));
        Ok(found
            .into_iter()
            .map(|it| RelatedIncident {
                name: it.document.id.clone().unwrap_or_else(|| file_name(&it.document.path).to_owned()),
                path: it.document.path,
                title: it.document.title,
                because: it
                    .reasons
                    .iter()
                    .filter(|it| tells(it))
                    .take(2)
                    .map(super::Reason::sentence)
                    .collect::<Vec<_>>()
                    .join("; "),
                open_actions: it.incident_actions_open,
            })
            .collect())
    }
}

fn borrowed(sources: &[Parsed]) -> Vec<Source<'_>> {
    sources.iter().map(|it| Source { document: &it.document, text: &it.text }).collect()
}

fn refuse_resolved(resolutions: &[Parsed], report: &Document) -> Result<(), Refused> {
    let name = report.id.as_ref().map_or(report.path.as_str(), |id| id.value.as_str());
    if let Some(resolution) = resolutions.first() {
        let refused = Refused::new(format!("`{name}` has a resolution already: `{}`", resolution.document.path));
        return Err(refused.hint("`--update` makes its generated parts anew, `--again` makes another one"));
    }
    let status = report.status.as_ref().filter(|it| it.value >= StatusState::Resolved);
    match status {
        None => Ok(()),
        Some(status) => {
            let state = status.value.as_str();
            let place = format!("{}:{}", report.path, status.origin.line);
            let refused = Refused::new(format!("`{name}` is {state} already ({place})"));
            Err(refused.hint("`--again` makes its resolution document and leaves the status as it is"))
        }
    }
}

fn not_one(found: &Document, resolutions: &[Parsed]) -> Refused {
    let name = found.id.as_ref().map_or(found.path.as_str(), |id| id.value.as_str());
    if resolutions.is_empty() {
        let refused = Refused::new(format!("`{name}` has no resolution yet"));
        return refused.hint("leave out `--update` to make one");
    }
    let names: Vec<String> = resolutions.iter().map(|it| format!("`{}`", it.document.path)).collect();
    Refused::new(format!("`{name}` has {} resolutions: {}", names.len(), names.join(", ")))
        .hint("name the one you mean")
}

fn tell_removed(removed: &[&'static str], notices: &mut Vec<String>) {
    if !removed.is_empty() {
        let what = removed.join(", ");
        notices.push(format!(
            "Left out of the resolution, since it must not stand in a document: {what}. The report still holds it."
        ));
    }
}
