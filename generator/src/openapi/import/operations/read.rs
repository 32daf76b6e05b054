//! Converts the operations of a document.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::left_out::LeftOut;
use super::{bodies, parameters, responses};
use crate::openapi::import::document::Document;
use crate::openapi::import::draft::{OperationDraft, ReturnsDraft};
use crate::openapi::import::finding::Loss;
use crate::openapi::import::types::{Types, doc as doc_text, sentence};
use crate::openapi::json::{Json, Object};
use crate::syntax::{Http, Method, PathShape};

/// The methods that a document may have.
const METHODS: [&str; 8] = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];

/// The longest method and path that a schema can contain, in bytes.
const MAX_HTTP: usize = 1024;

/// An operation, with what is decided when all types are known.
pub struct Operation<'a> {
    pub draft: OperationDraft,
    pub parameters: Vec<parameters::Parameter>,
    pub responses: responses::Responses<'a>,
}

/// The operations of a document, and the number of those that are left out.
#[derive(Default)]
pub struct Operations<'a> {
    pub carried: Vec<Operation<'a>>,
    pub left_out: usize,
}

/// Converts all operations. Those that the schema language cannot express are left out.
///
/// `schemes` are the names of the credentials that the client sends.
pub fn operations<'a>(types: &mut Types<'a>, schemes: &[String]) -> Operations<'a> {
    let mut operations = Operations::default();
    let mut calls = Calls::default();
    let document = types.document;
    let paths = document.root.get("paths").and_then(Json::as_object);
    for (path, item) in paths.into_iter().flat_map(Object::iter) {
        let item = document.target(item);
        if item.get("$ref").is_some() {
            types.set_api();
            types.find(path, Loss::LeftOut, "the path references itself");
        }
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let place = format!("{} {path}", method.to_uppercase());
            types.set_operation(operations.carried.len(), &place);
            let findings = types.findings.len();
            match convert(types, &place, item, operation, operations.carried.len()).and_then(|read| calls.add(read)) {
                Ok(converted) => {
                    report_credentials(types, &place, operation, schemes);
                    operations.carried.push(converted);
                }
                Err(LeftOut(reason)) => {
                    types.findings.truncate(findings);
                    types.set_api();
                    types.find(&place, Loss::LeftOut, reason);
                    operations.left_out += 1;
                }
            }
        }
    }
    report_webhooks(types);
    operations
}

/// The parts of an operation that select it for a request.
type Call = (Method, PathShape, Vec<(String, String)>);

/// The places of operations, by the parts that select one for a request.
#[derive(Default)]
struct Calls(BTreeMap<Call, String>);

impl Calls {
    /// Fails if another operation is selected by the same requests.
    fn add<'a>(&mut self, operation: Operation<'a>) -> Result<Operation<'a>, LeftOut> {
        let Http { method, path, query } = http(&operation.draft.method, &operation.draft.path)?;
        let place = operation.draft.place.clone();
        match self.0.entry((method, path.shape(), query.shape())) {
            Entry::Vacant(entry) => {
                entry.insert(place);
                Ok(operation)
            }
            Entry::Occupied(first) => Err(LeftOut(format!("`{}` has the same method and path", first.get()))),
        }
    }
}

fn http(method: &str, path: &str) -> Result<Http, LeftOut> {
    let http = format!("{method} {path}");
    if http.len() > MAX_HTTP {
        return Err(LeftOut(format!("the path is longer than {MAX_HTTP} characters")));
    }
    http.parse().map_err(|error: String| LeftOut(error.replace('\n', ": ")))
}

fn convert<'a>(
    types: &mut Types<'a>,
    place: &str,
    item: &'a Json,
    operation: &'a Json,
    index: usize,
) -> Result<Operation<'a>, LeftOut> {
    let (method, path) = place.split_once(' ').unwrap_or_default();
    if matches!(method, "OPTIONS" | "TRACE") {
        return Err(LeftOut(format!("the method {method} is not supported")));
    }
    let parameters = parameters::declared(types.document, item, operation);
    let path = parameters::path(path, &parameters);
    http(method, &path.written)?;
    let body = if method == "HEAD" {
        if operation.get("requestBody").is_some() {
            types.weaker(&format!("{place}: request body"), "a HEAD request has no body");
        }
        None
    } else {
        bodies::body(types, place, operation, index)?
    };
    let mut responses = responses::responses(types, operation)?;
    report_others(types, place, item, operation);
    let params = parameters::params(types, place, &path, &parameters, index);
    let (parameters, no_auth) = (
        parameters::parameters(types, place, &parameters, index),
        operation.get("security").is_some_and(is_public),
    );
    let returns = responses::returns(types, place, &mut responses, index);
    Ok(Operation {
        draft: OperationDraft {
            method: method.to_owned(),
            path: path.written,
            place: place.to_owned(),
            id: operation.get("operationId").and_then(Json::as_str).map(str::to_owned),
            doc: with_body(doc(operation, place), types.document, operation),
            deprecated: operation.get("deprecated").and_then(Json::as_bool) == Some(true),
            params,
            query: Vec::new(),
            headers: Vec::new(),
            body,
            returns: if method == "HEAD" {
                ReturnsDraft::Headers
            } else {
                returns
            },
            status: responses.status(),
            is_public: no_auth,
            resource: 0,
            name: String::new(),
        },
        parameters,
        responses,
    })
}

