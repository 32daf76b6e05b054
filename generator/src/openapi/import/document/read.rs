//! Reads a JSON or YAML file.

use std::cell::Cell;
use std::io;
use std::path::Path;

use serde::de::DeserializeSeed;

use crate::openapi::json::{Json, Object};
use crate::openapi::json_reader::{Reader, VALUE_COST};
use crate::source;

/// The maximum size of a file, in bytes. Some public documents have more than 30 MiB.
const MAX_SIZE: u64 = 128 * 1024 * 1024;

/// The budget of a small file. A YAML file with aliases can be a bit larger than its text.
const MIN_BUDGET: usize = 16 * 1024 * 1024;

/// Reads a file, which is JSON or YAML whatever its name.
pub fn read(path: &Path) -> io::Result<Json> {
    parse(&source::read(path, MAX_SIZE)?).map_err(|error| {
        let SyntaxError { line, column, message } = error;
        let path = path.display();
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!("cannot parse `{path}:{line}:{column}`: {message}: correct the file at this position"),
        )
    })
}

/// The position and the description of a syntax error.
#[derive(Debug, PartialEq)]
pub struct SyntaxError {
    line: usize,
    column: usize,
    message: String,
}

/// Parses JSON if the text starts like a JSON object, or else YAML.
pub fn parse(text: &str) -> Result<Json, SyntaxError> {
    let budget = || Cell::new(text.len().saturating_mul(VALUE_COST) + MIN_BUDGET);
    if !text.trim_start().starts_with('{') {
        return parse_yaml(text, &budget());
    }
    parse_json(text, &budget()).or_else(|error| match error.message.as_str() {
        // A YAML mapping can start with a brace as well.
        "key must be a string" => parse_yaml(text, &budget()).map_err(|_| error),
        _ => Err(error),
    })
}

fn parse_json(text: &str, budget: &Cell<usize>) -> Result<Json, SyntaxError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let json = Reader { budget }.deserialize(&mut deserializer);
    json.and_then(|json| deserializer.end().map(|()| json))
        .map_err(|error| SyntaxError::new(error.line(), error.column(), &error.to_string()))
}

fn parse_yaml(text: &str, budget: &Cell<usize>) -> Result<Json, SyntaxError> {
    let deserializer = serde_yaml::Deserializer::from_str(text);
    let json = Reader { budget }.deserialize(deserializer).map_err(|error| {
        let (line, column) = error
            .location()
            .map_or((1, 1), |location| (location.line(), location.column()));
        SyntaxError::new(line, column, &error.to_string())
    })?;
    Ok(if text.contains("<<") { merge(json) } else { json })
}

impl SyntaxError {
    fn new(line: usize, column: usize, message: &str) -> Self {
        let position = format!(" at line {line} column {column}");
        Self {
            line,
            column,
            message: message.replacen(&position, "", 1),
        }
    }
}

/// Applies YAML merge keys: `<<` adds the entries of other mappings that a mapping lacks.
fn merge(json: Json) -> Json {
    match json {
        Json::Array(items) => items.into_iter().map(merge).collect(),
        Json::Object(object) => {
            let mut merged = Object::default();
            let mut defaults = Vec::new();
            for (key, value) in object {
                match (key.as_str(), merge(value)) {
                    ("<<", Json::Object(object)) => defaults.push(object),
                    ("<<", Json::Array(items)) if items.iter().all(|item| item.as_object().is_some()) => {
                        defaults.extend(items.iter().filter_map(Json::as_object).cloned());
                    }
                    (_, value) => merged.set(&key, value),
                }
            }
            for (key, value) in defaults.into_iter().flatten() {
                merged.set_default(&key, value);
            }
            merged.into()
        }
        scalar => scalar,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::openapi::json::object;

    fn error(text: &str) -> String {
        let SyntaxError { line, column, message } = parse(text).unwrap_err();
        format!("{line}:{column}: {message}")
    }

    #[test]
    fn reads_yaml_keys_as_strings_and_dates_as_text() {
        let json = parse("200: 2024-01-02\non: yes\n1.0: null\n").unwrap();
        assert_eq!(
            json,
            object! { "200": "2024-01-02", "on": "yes", "1.0": Json::Null }.into()
        );
    }

    #[test]
    fn reads_yaml_that_starts_with_a_brace() {
        assert_eq!(parse("{a: 1}").unwrap(), object! { "a": 1 }.into());
    }

    #[test]
    fn applies_merge_keys() {
        let json = parse("base: &base {a: 1, b: 2}\nmore:\n  <<: *base\n  b: 3\n").unwrap();
        assert_eq!(json.get("more"), Some(&object! { "b": 3, "a": 1 }.into()));
    }

    #[test]
    fn reports_the_position_of_syntax_errors() {
        assert_eq!(error("{\n  \"a\": 1\n  \"b\": 2\n}"), "3:3: expected `,` or `}`");
        assert_eq!(error("{\"a\": 1, \"a\": 2}"), "1:12: duplicate key `a`");
        assert_eq!(error("a: 1\nb:\n  c: 1\n  c: 2\n"), "3:3: b: duplicate key `c`");
        assert_eq!(
            error("a: 1\nb: [1\nc: 2\n"),
            "3:2: did not find expected ',' or ']', while parsing a flow sequence at line 2 column 4"
        );
        let tag = error("a: !thing b\n");
        assert!(tag.contains("remove the tag"), "{tag}");
    }

    #[test]
    fn reports_deep_nesting() {
        let json = format!("{{\"a\": {}", "[".repeat(100_000));
        assert!(error(&json).contains("recursion limit exceeded"));
        assert!(error(&"[".repeat(1000)).contains("recursion limit exceeded"));
    }

    #[test]
    fn reports_alias_bombs() {
        let mut bomb = format!("a0: &a0 [{}]\n", "x, ".repeat(1000));
        for level in 1..6 {
            let previous = level - 1;
            let aliases = format!("*a{previous}, ").repeat(40);
            writeln!(bomb, "a{level}: &a{level} [{aliases}]").unwrap();
        }
        let error = error(&bomb);
        assert!(
            error.contains("too many values") || error.contains("repetition limit exceeded"),
            "{error}"
        );
    }
}
