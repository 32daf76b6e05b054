//! Tokens of pages.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// Identifies a page of a list, for [`Call::resume`](crate::runtime::Call::resume).
///
/// Its text depends on the API and is to be passed on as it is: `Display` and `FromStr` store it, for example between
/// two runs of a program.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageToken(String);

impl PageToken {
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for PageToken {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&Self> for PageToken {
    fn from(token: &Self) -> Self {
        token.clone()
    }
}

impl fmt::Display for PageToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Never fails. A text that cannot be a token of the list is an error of the call that resumes with it.
impl FromStr for PageToken {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}
