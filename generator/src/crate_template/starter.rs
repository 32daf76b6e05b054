//! The schema of a new crate: one resource, with comments that say what to change.

use super::package_name::PackageName;
use crate::source::{API_FILE, Source};

const API: &str = r#"# The API as a whole. Change these values to those of your API.

# The name and the version of the API, and the name of this crate in Rust code.
name: NAME
version: "1"
crate: CRATE

# The URL that precedes the path of every operation.
base_url: https://api.example.com

# The credentials of a request. For a key in a header: { header: X-Api-Key }, in the query: { query: api_key }.
# `Client::from_env` reads the API key from the environment variable.
auth: bearer
key_variable: VARIABLE

# Lists. Here, a page contains the cursor of the next one: { "notes": […], "next_cursor": "…" }
paging: { cursor: next_cursor, query: cursor, limit: limit, max_limit: 100 }

# Errors, as JSON pointers into their bodies. Here: { "error": { "code": "…", "message": "…" } }
errors: { code: /error/code, message: /error/message }

# Query parameters that several operations have.
query_sets:
  paging:
    limit: { type: uint32, doc: "Maximum number of notes on a page." }
"#;

const NOTES: &str = r#"# A resource: its operations and types. Add one file for each resource of your API, and delete this one.
# `README.md`, `src/lib.rs` and `tests/fake.rs` show this resource, so change them to one of yours.

resource: notes
doc: "Notes, which users write."

# An operation is one HTTP request. Its name becomes a method: `client.notes().get(id)`.
operations:
  create: { http: "POST /notes", status: 201, returns: Note, doc: "Creates a note." }
  get: { http: "GET /notes/{id}", returns: Note, doc: "Returns the note with this ID." }
  list: { http: "GET /notes", query: paging, returns: page<Note>, doc: "Lists all notes, newest first." }
  update: { http: "PATCH /notes/{id}", returns: Note, doc: "Updates a note." }
  delete: { http: "DELETE /notes/{id}", doc: "Deletes a note." }

# A type is an object with fields, or an enum with values. The keys `create` and `update` of a field say which requests
# contain it.
types:
  Note:
    doc: "A note."
    id_prefix: note
    fields:
      id: { type: string, doc: "ID of this note, assigned by the server." }
      created_at: { type: timestamp, doc: "When this note was created." }
      text: { type: string, create: required, update: optional, doc: "Text of the note." }
      priority: { type: NotePriority, create: optional, update: optional, default: low, doc: "Urgency of the note." }
  NotePriority:
    doc: "The urgency of a note."
    values: { low: "Can wait.", high: "Needs attention today." }
"#;

/// Returns the schema of a new crate.
#[must_use]
pub fn starter(package: &PackageName) -> Vec<Source> {
    let package_name = package.to_string();
    let name = ["-client", "-api"]
        .iter()
        .find_map(|ending| package_name.strip_suffix(ending));
    let crate_name = package.crate_name();
    let api = API
        .replace("NAME", name.unwrap_or(&package_name))
        .replace("CRATE", &crate_name)
        .replace("VARIABLE", &format!("{}_KEY", crate_name.to_uppercase()));
    let source = |name: &str, text: &str| Source {
        path: format!("schema/{name}"),
        name: name.to_owned(),
        text: text.to_owned(),
    };
    vec![source(API_FILE, &api), source("resources/notes.yaml", NOTES)]
}
