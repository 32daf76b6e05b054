//! Decoding of responses.

use http::HeaderMap;
use http::header::CONTENT_ENCODING;
use tracing::Span;

use super::{RawResponse, ReceivedResponse, Response};
use crate::runtime::Error;
use crate::runtime::json::{Codec, DecodeError, Form, JsonValue, Selection, Target, decode_json};
use crate::runtime::logging::{log_failure, log_success};

/// A type that a successful response can be decoded as.
pub trait FromResponse: Sized {
    /// Decodes a response, logs the outcome, and drops the content of the response.
    ///
    /// # Errors
    ///
    /// Returns an error if the response cannot be decoded as this type.
    // If futures dropped the content after decoding, they would contain code that drops the value if that panics.
    fn from_response(received: &mut ReceivedResponse) -> Result<Self, Error>;
}

/// A response without content. Ignores the body.
impl FromResponse for () {
    fn from_response(received: &mut ReceivedResponse) -> Result<Self, Error> {
        received.conclude(Ok(()))
    }
}

/// The response headers. Ignores the body, which the response to a HEAD request does not have.
impl FromResponse for HeaderMap {
    fn from_response(received: &mut ReceivedResponse) -> Result<Self, Error> {
        received.conclude(Ok(received.response.headers().clone()))
    }
}

impl<T: JsonValue> FromResponse for T {
    #[inline]
    fn from_response(received: &mut ReceivedResponse) -> Result<Self, Error> {
        let mut value = T::empty();
        match received.decode(T::Form::target(&mut value)) {
            Ok(()) => Ok(value),
            Err(error) => Err(error),
        }
    }
}

/// Decodes the value of a response, which may be wrapped in an object. A response whose status has no value keeps the target.
fn decode_value(response: &RawResponse<'_>, target: Target<'_>) -> Result<(), DecodeError> {
    let target = match response.info.statuses {
        None => target,
        Some(statuses) => match (statuses.iter().find(|(status, _)| response.status == *status), target) {
            (None, _) => return Err(response.unexpected_status()),
            (Some((_, false)), _) => return Ok(()),
            // This status has a value, although another one has none.
            (Some((_, true)), Target::Optional(optional, codec)) => optional.fill().coded(codec),
            (Some((_, true)), target) => target,
        },
    };
    let Some(location) = response.info.response_key else {
        return decode_json(response.body, target);
    };
    let mut envelope = Selection::document(location, target);
    decode_json(response.body, Target::Object(&mut envelope, Codec::Plain))?;
    envelope.require(location)
}

/// Decodes a response, and returns the value with the response.
pub(crate) fn decode_with_response<T: FromResponse>(received: &mut ReceivedResponse) -> Result<Response<T>, Error> {
    let response = received.without_value();
    T::from_response(received).map(|value| response.with_value(value))
}

/// Returns the content encoding of a body that is encoded.
fn content_encoding(headers: &HeaderMap) -> Option<&str> {
    let encoding = headers.get(CONTENT_ENCODING)?.to_str().ok()?.trim();
    (!encoding.is_empty() && !encoding.eq_ignore_ascii_case("identity")).then_some(encoding)
}

impl ReceivedResponse {
    /// Decodes the value of the response into its target, and logs the outcome.
    fn decode(&mut self, target: Target<'_>) -> Result<(), Error> {
        let decoded = decode_value(&self.raw(), target.coded(self.info.codec));
        self.conclude(decoded)
    }

    /// Logs the outcome of decoding the response, drops its content, and returns the outcome.
    pub(crate) fn conclude<T>(&mut self, decoded: Result<T, DecodeError>) -> Result<T, Error> {
        let outcome = match decoded {
            Ok(value) => {
                self.log_success();
                Ok(value)
            }
            Err(error) => Err(self.undecodable(error)),
        };
        self.clear();
        outcome
    }

    /// Drops the content of the response, and ends the span of the call.
    fn clear(&mut self) {
        self.query = String::new();
        self.response = http::Response::default();
        self.span = Span::none();
    }

    /// Logs that the response was decoded.
    pub(crate) fn log_success(&self) {
        log_success(&self.span, self.response.status().as_u16(), self.attempts);
    }

    /// Returns and logs the error of a response, or a part of it, that cannot be decoded.
    pub(crate) fn undecodable(&self, error: DecodeError) -> Error {
        // Some transports decompress bodies without removing the header, so the header alone is not an error.
        let error = match content_encoding(self.response.headers()) {
            Some(encoding) if error.path().is_empty() => {
                let problem = format!("the body has the content encoding `{encoding}`, which is not supported");
                DecodeError::at(String::new(), &problem)
            }
            Some(_) | None => error,
        };
        let error = Error::decode(error, &self.response, &self.api.errors)
            .with_operation(self.info)
            .with_attempts(self.attempts);
        log_failure(&self.span, &error);
        error
    }
}
