//! Starting, stopping, and a port that is taken.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use axum::http::StatusCode;
use ris::web::{Ready, ServeError, ServeOptions, serve};

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
