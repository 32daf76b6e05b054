//! What generated code says once for the whole API, as plain constant data.

use std::time::Duration;

use crate::generated::API;

/// What holds for every operation of an API.
#[derive(Clone, Copy, Debug)]
pub struct Api {
    /// What the API is called.
    pub name: &'static str,
    /// Where it is served, unless a client is built for another place.
    pub base_url: &'static str,
    /// How a request carries the key.
    pub auth: Auth,
    /// The environment variable that holds the key.
    pub key_variable: &'static str,
    /// Headers that every request carries: lower-case name, value.
    pub headers: &'static [(&'static str, &'static str)],
    /// How lists continue; `None` where no list does.
    pub paging: Option<Paging>,
    /// Where an error answer says what went wrong.
    pub errors: ErrorFields,
    /// How many requests the API allows; `None` where it does not say.
    pub rate_limit: Option<RateLimit>,
}

/// How a request carries the key.
#[derive(Clone, Copy, Debug)]
pub enum Auth {
    /// As `authorization: Bearer KEY`.
    Bearer,
    /// As the value of the header of this lower-case name.
    Header(&'static str),
}

/// How a list continues on its next page.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    /// What leads to the next page.
    pub next: NextPage,
    /// The field that holds the page's own URI.
    pub uri: Option<&'static str>,
}

/// What leads to the next page of a list.
#[derive(Clone, Copy, Debug)]
pub enum NextPage {
    /// The named field holds the next page's URI.
    Uri(&'static str),
    /// A field holds a cursor, which a query parameter sends back.
    Cursor {
        /// The field of the page that holds the cursor.
        field: &'static str,
        /// The query parameter that takes it.
        query: &'static str,
    },
}

impl NextPage {
    /// The field of a page that holds what leads to the next one.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Uri(field) | Self::Cursor { field, .. } => field,
        }
    }
}

/// Where an error answer says what went wrong: JSON pointers into its body.
#[derive(Clone, Copy, Debug)]
pub struct ErrorFields {
    /// The API's code for this kind of error.
    pub code: Option<&'static str>,
    /// What went wrong, for people.
    pub message: Option<&'static str>,
    /// Whatever else the API tells.
    pub details: Option<&'static str>,
    /// What the API calls this one request.
    pub operation_id: Option<&'static str>,
    /// The header that names the request too, on every answer.
    pub operation_id_header: Option<&'static str>,
    /// A page about an error; `{code}` stands for its lower-case code.
    pub docs_url: Option<&'static str>,
}

/// How many requests are allowed in a rolling window. The default is what the API allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests a window.
    pub requests: u32,
    /// Length of the window, in seconds.
    pub seconds: u32,
}

impl RateLimit {
    pub(crate) fn window(self) -> Duration {
        Duration::from_secs(self.seconds.into())
    }
}

/// What the API allows; no limit at all where it does not say.
impl Default for RateLimit {
    fn default() -> Self {
        API.rate_limit.unwrap_or(Self {
            requests: u32::MAX,
            seconds: 0,
        })
    }
}
