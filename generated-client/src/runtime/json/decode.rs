//! Decoding of response bodies.

use std::fmt;
use std::sync::Arc;

use serde_core::de::{DeserializeSeed, Error as _};

use super::Target;
use super::path::{at_index, at_key, split_path};
use super::read::JsonReader;

/// The error returned if a response cannot be decoded.
///
/// It contains the path to the value in the body, but not the value.
#[derive(Clone, Debug)]
pub struct DecodeError {
    path: String,
    message: String,
    source: Option<Arc<serde_json::Error>>,
}

impl DecodeError {
    /// Returns the path in the body, such as `items[3].created_at`. Empty if the error concerns the body as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the message without the path, such as `expected a string, found null at line 1 column 19`.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl DecodeError {
    fn of_body(message: &str) -> Self {
        Self::at(String::new(), message)
    }

    /// Creates the error for a value that is invalid although its type is not.
    pub(crate) fn at(path: String, message: &str) -> Self {
        Self {
            path,
            message: message.to_owned(),
            source: None,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(formatter, "{}: ", self.path)?;
        }
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl DecodeError {
    fn new(error: serde_json::Error) -> Self {
        let text = error.to_string();
        let (path, message) = split_path(&text);
        Self {
            path: path.to_owned(),
            message: message.to_owned(),
            source: Some(Arc::new(error)),
        }
    }
}

/// Decodes a body into its target. Null is an error unless the type of the target has a null value, and so is an object
/// without a known key.
///
/// Validates UTF-8 once for the whole body, because validating each string takes a seventh of the decoding time.
pub(crate) fn decode_json(body: &[u8], target: Target<'_>) -> Result<(), DecodeError> {
    // RFC 8259 allows a decoder to ignore a byte order mark.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    if body.trim_ascii().is_empty() {
        return Err(DecodeError::of_body("the body is empty"));
    }
    let body = std::str::from_utf8(body).map_err(|_| DecodeError::of_body("the body is not valid UTF-8"))?;
    let mut input = serde_json::Deserializer::from_str(body);
    let decoded = JsonReader::document(target).deserialize(&mut input);
    decoded.and_then(|()| input.end()).map_err(DecodeError::new)
}

/// Decodes an item of a list into its target. `list` is the location of the list in the body.
pub(crate) fn decode_item(list: &str, index: usize, item: &[u8], target: Target<'_>) -> Result<(), DecodeError> {
    let decoded = match std::str::from_utf8(item) {
        Ok(item) => JsonReader::new(target).deserialize(&mut serde_json::Deserializer::from_str(item)),
        Err(_) => Err(serde_json::Error::custom("the item is not valid UTF-8")),
    };
    decoded.map_err(|error| {
        let error: serde_json::Error = at_index(index, &without_position(&error));
        DecodeError::new(match dotted(list).as_str() {
            "" => error,
            list => at_key(list, &error),
        })
    })
}

/// Returns the message of an error without its position, which is relative to the item instead of the body.
fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&position).unwrap_or(&text).to_owned()
}

/// Returns a location, which is a key or a JSON pointer, as the path of an error.
pub(crate) fn dotted(location: &str) -> String {
    location.trim_start_matches('/').replace('/', ".")
}
