//! The controls that are known, by framework.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::tsv;

const SOC2: &str = include_str!("data/soc2-2017.tsv");
const HIPAA: &str = include_str!("data/hipaa.tsv");
const ISO_2022: &str = include_str!("data/iso27001-2022.tsv");
const ISO_2013: &str = include_str!("data/iso27001-2013.tsv");

/// The longest key of a framework has so many letters and digits.
const LONGEST_KEY: usize = "hipaasecurityrule".len();

/// A framework whose controls are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Framework {
    /// The trust services criteria of 2017.
    Soc2,
    /// 45 CFR Part 164: Security Rule, breach notification, documentation.
    Hipaa,
    /// ISO/IEC 27001, Annex A of 2022.
    Iso27001,
}

impl Framework {
    /// Every framework, in the order shown to people.
    pub const ALL: [Self; 3] = [Self::Hipaa, Self::Iso27001, Self::Soc2];

    /// Returns the key that front matter uses.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Soc2 => "soc2",
            Self::Hipaa => "hipaa",
            Self::Iso27001 => "iso27001",
        }
    }

    /// Returns the name as people write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Soc2 => "SOC 2",
            Self::Hipaa => "HIPAA",
            Self::Iso27001 => "ISO 27001",
        }
    }

    /// Returns the framework that a key names (`soc2`, `SOC 2`, `iso_27001`, `iso27001-2013`).
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let mut plain = [0; LONGEST_KEY];
        let mut length = 0;
        for byte in key.bytes().filter(u8::is_ascii_alphanumeric) {
            *plain.get_mut(length)? = byte.to_ascii_lowercase();
            length += 1;
        }
        match &plain[..length] {
            b"soc2" | b"soc2type2" | b"soc2typeii" | b"soc2type1" | b"tsc" | b"tsc2017" | b"soc22017" => {
                Some(Self::Soc2)
            }
            b"hipaa" | b"hipaasecurity" | b"hipaasecurityrule" | b"45cfr164" => Some(Self::Hipaa),
            b"iso27001" | b"isoiec27001" | b"iso270012013" | b"isoiec270012013" | b"iso270012022"
            | b"isoiec270012022" | b"iso" | b"27001" | b"iso27002" => Some(Self::Iso27001),
            _ => None,
        }
    }
}

/// A control of a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Control {
    /// The framework.
    pub framework: Framework,
    /// Id as the framework writes it.
    pub id: &'static str,
    /// What it is about, in a few words.
    pub title: &'static str,
    /// The part it belongs to: a trust category, a rule; empty for ISO.
    pub part: &'static str,
}

pub(super) struct Catalogue {
    pub(super) controls: Vec<Control>,
    /// Ids, and other citations of the same paragraph, folded.
    by_id: FxHashMap<String, usize>,
    /// The same by the ids as their frameworks write them.
    as_written: FxHashMap<&'static str, usize>,
    /// Controls of ISO 27001:2013 and what took their place.
    pub(super) superseded: Vec<(&'static str, Vec<&'static str>)>,
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::load);

impl Catalogue {
    pub(super) fn get() -> &'static Self {
        &CATALOGUE
    }

    fn load() -> Self {
        let mut controls: Vec<Control> = Vec::with_capacity(280);
        let mut by_id = FxHashMap::default();
        for [id, part, title] in tsv::rows(SOC2) {
            controls.push(Control { framework: Framework::Soc2, id, title, part });
        }
        for [id, title, _, part, aliases] in tsv::rows(HIPAA) {
            for alias in aliases.split(';').filter(|it| !it.is_empty()) {
                by_id.insert(fold(alias), controls.len());
            }
            controls.push(Control { framework: Framework::Hipaa, id, title, part });
        }
        for [id, title] in tsv::rows(ISO_2022) {
            controls.push(Control { framework: Framework::Iso27001, id, title, part: "" });
        }
        // A row of its own wins over another row's alias.
        by_id.extend(controls.iter().enumerate().map(|(at, control)| (fold(control.id), at)));
        let as_written = controls.iter().enumerate().map(|(at, control)| (control.id, at)).collect();
        let superseded = tsv::rows(ISO_2013).map(|[id, by]| (id, by.split(' ').collect())).collect();
        Self { controls, by_id, as_written, superseded }
    }

    /// Returns the control with this id or alias, without regard to case.
    pub(super) fn find(&self, id: &str) -> Option<&Control> {
        self.by_id.get(&fold(id)).map(|at| &self.controls[*at])
    }

    /// Returns the control whose framework writes it so.
    pub(super) fn as_written(&self, id: &str) -> Option<&Control> {
        self.as_written.get(id).map(|at| &self.controls[*at])
    }
}

fn fold(id: &str) -> String {
    id.to_ascii_lowercase()
}

/// Returns the controls of a framework, in its order.
pub(crate) fn controls(framework: Framework) -> impl Iterator<Item = &'static Control> {
    Catalogue::get().controls.iter().filter(move |control| control.framework == framework)
}
