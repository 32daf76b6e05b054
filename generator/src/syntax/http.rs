//! HTTP calls, such as `GET /things/{id}`.

use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};

use super::{PathTemplate, text};

/// The HTTP methods that an operation may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    const ALL: [(&'static str, Self); 5] = [
        ("GET", Self::Get),
        ("POST", Self::Post),
        ("PUT", Self::Put),
        ("PATCH", Self::Patch),
        ("DELETE", Self::Delete),
    ];
}

/// An HTTP call as it is written: `GET /api_keys/{id}`.
#[derive(Debug)]
pub struct Http {
    pub method: Method,
    pub path: PathTemplate,
}

impl FromStr for Http {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (method, path) = text
            .split_once(' ')
            .ok_or_else(|| format!("`{text}` is no HTTP call: write `GET /path/{{id}}`"))?;
        let (_, method) = Method::ALL
            .into_iter()
            .find(|(name, _)| *name == method)
            .ok_or_else(|| format!("unknown method `{method}`: use GET, POST, PUT, PATCH or DELETE"))?;
        Ok(Self {
            method,
            path: path.parse()?,
        })
    }
}

impl<'de> Deserialize<'de> for Http {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::parse(deserializer, "an HTTP call")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_calls_say_what_to_write() {
        for (text, message) in [
            ("GET", "`GET` is no HTTP call: write `GET /path/{id}`"),
            (
                "FETCH /a",
                "unknown method `FETCH`: use GET, POST, PUT, PATCH or DELETE",
            ),
            ("GET a", "the path `a` does not start with `/`"),
            (
                "GET /a/x{id}",
                "`x{id}` is no path segment: use letters, digits and `-._~`, or one parameter in braces",
            ),
            (
                "GET /a//b",
                "`` is no path segment: use letters, digits and `-._~`, or one parameter in braces",
            ),
        ] {
            assert_eq!(text.parse::<Http>().unwrap_err(), message);
        }
    }
}
