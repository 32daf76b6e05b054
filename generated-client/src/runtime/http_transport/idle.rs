//! Connections that wait for the next request.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::Uri;
use tokio::runtime::Handle;
use tokio::sync::futures::Notified;
use tokio::sync::{Notify, oneshot};
use tokio::time::{Instant, timeout, timeout_at};

use super::connection::{Connecting, Connection};
use crate::runtime::BoxFuture;

/// The time after which an unused connection is closed.
const IDLE_TIMEOUT: Duration = Duration::from_secs(90);

/// The unused connections of a pool.
#[derive(Default)]
pub(crate) struct IdleConnections {
    /// In the order in which they became unused.
    connections: Mutex<Vec<Idle>>,
    added: Notify,
}

struct Idle {
    server: Uri,
    connection: Connection,
    expiry: Instant,
}

impl IdleConnections {
    /// Returns a connection to the server of a URI, if there is one. The newest first, because servers close connections that are
    /// unused for long.
    pub(crate) fn take(&self, server: &Uri) -> Option<Connection> {
        let now = Instant::now();
        let mut connections = self.lock();
        while let Some(index) = connections.iter().rposition(|idle| idle.leads_to(server)) {
            let Idle { connection, expiry, .. } = connections.remove(index);
            // A connection that is not ready was closed by the server.
            if expiry > now && connection.is_ready() {
                return Some(connection);
            }
        }
        None
    }

