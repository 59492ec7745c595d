//! Which clues a document shares, and what each tells there.

use super::Tie;
use super::clues::{Clue, ClueKind};
use super::spot::SHORTEST;
use crate::index::search::is_step;
use crate::index::text::{fold, pieces};

/// What a name or word gains that stands in the other's title.
const IN_TITLE: f32 = 1.5;
/// What a name gains of which a word stands there: `redis_client` where the title says Redis.
const NAMED_IN_TITLE: f32 = 1.6;
/// What is left of a name whose words the other writes as prose.
const AS_PROSE: f32 = 0.4;

/// Returns at least what a clue can tell in a document that speaks so much of it. A name may turn out to be words.
pub(super) fn most(clue: &Clue, strength: f32) -> impl Iterator<Item = (ClueKind, f32)> {
    let (most, prose) = match clue.kind {
        ClueKind::Tag | ClueKind::Service => (clue.weight, None),
        ClueKind::Word => (clue.weight * IN_TITLE * strength.max(1.0), None),
        ClueKind::Name => (clue.weight * NAMED_IN_TITLE * strength.max(1.0), Some(clue.weight * AS_PROSE * strength)),
    };
    std::iter::once((clue.kind, most)).chain(prose.map(|it| (ClueKind::Word, it)))
}

/// A document and what is looked for in it.
pub(super) struct Shared<'a> {
    pub(super) clues: &'a [Clue],
    /// For each clue the first one that is the same word in another form.
    pub(super) forms: &'a [usize],
    pub(super) title: &'a str,
    pub(super) text: &'a str,
}

impl Shared<'_> {
    /// Returns what the document shares of the clues that it has, most telling first. What is part of a shared name says
    /// nothing beside it, and two forms of a word tie once.
    pub(super) fn ties(&self, reached: &[(usize, f32)]) -> Vec<Tie> {
        let clues = || reached.iter().map(|&(at, strength)| (at, &self.clues[at], strength));
        let text = clues().any(|it| it.1.kind == ClueKind::Name).then(|| fold(self.text));
        let is_written = |clue: &Clue| text.as_deref().is_some_and(|text| text.contains(&clue.term));
        let names: Vec<&str> = clues()
            .filter(|(_, clue, _)| clue.kind == ClueKind::Name && is_written(clue))
            .map(|(_, clue, _)| clue.term.as_str())
            .collect();
        let is_text = |clue: &Clue| matches!(clue.kind, ClueKind::Name | ClueKind::Word);
        let within = |clue: &Clue| {
            is_text(clue) && names.iter().any(|name| *name != clue.term && name.contains(clue.term.as_str()))
        };
        let title: Vec<String> = pieces(self.title).into_iter().map(|piece| piece.text).collect();
        let ties = clues().filter(|(_, clue, _)| !within(clue)).map(|(at, clue, strength)| {
            let is_prose = clue.kind == ClueKind::Name && !names.contains(&clue.term.as_str());
            (tie(clue, strength, &title, is_prose), self.forms[at])
        });
        let mut ties: Vec<(Tie, usize)> = ties.collect();
        ties.sort_by(|a, b| b.0.weight.total_cmp(&a.0.weight));
        let mut words: Vec<usize> = Vec::new();
        ties.retain(|(tie, form)| {
            let is_again = tie.kind == ClueKind::Word && words.contains(form);
            words.push(*form);
            !is_again
        });
        ties.into_iter().map(|it| it.0).collect()
    }
}

/// Returns what a clue tells in a document that speaks so much of it; `is_prose` where it is a name whose words stand
/// there, but not the name.
fn tie(clue: &Clue, strength: f32, title: &[String], is_prose: bool) -> Tie {
    let in_title = title.contains(&clue.term);
    let of_title = || steps(&clue.term).any(|it| it.len() >= SHORTEST && title.contains(&it));
    let factor = match clue.kind {
        ClueKind::Tag | ClueKind::Service => 1.0,
        ClueKind::Name if is_prose => AS_PROSE * strength,
        ClueKind::Name if of_title() => NAMED_IN_TITLE * strength,
        ClueKind::Name | ClueKind::Word if in_title => IN_TITLE * strength.max(1.0),
        ClueKind::Name | ClueKind::Word => strength,
    };
    // What a document says of its cause is worth telling a person where it is rare.
    Tie {
        kind: if is_prose { ClueKind::Word } else { clue.kind },
        written: clue.written.clone(),
        weight: clue.weight * factor,
        is_subject: in_title || clue.in_title || clue.is_about && clue.is_rare,
        is_of_both: in_title && clue.is_about && clue.is_rare,
    }
}

fn steps(text: &str) -> impl Iterator<Item = String> {
    pieces(text).into_iter().filter(|piece| is_step(piece.kind)).map(|piece| piece.text)
}
