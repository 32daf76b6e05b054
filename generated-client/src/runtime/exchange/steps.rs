//! The state machine of a call, from its first request to its response, without I/O.
//!
//! The async and the blocking client ask for the next step, perform it, and report the outcome. All rules about sending
//! are therefore implemented once.

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri};
use tracing::{Span, field};

use super::{Attempt, BaseUrl, MAX_DURATION, RetryPolicy};
use crate::runtime::clock::Instant;
use crate::runtime::request::PreparedRequest;
use crate::runtime::response::ReceivedResponse;
use crate::runtime::settings::Settings;
use crate::runtime::{Api, Error, Method, OperationInfo, RateLimit, TransportError};

/// The target of spans and events: the name of the crate.
const TARGET: &str = env!("CARGO_CRATE_NAME");

/// The maximum number of redirects per call.
const MAX_REDIRECTS: u8 = 5;

/// The next step of a call.
pub(crate) enum Step {
    /// Send this request and report the outcome to [`Exchange::receive`].
    Send(Request<Bytes>),
    /// Wait for this time, then ask for the next step.
    Wait(Duration),
    /// Decode this successful response.
    Done(ReceivedResponse),
}

/// A call in progress.
pub(crate) struct Exchange<'s> {
    settings: &'s Settings,
    base: &'s BaseUrl,
    info: &'static OperationInfo,
    uri: Uri,
    /// The query of the request, percent-encoded.
    query: String,
    /// The headers of the client, including the API key.
    headers: &'s HeaderMap,
    /// The headers of the call, which replace those of the client.
    call_headers: HeaderMap,
    body: Option<Bytes>,
    /// `true` if the API recognizes a repeated request, or if repeating it has no further effect.
    idempotent: bool,
    /// The timeout of an attempt, unless the deadline is earlier.
    timeout: Duration,
    deadline: Option<Instant>,
    retry: RetryPolicy,
    attempt: Attempt,
    attempts: u32,
    redirects: u8,
    outcome: Option<Result<Response<Bytes>, TransportError>>,
    /// The error of the last attempt, until the next one begins.
    failure: Option<Error>,
    span: Span,
}

impl<'s> Exchange<'s> {
    pub(crate) fn new(settings: &'s Settings, prepared: PreparedRequest, now: Instant) -> Result<Self, Error> {
        let info = prepared.encoded.info;
        Self::start(settings, prepared, now).map_err(|problem| Error::invalid_request(problem).with_operation(info))
    }

    fn start(
        settings: &'s Settings,
        PreparedRequest { encoded, options }: PreparedRequest,
        now: Instant,
    ) -> Result<Self, String> {
        let info = encoded.info;
        let base = settings.base.as_ref().map_err(String::clone)?;
        let headers = settings.headers.as_ref().map_err(String::clone)?;
        let uri = base
            .join(&encoded.path, &encoded.query)
            .map_err(|error| format!("invalid request URI: {error}"))?;
        let timeout = options.timeout.unwrap_or(settings.timeout).min(MAX_DURATION);
        let deadline = options.deadline.or(settings.deadline);
        Ok(Self {
            settings,
            base,
            uri,
            query: encoded.query,
            headers,
            idempotent: info.idempotent || settings.api.idempotency_key.is_some(),
            call_headers: with_idempotency_key(merged(encoded.headers, options.headers), settings.api, info),
            body: encoded.body,
            timeout,
            deadline: deadline.and_then(|deadline| now.checked_add(deadline)),
            retry: options.retry.unwrap_or(settings.retry),
            attempt: Attempt {
                timeout,
                deadline: None,
            },
            attempts: 0,
            redirects: 0,
            outcome: None,
            failure: None,
            span: span(info),
            info,
        })
    }

    /// Returns the time limits of the current request.
    pub(crate) fn attempt(&self) -> &Attempt {
        &self.attempt
    }

    /// Returns the tracing span of the call.
    pub(crate) fn span(&self) -> &Span {
        &self.span
    }

    /// Reports the outcome of a request.
    pub(crate) fn receive(&mut self, outcome: Result<Response<Bytes>, TransportError>) {
        self.outcome = Some(outcome);
    }