    /// Returns a future that ends when the next connection becomes unused.
    pub(crate) fn added(&self) -> Notified<'_> {
        self.added.notified()
    }

    /// Adds a connection once it is established.
    pub(crate) fn add_later(self: &Arc<Self>, server: Uri, connecting: Connecting) {
        let pool = Arc::clone(self);
        let add: BoxFuture<'static, ()> = Box::pin(async move {
            if let Ok(Ok(connection)) = timeout(IDLE_TIMEOUT, connecting).await {
                Lease {
                    connection,
                    server,
                    pool,
                }
                .give_back();
            }
        });
        tokio::spawn(add);
    }

    fn add(&self, server: Uri, connection: Connection) {
        let expiry = Instant::now() + IDLE_TIMEOUT;
        self.lock().push(Idle {
            server,
            connection,
            expiry,
        });
        self.added.notify_waiters();
    }

    /// Closes each connection that is unused for too long, until the sender of `stopped` is dropped.
    pub(crate) async fn close_expired(&self, mut stopped: oneshot::Receiver<Infallible>) {
        while timeout_at(self.next_expiry(), &mut stopped).await.is_err() {
            let now = Instant::now();
            self.lock().retain(|idle| idle.expiry > now);
        }
    }

    fn next_expiry(&self) -> Instant {
        let oldest = self.lock().first().map(|idle| idle.expiry);
        oldest.unwrap_or_else(|| Instant::now() + IDLE_TIMEOUT)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Idle {
    fn leads_to(&self, server: &Uri) -> bool {
        self.server.scheme() == server.scheme() && self.server.authority() == server.authority()
    }
}

/// A connection in use.
pub(crate) struct Lease {
    pub(crate) connection: Connection,
    pub(crate) server: Uri,
    pub(crate) pool: Arc<IdleConnections>,
}

impl Lease {
    /// Makes the connection available for the next request. If the response was not received, the connection is closed instead,
    /// unless the rest has arrived already. A lease that is dropped instead closes the connection.
    pub(crate) fn give_back(mut self) {
        if self.connection.is_ready() {
            self.pool.add(self.server, self.connection);
        } else if let Ok(runtime) = Handle::try_current() {
            // The request is still being sent, or the task of the connection has yet to run.
            let wait: BoxFuture<'static, ()> = Box::pin(async move {
                if self.connection.ready().await {
                    self.pool.add(self.server, self.connection);
                }
            });
            runtime.spawn(wait);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
    use std::pin::{Pin, pin};
    use std::sync::mpsc;
    use std::task::{Context, Poll};
    use std::thread;

    use bytes::Bytes;
    use http::{Request, Response};
    use http_body::Frame;
    use tokio::task::yield_now;
    use tokio::time::{advance, pause};

    use super::super::pool::Pool;
    use super::super::proxies::Proxies;
    use super::super::proxy_exceptions::ProxyExceptions;
    use super::super::tls;
    use super::*;
    use crate::runtime::{Attempt, Body, TransportError};

    const MINUTE: Duration = Duration::from_secs(60);

    /// Starts a server that responds to the head of each request, without waiting for its body.
    fn start_server() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
        let address = listener.local_addr().expect("an address");
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                thread::spawn(move || serve(stream));
            }
        });
        address
    }

    fn serve(stream: TcpStream) -> std::io::Result<()> {
        let mut output = stream.try_clone()?;
        for line in BufReader::new(stream).lines() {
            if line?.starts_with("host: ") {
                output.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")?;
            }
        }
        Ok(())
    }

    /// Starts a SOCKS5 proxy that serves one connection after the other, and responds instead of the server.
    fn start_proxy() -> Proxies {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
        let url = format!("socks5h://{}", listener.local_addr().expect("an address"));
        thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                // The methods of authentication, then the host `[::1]` and a port.
                for (length, reply) in [(3, &[5, 0][..]), (22, &[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])] {
                    let message = stream.read_exact(&mut vec![0; length]);
                    message.and_then(|()| stream.write_all(reply)).expect("a client");
                }
                drop(serve(stream));
            }
        });
        Proxies::all(&url, ProxyExceptions::default()).expect("a proxy")
    }

    fn pool() -> Pool {
        pool_with(Proxies::none())
    }

    fn pool_with(proxies: Proxies) -> Pool {
        Pool::new(tls::connector(&[], None).expect("TLS settings"), Arc::new(proxies))
    }

    async fn send(pool: &Pool, server: SocketAddr, body: Body) -> Response<Body> {
        let request = Request::put(format!("http://{server}/")).body(body).expect("a request");
        let attempt = Attempt {
            timeout: MINUTE,
            deadline: None,
        };
        pool.exchange(request, &attempt).await.expect("a response")
    }

    /// Sends a request and receives the whole response.
    async fn complete(pool: &Pool, server: SocketAddr, body: Body) {
        let response = send(pool, server, body).await;
        assert_eq!(response.into_body().collect(9).await.expect("a body"), "ok");
    }

    fn unused(pool: &Pool) -> usize {
        pool.idle().lock().len()
    }

    /// Returns `true` if this number of connections becomes unused.
    async fn become_unused(pool: &Pool, count: usize) -> bool {
        let are_unused = poll_fn(|context| {
            context.waker().wake_by_ref();
            if unused(pool) == count {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        });
        timeout(MINUTE / 6, are_unused).await.is_ok()
    }

    #[tokio::test]
    async fn connection_is_available_after_its_response_was_received() {
        let (server, other) = (start_server(), start_server());
        let pool = pool();
        let response = send(&pool, server, Body::empty()).await;
        assert_eq!(unused(&pool), 0);
        complete(&pool, server, Body::empty()).await;
        assert_eq!(unused(&pool), 1);
        complete(&pool, server, Body::empty()).await;
        assert_eq!(unused(&pool), 1, "the connection should have been reused");
        complete(&pool, other, Body::empty()).await;
        assert_eq!(unused(&pool), 2, "each server needs its own connection");
        drop(response);
        assert!(
            become_unused(&pool, 3).await,
            "the whole response has arrived, although nothing has received it"
        );
    }

    #[tokio::test]
    async fn unused_connection_is_closed_after_90_seconds() {
        let (server, pool) = (start_server(), pool());
        let (_stop, stopped) = oneshot::channel();
        let idle = Arc::clone(pool.idle());
        tokio::spawn(async move { idle.close_expired(stopped).await });
        complete(&pool, server, Body::empty()).await;
        pause();
        advance(MINUTE).await;
        yield_now().await;
        assert_eq!(unused(&pool), 1);
        advance(MINUTE).await;
        yield_now().await;
        assert_eq!(unused(&pool), 0);
    }

    #[tokio::test]
    async fn expired_connection_is_not_reused() {
        let (server, pool) = (start_server(), pool());
        complete(&pool, server, Body::empty()).await;
        let uri = format!("http://{server}/other").parse().expect("a URI");
        let Some(connection) = pool.idle().take(&uri) else {
            panic!("the connection should be available");
        };
        pool.idle().add(uri.clone(), connection);
        pause();
        advance(MINUTE * 2).await;
        assert!(pool.idle().take(&uri).is_none());
        assert_eq!(unused(&pool), 0);
    }

    /// A request body that ends when the sender is dropped.
    struct Upload(oneshot::Receiver<Infallible>);

    impl http_body::Body for Upload {
        type Data = Bytes;
        type Error = TransportError;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
            Pin::new(&mut self.0).poll(context).map(|_| None)
        }
    }

    #[tokio::test]
    async fn connection_is_available_after_its_request_was_sent() {
        let (server, pool) = (start_server(), pool());
        let (end, ended) = oneshot::channel();
        complete(&pool, server, Body::stream(Upload(ended))).await;
        for _ in 0..10 {
            yield_now().await;
        }
        assert_eq!(unused(&pool), 0);
        drop(end);
        assert!(become_unused(&pool, 1).await);
    }

    #[tokio::test]
    async fn waiting_call_gets_a_connection_that_becomes_unused() {
        let pool = pool_with(start_proxy());
        let server = "[::1]:1".parse().expect("an address");
        let response = send(&pool, server, Body::empty()).await;
        let mut waiting = pin!(complete(&pool, server, Body::empty()));
        let is_waiting = poll_fn(|context| Poll::Ready(waiting.as_mut().poll(context).is_pending()));
        assert!(is_waiting.await, "the proxy serves another connection");
        drop(response);
        assert!(timeout(MINUTE / 6, waiting).await.is_ok());
        // The proxy now serves the connection that was being established.
        drop(pool.idle().take(&Uri::from_static("http://[::1]:1")));
        assert!(become_unused(&pool, 1).await);
    }

    #[tokio::test]
    async fn request_is_sent_again_if_the_unused_connection_was_closed() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
        let server = listener.local_addr().expect("an address");
        let (close, closing) = mpsc::channel();
        let (closed, was_closed) = mpsc::channel();
        thread::spawn(move || {
            let (stream, _) = listener.accept().expect("a client");
            let accepted = stream.try_clone().expect("a stream");
            thread::spawn(move || serve(accepted));
            closing.recv().expect("a signal");
            stream.shutdown(Shutdown::Both).expect("an open connection");
            closed.send(()).expect("a receiver");
            serve(listener.accept().expect("a client").0)
        });
        let pool = pool();
        complete(&pool, server, Body::empty()).await;
        close.send(()).expect("a server");
        // The runtime does nothing meanwhile.
        was_closed.recv().expect("a signal");
        complete(&pool, server, Body::empty()).await;
    }
}
