//! A received request.

use bytes::Bytes;
use http::header::Entry;
use http::{HeaderMap, Method, Request, StatusCode};

use super::engine::RoutedRequest;
use super::recorded_request::RecordedRequest;
use super::rejection::Rejection;
use super::table::{Index, NoRoute, RouteMatch, decode_query};
use crate::runtime::{Api, Timestamp};

/// A received request.
pub(super) struct Received {
    request: Request<Bytes>,
    /// The path below the base URL.
    path: String,
    query: Vec<(String, String)>,
    /// The values of the query parameter with the API key, which `query` does not contain.
    keys: Vec<String>,
    /// The name of the query parameter with the API key, if the operation requires one.
    key_parameter: Option<&'static str>,
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
        Self {
            request,
            path,
            query,
            keys: Vec::new(),
            key_parameter: None,
        }
    }

    /// Separates the API key from the other query parameters, so that no response repeats it.
    pub(super) fn separate_key(&mut self, parameter: &'static str) {
        let (keys, query) = std::mem::take(&mut self.query)
            .into_iter()
            .partition::<Vec<_>, _>(|(name, _)| name == parameter);
        self.query = query;
        self.keys = keys.into_iter().map(|(_, key)| key).collect();
        self.key_parameter = Some(parameter);
    }

    /// Returns the values of the query parameter with the API key.
    pub(super) fn keys(&self) -> &[String] {
        &self.keys
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
            NoRoute::Body(key) => Rejection::invalid(format!("the value of `{key}` in the body is missing or unknown")),
            NoRoute::Query(query) => Rejection::invalid(format!("missing query parameters: send `{query}`")),
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

    /// Records the request with its result. `Debug` redacts the credentials.
    pub(super) fn record(
        self,
        operation: Option<&'static str>,
        status: Option<StatusCode>,
        api: &Api,
        time: Timestamp,
    ) -> RecordedRequest {
        let (parts, body) = self.request.into_parts();
        let mut headers = parts.headers;
        if let Some((name, _)) = api.auth.header()
            && let Entry::Occupied(mut credentials) = headers.entry(name)
        {
            credentials.iter_mut().for_each(|value| value.set_sensitive(true));
        }
        let name = self.key_parameter.unwrap_or_default();
        let keys = self.keys.into_iter().map(|key| (name.to_owned(), key));
        RecordedRequest {
            operation,
            method: parts.method,
            path: self.path,
            query: self.query.into_iter().chain(keys).collect(),
            headers,
            body,
            status,
            key_parameter: self.key_parameter,
            time,
        }
    }
}
