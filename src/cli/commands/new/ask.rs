//! The questions of `ris new` on a terminal: what flags did not say.

use crate::cli::error::CommandError;
use crate::cli::prompt;
use crate::cli::text::truncate;
use crate::kb::{KnowledgeBase, NameField, NewRequest, check_control};
use crate::model::Severity;

/// Names of each sort that are offered.
const MOST: usize = 1000;

/// Asks for what the request does not say. Enter leaves anything but the template and the title open.
pub(super) fn missing(kb: &KnowledgeBase, request: &mut NewRequest, width: usize) -> Result<(), CommandError> {
    if request.template.is_empty() {
        request.template = template(kb, width)?;
    }
    if request.title.is_empty() && request.log.is_none() {
        let help = "a few words by which others find it: what broke, and how";
        while request.title.trim().is_empty() {
            request.title = prompt::text("Title:", help)?;
        }
    }
    if request.severity.is_none() {
        request.severity = severity()?;
    }
    let known = |field| -> Vec<String> {
        let names = kb.known_names(field, "", MOST).unwrap_or_default();
        let mut names: Vec<_> = names.into_iter().map(|it| (it.documents, it.name)).collect();
        names.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        names.into_iter().map(|it| it.1).collect()
    };
    if request.services.is_empty() && request.like.is_none() {
        request.services = prompt::names("Services:", known(NameField::Service))?;
    }
    if request.tags.is_empty() && request.like.is_none() {
        request.tags = prompt::names("Root causes:", tags(kb, known(NameField::Tag)))?;
    }
    if request.controls.is_empty() && request.like.is_none() && kb.config().profiles.is_empty() {
        let check = |text: &str| check_control(text).map_err(|it| it.sentence());
        request.controls = prompt::names_that("Controls:", known(NameField::Control), check)?;
    }
    Ok(())
}

fn template(kb: &KnowledgeBase, width: usize) -> Result<String, CommandError> {
    let templates = kb.templates()?;
    let names: Vec<String> = templates.names().into_iter().map(str::to_owned).collect();
    let about = |name: &String| match templates.get(name) {
        Some(Ok(info)) => {
            let about = info.about.split(['.', ';']).next().unwrap_or_default();
            truncate(&format!("{name:<11}  {about}"), width.saturating_sub(3)).into_owned()
        }
        _ => name.clone(),
    };
    let chosen = prompt::one_of("What do you want to write?", "type to choose", names.iter().map(about).collect())?;
    Ok(names[chosen].clone())
}

fn severity() -> Result<Option<Severity>, CommandError> {
    let mut choices = vec!["not known yet".to_owned()];
    choices.extend(Severity::ALL.map(|it| it.to_string()));
    let chosen = prompt::one_of("Severity:", "type to choose", choices)?;
    Ok(chosen.checked_sub(1).map(|at| Severity::ALL[at]))
}

/// Tags in use come first, then those that nobody has used yet.
fn tags(kb: &KnowledgeBase, mut used: Vec<String>) -> Vec<String> {
    let taxonomy = kb.taxonomy();
    let unused = taxonomy.tags().iter().map(|it| it.name.clone()).filter(|name| !used.contains(name));
    let unused: Vec<String> = unused.collect();
    used.extend(unused);
    used
}
