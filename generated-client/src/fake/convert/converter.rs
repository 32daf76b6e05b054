//! Converts the body of a request to the object in responses.

use serde_json::{Map, Value};

use super::body_schema::BodySchema;
use super::members::{matching, names, with_tag};
use super::problems::{Problems, join};
use super::reference;
use super::server_values::ServerValues;
use super::validation::{describe, validate};
use crate::fake::rejection::Rejection;
use crate::fake::store::Store;
use crate::fake::table::{CollectionId, Field, Fields, Index, Literal, ValueType};

/// The children of an object in a request, which replace all its previous children in a collection.
pub(crate) struct Children {
    pub(crate) collection: CollectionId,
    pub(crate) schema: BodySchema,
    pub(crate) values: Vec<Value>,
    /// The path of their list in the body.
    pub(crate) path: String,
}

/// Converts request values to response values, and collects the problems of a request.
pub(crate) struct Converter<'a> {
    index: &'static Index,
    store: &'a Store,
    server: ServerValues<'a>,
    children: Vec<Children>,
    problems: Problems,
}

/// An object in a request body.
struct RequestObject<'a> {
    /// `true` if an empty string counts as missing.
    empty_is_missing: bool,
    schema: BodySchema,
    value: &'a Map<String, Value>,
    path: &'a str,
}

impl<'a> RequestObject<'a> {
    /// Returns the value of a field, unless it is absent or null. Null is a value of arbitrary JSON.
    ///
    /// If an empty string counts as missing, it leaves a required field unchanged in an update.
    fn get(&self, field: &Field) -> Option<&'a Value> {
        let is_absent = |value: &Value| match value {
            Value::Null => !matches!(field.ty, ValueType::Json),
            Value::String(text) => self.is_missing(text) && field.required && self.schema.keeps_absent(),
            _ => false,
        };
        self.value.get(field.name).filter(|value| !is_absent(value))
    }

    fn is_missing(&self, text: &str) -> bool {
        self.empty_is_missing && text.is_empty()
    }

    fn is_null(&self, field: &Field) -> bool {
        self.value.get(field.name).is_some_and(Value::is_null)
    }

    /// Returns `true` if a create request contains null that takes precedence over the default.
    fn is_created_as_null(&self, field: &Field) -> bool {
        field.nullable && self.is_null(field) && self.schema.is_create()
    }

    fn path(&self, field: &Field) -> String {
        join(self.path, field.name)
    }
}

/// The type of a value in the request and in the response.
#[derive(Clone, Copy)]
struct Types {
    sent: ValueType,
    shown: ValueType,
}

impl<'a> Converter<'a> {
    pub(crate) fn new(index: &'static Index, store: &'a Store, server: ServerValues<'a>) -> Self {
        Self {
            index,
            store,
            server,
            children: Vec::new(),
            problems: Problems::default(),
        }
    }

    /// Returns the children in the request, or a rejection if there are problems.
    pub(crate) fn finish(self) -> Result<Vec<Children>, Rejection> {
        self.problems.into_result()?;
        Ok(self.children)
    }

    /// Converts an object. Unchanged fields keep their values from `before`.
    pub(crate) fn object(
        &mut self,
        schema: BodySchema,
        value: &Map<String, Value>,
        shown: Fields,
        before: Option<&Map<String, Value>>,
        path: &str,
    ) -> Map<String, Value> {
        let empty_is_missing = self.index.rules.empty_is_missing;
        let sent = RequestObject {
            empty_is_missing,
            schema,
            value,
            path,
        };
        self.check(&sent, shown);
        let mut object = Map::new();
        for field in shown.iter().filter(|field| !field.write_only) {
            let value = self.field(&sent, field, before);
            let is_omitted = |value: &Value| empty_is_missing && matches!(field.ty, ValueType::Text) && value == "";
            let value = value.filter(|value| !is_omitted(value));
            if let Some(value) = self.server.complete(field, value) {
                object.insert(field.name.to_owned(), value);
            }
        }
        self.additional(&sent, shown, before, &mut object);
        object
    }

    /// Adds the keys that are no field to an object, if its type keeps them.
    fn additional(
        &mut self,
        sent: &RequestObject<'_>,
        shown: Fields,
        before: Option<&Map<String, Value>>,
        object: &mut Map<String, Value>,
    ) {
        let Some(rest) = shown.iter().find(|field| field.additional) else {
            return;
        };
        let ValueType::Map(value_type) = rest.ty else {
            return;
        };
        let is_field = |key: &str| {
            let is_named = |field: &Field| field.name == key;
            shown.iter().any(is_named) || sent.schema.field(is_named).is_some()
        };
        if sent.schema.keeps_absent() {
            let former = before.into_iter().flatten().filter(|(key, _)| !is_field(key));
            object.extend(former.map(|(key, value)| (key.clone(), value.clone())));
        }
        for (key, value) in sent.value.iter().filter(|(key, _)| !is_field(key)) {
            let value = self.typed(rest, Types::same(*value_type), value, None, &join(sent.path, key));
            object.insert(key.clone(), value);
        }
    }

