//! The draft of a document: everything that is known, put into its template.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::parent::{self, Named, Parent};
use super::precedent::{self, Precedent};
use super::{Draft, NewRequest, Refused, SeenBefore, clocks, commits, controls, ids, seen, tags, variables};
use crate::clock::Zone;
use crate::config::{Fact, Profile};
use crate::kb::{KbError, KnowledgeBase};
use crate::model::{Moment, add_new, nearest};
use crate::parse::parse;
use crate::scaffold::{COMMON, ComplianceBlock, FrontMatterText, LogFacts, TemplateInfo, Templates, Values, read_log};

/// Everything that goes into a draft besides its names.
struct Known<'a> {
    kb: &'a KnowledgeBase,
    request: &'a NewRequest,
    info: &'a TemplateInfo,
    zone: Zone,
    title: String,
    date: NaiveDate,
    project: String,
    parent: Option<Parent>,
    precedent: Option<Precedent>,
    log: Option<LogFacts>,
    compliance: ComplianceBlock,
    notices: Vec<String>,
}

pub(super) fn draft(kb: &KnowledgeBase, request: &NewRequest) -> Result<Draft, KbError> {
    let templates = kb.templates()?;
    let info = template(&templates, &request.template)?;
    variables::check_names(info, request)?;
    let (mut request, mut notices) = (request.clone(), Vec::new());
    let parent = parent(kb, &mut request, &mut notices)?;
    let request = &request;
    let mut known = Known::new(kb, request, info, parent, notices)?;
    let names = ids::names(kb, request, &known.title, known.date, &known.project, &mut known.notices)?;
    let values = known.values(&names.id, &names.path)?;
    let text = templates.render(&info.name, &values)?;
    let options = kb.current_config().parse_options();
    let parsed = parse(&names.path, text.as_bytes(), &options);
    let seen = seen::seen(kb, &parsed, request.log.as_deref())?;
    let text = if info.source.contains("related") {
        // The template wants to name what is related, which is known only once there is a draft.
        let mut values = values;
        values.set("related", related(&seen, &names.path));
        templates.render(&info.name, &values)?
    } else {
        text
    };
    let id = parsed.document.id.map(|id| id.value);
    if id.as_deref() != Some(names.id.as_str()) {
        known.notices.push(format!(
            "The template does not write the id `{}` where ris reads one; put `{{{{ front_matter }}}}` between two lines \
             of `---`.",
            names.id
        ));
    }
    let (title, notices) = (known.title, known.notices);
    Ok(Draft { id: names.id, path: names.path, title, template: info.name.clone(), text, seen, notices })
}

fn related(seen: &[SeenBefore], from: &str) -> Vec<Value> {
    let row = |it: &SeenBefore| {
        json!({
            "id": it.document.id.clone().unwrap_or_default(),
            "title": it.document.title,
            "link": precedent::link(from, &it.document.path),
            "date": it.document.date.clone().unwrap_or_default(),
            "because": it.because,
            "open_actions": it.incident_actions_open,
        })
    };
    seen.iter().map(row).collect()
}

/// Returns the incident that the document belongs to, after the request has taken over what it leaves open.
fn parent(kb: &KnowledgeBase, request: &mut NewRequest, notices: &mut Vec<String>) -> Result<Option<Parent>, KbError> {
    let Some(key) = &request.incident else { return Ok(None) };
    match parent::find(kb, key)? {
        Named::Incident(parent) => {
            parent.fill(request, &kb.taxonomy());
            return Ok(Some(parent));
        }
        Named::Several => {
            notices.push(format!(
                "Several incidents go by `{key}`, so nothing was taken over from any; name one by its path."
            ));
        }
        Named::Nothing(nearest) => notices.push(no_incident(key, &nearest)),
    }
    Ok(None)
}

/// Returns the template of that name.
fn template<'a>(templates: &'a Templates, name: &str) -> Result<&'a TemplateInfo, KbError> {
    match templates.get(name) {
        Some(found) => found.map_err(|error| KbError::Template(error.clone())),
        None => {
            let names = templates.names();
            let all = names.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
            let hint = match nearest(name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? There are {all}"),
                None => format!("there are {all}"),
            };
            Err(Refused::new(format!("there is no template `{name}`")).hint(hint).into())
        }
    }
}

