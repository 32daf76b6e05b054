//! Rules for names that become Rust names.

use crate::syntax::{Diagnostic, Place};

pub fn check_snake_case(place: &Place, kind: &str, name: &str) -> Option<Diagnostic> {
    let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let is_valid = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(is_allowed)
        && !name.contains("__")
        && !name.ends_with('_');
    (!is_valid).then(|| {
        Diagnostic::new(place.clone(), format!("{kind} name `{name}` is not in snake_case"))
            .note("it becomes a Rust name")
            .help("start with a lower-case letter; use lower-case letters, digits, and single `_` between them")
    })
}
