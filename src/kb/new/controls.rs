//! Controls of new documents: each is one of the catalogues, of the edition in force.

use super::Refused;
use crate::compliance::{Lookup, look_up};
use crate::config::{Profile, choose_profile};
use crate::scaffold::ComplianceBlock;

/// Reads `soc2:CC7.3` or `CC7.3`; returns its framework and id as the catalogue writes them.
///
/// # Errors
/// Where no catalogue has it, or it is no single control.
fn control(text: &str, notices: &mut Vec<String>) -> Result<Vec<(String, String)>, Refused> {
    let (framework, id) = text.split_once(':').map_or(("", text), |(framework, id)| (framework.trim(), id.trim()));
    let of = |control: &crate::compliance::Control| (control.framework.key().to_owned(), control.id.to_owned());
    match look_up(framework, id) {
        Lookup::Known { control, .. } => Ok(vec![of(control)]),
        Lookup::Superseded { by, .. } => {
            let new: Vec<&str> = by.iter().map(|it| it.id).collect();
            notices.push(format!(
                "`{id}` is of an edition that is no longer in force; {} took its place.",
                new.join(" and ")
            ));
            Ok(by.into_iter().map(of).collect())
        }
        Lookup::TooBroad { members, .. } => {
            let some: Vec<String> = members.iter().take(6).map(|it| format!("`{}`", it.id)).collect();
            let hint = if some.is_empty() {
                "name a control".to_owned()
            } else {
                format!("name one, such as {}", some.join(", "))
            };
            Err(Refused::new(format!("`{text}` is more than one control")).hint(hint))
        }
        Lookup::Unknown { nearest, .. } => {
            let refused = Refused::new(format!("there is no control `{text}`"));
            Err(match nearest {
                Some(control) => refused.hint(format!("did you mean `{}:{}`?", control.framework.key(), control.id)),
                None => refused.hint("write it as `soc2:CC7.3`, `hipaa:164.308(a)(6)(ii)` or `iso27001:A.5.26`"),
            })
        }
        Lookup::Unchecked if framework.is_empty() => {
            Err(Refused::new(format!("there is no control `{text}`")).hint("name its framework, as in `soc2:CC7.3`"))
        }
        Lookup::Unchecked => Ok(vec![(framework.to_ascii_lowercase(), id.to_owned())]),
    }
}

/// Checks that a new document may name this control.
///
/// # Errors
/// As `ris new` would refuse it, with what could be meant.
pub fn check_control(text: &str) -> Result<(), Refused> {
    control(text, &mut Vec::new()).map(|_| ())
}

/// Checks the controls of a profile of `ris.toml`.
///
/// # Errors
/// Names the profile and its line.
pub(in crate::kb) fn check_profile(profile: &Profile, notices: &mut Vec<String>) -> Result<(), Refused> {
    for (framework, id) in profile.controls() {
        let at =
            |message: String| format!("profile `{}` at line {} of `ris.toml`: {message}", profile.name, profile.line);
        match look_up(framework, id) {
            Lookup::Unknown { nearest, .. } => {
                let refused = Refused::new(at(format!("there is no control `{framework}:{id}`")));
                return Err(match nearest {
                    Some(control) => refused.hint(format!("did you mean `{}`?", control.id)),
                    None => refused,
                });
            }
            Lookup::Superseded { by, .. } => {
                let new: Vec<&str> = by.iter().map(|it| it.id).collect();
                notices.push(at(format!("`{id}` is no longer in force; {} took its place.", new.join(" and "))));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Adds the controls that the user named.
pub(super) fn add(block: &mut ComplianceBlock, named: &[String], notices: &mut Vec<String>) -> Result<(), Refused> {
    for text in named {
        for (framework, id) in control(text, notices)? {
            block.add_control(&framework, &id);
        }
    }
    Ok(())
}

/// Returns the profile that a person names.
///
/// # Errors
/// Where there is none of that name.
pub(in crate::kb) fn named_profile<'a>(profiles: &'a [Profile], name: &str) -> Result<&'a Profile, Refused> {
    profiles.iter().find(|it| it.name == name).ok_or_else(|| {
        let names: Vec<String> = profiles.iter().map(|it| format!("`{}`", it.name)).collect();
        let hint = if names.is_empty() {
            "`ris.toml` has no `[profiles.NAME]`".to_owned()
        } else {
            format!("`ris.toml` has {}", names.join(", "))
        };
        Refused::new(format!("there is no profile `{name}`")).hint(hint)
    })
}

/// Returns the profile of a document: the one that a person names, or else the one that suits it best.
///
/// # Errors
/// Where there is none of that name, or several suit equally well.
pub(in crate::kb) fn profile<'a>(
    profiles: &'a [Profile],
    name: Option<&str>,
    project: Option<&str>,
    classification: Option<&str>,
) -> Result<Option<&'a Profile>, Refused> {
    if let Some(name) = name {
        return named_profile(profiles, name).map(Some);
    }
    choose_profile(profiles, project, classification)
        .map_err(|error| Refused::new(error.to_string()).hint("choose one with `--profile`"))
}
