//! Clients that hold a place, and how long each has kept the server waiting: whoever waits longest gives it up to others.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// Whoever has kept the server waiting for so long may be sent away where somebody else needs the place.
pub(super) const GRACE: Duration = Duration::from_secs(1);

/// One connection.
#[derive(Debug)]
pub(super) struct Client {
    waits: Mutex<Waits>,
    leave: Notify,
}

/// Since when the server waits for a client; `None` where it does not.
#[derive(Debug)]
struct Waits {
    /// For the head of a request and what belongs to it, or for the next one.
    asks: Option<Instant>,
    /// Until it reads what was answered.
    reads: Option<Instant>,
}

impl Client {
    fn new() -> Self {
        Self { waits: Mutex::new(Waits { asks: Some(Instant::now()), reads: None }), leave: Notify::new() }
    }

    /// Notes that a request is there as a whole, and its answer is to be made.
    pub(super) fn has_asked(&self) {
        self.change(|it| it.asks = None);
    }

    /// Notes that an answer is made; the next request may come.
    pub(super) fn is_answered(&self) {
        self.change(|it| it.asks = Some(Instant::now()));
    }

    /// Notes whether the client reads what is sent to it; returns since when it does not.
    pub(super) fn reads(&self, reads: bool) -> Option<Instant> {
        let mut since = None;
        self.change(|it| {
            it.reads = if reads { None } else { it.reads.or_else(|| Some(Instant::now())) };
            since = it.reads;
        });
        since
    }

    /// Ends when the client is to go.
    pub(super) async fn sent_away(&self) {
        self.leave.notified().await;
    }

    fn waited_since(&self) -> Option<Instant> {
        let waits = self.waits.lock().unwrap_or_else(PoisonError::into_inner);
        [waits.asks, waits.reads].into_iter().flatten().min()
    }

    fn change(&self, change: impl FnOnce(&mut Waits)) {
        change(&mut self.waits.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// All clients.
#[derive(Debug, Default, Clone)]
pub(super) struct Clients(Arc<Mutex<Guests>>);

#[derive(Debug, Default)]
struct Guests {
    /// How many have come.
    came: u64,
    /// Those that are here, by their number.
    here: BTreeMap<u64, Arc<Client>>,
}

/// A client for as long as it is one.
#[derive(Debug)]
pub(super) struct Present {
    number: u64,
    of: Clients,
    pub(super) client: Arc<Client>,
}

impl Clients {
    /// Takes down a new client.
    pub(super) fn welcome(&self) -> Present {
        let client = Arc::new(Client::new());
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.came += 1;
        let number = all.came;
        all.here.insert(number, Arc::clone(&client));
        drop(all);
        Present { number, of: self.clone(), client }
    }

    /// Sends away the client that has kept the server waiting longest; tells whether any has for long enough.
    pub(super) fn make_room(&self, now: Instant) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let longest = all.here.iter().filter_map(|(number, it)| Some((it.waited_since()?, *number))).min();
        let Some((_, number)) = longest.filter(|(since, _)| now.saturating_duration_since(*since) >= GRACE) else {
            return false;
        };
        if let Some(client) = all.here.remove(&number) {
            client.leave.notify_one();
        }
        true
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        self.of.0.lock().unwrap_or_else(PoisonError::into_inner).here.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    fn is_sent_away(present: &Present) -> bool {
        present.client.sent_away().now_or_never().is_some()
    }

    #[test]
    fn whoever_keeps_the_server_waiting_longest_goes() {
        let clients = Clients::default();
        let [first, second, third] = [clients.welcome(), clients.welcome(), clients.welcome()];
        first.client.has_asked();
        assert!(!clients.make_room(Instant::now()), "nobody has kept it waiting for long");
        third.client.has_asked();
        third.client.reads(false);
        let later = Instant::now() + GRACE;
        assert!(clients.make_room(later) && is_sent_away(&second) && !is_sent_away(&third));
        assert!(clients.make_room(later) && is_sent_away(&third), "it does not read its answer");
        assert!(!clients.make_room(later), "the answer of the first is under way");
        first.client.is_answered();
        assert!(clients.make_room(Instant::now() + GRACE) && is_sent_away(&first));
    }

    #[test]
    fn whoever_reads_again_or_has_gone_is_not_waited_for() {
        let clients = Clients::default();
        let reader = clients.welcome();
        reader.client.has_asked();
        reader.client.reads(false);
        reader.client.reads(true);
        drop(clients.welcome());
        assert!(!clients.make_room(Instant::now() + GRACE));
    }
}
