//! Finding and removing query parameters in percent-encoded text.

use percent_encoding::percent_decode_str;

use super::append_pair;

/// Returns `true` if a percent-encoded pair is a parameter with this name, however it is encoded.
pub(crate) fn is_named(pair: &str, name: &str) -> bool {
    let encoded = pair.split('=').next().unwrap_or_default().replace('+', " ");
    percent_decode_str(&encoded).eq(name.bytes())
}

/// Removes every pair with this name from a percent-encoded query.
pub(crate) fn remove_parameter(query: &str, name: &str) -> String {
    let mut others = String::new();
    for pair in query.split('&') {
        if !is_named(pair, name) {
            append_pair(&mut others, pair);
        }
    }
    others
}

/// Removes every query parameter with this name from a URI, which may be relative.
pub(crate) fn remove_parameter_of_uri(uri: &str, name: &str) -> String {
    let (uri, fragment) = uri.split_at(uri.find('#').unwrap_or(uri.len()));
    match uri.split_once('?') {
        None => [uri, fragment].concat(),
        Some((target, query)) => {
            // The question mark stays: an empty query differs from none in a relative URI.
            [target, "?", &remove_parameter(query, name), fragment].concat()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_parameters_however_they_are_encoded() {
        for (uri, expected) in [
            ("https://h/a?api_key=s&b=c", "https://h/a?b=c"),
            ("/a?b=c&api_key=s", "/a?b=c"),
            ("?b=c&api%5Fkey=s&d#e?api_key=s", "?b=c&d#e?api_key=s"),
            ("/a?api_key=s#e", "/a?#e"),
            ("/a?api_key", "/a?"),
            (
                "/a?api_keys=s&my_api_key=s&b=api_key",
                "/a?api_keys=s&my_api_key=s&b=api_key",
            ),
            ("/api_key=s", "/api_key=s"),
            ("", ""),
        ] {
            assert_eq!(remove_parameter_of_uri(uri, "api_key"), expected);
        }
        assert_eq!(remove_parameter("api+key=s&b&api%20key=s", "api key"), "b");
    }
}
