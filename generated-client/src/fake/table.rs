//! What a fake knows of its API: a table that is generated, and macros that it is written in.

use crate::runtime::Spec;

/// An API, as a fake plays it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    pub(crate) rules: Rules,
    pub(crate) collections: &'static [Collection],
    pub(crate) routes: &'static [Route],
    pub(crate) shapes: &'static [Shape],
}

/// How lists are paged, and what errors say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// The query parameter that bounds a page.
    pub(crate) limit: Option<&'static str>,
    /// How many items a page holds at most.
    pub(crate) most: Option<u32>,
    /// The query parameter that takes the ID of the object which a page comes after.
    pub(crate) before: Option<&'static str>,
    /// The query parameter that takes a condition.
    pub(crate) filter: Option<&'static str>,
    /// Where an error says its status: a JSON pointer into its body.
    pub(crate) status: Option<&'static str>,
    /// The code of an error, by its HTTP status.
    pub(crate) codes: &'static [(u16, &'static str)],
    /// How the IDs of requests begin, without the underscore.
    pub(crate) operation_id: Option<&'static str>,
}

/// The objects of a resource.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Collection {
    pub(crate) name: &'static str,
    /// The path of one of them.
    pub(crate) path: &'static str,
    /// The shape of each of them.
    pub(crate) item: Option<&'static str>,
    /// The collection to whose objects these belong.
    pub(crate) parent: Option<&'static str>,
    /// Whether their path begins with that of the object that they belong to.
    pub(crate) nested: bool,
}

/// What an operation does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route {
    pub(crate) spec: &'static Spec,
    pub(crate) action: Action,
    /// The collection that it acts on.
    pub(crate) collection: &'static str,
    /// The collection of the object that its path names before.
    pub(crate) below: Option<&'static str>,
    /// The type of the body, where the shape of the objects does not tell it.
    pub(crate) body: Option<Type>,
    /// The names of its query parameters.
    pub(crate) query: &'static [&'static str],
    /// The status of a success.
    pub(crate) status: u16,
}

/// What an operation does to the objects that are kept.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "an API may lack any of these")]
pub(crate) enum Action {
    Create,
    Get,
    List,
    Update,
    Replace,
    Delete,
    GetPart(&'static str),
    ReplacePart(&'static str),
    DeletePart(&'static str),
    /// Has an effect elsewhere, of which nothing is kept.
    Act,
    /// What it does cannot be told from the schema.
    Unknown,
}

/// A named type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) kind: Kind,
    pub(crate) name: &'static str,
    pub(crate) id_prefix: Option<&'static str>,
    /// The fields of an object, or what may stand under each key of a union.
    pub(crate) fields: &'static [Field],
}

/// What a named type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "an API may lack any of these")]
pub(crate) enum Kind {
    Object,
    /// Exactly one key is set.
    Union,
}

/// A field of a named type.
#[derive(Clone, Copy, Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says one thing of a field, independent of the others"
)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) ty: Type,
    /// The type in requests, where it is another.
    pub(crate) send: Option<Type>,
    /// Whether a request to create may hold it.
    pub(crate) create: bool,
    /// Whether a request to update may hold it.
    pub(crate) update: bool,
    /// Whether a request that holds it at all needs it, but for one to update.
    pub(crate) required: bool,
    /// Whether null in a request to update means none.
    pub(crate) clearable: bool,
    /// Whether no answer holds it.
    pub(crate) hidden: bool,
    /// Whether only the answer to a request to create holds it.
    pub(crate) once: bool,
    pub(crate) secret: bool,
    pub(crate) max_bytes: Option<u32>,
    /// The value where nothing is sent.
    pub(crate) default: Option<Literal>,
    pub(crate) example: Option<Literal>,
    /// The field that shows what is sent here: an object by its ID, anything else as it is.
    pub(crate) shows_as: Option<&'static str>,
    /// The collection of which it shows all that belong to the object.
    pub(crate) children: Option<&'static str>,
}

