//! The response that an error keeps.

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

/// The most bytes of a body that are kept.
const MAX_BODY: usize = 64 * 1024;

/// Status, headers and the beginning of the body.
pub(crate) struct KeptResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl KeptResponse {
    pub(crate) fn new(response: &Response<Bytes>) -> Self {
        let body = response.body();
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            body: match body.get(..MAX_BODY) {
                // A copy: a part would keep the whole in memory.
                Some(beginning) => Bytes::copy_from_slice(beginning),
                None => body.clone(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_a_bounded_body() {
        for (length, kept) in [(0, 0), (5, 5), (MAX_BODY, MAX_BODY), (MAX_BODY + 1, MAX_BODY)] {
            let response = Response::new(Bytes::from(vec![b'x'; length]));
            assert_eq!(KeptResponse::new(&response).body.len(), kept, "{length}");
        }
    }
}