impl<'a> Known<'a> {
    fn new(
        kb: &'a KnowledgeBase,
        request: &'a NewRequest,
        info: &'a TemplateInfo,
        parent: Option<Parent>,
        mut notices: Vec<String>,
    ) -> Result<Self, KbError> {
        let zone = kb.config().documents.time_zone;
        let today = kb.clock.today(zone);
        let precedent = request.like.as_deref().map(|key| precedent::find(kb, key)).transpose()?;
        let log = request.log.as_deref().map(|text| read_log(text, chrono::Datelike::year(&today)));
        if let Some(log) = &log {
            tell_of_log(log, &mut notices);
        }
        tags::tell_unknown(kb, &request.tags, &mut notices)?;
        let headline = log.as_ref().map(|log| log.headline.clone()).unwrap_or_default();
        let title = if request.title.trim().is_empty() { headline } else { request.title.trim().to_owned() };
        if title.is_empty() {
            return Err(Refused::new("a document needs a title")
                .hint("write it behind the template: `ris new incident Disk full on db-1`")
                .into());
        }
        let logged = log.as_ref().and_then(|log| local(log.first?, zone)).map(|it| it.date());
        let discovered = request.variables.get("discovered").and_then(Value::as_str).and_then(clocks::day_of);
        let date = request.date.or(logged).or(discovered).unwrap_or(today);
        let project = request.project.clone().or_else(|| kb.config().documents.project.clone());
        let project =
            project.or_else(|| precedent.as_ref().and_then(|it| it.summary.project.clone())).unwrap_or_default();
        let mut known = Self {
            kb,
            request,
            info,
            zone,
            title,
            date,
            project,
            parent,
            precedent,
            log,
            compliance: ComplianceBlock::default(),
            notices,
        };
        known.fill_compliance()?;
        Ok(known)
    }

    /// The user's word first, then what the incident itself states, or else the profile, then the earlier incident.
    fn fill_compliance(&mut self) -> Result<(), KbError> {
        let profile = self.profile()?;
        let is_named = self.request.profile.is_some();
        if let Some(profile) = profile.as_ref().filter(|_| is_named) {
            self.compliance.add_profile(profile);
        }
        let documents = self.parent.iter().flat_map(|it| &it.documents);
        documents.filter_map(|it| it.front_matter.as_ref()).for_each(|it| self.compliance.add_incident(it));
        if let Some(profile) = profile.filter(|_| is_named || self.compliance.fields().is_empty()) {
            let profile = &profile;
            controls::check_profile(profile, &mut self.notices)?;
            self.compliance.add_profile(profile);
        }
        if let Some(front_matter) = self.precedent.as_ref().and_then(|it| it.document.front_matter.as_ref()) {
            self.compliance.add_precedent(front_matter);
        }
        controls::add(&mut self.compliance, &self.request.controls, &mut self.notices)?;
        if let Some(classification) = &self.request.classification {
            self.compliance.classify(classification);
        }
        Ok(())
    }

    fn profile(&self) -> Result<Option<Profile>, KbError> {
        let (request, profiles) = (self.request, &self.kb.config().profiles);
        let project = Some(self.project.as_str()).filter(|it| !it.is_empty());
        let name = request.profile.as_deref();
        Ok(controls::profile(profiles, name, project, request.classification.as_deref())?.cloned())
    }

    /// What reports on an incident that has a report leaves the status to that one: two would differ one day.
    fn status(&self) -> String {
        let stated = self.parent.as_ref().filter(|_| self.info.kind.is_report()).map(|it| it.documents.as_slice());
        let own = match stated {
            Some([first, ..]) if self.kb.config().check.facts.contains(&Fact::Status) => {
                first.status.as_ref().map(|it| it.value)
            }
            Some([_, ..]) => None,
            _ => self.info.status,
        };
        self.request.status.or(own).map_or_else(String::new, |it| it.as_str().to_owned())
    }

    fn services(&self) -> Vec<String> {
        let carried = self.precedent.iter().flat_map(|it| it.document.services.iter().map(|it| it.value.clone()));
        joined(&self.request.services, carried)
    }

    /// Names that the taxonomy knows, by its spelling. Only what a person stated is carried over.
    fn tags(&self) -> Vec<String> {
        let taxonomy = self.kb.taxonomy();
        let own: Vec<String> = self.request.tags.iter().map(|tag| taxonomy.canonical(tag)).collect();
        let stated = self.precedent.iter().flat_map(|it| &it.document.tags).filter(|tag| !tag.is_inferred());
        joined(&own, stated.map(|tag| tag.tag.clone()))
    }

    fn front_matter(&self, id: &str) -> Result<String, KbError> {
        let request = self.request;
        let mut front = FrontMatterText::default();
        let mut write = || -> Result<(), crate::store::edit::EditError> {
            front.text("id", id)?;
            front.text("title", &self.title)?;
            front.text("kind", self.info.kind.as_str())?;
            front.text("date", &self.date.to_string())?;
            front.text("severity", request.severity.map_or("", |it| it.word()))?;
            front.text("status", &self.status())?;
            front.list("services", &self.services())?;
            front.list("owners", &request.owners)?;
            front.list("root-causes", &self.tags())?;
            front.text("project", &self.project)?;
            front.text("incident", request.incident.as_deref().unwrap_or_default())?;
            let like = self.precedent.as_ref().and_then(|it| it.summary.id.clone());
            front.list("related", like.as_slice())?;
            self.compliance.write(&mut front)?;
            let created = self.kb.clock.today(self.zone).to_string();
            front.text("created", &created)?;
            front.text("updated", &created)
        };
        write().map_err(|error| Refused { message: error.message, hint: Some(error.hint) })?;
        Ok(front.render())
    }

