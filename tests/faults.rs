//! Tests errors, redaction of secrets and tracing.

use std::fmt::Debug;
use std::fs;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use generated_client::models::*;
use generated_client::{Client, Error, RetryPolicy, TransportErrorKind, blocking};
use serde_json::{Map, Value, json};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::schemas::{read, root};
use crate::support::{KEY, Script, ScriptedResponse, assert_hides, failure, page, response, session, with_header};

fn get(reply: ScriptedResponse) -> Result<ApplicationSession, Error> {
    let script = Script::new([reply]);
    script.blocking_client().application_sessions().get("as_1").send()
}

// ---- unexpected responses

#[test]
fn success_without_a_json_body_is_a_decode_error() {
    let html = || with_header(response(200, "<html>secret</html>"), "content-type", "text/html");
    for (reply, problem) in [
        (
            response(204, ""),
            "204 No Content: cannot decode the response: the body is empty (no content type, 0 bytes)",
        ),
        (
            with_header(response(200, " \r\n\t"), "content-type", "application/json"),
            "200 OK: cannot decode the response: the body is empty (application/json, 4 bytes)",
        ),
        (
            html(),
            "200 OK: cannot decode the response: expected value at line 1 column 1 (text/html, 19 bytes)",
        ),
    ] {
        let error = get(reply).unwrap_err();
        assert!(error.is_decode() && !error.is_retryable());
        assert_eq!(error.to_string(), format!("application_sessions.get failed: {problem}"));
        assert_hides(&error, "secret");
    }
}

#[test]
fn error_keeps_the_response_but_does_not_print_it() {
    let long = format!("{}end", "secret ".repeat(20_000));
    for reply in [
        response(502, "secret"),
        response(200, "secret"),
        response(302, "secret"),
        response(502, long),
    ] {
        let (status, body) = reply
            .as_ref()
            .map(|reply| (reply.status(), reply.body().clone()))
            .unwrap();
        let error = get(with_header(
            with_header(reply, "location", "//elsewhere"),
            "x-secret",
            "secret",
        ))
        .unwrap_err();
        assert_eq!(error.status(), Some(status));
        assert_eq!(error.headers().unwrap()["x-secret"], "secret");
        assert_eq!(error.body().unwrap(), &body[..body.len().min(64 * 1024)]);
        assert_hides(&error, "secret");
    }
    let error = get(failure(TransportErrorKind::Connect)).unwrap_err();
    assert!(error.status().is_none() && error.headers().is_none() && error.body().is_none());
}

#[test]
fn ignores_the_body_of_a_204_response() {
    for body in [&b"{\"secret"[..], b"<html>", b"\xff"] {
        let script = Script::new([response(204, body)]);
        script
            .blocking_client()
            .application_sessions()
            .delete("as_1")
            .send()
            .unwrap();
    }
}

