//! A folder as one ZIP file, the same bytes for the same content, and back again from a file that nobody vouches for.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::bag;
use super::beside::Beside;
use super::write::WriteError;

/// An archive is refused above this many files, or bytes when unpacked: it is none of ours.
const MAX_FILES: usize = 2_000_000;
const MAX_BYTES: u64 = 8 << 30;
/// A single file is not read above this many bytes.
const MAX_READ: u64 = 1 << 20;

/// Packs `folder` as the new file `target`, below its own name: in the order of the paths, without times, owners and
/// permissions, which would differ from one machine to the next. The file is there whole or not at all.
///
/// # Errors
/// Where there is something at `target` already, or reading or writing failed.
pub(crate) fn pack(folder: &Path, target: &Path) -> Result<(), WriteError> {
    if target.symlink_metadata().is_ok() {
        return Err(WriteError::Exists { path: target.to_owned() });
    }
    let packed = Beside::new(target).and_then(|mut new| {
        fill(folder, new.file())?;
        new.rename_to(target)
    });
    packed.map_err(|source| WriteError::Write { path: target.to_owned(), source })
}

fn fill(folder: &Path, file: &mut File) -> std::io::Result<()> {
    let mut archive = ZipWriter::new(BufWriter::new(file));
    let top = folder.file_name().unwrap_or_default().to_string_lossy();
    let plain = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for file in bag::list(folder)? {
        archive.start_file(format!("{top}/{}", file.path), plain.large_file(file.bytes > u64::from(u32::MAX)))?;
        std::io::copy(&mut File::open(folder.join(&file.path))?, &mut archive)?;
    }
    archive.finish()?.flush()
}

/// Unpacks `archive` into the empty folder `into`. Nothing is written outside of it, no link is made, and what is far too
/// large is refused. Returns the one folder that the archive holds, else `into`.
///
/// # Errors
/// Where the file is no ZIP archive, or holds what no bundle holds; the text says what.
pub(crate) fn unpack(archive: &Path, into: &Path) -> Result<PathBuf, String> {
    let file = File::open(archive).map_err(|error| error.to_string())?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| error.to_string())?;
    if archive.len() > MAX_FILES {
        return Err("it holds far too many files".to_owned());
    }
    let mut left = MAX_BYTES;
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).map_err(|error| error.to_string())?;
        let name = entry.name().map_err(|error| error.to_string())?.into_owned();
        let path = entry.enclosed_name().ok_or_else(|| format!("`{name}` leads out of it"))?;
        if entry.is_symlink() {
            return Err(format!("`{name}` is a symbolic link"));
        }
        let full = into.join(path);
        let made =
            if entry.is_dir() { std::fs::create_dir_all(&full).map(|()| 0) } else { extract(&mut entry, &full, left) };
        let bytes = made.map_err(|error| format!("`{name}`: {error}"))?;
        left = left.checked_sub(bytes).ok_or("it is far too large")?;
    }
    Ok(only_folder(into).unwrap_or_else(|| into.to_owned()))
}

/// Returns the content of the file `name` in `archive`.
///
/// # Errors
/// Where it is no ZIP archive, or holds no such file or far too large a one.
pub(crate) fn read(archive: &Path, name: &str) -> std::io::Result<Vec<u8>> {
    let mut archive = ZipArchive::new(BufReader::new(File::open(archive)?))?;
    let mut entry = archive.by_name(name)?.take(MAX_READ + 1);
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_READ { Err(std::io::Error::other("it is far too large")) } else { Ok(bytes) }
}

/// Writes one file, of at most one byte more than `left`; returns its bytes. A second one of the same name is an error.
fn extract(entry: &mut impl Read, full: &Path, left: u64) -> std::io::Result<u64> {
    if let Some(parent) = full.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::io::copy(&mut entry.take(left.saturating_add(1)), &mut File::create_new(full)?)
}

fn only_folder(folder: &Path) -> Option<PathBuf> {
    let mut entries = std::fs::read_dir(folder).ok()?.flatten();
    let first = entries.next()?.path();
    (entries.next().is_none() && first.is_dir()).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in [("bag/b/two.txt", "two"), ("bag/a.txt", "one"), ("bag/empty.txt", "")] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        folder
    }

    fn archive(entries: &[(&str, &str)], link: bool) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut archive = ZipWriter::new(file.reopen().unwrap());
        for (name, text) in entries {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        if link {
            archive.add_symlink("bag/link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        }
        archive.finish().unwrap();
        file
    }

    #[test]
    fn what_a_stopped_run_left_is_in_nobodys_way() {
        let folder = folder();
        let target = folder.path().join("bag.zip");
        // Containers give every run the same number.
        std::mem::forget(Beside::new(&target).unwrap());
        pack(&folder.path().join("bag"), &target).unwrap();
        assert!(target.exists());
    }

    #[test]
    fn the_same_content_is_the_same_archive_and_comes_back() {
        let (first, second) = (folder(), folder());
        let pack = |folder: &tempfile::TempDir| {
            let target = folder.path().join("bag.zip");
            super::pack(&folder.path().join("bag"), &target).unwrap();
            target
        };
        let (one, two) = (pack(&first), pack(&second));
        assert_eq!(std::fs::read(&one).unwrap(), std::fs::read(two).unwrap());
        assert!(matches!(super::pack(&first.path().join("bag"), &one), Err(WriteError::Exists { .. })));
        let into = tempfile::tempdir().unwrap();
        let bag = unpack(&one, into.path()).unwrap();
        assert_eq!(bag, into.path().join("bag"));
        assert_eq!(std::fs::read_to_string(bag.join("b/two.txt")).unwrap(), "two");
        assert_eq!(bag::list(&bag).unwrap(), bag::list(&first.path().join("bag")).unwrap());
    }

    #[test]
    fn nothing_gets_out_of_the_folder() {
        let refused = |archive: &tempfile::NamedTempFile| {
            let outer = tempfile::tempdir().unwrap();
            let into = outer.path().join("in");
            std::fs::create_dir(&into).unwrap();
            let why = unpack(archive.path(), &into).unwrap_err();
            assert!(!outer.path().join("out.txt").exists());
            why
        };
        assert_eq!(refused(&archive(&[("../out.txt", "x")], false)), "`../out.txt` leads out of it");
        assert_eq!(refused(&archive(&[("bag/a", "x")], true)), "`bag/link` is a symbolic link");
        assert!(refused(&tempfile::NamedTempFile::new().unwrap()).contains("archive"));
    }
}
