//! What each operation does to the objects that are kept.

use std::collections::HashSet;

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::{Map, Value};

use super::filter::Filter;
use super::ids::Ids;
use super::index::{CollectionId, Index, fill, parameter_names};
use super::listing;
use super::refusal::{Refusal, json};
use super::shape::{Children, Converter, Identity, Purpose, UPDATED, is_number};
use super::store::{Object, Order, Store};
use super::table::{Action, Field, Route, Shape, Type};
use crate::runtime::Timestamp;

/// The objects of a fake, and what makes more of them.
pub(crate) struct Engine {
    pub(crate) index: &'static Index,
    pub(crate) store: Store,
    pub(crate) ids: Ids,
    /// Where the API is served, without a slash at its end.
    pub(crate) base_url: String,
}

/// A request that the API takes, before anything is done.
pub(crate) struct Request<'a> {
    pub(crate) route: &'static Route,
    /// The values of the path's parameters, in turn.
    pub(crate) parameters: &'a [String],
    /// The pairs of the query.
    pub(crate) query: &'a [(String, String)],
    pub(crate) body: &'a [u8],
    pub(crate) now: Timestamp,
}

/// The objects that a request's path names.
struct Target {
    collection: CollectionId,
    /// The object before the last one.
    parent: Option<Order>,
}

/// An object that is not kept yet.
struct Made {
    object: Object,
    /// What only the answer to its creation shows.
    once: Map<String, Value>,
    children: Vec<Children>,
}

type Outcome<T> = Result<T, Refusal>;

impl Engine {
    /// Does what a request asks for.
    pub(crate) fn answer(&mut self, request: &Request<'_>) -> Outcome<Response<Bytes>> {
        let target = self.target(request)?;
        let shown = match request.route.action {
            Action::Create => self.create(request, &target)?,
            Action::List => self.list(request, &target)?,
            Action::Unknown => return Err(unknown()),
            // What an act does elsewhere is not kept.
            Action::Get | Action::Act => {
                let order = self.find(request, &target)?;
                self.show(target.collection, order)
            }
            Action::Update => self.change(request, &target, Purpose::Update)?,
            Action::Replace => self.change(request, &target, Purpose::Create)?,
            Action::Delete => {
                let order = self.find(request, &target)?;
                self.store.remove(target.collection, order);
                Value::Null
            }
            Action::GetPart(field) => self.get_part(request, &target, field)?,
            Action::ReplacePart(field) => self.replace_part(request, &target, field)?,
            Action::DeletePart(field) => self.delete_part(request, &target, field)?,
        };
        Ok(success(request.route.status, &shown))
    }

    /// The collection that a request is about, and the object that its path names before.
    fn target(&self, request: &Request<'_>) -> Outcome<Target> {
        let route = request.route;
        let Some(collection) = self.index.id(route.collection) else {
            return Err(unknown());
        };
        let above = match route.action {
            Action::Create | Action::List => request.parameters,
            _ => request.parameters.split_last().map_or(&[][..], |(_, above)| above),
        };
        let parent = match route.below.and_then(|below| self.index.id(below)) {
            Some(below) => Some(self.locate(below, above)?),
            None => None,
        };
        Ok(Target { collection, parent })
    }

    /// The object that a request's path ends with.
    fn find(&self, request: &Request<'_>, target: &Target) -> Outcome<Order> {
        let key = request.parameters.last().map(String::as_str).unwrap_or_default();
        self.find_key(target.collection, target.parent, key)
    }

    /// The object to which the keys of a path lead, through those that it belongs to.
    fn locate(&self, collection: CollectionId, keys: &[String]) -> Outcome<Order> {
        let (key, above) = keys.split_last().ok_or_else(unknown)?;
        let parent = match self.index.holder(collection) {
            Some(holder) => Some(self.locate(holder, above)?),
            None => None,
        };
        self.find_key(collection, parent, key)
    }

    fn find_key(&self, collection: CollectionId, parent: Option<Order>, key: &str) -> Outcome<Order> {
        let scope = self.store.scope(collection, parent);
        let found = self.store.find(collection, scope, key);
        found.ok_or_else(|| Refusal::not_found(format!("there is no `{key}` here")))
    }

    fn show(&self, collection: CollectionId, order: Order) -> Value {
        self.store.show(collection, order).map_or(Value::Null, Value::Object)
    }

