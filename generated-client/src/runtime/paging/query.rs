//! The query of a request for the next page.

use http::uri::PathAndQuery;

use super::{NextPage, PageToken};
use crate::runtime::request::{EncodedRequest, append_pair, append_query, escape};

/// Returns the query for the page with this token, given the request for the first page and the pairs added to the
/// query of the call. Returns `None` if the token does not identify a page of this list.
///
/// The query contains the fixed query of the operation, too.
pub(crate) fn next_query(first: &EncodedRequest, pairs: &[String], token: &PageToken) -> Option<String> {
    let token = token.as_str();
    let is_number = || token.parse::<u64>().is_ok();
    let mut query = match first.info.paging?.next {
        NextPage::None => return None,
        NextPage::Uri(_) => query_of(&first.path, token)?.to_owned(),
        // The API may link to the page under another path, such as one with the ID of an object instead of its name.
        NextPage::Link(_) => query_of("", token)?.to_owned(),
        NextPage::Cursor { query, .. } | NextPage::LastItem { query, .. } if !token.is_empty() => {
            with_parameter(&first.query, query, token)
        }
        NextPage::Page { query, .. } | NextPage::Offset { query, .. } if is_number() => {
            with_parameter(&first.query, query, token)
        }
        NextPage::Cursor { .. } | NextPage::LastItem { .. } | NextPage::Page { .. } | NextPage::Offset { .. } => {
            return None;
        }
    };
    // The URI of the next page may already contain these pairs.
    let existing = query.clone();
    let fixed = first.info.query.split('&').filter(|pair| !pair.is_empty());
    for pair in fixed.chain(pairs.iter().map(String::as_str)) {
        if !existing.split('&').any(|other| name_of(other) == name_of(pair)) {
            append_pair(&mut query, pair);
        }
    }
    Some(query)
}

/// Returns the percent-encoded query of an absolute or relative URI. Returns `None` without a valid query, or if the path is
/// not that of the list. The API may be behind a gateway, so that only the end of its path is known.
fn query_of<'a>(path: &str, uri: &'a str) -> Option<&'a str> {
    let uri = uri.split('#').next().unwrap_or_default();
    let (target, query) = uri.split_once('?')?;
    let is_list = target.is_empty() || target.ends_with(path);
    let is_valid = PathAndQuery::try_from(format!("/?{query}")).is_ok();
    (is_list && is_valid && !query.is_empty()).then_some(query)
}

/// Returns the percent-encoded value of a query parameter.
pub(super) fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    let mut escaped = String::new();
    escape(&mut escaped, &name);
    let pair = query.split('&').find(|pair| name_of(pair) == escaped)?;
    pair.split_once('=').map(|(_, value)| value)
}

/// Sets a query parameter, replacing any of the same name.
fn with_parameter(query: &str, name: &str, value: &str) -> String {
    let mut escaped = String::new();
    escape(&mut escaped, &name);
    let mut replaced = String::new();
    for pair in query.split('&') {
        if name_of(pair) != escaped && !pair.is_empty() {
            append_pair(&mut replaced, pair);
        }
    }
    append_query(&mut replaced, name, &value);
    replaced
}

