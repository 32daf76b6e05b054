//! Headers set by the user.

use http::header::{
    ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, EXPECT, PROXY_AUTHORIZATION, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use http::{HeaderMap, HeaderName, HeaderValue};

/// Returns `true` for headers that describe the message or the connection. A wrong value breaks the connection.
fn is_managed(name: &HeaderName) -> bool {
    let standard = [
        CONNECTION,
        CONTENT_LENGTH,
        EXPECT,
        TE,
        TRAILER,
        TRANSFER_ENCODING,
        UPGRADE,
    ];
    standard.contains(name) || ["keep-alive", "proxy-connection"].contains(&name.as_str())
}

/// Sets a header, replacing any of the same name.
///
/// Not inlined, so that the crate contains this code once: it is large, and many modules set headers.
#[inline(never)]
pub(crate) fn insert_header(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.insert(name, value);
}

/// Parses a header set by the user. `Debug` doesn't print its value.
pub(crate) fn parse_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = HeaderName::try_from(name).map_err(|_| format!("invalid header name `{}`", name.escape_debug()))?;
    if is_managed(&name) {
        return Err(format!("the header `{name}` is set by the transport"));
    }
    if name == ACCEPT_ENCODING {
        return Err(format!(
            "the header `{name}` cannot be set: compressed responses are not supported"
        ));
    }
    if name == PROXY_AUTHORIZATION {
        return Err(format!(
            "the header `{name}` would be sent to the API: set the user and password in the URL of the proxy"
        ));
    }
    let mut value = HeaderValue::try_from(value).map_err(|_| format!("invalid header value for `{name}`"))?;
    value.set_sensitive(true);
    Ok((name, value))
}
