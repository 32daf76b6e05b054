//! The request bodies of operations.

use bytes::Bytes;

use super::encode_json::{Nothing, encode_json, object};
use crate::runtime::OperationInfo;
use crate::runtime::json::{Codec, JsonValue};

/// The request body of an operation.
pub trait RequestBody {
    /// Encodes the body, if any.
    ///
    /// # Errors
    ///
    /// Returns a description of a value that cannot be encoded.
    fn encode(&self, info: &OperationInfo) -> Result<Option<Bytes>, String>;
}

// A trait object made from a body refers to the code that drops it; one made from a reference does not.
impl<B: RequestBody> RequestBody for &B {
    fn encode(&self, info: &OperationInfo) -> Result<Option<Bytes>, String> {
        (**self).encode(info)
    }
}

/// No request body.
impl RequestBody for () {
    fn encode(&self, _: &OperationInfo) -> Result<Option<Bytes>, String> {
        Ok(None)
    }
}

/// A request body in JSON.
#[derive(Clone, Copy, Debug)]
pub struct JsonBody<T> {
    pub(crate) value: T,
    codec: Codec,
}

#[allow(dead_code, reason = "unused in an API without request bodies")]
impl<T> JsonBody<T> {
    pub(crate) fn new(value: T) -> Self {
        Self::coded(value, Codec::Plain)
    }

    pub(crate) fn coded(value: T, codec: Codec) -> Self {
        Self { value, codec }
    }
}

impl<T: JsonValue> RequestBody for JsonBody<T> {
    fn encode(&self, info: &OperationInfo) -> Result<Option<Bytes>, String> {
        encode_json(info, Some(T::view_of(&&self.value).coded(self.codec)))
    }
}

/// A request body that may be left out.
impl<T: JsonValue> RequestBody for Option<JsonBody<T>> {
    fn encode(&self, info: &OperationInfo) -> Result<Option<Bytes>, String> {
        match self {
            Some(body) => body.encode(info),
            None => encode_json(info, None),
        }
    }
}

/// A JSON object without fields, except for the constants of the operation.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "unused in an API without such a request body")]
pub struct EmptyBody;

impl RequestBody for EmptyBody {
    fn encode(&self, info: &OperationInfo) -> Result<Option<Bytes>, String> {
        encode_json(info, Some(object(&Nothing)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(body: &impl RequestBody) -> Option<String> {
        let encoded = body.encode(&OperationInfo::put("things.set", "/things/{id}"));
        let encoded = encoded.expect("a body");
        encoded.map(|body| String::from_utf8(body.to_vec()).expect("UTF-8"))
    }

    #[test]
    fn encodes_the_body() {
        assert_eq!(body(&()), None);
        assert_eq!(body(&None::<JsonBody<u64>>), None);
        assert_eq!(body(&Some(JsonBody::new(5))).as_deref(), Some("5"));
        assert_eq!(body(&JsonBody::coded(5, Codec::Quoted)).as_deref(), Some(r#""5""#));
        assert_eq!(body(&EmptyBody).as_deref(), Some("{}"));
    }
}
