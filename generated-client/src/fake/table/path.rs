//! The path templates of operations, such as `/things/{id}`.

use std::cmp::Reverse;
use std::fmt::Write;

use percent_encoding::percent_decode_str;

use crate::runtime::{escape, escape_path, next_parameter};

/// A path template, parsed into segments.
pub(super) struct Template {
    segments: Vec<Segment>,
}

/// A segment of a template.
enum Segment {
    /// A text without parameters, normalized.
    Literal(String),
    /// Parameters and the texts around them.
    Mixed(Mixed),
    /// A parameter that matches one or more segments: `{name*}`.
    Rest,
}

/// The normalized texts around the parameters of a segment. There is one more text than parameters.
struct Mixed {
    first: String,
    /// The text after each parameter.
    following: Vec<String>,
}

/// The rank of a template among those that match the same path. The lowest one has precedence.
pub(super) type Rank = Vec<(u8, Reverse<usize>)>;

impl Template {
    pub(super) fn parse(template: &str) -> Self {
        Self {
            segments: segments(template).map(Segment::parse).collect(),
        }
    }

    /// Returns the number of segments of the paths that the template matches; `None` if it varies.
    pub(super) fn length(&self) -> Option<usize> {
        let is_fixed = !matches!(self.segments.last(), Some(Segment::Rest));
        is_fixed.then_some(self.segments.len())
    }

    /// Returns the number of segments without parameters.
    pub(super) fn literals(&self) -> usize {
        let is_literal = |segment: &&Segment| matches!(segment, Segment::Literal(_));
        self.segments.iter().filter(is_literal).count()
    }

    /// Returns the rank of the template: the more text at the start of the path, the lower.
    pub(super) fn rank(&self) -> Rank {
        let rank = |segment: &Segment| match segment {
            Segment::Literal(_) => (0, Reverse(0)),
            Segment::Mixed(mixed) => match mixed.text_length() {
                0 => (2, Reverse(0)),
                length => (1, Reverse(length)),
            },
            Segment::Rest => (3, Reverse(0)),
        };
        self.segments.iter().map(rank).collect()
    }

    /// Returns the decoded values of the parameters, in order, if the template matches a path.
    ///
    /// Parameters match any non-empty text.
    pub(super) fn values(&self, path: &RequestPath) -> Option<Vec<String>> {
        let (requested, mut values) = (&path.segments, Vec::new());
        let fits = match self.length() {
            Some(length) => requested.len() == length,
            None => requested.len() >= self.segments.len(),
        };
        if !fits {
            return None;
        }
        for (index, segment) in self.segments.iter().enumerate() {
            match segment {
                Segment::Literal(text) if *text == requested[index] => {}
                Segment::Literal(_) => return None,
                Segment::Mixed(mixed) => values.extend(mixed.values(&requested[index])?.into_iter().map(decode)),
                Segment::Rest => {
                    let rest = &requested[index..];
                    if rest.iter().any(String::is_empty) {
                        return None;
                    }
                    values.push(decode(rest.join("/")));
                }
            }
        }
        Some(values)
    }
}

impl Segment {
    fn parse(segment: &str) -> Self {
        let Some(parameter) = next_parameter(segment) else {
            return Self::Literal(normalize(segment));
        };
        if parameter.spans_segments {
            return Self::Rest;
        }
        let first = normalize(parameter.before);
        let mut following = Vec::new();
        let mut after = parameter.after;
        while let Some(next) = next_parameter(after) {
            following.push(normalize(next.before));
            after = next.after;
        }
        following.push(normalize(after));
        Self::Mixed(Mixed { first, following })
    }
}

impl Mixed {
    fn text_length(&self) -> usize {
        self.first.len() + self.following.iter().map(String::len).sum::<usize>()
    }

    /// Returns the values of the parameters if the texts match. Each value but the last is as short as possible.
    fn values<'a>(&self, segment: &'a str) -> Option<Vec<&'a str>> {
        let mut rest = segment.strip_prefix(self.first.as_str())?;
        let (last, others) = self.following.split_last()?;
        let mut values = Vec::new();
        for text in others {
            let mut ends = rest.char_indices().map(|(end, _)| end);
            let end = ends.find(|end| is_value(&rest[..*end]) && rest[*end..].starts_with(text))?;
            values.push(&rest[..end]);
            rest = &rest[end + text.len()..];
        }
        values.push(rest.strip_suffix(last.as_str()).filter(|value| is_value(value))?);
        Some(values)
    }
}

/// Returns `true` for a text that is not empty and does not end within a percent-escape.
fn is_value(text: &str) -> bool {
    !text.is_empty() && !text.bytes().rev().take(2).any(|byte| byte == b'%')
}

/// The path of a request, split into normalized segments.
pub(super) struct RequestPath {
    segments: Vec<String>,
}

impl RequestPath {
    pub(super) fn parse(path: &str) -> Self {
        Self {
            segments: segments(path).map(normalize).collect(),
        }
    }

    pub(super) fn length(&self) -> usize {
        self.segments.len()
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}

/// Decodes escapes of unreserved characters, and writes others in upper case: equivalent texts become equal (RFC 3986,
/// section 6.2.2).
fn normalize(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut normalized = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let escape = piece.split_at_checked(2);
        let escape = escape.filter(|(digits, _)| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let byte = escape.and_then(|(digits, rest)| Some((u8::from_str_radix(digits, 16).ok()?, rest)));
        // Writing to a string never fails.
        let _ = match byte {
            Some((byte, rest)) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                write!(normalized, "{}{rest}", char::from(byte))
            }
            Some((byte, rest)) => write!(normalized, "%{byte:02X}{rest}"),
            None => write!(normalized, "%{piece}"),
        };
    }
    normalized
}

