//! What generated code says once for the whole API, as plain constant data.

use std::time::Duration;

/// What holds for every operation of an API.
#[derive(Clone, Copy, Debug)]
pub struct Api {
    /// Where it is served, unless a client is built for another place.
    pub base_url: &'static str,
    /// How a request carries the key.
    pub auth: Auth,
    /// The environment variable that holds the key.
    pub key_variable: &'static str,
    /// Headers that every request carries: lower-case name, value.
    pub headers: &'static [(&'static str, &'static str)],
    /// Where an error response says what went wrong.
    pub errors: ErrorFields,
    /// How many requests the API allows; `None` where it does not say.
    pub rate_limit: Option<RateLimit>,
}

/// How a request carries the key.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "an API has one of these")]
pub enum Auth {
    /// As `authorization: Bearer KEY`.
    Bearer,
    /// As the value of the header of this lower-case name.
    Header(&'static str),
}

/// Where an error response says what went wrong: JSON pointers into its body.
#[derive(Clone, Copy, Debug)]
pub struct ErrorFields {
    /// The API's code for this kind of error.
    pub code: Option<&'static str>,
    /// What went wrong, for people.
    pub message: Option<&'static str>,
    /// Whatever else the API tells.
    pub details: Option<&'static str>,
    /// What the API calls this one request.
    pub request_id: Option<&'static str>,
    /// The header that names the request too, on every response.
    pub request_id_header: Option<&'static str>,
    /// A page about an error; `{code}` stands for its lower-case code.
    pub docs_url: Option<&'static str>,
}

#[cfg(test)]
impl ErrorFields {
    /// No field is known.
    pub const NONE: Self = Self {
        code: None,
        message: None,
        details: None,
        request_id: None,
        request_id_header: None,
        docs_url: None,
    };
}

/// The number of requests that are allowed in a rolling window of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    requests: u32,
    window: Duration,
}

impl RateLimit {
    /// Creates a limit of this many requests in any window of this length. Zero requests count as one.
    #[must_use]
    pub const fn new(requests: u32, window: Duration) -> Self {
        let requests = if requests == 0 { 1 } else { requests };
        Self { requests, window }
    }

    /// Returns the number of requests that are allowed in one window.
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
        key_variable: "EXAMPLE_API_KEY",
        headers: &[],
        errors: ErrorFields::NONE,
        rate_limit: None,
    };
}
