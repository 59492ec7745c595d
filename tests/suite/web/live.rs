//! A change on disk reaches the index and the open pages.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use ris::web::{Ready, ServeError, ServeOptions, Watching, serve};
use tempfile::TempDir;

use super::site::{REDIS, clock, open, write};

/// How long anything may take; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

/// A server over one document, and the lines of its stream of events.
struct Follower {
    folder: TempDir,
    ready: Ready,
    lines: Receiver<String>,
    server: JoinHandle<Result<(), ServeError>>,
}

impl Follower {
    fn new(watch: Watching) -> Self {
        let folder = write(&[("2025/a.md", REDIS)]);
        let kb = open(folder.path());
        let (sender, ready) = mpsc::channel::<Ready>();
        let server = thread::spawn(move || {
            let options = ServeOptions { port: 0, clock: clock(), watch, ..ServeOptions::default() };
            serve(kb, options, |ready| sender.send(ready.clone()).unwrap())
        });
        let ready = ready.recv_timeout(PATIENCE).unwrap();
        let mut stream = TcpStream::connect(ready.address).unwrap();
        write!(stream, "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        // The stream never falls silent for long, so a timeout for reading would bound nothing.
        let (heard, lines) = mpsc::channel();
        thread::spawn(move || {
            BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|line| heard.send(line))
        });
        let follower = Self { folder, ready, lines, server };
        follower.wait_for("x-accel-buffering: no");
        follower.wait_for("event: hello");
        follower
    }

    fn wait_for(&self, needle: &str) {
        let end = Instant::now() + PATIENCE;
        let next = || self.lines.recv_timeout(end.saturating_duration_since(Instant::now())).ok();
        let found = std::iter::from_fn(next).find(|line| line.contains(needle));
        assert!(found.is_some(), "{needle} was never announced");
    }

    /// One change may be announced twice, so that what was heard may have been said before the last one.
    fn wait_until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds(self) {
            assert!(Instant::now() < end, "{what}: not in time");
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn write(&self, path: &str, text: &str) {
        std::fs::write(self.folder.path().join(path), text).unwrap();
    }

    fn finds(&self, word: &str, path: &str) -> bool {
        get(self.ready.address, &format!("/search?q={word}")).contains(&format!("/d/{path}"))
    }

    fn stop(self) {
        self.ready.stop.stop();
        self.server.join().unwrap().unwrap();
    }
}

#[test]
fn a_change_on_disk_is_searchable_and_announced() {
    let follower = Follower::new(Watching::Automatic);
    follower.write("2025/a.md", &REDIS.replace("no service has", "pomelo"));
    follower.wait_for("2025/a.md");
    assert!(follower.finds("pomelo", "2025/a.md"));

    // Folders that come later are watched as well.
    std::fs::create_dir(follower.folder.path().join("2026")).unwrap();
    follower.wait_for("2026");
    follower.write("2026/b.md", "# New\n\nkumquat\n");
    follower.wait_for("2026/b.md");
    follower.wait_until("the new file is found", |it| it.finds("kumquat", "2026/b.md"));

    std::fs::remove_file(follower.folder.path().join("2026/b.md")).unwrap();
    follower.wait_for("2026/b.md");
    follower.wait_until("the file that is gone is found no more", |it| !it.finds("kumquat", "2026/b.md"));
    follower.stop();
}

#[test]
fn folders_that_cannot_be_watched_are_read_now_and_then() {
    let follower = Follower::new(Watching::Scanning);
    follower.write("2025/b.md", "# New\n\nkumquat\n");
    follower.wait_for("event: change");
    follower.wait_until("the new file is found", |it| it.finds("kumquat", "2025/b.md"));
    follower.stop();
}
