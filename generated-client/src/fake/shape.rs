//! From what a request holds to what answers show: every rule about fields stands here once.

use serde_json::{Map, Value};

use super::ids::Ids;
use super::index::{CollectionId, Index};
use super::refusal::Refusal;
use super::store::{Store, list};
use super::table::{Field, Kind, Literal, Shape, Type};
use crate::runtime::Timestamp;

/// So many problems of a request are named at the most.
const MOST_PROBLEMS: usize = 20;

/// The field that tells when an object was last changed.
pub(crate) const UPDATED: &str = "updated_at";

/// What a request is for, which decides over the fields that it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// It creates an object, by the fields that say so.
    Create,
    /// It changes an object, by the fields that say so: what is absent stays.
    Update,
    /// It changes an object, by all fields of a type of its own: what is absent stays.
    Merge,
    /// It holds a value as a whole.
    Whole,
}

impl Purpose {
    pub(crate) fn takes(self, field: &Field) -> bool {
        match self {
            Self::Create => field.create,
            Self::Update => field.update,
            Self::Merge | Self::Whole => true,
        }
    }

    /// The same, where what is sent has a type of its own.
    pub(crate) fn with_own_type(self) -> Self {
        match self {
            Self::Create | Self::Whole => Self::Whole,
            Self::Update | Self::Merge => Self::Merge,
        }
    }

    fn needs(self, field: &Field) -> bool {
        match self {
            Self::Create | Self::Whole => field.required,
            Self::Update | Self::Merge => false,
        }
    }

    fn keeps(self) -> bool {
        match self {
            Self::Update | Self::Merge => true,
            Self::Create | Self::Whole => false,
        }
    }
}

/// What a server knows of an object by itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Identity {
    /// The values of its path's parameters.
    pub(crate) keys: Vec<(&'static str, String)>,
    pub(crate) uri: String,
}

impl Identity {
    fn key(&self, name: &str) -> Option<&str> {
        let mut keys = self.keys.iter();
        keys.find(|(known, _)| *known == name).map(|(_, key)| key.as_str())
    }
}

/// What a request says of objects that belong to the one it is about: all of them.
pub(crate) struct Children {
    pub(crate) collection: CollectionId,
    /// The shape of what is sent for each.
    pub(crate) shape: &'static str,
    pub(crate) values: Vec<Value>,
    /// Where they stand in the request.
    pub(crate) path: String,
}

/// Turns what is sent into what is shown, and collects what is wrong with it.
pub(crate) struct Converter<'a> {
    index: &'static Index,
    store: &'a Store,
    ids: &'a mut Ids,
    now: Timestamp,
    /// The object that the request is about.
    pub(crate) identity: Identity,
    children: Vec<Children>,
    problems: Vec<String>,
}

/// An object that was sent: its shape, what it is for, its fields and where it stands.
struct Sent<'a> {
    shape: &'static Shape,
    purpose: Purpose,
    value: &'a Map<String, Value>,
    path: &'a str,
}

impl<'a> Sent<'a> {
    /// The value of a field, unless it is absent or null.
    fn get(&self, field: &Field) -> Option<&'a Value> {
        self.value.get(field.name).filter(|value| !value.is_null())
    }

    fn is_null(&self, field: &Field) -> bool {
        self.value.get(field.name).is_some_and(Value::is_null)
    }

    fn fields(&self) -> impl Iterator<Item = &'static Field> {
        let purpose = self.purpose;
        self.shape.fields.iter().filter(move |field| purpose.takes(field))
    }

    fn field(&self, matches: impl Fn(&Field) -> bool) -> Option<&'static Field> {
        self.fields().find(|field| matches(field))
    }
}

