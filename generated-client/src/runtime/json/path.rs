//! The path of an error within a JSON document.

use std::fmt::Display;

use serde_core::de::Error;

const OPENING: &str = "at `";
const CLOSING: &str = "`: ";

/// The error, as it reads one level further out: under a key of an object.
#[cold]
pub(crate) fn at_key<E: Error>(key: &str, error: &dyn Display) -> E {
    E::custom(outward(key, error))
}

/// The error, as it reads one level further out: at a place in a list.
#[cold]
pub(crate) fn at_index<E: Error>(index: usize, error: &dyn Display) -> E {
    E::custom(outward(&format!("[{index}]"), error))
}

fn outward(step: &str, error: &dyn Display) -> String {
    let text = error.to_string();
    match text.strip_prefix(OPENING) {
        Some(inner) if inner.starts_with('[') => format!("{OPENING}{step}{inner}"),
        Some(inner) => format!("{OPENING}{step}.{inner}"),
        None => format!("{OPENING}{step}{CLOSING}{text}"),
    }
}

/// Parts what [`at_key`] and [`at_index`] have joined: the path, empty at the top, and what is wrong there.
pub(crate) fn split_path(text: &str) -> (&str, &str) {
    text.strip_prefix(OPENING)
        .and_then(|rest| rest.split_once(CLOSING))
        .unwrap_or(("", text))
}
