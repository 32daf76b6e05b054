//! The Rust code to generate, as plain data: every decision is made, but nothing is printed yet.

use proc_macro2::Ident;

/// Parts of the API model that become constants unchanged.
pub use crate::api::model::{
    Auth, Constant, ErrorFields, Failed, KeyPlace, LastPage, Literal, NextPage, PageSize, Paging, RateLimit, Scalar,
    UnionForm,
};

/// The content of the generated folder.
#[derive(Debug)]
pub struct Generated {
    pub api: Api,
    pub fake: Fake,
    pub shared: Option<Shared>,
    /// Sorted by module.
    pub resources: Vec<Resource>,
}

/// The content of the constant `API`.
#[derive(Debug)]
pub struct Api {
    pub source: String,
    pub base_url: String,
    /// The name of a header is in lower case.
    pub auth: Auth,
    /// `true` if some operations are sent without the credentials of the client.
    pub has_open_operations: bool,
    pub headers: Vec<(String, String)>,
    pub paging: Option<Paging>,
    pub idempotency_key: Option<String>,
    pub errors: ErrorFields,
    pub failed: Option<Failed>,
    pub rate_limit: Option<RateLimit>,
}

/// The file of the types shared by several resources.
#[derive(Debug)]
pub struct Shared {
    pub source: String,
    pub imports: Imports,
    pub models: Vec<Model>,
}

/// The imports of a file, sorted.
#[derive(Debug)]
pub struct Imports {
    /// Models from other files.
    pub models: Vec<Ident>,
    /// Names from the runtime.
    pub runtime: Vec<Ident>,
    /// `true` if the file uses `BTreeMap`.
    pub map: bool,
}

/// The file of a resource.
#[derive(Debug)]
pub struct Resource {
    pub module: Ident,
    /// The name of the file without its extension.
    pub file_stem: String,
    pub source: String,
    /// The cargo feature that adds the resource, if resources have one.
    pub feature: Option<String>,
    pub doc: String,
    pub handle: Ident,
    pub imports: Imports,
    pub operations: Vec<Operation>,
    /// The imports of the module `op`.
    pub operation_imports: Imports,
    /// The imports of the constants in the module `op`.
    pub constant_imports: Imports,
    pub models: Vec<Model>,
}

/// An operation: a method of the handle, a request builder, and a struct that encodes itself.
#[derive(Debug)]
pub struct Operation {
    pub method: Ident,
    /// The type of the operation.
    pub name: Ident,
    /// The type alias of the request builder.
    pub call: Ident,
    pub doc: String,
    pub deprecated: Option<String>,
    pub example: Example,
    pub info: OperationInfo,
    /// The path parameters.
    pub path: Vec<PathParameter>,
    /// Query parameters and headers.
    pub parameters: Vec<Parameter>,
    pub body: RequestBody,
    pub output: Output,
}

impl Operation {
    /// Returns the required parameters: headers first, then query parameters.
    pub fn required(&self) -> impl Iterator<Item = &Parameter> {
        let required = || self.parameters.iter().filter(|parameter| parameter.required);
        let headers = required().filter(|parameter| parameter.encoding == Encoding::Header);
        headers.chain(required().filter(|parameter| parameter.encoding != Encoding::Header))
    }

    /// Returns the optional parameters.
    pub fn optional(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| !parameter.required)
    }

    /// Returns the arguments of the method that precede those for the request body.
    pub fn leading_arguments(&self) -> Vec<Argument> {
        let required = self.required().map(|parameter| Argument {
            name: parameter.name.clone(),
            ty: parameter.ty.clone(),
        });
        let path = self.path.iter().map(|parameter| parameter.argument.clone());
        path.chain(required).collect()
    }
}

/// The content of the constant `INFO`.
#[derive(Debug)]
pub struct OperationInfo {
    /// The constructor, named after the HTTP method in lower case.
    pub constructor: Ident,
    /// The HTTP method in upper case, for documentation.
    pub method: &'static str,
    pub name: String,
    pub path: String,
    /// The constant part of the query. May be empty.
    pub query: String,
    pub page: Option<PageInfo>,
    pub response_key: Option<String>,
    /// The codec of the value in the response, or of the items in a page.
    pub codec: Option<Codec>,
    pub request_key: Option<String>,
    /// The constant keys of the request body, and the name of their constant.
    pub fixed: Option<(Ident, Vec<(String, Constant)>)>,
    /// The statuses of successful responses, with `true` if the response has a value. Empty if each 2xx status has one.
    pub statuses: Vec<(u16, bool)>,
    pub idempotent: bool,
    pub authenticated: bool,
}

