//! The query of a request for the next page.

use super::{NextPage, PageToken};
use crate::runtime::request::{EncodedRequest, append_pairs, append_query, escape};

/// Returns the query for the page with this token, given the request for the first page and the pairs added to the
/// query of the call. Returns `None` if the token does not identify a page of this list.
///
/// The query contains the fixed query of the operation, too.
pub(crate) fn next_query(first: &EncodedRequest, pairs: &[String], token: &PageToken) -> Option<String> {
    let token = token.as_str();
    let mut query = match first.info.paging?.next {
        NextPage::Uri(_) => query_of(&first.path, token)?.to_owned(),
        NextPage::Cursor { .. } if token.is_empty() => return None,
        NextPage::Cursor { query, .. } => with_parameter(&first.query, query, token),
    };
    // The URI of the next page may already contain these pairs.
    let known: Vec<_> = query.split('&').map(name_of).collect();
    let fixed = first.info.query.split('&').filter(|pair| !pair.is_empty());
    let pairs = fixed.chain(pairs.iter().map(String::as_str));
    let missing: Vec<_> = pairs
        .filter(|pair| !known.contains(&name_of(pair)))
        .map(str::to_owned)
        .collect();
    append_pairs(&mut query, &missing);
    Some(query)
}

/// Returns the percent-encoded query of an absolute or relative URI. Returns `None` without a query, or if the path is not
/// that of the list. The API may be behind a gateway, so that only the end of its path is known.
fn query_of<'a>(path: &str, uri: &'a str) -> Option<&'a str> {
    let uri = uri.split('#').next().unwrap_or_default();
    let (target, query) = uri.split_once('?')?;
    let is_list = target.is_empty() || target.ends_with(path);
    (is_list && !query.is_empty()).then_some(query)
}

/// Sets a query parameter, replacing any of the same name.
fn with_parameter(query: &str, name: &str, value: &str) -> String {
    let mut escaped = String::new();
    escape(&mut escaped, name);
    let others = query
        .split('&')
        .filter(|pair| name_of(pair) != escaped && !pair.is_empty());
    let mut query = others.collect::<Vec<_>>().join("&");
    append_query(&mut query, name, &value);
    query
}

fn name_of(pair: &str) -> &str {
    pair.split('=').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::OperationInfo;
    use crate::runtime::paging::Paging;

    #[test]
    fn cursor_replaces_an_earlier_one() {
        assert_eq!(with_parameter("", "after", "a b"), "after=a%20b");
        assert_eq!(
            with_parameter("limit=2&after=x&q=after", "after", "y"),
            "limit=2&q=after&after=y"
        );
        assert_eq!(with_parameter("page%5Bx%5D=a&b=c", "page[x]", "y"), "b=c&page%5Bx%5D=y");
    }

    fn next(next: NextPage, first: &str, pairs: &[&str], token: &str) -> String {
        next_with(OperationInfo::get("things.list", "/things"), next, first, pairs, token)
    }

    fn next_with(info: OperationInfo, next: NextPage, first: &str, pairs: &[&str], token: &str) -> String {
        let paging = Paging { items: "things", next };
        let first = EncodedRequest {
            info: Box::leak(Box::new(info.paging(paging))),
            path: "/things".to_owned(),
            query: first.to_owned(),
            body: None,
        };
        let pairs: Vec<_> = pairs.iter().map(|pair| (*pair).to_owned()).collect();
        next_query(&first, &pairs, &PageToken::new(token.to_owned())).expect("a query")
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
            field: "next",
            query: "after",
        };
        assert_eq!(next(cursor, "limit=2", &["new=1"], "a&b"), "limit=2&after=a%26b&new=1");
    }

    #[test]
    fn next_query_keeps_the_fixed_query() {
        const FIXED: OperationInfo = OperationInfo::get("things.list", "/things").query("beta=true&x");
        let uri = NextPage::Uri("next_uri");
        let next_uri = |token| next_with(FIXED, uri, "beta=true&x&limit=2", &["new=1"], token);
        assert_eq!(next_uri("/things?after=1"), "after=1&beta=true&x&new=1");
        assert_eq!(next_uri("/things?x=&after=1&beta=true"), "x=&after=1&beta=true&new=1");
        let cursor = NextPage::Cursor {
            field: "next",
            query: "after",
        };
        let first = "beta=true&x&limit=2";
        assert_eq!(next_with(FIXED, cursor, first, &[], "1"), "beta=true&x&limit=2&after=1");
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
