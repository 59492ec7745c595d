//! Reports of one incident that tell different stories.

use std::cell::RefCell;

use crate::lint::{Findings, LintContext, Neighbour};
use crate::model::{OriginKind, StatusState};

/// Another report of the incident says that it has come further.
pub(in crate::lint) fn status_behind(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(status) = cx.document.status.as_ref().filter(|it| it.origin.kind != OriginKind::Inferred) else { return };
    if !cx.document.kind.value.is_report() || status.value == StatusState::Closed {
        return;
    }
    let (path, state) = (cx.document.path.clone(), status.value);
    out.push(status.origin.line, format!("the incident is {} here, and further in another report of it", state.as_str()))
        .span(status.origin.span)
        .subject("status behind")
        .only_if(move |around, draft| {
            let furthest: RefCell<Option<(StatusState, String)>> = RefCell::new(None);
            around.any_of_incident(&path, &|it: &Neighbour| {
                if let Some(other) = it.status.filter(|other| it.kind.is_report() && *other > state) {
                    let mut furthest = furthest.borrow_mut();
                    let is_further = furthest.as_ref().is_none_or(|(known, at)| (other, &it.path) > (*known, at));
                    if is_further {
                        *furthest = Some((other, it.path.clone()));
                    }
                }
                false
            });
            let Some((other, at)) = furthest.into_inner() else { return false };
            let other = other.as_str();
            draft.hint(format!(
                "`{at}` says `{other}`, and lists and evidence go by that; write `{other}` here too, or leave the status to \
                 the report"
            ));
            true
        });
}

/// The report that the document names as its incident has another day.
pub(in crate::lint) fn other_day(cx: &LintContext<'_>, out: &mut Findings) {
    let document = cx.document;
    let (Some(incident), Some(date)) = (&document.incident, &document.date) else { return };
    let Some(day) = date.value.known_day().filter(|_| document.kind.value.is_report()) else { return };
    let (path, id) = (document.path.clone(), incident.value.trim().to_owned());
    if document.id.as_ref().is_some_and(|own| own.value.eq_ignore_ascii_case(&id)) {
        return;
    }
    out.push(date.origin.line, format!("the incident was on {day} here, and on another day in its report"))
        .span(date.origin.span)
        .subject("day of the incident")
        .only_if(move |around, draft| {
            let other = RefCell::new(None);
            let is_other = around.any_of_incident(&path, &|it: &Neighbour| {
                let is_named = it.id.as_ref().is_some_and(|other| other.eq_ignore_ascii_case(&id));
                let differs = is_named && it.kind.is_report() && it.date.is_some_and(|other| other != day);
                if differs {
                    *other.borrow_mut() = it.date.map(|date| (date, it.path.clone()));
                }
                differs
            });
            if let Some((date, at)) = other.into_inner() {
                draft.hint(format!(
                    "`{at}` says {date}, and lists and evidence go by that; `created` is the day on which a document was \
                     written"
                ));
            }
            is_other
        });
}
