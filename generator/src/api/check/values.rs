//! Rules for the values of enums.

use super::spelling::check_snake_case;
use crate::api::model::{Api, Value};
use crate::names;
use crate::syntax::{Diagnostic, Diagnostics};

pub fn check(api: &Api, errors: &mut Diagnostics) {
    for (_, ty) in api.types() {
        for value in ty.values().unwrap_or_default() {
            errors.extend(check_name_is_derivable(value));
            errors.extend(check_alias(value));
        }
        for value in ty.integers().unwrap_or_default() {
            errors.extend(check_integer_is_named(value));
            errors.extend(check_alias(value));
        }
    }
}

/// Checks that the name of a value in Rust says as much as the value itself.
fn check_name_is_derivable(value: &Value) -> Option<Diagnostic> {
    (!is_named(value)).then(|| {
        let message = match value.name.as_str() {
            "" => "the empty value has no Rust name".to_owned(),
            name => format!("no Rust name can be derived from the value `{name}`"),
        };
        Diagnostic::new(value.place.clone(), message)
            .note("a name is derived from letters and digits, with `_`, `-`, `.`, `/`, `:` or spaces between them")
            .help(format!("name it with `{}`", with_name(&value.name)))
    })
}

fn check_alias<W>(value: &Value<W>) -> Option<Diagnostic> {
    let alias = value.alias.as_ref()?;
    check_snake_case(&value.place.value("as"), "the", alias)
}

fn check_integer_is_named(value: &Value<i64>) -> Option<Diagnostic> {
    let number = value.name;
    value.alias.is_none().then(|| {
        // A single word in place of the documentation is probably meant as the name.
        let is_word = |doc: &&String| check_snake_case(&value.place, "the", doc).is_none();
        let name = value.doc.as_ref().filter(is_word).map_or("NAME", String::as_str);
        Diagnostic::new(value.place.clone(), format!("the value `{number}` has no name"))
            .note("the name of a variant cannot be derived from an integer")
            .help(format!("name it with `{number}: {{ as: {name}, doc: \"…\" }}`"))
    })
}

/// Returns `true` if a value has a name, or if one can be derived from it.
pub fn is_named(value: &Value) -> bool {
    value.alias.is_some() || names::has_variant(&value.name)
}

/// Returns an example of a value with a name, in YAML.
pub fn with_name(value: &str) -> String {
    let is_plain = value.starts_with(|c: char| c.is_ascii_alphabetic())
        && value
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        && !["true", "false", "null"].contains(&value.to_lowercase().as_str());
    if is_plain {
        format!("{value}: {{ as: NAME }}")
    } else {
        format!("{value:?}: {{ as: NAME }}")
    }
}
