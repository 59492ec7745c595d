//! Gathers the folders to be searched below one root.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Copies each folder below its own name; what begins with a dot stays behind.
pub(crate) fn gather(folders: &[PathBuf]) -> io::Result<tempfile::TempDir> {
    let root = tempfile::tempdir()?;
    for folder in folders {
        let folder = folder.canonicalize()?;
        let name = folder.file_name().ok_or_else(|| io::Error::other("the root of the file system is no corpus"))?;
        copy(&folder, &root.path().join(name))?;
    }
    fs::write(root.path().join("ris.toml"), "")?;
    Ok(root)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_string_lossy().starts_with('.') || name == "ris.toml" {
            continue;
        }
        let target = to.join(&name);
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::write(target, fs::read(entry.path())?)?;
        }
    }
    Ok(())
}

/// Calls `each` with the path (from the root) and the text of every file.
pub(crate) fn for_each_file(root: &Path, each: &mut dyn FnMut(&str, &str)) -> io::Result<()> {
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            if name.starts_with('.') || name == "ris.toml" {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                each(&name, &String::from_utf8_lossy(&fs::read(&path)?));
            }
        }
    }
    Ok(())
}
