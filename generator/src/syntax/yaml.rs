//! Parses YAML strictly and rephrases `serde_yaml` errors for schema authors.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::Part;
use super::fixes;
use super::limits::{self, LimitError};
use super::spans::{Spans, token};

/// An error in a YAML file.
#[derive(Debug)]
pub struct YamlError {
    pub message: String,
    /// The byte range of the error.
    pub span: Range<usize>,
    /// The unknown key or value, if `expected` lists the known ones.
    pub found: Option<String>,
    pub expected: Vec<String>,
    /// The fix, if it is known.
    pub help: Option<String>,
}

/// Parses a document.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, YamlError> {
    limits::check(text).map_err(limit_error)?;
    serde_yaml::from_str(text).map_err(|error| {
        // A duplicate key can also cause other errors, with a less precise location.
        let error = serde_yaml::from_str::<UniqueKeys>(text).err().unwrap_or(error);
        explain(text, &error)
    })
}

fn limit_error(LimitError { message, span, help }: LimitError) -> YamlError {
    YamlError {
        message,
        span,
        found: None,
        expected: Vec::new(),
        help,
    }
}

/// Splits an error into its message without the location, and the location.
fn locate<'a>(text: &str, error: &'a str, location: Option<serde_yaml::Location>) -> (&'a str, Range<usize>) {
    match location {
        Some(at) => {
            let suffix = format!(" at line {} column {}", at.line(), at.column());
            let start = offset(text, at.line(), at.column());
            (error.strip_suffix(&suffix).unwrap_or(error), token(text, start))
        }
        None => (error, 0..0),
    }
}

fn explain(text: &str, error: &serde_yaml::Error) -> YamlError {
    let whole = error.to_string();
    let (message, span) = locate(text, &whole, error.location());
    if message.starts_with("repetition limit exceeded") {
        return limit_error(limits::too_many_aliases(text));
    }
    let (path, message) = split_path(message);
    let mut names = backticked(message).map(str::to_owned);
    let plain = |message: String| YamlError {
        message,
        span: span.clone(),
        found: None,
        expected: Vec::new(),
        help: None,
    };
    let mut unknown = [("unknown field", "key"), ("unknown variant", "value")].into_iter();
    if let Some((_, kind)) = unknown.find(|(start, _)| message.starts_with(start)) {
        let found = names.next();
        let message = format!("unknown {kind} `{}`", found.as_deref().unwrap_or_default());
        let expected: Vec<_> = names.collect();
        YamlError {
            help: found.as_deref().and_then(|found| fixes::of_name(found, &expected)),
            found,
            expected,
            ..plain(message)
        }
    } else if message.starts_with("missing field") {
        // The error is at the start of the mapping; the key of the mapping is a better location.
        let span = Spans::new(text).get(&path, Part::Key).unwrap_or_else(|| span.clone());
        let key = names.next().unwrap_or_default();
        YamlError {
            span,
            help: fixes::of_missing_key(&key).map(str::to_owned),
            ..plain(format!("missing key `{key}`"))
        }
    } else if let Some((found, expected)) = message
        .strip_prefix("invalid type: ")
        .or(message.strip_prefix("invalid value: "))
        .and_then(|mismatch| mismatch.split_once(", expected "))
    {
        let (expected, found) = (in_yaml(expected), in_yaml(found));
        let error = plain(format!("expected {expected}, found {found}"));
        let help = fixes::of_value(&path, expected, found);
        YamlError { help, ..error }
    } else if let Some((message, help)) = message.split_once('\n') {
        // An error of a value that is written as a single string.
        YamlError {
            help: Some(help.to_owned()),
            ..plain(message.to_owned())
        }
    } else {
        YamlError {
            help: fixes::of_syntax(message, &text[span.start..]).map(str::to_owned),
            ..plain(message.to_owned())
        }
    }
}

/// Translates a Rust term in a serde error to a YAML term.
fn in_yaml(kind: &str) -> &str {
    match kind {
        "sequence" => "a list",
        "map" => "a mapping",
        "unit value" | "Option value" => "null",
        "u16" => "an HTTP status such as 201",
        "u32" => "an integer from 0 to 4294967295",
        "u64" => "a non-negative integer",
        other => {
            let value = ["string ", "integer ", "boolean ", "floating point "]
                .into_iter()
                .find_map(|kind| other.strip_prefix(kind))
                .unwrap_or(other);
            value
                .strip_suffix(" as u128")
                .or(value.strip_suffix(" as i128"))
                .unwrap_or(value)
        }
    }
}

/// Splits off the path, such as `types.Ref.fields: `, that `serde_yaml` puts before a message.
fn split_path(message: &str) -> (Vec<String>, &str) {
    match message.split_once(": ") {
        Some((path, rest)) if !path.contains([' ', '`']) => (path.split('.').map(str::to_owned).collect(), rest),
        _ => (Vec::new(), message),
    }
}

fn backticked(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

/// Returns the byte offset of a line and a column. Both start at 1; columns count characters.
pub fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = &text[start..];
    let inside = rest
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(rest.len(), |(index, _)| index);
    start + inside
}

/// Accepts any document without duplicate keys and fails at the first duplicate.
struct UniqueKeys;

impl<'de> Deserialize<'de> for UniqueKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UniqueKeys)
    }
}

impl<'de> Visitor<'de> for UniqueKeys {
    type Value = Self;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        let mut seen = HashSet::new();
        while map.next_key_seed(NewKey(&mut seen))?.is_some() {
            map.next_value::<Self>()?;
        }
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_none<E>(self) -> Result<Self, E> {
        Ok(self)
    }
}

struct NewKey<'a>(&'a mut HashSet<String>);

impl<'de> DeserializeSeed<'de> for NewKey<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NewKey<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<(), E> {
        if self.0.insert(key.to_owned()) {
            Ok(())
        } else {
            Err(E::custom(format_args!("duplicate key `{key}`")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "\"ä\": { ä: 1, ä: 2 }\n";
        let error = read::<UniqueKeys>(text).err().unwrap();
        assert_eq!(error.message, "duplicate key `ä`");
        assert_eq!(&text[error.span.clone()], "ä");
        assert_eq!(error.span.start, text.rfind('ä').unwrap());
    }
}
