//! A limit for the bytes that precede a response.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The maximum number of bytes received before a response: more than the longest head that hyper accepts, and the beginning of
/// the body that hyper reads before the head is returned.
const MAX: usize = 2 * 1024 * 1024;

/// Counts the bytes that a connection receives while no response is being received.
///
/// hyper skips informational responses, such as 103 Early Hints. If they arrive without a pause, it neither returns nor limits
/// them, and no timer runs meanwhile.
#[derive(Clone, Default)]
pub(crate) struct HeadLimit(Arc<Counts>);

#[derive(Default)]
struct Counts {
    /// The number of responses whose head was received. The body of one may end after the head of the next was received, because the
    /// last part of a body is buffered.
    responses: AtomicUsize,
    /// The number of bytes received since the last response.
    bytes: AtomicUsize,
}

/// A response whose body is being received.
pub(crate) struct Receiving(HeadLimit);

impl HeadLimit {
    /// Stops counting until the returned value is dropped.
    pub(crate) fn receive(&self) -> Receiving {
        self.0.responses.fetch_add(1, Ordering::Relaxed);
        self.0.bytes.store(0, Ordering::Relaxed);
        Receiving(self.clone())
    }

    /// Counts bytes that were received. Returns an error if they are too many.
    pub(crate) fn count(&self, count: usize) -> io::Result<()> {
        if self.0.responses.load(Ordering::Relaxed) > 0 {
            return Ok(());
        }
        if self.0.bytes.fetch_add(count, Ordering::Relaxed) + count > MAX {
            let problem = "the server sends informational responses without a final response";
            return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
        }
        Ok(())
    }
}

impl Drop for Receiving {
    fn drop(&mut self) {
        self.0.0.responses.fetch_sub(1, Ordering::Relaxed);
    }
}
