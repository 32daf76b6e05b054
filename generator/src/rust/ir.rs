//! The Rust to be written, as plain data: every decision is made, nothing is printed yet.

use proc_macro2::Ident;

/// What the constants of an API hold is what the schema says, whatever the language.
pub use crate::api::model::{Auth, ErrorFields, Literal, NextPage, Paging, RateLimit, Scalar};

/// The generated folder.
#[derive(Debug)]
pub struct Generated {
    pub api: Api,
    pub fake: Fake,
    pub shared: Option<Shared>,
    /// In the order of their modules.
    pub resources: Vec<Resource>,
}

/// What the constant `API` holds.
#[derive(Debug)]
pub struct Api {
    pub source: String,
    pub base_url: String,
    pub auth: Auth,
    pub key_variable: String,
    pub headers: Vec<(String, String)>,
    pub paging: Option<Paging>,
    pub errors: ErrorFields,
    pub rate_limit: Option<RateLimit>,
}

/// The file of the types that several resources share.
#[derive(Debug)]
pub struct Shared {
    pub source: String,
    pub imports: Imports,
    pub models: Vec<Model>,
}

/// What a file takes from elsewhere, sorted.
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
    /// What the module of operations takes from elsewhere.
    pub operation_imports: Imports,
    pub models: Vec<Model>,
}

/// An operation: a method of the handle, a call, a struct that encodes itself.
#[derive(Debug)]
pub struct Operation {
    pub method: Ident,
    /// The name of its struct.
    pub name: Ident,
    /// The alias of its call.
    pub call: Ident,
    pub doc: String,
    pub deprecated: Option<String>,
    pub example: Example,
    pub info: OperationInfo,
    /// The parameters of the path.
    pub path: Vec<Argument>,
    pub query: Vec<QueryParameter>,
    pub body: RequestBody,
    pub output: Output,
}

/// What the constant `INFO` holds.
#[derive(Debug)]
pub struct OperationInfo {
    /// The constructor: the HTTP method in lower case.
    pub constructor: Ident,
    /// The HTTP method as documentation shows it.
    pub method: &'static str,
    pub name: String,
    pub path: String,
    pub items: Option<String>,
    pub idempotent: bool,
}

/// A required argument of a method.
#[derive(Clone, Debug)]
pub struct Argument {
    pub name: Ident,
    pub ty: RustType,
}

/// An optional query parameter and its setter.
#[derive(Debug)]
pub struct QueryParameter {
    pub name: Ident,
    pub wire_name: String,
    pub doc: String,
    pub ty: RustType,
}

/// What an operation sends as its body.
#[derive(Debug)]
pub enum RequestBody {
    Nothing,
    Empty,
    /// A value that the caller hands over whole.
    Whole(RustType),
    /// A model that the method builds from its arguments, and the setters of the call complete.
    Derived(DerivedBody),
}

/// A request that is derived field by field.
#[derive(Debug)]
pub struct DerivedBody {
    pub model: Ident,
    pub arguments: Vec<Argument>,
    pub setters: Vec<Setter>,
    pub clears: Vec<Clear>,
    /// The method that takes the model whole instead.
    pub from: Ident,
}

/// What an operation's call gives.
#[derive(Debug)]
pub enum Output {
    Nothing,
    Value(RustType),
    Page(RustType),
}

/// What the example of an operation needs.
#[derive(Debug)]
pub struct Example {
    pub crate_name: String,
    pub accessor: Ident,
    /// The variable that one object is bound to.
    pub variable: Ident,
    /// The arguments as they are written.
    pub arguments: Vec<String>,
    /// A setter and its argument, where a call without any would do nothing.
    pub setter: Option<(Ident, String)>,
    /// Whether the arguments name models.
    pub models: bool,
}

/// A type of the API.
#[derive(Debug)]
pub enum Model {
    Struct(Struct),
    Enum(Enum),
    Union(Union),
}

impl Model {
    pub fn name(&self) -> &Ident {
        match self {
            Self::Struct(model) => &model.name,
            Self::Enum(model) => &model.name,
            Self::Union(model) => &model.name,
        }
    }
}

/// An object.
#[derive(Debug)]
pub struct Struct {
    pub name: Ident,
    pub doc: String,
    pub fields: Vec<Field>,
    /// How it is derived, where requests hold it.
    pub builder: Option<Builder>,
}

/// `new(…)` and the setters of a struct. What a call builds has its setters beside those of the call.
#[derive(Debug)]
pub struct Builder {
    pub arguments: Vec<Argument>,
    pub setters: Vec<Setter>,
}

/// A method that sets a field.
#[derive(Debug)]
pub struct Setter {
    pub name: Ident,
    pub doc: String,
    pub deprecated: Option<String>,
    pub kind: SetterKind,
    /// What the caller hands over, without the wrapper of the field.
    pub ty: RustType,
}

/// How a setter's argument becomes the value of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetterKind {
    /// The field is an `Option`.
    Optional,
    /// The field is a `Patch`.
    Clearable,
    /// The field is what the caller hands over.
    Plain,
}

/// A method that makes a field null.
#[derive(Clone, Debug)]
pub struct Clear {
    pub method: Ident,
    pub field: Ident,
}

/// A field of a struct.
#[derive(Debug)]
pub struct Field {
    pub name: Ident,
    pub wire_name: String,
    pub doc: String,
    pub deprecated: Option<String>,
    pub ty: RustType,
    pub presence: Presence,
}

