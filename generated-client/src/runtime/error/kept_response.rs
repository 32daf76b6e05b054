//! The response kept in an error.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Response, StatusCode};

use super::TransportErrorKind;

/// The maximum number of bytes kept of a body.
const MAX_BODY: usize = 64 * 1024;

/// The status, the headers and the beginning of the body.
pub(crate) struct KeptResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The content type and the length of the whole body.
    pub(crate) content: String,
}

impl KeptResponse {
    pub(crate) fn new(response: &Response<Bytes>) -> Self {
        let body = response.body();
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            content: describe(response),
            body: match body.get(..MAX_BODY) {
                // A copy, because a slice would keep the whole body in memory.
                Some(beginning) => Bytes::copy_from_slice(beginning),
                None => body.clone(),
            },
        }
    }
}

/// An extension of a response whose body ended with an error of this kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IncompleteBody(pub(crate) TransportErrorKind);

/// Describes the body without repeating any of its content.
fn describe(response: &Response<Bytes>) -> String {
    format!("{}, {} bytes", content_type(response), response.body().len())
}

/// Describes the content type, without its parameters.
pub(crate) fn content_type(response: &Response<Bytes>) -> &str {
    let value = response.headers().get(CONTENT_TYPE);
    let value = value.and_then(|value| value.to_str().ok()?.split(';').next());
    value.unwrap_or("no content type")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truncates_large_bodies() {
        for (length, kept) in [(0, 0), (5, 5), (MAX_BODY, MAX_BODY), (MAX_BODY + 1, MAX_BODY)] {
            let response = Response::new(Bytes::from(vec![b'x'; length]));
            assert_eq!(KeptResponse::new(&response).body.len(), kept, "{length}");
        }
    }
}
