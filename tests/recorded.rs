//! Tests that models keep the data of real requests and responses when they are decoded and encoded again.
//!
//! `data/recorded` contains requests and responses recorded from the real API. They cover few models and leave most
//! fields empty. `data/full` therefore contains, for each model, objects in which every field is set.

use std::fs;

use generated_client::models::*;
use generated_client::{Error, PageToken, blocking};
use serde_json::{Map, Value};

use crate::schemas::{read, root, stem};
use crate::support::values::is_empty;
use crate::support::{Script, json};

/// A value that was decoded to a model and encoded again.
struct RoundTrip {
    value: Value,
    /// Debug output of the model.
    debug: String,
}

/// A model: its name, and a function that decodes and encodes a value.
type Model = (&'static str, fn(&Value) -> serde_json::Result<RoundTrip>);

/// Lists models. Each value is decoded from a string, like a response, and from a JSON value.
macro_rules! models {
    ($($name:ident)*) => {
        const MODELS: &[Model] = &[$((stringify!($name), |value| {
            let model: $name = serde_json::from_str(&value.to_string())?;
            let from_value: $name = serde_json::from_value(value.clone())?;
            assert_eq!(model, from_value, "strings and JSON values should decode to the same model");
            Ok(RoundTrip { value: serde_json::to_value(&model)?, debug: format!("{model:?}") })
        })),*];
    };
}

models! {
    AbuseReport AbuseReportCreate ApiKey ApiKeyCreate ApiKeyUpdate ApplicationSession CertificateAuthority
    CertificateAuthorityCreate CertificateAuthorityUpdate Endpoint EndpointCreate EndpointOauth EndpointOidc
    EndpointUpdate EventDestination EventDestinationCreate EventSource EventSubscription EventSubscriptionCreate
    EventSubscriptionUpdate HttpsEdge HttpsEdgeCreate HttpsEdgeRoute HttpsEdgeRouteCreate HttpsEdgeRouteUpdate
    HttpsEdgeUpdate IpPolicy IpPolicyCreate IpPolicyRule IpPolicyRuleCreate IpPolicyUpdate KubernetesOperator
    KubernetesOperatorCreate KubernetesOperatorUpdate Ref ReservedAddr ReservedAddrCreate ReservedAddrUpdate
    ReservedDomain ReservedDomainCreate ReservedDomainUpdate SshCredential SshCredentialCreate SshCredentialUpdate
    TlsCertificate TlsCertificateCreate TlsCertificateUpdate TunnelSession WeightedBackend WeightedBackendCreate
    WeightedBackendUpdate
}

/// A page returned by the client: its items, encoded as JSON, and the token of the next page.
struct Listed {
    items: Value,
    next: Option<PageToken>,
}

/// Lists the first page of a resource.
type List = fn(&blocking::Client) -> Result<Listed, Error>;

/// Lists resources with their list calls. Pages aren't models; the operation decodes them.
macro_rules! lists {
    ($($resource:ident)*) => {
        const LISTS: &[(&str, List)] = &[$((stringify!($resource), |client| {
            let page = client.$resource().list().send()?;
            let items = page.items.iter().map(|item| serde_json::to_value(item).unwrap());
            Ok(Listed { items: items.collect(), next: page.next })
        })),*];
    };
}

lists! {
    api_keys certificate_authorities https_edges event_subscriptions ip_policies reserved_addrs ssh_credentials
    tls_certificates tunnel_sessions weighted_backends
}

/// Decodes and encodes a value with the model of this name. Ignores case.
fn round_trip(model: &str, value: &Value) -> serde_json::Result<RoundTrip> {
    let (_, round_trip) = MODELS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(model))
        .unwrap_or_else(|| panic!("unknown model {model}: add it to `models!`"));
    round_trip(value)
}

/// Returns the lists in the files of a folder, with the names of the files.
fn data(folder: &str) -> Vec<(String, Vec<Value>)> {
    let folder = root().join("tests/data").join(folder);
    let files = fs::read_dir(&folder).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        (stem(&path), serde_json::from_str(&read(&path)).unwrap())
    });
    let mut files: Vec<_> = files.collect();
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    assert!(!files.is_empty(), "found no data in {}", folder.display());
    files
}