fn name_of(pair: &str) -> &str {
    pair.split('=').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;
    use crate::runtime::OperationInfo;
    use crate::runtime::paging::{LastPage, Paging};

    #[test]
    fn cursor_replaces_an_earlier_one() {
        assert_eq!(with_parameter("", "after", "a b"), "after=a%20b");
        assert_eq!(
            with_parameter("limit=2&after=x&q=after", "after", "y"),
            "limit=2&q=after&after=y"
        );
        assert_eq!(with_parameter("page%5Bx%5D=a&b=c", "page[x]", "y"), "b=c&page%5Bx%5D=y");
    }

    fn first(next: NextPage, query: &str) -> EncodedRequest {
        first_of(OperationInfo::get("things.list", "/things"), next, query)
    }

    fn first_of(info: OperationInfo, next: NextPage, query: &str) -> EncodedRequest {
        let paging = Paging::new("things", next);
        EncodedRequest {
            info: Box::leak(Box::new(info.paging(paging))),
            path: "/things".to_owned(),
            query: query.to_owned(),
            headers: HeaderMap::new(),
            body: None,
        }
    }

    fn next(next: NextPage, query: &str, pairs: &[&str], token: &str) -> String {
        next_of(&first(next, query), pairs, token)
    }

    fn next_of(first: &EncodedRequest, pairs: &[&str], token: &str) -> String {
        let pairs: Vec<_> = pairs.iter().map(|pair| (*pair).to_owned()).collect();
        next_query(first, &pairs, &PageToken::new(token.to_owned())).expect("a query")
    }

    #[test]
    fn next_query_depends_on_the_kind_of_token() {
        let uri = NextPage::Uri("next_uri");
        let token = "https://other.example/things?after=x&limit=3";
        assert_eq!(next(uri, "limit=2", &[], token), "after=x&limit=3");
        assert_eq!(
            next(uri, "limit=2", &["limit=9", "new=1"], token),
            "after=x&limit=3&new=1"
        );
        let cursor = NextPage::Cursor {
            cursor: "next",
            query: "after",
        };
        assert_eq!(next(cursor, "limit=2", &["new=1"], "a&b"), "limit=2&after=a%26b&new=1");
        let link = NextPage::Link("next");
        assert_eq!(next(link, "limit=2", &[], "/others/7?page=2"), "page=2");
        let (query, end) = ("page", LastPage::Empty);
        let page = NextPage::Page { query, first: 1, end };
        assert_eq!(next(page, "page=1&limit=2", &[], "2"), "limit=2&page=2");
    }

    #[test]
    fn token_of_another_style_is_invalid() {
        let (query, end) = ("p", LastPage::Empty);
        let field = "id";
        for (style, token) in [
            (NextPage::None, "1"),
            (NextPage::Uri("next"), "x"),
            (NextPage::Uri("next"), "/things?after=1\n"),
            (NextPage::Link("next"), "x"),
            (NextPage::Link("next"), "/things?after=a b"),
            (NextPage::Cursor { cursor: "next", query }, ""),
            (NextPage::LastItem { field, query, end }, ""),
            (NextPage::Page { query, first: 1, end }, "x"),
            (NextPage::Offset { query, end }, "-1"),
        ] {
            let first = first(style, "");
            assert_eq!(next_query(&first, &[], &PageToken::from(token)), None, "{style:?}");
        }
    }

    #[test]
    fn next_query_keeps_the_fixed_query() {
        const FIXED: OperationInfo = OperationInfo::get("things.list", "/things").query("beta=true&x");
        let uri = NextPage::Uri("next_uri");
        let next_uri = |token| next_of(&first_of(FIXED, uri, "beta=true&x&limit=2"), &["new=1"], token);
        assert_eq!(next_uri("/things?after=1"), "after=1&beta=true&x&new=1");
        assert_eq!(next_uri("/things?x=&after=1&beta=true"), "x=&after=1&beta=true&new=1");
        let cursor = NextPage::Cursor {
            cursor: "next",
            query: "after",
        };
        let first = first_of(FIXED, cursor, "beta=true&x&limit=2");
        assert_eq!(next_of(&first, &[], "1"), "beta=true&x&limit=2&after=1");
    }

    #[test]
    fn query_of_requires_the_path_of_the_list() {
        for (uri, query) in [
            ("https://h/v1/things?a=b&c#f?g", Some("a=b&c")),
            ("/things?a", Some("a")),
            ("?a", Some("a")),
            ("/others?a", None),
            ("https://h/things/x?a", None),
            ("https://h/things", None),
            ("/things?", None),
            ("", None),
        ] {
            assert_eq!(query_of("/things", uri), query, "{uri}");
        }
    }
}
