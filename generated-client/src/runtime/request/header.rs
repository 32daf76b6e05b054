//! Headers set by the user.

use http::{HeaderName, HeaderValue};

/// Parses a header set by the user. `Debug` doesn't print its value.
pub(crate) fn parse_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = HeaderName::try_from(name).map_err(|_| "invalid header name".to_owned())?;
    let mut value = HeaderValue::try_from(value).map_err(|_| format!("invalid header value for `{name}`"))?;
    value.set_sensitive(true);
    Ok((name, value))
}
