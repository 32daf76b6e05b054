//! The `Link` header of RFC 8288.

use http::HeaderMap;
use http::header::LINK;

/// Returns the target of the first link with this relation.
pub(super) fn link_target<'a>(headers: &'a HeaderMap, relation: &str) -> Option<&'a str> {
    for value in headers.get_all(LINK) {
        for (target, parameters) in links(value.to_str().unwrap_or_default()) {
            let is_wanted = |(name, value): &Parameter<'_>| {
                name.eq_ignore_ascii_case("rel")
                    && value
                        .split_ascii_whitespace()
                        .any(|rel| rel.eq_ignore_ascii_case(relation))
            };
            if parameters.iter().any(is_wanted) {
                return Some(target);
            }
        }
    }
    None
}

/// A parameter of a link: its name and its value without quotes.
type Parameter<'a> = (&'a str, &'a str);

/// Returns the targets and the parameters of all links in a header value. Ends at the first malformed link.
fn links(mut rest: &str) -> Vec<(&str, Vec<Parameter<'_>>)> {
    let mut links = Vec::new();
    loop {
        rest = rest.trim_start_matches([',', ' ', '\t']);
        let Some((target, after)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) else {
            return links;
        };
        let (parameters, after) = parameters(after);
        links.push((target, parameters));
        rest = after;
    }
}

/// Returns the parameters at the start of a text, and the text after them.
fn parameters(mut rest: &str) -> (Vec<Parameter<'_>>, &str) {
    let mut parameters = Vec::new();
    while let Some(after) = rest.trim_ascii_start().strip_prefix(';') {
        let (name, after) = split_at(after.trim_ascii_start(), b"=;,");
        let (value, after) = match after.strip_prefix('=') {
            Some(after) => value(after.trim_ascii_start()),
            None => ("", after),
        };
        parameters.push((name.trim_ascii_end(), value));
        rest = after;
    }
    (parameters, rest.trim_ascii_start())
}

/// Returns the token or the quoted string at the start of a text, and the text after it. Relations contain no escape
/// sequences, so none are decoded.
fn value(text: &str) -> (&str, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (token, rest) = split_at(text, b";,");
        return (token.trim_ascii_end(), rest);
    };
    let mut is_escaped = false;
    let end = quoted.bytes().position(|byte| {
        let ends = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    });
    match end {
        Some(end) => (&quoted[..end], &quoted[end + 1..]),
        None => (quoted, ""),
    }
}

/// Splits a text before the first of these ASCII characters.
fn split_at<'a>(text: &'a str, characters: &[u8]) -> (&'a str, &'a str) {
    let end = text.bytes().position(|byte| characters.contains(&byte));
    text.split_at(end.unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn finds_the_link_with_the_relation() {
        for (values, target) in [
            (&["<https://h/x?page=2>; rel=\"next\""][..], Some("https://h/x?page=2")),
            (&["</a?b=1,2;3>; rel=prev, </c?d>;rel=next"], Some("/c?d")),
            (&["</a>; title=\"x, <y>; rel=\\\"next\\\"\"; rel=last"], None),
            (&["</a>; rel=last", "</b>; REL=\"first NEXT\""], Some("/b")),
            (&["</a> ; rel = next"], Some("/a")),
            (&["</a>; nofollow; rel=next"], Some("/a")),
            (&["</a>; rel=\"next"], Some("/a")),
            (&["</a>; rel=nextish, "], None),
            (&["</a>; rel=\"prev\tnext\""], Some("/a")),
            (&["a; rel=next"], None),
            (&["<a"], None),
            (&[""], None),
            (&[], None),
        ] {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(LINK, HeaderValue::from_static(value));
            }
            assert_eq!(link_target(&headers, "next"), target, "{values:?}");
        }
    }
}
