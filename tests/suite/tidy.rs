//! The rules of the house that reading the sources can check: layers, sizes, module docs, templates, fixtures.

use std::fs;
use std::path::{Path, PathBuf};

/// Lines of one file above which it is split (inline tests not counted).
const LONGEST_FILE: usize = 400;

/// What each module may name of the crate; itself is always allowed.
const LAYERS: &[(&str, &[&str])] = &[
    ("diag", &[]),
    ("clock", &[]),
    ("signals", &[]),
    ("effort", &[]),
    ("csv", &[]),
    ("calendar", &["model"]),
    ("model", &["diag"]),
    ("words", &[]),
    ("taxonomy", &["diag", "model", "words"]),
    ("compliance", &["model", "words"]),
    ("sensitive", &["diag"]),
    ("ledger", &["model"]),
    ("parse", &["diag", "model", "words", "taxonomy", "compliance"]),
    ("config", &["diag", "model", "taxonomy", "parse", "clock"]),
    ("store", &["diag", "model", "words", "taxonomy", "parse", "config", "clock"]),
    ("index", &["diag", "model", "words", "taxonomy", "compliance", "parse", "store", "config", "clock"]),
    ("related", &["diag", "model"]),
    ("lint", &["diag", "model", "words", "taxonomy", "compliance", "sensitive", "parse", "config"]),
    ("scaffold", &["diag", "model", "compliance", "sensitive", "parse", "store", "config", "clock"]),
    ("evidence", &["diag", "csv", "model", "ledger", "compliance", "sensitive"]),
    (
        "kb",
        &[
            "diag",
            "model",
            "ledger",
            "taxonomy",
            "compliance",
            "sensitive",
            "parse",
            "store",
            "index",
            "related",
            "lint",
            "scaffold",
            "evidence",
            "csv",
            "calendar",
            "config",
            "clock",
        ],
    ),
    ("api", &["diag", "model", "kb", "clock"]),
    ("cli", &["diag", "model", "kb", "clock"]),
    ("web", &["diag", "csv", "model", "kb", "api", "clock", "signals"]),
    ("mcp", &["diag", "model", "kb", "api", "clock", "signals"]),
    ("main", &["cli"]),
];

/// What may be written only in the files below the paths beside it.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("clap::", &["src/cli/"]),
    ("axum::", &["src/web/"]),
    ("rmcp::", &["src/mcp/serve.rs"]),
    ("tokio::", &["src/web/", "src/mcp/serve.rs", "src/signals.rs"]),
    ("async fn", &["src/web/", "src/mcp/serve.rs", "src/signals.rs"]),
    (".await", &["src/web/", "src/mcp/serve.rs", "src/signals.rs"]),
    ("tantivy::", &["src/index/"]),
    ("git2::", &["src/store/git/"]),
    ("std::env::", &["src/cli/", "src/main.rs"]),
    ("Utc::now", &["src/clock.rs"]),
    ("Local::now", &[]),
    // The index compares file times with the clock of the machine that wrote them, not with "today".
    ("SystemTime::now", &["src/clock.rs", "src/index/take.rs"]),
    ("println!", &["src/cli/ui.rs"]),
    ("eprintln!", &["src/cli/ui.rs"]),
    ("print!(", &["src/cli/ui.rs"]),
    ("io::stdout()", &["src/cli/ui.rs"]),
    ("io::stderr()", &["src/cli/ui.rs"]),
    ("process::exit", &[]),
    ("anyhow", &[]),
];

/// What the modules without I/O may not write.
const PURE: &[&str] = &[
    "src/model/",
    "src/parse/",
    "src/taxonomy/",
    "src/compliance/",
    "src/sensitive/",
    "src/words/",
    "src/lint/",
    "src/evidence/",
    "src/diag.rs",
];
const IMPURE: &[&str] = &["std::fs", "std::io", "std::net", "std::process", "std::thread", "Instant::now"];

/// One source file without its inline tests, comments and strings of documentation.
struct Source {
    path: String,
    text: String,
    code: String,
}

#[test]
fn modules_name_only_the_layers_below_them() {
    assert_none(sources().iter().flat_map(foreign_layers).collect());
}

#[test]
fn libraries_and_effects_stay_where_they_belong() {
    assert_none(sources().iter().flat_map(misplaced).collect());
}

#[test]
fn every_module_says_what_it_is() {
    let silent = |source: &&Source| !source.path.ends_with("tests.rs") && !source.text.trim_start().starts_with("//!");
    // The crate's own page is ARCHITECTURE.md.
    let lib = |source: &&Source| source.path != "src/lib.rs";
    assert_none(sources().iter().filter(silent).filter(lib).map(|it| it.path.clone()).collect());
}

#[test]
fn files_are_short() {
    // Tests count too, whether they stand in the file or in one of their own.
    let long = |path: &PathBuf| {
        let lines = read(path).lines().count();
        (lines > LONGEST_FILE).then(|| format!("{}: {lines} lines, split it", path.display()))
    };
    let all = ["src", "tests", "benches"].into_iter().flat_map(|folder| files(folder, "rs"));
    assert_none(all.collect::<Vec<_>>().iter().filter_map(long).collect());
}

#[test]
fn only_sanitised_html_goes_out_unescaped() {
    let web: String = sources().iter().filter(|it| it.path.starts_with("src/web/")).map(|it| it.code.clone()).collect();
    let mut found = Vec::new();
    for path in files("templates", "html") {
        let text = read(&path);
        for (number, line) in text.lines().enumerate().filter(|(_, line)| line.replace(' ', "").contains("|safe")) {
            let before = line.replace(' ', "");
            let before = before.split("|safe").next().unwrap_or_default();
            let name = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned();
            if !web.contains(&format!("{name}: SafeHtml")) && !web.contains(&format!("{name}: Option<SafeHtml")) {
                found.push(format!("{}:{}: `{name}|safe` is no SafeHtml", path.display(), number + 1));
            }
        }
    }
    assert_none(found);
}

