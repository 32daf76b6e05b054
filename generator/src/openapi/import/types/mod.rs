//! Converts the schemas of a document to types.

mod enums;
mod examples;
mod flat;
mod objects;
mod scalars;
mod settle;
mod tagged;
mod texts;
mod unions;
mod untagged;
mod usage;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use self::flat::{Flat, Single, is_any};
use super::document::Document;
use super::draft::{Expr, Kind, Origin, TypeDraft, TypeId};
use super::finding::{Finding, Loss};
use super::names::singular;
use crate::openapi::json::{Json, Object};

pub use self::texts::{Texts, doc, named, sentence};
pub use self::usage::{Usage, of_operation};

/// The number of references within each other that are read at once. The stack does not hold all those of a large document.
const MAX_DEPTH: usize = 32;

/// The number of lists, maps and optional values within each other that a schema can contain, without those of fields and
/// request bodies.
const MAX_NESTING: usize = 6;

/// The types of the schema, as far as they are known.
pub struct Types<'a> {
    pub document: &'a Document,
    drafts: Vec<TypeDraft>,
    references: IndexMap<String, Value>,
    /// References whose schemas are not read yet.
    postponed: Vec<(TypeId, String)>,
    /// The number of references that are being read.
    depth: usize,
    /// Types of schemas in place, which several types can contain because of `allOf`.
    in_place: HashMap<*const Json, Value>,
    /// The schemas in place that are being read.
    open: HashSet<*const Json>,
    /// Types without a name in the document, by their contents.
    shapes: HashMap<String, TypeId>,
    owner: Owner,
    /// The places of operations.
    places: HashMap<usize, String>,
    pub findings: Vec<(Owner, Finding)>,
}

/// The part of the schema that a finding concerns.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Owner {
    Api,
    Type(TypeId),
    Operation(usize),
}

/// The values that a schema describes.
#[derive(Clone, Debug)]
pub struct Value {
    pub expr: Expr,
    pub nullable: bool,
}

impl Value {
    fn of(expr: Expr) -> Self {
        Self { expr, nullable: false }
    }

    /// Returns the type of a value that may be null.
    pub fn optional_if_nullable(self) -> Expr {
        if self.nullable { self.expr.optional() } else { self.expr }
    }
}

impl<'a> Types<'a> {
    /// Converts the named schemas of a document.
    pub fn new(document: &'a Document) -> Self {
        let mut types = Self {
            document,
            drafts: Vec::new(),
            references: IndexMap::new(),
            postponed: Vec::new(),
            depth: 0,
            in_place: HashMap::new(),
            open: HashSet::new(),
            shapes: HashMap::new(),
            owner: Owner::Api,
            places: HashMap::new(),
            findings: Vec::new(),
        };
        let components = document.root.get("components").and_then(|all| all.get("schemas"));
        for (name, _) in components.and_then(Json::as_object).into_iter().flat_map(Object::iter) {
            let name = name.replace('~', "~0").replace('/', "~1").replace('%', "%25");
            types.reference(&format!("#/components/schemas/{name}"));
        }
        types
    }

    /// Sets the operation that following findings concern.
    pub fn set_operation(&mut self, operation: usize, place: &str) {
        self.owner = Owner::Operation(operation);
        self.places.insert(operation, place.to_owned());
    }

    /// Following findings concern no operation.
    pub fn set_api(&mut self) {
        self.owner = Owner::Api;
    }

    pub fn get(&self, id: TypeId) -> &TypeDraft {
        &self.drafts[id.0]
    }

    pub fn get_mut(&mut self, id: TypeId) -> &mut TypeDraft {
        &mut self.drafts[id.0]
    }

