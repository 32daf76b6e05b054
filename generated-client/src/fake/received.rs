//! A received request.

use bytes::Bytes;
use http::header::Entry;
use http::{HeaderMap, Method, Request, StatusCode};

use super::engine::RoutedRequest;
use super::recorded_request::RecordedRequest;
use super::rejection::Rejection;
use super::table::{Index, NoRoute, RouteMatch, decode_query};
use crate::runtime::Timestamp;

/// A received request.
pub(super) struct Received {
    request: Request<Bytes>,
    /// The path below the base URL.
    path: String,
    query: Vec<(String, String)>,
}

impl Received {
    pub(super) fn new(request: Request<Bytes>, base_url: &str) -> Self {
        let uri = request.uri();
        // The path of the base URL precedes every path.
        let prefix = base_url
            .split_once("://")
            .and_then(|(_, rest)| rest.find('/').map(|start| &rest[start..]))
            .unwrap_or_default();
        // A path outside the base URL becomes empty, which matches no operation.
        let path = uri.path().strip_prefix(prefix).unwrap_or_default().to_owned();
        let query = decode_query(uri.query().unwrap_or_default());
        Self { request, path, query }
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    pub(super) fn is_head(&self) -> bool {
        self.request.method() == Method::HEAD
    }

    /// Finds the operation that the request calls. HEAD calls the operation of GET unless it has one of its own.
    pub(super) fn find(&self, index: &Index) -> Result<RouteMatch, Rejection> {
        let find = |method| index.find(method, &self.path, &self.query, self.request.body());
        let found = match find(self.request.method()) {
            Err(_) if self.is_head() => find(&Method::GET),
            found => found,
        };
        found.map_err(|missing| match missing {
            NoRoute::Path => Rejection::not_found(format!("unknown path `{}`", self.request.uri().path())),
            NoRoute::Method(allowed) => Rejection::method_not_allowed(allowed),
            NoRoute::Body(key) => {
                Rejection::bad_request(format!("the value of `{key}` in the body is missing or unknown"))
            }
            NoRoute::Query(query) => Rejection::bad_request(format!("missing query parameters: send `{query}`")),
        })
    }

    pub(super) fn routed<'a>(&'a self, found: &'a RouteMatch, now: Timestamp) -> RoutedRequest<'a> {
        RoutedRequest {
            route: found.route,
            parameters: &found.parameters,
            query: &self.query,
            body: self.request.body(),
            now,
        }
    }

    /// Records the request with its result. `Debug` redacts the header with the API key.
    pub(super) fn record(
        self,
        operation: Option<&'static str>,
        status: Option<StatusCode>,
        key_header: &'static str,
    ) -> RecordedRequest {
        let (parts, body) = self.request.into_parts();
        let mut headers = parts.headers;
        if let Entry::Occupied(mut keys) = headers.entry(key_header) {
            keys.iter_mut().for_each(|key| key.set_sensitive(true));
        }
        RecordedRequest {
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
