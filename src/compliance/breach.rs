//! What a record of a possible breach holds: the keys of its front matter and the four factors of 45 CFR 164.402(2).

/// The block of front matter that makes a document the record of a possible breach.
pub const BREACH_BLOCK: &str = "breach-assessment";

/// The keys of the block that an assessment needs, and why.
pub const BREACH_KEYS: [(&str, &str); 5] = [
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
pub struct Factor {
    /// Citation.
    pub citation: &'static str,
    /// What it asks.
    pub about: &'static str,
    /// Words of which one stands in a heading, label or paragraph that answers it; lower case.
    pub words: &'static [&'static str],
}

impl Factor {
    /// Tells whether a text, in lower case, weighs it.
    #[must_use]
    pub fn is_weighed_in(&self, text: &str) -> bool {
        text.contains(self.citation) || self.words.iter().any(|word| text.contains(word))
    }
}

/// The four factors that an assessment weighs.
pub const FACTORS: [Factor; 4] = [
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