    /// Returns the next step, or the error if the call failed.
    pub(crate) fn step(&mut self, now: Instant) -> Result<Step, Error> {
        let step = match self.outcome.take().map(|outcome| self.evaluate(outcome)) {
            Some(Ok(Some(response))) => Ok(Step::Done(self.received(response))),
            Some(Ok(None)) | None => self.send(now),
            Some(Err(error)) => self.schedule_retry(error.with_operation(self.info), now),
        };
        step.map_err(|error| {
            self.span.record("error.type", &*error.kind());
            error.with_operation(self.info).with_attempts(self.attempts)
        })
    }

    fn received(&mut self, response: Response<Bytes>) -> ReceivedResponse {
        ReceivedResponse {
            api: self.settings.api,
            info: self.info,
            query: std::mem::take(&mut self.query),
            response,
            attempts: self.attempts,
        }
    }

    /// Returns a successful response. If it is a redirect, sets the URI of the next request and returns `None`.
    fn evaluate(&mut self, outcome: Result<Response<Bytes>, TransportError>) -> Result<Option<Response<Bytes>>, Error> {
        let response = outcome.map_err(Error::transport)?;
        self.span
            .record("http.response.status_code", response.status().as_u16());
        let fields = &self.settings.api.errors;
        if response.status().is_success() {
            return match fields.failed {
                Some(failed) if failed.is_in(response.body()) => Err(Error::rejected(&response, fields)),
                _ => Ok(Some(response)),
            };
        }
        let location = redirect_target(&response).ok_or_else(|| Error::rejected(&response, fields))?;
        self.uri = self
            .redirect(location)
            .map_err(|why| Error::redirect(why, &response, fields))?;
        self.redirects += 1;
        Ok(None)
    }

    fn send(&mut self, now: Instant) -> Result<Step, Error> {
        let left = self.time_left(now);
        if left.is_some_and(|left| left.is_zero()) {
            return Err(self.deadline_error());
        }
        let limiter = self.settings.limiter.as_ref();
        if let Some(wait) = limiter.and_then(|limiter| limiter.admit(now)) {
            if left.is_some_and(|left| wait >= left) {
                return Err(self.deadline_error());
            }
            tracing::debug!(target: TARGET, parent: &self.span, wait = ?wait, "waiting for the rate limit");
            return Ok(Step::Wait(wait));
        }
        let is_new_attempt = self.attempts == 0 || self.failure.take().is_some();
        if is_new_attempt {
            if self.attempts > 0 {
                self.span.record("http.request.resend_count", self.attempts);
            }
            self.attempts += 1;
        }
        self.attempt = Attempt {
            timeout: left.map_or(self.timeout, |left| left.min(self.timeout)),
            deadline: left,
        };
        Ok(Step::Send(self.request()))
    }

    /// Returns the wait before the next attempt, or the error if there is none or the deadline is too early.
    fn schedule_retry(&mut self, error: Error, now: Instant) -> Result<Step, Error> {
        let window = self.settings.api.rate_limit.map(RateLimit::window);
        let wait = self.retry.wait(self.attempts, &error, window);
        let Some(wait) = wait.filter(|_| error.is_retryable_if(self.idempotent)) else {
            return Err(error);
        };
        if self.time_left(now).is_some_and(|left| wait >= left) {
            return Err(error);
        }
        let kind = error.kind();
        let kind = &*kind;
        // Not the error itself, which may contain parts of the response.
        tracing::info!(
            target: TARGET,
            parent: &self.span,
            {
                error.type = kind,
                http.response.status_code = error.status().map(|status| status.as_u16()),
                http.request.resend_count = self.attempts,
                ?wait,
            },
            "retrying"
        );
        self.failure = Some(error);
        Ok(Step::Wait(wait))
    }

    /// Returns the time until the deadline, if there is one.
    fn time_left(&self, now: Instant) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(now))
    }

    fn deadline_error(&mut self) -> Error {
        self.failure.take().unwrap_or_else(Error::deadline_exceeded)
    }

    fn redirect(&self, location: &HeaderValue) -> Result<Uri, &'static str> {
        match self.info.method {
            Method::Get | Method::Head => {}
            Method::Post | Method::Put | Method::Patch | Method::Delete => {
                return Err("only redirects of GET and HEAD requests are followed");
            }
        }
        if self.redirects == MAX_REDIRECTS {
            return Err("too many redirects");
        }
        self.base.redirect(&self.uri, location.as_bytes())
    }

    fn request(&self) -> Request<Bytes> {
        let mut request = Request::new(self.body.clone().unwrap_or_default());
        *request.method_mut() = self.info.method.into();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        if self.body.is_some() {
            request
                .headers_mut()
                .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if !self.call_headers.is_empty() {
            request.headers_mut().extend(self.call_headers.clone());
        }
        request
    }
}

