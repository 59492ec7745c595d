//! The way out of what is printed: a reader that goes away ends the writing and nothing else.

use std::io::{self, ErrorKind, Write};

/// Hands bytes on until nobody reads them any more; what is written then is gone, and no error, so that a command comes
/// to its end and gives the exit code of its answer.
#[derive(Debug)]
pub(crate) struct Outlet<W> {
    to: W,
    is_closed: bool,
}

impl<W: Write> Outlet<W> {
    /// Returns the way to `to`.
    pub(crate) fn new(to: W) -> Self {
        Self { to, is_closed: false }
    }

    fn unless_closed<T>(&mut self, closed: T, write: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        if self.is_closed {
            return Ok(closed);
        }
        match write(&mut self.to) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(closed)
            }
            written => written,
        }
    }
}

impl<W: Write> Write for Outlet<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_closed(bytes.len(), |to| to.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_closed((), Write::flush)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails every write in one way.
    struct Failing(ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn a_reader_that_goes_away_is_no_error_and_a_full_disk_is_one() {
        let write = |kind| Outlet::new(Failing(kind)).write_all(b"text").map_err(|error| error.kind());
        let flush = |kind| Outlet::new(Failing(kind)).flush().map_err(|error| error.kind());
        assert_eq!((write(ErrorKind::BrokenPipe), flush(ErrorKind::BrokenPipe)), (Ok(()), Ok(())));
        let full = ErrorKind::StorageFull;
        assert_eq!((write(full), flush(full)), (Err(full), Err(full)));
    }
}