/// Reports the credentials that an operation needs if the client does not send them.
fn report_credentials(types: &mut Types, place: &str, operation: &Json, schemes: &[String]) {
    let of_api = types.document.root.get("security");
    let alternatives = operation
        .get("security")
        .or(of_api)
        .map(Json::items)
        .unwrap_or_default();
    let names = |requirement: &Json| -> Vec<String> {
        let names = requirement.as_object().into_iter().flat_map(Object::iter);
        names.map(|(name, _)| name.to_owned()).collect()
    };
    let is_sent = |requirement: &Json| names(requirement).iter().all(|name| schemes.contains(name));
    if let Some(first) = alternatives.first().filter(|_| !alternatives.iter().any(is_sent)) {
        let text = format!("the client does not send `{}`", names(first).join("` and `"));
        types.weaker(&format!("{place}: security"), text);
    }
}

/// Reports the parts of an operation that a schema cannot contain.
fn report_others(types: &mut Types, place: &str, item: &Json, operation: &Json) {
    if operation.get("callbacks").is_some() {
        types.find(
            &format!("{place}: callbacks"),
            Loss::LeftOut,
            "requests of the API are left out",
        );
    }
    let parameters = [item, operation].map(|owner| owner.get("parameters").map(Json::items).unwrap_or_default());
    let mut parameters = parameters.into_iter().flatten();
    if parameters.any(|parameter| parameters::key(types.document.target(parameter)).is_none()) {
        types.find(
            &format!("{place}: parameters"),
            Loss::LeftOut,
            "a parameter without `name` and `in` is left out",
        );
    }
    let servers = operation.get("servers").or(item.get("servers"));
    if servers.is_some() && servers != types.document.root.get("servers") {
        types.weaker(&format!("{place}: servers"), "the request is sent to `base_url`");
    }
    let mut responses = operation
        .get("responses")
        .and_then(Json::as_object)
        .into_iter()
        .flat_map(Object::iter);
    if responses.any(|(_, response)| types.document.target(response).get("links").is_some()) {
        types.find(
            &format!("{place}: links"),
            Loss::LeftOut,
            "links of responses are left out",
        );
    }
}

/// Reports the requests that the API sends.
fn report_webhooks(types: &mut Types) {
    types.set_api();
    for key in ["webhooks", "x-webhooks"] {
        let webhooks = types.document.root.get(key).and_then(Json::as_object);
        for (name, _) in webhooks.into_iter().flat_map(Object::iter) {
            types.find(
                &format!("{key}: {name}"),
                Loss::LeftOut,
                "requests of the API are left out",
            );
        }
    }
}

/// Returns `true` for the security of an operation that needs no credentials.
fn is_public(security: &Json) -> bool {
    let is_empty = |requirement: &Json| requirement.as_object().is_some_and(Object::is_empty);
    security.items().iter().all(is_empty)
}

/// Returns the summary and the description of an operation.
fn doc(operation: &Json, place: &str) -> String {
    let text = |key: &str| operation.get(key).and_then(Json::as_str).and_then(doc_text);
    match (text("summary").map(|summary| sentence(&summary)), text("description")) {
        (Some(summary), Some(description)) => {
            let is_repeated = description
                .trim_end_matches('.')
                .starts_with(summary.trim_end_matches('.'));
            if is_repeated {
                description
            } else {
                format!("{summary}\n\n{description}")
            }
        }
        (Some(text), None) | (None, Some(text)) => text,
        (None, None) => format!("Sends `{place}`."),
    }
}

/// Adds the description of the request body to a text, unless it is there already.
fn with_body(doc: String, document: &Document, operation: &Json) -> String {
    let body = operation.get("requestBody").map(|body| document.target(body));
    let text = body.and_then(|body| doc_text(body.get("description")?.as_str()?));
    match text.filter(|text| !doc.contains(text.trim_end_matches('.'))) {
        Some(text) => format!("{doc}\n\nThe request body: {}", sentence(&text)),
        None => doc,
    }
}
