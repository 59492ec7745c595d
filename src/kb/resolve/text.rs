//! The text of a new resolution: its names, its front matter, and its parts in the template.

use super::ResolveRequest;
use crate::config::{DEFAULT_PATH, choose_profile};
use crate::kb::new::ids;
use crate::kb::{KbError, KnowledgeBase, NewRequest, Refused};
use crate::model::{Document, Kind, StatusState, add_new, folder_of, one_line};
use crate::scaffold::{ComplianceBlock, FrontMatterText, PARTS, ResolutionPart, Resolves, Values, cleaned};
use crate::store::edit::EditError;

/// The template of resolutions.
const TEMPLATE: &str = "resolution";

/// Names of the new document.
pub(super) struct Names {
    pub(super) id: String,
    pub(super) path: String,
    pub(super) title: String,
    pub(super) notices: Vec<String>,
    /// What was taken out of the title, since it must not stand in a document.
    pub(super) removed: Vec<&'static str>,
}

/// Returns the names by the patterns; where no pattern says otherwise it lies beside the report.
pub(super) fn names(kb: &KnowledgeBase, request: &ResolveRequest, report: &Document) -> Result<Names, KbError> {
    let documents = &kb.config().documents;
    let today = kb.clock.today(documents.time_zone);
    let date = report.date.as_ref().map_or(today, |date| date.value.first_day());
    let mut removed = Vec::new();
    let title = &cleaned(bare_title(report), &mut removed);
    let project = report.project.as_ref().map(|it| it.value.clone()).or_else(|| documents.project.clone());
    let project = project.unwrap_or_default();
    let mut notices = Vec::new();
    let mut wanted = NewRequest {
        template: TEMPLATE.to_owned(),
        id: request.id.clone(),
        path: request.path.clone(),
        ..NewRequest::default()
    };
    let folder = folder_of(&report.path);
    let beside = request.path.is_none() && documents.path_pattern(TEMPLATE).as_str() == DEFAULT_PATH;
    if beside {
        // The id is not known yet; any free name passes the checks of paths.
        let free = format!("ris-resolution-{}.md", std::process::id());
        wanted.path = Some(if folder.is_empty() { free } else { format!("{folder}/{free}") });
    }
    let names = ids::names(kb, &wanted, title, date, &project, &mut notices)?;
    let mut path = names.path;
    if beside {
        let own = format!("{}.md", names.id);
        wanted.path = Some(if folder.is_empty() { own } else { format!("{folder}/{own}") });
        wanted.id = Some(names.id.clone());
        notices.clear();
        path = ids::names(kb, &wanted, title, date, &project, &mut notices)?.path;
    }
    Ok(Names { id: names.id, path, title: format!("Resolution: {title}"), notices, removed })
}

/// The title without the id that it may begin with.
fn bare_title(report: &Document) -> &str {
    let title = report.display_title();
    let id = report.id.as_ref().map_or("", |id| id.value.as_str());
    let rest = title.strip_prefix(id).filter(|_| !id.is_empty()).unwrap_or(title);
    let rest = rest.trim_start_matches([':', '-', '–', '—', ' ']);
    if rest.is_empty() { title } else { rest }
}

/// Fills the template.
pub(super) fn render(
    kb: &KnowledgeBase,
    id: &str,
    title: &str,
    of: &Resolves<'_>,
    status: StatusState,
    parts: &[ResolutionPart],
    notices: &mut Vec<String>,
) -> Result<String, KbError> {
    let templates = kb.templates()?;
    let found = templates.get(TEMPLATE).ok_or_else(|| Refused::new("there is no template `resolution`"))?;
    let info = found.map_err(|error| KbError::Template(error.clone()))?;
    let facts = Facts::of(kb, of, status);
    if facts.date.is_empty() {
        let told = "No document says on which day the incident began, so the id has today's; write `date:` into the \
                    front matter of the report and of the resolution.";
        notices.push(told.to_owned());
    }
    let now = kb.clock.now();
    let zone = kb.config().documents.time_zone;
    let front = facts.front_matter(kb, id, title, of).map_err(|error| Refused::new(error.message).hint(error.hint))?;
    let mut values = Values::default();
    values.set("front_matter", front);
    values.set("id", id);
    values.set("title", title);
    values.set("kind", Kind::Resolution.as_str());
    values.set("date", &facts.date);
    values.set("time", zone.at(now).format("%H:%M").to_string());
    values.set("today", zone.at(now).date_naive().to_string());
    values.set("zone", zone.label(now));
    values.set("severity", &facts.severity);
    values.set("status", status.as_str());
    values.set("project", &facts.project);
    values.set("incident", &facts.incident);
    values.set("services", &facts.services);
    values.set("owners", &facts.owners);
    values.set("tags", &facts.tags);
    let mut unused = Vec::new();
    for name in PARTS {
        let variable = variable_of(name);
        let has = info.variables.iter().any(|it| it.name == variable);
        match parts.iter().find(|part| part.name == name) {
            Some(part) if has => values.set(variable, part.marked()),
            Some(_) => unused.push(format!("`{variable}`")),
            None => {}
        }
    }
    if !unused.is_empty() {
        let unused = unused.join(", ");
        notices
            .push(format!("The team's template `resolution` names no variable {unused}, so these parts are left out."));
    }
    Ok(templates.render(TEMPLATE, &values)?)
}

