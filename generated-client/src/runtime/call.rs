//! Request builders.

use std::fmt::{self, Display};
use std::time::Duration;

use super::input::Input;
use super::paging::{Paginator, next_query};
use super::request::{CallOptions, CallParameters, Resume};
use super::{Operation, PageToken, Paged, RetryPolicy};

/// A request builder for one call of an operation.
///
/// Nothing is sent until the call is awaited (async client) or sent with `send` (blocking client).
///
/// The setters for the parameters of an operation are documented on the type alias of its call.
// Setters are inherent methods of this type, so a field in a schema must not have the name of one of its methods:
// deadline, header, into_future, items, new, no_retry, pages, query, resume, retry, send, timeout, with_response.
#[must_use = "a call does nothing until it is awaited or sent"]
pub struct Call<'c, C, O> {
    pub(crate) client: &'c C,
    pub(crate) operation: O,
    /// `None` until an option is set. This way, operations contain no code that copies unset options.
    pub(crate) options: Option<Box<CallOptions>>,
}

// Not derived, because a derived implementation would require `C: Clone`.
impl<C, O: Clone> Clone for Call<'_, C, O> {
    fn clone(&self) -> Self {
        Self {
            client: self.client,
            operation: self.operation.clone(),
            options: self.options.clone(),
        }
    }
}

impl<'c, C, D, B> Call<'c, C, Input<D, B>> {
    #[allow(dead_code, reason = "unused in an API without resources")]
    pub(crate) fn new(client: &'c C, parameters: CallParameters, body: B) -> Self {
        Self {
            client,
            operation: Input::new(parameters, body),
            options: None,
        }
    }
}

impl<'c, C, O> Call<'c, C, O> {
    /// Sets a header of this call, replacing any header of the same name, including the one with the API key.
    ///
    /// If the name or the value is invalid, the call returns an error without sending anything.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.options
            .get_or_insert_default()
            .header(name.as_ref(), value.as_ref());
        self
    }

    /// Adds a query parameter for which the operation has no setter. The name and the value are percent-encoded.
    pub fn query(mut self, name: impl AsRef<str>, value: impl Display) -> Self {
        self.options.get_or_insert_default().query(name.as_ref(), &value);
        self
    }

    /// Sets the timeout of each attempt of this call, overriding the client's timeout. If it is zero, the call returns an error
    /// without sending anything.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.get_or_insert_default().timeout = Some(timeout);
        self
    }

    /// Sets the deadline of this call, overriding the client's deadline. It limits the total duration of all attempts,
    /// the waits between them, and receiving the response body. If it is zero, the call returns an error without sending
    /// anything.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.options.get_or_insert_default().deadline = Some(deadline);
        self
    }

    /// Sets the retry policy of this call, replacing that of the client.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.get_or_insert_default().retry = Some(policy);
        self
    }

    /// Disables retries of this call.
    pub fn no_retry(mut self) -> Self {
        self.options.get_or_insert_default().retry = Some(RetryPolicy::none());
        self
    }

    /// Makes the call return the whole [`Response`](super::Response): the status, headers and body in addition to the
    /// decoded value. Must be the last method before the call is awaited or sent, because the result has no setters.
    pub fn with_response(self) -> WithResponse<'c, C, O> {
        WithResponse { call: self }
    }
}

impl<C, O: Paged> Call<'_, C, O> {
    /// Starts with the page identified by a token instead of the first page. See [`Page::next`](super::Page::next).
    ///
    /// If the API identifies pages by URI, the token contains all query parameters and replaces those set by the
    /// operation's setters. If the token is invalid, the call returns an error without sending anything.
    pub fn resume(mut self, token: impl Into<PageToken>) -> Self {
        self.options.get_or_insert_default().resume = Some(Resume {
            token: token.into(),
            query: next_query,
        });
        self
    }
}

// A function instead of a method, so that fields in a schema may have this name.

/// Returns a paginator that starts with this call.
pub(crate) fn paginate<C, O: Paged>(call: Call<'_, C, O>) -> Paginator {
    Paginator::new(call.operation.prepare(call.options))
}

/// Prints the name of the operation without its parameters, which may be secret.
impl<C, O: Operation> fmt::Debug for Call<'_, C, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Call")
            .field("operation", &O::INFO.name)
            .field("options", &self.options)
            .finish()
    }
}

/// A request builder for a call that returns the whole [`Response`](super::Response). Created by
/// [`Call::with_response`].
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