/// Removes empty values, which the API may omit, and undocumented keys from a value.
fn stripped(value: &Value, undocumented: &[&str]) -> Value {
    match value {
        Value::Object(entries) => entries
            .iter()
            .filter(|(key, _)| !undocumented.contains(&key.as_str()))
            .map(|(key, value)| (key.clone(), stripped(value, undocumented)))
            .filter(|(_, value)| !is_empty(value))
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(values) => values.iter().map(|value| stripped(value, undocumented)).collect(),
        other => other.clone(),
    }
}

/// Returns the keys that, according to the record, only older versions of the API had. The record lists them as `Type.key`.
fn undocumented(record: &Value) -> Vec<&str> {
    let names = record["undocumented"].as_array().unwrap();
    names
        .iter()
        .filter_map(|name| name.as_str()?.split('.').next_back())
        .collect()
}

/// Returns all records.
fn records() -> Vec<Value> {
    data("recorded").into_iter().flat_map(|(_, records)| records).collect()
}

/// Returns the name of the recorded operation.
fn operation(record: &Value) -> String {
    let [resource, operation] = ["resource", "operation"].map(|key| record[key].as_str().unwrap());
    format!("{resource}.{operation}")
}

fn is_page(record: &Value) -> bool {
    record["response_type"]
        .as_str()
        .is_some_and(|name| name.ends_with("List"))
}

/// Asserts that the model of a recorded request or response keeps its data.
fn assert_round_trip(record: &Value, side: &str) {
    let model = record[format!("{side}_type")].as_str().unwrap();
    let (recorded, ignored, operation) = (&record[side], undocumented(record), operation(record));
    let result = round_trip(model, recorded).unwrap_or_else(|error| panic!("{operation}: {model}: {error}"));
    assert_eq!(
        stripped(&result.value, &[]),
        stripped(recorded, &ignored),
        "{operation}: {model} as {side}"
    );
    // A missing enum value decodes as `Unknown("")`.
    let debug = result.debug.replace("Unknown(\"\")", "");
    assert!(
        !debug.contains("Unknown("),
        "{operation}: unknown enum value in {debug}"
    );
}

#[test]
fn recorded_responses_round_trip() {
    let mut records = records();
    records.retain(|record| !record["response"].is_null() && !is_page(record));
    for record in &records {
        assert_round_trip(record, "response");
    }
    assert_eq!(records.len(), 32);
}

#[test]
fn recorded_requests_round_trip() {
    let mut records = records();
    records.retain(|record| !record["request"].is_null());
    for record in &records {
        assert_round_trip(record, "request");
    }
    assert_eq!(records.len(), 20);
}

/// Asserts that the resource's list call decodes a recorded page.
fn assert_lists(record: &Value) {
    let (operation, response) = (operation(record), &record["response"]);
    let (_, list) = LISTS
        .iter()
        .find(|(resource, _)| record["resource"] == *resource)
        .unwrap_or_else(|| panic!("unknown resource of {operation}: add it to `lists!`"));
    let script = Script::new([json(response)]);
    let page = list(&script.blocking_client()).unwrap_or_else(|error| panic!("{operation}: {error}"));

    let [method, path] = ["method", "path"].map(|key| record[key].as_str().unwrap());
    assert_eq!(script.lines(), [format!("{method} https://api.ngrok.com{path}")]);
    let mut recorded = response.as_object().unwrap().clone();
    // The client ignores the URI of the page itself.
    assert!(recorded.remove("uri").is_some_and(|uri| uri.is_string()), "{operation}");
    assert_eq!(
        recorded.remove("next_page_uri"),
        Some(page.next.map(|next| next.to_string()).into()),
        "{operation}"
    );
    let items: Vec<_> = recorded.values().collect();
    assert_eq!(items.len(), 1, "{operation}: expected one key with the items");
    assert_eq!(
        stripped(&page.items, &[]),
        stripped(items[0], &undocumented(record)),
        "{operation}"
    );
}

