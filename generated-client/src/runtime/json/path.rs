//! The path of an error in a JSON document.

use std::fmt::Display;

use serde_core::de::Error;

const OPENING: &str = "at `";
const CLOSING: &str = "`: ";

/// Prepends the key of an object to the path of an error.
#[cold]
pub(crate) fn at_key<E: Error>(key: &str, error: &dyn Display) -> E {
    E::custom(prepend(key, error))
}

/// Prepends the index in a list to the path of an error.
#[cold]
pub(crate) fn at_index<E: Error>(index: usize, error: &dyn Display) -> E {
    E::custom(prepend(&format!("[{index}]"), error))
}

fn prepend(step: &str, error: &dyn Display) -> String {
    let text = error.to_string();
    match text.strip_prefix(OPENING) {
        Some(inner) if inner.starts_with('[') => format!("{OPENING}{step}{inner}"),
        Some(inner) => format!("{OPENING}{step}.{inner}"),
        None => format!("{OPENING}{step}{CLOSING}{text}"),
    }
}

/// Splits a message created by [`at_key`] and [`at_index`] into the path, which may be empty, and the error.
pub(crate) fn split_path(text: &str) -> (&str, &str) {
    match text.strip_prefix(OPENING) {
        Some(rest) => split_at_closing(rest).unwrap_or(("", text)),
        None => ("", text),
    }
}

fn split_at_closing(text: &str) -> Option<(&str, &str)> {
    // Compares bytes, because this compiles to less code than the search for a string.
    let mut windows = text.as_bytes().windows(CLOSING.len());
    let end = windows.position(|window| window == CLOSING.as_bytes())?;
    Some((&text[..end], &text[end + CLOSING.len()..]))
}
