//! What was found related to the documents that were asked about since the last commit: in an incident many people read
//! the same few pages.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use super::{Parsed, RelatedResults};

/// Answers that are kept; about 10 KB each.
const MAX_ANSWERS: usize = 256;

/// Answers that hold for one commit.
#[derive(Default)]
pub(in crate::kb) struct RelatedMemory(Mutex<Held>);

#[derive(Default)]
struct Held {
    commit: (u64, u64),
    answers: HashMap<Question, RelatedResults>,
}

/// A document as it was read, and how many others were asked for.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Question {
    path: String,
    text: u64,
    limit: usize,
}

impl Question {
    pub(super) fn new(parsed: &Parsed, limit: usize) -> Self {
        let mut hasher = DefaultHasher::new();
        parsed.text.hash(&mut hasher);
        Self { path: parsed.document.path.clone(), text: hasher.finish(), limit }
    }
}

impl RelatedMemory {
    /// Returns the answer that was given over this commit.
    pub(super) fn get(&self, commit: (u64, u64), question: &Question) -> Option<RelatedResults> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.answers.get(question).filter(|_| held.commit == commit).cloned()
    }

    /// Keeps an answer; those over another commit are forgotten, and all where they are too many.
    pub(super) fn keep(&self, commit: (u64, u64), question: Question, answer: &RelatedResults) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.commit != commit || held.answers.len() >= MAX_ANSWERS {
            *held = Held { commit, ..Held::default() };
        }
        held.answers.insert(question, answer.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{ParseOptions, parse};

    fn question(path: &str, text: &str) -> Question {
        Question::new(&parse(path, text.as_bytes(), &ParseOptions::default()), 5)
    }

    #[test]
    fn an_answer_holds_for_its_text_and_commit_only() {
        let memory = RelatedMemory::default();
        let answer = RelatedResults { notices: vec!["One.".to_owned()], ..RelatedResults::default() };
        memory.keep((1, 1), question("a.md", "# A\n"), &answer);
        assert_eq!(memory.get((1, 1), &question("a.md", "# A\n")), Some(answer));
        assert_eq!(memory.get((1, 2), &question("a.md", "# A\n")), None);
        assert_eq!(memory.get((1, 1), &question("a.md", "# B\n")), None);
        assert_eq!(memory.get((1, 1), &question("b.md", "# A\n")), None);
    }

    #[test]
    fn the_memory_is_bounded() {
        let memory = RelatedMemory::default();
        for at in 0..=MAX_ANSWERS {
            memory.keep((1, 1), question(&format!("{at}.md"), "# A\n"), &RelatedResults::default());
        }
        assert!(memory.0.lock().unwrap().answers.len() <= MAX_ANSWERS);
    }
}
