//! Errors in responses with a 2xx status.

use serde_json::Value;

use crate::runtime::Failed;
use crate::runtime::json::{Codec, JsonValue, Selection, Target, decode_json};

impl Failed {
    /// Returns `true` if a response with this body is an error. A body that is not a JSON object is not.
    pub(crate) fn is_in(self, body: &[u8]) -> bool {
        let (Self::Present(location)
        | Self::Boolean(location, _)
        | Self::Integer(location, _)
        | Self::Text(location, _)) = self;
        let mut value = Value::Null;
        let mut selection = Selection::default();
        selection.add(location, value.target());
        if decode_json(body, Target::Object(&mut selection, Codec::Plain)).is_err() {
            return false;
        }
        match self {
            Self::Present(_) => !value.is_null(),
            Self::Boolean(_, expected) => value == expected,
            Self::Integer(_, expected) => value == expected,
            Self::Text(_, expected) => value == expected,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_errors_in_successful_responses() {
        for (failed, body, is_error) in [
            (Failed::Boolean("/ok", false), r#"{"ok": false, "error": "x"}"#, true),
            (Failed::Boolean("/ok", false), r#"{"ok": true}"#, false),
            (Failed::Boolean("/ok", false), r#"{"ok": null}"#, false),
            (Failed::Boolean("/ok", false), r#"{"other": 1}"#, false),
            (Failed::Boolean("/ok", false), "[]", false),
            (Failed::Boolean("/ok", false), "", false),
            (Failed::Present("/error"), r#"{"error": {}}"#, true),
            (Failed::Present("/error"), r#"{"error": null, "id": 1}"#, false),
            (Failed::Present("/meta/error"), r#"{"meta": {"error": "x"}}"#, true),
            (Failed::Present("/meta/error"), r#"{"meta": {}}"#, false),
            (Failed::Integer("/code", 1), r#"{"code": 1}"#, true),
            (Failed::Integer("/code", 1), r#"{"code": 0}"#, false),
            (Failed::Text("/status", "error"), r#"{"status": "error"}"#, true),
            (Failed::Text("/status", "error"), r#"{"status": "ok"}"#, false),
        ] {
            assert_eq!(failed.is_in(body.as_bytes()), is_error, "{failed:?} {body}");
        }
    }
}
