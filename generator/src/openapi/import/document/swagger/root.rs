//! Converts the root object of a Swagger 2 document.

use super::context::SECTIONS;
use super::parameters::is_body;
use crate::openapi::json::{Json, Object, object};

/// Converts the root object, whose sections have been converted.
pub fn convert_root(old: Object) -> Object {
    let mut root = object! { "openapi": old.get("swagger").cloned().unwrap_or(Json::Null) };
    let servers = servers(&old);
    let mut components = Object::default();
    for (key, value) in old {
        match key.as_str() {
            "swagger" | "host" | "basePath" | "schemes" | "consumes" | "produces" => {}
            "parameters" => components.set("parameters", without_bodies(value)),
            section => match SECTIONS.iter().find(|(name, _)| *name == section) {
                Some((_, component)) => components.set(component, value),
                None => root.set(section, value),
            },
        }
    }
    if !servers.is_empty() {
        root.set("servers", servers);
    }
    if !components.is_empty() {
        root.set("components", components);
    }
    root
}

/// Removes the parameters that are part of the bodies of the operations that reference them.
fn without_bodies(parameters: Json) -> Json {
    match parameters {
        Json::Object(mut parameters) => {
            let bodies: Vec<_> = parameters
                .iter()
                .filter(|(_, parameter)| parameter.as_object().is_some_and(is_body))
                .map(|(name, _)| name.to_owned())
                .collect();
            for name in bodies {
                parameters.remove(&name);
            }
            parameters.into()
        }
        other => other,
    }
}

/// Returns the servers, those with HTTPS first. Without a host, the URL is relative to that of the document.
fn servers(root: &Object) -> Vec<Object> {
    let path = root.text("basePath").unwrap_or_default();
    let path = path.strip_suffix('/').unwrap_or(path);
    let Some(host) = root.text("host") else {
        let relative = (!path.is_empty()).then(|| object! { "url": path });
        return relative.into_iter().collect();
    };
    let schemes = root.get("schemes").map(Json::items).unwrap_or_default();
    let mut schemes: Vec<_> = schemes.iter().filter_map(Json::as_str).collect();
    if schemes.is_empty() {
        schemes.push("https");
    }
    schemes.sort_by_key(|scheme| *scheme != "https");
    let server = |scheme| object! { "url": format!("{scheme}://{host}{path}") };
    schemes.into_iter().map(server).collect()
}
