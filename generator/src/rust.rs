//! The Rust to be written, as plain data: every decision is made, nothing is printed yet.

use proc_macro2::Ident;

/// The generated folder.
#[derive(Debug)]
pub struct Generated {
    pub api: Api,
    pub shared: Option<Shared>,
    /// In the order of their modules.
    pub resources: Vec<Resource>,
}

/// What the constant `API` holds.
#[derive(Debug)]
pub struct Api {
    pub name: String,
    pub source: String,
    pub base_url: String,
    pub auth: Auth,
    pub key_variable: String,
    pub headers: Vec<(String, String)>,
    pub paging: Option<Paging>,
    pub errors: ErrorFields,
    pub rate_limit: Option<RateLimit>,
}

#[derive(Clone, Copy, Debug)]
pub enum Auth {
    Bearer,
}

#[derive(Debug)]
pub struct Paging {
    pub next_uri: String,
    pub uri: Option<String>,
}

#[derive(Debug)]
pub struct ErrorFields {
    pub code: Option<String>,
    pub message: Option<String>,
    pub details: Option<String>,
    pub operation_id: Option<String>,
    pub operation_id_header: Option<String>,
    pub docs_url: Option<String>,
}

#[derive(Debug)]
pub struct RateLimit {
    pub requests: u32,
    pub seconds: u32,
}

/// The file of the types that several resources share.
#[derive(Debug)]
pub struct Shared {
    pub source: String,
    pub imports: Imports,
    pub models: Vec<Model>,
}

/// What a file of models takes from elsewhere, sorted.
#[derive(Debug)]
pub struct Imports {
    /// Models of other files.
    pub models: Vec<Ident>,
    /// Names of the runtime.
    pub runtime: Vec<Ident>,
    /// `BTreeMap` of the standard library.
    pub map: bool,
}

/// The file of a resource.
#[derive(Debug)]
pub struct Resource {
    pub module: Ident,
    pub source: String,
    pub doc: String,
    pub handle: Ident,
    pub imports: Imports,
    pub operations: Vec<Operation>,
    /// What the module of operations takes from elsewhere, sorted.
    pub operation_imports: Imports,
    pub models: Vec<Model>,
}

/// An operation: a method of the handle, a call, a struct that encodes itself.
#[derive(Debug)]
pub struct Operation {
    pub method: Ident,
    /// The name of its struct and of its call.
    pub name: Ident,
    pub doc: String,
    pub example: Example,
    pub spec: Spec,
    pub arguments: Vec<Argument>,
    pub query: Vec<QueryParameter>,
    pub output: Output,
}

/// What the constant `SPEC` holds.
#[derive(Debug)]
pub struct Spec {
    /// The constructor: the HTTP method in lower case.
    pub constructor: Ident,
    /// The HTTP method as documentation shows it.
    pub method: &'static str,
    pub name: String,
    pub path: String,
    pub items: Option<String>,
}

/// A required argument of an operation's method.
#[derive(Debug)]
pub struct Argument {
    pub name: Ident,
    pub ty: Type,
}

/// An optional query parameter and its setter.
#[derive(Debug)]
pub struct QueryParameter {
    pub name: Ident,
    pub wire_name: String,
    pub doc: String,
    pub ty: Type,
}

/// What an operation's call gives.
#[derive(Debug)]
pub enum Output {
    Nothing,
    Value(Type),
    Page(Type),
}

/// What the example of an operation needs.
#[derive(Debug)]
pub struct Example {
    pub crate_name: String,
    pub accessor: Ident,
    /// The variable that one object is bound to.
    pub variable: Ident,
    /// The literals of the arguments.
    pub arguments: Vec<String>,
}

/// A struct.
#[derive(Debug)]
pub struct Model {
    pub name: Ident,
    pub doc: String,
    pub fields: Vec<Field>,
}

/// A field of a struct.
#[derive(Debug)]
pub struct Field {
    pub name: Ident,
    pub wire_name: String,
    pub doc: String,
    pub ty: Type,
    /// Reading fails where it is absent.
    pub required: bool,
}

/// A type of the generated code.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    String,
    Bool,
    I32,
    I64,
    U32,
    U64,
    F64,
    Timestamp,
    Json,
    Vec(Box<Type>),
    Map(Box<Type>),
    Option(Box<Type>),
    Model(Ident),
}
