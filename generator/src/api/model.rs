//! The meaning of the API, without a word of YAML or Rust. Definitions refer to each other by ID.

use std::ops::Index;

use crate::syntax::Place;

pub use crate::syntax::{
    Auth, ErrorFields, FakeRules, InCreate, InUpdate, Literal, Method, PathShape, PathTemplate, RateLimit, Scalar,
};

/// A whole API.
#[derive(Debug)]
pub struct Api {
    pub name: String,
    pub version: String,
    pub crate_name: String,
    pub base_url: String,
    pub auth: Auth,
    pub key_variable: String,
    pub headers: Vec<(String, String)>,
    pub rate_limit: Option<RateLimit>,
    pub paging: Option<Paging>,
    pub errors: ErrorFields,
    pub fake: FakeRules,
    /// In the order of their names.
    pub resources: Vec<Resource>,
    /// The types of all files: first those of `api.yaml`, then those of the resources in their order.
    pub types: Vec<TypeDef>,
    /// The types of `api.yaml`.
    pub shared: Vec<TypeId>,
    /// The index of `api.yaml` among the sources.
    pub source: usize,
}

/// A type, by its index in [`Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// A resource, by its index in [`Api::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResourceId(pub usize);

/// A field, by its type and its index in [`TypeDef::fields`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldId {
    pub ty: TypeId,
    pub index: usize,
}

impl Api {
    /// All types with their IDs.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.types.iter().enumerate().map(|(index, ty)| (TypeId(index), ty))
    }

    /// All resources with their IDs.
    pub fn resources(&self) -> impl Iterator<Item = (ResourceId, &Resource)> {
        let resources = self.resources.iter().enumerate();
        resources.map(|(index, resource)| (ResourceId(index), resource))
    }

    /// The operations of all resources.
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

/// How a page says where the next one is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Paging {
    pub next: NextPage,
}

/// Where the next page is said to be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NextPage {
    /// Under this key stands its URI.
    Uri(String),
    /// Under this key stands a cursor, which a query parameter takes.
    Cursor { key: String, query: String },
}

/// A kind of object with the operations on it.
#[derive(Debug)]
pub struct Resource {
    pub name: String,
    pub singular: Option<String>,
    pub doc: String,
    /// The resource to whose objects these belong.
    pub parent: Option<ResourceId>,
    /// The field of another resource's objects that these objects are.
    pub module_of: Option<ModuleOf>,
    pub operations: Vec<Operation>,
    pub types: Vec<TypeId>,
    /// Its file.
    pub file: Place,
    /// Its name.
    pub place: Place,
}

/// The field that the objects of a resource are.
#[derive(Clone, Copy, Debug)]
pub struct ModuleOf {
    pub resource: ResourceId,
    pub field: FieldId,
}

/// One HTTP call.
#[derive(Debug)]
pub struct Operation {
    pub name: String,
    pub doc: String,
    pub method: Method,
    pub path: PathTemplate,
    /// In the order of the path.
    pub path_parameters: Vec<PathParameter>,
    pub query: Vec<QueryParameter>,
    pub body: Body,
    pub returns: Returns,
    /// The status of a success.
    pub status: u16,
    pub idempotent: bool,
    pub deprecated: Option<String>,
    pub place: Place,
}

/// A parameter of a path.
#[derive(Debug)]
pub struct PathParameter {
    pub name: String,
    pub ty: Type,
}

/// A query parameter; all are optional.
#[derive(Debug)]
pub struct QueryParameter {
    /// On the wire.
    pub name: String,
    /// In programs, where the name on the wire does not serve.
    pub alias: Option<String>,
    pub doc: String,
    pub ty: Type,
    pub place: Place,
}

/// What a call sends.
#[derive(Debug, PartialEq)]
pub enum Body {
    Nothing,
    /// An object without fields.
    Empty,
    Value(Type),
    /// What the fields of a type say of a request.
    Derived {
        of: TypeId,
        request: DerivedRequest,
    },
}

/// The requests that the fields of a type describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DerivedRequest {
    Create,
    Update,
}

impl DerivedRequest {
    /// The operation that sends it, and the key of the fields in it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
        }
    }
}

/// What a successful call answers.
#[derive(Debug)]
pub enum Returns {
    Nothing,
    Value(Type),
    Page(Page),
}

