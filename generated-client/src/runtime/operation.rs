//! What generated code says of each operation.

use super::json::{DecodeError, Wire, decode};
use super::{Encoder, Page};

/// One operation of the API: the values that one call sends, as plain data.
pub trait Operation: 'static {
    /// What a successful answer is read as.
    type Output: FromResponse;

    /// What holds for every call of this operation.
    const SPEC: Spec;

    /// Writes the values into a request. An operation without any has nothing to write.
    fn encode(&self, request: &mut Encoder) {
        let _ = request;
    }
}

/// An operation that lists things page by page.
pub trait Paged: Operation<Output = Page<Self::Item>> {
    /// What the pages hold.
    type Item: Wire + 'static;
}

impl<T: Wire + 'static, O: Operation<Output = Page<T>>> Paged for O {
    type Item = T;
}

/// What holds for every call of one operation.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// What messages call the operation, as in `resource.verb`.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the base URL, with a `{name}` for each parameter.
    pub path: &'static str,
    /// The field of a page that holds its items.
    pub items: Option<&'static str>,
    /// Whether sending a request twice does what sending it once does.
    pub idempotent: bool,
}

/// An HTTP method that operations use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
        }
    }
}

impl Spec {
    /// An operation that reads.
    #[must_use]
    pub const fn get(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::Get, path).idempotent()
    }

    /// An operation that creates or acts.
    #[must_use]
    pub const fn post(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::Post, path)
    }

    /// An operation that replaces.
    #[must_use]
    pub const fn put(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::Put, path).idempotent()
    }

    /// An operation that changes some fields.
    #[must_use]
    pub const fn patch(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::Patch, path)
    }

    /// An operation that removes.
    #[must_use]
    pub const fn delete(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::Delete, path).idempotent()
    }

    /// The same operation, whose pages hold their items under this key.
    #[must_use]
    pub const fn items(mut self, key: &'static str) -> Self {
        self.items = Some(key);
        self
    }

    /// The same operation, known to do no more when a request is sent twice.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    const fn new(name: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            name,
            method,
            path,
            items: None,
            idempotent: false,
        }
    }
}

/// What the body of a successful answer can be read as.
pub trait FromResponse: Sized {
    /// Reads the body of an answer to the described operation.
    ///
    /// # Errors
    ///
    /// When the body does not hold what is expected.
    fn from_response(spec: &Spec, body: &[u8]) -> Result<Self, DecodeError>;
}

/// An answer without content: whatever came is not looked at.
impl FromResponse for () {
    fn from_response(_: &Spec, _: &[u8]) -> Result<Self, DecodeError> {
        Ok(())
    }
}

impl<T: Wire> FromResponse for T {
    fn from_response(_: &Spec, body: &[u8]) -> Result<Self, DecodeError> {
        let mut value = T::default();
        decode(body, value.target())?;
        Ok(value)
    }
}

impl<T: Wire> FromResponse for Page<T> {
    fn from_response(spec: &Spec, body: &[u8]) -> Result<Self, DecodeError> {
        Self::read(spec, body)
    }
}