/// How a field that is absent is read, and how one that is empty is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Absent reads as empty, empty is not written.
    Forgiving,
    /// Absent is an error; always written.
    Required,
    /// Absent reads as empty; always written.
    Always,
}

/// An open enumeration.
#[derive(Debug)]
pub struct Enum {
    pub name: Ident,
    pub doc: String,
    pub values: Vec<Value>,
}

/// A known value of an enumeration.
#[derive(Debug)]
pub struct Value {
    pub name: Ident,
    pub wire_name: String,
    pub doc: String,
}

/// A union by the key that is set.
#[derive(Debug)]
pub struct Union {
    pub name: Ident,
    pub doc: String,
    pub variants: Vec<Variant>,
}

/// A known key of a union.
#[derive(Debug)]
pub struct Variant {
    pub name: Ident,
    pub key: String,
    pub ty: RustType,
}

/// A type of the generated code.
#[derive(Clone, Debug, PartialEq)]
pub enum RustType {
    String,
    /// A text that `Debug` does not show.
    Secret,
    Bool,
    I32,
    I64,
    U32,
    U64,
    F64,
    Timestamp,
    Json,
    Vec(Box<RustType>),
    Map(Box<RustType>),
    Option(Box<RustType>),
    /// Absent, null or a value.
    Patch(Box<RustType>),
    Box(Box<RustType>),
    Model(Ident),
}

/// The table that a fake of the API goes by.
#[derive(Debug)]
pub struct Fake {
    pub source: String,
    pub crate_name: String,
    pub rate_limit: Option<RateLimit>,
    pub rules: FakeRules,
    pub collections: Vec<Collection>,
    pub routes: Vec<Route>,
    pub shapes: Vec<Shape>,
}

/// The rules of a fake that hold for all resources.
#[derive(Debug)]
pub struct FakeRules {
    /// The query parameter that bounds a page.
    pub limit: Option<String>,
    /// The most items that a page holds.
    pub most: Option<u32>,
    /// The query parameter that takes the ID of the object which a page comes after.
    pub before: Option<String>,
    /// The query parameter that takes a condition.
    pub filter: Option<String>,
    /// The key under which objects and pages hold their own URI.
    pub uri: Option<String>,
    /// The status in the body of an error, as a JSON pointer.
    pub status: Option<String>,
    /// The code of an error, by its HTTP status.
    pub codes: Vec<(u16, String)>,
    /// The prefix of request IDs, without the underscore.
    pub request_id: Option<String>,
}

/// The objects of a resource.
#[derive(Debug)]
pub struct Collection {
    pub name: String,
    /// Where one of them is.
    pub path: String,
    /// The collection to whose objects they belong.
    pub parent: Option<String>,
    /// Whether their path begins with that of the object they belong to.
    pub nested: bool,
    /// Their type.
    pub item: Option<String>,
    /// The model by which programs seed them: none where a model alone does not tell that it belongs here.
    pub seed: Option<Ident>,
}

/// What an operation does.
#[derive(Debug)]
pub struct Route {
    /// The name of its struct.
    pub operation: Ident,
    pub resource: String,
    /// The collection that it acts on.
    pub collection: String,
    pub action: Action,
    /// The collection of the object that its path names before.
    pub below: Option<String>,
    /// The status of a success.
    pub status: u16,
    /// What is sent, where the fields of an object do not say it.
    pub body: Option<SchemaType>,
    /// The names of its query parameters.
    pub query: Vec<String>,
}

/// What an operation does to the objects that are kept.
#[derive(Debug, PartialEq, Eq)]
pub enum Action {
    Create,
    Get,
    List,
    Update,
    Replace,
    Delete,
    /// Reads a field that has a path of its own.
    GetPart(String),
    /// Sets a field that has a path of its own.
    ReplacePart(String),
    /// Clears a field that has a path of its own.
    DeletePart(String),
    /// Has an effect elsewhere.
    Act,
    /// What it does cannot be told from the schema.
    Unknown,
}

/// A type, as a fake checks and shows its values.
#[derive(Debug)]
pub struct Shape {
    pub name: Ident,
    /// The constant that describes it.
    pub constant: Ident,
    pub id_prefix: Option<String>,
    pub kind: ShapeKind,
}

/// What a type is made of.
#[derive(Debug)]
pub enum ShapeKind {
    Object(Vec<FakeField>),
    Union(Vec<(String, SchemaType)>),
}

/// A field, as a fake checks and shows it.
#[derive(Debug)]
pub struct FakeField {
    pub name: String,
    pub ty: SchemaType,
    pub notes: Vec<Note>,
}

/// The type of a value in the table.
#[derive(Debug)]
pub enum SchemaType {
    Scalar(Scalar),
    List(Box<SchemaType>),
    Map(Box<SchemaType>),
    Optional(Box<SchemaType>),
    /// The shape of this name.
    Named(String),
}

impl SchemaType {
    /// Returns the name of the shape that it contains, at any depth.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Scalar(_) => None,
            Self::List(inner) | Self::Map(inner) | Self::Optional(inner) => inner.name(),
            Self::Named(name) => Some(name),
        }
    }
}

/// What is known of a field beyond its type.
#[derive(Debug)]
pub enum Note {
    Create,
    Required,
    Update,
    Clearable,
    Hidden,
    Secret,
    Once,
    MaxBytes(u32),
    Send(SchemaType),
    Default(Literal),
    Example(Literal),
    ShowsAs(String),
    Children(String),
}
