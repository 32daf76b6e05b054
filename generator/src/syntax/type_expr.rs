//! Type expressions, such as `list<Ref>`.

use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};

use super::text;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

impl<'de> Deserialize<'de> for TypeExpr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::parse(deserializer, "a type")
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
}
