//! Converts the settings of the whole API.

use std::collections::BTreeMap;

use super::draft::{ApiDraft, AuthDraft, Expr, Origin};
use super::finding::Loss;
use super::names::snake;
use super::types::Types;
use crate::api::forms::{is_base_url, is_header_name, is_managed_header};
use crate::openapi::json::{Json, Object};
use crate::syntax::Scalar;

/// Keys of error details, and where documents have them.
const ERRORS: [(&str, &[&str]); 4] = [
    (
        "code",
        &[
            "/error_code",
            "/errorCode",
            "/code",
            "/error/code",
            "/error/type",
            "/type",
            "/error",
        ],
    ),
    (
        "message",
        &[
            "/message",
            "/error/message",
            "/msg",
            "/error_message",
            "/errorMessage",
            "/error_description",
            "/detail",
            "/error",
            "/title",
        ],
    ),
    ("details", &["/details", "/error/details", "/errors", "/error/errors"]),
    ("request_id", &["/request_id", "/requestId", "/error/request_id"]),
];

/// The longest name that a schema can contain, in bytes.
const MAX_NAME: usize = 256;

/// Converts the settings of an API.
pub fn api(types: &mut Types, name: &str) -> ApiDraft {
    types.set_api();
    let document = types.document;
    let info = |key: &str| {
        let text = document.root.get("info").and_then(|info| info.get(key)?.as_str());
        text.map(str::trim).filter(|text| !text.is_empty())
    };
    let title = info("title").unwrap_or(name);
    let title = title.trim_end_matches(" API").trim();
    let (auth, schemes) = auth(types);
    ApiDraft {
        name: super::types::doc(&title.replace('\n', " ")).unwrap_or_else(|| name.to_owned()),
        version: info("version").unwrap_or("1").to_owned(),
        crate_name: snake(name),
        base_url: base_url(types),
        auth,
        schemes,
        errors: errors(types),
    }
}

/// Returns the URL of the first server, with the defaults of its variables.
fn base_url(types: &mut Types) -> String {
    let servers = types.document.root.get("servers").map(Json::items).unwrap_or_default();
    let url = servers
        .iter()
        .find_map(|server| Some((server, server.get("url")?.as_str()?)));
    let Some((server, url)) = url else {
        types.find("servers", Loss::Reading, "the document has no server: set `base_url`");
        return "https://api.example.com".to_owned();
    };
    let mut resolved = url.to_owned();
    let variables = server.get("variables").and_then(Json::as_object);
    for (name, variable) in variables.into_iter().flat_map(Object::iter) {
        if let Some(default) = variable.get("default").and_then(Json::as_str) {
            resolved = resolved.replace(&format!("{{{name}}}"), default);
        }
    }
    let resolved = resolved.trim_end_matches('/');
    if is_base_url(resolved) {
        if servers.len() > 1 || resolved != url.trim_end_matches('/') {
            types.find(
                "servers",
                Loss::Reading,
                format!("`base_url` is `{resolved}`, one of several"),
            );
        }
        return resolved.to_owned();
    }
    types.find(
        "servers",
        Loss::Reading,
        format!("`{url}` is not an absolute URL: set `base_url`"),
    );
    let example = "https://api.example.com";
    let with_path = format!("{example}{resolved}");
    if resolved.starts_with('/') && is_base_url(&with_path) {
        with_path
    } else {
        example.to_owned()
    }
}

/// Returns the credentials that most operations need.
fn auth(types: &mut Types) -> (AuthDraft, Vec<String>) {
    let document = types.document;
    let schemes = document
        .root
        .get("components")
        .and_then(|all| all.get("securitySchemes"))
        .and_then(Json::as_object);
    let mut found: Vec<(&str, AuthDraft)> = Vec::new();
    for (name, scheme) in schemes.into_iter().flat_map(Object::iter) {
        match credentials(document.target(scheme)) {
            Some(auth) => found.push((name, auth)),
            None => types.weaker(
                &format!("security scheme `{name}`"),
                "the client does not send these credentials",
            ),
        }
    }
    let required = document.root.get("security").map(Json::items).unwrap_or_default();
    let names: Vec<_> = required
        .iter()
        .filter_map(Json::as_object)
        .flat_map(Object::iter)
        .map(|(name, _)| name)
        .collect();
    let is_required = |name: &str| names.is_empty() || names.contains(&name);
    let chosen = found.iter().find(|(name, _)| is_required(name)).or(found.first());
    let auth = chosen.map_or(AuthDraft::None, |(_, auth)| auth.clone());
    let same = found.iter().filter(|(_, other)| *other == auth);
    let schemes = same.map(|(name, _)| (*name).to_owned()).collect();
    let others: Vec<_> = found
        .iter()
        .filter(|(_, other)| *other != auth)
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    if found.is_empty() {
        types.find(
            "security",
            Loss::Reading,
            "the document describes no credentials that the client sends: set `auth` if the API needs them",
        );
    }
    if !others.is_empty() {
        types.find(
            "security",
            Loss::Reading,
            format!("other ways to authenticate are left out: {}", others.join(", ")),
        );
    }
    (auth, schemes)
}

