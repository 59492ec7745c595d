//! Links of another document that lead somewhere else from now on.

use super::shape::{Shape, target_in};
use super::splice::{Splice, spliced};

/// Returns `text`, whose body begins at `start`, with the links for which `new` gives another target; `None` where there
/// is none.
pub(crate) fn retarget(text: &str, start: usize, new: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let shape = Shape::read(text, start);
    let uses = shape.uses.iter().filter(|it| it.label.is_none()).map(|it| (&it.range, &it.target));
    let all = uses.chain(shape.definitions.iter().map(|it| (&it.range, &it.target)));
    let changes = all.filter_map(|(range, target)| {
        let text_of = new(target).filter(|it| it != target)?;
        Some(Splice { range: target_in(text, range, target)?, text: text_of })
    });
    let changes: Vec<Splice> = changes.collect();
    (!changes.is_empty()).then(|| spliced(text, &(0..text.len()), &changes))
}

#[cfg(test)]
mod tests {
    use super::retarget;

    #[test]
    fn only_links_are_changed() {
        let text = "[a](log.md#a \"log.md#a\") `[a](log.md#a)` [a][b] log.md#a\n\n[b]: <log.md#a>\n";
        let new = |target: &str| (target == "log.md#a").then(|| "a.md".to_owned());
        let expected = "[a](a.md \"log.md#a\") `[a](log.md#a)` [a][b] log.md#a\n\n[b]: <a.md>\n";
        assert_eq!(retarget(text, 0, &new).as_deref(), Some(expected));
        assert_eq!(retarget("nothing", 0, &new), None);
    }
}
