//! The API model, independent of YAML and Rust. Definitions refer to each other by ID.

use std::fmt;
use std::ops::Index;

use crate::syntax::Place;

pub use crate::syntax::{
    EmptyValues, ErrorFields, FakeRules, FixedQuery, InCreate, InResponse, InUpdate, ListOrder, Literal, Method,
    MissingFields, PathShape, PathTemplate, QueryStyle, Quoted, RateLimit, Scalar,
};

/// An API.
#[derive(Debug)]
pub struct Api {
    pub name: String,
    pub version: String,
    pub crate_name: String,
    pub base_url: String,
    pub auth: Auth,
    pub headers: Vec<(String, String)>,
    pub rate_limit: Option<RateLimit>,
    pub paging: Option<Paging>,
    /// The location of the value in every response other than a page.
    pub response_key: Option<String>,
    pub missing_fields: MissingFields,
    /// The header for a key with which the API recognizes repeated requests.
    pub idempotency_key: Option<String>,
    /// `true` if each resource has a cargo feature.
    pub resource_features: bool,
    pub errors: ErrorFields,
    /// The sign of an error in a response with a 2xx status.
    pub failed: Option<Failed>,
    pub fake: FakeRules,
    /// All resources, sorted by name.
    pub resources: Vec<Resource>,
    /// The types of all files: first those in `api.yaml`, then those of each resource.
    pub types: Vec<TypeDef>,
    /// The types in `api.yaml`.
    pub shared: Vec<TypeId>,
    /// The index of `api.yaml` in the sources.
    pub source: usize,
}

/// How requests carry credentials, and the environment variables that `from_env` reads the credentials from.
#[derive(Clone, Debug)]
pub enum Auth {
    /// Requests carry no credentials.
    None,
    /// The header `Authorization` contains a user and a password.
    Basic {
        user_variable: String,
        password_variable: String,
    },
    /// Requests carry an API key.
    Key { place: KeyPlace, variable: String },
}

/// The place of the API key in a request.
#[derive(Clone, Debug)]
pub enum KeyPlace {
    /// `Authorization: Bearer KEY`
    Bearer,
    /// A header with the API key after the prefix.
    Header { name: String, prefix: Option<String> },
    /// The query parameter with this name.
    Query(String),
}

/// The ID of a type: its index in [`Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// The ID of a resource: its index in [`Api::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResourceId(pub usize);

/// The ID of a field: its type and its index in [`TypeDef::fields`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldId {
    pub ty: TypeId,
    pub index: usize,
}

impl Api {
    /// Returns all types with their IDs.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.types.iter().enumerate().map(|(index, ty)| (TypeId(index), ty))
    }

    /// Returns all resources with their IDs.
    pub fn resources(&self) -> impl Iterator<Item = (ResourceId, &Resource)> {
        let resources = self.resources.iter().enumerate();
        resources.map(|(index, resource)| (ResourceId(index), resource))
    }

    /// Returns `true` if a response without a field, or with null in it, is an error.
    pub fn requires_in_responses(&self, field: &Field) -> bool {
        match (field.in_response, self.missing_fields) {
            (InResponse::Required, _) => true,
            (InResponse::Optional, MissingFields::Error) => !field.once && !matches!(field.ty, Type::Optional(_)),
            (InResponse::Optional, MissingFields::Empty) | (InResponse::Never, _) => false,
        }
    }

    /// Returns the cargo feature of a resource, if resources have one.
    pub fn feature(&self, resource: &Resource) -> Option<String> {
        self.resource_features.then(|| resource.name.clone())
    }

    /// Returns the operations of all resources.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.resources.iter().flat_map(|resource| &resource.operations)
    }
}

impl Index<TypeId> for Api {
    type Output = TypeDef;

    fn index(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }
}

impl Index<ResourceId> for Api {
    type Output = Resource;

    fn index(&self, id: ResourceId) -> &Resource {
        &self.resources[id.0]
    }
}

impl Index<FieldId> for Api {
    type Output = Field;

    fn index(&self, id: FieldId) -> &Field {
        &self[id.ty].fields()[id.index]
    }
}

