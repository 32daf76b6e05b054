//! What the API has sent and taken reads into the models, and comes back out with nothing lost.
//!
//! `data/recorded` holds what was recorded from the real API; `data/full` holds, for each model, objects in which every
//! field is set, since what was recorded touches few models and leaves most of their fields empty.

use std::fs;

use generated_client::models::*;
use generated_client::{Error, PageToken, blocking};
use serde_json::{Map, Value};

use crate::schemas::{read, root, stem};
use crate::support::{Script, json};

/// What became of a value that went into a model and out again.
struct Written {
    value: Value,
    shown: String,
}

/// A model: its name, and the way through it.
type Model = (&'static str, fn(&Value) -> serde_json::Result<Written>);

/// Lists models with the way through each: from text, as a response comes, and from a parsed value.
macro_rules! models {
    ($($name:ident)*) => {
        const MODELS: &[Model] = &[$((stringify!($name), |value| {
            let model: $name = serde_json::from_str(&value.to_string())?;
            assert_eq!(model, serde_json::from_value(value.clone())?, "text and value read the same");
            Ok(Written { value: serde_json::to_value(&model)?, shown: format!("{model:?}") })
        })),*];
    };
}

models! {
    AbuseReport AbuseReportCreate ApiKey ApiKeyCreate ApiKeyUpdate ApplicationSession CertificateAuthority
    CertificateAuthorityCreate CertificateAuthorityUpdate Endpoint EndpointCreate EndpointOAuth EndpointOidc
    EndpointUpdate EventDestination EventDestinationCreate EventSource EventSubscription EventSubscriptionCreate
    EventSubscriptionUpdate HttpsEdge HttpsEdgeCreate HttpsEdgeRoute HttpsEdgeRouteCreate HttpsEdgeRouteUpdate
    HttpsEdgeUpdate IpPolicy IpPolicyCreate IpPolicyRule IpPolicyRuleCreate IpPolicyUpdate KubernetesOperator
    KubernetesOperatorCreate KubernetesOperatorUpdate Ref ReservedAddr ReservedAddrCreate ReservedAddrUpdate
    ReservedDomain ReservedDomainCreate ReservedDomainUpdate SshCredential SshCredentialCreate SshCredentialUpdate
    TlsCertificate TlsCertificateCreate TlsCertificateUpdate TunnelSession WeightedBackend WeightedBackendCreate
    WeightedBackendUpdate
}

/// A page as the client gives it: its items written back, and the token of the next page.
struct Listed {
    items: Value,
    next: Option<PageToken>,
}

/// Lists the first page of a resource.
type List = fn(&blocking::Client) -> Result<Listed, Error>;

/// Lists resources with the call that lists each: pages are no models, but are read by the operation.
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
    api_keys certificate_authorities edges_https event_subscriptions ip_policies reserved_addrs ssh_credentials
    tls_certificates tunnel_sessions weighted_backends
}

/// Sends a value through the model of this name, whose capitals need not be Rust's.
fn through(model: &str, value: &Value) -> serde_json::Result<Written> {
    let (_, way) = MODELS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(model))
        .unwrap_or_else(|| panic!("{model}: add the model to the list"));
    way(value)
}

/// The lists in the files of a folder, each with the name of its file.
fn data(folder: &str) -> Vec<(String, Vec<Value>)> {
    let folder = root().join("tests/data").join(folder);
    let files = fs::read_dir(&folder).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        (stem(&path), serde_json::from_str(&read(&path)).unwrap())
    });
    let mut files: Vec<_> = files.collect();
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    assert!(!files.is_empty(), "{} has data", folder.display());
    files
}

/// The value without what is empty, which the API may as well leave out, and without these keys.
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

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Number(value) => value.as_f64() == Some(0.0),
        Value::String(value) => value.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(entries) => entries.is_empty(),
    }
}

/// The keys of a record that are left over from older versions of the API: `Type.key` stands for each.
fn undocumented(record: &Value) -> Vec<&str> {
    let names = record["undocumented"].as_array().unwrap();
    names
        .iter()
        .filter_map(|name| name.as_str()?.split('.').next_back())
        .collect()
}

/// Every record.
fn records() -> Vec<Value> {
    data("recorded").into_iter().flat_map(|(_, records)| records).collect()
}

/// Which call was recorded.
fn operation(record: &Value) -> String {
    let [resource, operation] = ["resource", "operation"].map(|key| record[key].as_str().unwrap());
    format!("{resource}.{operation}")
}

fn is_page(record: &Value) -> bool {
    record["response_type"]
        .as_str()
        .is_some_and(|name| name.ends_with("List"))
}

/// Sends one side of a record through its model.
fn assert_holds(record: &Value, side: &str) {
    let model = record[format!("{side}_type")].as_str().unwrap();
    let (recorded, ignored, operation) = (&record[side], undocumented(record), operation(record));
    let written = through(model, recorded).unwrap_or_else(|error| panic!("{operation}: {model}: {error}"));
    assert_eq!(
        stripped(&written.value, &[]),
        stripped(recorded, &ignored),
        "{operation}: {model} as {side}"
    );
    // What the server left out is `Unknown("")`.
    let unknown = written.shown.replace("Unknown(\"\")", "");
    assert!(
        !unknown.contains("Unknown("),
        "{operation}: a value has no name in {unknown}"
    );
}

#[test]
fn recorded_objects_read_and_write_back() {
    let mut records = records();
    records.retain(|record| !record["response"].is_null() && !is_page(record));
    for record in &records {
        assert_holds(record, "response");
    }
    assert_eq!(records.len(), 32);
}

