//! Deprecated parts of the API.

use super::json::Object;

/// Marks a schema or a parameter as deprecated if there is a note on it, which becomes part of the description.
pub fn mark(described: &mut Object, note: Option<&String>) {
    let Some(note) = note else { return };
    let note = format!("Deprecated: {}.", note.trim_end_matches('.'));
    let description = match described.text("description") {
        Some(description) => format!("{description} {note}"),
        None => note,
    };
    described.set("description", description);
    described.set("deprecated", true);
}
