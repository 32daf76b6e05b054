//! Waiting without an async runtime.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::thread;
use std::time::Duration;

use super::BoxFuture;

/// What the thread that waits and the future share.
#[derive(Default)]
struct Shared {
    is_over: bool,
    waker: Option<Waker>,
}

/// Waits on a thread of its own, which ends with the wait, or when the future is dropped.
///
/// Where no thread can be had there is no wait.
pub(crate) fn sleep(duration: Duration) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        let shared = Arc::new(Mutex::new(Shared::default()));
        // Dropped with this future: the thread then waits for nothing more.
        let _alive = start(duration, &shared);
        std::future::poll_fn(|context| {
            let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
            if shared.is_over {
                return Poll::Ready(());
            }
            shared.waker = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    })
}

fn start(duration: Duration, shared: &Arc<Mutex<Shared>>) -> Sender<()> {
    let (alive, ended) = mpsc::channel();
    let timer = Arc::clone(shared);
    let thread = thread::Builder::new().spawn(move || {
        if ended.recv_timeout(duration) == Err(RecvTimeoutError::Timeout) {
            finish(&timer);
        }
    });
    if thread.is_err() {
        finish(shared);
    }
    alive
}

fn finish(shared: &Mutex<Shared>) {
    let waker = {
        let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
        shared.is_over = true;
        shared.waker.take()
    };
    if let Some(waker) = waker {
        waker.wake();
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Wake};
    use std::thread::Thread;
    use std::time::Instant;

    use super::*;

    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    #[test]
    fn it_waits_and_wakes() {
        let start = Instant::now();
        let duration = Duration::from_millis(5);
        let mut wait = sleep(duration);
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        while wait.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
            thread::park();
        }
        assert!(start.elapsed() >= duration);
    }

    #[test]
    fn its_thread_ends_when_nobody_waits() {
        let shared = Arc::new(Mutex::new(Shared::default()));
        let alive = start(Duration::from_secs(3600), &shared);
        drop(alive);
        let patience = Instant::now() + Duration::from_secs(10);
        while Arc::strong_count(&shared) > 1 && Instant::now() < patience {
            thread::yield_now();
        }
        assert_eq!(Arc::strong_count(&shared), 1);
        assert!(!shared.lock().expect("no panic").is_over);
    }
}
