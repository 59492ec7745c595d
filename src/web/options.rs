//! How a server is to run.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use crate::clock::Clock;

/// Told, in full sentences, what goes wrong.
pub(super) type Report = Arc<dyn Fn(&str) + Send + Sync>;

/// The port where none is named.
const DEFAULT_PORT: u16 = 7420;
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
    /// Told, in full sentences, what goes wrong while serving.
    pub report: Report,
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
            report: Arc::new(|_| {}),
        }
    }
}