/// The pages that an operation returns.
#[derive(Debug)]
pub struct PageInfo {
    /// The location of the items.
    pub items: String,
    /// The paging of the operation, if it differs from that of the API, and the name of its constant.
    pub own_paging: Option<(Ident, Paging)>,
}

/// A required argument of a method.
#[derive(Clone, Debug)]
pub struct Argument {
    pub name: Ident,
    pub ty: RustType,
}

/// A path parameter.
#[derive(Clone, Debug)]
pub struct PathParameter {
    pub argument: Argument,
    pub codec: Option<Codec>,
}

/// A representation of a type other than its default one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    EpochSeconds,
    EpochMilliseconds,
    Base64,
    Quoted,
}

/// A query parameter or a header: an argument of the method if it is required, otherwise a setter.
#[derive(Debug)]
pub struct Parameter {
    /// The argument.
    pub name: Ident,
    pub setter: Ident,
    pub wire_name: String,
    pub doc: String,
    pub deprecated: Option<String>,
    pub ty: RustType,
    pub codec: Option<Codec>,
    pub encoding: Encoding,
    pub required: bool,
}

/// The encoding of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Query,
    Comma,
    Brackets,
    Deep,
    Header,
}

/// The request body of an operation.
#[derive(Debug)]
pub enum RequestBody {
    Nothing,
    Empty,
    /// A complete value passed by the caller.
    Whole(RustType, Option<Codec>),
    /// A complete value set by the caller, or nothing.
    Optional(RustType, Option<Codec>),
    /// A model. The method creates it from its arguments, and the setters of the request builder set the other fields.
    Derived(DerivedBody),
}

/// A request body derived from the fields of a type.
#[derive(Debug)]
pub struct DerivedBody {
    pub model: Ident,
    pub arguments: Vec<Argument>,
    pub setters: Vec<Setter>,
    pub clears: Vec<Clear>,
    /// The method that takes the complete model instead of its required fields.
    pub from: Ident,
}

/// The result of a successful call.
#[derive(Debug)]
pub enum Output {
    Nothing,
    /// The response headers.
    Headers,
    Value(RustType),
    Page(RustType),
    /// An enum, whose variant depends on the status.
    ByStatus(ByStatus),
}

/// The enum that an operation returns if its result depends on the status.
#[derive(Debug)]
pub struct ByStatus {
    pub name: Ident,
    pub variants: Vec<StatusVariant>,
}

/// A variant of a result that depends on the status.
#[derive(Debug)]
pub struct StatusVariant {
    pub name: Ident,
    pub ty: Option<RustType>,
    pub statuses: Vec<u16>,
}

/// The parts of an operation's example.
#[derive(Debug)]
pub struct Example {
    pub crate_name: String,
    pub accessor: Ident,
    /// The name of the variable for one object.
    pub variable: Ident,
    /// The arguments, as Rust code.
    pub arguments: Vec<String>,
    /// A setter and its argument, for calls that change nothing without one.
    pub setter: Option<(Ident, String)>,
    /// `true` if the arguments name models.
    pub models: bool,
    /// `true` if the example uses something deprecated.
    pub deprecated: bool,
}

/// A type of the API.
#[derive(Debug)]
pub enum Model {
    Struct(Struct),
    Enum(Enum),
    IntegerEnum(Enum<i64>),
    Union(Union),
}

impl Model {
    pub fn name(&self) -> &Ident {
        match self {
            Self::Struct(model) => &model.name,
            Self::Enum(model) => &model.name,
            Self::IntegerEnum(model) => &model.name,
            Self::Union(model) => &model.name,
        }
    }
}

/// An object.
#[derive(Debug)]
pub struct Struct {
    pub name: Ident,
    pub doc: String,
    pub deprecated: Option<String>,
    pub fields: Vec<Field>,
    /// The constructor and the setters, if requests contain the object.
    pub builder: Option<Builder>,
}

