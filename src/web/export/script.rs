//! The script of a copy: the parts of ours that need no server, in one file. A page that was opened from a disk may load no
//! modules.

use crate::web::assets;

/// The parts, in the order in which each finds what it uses.
const PARTS: [&str; 3] = ["say.js", "document.js", "copy/page.js"];

/// Returns the script of every page.
pub(super) fn page() -> String {
    let parts: String = PARTS.iter().map(|name| plain(&assets::text(name))).collect();
    format!("\"use strict\";\n(() => {{\n{parts}}})();\n")
}

/// Returns a module as plain statements.
fn plain(module: &str) -> String {
    let lines = module.lines().filter(|line| !line.starts_with("import "));
    lines.flat_map(|line| [line.strip_prefix("export ").unwrap_or(line), "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_module_is_left() {
        let script = page();
        assert!(script.contains("function copyCode("));
        for line in script.lines() {
            assert!(!line.starts_with("import ") && !line.starts_with("export "), "{line}");
        }
    }
}
