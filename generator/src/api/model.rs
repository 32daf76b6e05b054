//! What the API means, without a word of YAML or Rust.

pub use crate::syntax::{
    Auth, ErrorFields, FakeRules, InCreate, InUpdate, Literal, Method, PathTemplate, RateLimit, Scalar,
};

use crate::syntax::Place;

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

    /// The operations of all resources.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.resources.iter().flat_map(|resource| &resource.operations)
    }
}

/// How a page says where the next one is.
#[derive(Clone, Debug)]
pub struct Paging {
    pub next: NextPage,
    /// The key that holds the page's own URI.
    pub uri: Option<String>,
}

/// Where the next page is said to be.
#[derive(Clone, Debug)]
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
    pub parent: Option<String>,
    /// The resource and its field that these objects are.
    pub module_of: Option<(String, String)>,
    pub operations: Vec<Operation>,
    pub types: Vec<TypeDef>,
    /// Its file.
    pub file: Place,
    /// Its name.
    pub place: Place,
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
        of: String,
        request: Request,
    },
}

/// The requests that the fields of a type describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Request {
    Create,
    Update,
}

impl Request {
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

    /// The fields that a derived request holds.
    pub fn sent_fields(&self, request: Request) -> impl Iterator<Item = &Field> {
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
    /// Whether answers hold it.
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
    /// The field that shows what is sent here.
    pub shows_as: Option<String>,
    /// Whether only the answer to `create` shows it.
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
    pub fn is_sent(&self, request: Request) -> bool {
        match request {
            Request::Create => self.create.is_some(),
            Request::Update => self.update.is_some(),
        }
    }

    /// Its type in derived requests.
    pub fn sent_type(&self) -> &Type {
        self.send.as_ref().unwrap_or(&self.ty)
    }
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

impl Type {
    /// The type without the leave to be null or absent.
    pub fn unwrap_optional(&self) -> &Self {
        match self {
            Self::Optional(inner) => inner.unwrap_optional(),
            other => other,
        }
    }

    /// The named type that it is a list of, where it is one.
    pub fn listed(&self) -> Option<&str> {
        match self.unwrap_optional() {
            Self::List(item) => match item.as_ref() {
                Self::Named(name) => Some(name),
                Self::Scalar(_) | Self::List(_) | Self::Map(_) | Self::Optional(_) => None,
            },
            Self::Scalar(_) | Self::Map(_) | Self::Optional(_) | Self::Named(_) => None,
        }
    }

    /// The name that it holds, at whatever depth.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Scalar(_) => None,
            Self::List(inner) | Self::Map(inner) | Self::Optional(inner) => inner.name(),
            Self::Named(name) => Some(name),
        }
    }
}
