//! Metadata of operations.

use super::json::Codec;
use super::paging::Paging;
use super::request::Constant;

/// Metadata of an operation.
#[derive(Clone, Copy, Debug)]
pub struct OperationInfo {
    pub(crate) name: &'static str,
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    /// The constant part of the query, percent-encoded, without the question mark.
    pub(crate) query: &'static str,
    /// The names of the optional query parameters, in the order in which they are sent. Empty if there are fewer than two.
    pub(crate) query_order: &'static [&'static str],
    /// Pagination of the returned list; `None` if the operation does not return pages.
    pub(crate) paging: Option<Paging>,
    /// The location of the value in a response that wraps it in an object.
    pub(crate) response_key: Option<&'static str>,
    /// The statuses of successful responses, with `true` if the response has a value; `None` if every 2xx status has one.
    pub(crate) statuses: Option<&'static [(u16, bool)]>,
    /// The codec of the value in the response, or of the items in a page.
    pub(crate) codec: Codec,
    /// The key under which the request body is sent, if it is wrapped in an object.
    pub(crate) request_key: Option<&'static str>,
    /// The constant keys of the request body.
    pub(crate) fixed: &'static [(&'static str, Constant)],
    pub(crate) idempotent: bool,
    /// `true` if requests carry the credentials of the client.
    pub(crate) authenticated: bool,
}

/// The HTTP method of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
    /// `HEAD`
    Head,
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
            Method::Head => Self::HEAD,
        }
    }
}

impl OperationInfo {
    /// Returns the name of the operation, such as `api_keys.get`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> http::Method {
        self.method.into()
    }

    /// Returns the path below the base URL, with a placeholder `{name}` for each path parameter. The value of `{name*}` may
    /// contain slashes.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// Returns `true` if sending a request twice has the same effect as sending it once.
    #[must_use]
    pub const fn is_idempotent(&self) -> bool {
        self.idempotent
    }

    /// Creates the metadata of a `GET` operation, which is idempotent.
    #[doc(hidden)]
    #[must_use]
    pub const fn get(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::Get, path).idempotent()
    }

    /// Creates the metadata of a `POST` operation, which is not idempotent by default.
    #[doc(hidden)]
    #[must_use]
    pub const fn post(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::Post, path)
    }

    /// Creates the metadata of a `PUT` operation, which is idempotent.
    #[doc(hidden)]
    #[must_use]
    pub const fn put(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::Put, path).idempotent()
    }

    /// Creates the metadata of a `PATCH` operation, which is not idempotent by default.
    #[doc(hidden)]
    #[must_use]
    pub const fn patch(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::Patch, path)
    }

    /// Creates the metadata of a `DELETE` operation, which is idempotent.
    #[doc(hidden)]
    #[must_use]
    pub const fn delete(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::Delete, path).idempotent()
    }

    /// Creates the metadata of a `HEAD` operation, which is idempotent.
    #[doc(hidden)]
    #[must_use]
    pub const fn head(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::Head, path).idempotent()
    }

    /// Sets the constant part of the query, percent-encoded.
    #[doc(hidden)]
    #[must_use]
    pub const fn query(mut self, query: &'static str) -> Self {
        self.query = query;
        self
    }

    /// Sets the order of the optional query parameters.
    #[doc(hidden)]
    #[must_use]
    pub const fn query_order(mut self, names: &'static [&'static str]) -> Self {
        self.query_order = names;
        self
    }

    /// Sets the pagination of the returned list.
    #[doc(hidden)]
    #[must_use]
    pub const fn paging(mut self, paging: Paging) -> Self {
        self.paging = Some(paging);
        self
    }

    /// Sets the location of the value in the response.
    #[doc(hidden)]
    #[must_use]
    pub const fn response_key(mut self, location: &'static str) -> Self {
        self.response_key = Some(location);
        self
    }

    /// Sets the statuses of successful responses, with `true` if the response has a value.
    #[doc(hidden)]
    #[must_use]
    pub const fn statuses(mut self, statuses: &'static [(u16, bool)]) -> Self {
        self.statuses = Some(statuses);
        self
    }

    /// Sets the codec of the value in the response, or of the items in a page.
    #[doc(hidden)]
    #[must_use]
    pub const fn codec(mut self, codec: Codec) -> Self {
        self.codec = codec;
        self
    }

    /// Sets the key under which the request body is sent.
    #[doc(hidden)]
    #[must_use]
    pub const fn request_key(mut self, key: &'static str) -> Self {
        self.request_key = Some(key);
        self
    }

    /// Sets the constant keys of the request body.
    #[doc(hidden)]
    #[must_use]
    pub const fn fixed(mut self, fixed: &'static [(&'static str, Constant)]) -> Self {
        self.fixed = fixed;
        self
    }

    /// Marks the operation as idempotent.
    #[doc(hidden)]
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// Sends the operation without credentials.
    #[doc(hidden)]
    #[must_use]
    pub const fn without_auth(mut self) -> Self {
        self.authenticated = false;
        self
    }

    const fn new(name: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            name,
            method,
            path,
            query: "",
            query_order: &[],
            paging: None,
            response_key: None,
            statuses: None,
            codec: Codec::Plain,
            request_key: None,
            fixed: &[],
            idempotent: false,
            authenticated: true,
        }
    }
}
