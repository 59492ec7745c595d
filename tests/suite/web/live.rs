//! A change on disk reaches the index and the open pages.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ris::web::{Ready, ServeError, ServeOptions, Watching, serve};
use tempfile::TempDir;

use super::site::{REDIS, clock, open, write};

fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

/// A server over one document, and the lines of its stream of events.
struct Follower {
    folder: TempDir,
    ready: Ready,
    lines: Lines<BufReader<TcpStream>>,
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
        let ready = ready.recv_timeout(Duration::from_secs(30)).unwrap();
        let mut stream = TcpStream::connect(ready.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        write!(stream, "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut follower = Self { folder, ready, lines: BufReader::new(stream).lines(), server };
        follower.wait_for("event: hello");
        follower
    }

    fn wait_for(&mut self, needle: &str) {
        let found = self.lines.by_ref().map(Result::unwrap).find(|line| line.contains(needle));
        assert!(found.is_some(), "{needle} was never announced");
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
    let mut follower = Follower::new(Watching::Automatic);
    follower.write("2025/a.md", &REDIS.replace("no service has", "pomelo"));
    follower.wait_for("2025/a.md");
    assert!(follower.finds("pomelo", "2025/a.md"));

    // Folders that come later are watched as well.
    std::fs::create_dir(follower.folder.path().join("2026")).unwrap();
    follower.wait_for("2026");
    follower.write("2026/b.md", "# New\n\nkumquat\n");
    follower.wait_for("2026/b.md");
    assert!(follower.finds("kumquat", "2026/b.md"));

    std::fs::remove_file(follower.folder.path().join("2026/b.md")).unwrap();
    follower.wait_for("2026/b.md");
    assert!(!follower.finds("kumquat", "2026/b.md"));
    follower.stop();
}

#[test]
fn folders_that_cannot_be_watched_are_read_now_and_then() {
    let mut follower = Follower::new(Watching::Scanning);
    follower.write("2025/b.md", "# New\n\nkumquat\n");
    follower.wait_for("event: change");
    assert!(follower.finds("kumquat", "2025/b.md"));
    follower.stop();
}
