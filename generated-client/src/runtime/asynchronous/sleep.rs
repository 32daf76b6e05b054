//! Sleeping without an async runtime.

use std::future::poll_fn;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::thread;
use std::time::Duration;

use super::BoxFuture;

/// The state shared by the future and its timer thread.
#[derive(Default)]
struct Timer {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    is_over: bool,
    /// `true` if the future was dropped, so that the thread stops waiting.
    is_dropped: bool,
    waker: Option<Waker>,
}

impl Timer {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits on the current thread, then wakes the future.
    fn run(&self, duration: Duration) {
        let wait = self
            .changed
            .wait_timeout_while(self.state(), duration, |state| !state.is_dropped);
        let (mut state, _) = wait.unwrap_or_else(PoisonError::into_inner);
        state.is_over = !state.is_dropped;
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// Ends the timer thread when the future is dropped.
struct TimerGuard(Arc<Timer>);

impl Drop for TimerGuard {
    fn drop(&mut self) {
        self.0.state().is_dropped = true;
        self.0.changed.notify_one();
    }
}

/// Waits on a new thread, which ends after the wait, or when the future is dropped.
///
/// Returns immediately if the thread cannot be spawned.
pub(crate) fn sleep(duration: Duration) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        let guard = start(duration);
        poll_fn(|context| {
            let mut state = guard.0.state();
            if state.is_over {
                return Poll::Ready(());
            }
            state.waker = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    })
}

fn start(duration: Duration) -> TimerGuard {
    let timer = Arc::new(Timer::default());
    let on_thread = Arc::clone(&timer);
    let thread = thread::Builder::new().spawn(move || on_thread.run(duration));
    if thread.is_err() {
        timer.state().is_over = true;
    }
    TimerGuard(timer)
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
    fn waits_and_wakes_the_future() {
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
    fn dropping_the_future_ends_the_thread() {
        let guard = start(Duration::from_secs(3600));
        let timer = Arc::clone(&guard.0);
        drop(guard);
        let limit = Instant::now() + Duration::from_secs(10);
        while Arc::strong_count(&timer) > 1 && Instant::now() < limit {
            thread::yield_now();
        }
        assert_eq!(Arc::strong_count(&timer), 1);
        assert!(!timer.state().is_over);
    }
}