#[test]
fn errors_of_numbers_out_of_range_hide_the_value() {
    let radius = |number: &str| format!(r#"{{"browser_session": {{"location": {{"lat_long_radius_km": {number}}}}}}}"#);
    let latitude = |number: &str| format!(r#"{{"browser_session": {{"location": {{"latitude": {number}}}}}}}"#);
    for body in [
        radius("18446744073709551616"),
        radius("9007199254740993123456789"),
        radius("1e30"),
        latitude("1e999"),
        latitude(&"7".repeat(400)),
    ] {
        let error = get(response(200, body)).unwrap_err();
        assert!(error.is_decode(), "{error}");
        assert!(error.to_string().contains("browser_session.location."), "{error}");
        for number in ["18446744073709551616", "9007199254740993123456789", "1e", "7777"] {
            assert_hides(&error, number);
        }
    }
}

#[test]
fn keeps_unknown_enum_values() {
    let body = json!({ "id": "ipr_1", "action": "challenge", "created_at": "2024-05-06T07:08:09Z" });
    let script = Script::new([response(200, body.to_string())]);
    let rule = script.blocking_client().ip_policy_rules().get("ipr_1").send().unwrap();
    assert_eq!(rule.action, IpPolicyRuleAction::from("challenge"));
    assert_eq!(serde_json::to_value(rule).unwrap(), body);
}

#[test]
fn decode_error_gives_the_path_within_a_page() {
    let mut invalid = session("as_2");
    invalid["browser_session"] = json!({ "location": { "latitude": "body-value" } });
    let body = json!({ "application_sessions": [session("as_1"), invalid] });
    let script = Script::new([response(200, body.to_string())]);
    let error = script
        .blocking_client()
        .application_sessions()
        .list()
        .send()
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("application_sessions[1].browser_session.location.latitude: expected "),
        "{text}"
    );
    assert!(text.contains("found a string"), "{text}");
    assert_hides(&error, "body-value");
}

type Predicate = fn(&Error) -> bool;

#[test]
fn exactly_one_error_predicate_matches() {
    let cases: [(ScriptedResponse, Predicate); 9] = [
        (response(404, ""), Error::is_not_found),
        (response(429, ""), Error::is_rate_limited),
        (response(401, ""), Error::is_unauthorized),
        (response(409, ""), Error::is_conflict),
        (response(403, ""), Error::is_forbidden),
        (response(400, ""), Error::is_bad_request),
        (failure(TransportErrorKind::Timeout), Error::is_timeout),
        (failure(TransportErrorKind::Connect), Error::is_connect),
        (response(200, "[]"), Error::is_decode),
    ];
    let predicates = cases.each_ref().map(|(_, predicate)| *predicate);
    for (index, (reply, _)) in cases.into_iter().enumerate() {
        let error = get(reply).unwrap_err();
        let actual = predicates.iter().map(|predicate| predicate(&error)).collect::<Vec<_>>();
        let expected = (0..predicates.len()).map(|other| other == index).collect::<Vec<_>>();
        assert_eq!(actual, expected, "{error}");
        assert_eq!(error.attempts(), 1);
        assert_eq!(error.to_string().lines().count(), 1);
    }
    assert!(get(response(422, "")).unwrap_err().is_bad_request());
    assert!(!get(response(200, "[]")).unwrap_err().is_bad_request());
}

// ---- secrets

const SECRET: &str = "hunter2";

/// Lists all models with secret fields, each with a function that decodes it.
macro_rules! models_with_secrets {
    ($($model:ident)*) => {
        const MODELS: &[(&str, fn(Value) -> Box<dyn Debug>)] = &[$((stringify!($model), |object| {
            let model: $model = serde_json::from_value(object).unwrap();
            assert!(serde_json::to_string(&model).unwrap().contains(SECRET), "the model should contain the secret");
            Box::new(model)
        })),*];
    };
}

models_with_secrets! {
    AiGatewayApiKey ApiKey AwsCredentials Credential EndpointOauthAmazon EndpointOauthFacebook EndpointOauthGithub
    EndpointOauthGitlab EndpointOauthGoogle EndpointOauthLinkedin EndpointOauthMicrosoft EndpointOauthTwitch
    EndpointOidc EndpointWebhookValidation EventTargetAzureLogsIngestion EventTargetDatadog SecretCreate SecretUpdate
    TlsCertificateCreate
}

/// Returns the model of each secret field in the schema, with an object of this model that contains the secret.
fn secret_fields() -> Vec<(String, Value)> {
    let resources = fs::read_dir(root().join("schema/resources")).unwrap();
    let mut files: Vec<_> = resources.map(|entry| entry.unwrap().path()).collect();
    files.push(root().join("schema/api.yaml"));
    let mut found = Vec::new();
    for file in files {
        let schema: serde_yaml::Value = serde_yaml::from_str(&read(&file)).unwrap();
        for (name, definition) in entries(&schema["types"]) {
            for (field, _) in entries(&definition["fields"]).filter(|(_, field)| is_true(&field["secret"])) {
                let mut object = definition["fields"].as_mapping().map(required).unwrap_or_default();
                object.insert(field.to_owned(), SECRET.into());
                let models = models_of(name, &definition["fields"][field]);
                found.extend(models.into_iter().map(|model| (model, object.clone().into())));
            }
        }
    }
    assert!(!found.is_empty(), "the schema should have secret fields");
    found
}

fn entries(mapping: &serde_yaml::Value) -> impl Iterator<Item = (&str, &serde_yaml::Value)> {
    let entries = mapping.as_mapping().into_iter().flatten();
    entries.map(|(name, value)| (name.as_str().unwrap(), value))
}

fn is_true(value: &serde_yaml::Value) -> bool {
    value.as_bool() == Some(true)
}

/// Returns values for required strings and for timestamps.
fn required(fields: &serde_yaml::Mapping) -> Map<String, Value> {
    let value = |field: &serde_yaml::Value| match field["type"].as_str().unwrap() {
        "timestamp" => Some(json!("2024-05-06T07:08:09Z")),
        "string" if is_true(&field["required"]) || field["create"] == "required" => Some(json!("x")),
        _ => None,
    };
    let fields = fields
        .iter()
        .map(|(name, field)| (name.as_str().unwrap(), value(field)));
    fields
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
}

/// Returns the names of the models that contain a field.
fn models_of(name: &str, field: &serde_yaml::Value) -> Vec<String> {
    let read = (field["read"].as_bool() != Some(false)).then(|| name.to_owned());
    let create = (!field["create"].is_null()).then(|| format!("{name}Create"));
    let update = (!field["update"].is_null()).then(|| format!("{name}Update"));
    [read, create, update].into_iter().flatten().collect()
}

#[test]
fn debug_redacts_every_secret_field_of_the_schema() {
    for (model, object) in secret_fields() {
        let (_, decode) = MODELS
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(&model))
            .unwrap_or_else(|| panic!("{model} has a secret field: add it to `models_with_secrets!`"));
        let model = decode(object);
        for output in [format!("{model:?}"), format!("{model:#?}")] {
            assert!(!output.contains(SECRET), "{output}");
            assert!(output.contains("[redacted]"), "{output}");
        }
    }
}

