//! The values that are written as one text: type expressions and HTTP calls.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};

use super::Body;

/// A type as it is written: `string`, `list<Ref>`, `page<ApiKey>`.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeExpr {
    Scalar(Scalar),
    List(Box<TypeExpr>),
    Map(Box<TypeExpr>),
    Optional(Box<TypeExpr>),
    Page(Box<TypeExpr>),
    Named(String),
}

/// The types that have no parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    String,
    Boolean,
    Int32,
    Int64,
    Uint32,
    Uint64,
    Float64,
    Timestamp,
    Json,
}

impl Scalar {
    pub const ALL: [(&'static str, Self); 9] = [
        ("string", Self::String),
        ("boolean", Self::Boolean),
        ("int32", Self::Int32),
        ("int64", Self::Int64),
        ("uint32", Self::Uint32),
        ("uint64", Self::Uint64),
        ("float64", Self::Float64),
        ("timestamp", Self::Timestamp),
        ("json", Self::Json),
    ];
}

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
#[derive(Clone, Debug, PartialEq)]
pub struct Http {
    pub method: Method,
    pub path: String,
}

/// No API nests its types deeper, and neither compilers nor readers should have to.
const MAX_DEPTH: usize = 8;

impl FromStr for TypeExpr {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.matches('<').count() > MAX_DEPTH {
            return Err(format!(
                "a type nests at most {MAX_DEPTH} deep: give the inner part a name of its own"
            ));
        }
        nested_type(text)
    }
}

fn nested_type(text: &str) -> Result<TypeExpr, String> {
    let Some((wrapper, rest)) = text.split_once('<') else {
        return simple_type(text);
    };
    let inner = rest
        .strip_suffix('>')
        .ok_or_else(|| format!("the type `{text}` lacks its closing `>`: write `{wrapper}<T>`"))?;
    let wrap: fn(Box<TypeExpr>) -> TypeExpr = match wrapper {
        "list" => TypeExpr::List,
        "map" => TypeExpr::Map,
        "optional" => TypeExpr::Optional,
        "page" => TypeExpr::Page,
        _ => {
            return Err(format!(
                "`{wrapper}<…>` is no type: only `list`, `map`, `optional` and `page` take another type"
            ));
        }
    };
    Ok(wrap(Box::new(nested_type(inner)?)))
}

fn simple_type(text: &str) -> Result<TypeExpr, String> {
    if let Some((_, scalar)) = Scalar::ALL.iter().find(|(name, _)| *name == text) {
        return Ok(TypeExpr::Scalar(*scalar));
    }
    if matches!(text, "list" | "map" | "optional" | "page") {
        return Err(format!("`{text}` takes another type: write `{text}<T>`"));
    }
    if text.is_empty() || !text.chars().all(|c| c.is_alphanumeric() || c == '_') {
        let optional = text
            .strip_suffix('?')
            .map(|name| format!("; for `{text}` write `optional<{name}>`"));
        let hint = optional
            .or_else(|| text.contains(' ').then(|| ", without spaces".to_owned()))
            .unwrap_or_default();
        return Err(format!("`{text}` is no type: write a name, or `list<name>`{hint}"));
    }
    Ok(TypeExpr::Named(text.to_owned()))
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
        check_path(path)?;
        Ok(Self {
            method,
            path: path.to_owned(),
        })
    }
}

/// A path is made of segments of plain characters and of whole parameters in braces.
fn check_path(path: &str) -> Result<(), String> {
    let Some(segments) = path.strip_prefix('/') else {
        return Err(format!("the path `{path}` does not start with `/`"));
    };
    for segment in segments.split('/') {
        let parameter = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let name = parameter.unwrap_or(segment);
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '~');
        let travels = parameter.is_none() && matches!(name, "." | "..");
        if name.is_empty() || travels || !name.chars().all(plain) {
            return Err(format!(
                "`{segment}` is no path segment: use letters, digits and `-._~`, or one parameter in braces"
            ));
        }
    }
    Ok(())
}

/// Deserialises inside a visitor, so that an error carries the place of its text.
struct TextVisitor<T>(PhantomData<T>, &'static str);

impl<T: FromStr<Err = String>> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(self.1)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

impl<'de> Deserialize<'de> for TypeExpr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor(PhantomData, "a type"))
    }
}

impl FromStr for Body {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "empty" => Ok(Self::Empty),
            other => other.parse().map(Self::Type),
        }
    }
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor(PhantomData, "a type, or `empty`"))
    }
}

impl<'de> Deserialize<'de> for Http {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor(PhantomData, "an HTTP call"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_nest() {
        let parsed: TypeExpr = "optional<list<Ref>>".parse().unwrap();
        let named = TypeExpr::Named("Ref".into());
        assert_eq!(parsed, TypeExpr::Optional(Box::new(TypeExpr::List(Box::new(named)))));
    }

    #[test]
    fn malformed_types_say_what_to_write() {
        for (text, message) in [
            ("list", "`list` takes another type: write `list<T>`"),
            (
                "list<string",
                "the type `list<string` lacks its closing `>`: write `list<T>`",
            ),
            (
                "set<string>",
                "`set<…>` is no type: only `list`, `map`, `optional` and `page` take another type",
            ),
            ("a b", "`a b` is no type: write a name, or `list<name>`, without spaces"),
            (
                "a?",
                "`a?` is no type: write a name, or `list<name>`; for `a?` write `optional<a>`",
            ),
            ("", "`` is no type: write a name, or `list<name>`"),
            (
                "list<list<list<list<list<list<list<list<list<string>>>>>>>>>",
                "a type nests at most 8 deep: give the inner part a name of its own",
            ),
        ] {
            assert_eq!(text.parse::<TypeExpr>().unwrap_err(), message);
        }
    }

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
