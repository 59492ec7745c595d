use super::Site;

#[test]
fn every_file_is_accounted_for() {
    let site = Site::with(&[("a.md", "# A\n"), ("bad.md", "---\nx: [\n---\n# B\n")]);
    let page = site.get("/status").ok();
    let numbers = page.element("<dl class=\"numbers\"");
    assert!(numbers.starts_with("Found 2 Parsed 1 Partial 1 Rejected 0"), "{numbers}");
    assert!(page.text().contains("/source/bad.md#L"), "{}", page.text());
}
