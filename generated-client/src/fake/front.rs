//! From a request to what comes of it: all that a server looks at before it does what is asked.

use bytes::Bytes;
use http::header::Entry;
use http::{HeaderMap, Request, Response, StatusCode};
use percent_encoding::percent_decode_str;

use super::Settings;
use super::clock::Clock;
use super::engine::{self, Engine};
use super::fault::{Faults, Outcome};
use super::index::{Found, Index, Missing};
use super::recorded::Recorded;
use super::refusal::{Refusal, name_request};
use crate::generated::API;
use crate::runtime::{Auth, Limiter};

/// What a fake remembers.
pub(crate) struct State {
    pub(crate) engine: Engine,
    pub(crate) faults: Faults,
    pub(crate) recorded: Vec<Recorded>,
}

/// A request as it was received.
struct Received {
    request: Request<Bytes>,
    /// Below the base URL.
    path: String,
    query: Vec<(String, String)>,
}

impl State {
    /// Refuses a request that is not looked at.
    #[cfg(feature = "fake-server")]
    pub(crate) fn refuse(&mut self, refusal: Refusal, clock: &Clock) -> Response<Bytes> {
        let rules = self.engine.index.table.rules;
        let operation_id = self.engine.ids.id(rules.operation_id, clock.now());
        refusal.into_response(&rules, &operation_id)
    }

    /// Answers a request, or does not.
    pub(crate) fn receive(
        &mut self,
        request: Request<Bytes>,
        settings: &Settings,
        limiter: Option<&Limiter>,
        clock: &Clock,
    ) -> Outcome {
        let received = Received::new(request, &settings.base_url);
        let found = received.find(self.engine.index);
        let operation = found.as_ref().ok().map(|found| found.route.spec.name);
        let rules = self.engine.index.table.rules;
        let operation_id = self.engine.ids.id(rules.operation_id, clock.now());
        let refuse = |refusal: Refusal| refusal.into_response(&rules, &operation_id);
        let fault = self.faults.take(operation);
        let answer = || {
            let checked = received.check(settings, limiter, clock).and(found);
            let answer = checked.and_then(|found| self.engine.answer(&received.asked(&found, clock)));
            let mut response = answer.unwrap_or_else(refuse);
            name_request(&mut response, &operation_id);
            response
        };
        let outcome = match &fault {
            Some(fault) => fault.spoil(answer, refuse),
            None => Outcome::Answer(answer()),
        };
        if settings.records {
            let status = outcome.response().map(Response::status);
            self.recorded.push(received.record(operation, status));
        }
        outcome
    }
}

impl Received {
    fn new(request: Request<Bytes>, base_url: &str) -> Self {
        let uri = request.uri();
        // What precedes every path: all of the base URL behind its host.
        let prefix = base_url
            .split_once("://")
            .and_then(|(_, rest)| rest.find('/').map(|start| &rest[start..]))
            .unwrap_or_default();
        // A path out of the base URL leads nowhere.
        let path = uri.path().strip_prefix(prefix).unwrap_or_default().to_owned();
        let query = uri
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty());
        let query = query.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        });
        let query = query.collect();
        Self { request, path, query }
    }

    fn find(&self, index: &Index) -> Result<Found, Refusal> {
        index
            .find(self.request.method(), &self.path)
            .map_err(|missing| match missing {
                Missing::Path => Refusal::not_found(format!("there is nothing at `{}`", self.request.uri().path())),
                Missing::Method(allowed) => Refusal::method(allowed),
            })
    }

    /// What has to hold for every request.
    fn check(&self, settings: &Settings, limiter: Option<&Limiter>, clock: &Clock) -> Result<(), Refusal> {
        check_key(self.request.headers(), &settings.key)?;
        for (name, expected) in API.headers {
            match text(self.request.headers(), name) {
                Some(value) if value == *expected => {}
                Some(_) => return Err(Refusal::bad(format!("the header `{name}` must be `{expected}`"))),
                None => {
                    return Err(Refusal::bad(format!(
                        "the header `{name}` is missing: send `{expected}`"
                    )));
                }
            }
        }
        match limiter.and_then(|limiter| limiter.admit(clock.instant())) {
            None => Ok(()),
            Some(_) => Err(Refusal::new(
                StatusCode::TOO_MANY_REQUESTS,
                "more requests than the rate limit allows",
            )),
        }
    }

    fn asked<'a>(&'a self, found: &'a Found, clock: &Clock) -> engine::Request<'a> {
        engine::Request {
            route: found.route,
            parameters: &found.parameters,
            query: &self.query,
            body: self.request.body(),
            now: clock.now(),
        }
    }

    fn record(self, operation: Option<&'static str>, status: Option<StatusCode>) -> Recorded {
        let (parts, body) = self.request.into_parts();
        let mut headers = parts.headers;
        if let Entry::Occupied(mut keys) = headers.entry(key_header().0) {
            keys.iter_mut().for_each(|key| key.set_sensitive(true));
        }
        Recorded {
            operation,
            method: parts.method,
            path: self.path,
            query: self.query,
            headers,
            body,
            status,
        }
    }
}

/// The header that carries the key, and what precedes the key in it.
fn key_header() -> (&'static str, &'static str) {
    match API.auth {
        Auth::Bearer => ("authorization", "Bearer "),
        Auth::Header(name) => (name, ""),
    }
}

fn check_key(headers: &HeaderMap, key: &str) -> Result<(), Refusal> {
    let (name, prefix) = key_header();
    let refused = |why: &str| Refusal::new(StatusCode::UNAUTHORIZED, why);
    match text(headers, name) {
        None => Err(refused(&format!(
            "the request has no key: send it in the header `{name}`"
        ))),
        Some(value) if strip_scheme(value, prefix) == Some(key) => Ok(()),
        Some(_) => Err(refused("the key is unknown")),
    }
}

/// What follows a prefix, which may be in any case.
fn strip_scheme<'a>(value: &'a str, prefix: &str) -> Option<&'a str> {
    let (scheme, rest) = value.split_at_checked(prefix.len())?;
    scheme.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// A part of a query: `+` stands for a space there.
fn decode(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}
