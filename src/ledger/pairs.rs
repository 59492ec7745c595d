//! Which item of one version is which of the next.

use rustc_hash::{FxHashMap, FxHashSet};

use super::item::LedgerItem;

/// So much of two texts has to be the same (Dice's coefficient of their pairs of characters) that one is the other reworded.
const LEAST_ALIKE: f64 = 0.5;
/// Characters of a text that are compared.
const LONGEST: usize = 300;
/// Comparisons of texts of two versions above which rewording is not looked for.
const MAX_COMPARED: usize = 2_500;

/// The items of two versions, put side by side.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    /// Places of the same item before and after.
    pub(super) same: Vec<(usize, usize)>,
    /// Places of what is there before only.
    pub(super) gone: Vec<usize>,
    /// Places of what is there after only.
    pub(super) new: Vec<usize>,
}

/// Puts the items of two versions side by side: those with the same identity, then those whose words are much alike.
pub(super) fn pairs(before: &[LedgerItem], after: &[LedgerItem]) -> Pairs {
    let places: FxHashMap<&str, usize> = after.iter().enumerate().map(|(at, it)| (it.identity.as_str(), at)).collect();
    let mut found = Pairs::default();
    let mut met = vec![false; after.len()];
    for (at, item) in before.iter().enumerate() {
        match places.get(item.identity.as_str()) {
            Some(to) => {
                found.same.push((at, *to));
                met[*to] = true;
            }
            None => found.gone.push(at),
        }
    }
    found.new = (0..after.len()).filter(|at| !met[*at]).collect();
    reworded(before, after, &mut found);
    found
}

fn reworded(before: &[LedgerItem], after: &[LedgerItem], found: &mut Pairs) {
    if found.gone.len() * found.new.len() > MAX_COMPARED {
        return;
    }
    let grams = |items: &[LedgerItem], places: &[usize]| -> Vec<FxHashSet<(char, char)>> {
        places.iter().map(|at| bigrams(&items[*at].text)).collect()
    };
    let (old, new) = (grams(before, &found.gone), grams(after, &found.new));
    let mut alike: Vec<(f64, usize, usize)> = Vec::new();
    for (from, gone) in old.iter().enumerate() {
        let scored = new.iter().enumerate().map(|(to, new)| (dice(gone, new), from, to));
        alike.extend(scored.filter(|(score, ..)| *score >= LEAST_ALIKE));
    }
    // The most alike first; of equals, those that stand where the other stood.
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.abs_diff(a.2).cmp(&b.1.abs_diff(b.2))).then(a.1.cmp(&b.1)));
    let (mut left, mut taken) = (vec![true; old.len()], vec![true; new.len()]);
    for (_, from, to) in alike {
        if left[from] && taken[to] {
            (left[from], taken[to]) = (false, false);
            found.same.push((found.gone[from], found.new[to]));
        }
    }
    keep(&mut found.gone, &left);
    keep(&mut found.new, &taken);
}

fn keep(places: &mut Vec<usize>, wanted: &[bool]) {
    let mut wanted = wanted.iter();
    places.retain(|_| wanted.next().copied().unwrap_or(true));
}

fn bigrams(text: &str) -> FxHashSet<(char, char)> {
    let plain = || text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(LONGEST);
    plain().zip(plain().skip(1)).collect()
}

fn dice(one: &FxHashSet<(char, char)>, other: &FxHashSet<(char, char)>) -> f64 {
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * one.intersection(other).count() as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::items;
    use crate::parse::{ParseOptions, parse};

    fn version(lines: &[&str]) -> Vec<LedgerItem> {
        let text = format!("# Outage\n\n## Action items\n\n{}\n", lines.join("\n"));
        items(&parse("a.md", text.as_bytes(), &ParseOptions::default()).document)
    }

    #[test]
    fn a_reworded_item_is_the_same_and_another_is_not() {
        let before =
            version(&["- [ ] Alert on the age of the queue", "- [ ] Raise the limit", "- [ ] Write a runbook"]);
        let after = version(&[
            "- [ ] Add an alert on the age of the claims queue",
            "- [ ] Raise the limit",
            "- [ ] Move to Kafka",
        ]);
        let found = pairs(&before, &after);
        assert_eq!(found, Pairs { same: vec![(1, 1), (0, 0)], gone: vec![2], new: vec![2] });
    }

    #[test]
    fn words_are_not_needed_to_find_what_was_reworded() {
        let (before, after) =
            (version(&["- [ ] 接続プールを監視する"]), version(&["- [ ] 接続プールの上限を監視する"]));
        assert_eq!(pairs(&before, &after).same, [(0, 0)]);
    }

    #[test]
    fn an_item_that_gets_a_twin_is_still_itself() {
        let before = version(&["- [ ] Update the runbook"]);
        let after = version(&["- [x] Update the runbook (owner: Ana)", "- [ ] Update the runbook (owner: Bob)"]);
        let found = pairs(&before, &after);
        assert_eq!((found.same, found.gone, found.new), (vec![(0, 0)], vec![], vec![1]));
    }
}
