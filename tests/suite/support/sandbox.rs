//! A temporary folder in which `ris` runs without the user's environment, home, git settings or clock.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The instant at which every run takes place.
const NOW: &str = "2026-01-15T12:00:00Z";

/// A temporary folder.
pub(crate) struct Sandbox {
    dir: TempDir,
    current: PathBuf,
    columns: usize,
}

/// What a run of `ris` gave.
pub(crate) struct Run {
    /// Exit code; -1 where a signal ended it.
    pub(crate) code: i32,
    /// Data.
    pub(crate) stdout: String,
    /// Everything else.
    pub(crate) stderr: String,
}

impl Sandbox {
    /// Returns an empty folder.
    pub(crate) fn new() -> Self {
        let dir = TempDir::with_prefix("ris-test-").expect("a temporary folder can be made");
        let current = dir.path().join("work");
        fs::create_dir(&current).expect("a folder can be made");
        fs::create_dir(dir.path().join("home")).expect("a folder can be made");
        Self { dir, current, columns: 80 }
    }

    /// Returns a folder with a copy of the fixture `name`.
    pub(crate) fn fixture(name: &str) -> Self {
        let sandbox = Self::new();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
        copy(&source, &sandbox.current);
        sandbox
    }

    /// Adds a file.
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(path, content);
        self
    }

    /// Runs in the folder `path` from now on.
    pub(crate) fn inside(mut self, path: &str) -> Self {
        self.current.push(path);
        self
    }

    /// Writes a file.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.current.join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    }

    /// Copies the folder `source` to `path`.
    pub(crate) fn copy_in(&self, source: &Path, path: &str) {
        copy(source, &self.current.join(path));
    }

    /// Returns the path of `name` in the sandbox.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.current.join(name)
    }

    /// Runs `ris` with `args`.
    pub(crate) fn run<I: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = I>) -> Run {
        self.run_with(args, "", &[])
    }

    /// Runs `ris` with `args`, text on stdin and more environment.
    pub(crate) fn run_with<I: AsRef<OsStr>>(
        &self,
        args: impl IntoIterator<Item = I>,
        stdin: &str,
        env: &[(&str, &str)],
    ) -> Run {
        let mut child = self
            .command(args)
            .envs(env.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("ris starts");
        let mut input = child.stdin.take().expect("stdin is piped");
        // A run that ends before it reads its input is fine.
        let _ = input.write_all(stdin.as_bytes());
        drop(input);
        let output = child.wait_with_output().expect("ris ends");
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: self.normalise(&output.stdout),
            stderr: self.normalise(&output.stderr),
        }
    }

    /// Returns the command that runs `ris` here, in a cleared environment.
    pub(crate) fn command<I: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = I>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ris"));
        command
            .args(args)
            .current_dir(&self.current)
            .env_clear()
            .env("HOME", self.dir.path().join("home"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("RIS_NOW", NOW)
            .env("TZ", "UTC")
            .env("COLUMNS", self.columns.to_string());
        command
    }

    fn normalise(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8(bytes.to_vec()).expect("ris writes UTF-8");
        let mut roots = vec![self.dir.path().to_owned()];
        roots.extend(self.dir.path().canonicalize());
        roots.iter().fold(text, |text, root| text.replace(&*root.to_string_lossy(), "[SANDBOX]"))
    }
}

impl Run {
    /// Returns stdout as one JSON value.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self}"))
    }

    /// Returns the lines of stdout, each as a JSON value.
    pub(crate) fn json_lines(&self) -> Vec<serde_json::Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{self}"))).collect()
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.stdout)?;
        if !self.stderr.is_empty() {
            write!(f, "--- stderr\n{}", self.stderr)?;
        }
        write!(f, "--- exit {}", self.code)
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let entry = entry.expect("a folder can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}
