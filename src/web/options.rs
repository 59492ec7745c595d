//! How a server is to run.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use crate::clock::Clock;

/// Told, in full sentences, what goes wrong.
pub(super) type Report = Arc<dyn Fn(&str) + Send + Sync>;

/// The port where none is named.
const DEFAULT_PORT: u16 = 7420;
/// Connections at one time: fewer than the 1,024 files that systems let a process open, and some for the files.
const MAX_CONNECTIONS: usize = 900;
/// How long a client may take over the head of a request, say nothing between two, or not read what is sent to it.
const HEAD_PATIENCE: Duration = Duration::from_secs(30);

/// How to serve.
#[derive(Clone)]
pub struct ServeOptions {
    /// Address to listen on; loopback unless the user asks otherwise.
    pub address: IpAddr,
    /// Port; 0 takes any free one.
    pub port: u16,
    /// Names other than `localhost` and plain addresses under which the server may be called. On loopback every
    /// other name is refused; elsewhere every name passes unless this list holds some.
    pub allowed_hosts: Vec<String>,
    /// The clock, for what is overdue.
    pub clock: Clock,
    /// How changes on disk are noticed.
    pub watch: Watching,
    /// What clients are held to.
    pub limits: Limits,
    /// Told, in full sentences, what goes wrong while serving.
    pub report: Report,
}

/// What clients are held to, so that none keeps the others out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections at one time; whoever comes then waits until one ends, or takes the place of one that keeps the server
    /// waiting.
    pub connections: usize,
    /// How long a client may take over the head of a request, say nothing between two, or not read what is sent to it.
    pub head: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: MAX_CONNECTIONS, head: HEAD_PATIENCE }
    }
}

/// How changes on disk are noticed while serving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watching {
    /// The operating system tells of them; where it cannot, the folder is read every few seconds.
    Automatic,
    /// The folder is read every few seconds, as network folders need it.
    Scanning,
    /// They are not.
    Off,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: DEFAULT_PORT,
            allowed_hosts: Vec::new(),
            clock: Clock::System,
            watch: Watching::Automatic,
            limits: Limits::default(),
            report: Arc::new(|_| {}),
        }
    }
}
