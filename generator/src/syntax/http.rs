//! HTTP methods with paths, such as `GET /things/{id}`.

use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};

use super::{FixedQuery, PathTemplate, text};

/// The HTTP methods that operations can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
    Head,
}

impl Method {
    const ALL: [(&'static str, Self); 6] = [
        ("GET", Self::Get),
        ("POST", Self::Post),
        ("PUT", Self::Put),
        ("PATCH", Self::Patch),
        ("DELETE", Self::Delete),
        ("HEAD", Self::Head),
    ];
}

/// An HTTP method with a path and a constant query, such as `GET /api_keys/{id}?beta=true`.
#[derive(Debug)]
pub struct Http {
    pub method: Method,
    pub path: PathTemplate,
    pub query: FixedQuery,
}

impl FromStr for Http {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (method, path) = text
            .split_once(' ')
            .ok_or_else(|| format!("expected a method and a path, such as `GET /things/{{id}}`, found `{text}`"))?;
        let (_, method) = Method::ALL
            .into_iter()
            .find(|(name, _)| *name == method)
            .ok_or_else(|| format!("unknown HTTP method `{method}`: use GET, POST, PUT, PATCH, DELETE or HEAD"))?;
        let (path, query) = split_query(path);
        Ok(Self {
            method,
            path: path.parse()?,
            query: query.map(str::parse).transpose()?.unwrap_or_default(),
        })
    }
}

/// Splits a path at the question mark before its query. Question marks in braces belong to the path.
fn split_query(text: &str) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    let mark = text.find(|c| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == '?' && depth == 0
    });
    match mark {
        Some(mark) => (&text[..mark], Some(&text[mark + 1..])),
        None => (text, None),
    }
}

impl<'de> Deserialize<'de> for Http {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::parse(deserializer, "a method and a path such as `GET /things/{id}`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejects_malformed_http() {
        for (text, message) in [
            (
                "GET",
                "expected a method and a path, such as `GET /things/{id}`, found `GET`",
            ),
            (
                "FETCH /a",
                "unknown HTTP method `FETCH`: use GET, POST, PUT, PATCH, DELETE or HEAD",
            ),
            ("GET a", "path `a` does not start with `/`\nwrite `/a`"),
            (
                "GET /a{?limit}",
                "invalid path parameter `{?limit}`\ndeclare query parameters under the key `query`",
            ),
            (
                "GET /a?",
                "the query `?` has a parameter without a name\nwrite `?name=value`, with `&` between parameters",
            ),
        ] {
            assert_eq!(text.parse::<Http>().unwrap_err(), message);
        }
    }

    #[test]
    fn splits_the_query_from_the_path() {
        let http: Http = "HEAD /things/{id}?alt=json&x=/?".parse().unwrap();
        assert_eq!(http.method, Method::Head);
        assert_eq!(http.path.to_string(), "/things/{id}");
        assert_eq!(http.query.to_string(), "alt=json&x=/?");
        assert!("GET /".parse::<Http>().unwrap().query.is_empty());
    }
}
