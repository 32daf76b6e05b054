//! Constants that describe an API as a whole. Defined by generated code.

use std::time::Duration;

use http::{HeaderMap, HeaderName};

/// Settings shared by all operations of an API.
#[derive(Clone, Copy, Debug)]
pub struct Api {
    /// The default base URL.
    pub base_url: &'static str,
    /// The authentication scheme.
    pub auth: Auth,
    /// Headers sent with every request, as pairs of a lower-case name and a value.
    pub headers: &'static [(&'static str, &'static str)],
    /// The locations of the details in an error response.
    pub errors: ErrorFields,
    /// The rate limit that the API documents, if any.
    pub rate_limit: Option<RateLimit>,
    /// The header for a key with which the API recognizes repeated requests, if any.
    pub idempotency_key: Option<&'static str>,
}

/// The authentication scheme: the place of the credentials in a request.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "an API uses one of these")]
pub enum Auth {
    /// No credentials.
    None,
    /// The header `authorization: Bearer KEY`.
    Bearer,
    /// The header `authorization: Basic CREDENTIALS`, with a user and a password in Base64.
    Basic,
    /// A header whose value is the API key.
    Header {
        /// The name of the header, in lower case.
        name: &'static str,
        /// The text before the API key.
        prefix: &'static str,
    },
    /// The query parameter with this name, whose value is the API key.
    Query(&'static str),
}

impl Auth {
    /// Returns the name of the header with the credentials, and the text before them.
    pub(crate) const fn header(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Bearer => Some(("authorization", "Bearer ")),
            Self::Basic => Some(("authorization", "Basic ")),
            Self::Header { name, prefix } => Some((name, prefix)),
            Self::None | Self::Query(_) => None,
        }
    }

    /// Returns the name of the query parameter with the API key.
    pub(crate) const fn query_parameter(self) -> Option<&'static str> {
        match self {
            Self::Query(name) => Some(name),
            Self::None | Self::Bearer | Self::Basic | Self::Header { .. } => None,
        }
    }
}

/// The locations of the details in an error response: JSON pointers into the body, unless stated otherwise.
#[derive(Clone, Copy, Debug)]
pub struct ErrorFields {
    /// The error code.
    pub code: Option<&'static str>,
    /// The human-readable message.
    pub message: Option<&'static str>,
    /// Further details, of any JSON type.
    pub details: Option<&'static str>,
    /// The ID of the request.
    pub request_id: Option<&'static str>,
    /// The header that contains the ID of the request, in every response.
    pub request_id_header: Option<&'static str>,
    /// The URL template of an error's documentation. `{code}` is replaced by the lower-case error code.
    pub docs_url: Option<&'static str>,
    /// The header that contains the time at which the rate limit resets: in seconds from now, or since the Unix epoch.
    pub rate_limit_reset: Option<&'static str>,
    /// The sign of an error in a response with a 2xx status.
    pub failed: Option<Failed>,
}

/// The sign of an error in a response with a 2xx status: a value at a location in the body.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "an API uses at most one of these")]
pub enum Failed {
    /// Any value but null.
    Present(&'static str),
    /// This boolean.
    Boolean(&'static str, bool),
    /// This integer.
    Integer(&'static str, i64),
    /// This string.
    Text(&'static str, &'static str),
}

impl ErrorFields {
    /// Returns the ID of the request in the headers of its response.
    pub(crate) fn request_id_in(&self, headers: &HeaderMap) -> Option<String> {
        let id = headers
            .get(HeaderName::from_static(self.request_id_header?))?
            .to_str()
            .ok()?;
        (!id.is_empty()).then(|| id.to_owned())
    }
}

#[cfg(test)]
impl ErrorFields {
    /// No locations.
    pub const NONE: Self = Self {
        code: None,
        message: None,
        details: None,
        request_id: None,
        request_id_header: None,
        docs_url: None,
        rate_limit_reset: None,
        failed: None,
    };
}

/// A maximum number of requests in a rolling time window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    requests: u32,
    window: Duration,
}

impl RateLimit {
    /// Creates a limit of `requests` requests in any window of this length. Zero requests count as one.
    #[must_use]
    pub const fn new(requests: u32, window: Duration) -> Self {
        let requests = if requests == 0 { 1 } else { requests };
        Self { requests, window }
    }

    /// Returns the maximum number of requests in a window.
    #[must_use]
    pub const fn requests(self) -> u32 {
        self.requests
    }

    /// Returns the length of the window.
    #[must_use]
    pub const fn window(self) -> Duration {
        self.window
    }
}

#[cfg(test)]
impl Api {
    /// An API for unit tests.
    pub(crate) const EXAMPLE: Self = Self {
        base_url: "https://api.example.test",
        auth: Auth::Bearer,
        headers: &[],
        errors: ErrorFields::NONE,
        rate_limit: None,
        idempotency_key: None,
    };
}
