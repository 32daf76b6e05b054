//! The connections of each async runtime.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::runtime::{Handle, Id, TryCurrentError};
use tokio::sync::oneshot;
use tokio_rustls::TlsConnector;

use super::pool::Pool;
use super::proxies::Proxies;
use crate::runtime::BoxFuture;

/// One pool for each async runtime that makes calls.
///
/// The tasks that serve a connection run on the runtime that opened it. A call on another runtime would wait for them
/// forever if that runtime is idle, and fail if it has ended.
pub(crate) struct Pools {
    tls: TlsConnector,
    proxies: Arc<Proxies>,
    entries: Arc<Mutex<Vec<Entry>>>,
}

/// The pool of a runtime. It exists until the runtime ends.
struct Entry {
    runtime: Id,
    pool: Arc<Pool>,
    /// Ends the task that closes unused connections.
    _stop: oneshot::Sender<Infallible>,
}

impl Pools {
    pub(crate) fn new(tls: TlsConnector, proxies: Arc<Proxies>) -> Self {
        Self {
            tls,
            proxies,
            entries: Arc::default(),
        }
    }

    /// Returns the pool of the current runtime, or an error if there is no runtime.
    pub(crate) fn current(&self) -> Result<Arc<Pool>, TryCurrentError> {
        let runtime = Handle::try_current()?;
        let id = runtime.id();
        let mut entries = lock(&self.entries);
        if let Some(entry) = entries.iter().find(|entry| entry.runtime == id) {
            return Ok(Arc::clone(&entry.pool));
        }
        let pool = Arc::new(Pool::new(self.tls.clone(), Arc::clone(&self.proxies)));
        let (stop, stopped) = oneshot::channel();
        entries.push(Entry {
            runtime: id,
            pool: Arc::clone(&pool),
            _stop: stop,
        });
        drop(entries);
        let removal = Removal {
            runtime: id,
            entries: Arc::downgrade(&self.entries),
        };
        // Without the lock: if the runtime is ending, it drops the task immediately.
        let idle = Arc::clone(pool.idle());
        let serve: BoxFuture<'static, ()> = Box::pin(async move {
            let _removal = removal;
            idle.close_expired(stopped).await;
        });
        runtime.spawn(serve);
        Ok(pool)
    }
}

/// Removes the pool of a runtime when the runtime drops its tasks.
struct Removal {
    runtime: Id,
    entries: Weak<Mutex<Vec<Entry>>>,
}

impl Drop for Removal {
    fn drop(&mut self) {
        let Some(entries) = self.entries.upgrade() else {
            return;
        };
        let mut entries = lock(&entries);
        let index = entries.iter().position(|entry| entry.runtime == self.runtime);
        let removed = index.map(|index| entries.swap_remove(index));
        // Closes the connections without the lock.
        drop(entries);
        drop(removed);
    }
}

fn lock(entries: &Mutex<Vec<Entry>>) -> MutexGuard<'_, Vec<Entry>> {
    entries.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use tokio::runtime::{Builder, Runtime};

    use super::super::tls;
    use super::*;

    fn runtime() -> Runtime {
        Builder::new_current_thread().enable_time().build().expect("a runtime")
    }

    fn pools() -> Pools {
        let tls = tls::connector(&[], None).expect("TLS settings");
        Pools::new(tls, Arc::new(Proxies::none()))
    }

    fn pool(pools: &Pools, runtime: &Runtime) -> Arc<Pool> {
        let _guard = runtime.enter();
        pools.current().expect("a runtime")
    }

    #[test]
    fn each_runtime_has_one_pool_until_it_ends() {
        let (pools, first, second) = (pools(), runtime(), runtime());
        assert!(pools.current().is_err());
        let of_first = pool(&pools, &first);
        assert!(Arc::ptr_eq(&of_first, &pool(&pools, &first)));
        assert!(!Arc::ptr_eq(&of_first, &pool(&pools, &second)));
        drop(first);
        assert_eq!(lock(&pools.entries).len(), 1);
        assert_eq!(
            Arc::strong_count(&of_first),
            1,
            "the pool should be dropped with its runtime"
        );
        drop(second);
        assert!(lock(&pools.entries).is_empty());
    }

    #[test]
    fn tasks_end_with_the_transport() {
        let (pools, runtime) = (pools(), runtime());
        pool(&pools, &runtime);
        assert_eq!(runtime.metrics().num_alive_tasks(), 1);
        drop(pools);
        runtime.block_on(tokio::task::yield_now());
        assert_eq!(runtime.metrics().num_alive_tasks(), 0);
    }
}
