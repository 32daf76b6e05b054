//! Headers that a program sets.

use http::{HeaderName, HeaderValue};

/// Parses a header that the program sets; its value is kept out of every `Debug`.
pub(crate) fn parse_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name =
        HeaderName::try_from(name).map_err(|_| "a header's name has characters that no header can carry".to_owned())?;
    let mut value = HeaderValue::try_from(value)
        .map_err(|_| format!("the value of the header `{name}` has characters that no header can carry"))?;
    value.set_sensitive(true);
    Ok((name, value))
}
