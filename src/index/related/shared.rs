//! Which clues a document shares, and what each tells there.

use super::Tie;
use super::clues::{Clue, ClueKind};
use super::reach::{InTitle, Reached};

/// What a name or word gains that stands in the other's title.
const IN_TITLE: f32 = 1.5;
/// What a name gains of which a word stands there: `redis_client` where the title says Redis.
const NAMED_IN_TITLE: f32 = 1.6;

/// What a document is asked for.
pub(super) struct Shared<'a> {
    pub(super) clues: &'a [Clue],
    /// For each clue the first one that is the same word in another form.
    pub(super) forms: &'a [usize],
}

impl<'a> Shared<'a> {
    /// Returns what a document shares of the clues that it has, most telling first. A name that is not written there (its
    /// words are) is no tie; what is part of a shared name says nothing beside it, and two forms of a word tie once.
    pub(super) fn ties(&self, reached: &[Reached], is_written: impl Fn(&Clue) -> bool) -> Vec<Tie<'a>> {
        let is_name = |clue: &Clue| clue.kind == ClueKind::Name;
        let clues = reached.iter().map(|it| (&self.clues[it.clue], it));
        let written: Vec<(&Clue, &Reached)> = clues.filter(|(clue, _)| !is_name(clue) || is_written(clue)).collect();
        let names: Vec<&Clue> = written.iter().map(|it| it.0).filter(|clue| is_name(clue)).collect();
        let is_part = |clue: &Clue| {
            matches!(clue.kind, ClueKind::Name | ClueKind::Word) && names.iter().any(|name| name.has_part(clue))
        };
        let told = written.iter().filter(|(clue, _)| !is_part(clue));
        let mut ties: Vec<(Tie<'a>, usize)> =
            told.map(|(_, it)| (tie(&self.clues[it.clue], it), self.forms[it.clue])).collect();
        ties.sort_by(|a, b| b.0.weight.total_cmp(&a.0.weight));
        let mut words: Vec<usize> = Vec::new();
        ties.retain(|(tie, form)| {
            let is_again = tie.kind == ClueKind::Word && words.contains(form);
            words.push(*form);
            !is_again
        });
        ties.into_iter().map(|it| it.0).collect()
    }

    /// Returns at least what [`Shared::ties`] can return, whatever is written there: a name tells as much as its words
    /// would in its place, and they are counted too.
    pub(super) fn at_most(&self, reached: &[Reached]) -> Vec<Tie<'a>> {
        let mut ties = self.ties(reached, |_| true);
        let of = |kind| reached.iter().filter(move |it| self.clues[it.clue].kind == kind);
        let mut parts: Vec<Tie<'a>> = Vec::new();
        for name in of(ClueKind::Name).map(|it| &self.clues[it.clue]) {
            let words = of(ClueKind::Word).map(|it| tie(&self.clues[it.clue], it));
            let words: Vec<Tie<'a>> = words
                .zip(of(ClueKind::Word))
                .filter(|(_, it)| name.has_part(&self.clues[it.clue]))
                .map(|it| it.0)
                .collect();
            let together = words.iter().map(|it| it.weight).sum();
            for it in ties.iter_mut().filter(|it| it.kind == ClueKind::Name && it.written == name.written) {
                it.weight = it.weight.max(together);
            }
            parts.extend(words.into_iter().map(|it| Tie { weight: 0.0, ..it }));
        }
        ties.extend(parts);
        ties
    }
}

/// Returns what a clue tells in a document that has it.
fn tie<'a>(clue: &'a Clue, reached: &Reached) -> Tie<'a> {
    let in_title = reached.title == InTitle::Whole;
    let weight = match clue.kind {
        ClueKind::Tag | ClueKind::Service => clue.weight,
        ClueKind::Name if reached.title != InTitle::Nothing => clue.weight * NAMED_IN_TITLE * reached.strength,
        ClueKind::Word if in_title => clue.weight * IN_TITLE * reached.strength.max(1.0),
        ClueKind::Name | ClueKind::Word => clue.weight * reached.strength,
    };
    Tie {
        kind: clue.kind,
        written: &clue.written,
        weight,
        // What a document says of its cause is worth telling a person where it is rare.
        is_subject: in_title || clue.in_title || clue.is_about && clue.is_rare,
        is_of_both: in_title && clue.is_about && clue.is_rare,
    }
}
