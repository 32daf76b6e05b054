//! What the API means, without a word of YAML or Rust.

use crate::diagnostics::Place;
pub use crate::schema::{Auth, ErrorFields, Method, RateLimit, Scalar};

/// A whole API.
#[derive(Debug)]
pub struct Api {
    pub name: String,
    pub crate_name: String,
    pub base_url: String,
    pub auth: Auth,
    pub key_variable: String,
    pub headers: Vec<(String, String)>,
    pub rate_limit: Option<RateLimit>,
    pub paging: Option<Paging>,
    pub errors: ErrorFields,
    /// In the order of their names.
    pub resources: Vec<Resource>,
    /// The types that stand in `api.yaml`.
    pub shared: Vec<TypeDef>,
    /// The index of `api.yaml` among the sources.
    pub source: usize,
}

impl Api {
    /// The types of all files.
    pub fn types(&self) -> impl Iterator<Item = &TypeDef> {
        self.shared
            .iter()
            .chain(self.resources.iter().flat_map(|resource| &resource.types))
    }
}

/// How a page says where the next one is.
#[derive(Debug)]
pub struct Paging {
    pub next_uri: String,
    pub uri: Option<String>,
}

/// A kind of object with the operations on it.
#[derive(Debug)]
pub struct Resource {
    pub name: String,
    pub doc: String,
    pub operations: Vec<Operation>,
    pub types: Vec<TypeDef>,
    pub place: Place,
}

/// One HTTP call.
#[derive(Debug)]
pub struct Operation {
    pub name: String,
    pub doc: String,
    pub method: Method,
    pub path: String,
    /// The names of its path parameters, in the order of the path.
    pub path_parameters: Vec<String>,
    pub query: Vec<QueryParameter>,
    pub returns: Returns,
    pub place: Place,
}

/// A query parameter; all are optional.
#[derive(Debug)]
pub struct QueryParameter {
    pub name: String,
    pub doc: String,
    pub ty: Type,
    pub place: Place,
}

/// What a successful call answers.
#[derive(Debug)]
pub enum Returns {
    Nothing,
    Value(Type),
    Page {
        item: Type,
        /// The key that holds the items.
        key: String,
    },
}

/// A named type.
#[derive(Debug)]
pub struct TypeDef {
    pub name: String,
    pub doc: String,
    /// How the IDs of such objects begin, without the underscore.
    pub id_prefix: Option<String>,
    pub fields: Vec<Field>,
    pub place: Place,
}

/// A field of an object.
#[derive(Debug)]
pub struct Field {
    pub name: String,
    pub doc: String,
    pub ty: Type,
    pub place: Place,
}

/// The type of a value; every name in it is that of a type of the API.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Scalar(Scalar),
    List(Box<Type>),
    Map(Box<Type>),
    Optional(Box<Type>),
    Named(String),
}
