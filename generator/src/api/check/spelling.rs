//! Rules of names that become names in Rust.

use crate::syntax::{Diagnostic, Place};

pub fn check_snake_case(place: &Place, kind: &str, name: &str) -> Option<Diagnostic> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let good = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(plain)
        && !name.contains("__")
        && !name.ends_with('_');
    (!good).then(|| {
        Diagnostic::new(place.clone(), format!("{kind} name `{name}` is not in snake_case"))
            .note("it becomes a name in Rust: lower-case letters, digits, and single `_` between them")
    })
}
