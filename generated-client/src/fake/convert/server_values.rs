//! The values that a server assigns: keys, timestamps, secrets and defaults.

use serde_json::{Map, Value};

use super::members::{matching, with_tag};
use super::open_types::OpenTypes;
use super::unset::time;
use crate::fake::ids::Ids;
use crate::fake::table::{Field, Fields, Index, Literal, ValueType};
use crate::runtime::Timestamp;

/// The keys and the URI of an object.
#[derive(Clone, Debug, Default)]
pub(crate) struct Identity {
    /// The fields with keys in the path of the object, with the keys.
    pub(crate) keys: Vec<(&'static str, String)>,
    pub(crate) uri: String,
}

impl Identity {
    /// Returns the key that a field contains. A field of another type than keys contains none, even if it has the name.
    fn key(&self, field: &Field) -> Option<&str> {
        if !matches!(field.ty.inner(), ValueType::Text | ValueType::Uuid) && !field.ty.is_integer() {
            return None;
        }
        let mut keys = self.keys.iter();
        keys.find(|(known, _)| *known == field.name)
            .map(|(_, key)| key.as_str())
    }
}

/// Assigns values to the fields of an object.
pub(crate) struct ServerValues<'a> {
    index: &'static Index,
    ids: &'a mut Ids,
    now: Timestamp,
    identity: Identity,
    open: OpenTypes,
}

impl<'a> ServerValues<'a> {
    pub(crate) fn new(index: &'static Index, ids: &'a mut Ids, now: Timestamp, identity: Identity) -> Self {
        Self {
            index,
            ids,
            now,
            identity,
            open: OpenTypes::default(),
        }
    }

    /// Returns `true` if a field is part of the object's identity.
    pub(crate) fn identifies(&self, field: &Field) -> bool {
        self.identity.key(field).is_some() || self.index.is_uri(field.name)
    }

    /// Returns the value of a field that no request sets, or `None` if the response omits it.
    pub(crate) fn assign(&mut self, field: &Field) -> Option<Value> {
        if let Some(key) = self.identity.key(field) {
            let is_number = field.ty.is_integer() && !matches!(field.ty.inner(), ValueType::Quoted(_));
            let number = key.parse::<u64>().ok().filter(|_| is_number);
            return Some(number.map_or_else(|| key.into(), Value::from));
        }
        match field.ty {
            _ if self.index.is_uri(field.name) && !self.identity.uri.is_empty() => {
                return Some(self.identity.uri.as_str().into());
            }
            ValueType::Timestamp | ValueType::Epoch | ValueType::EpochMs => return time(field.ty, self.now),
            ValueType::Optional(inner) if field.name == self.index.rules.updated => {
                if let Some(time) = time(*inner, self.now) {
                    return Some(time);
                }
            }
            _ => {}
        }
        if field.secret && matches!(field.ty.inner(), ValueType::Text) {
            return Some(self.ids.secret().into());
        }
        match field.example {
            Some(example) => Some(Literal::to_json(example)),
            None => self.absent(field.ty),
        }
    }

    /// Returns the value of a field. If every response contains the field, replaces null and an absent value.
    pub(crate) fn complete(&mut self, field: &Field, value: Option<Value>) -> Option<Value> {
        if !field.complete || value.as_ref().is_some_and(|value| !value.is_null()) {
            return value;
        }
        Some(match field.ty {
            ValueType::Text | ValueType::Base64 => "".into(),
            ValueType::List(_) => Value::Array(Vec::new()),
            ValueType::Map(_) | ValueType::Json => Value::Object(Map::new()),
            other => self.example(other),
        })
    }

    /// Adds a field that every response contains to an object, and to the objects within its value.
    pub(crate) fn complete_entry(&mut self, field: &Field, object: &mut Map<String, Value>) {
        let value = object.get_mut(field.name).map(Value::take);
        if let Some(mut value) = self.complete(field, value) {
            self.complete_within(field.ty, &mut value);
            object.insert(field.name.to_owned(), value);
        }
    }

