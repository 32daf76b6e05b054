//! Converts a Swagger 2 document to the structure of OpenAPI 3.

mod context;
mod copies;
mod operations;
mod parameters;
mod responses;
mod root;
mod security;

use std::collections::HashMap;

use self::context::{SECTIONS, Swagger, media_types};
use self::copies::copy_moving_targets;
use self::operations::{convert_operation, convert_path_item};
use self::parameters::{convert_header, convert_parameter, is_body};
use self::responses::convert_response;
use self::root::convert_root;
use self::security::convert_security_scheme;
use super::bundle::Bundle;
use super::pointer;
use super::positions::{Kind, Place, Visitor};
use crate::openapi::json::{Json, Object};

/// Converts a document and the referenced parts of other files. Schemas keep the keys of Swagger 2.
pub fn convert(bundle: &mut Bundle) {
    copy_moving_targets(bundle);
    let mut collector = BodyParameters::default();
    bundle.walk(&mut collector);
    let mut swagger = Swagger {
        consumes: media_types(bundle.root.get("consumes")),
        produces: media_types(bundle.root.get("produces")),
        bodies: collector.resolve(&bundle.root),
        findings: Vec::new(),
    };
    bundle.walk(&mut swagger);
    bundle.findings.append(&mut swagger.findings);
    if let Json::Object(root) = &mut bundle.root {
        *root = convert_root(std::mem::take(root));
    }
    for target in &mut bundle.targets {
        target.pointer = component_pointer(&target.pointer).unwrap_or_else(|| target.pointer.clone());
    }
}

impl Visitor for Swagger {
    fn visit(&mut self, kind: Kind, object: &mut Object, place: &Place) {
        match kind {
            Kind::PathItem => convert_path_item(self, object),
            Kind::Operation => convert_operation(self, object, place),
            Kind::Parameter => convert_parameter(self, object, place),
            Kind::Header => convert_header(object),
            Kind::Response => convert_response(object, &self.produces),
            Kind::Leaf => convert_security_scheme(object),
            _ => {}
        }
        if let Some(reference) = object.text("$ref").and_then(component_reference) {
            object.set("$ref", reference);
        }
    }
}

/// Collects references to parameters. [`resolve`](Self::resolve) keeps those that are part of a body.
#[derive(Default)]
struct BodyParameters(Vec<String>);

impl Visitor for BodyParameters {
    fn visit(&mut self, kind: Kind, object: &mut Object, _: &Place) {
        if kind == Kind::Parameter
            && let Some(reference) = object.text("$ref")
        {
            self.0.push(reference.to_owned());
        }
    }
}

impl BodyParameters {
    /// Returns the parameters that are part of a body, by reference.
    fn resolve(self, root: &Json) -> HashMap<String, Object> {
        let body = |reference: String| {
            let parameter = resolve(root, &reference)?.clone();
            is_body(&parameter).then_some((reference, parameter))
        };
        self.0.into_iter().filter_map(body).collect()
    }
}

/// Follows references to an object.
fn resolve<'a>(root: &'a Json, reference: &str) -> Option<&'a Object> {
    let mut reference = reference;
    // A reference to itself ends here as well.
    for _ in 0..16 {
        let pointer = pointer::of_reference(reference)?;
        let object = pointer::get(root, &pointer)?.as_object()?;
        match object.text("$ref") {
            Some(next) => reference = next,
            None => return Some(object),
        }
    }
    None
}

/// Returns the pointer in a converted document to a value of a section, or `None` if it stays the same.
fn component_pointer(pointer: &str) -> Option<String> {
    SECTIONS.iter().find_map(|(section, component)| {
        let rest = pointer.strip_prefix('/')?.strip_prefix(section)?;
        rest.starts_with('/').then(|| format!("/components/{component}{rest}"))
    })
}

fn component_reference(reference: &str) -> Option<String> {
    Some(format!("#{}", component_pointer(reference.strip_prefix('#')?)?))
}