fn credentials(scheme: &Json) -> Option<AuthDraft> {
    let text = |key: &str| scheme.get(key).and_then(Json::as_str);
    match text("type")? {
        "http" => match text("scheme")?.to_ascii_lowercase().as_str() {
            "bearer" => Some(AuthDraft::Bearer),
            "basic" => Some(AuthDraft::Basic),
            _ => None,
        },
        "apiKey" => {
            let name = text("name")?.to_owned();
            match text("in")? {
                "query" if !name.is_empty() && name.len() <= MAX_NAME => Some(AuthDraft::Query(name)),
                "header" if is_header_name(&name) && !is_managed_header(&name) && name.len() <= MAX_NAME => {
                    let description = text("description").unwrap_or_default();
                    let prefix = ["Bearer ", "Token token=", "Token ", "GenieKey "];
                    let prefix = prefix.into_iter().find(|prefix| description.contains(prefix));
                    let is_authorization = name.eq_ignore_ascii_case("authorization");
                    if is_authorization && prefix == Some("Bearer ") {
                        return Some(AuthDraft::Bearer);
                    }
                    Some(AuthDraft::Header {
                        prefix: prefix.filter(|_| is_authorization).map(str::to_owned),
                        name,
                    })
                }
                _ => None,
            }
        }
        "oauth2" | "openIdConnect" => Some(AuthDraft::Bearer),
        _ => None,
    }
}

/// Finds where error responses have their code, their message and so on.
fn errors(types: &mut Types) -> Vec<(&'static str, String)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let document = types.document;
    let paths = document.root.get("paths").and_then(Json::as_object);
    let items = paths
        .into_iter()
        .flat_map(Object::iter)
        .filter_map(|(_, item)| document.target(item).as_object());
    let responses = items
        .flat_map(Object::iter)
        .filter_map(|(_, operation)| operation.get("responses")?.as_object());
    for (status, response) in responses.flat_map(Object::iter) {
        if !status.starts_with(['4', '5']) && status != "default" {
            continue;
        }
        let content = document.target(response).get("content").and_then(Json::as_object);
        let json = content.and_then(super::operations::json);
        if let Some(schema) = json.and_then(|(_, schema)| schema) {
            for pointer in error_pointers(types, schema) {
                *counts.entry(pointer).or_default() += 1;
            }
        }
    }
    // A location in only a few responses is an exception.
    let most = counts.values().copied().max().unwrap_or_default();
    counts.retain(|_, count| *count * 4 >= most);
    let mut found = Vec::new();
    for (key, pointers) in ERRORS {
        let used: Vec<String> = found.iter().map(|(_, pointer): &(_, String)| pointer.clone()).collect();
        let known = pointers
            .iter()
            .filter(|pointer| counts.contains_key(**pointer) && !used.contains(&(**pointer).to_owned()));
        let best = known.max_by_key(|pointer| {
            (
                counts[**pointer],
                std::cmp::Reverse(pointers.iter().position(|other| other == *pointer)),
            )
        });
        if let Some(pointer) = best {
            found.push((key, (*pointer).to_owned()));
        }
    }
    found
}

/// Returns the locations of the values in an error response.
fn error_pointers<'a>(types: &mut Types<'a>, schema: &'a Json) -> Vec<String> {
    let findings = types.findings.len();
    let expr = types
        .value(schema, "errors", Origin::Component("Error".to_owned()))
        .expr;
    types.findings.truncate(findings);
    let mut pointers = Vec::new();
    let Some((_, object)) = types.object_of(&expr) else {
        return pointers;
    };
    for field in &object.fields {
        let inner = types.resolved(&field.expr);
        if let Some((_, object)) = types.object_of(&inner) {
            let scalars = object.fields.iter().filter(|field| is_text(types, &field.expr));
            pointers.extend(scalars.map(|inner| format!("/{}/{}", field.name, inner.name)));
            pointers.extend(
                ["details", "errors"]
                    .contains(&field.name.as_str())
                    .then(|| format!("/{}", field.name)),
            );
        } else if is_text(types, &inner) || ["details", "errors"].contains(&field.name.as_str()) {
            pointers.push(format!("/{}", field.name));
        }
    }
    pointers
}

fn is_text(types: &Types, expr: &Expr) -> bool {
    match types.resolved(expr) {
        Expr::Scalar(scalar) => matches!(
            scalar,
            Scalar::String | Scalar::Int32 | Scalar::Int64 | Scalar::Uuid | Scalar::Float64
        ),
        Expr::Named(id) => matches!(
            types.get(id).kind,
            super::draft::Kind::Enum(_) | super::draft::Kind::Integers(_)
        ),
        Expr::List(_) | Expr::Map(_) | Expr::Optional(_) => false,
    }
}
