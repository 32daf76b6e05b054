//! Decoding of the values at some locations of a document.
//!
//! A location is the key of an object, or a JSON pointer.

use std::borrow::Cow;

use super::decode::dotted;
use super::{Codec, DecodeError, Object, Target};

/// The targets for the values at some locations of a document. Other values are ignored.
#[derive(Default)]
pub(crate) struct Selection<'a> {
    entries: Vec<Entry<'a>>,
    contains_documents: bool,
}

/// A key of an object, and the target for its value.
struct Entry<'a> {
    key: Cow<'static, str>,
    value: Selected<'a>,
    /// `true` if the object has the key.
    found: bool,
}

enum Selected<'a> {
    Value(Target<'a>),
    Object(Selection<'a>),
}

impl<'a> Selection<'a> {
    /// Selects a value that is decoded like a whole document.
    pub(crate) fn document(location: &'static str, target: Target<'a>) -> Self {
        let mut selection = Self {
            entries: Vec::new(),
            contains_documents: true,
        };
        selection.add(location, target);
        selection
    }

    /// Selects the value at a location.
    pub(crate) fn add(&mut self, location: &'static str, target: Target<'a>) {
        let (key, rest) = split(location);
        let Some(rest) = rest else {
            return self.push(key, Selected::Value(target));
        };
        for entry in &mut self.entries {
            if let (true, Selected::Object(inner)) = (entry.key == key, &mut entry.value) {
                return inner.add(rest, target);
            }
        }
        let mut inner = Selection {
            entries: Vec::new(),
            contains_documents: self.contains_documents,
        };
        inner.add(rest, target);
        self.push(key, Selected::Object(inner));
    }

    fn push(&mut self, key: Cow<'static, str>, value: Selected<'a>) {
        let found = false;
        self.entries.push(Entry { key, value, found });
    }

    /// Returns an error if the decoded document has no value at a location.
    pub(crate) fn require(&self, location: &'static str) -> Result<(), DecodeError> {
        if self.has(location) {
            return Ok(());
        }
        Err(DecodeError::at(dotted(location), "the field is missing"))
    }

    fn has(&self, location: &'static str) -> bool {
        let (key, rest) = split(location);
        let mut same = self.entries.iter().filter(|entry| entry.found && entry.key == key);
        same.any(|entry| match (&entry.value, rest) {
            (Selected::Value(_), None) => true,
            (Selected::Object(inner), Some(rest)) => inner.has(rest),
            (Selected::Value(_), Some(_)) | (Selected::Object(_), None) => false,
        })
    }
}

impl Object for Selection<'_> {
    fn field(&mut self, name: &str) -> Option<Target<'_>> {
        let entry = self.entries.iter_mut().find(|entry| entry.key == name)?;
        entry.found = true;
        Some(match &mut entry.value {
            Selected::Value(target) => target.reborrow(),
            Selected::Object(inner) => Target::Object(inner, Codec::Plain),
        })
    }

    fn contains_documents(&self) -> bool {
        self.contains_documents
    }
}

/// Returns the first key of a location, and the location within its value.
pub(super) fn split(location: &'static str) -> (Cow<'static, str>, Option<&'static str>) {
    let Some(steps) = location.strip_prefix('/') else {
        return (Cow::Borrowed(location), None);
    };
    let end = steps.find('/').unwrap_or(steps.len());
    let (key, rest) = steps.split_at(end);
    // Not `str::contains`, which compiles to much more code.
    let key = if key.as_bytes().contains(&b'~') {
        Cow::Owned(unescape(key))
    } else {
        Cow::Borrowed(key)
    };
    (key, Some(rest).filter(|rest| !rest.is_empty()))
}

/// Resolves the escapes of JSON pointers: `~1` is a slash, and `~0` a tilde.
fn unescape(key: &str) -> String {
    let mut parts = key.split('~');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (character, rest) = match part.strip_prefix('1') {
            Some(rest) => ('/', rest),
            None => ('~', part.strip_prefix('0').unwrap_or(part)),
        };
        text.push(character);
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::json::{JsonValue, decode_json};

    /// Decodes the strings at two locations, and reports the error of the first missing one.
    fn select(body: &str, locations: [&'static str; 2]) -> Result<[String; 2], String> {
        let (mut first, mut second) = (String::new(), String::new());
        let mut selection = Selection::default();
        selection.add(locations[0], first.target());
        selection.add(locations[1], second.target());
        let decoded = decode_json(body.as_bytes(), Target::Object(&mut selection, Codec::Plain));
        decoded.map_err(|error| error.to_string())?;
        for location in locations {
            selection.require(location).map_err(|error| error.to_string())?;
        }
        Ok([first, second])
    }

    #[test]
    fn selects_values_by_key_and_pointer() {
        let body = r#"{"a": "1", "b": {"c": "2", "d": {"a": "3"}}, "x/y": {"~": "4", "~1": "6"}, "e.f": "5"}"#;
        for (locations, values) in [
            (["a", "/b/c"], ["1", "2"]),
            (["/b/d/a", "/b/c"], ["3", "2"]),
            (["/e.f", "/x~1y/~0"], ["5", "4"]),
            (["/x~1y/~01", "/x~1y/~"], ["6", "4"]),
        ] {
            let selected = select(body, locations);
            assert_eq!(selected, Ok(values.map(str::to_owned)), "{locations:?}");
        }
    }

    #[test]
    fn reports_missing_values() {
        for (body, error) in [
            (r#"{"a": "1"}"#, "b.c: the field is missing"),
            (r#"{"a": "1", "b": null}"#, "b.c: the field is missing"),
            (r#"{"a": "1", "b": {}}"#, "b.c: the field is missing"),
            (r#"{"b": {"c": "1", "a": "1"}}"#, "a: the field is missing"),
            (r#"{"c": 1}"#, "the object has no known key, only others such as `c`"),
        ] {
            let found = select(body, ["a", "/b/c"]).unwrap_err();
            assert!(found.starts_with(error), "{body}: {found}");
        }
    }

    #[test]
    fn document_in_an_envelope_must_have_a_known_shape() {
        let decode = |body: &str| {
            let mut value = String::new();
            let mut selection = Selection::document("/data/value", value.target());
            let decoded = decode_json(body.as_bytes(), Target::Object(&mut selection, Codec::Plain));
            decoded
                .and_then(|()| selection.require("/data/value"))
                .map_err(|error| error.to_string())?;
            Ok::<_, String>(value)
        };
        assert_eq!(decode(r#"{"data": {"value": "1"}}"#), Ok("1".to_owned()));
        for (body, error) in [
            (r#"{"data": {}}"#, "data.value: the field is missing"),
            (r#"{"data": null}"#, "data: expected an object, found null"),
            (
                r#"{"data": {"value": null}}"#,
                "data.value: expected a string, found null",
            ),
            (
                r#"{"data": {"other": 1}}"#,
                "data: the object has no known key, only others such as `other`",
            ),
        ] {
            let found = decode(body).unwrap_err();
            assert!(found.starts_with(error), "{body}: {found}");
        }
    }
}
