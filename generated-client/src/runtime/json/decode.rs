//! Reads the body of a response as a whole.

use std::fmt;

use serde_core::de::DeserializeSeed;

use super::Target;
use super::path::split_path;
use super::read::JsonReader;

/// The reason why a response could not be decoded. Contains no value of the body.
#[derive(Debug)]
pub struct DecodeError {
    path: String,
    message: String,
    source: Option<serde_json::Error>,
}

impl DecodeError {
    /// Where in the body, as in `items[3].created_at`; empty at its top.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was expected there and what was found.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl DecodeError {
    fn whole(message: &str) -> Self {
        Self {
            path: String::new(),
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
        self.source.as_ref().map(|source| source as _)
    }
}

impl From<serde_json::Error> for DecodeError {
    fn from(error: serde_json::Error) -> Self {
        let text = error.to_string();
        let (path, message) = split_path(&text);
        Self {
            path: path.to_owned(),
            message: message.to_owned(),
            source: Some(error),
        }
    }
}

/// Reads a whole body into its target.
///
/// That it is UTF-8 is checked once: to check each string in it costs a seventh of all reading.
pub(crate) fn decode_json(body: &[u8], target: Target<'_>) -> Result<(), DecodeError> {
    if body.is_empty() {
        return Err(DecodeError::whole("the body is empty"));
    }
    let body = std::str::from_utf8(body).map_err(|_| DecodeError::whole("the body is not valid UTF-8"))?;
    let mut input = serde_json::Deserializer::from_str(body);
    JsonReader::new(target).deserialize(&mut input)?;
    input.end()?;
    Ok(())
}
