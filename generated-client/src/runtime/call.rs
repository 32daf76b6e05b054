//! One call of an operation: prepared, adjusted, then awaited or sent.

use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::encoder::Encoded;
use super::operation::FromResponse;
use super::paging::Walk;
use super::{BoxFuture, Client, Encoder, Error, Items, Operation, Paged, Pages, Response};

/// One call of an operation, bound to a client. Nothing is sent before it is awaited (async) or sent (blocking).
///
/// The operation's own setters stand on the alias that its resource returns.
// Setters are inherent methods of this type, so no field of the schema can be named as one of its methods:
// new, header, timeout, deadline, query, no_retry, with_response, send, items, pages, into_future.
#[must_use = "a call does nothing until it is awaited or sent"]
pub struct Call<'c, C, O> {
    pub(crate) client: &'c C,
    pub(crate) operation: O,
    options: Options,
}

/// What a call asks for beyond its operation.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Option<Duration>,
    problem: Option<String>,
}

/// A request that lacks only what the client adds.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(crate) encoded: Encoded,
    pub(crate) options: Options,
}

impl<'c, C, O> Call<'c, C, O> {
    pub(crate) fn new(client: &'c C, operation: O) -> Self {
        Self {
            client,
            operation,
            options: Options::default(),
        }
    }

    /// Sends a header with this call, in the place of any of the same name.
    ///
    /// A name or a value that no header can have fails the call before anything is sent.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.options.header(name.as_ref(), value.as_ref());
        self
    }

    /// Bounds each attempt of this call, in the place of the client's time-out.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Asks for the whole answer: status, headers and body beside the value.
    pub fn with_response(self) -> WithResponse<'c, C, O> {
        WithResponse { call: self }
    }
}

impl<C, O: Operation> Call<'_, C, O> {
    pub(crate) fn prepare(self) -> Result<Prepared, Error> {
        let mut encoder = Encoder::new(&O::SPEC);
        self.operation.encode(&mut encoder);
        prepare(encoder.finish(O::SPEC), self.options).map_err(|problem| Error::unusable(problem).of(O::SPEC.name))
    }

    pub(crate) fn walk(self) -> Walk {
        Walk::new(self.prepare())
    }
}

fn prepare(encoded: Result<Encoded, String>, mut options: Options) -> Result<Prepared, String> {
    match options.problem.take() {
        Some(problem) => Err(problem),
        None => Ok(Prepared {
            encoded: encoded?,
            options,
        }),
    }
}

impl Options {
    fn header(&mut self, name: &str, value: &str) {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => {
                self.headers.insert(name, value);
            }
            (Err(_), _) => self.refuse("a header's name has characters that no header can carry".to_owned()),
            (Ok(name), Err(_)) => {
                self.refuse(format!(
                    "the value of the header `{name}` has characters that no header can carry"
                ));
            }
        }
    }

    fn refuse(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }
}

/// Shows names alone: values may be secret.
impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// Shows the operation's name and not the values that it sends.
impl<C, O: Operation> fmt::Debug for Call<'_, C, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Call")
            .field("operation", &O::SPEC.name)
            .field("options", &self.options)
            .finish()
    }
}

/// A call that gives the whole answer.
#[must_use = "a call does nothing until it is awaited or sent"]
pub struct WithResponse<'c, C, O> {
    pub(crate) call: Call<'c, C, O>,
}

impl<C, O: Operation> fmt::Debug for WithResponse<'_, C, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("WithResponse")
            .field("call", &self.call)
            .finish()
    }
}

/// Reads an answer as what the operation returns.
pub(crate) fn decode<O: Operation>(answer: &http::Response<bytes::Bytes>) -> Result<O::Output, Error> {
    O::Output::from_response(&O::SPEC, answer.body())
        .map_err(|error| Error::undecodable(error, answer.status(), answer.headers()).of(O::SPEC.name))
}

/// Reads an answer as what the operation returns, and keeps all of it.
pub(crate) fn decode_whole<O: Operation>(answer: http::Response<bytes::Bytes>) -> Result<Response<O::Output>, Error> {
    let value = decode::<O>(&answer)?;
    let (parts, body) = answer.into_parts();
    Ok(Response {
        status: parts.status,
        headers: parts.headers,
        body,
        value,
    })
}

impl<O: Operation> IntoFuture for Call<'_, Client, O> {
    type Output = Result<O::Output, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let client = self.client.clone();
        let prepared = self.prepare();
        Box::pin(async move { decode::<O>(&client.exchange(prepared).await?) })
    }
}

impl<O: Operation> IntoFuture for WithResponse<'_, Client, O> {
    type Output = Result<Response<O::Output>, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let client = self.call.client.clone();
        let prepared = self.call.prepare();
        Box::pin(async move { decode_whole::<O>(client.exchange(prepared).await?) })
    }
}

impl<O: Paged> Call<'_, Client, O> {
    /// A stream of every page. The call's options hold for each.
    pub fn pages(self) -> Pages<O> {
        Pages::new(self.client.clone(), self.walk())
    }

    /// A stream of the items of every page. The call's options hold for each page.
    pub fn items(self) -> Items<O> {
        Items::new(self.pages())
    }
}