    fn complete_within(&mut self, ty: ValueType, value: &mut Value) {
        match (ty.inner(), value) {
            (ValueType::Object(fields), Value::Object(object)) => {
                for field in fields.iter().filter(|field| !field.write_only) {
                    self.complete_entry(field, object);
                }
            }
            (ValueType::Union(members), Value::Object(object)) => {
                for member in *members {
                    if let Some(value) = object.get_mut(member.name) {
                        self.complete_within(member.ty, value);
                    }
                }
            }
            (ValueType::Tagged(tag, members), value) => {
                let name = value.get(tag).and_then(Value::as_str);
                if let Some(member) = members.iter().find(|member| Some(member.name) == name) {
                    self.complete_within(member.ty, value);
                }
            }
            (ValueType::AnyOf(members), value) => {
                if let Some(member) = matching(members, value) {
                    self.complete_within(member.ty, value);
                }
            }
            (ValueType::List(item), Value::Array(values)) => {
                for value in values {
                    self.complete_within(*item, value);
                }
            }
            (ValueType::Map(item), Value::Object(values)) => {
                for value in values.values_mut() {
                    self.complete_within(*item, value);
                }
            }
            _ => {}
        }
    }

    /// Returns an example of a type.
    pub(crate) fn example(&mut self, ty: ValueType) -> Value {
        match ty {
            ValueType::Text => "text".into(),
            ValueType::Base64 => "Ynl0ZXM=".into(),
            ValueType::List(item) => Value::Array(self.example_unless_open(*item).into_iter().collect()),
            ValueType::Map(item) => {
                let entry = self.example_unless_open(*item).map(|value| ("key".to_owned(), value));
                Value::Object(entry.into_iter().collect())
            }
            ValueType::Optional(inner) => self.example_unless_open(*inner).unwrap_or_default(),
            ValueType::Union(members) => {
                let entry = self.example_member(members);
                let entry = entry.map(|(member, value)| (member.name.to_owned(), value));
                Value::Object(entry.into_iter().collect())
            }
            ValueType::Tagged(tag, members) => {
                let member = self.example_member(members);
                let member = member.map(|(member, value)| with_tag(value, tag, member.name));
                member.unwrap_or_default()
            }
            ValueType::AnyOf(members) => self.example_member(members).map(|(_, value)| value).unwrap_or_default(),
            other => self.absent(other).unwrap_or_default(),
        }
    }

    fn example_unless_open(&mut self, ty: ValueType) -> Option<Value> {
        self.open.ends(ty, is_needed).then(|| self.example(ty))
    }

    /// Returns the member of a union that its example has, with the value.
    fn example_member(&mut self, members: &'static Fields) -> Option<(&'static Field, Value)> {
        self.open.enter(members);
        let member = self.open.member(members, is_needed);
        let found = member.map(|member| (member, self.example(member.ty)));
        self.open.leave();
        found
    }

    /// Returns the response value of an unset field. A required object contains the values that a server assigns.
    pub(crate) fn absent(&mut self, ty: ValueType) -> Option<Value> {
        match ty {
            ValueType::Object(fields) => {
                self.open.enter(fields);
                let object = self.absent_object(fields);
                self.open.leave();
                Some(object)
            }
            // These types have no empty value.
            ValueType::Timestamp | ValueType::Epoch | ValueType::EpochMs | ValueType::Date => time(ty, self.now),
            ValueType::Uuid => Some(self.ids.uuid().into()),
            other => self.index.rules.empty(other),
        }
    }

    fn absent_object(&mut self, fields: Fields) -> Value {
        // A nested object has no path, and therefore no identity.
        let identity = std::mem::take(&mut self.identity);
        let mut object = Map::new();
        for field in fields.iter().filter(|field| !field.write_only) {
            let value = self.assign(field);
            object.extend(self.complete(field, value).map(|value| (field.name.to_owned(), value)));
        }
        self.identity = identity;
        Value::Object(object)
    }
}

/// Returns `true` if an object that the server assigns contains an object or a union in a field.
fn is_needed(field: &Field) -> bool {
    let is_assigned = match field.ty {
        ValueType::Object(_) => true,
        ValueType::Union(_) | ValueType::Tagged(..) | ValueType::AnyOf(_) => field.complete,
        _ => false,
    };
    is_assigned && !field.write_only && field.example.is_none()
}