/// The arguments of `new(…)`, and the setters of a struct.
///
/// The setters of a derived request body are in [`DerivedBody`] instead: they are emitted together with those of the
/// request builder.
#[derive(Debug)]
pub struct Builder {
    pub arguments: Vec<Argument>,
    pub setters: Vec<Setter>,
}

/// A method that sets a field.
#[derive(Debug)]
pub struct Setter {
    /// The field.
    pub name: Ident,
    /// The method of the call, and of the derived request body.
    pub method: Ident,
    pub doc: String,
    pub deprecated: Option<String>,
    pub kind: SetterKind,
    /// The type of the argument, without the `Option` or `Patch` of the field.
    pub ty: RustType,
}

/// The conversion from a setter's argument to the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetterKind {
    /// The field is an `Option`.
    Optional,
    /// The field is a `Patch`.
    Clearable,
    /// The field has the type of the argument.
    Plain,
}

/// A method that sets a field to null.
#[derive(Clone, Debug)]
pub struct Clear {
    pub doc: String,
    pub method: Ident,
    pub field: Ident,
    pub deprecated: Option<String>,
}

/// A field of a struct.
#[derive(Debug)]
pub struct Field {
    pub name: Ident,
    pub wire_name: String,
    pub doc: String,
    pub deprecated: Option<String>,
    pub ty: RustType,
    pub codec: Option<Codec>,
    pub presence: Presence,
}

/// The handling of absent fields when reading and of empty fields when writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// A map of the keys that are no field.
    Additional,
    /// An absent field is read as empty. An empty field is not written.
    Forgiving,
    /// An absent field is an error. The field is always written.
    Required,
    /// An absent field is read as empty. The field is always written.
    Always,
}

/// An enum of strings or integers, open for unknown values.
#[derive(Debug)]
pub struct Enum<W = String> {
    pub name: Ident,
    pub doc: String,
    pub deprecated: Option<String>,
    pub values: Vec<Value<W>>,
}

/// A known value of an enum.
#[derive(Debug)]
pub struct Value<W = String> {
    pub name: Ident,
    /// The string or the integer that the API uses.
    pub wire: W,
    pub doc: String,
    pub deprecated: Option<String>,
}

/// A union.
#[derive(Debug)]
pub struct Union {
    pub name: Ident,
    pub doc: String,
    pub deprecated: Option<String>,
    pub form: UnionForm,
    pub variants: Vec<Variant>,
    /// The variants that can be converted from a value, with the type of the value.
    pub conversions: Vec<(Ident, RustType)>,
}

/// A known member of a union.
#[derive(Debug)]
pub struct Variant {
    pub name: Ident,
    pub doc: String,
    pub deprecated: Option<String>,
    /// The key, or the value of the tag.
    pub key: String,
    pub ty: Option<RustType>,
    pub codec: Option<Codec>,
}

/// A type of the generated code.
#[derive(Clone, Debug, PartialEq)]
pub enum RustType {
    String,
    /// A string that `Debug` does not print.
    Secret,
    Bool,
    I32,
    I64,
    U32,
    U64,
    F64,
    Timestamp,
    Date,
    Uuid,
    Bytes,
    Json,
    Vec(Box<RustType>),
    Map(Box<RustType>),
    Option(Box<RustType>),
    /// Absent, null or a value.
    Patch(Box<RustType>),
    Box(Box<RustType>),
    Model(Ident),
}

/// The tables that describe the API to its fake.
#[derive(Debug)]
pub struct Fake {
    pub source: String,
    pub auth: Auth,
    pub crate_name: String,
    /// `true` if each resource has a cargo feature with its name.
    pub resource_features: bool,
    pub rate_limit: Option<RateLimit>,
    pub rules: FakeRules,
    pub collections: Vec<Collection>,
    pub routes: Vec<Route>,
    pub shapes: Vec<Shape>,
}

