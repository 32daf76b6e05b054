//! A thread that serves the connections of blocking calls.

use std::convert::Infallible;
use std::io;
use std::sync::{Arc, OnceLock};
use std::thread;

use http::{Request, Response};
use tokio::runtime::{Builder, EnterGuard, Handle};
use tokio::sync::oneshot;
use tokio_rustls::TlsConnector;

use super::pool::Pool;
use super::proxies::Proxies;
use crate::runtime::{Attempt, Body, TransportError};

/// Connections that are served by a thread, which starts with the first call.
///
/// They are not shared with async calls: a thread that waits for a blocking call may be the one that would serve a
/// connection of an async call.
#[derive(Clone)]
pub(crate) struct Background {
    pool: Arc<Pool>,
    /// The thread, or the error that occurred when it was started.
    thread: Arc<OnceLock<Result<Thread, Arc<io::Error>>>>,
}

/// A thread that runs until this is dropped.
struct Thread {
    runtime: Handle,
    _stop: oneshot::Sender<Infallible>,
}

impl Thread {
    fn start(pool: &Pool) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = Self {
            runtime: runtime.handle().clone(),
            _stop: stop,
        };
        let builder = thread::Builder::new().name("http-transport".to_owned());
        let idle = Arc::clone(pool.idle());
        builder.spawn(move || runtime.block_on(idle.close_expired(stopped)))?;
        Ok(thread)
    }
}

impl Background {
    pub(crate) fn new(tls: TlsConnector, proxies: Arc<Proxies>) -> Self {
        Self {
            pool: Arc::new(Pool::new(tls, proxies)),
            thread: Arc::default(),
        }
    }

    /// Sends a request and waits for the response headers.
    pub(crate) fn exchange(&self, request: Request<Body>, attempt: &Attempt) -> Result<Response<Body>, TransportError> {
        self.block_on(self.pool.exchange(request, attempt))?
    }

    /// Waits for a future whose timers and connections belong to the thread.
    pub(crate) fn block_on<T>(&self, future: impl Future<Output = T>) -> Result<T, TransportError> {
        let _guard = self.enter()?;
        // Not `Handle::block_on`, which panics if the caller is asynchronous.
        Ok(pollster::block_on(future))
    }

    fn enter(&self) -> Result<EnterGuard<'_>, TransportError> {
        let thread = self.thread.get_or_init(|| Thread::start(&self.pool).map_err(Arc::new));
        match thread {
            Ok(thread) => Ok(thread.runtime.enter()),
            Err(error) => Err(TransportError::before_attempt(Arc::clone(error))),
        }
    }
}