#[test]
fn debug_output_and_errors_hide_secrets() {
    let body = json!({ "error_code": "E", "msg": "no", "details": { "key": SECRET } }).to_string();
    let script = Script::new([response(400, body.clone()), response(400, body)]);
    let builder = || script.builder().header("x-gateway", SECRET);
    let client = builder().build().unwrap();
    let blocking = script.blocking_builder().header("x-gateway", SECRET).build().unwrap();
    let target = EventTarget::Datadog(EventTargetDatadog::new().api_key(SECRET));
    let destinations = blocking.event_destinations();
    let call = || {
        let call = destinations.create(EventDestinationFormat::Json, target.clone());
        call.header("x-token", SECRET).query("token", SECRET)
    };
    let output = format!(
        "{:?} {client:#?} {blocking:#?} {:?} {:?} {:?}",
        builder(),
        call(),
        call().with_response(),
        blocking.application_sessions().list().query("token", SECRET).items(),
    );
    let error = call().send().unwrap_err();
    assert_hides(&error, SECRET);
    assert_hides(&error, KEY);
    let requests = script.requests_debug();
    for text in [
        output,
        requests
            .split("body: ")
            .next()
            .unwrap_or_default()
            .replace(&uri(&script), ""),
    ] {
        assert!(!text.contains(SECRET) && !text.contains(KEY), "{text}");
    }
}

fn uri(script: &Script) -> String {
    script.requests()[0].uri().to_string()
}

// ---- tracing

