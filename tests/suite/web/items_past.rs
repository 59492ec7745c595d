//! What became of action items, on the page of their document.

use super::ledger::Repo;
use super::site::plain;

/// Returns what is told of each item, by the beginning of its text.
fn past(page: &str) -> Vec<String> {
    page.split("<li class=\"action ").skip(1).map(|item| plain(item.split("</div>").next().unwrap())).collect()
}

#[test]
fn a_document_tells_what_became_of_its_items() {
    let page = Repo::queue().site().get("/d/queue.md").ok();
    let text = page.text();
    let told = past(text.split("id=\"ris-actions\"").nth(1).unwrap().split("</section>").next().unwrap());
    let short = |item: &str| item.split_once("line ").unwrap().1.to_owned();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(short(&told[0]).starts_with("9 1 Oct 2025 written · Ana · "), "{told:?}");
    assert!(short(&told[0]).contains("10 Nov 2025 done after 40 days · Bo · "), "{told:?}");
    assert!(short(&told[1]).contains("10 Nov 2025 due 1 Nov 2025 → 24 Dec 2025 · Bo"), "{told:?}");
    assert!(short(&told[1]).ends_with("done after 151 days · not committed yet"), "{told:?}");
    assert!(short(&told[2]).starts_with("11 1 Oct 2025 written · Ana · "), "since when it is open: {told:?}");
    let gone = text.split("id=\"ris-dropped\"").nth(1).unwrap();
    assert!(plain(gone).contains("Write a runbook 20 Jan 2026 dropped after 111 days · Ana"), "{}", plain(gone));
}

#[test]
fn how_the_history_begins_and_what_was_settled_then_is_not_told() {
    let repo = Repo::new();
    let text = |items: &str| format!("# Queue stuck\n\nDate: 2025-09-28\n\n## Action items\n\n{items}");
    repo.commit("2025-10-01", "Ana", &[("a.md", &text("- [x] Restart it\n- [ ] Add an alert\n"))]);
    let page = repo.site().get("/d/a.md").ok().text();
    let told = past(&page);
    assert!(told[0].ends_with("line 7") && told[1].contains("1 Oct 2025 written"), "{told:?}");

    let first = Repo::begun(&[("a.md", &text("- [x] Restart it\n- [ ] Add an alert\n"))]);
    let told = past(&first.site().get("/d/a.md").ok().text());
    assert!(told.len() == 2 && told.iter().all(|it| !it.contains("written")), "{told:?}");
}
