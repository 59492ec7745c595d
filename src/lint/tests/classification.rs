//! Classifications, and what a team demands of them.

use super::content::{findings, finds, with_block};
use crate::config::CheckConfig;

#[test]
fn classifications_are_the_teams() {
    finds(&with_block("  classification: secret-ish\n"), &[("classification-unknown", 5)]);
    let required = vec![("confidential".to_owned(), vec!["hipaa".to_owned(), "retention-period".to_owned()])];
    let settings = CheckConfig { required, ..CheckConfig::default() };
    let missing = |block: &str| {
        let found = findings(&with_block(block), &settings);
        found.into_iter().filter(|it| it.0 == "block-missing").map(|it| it.2).collect::<Vec<_>>()
    };
    assert_eq!(
        missing("  classification: confidential\n  soc2:\n    retention-period: 1-year\n"),
        ["a `confidential` document needs `hipaa`"]
    );
    assert_eq!(missing("  classification: internal\n"), Vec::<String>::new());
    // One owner or several, whichever of the two is asked for.
    for (asked, stated) in [("owner", "owners: [ana]"), ("owners", "owner: ana"), ("hipaa", "hipaas: 1")] {
        let settings =
            CheckConfig { required: vec![("internal".to_owned(), vec![asked.to_owned()])], ..settings.clone() };
        let text = with_block(&format!("  classification: internal\n{stated}\n"));
        let found = findings(&text, &settings).iter().any(|it| it.0 == "block-missing");
        assert!(!found, "{asked}: {stated}");
    }
}
