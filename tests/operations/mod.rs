//! Tests the request of every operation: method, encoded path, query, headers and body.
//!
//! The tables contain, for each operation, a call with all parameters set and the expected request. Expected requests
//! come from a description of the API other than `schema/`, so that the tests also find mistakes in the schema.
//!
//! All values of a request differ, to reveal swapped parameters; booleans alternate. If a type is also used in responses, requests omit its booleans that are `false`. For the API, an omitted boolean is
//! `false`.

mod access;
mod agents;
mod backends;
mod domains;
mod edge_modules;
mod edges;
mod events;
mod policies;
mod route_modules;
mod row;

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use http::Request;
use serde_json::Value;

use crate::schemas::{read, root};
use crate::support::{KEY, Script, json, session};
use row::{Call, Row};

/// Expected encoding of the path parameters, in order. Each is one segment.
const SEGMENTS: [&str; 2] = ["a%2Fb%20c", "d%3F%C3%A9%23"];

/// The keys of items that are not named after their resource.
const ITEMS: [&str; 5] = ["backends", "ingresses", "keys", "operators", "sources"];

fn rows() -> impl Iterator<Item = &'static Row> {
    let tables = [
        access::TABLES,
        agents::TABLES,
        backends::TABLES,
        domains::TABLES,
        edge_modules::TABLES,
        edges::TABLES,
        events::TABLES,
        policies::TABLES,
        route_modules::TABLES,
    ];
    tables.into_iter().flatten().copied().flatten()
}

/// Returns the request of a call. The scripted response decodes as any object and as an empty page.
fn request_of(call: Call) -> Result<Request<Bytes>, String> {
    let mut object = session("x_1");
    object["started_at"] = object["created_at"].clone();
    object["enabled"] = Value::Null;
    object["type"] = Value::Null;
    object["next_page_uri"] = Value::Null;
    let resources = documented()
        .into_iter()
        .filter_map(|[name, ..]| Some(name.split_once('.')?.0.to_owned()));
    for items in resources.chain(ITEMS.map(str::to_owned)) {
        if object.get(&items).is_none() {
            object[items] = Value::Null;
        }
    }
    let script = Script::new([json(&object)]);
    match call(&script.blocking_client()) {
        None => Ok(script.request()),
        Some(error) => Err(error.to_string()),
    }
}

/// Returns the method of a request and its target relative to the base URL.
fn line(request: &Request<Bytes>) -> String {
    let uri = request.uri().to_string();
    let target = uri.strip_prefix("https://api.ngrok.com").unwrap_or(&uri);
    format!("{} {target}", request.method())
}

/// Returns the expected headers, with `content-type` only if there is a body.
fn expected_headers(has_body: bool) -> BTreeMap<&'static str, String> {
    let mut headers = BTreeMap::from([
        ("accept", "application/json".to_owned()),
        ("authorization", format!("Bearer {KEY}")),
        ("ngrok-version", "2".to_owned()),
    ]);
    if has_body {
        headers.insert("content-type", "application/json".to_owned());
    }
    headers
}

/// Returns the headers of a request, except `user-agent`, which contains the version of the client.
fn headers_of(request: &Request<Bytes>) -> BTreeMap<&str, String> {
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.to_str().unwrap_or_default().to_owned()));
    headers.filter(|(name, _)| *name != "user-agent").collect()
}

/// Compares the request of a row's call with the expected request and describes the first difference.
fn difference((_, call, target, body): &Row) -> Option<String> {
    let request = match request_of(*call) {
        Ok(request) => request,
        Err(error) => return Some(error),
    };
    if line(&request) != *target {
        return Some(format!("expected {target}, found {}", line(&request)));
    }
    if headers_of(&request) != expected_headers(!body.is_empty()) {
        return Some(format!("unexpected headers {:?}", headers_of(&request)));
    }
    if body.is_empty() {
        return (!request.body().is_empty()).then(|| format!("unexpected body {:?}", request.body()));
    }
    let expected: Value = serde_json::from_str(body).expect("the table should contain JSON");
    match serde_json::from_slice::<Value>(request.body()) {
        Ok(found) if found == expected => None,
        Ok(found) => Some(format!("expected body {expected}\n  found {found}")),
        Err(error) => Some(format!("invalid JSON in the body: {error}")),
    }
}

#[test]
fn operations_send_the_documented_requests() {
    let differences = rows().filter_map(|row| difference(row).map(|difference| format!("{}: {difference}", row.0)));
    let differences: Vec<_> = differences.collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Returns the name, method and path template of each operation of the API.
pub fn documented() -> Vec<[String; 3]> {
    let text = read(&root().join("tests/data/operations.txt"));
    let operations = text.lines().map(|line| {
        let words: Vec<_> = line.split(' ').map(str::to_owned).collect();
        words
            .try_into()
            .expect("a line should contain a name, a method and a path")
    });
    operations.collect()
}

/// Replaces the parameters of a path template with encoded arguments.
fn expected_path(template: &str) -> String {
    let mut arguments = SEGMENTS.into_iter();
    let segments = template.split('/').map(|segment| match segment.strip_prefix('{') {
        Some(_) => arguments.next().expect("a path should have at most two parameters"),
        None => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}

#[test]
fn documented_operations_are_distinct() {
    let operations = documented();
    let calls: BTreeSet<_> = operations.iter().map(|[_, method, path]| (method, path)).collect();
    let names: BTreeSet<_> = operations.iter().map(|[name, ..]| name).collect();
    assert_eq!((operations.len(), calls.len(), names.len()), (252, 252, 252));
}

#[test]
fn tables_cover_exactly_the_documented_operations() {
    let documented = documented();
    let expected: BTreeSet<_> = documented
        .iter()
        .map(|[name, method, path]| (name.as_str(), format!("{method} {}", expected_path(path))))
        .collect();
    let covered: BTreeSet<_> = rows()
        .map(|(name, _, target, _)| (*name, target.split('?').next().unwrap_or_default().to_owned()))
        .collect();
    let missing: Vec<_> = expected.difference(&covered).collect();
    let unknown: Vec<_> = covered.difference(&expected).collect();
    assert!(
        missing.is_empty() && unknown.is_empty(),
        "missing: {missing:?}\nunknown: {unknown:?}"
    );
    assert_eq!(covered.len(), 252);
}
