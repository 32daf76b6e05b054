//! The path templates of operations, with a `{name}` for each parameter.

use percent_encoding::percent_decode_str;

use crate::runtime::escape;

/// Returns the segments of a path.
pub(super) fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}

/// Returns the names of a path's parameters, in order.
pub(crate) fn parameter_names(path: &'static str) -> impl DoubleEndedIterator<Item = &'static str> {
    let names = |segment: &'static str| segment.strip_prefix('{')?.strip_suffix('}');
    path.split('/').filter_map(names)
}

/// Returns the URI of a path below a base URL, with these values of its parameters.
pub(crate) fn fill<'a>(base_url: &str, path: &str, values: impl IntoIterator<Item = &'a String>) -> String {
    let mut uri = base_url.to_owned();
    let mut values = values.into_iter();
    for segment in segments(path) {
        uri.push('/');
        if is_parameter(segment) {
            escape(&mut uri, values.next().map_or("", String::as_str));
        } else {
            uri.push_str(segment);
        }
    }
    uri
}

/// Returns `true` if these segments match a template. Parameters match any non-empty segment.
pub(super) fn matches(template: &'static str, requested: &[&str]) -> bool {
    let mut both = segments(template).zip(requested);
    both.all(|(expected, requested)| {
        if is_parameter(expected) {
            !requested.is_empty()
        } else {
            expected == *requested
        }
    })
}

/// Returns the decoded values of a path's parameters, in order.
pub(super) fn parameters(template: &'static str, requested: &[&str]) -> Vec<String> {
    segments(template)
        .zip(requested)
        .filter(|(expected, _)| is_parameter(expected))
        .map(|(_, requested)| percent_decode_str(requested).decode_utf8_lossy().into_owned())
        .collect()
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_path_with_encoded_segments() {
        let values = ["a/b".to_owned(), "c".to_owned()];
        let uri = fill("https://h/v1", "/things/{id}/parts/{part}", &values);
        assert_eq!(uri, "https://h/v1/things/a%2Fb/parts/c");
    }
}
