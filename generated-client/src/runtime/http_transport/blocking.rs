//! The use of the transport by the blocking client.

use std::future::poll_fn;
use std::io::{self, Read};
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use http::{Request, Response};
use http_body::{Body as _, Frame, SizeHint};
use tokio::task::{JoinHandle, spawn_blocking};

use super::HttpTransport;
use super::background::Background;
use crate::runtime::blocking::{Body, Transport};
use crate::runtime::{self, Attempt, TransportError, TransportErrorKind};

/// The maximum size of the pieces in which the content of a reader is sent.
const CHUNK: usize = 64 * 1024;

impl Transport for HttpTransport {
    fn send(&self, request: Request<Body>, attempt: &Attempt) -> Result<Response<Body>, TransportError> {
        let background = self.background()?;
        let response = background.exchange(request.map(request_body), attempt)?;
        Ok(response.map(|body| {
            let length = body.size_hint().exact();
            let reader = ResponseReader {
                body,
                chunk: Bytes::new(),
                background: background.clone(),
            };
            Body::reader(reader, length)
        }))
    }
}

/// Reads a response body.
struct ResponseReader {
    body: runtime::Body,
    /// The part of the last piece that has not been read.
    chunk: Bytes,
    background: Background,
}

impl Read for ResponseReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() {
            let body = &mut self.body;
            let frame = self
                .background
                .block_on(poll_fn(|context| Pin::new(&mut *body).poll_frame(context)));
            match frame.and_then(Option::transpose) {
                Ok(Some(frame)) => self.chunk = frame.into_data().unwrap_or_default(),
                Ok(None) => return Ok(0),
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        (&mut self.chunk).reader().read(buffer)
    }
}

fn request_body(body: Body) -> runtime::Body {
    match body.as_bytes() {
        Some(bytes) => bytes.clone().into(),
        None => runtime::Body::stream(RequestReader::new(body)),
    }
}

/// Sends the content of a reader. Each read blocks a thread of its own, so that other connections are served meanwhile.
struct RequestReader {
    length: Option<u64>,
    state: ReadState,
}

enum ReadState {
    Idle(Body),
    /// Returns the reader and the next piece, which is empty at the end.
    Reading(JoinHandle<(Body, io::Result<Bytes>)>),
    Done,
}

impl RequestReader {
    fn new(body: Body) -> Self {
        Self {
            length: body.length(),
            state: ReadState::Idle(body),
        }
    }
}

fn read_chunk(mut body: Body) -> (Body, io::Result<Bytes>) {
    let mut chunk = vec![0; CHUNK];
    let read = loop {
        match body.read(&mut chunk) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => break read,
        }
    };
    let chunk = read.map(|length| {
        chunk.truncate(length);
        chunk.into()
    });
    (body, chunk)
}

impl http_body::Body for RequestReader {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        loop {
            self.state = match mem::replace(&mut self.state, ReadState::Done) {
                ReadState::Idle(body) => ReadState::Reading(spawn_blocking(|| read_chunk(body))),
                ReadState::Reading(mut task) => match Pin::new(&mut task).poll(context) {
                    Poll::Pending => {
                        self.state = ReadState::Reading(task);
                        return Poll::Pending;
                    }
                    Poll::Ready(Ok((_, Ok(chunk)))) if chunk.is_empty() => return Poll::Ready(None),
                    Poll::Ready(Ok((body, Ok(chunk)))) => {
                        self.state = ReadState::Idle(body);
                        return Poll::Ready(Some(Ok(Frame::data(chunk))));
                    }
                    Poll::Ready(Ok((_, Err(error)))) => return Poll::Ready(Some(Err(unreadable(error)))),
                    Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(unreadable(error)))),
                },
                ReadState::Done => return Poll::Ready(None),
            };
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// The request body cannot be read.
fn unreadable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::Other).with_source(error)
}
