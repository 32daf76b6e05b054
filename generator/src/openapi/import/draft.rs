//! A schema in the making: what the import of an OpenAPI document knows of an API.

use std::fmt;

use crate::openapi::json::Json;
use crate::syntax::Scalar;

/// The number of a type in [`Types`](super::types::Types).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TypeId(pub usize);

/// A type where it is used.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Expr {
    Scalar(Scalar),
    Named(TypeId),
    List(Box<Expr>),
    Map(Box<Expr>),
    Optional(Box<Expr>),
}

impl Expr {
    pub const STRING: Self = Self::Scalar(Scalar::String);
    pub const JSON: Self = Self::Scalar(Scalar::Json);

    pub fn list(item: Self) -> Self {
        Self::List(Box::new(item))
    }

    pub fn map(value: Self) -> Self {
        Self::Map(Box::new(value))
    }

    /// Returns a type that may be absent. JSON has only one null.
    pub fn optional(self) -> Self {
        match self {
            Self::Optional(_) | Self::JSON => self,
            other => Self::Optional(Box::new(other)),
        }
    }

    /// Returns the named type within lists, maps and optional values.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Scalar(_) => None,
            Self::Named(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) | Self::Optional(inner) => inner.named(),
        }
    }

    /// Returns the type without `optional`.
    pub fn required(&self) -> &Self {
        match self {
            Self::Optional(inner) => inner,
            other => other,
        }
    }
}

/// A type of the schema.
#[derive(Clone, Debug)]
pub struct TypeDraft {
    pub origin: Origin,
    /// The union that the type was made for, and its key there.
    pub member_of: Option<(TypeId, String)>,
    pub title: Option<String>,
    pub doc: Option<String>,
    pub deprecated: bool,
    pub id_prefix: Option<String>,
    pub kind: Kind,
}

/// The source of a type, which determines its name.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A schema with a name.
    Component(String),
    /// A part of another type, such as a property.
    Part(TypeId, String),
    /// A part of an operation, such as its response.
    Operation(usize, String),
}

impl Origin {
    /// Returns the last word of the name.
    pub fn word(&self) -> &str {
        match self {
            Self::Component(word) | Self::Part(_, word) | Self::Operation(_, word) => word,
        }
    }

    /// Returns the origin of a part of a value, for example of the items of a list.
    pub fn with_word(&self, change: impl FnOnce(&str) -> String) -> Self {
        match self {
            Self::Component(word) => Self::Component(change(word)),
            Self::Part(parent, word) => Self::Part(*parent, change(word)),
            Self::Operation(operation, word) => Self::Operation(*operation, change(word)),
        }
    }
}

#[derive(Clone, Debug)]
pub enum Kind {
    /// The type is being read.
    Pending,
    /// Another type is used in its place.
    Alias(Expr),
    Object(ObjectDraft),
    Enum(Vec<ValueDraft<String>>),
    Integers(Vec<ValueDraft<i64>>),
    /// A union whose form is not determined yet.
    Union(UnionDraft),
    Tagged(String, Vec<MemberDraft>),
    AnyOf(Vec<MemberDraft>),
}

#[derive(Clone, Debug, Default)]
pub struct ObjectDraft {
    pub fields: Vec<FieldDraft>,
    /// The type of the values of other keys.
    pub additional: Option<Expr>,
}

#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a key of a schema")]
pub struct FieldDraft {
    pub name: String,
    pub expr: Expr,
    pub nullable: bool,
    /// Every object has the key.
    pub required: bool,
    pub read_only: bool,
    pub doc: Option<String>,
    pub default: Option<Json>,
    pub example: Option<Json>,
    pub secret: bool,
    pub deprecated: bool,
    /// A union is chosen by the presence of the key.
    pub is_key: bool,
}

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ValueDraft<W> {
    pub value: W,
    /// The name that the document has for the value.
    pub name: Option<String>,
    pub doc: Option<String>,
}

#[derive(Clone, Debug)]
pub struct UnionDraft {
    pub members: Vec<Expr>,
    /// The documentation of members.
    pub docs: Vec<(Expr, String)>,
    /// The fields beside the union, which each member has.
    pub base: Option<ObjectDraft>,
    pub discriminator: Option<Discriminator>,
}

#[derive(Clone, Debug)]
pub struct Discriminator {
    pub tag: String,
    /// Values of the tag, each with the member that it selects.
    pub mapping: Vec<(String, Expr)>,
}

