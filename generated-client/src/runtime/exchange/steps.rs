//! The state machine of a call, from its first request to its response, without I/O.
//!
//! The async and the blocking client ask for the next step, perform it, and report the outcome. All rules about sending
//! are therefore implemented once.

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, Uri};
use tracing::Span;

use super::{Attempt, BaseUrl, MAX_DURATION, RetryPolicy};
use crate::runtime::authentication::Authentication;
use crate::runtime::clock::Instant;
use crate::runtime::logging::{TARGET, call_span, log_failure};
use crate::runtime::request::{
    EncodedRequest, PreparedRequest, insert_header, is_named, remove_parameter, remove_parameter_of_uri,
};
use crate::runtime::response::ReceivedResponse;
use crate::runtime::settings::Settings;
use crate::runtime::{Api, Error, Method, OperationInfo, RateLimit, TransportError};

/// The maximum number of redirects per call.
const MAX_REDIRECTS: u8 = 5;

const TOO_MANY_REDIRECTS: &str = "more than 5 redirects";

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
    /// The URI without the credentials.
    uri: Uri,
    /// The query of the request without the credentials, percent-encoded.
    query: String,
    /// The headers of the client, without the credentials.
    headers: &'s HeaderMap,
    /// The credentials, if the request carries them.
    authentication: Option<&'s Authentication>,
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
    pub(crate) fn new(
        settings: &'s Settings,
        prepared: Result<PreparedRequest, Error>,
        now: Instant,
    ) -> Result<Self, Error> {
        let call = prepared.and_then(|prepared| {
            let info = prepared.encoded.info;
            Self::start(settings, prepared, now).map_err(|problem| Error::invalid_request(problem).with_operation(info))
        });
        call.inspect_err(|error| log_failure(&Span::none(), error))
    }

    fn start(
        settings: &'s Settings,
        PreparedRequest { mut encoded, options }: PreparedRequest,
        now: Instant,
    ) -> Result<Self, String> {
        let info = encoded.info;
        let base = settings.base.as_ref().map_err(String::clone)?;
        let headers = settings.headers.as_ref().map_err(String::clone)?;
        let authentication = authentication(settings, &mut encoded, &options.query)?;
        let uri = base
            .join(&encoded.path, &encoded.query)
            .map_err(|error| format!("invalid request URI: {error}"))?;
        let span = call_span(info, &uri);
        let mut call_headers = encoded.headers;
        set_all(&mut call_headers, &options.headers);
        let timeout = options.timeout.unwrap_or(settings.timeout).min(MAX_DURATION);
        let deadline = options.deadline.or(settings.deadline);
        Ok(Self {
            settings,
            base,
            uri,
            query: encoded.query,
            headers,
            authentication,
            idempotent: info.idempotent || settings.api.idempotency_key.is_some(),
            call_headers: with_idempotency_key(call_headers, settings.api, info),
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
            span,
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
            let is_past_deadline = self.time_left(now).is_some_and(|left| left.is_zero());
            let error = error
                .with_operation(self.info)
                .with_attempts(self.attempts)
                .with_past_deadline(is_past_deadline);
            log_failure(&self.span, &error);
            error
        })
    }

    fn received(&mut self, response: Response<Bytes>) -> ReceivedResponse {
        ReceivedResponse {
            api: self.settings.api,
            info: self.info,
            query: std::mem::take(&mut self.query),
            response,
            attempts: self.attempts,
            span: self.span.clone(),
        }
    }

    /// Returns a successful response. If it is a redirect, sets the URI of the next request and returns `None`.
    fn evaluate(&mut self, outcome: Result<Response<Bytes>, TransportError>) -> Result<Option<Response<Bytes>>, Error> {
        let response = outcome.map_err(|error| {
            if error.is_before_attempt() {
                self.attempts -= 1;
            }
            Error::transport(error)
        })?;
        self.span
            .record("http.response.status_code", response.status().as_u16());
        let fields = &self.settings.api.errors;
        if response.status().is_success() {
            return match fields.failed {
                Some(failed) if failed.is_in(response.body()) => Err(Error::rejected(&response, fields)),
                _ => Ok(Some(response)),
            };
        }
        if !is_redirect(response.status()) {
            return Err(Error::rejected(&response, fields));
        }
        self.uri = self
            .redirect(response.headers().get(LOCATION))
            .map_err(|why| Error::redirect(why, &response, fields))?;
        self.redirects += 1;
        Ok(None)
    }

    fn send(&mut self, now: Instant) -> Result<Step, Error> {
        let left = self.time_left(now);
        if left.is_some_and(|left| left.is_zero()) {
            return Err(self.failure.take().unwrap_or_else(Error::deadline_exceeded));
        }
        let limiter = self.settings.limiter.as_ref();
        if let Some(wait) = limiter.and_then(|limiter| limiter.admit(now)) {
            if left.is_some_and(|left| wait >= left) {
                return Err(self.failure.take().unwrap_or_else(|| Error::rate_limit_delay(wait)));
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
        Ok(Step::Send(self.request()?))
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

    fn redirect(&self, location: Option<&HeaderValue>) -> Result<Uri, &'static str> {
        let location = location.ok_or("no location")?;
        match self.info.method {
            Method::Get | Method::Head => {}
            Method::Post | Method::Put | Method::Patch | Method::Delete => {
                return Err("only redirects of GET and HEAD requests are followed");
            }
        }
        if self.redirects == MAX_REDIRECTS {
            return Err(TOO_MANY_REDIRECTS);
        }
        let Some(name) = self.authentication.and_then(Authentication::query_parameter) else {
            return self.base.redirect(&self.uri, location.as_bytes());
        };
        // The API may repeat the key, which each request adds again.
        let location = str::from_utf8(location.as_bytes()).map_err(|_| "the location is not a valid URL")?;
        let location = remove_parameter_of_uri(location, name);
        self.base.redirect(&self.uri, location.as_bytes())
    }

    fn request(&self) -> Result<Request<Bytes>, Error> {
        let mut request = Request::new(self.body.clone().unwrap_or_default());
        *request.method_mut() = self.info.method.into();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        if let Some(authentication) = self.authentication {
            let invalid = |error| Error::invalid_request(format!("invalid request URI: {error}"));
            authentication.apply(&mut request).map_err(invalid)?;
        }
        if self.body.is_some() {
            let json = HeaderValue::from_static("application/json");
            insert_header(request.headers_mut(), CONTENT_TYPE, json);
        }
        set_all(request.headers_mut(), &self.call_headers);
        Ok(request)
    }
}

/// Adds headers, each of which replaces the one of the same name.
fn set_all(headers: &mut HeaderMap, others: &HeaderMap) {
    for (name, value) in others {
        insert_header(headers, name.clone(), value.clone());
    }
}

/// Adds an idempotency key to the headers of a call that needs one, unless the user has set one.
fn with_idempotency_key(mut headers: HeaderMap, api: &Api, info: &OperationInfo) -> HeaderMap {
    if let Some(name) = api.idempotency_key.filter(|_| !info.idempotent) {
        let name = HeaderName::from_static(name);
        if let (false, Ok(key)) = (headers.contains_key(&name), HeaderValue::try_from(random_key())) {
            insert_header(&mut headers, name, key);
        }
    }
    headers
}

/// Returns a random UUID.
fn random_key() -> String {
    // Version 4 and variant 1 of RFC 9562.
    let (high, low) = (fastrand::u64(..), fastrand::u64(..));
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}

/// Returns the credentials that a request carries, given the pairs that the user added to its query.
///
/// A pair with the name of the API key replaces the key. Any other such pair is removed: it comes from a page token, because
/// the API repeated the key in the URI of the next page.
fn authentication<'s>(
    settings: &'s Settings,
    request: &mut EncodedRequest,
    pairs: &[String],
) -> Result<Option<&'s Authentication>, String> {
    if !request.info.authenticated {
        return Ok(None);
    }
    let authentication = settings.authentication.as_ref().map_err(String::clone)?.as_ref();
    if let Some(name) = authentication.and_then(Authentication::query_parameter) {
        if pairs.iter().any(|pair| is_named(pair, name)) {
            return Ok(None);
        }
        request.query = remove_parameter(&request.query, name);
    }
    Ok(authentication)
}

