//! Type expressions, such as `list<Ref>`.

use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};

use super::text;

/// A type expression, such as `string`, `list<Ref>` or `page<ApiKey>`.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeExpr {
    Scalar(Scalar),
    List(Box<TypeExpr>),
    Map(Box<TypeExpr>),
    Optional(Box<TypeExpr>),
    Page(Box<TypeExpr>),
    Named(String),
}

impl TypeExpr {
    /// Returns `true` for `nothing`, which stands for a value that does not exist.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Named(name) if name == "nothing")
    }
}

/// The scalar types.
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
    Date,
    Uuid,
    /// Bytes as a Base64 string.
    Base64,
    /// A timestamp as a number of seconds.
    Epoch,
    /// A timestamp as a number of milliseconds.
    EpochMs,
    /// A number or a boolean in a string.
    Quoted(Quoted),
    Json,
}

/// The types of values in a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quoted {
    Boolean,
    Int32,
    Int64,
    Uint32,
    Uint64,
    Float64,
}

impl Scalar {
    /// The scalar types without an argument.
    pub const ALL: [(&'static str, Self); 14] = [
        ("string", Self::String),
        ("boolean", Self::Boolean),
        ("int32", Self::Int32),
        ("int64", Self::Int64),
        ("uint32", Self::Uint32),
        ("uint64", Self::Uint64),
        ("float64", Self::Float64),
        ("timestamp", Self::Timestamp),
        ("date", Self::Date),
        ("uuid", Self::Uuid),
        ("base64", Self::Base64),
        ("epoch", Self::Epoch),
        ("epoch_ms", Self::EpochMs),
        ("json", Self::Json),
    ];

    /// Returns the name in the schema.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(_, scalar)| *scalar == self).map_or("", |(name, _)| *name)
    }
}

impl Scalar {
    /// Returns `true` if no value of the type stands for an absent one.
    pub fn has_no_empty_value(self) -> bool {
        match self {
            Self::Timestamp | Self::Date | Self::Uuid | Self::Epoch | Self::EpochMs => true,
            Self::String
            | Self::Boolean
            | Self::Int32
            | Self::Int64
            | Self::Uint32
            | Self::Uint64
            | Self::Float64
            | Self::Base64
            | Self::Quoted(_)
            | Self::Json => false,
        }
    }
}