    fn item(&self, collection: CollectionId) -> Outcome<&'static Shape> {
        self.index.item(collection).ok_or_else(unknown)
    }

    /// What takes the place of an ID in the path of an object.
    pub(crate) fn key_name(&self, collection: CollectionId) -> &'static str {
        let names = parameter_names(self.index.collection(collection).path);
        names.last().unwrap_or("id")
    }

    /// What a server knows of an object by itself.
    pub(crate) fn identity(&self, collection: CollectionId, parent: Option<Order>, key: &str) -> Identity {
        let path = self.index.collection(collection).path;
        let values = self.keys(collection, parent, key);
        let uri = fill(&self.base_url, path, &values);
        Identity {
            keys: parameter_names(path).zip(values).collect(),
            uri,
        }
    }

    /// The keys in the path of an object, its own the last.
    fn keys(&self, collection: CollectionId, parent: Option<Order>, key: &str) -> Vec<String> {
        let above = self.index.holder(collection);
        let holder = above.and_then(|above| Some((above, self.store.get(above, parent?)?)));
        let mut keys = match holder {
            Some((above, holder)) => self.keys(above, holder.parent, &holder.key),
            None => Vec::new(),
        };
        keys.push(key.to_owned());
        keys
    }

    pub(crate) fn converter(&mut self, now: Timestamp, identity: Identity) -> Converter<'_> {
        Converter::new(self.index, &self.store, &mut self.ids, now, identity)
    }

    fn create(&mut self, request: &Request<'_>, target: &Target) -> Outcome<Value> {
        let body = object(request.body)?;
        let sent = self.sent(request.route, target.collection, Purpose::Create)?;
        let (order, once) = self.insert(target.collection, target.parent, sent, &body, request.now)?;
        let mut shown = self.show(target.collection, order);
        if let Value::Object(shown) = &mut shown {
            shown.extend(once);
        }
        Ok(shown)
    }

    /// The shape of what an operation takes, and what it is for: by the fields of an object, or a type of its own.
    pub(crate) fn sent(
        &self,
        route: &Route,
        collection: CollectionId,
        purpose: Purpose,
    ) -> Outcome<(&'static Shape, Purpose)> {
        match route.body {
            Some(body) => Ok((self.body_shape(body)?, purpose.with_own_type())),
            None => Ok((self.item(collection)?, purpose)),
        }
    }

    fn body_shape(&self, body: Type) -> Outcome<&'static Shape> {
        match body.inner() {
            Type::Object(name) => self.index.shape(name).ok_or_else(unknown),
            _ => Err(unknown()),
        }
    }

    /// Keeps a new object, and gives what only the answer to its creation shows.
    pub(crate) fn insert(
        &mut self,
        collection: CollectionId,
        parent: Option<Order>,
        sent: (&'static Shape, Purpose),
        body: &Map<String, Value>,
        now: Timestamp,
    ) -> Outcome<(Order, Map<String, Value>)> {
        let made = self.make(collection, parent, sent, body, "", now)?;
        let scope = self.store.scope(collection, made.object.parent);
        if self.store.find(collection, scope, &made.object.key).is_some() {
            return Err(exists(&made.object.key));
        }
        let order = self.store.insert(collection, made.object);
        match self.make_children(order, &made.children, now) {
            Ok(children) => self.keep_children(order, children),
            Err(refusal) => {
                // Nothing of a request that is refused stays.
                self.store.remove(collection, order);
                return Err(refusal);
            }
        }
        Ok((order, made.once))
    }

    /// An object as a request describes it, not kept yet.
    fn make(
        &mut self,
        collection: CollectionId,
        parent: Option<Order>,
        sent: (&'static Shape, Purpose),
        body: &Map<String, Value>,
        path: &str,
        now: Timestamp,
    ) -> Outcome<Made> {
        let item = self.item(collection)?;
        let key = self.new_key(collection, sent, body, now);
        let identity = self.identity(collection, parent, &key);
        let mut converter = self.converter(now, identity);
        let mut value = converter.object(sent, body, item, None, path);
        let children = converter.finish()?;
        let parent = parent.or_else(|| self.referred_parent(collection, &value));
        if let (Some(above), None, true) = (self.index.collection(collection).parent, parent, refers(item, &value)) {
            return Err(Refusal::bad(format!("what is referred to is none of `{above}`")));
        }
        if matches!(key.as_str(), "." | "..") {
            return Err(Refusal::bad(format!("`{key}` can stand in no path")));
        }
        let once = take_once(item, &mut value);
        Ok(Made {
            object: Object { key, parent, value },
            once,
            children,
        })
    }

    /// The key of a new object: sent, where requests hold it, or made.
    fn new_key(
        &mut self,
        collection: CollectionId,
        (sent, purpose): (&'static Shape, Purpose),
        body: &Map<String, Value>,
        now: Timestamp,
    ) -> String {
        let name = self.key_name(collection);
        let is_key = |field: &Field| field.name == name && (field.create || purpose == Purpose::Whole);
        let given = self.given_key(collection, body);
        let sent = given.filter(|_| sent.fields.iter().any(is_key));
        sent.unwrap_or_else(|| self.made_key(collection, now))
    }

    /// The key that an object brings.
    pub(crate) fn given_key(&self, collection: CollectionId, object: &Map<String, Value>) -> Option<String> {
        match object.get(self.key_name(collection))? {
            Value::String(key) if !key.is_empty() => Some(key.clone()),
            Value::Number(key) => Some(key.to_string()),
            _ => None,
        }
    }

    /// A key that no object has yet: a number where keys are numbers, else an ID.
    pub(crate) fn made_key(&mut self, collection: CollectionId, now: Timestamp) -> String {
        let name = self.key_name(collection);
        let item = self.index.item(collection);
        match item.and_then(|item| item.fields.iter().find(|field| field.name == name)) {
            Some(field) if is_number(field.ty) => self.store.next_number().to_string(),
            Some(_) | None => self.ids.id(item.and_then(|item| item.id_prefix), now),
        }
    }

    /// The object that a new one belongs to, as one of its references says.
    pub(crate) fn referred_parent(&self, collection: CollectionId, value: &Map<String, Value>) -> Option<Order> {
        let above = self.index.id(self.index.collection(collection).parent?)?;
        let fields = self.index.item(collection)?.fields.iter();
        fields
            .filter_map(|field| value.get(field.shows_as?)?.get(self.key_name(above))?.as_str())
            .find_map(|id| self.store.find(above, None, id))
    }

    /// What belongs to an object, as a request describes it, not kept yet.
    fn make_children(
        &mut self,
        parent: Order,
        described: &[Children],
        now: Timestamp,
    ) -> Outcome<Vec<(CollectionId, Vec<Object>)>> {
        let mut all = Vec::new();
        for held in described {
            let shape = self.index.shape(held.shape).ok_or_else(unknown)?;
            let (mut objects, mut keys) = (Vec::new(), HashSet::new());
            for (index, value) in held.values.iter().enumerate() {
                let path = format!("{}[{index}]", held.path);
                let Value::Object(value) = value else {
                    return Err(Refusal::bad(format!("`{path}` must be an object")));
                };
                let sent = (shape, Purpose::Whole);
                let object = self
                    .make(held.collection, Some(parent), sent, value, &path, now)?
                    .object;
                if !keys.insert(object.key.clone()) {
                    return Err(exists(&object.key));
                }
                objects.push(object);
            }
            all.push((held.collection, objects));
        }
        Ok(all)
    }

    /// Keeps what belongs to an object in the place of what did before.
    fn keep_children(&mut self, parent: Order, children: Vec<(CollectionId, Vec<Object>)>) {
        for (collection, objects) in children {
            self.store.remove_children(collection, parent);
            for object in objects {
                self.store.insert(collection, object);
            }
        }
    }

    /// Changes an object, or makes it a new one with the same key.
    fn change(&mut self, request: &Request<'_>, target: &Target, purpose: Purpose) -> Outcome<Value> {
        let order = self.find(request, target)?;
        let body = if request.body.is_empty() {
            Map::new()
        } else {
            object(request.body)?
        };
        let item = self.item(target.collection)?;
        let sent = self.sent(request.route, target.collection, purpose)?;
        let Some(before) = self.store.get(target.collection, order).cloned() else {
            return Err(Refusal::not_found("it is gone"));
        };
        let identity = self.identity(target.collection, before.parent, &before.key);
        let mut converter = self.converter(request.now, identity);
        let mut value = converter.object(sent, &body, item, Some(&before.value), "");
        let children = converter.finish()?;
        let children = self.make_children(order, &children, request.now)?;
        self.keep_children(order, children);
        if item.fields.iter().any(|field| field.name == UPDATED && !field.hidden) {
            value.insert(UPDATED.to_owned(), request.now.to_string().into());
        }
        if let Some(object) = self.store.get_mut(target.collection, order) {
            object.value = value;
        }
        Ok(self.show(target.collection, order))
    }

    fn part<'a>(&'a self, request: &Request<'_>, target: &Target, field: &str) -> Outcome<(Order, &'a Value)> {
        let order = self.find(request, target)?;
        let object = self.store.get(target.collection, order);
        let part = object
            .and_then(|object| object.value.get(field))
            .filter(|part| !part.is_null());
        let missing = || Refusal::not_found(format!("`{field}` is not set"));
        Ok((order, part.ok_or_else(missing)?))
    }

    fn get_part(&self, request: &Request<'_>, target: &Target, field: &str) -> Outcome<Value> {
        self.part(request, target, field).map(|(_, part)| part.clone())
    }

    fn delete_part(&mut self, request: &Request<'_>, target: &Target, field: &'static str) -> Outcome<Value> {
        let (order, _) = self.part(request, target, field)?;
        self.set_part(target.collection, order, field, Value::Null);
        Ok(Value::Null)
    }

    fn set_part(&mut self, collection: CollectionId, order: Order, field: &'static str, value: Value) {
        if let Some(object) = self.store.get_mut(collection, order) {
            object.value.insert(field.to_owned(), value);
        }
    }

    fn replace_part(&mut self, request: &Request<'_>, target: &Target, field: &'static str) -> Outcome<Value> {
        let order = self.find(request, target)?;
        let body = object(request.body)?;
        let shown = self
            .item(target.collection)?
            .fields
            .iter()
            .find(|known| known.name == field);
        let (Some(shown), Some(sent)) = (shown, request.route.body) else {
            return Err(unknown());
        };
        let (sent, shown) = (self.body_shape(sent)?, self.body_shape(shown.ty)?);
        let object = self.store.get(target.collection, order);
        let before = object.and_then(|object| object.value.get(field)?.as_object().cloned());
        // A part has no path of its own that it could show.
        let mut converter = self.converter(request.now, Identity::default());
        let part = converter.object((sent, Purpose::Whole), &body, shown, before.as_ref(), "");
        converter.finish()?;
        let part = Value::Object(part);
        self.set_part(target.collection, order, field, part.clone());
        Ok(part)
    }

    fn list(&self, request: &Request<'_>, target: &Target) -> Outcome<Value> {
        let asked = listing::read(self, request, target.collection, target.parent)?;
        let filter = match asked.filter {
            Some(text) => Some(Filter::new(
                self.index,
                self.item(target.collection)?,
                text,
                request.now,
            )?),
            None => None,
        };
        Ok(listing::page(self, request, &asked, filter.as_ref()))
    }
}

/// What a body holds, which must be an object.
fn object(body: &[u8]) -> Outcome<Map<String, Value>> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Refusal::bad("the body must be a JSON object")),
        Err(error) => Err(Refusal::bad(format!("the body is no valid JSON: {error}"))),
    }
}

/// Whether an object shows any other by a reference that requests set.
fn refers(item: &Shape, value: &Map<String, Value>) -> bool {
    let shown = |field: &Field| value.get(field.shows_as?);
    item.fields.iter().filter_map(shown).any(Value::is_object)
}

/// Takes out what only the answer to a creation shows.
pub(crate) fn take_once(item: &Shape, value: &mut Map<String, Value>) -> Map<String, Value> {
    let fields = item.fields.iter().filter(|field| field.once);
    fields
        .filter_map(|field| {
            let shown = value.insert(field.name.to_owned(), Value::Null)?;
            Some((field.name.to_owned(), shown))
        })
        .collect()
}

fn exists(key: &str) -> Refusal {
    Refusal::new(StatusCode::CONFLICT, format!("there is a `{key}` already"))
}

fn unknown() -> Refusal {
    Refusal::new(
        StatusCode::NOT_IMPLEMENTED,
        "this fake cannot tell from the schema what the operation does",
    )
}

fn success(status: u16, shown: &Value) -> Response<Bytes> {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    if status == StatusCode::NO_CONTENT {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = status;
        return response;
    }
    json(status, shown)
}