/// Returns `true` for the statuses of redirects.
fn is_redirect(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::request::{CallOptions, JsonBody, RequestBody, encode};
    use crate::runtime::{Auth, CallParameters, Credentials, TransportErrorKind};

    const INFO: OperationInfo = OperationInfo::post("things.create", "/things");
    const LIST: OperationInfo = OperationInfo::get("things.list", "/things");
    const LOGIN: OperationInfo = LIST.without_auth();
    const BY_QUERY: Api = Api {
        auth: Auth::Query("api_key"),
        ..Api::EXAMPLE
    };
    const IDEMPOTENT: OperationInfo = INFO.idempotent();

    fn create(settings: &Settings) -> Exchange<'_> {
        call(settings, &INFO)
    }

    fn call<'s>(settings: &'s Settings, info: &'static OperationInfo) -> Exchange<'s> {
        let body = JsonBody::new("value".to_owned()).encode(info);
        let encoded = encode(info, CallParameters::new(), body).expect("a request");
        let options = CallOptions::default();
        Exchange::new(settings, Ok(PreparedRequest { encoded, options }), Instant::now()).expect("a call")
    }

    #[test]
    fn sends_a_body_with_its_content_type() {
        let settings = Settings::new(&Api::EXAMPLE, &Credentials::key("key"));
        let Ok(Step::Send(request)) = create(&settings).step(Instant::now()) else {
            panic!("expected a request");
        };
        assert_eq!(request.method(), "POST");
        assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
        assert_eq!(&request.body()[..], br#""value""#);
    }

    #[test]
    fn does_not_resend_a_body_after_a_redirect() {
        let settings = Settings::new(&Api::EXAMPLE, &Credentials::key("key"));
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
        let settings = Settings::new(&Api::EXAMPLE, &Credentials::key("key"));
        for (info, is_retried) in [(&INFO, false), (&IDEMPOTENT, true)] {
            let mut call = call(&settings, info);
            assert!(matches!(call.step(Instant::now()), Ok(Step::Send(_))));
            call.receive(Err(TransportError::new(TransportErrorKind::Interrupted)));
            assert_eq!(matches!(call.step(Instant::now()), Ok(Step::Wait(_))), is_retried);
        }
    }

    /// Starts a call of an operation without a body.
    fn get<'s>(
        settings: &'s Settings,
        info: &'static OperationInfo,
        query: &str,
        options: CallOptions,
    ) -> Exchange<'s> {
        let mut encoded = encode(info, CallParameters::new(), Ok(None)).expect("a request");
        query.clone_into(&mut encoded.query);
        Exchange::new(settings, Ok(PreparedRequest { encoded, options }), Instant::now()).expect("a call")
    }

    fn request(call: &mut Exchange<'_>) -> Request<Bytes> {
        match call.step(Instant::now()) {
            Ok(Step::Send(request)) => request,
            Ok(Step::Wait(_) | Step::Done(_)) | Err(_) => panic!("expected a request"),
        }
    }

    fn authorization(settings: &Settings, info: &'static OperationInfo, options: CallOptions) -> Option<String> {
        let request = request(&mut get(settings, info, "", options));
        let mut values = request.headers().get_all("authorization").iter();
        let value = values.next().and_then(|value| value.to_str().ok());
        assert!(values.next().is_none());
        value.map(str::to_owned)
    }

    #[test]
    fn operation_without_auth_sends_no_credentials() {
        let settings = Settings::new(&Api::EXAMPLE, &Credentials::key("key"));
        let sent = |info, options| authorization(&settings, info, options);
        assert_eq!(sent(&LIST, CallOptions::default()).as_deref(), Some("Bearer key"));
        assert_eq!(sent(&LOGIN, CallOptions::default()), None);

        let settings = Settings::new(&BY_QUERY, &Credentials::key("key"));
        let uri = |info| {
            request(&mut get(&settings, info, "", CallOptions::default()))
                .uri()
                .to_string()
        };
        assert_eq!(uri(&LIST), "https://api.example.test/things?api_key=key");
        assert_eq!(uri(&LOGIN), "https://api.example.test/things");
    }

    #[test]
    fn operation_without_auth_does_not_need_valid_credentials() {
        let settings = Settings::new(&Api::EXAMPLE, &Credentials::key(""));
        assert_eq!(authorization(&settings, &LOGIN, CallOptions::default()), None);
        let encoded = encode(&LIST, CallParameters::new(), Ok(None)).expect("a request");
        let options = CallOptions::default();
        let error = Exchange::new(&settings, Ok(PreparedRequest { encoded, options }), Instant::now()).err();
        assert!(error.is_some_and(|error| error.to_string().contains("the API key is empty")));
    }

    #[test]
    fn headers_replace_the_credentials() {
        let mut settings = Settings::new(&Api::EXAMPLE, &Credentials::key("key"));
        let mut options = CallOptions::default();
        options.header("Authorization", "of the call");
        for info in [&LIST, &LOGIN] {
            let sent = authorization(&settings, info, options.clone());
            assert_eq!(sent.as_deref(), Some("of the call"));
        }
        assert_eq!(settings.set_header("Authorization", "of the client"), Ok(()));
        for info in [&LIST, &LOGIN] {
            let sent = authorization(&settings, info, CallOptions::default());
            assert_eq!(sent.as_deref(), Some("of the client"));
        }
        assert_eq!(authorization(&settings, &LIST, options).as_deref(), Some("of the call"));
    }

    #[test]
    fn query_key_is_sent_once_and_not_reported() {
        let settings = Settings::new(&BY_QUERY, &Credentials::key("k&"));
        // The pair comes from a page token: the API repeated the key in the URI of the page.
        let mut call = get(&settings, &LIST, "a=b&api%5Fkey=k%26", CallOptions::default());
        assert_eq!(
            request(&mut call).uri(),
            "https://api.example.test/things?a=b&api_key=k%26"
        );
        for (location, expected) in [
            ("", "https://api.example.test/things?a=b&api_key=k%26"),
            ("?c", "https://api.example.test/things?c&api_key=k%26"),
            ("/x?api_key=k%26&d=e#f", "https://api.example.test/x?d=e&api_key=k%26"),
            ("y?api_key=k%26", "https://api.example.test/y?api_key=k%26"),
        ] {
            let response = Response::builder().status(302).header(LOCATION, location);
            call.receive(Ok(response.body(Bytes::new()).expect("a response")));
            assert_eq!(request(&mut call).uri(), expected, "{location}");
        }
        call.receive(Ok(Response::new(Bytes::new())));
        match call.step(Instant::now()) {
            Ok(Step::Done(received)) => assert_eq!(received.raw().query, "a=b"),
            Ok(Step::Send(_) | Step::Wait(_)) | Err(_) => panic!("expected the response"),
        }
    }

    #[test]
    fn query_of_a_call_replaces_the_key() {
        let settings = Settings::new(&BY_QUERY, &Credentials::key("key"));
        let mut options = CallOptions::default();
        options.query("api_key", &"other");
        let mut call = get(&settings, &LIST, "a=b&api_key=other", options);
        assert_eq!(
            request(&mut call).uri(),
            "https://api.example.test/things?a=b&api_key=other"
        );
    }

    #[test]
    fn credentials_are_sent_with_each_attempt() {
        for (api, credentials) in [
            (&Api::EXAMPLE, Credentials::key("key")),
            (&BY_QUERY, Credentials::key("key")),
        ] {
            let settings = Settings::new(api, &credentials);
            let mut call = get(&settings, &LIST, "", CallOptions::default());
            let first = request(&mut call);
            call.receive(Err(TransportError::new(TransportErrorKind::Interrupted)));
            assert!(matches!(call.step(Instant::now()), Ok(Step::Wait(_))));
            let second = request(&mut call);
            assert_eq!((first.uri(), first.headers()), (second.uri(), second.headers()));
        }
    }
}
