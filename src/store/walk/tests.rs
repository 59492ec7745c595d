use super::*;

fn folder(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let path = folder.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, format!("# {file}\n")).unwrap();
    }
    folder
}

fn paths(walk: &Walk) -> Vec<&str> {
    walk.files.iter().map(|file| file.path.as_str()).collect()
}

#[test]
fn finds_documents_and_passes_over_the_rest() {
    let files =
        ["b.md", "a/c.MD", "a/x.txt", ".hidden/d.md", "templates/t.md", "taxonomy.yaml", "out/e.md", "ris.toml"];
    let folder = folder(&files);
    std::fs::write(folder.path().join(".gitignore"), "out/\n").unwrap();
    let walk = walk(folder.path(), &Config::default()).unwrap();
    assert_eq!(paths(&walk), ["a/c.MD", "b.md"]);
    assert_eq!(walk.left_out, []);
}

#[test]
fn accounts_for_what_it_leaves_out() {
    let folder = folder(&["a.md", "drafts/b.md", "big.md"]);
    std::fs::write(folder.path().join("big.md"), vec![b'x'; 100]).unwrap();
    let config = Config::parse(Path::new("ris.toml"), "exclude = ['drafts/**']\nmax-file-size = 50").unwrap();
    let walk = walk(folder.path(), &config).unwrap();
    assert_eq!(paths(&walk), ["a.md"]);
    let reasons: Vec<(&str, bool)> = walk.left_out.iter().map(|it| (it.path.as_str(), it.rejected.is_some())).collect();
    assert_eq!(reasons, [("big.md", true), ("drafts/b.md", false)]);
}

#[cfg(unix)]
#[test]
fn does_not_follow_symbolic_links() {
    let outside = folder(&["secret.md"]);
    let folder = folder(&["a.md"]);
    std::os::unix::fs::symlink(outside.path(), folder.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.md"), folder.path().join("link.md")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("a.md"), folder.path().join("again.md")).unwrap();
    std::os::unix::fs::symlink("gone.md", folder.path().join("broken.md")).unwrap();
    let walk = walk(folder.path(), &Config::default()).unwrap();
    assert_eq!(paths(&walk), ["a.md"]);
    let left: Vec<&str> = walk.left_out.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(left, ["again.md", "broken.md", "elsewhere", "link.md"]);
}

#[test]
fn honours_every_gitignore_on_the_way() {
    let files = ["a.md", "x/b.md", "x/c.md", "x/y/b.md", "x/y/keep.md", "build/d.md", "z/e.md"];
    let folder = folder(&files);
    let write = |path: &str, text: &str| std::fs::write(folder.path().join(path), text).unwrap();
    write(".gitignore", "/build/\nkeep.md\n");
    write("x/.gitignore", "b.md\n");
    std::fs::create_dir(folder.path().join("x/y/empty")).unwrap();
    write("x/y/.gitignore", "!keep.md\n");
    let whole = walk(folder.path(), &Config::default()).unwrap();
    assert_eq!(paths(&whole), ["a.md", "x/c.md", "x/y/keep.md", "z/e.md"]);
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    let inner = walk(&folder.path().join("x"), &Config::default()).unwrap();
    assert_eq!(paths(&inner), ["c.md", "y/keep.md"]);
}

#[test]
fn finds_the_same_with_several_threads() {
    let names: Vec<String> = (0..1500).map(|number| format!("{}/{number}.md", number % 100)).collect();
    let folder = folder(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let walk = walk(folder.path(), &Config::default()).unwrap();
    assert_eq!(walk.files.len(), 1500);
    assert!(walk.files.is_sorted_by(|a, b| a.path < b.path) && walk.files.iter().all(|file| file.modified > 0));
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_text_is_accounted_for() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = folder(&["a.md"]);
    std::fs::write(folder.path().join(OsStr::from_bytes(b"f\xfcr.md")), "# A\n").unwrap();
    std::fs::create_dir(folder.path().join(OsStr::from_bytes(b"\xfcber"))).unwrap();
    let walk = walk(folder.path(), &Config::default()).unwrap();
    assert_eq!(paths(&walk), ["a.md"]);
    let told: Vec<_> = walk.left_out.iter().map(|it| (it.path.as_str(), it.rejected.is_some())).collect();
    assert_eq!(told, [("f\u{fffd}r.md", true), ("\u{fffd}ber", true)]);
    assert!(walk.left_out[0].reason.contains("not UTF-8"), "{}", walk.left_out[0].reason);
}