    fn values(&mut self, id: &str, path: &str) -> Result<Values, KbError> {
        let now = self.kb.clock.now();
        let here = self.zone.at(now);
        let mut values = Values::default();
        values.set("front_matter", self.front_matter(id)?);
        values.set("id", id);
        values.set("title", &self.title);
        values.set("kind", self.info.kind.as_str());
        values.set("date", self.date.to_string());
        values.set("time", here.format("%H:%M").to_string());
        values.set("today", here.date_naive().to_string());
        values.set("zone", self.zone.label(now));
        values.set("severity", self.request.severity.map_or("", |it| it.word()));
        values.set("status", self.status());
        values.set("project", &self.project);
        values.set("incident", self.request.incident.as_deref().unwrap_or_default());
        values.set("classification", self.compliance.classification().unwrap_or_default());
        values.set("services", self.services());
        values.set("owners", &self.request.owners);
        values.set("tags", self.tags());
        values.set("controls", self.compliance.controls());
        if let Some(like) = &self.precedent {
            let id = like.summary.id.clone().unwrap_or_default();
            let link = precedent::link(path, &like.summary.path);
            values.set("like", json!({"id": id, "title": like.summary.title, "link": link}));
            values.set("questions", &like.questions);
        }
        self.add_timeline(&mut values)?;
        self.add_variables(&mut values)?;
        Ok(values)
    }

    fn add_timeline(&mut self, values: &mut Values) -> Result<(), KbError> {
        let mut entries = Vec::new();
        if let Some(window) = &self.request.git {
            let drafted = commits::draft(window, self.date, self.kb.clock.now(), self.zone)?;
            entries = drafted.entries;
            values.set("commits", drafted.about);
            tell_removed("messages of the commits", &drafted.removed, &mut self.notices);
        }
        if let Some(log) = &self.log {
            values.set("error", &log.error);
            values.set("hosts", &log.hosts);
            let mut add = |moment: Option<Moment>, text: &str| {
                if let Some(at) = moment.and_then(|it| local(it, self.zone)) {
                    entries.push(json!({"time": at.format("%Y-%m-%d %H:%M").to_string(), "text": text}));
                }
            };
            add(log.first, "First line of the log");
            if log.last.map(|it| it.utc()) != log.first.map(|it| it.utc()) {
                add(log.last, "Last line of the log");
            }
        }
        entries.sort_by(|a, b| a["time"].as_str().cmp(&b["time"].as_str()));
        values.set("timeline", entries);
        Ok(())
    }

    /// Sets the variables of the template: as the user said, and those that follow.
    fn add_variables(&mut self, values: &mut Values) -> Result<(), KbError> {
        for variable in &self.info.variables {
            if let Some(value) = self.request.variables.get(&variable.name) {
                values.set(&variable.name, variables::fitted(&variable.name, value, &variable.default)?);
            }
        }
        let has = |name: &str| self.info.variables.iter().any(|it| it.name == name);
        if has("discovered") && has("deadlines") {
            let text = |name: &str| match values.get(name) {
                Some(Value::String(text)) => text.trim().to_owned(),
                Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","),
                Some(other) => other.to_string(),
                None => String::new(),
            };
            let discovered = Some(text("discovered")).filter(|it| !it.is_empty()).unwrap_or_else(|| {
                self.notices.push(clocks::not_said(self.date, self.parent.is_some()));
                self.date.to_string()
            });
            let (individuals, regimes, role) = (text("individuals"), text("regimes"), text("role"));
            let facts = clocks::Facts { discovered: discovered.clone(), individuals, regimes, role };
            values.set("deadlines", clocks::deadlines(&facts, self.zone)?);
            values.set("discovered", discovered);
        }
        Ok(())
    }
}

fn joined(own: &[String], carried: impl Iterator<Item = String>) -> Vec<String> {
    let mut all = own.to_vec();
    add_new(&mut all, carried);
    all
}

/// Returns a moment as the clocks of `zone` show it; one of unknown zone as it stands.
fn local(moment: Moment, zone: Zone) -> Option<chrono::NaiveDateTime> {
    let at = moment.utc()?;
    Some(if moment.offset.is_some() { zone.at(at.and_utc()).naive_local() } else { at })
}

/// Tells what became of the log: that no line of it is quoted, and what was taken out.
fn tell_of_log(log: &LogFacts, notices: &mut Vec<String>) {
    if log.error.is_empty() {
        notices.push("No line of the log tells of an error, so none is quoted.".to_owned());
    }
    tell_removed("log", &log.removed, notices);
}

/// It may be about to be written, so it is no error.
fn no_incident(key: &str, nearest: &[String]) -> String {
    let near = nearest.first().map_or_else(String::new, |it| format!(" Did you mean `{it}`?"));
    format!("No document here is called `{key}`, which the front matter names as its incident.{near}")
}

fn tell_removed(from: &str, removed: &[&str], notices: &mut Vec<String>) {
    if !removed.is_empty() {
        let what = removed.join(", ");
        notices.push(format!("Taken out of the {from}, since it must not stand in a document: {what}."));
    }
}

/// The names that a template may use besides its own.
#[must_use]
pub fn common_variables() -> Vec<(&'static str, &'static str)> {
    COMMON.iter().map(|(name, about, _)| (*name, *about)).collect()
}