/// Returns the headers of an operation's parameters, replaced by those of the call.
fn merged(mut parameters: HeaderMap, call: HeaderMap) -> HeaderMap {
    if parameters.is_empty() {
        return call;
    }
    parameters.extend(call);
    parameters
}

/// Adds an idempotency key to the headers of a call that needs one, unless the user has set one.
fn with_idempotency_key(mut headers: HeaderMap, api: &Api, info: &OperationInfo) -> HeaderMap {
    if let Some(name) = api.idempotency_key.filter(|_| !info.idempotent) {
        let key = || HeaderValue::try_from(random_key());
        if let (false, Ok(key)) = (headers.contains_key(name), key()) {
            headers.insert(name, key);
        }
    }
    headers
}

/// Returns a random UUID.
fn random_key() -> String {
    // Version 4 and variant 1 of RFC 9562.
    let bits = fastrand::u128(..) & !(0xf << 76) & !(0b11 << 62) | 4 << 76 | 0b10 << 62;
    let digits = format!("{bits:032x}");
    [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ]
    .join("-")
}

/// Creates the span of a call, with the attributes of OpenTelemetry's conventions for HTTP clients. They contain no API
/// key, query or body.
fn span(info: &OperationInfo) -> Span {
    let method = http::Method::from(info.method);
    tracing::info_span!(
        target: TARGET,
        "http.client.request",
        otel.kind = "client",
        operation = info.name,
        http.request.method = method.as_str(),
        url.template = info.path,
        http.request.resend_count = field::Empty,
        http.response.status_code = field::Empty,
        error.type = field::Empty,
    )
}

/// Returns the location of a redirect, or `None` for any other response.
fn redirect_target(response: &Response<Bytes>) -> Option<&HeaderValue> {
    match response.status() {
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => response.headers().get(LOCATION),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::request::CallOptions;
    use crate::runtime::{Encoder, TransportErrorKind};

    const INFO: OperationInfo = OperationInfo::post("things.create", "/things");
    const IDEMPOTENT: OperationInfo = INFO.idempotent();

    fn create(settings: &Settings) -> Exchange<'_> {
        call(settings, &INFO)
    }

    fn call<'s>(settings: &'s Settings, info: &'static OperationInfo) -> Exchange<'s> {
        let mut values = Encoder::new(info);
        values.json(&"value".to_owned());
        let encoded = values.finish().expect("a request");
        let options = CallOptions::default();
        Exchange::new(settings, PreparedRequest { encoded, options }, Instant::now()).expect("a call")
    }

    #[test]
    fn sends_a_body_with_its_content_type() {
        let settings = Settings::new(&Api::EXAMPLE, "key".to_owned());
        let Ok(Step::Send(request)) = create(&settings).step(Instant::now()) else {
            panic!("expected a request");
        };
        assert_eq!(request.method(), "POST");
        assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
        assert_eq!(&request.body()[..], br#""value""#);
    }

    #[test]
    fn does_not_resend_a_body_after_a_redirect() {
        let settings = Settings::new(&Api::EXAMPLE, "key".to_owned());
        let mut call = create(&settings);
        let response = Response::builder()
            .status(307)
            .header(LOCATION, "/others")
            .body(Bytes::new());
        call.receive(Ok(response.expect("a response")));
        assert!(
            call.step(Instant::now())
                .is_err_and(|error| error.operation() == Some("things.create"))
        );
    }

    #[test]
    fn retries_idempotent_operations_of_any_method() {
        let settings = Settings::new(&Api::EXAMPLE, "key".to_owned());
        for (info, is_retried) in [(&INFO, false), (&IDEMPOTENT, true)] {
            let mut call = call(&settings, info);
            assert!(matches!(call.step(Instant::now()), Ok(Step::Send(_))));
            call.receive(Err(TransportError::new(TransportErrorKind::Interrupted)));
            assert_eq!(matches!(call.step(Instant::now()), Ok(Step::Wait(_))), is_retried);
        }
    }
}
