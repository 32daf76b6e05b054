//! The recorded requests of a fake.

use std::collections::VecDeque;

use super::recorded_request::RecordedRequest;

/// The maximum number of recorded requests.
const MAX_REQUESTS: usize = 10_000;

/// The maximum size of the bodies of all recorded requests, in bytes.
const MAX_BODIES: usize = 64 * 1024 * 1024;

/// The latest requests. The oldest ones are dropped if there are too many, or if their bodies are too large.
#[derive(Default)]
pub(super) struct Recorder {
    requests: VecDeque<RecordedRequest>,
    /// The size of all bodies, in bytes.
    bodies: usize,
    dropped: usize,
}

impl Recorder {
    pub(super) fn record(&mut self, request: RecordedRequest) {
        self.bodies += request.body.len();
        self.requests.push_back(request);
        while self.requests.len() > MAX_REQUESTS || self.bodies > MAX_BODIES {
            let Some(oldest) = self.requests.pop_front() else { break };
            self.bodies -= oldest.body.len();
            self.dropped += 1;
        }
    }

    /// Returns the requests, oldest first.
    pub(super) fn requests(&self) -> Vec<RecordedRequest> {
        self.requests.iter().cloned().collect()
    }

    /// Returns the number of requests that were dropped.
    pub(super) fn dropped(&self) -> usize {
        self.dropped
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, Method};

    use super::*;
    use crate::runtime::Timestamp;

    fn request(path: usize, body: usize) -> RecordedRequest {
        RecordedRequest {
            operation: None,
            method: Method::POST,
            path: path.to_string(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: Bytes::from(vec![0; body]),
            status: None,
            time: Timestamp::UNIX_EPOCH,
            key_parameter: None,
        }
    }

    fn kept(recorder: &Recorder) -> (String, usize, usize) {
        let requests = recorder.requests();
        (requests[0].path.clone(), requests.len(), recorder.dropped())
    }

    #[test]
    fn drops_the_oldest_of_too_many_requests() {
        let mut recorder = Recorder::default();
        for number in 0..MAX_REQUESTS {
            recorder.record(request(number, 1));
        }
        assert_eq!(kept(&recorder), ("0".to_owned(), MAX_REQUESTS, 0));
        recorder.record(request(MAX_REQUESTS, 1));
        assert_eq!(kept(&recorder), ("1".to_owned(), MAX_REQUESTS, 1));
    }

    #[test]
    fn drops_the_oldest_if_bodies_are_too_large() {
        let mut recorder = Recorder::default();
        for number in 0..4 {
            recorder.record(request(number, MAX_BODIES / 2));
        }
        assert_eq!(kept(&recorder), ("2".to_owned(), 2, 2));
    }
}
