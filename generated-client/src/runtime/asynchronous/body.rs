//! Bodies of requests and responses of the async client.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::{Frame, SizeHint};

use crate::runtime::{TransportError, TransportErrorKind};

type BoxBody = Pin<Box<dyn http_body::Body<Data = Bytes, Error = TransportError> + Send>>;

/// The body of a request or response: bytes, or a stream.
#[derive(Default)]
pub struct Body(Content);

enum Content {
    Bytes(Bytes),
    Stream(BoxBody),
}

impl Default for Content {
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

impl Body {
    /// Creates an empty body.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// Creates a body from a stream, which is sent or received incrementally.
    pub fn stream(body: impl http_body::Body<Data = Bytes, Error = TransportError> + Send + 'static) -> Self {
        Self(Content::Stream(Box::pin(body)))
    }

    /// Returns the bytes, or `None` if the body is a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream(_) => None,
        }
    }

    /// Reads the whole body into memory.
    ///
    /// # Errors
    ///
    /// Returns an error if the stream fails, or if the body is larger than `max` bytes.
    pub async fn collect(self, max: usize) -> Result<Bytes, TransportError> {
        if http_body::Body::size_hint(&self).lower() > u64::try_from(max).unwrap_or(u64::MAX) {
            return Err(too_large());
        }
        match self.collect_beginning(max).await {
            (bytes, None) => Ok(bytes),
            (_, Some(error)) => Err(error),
        }
    }

    /// Reads up to `max` bytes into memory. Also returns the error if the stream fails or is longer.
    pub(crate) async fn collect_beginning(self, max: usize) -> (Bytes, Option<TransportError>) {
        match self.0 {
            Content::Bytes(bytes) if bytes.len() > max => (bytes.slice(..max), Some(too_large())),
            Content::Bytes(bytes) => (bytes, None),
            Content::Stream(body) => collect(body, max).await,
        }
    }
}

async fn collect(mut body: BoxBody, max: usize) -> (Bytes, Option<TransportError>) {
    let declared = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    let mut error = None;
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let mut data = match frame.map(Frame::into_data) {
            Ok(Ok(data)) => data,
            Ok(Err(_)) => continue,
            Err(failed) => {
                error = Some(failed);
                break;
            }
        };
        let left = max - first.len() - rest.len();
        if data.len() > left {
            data.truncate(left);
            error = Some(too_large());
        }
        if first.is_empty() && rest.is_empty() {
            first = data;
        } else {
            if rest.is_empty() {
                rest.reserve(declared.min(max).max(first.len() + data.len()));
                rest.extend_from_slice(&std::mem::take(&mut first));
            }
            rest.extend_from_slice(&data);
        }
        if error.is_some() {
            break;
        }
    }
    // Most bodies are a single chunk, which is not copied.
    (if rest.is_empty() { first } else { rest.freeze() }, error)
}

fn too_large() -> TransportError {
    TransportError::new(TransportErrorKind::TooLarge)
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match &mut self.0 {
            Content::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Content::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Content::Stream(body) => Poll::Ready(ready!(body.as_mut().poll_frame(context))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Content::Bytes(bytes) => bytes.is_empty(),
            Content::Stream(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Content::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Content::Stream(body) => body.size_hint(),
        }
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self(Content::Bytes(bytes.into()))
    }
}

/// Prints the length instead of the content, which may be secret.
impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Content::Bytes(bytes) => write!(formatter, "Body({} bytes)", bytes.len()),
            Content::Stream(_) => formatter.write_str("Body(stream)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::pin::pin;
    use std::task::Waker;

    use http_body::Body as _;

    use super::*;

    /// A stream of these frames. Every other poll returns `Pending`.
    struct Chunks(VecDeque<Result<Frame<Bytes>, TransportError>>, bool);

    impl http_body::Body for Chunks {
        type Data = Bytes;
        type Error = TransportError;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
            self.1 = !self.1;
            if self.1 {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            Poll::Ready(self.0.pop_front())
        }
    }

    fn stream(chunks: &[&'static str]) -> Body {
        let frames = chunks
            .iter()
            .map(|chunk| Ok(Frame::data(Bytes::from_static(chunk.as_bytes()))));
        Body::stream(Chunks(frames.collect(), false))
    }

    fn wait<T>(future: impl Future<Output = T>) -> T {
        let mut future = pin!(future);
        loop {
            if let Poll::Ready(result) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                return result;
            }
        }
    }

    fn collected(body: Body, max: usize) -> Result<Bytes, TransportErrorKind> {
        wait(body.collect(max)).map_err(|error| error.kind())
    }

    #[test]
    fn collects_bytes_and_streams_up_to_the_maximum() {
        for chunks in [&["abc"][..], &["a", "b", "c"], &["", "ab", "", "c"]] {
            assert_eq!(collected(stream(chunks), 3), Ok(Bytes::from_static(b"abc")));
            assert_eq!(collected(stream(chunks), 2), Err(TransportErrorKind::TooLarge));
        }
        assert_eq!(collected(Body::from("abc"), 3), Ok(Bytes::from_static(b"abc")));
        assert_eq!(collected(Body::from("abc"), 2), Err(TransportErrorKind::TooLarge));
        assert_eq!(collected(Body::empty(), 0), Ok(Bytes::new()));
        assert_eq!(collected(stream(&[]), 0), Ok(Bytes::new()));
    }

    /// A stream that fails after these chunks.
    fn failing(chunks: &[&'static str]) -> Body {
        let frames = chunks
            .iter()
            .map(|chunk| Ok(Frame::data(Bytes::from_static(chunk.as_bytes()))));
        let end = Err(TransportError::new(TransportErrorKind::Interrupted));
        Body::stream(Chunks(frames.chain([end]).collect(), false))
    }

    #[test]
    fn returns_the_error_of_a_stream() {
        assert_eq!(collected(failing(&["a"]), 9), Err(TransportErrorKind::Interrupted));
    }

    #[test]
    fn returns_the_beginning_of_a_stream_before_its_error() {
        for (body, max, beginning, error) in [
            (stream(&["ab", "c"]), 3, "abc", None),
            (
                stream(&["ab", "cd", "ef"]),
                3,
                "abc",
                Some(TransportErrorKind::TooLarge),
            ),
            (stream(&["abcd"]), 3, "abc", Some(TransportErrorKind::TooLarge)),
            (Body::from("abcd"), 3, "abc", Some(TransportErrorKind::TooLarge)),
            (failing(&["ab", "c"]), 9, "abc", Some(TransportErrorKind::Interrupted)),
            (failing(&[]), 9, "", Some(TransportErrorKind::Interrupted)),
        ] {
            let (bytes, found) = wait(body.collect_beginning(max));
            assert_eq!(
                (&bytes[..], found.map(|error| error.kind())),
                (beginning.as_bytes(), error)
            );
        }
    }

    #[test]
    fn yields_bytes_as_one_frame() {
        let mut body = pin!(Body::from("abc"));
        assert_eq!(body.size_hint().exact(), Some(3));
        let mut next = || body.as_mut().poll_frame(&mut Context::from_waker(Waker::noop()));
        assert!(matches!(next(), Poll::Ready(Some(Ok(frame))) if frame.data_ref().is_some_and(|data| data == "abc")));
        assert!(matches!(next(), Poll::Ready(None)));
    }
}
