//! Bounds what waits between reading and writing: without it a fast reader fills the memory with documents.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Lets documents through until so many bytes of them wait to be written.
#[derive(Debug)]
pub(crate) struct Gate {
    waiting: Mutex<usize>,
    freed: Condvar,
    limit: usize,
}

impl Gate {
    pub(crate) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self { waiting: Mutex::new(0), freed: Condvar::new(), limit })
    }

    /// Waits until `bytes` more may wait. A single large document always gets through.
    pub(crate) fn enter(self: &Arc<Self>, bytes: usize) -> Permit {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |waiting: &mut usize| !self.has_room(*waiting, bytes);
        let mut waiting = self.freed.wait_while(waiting, full).unwrap_or_else(PoisonError::into_inner);
        *waiting += bytes;
        Permit { gate: Arc::clone(self), bytes }
    }

    /// Enters where that needs no waiting.
    pub(crate) fn try_enter(self: &Arc<Self>, bytes: usize) -> Option<Permit> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        self.has_room(*waiting, bytes).then(|| {
            *waiting += bytes;
            Permit { gate: Arc::clone(self), bytes }
        })
    }

    fn has_room(&self, waiting: usize, bytes: usize) -> bool {
        waiting == 0 || waiting + bytes <= self.limit
    }
}

/// Room for one file on its way; given back when dropped.
#[derive(Debug)]
pub(crate) struct Permit {
    gate: Arc<Gate>,
    bytes: usize,
}

impl Drop for Permit {
    fn drop(&mut self) {
        *self.gate.waiting.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.gate.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn holds_back_until_there_is_room() {
        let gate = Gate::new(10);
        let first = gate.enter(8);
        let (done, entered) = mpsc::channel();
        let other = Arc::clone(&gate);
        let thread = std::thread::spawn(move || {
            let permit = other.enter(8);
            done.send(()).unwrap();
            drop(permit);
        });
        assert!(entered.try_recv().is_err());
        assert!(gate.try_enter(8).is_none());
        drop(first);
        entered.recv().unwrap();
        thread.join().unwrap();
        drop(gate.enter(1000));
        assert!(gate.try_enter(1000).is_some());
    }
}
