//! The description of an API's types.

use serde_json::Value;

/// The fields of an object, or the variants of a union by key.
pub(crate) type Fields = &'static [Field];

/// A field of a named type.
#[derive(Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "the flags are independent of each other")]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) ty: ValueType,
    /// The type in requests, if different.
    pub(crate) send: Option<ValueType>,
    /// `true` if create requests may contain the field.
    pub(crate) create: bool,
    /// `true` if update requests may contain the field.
    pub(crate) update: bool,
    /// `true` if requests must contain the field, except for update requests.
    pub(crate) required: bool,
    /// `true` if null in a create request takes precedence over the default.
    pub(crate) nullable: bool,
    /// `true` if null in an update request clears the field.
    pub(crate) clearable: bool,
    /// `true` if no response contains the field.
    pub(crate) write_only: bool,
    /// `true` if only the response to a creation contains the field.
    pub(crate) once: bool,
    /// `true` if every response contains the field, with a value other than null.
    pub(crate) complete: bool,
    /// `true` for the map of the keys that are no field. It has no name.
    pub(crate) additional: bool,
    pub(crate) secret: bool,
    /// The prefix of the objects' IDs, without the underscore.
    pub(crate) id_prefix: Option<&'static str>,
    pub(crate) max_bytes: Option<u32>,
    /// The value if the field is absent.
    pub(crate) default: Option<Literal>,
    pub(crate) example: Option<Literal>,
    /// The response field for the value sent in this one: an object for an ID, other values unchanged.
    pub(crate) shows_as: Option<&'static str>,
    /// The collection whose objects the field lists, if they belong to this object.
    pub(crate) children: Option<&'static str>,
}

impl Field {
    /// Creates a field that only responses contain.
    pub(crate) const fn new(name: &'static str, ty: ValueType) -> Self {
        Self {
            name,
            ty,
            send: None,
            create: false,
            update: false,
            required: false,
            nullable: false,
            clearable: false,
            write_only: false,
            once: false,
            complete: false,
            additional: false,
            secret: false,
            id_prefix: None,
            max_bytes: None,
            default: None,
            example: None,
            shows_as: None,
            children: None,
        }
    }

    /// Creates a field that create requests may contain.
    pub(crate) const fn create_only(name: &'static str, ty: ValueType) -> Self {
        let mut field = Self::new(name, ty);
        field.create = true;
        field
    }

    /// Creates a field that update requests may contain.
    pub(crate) const fn update_only(name: &'static str, ty: ValueType) -> Self {
        let mut field = Self::new(name, ty);
        field.update = true;
        field
    }

    /// Creates a field that create and update requests may contain.
    pub(crate) const fn writable(name: &'static str, ty: ValueType) -> Self {
        let mut field = Self::create_only(name, ty);
        field.update = true;
        field
    }

    pub(crate) const fn send(mut self, ty: ValueType) -> Self {
        self.send = Some(ty);
        self
    }

    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(crate) const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    pub(crate) const fn clearable(mut self) -> Self {
        self.clearable = true;
        self
    }

    pub(crate) const fn write_only(mut self) -> Self {
        self.write_only = true;
        self
    }

    pub(crate) const fn once(mut self) -> Self {
        self.once = true;
        self
    }

    pub(crate) const fn complete(mut self) -> Self {
        self.complete = true;
        self
    }

    pub(crate) const fn additional(mut self) -> Self {
        self.additional = true;
        self.write_only = true;
        self
    }

