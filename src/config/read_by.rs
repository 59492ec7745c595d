//! What decides, besides its bytes, what is read from a file.

use super::Config;

/// What tells the settings by which files are read from others, as a number each; 0 where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadBy {
    /// The team's root-cause tags.
    pub taxonomy: u64,
    /// `[reading]` of `ris.toml`.
    pub conventions: u64,
}

impl ReadBy {
    /// Returns what is another than in `other`, in words; `None` where nothing is.
    #[must_use]
    pub fn changed_from(self, other: Self) -> Option<&'static str> {
        match (self.taxonomy != other.taxonomy, self.conventions != other.conventions) {
            (false, false) => None,
            (true, false) => Some("the team's root-cause tags changed"),
            (false, true) => Some("`[reading]` of ris.toml changed"),
            (true, true) => Some("the team's root-cause tags and `[reading]` of ris.toml changed"),
        }
    }
}

impl Config {
    /// Returns what tells these settings from those by which something else is read from the same files.
    #[must_use]
    pub fn read_by(&self) -> ReadBy {
        let taxonomy = self.taxonomy.as_ref().map_or(0, |taxonomy| taxonomy.fingerprint());
        ReadBy { taxonomy, conventions: self.conventions.fingerprint() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_told() {
        let of = |taxonomy, conventions| ReadBy { taxonomy, conventions };
        let told = |other| of(1, 2).changed_from(other);
        assert_eq!(told(of(1, 2)), None);
        assert_eq!(told(of(0, 2)), Some("the team's root-cause tags changed"));
        assert_eq!(told(of(1, 0)), Some("`[reading]` of ris.toml changed"));
        assert!(told(of(0, 0)).is_some_and(|it| it.contains(" and ")));
    }
}