#[test]
fn every_fixture_is_used() {
    let root = root().join("tests/fixtures");
    if !root.exists() {
        return;
    }
    let code: String = files("src", "rs").iter().chain(&files("tests", "rs")).map(|path| read(path)).collect();
    let unused = fs::read_dir(root)
        .expect("a folder can be read")
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| !code.contains(name.as_str()))
        .map(|name| format!("tests/fixtures/{name} is used by no test"));
    assert_none(unused.collect());
}

#[test]
fn the_rules_find_what_they_look_for() {
    let source = |path: &str, code: &str| Source { path: path.into(), text: code.into(), code: code_of(code) };
    assert_eq!(foreign_layers(&source("src/model/id.rs", "use crate::kb::Hit;")).len(), 1);
    assert_eq!(foreign_layers(&source("src/cli/commands/serve.rs", "crate::web::serve()")).len(), 0);
    assert_eq!(foreign_layers(&source("src/cli/commands/mcp.rs", "crate::mcp::serve()")).len(), 0);
    assert_eq!(foreign_layers(&source("src/cli/commands/mcp.rs", "crate::web::serve()")).len(), 1);
    assert_eq!(foreign_layers(&source("src/cli/commands/show.rs", "crate::web::serve()")).len(), 1);
    let tested = "// crate::web\n#[cfg(test)]\npub(super) mod tests {\n    use crate::web;\n}\n";
    assert_eq!(foreign_layers(&source("src/cli/ui.rs", tested)).len(), 0);
    let tested_elsewhere = "#[cfg(test)]\nmod tests;\n\nuse crate::web;\n";
    assert_eq!(foreign_layers(&source("src/cli/ui.rs", tested_elsewhere)).len(), 1);
    assert_eq!(without_tests(tested_elsewhere), tested_elsewhere);
    assert_eq!(misplaced(&source("src/parse/mod.rs", "std::fs::read(path)")).len(), 1);
    assert_eq!(misplaced(&source("src/kb/mod.rs", "println!(\"{x}\"); Utc::now()")).len(), 2);
    assert_eq!(misplaced(&source("src/cli/ui.rs", "writeln!(io::stdout())")).len(), 0);
}

fn foreign_layers(source: &Source) -> Vec<String> {
    let module = module_of(&source.path);
    let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == module) else {
        return if module == "lib" { Vec::new() } else { vec![format!("{}: give `{module}` a layer", source.path)] };
    };
    let starts = match source.path.as_str() {
        "src/cli/commands/serve.rs" | "src/cli/commands/export.rs" => "web",
        "src/cli/commands/mcp.rs" => "mcp",
        _ => "",
    };
    let named = source
        .code
        .split("crate::")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default());
    named
        .filter(|name| LAYERS.iter().any(|(layer, _)| layer == name))
        .filter(|name| *name != module && !allowed.contains(name) && starts != *name)
        .map(|name| format!("{}: `{module}` may not use `{name}`", source.path))
        .collect()
}

fn misplaced(source: &Source) -> Vec<String> {
    let below = |paths: &[&str]| paths.iter().any(|path| source.path.starts_with(path));
    let elsewhere = ONLY_IN
        .iter()
        .filter(|(what, places)| contains_word(&source.code, what) && !below(places))
        .map(|(what, _)| format!("{}: `{what}` does not belong here", source.path));
    let impure = IMPURE
        .iter()
        .filter(|what| below(PURE) && contains_word(&source.code, what))
        .map(|what| format!("{}: `{what}` in a module without I/O", source.path));
    elsewhere.chain(impure).collect()
}

/// Tells whether `what` stands in `code` and is not the end of a longer name.
fn contains_word(code: &str, what: &str) -> bool {
    code.match_indices(what).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !what.starts_with(char::is_alphanumeric) || !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

fn module_of(path: &str) -> &str {
    let inner = path.trim_start_matches("src/");
    inner.split('/').next().unwrap_or(inner).trim_end_matches(".rs")
}

fn sources() -> Vec<Source> {
    let read_source = |path: PathBuf| {
        let all = read(&path);
        let text = without_tests(&all).to_owned();
        let path = path.strip_prefix(root()).expect("it lies in the package").to_string_lossy().replace('\\', "/");
        // Tests of a folder module stand in files of their own and may do what tests do.
        let is_test = path.ends_with("tests.rs") || path.contains("/tests/");
        let code = if is_test { String::new() } else { code_of(&text) };
        Source { path, text, code }
    };
    let sources: Vec<Source> = files("src", "rs").into_iter().map(read_source).collect();
    assert!(sources.len() > 20, "the sources are not where they should be");
    sources
}

/// Returns `text` up to its inline tests; `mod tests;` near the top names a file of their own and ends nothing.
fn without_tests(text: &str) -> &str {
    const TESTS: &str = "#[cfg(test)]\n";
    let is_inline = |at: &usize| {
        let item = text[at + TESTS.len()..].lines().next().unwrap_or_default();
        item.ends_with('{') && item.split(' ').any(|word| word == "mod")
    };
    let end = text.match_indices(TESTS).map(|(at, _)| at).find(is_inline);
    &text[..end.unwrap_or(text.len())]
}

/// Returns `text` without its inline tests and comments.
fn code_of(text: &str) -> String {
    without_tests(text)
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .fold(String::new(), |code, line| code + line + "\n")
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("a folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn assert_none(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}
