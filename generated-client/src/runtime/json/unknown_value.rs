//! Values of enums that this version of the client does not know.

use std::fmt;

/// A value unknown to this version of the client, kept verbatim.
///
/// Its text is deliberately not a pattern: a later version may know the value, as a variant of its own, and a `match` on
/// the text would then never be reached. Compare with the `as_str` of the enum instead, which is the same in both
/// versions.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct UnknownValue(String);

impl UnknownValue {
    #[doc(hidden)]
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Returns the value as the API writes it.
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