/// The sign of an error in a response with a 2xx status, at a location in the body.
#[derive(Clone, Debug)]
pub enum Failed {
    /// Any value but null.
    Present(String),
    Boolean(String, bool),
    Integer(String, i64),
    Text(String, String),
}

/// The paging of lists.
///
/// A location in a page or another body is a key or a JSON pointer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Paging {
    pub next: NextPage,
    pub size: PageSize,
    /// The location of the items, unless an operation has its own.
    pub items: Option<String>,
    pub may_omit_items: bool,
    /// `true` if null in place of the items is an error.
    pub rejects_null: bool,
    pub may_omit_next: bool,
}

/// The size of pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PageSize {
    /// The query parameter for the maximum number of items.
    pub query: Option<String>,
    /// The highest value of the parameter, and its default.
    pub max: Option<u32>,
}

/// The way from a page to the next one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NextPage {
    /// There is only one page.
    None,
    /// The next page's URI, at this location.
    Uri(String),
    /// The next page's URI, in the `Link` header with this relation.
    Link(String),
    /// A cursor at a location, sent in a query parameter.
    Cursor { cursor: String, query: String },
    /// The number of the page, sent in a query parameter.
    Page { query: String, first: u64, end: LastPage },
    /// The number of items before the page, sent in a query parameter.
    Offset { query: String, end: LastPage },
    /// A field of the last item, sent in a query parameter.
    LastItem {
        field: String,
        query: String,
        end: LastPage,
    },
}

/// The sign of the last page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LastPage {
    /// The page has no items.
    Empty,
    /// The boolean at this location is false.
    More(String),
    /// The number of the next page, at this location, is null.
    Next(String),
    /// The number of pages is at this location.
    Pages(String),
    /// The number of items is at this location.
    Total(String),
}

impl NextPage {
    /// Returns the location in a page that determines whether there is another one, with its key in the schema.
    pub fn location(&self) -> Option<(&'static str, &str)> {
        match self {
            Self::None | Self::Link(_) => None,
            Self::Uri(location) => Some(("next_uri", location)),
            Self::Cursor { cursor, .. } => Some(("cursor", cursor)),
            Self::Page { end, .. } | Self::Offset { end, .. } | Self::LastItem { end, .. } => end.location(),
        }
    }

    /// Returns the query parameter that selects a page, unless pages are identified by URI.
    pub fn query(&self) -> Option<&str> {
        match self {
            Self::None | Self::Uri(_) | Self::Link(_) => None,
            Self::Cursor { query, .. }
            | Self::Page { query, .. }
            | Self::Offset { query, .. }
            | Self::LastItem { query, .. } => Some(query),
        }
    }
}

impl LastPage {
    fn location(&self) -> Option<(&'static str, &str)> {
        match self {
            Self::Empty => None,
            Self::More(location) => Some(("more", location)),
            Self::Next(location) => Some(("next", location)),
            Self::Pages(location) => Some(("pages", location)),
            Self::Total(location) => Some(("total", location)),
        }
    }
}

/// A resource: a kind of object with its operations.
#[derive(Debug)]
pub struct Resource {
    pub name: String,
    pub singular: Option<String>,
    pub doc: String,
    /// The resource whose deletion also deletes these objects.
    pub parent: Option<ResourceId>,
    /// The field of another resource that contains these objects.
    pub module_of: Option<ModuleOf>,
    pub operations: Vec<Operation>,
    pub types: Vec<TypeId>,
    /// The location of the resource file in the schema.
    pub file: Place,
    /// The location of the name in the schema.
    pub place: Place,
}

/// The field of another resource that contains the objects of a resource.
#[derive(Clone, Copy, Debug)]
pub struct ModuleOf {
    pub resource: ResourceId,
    pub field: FieldId,
}

