//! A page of the ledger, from the stories of all items.

use chrono::NaiveDate;

use super::read::{Tellings, Told};
use super::{Ledger, LedgerEntry, LedgerKind, LedgerRequest};
use crate::kb::OwnerFilter;
use crate::kb::actions::is_named;
use crate::kb::copy::Masker;
use crate::kb::page::page as page_of;
use crate::ledger::{Event, Happening, Story, count};

/// Returns the page that `request` asks for.
pub(super) fn page(tellings: &Tellings, request: &LedgerRequest, today: NaiveDate) -> Ledger {
    let cx = Cx { tellings, today: tellings.last_day(today) };
    let window = request.window.map(|it| (it.start, it.end));
    let (start, end) = window.unwrap_or((NaiveDate::MIN, NaiveDate::MAX));
    let wanted = || {
        let stories = tellings.documents.iter().flat_map(|told| told.stories.iter().map(move |story| (told, story)));
        stories.enumerate().filter(|(_, (_, story))| is_wanted(story, request))
    };
    let totals = count(wanted().map(|(_, (_, story))| story), (start, end), &|commit| cx.day(commit));
    let mut found: Vec<Found<'_>> = Vec::new();
    for (number, (told, story)) in wanted() {
        for (at, event) in story.events.iter().enumerate() {
            let on = cx.day(event.commit).0;
            let is_asked = request.kinds.is_empty() || request.kinds.contains(&kind(&event.what));
            if is_asked && start <= on && on <= end {
                found.push(Found { number, told, story, at, event });
            }
        }
    }
    let total = found.len();
    // The newest first; what is not committed yet is the newest of all.
    let key = |it: &Found<'_>| {
        let time = it.event.commit.map_or(i64::MAX, |commit| tellings.commits[commit].at.timestamp());
        (std::cmp::Reverse(time), it.number, it.at)
    };
    let entries = page_of(found, key, request.offset, request.limit).iter().map(|it| cx.entry(it)).collect();
    Ledger {
        commit: tellings.head.clone(),
        from: window.map(|it| it.0),
        to: window.map(|it| it.1),
        totals,
        total,
        entries,
        lack: tellings.lack,
        elsewhere: tellings.elsewhere,
    }
}

/// Takes secrets and data of patients out of every text of a page.
pub(super) fn masked(mut page: Ledger, masker: &Masker) -> Ledger {
    page.entries.iter_mut().for_each(|entry| mask(entry, masker));
    page
}

/// Takes secrets and data of patients out of every text of an entry.
pub(super) fn mask(entry: &mut LedgerEntry, masker: &Masker) {
    let texts = [&mut entry.text, &mut entry.title, &mut entry.path].into_iter();
    let may_be = [&mut entry.id, &mut entry.owner, &mut entry.from, &mut entry.to];
    texts.chain(may_be.into_iter().flatten()).for_each(|text| *text = masker.clean(text));
}

/// An event of a story.
struct Found<'a> {
    /// Number of the story.
    number: usize,
    told: &'a Told,
    story: &'a Story,
    at: usize,
    event: &'a Event,
}

struct Cx<'a> {
    tellings: &'a Tellings,
    today: NaiveDate,
}

impl Cx<'_> {
    /// Returns the day of a commit in UTC, and whether the history begins with it.
    fn day(&self, commit: Option<usize>) -> (NaiveDate, bool) {
        let commit = commit.map(|it| &self.tellings.commits[it]);
        commit.map_or((self.today, false), |it| (it.at.date_naive(), it.is_first))
    }

    fn entry(&self, found: &Found<'_>) -> LedgerEntry {
        let Found { told, story, at, event, .. } = found;
        let commit = event.commit.map(|it| &self.tellings.commits[it]);
        let on = self.day(event.commit).0;
        let written = story.events[..*at].iter().rev().find(|it| matches!(it.what, Happening::Written(_)));
        let written = written.map(|it| self.day(it.commit)).filter(|(_, is_first)| !is_first);
        let day = |day: &Option<NaiveDate>| day.map(|it| it.to_string());
        let (from, to) = match &event.what {
            Happening::DueMoved { from, to } => (day(from), day(to)),
            Happening::Handed { from, to } => (from.clone(), to.clone()),
            Happening::Moved(from) => (Some(from.clone()), None),
            _ => (None, None),
        };
        let item = &story.item;
        LedgerEntry {
            what: kind(&event.what),
            on,
            at: commit.map(|it| it.at),
            commit: commit.map(|it| it.id.clone()),
            by: commit.map(|it| it.author.clone()),
            text: item.text.clone(),
            class: item.class,
            state: (!story.is_gone).then_some(item.state),
            owner: item.owner.clone(),
            due: item.due,
            path: told.path.clone(),
            line: (!story.is_gone).then_some(item.line),
            title: told.title.clone(),
            id: told.id.clone(),
            from,
            to,
            days: written.map(|(written, _)| (on - written).num_days().max(0)),
        }
    }
}

fn kind(what: &Happening) -> LedgerKind {
    match what {
        Happening::Written(_) => LedgerKind::Written,
        Happening::Done => LedgerKind::Done,
        Happening::Cancelled => LedgerKind::Cancelled,
        Happening::Reopened => LedgerKind::Reopened,
        Happening::DueMoved { .. } => LedgerKind::DueMoved,
        Happening::Handed { .. } => LedgerKind::Handed,
        Happening::Moved(_) => LedgerKind::Moved,
        Happening::Dropped => LedgerKind::Dropped,
    }
}

pub(super) fn is_wanted(story: &Story, request: &LedgerRequest) -> bool {
    let item = &story.item;
    let owner = item.owner.as_deref().filter(|it| !it.trim().is_empty());
    (request.classes.is_empty() || request.classes.contains(&item.class))
        && match &request.owner {
            None => true,
            Some(OwnerFilter::Nobody) => owner.is_none(),
            Some(OwnerFilter::Named(name)) => owner.is_some_and(|owner| is_named(owner, name)),
        }
}