impl Quoted {
    const ALL: [(&'static str, Self); 6] = [
        ("int64", Self::Int64),
        ("uint64", Self::Uint64),
        ("int32", Self::Int32),
        ("uint32", Self::Uint32),
        ("float64", Self::Float64),
        ("boolean", Self::Boolean),
    ];

    /// Returns the type of the value without quotes.
    pub fn unquoted(self) -> Scalar {
        match self {
            Self::Boolean => Scalar::Boolean,
            Self::Int32 => Scalar::Int32,
            Self::Int64 => Scalar::Int64,
            Self::Uint32 => Scalar::Uint32,
            Self::Uint64 => Scalar::Uint64,
            Self::Float64 => Scalar::Float64,
        }
    }
}

/// The maximum nesting depth. Deeper types are hard to read and slow to compile, and no known API needs them.
const MAX_DEPTH: usize = 8;

impl FromStr for TypeExpr {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.matches('<').count() > MAX_DEPTH {
            return Err(format!(
                "type is nested more than {MAX_DEPTH} levels deep: define the inner part as a named type"
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
        .ok_or_else(|| format!("missing `>` in type `{text}`: write `{wrapper}<T>`"))?;
    if wrapper == "quoted" {
        return quoted(inner).map(|quoted| TypeExpr::Scalar(Scalar::Quoted(quoted)));
    }
    let unknown = |known: &str| format!("unknown type `{wrapper}<…>`: write `{known}<{}>`", own_type(inner));
    let wrap: fn(Box<TypeExpr>) -> TypeExpr = match wrapper {
        "list" => TypeExpr::List,
        "map" if inner.starts_with("string,") => {
            let value = own_type(inner["string,".len()..].trim());
            return Err(format!(
                "invalid type `{text}`: keys are always strings, write `map<{value}>`"
            ));
        }
        "map" => TypeExpr::Map,
        "optional" => TypeExpr::Optional,
        "page" => TypeExpr::Page,
        "array" | "Array" | "Vec" | "set" => return Err(unknown("list")),
        "Option" | "Optional" | "nullable" => return Err(unknown("optional")),
        "dict" | "record" | "Record" | "object" => return Err(unknown("map")),
        _ => {
            return Err(format!(
                "unknown type `{wrapper}<…>`: only `list`, `map`, `optional`, `quoted` and `page` have a type argument"
            ));
        }
    };
    Ok(wrap(Box::new(nested_type(inner)?)))
}

/// Parses the type of a value in a string.
fn quoted(text: &str) -> Result<Quoted, String> {
    let known = Quoted::ALL.iter().find(|(name, _)| *name == text);
    known.map(|(_, quoted)| *quoted).ok_or_else(|| {
        let names = Quoted::ALL.map(|(name, _)| name).join("`, `");
        format!(
            "invalid type `quoted<{text}>`\nwrite one of `{names}` in `quoted<…>`: a number or a boolean in a string"
        )
    })
}

/// Returns the name of a type that other languages call by this name, such as `string` for `String`.
fn own_type(name: &str) -> &str {
    match name {
        "String" | "str" | "text" => "string",
        "bool" => "boolean",
        "i32" => "int32",
        "i64" | "int" | "integer" | "long" => "int64",
        "u32" => "uint32",
        "u64" => "uint64",
        "f64" | "float" | "double" | "number" => "float64",
        "DateTime" | "datetime" => "timestamp",
        "any" | "Value" => "json",
        other => other,
    }
}

fn simple_type(text: &str) -> Result<TypeExpr, String> {
    if let Some((_, scalar)) = Scalar::ALL.iter().find(|(name, _)| *name == text) {
        return Ok(TypeExpr::Scalar(*scalar));
    }
    if text == "quoted" {
        return Err("missing type argument for `quoted`: write `quoted<int64>`".to_owned());
    }
    if matches!(text, "list" | "map" | "optional" | "page") {
        return Err(format!("missing type argument for `{text}`: write `{text}<T>`"));
    }
    if text.is_empty() || !text.chars().all(|c| c.is_alphanumeric() || c == '_') {
        let optional = text
            .strip_suffix('?')
            .map(|name| format!("; for an optional value write `optional<{}>`", own_type(name)));
        let list = text
            .strip_suffix("[]")
            .map(|name| format!("; for a list write `list<{}>`", own_type(name)));
        let hint = optional
            .or(list)
            .or_else(|| text.contains(' ').then(|| ", without spaces".to_owned()))
            .unwrap_or_default();
        return Err(format!("invalid type `{text}`: write a name or `list<name>`{hint}"));
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
    fn parses_nested_types() {
        let parsed: TypeExpr = "optional<list<Ref>>".parse().unwrap();
        let named = TypeExpr::Named("Ref".into());
        assert_eq!(parsed, TypeExpr::Optional(Box::new(TypeExpr::List(Box::new(named)))));
    }

    #[test]
    fn parses_values_in_strings() {
        let parsed: TypeExpr = "list<quoted<uint64>>".parse().unwrap();
        let quoted = TypeExpr::Scalar(Scalar::Quoted(Quoted::Uint64));
        assert_eq!(parsed, TypeExpr::List(Box::new(quoted)));
        for text in ["quoted<string>", "quoted<list<int64>>", "quoted<>"] {
            let error = text.parse::<TypeExpr>().unwrap_err();
            assert!(error.starts_with(&format!("invalid type `{text}`")), "{error}");
        }
    }

    #[test]
    fn rejects_malformed_types() {
        for (text, message) in [
            ("quoted", "missing type argument for `quoted`: write `quoted<int64>`"),
            ("list", "missing type argument for `list`: write `list<T>`"),
            ("list<string", "missing `>` in type `list<string`: write `list<T>`"),
            (
                "queue<string>",
                "unknown type `queue<…>`: only `list`, `map`, `optional`, `quoted` and `page` have a type argument",
            ),
            (
                "array<list<string>>",
                "unknown type `array<…>`: write `list<list<string>>`",
            ),
            ("Vec<String>", "unknown type `Vec<…>`: write `list<string>`"),
            ("dict<i64>", "unknown type `dict<…>`: write `map<int64>`"),
            (
                "a b",
                "invalid type `a b`: write a name or `list<name>`, without spaces",
            ),
            (
                "a?",
                "invalid type `a?`: write a name or `list<name>`; for an optional value write `optional<a>`",
            ),
            (
                "datetime?",
                "invalid type `datetime?`: write a name or `list<name>`; for an optional value write `optional<timestamp>`",
            ),
            (
                "Filter[]",
                "invalid type `Filter[]`: write a name or `list<name>`; for a list write `list<Filter>`",
            ),
            (
                "map<string, i64>",
                "invalid type `map<string, i64>`: keys are always strings, write `map<int64>`",
            ),
            ("", "invalid type ``: write a name or `list<name>`"),
            (
                "list<list<list<list<list<list<list<list<list<string>>>>>>>>>",
                "type is nested more than 8 levels deep: define the inner part as a named type",
            ),
        ] {
            assert_eq!(text.parse::<TypeExpr>().unwrap_err(), message);
        }
    }
}