/// A page of a list.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Page {
    pub item: Type,
    /// The key that holds the items.
    pub key: String,
    pub paging: Paging,
}

/// A named type.
#[derive(Debug)]
pub struct TypeDef {
    pub name: String,
    pub doc: String,
    /// How the IDs of such objects begin, without the underscore.
    pub id_prefix: Option<String>,
    pub kind: TypeKind,
    pub place: Place,
}

impl TypeDef {
    /// The fields of an object; other types have none.
    pub fn fields(&self) -> &[Field] {
        match &self.kind {
            TypeKind::Object(fields) => fields,
            TypeKind::Enum(_) | TypeKind::Union(_) => &[],
        }
    }

    /// The values of an enumeration; none where the type is no enumeration.
    pub fn values(&self) -> Option<&[Value]> {
        match &self.kind {
            TypeKind::Enum(values) => Some(values),
            TypeKind::Object(_) | TypeKind::Union(_) => None,
        }
    }

    /// The fields that a derived request holds.
    pub fn sent_fields(&self, request: DerivedRequest) -> impl Iterator<Item = &Field> {
        self.fields().iter().filter(move |field| field.is_sent(request))
    }
}

/// What a named type is made of.
#[derive(Debug)]
pub enum TypeKind {
    Object(Vec<Field>),
    /// Known values; the API may add others.
    Enum(Vec<Value>),
    /// Keys of which one is set; the API may add others.
    Union(Vec<Variant>),
}

/// A value of an enumeration.
#[derive(Debug)]
pub struct Value {
    pub name: String,
    pub doc: String,
    pub place: Place,
}

/// A key of a union.
#[derive(Debug)]
pub struct Variant {
    pub key: String,
    pub ty: Type,
    pub place: Place,
}

/// A field of an object.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of a field, independent of the others"
)]
pub struct Field {
    /// On the wire.
    pub name: String,
    /// In programs, where the name on the wire does not serve.
    pub alias: Option<String>,
    pub doc: String,
    pub ty: Type,
    pub create: Option<InCreate>,
    pub update: Option<InUpdate>,
    /// Whether responses hold it.
    pub read: bool,
    /// Whether an object that is sent as it is needs it.
    pub required: bool,
    /// The type in derived requests, where it is another.
    pub send: Option<Type>,
    pub secret: bool,
    pub deprecated: Option<String>,
    /// What the server takes where nothing is sent.
    pub default: Option<Literal>,
    pub max_bytes: Option<u32>,
    pub example: Option<Literal>,
    /// The wire name of the field that shows what is sent here: each type that responses show has one of this name.
    pub shows_as: Option<String>,
    /// Whether only the response to `create` shows it.
    pub once: bool,
    pub place: Place,
}

impl QueryParameter {
    /// What programs call it.
    pub fn program_name(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.name)
    }
}

impl Field {
    /// What programs call it.
    pub fn program_name(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.name)
    }

    /// Whether a derived request holds it.
    pub fn is_sent(&self, request: DerivedRequest) -> bool {
        match request {
            DerivedRequest::Create => self.create.is_some(),
            DerivedRequest::Update => self.update.is_some(),
        }
    }

    /// Its type in derived requests.
    pub fn sent_type(&self) -> &Type {
        self.send.as_ref().unwrap_or(&self.ty)
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
    /// The type without the leave to be null or absent.
    pub fn unwrap_optional(&self) -> &Self {
        match self {
            Self::Optional(inner) => inner.unwrap_optional(),
            other => other,
        }
    }

    /// The named type that it is a list of, where it is one.
    pub fn listed(&self) -> Option<TypeId> {
        match self.unwrap_optional() {
            Self::List(item) => match item.as_ref() {
                Self::Named(id) => Some(*id),
                Self::Scalar(_) | Self::List(_) | Self::Map(_) | Self::Optional(_) => None,
            },
            Self::Scalar(_) | Self::Map(_) | Self::Optional(_) | Self::Named(_) => None,
        }
    }

    /// The named type that it holds, at whatever depth.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Scalar(_) => None,
            Self::List(inner) | Self::Map(inner) | Self::Optional(inner) => inner.named(),
            Self::Named(id) => Some(*id),
        }
    }
}
