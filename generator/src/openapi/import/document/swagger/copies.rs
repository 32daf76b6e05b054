//! Copies referenced values that the conversion moves.

use std::collections::HashMap;

use indexmap::IndexSet;

use crate::openapi::import::document::bundle::Bundle;
use crate::openapi::import::document::files::{FILES, Target};
use crate::openapi::import::document::pointer;
use crate::openapi::import::document::positions::{Kind, Place, Visitor};
use crate::openapi::json::Object;

/// Copies the referenced values that the conversion moves, such as `/paths/~1a/get/parameters/0/schema`, and rewrites
/// the references to them.
pub fn copy_moving_targets(bundle: &mut Bundle) {
    let mut collector = MovingTargets::default();
    bundle.walk(&mut collector);
    let mut values = Object::default();
    let mut references = HashMap::new();
    for target in collector.0 {
        let Some(value) = pointer::get(&bundle.root, &target.pointer) else {
            continue;
        };
        let is_plain = |character: char| character.is_ascii_alphanumeric() || character == '_';
        let key = target.pointer.trim_start_matches('/');
        let key = key.replace(|character| !is_plain(character), "_");
        values.set(&key, value.clone());
        let pointer = format!("/{FILES}/{key}");
        references.insert(pointer::to_reference(&target.pointer), pointer::to_reference(&pointer));
        bundle.targets.push(Target { pointer, ..target });
    }
    if references.is_empty() {
        return;
    }
    let files = bundle
        .root
        .as_object_mut()
        .map(|root| root.get_or_insert(FILES, Object::default()));
    if let Some(files) = files.and_then(|files| files.as_object_mut()) {
        files.set_all(values);
    }
    bundle.walk(&mut Rewrite(references));
}

/// Collects the referenced values that the conversion moves.
#[derive(Default)]
struct MovingTargets(IndexSet<Target>);

impl Visitor for MovingTargets {
    fn visit(&mut self, kind: Kind, object: &mut Object, _: &Place) {
        let pointer = object.text("$ref").and_then(pointer::of_reference);
        if let Some(pointer) = pointer.filter(|pointer| is_moving(kind, pointer)) {
            self.0.insert(Target { pointer, kind });
        }
    }
}

/// Returns `true` for schemas of parameters and responses, and for parameters of operations, whose indexes change.
fn is_moving(kind: Kind, pointer: &str) -> bool {
    let keys: Vec<_> = pointer::keys(pointer).collect();
    let first = keys.first().map(String::as_str);
    match kind {
        Kind::Schema => first != Some("definitions") && keys.iter().any(|key| key == "schema" || key == "parameters"),
        Kind::Parameter => first == Some("paths"),
        _ => false,
    }
}

/// Replaces references.
struct Rewrite(HashMap<String, String>);

impl Visitor for Rewrite {
    fn visit(&mut self, _: Kind, object: &mut Object, _: &Place) {
        if let Some(new) = object.text("$ref").and_then(|reference| self.0.get(reference)) {
            object.set("$ref", new);
        }
    }
}
