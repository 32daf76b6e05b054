//! One call from its first request to its answer, without I/O.
//!
//! Async and blocking clients ask for the next step, do it, and tell what came of it: every rule about
//! sending stands here once.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri};

use super::call::Prepared;
use super::settings::Settings;
use super::url::BaseUrl;
use super::{Attempt, Error, Method, TransportError};

/// How many redirects a call follows.
const MAX_REDIRECTS: u8 = 5;

/// What to do next for a call.
pub(crate) enum Step {
    /// Send this request and tell what came of it.
    Send(Request<Bytes>),
    /// Read this successful answer.
    Done(Response<Bytes>),
}

/// A call under way.
pub(crate) struct Exchange<'s> {
    operation: &'static str,
    base: &'s BaseUrl,
    method: Method,
    uri: Uri,
    /// What the client sends with everything, the key with it.
    headers: &'s HeaderMap,
    /// What the call sends beyond it.
    own_headers: HeaderMap,
    body: Option<Bytes>,
    attempt: Attempt,
    redirects: u8,
    outcome: Option<Result<Response<Bytes>, TransportError>>,
}

impl<'s> Exchange<'s> {
    pub(crate) fn new(settings: &'s Settings, prepared: Prepared) -> Result<Self, Error> {
        let operation = prepared.encoded.spec.name;
        Self::start(settings, prepared).map_err(|problem| Error::unusable(problem).of(operation))
    }

    fn start(settings: &'s Settings, Prepared { encoded, options }: Prepared) -> Result<Self, String> {
        let base = settings.base.as_ref().map_err(String::clone)?;
        let headers = settings.headers.as_ref().map_err(String::clone)?;
        let uri = base
            .join(&encoded.path, &encoded.query)
            .map_err(|error| format!("the request has no valid URI: {error}"))?;
        Ok(Self {
            operation: encoded.spec.name,
            base,
            method: encoded.spec.method,
            uri,
            headers,
            own_headers: options.headers,
            body: encoded.body,
            attempt: settings.attempt(options.timeout),
            redirects: 0,
            outcome: None,
        })
    }

    /// The bounds of sending a request.
    pub(crate) fn attempt(&self) -> &Attempt {
        &self.attempt
    }

    /// Tells what came of a request.
    pub(crate) fn receive(&mut self, outcome: Result<Response<Bytes>, TransportError>) {
        self.outcome = Some(outcome);
    }

    /// What to do next, or why the call failed.
    pub(crate) fn step(&mut self) -> Result<Step, Error> {
        match self.outcome.take() {
            None => Ok(Step::Send(self.request())),
            Some(outcome) => self.judge(outcome).map_err(|error| error.of(self.operation)),
        }
    }

    fn judge(&mut self, outcome: Result<Response<Bytes>, TransportError>) -> Result<Step, Error> {
        let answer = outcome.map_err(Error::transport)?;
        if answer.status().is_success() {
            return Ok(Step::Done(answer));
        }
        match redirect_target(&answer) {
            None => Err(Error::refused(&answer)),
            Some(location) => {
                self.uri = self.redirect(location).map_err(|why| Error::redirect(why, &answer))?;
                self.redirects += 1;
                Ok(Step::Send(self.request()))
            }
        }
    }

    fn redirect(&self, location: &HeaderValue) -> Result<Uri, &'static str> {
        if self.method != Method::Get {
            return Err("redirects are followed for GET alone");
        }
        if self.redirects == MAX_REDIRECTS {
            return Err("too many redirects");
        }
        let target = location
            .to_str()
            .ok()
            .and_then(|location| self.base.redirect(&self.uri, location));
        target.ok_or("it leads out of the base URL's origin")
    }

    fn request(&self) -> Request<Bytes> {
        let mut request = Request::new(self.body.clone().unwrap_or_default());
        *request.method_mut() = self.method.into();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        if self.body.is_some() {
            request
                .headers_mut()
                .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        request.headers_mut().extend(self.own_headers.clone());
        request
    }
}

/// Where the answer sends the client instead; `None` when it is no redirect.
fn redirect_target(answer: &Response<Bytes>) -> Option<&HeaderValue> {
    match answer.status() {
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => answer.headers().get(LOCATION),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Encoder, Spec};
    use super::*;
    use crate::runtime::call::Options;

    const SPEC: Spec = Spec::post("things.create", "/things");

    fn create(settings: &Settings) -> Exchange<'_> {
        let mut values = Encoder::new(&SPEC);
        values.json("value");
        let encoded = values.finish(SPEC).expect("a request");
        let options = Options::default();
        Exchange::new(settings, Prepared { encoded, options }).expect("a call")
    }

    #[test]
    fn a_body_goes_out_with_its_type() {
        let settings = Settings::new("key".to_owned());
        let Ok(Step::Send(request)) = create(&settings).step() else {
            panic!("nothing to send");
        };
        assert_eq!(request.method(), "POST");
        assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
        assert_eq!(&request.body()[..], br#""value""#);
    }

    #[test]
    fn a_redirect_does_not_send_a_body_again() {
        let settings = Settings::new("key".to_owned());
        let mut call = create(&settings);
        let answer = Response::builder()
            .status(307)
            .header(LOCATION, "/others")
            .body(Bytes::new());
        call.receive(Ok(answer.expect("a response")));
        assert!(
            call.step()
                .is_err_and(|error| error.operation() == Some("things.create"))
        );
    }
}