/// A subscriber that records spans and events as lines.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }

    /// Returns the lines since the last call.
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.extend([" ", field.name(), "=", &format!("{value:?}")]);
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "generated_client"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields(String::new());
        span.record(&mut fields);
        self.add(format!("{}{}", span.metadata().name(), fields.0));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut fields = Fields("record".to_owned());
        values.record(&mut fields);
        self.add(fields.0);
    }

    fn event(&self, event: &Event<'_>) {
        let is_in_span = event.parent() == Some(&Id::from_u64(1));
        let mut fields = Fields(if is_in_span { "event" } else { "event without span" }.to_owned());
        event.record(&mut fields);
        self.add(fields.0);
    }

    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
}

const REJECTION: &str = r#"{"error_code": "E", "msg": "body-value"}"#;

/// Returns a script in which the first two attempts fail.
fn two_failures() -> Arc<Script> {
    let rejection = with_header(response(503, REJECTION), "retry-after", "1");
    let rejection = with_header(rejection, "x-header", "header-value");
    Script::new([
        rejection,
        failure(TransportErrorKind::Interrupted),
        page(&["body-value"], None),
    ])
}

/// Enables the client's callsites for this thread's subscriber.
///
/// Tests in other threads, which have no subscriber, may have cached that the callsites are disabled.
fn enable_callsites(log: &Log) {
    let client = two_failures().blocking_builder().build().unwrap();
    client.application_sessions().list().send().unwrap();
    tracing::callsite::rebuild_interest_cache();
    log.take();
}

fn assert_log(log: &Log) {
    let lines = log.take();
    assert_eq!(
        lines[..4],
        [
            r#"http.client.request otel.kind="client" operation="application_sessions.list" http.request.method="GET" url.template="/app/sessions" server.address="api.ngrok.com" server.port=443"#,
            "record http.response.status_code=503",
            r#"event message=retrying error.type="503" http.response.status_code=503 http.request.resend_count=1 wait=1s"#,
            "record http.request.resend_count=1",
        ]
    );
    let again = "event message=retrying error.type=\"interrupted\" http.request.resend_count=2";
    assert!(lines[4].starts_with(again), "{}", lines[4]);
    assert_eq!(
        lines[5..],
        [
            "record http.request.resend_count=2",
            "record http.response.status_code=200",
            "event message=call succeeded http.response.status_code=200 attempts=3",
        ]
    );
    for secret in [KEY, "query-value", "body-value", "header-value"] {
        assert!(!lines.concat().contains(secret), "{lines:?}");
    }
}

#[test]
fn failed_call_records_the_error_type() {
    let cases = [
        (response(404, REJECTION), "404"),
        (failure(TransportErrorKind::Timeout), "timeout"),
    ];
    for (reply, error_type) in cases {
        let (script, log) = (Script::new([reply]), Log::default());
        let client = script.blocking_builder().retry(RetryPolicy::none()).build().unwrap();
        tracing::subscriber::with_default(log.clone(), || {
            enable_callsites(&log);
            client.application_sessions().get("as_1").send().unwrap_err();
        });
        let lines = log.take();
        let [.., record, event] = &lines[..] else {
            panic!("expected a record and an event: {lines:?}");
        };
        assert_eq!(record, &format!("record error.type=\"{error_type}\""));
        let failed =
            format!("event message=call failed operation=\"application_sessions.get\" error.type=\"{error_type}\"");
        assert!(event.starts_with(&failed) && event.ends_with(" attempts=1"), "{event}");
    }
}