    pub fn ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.drafts.len()).map(TypeId)
    }

    pub fn weaker(&mut self, place: &str, text: impl Into<String>) {
        self.find(place, Loss::Weaker, text);
    }

    /// Adds a finding that does not concern a single operation.
    pub fn find_of_api(&mut self, place: &str, loss: Loss, text: &str) {
        let owner = std::mem::replace(&mut self.owner, Owner::Api);
        self.find(place, loss, text);
        self.owner = owner;
    }

    pub fn find(&mut self, place: &str, loss: Loss, text: impl Into<String>) {
        let finding = Finding {
            place: place.to_owned(),
            loss,
            text: text.into(),
        };
        self.findings.push((self.owner, finding));
    }

    /// Returns the type of the values that a schema describes.
    pub fn value(&mut self, schema: &'a Json, place: &str, origin: Origin) -> Value {
        if is_any(schema) {
            return Value::of(Expr::JSON);
        }
        match flat::single(schema) {
            Single::Reference(reference) => return self.reference(reference),
            Single::Inner { schema, nullable } => {
                let value = self.value(schema, place, origin);
                return Value {
                    nullable: value.nullable || nullable,
                    ..value
                };
            }
            Single::None => {}
        }
        let key = std::ptr::from_ref(schema);
        if let Some(value) = self.in_place.get(&key) {
            return value.clone();
        }
        let flat = Flat::new(self.document, schema);
        let nullable = flat.nullable;
        if flat.is_type() {
            let expr = self.type_in_place(key, &flat, place, origin);
            return Value { expr, nullable };
        }
        if !self.open.insert(key) {
            self.weaker(place, "a list or map that contains itself is `json`");
            return Value::of(Expr::JSON);
        }
        let expr = self.unnamed(&flat, place, &origin);
        self.open.remove(&key);
        Value { expr, nullable }
    }

    /// Returns the type of the values that match all of several schemas.
    fn value_of_all(&mut self, first: &'a Json, others: &[&'a Json], place: &str, origin: Origin) -> Value {
        let key = std::ptr::from_ref(first);
        if !self.open.insert(key) {
            self.weaker(place, "a value that contains itself in several schemas is `json`");
            return Value::of(Expr::JSON);
        }
        let flat = Flat::of_all(self.document, first, others);
        let expr = if flat.is_type() {
            let id = self.pending(origin);
            self.named(id, &flat, place)
        } else {
            self.unnamed(&flat, place, &origin)
        };
        self.open.remove(&key);
        Value {
            expr,
            nullable: flat.nullable,
        }
    }

    /// Returns the type that a reference points to.
    fn reference(&mut self, reference: &str) -> Value {
        if let Some(value) = self.references.get(reference) {
            return value.clone();
        }
        let value = self.new_reference(reference);
        if self.depth == 0 {
            while let Some((id, reference)) = self.postponed.pop() {
                self.read_reference(id, &reference);
            }
        }
        value
    }

    fn new_reference(&mut self, reference: &str) -> Value {
        let name = component_name(reference);
        let id = self.pending(Origin::Component(name.clone()));
        self.references.insert(reference.to_owned(), Value::of(Expr::Named(id)));
        let document = self.document;
        let Some(schema) = document.lookup(reference) else {
            self.weaker(
                &name,
                format!("the reference `{reference}` leads nowhere: the type is `json`"),
            );
            self.get_mut(id).kind = Kind::Alias(Expr::JSON);
            return Value::of(Expr::Named(id));
        };
        if self.depth < MAX_DEPTH {
            return self.read_reference(id, reference);
        }
        self.postponed.push((id, reference.to_owned()));
        let value = Value {
            expr: Expr::Named(id),
            nullable: Flat::new(document, schema).nullable,
        };
        self.references.insert(reference.to_owned(), value.clone());
        value
    }

    /// Converts the schema that a reference points to, for a type that was reserved for it.
    fn read_reference(&mut self, id: TypeId, reference: &str) -> Value {
        let document = self.document;
        let schema = document.lookup(reference).unwrap_or(&Json::Null);
        let name = component_name(reference);
        let owner = std::mem::replace(&mut self.owner, Owner::Type(id));
        self.depth += 1;
        let value = self.component(id, schema, &name);
        self.depth -= 1;
        self.owner = owner;
        self.references.insert(reference.to_owned(), value.clone());
        value
    }

    /// Converts a named schema to the type that was reserved for it.
    fn component(&mut self, id: TypeId, schema: &'a Json, name: &str) -> Value {
        let flat = Flat::new(self.document, schema);
        let is_type = matches!(flat::single(schema), Single::None) && flat.is_type();
        let (expr, nullable) = if is_type {
            (self.expr_as(&flat, name, id), flat.nullable)
        } else {
            let value = self.value(schema, name, Origin::Component(name.to_owned()));
            (value.expr, value.nullable)
        };
        if expr != Expr::Named(id) {
            self.get_mut(id).kind = Kind::Alias(expr);
        }
        let texts = Texts::new(schema);
        let draft = self.get_mut(id);
        draft.doc = texts.doc_or_title().or_else(|| texts.doc_of_parts());
        draft.deprecated = texts.is_deprecated();
        Value {
            expr: Expr::Named(id),
            nullable,
        }
    }

    fn pending(&mut self, origin: Origin) -> TypeId {
        let id = TypeId(self.drafts.len());
        self.drafts.push(TypeDraft {
            origin,
            member_of: None,
            title: None,
            doc: None,
            deprecated: false,
            id_prefix: None,
            kind: Kind::Pending,
        });
        id
    }

    /// Converts a schema in place that needs a name.
    fn type_in_place(&mut self, key: *const Json, flat: &Flat<'a>, place: &str, origin: Origin) -> Expr {
        let id = self.pending(origin);
        let mut value = Value {
            expr: Expr::Named(id),
            nullable: flat.nullable,
        };
        self.in_place.insert(key, value.clone());
        let owner = std::mem::replace(&mut self.owner, Owner::Type(id));
        let findings = self.findings.len();
        value.expr = self.named(id, flat, place);
        self.owner = owner;
        if value.expr != Expr::Named(id) {
            // Nothing refers to the type, and so its findings concern the type around it.
            let own = self.findings[findings..].iter_mut();
            own.filter(|(of, _)| *of == Owner::Type(id))
                .for_each(|(of, _)| *of = owner);
        }
        if value.expr.named().is_some() {
            self.in_place.insert(key, value.clone());
        } else {
            self.in_place.remove(&key);
        }
        value.expr
    }

    /// Converts a schema that needs a name. Returns another type if it is equal.
    fn named(&mut self, id: TypeId, flat: &Flat<'a>, place: &str) -> Expr {
        let expr = self.expr_as(flat, place, id);
        if expr != Expr::Named(id) {
            self.get_mut(id).kind = Kind::Alias(expr.clone());
            return expr;
        }
        let draft = self.get_mut(id);
        draft.title = flat.texts.title();
        draft.doc = flat.texts.doc_or_title().or_else(|| flat.texts.doc_of_parts());
        let Some(shape) = self.shape(id) else {
            return Expr::Named(id);
        };
        if let Some(same) = self.shapes.get(&shape) {
            let same = Expr::Named(*same);
            self.get_mut(id).kind = Kind::Alias(same.clone());
            return same;
        }
        self.shapes.insert(shape, id);
        expr
    }

    /// Converts a schema that needs a name, for a type that was reserved for it.
    fn expr_as(&mut self, flat: &Flat<'a>, place: &str, id: TypeId) -> Expr {
        self.report_inexpressible(flat, place);
        if flat.values.is_some() {
            self.enumeration(flat, place, id)
        } else if flat.is_union() {
            self.union(flat, place, id)
        } else {
            self.object(flat, place, id)
        }
    }

    /// Converts a schema that needs no name.
    fn unnamed(&mut self, flat: &Flat<'a>, place: &str, origin: &Origin) -> Expr {
        self.report_inexpressible(flat, place);
        match flat.kinds.as_slice() {
            ["array"] => self.list(flat, place, origin),
            ["object"] => self.map(flat, place, origin),
            [kind] => self.scalar(kind, flat, place),
            [] if !flat.items.is_empty() => self.list(flat, place, origin),
            [] if flat.additional.is_some_and(|schema| schema.as_object().is_some()) => self.map(flat, place, origin),
            [] if flat.format.is_some() => self.scalar("string", flat, place),
            [] => Expr::JSON,
            _ => {
                self.weaker(place, "a value of several kinds in place: the type is `json`");
                Expr::JSON
            }
        }
    }

    fn report_inexpressible(&mut self, flat: &Flat<'a>, place: &str) {
        for key in &flat.inexpressible {
            self.weaker(place, format!("{key} is not checked"));
        }
    }

    fn list(&mut self, flat: &Flat<'a>, place: &str, origin: &Origin) -> Expr {
        if flat.has_prefix_items {
            self.weaker(place, "items whose types depend on their position are `json`");
            return Expr::list(Expr::JSON);
        }
        let (origin, inner) = (origin.with_word(singular), format!("{place}[]"));
        let item = match flat.items.as_slice() {
            [] => return Expr::list(Expr::JSON),
            [items] => self.value(items, &inner, origin),
            [first, others @ ..] => self.value_of_all(first, others, &inner, origin),
        };
        let item = self.shallow(item.optional_if_nullable(), place);
        Expr::list(item)
    }

    /// Returns the type of items or values, unless it is nested too deeply.
    fn shallow(&mut self, expr: Expr, place: &str) -> Expr {
        if self.nesting(&expr, 0) < MAX_NESTING {
            return expr;
        }
        self.weaker(
            place,
            format!("lists and maps more than {MAX_NESTING} levels deep are `json`"),
        );
        Expr::JSON
    }

    /// Returns the number of lists, maps and optional values within each other.
    fn nesting(&self, expr: &Expr, depth: usize) -> usize {
        match expr {
            Expr::Scalar(_) => 0,
            Expr::Named(id) => match &self.get(*id).kind {
                Kind::Alias(target) if depth <= MAX_DEPTH => self.nesting(target, depth + 1),
                _ => 0,
            },
            Expr::List(inner) | Expr::Map(inner) | Expr::Optional(inner) if depth <= MAX_DEPTH => {
                1 + self.nesting(inner, depth + 1)
            }
            Expr::List(_) | Expr::Map(_) | Expr::Optional(_) => MAX_NESTING,
        }
    }

    /// Returns the contents of a type, which equal types share.
    fn shape(&self, id: TypeId) -> Option<String> {
        let draft = self.get(id);
        let word = draft.title.as_deref().unwrap_or(draft.origin.word());
        match &draft.kind {
            Kind::Object(object) => Some(format!("{word} {object:?}")),
            Kind::Enum(values) => Some(format!("{word} {values:?}")),
            Kind::Integers(values) => Some(format!("{word} {values:?}")),
            Kind::Union(union) => Some(format!("{word} {union:?}")),
            Kind::Pending | Kind::Alias(_) | Kind::Tagged(..) | Kind::AnyOf(_) => None,
        }
    }
}

/// Returns the name of the schema that a reference points to.
fn component_name(reference: &str) -> String {
    let last = reference.rsplit('/').next().unwrap_or_default();
    let last = last.replace("~1", "/").replace("~0", "~").replace("%20", " ");
    if last.is_empty() { "Schema".to_owned() } else { last }
}
