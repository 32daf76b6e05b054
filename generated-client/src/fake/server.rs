//! A fake on a socket, for other programs and other languages.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use http::header::{CONNECTION, CONTENT_LENGTH, DATE, EXPECT};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;
use httpdate::fmt_http_date;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};

use super::builder::FakeBuilder;
use super::in_process::Fake;
use super::outcome::Outcome;
use super::rejection::Rejection;

/// How many bytes the body of a request may have unless told otherwise.
const MAX_BODY: usize = 1024 * 1024;

/// How many bytes of a body that is too long are read and thrown away.
const MAX_DISCARDED: usize = 64 * 1024 * 1024;

/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// How long connections that are in use are waited for at the end.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// A fake that listens on a socket: plain HTTP/1.1, for any client.
pub struct Server {
    fake: Fake,
    listener: TcpListener,
    max_body: usize,
}

impl Server {
    /// Listens at an address; port 0 is any that is free. The fake says that it is served there.
    ///
    /// # Errors
    ///
    /// When nothing can listen there.
    pub async fn bind(fake: FakeBuilder, address: impl tokio::net::ToSocketAddrs) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok(Self {
            fake: fake.base_url(format!("http://{address}")).build(),
            listener,
            max_body: MAX_BODY,
        })
    }

    /// Bounds the body of a request, in bytes: a longer one is answered with 413. 1 MiB unless set.
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// The fake that answers.
    #[must_use]
    pub fn fake(&self) -> &Fake {
        &self.fake
    }

    /// Where it listens.
    ///
    /// # Errors
    ///
    /// When the system does not tell.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until the future is ready. Requests that have begun by then are answered within 5 seconds, or not.
    ///
    /// What is no HTTP/1.1 is answered without a body, before the fake sees it. Delays take their time where the fake
    /// goes by the machine's clock.
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
                // Such as too many open files: it passes.
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
        let (fake, max_body) = (self.fake.clone(), self.max_body);
        let service = service_fn(move |request| {
            let fake = fake.clone();
            async move {
                let since = Duration::from_secs(u64::try_from(fake.now().as_second()).unwrap_or_default());
                let date = HeaderValue::try_from(fmt_http_date(SystemTime::UNIX_EPOCH + since));
                let mut response = respond(fake, request, max_body).await?;
                response.headers_mut().extend(date.ok().map(|date| (DATE, date)));
                Ok::<_, Close>(response)
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            // The fake has a time of its own.
            .auto_date_header(false)
            .header_read_timeout(HEAD_TIMEOUT)
            .serve_connection(TokioIo::new(stream), service);
        let connection = connections.watch(connection);
        // What goes wrong with a connection is its client's to see.
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

/// Ends a connection without a response.
#[derive(Debug)]
struct Close;

impl fmt::Display for Close {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the connection was made to break")
    }
}

impl std::error::Error for Close {}

async fn respond(fake: Fake, request: Request<Incoming>, max_body: usize) -> Result<Response<Content>, Close> {
    let (parts, body) = request.into_parts();
    // Refused by its head, a body that waits to be asked for is not sent.
    let waits = parts.headers.contains_key(EXPECT) && body.size_hint().lower() > max_body as u64;
    let body = if waits { None } else { read(body, max_body).await? };
    let Some(body) = body else {
        return Ok(too_large(&fake, max_body).map(Content::whole));
    };
    match fake.receive(Request::from_parts(parts, body)) {
        Outcome::Response(response) => Ok(response.map(Content::whole)),
        Outcome::Delayed(response, delay) => {
            fake.sleep(delay).await;
            Ok(response.map(Content::whole))
        }
        // There is no middle of nothing.
        Outcome::Truncated(response) if response.body().is_empty() => Err(Close),
        Outcome::Truncated(mut response) => {
            let length = response.body().len();
            // Announced whole, so that the client sees that something is missing.
            response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
            Ok(response.map(|body| Content::half(&body)))
        }
        Outcome::ConnectionClosed | Outcome::ConnectionRefused => Err(Close),
    }
}

/// A body; none where it is too long: then it is read on for a while, so that its sender gets to read the response.
async fn read(mut body: Incoming, max: usize) -> Result<Option<Bytes>, Close> {
    let (mut kept, mut length) = (BytesMut::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Close)?.into_data() else {
            continue;
        };
        length = length.saturating_add(data.len());
        if length <= max {
            kept.extend_from_slice(&data);
        } else if length > max.saturating_add(MAX_DISCARDED) {
            return Ok(None);
        }
    }
    Ok((length <= max).then(|| kept.freeze()))
}

fn too_large(fake: &Fake, max_body: usize) -> Response<Bytes> {
    let message = format!("the body has more than {max_body} bytes");
    let mut response = fake.reject(Rejection::new(StatusCode::PAYLOAD_TOO_LARGE, message));
    // What is left of the body is not read.
    response
        .headers_mut()
        .insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// The body of a response: all of it, or a part and then the end of the connection.
struct Content {
    data: Option<Bytes>,
    breaks: bool,
}

impl Content {
    fn whole(data: Bytes) -> Self {
        Self {
            data: Some(data).filter(|data| !data.is_empty()),
            breaks: false,
        }
    }

    fn half(data: &Bytes) -> Self {
        let half = data.slice(..data.len() / 2);
        Self {
            data: Some(half).filter(|data| !data.is_empty()),
            breaks: true,
        }
    }
}

impl Body for Content {
    type Data = Bytes;
    type Error = Close;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Close>>> {
        let breaks = self.breaks;
        Poll::Ready(match self.data.take() {
            Some(data) => Some(Ok(Frame::data(data))),
            None => breaks.then_some(Err(Close)),
        })
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
