//! Questions on a terminal: one text, one of several, or a list of names of which some are known.

use inquire::autocompletion::{Autocomplete, Replacement};
use inquire::error::CustomUserError;
use inquire::validator::Validation;
use inquire::{InquireError, Select, Text};

use super::error::CommandError;
use super::text::is_hostile;

/// Names offered at a time.
const OFFERED: usize = 7;

/// Asks for a text.
pub(crate) fn text(question: &str, help: &str) -> Result<String, CommandError> {
    answered(Text::new(question).with_help_message(help).prompt())
}

/// Asks for one of `choices`, of which typing leaves those that have its letters in their order.
pub(crate) fn one_of(question: &str, help: &str, choices: Vec<String>) -> Result<usize, CommandError> {
    // What stands behind two blanks explains a choice and is not repeated in the answer.
    let name =
        |it: inquire::list_option::ListOption<&String>| it.value.split("  ").next().unwrap_or_default().to_owned();
    let prompt = Select::new(question, choices).with_page_size(OFFERED + 2).with_help_message(help);
    answered(prompt.with_formatter(&name).raw_prompt()).map(|it| it.index)
}

/// Asks for names with commas between them; known ones are offered for the letters typed, new ones are welcome.
pub(crate) fn names(question: &str, known: Vec<String>) -> Result<Vec<String>, CommandError> {
    names_that(question, known, |_| Ok(()))
}

/// Asks for names as `names` does, and once more for as long as `check` says what is wrong with one.
pub(crate) fn names_that(
    question: &str,
    known: Vec<String>,
    check: impl Fn(&str) -> Result<(), String> + Clone,
) -> Result<Vec<String>, CommandError> {
    let known: Vec<String> = known.into_iter().filter(|it| !it.chars().any(|c| is_hostile(c) || c == ',')).collect();
    let help = if known.is_empty() {
        "commas between several, Enter for none"
    } else {
        "type, arrows and Tab to take one, commas between several"
    };
    let prompt = Text::new(question).with_help_message(help).with_page_size(OFFERED);
    let verdict = move |typed: &str| {
        let wrong = first_wrong(typed, &check);
        Ok(wrong.map_or(Validation::Valid, |wrong| Validation::Invalid(wrong.into())))
    };
    let typed = answered(prompt.with_autocomplete(Known { names: known }).with_validator(verdict).prompt())?;
    Ok(each(&typed).map(str::to_owned).collect())
}

/// Returns the names that are typed with commas between them.
fn each(typed: &str) -> impl Iterator<Item = &str> {
    typed.split(',').map(str::trim).filter(|it| !it.is_empty())
}

/// Returns what is wrong with the first name that `check` refuses.
fn first_wrong(typed: &str, check: impl Fn(&str) -> Result<(), String>) -> Option<String> {
    each(typed).find_map(|name| check(name).err())
}

fn answered<T>(result: Result<T, InquireError>) -> Result<T, CommandError> {
    result.map_err(|error| match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            CommandError::no("nothing was written, since the questions were left")
        }
        other => CommandError::caused("cannot ask on this terminal", &other)
            .hint("give `--no-input` and the values as flags"),
    })
}

/// Completes the last of several names.
#[derive(Clone)]
struct Known {
    names: Vec<String>,
}

impl Autocomplete for Known {
    fn get_suggestions(&mut self, input: &str) -> Result<Vec<String>, CustomUserError> {
        let (before, part) = split(input);
        let taken: Vec<&str> = before.split(',').map(str::trim).collect();
        let free = self.names.iter().filter(|name| !taken.contains(&name.as_str()));
        let mut rated: Vec<(u32, &String)> = free.filter_map(|name| Some((likeness(part, name)?, name))).collect();
        rated.sort_by_key(|(rate, _)| *rate);
        // A name that is typed whole needs no offer: Enter is to end the question.
        if rated.first().is_some_and(|(_, name)| name.eq_ignore_ascii_case(part)) {
            return Ok(Vec::new());
        }
        Ok(rated.into_iter().take(OFFERED * 3).map(|(_, name)| name.clone()).collect())
    }

    fn get_completion(&mut self, input: &str, chosen: Option<String>) -> Result<Replacement, CustomUserError> {
        let (before, _) = split(input);
        let first = || self.clone().get_suggestions(input).ok().and_then(|all| all.into_iter().next());
        let chosen = if chosen.is_some() { chosen } else { first() };
        Ok(chosen.map(|name| if before.is_empty() { name } else { format!("{before}, {name}") }))
    }
}

/// Parts what is typed into the names that are complete and the one that is being typed.
fn split(input: &str) -> (&str, &str) {
    input.rsplit_once(',').map_or(("", input.trim()), |(before, part)| (before.trim_end(), part.trim()))
}

/// Returns how far `name` is from what was typed; `None` where its letters do not stand in it in their order.
fn likeness(typed: &str, name: &str) -> Option<u32> {
    let (typed, name) = (typed.to_lowercase(), name.to_lowercase());
    if let Some(at) = name.find(&typed) {
        return Some(u32::from(at > 0));
    }
    let mut rest = name.chars();
    let mut skipped = 2;
    for wanted in typed.chars() {
        skipped += u32::try_from(rest.by_ref().position(|c| c == wanted)?).unwrap_or(u32::MAX / 2);
    }
    Some(skipped)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        Known { names: ["member-portal", "redis-sessions", "portal-bff"].map(str::to_owned).to_vec() }
    }

    #[test]
    fn the_last_name_is_completed() {
        assert_eq!(known().get_suggestions("port").unwrap(), ["portal-bff", "member-portal"]);
        assert_eq!(known().get_suggestions("rdss").unwrap(), ["redis-sessions"]);
        assert_eq!(known().get_suggestions("portal-bff, ").unwrap(), ["member-portal", "redis-sessions"]);
        assert_eq!(known().get_suggestions("xyz").unwrap(), Vec::<String>::new());
        let taken = known().get_completion("portal-bff, red", Some("redis-sessions".into())).unwrap();
        assert_eq!(taken.as_deref(), Some("portal-bff, redis-sessions"));
        assert_eq!(known().get_completion("me", None).unwrap().as_deref(), Some("member-portal"));
    }

    #[test]
    fn a_name_that_is_refused_is_told_among_others() {
        let check = |name: &str| if name.starts_with("CC") { Ok(()) } else { Err(format!("no `{name}`")) };
        assert_eq!(first_wrong("CC7.4, A.5.26, x", check).as_deref(), Some("no `A.5.26`"));
        assert_eq!(first_wrong("CC7.4, , CC7.5", check), None);
        assert_eq!(first_wrong("", check), None);
    }
}
