//! The parameters of one call.

use std::any::type_name;
use std::fmt::{self, Display};
use std::marker::PhantomData;

use super::{Encoder, Query, Viewed};
use crate::runtime::definition::Definition;
use crate::runtime::json::{Codec, JsonValue};

/// The parameters of one call of an operation, and its request body.
///
/// Each type in the module `operations` is an alias of this one.
pub struct Parameters<D, B = ()> {
    pub(crate) encoder: Encoder,
    pub(crate) body: B,
    definition: PhantomData<fn() -> D>,
}

impl<D: Definition> Parameters<D> {
    /// Creates the parameters of a call with none.
    #[allow(dead_code, reason = "unused in an API without resources")]
    pub(crate) fn new() -> Self {
        Self {
            encoder: Encoder::new(&D::INFO),
            body: (),
            definition: PhantomData,
        }
    }
}

// Path parameters must be added in the order of the path.
#[allow(dead_code, reason = "an API may not have parameters and bodies of every kind")]
impl<D> Parameters<D> {
    /// Adds the next path parameter.
    pub(crate) fn path<T: Display>(mut self, value: &T) -> Self {
        self.encoder.path(value);
        self
    }

    /// Adds a query parameter.
    pub(crate) fn query<T: Query>(mut self, name: &'static str, value: &T) -> Self {
        self.encoder.query(name, value);
        self
    }

    /// Adds a query parameter whose values are separated by commas.
    pub(crate) fn comma<T: Query>(mut self, name: &'static str, value: &T) -> Self {
        self.encoder.comma(name, value);
        self
    }

    /// Adds a query parameter `name[]` for each value.
    pub(crate) fn brackets<T: Query>(mut self, name: &'static str, value: &T) -> Self {
        self.encoder.brackets(name, value);
        self
    }

    /// Adds a query parameter `name[key]` for each entry of an object.
    pub(crate) fn deep<T: Viewed>(mut self, name: &'static str, value: &T) -> Self {
        self.encoder.deep(name, value);
        self
    }

    /// Adds a header.
    pub(crate) fn header<T: Query>(mut self, name: &'static str, value: &T) -> Self {
        self.encoder.header(name, value);
        self
    }

    /// Sends an object without fields.
    pub(crate) fn empty_json(mut self) -> Self {
        self.encoder.empty_json();
        self
    }

    /// Sends a value.
    pub(crate) fn json<T>(self, value: T) -> Parameters<D, Json<T>> {
        self.with_body(Json::new(value))
    }

    /// Sends a value with a codec.
    pub(crate) fn coded_json<T>(self, value: T, codec: Codec) -> Parameters<D, Json<T>> {
        self.with_body(Json::coded(value, codec))
    }

    /// Sends a value if one is set.
    pub(crate) fn optional_json<T>(self) -> Parameters<D, Option<Json<T>>> {
        self.with_body(None)
    }

    fn with_body<B>(self, body: B) -> Parameters<D, B> {
        Parameters {
            encoder: self.encoder,
            body,
            definition: PhantomData,
        }
    }
}

impl<D, B: RequestBody> Parameters<D, B> {
    pub(crate) fn into_encoder(self) -> Encoder {
        let Self { mut encoder, body, .. } = self;
        body.encode(&mut encoder);
        encoder
    }
}

// Not derived, because a derived implementation would require `D: Clone`.
impl<D, B: Clone> Clone for Parameters<D, B> {
    fn clone(&self) -> Self {
        Self {
            encoder: self.encoder.clone(),
            body: self.body.clone(),
            definition: PhantomData,
        }
    }
}

/// Prints only the name of the operation, because parameters may be secret.
impl<D, B> fmt::Debug for Parameters<D, B> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = type_name::<D>().rsplit(':').next().unwrap_or_default();
        formatter.debug_struct(name).finish_non_exhaustive()
    }
}

/// The request body of an operation.
pub trait RequestBody: Clone + Send + Sync + 'static {
    /// Writes the body into a request.
    fn encode(&self, request: &mut Encoder);
}

impl RequestBody for () {
    fn encode(&self, _: &mut Encoder) {}
}

/// A request body in JSON.
#[derive(Clone, Copy, Debug)]
pub struct Json<T> {
    pub(crate) value: T,
    codec: Codec,
}

#[allow(dead_code, reason = "unused in an API without request bodies")]
impl<T> Json<T> {
    pub(crate) fn new(value: T) -> Self {
        Self::coded(value, Codec::Plain)
    }

    pub(crate) fn coded(value: T, codec: Codec) -> Self {
        Self { value, codec }
    }
}

impl<T: JsonValue + Clone + Send + Sync + 'static> RequestBody for Json<T> {
    fn encode(&self, request: &mut Encoder) {
        request.json(T::view_of(&&self.value).coded(self.codec));
    }
}

impl<T: JsonValue + Clone + Send + Sync + 'static> RequestBody for Option<Json<T>> {
    fn encode(&self, request: &mut Encoder) {
        match self {
            Some(body) => body.encode(request),
            None => request.no_json(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::operations;

    operations!({
        SetThing(Json<u64>) -> () = put("things.set", "/things/{id}"),
        ResetThing(Option<Json<u64>>) -> () = post("things.reset", "/things"),
    });

    fn body<B: RequestBody>(parameters: Parameters<definitions::ResetThing, B>) -> Option<Vec<u8>> {
        let encoded = parameters.into_encoder().finish().expect("a request");
        encoded.body.map(|body| body.to_vec())
    }

    #[test]
    fn encodes_the_body() {
        let none = || -> ResetThing { Parameters::new().optional_json() };
        assert_eq!(body(none()), None);
        let mut some = none();
        some.body = Some(Json::new(5));
        assert_eq!(body(some.clone()).as_deref(), Some(&b"5"[..]));
        assert_eq!(body(some).as_deref(), Some(&b"5"[..]));
        let coded = Parameters::new().coded_json(5, Codec::Quoted);
        assert_eq!(body(coded).as_deref(), Some(&b"\"5\""[..]));
        assert_eq!(body(Parameters::new().empty_json()).as_deref(), Some(&b"{}"[..]));
    }

    #[test]
    fn debug_prints_no_parameter() {
        let set: SetThing = Parameters::new().path(&"secret").json(5);
        assert_eq!(format!("{set:?}"), "SetThing { .. }");
        assert_eq!(format!("{:?}", set.encoder), "Encoder");
    }
}
