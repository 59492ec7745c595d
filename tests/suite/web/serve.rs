//! Starting, stopping, and a port that is taken.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use axum::http::StatusCode;
use ris::web::{Limits, Ready, ServeError, ServeOptions, Watching, serve};

use super::site::{REDIS, Site, clock, open, write};

#[test]
fn a_taken_port_is_an_error_that_says_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let folder = write(&[("a.md", REDIS)]);
    let error = serve(open(folder.path()), ServeOptions { port, ..ServeOptions::default() }, |_| {}).unwrap_err();
    assert!(matches!(error, ServeError::PortTaken(_)));
    let message = error.to_string();
    assert!(message.contains(&port.to_string()) && message.contains("--port"), "{message}");
}

#[test]
fn it_answers_until_it_is_stopped_even_with_a_page_open() {
    let folder = write(&[("a.md", REDIS)]);
    let kb = open(folder.path());
    let (sender, ready) = mpsc::channel::<Ready>();
    let server = thread::spawn(move || {
        let options = ServeOptions { port: 0, clock: clock(), ..ServeOptions::default() };
        serve(kb, options, |ready| sender.send(ready.clone()).unwrap())
    });
    let ready = ready.recv_timeout(Duration::from_secs(30)).unwrap();
    assert!(ready.address.ip().is_loopback() && ready.url.starts_with("http://127.0.0.1:"));
    assert_eq!(ready.sync.as_ref().unwrap().added, 1);

    let mut page = TcpStream::connect(ready.address).unwrap();
    page.write_all(b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut heard = String::new();
    while !heard.contains("event: hello") {
        let mut buffer = [0; 512];
        let length = page.read(&mut buffer).unwrap();
        assert!(length > 0, "closed after {heard}");
        heard.push_str(&String::from_utf8_lossy(&buffer[..length]));
    }
    ready.stop.stop();
    page.read_to_string(&mut heard).unwrap();
    server.join().unwrap().unwrap();
}

#[test]
fn an_index_that_is_deleted_under_the_server_is_built_anew() {
    let site = Site::new();
    std::fs::remove_dir_all(site.path().join(".ris")).unwrap();
    let gone = site.get("/search?q=hostname");
    assert_eq!(gone.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(gone.text().contains("It is being built anew"), "{}", gone.text());
    let again = (0..100).map(|_| {
        thread::sleep(Duration::from_millis(100));
        site.get("/search?q=hostname").status
    });
    assert!(again.into_iter().any(|status| status == StatusCode::OK));
}

/// Serves one document within `limits`; the server ends with the test.
fn within(limits: Limits) -> (tempfile::TempDir, Ready) {
    let folder = write(&[("a.md", REDIS)]);
    let kb = open(folder.path());
    let (sender, ready) = mpsc::channel::<Ready>();
    thread::spawn(move || {
        let options = ServeOptions { port: 0, clock: clock(), watch: Watching::Off, limits, ..ServeOptions::default() };
        serve(kb, options, |ready| sender.send(ready.clone()).unwrap())
    });
    (folder, ready.recv_timeout(Duration::from_secs(30)).unwrap())
}

/// Sends a text and returns what comes until the server closes; fails after ten seconds.
fn talk(ready: &Ready, text: &str) -> (TcpStream, std::io::Result<String>) {
    let mut stream = TcpStream::connect(ready.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(text.as_bytes()).unwrap();
    let mut heard = String::new();
    let read = stream.read_to_string(&mut heard);
    (stream, read.map(|_| heard))
}

#[test]
fn half_a_request_is_not_waited_for() {
    let (_folder, ready) = within(Limits { head: Duration::from_millis(200), ..Limits::default() });
    for half in ["", "GET / HTTP/1.1\r\nHost: local"] {
        let (_stream, heard) = talk(&ready, half);
        assert_eq!(heard.unwrap(), "", "{half:?} is still waited for");
    }
    let (_stream, heard) = talk(&ready, "GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(heard.unwrap().starts_with("HTTP/1.1 200"), "a whole one is answered, and its silence ends the connection");
    ready.stop.stop();
}

const ASK: &[u8] = b"GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n";

#[test]
fn whoever_is_one_too_many_waits_for_a_place() {
    let (_folder, ready) = within(Limits { connections: 1, head: Duration::from_secs(60) });
    let mut first = TcpStream::connect(ready.address).unwrap();
    first.write_all(b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut buffer = [0; 16];
    first.read_exact(&mut buffer).unwrap();
    let mut second = TcpStream::connect(ready.address).unwrap();
    second.write_all(ASK).unwrap();
    second.set_read_timeout(Some(Duration::from_millis(1500))).unwrap();
    assert!(second.read_exact(&mut buffer).is_err(), "two are answered where one may be");
    drop(first);
    second.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    second.read_exact(&mut buffer).unwrap();
    assert!(buffer.starts_with(b"HTTP/1.1 200"), "{buffer:?}");
    ready.stop.stop();
}

#[test]
fn whoever_keeps_the_server_waiting_gives_up_the_place() {
    let many = b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(400);
    let body = b"POST /paste HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nlog";
    for (slow, what) in [
        (&b"GET / HTTP/1.1\r\nHost: local"[..], "half a head"),
        (&body[..], "half a body"),
        (ASK, "no second request"),
        (&many, "no reading"),
    ] {
        let (_folder, ready) = within(Limits { connections: 1, head: Duration::from_secs(60) });
        let mut first = TcpStream::connect(ready.address).unwrap();
        first.write_all(slow).unwrap();
        let (_stream, heard) = talk(&ready, "GET /status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assert!(heard.is_ok_and(|it| it.starts_with("HTTP/1.1 200")), "{what}");
        ready.stop.stop();
    }
}