#[test]
fn list_calls_decode_recorded_pages() {
    let mut records = records();
    records.retain(is_page);
    for record in &records {
        assert_lists(record);
    }
    assert_eq!(records.len(), 10);
}

#[test]
fn every_record_is_tested() {
    let records = records();
    let deletes = records.iter().filter(|record| record["method"] == "DELETE");
    // Records of deletions have no data. The tests above decode 32 objects and 10 pages.
    let empty = deletes.filter(|record| record["request"].is_null() && record["response"].is_null());
    assert_eq!((records.len(), empty.count()), (52, 52 - 32 - 10));
}

#[test]
fn complete_objects_round_trip() {
    for (model, objects) in data("full") {
        for object in objects {
            let result = round_trip(&model, &object).unwrap_or_else(|error| panic!("{model}: {error}"));
            assert_eq!(result.value, object, "{model}");
            // An empty field means that the schema has a field that the data lacks.
            for empty in [
                "None", "Keep", ": \"\"", "(\"\")", ": []", ": {}", ": 0,", ": 0.0", ": false", "Unknown(",
            ] {
                assert!(
                    !result.debug.contains(empty),
                    "{model}: a field is `{empty}`: add it to `data/full`: {}",
                    result.debug
                );
            }
        }
    }
}

/// Returns the objects of response models. Request models are stricter, because the client creates them.
fn responses() -> impl Iterator<Item = (String, Value)> {
    let files = data("full").into_iter();
    files
        .filter(|(model, _)| !model.ends_with("Create") && !model.ends_with("Update"))
        .flat_map(|(model, objects)| objects.into_iter().map(move |object| (model.clone(), object)))
}

/// Collects JSON pointers to every field of an object and of nested objects.
fn fields(value: &Value, prefix: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let pointer = format!("{prefix}/{key}");
                fields(value, &pointer, found);
                found.push(pointer);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                fields(value, &format!("{prefix}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Returns the object with the field set to null, and the object without the field.
fn emptied(object: &Value, pointer: &str) -> [Value; 2] {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let mut null = object.clone();
    null.pointer_mut(pointer).unwrap().take();
    let mut absent = object.clone();
    absent.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key);
    [null, absent]
}

/// JSON pointers to required timestamps, the only fields without which a response can't be decoded.
const REQUIRED: [&str; 2] = ["/created_at", "/started_at"];

#[test]
fn accepts_null_and_missing_fields_except_required_timestamps() {
    for (model, object) in responses() {
        let mut pointers = Vec::new();
        fields(&object, "", &mut pointers);
        for pointer in pointers {
            for emptied in emptied(&object, &pointer) {
                match (REQUIRED.contains(&pointer.as_str()), round_trip(&model, &emptied)) {
                    (false, outcome) => {
                        let result = outcome.unwrap_or_else(|error| panic!("{model}{pointer}: {error}"));
                        assert_eq!(
                            stripped(&result.value, &[]),
                            stripped(&emptied, &[]),
                            "{model}{pointer}"
                        );
                    }
                    (true, outcome) => {
                        let error = outcome
                            .err()
                            .unwrap_or_else(|| panic!("{model}{pointer} should be required"));
                        assert!(error.to_string().contains(&pointer[1..]), "{model}: {error}");
                    }
                }
            }
        }
    }
}

#[test]
fn decodes_objects_with_only_required_timestamps() {
    for (model, object) in responses() {
        let entries = object.as_object().unwrap();
        let is_required = |key: &str| REQUIRED.iter().any(|pointer| pointer[1..] == *key);
        let required = entries.iter().filter(|(key, _)| is_required(key));
        let absent = required.map(|(key, value)| (key.clone(), value.clone())).collect();
        let nulls = entries.iter().map(|(key, value)| {
            let value = if is_required(key) { value.clone() } else { Value::Null };
            (key.clone(), value)
        });
        for minimal in [absent, Value::Object(nulls.collect())] {
            let result = round_trip(&model, &minimal).unwrap_or_else(|error| panic!("{model}: {error}"));
            assert_eq!(stripped(&result.value, &[]), stripped(&minimal, &[]), "{model}");
        }
    }
}