fn decode(text: impl AsRef<str>) -> String {
    percent_decode_str(text.as_ref()).decode_utf8_lossy().into_owned()
}

/// Returns the names of a path's parameters, in order.
pub(crate) fn parameter_names(path: &'static str) -> impl Iterator<Item = &'static str> {
    let parameters = std::iter::successors(next_parameter(path), |parameter| next_parameter(parameter.after));
    parameters.map(|parameter| parameter.name)
}

/// Returns the URI of a path below a base URL, with these values of its parameters.
pub(crate) fn fill<'a>(base_url: &str, path: &str, values: impl IntoIterator<Item = &'a String>) -> String {
    let mut uri = base_url.to_owned();
    let mut values = values.into_iter();
    let mut rest = path;
    while let Some(parameter) = next_parameter(rest) {
        uri.push_str(parameter.before);
        let value = values.next().map_or("", String::as_str);
        if parameter.spans_segments {
            escape_path(&mut uri, &value);
        } else {
            escape(&mut uri, &value);
        }
        rest = parameter.after;
    }
    uri.push_str(rest);
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(template: &str, path: &str) -> Option<Vec<String>> {
        Template::parse(template).values(&RequestPath::parse(path))
    }

    fn assert_matches(template: &str, path: &str, expected: &[&str]) {
        let values = values(template, path);
        let values: Option<Vec<_>> = values
            .as_ref()
            .map(|values| values.iter().map(String::as_str).collect());
        assert_eq!(values.as_deref(), Some(expected), "{template} {path}");
    }

    #[test]
    fn matches_parameters_within_a_segment() {
        assert_matches("/things/{id}.json", "/things/a.json.json", &["a.json"]);
        assert_matches("/things/{id}.json", "/things/a%2Fb%2ejson", &["a/b"]);
        assert_matches("/things/{id}:stop", "/things/a%3Astop:stop", &["a:stop"]);
        assert_matches("/compare/{a}...{b}", "/compare/v1...v2...v3", &["v1", "v2...v3"]);
        assert_matches("/compare/{a}...{b}", "/compare/v1....v2", &["v1", ".v2"]);
        assert_matches("/compare/{a}...{b}", "/compare/....b", &[".", "b"]);
        assert_matches("/v1.{minor}/x", "/v1.2/x", &["2"]);
        for (template, path) in [
            ("/things/{id}.json", "/things/.json"),
            ("/things/{id}.json", "/things/a.jsonx"),
            ("/things/{id}.json", "/things/a/b.json"),
            ("/things/{id}:stop", "/things/a%3Astop"),
            ("/compare/{a}...{b}", "/compare/...b"),
            ("/compare/{a}...{b}", "/compare/a..."),
            ("/v1.{minor}/x", "/v2.2/x"),
            ("/{a}25{b}", "/x%25y"),
            ("/{a}5", "/x%25"),
        ] {
            assert_eq!(values(template, path), None, "{template} {path}");
        }
        assert_matches("/{a}20{b}", "/x%20y20z", &["x y", "z"]);
        assert_matches("/{a}b", "/%E9b", &["\u{fffd}"]);
    }

    #[test]
    fn literals_match_equivalent_escapes_only() {
        assert_matches("/a%2fb-c", "/a%2Fb%2Dc", &[]);
        assert_eq!(values("/a:b", "/a%3Ab"), None);
        assert_eq!(values("/a%2Fb", "/a/b"), None);
        assert_eq!(values("/things/", "/things"), None);
        assert_eq!(values("/things", "/things/"), None);
        assert_matches("/things/", "/things/", &[]);
        assert_matches("/", "/", &[]);
        assert_matches("/%zz%", "/%zz%", &[]);
        assert_eq!(values("/%+1", "/%01"), None);
    }

    #[test]
    fn parameter_over_segments_matches_the_rest() {
        const TEMPLATE: &str = "/repos/{id}/contents/{path*}";
        assert_matches(TEMPLATE, "/repos/1/contents/a", &["1", "a"]);
        assert_matches(TEMPLATE, "/repos/1/contents/a%20b/c.rs", &["1", "a b/c.rs"]);
        for path in [
            "/repos/1/contents",
            "/repos/1/contents/",
            "/repos/1/contents/a/",
            "/repos/1/contents//a",
            "/repos//contents/a",
        ] {
            assert_eq!(values(TEMPLATE, path), None, "{path}");
        }
    }

    #[test]
    fn fills_path_with_encoded_values() {
        let values = ["a/b".to_owned(), "c/d e".to_owned()];
        let filled = |template| fill("https://h/v1", template, &values);
        assert_eq!(
            filled("/things/{id}/parts/{part}"),
            "https://h/v1/things/a%2Fb/parts/c%2Fd%20e"
        );
        assert_eq!(
            filled("/things/{id}.json/{path*}"),
            "https://h/v1/things/a%2Fb.json/c/d%20e"
        );
        assert_eq!(filled("/x/"), "https://h/v1/x/");
    }
}