/// An operation: one HTTP request.
#[derive(Debug)]
pub struct Operation {
    pub name: String,
    pub doc: String,
    pub method: Method,
    pub path: PathTemplate,
    /// The constant part of the query.
    pub fixed_query: FixedQuery,
    /// Path parameters in path order.
    pub path_parameters: Vec<PathParameter>,
    pub query: Vec<QueryParameter>,
    pub headers: Vec<HeaderParameter>,
    pub body: Body,
    /// The key under which the request body is sent.
    pub request_key: Option<String>,
    /// The constant keys of the request body.
    pub fixed: Vec<(String, Constant)>,
    pub returns: Returns,
    /// The location of the value in the response, if it is wrapped in an object.
    pub response_key: Option<String>,
    /// The status of a successful response.
    pub status: u16,
    pub idempotent: bool,
    /// `true` if requests carry credentials, unless the API has none.
    pub authenticated: bool,
    pub deprecated: Option<String>,
    pub place: Place,
}

impl Operation {
    /// Returns `true` if repeating the request has no further effect.
    pub fn is_idempotent(&self) -> bool {
        match self.method {
            Method::Get | Method::Head | Method::Put | Method::Delete => true,
            Method::Post | Method::Patch => self.idempotent,
        }
    }
}

/// A path parameter.
#[derive(Debug)]
pub struct PathParameter {
    pub name: String,
    pub ty: Type,
}

/// A query parameter.
#[derive(Debug)]
pub struct QueryParameter {
    /// The wire name.
    pub name: String,
    /// The name in generated code, if it differs from the wire name.
    pub alias: Option<String>,
    pub doc: String,
    pub ty: Type,
    pub required: bool,
    pub style: Option<QueryStyle>,
    pub example: Option<Literal>,
    pub deprecated: Option<String>,
    pub place: Place,
}

/// A header of a request.
#[derive(Debug)]
pub struct HeaderParameter {
    /// The wire name.
    pub name: String,
    /// The name in generated code, if it differs from the wire name.
    pub alias: Option<String>,
    pub doc: String,
    pub ty: Type,
    pub required: bool,
    pub example: Option<Literal>,
    pub deprecated: Option<String>,
    pub place: Place,
}

/// A constant value in a request body.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Constant {
    Boolean(bool),
    Integer(i64),
    Text(String),
}

/// The body of a request.
#[derive(Debug, PartialEq)]
pub enum Body {
    Nothing,
    /// An object without fields.
    Empty,
    Value(Type),
    /// A value that may be left out.
    Optional(Type),
    /// The fields of a type that are part of this request.
    Derived {
        of: TypeId,
        request: DerivedRequest,
    },
}

/// The kinds of request bodies that are derived from the fields of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DerivedRequest {
    Create,
    Update,
}

impl DerivedRequest {
    /// Returns the name of the operation that sends it, which is also the key that adds fields to it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
        }
    }
}

/// The result of a successful call.
#[derive(Debug)]
pub enum Returns {
    Nothing,
    /// The response headers.
    Headers,
    Value(Type),
    Page(Page),
    /// One of several results, selected by the status of the response.
    ByStatus(Vec<StatusResult>),
}

impl Returns {
    /// Returns the type of the value in a response, which is the first one if there are several.
    pub fn value(&self) -> Option<&Type> {
        match self {
            Self::Value(ty) => Some(ty),
            Self::ByStatus(results) => results.iter().find_map(|result| result.ty.as_ref()),
            Self::Nothing | Self::Headers | Self::Page(_) => None,
        }
    }

    /// Returns the types of the values in all responses, each once.
    pub fn values(&self) -> Vec<&Type> {
        match self {
            Self::Value(ty) => vec![ty],
            Self::ByStatus(results) => {
                let mut types = Vec::new();
                for ty in results.iter().filter_map(|result| result.ty.as_ref()) {
                    if !types.contains(&ty) {
                        types.push(ty);
                    }
                }
                types
            }
            Self::Nothing | Self::Headers | Self::Page(_) => Vec::new(),
        }
    }
}

/// The result of a response with one status.
#[derive(Debug)]
pub struct StatusResult {
    pub status: u16,
    /// The type of the value, or `None` if the response has no body.
    pub ty: Option<Type>,
    pub place: Place,
}

/// A page of a list.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Page {
    pub item: Type,
    /// The location of the items; empty if the page is the list of items.
    pub items: String,
    pub paging: Paging,
}