#[derive(Clone, Debug)]
pub struct MemberDraft {
    /// The key or the value of the tag.
    pub key: String,
    /// The type, or `None` for an object that has only the tag.
    pub expr: Option<Expr>,
    /// The documentation of a member whose type has none.
    pub doc: Option<String>,
}

#[derive(Clone, Debug)]
pub struct OperationDraft {
    pub method: String,
    /// The path as the schema writes it.
    pub path: String,
    /// The method and path of the document.
    pub place: String,
    /// The name that the document has for it.
    pub id: Option<String>,
    pub doc: String,
    pub deprecated: bool,
    pub params: Vec<PathParameterDraft>,
    pub query: Vec<ParameterDraft>,
    pub headers: Vec<ParameterDraft>,
    pub body: Option<BodyDraft>,
    pub returns: ReturnsDraft,
    pub status: Option<u16>,
    pub is_public: bool,
    /// The resource and the method, which are set after all operations are read.
    pub resource: usize,
    pub name: String,
}

#[derive(Clone, Debug)]
pub struct PathParameterDraft {
    pub name: String,
    pub expr: Expr,
    /// The place in the document.
    pub place: String,
}

#[derive(Clone, Debug)]
pub struct ParameterDraft {
    pub name: String,
    pub expr: Expr,
    pub required: bool,
    pub style: Option<&'static str>,
    pub doc: Option<String>,
    pub example: Option<Json>,
    pub deprecated: bool,
    /// The highest value.
    pub maximum: Option<i64>,
}

#[derive(Clone, Debug)]
pub struct BodyDraft {
    pub expr: Expr,
    pub is_optional: bool,
    pub key: Option<String>,
}

#[derive(Clone, Debug)]
pub enum ReturnsDraft {
    Nothing,
    Headers,
    Value {
        expr: Expr,
        key: Option<String>,
    },
    Page {
        item: Expr,
        items: String,
        paging: PagingDraft,
    },
    ByStatus(Vec<(u16, Option<Expr>)>),
}

impl FieldDraft {
    /// Returns `true` if every object has a value for the key.
    pub fn is_present(&self) -> bool {
        self.required && !self.nullable
    }
}

impl ReturnsDraft {
    /// Returns the types of all values.
    pub fn exprs(&self) -> Vec<&Expr> {
        match self {
            Self::Nothing | Self::Headers => Vec::new(),
            Self::Value { expr, .. } => vec![expr],
            Self::Page { item, .. } => vec![item],
            Self::ByStatus(results) => results.iter().filter_map(|(_, expr)| expr.as_ref()).collect(),
        }
    }
}

/// The paging of a list: the keys of `paging` in the schema.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct PagingDraft {
    pub keys: Vec<(&'static str, String)>,
    pub may_omit: Vec<&'static str>,
    pub limit: Option<(String, Option<i64>)>,
}

/// Settings of the whole API.
#[derive(Clone, Debug)]
pub struct ApiDraft {
    pub name: String,
    pub version: String,
    pub crate_name: String,
    pub base_url: String,
    pub auth: AuthDraft,
    /// The names that the document has for these credentials.
    pub schemes: Vec<String>,
    /// Locations of error details, by key of `errors`.
    pub errors: Vec<(&'static str, String)>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum AuthDraft {
    None,
    Bearer,
    Basic,
    Header { name: String, prefix: Option<String> },
    Query(String),
}

#[derive(Clone, Debug)]
pub struct ResourceDraft {
    pub name: String,
    pub singular: Option<String>,
    pub doc: String,
}

/// Writes a type as the schema does, given the names of types.
pub struct Written<'a>(pub &'a Expr, pub &'a dyn Fn(TypeId) -> String);

impl fmt::Display for Written<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let Self(expr, name) = self;
        match expr {
            Expr::Scalar(Scalar::Quoted(quoted)) => write!(formatter, "quoted<{}>", quoted.unquoted().name()),
            Expr::Scalar(scalar) => formatter.write_str(scalar.name()),
            Expr::Named(id) => formatter.write_str(&name(*id)),
            Expr::List(inner) => write!(formatter, "list<{}>", Written(inner, name)),
            Expr::Map(inner) => write!(formatter, "map<{}>", Written(inner, name)),
            Expr::Optional(inner) => write!(formatter, "optional<{}>", Written(inner, name)),
        }
    }
}
