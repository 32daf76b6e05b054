//! Converts the parameters of an operation that are part of its body.

use super::context::{Swagger, media_types, or_json};
use super::parameters::{form_property, is_body};
use super::responses::convert_response;
use crate::openapi::import::document::positions::{METHODS, Place};
use crate::openapi::import::finding::{Finding, Loss};
use crate::openapi::json::{Json, Object, object};

const MULTIPART: &str = "multipart/form-data";
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// Moves the parameters that are part of a body from a path to its operations.
pub fn convert_path_item(swagger: &Swagger, item: &mut Object) {
    let bodies = take_bodies(swagger, item);
    for method in METHODS.iter().filter(|_| !bodies.is_empty()) {
        let Some(operation) = item.get_mut(method).and_then(Json::as_object_mut) else {
            continue;
        };
        let own = take_bodies(swagger, operation);
        let is_overridden = |body: &Object| {
            own.iter().any(|own| {
                let is_same = |key| own.text(key) == body.text(key);
                is_same("in") && (body.text("in") == Some("body") || is_same("name"))
            })
        };
        let inherited: Vec<_> = bodies.iter().filter(|body| !is_overridden(body)).cloned().collect();
        let parameters = operation.get_or_insert("parameters", Json::Array(Vec::new()));
        if let Json::Array(parameters) = parameters {
            parameters.extend(inherited.into_iter().chain(own).map(Json::from));
        }
    }
}

/// Removes the parameters that are part of a body.
fn take_bodies(swagger: &Swagger, object: &mut Object) -> Vec<Object> {
    let Some(Json::Array(parameters)) = object.get_mut("parameters") else {
        return Vec::new();
    };
    let mut bodies = Vec::new();
    parameters.retain(|parameter| {
        let parameter = parameter.as_object();
        let target = parameter.and_then(|parameter| swagger.bodies.get(parameter.text("$ref")?));
        let body = target.or(parameter.filter(|parameter| is_body(parameter)));
        bodies.extend(body.cloned());
        body.is_none()
    });
    if parameters.is_empty() && !bodies.is_empty() {
        object.remove("parameters");
    }
    bodies
}

/// Converts the body and the responses of an operation, which depend on its media types.
pub fn convert_operation(swagger: &mut Swagger, operation: &mut Object, place: &Place) {
    let consumes = operation.remove("consumes").map(|list| media_types(Some(&list)));
    let consumes = consumes.unwrap_or_else(|| swagger.consumes.clone());
    let bodies = take_bodies(swagger, operation);
    if !bodies.is_empty() {
        let (bodies, forms): (Vec<_>, Vec<_>) = bodies.into_iter().partition(|body| body.text("in") == Some("body"));
        let request_body = match bodies.into_iter().next() {
            Some(body) => {
                report_unused_forms(swagger, &forms, place);
                request_body(body, &consumes)
            }
            None => form_body(&forms, &consumes),
        };
        operation.set("requestBody", request_body);
    }
    let produces = operation.remove("produces").map(|list| media_types(Some(&list)));
    let produces = produces.as_ref().unwrap_or(&swagger.produces);
    let responses = operation.get_mut("responses").and_then(Json::as_object_mut);
    for (_, response) in responses.into_iter().flat_map(Object::iter_mut) {
        if let Some(response) = response.as_object_mut() {
            convert_response(response, produces);
        }
    }
}

fn report_unused_forms(swagger: &mut Swagger, forms: &[Object], place: &Place) {
    for form in forms {
        let name = form.text("name").unwrap_or_default();
        swagger.findings.push(Finding {
            place: place.to_string(),
            loss: Loss::LeftOut,
            text: format!("the form parameter `{name}` is ignored, because the operation has another body"),
        });
    }
}

/// Converts a body parameter.
fn request_body(mut body: Object, consumes: &[String]) -> Object {
    let schema = body.remove("schema").unwrap_or(Object::default().into());
    body.remove("name");
    body.remove("in");
    let content = |media_type: &str| (media_type.to_owned(), object! { "schema": schema.clone() });
    let content: Object = or_json(consumes).into_iter().map(content).collect();
    body.set("content", content);
    body
}

/// Converts form parameters to the properties of an object.
fn form_body(forms: &[Object], consumes: &[String]) -> Object {
    let mut properties = Object::default();
    let mut encodings = Object::default();
    let mut required = Vec::new();
    for form in forms {
        let name = form.text("name").unwrap_or_default();
        let (property, encoding) = form_property(form);
        properties.set(name, property);
        if let Some(encoding) = encoding {
            encodings.set(name, encoding);
        }
        if form.get("required").and_then(Json::as_bool) == Some(true) {
            required.push(name);
        }
    }
    let is_required = !required.is_empty();
    let mut schema = object! { "type": "object", "properties": properties };
    if is_required {
        schema.set("required", required);
    }
    let mut media_type = object! { "schema": schema };
    if !encodings.is_empty() {
        media_type.set("encoding", encodings);
    }
    let has_file = forms.iter().any(|form| form.text("type") == Some("file"));
    let content = form_media_types(consumes, has_file);
    let content = content.into_iter().map(|name| (name, media_type.clone()));
    let mut body = object! { "content": content.collect::<Object>() };
    if is_required {
        body.set("required", true);
    }
    body
}

/// Returns the media types of a form.
fn form_media_types(consumes: &[String], has_file: bool) -> Vec<&str> {
    if has_file {
        return vec![MULTIPART];
    }
    let forms = consumes.iter().map(String::as_str);
    let forms: Vec<_> = forms.filter(|name| [MULTIPART, URL_ENCODED].contains(name)).collect();
    if forms.is_empty() { vec![URL_ENCODED] } else { forms }
}