impl<'a> Converter<'a> {
    pub(crate) fn new(
        index: &'static Index,
        store: &'a Store,
        ids: &'a mut Ids,
        now: Timestamp,
        identity: Identity,
    ) -> Self {
        Self {
            index,
            store,
            ids,
            now,
            identity,
            children: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// The object that shows what was sent, over what was shown before.
    pub(crate) fn object(
        &mut self,
        (sent, purpose): (&'static Shape, Purpose),
        value: &Map<String, Value>,
        shown: &'static Shape,
        before: Option<&Map<String, Value>>,
        path: &str,
    ) -> Map<String, Value> {
        let sent = Sent {
            shape: sent,
            purpose,
            value,
            path,
        };
        self.check(&sent, shown);
        let mut object = Map::new();
        for field in shown.fields.iter().filter(|field| !field.hidden) {
            let value = self.field(&sent, field, before);
            // An empty text is left out, whoever left it empty.
            if let Some(value) = value.filter(|value| !(matches!(field.ty, Type::Text) && value == "")) {
                object.insert(field.name.to_owned(), value);
            }
        }
        object
    }

    /// What is wrong with fields that are missing, or that no answer shows.
    fn check(&mut self, sent: &Sent<'_>, shown: &'static Shape) {
        for field in sent.fields() {
            match sent.get(field) {
                None if sent.purpose.needs(field) => self.problem(&join(sent.path, field.name), "is required"),
                Some(Value::String(text)) if text.is_empty() && field.required => {
                    self.problem(&join(sent.path, field.name), "must not be empty");
                }
                Some(value) if !is_shown(field, shown) => {
                    self.value(
                        sent_type(field),
                        field,
                        value,
                        field.ty,
                        None,
                        &join(sent.path, field.name),
                    );
                }
                None | Some(_) => {}
            }
        }
    }

    /// A field as it is shown; none where it is left out.
    fn field(&mut self, sent: &Sent<'_>, shown: &'static Field, before: Option<&Map<String, Value>>) -> Option<Value> {
        let same = sent.field(|field| field.name == shown.name && !field.hidden);
        if let Some(collection) = shown.children.and_then(|name| self.index.id(name)) {
            if let Some((field, value)) = same.and_then(|field| Some((field, sent.get(field)?))) {
                self.hold_children(collection, field, value, &join(sent.path, field.name));
            }
            return None;
        }
        if let Some(field) = same {
            return self.sent_field(sent, field, shown, before);
        }
        if let Some(field) = sent.field(|field| field.shows_as == Some(shown.name)) {
            return match sent.get(field) {
                Some(value) => Some(self.reference(field, value, shown, &join(sent.path, field.name))),
                None if before.is_some() && sent.purpose.keeps() => before?.get(shown.name).cloned(),
                None => field.default.map(Literal::to_json).or_else(|| self.made(shown)),
            };
        }
        match before {
            Some(before) => before.get(shown.name).cloned(),
            None => self.made(shown),
        }
    }

    /// Objects of another collection that are sent with the one that they belong to.
    fn hold_children(&mut self, collection: CollectionId, field: &'static Field, value: &Value, path: &str) {
        match (sent_type(field).inner(), value) {
            (Type::List(Type::Object(name)), Value::Array(values)) => self.children.push(Children {
                collection,
                shape: name,
                values: values.clone(),
                path: path.to_owned(),
            }),
            (ty, _) => self.problem(path, &format!("must be {}", describe(ty))),
        }
    }

    /// A field that requests hold under the name that it is shown by.
    fn sent_field(
        &mut self,
        sent: &Sent<'_>,
        field: &'static Field,
        shown: &'static Field,
        before: Option<&Map<String, Value>>,
    ) -> Option<Value> {
        let former = before.and_then(|before| before.get(shown.name));
        if let Some(value) = sent.get(field) {
            let path = join(sent.path, field.name);
            return Some(self.value(sent_type(field), field, value, shown.ty, former, &path));
        }
        if sent.purpose.keeps() {
            let cleared = sent.is_null(field) && field.clearable;
            return if cleared { empty(shown.ty) } else { former.cloned() };
        }
        // What is optional in a request alone stays as it is.
        if before.is_some() && field.ty.is_optional() && !shown.ty.is_optional() {
            return former.cloned();
        }
        match field.default {
            Some(default) => Some(default.to_json()),
            None => self.empty_object(shown.ty),
        }
    }

    /// A value as it is shown, whose type may be another than that which is sent.
    fn value(
        &mut self,
        ty: Type,
        field: &Field,
        value: &Value,
        shown: Type,
        before: Option<&Value>,
        path: &str,
    ) -> Value {
        match (ty.inner(), value) {
            (Type::Text, Value::String(text)) => self.check_length(field, text, path),
            (Type::Timestamp, Value::String(text)) => {
                if text.parse::<Timestamp>().is_err() {
                    self.problem(path, "must be a time as in RFC 3339");
                }
            }
            (Type::List(item), Value::Array(values)) => return self.list(*item, field, values, shown, path),
            (Type::Map(item), Value::Object(entries)) => return self.map(*item, field, entries, shown, path),
            (Type::Object(name), Value::Object(entries)) => return self.named(name, entries, shown, before, path),
            (ty, value) if fits(ty, value) => {}
            (ty, _) => self.problem(path, &format!("must be {}", describe(ty))),
        }
        value.clone()
    }

    fn check_length(&mut self, field: &Field, text: &str, path: &str) {
        if let Some(most) = field.max_bytes.filter(|most| text.len() > *most as usize) {
            self.problem(path, &format!("has {} bytes, and may have {most}", text.len()));
        }
    }

    fn list(&mut self, item: Type, field: &Field, values: &[Value], shown: Type, path: &str) -> Value {
        let shown = match shown.inner() {
            Type::List(shown) => *shown,
            _ => item,
        };
        let convert =
            |(index, value): (usize, &Value)| self.value(item, field, value, shown, None, &format!("{path}[{index}]"));
        list(values.iter().enumerate().map(convert).collect())
    }

    fn map(&mut self, item: Type, field: &Field, entries: &Map<String, Value>, shown: Type, path: &str) -> Value {
        let shown = match shown.inner() {
            Type::Map(shown) => *shown,
            _ => item,
        };
        let convert = |(key, value): (&String, &Value)| {
            (
                key.clone(),
                self.value(item, field, value, shown, None, &join(path, key)),
            )
        };
        let entries: Map<_, _> = entries.iter().map(convert).collect();
        if entries.is_empty() {
            Value::Null
        } else {
            Value::Object(entries)
        }
    }

    fn named(
        &mut self,
        name: &str,
        entries: &Map<String, Value>,
        shown: Type,
        before: Option<&Value>,
        path: &str,
    ) -> Value {
        let Some(sent) = self.index.shape(name) else {
            return Value::Object(entries.clone());
        };
        let shown = match shown.inner() {
            Type::Object(name) => self.index.shape(name).unwrap_or(sent),
            _ => sent,
        };
        let object = match sent.kind {
            Kind::Object => {
                let before = before.and_then(Value::as_object);
                self.object((sent, Purpose::Whole), entries, shown, before, path)
            }
            Kind::Union => self.union(sent, entries, shown, path),
        };
        Value::Object(object)
    }

    fn union(
        &mut self,
        sent: &'static Shape,
        entries: &Map<String, Value>,
        shown: &'static Shape,
        path: &str,
    ) -> Map<String, Value> {
        let given: Vec<_> = entries.iter().filter(|(_, value)| !value.is_null()).collect();
        let chosen = match given.as_slice() {
            [(key, value)] => sent.fields.iter().find(|field| field.name == *key).zip(Some(*value)),
            _ => None,
        };
        let Some((field, value)) = chosen else {
            let names = sent
                .fields
                .iter()
                .map(|field| field.name)
                .collect::<Vec<_>>()
                .join("`, `");
            self.problem(path, &format!("must hold exactly one of `{names}`"));
            return entries.clone();
        };
        let shown = shown
            .fields
            .iter()
            .find(|shown| shown.name == field.name)
            .unwrap_or(field);
        let value = self.value(field.ty, field, value, shown.ty, None, &join(path, field.name));
        Map::from_iter([(field.name.to_owned(), value)])
    }

    /// What shows a value that is sent: for an ID, the object that has it.
    fn reference(&mut self, field: &'static Field, value: &Value, shown: &'static Field, path: &str) -> Value {
        let checked = self.value(sent_type(field), field, value, field.ty, None, path);
        match (shown.ty.inner(), checked) {
            (Type::Object(name), Value::String(id)) => self.refer(name, &id, path),
            (Type::List(Type::Object(name)), Value::Array(ids)) => {
                let refer = |(index, id): (usize, &Value)| match id.as_str() {
                    Some(id) => self.refer(name, id, &format!("{path}[{index}]")),
                    // Its type is a problem already.
                    None => Value::Null,
                };
                list(ids.iter().enumerate().map(refer).collect())
            }
            (_, other) => other,
        }
    }

    fn refer(&mut self, shape: &str, id: &str, path: &str) -> Value {
        let Some((collection, order)) = self.store.find_anywhere(id) else {
            self.problem(path, &format!("names no object: there is no `{id}`"));
            return Value::Null;
        };
        let object = self.store.get(collection, order).map(|object| &object.value);
        let fields = self.index.shape(shape).into_iter().flat_map(|shape| shape.fields);
        fields
            .filter_map(|field| Some((field.name.to_owned(), object?.get(field.name)?.clone())))
            .collect()
    }

    /// A field that no request sets.
    pub(crate) fn made(&mut self, field: &'static Field) -> Option<Value> {
        if let Some(key) = self.identity.key(field.name) {
            let number = if is_number(field.ty) {
                key.parse::<u64>().ok()
            } else {
                None
            };
            return Some(number.map_or_else(|| key.into(), Value::from));
        }
        match field.ty {
            _ if is_uri(field.name) && !self.identity.uri.is_empty() => return Some(self.identity.uri.as_str().into()),
            Type::Timestamp => return Some(self.now.to_string().into()),
            Type::Optional(Type::Timestamp) if field.name == UPDATED => return Some(self.now.to_string().into()),
            _ => {}
        }
        if field.secret && matches!(field.ty.inner(), Type::Text) {
            return Some(self.ids.secret().into());
        }
        match field.example {
            Some(example) => Some(example.to_json()),
            None => self.empty_object(field.ty),
        }
    }

    /// What is shown where there is nothing; an object that must be there has all that a server makes.
    fn empty_object(&mut self, ty: Type) -> Option<Value> {
        match ty {
            Type::Object(name) => {
                let shape = self.index.shape(name).filter(|shape| shape.kind == Kind::Object)?;
                // It has no path of its own.
                let identity = std::mem::take(&mut self.identity);
                let fields = shape.fields.iter().filter(|field| !field.hidden);
                let object = fields
                    .filter_map(|field| Some((field.name.to_owned(), self.made(field)?)))
                    .collect();
                self.identity = identity;
                Some(Value::Object(object))
            }
            // There is no empty time.
            Type::Timestamp => Some(self.now.to_string().into()),
            other => empty(other),
        }
    }

    fn problem(&mut self, path: &str, what: &str) {
        let problem = if path.is_empty() {
            format!("the body {what}")
        } else {
            format!("`{path}` {what}")
        };
        // What is shown twice is wrong once.
        if self.problems.len() < MOST_PROBLEMS && !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// The objects that were sent with this one, where nothing is wrong.
    pub(crate) fn finish(self) -> Result<Vec<Children>, Refusal> {
        if self.problems.is_empty() {
            Ok(self.children)
        } else {
            Err(Refusal::bad(self.problems.join("; ")))
        }
    }
}

/// Whether a shape shows what is sent in this field, by whatever name.
fn is_shown(field: &Field, shown: &Shape) -> bool {
    let name = if field.hidden || field.shows_as.is_some() {
        field.shows_as
    } else {
        Some(field.name)
    };
    shown
        .fields
        .iter()
        .any(|shown| Some(shown.name) == name && !shown.hidden)
}

fn sent_type(field: &Field) -> Type {
    field.send.unwrap_or(field.ty)
}

/// Whether a field holds the address of its object.
pub(crate) fn is_uri(name: &str) -> bool {
    name == "uri"
}

/// What is shown where there is nothing; texts are left out.
fn empty(ty: Type) -> Option<Value> {
    match ty {
        Type::Text | Type::Timestamp | Type::Object(_) => None,
        Type::Boolean => Some(false.into()),
        Type::Int32 | Type::Int64 | Type::Uint32 | Type::Uint64 | Type::Float64 => Some(0.into()),
        Type::Json | Type::List(_) | Type::Map(_) | Type::Optional(_) => Some(Value::Null),
    }
}

fn fits(ty: Type, value: &Value) -> bool {
    match ty {
        Type::Json => true,
        Type::Boolean => value.is_boolean(),
        Type::Int32 => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        Type::Int64 => value.is_i64(),
        Type::Uint32 => value.as_u64().is_some_and(|number| u32::try_from(number).is_ok()),
        Type::Uint64 => value.is_u64(),
        Type::Float64 => value.is_number(),
        Type::Text | Type::Timestamp | Type::List(_) | Type::Map(_) | Type::Optional(_) | Type::Object(_) => false,
    }
}

/// Whether a value is a whole number.
pub(crate) fn is_number(ty: Type) -> bool {
    matches!(ty.inner(), Type::Int32 | Type::Int64 | Type::Uint32 | Type::Uint64)
}

fn describe(ty: Type) -> &'static str {
    match ty {
        Type::Text | Type::Timestamp => "a string",
        Type::Boolean => "a boolean",
        Type::Int32 | Type::Int64 => "a whole number in range",
        Type::Uint32 | Type::Uint64 => "a whole number in range, not negative",
        Type::Float64 => "a number",
        Type::List(_) => "a list",
        Type::Map(_) | Type::Object(_) => "an object",
        Type::Json | Type::Optional(_) => "a value",
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}
