//! Decoding of responses.

use http::HeaderMap;
use http::header::CONTENT_ENCODING;

use super::{RawResponse, ReceivedResponse, Response};
use crate::runtime::Error;
use crate::runtime::json::{Codec, DecodeError, JsonValue, Selection, Target, decode_json};
use crate::runtime::logging::{log_failure, log_success};

/// A type that a successful response can be decoded as.
pub trait FromResponse: Sized {
    /// Decodes a response.
    ///
    /// # Errors
    ///
    /// Returns an error if the response cannot be decoded as this type.
    fn from_response(response: &RawResponse<'_>) -> Result<Self, DecodeError>;
}

/// A response without content. Ignores the body.
impl FromResponse for () {
    fn from_response(_: &RawResponse<'_>) -> Result<Self, DecodeError> {
        Ok(())
    }
}

/// The response headers. Ignores the body, which the response to a HEAD request does not have.
impl FromResponse for HeaderMap {
    fn from_response(response: &RawResponse<'_>) -> Result<Self, DecodeError> {
        Ok(response.headers.clone())
    }
}

impl<T: JsonValue> FromResponse for T {
    #[inline]
    fn from_response(response: &RawResponse<'_>) -> Result<Self, DecodeError> {
        let mut value = T::empty();
        decode_value(response, value.target().coded(response.info.codec))?;
        Ok(value)
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

/// Decodes a response.
#[inline]
pub(crate) fn decode<T: FromResponse>(received: &mut ReceivedResponse) -> Result<T, Error> {
    match T::from_response(&received.raw()) {
        Ok(value) => {
            succeeded(received);
            Ok(value)
        }
        Err(error) => Err(undecodable(received, error)),
    }
}

/// Decodes a response, and returns the value with the response, whose headers and body it takes.
pub(crate) fn decode_with_response<T: FromResponse>(received: &mut ReceivedResponse) -> Result<Response<T>, Error> {
    let value = decode(received)?;
    let response = &mut received.response;
    Ok(Response {
        request_id: received.api.errors.request_id_in(response.headers()),
        status: response.status(),
        headers: std::mem::take(response.headers_mut()),
        body: std::mem::take(response.body_mut()),
        value,
    })
}

/// Returns the content encoding of a body that is encoded.
fn content_encoding(headers: &HeaderMap) -> Option<&str> {
    let encoding = headers.get(CONTENT_ENCODING)?.to_str().ok()?.trim();
    (!encoding.is_empty() && !encoding.eq_ignore_ascii_case("identity")).then_some(encoding)
}

/// Logs that a response was decoded.
pub(crate) fn succeeded(received: &ReceivedResponse) {
    log_success(&received.span, received.response.status().as_u16(), received.attempts);
}

/// Returns and logs the error of a response, or a part of it, that cannot be decoded.
pub(crate) fn undecodable(received: &ReceivedResponse, error: DecodeError) -> Error {
    // Some transports decompress bodies without removing the header, so the header alone is not an error.
    let error = match content_encoding(received.response.headers()) {
        Some(encoding) if error.path().is_empty() => {
            let problem = format!("the body has the content encoding `{encoding}`, which is not supported");
            DecodeError::at(String::new(), &problem)
        }
        Some(_) | None => error,
    };
    let error = Error::decode(error, &received.response, &received.api.errors)
        .with_operation(received.info)
        .with_attempts(received.attempts);
    log_failure(&received.span, &error);
    error
}
