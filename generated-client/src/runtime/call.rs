//! One call of an operation: prepared, adjusted, then awaited or sent.

use std::fmt::{self, Display};
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::HeaderMap;

use super::encoder::{Encoded, append_query};
use super::exchange::Answer;
use super::operation::FromResponse;
use super::paging::{Walk, first_query};
use super::settings::parse_header;
use super::{BoxFuture, Client, DecodeError, Encoder, Error, Items, Operation, Paged, Pages, Response, Spec};

/// One call of an operation, bound to a client. Nothing is sent before it is awaited (async) or sent (blocking).
///
/// The operation's own setters stand on the alias that its resource returns.
// Setters are inherent methods of this type, so no field of the schema can be named as one of its methods:
// deadline, header, into_future, items, new, no_retry, pages, query, resume, send, timeout, with_response.
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
    pub(crate) deadline: Option<Duration>,
    pub(crate) no_retry: bool,
    /// Encoded pairs for the query.
    pub(crate) query: Vec<String>,
    resume: Option<String>,
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

    /// Adds a parameter to the query, one that the schema does not know.
    pub fn query(mut self, name: impl AsRef<str>, value: impl Display) -> Self {
        let mut pair = String::new();
        append_query(&mut pair, name.as_ref(), &value);
        self.options.query.push(pair);
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

    /// Asks for the whole answer: status, headers and body beside the value.
    pub fn with_response(self) -> WithResponse<'c, C, O> {
        WithResponse { call: self }
    }
}

impl<C, O: Paged> Call<'_, C, O> {
    /// Begins with the page that another page's `next` leads to, instead of the first.
    ///
    /// Of a URI only the query is used, in the place of the call's own.
    pub fn resume(mut self, next: impl Into<String>) -> Self {
        self.options.resume = Some(next.into());
        self
    }
}

// Functions, not methods, so that fields of a schema may have their names.

/// What a call sends.
pub(crate) fn prepare<C, O: Operation>(call: Call<'_, C, O>) -> Result<Prepared, Error> {
    let operation = call.operation;
    prepare_with(&O::SPEC, &|request| operation.encode(request), call.options)
}

fn prepare_with(spec: &'static Spec, encode: &dyn Fn(&mut Encoder), options: Options) -> Result<Prepared, Error> {
    let mut encoder = Encoder::new(spec);
    encode(&mut encoder);
    finish(encoder.finish(*spec), options).map_err(|problem| Error::unusable(problem).of(spec))
}

/// The pages that a call leads to.
pub(crate) fn walk<C, O: Paged>(call: Call<'_, C, O>) -> Walk {
    Walk::new(prepare(call))
}

fn finish(encoded: Result<Encoded, String>, mut options: Options) -> Result<Prepared, String> {
    if let Some(problem) = options.problem.take() {
        return Err(problem);
    }
    let mut encoded = encoded?;
    encoded.query = first_query(encoded.query, options.resume.take().as_deref(), &options.query);
    Ok(Prepared { encoded, options })
}

impl Options {
    fn header(&mut self, name: &str, value: &str) {
        match parse_header(name, value) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(problem) => {
                self.problem.get_or_insert(problem);
            }
        }
    }
}

/// Shows names alone: values may be secret.
impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("timeout", &self.timeout)
            .field("deadline", &self.deadline)
            .field("no_retry", &self.no_retry)
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
pub(crate) fn decode<T: FromResponse>(spec: &Spec, answer: &Answer) -> Result<T, Error> {
    T::from_response(spec, answer.response.body()).map_err(|error| undecodable(spec, answer, error))
}

fn undecodable(spec: &Spec, Answer { response, attempts }: &Answer, error: DecodeError) -> Error {
    Error::undecodable(error, response.status(), response.headers())
        .of(spec)
        .after_attempts(*attempts)
}

/// Reads an answer as what the operation returns, and keeps all of it.
pub(crate) fn decode_whole<T: FromResponse>(spec: &Spec, answer: Answer) -> Result<Response<T>, Error> {
    let value = decode(spec, &answer)?;
    let (parts, body) = answer.response.into_parts();
    Ok(Response {
        status: parts.status,
        headers: parts.headers,
        body,
        value,
    })
}

/// A call that was sent: gives what the answer is read as.
#[must_use = "a future does nothing until it is awaited"]
pub struct Sent<T> {
    answer: BoxFuture<'static, Result<Answer, Error>>,
    spec: &'static Spec,
    read: fn(&Spec, Answer) -> Result<T, Error>,
}

impl<T> Future for Sent<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = self.answer.as_mut().poll(context);
        answer.map(|answer| (self.read)(self.spec, answer?))
    }
}

impl<T> fmt::Debug for Sent<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Sent").finish_non_exhaustive()
    }
}

impl<O: Operation> IntoFuture for Call<'_, Client, O> {
    type Output = Result<O::Output, Error>;
    type IntoFuture = Sent<O::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Sent {
            answer: self.client.exchange(prepare(self)),
            spec: &O::SPEC,
            read: |spec, answer| decode(spec, &answer),
        }
    }
}

impl<O: Operation> IntoFuture for WithResponse<'_, Client, O> {
    type Output = Result<Response<O::Output>, Error>;
    type IntoFuture = Sent<Response<O::Output>>;

    fn into_future(self) -> Self::IntoFuture {
        Sent {
            answer: self.call.client.exchange(prepare(self.call)),
            spec: &O::SPEC,
            read: decode_whole,
        }
    }
}

impl<O: Paged> Call<'_, Client, O> {
    /// A stream of every page. The call's options hold for each.
    pub fn pages(self) -> Pages<O> {
        Pages::new(self.client.clone(), walk(self))
    }

    /// A stream of the items of every page. The call's options hold for each page.
    pub fn items(self) -> Items<O> {
        Items::new(self.pages())
    }
}
