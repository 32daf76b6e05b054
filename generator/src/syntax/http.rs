//! HTTP methods with paths, such as `GET /things/{id}`.

use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};

use super::{PathTemplate, text};

/// The HTTP methods that operations can use.
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

/// An HTTP method with a path, such as `GET /api_keys/{id}`.
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
            .ok_or_else(|| format!("expected a method and a path, such as `GET /things/{{id}}`, found `{text}`"))?;
        let (_, method) = Method::ALL
            .into_iter()
            .find(|(name, _)| *name == method)
            .ok_or_else(|| format!("unknown HTTP method `{method}`: use GET, POST, PUT, PATCH or DELETE"))?;
        Ok(Self {
            method,
            path: path.parse()?,
        })
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
                "unknown HTTP method `FETCH`: use GET, POST, PUT, PATCH or DELETE",
            ),
            ("GET a", "path `a` does not start with `/`"),
            (
                "GET /a/x{id}",
                "invalid path segment `x{id}`: use letters, digits and `-._~`, or a parameter such as `{id}`",
            ),
            (
                "GET /a//b",
                "invalid path segment ``: use letters, digits and `-._~`, or a parameter such as `{id}`",
            ),
        ] {
            assert_eq!(text.parse::<Http>().unwrap_err(), message);
        }
    }
}
