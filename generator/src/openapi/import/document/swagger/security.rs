//! Converts security schemes.

use crate::openapi::json::Object;

/// Converts a security scheme. Schemes of OpenAPI 3 and other objects stay the same.
pub fn convert_security_scheme(scheme: &mut Object) {
    match scheme.text("type") {
        Some("basic") => {
            scheme.replace("type", "type", "http");
            scheme.set("scheme", "basic");
        }
        Some("oauth2") => convert_flow(scheme),
        _ => {}
    }
}

/// Converts the only flow of a scheme to one of several flows.
fn convert_flow(scheme: &mut Object) {
    let flow = match scheme.text("flow") {
        Some("implicit") => "implicit",
        Some("password") => "password",
        Some("application") => "clientCredentials",
        Some("accessCode") => "authorizationCode",
        _ => return,
    };
    scheme.remove("flow");
    let mut settings = scheme.split_off(|key| ["authorizationUrl", "tokenUrl", "scopes"].contains(&key));
    settings.set_default("scopes", Object::default());
    let mut flows = Object::default();
    flows.set(flow, settings);
    scheme.set("flows", flows);
}