/// The type of a value.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "an API may lack any of these")]
pub(crate) enum Type {
    Text,
    Boolean,
    Int32,
    Int64,
    Uint32,
    Uint64,
    Float64,
    Timestamp,
    Json,
    List(&'static Type),
    Map(&'static Type),
    Optional(&'static Type),
    /// The shape of this name.
    Object(&'static str),
}

impl Type {
    /// The type without the leave to be absent.
    pub(crate) fn inner(self) -> Self {
        match self {
            Self::Optional(inner) => inner.inner(),
            other => other,
        }
    }

    pub(crate) fn is_optional(self) -> bool {
        matches!(self, Self::Optional(_))
    }
}

/// A value that stands in the schema.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "an API may lack any of these")]
pub(crate) enum Literal {
    Bool(bool),
    Int(i64),
    Num(f64),
    Str(&'static str),
    Seq(&'static [Literal]),
    Entries(&'static [(&'static str, Literal)]),
}

impl Literal {
    pub(crate) fn to_json(self) -> serde_json::Value {
        match self {
            Self::Bool(value) => value.into(),
            Self::Int(value) => value.into(),
            Self::Num(value) => value.into(),
            Self::Str(value) => value.into(),
            Self::Seq(values) => values.iter().map(|value| value.to_json()).collect(),
            Self::Entries(entries) => entries
                .iter()
                .map(|(key, value)| ((*key).to_owned(), value.to_json()))
                .collect(),
        }
    }
}

/// A type of which the fake keeps objects, and which programs may put there: see [`Fake::seed`](super::Fake::seed).
pub trait Seed: serde_core::Serialize + serde_core::de::DeserializeOwned {
    /// The resource whose objects are of this type.
    const RESOURCE: &'static str;
}

// The macros' words are methods of these, each of which notes one thing.

#[allow(dead_code, reason = "an API may lack any of these")]
impl Collection {
    pub(crate) const fn new(name: &'static str) -> Self {
        Self {
            name,
            path: "",
            item: None,
            parent: None,
            nested: false,
        }
    }

    pub(crate) const fn at(mut self, path: &'static str) -> Self {
        self.path = path;
        self
    }

    pub(crate) const fn item(mut self, shape: &'static str) -> Self {
        self.item = Some(shape);
        self
    }

    pub(crate) const fn parent(mut self, collection: &'static str) -> Self {
        self.parent = Some(collection);
        self
    }

    pub(crate) const fn nested(mut self) -> Self {
        self.nested = true;
        self
    }
}

#[allow(dead_code, reason = "an API may lack any of these")]
impl Route {
    pub(crate) const fn new(spec: &'static Spec, action: Action) -> Self {
        Self {
            spec,
            action,
            collection: "",
            below: None,
            body: None,
            query: &[],
            status: 200,
        }
    }

    pub(crate) const fn of(mut self, collection: &'static str) -> Self {
        self.collection = collection;
        self
    }

    pub(crate) const fn below(mut self, collection: &'static str) -> Self {
        self.below = Some(collection);
        self
    }

    pub(crate) const fn body(mut self, ty: Type) -> Self {
        self.body = Some(ty);
        self
    }

    pub(crate) const fn query(mut self, names: &'static [&'static str]) -> Self {
        self.query = names;
        self
    }

    pub(crate) const fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }
}

#[allow(dead_code, reason = "an API may lack any of these")]
impl Field {
    pub(crate) const fn new(name: &'static str, ty: Type) -> Self {
        Self {
            name,
            ty,
            send: None,
            create: false,
            update: false,
            required: false,
            clearable: false,
            hidden: false,
            once: false,
            secret: false,
            max_bytes: None,
            default: None,
            example: None,
            shows_as: None,
            children: None,
        }
    }

    pub(crate) const fn send(mut self, ty: Type) -> Self {
        self.send = Some(ty);
        self
    }

    pub(crate) const fn create(mut self) -> Self {
        self.create = true;
        self
    }

    pub(crate) const fn update(mut self) -> Self {
        self.update = true;
        self
    }

    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(crate) const fn clearable(mut self) -> Self {
        self.clearable = true;
        self
    }

    pub(crate) const fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    pub(crate) const fn once(mut self) -> Self {
        self.once = true;
        self
    }

    pub(crate) const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    pub(crate) const fn max_bytes(mut self, bytes: u32) -> Self {
        self.max_bytes = Some(bytes);
        self
    }

    pub(crate) const fn default(mut self, value: Literal) -> Self {
        self.default = Some(value);
        self
    }

    pub(crate) const fn example(mut self, value: Literal) -> Self {
        self.example = Some(value);
        self
    }

    pub(crate) const fn shows_as(mut self, field: &'static str) -> Self {
        self.shows_as = Some(field);
        self
    }

    pub(crate) const fn children(mut self, collection: &'static str) -> Self {
        self.children = Some(collection);
        self
    }
}

/// `collections!({ "things" => at("/things/{id}") item("Thing"), })`
macro_rules! collections {
    ({ $($name:literal => $($note:ident $(($value:expr))?)*,)* }) => {
        const COLLECTIONS: &[$crate::fake::Collection] =
            &[$($crate::fake::Collection::new($name)$(.$note($($value)?))*,)*];
    };
}

/// `seeds!({ Thing => "things", })`
macro_rules! seeds {
    ({ $($model:ident => $collection:literal,)* }) => {
        $(impl $crate::fake::Seed for $crate::generated::models::$model {
            const RESOURCE: &'static str = $collection;
        })*
    };
}

/// `routes!({ GetThing => Get of("things"), })`
macro_rules! routes {
    ({ $($operation:ident => $action:ident $(($part:literal))? $($note:ident($value:expr))*,)* }) => {
        const ROUTES: &[$crate::fake::Route] = {
            #[allow(unused_imports, reason = "an API may lack any of these")]
            use $crate::fake::Type::{
                Boolean, Float64, Int32, Int64, Json, List, Map, Object, Optional, Text, Timestamp, Uint32, Uint64,
            };
            &[$($crate::fake::Route::new(
                &<$crate::generated::operations::$operation as $crate::runtime::Operation>::SPEC,
                $crate::fake::Action::$action $(($part))?,
            )$(.$note($value))*,)*]
        };
    };
}

/// `shapes!({ object Thing("th") { "id": Text, "name": Text => create max_bytes(9), }, })`
macro_rules! shapes {
    ({ $($kind:ident $name:ident $(($prefix:literal))? {
        $($field:literal: $ty:expr $(=> $($note:ident $(($value:expr))?)*)?,)*
    },)* }) => {
        const SHAPES: &[$crate::fake::Shape] = {
            #[allow(unused_imports, reason = "an API may lack any of these")]
            use $crate::fake::Literal::{Bool, Entries, Int, Num, Seq, Str};
            #[allow(unused_imports, reason = "an API may lack any of these")]
            use $crate::fake::Type::{
                Boolean, Float64, Int32, Int64, Json, List, Map, Object, Optional, Text, Timestamp, Uint32, Uint64,
            };
            &[$($crate::fake::Shape {
                kind: $crate::fake::shapes!(@kind $kind),
                name: stringify!($name),
                id_prefix: $crate::fake::shapes!(@prefix $($prefix)?),
                fields: &[$($crate::fake::Field::new($field, $ty)$($(.$note($($value)?))*)?,)*],
            },)*]
        };
    };
    (@kind object) => { $crate::fake::Kind::Object };
    (@kind union) => { $crate::fake::Kind::Union };
    (@prefix $prefix:literal) => { ::core::option::Option::Some($prefix) };
    (@prefix) => { ::core::option::Option::None };
}

pub(crate) use {collections, routes, seeds, shapes};
