//! A folder that is written anew as a whole: until the last file is there the old one stays, then the new one takes its
//! place in one step. A list of the files tells a folder that was written so from any other, which is never replaced.

use std::fs::{DirEntry, File};
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashSet;

use super::beside::short_name;

/// Why a folder is not written.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It holds something else.
    #[error("`{}` holds `{found}`, which is no part of an earlier export", path.display())]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// What was found, below the folder.
        found: String,
    },
    /// It is no folder.
    #[error("`{}` is no folder", path.display())]
    NoFolder {
        /// The path.
        path: PathBuf,
    },
    /// Another process writes it.
    #[error("another ris is writing `{}`", path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// Writing failed.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: Error,
    },
}

/// A folder that is being written.
#[derive(Debug)]
pub struct NewFolder {
    target: PathBuf,
    /// Beside the target, so that it can be renamed.
    new: PathBuf,
    /// Name of the list of files.
    list: &'static str,
    files: Mutex<Vec<String>>,
    placed: bool,
    /// Held until the end.
    _lock: File,
}

impl NewFolder {
    /// Begins to write the folder `target` anew. `list` names the file in it that lists the others.
    ///
    /// # Errors
    /// Where there is anything at `target` that was not written so, or another process is writing it, or it cannot be written.
    pub fn begin(target: &Path, list: &'static str) -> Result<Self, FolderError> {
        // What a link leads to is replaced, not the link.
        let target = target.canonicalize().or_else(|_| std::path::absolute(target));
        let target = target.map_err(|source| FolderError::Write { path: PathBuf::new(), source })?;
        check(&target, list)?;
        let fail = |path: &Path| {
            let path = path.to_owned();
            move |source| FolderError::Write { path, source }
        };
        let parent = target.parent().ok_or_else(|| FolderError::NoFolder { path: target.clone() })?;
        std::fs::create_dir_all(parent).map_err(fail(parent))?;
        let new = target.with_file_name(format!(".{}.new", short_name(&target)));
        std::fs::create_dir_all(&new).map_err(fail(&new))?;
        let lock = File::open(&new).map_err(fail(&new))?;
        lock.try_lock().map_err(|_| FolderError::Busy { path: target.clone() })?;
        // What a run that was stopped has left.
        for entry in std::fs::read_dir(&new).map_err(fail(&new))?.flatten() {
            remove(&entry).map_err(fail(&entry.path()))?;
        }
        Ok(Self { target, new, list, files: Mutex::default(), placed: false, _lock: lock })
    }

    /// Writes the file at `path` (below the folder, `/` between names).
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), FolderError> {
        let full = self.new.join(path);
        let write = || {
            std::fs::create_dir_all(full.parent().unwrap_or(&self.new))?;
            std::fs::write(&full, bytes)
        };
        write().map_err(|source| FolderError::Write { path: full.clone(), source })?;
        self.files.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
        Ok(())
    }

    /// Reads a file that was written.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, FolderError> {
        let full = self.new.join(path);
        std::fs::read(&full).map_err(|source| FolderError::Write { path: full, source })
    }

    /// Puts the folder in the place of the old one; returns how many files it has.
    ///
    /// # Errors
    /// Where that failed; the old one is there then.
    pub fn put_in_place(mut self) -> Result<usize, FolderError> {
        let mut files = std::mem::take(&mut *self.files.lock().unwrap_or_else(PoisonError::into_inner));
        files.sort_unstable();
        files.dedup();
        self.write(self.list, files.iter().flat_map(|file| [file, "\n"]).collect::<String>().as_bytes())?;
        // It may have been filled by somebody else meanwhile.
        check(&self.target, self.list)?;
        let fail = |source| FolderError::Write { path: self.target.clone(), source };
        if self.target.symlink_metadata().is_err() {
            std::fs::rename(&self.new, &self.target).map_err(fail)?;
        } else {
            exchange(&self.new, &self.target).map_err(fail)?;
        }
        self.placed = true;
        // What is left of the old one hinders nobody.
        let _ = std::fs::remove_dir_all(&self.new);
        Ok(files.len())
    }
}

impl Drop for NewFolder {
    fn drop(&mut self) {
        if !self.placed {
            // What is left of one that failed helps nobody.
            let _ = std::fs::remove_dir_all(&self.new);
        }
    }
}