#[test]
fn recorded_requests_read_and_write_back() {
    let mut records = records();
    records.retain(|record| !record["request"].is_null());
    for record in &records {
        assert_holds(record, "request");
    }
    assert_eq!(records.len(), 20);
}

/// Reads a recorded page with the call that lists the resource.
fn assert_lists(record: &Value) {
    let (operation, response) = (operation(record), &record["response"]);
    let (_, list) = LISTS
        .iter()
        .find(|(resource, _)| record["resource"] == *resource)
        .unwrap_or_else(|| panic!("{operation}: add the resource to the list"));
    let script = Script::new([json(response)]);
    let page = list(&script.blocking_client()).unwrap_or_else(|error| panic!("{operation}: {error}"));

    let [method, path] = ["method", "path"].map(|key| record[key].as_str().unwrap());
    assert_eq!(script.lines(), [format!("{method} https://api.ngrok.com{path}")]);
    let mut recorded = response.as_object().unwrap().clone();
    // The page's own URI is for nobody but the server.
    assert!(recorded.remove("uri").is_some_and(|uri| uri.is_string()), "{operation}");
    assert_eq!(
        recorded.remove("next_page_uri"),
        Some(page.next.map(|next| next.to_string()).into()),
        "{operation}"
    );
    let items: Vec<_> = recorded.values().collect();
    assert_eq!(items.len(), 1, "{operation}: one key holds the items");
    assert_eq!(
        stripped(&page.items, &[]),
        stripped(items[0], &undocumented(record)),
        "{operation}"
    );
}

#[test]
fn recorded_pages_are_listed() {
    let mut records = records();
    records.retain(is_page);
    for record in &records {
        assert_lists(record);
    }
    assert_eq!(records.len(), 10);
}

#[test]
fn no_record_is_passed_over() {
    let records = records();
    let deletes = records.iter().filter(|record| record["method"] == "DELETE");
    // A deletion has nothing to read; 32 objects and 10 pages are read by the tests above.
    let empty = deletes.filter(|record| record["request"].is_null() && record["response"].is_null());
    assert_eq!((records.len(), empty.count()), (52, 52 - 32 - 10));
}

#[test]
fn an_object_with_every_field_set_writes_back_as_it_was() {
    for (model, objects) in data("full") {
        for object in objects {
            let written = through(&model, &object).unwrap_or_else(|error| panic!("{model}: {error}"));
            assert_eq!(written.value, object, "{model}");
            // A field that the data lacks would be empty here: the data must keep up with the schema.
            for empty in [
                "None", "Keep", ": \"\"", "(\"\")", ": []", ": {}", ": 0,", ": 0.0", ": false", "Unknown(",
            ] {
                assert!(
                    !written.shown.contains(empty),
                    "{model}: a field is `{empty}` in {}",
                    written.shown
                );
            }
        }
    }
}

/// The models of responses: requests are written by this side, which knows what is required.
fn responses() -> impl Iterator<Item = (String, Value)> {
    let files = data("full").into_iter();
    files
        .filter(|(model, _)| !model.ends_with("Create") && !model.ends_with("Update"))
        .flat_map(|(model, objects)| objects.into_iter().map(move |object| (model.clone(), object)))
}

/// The pointers to every field of an object and of those within it.
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

/// The object with the field null, and the object without the field.
fn emptied(object: &Value, pointer: &str) -> [Value; 2] {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let mut null = object.clone();
    null.pointer_mut(pointer).unwrap().take();
    let mut absent = object.clone();
    absent.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key);
    [null, absent]
}

/// The times without which an object of the API cannot be.
const STRICT: [&str; 2] = ["/created_at", "/started_at"];

#[test]
fn any_field_may_be_null_or_missing_but_the_strict_timestamps() {
    for (model, object) in responses() {
        let mut pointers = Vec::new();
        fields(&object, "", &mut pointers);
        for pointer in pointers {
            for emptied in emptied(&object, &pointer) {
                match (STRICT.contains(&pointer.as_str()), through(&model, &emptied)) {
                    (false, outcome) => {
                        let written = outcome.unwrap_or_else(|error| panic!("{model}{pointer}: {error}"));
                        assert_eq!(
                            stripped(&written.value, &[]),
                            stripped(&emptied, &[]),
                            "{model}{pointer}"
                        );
                    }
                    (true, outcome) => {
                        let error = outcome.err().unwrap_or_else(|| panic!("{model}{pointer} is strict"));
                        assert!(error.to_string().contains(&pointer[1..]), "{model}: {error}");
                    }
                }
            }
        }
    }
}

#[test]
fn an_object_reads_from_its_strict_timestamps_alone() {
    for (model, object) in responses() {
        let entries = object.as_object().unwrap();
        let is_strict = |key: &str| STRICT.iter().any(|pointer| pointer[1..] == *key);
        let strict = entries.iter().filter(|(key, _)| is_strict(key));
        let absent = strict.map(|(key, value)| (key.clone(), value.clone())).collect();
        let nulls = entries.iter().map(|(key, value)| {
            let kept = if is_strict(key) { value.clone() } else { Value::Null };
            (key.clone(), kept)
        });
        for least in [absent, Value::Object(nulls.collect())] {
            let written = through(&model, &least).unwrap_or_else(|error| panic!("{model}: {error}"));
            assert_eq!(stripped(&written.value, &[]), stripped(&least, &[]), "{model}");
        }
    }
}
