//! Rules for locations in JSON documents: keys and JSON pointers.

use crate::syntax::{Diagnostic, Place};

/// Checks a JSON pointer that does not point to the whole document.
pub fn check_pointer(place: Place, pointer: &str) -> Option<Diagnostic> {
    let error = Diagnostic::new(place, format!("`{pointer}` is not a JSON pointer"));
    let mut escapes = pointer.split('~').skip(1);
    if !pointer.starts_with('/') {
        Some(error.help(format!("write `/{}`", pointer.replace('.', "/"))))
    } else if escapes.any(|escape| !escape.starts_with(['0', '1'])) {
        Some(error.help("write `~0` for `~`, and `~1` for `/` within a key"))
    } else if pointer.split('/').any(|key| matches!(key, "*" | "[]" | "[*]" | "-")) {
        Some(
            error
                .note("a JSON pointer leads to one value: it has no wildcards")
                .help("write the pointer to the list, and define a type for its items"),
        )
    } else {
        None
    }
}

/// Checks the location of a value: a key of the body, or a JSON pointer.
pub fn check_location(place: Place, location: &str) -> Option<Diagnostic> {
    if location.starts_with('/') {
        return check_pointer(place, location);
    }
    if location.is_empty() {
        return Some(
            Diagnostic::new(place, "the location is empty").help("write a key, or a JSON pointer such as `/meta/next`"),
        );
    }
    let is_key = !location.contains(['.', '/', '~', '[', ']']);
    (!is_key).then(|| {
        let nested = location.replace(['.', '['], "/").replace(']', "");
        let key = location.replace('~', "~0").replace('/', "~1");
        Diagnostic::new(place, format!("`{location}` is neither a key nor a JSON pointer")).help(format!(
            "write `/{nested}` for a value in nested objects, or `/{key}` for a key with these characters"
        ))
    })
}
