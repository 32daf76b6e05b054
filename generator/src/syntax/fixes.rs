//! Fixes for errors that `serde_yaml` reports, for authors who know other formats.

/// The keys and values that are not valid in a place where others are, most of them from OpenAPI documents: the key, one that is valid
/// in its place, and the fix.
const OTHER_KEYS: [(&str, &str, &str); 21] = [
    ("enum", "values", "write `values: { VALUE: \"Its documentation.\" }`"),
    ("properties", "fields", "write `fields`"),
    ("oneOf", "one_of", "write `one_of`"),
    ("description", "doc", "write `doc`"),
    ("summary", "doc", "write `doc`"),
    ("nullable", "type", "write the type as `optional<T>`"),
    ("optional", "type", "write the type as `optional<T>`"),
    (
        "format",
        "type",
        "write the format as the type, such as `int64` or `timestamp`",
    ),
    ("items", "type", "write the type as `list<T>`"),
    ("$ref", "type", "write the name of the type as the type"),
    ("maxLength", "max_bytes", "write `max_bytes`"),
    ("max_length", "max_bytes", "write `max_bytes`"),
    (
        "readOnly",
        "create",
        "remove it: requests only contain fields with `create` or `update`",
    ),
    (
        "read_only",
        "create",
        "remove it: requests only contain fields with `create` or `update`",
    ),
    ("writeOnly", "read", "write `read: false`"),
    ("write_only", "read", "write `read: false`"),
    (
        "method",
        "http",
        "write the method and the path as `http: \"GET /things\"`",
    ),
    (
        "path",
        "http",
        "write the method and the path as `http: \"GET /things\"`",
    ),
    ("response", "returns", "write `returns`"),
    ("per_page", "limit", "write `limit: per_page`"),
    (
        "required",
        "clearable",
        "write `optional`: an update only sends the fields that are set",
    ),
];

/// Returns the fix for an unknown key or value, given the valid ones.
pub fn of_name(found: &str, expected: &[String]) -> Option<String> {
    let mut known = OTHER_KEYS.iter();
    let (_, _, fix) = known.find(|(key, valid, _)| *key == found && expected.iter().any(|name| name == valid))?;
    Some((*fix).to_owned())
}

/// Returns the fix for a missing key.
pub fn of_missing_key(key: &str) -> Option<&'static str> {
    (key == "doc").then_some("add `doc: \"…\"`: the text becomes documentation")
}

/// The keys whose values are mappings where other formats have lists, with an example of such a mapping.
const MAPPINGS: [(&str, &str); 11] = [
    ("codes", "{ \"404\": not_found }"),
    ("fields", "{ NAME: { type: string, doc: \"…\" } }"),
    ("fixed", "{ KEY: \"value\" }"),
    ("headers", "{ NAME: { type: string, doc: \"…\" } }"),
    ("integers", "{ 1: { as: NAME, doc: \"…\" } }"),
    ("one_of", "{ KEY: Type }"),
    (
        "operations",
        "{ NAME: { http: \"GET /things\", returns: Thing, doc: \"…\" } }",
    ),
    ("params", "{ NAME: uint64 }"),
    ("query_sets", "{ NAME: { limit: { type: uint32, doc: \"…\" } } }"),
    ("types", "{ Thing: { doc: \"…\", fields: { … } } }"),
    ("values", "{ VALUE: \"Its documentation.\" }"),
];

/// Returns the fix for a value of the wrong kind at a path of keys.
pub fn of_value(path: &[String], expected: &str, found: &str) -> Option<String> {
    match (expected, found, path) {
        ("a mapping", "a list", [.., key]) => {
            // In `api.yaml`, headers have constant values.
            let example = match (path, key.as_str()) {
                ([_], "headers") => Some("{ NAME: \"value\" }"),
                (_, key) => MAPPINGS
                    .iter()
                    .find(|(name, _)| *name == key)
                    .map(|(_, example)| *example),
            };
            example.map(|example| format!("write `{key}: {example}`"))
        }
        ("a type", "a mapping", [.., params, name]) if params == "params" => Some(format!(
            "write only the type, `{name}: TYPE`: a path parameter has no documentation and cannot be deprecated"
        )),
        ("a string", found, _) => {
            let plain = found.strip_prefix('`')?.strip_suffix('`')?;
            let is_number = !matches!(plain, "true" | "false");
            is_number.then(|| format!("quote it: `\"{plain}\"`"))
        }
        ("an HTTP status such as 201", found, _) if found.starts_with('"') => Some("remove the quotes".to_owned()),
        _ => None,
    }
}

/// Returns a fix for common YAML syntax errors. `rest` is the document from the error on.
pub fn of_syntax(message: &str, rest: &str) -> Option<&'static str> {
    if message.starts_with("found character that cannot start any token") {
        Some(if rest.starts_with('\t') {
            "indent with spaces: YAML does not allow tabs"
        } else {
            "quote strings that start with `@`, `` ` `` or `%`"
        })
    } else if message.starts_with("did not find expected key") {
        Some("indent the keys of a mapping equally, and quote strings that start with a quote or contain `: `")
    } else if message.starts_with("mapping values are not allowed") {
        Some("quote strings that contain `: `")
    } else if message.contains("expected ',' or '}'") {
        Some("close the brace, or quote strings that contain `,`, `: `, `{` or `}`")
    } else {
        None
    }
}
