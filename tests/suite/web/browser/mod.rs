//! What only a browser shows, in a real headless Chromium.
//!
//! Without one these tests say so and pass, unless `RIS_BROWSER_TESTS=required` is set.

mod audit;
mod chromium;
mod copy;
mod document;
mod hostile;
mod layout;
mod pages;
mod script;
mod search;
mod updates;

use std::path::PathBuf;

/// Returns the browser to drive; `None`, with a printed line, where there is none and none is required.
#[expect(clippy::print_stdout, reason = "a skipped test must be seen")]
fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("RIS_CHROMIUM").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let known = std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
    let found = named.into_iter().chain(known).find(|it| it.is_file());
    if found.is_none() {
        let required = std::env::var("RIS_BROWSER_TESTS").is_ok_and(|it| it == "required");
        assert!(!required, "RIS_BROWSER_TESTS=required, but there is no Chromium on this machine");
        println!("skipped: there is no Chromium on this machine (RIS_BROWSER_TESTS=required makes this a failure)");
    }
    found
}
