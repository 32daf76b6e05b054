//! Cross-origin resource sharing (CORS), so that web pages can call a fake on a socket.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD,
};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method};

/// Returns the headers of the response to a preflight request, or `None` if this is another request.
///
/// A browser sends it before a request with an API key or a JSON body. It has no API key itself.
pub(super) fn preflight(request: &Parts) -> Option<HeaderMap> {
    let method = request.headers.get(ACCESS_CONTROL_REQUEST_METHOD)?;
    if request.method != Method::OPTIONS {
        return None;
    }
    let mut headers = headers();
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, method.clone());
    if let Some(names) = request.headers.get(ACCESS_CONTROL_REQUEST_HEADERS) {
        // `*` would not include `Authorization`.
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    Some(headers)
}

/// Returns the headers that allow web pages of every origin to read a response.
pub(super) fn headers() -> HeaderMap {
    let any = HeaderValue::from_static("*");
    HeaderMap::from_iter([
        (ACCESS_CONTROL_ALLOW_ORIGIN, any.clone()),
        (ACCESS_CONTROL_EXPOSE_HEADERS, any),
    ])
}