#[test]
fn each_call_logs_its_end() {
    let bad = || response(200, r#"{"application_sessions": [{"id": 7}], "next_page_uri": null}"#);
    let script = Script::new([
        page(&["as_2"], Some("?before_id=as_2")),
        page(&["as_1"], None),
        bad(),
        bad(),
        response(200, "x"),
    ]);
    let (client, log) = (script.blocking_client(), Log::default());
    tracing::subscriber::with_default(log.clone(), || {
        enable_callsites(&log);
        let sessions = client.application_sessions();
        let events = || {
            let lines = log.take();
            let ends = lines.into_iter().filter(|line| line.contains("message=call "));
            ends.map(|line| line.split_once(" attempts").unwrap().0.to_owned())
                .collect::<Vec<_>>()
        };
        let success = "event message=call succeeded http.response.status_code=200";
        let failure = "message=call failed operation=\"application_sessions.";
        let undecodable = format!("event {failure}list\" error.type=\"decode\" http.response.status_code=200");
        assert_eq!(sessions.list().items().count(), 2);
        assert_eq!(events(), [success; 2]);
        sessions.list().send().unwrap_err();
        assert_eq!(events(), std::slice::from_ref(&undecodable));
        assert!(sessions.list().items().next().unwrap().is_err());
        assert_eq!(events(), std::slice::from_ref(&undecodable));
        assert!(sessions.list().items().next().unwrap().is_err());
        assert_eq!(events(), [undecodable]);
        // Nothing is sent.
        sessions.get("").send().unwrap_err();
        let invalid = format!("event without span {failure}get\" error.type=\"invalid_request\"");
        assert_eq!(events(), [invalid]);
    });
}

#[test]
fn span_contains_the_address_of_the_server() {
    for (url, attributes) in [
        ("https://api.test/v1", "server.address=\"api.test\" server.port=443"),
        ("http://api.test", "server.address=\"api.test\" server.port=80"),
        ("http://[::1]:9000", "server.address=\"::1\" server.port=9000"),
    ] {
        let (script, log) = (Script::new([page(&[], None)]), Log::default());
        let client = script.blocking_builder().base_url(url).build().unwrap();
        tracing::subscriber::with_default(log.clone(), || {
            enable_callsites(&log);
            client.application_sessions().list().send().unwrap();
        });
        let span = log.take().remove(0);
        assert!(span.ends_with(attributes), "{span}");
    }
}

#[tokio::test]
async fn async_call_emits_a_span_and_retry_events() {
    let (script, log) = (two_failures(), Log::default());
    let client: Client = script.builder().build().unwrap();
    let _guard = tracing::subscriber::set_default(log.clone());
    enable_callsites(&log);
    let sessions = client.application_sessions();
    sessions
        .list()
        .before_id("query-value")
        .header("x-a", "header-value")
        .await
        .unwrap();
    assert_log(&log);
}

/// A subscriber that counts the spans of the client, and the handles of spans that are not closed.
#[derive(Clone, Default)]
struct Spans {
    all: Arc<AtomicUsize>,
    open: Arc<AtomicUsize>,
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "generated_client"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        self.all.fetch_add(1, Ordering::Relaxed);
        self.clone_span(&Id::from_u64(1))
    }

    fn clone_span(&self, id: &Id) -> Id {
        self.open.fetch_add(1, Ordering::Relaxed);
        id.clone()
    }

    fn try_close(&self, _: Id) -> bool {
        self.open.fetch_sub(1, Ordering::Relaxed) == 1
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
}

#[tokio::test]
async fn span_ends_when_the_response_is_decoded() {
    let client: Client = Script::new([page(&["a"], None)]).client();
    let spans = Spans::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    enable_callsites(&Log::default());
    let before = spans.all.load(Ordering::Relaxed);
    let mut call = pin!(client.application_sessions().list().into_future());
    call.as_mut().await.unwrap();
    assert_eq!(spans.all.load(Ordering::Relaxed), before + 1);
    assert_eq!(
        spans.open.load(Ordering::Relaxed),
        0,
        "the future should not keep the span"
    );
}

#[test]
fn blocking_call_emits_a_span_and_retry_events() {
    let (script, log) = (two_failures(), Log::default());
    let client: blocking::Client = script.blocking_builder().build().unwrap();
    tracing::subscriber::with_default(log.clone(), || {
        enable_callsites(&log);
        let sessions = client.application_sessions();
        sessions
            .list()
            .before_id("query-value")
            .header("x-a", "header-value")
            .send()
            .unwrap();
    });
    assert_log(&log);
}
