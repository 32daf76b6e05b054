//! Bodies of requests and responses of the blocking client.

use std::fmt;
use std::io::{self, Read};

use bytes::{Buf, Bytes};

use crate::runtime::{TransportError, TransportErrorKind};

/// The body of a request or response: bytes, or a reader.
#[derive(Default)]
pub struct Body(Content);

enum Content {
    Bytes(Bytes),
    Reader {
        reader: Box<dyn Read + Send>,
        /// The number of bytes, if known.
        length: Option<u64>,
    },
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

    /// Creates a body from a reader, which is sent or received incrementally. `length` is the number of bytes if known.
    ///
    /// If the reader returns an [`io::Error`] that wraps a [`TransportError`], reading the body fails with that error.
    /// Other errors count as an interrupted connection, or as a timeout if they are of the kind
    /// [`TimedOut`](io::ErrorKind::TimedOut).
    pub fn reader(reader: impl Read + Send + 'static, length: Option<u64>) -> Self {
        Self(Content::Reader {
            reader: Box::new(reader),
            length,
        })
    }

    /// Returns the bytes, or `None` if the body is a reader.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes),
            Content::Reader { .. } => None,
        }
    }

    /// Returns the number of bytes, if known.
    pub(crate) fn length(&self) -> Option<u64> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Reader { length, .. } => *length,
        }
    }

    /// Reads the whole body into memory.
    ///
    /// # Errors
    ///
    /// Returns an error if the reader fails, or if the body is larger than `max` bytes.
    pub fn collect(self, max: usize) -> Result<Bytes, TransportError> {
        if self.length() > Some(u64::try_from(max).unwrap_or(u64::MAX)) {
            return Err(too_large());
        }
        match self.collect_beginning(max) {
            (bytes, None) => Ok(bytes),
            (_, Some(error)) => Err(error),
        }
    }

    /// Reads up to `max` bytes into memory. Also returns the error if the reader fails or has more.
    pub(crate) fn collect_beginning(self, max: usize) -> (Bytes, Option<TransportError>) {
        match self.0 {
            Content::Bytes(bytes) if bytes.len() > max => (bytes.slice(..max), Some(too_large())),
            Content::Bytes(bytes) => (bytes, None),
            Content::Reader { reader, length } => collect(reader, length.unwrap_or(0), max),
        }
    }
}

fn collect(reader: Box<dyn Read + Send>, declared: u64, max: usize) -> (Bytes, Option<TransportError>) {
    let declared = usize::try_from(declared).ok().filter(|declared| *declared <= max);
    let mut bytes = Vec::with_capacity(declared.unwrap_or(0));
    // One byte more than allowed, to detect a body that is too large.
    let limit = u64::try_from(max).unwrap_or(u64::MAX).saturating_add(1);
    let failed = reader.take(limit).read_to_end(&mut bytes).err().map(transport_error);
    let error = if bytes.len() > max {
        bytes.truncate(max);
        Some(too_large())
    } else {
        failed
    };
    (bytes.into(), error)
}

fn transport_error(error: io::Error) -> TransportError {
    let kind = match error.kind() {
        io::ErrorKind::TimedOut => TransportErrorKind::Timeout,
        _ => TransportErrorKind::Interrupted,
    };
    match error.downcast::<TransportError>() {
        Ok(error) => error,
        Err(error) => TransportError::new(kind).with_source(error),
    }
}

fn too_large() -> TransportError {
    TransportError::new(TransportErrorKind::TooLarge)
}

impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.0 {
            Content::Bytes(bytes) => bytes.reader().read(buffer),
            Content::Reader { reader, .. } => reader.read(buffer),
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
            Content::Reader { .. } => formatter.write_str("Body(reader)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collected(body: Body, max: usize) -> Result<Bytes, TransportErrorKind> {
        body.collect(max).map_err(|error| error.kind())
    }

    #[test]
    fn collects_bytes_and_readers_up_to_the_maximum() {
        let reader = |length| Body::reader(&b"abc"[..], length);
        for body in [reader(None), reader(Some(3)), Body::from("abc")] {
            assert_eq!(collected(body, 3), Ok(Bytes::from_static(b"abc")));
        }
        for body in [reader(None), reader(Some(3)), Body::from("abc")] {
            assert_eq!(collected(body, 2), Err(TransportErrorKind::TooLarge));
        }
        assert_eq!(collected(Body::empty(), 0), Ok(Bytes::new()));
    }

    #[test]
    fn converts_errors_of_readers() {
        struct Failing(Option<io::Error>);

        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                self.0.take().map_or(Ok(0), Err)
            }
        }

        let connect = io::Error::other(TransportError::new(TransportErrorKind::Connect));
        for (error, kind) in [
            (connect, TransportErrorKind::Connect),
            (io::ErrorKind::TimedOut.into(), TransportErrorKind::Timeout),
            (io::ErrorKind::ConnectionReset.into(), TransportErrorKind::Interrupted),
        ] {
            assert_eq!(collected(Body::reader(Failing(Some(error)), None), 9), Err(kind));
        }
    }

    #[test]
    fn returns_the_beginning_of_a_reader_before_its_error() {
        struct Failing;

        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::ConnectionReset.into())
            }
        }

        let reader = |length| Body::reader(&b"abcd"[..], length);
        for (body, max, beginning, error) in [
            (reader(None), 4, "abcd", None),
            (reader(None), 3, "abc", Some(TransportErrorKind::TooLarge)),
            (reader(Some(4)), 3, "abc", Some(TransportErrorKind::TooLarge)),
            (Body::from("abcd"), 3, "abc", Some(TransportErrorKind::TooLarge)),
            (
                Body::reader(Read::chain(&b"abc"[..], Failing), Some(9)),
                9,
                "abc",
                Some(TransportErrorKind::Interrupted),
            ),
        ] {
            let (bytes, found) = body.collect_beginning(max);
            assert_eq!(
                (&bytes[..], found.map(|error| error.kind())),
                (beginning.as_bytes(), error)
            );
        }
    }

    #[test]
    fn reads_bytes() {
        let mut text = String::new();
        Body::from("abc").read_to_string(&mut text).expect("bytes");
        assert_eq!(text, "abc");
    }
}
