//! What each operation of the API sends: method, encoded path, query, headers and body.
//!
//! The tables say for each operation what a call with everything set must send. What is expected was taken from a
//! description of the API other than the schema here, so that a mistake in the schema is seen, too.
//!
//! Values differ, so that none can stand for another: flags take turns. A flag of a type that responses have, too, is left
//! out of a request where it is false, which the API takes for the same.

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

/// The arguments for the parameters of a path, in turn, as they must stand in the URL: one segment each.
const SEGMENTS: [&str; 2] = ["a%2Fb%20c", "d%3F%C3%A9%23"];

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

/// What one call sends. The response has what any object must have, and is a page without items.
fn sent(call: Call) -> Result<Request<Bytes>, String> {
    let mut object = session("x_1");
    object["started_at"] = object["created_at"].clone();
    let script = Script::new([json(&object)]);
    match call(&script.blocking_client()) {
        None => Ok(script.request()),
        Some(error) => Err(error.to_string()),
    }
}

/// The method and the target of a request below the base URL.
fn line(request: &Request<Bytes>) -> String {
    let uri = request.uri().to_string();
    let target = uri.strip_prefix("https://api.ngrok.com").unwrap_or(&uri);
    format!("{} {target}", request.method())
}

/// The headers that the API asks for; `content-type` only where there is a content.
fn headers(has_body: bool) -> BTreeMap<&'static str, String> {
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

/// The headers of a request but the one that tells the version of this client.
fn headers_of(request: &Request<Bytes>) -> BTreeMap<&str, String> {
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.to_str().unwrap_or_default().to_owned()));
    headers.filter(|(name, _)| *name != "user-agent").collect()
}

/// What is wrong with the request of a row.
fn mistake((_, call, target, body): &Row) -> Option<String> {
    let request = match sent(*call) {
        Ok(request) => request,
        Err(error) => return Some(error),
    };
    if line(&request) != *target {
        return Some(format!("sends {} instead of {target}", line(&request)));
    }
    if headers_of(&request) != headers(!body.is_empty()) {
        return Some(format!("has the headers {:?}", headers_of(&request)));
    }
    if body.is_empty() {
        return (!request.body().is_empty()).then(|| format!("has the body {:?}", request.body()));
    }
    let expected: Value = serde_json::from_str(body).expect("the table holds JSON");
    match serde_json::from_slice::<Value>(request.body()) {
        Ok(sent) if sent == expected => None,
        Ok(sent) => Some(format!("sends {sent}\n  instead of {expected}")),
        Err(error) => Some(format!("sends no JSON: {error}")),
    }
}

#[test]
fn each_operation_sends_what_the_api_documents() {
    let mistakes = rows().filter_map(|row| mistake(row).map(|mistake| format!("{} {mistake}", row.0)));
    let mistakes: Vec<_> = mistakes.collect();
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

/// The operations of the API: name, method and path template of each.
pub fn documented() -> Vec<[String; 3]> {
    let text = read(&root().join("tests/data/operations.txt"));
    let operations = text.lines().map(|line| {
        let words: Vec<_> = line.split(' ').map(str::to_owned).collect();
        words.try_into().expect("a name, a method and a path")
    });
    operations.collect()
}

/// The path with an encoded argument for each parameter.
fn filled(template: &str) -> String {
    let mut arguments = SEGMENTS.into_iter();
    let segments = template.split('/').map(|segment| match segment.strip_prefix('{') {
        Some(_) => arguments.next().expect("an argument for each parameter"),
        None => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}

#[test]
fn the_documented_operations_are_distinct() {
    let operations = documented();
    let calls: BTreeSet<_> = operations.iter().map(|[_, method, path]| (method, path)).collect();
    let names: BTreeSet<_> = operations.iter().map(|[name, ..]| name).collect();
    assert_eq!((operations.len(), calls.len(), names.len()), (252, 252, 252));
}

#[test]
fn the_tables_cover_each_documented_operation_and_no_other() {
    let documented = documented();
    let expected: BTreeSet<_> = documented
        .iter()
        .map(|[name, method, path]| (name.as_str(), format!("{method} {}", filled(path))))
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