    /// Checks absent and empty fields, and the values of fields that responses do not contain.
    fn check(&mut self, sent: &RequestObject<'_>, shown: Fields) {
        for field in sent.schema.fields() {
            match sent.get(field) {
                None if sent.schema.requires(field) => self.problems.add(&sent.path(field), "is required"),
                Some(Value::String(text)) if sent.is_missing(text) && field.required => {
                    self.problems.add(&sent.path(field), "must not be empty");
                }
                Some(value) if !is_shown(field, shown) => {
                    self.value(field, field.ty, value, None, &sent.path(field));
                }
                None | Some(_) => {}
            }
        }
    }

    /// Returns the value of a response field, or `None` if the response omits it.
    fn field(&mut self, sent: &RequestObject<'_>, shown: &Field, before: Option<&Map<String, Value>>) -> Option<Value> {
        let former = before.and_then(|before| before.get(shown.name));
        let same = sent.schema.field(|field| field.name == shown.name && !field.write_only);
        if let Some(collection) = shown.children.and_then(|name| self.index.id(name)) {
            if let Some((field, value)) = same.and_then(|field| Some((field, sent.get(field)?))) {
                self.take_children(collection, field, value, &sent.path(field));
            }
            return None;
        }
        if let Some(field) = same {
            return self.same_field(sent, field, shown, before.is_some(), former);
        }
        if let Some(field) = sent.schema.field(|field| field.shows_as == Some(shown.name)) {
            return match sent.get(field) {
                Some(value) => Some(self.reference(field, shown, value, &sent.path(field))),
                None if sent.is_created_as_null(field) => self.index.rules.empty(shown.ty),
                None if before.is_some() && sent.schema.keeps_absent() => former.cloned(),
                None => field
                    .default
                    .map(Literal::to_json)
                    .or_else(|| self.server.assign(shown)),
            };
        }
        match before {
            Some(_) => former.cloned(),
            None => self.server.assign(shown),
        }
    }

    /// Collects the children of the object from a field.
    fn take_children(&mut self, collection: CollectionId, field: &Field, value: &Value, path: &str) {
        match (field.sent_type().inner(), value) {
            (ValueType::List(ValueType::Object(item) | ValueType::Union(item)), Value::Array(values)) => {
                self.children.push(Children {
                    collection,
                    schema: BodySchema::whole(item),
                    values: values.clone(),
                    path: path.to_owned(),
                });
            }
            (ty, _) => self.problems.add(path, &format!("must be {}", describe(ty))),
        }
    }

    /// Returns the value of a field with the same name in requests and responses.
    fn same_field(
        &mut self,
        sent: &RequestObject<'_>,
        field: &Field,
        shown: &Field,
        changes: bool,
        former: Option<&Value>,
    ) -> Option<Value> {
        if let Some(value) = sent.get(field) {
            return Some(self.value(field, shown.ty, value, former, &sent.path(field)));
        }
        if sent.schema.keeps_absent() {
            let cleared = sent.is_null(field) && field.clearable;
            return if cleared {
                self.index.rules.empty(shown.ty)
            } else {
                former.cloned()
            };
        }
        // A field that is optional only in requests keeps its value.
        if changes && field.ty.is_optional() && !shown.ty.is_optional() {
            return former.cloned();
        }
        match field.default {
            _ if sent.is_created_as_null(field) => self.index.rules.empty(shown.ty),
            Some(default) => Some(default.to_json()),
            None if self.server.identifies(shown) => self.server.assign(shown),
            None => self.server.absent(shown.ty),
        }
    }

    /// Returns the value of a response field, given the value of the request field that names it with `shows_as`.
    ///
    /// An ID is replaced with the object. Other values are unchanged.
    fn reference(&mut self, field: &Field, shown: &Field, value: &Value, path: &str) -> Value {
        let value = self.value(field, field.ty, value, None, path);
        reference::resolve(self.store, shown.ty, value, path, &mut self.problems)
    }

    /// Converts the value of a field. Its type in responses may differ from the one in requests.
    fn value(&mut self, field: &Field, shown: ValueType, value: &Value, before: Option<&Value>, path: &str) -> Value {
        let sent = field.sent_type();
        self.typed(field, Types { sent, shown }, value, before, path)
    }

    /// Converts a value. If the type in responses does not allow it, it becomes an example of that type.
    fn typed(&mut self, field: &Field, types: Types, value: &Value, before: Option<&Value>, path: &str) -> Value {
        let converted = self.converted(field, types, value, before, path);
        let is_invalid = !types.sent.holds(value, types.sent);
        if is_invalid || types.shown.holds(&converted, types.sent) {
            converted
        } else {
            self.server.example(types.shown)
        }
    }