    pub(crate) const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    pub(crate) const fn id_prefix(mut self, prefix: &'static str) -> Self {
        self.id_prefix = Some(prefix);
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

    /// Returns the type in requests.
    pub(crate) fn sent_type(&self) -> ValueType {
        self.send.unwrap_or(self.ty)
    }
}

/// The type of a value.
#[derive(Clone, Copy)]
pub(crate) enum ValueType {
    Text,
    Boolean,
    Int32,
    Int64,
    Uint32,
    Uint64,
    Float64,
    Timestamp,
    /// A date such as `2024-05-06`.
    Date,
    Uuid,
    /// Bytes as a Base64 string.
    Base64,
    /// A timestamp in seconds.
    Epoch,
    /// A timestamp in milliseconds.
    EpochMs,
    /// A value of this type, as a string.
    Quoted(&'static ValueType),
    Json,
    List(&'static ValueType),
    Map(&'static ValueType),
    Optional(&'static ValueType),
    /// An object with these fields, by reference because types can be recursive.
    Object(&'static Fields),
    /// An object in which exactly one of these keys is set.
    Union(&'static Fields),
    /// An object whose tag is the name of one of these members, which determines the other keys.
    Tagged(&'static str, &'static Fields),
    /// A value of the first of these members that it matches.
    AnyOf(&'static Fields),
}

impl ValueType {
    /// Returns the type without `Optional`.
    pub(crate) fn inner(self) -> Self {
        match self {
            Self::Optional(inner) => inner.inner(),
            other => other,
        }
    }

    pub(crate) fn is_optional(self) -> bool {
        matches!(self, Self::Optional(_))
    }

    /// Returns `true` if the type is an integer, possibly in a string.
    pub(crate) fn is_integer(self) -> bool {
        match self.inner() {
            Self::Quoted(value) => value.is_integer(),
            other => matches!(other, Self::Int32 | Self::Int64 | Self::Uint32 | Self::Uint64),
        }
    }

    /// Returns `true` if this and another type are the same scalar type.
    pub(crate) fn is_same_scalar(self, other: Self) -> bool {
        match (self, other) {
            (Self::Quoted(one), Self::Quoted(other)) => one.is_same_scalar(*other),
            (one, other) => one.is_scalar() && std::mem::discriminant(&one) == std::mem::discriminant(&other),
        }
    }

    fn is_scalar(self) -> bool {
        let compound = matches!(
            self,
            Self::List(_) | Self::Map(_) | Self::Object(_) | Self::Union(_) | Self::Tagged(..) | Self::AnyOf(_)
        );
        !compound && !matches!(self, Self::Json | Self::Quoted(_) | Self::Optional(_))
    }

    /// Returns `true` if this type allows a JSON value that was valid for the type `ty`.
    pub(crate) fn holds(self, value: &Value, ty: Self) -> bool {
        match (self.inner(), value) {
            (_, Value::Null) | (Self::Json | Self::AnyOf(_) | Self::Optional(_), _) => true,
            (Self::Text, value) => value.is_string(),
            (Self::Boolean, value) => value.is_boolean(),
            (Self::Float64, value) => value.is_number(),
            (Self::Int32 | Self::Int64 | Self::Uint32 | Self::Uint64, value) => {
                value.is_number() && !matches!(ty.inner(), Self::Float64)
            }
            (
                own @ (Self::Timestamp
                | Self::Date
                | Self::Uuid
                | Self::Base64
                | Self::Epoch
                | Self::EpochMs
                | Self::Quoted(_)),
                _,
            ) => own.is_same_scalar(ty.inner()),
            (Self::List(_), value) => value.is_array(),
            (Self::Map(_) | Self::Object(_) | Self::Union(_) | Self::Tagged(..), value) => value.is_object(),
        }
    }

    /// Returns the fields of an object, or the variants of a union.
    pub(crate) fn fields(self) -> Option<Fields> {
        match self.inner() {
            Self::Object(fields) | Self::Union(fields) => Some(fields),
            Self::Text
            | Self::Boolean
            | Self::Int32
            | Self::Int64
            | Self::Uint32
            | Self::Uint64
            | Self::Float64
            | Self::Timestamp
            | Self::Date
            | Self::Uuid
            | Self::Base64
            | Self::Epoch
            | Self::EpochMs
            | Self::Quoted(_)
            | Self::Json
            | Self::List(_)
            | Self::Map(_)
            | Self::Optional(_)
            | Self::Tagged(..)
            | Self::AnyOf(_) => None,
        }
    }
}

/// A value from the schema.
#[derive(Clone, Copy)]
pub(crate) enum Literal {
    Bool(bool),
    Int(i64),
    Num(f64),
    Str(&'static str),
    Seq(&'static [Literal]),
    Pairs(&'static [(&'static str, Literal)]),
}

impl Literal {
    pub(crate) fn to_json(self) -> Value {
        match self {
            Self::Bool(value) => value.into(),
            Self::Int(value) => value.into(),
            Self::Num(value) => value.into(),
            Self::Str(value) => value.into(),
            Self::Seq(values) => values.iter().map(|value| value.to_json()).collect(),
            Self::Pairs(entries) => entries
                .iter()
                .map(|(key, value)| ((*key).to_owned(), value.to_json()))
                .collect(),
        }
    }
}
