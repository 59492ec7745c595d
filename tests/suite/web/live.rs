//! A change on disk reaches the index and the open pages.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ris::web::{Ready, ServeOptions, serve};

use super::site::{REDIS, clock, open, write};

fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_change_on_disk_is_searchable_and_announced() {
    let folder = write(&[("2025/a.md", REDIS)]);
    let kb = open(folder.path());
    let (sender, ready) = mpsc::channel::<Ready>();
    let server = thread::spawn(move || {
        let options = ServeOptions { port: 0, clock: clock(), ..ServeOptions::default() };
        serve(kb, options, |ready| sender.send(ready.clone()).unwrap())
    });
    let ready = ready.recv_timeout(Duration::from_secs(30)).unwrap();
    let mut stream = TcpStream::connect(ready.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    write!(stream, "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut lines = BufReader::new(stream).lines();
    let mut wait_for = |needle: &str| {
        let found = lines.by_ref().map(Result::unwrap).find(|line| line.contains(needle));
        found.unwrap_or_else(|| panic!("{needle} was never announced"))
    };
    wait_for("event: hello");

    // The watching begins on a thread of its own; a change before that is found by the next look at the folder.
    std::fs::write(folder.path().join("2025/a.md"), REDIS.replace("no service has", "pomelo")).unwrap();
    wait_for("2025/a.md");
    assert!(get(ready.address, "/search?q=pomelo").contains("/d/2025/a.md"));

    // Folders that come later are watched as well.
    std::fs::create_dir(folder.path().join("2026")).unwrap();
    wait_for("2026");
    std::fs::write(folder.path().join("2026/b.md"), "# New\n\nkumquat\n").unwrap();
    wait_for("2026/b.md");
    assert!(get(ready.address, "/search?q=kumquat").contains("/d/2026/b.md"));

    std::fs::remove_file(folder.path().join("2026/b.md")).unwrap();
    wait_for("2026/b.md");
    assert!(!get(ready.address, "/search?q=kumquat").contains("/d/2026/b.md"));
    ready.stop.stop();
    server.join().unwrap().unwrap();
}