/// Two parts go by names that every template uses for something else.
fn variable_of(part: &str) -> &str {
    match part {
        "timeline" => "timeline_part",
        "related" => "related_part",
        other => other,
    }
}

/// What the documents state together, the report first.
struct Facts {
    date: String,
    severity: String,
    status: StatusState,
    project: String,
    incident: String,
    services: Vec<String>,
    owners: Vec<String>,
    tags: Vec<String>,
}

impl Facts {
    fn of(kb: &KnowledgeBase, of: &Resolves<'_>, status: StatusState) -> Self {
        let documents = || of.sources.iter().map(|source| source.document);
        let each = |get: &dyn Fn(&Document) -> Vec<String>| {
            let mut all = Vec::new();
            add_new(&mut all, documents().flat_map(get));
            all
        };
        let stated = |it: &Document| it.tags.iter().filter(|tag| !tag.is_inferred()).map(|it| it.tag.clone()).collect();
        Self {
            date: documents().find_map(|it| it.date.as_ref()).map(|it| it.value.to_string()).unwrap_or_default(),
            severity: documents().find_map(|it| it.severity.as_ref()).map_or("", |it| it.value.word()).to_owned(),
            status,
            project: documents().find_map(|it| it.project.as_ref()).map(|it| it.value.clone()).unwrap_or_default(),
            incident: documents().find_map(|it| it.id.as_ref()).map(|it| it.value.clone()).unwrap_or_default(),
            services: each(&|it| it.services.iter().map(|it| it.value.clone()).collect()),
            owners: each(&|it| it.owners.iter().map(|it| it.value.clone()).collect()),
            tags: each(&stated).into_iter().map(|tag| kb.taxonomy().canonical(&tag)).collect(),
        }
    }

    fn front_matter(&self, kb: &KnowledgeBase, id: &str, title: &str, of: &Resolves<'_>) -> Result<String, EditError> {
        let mut front = FrontMatterText::default();
        front.text("id", id)?;
        front.text("title", &one_line(title))?;
        front.text("kind", Kind::Resolution.as_str())?;
        front.text("incident", &self.incident)?;
        front.text("date", &self.date)?;
        front.text("severity", &self.severity)?;
        front.text("status", self.status.as_str())?;
        front.list("services", &self.services)?;
        front.list("owners", &self.owners)?;
        front.list("root-causes", &self.tags)?;
        front.text("project", &self.project)?;
        compliance(kb, of, &self.project).write(&mut front)?;
        let today = kb.clock.today(kb.config().documents.time_zone).to_string();
        front.text("created", &today)?;
        front.text("updated", &today)?;
        Ok(front.render())
    }
}

/// Returns the compliance block that the documents state, or else that of the profile for the project.
fn compliance(kb: &KnowledgeBase, of: &Resolves<'_>, project: &str) -> ComplianceBlock {
    let mut block = ComplianceBlock::default();
    let stated = of.sources.iter().filter_map(|source| source.document.front_matter.as_ref());
    for front_matter in stated {
        block.add_incident(front_matter);
    }
    if block.fields().is_empty() {
        let project = Some(project).filter(|it| !it.is_empty());
        if let Ok(Some(profile)) = choose_profile(&kb.config().profiles, project, None) {
            block.add_profile(profile);
        }
    }
    block
}
