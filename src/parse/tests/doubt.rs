//! What is corrected, unknown or only qualified: it says less than it seems to.

use super::read;
use crate::model::StatusState;

#[test]
fn what_is_struck_out_is_no_more() {
    let document = read(
        "# A\n\n**Status:** ~~Open~~ Resolved\n\n| Field | Value |\n|---|---|\n| Severity | ~~High~~ Low |\n\n## Action items\n\n\
         - Fix it (owner: @ana, due: ~~2026-11-01~~ 2026-12-15)\n\n| Action | Owner | Due |\n|---|---|---|\n\
         | Test it | ~~Ana~~ Bob | ~~2026-11-01~~ 2026-12-15 |\n",
    );
    assert_eq!(document.status.unwrap().value, StatusState::Resolved);
    assert_eq!(document.severity.unwrap().value.level(), 4);
    let told = |at: usize| {
        let item = &document.action_items[at];
        (item.owner.as_deref().unwrap_or_default(), item.due.as_ref().unwrap().date.to_string())
    };
    assert_eq!(told(0), ("@ana", "2026-12-15".to_owned()));
    assert_eq!(told(1), ("Bob", "2026-12-15".to_owned()));
}

#[test]
fn a_cause_is_where_it_is_told() {
    let cause = |text: &str| read(&format!("# A\n\n{text}")).root_cause.map(|it| it.value).unwrap_or_default();
    let factors = "## Contributing factors\n\nNobody looked.\n\n";
    assert_eq!(cause(&format!("{factors}## Root cause\n\nThe disk was full.\n")), "The disk was full.");
    assert_eq!(cause(factors), "Nobody looked.");
    assert_eq!(
        cause("**Root cause:** The disk was full.\n\n## Root cause\n\n## Impact\n\nNone.\n"),
        "The disk was full."
    );
    assert_eq!(cause("## Root cause\n\nTBD\n\n## Root cause analysis\n\nThe disk was full.\n"), "The disk was full.");
    for nothing in ["n/a", "Still under investigation.", "To be determined", "調査中"] {
        let document = read(&format!("# A\n\n## Root cause\n\n{nothing}\n"));
        assert_eq!((document.root_cause, document.has_root_cause), (None, false), "{nothing}");
    }
}

#[test]
fn wide_brackets_only_qualify() {
    let times = |head: &str| {
        let document =
            read(&format!("# A\n\n**日付**: 2026-06-01\n\n{head}\n\n1. **17:01** — 停止\n2. **17:42** — 復旧\n"));
        document.timeline.iter().filter_map(|it| it.at?.utc().map(|at| at.to_string())).collect::<Vec<_>>()
    };
    let expected = ["2026-05-31 08:01:00", "2026-05-31 08:42:00"];
    assert_eq!(times("時系列（JST, 2026-05-31）:"), expected);
    assert_eq!(times("## 時系列（JST, 2026-05-31）"), expected);
}
