//! JSON pointers, and references that consist of a file and a pointer.

use crate::openapi::json::Json;

/// Returns the keys of a pointer such as `/paths/~1things/get`.
pub fn keys(pointer: &str) -> impl Iterator<Item = String> {
    let keys = pointer.strip_prefix('/').map(|keys| keys.split('/'));
    keys.into_iter()
        .flatten()
        .map(|key| key.replace("~1", "/").replace("~0", "~"))
}

/// Returns the pointer to the value of a key.
pub fn join(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Returns the value at a pointer.
pub fn get<'a>(json: &'a Json, pointer: &str) -> Option<&'a Json> {
    keys(pointer).try_fold(json, |value, key| child(value, &key))
}

/// Returns the value of a key of an object, or of an index of an array.
pub fn child<'a>(json: &'a Json, key: &str) -> Option<&'a Json> {
    match json {
        Json::Array(items) => items.get(key.parse::<usize>().ok()?),
        _ => json.get(key),
    }
}

/// Like [`get`].
pub fn get_mut<'a>(json: &'a mut Json, pointer: &str) -> Option<&'a mut Json> {
    keys(pointer).try_fold(json, |value, key| match value {
        Json::Array(items) => items.get_mut(key.parse::<usize>().ok()?),
        _ => value.as_object_mut()?.get_mut(&key),
    })
}

/// Returns the pointer of the fragment of a reference, or `None` if it is a name such as `pet`.
///
/// Both an empty fragment and `/` point to the whole file.
pub fn of_fragment(fragment: &str) -> Option<String> {
    let pointer = percent_decode(fragment);
    match pointer.as_str() {
        "" | "/" => Some(String::new()),
        _ => pointer.starts_with('/').then_some(pointer),
    }
}

/// Returns the pointer of a local reference such as `#/components/schemas/Pet`.
pub fn of_reference(reference: &str) -> Option<String> {
    of_fragment(reference.strip_prefix('#')?)
}

/// Returns the local reference to the value at a pointer.
pub fn to_reference(pointer: &str) -> String {
    format!("#{}", pointer.replace('%', "%25"))
}

/// Decodes `%20` and the like. An invalid sequence stands for itself.
pub fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let decoded = match tail {
            [high, low, ..] if *first == b'%' => hex(*high).zip(hex(*low)),
            _ => None,
        };
        let (byte, length) = decoded.map_or((*first, 0), |(high, low)| (high * 16 + low, 2));
        bytes.push(byte);
        rest = &tail[length..];
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(byte: u8) -> Option<u8> {
    let digit = char::from(byte).to_digit(16)?;
    u8::try_from(digit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openapi::json::object;

    #[test]
    fn follows_escaped_keys_and_indexes() {
        let mut json: Json = object! { "a/b": object! { "~1": ["x", "y"] } }.into();
        assert_eq!(get(&json, "/a~1b/~01/1"), Some(&"y".into()));
        assert_eq!(get_mut(&mut json, "/a~1b/~01/0"), Some(&mut "x".into()));
        assert_eq!(get(&json, ""), Some(&json));
        for missing in ["/a", "/a~1b/~01/2", "/a~1b/~01/-1", "/a~1b/~01/0/x", "/"] {
            assert_eq!(get(&json, missing), None, "{missing}");
        }
    }

    #[test]
    fn decodes_fragments() {
        assert_eq!(
            of_fragment("/paths/~1a%20b~1%7Bid%7D").as_deref(),
            Some("/paths/~1a b~1{id}")
        );
        assert_eq!(of_fragment("/100%/%C3%A9").as_deref(), Some("/100%/é"));
        assert_eq!(of_fragment("/").as_deref(), Some(""));
        assert_eq!(of_fragment("pet"), None);
        assert_eq!(of_fragment(&to_reference("/100%")[1..]).as_deref(), Some("/100%"));
    }
}