/// Refuses whatever is at `target` and is neither empty nor written by an earlier run, as its list tells.
fn check(target: &Path, list: &str) -> Result<(), FolderError> {
    let fail = |source| FolderError::Write { path: target.to_owned(), source };
    match target.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(fail(error)),
        Ok(found) if !found.is_dir() => return Err(FolderError::NoFolder { path: target.to_owned() }),
        Ok(_) => {}
    }
    let text = std::fs::read_to_string(target.join(list)).unwrap_or_default();
    let known: FxHashSet<&str> = text.lines().chain([list]).collect();
    let mut folders = vec![(target.to_owned(), String::new())];
    while let Some((folder, below)) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let path = format!("{below}{}", entry.file_name().to_string_lossy());
            if entry.file_type().map_err(fail)?.is_dir() {
                folders.push((entry.path(), format!("{path}/")));
            } else if text.is_empty() || !known.contains(path.as_str()) {
                return Err(FolderError::Foreign { path: target.to_owned(), found: path });
            }
        }
    }
    Ok(())
}

fn remove(entry: &DirEntry) -> Result<(), Error> {
    if entry.file_type()?.is_dir() { std::fs::remove_dir_all(entry.path()) } else { std::fs::remove_file(entry.path()) }
}

/// Gives each of two folders the name of the other.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(new: &Path, old: &Path) -> Result<(), Error> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // Some file systems cannot.
        Err(_) => exchange_in_steps(new, old),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(new: &Path, old: &Path) -> Result<(), Error> {
    exchange_in_steps(new, old)
}

fn exchange_in_steps(new: &Path, old: &Path) -> Result<(), Error> {
    let aside = new.with_extension("old");
    std::fs::rename(old, &aside)?;
    std::fs::rename(new, old).inspect_err(|_| {
        // The error is told; the old one belongs where it was.
        let _ = std::fs::rename(&aside, old);
    })?;
    std::fs::rename(&aside, new)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "list.txt";

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    fn write(target: &Path, files: &[&str]) {
        let folder = NewFolder::begin(target, LIST).unwrap();
        files.iter().for_each(|file| folder.write(file, b"x").unwrap());
        assert_eq!(folder.put_in_place().unwrap(), files.len());
    }

    #[test]
    fn the_new_folder_takes_the_place_of_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out");
        write(&target, &["a.html", "d/b.html"]);
        write(&target, &["c.html"]);
        assert_eq!(names(&target), ["c.html", LIST]);
        assert_eq!(names(folder.path()), ["out"], "nothing is left beside it");
        exchange_in_steps(&target, &folder.path().join("none")).unwrap_err();
    }

    #[test]
    fn what_is_not_finished_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out");
        write(&target, &["a.html"]);
        let begun = NewFolder::begin(&target, LIST).unwrap();
        begun.write("b.html", b"x").unwrap();
        assert!(matches!(NewFolder::begin(&target, LIST), Err(FolderError::Busy { .. })));
        let beside = begun.new.clone();
        // As if the process were killed.
        std::mem::forget(begun);
        assert_eq!(names(&target), ["a.html", LIST]);
        assert!(beside.join("b.html").exists());
    }

    #[test]
    fn what_a_stopped_run_left_is_no_part_of_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out");
        std::fs::create_dir_all(folder.path().join(".out.new/d")).unwrap();
        std::fs::write(folder.path().join(".out.new/d/old.html"), "x").unwrap();
        write(&target, &["a.html"]);
        assert_eq!(names(&target), ["a.html", LIST]);
    }

    #[test]
    fn a_folder_that_holds_anything_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out");
        write(&target, &["a.html"]);
        std::fs::write(target.join("mine.txt"), "x").unwrap();
        let refused = NewFolder::begin(&target, LIST).unwrap_err();
        assert!(matches!(&refused, FolderError::Foreign { found, .. } if found == "mine.txt"), "{refused}");
        std::fs::remove_file(target.join(LIST)).unwrap();
        std::fs::remove_file(target.join("mine.txt")).unwrap();
        assert!(matches!(NewFolder::begin(&target, LIST), Err(FolderError::Foreign { .. })));
        assert!(matches!(NewFolder::begin(&target.join("a.html"), LIST), Err(FolderError::NoFolder { .. })));
        assert_eq!(names(&target), ["a.html"]);
    }

    #[test]
    fn two_folders_change_names_where_the_system_cannot_do_it_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let (new, old) = (folder.path().join(".out.new"), folder.path().join("out"));
        [(&new, "n"), (&old, "o")].iter().for_each(|(path, name)| {
            std::fs::create_dir(path).unwrap();
            std::fs::write(path.join(name), "x").unwrap();
        });
        exchange_in_steps(&new, &old).unwrap();
        assert_eq!((names(&old), names(&new)), (vec!["n".to_owned()], vec!["o".to_owned()]));
    }
}
