//! Encoding request bodies.

use bytes::Bytes;

use super::Constant;
use crate::runtime::OperationInfo;
use crate::runtime::json::{Codec, Members, ObjectView, View};

/// Encodes the request body of an operation in JSON, with the constants and the key of the operation. Without a body, the
/// constants are sent alone.
///
/// # Errors
///
/// Returns a description of a value that has no JSON representation.
pub(super) fn encode_json(info: &OperationInfo, body: Option<View<'_>>) -> Result<Option<Bytes>, String> {
    let constants = info.fixed;
    let value = match body {
        None if constants.is_empty() => return Ok(None),
        None => object(&Nothing),
        Some(value) => value,
    };
    let with_constants = match value {
        View::Object(object, codec) if !constants.is_empty() => Some(WithConstants {
            constants,
            object,
            codec,
        }),
        _ => None,
    };
    let value = with_constants
        .as_ref()
        .map_or(value, |with_constants| object(with_constants));
    let under_key = info.request_key.map(|key| UnderKey { key, value });
    match serde_json::to_vec(&under_key.as_ref().map_or(value, |under_key| object(under_key))) {
        Ok(body) => Ok(Some(body.into())),
        Err(error) => Err(format!("cannot encode the body as JSON: {error}")),
    }
}

/// An object without members.
pub(super) struct Nothing;

impl ObjectView for Nothing {
    fn members(&self, _: &mut Members<'_>) {}
}

/// An object with constants, and the entries of another object.
struct WithConstants<'a> {
    constants: &'static [(&'static str, Constant)],
    object: &'a dyn ObjectView,
    /// The codec of the values of the object if it is a map.
    codec: Codec,
}

impl ObjectView for WithConstants<'_> {
    fn members(&self, members: &mut Members<'_>) {
        for (key, value) in self.constants {
            members.add(key, value.view());
        }
        let is_constant = |key: &str| self.constants.iter().any(|(constant, _)| *constant == key);
        self.object.members(&mut Members::new(&mut |key, value| {
            if !is_constant(key) {
                members.add(key, value.coded(self.codec));
            }
        }));
    }
}

/// An object with one value under a key.
struct UnderKey<'a> {
    key: &'static str,
    value: View<'a>,
}

impl ObjectView for UnderKey<'_> {
    fn members(&self, members: &mut Members<'_>) {
        members.add(self.key, self.value);
    }
}

/// Returns the view of an object.
pub(super) fn object(object: &dyn ObjectView) -> View<'_> {
    View::Object(object, Codec::Plain)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::runtime::json::JsonValue;

    const FIXED: &[(&str, Constant)] = &[("type", Constant::Text("reboot")), ("force", Constant::Boolean(true))];
    const PLAIN: OperationInfo = OperationInfo::post("things.create", "/things");
    const ACT: OperationInfo = OperationInfo::post("things.act", "/things").fixed(FIXED);
    const WRAPPED: OperationInfo = ACT.request_key("action");
    const KEYED: OperationInfo = PLAIN.request_key("thing");

    fn body(info: &OperationInfo, body: Option<View<'_>>) -> Option<String> {
        let body = encode_json(info, body).expect("a body");
        body.map(|body| String::from_utf8(body.to_vec()).expect("UTF-8"))
    }

    #[test]
    fn contains_the_constants_of_the_operation() {
        let value = BTreeMap::from([("a".to_owned(), 1)]);
        assert_eq!(
            body(&ACT, Some(value.view())).as_deref(),
            Some(r#"{"type":"reboot","force":true,"a":1}"#)
        );
        let same_key = BTreeMap::from([("type".to_owned(), 1)]);
        let constants = Some(r#"{"type":"reboot","force":true}"#);
        assert_eq!(body(&ACT, Some(same_key.view())).as_deref(), constants);
        assert_eq!(
            body(&ACT, Some(View::Object(&value, Codec::Quoted))).as_deref(),
            Some(r#"{"type":"reboot","force":true,"a":"1"}"#)
        );
        assert_eq!(body(&ACT, Some(object(&Nothing))).as_deref(), constants);
        assert_eq!(body(&ACT, None).as_deref(), constants);
    }

    #[test]
    fn is_under_the_key_of_the_operation() {
        let value = BTreeMap::from([("a".to_owned(), 1)]);
        assert_eq!(
            body(&WRAPPED, Some(value.view())).as_deref(),
            Some(r#"{"action":{"type":"reboot","force":true,"a":1}}"#)
        );
        assert_eq!(body(&KEYED, Some(vec![1].view())).as_deref(), Some(r#"{"thing":[1]}"#));
        assert_eq!(body(&KEYED, None), None);
    }

    #[test]
    fn value_without_a_representation_is_a_problem() {
        let problem = encode_json(&PLAIN, Some(View::Float(f64::NAN))).err();
        assert!(problem.is_some_and(|text| text.starts_with("cannot encode the body as JSON")));
    }
}
