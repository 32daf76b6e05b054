//! A fake that listens on a socket, for other processes and other languages.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{CONNECTION, CONTENT_LENGTH, DATE, EXPECT};
use http::request::Parts;
use http::{HeaderValue, Request, Response, StatusCode};
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use super::builder::FakeBuilder;
use super::clock::Clock;
use super::cors;
use super::in_process::Fake;
use super::outcome::Outcome;
use super::rejection::Rejection;

/// The default limit for request bodies, in bytes.
const MAX_BODY: usize = 1024 * 1024;

/// The maximum number of bytes of a rejected body that are read and discarded.
const MAX_DISCARDED: usize = 64 * 1024 * 1024;

/// The time to wait for more of a rejected body.
const DISCARD_TIMEOUT: Duration = Duration::from_secs(2);

/// The default timeout for receiving the body of a request.
const BODY_TIMEOUT: Duration = Duration::from_secs(60);

/// The timeout for receiving the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// The time that open connections have to finish at shutdown.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// A server that makes a [`Fake`] available over plain HTTP/1.1.
pub struct Server {
    fake: Fake,
    listener: TcpListener,
    limits: Limits,
    cors: bool,
}

/// The limits for the body of a request.
#[derive(Clone, Copy)]
struct Limits {
    /// The maximum size in bytes.
    size: usize,
    /// The maximum time until the whole body is received.
    time: Duration,
}

impl Server {
    /// Builds a fake and listens on an address. Port 0 selects a free port.
    ///
    /// The base URL of the fake is `http://` followed by the address of the socket. Unless the builder sets a clock, the
    /// fake uses the system clock, because clients on the other side of a socket wait in real time.
    ///
    /// # Errors
    ///
    /// Returns an error if the address cannot be resolved or bound.
    pub async fn bind(fake: FakeBuilder, address: impl tokio::net::ToSocketAddrs) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok(Self {
            fake: fake.base_url(format!("http://{address}")).build_with(Clock::System),
            listener,
            limits: Limits {
                size: MAX_BODY,
                time: BODY_TIMEOUT,
            },
            cors: false,
        })
    }

    /// Sets the maximum size of a request body, in bytes. Defaults to 1 MiB.
    ///
    /// A larger body is rejected with 413 Payload Too Large, and not recorded.
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.limits.size = bytes;
        self
    }

    /// Sets the timeout for receiving the whole body of a request. Defaults to 60 seconds.
    ///
    /// A request whose body takes longer is rejected with 408 Request Timeout, and not recorded.
    #[must_use]
    pub fn body_timeout(mut self, timeout: Duration) -> Self {
        self.limits.time = timeout;
        self
    }

    /// Allows web pages of every origin to call the fake, by cross-origin resource sharing (CORS). Disabled by default.
    ///
    /// Preflight requests need no API key, and are not recorded.
    #[must_use]
    pub fn cors(mut self) -> Self {
        self.cors = true;
        self
    }

    /// Returns the fake that handles the requests.
    #[must_use]
    pub fn fake(&self) -> &Fake {
        &self.fake
    }

    /// Returns the local address of the socket.
    ///
    /// # Errors
    ///
    /// Returns an error if the operating system does not report the address.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves requests until the future completes. Requests in progress then have 5 seconds to finish.
    ///
    /// Requests that are not valid HTTP/1.1 are rejected without a body, and do not reach the fake. Delays take real
    /// time only if the fake uses the system clock.
    pub async fn run(self, until: impl Future<Output = ()>) {
        let connections = GracefulShutdown::new();
        let mut until = std::pin::pin!(until);
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                () = &mut until => break,
            };
            match accepted {
                Ok((stream, _)) => self.serve(stream, &connections),
                // A transient error, such as too many open files.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
        drop(self.listener);
        tokio::select! {
            () = connections.shutdown() => {}
            () = tokio::time::sleep(SHUTDOWN_TIMEOUT) => {}
        }
    }

    fn serve(&self, stream: TcpStream, connections: &GracefulShutdown) {
        let (fake, limits, cors) = (self.fake.clone(), self.limits, self.cors);
        let service = service_fn(move |request| {
            let fake = fake.clone();
            async move {
                let date = fake.clock().http_date();
                let mut response = respond(fake, request, limits, cors).await?;
                response.headers_mut().entry(DATE).or_insert(date);
                Ok::<_, Close>(response)
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            // The date comes from the clock of the fake.
            .auto_date_header(false)
            .header_read_timeout(HEAD_TIMEOUT)
            .serve_connection(TokioIo::new(stream), service);
        let connection = connections.watch(connection);
        // Connection errors are visible to the client.
        tokio::spawn(async move { drop(connection.await) });
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Server")
            .field("fake", &self.fake)
            .finish_non_exhaustive()
    }
}

/// The error that closes a connection without a response, or in the middle of one.
#[derive(Debug)]
struct Close;

impl fmt::Display for Close {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("connection closed")
    }
}

impl std::error::Error for Close {}

async fn respond(
    fake: Fake,
    request: Request<Incoming>,
    limits: Limits,
    cors: bool,
) -> Result<Response<Content>, Close> {
    let (parts, body) = request.into_parts();
    if !cors {
        return call(&fake, parts, body, limits).await;
    }
    if let Some(headers) = cors::preflight(&parts) {
        let mut response = Response::new(Content::whole(Bytes::new()));
        *response.status_mut() = StatusCode::NO_CONTENT;
        response.headers_mut().extend(headers);
        return Ok(response);
    }
    let mut response = call(&fake, parts, body, limits).await?;
    response.headers_mut().extend(cors::headers());
    Ok(response)
}

async fn call(fake: &Fake, parts: Parts, body: Incoming, limits: Limits) -> Result<Response<Content>, Close> {
    if body.size_hint().lower() > limits.size as u64 {
        // A client that expects 100 Continue does not send the body of a rejected request.
        if !parts.headers.contains_key(EXPECT) {
            discard(body, limits.time);
        }
        return Ok(too_large(fake, limits.size).map(Content::whole));
    }
    let body = match timeout(limits.time, read(body, limits.size)).await {
        Ok(Ok(body)) => body,
        Ok(Err(Unread::Failed)) => return Err(Close),
        Ok(Err(Unread::TooLarge(rest))) => {
            discard(rest, limits.time);
            return Ok(too_large(fake, limits.size).map(Content::whole));
        }
        Err(_) => return Ok(too_slow(fake, limits.time).map(Content::whole)),
    };
    match fake.receive(Request::from_parts(parts, body)) {
        Outcome::Response(response) => Ok(response.map(Content::whole)),
        Outcome::Delayed(response, delay) => {
            fake.sleep(delay).await;
            Ok(response.map(Content::whole))
        }
        // An empty body cannot be truncated.
        Outcome::Truncated(response) if response.body().is_empty() => Err(Close),
        Outcome::Truncated(mut response) => {
            let length = response.body().len();
            // The full length lets the client detect the truncation.
            response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
            Ok(response.map(|body| Content::half(&body)))
        }
        Outcome::ConnectionClosed | Outcome::ConnectionRefused => Err(Close),
    }
}

/// The reason why a body was not read.
enum Unread {
    /// The connection failed.
    Failed,
    /// The body is larger than the limit. Contains the part that was not read.
    TooLarge(Incoming),
}

/// Reads a body until it is too large.
async fn read(mut body: Incoming, max: usize) -> Result<Bytes, Unread> {
    let mut kept = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Unread::Failed)?.into_data() else {
            continue;
        };
        if data.len() > max - kept.len() {
            return Err(Unread::TooLarge(body));
        }
        kept.extend_from_slice(&data);
    }
    Ok(kept.freeze())
}

