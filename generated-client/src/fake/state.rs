//! The state of a fake, and the handling of requests.

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Request, Response};

use super::admission::{admit, requires_credentials};
use super::clock::Clock;
use super::engine::Engine;
use super::fault::Faults;
use super::outcome::Outcome;
use super::received::Received;
use super::recorder::Recorder;
use super::rejection::{Rejection, insert_request_id};
use super::settings::Settings;
use crate::runtime::Limiter;

/// The state of a fake.
pub(super) struct State {
    pub(super) engine: Engine,
    pub(super) faults: Faults,
    pub(super) recorder: Recorder,
}

impl State {
    pub(super) fn new(engine: Engine) -> Self {
        Self {
            engine,
            faults: Faults::default(),
            recorder: Recorder::default(),
        }
    }

    /// Handles a request: applies a pending fault, then the checks of every request, then calls the operation.
    pub(super) fn receive(
        &mut self,
        request: Request<Bytes>,
        settings: &Settings,
        limiter: Option<&Limiter>,
        clock: &Clock,
    ) -> Outcome {
        let index = self.engine.index;
        let mut received = Received::new(request, &settings.base_url);
        let found = received.find(index);
        if let Some(name) = index.api.auth.query_parameter()
            && requires_credentials(found.as_ref().ok())
        {
            received.separate_key(name);
        }
        let operation = found.as_ref().ok().map(|found| found.route.info.name);
        let request_id = self.request_id(clock);
        let reject = |rejection: Rejection| rejection.into_response(index, &request_id);
        let fault = self.faults.take(operation);
        let respond = || {
            let admitted = admit(&received, found.as_ref().ok(), settings, limiter, clock.instant());
            let response = admitted
                .and(found)
                .and_then(|found| self.engine.respond(&received.routed(&found, clock.now())));
            let mut response = response.unwrap_or_else(reject);
            insert_request_id(&mut response, index.api, &request_id);
            response
        };
        let mut outcome = match &fault {
            Some(fault) => fault.inject(respond, reject),
            None => Outcome::Response(respond()),
        };
        if let (true, Some(response)) = (received.is_head(), outcome.response_mut()) {
            remove_body(response);
        }
        // Clients measure other dates in the response from this one.
        let outcome = outcome.with_date(clock.http_date());
        if settings.record_requests {
            let status = outcome.response().map(Response::status);
            let request = received.record(operation, status, index.api, clock.now());
            self.recorder.record(request);
        }
        outcome
    }

    /// Returns the error response to a request whose body was not read.
    #[cfg(feature = "fake-server")]
    pub(super) fn reject(&mut self, rejection: Rejection, clock: &Clock) -> Response<Bytes> {
        let request_id = self.request_id(clock);
        rejection.into_response(self.engine.index, &request_id)
    }

    fn request_id(&mut self, clock: &Clock) -> String {
        let prefix = self.engine.index.rules.request_id;
        self.engine.ids.id(prefix, clock.now())
    }
}

/// Turns the response to a GET request into the response to the same HEAD request.
fn remove_body(response: &mut Response<Bytes>) {
    let body = std::mem::take(response.body_mut());
    response
        .headers_mut()
        .insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
}
