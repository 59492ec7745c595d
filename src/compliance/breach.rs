//! What a record of a possible breach holds: the keys of its front matter and the four factors of 45 CFR 164.402(2).

use crate::model::without_questions;

/// The block of front matter that makes a document the record of a possible breach.
pub(crate) const BREACH_BLOCK: &str = "breach-assessment";

/// The keys of the block that an assessment needs, and why.
pub(crate) const BREACH_KEYS: [(&str, &str); 5] = [
    (
        "discovered",
        "the day it was known or could have been: every clock of HIPAA counts from it (45 CFR 164.404(a)(2))",
    ),
    ("individuals", "how many are affected: 500 or more changes who is told, and when (45 CFR 164.408)"),
    ("conclusion", "breach or low probability of compromise; without one it is presumed a breach (45 CFR 164.402(2))"),
    ("decided-by", "who decided: the burden of proof is on the entity (45 CFR 164.414(b))"),
    ("decided-on", "the day of the decision (45 CFR 164.414(b))"),
];

/// One of the four factors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Factor {
    /// Citation.
    pub citation: &'static str,
    /// What it asks.
    pub about: &'static str,
    /// Words of which one stands in a heading, label or paragraph that answers it; lower case.
    pub words: &'static [&'static str],
}

/// Tells which of the four factors a text weighs. The questions of a form weigh nothing, nor does a heading below which
/// nothing is written.
#[must_use]
pub(crate) fn weighed(text: &str) -> [bool; 4] {
    let told = told(&without_questions(text)).to_lowercase();
    FACTORS.map(|factor| told.contains(factor.citation) || factor.words.iter().any(|word| told.contains(word)))
}

/// Returns the text without its empty headings.
fn told(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let is_told = |(at, line): &(usize, &&str)| {
        let Some(level) = level(line) else { return true };
        let below = lines[at + 1..].iter().take_while(|line| self::level(line).is_none_or(|it| it > level));
        below.into_iter().any(|line| self::level(line).is_none())
    };
    let told = lines.iter().enumerate().filter(is_told).map(|(_, line)| *line);
    told.collect::<Vec<_>>().join("\n")
}

/// Returns the level of a heading.
fn level(line: &str) -> Option<usize> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    (level > 0 && line[level..].starts_with(' ')).then_some(level)
}

/// The four factors that an assessment weighs.
pub(crate) const FACTORS: [Factor; 4] = [
    Factor {
        citation: "164.402(2)(i)",
        about: "nature and extent of the information, and how likely persons can be told from it",
        words: &["nature and extent", "nature of the information", "type of phi", "types of identifiers"],
    },
    Factor {
        citation: "164.402(2)(ii)",
        about: "who used it or received it without being allowed to",
        words: &["unauthorized person", "unauthorised person", "who received", "recipient", "unauthorized recipient"],
    },
    Factor {
        citation: "164.402(2)(iii)",
        about: "whether it was actually acquired or viewed",
        words: &["acquired or viewed", "actually acquired", "actually viewed", "viewed or acquired"],
    },
    Factor {
        citation: "164.402(2)(iv)",
        about: "how far the risk has been mitigated",
        words: &[
            "has been mitigated",
            "extent of mitigation",
            "risk mitigation",
            "mitigation of the risk",
            "mitigated",
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::weighed;

    #[test]
    fn a_form_that_nobody_filled_in_weighs_nothing() {
        let form = "## Assessment\n\n### 1. Nature and extent\n\n> ? Which identifiers?\n\n### 2. Who received it\n\n\
                    ### 3. Actually viewed\n\n> ? What do logs show?\n\n## Notices\n\nNone.\n";
        assert_eq!(weighed(form), [false; 4]);
        let filled = form.replace("> ? Which identifiers?", "Names of 12 members.");
        assert_eq!(weighed(&filled), [true, false, false, false]);
        assert_eq!(weighed("Mitigated: the letters came back (164.402(2)(i))."), [true, false, false, true]);
    }
}
