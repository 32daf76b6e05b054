//! Building JSON objects from values at locations.

use serde_json::{Map, Value};

/// Inserts a value at a location: a key, or a JSON pointer.
pub(crate) fn insert_at(body: &mut Map<String, Value>, location: &str, value: Value) {
    match location.strip_prefix('/') {
        Some(pointer) => insert(body, pointer, value),
        None => drop(body.insert(location.to_owned(), value)),
    }
}

/// Inserts a value at a JSON pointer without its leading slash.
fn insert(body: &mut Map<String, Value>, pointer: &str, value: Value) {
    let (key, rest) = match pointer.split_once('/') {
        Some((key, rest)) => (key, Some(rest)),
        None => (pointer, None),
    };
    let key = key.replace("~1", "/").replace("~0", "~");
    let Some(rest) = rest else {
        body.insert(key, value);
        return;
    };
    let inner = body.entry(key).or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(inner) = inner {
        insert(inner, rest, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inserts_at_keys_and_pointers() {
        let mut body = Map::new();
        insert_at(&mut body, "/a", 1.into());
        insert_at(&mut body, "/b/c", 2.into());
        insert_at(&mut body, "/b/d/e~1f~0", 3.into());
        insert_at(&mut body, "g", 4.into());
        assert_eq!(
            Value::Object(body).to_string(),
            r#"{"a":1,"b":{"c":2,"d":{"e/f~":3}},"g":4}"#
        );
    }
}
