//! Unknown values of string enums.

use std::fmt;

/// A value unknown to this version of the client, kept verbatim.
///
/// Compare it as a string, with the `as_str` method of the enum, because a later version of the client may add a
/// variant for the value. For the same reason, patterns cannot match its string.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct UnknownValue(String);

impl UnknownValue {
    #[doc(hidden)]
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Returns the value as used by the API.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}