/// Reads and discards the rest of a rejected body in the background, because some clients read the response only after
/// sending the whole body.
fn discard(mut body: Incoming, limit: Duration) {
    let discard = async move {
        let mut length = 0_usize;
        while let Ok(Some(Ok(frame))) = timeout(DISCARD_TIMEOUT, body.frame()).await {
            length = length.saturating_add(frame.data_ref().map_or(0, Bytes::len));
            if length > MAX_DISCARDED {
                break;
            }
        }
    };
    tokio::spawn(timeout(limit, discard));
}

fn too_large(fake: &Fake, max_body: usize) -> Response<Bytes> {
    let message = format!("the body is larger than {max_body} bytes");
    reject_unread(fake, Rejection::new(StatusCode::PAYLOAD_TOO_LARGE, message))
}

fn too_slow(fake: &Fake, limit: Duration) -> Response<Bytes> {
    let message = format!("the body was not received within {limit:?}");
    reject_unread(fake, Rejection::new(StatusCode::REQUEST_TIMEOUT, message))
}

/// Rejects a request whose body was not read.
fn reject_unread(fake: &Fake, rejection: Rejection) -> Response<Bytes> {
    let mut response = fake.reject(rejection);
    // The rest of the body stays unread, so the connection cannot be reused.
    response
        .headers_mut()
        .insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// A response body, either complete or truncated by closing the connection.
struct Content {
    data: Option<Bytes>,
    breaks: bool,
    /// `true` if the connection has had time to send the data.
    is_sent: bool,
}

impl Content {
    fn whole(data: Bytes) -> Self {
        Self {
            data: Some(data).filter(|data| !data.is_empty()),
            breaks: false,
            is_sent: false,
        }
    }

    fn half(data: &Bytes) -> Self {
        let half = data.slice(..data.len() / 2);
        Self {
            data: Some(half).filter(|data| !data.is_empty()),
            breaks: true,
            is_sent: false,
        }
    }
}

impl Body for Content {
    type Data = Bytes;
    type Error = Close;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Close>>> {
        if let Some(data) = self.data.take() {
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        if self.breaks && !self.is_sent {
            // hyper sends the data before it polls again. An error would discard it.
            self.is_sent = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.breaks.then_some(Err(Close)))
    }

    fn is_end_stream(&self) -> bool {
        self.data.is_none() && !self.breaks
    }

    fn size_hint(&self) -> SizeHint {
        if self.breaks {
            return SizeHint::default();
        }
        SizeHint::with_exact(self.data.as_ref().map_or(0, Bytes::len) as u64)
    }
}