/// The rules that apply to all resources of a fake.
#[derive(Debug)]
pub struct FakeRules {
    pub size: PageSize,
    pub newest_first: bool,
    /// The query parameter for the ID of the object before the first item of a page.
    pub before: Option<String>,
    /// The query parameter for a filter expression.
    pub filter: Option<String>,
    /// The key of the URI in objects and pages.
    pub uri: Option<String>,
    /// The JSON pointer to the status in an error body.
    pub status: Option<String>,
    /// The error codes by HTTP status.
    pub codes: Vec<(u16, String)>,
    /// The field with the time of the last change of an object.
    pub updated: String,
    /// `true` if an empty string, list or map counts as missing.
    pub empty_is_missing: bool,
    /// The status of the response to an invalid request.
    pub invalid: u16,
    /// The prefix of request IDs, with its separator.
    pub request_id: Option<String>,
}

/// The objects of a resource.
#[derive(Debug)]
pub struct Collection {
    pub name: String,
    /// The path of one object.
    pub path: String,
    /// The fields with the values of the path's parameters, if their names differ from those of the parameters. Empty for a
    /// parameter without a field.
    pub keys: Option<Vec<String>>,
    /// The collection of the parent objects.
    pub parent: Option<String>,
    /// `true` if the path starts with the path of the parent.
    pub nested: bool,
    /// The type of the objects.
    pub item: Option<String>,
    /// The key of the example object.
    pub example: Option<String>,
    /// The model with which programs seed the collection; `None` if objects are nested in a parent, or if an earlier
    /// collection has the same model.
    pub seed: Option<Ident>,
}

/// The effect of an operation.
#[derive(Debug)]
pub struct Route {
    /// The type of the operation.
    pub operation: Ident,
    pub resource: String,
    /// The collection that the operation acts on.
    pub collection: String,
    pub action: Action,
    /// The collection of the outer object in the path.
    pub below: Option<String>,
    /// The HTTP status of a successful response.
    pub status: u16,
    /// The type of the request body, if it is not derived from the fields of the object.
    pub body: Option<SchemaType>,
    /// The type of the response, or of the items in a page, if it does not follow from the effect.
    pub returns: Option<SchemaType>,
    /// The names of the query parameters.
    pub query: Vec<String>,
    /// The size of pages, if it differs from that of the API.
    pub size: Option<PageSize>,
}

/// The effect of an operation on the stored objects.
#[derive(Debug, PartialEq, Eq)]
pub enum Action {
    Create,
    Get,
    List,
    Update,
    Replace,
    Delete,
    /// Returns a field that has its own path.
    GetPart(String),
    /// Sets a field that has its own path.
    ReplacePart(String),
    /// Clears a field that has its own path.
    DeletePart(String),
    /// Has an effect outside of the API, such as on an agent.
    Act,
    /// Has no effect, and returns headers only.
    Head,
    /// Cannot be determined from the schema.
    Unknown,
}

/// A type, described for the fake.
#[derive(Debug)]
pub struct Shape {
    pub name: Ident,
    /// The constant that describes the type.
    pub constant: Ident,
    pub id_prefix: Option<String>,
    pub kind: ShapeKind,
}

/// The fields of an object, or the members of a union by key.
#[derive(Debug)]
pub enum ShapeKind {
    Object(Vec<FakeField>),
    Union(UnionForm, Vec<(String, SchemaType)>),
}

/// A field, described for the fake.
#[derive(Debug)]
pub struct FakeField {
    pub name: String,
    pub ty: SchemaType,
    pub notes: Vec<Note>,
}

/// The type of a value.
#[derive(Debug)]
pub enum SchemaType {
    Scalar(Scalar),
    List(Box<SchemaType>),
    Map(Box<SchemaType>),
    Optional(Box<SchemaType>),
    /// The shape of this name.
    Named(String),
    /// An object without keys.
    Nothing,
}

impl SchemaType {
    /// Returns the name of the shape that the type contains, at any depth.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Scalar(_) | Self::Nothing => None,
            Self::List(inner) | Self::Map(inner) | Self::Optional(inner) => inner.name(),
            Self::Named(name) => Some(name),
        }
    }
}

/// A property of a field beyond its type.
#[derive(Debug)]
pub enum Note {
    Create,
    Required,
    Update,
    Nullable,
    Clearable,
    Hidden,
    Secret,
    Additional,
    Once,
    Complete,
    MaxBytes(u32),
    Send(SchemaType),
    Default(Literal),
    Example(Literal),
    ShowsAs(String),
    Children(String),
}