/// A named type.
#[derive(Debug)]
pub struct TypeDef {
    pub name: String,
    pub doc: String,
    /// The prefix of object IDs, without the underscore.
    pub id_prefix: Option<String>,
    /// The keys of an object that are not fields, if it keeps them.
    pub additional: Option<Additional>,
    pub deprecated: Option<String>,
    pub kind: TypeKind,
    pub place: Place,
}

/// The keys of an object that are not fields.
#[derive(Debug)]
pub struct Additional {
    /// The name in generated code.
    pub name: String,
    pub doc: Option<String>,
    pub deprecated: Option<String>,
    /// The map of the keys.
    pub ty: Type,
    pub place: Place,
}

impl TypeDef {
    /// Returns the fields of an object. Other types have none.
    pub fn fields(&self) -> &[Field] {
        match &self.kind {
            TypeKind::Object(fields) => fields,
            TypeKind::Enum(_) | TypeKind::IntegerEnum(_) | TypeKind::Union(_) => &[],
        }
    }

    /// Returns `true` if every value is an object with these fields, or with one of these keys.
    pub fn has_keys(&self) -> bool {
        match &self.kind {
            TypeKind::Object(_) => true,
            TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => false,
            TypeKind::Union(union) => union.form == UnionForm::Keyed,
        }
    }

    /// Returns the values of a string enum, or `None` for other types.
    pub fn values(&self) -> Option<&[Value]> {
        match &self.kind {
            TypeKind::Enum(values) => Some(values),
            TypeKind::Object(_) | TypeKind::IntegerEnum(_) | TypeKind::Union(_) => None,
        }
    }

    /// Returns the values of an integer enum, or `None` for other types.
    pub fn integers(&self) -> Option<&[Value<i64>]> {
        match &self.kind {
            TypeKind::IntegerEnum(values) => Some(values),
            TypeKind::Object(_) | TypeKind::Enum(_) | TypeKind::Union(_) => None,
        }
    }

    /// Returns `true` for an enum of strings or integers.
    pub fn is_enum(&self) -> bool {
        match self.kind {
            TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => true,
            TypeKind::Object(_) | TypeKind::Union(_) => false,
        }
    }

    /// Returns the fields of a derived request.
    pub fn sent_fields(&self, request: DerivedRequest) -> impl Iterator<Item = &Field> {
        self.fields().iter().filter(move |field| field.is_sent(request))
    }
}

/// The kind of a named type.
#[derive(Debug)]
pub enum TypeKind {
    Object(Vec<Field>),
    /// A string enum with its known values. The API may add others.
    Enum(Vec<Value>),
    /// An integer enum with its known values. The API may add others.
    IntegerEnum(Vec<Value<i64>>),
    Union(Union),
}

/// A value of an enum: a string or an integer.
#[derive(Debug)]
pub struct Value<W = String> {
    pub name: W,
    /// The name in generated code, if it is not derived from the value.
    pub alias: Option<String>,
    pub doc: Option<String>,
    pub deprecated: Option<String>,
    pub place: Place,
}

/// A value of one of several types. The API may add others.
#[derive(Debug)]
pub struct Union {
    pub form: UnionForm,
    pub members: Vec<Member>,
}

/// The way in which a value determines its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnionForm {
    /// An object in which exactly one key is set.
    Keyed,
    /// An object with a key, the tag, whose value determines the other keys.
    Tagged(String),
    /// A value of the first type that it matches.
    Untagged,
}

/// A member of a union.
#[derive(Debug)]
pub struct Member {
    /// The key, or the value of the tag.
    pub key: String,
    /// The name in generated code, if it differs from the key.
    pub alias: Option<String>,
    pub doc: Option<String>,
    pub deprecated: Option<String>,
    /// `None` for a member of a tagged union without other keys than the tag.
    pub ty: Option<Type>,
    pub place: Place,
}

impl Member {
    /// Returns the name in generated code, before it is converted to a Rust identifier.
    pub fn program_name(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.key)
    }
}