    fn converted(&mut self, field: &Field, types: Types, value: &Value, before: Option<&Value>, path: &str) -> Value {
        let shown = types.shown;
        match (types.sent.inner(), value) {
            (ValueType::List(item), Value::Array(values)) => self.list(field, *item, shown, values, path),
            (ValueType::Map(item), Value::Object(entries)) => self.map(field, *item, shown, entries, path),
            (ValueType::Object(sent), Value::Object(entries)) => {
                let before = before.and_then(Value::as_object);
                let shown = shown.fields().unwrap_or(sent);
                Value::Object(self.object(BodySchema::whole(sent), entries, shown, before, path))
            }
            (ValueType::Union(sent), Value::Object(entries)) => {
                Value::Object(self.union(sent, shown.fields().unwrap_or(sent), entries, path))
            }
            (ValueType::Tagged(tag, sent), Value::Object(entries)) => {
                self.tagged(field, tag, sent, shown, entries, path)
            }
            (ValueType::AnyOf(sent), value) => self.any_of(field, sent, shown, value, path),
            (sent, value) => {
                if let Err(problem) = validate(sent, field, value) {
                    self.problems.add(path, &problem);
                }
                match (sent, value) {
                    (ValueType::Quoted(_), Value::Number(_) | Value::Bool(_)) => value.to_string().into(),
                    _ => value.clone(),
                }
            }
        }
    }

    fn list(&mut self, field: &Field, sent: ValueType, shown: ValueType, values: &[Value], path: &str) -> Value {
        let shown = match shown.inner() {
            ValueType::List(shown) => *shown,
            _ => sent,
        };
        let types = Types { sent, shown };
        let convert =
            |(index, value): (usize, &Value)| self.typed(field, types, value, None, &format!("{path}[{index}]"));
        let values = values.iter().enumerate().map(convert).collect();
        self.index.rules.list(values)
    }

    fn map(
        &mut self,
        field: &Field,
        sent: ValueType,
        shown: ValueType,
        entries: &Map<String, Value>,
        path: &str,
    ) -> Value {
        let shown = match shown.inner() {
            ValueType::Map(shown) => *shown,
            _ => sent,
        };
        let types = Types { sent, shown };
        let convert =
            |(key, value): (&String, &Value)| (key.clone(), self.typed(field, types, value, None, &join(path, key)));
        let entries = entries.iter().map(convert).collect();
        self.index.rules.map(entries)
    }

    fn union(&mut self, sent: Fields, shown: Fields, entries: &Map<String, Value>, path: &str) -> Map<String, Value> {
        let given: Vec<_> = entries.iter().filter(|(_, value)| !value.is_null()).collect();
        let chosen = match given.as_slice() {
            [(key, value)] => sent.iter().find(|field| field.name == *key).zip(Some(*value)),
            _ => None,
        };
        let Some((field, value)) = chosen else {
            let problem = format!("must contain exactly one of `{}`", names(sent));
            self.problems.add(path, &problem);
            return entries.clone();
        };
        let shown = shown.iter().find(|shown| shown.name == field.name).unwrap_or(field);
        let value = self.value(field, shown.ty, value, None, &join(path, field.name));
        Map::from_iter([(field.name.to_owned(), value)])
    }
}

impl Converter<'_> {
    fn tagged(
        &mut self,
        field: &Field,
        tag: &'static str,
        sent: Fields,
        shown: ValueType,
        entries: &Map<String, Value>,
        path: &str,
    ) -> Value {
        let name = entries.get(tag).and_then(Value::as_str);
        let Some(member) = sent.iter().find(|member| Some(member.name) == name) else {
            let problem = format!("must be one of `{}`", names(sent));
            self.problems.add(&join(path, tag), &problem);
            return Value::Object(entries.clone());
        };
        let mut rest = entries.clone();
        rest.remove(tag);
        let types = Types::of_member(member, shown);
        with_tag(
            self.typed(field, types, &Value::Object(rest), None, path),
            tag,
            member.name,
        )
    }

    fn any_of(&mut self, field: &Field, sent: Fields, shown: ValueType, value: &Value, path: &str) -> Value {
        let Some(member) = matching(sent, value) else {
            let problem = format!("must match one of `{}`", names(sent));
            self.problems.add(path, &problem);
            return value.clone();
        };
        self.typed(field, Types::of_member(member, shown), value, None, path)
    }
}

impl Types {
    fn same(ty: ValueType) -> Self {
        Self { sent: ty, shown: ty }
    }

    /// Returns the types of a member of a union. Responses may contain another union with a member of the same name.
    fn of_member(member: &Field, shown: ValueType) -> Self {
        let same = match shown.inner() {
            ValueType::Tagged(_, members) | ValueType::AnyOf(members) => {
                members.iter().find(|other| other.name == member.name)
            }
            _ => None,
        };
        Self {
            sent: member.ty,
            shown: same.unwrap_or(member).ty,
        }
    }
}

/// Returns `true` if responses contain the value of this request field, possibly in a field with another name.
fn is_shown(field: &Field, shown: Fields) -> bool {
    let name = if field.write_only || field.shows_as.is_some() {
        field.shows_as
    } else {
        Some(field.name)
    };
    shown.iter().any(|shown| Some(shown.name) == name && !shown.write_only)
}
