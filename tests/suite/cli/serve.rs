//! `ris serve`: starts, says where, stops. What it serves is tested without sockets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};

use crate::support::Sandbox;

#[test]
fn says_where_it_listens_answers_and_stops_when_asked() {
    let sandbox = Sandbox::fixture("responder");
    let mut child = sandbox
        .command(["serve", "--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("ris starts");
    let mut url = String::new();
    let mut stdout = BufReader::new(child.stdout.take().expect("it is piped"));
    stdout.read_line(&mut url).expect("it says where it listens");
    let host = url.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let mut stream = TcpStream::connect(&host).unwrap_or_else(|error| panic!("{url:?}: {error}"));
    write!(stream, "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let stopped = Command::new("kill").arg("-TERM").arg(child.id().to_string()).status().expect("kill runs");
    assert!(stopped.success());
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(0));
}

#[test]
fn a_taken_port_is_named_with_the_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = taken.local_addr().expect("it has an address").port().to_string();
    let run = Sandbox::fixture("responder").run(["serve", "--port", &port]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.to_string().replace(&port, "[PORT]"), @r"
    --- stderr
    error: port [PORT] of 127.0.0.1 is taken by another program; choose another with `--port`, or `--port 0` for any free one
    --- exit 2
    ");
}