/// A field of an object.
#[derive(Debug)]
pub struct Field {
    /// The wire name.
    pub name: String,
    /// The name in generated code, if it differs from the wire name.
    pub alias: Option<String>,
    pub doc: String,
    pub ty: Type,
    pub create: Option<InCreate>,
    pub update: Option<InUpdate>,
    pub in_response: InResponse,
    /// `true` if an object that is sent as is must contain the field.
    pub required: bool,
    /// The type in derived requests, if it differs from `ty`.
    pub send: Option<Type>,
    pub secret: bool,
    pub deprecated: Option<String>,
    /// The value that the server uses if none is sent.
    pub default: Option<Literal>,
    pub max_bytes: Option<u32>,
    pub example: Option<Literal>,
    /// The wire name of the response field for the value sent here. Every corresponding response type has such a field.
    pub shows_as: Option<String>,
    /// `true` if only the response to `create` contains the field.
    pub once: bool,
    pub place: Place,
}

impl<W: fmt::Display> Value<W> {
    /// Returns the name in generated code, before it is converted to a Rust identifier.
    pub fn program_name(&self) -> String {
        self.alias.clone().unwrap_or_else(|| self.name.to_string())
    }
}

impl QueryParameter {
    /// Returns the name in generated code, before it is converted to a Rust identifier.
    pub fn program_name(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.name)
    }
}

impl HeaderParameter {
    /// Returns the name in generated code, before it is converted to a Rust identifier.
    pub fn program_name(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.name)
    }
}

impl Field {
    /// Returns the name in generated code, before it is converted to a Rust identifier.
    pub fn program_name(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.name)
    }

    /// Returns `true` if the type of the field has no empty value.
    pub fn has_no_empty_value(&self) -> bool {
        matches!(self.ty, Type::Scalar(scalar) if scalar.has_no_empty_value())
    }

    /// Returns `true` if responses may contain the field.
    pub fn is_read(&self) -> bool {
        self.in_response != InResponse::Never
    }

    /// Returns `true` if a derived request may contain null in the field.
    pub fn is_clearable(&self, request: DerivedRequest) -> bool {
        match request {
            DerivedRequest::Create => self.create == Some(InCreate::Clearable),
            DerivedRequest::Update => self.update == Some(InUpdate::Clearable),
        }
    }

    /// Returns `true` if a derived request contains the field.
    pub fn is_sent(&self, request: DerivedRequest) -> bool {
        match request {
            DerivedRequest::Create => self.create.is_some(),
            DerivedRequest::Update => self.update.is_some(),
        }
    }

    /// Returns the type in derived requests.
    pub fn sent_type(&self) -> &Type {
        self.send.as_ref().unwrap_or(&self.ty)
    }

    /// Returns the type as programs send it, or as they receive it if the field is never sent. Literals have this type.
    pub fn program_type(&self) -> &Type {
        if self.create.is_some() || self.update.is_some() {
            self.sent_type()
        } else {
            &self.ty
        }
    }
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    Scalar(Scalar),
    List(Box<Type>),
    Map(Box<Type>),
    Optional(Box<Type>),
    Named(TypeId),
}

impl Type {
    /// Returns the type without `optional`.
    pub fn unwrap_optional(&self) -> &Self {
        match self {
            Self::Optional(inner) => inner.unwrap_optional(),
            other => other,
        }
    }

    /// Returns the item type if this is a list of a named type.
    pub fn listed(&self) -> Option<TypeId> {
        match self.unwrap_optional() {
            Self::List(item) => match item.as_ref() {
                Self::Named(id) => Some(*id),
                Self::Scalar(_) | Self::List(_) | Self::Map(_) | Self::Optional(_) => None,
            },
            Self::Scalar(_) | Self::Map(_) | Self::Optional(_) | Self::Named(_) => None,
        }
    }

    /// Returns the scalar inside any nesting of lists, maps and optionals.
    pub fn scalar(&self) -> Option<Scalar> {
        match self {
            Self::Scalar(scalar) => Some(*scalar),
            Self::List(inner) | Self::Map(inner) | Self::Optional(inner) => inner.scalar(),
            Self::Named(_) => None,
        }
    }

    /// Returns the named type inside any nesting of lists, maps and optionals.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Scalar(_) => None,
            Self::List(inner) | Self::Map(inner) | Self::Optional(inner) => inner.named(),
            Self::Named(id) => Some(*id),
        }
    }
}
