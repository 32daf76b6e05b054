//! One call of an operation: prepared, adjusted, then awaited or sent.

use std::fmt::{self, Display};
use std::time::Duration;

use super::paging::{Paginator, resumed_query};
use super::request::{CallOptions, PreparedRequest, Resume, prepare};
use super::{Error, Operation, PageToken, Paged};

/// A request builder for one call of an operation. Nothing is sent until it is awaited (async) or `send` is called
/// (blocking).
///
/// The operation's own setters stand on the alias that its resource returns.
// Setters are inherent methods of this type, so no field of the schema can be named as one of its methods:
// deadline, header, into_future, items, new, no_retry, pages, query, resume, send, timeout, with_response.
#[must_use = "a call does nothing until it is awaited or sent"]
pub struct Call<'c, C, O> {
    pub(crate) client: &'c C,
    pub(crate) operation: O,
    options: CallOptions,
}

// Derived, it would ask for a client that is `Clone`.
impl<C, O: Clone> Clone for Call<'_, C, O> {
    fn clone(&self) -> Self {
        Self {
            client: self.client,
            operation: self.operation.clone(),
            options: self.options.clone(),
        }
    }
}

impl<'c, C, O> Call<'c, C, O> {
    pub(crate) fn new(client: &'c C, operation: O) -> Self {
        Self {
            client,
            operation,
            options: CallOptions::default(),
        }
    }

    /// Sends a header with this call, in the place of any of the same name.
    ///
    /// A name or a value that no header can have fails the call before anything is sent.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.options.header(name.as_ref(), value.as_ref());
        self
    }

    /// Adds a parameter to the query, one that the schema does not know.
    pub fn query(mut self, name: impl AsRef<str>, value: impl Display) -> Self {
        self.options.query(name.as_ref(), &value);
        self
    }

    /// Bounds each attempt of this call, in the place of the client's time-out.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Bounds this call, with all its attempts and the waits between them, in the place of the client's deadline.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.options.deadline = Some(deadline);
        self
    }

    /// Attempts this call once, whatever the client's retry policy.
    pub fn no_retry(mut self) -> Self {
        self.options.no_retry = true;
        self
    }

    /// Asks for the whole response: status, headers and body beside the value.
    pub fn with_response(self) -> WithResponse<'c, C, O> {
        WithResponse { call: self }
    }
}

impl<C, O: Paged> Call<'_, C, O> {
    /// Begins with the page that a token identifies, instead of the first: see [`Page::next`](super::Page::next).
    ///
    /// Where the token of an API holds the whole query, as that of a next page's URI does, it replaces the parameters
    /// that the call sets. A token that is not one of the list is an error of the call.
    pub fn resume(mut self, token: impl Into<PageToken>) -> Self {
        self.options.resume = Some(Resume {
            token: token.into(),
            query: resumed_query,
        });
        self
    }
}

// Functions, not methods, so that fields of a schema may have their names.

/// Prepares the request of a call.
pub(crate) fn prepare_call<C, O: Operation>(call: Call<'_, C, O>) -> Result<PreparedRequest, Error> {
    let operation = call.operation;
    prepare(&O::INFO, &|request| operation.encode(request), call.options)
}

/// Returns the requests for the pages of a list, beginning with this call.
pub(crate) fn paginate<C, O: Paged>(call: Call<'_, C, O>) -> Paginator {
    Paginator::new(prepare_call(call))
}

/// Shows the operation's name and not the values that it sends.
impl<C, O: Operation> fmt::Debug for Call<'_, C, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Call")
            .field("operation", &O::INFO.name)
            .field("options", &self.options)
            .finish()
    }
}

/// A request builder whose call returns the whole [`Response`](super::Response).
#[must_use = "a call does nothing until it is awaited or sent"]
pub struct WithResponse<'c, C, O> {
    pub(crate) call: Call<'c, C, O>,
}

impl<C, O: Clone> Clone for WithResponse<'_, C, O> {
    fn clone(&self) -> Self {
        Self {
            call: self.call.clone(),
        }
    }
}

impl<C, O: Operation> fmt::Debug for WithResponse<'_, C, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("WithResponse")
            .field("call", &self.call)
            .finish()
    }
}
