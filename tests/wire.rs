//! Tests requests and responses at the transport.

use std::error::Error as _;
use std::future::IntoFuture;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_core::{FusedStream, Stream};
use generated_client::models::{ApplicationSession, Ref};
use generated_client::{Client, TransportError, TransportErrorKind, blocking};
use serde_json::{Value, json};

use crate::support::{KEY, Script, ScriptedResponse, assert_hides, json, page, response, session, with_header};

// ---- requests

#[tokio::test]
async fn get_sends_the_encoded_id_and_standard_headers() {
    let script = Script::new([json(&session("as_1"))]);
    let session = script.client().application_sessions().get("a/b ..%2f?é").await.unwrap();
    assert_eq!(session.id, "as_1");

    let request = script.request();
    assert_eq!(request.method(), "GET");
    assert_eq!(
        request.uri(),
        "https://api.ngrok.com/app/sessions/a%2Fb%20..%252f%3F%C3%A9"
    );
    assert_eq!(request.headers()["authorization"], format!("Bearer {KEY}"));
    assert_eq!(request.headers()["ngrok-version"], "2");
    assert_eq!(request.headers()["accept"], "application/json");
    assert!(
        request.headers()["user-agent"]
            .to_str()
            .unwrap()
            .starts_with("generated-client/")
    );
    assert!(
        !request.headers().contains_key("content-type"),
        "a request without a body should not have a content type"
    );
    assert!(request.body().is_empty());
}

#[tokio::test]
async fn delete_accepts_responses_with_and_without_a_body() {
    for body in ["", "ignored"] {
        let script = Script::new([response(if body.is_empty() { 204 } else { 200 }, body)]);
        let () = script.client().application_sessions().delete("as_1").await.unwrap();
        assert_eq!(script.lines(), ["DELETE https://api.ngrok.com/app/sessions/as_1"]);
    }
}

#[tokio::test]
async fn list_sends_only_parameters_that_are_set() {
    let script = Script::new([page(&["as_1"], None), page(&[], None)]);
    let client = script.client();
    let first = client.application_sessions().list().await.unwrap();
    assert_eq!(first.next, None);
    assert_eq!(
        first.iter().map(|session| session.id.as_str()).collect::<Vec<_>>(),
        ["as_1"]
    );
    let second = client
        .application_sessions()
        .list()
        .limit(50)
        .before_id("as 1&")
        .await
        .unwrap();
    assert!(second.items.is_empty());
    assert_eq!(
        script.lines(),
        [
            "GET https://api.ngrok.com/app/sessions",
            "GET https://api.ngrok.com/app/sessions?before_id=as%201%26&limit=50",
        ]
    );
}

#[test]
fn blocking_client_sends_the_same_requests() {
    let script = Script::new([json(&session("as_1")), response(204, ""), page(&["as_1"], None)]);
    let client = script.blocking_client();
    assert_eq!(client.application_sessions().get("as_1").send().unwrap().id, "as_1");
    client.application_sessions().delete("as_1").send().unwrap();
    assert_eq!(
        client
            .application_sessions()
            .list()
            .limit(1)
            .send()
            .unwrap()
            .items
            .len(),
        1
    );
    assert_eq!(
        script.lines(),
        [
            "GET https://api.ngrok.com/app/sessions/as_1",
            "DELETE https://api.ngrok.com/app/sessions/as_1",
            "GET https://api.ngrok.com/app/sessions?limit=1",
        ]
    );
}

#[tokio::test]
async fn rejects_empty_and_dot_ids_without_sending() {
    for id in ["", ".", ".."] {
        let script = Script::new([]);
        let error = script.client().application_sessions().get(id).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "application_sessions.get failed: the path parameter `id` must not be empty, `.` or `..`"
        );
        assert!(error.is_invalid_request() && !error.is_retryable());
        assert!(script.lines().is_empty());
    }
}

#[tokio::test]
async fn prepends_the_path_of_the_base_url() {
    let script = Script::new([
        page(&["as_2"], Some("/v2/app/sessions?before_id=as_2")),
        page(&["as_1"], None),
    ]);
    let client = script
        .builder()
        .base_url("http://gateway.test:8080/ngrok/")
        .build()
        .unwrap();
    let mut items = client.application_sessions().list().items();
    while items.try_next().await.unwrap().is_some() {}
    assert_eq!(
        script.lines(),
        [
            "GET http://gateway.test:8080/ngrok/app/sessions",
            "GET http://gateway.test:8080/ngrok/app/sessions?before_id=as_2",
        ]
    );
}

#[test]
fn builder_rejects_an_invalid_base_url() {
    let error = Client::builder(KEY).base_url("ftp://api.test").build().unwrap_err();
    assert_eq!(error.to_string(), "invalid base URL: the scheme must be http or https");
    assert_eq!(error.operation(), None);
}

#[tokio::test]
async fn rejects_invalid_api_keys_in_build_or_the_first_call() {
    for (key, problem) in [
        ("", "the API key is empty"),
        ("a\nb", "the API key contains a line break"),
        ("Bearer ab", "the API key contains a space"),
    ] {
        assert_eq!(Client::builder(key).build().unwrap_err().to_string(), problem);
        let error = Client::new(key).application_sessions().get("as_1").await.unwrap_err();
        assert_eq!(error.to_string(), format!("application_sessions.get failed: {problem}"));
        let error = blocking::Client::new(key).application_sessions().get("as_1").send();
        assert_eq!(
            error.unwrap_err().to_string(),
            format!("application_sessions.get failed: {problem}")
        );
    }
}

#[test]
fn from_env_requires_the_api_key() {
    let result = Client::from_env();
    if std::env::var("NGROK_API_KEY").is_ok_and(|key| !key.is_empty()) {
        assert!(result.is_ok());
    } else {
        let text = result.unwrap_err().to_string();
        assert!(text.starts_with("the environment variable NGROK_API_KEY is "), "{text}");
    }
}

// ---- options of a call

#[tokio::test]
async fn timeout_of_a_call_applies_to_each_page() {
    let script = Script::new([page(&["as_2"], Some("?before_id=as_2")), page(&["as_1"], None)]);
    let client = script.builder().timeout(Duration::from_secs(7)).build().unwrap();
    let call = client
        .application_sessions()
        .list()
        .header("X-Trace", "1")
        .timeout(Duration::from_secs(2));
    let mut pages = call.pages();
    while pages.try_next().await.unwrap().is_some() {
        assert_eq!(
            script.attempt().timeout,
            Duration::from_secs(2),
            "the timeout of the call should apply to each page"
        );
    }
    assert_eq!(script.lines().len(), 2);
}

#[tokio::test]
async fn max_body_applies_to_custom_transports() {
    let body = session("as_1").to_string();
    for (max_body, fits) in [(body.len(), true), (body.len() - 1, false)] {
        let script = Script::new([response(200, body.clone()), response(200, body.clone())]);
        let client = script.builder().max_body(max_body).build().unwrap();
        let blocking = script.blocking_builder().max_body(max_body).build().unwrap();
        let results = [
            client.application_sessions().get("as_1").await,
            blocking.application_sessions().get("as_1").send(),
        ];
        for result in results {
            assert_eq!(result.is_ok(), fits, "{result:?}");
            let too_large = "the response body exceeds the maximum size";
            assert!(result.err().is_none_or(|error| error.to_string().contains(too_large)));
        }
    }
}

#[tokio::test]
async fn header_of_a_call_replaces_one_of_the_client() {
    let script = Script::new([json(&session("as_1"))]);
    let client = script.client();
    client
        .application_sessions()
        .get("as_1")
        .header("ngrok-version", "3")
        .header("x-trace", "1")
        .await
        .unwrap();
    let headers = script.request().headers().clone();
    assert_eq!(headers["x-trace"], "1");
    assert_eq!(headers.get_all("ngrok-version").iter().collect::<Vec<_>>(), ["3"]);
}

#[tokio::test]
async fn rejects_invalid_headers_without_sending() {
    let script = Script::new([]);
    let client = script.client();
    for (name, value) in [("x-a", "secret\r\nx-b: 1"), ("x a", "secret"), ("", "secret")] {
        let error = client
            .application_sessions()
            .get("as_1")
            .header(name, value)
            .await
            .unwrap_err();
        assert!(error.to_string().contains("invalid header "), "{error}");
        assert_hides(&error, "secret");
    }
}

#[tokio::test]
async fn maximum_timeout_does_not_overflow_the_clock() {
    let script = Script::new([json(&session("as_1"))]);
    let client = script.client();
    client
        .application_sessions()
        .get("as_1")
        .timeout(Duration::MAX)
        .await
        .unwrap();
    assert!(
        std::time::Instant::now()
            .checked_add(script.attempt().timeout)
            .is_some()
    );
}

#[tokio::test]
async fn with_response_returns_the_complete_response() {
    let body = json!({ "id": "as_1", "created_at": "2024-05-06T07:08:09Z", "newer": true }).to_string();
    let reply = || with_header(response(200, body.clone()), "ngrok-operation-id", "op_1");
    let script = Script::new([reply(), reply()]);
    let complete = script
        .client()
        .application_sessions()
        .get("as_1")
        .with_response()
        .await
        .unwrap();
    assert_eq!(complete.status, 200);
    assert_eq!(complete.headers["ngrok-operation-id"], "op_1");
    assert_eq!(complete.request_id(), Some("op_1"));
    assert_eq!(complete.body, body);
    assert_eq!(complete.value.id, "as_1");
    assert!(!format!("{complete:?}").contains("newer"));
    let complete = script
        .blocking_client()
        .application_sessions()
        .get("as_1")
        .with_response()
        .send()
        .unwrap();
    assert_eq!(complete.value.id, "as_1");
    assert_eq!(complete, complete.clone());
    let mut other = complete.clone();
    other.status = http::StatusCode::ACCEPTED;
    assert_ne!(complete, other);
}

// ---- errors

const REJECTION: &str = r#"{"error_code": "ERR_NGROK_218", "status_code": 400, "msg": "The ID\nis malformed.",
    "details": {"operation_id": "op_1", "hint": "body-value"}}"#;

#[tokio::test]
async fn error_exposes_the_details_of_the_response() {
    let script = Script::new([with_header(response(400, REJECTION), "ngrok-operation-id", "op_header")]);
    let error = script.client().application_sessions().get("as_1").await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
    assert_eq!(error.code(), Some("ERR_NGROK_218"));
    assert_eq!(error.message(), Some("The ID\nis malformed."));
    assert_eq!(error.details().unwrap()["hint"], "body-value");
    assert_eq!(error.request_id(), Some("op_1"));
    assert_eq!(
        error.docs_url().as_deref(),
        Some("https://ngrok.com/docs/errors/err_ngrok_218")
    );
    assert_eq!(error.operation(), Some("application_sessions.get"));
    assert_eq!(
        error.to_string(),
        "application_sessions.get failed: 400 Bad Request: The ID is malformed. (ERR_NGROK_218, op_1)"
    );
    assert_hides(&error, "body-value");
}

#[test]
fn accepts_numeric_error_codes() {
    let script = Script::new([response(400, r#"{"error_code": 17, "msg": ""}"#)]);
    let error = script
        .blocking_client()
        .application_sessions()
        .get("as_1")
        .send()
        .unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("17"), None));
    assert!(error.to_string().ends_with(" (no content type) (code 17)"), "{error}");
}

#[tokio::test]
async fn error_without_a_json_body_has_the_status() {
    let html = with_header(
        response(502, "<html>secret</html>"),
        "content-type",
        "text/html; charset=utf-8",
    );
    let script = Script::new([
        html,
        with_header(response(503, ""), "ngrok-operation-id", "op_2"),
        response(500, "[1]"),
        with_header(response(404, ""), "ngrok-operation-id", ""),
    ]);
    let client = script.client();
    let error = client.application_sessions().get("as_1").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "application_sessions.get failed: 502 Bad Gateway with a body of 19 bytes (text/html)"
    );
    assert_hides(&error, "secret");
    let error = client.application_sessions().get("as_1").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "application_sessions.get failed: 503 Service Unavailable without a body (op_2)"
    );
    assert_eq!(
        (error.code(), error.docs_url(), error.request_id()),
        (None, None, Some("op_2"))
    );
    let clone = error.clone();
    assert_eq!(
        (clone.to_string(), clone.headers()),
        (error.to_string(), error.headers())
    );
    let error = client.application_sessions().get("as_1").await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("500 Internal Server Error with a body of 3 bytes (no content type)"),
        "{error}"
    );
    let error = client.application_sessions().get("as_1").await.unwrap_err();
    assert!(error.to_string().ends_with("404 Not Found without a body"), "{error}");
    assert_eq!(error.request_id(), None);
}

#[tokio::test]
async fn transport_error_keeps_kind_and_source() {
    let refused = || io::Error::new(io::ErrorKind::ConnectionRefused, "refused by peer");
    let failed = |kind| -> ScriptedResponse { Err(TransportError::new(kind).with_source(refused())) };
    let script = Script::new([failed(TransportErrorKind::Connect), failed(TransportErrorKind::Timeout)]);
    let client = script.client();
    let error = client.application_sessions().get("as_1").await.unwrap_err();
    assert!(error.is_connect() && !error.is_timeout());
    assert_eq!(
        error.to_string(),
        "application_sessions.get failed: could not connect: refused by peer"
    );
    assert!(error.source().is_none(), "the line names the source already");
    let transport = error.transport_error().unwrap();
    assert_eq!(transport.source().unwrap().to_string(), "refused by peer");
    assert!(
        client
            .application_sessions()
            .get("as_1")
            .await
            .unwrap_err()
            .is_timeout()
    );
}

#[tokio::test]
async fn debug_output_and_errors_hide_the_api_key() {
    let script = Script::new([
        response(401, ""),
        with_header(response(302, ""), "location", "https://evil.test/"),
    ]);
    let client = script.client();
    let call = client
        .application_sessions()
        .get("id-value")
        .header("x-secret", "header-value");
    let output = format!(
        "{client:?} {:?} {:?} {call:?}",
        script.builder(),
        client.application_sessions()
    );
    for secret in [KEY, "id-value", "header-value"] {
        assert!(!output.contains(secret), "{output}");
    }
    assert!(
        output.contains("application_sessions.get") && output.contains("x-secret"),
        "{output}"
    );
    for _ in 0..2 {
        assert_hides(&client.application_sessions().get("as_1").await.unwrap_err(), KEY);
    }
    let request = script.requests_debug();
    assert!(!request.contains(KEY), "{request}");
    let blocking = script.blocking_client();
    assert!(!format!("{blocking:?} {:?}", blocking::Client::builder(KEY)).contains(KEY));
}

// ---- redirects

fn redirect(status: u16, location: &str) -> ScriptedResponse {
    with_header(response(status, ""), "location", location)
}

#[tokio::test]
async fn follows_redirects_of_get_within_the_origin() {
    let script = Script::new([
        redirect(301, "/moved/app/sessions/as_1"),
        redirect(302, "https://API.ngrok.com:443/again?a=b#fragment"),
        json(&session("as_1")),
    ]);
    script.client().application_sessions().get("as_1").await.unwrap();
    assert_eq!(
        script.lines(),
        [
            "GET https://api.ngrok.com/app/sessions/as_1",
            "GET https://api.ngrok.com/moved/app/sessions/as_1",
            "GET https://api.ngrok.com/again?a=b",
        ]
    );
}

#[tokio::test]
async fn does_not_follow_redirects_to_another_origin() {
    for location in [
        "https://evil.test/",
        "http://api.ngrok.com/",
        "//evil.test/",
        "https://api.ngrok.com:444/",
        "mailto:x",
    ] {
        let script = Script::new([redirect(307, location)]);
        let error = script.client().application_sessions().get("as_1").await.unwrap_err();
        assert_eq!(script.lines().len(), 1, "{location}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
        assert_eq!(
            error.to_string(),
            "application_sessions.get failed: 307 Temporary Redirect: \
             redirect not followed: the location has a different origin than the base URL"
        );
    }
}

#[test]
fn resolves_redirects_as_rfc_3986_does() {
    for (location, expected) in [
        ("/a b", "https://api.ngrok.com/a%20b"),
        ("/\u{fc}", "https://api.ngrok.com/%C3%BC"),
        ("../c", "https://api.ngrok.com/app/c"),
        ("", "https://api.ngrok.com/app/sessions/as_1"),
    ] {
        let script = Script::new([redirect(302, location), json(&session("as_1"))]);
        script
            .blocking_client()
            .application_sessions()
            .get("as_1")
            .send()
            .unwrap();
        assert_eq!(script.lines()[1], format!("GET {expected}"), "{location}");
    }
}

#[tokio::test]
async fn rejects_headers_that_the_transport_sets() {
    let names = [
        "content-length",
        "Transfer-Encoding",
        "connection",
        "te",
        "Expect",
        "keep-alive",
    ];
    for name in names {
        let script = Script::new([]);
        let client = script.client();
        let error = client
            .application_sessions()
            .get("as_1")
            .header(name, "5")
            .await
            .unwrap_err();
        let expected = format!("the header `{}` is set by the transport", name.to_lowercase());
        assert!(
            error.is_invalid_request() && error.to_string().ends_with(&expected),
            "{error}"
        );
        let error = script.blocking_builder().header(name, "5").build().unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn rejects_headers_that_cannot_work() {
    for (name, reason) in [
        ("Accept-Encoding", "compressed responses are not supported"),
        (
            "Proxy-Authorization",
            "set the user and password in the URL of the proxy",
        ),
    ] {
        let script = Script::new([]);
        let errors = [
            script
                .client()
                .application_sessions()
                .get("as_1")
                .header(name, "secret")
                .await
                .unwrap_err(),
            script.blocking_builder().header(name, "secret").build().unwrap_err(),
        ];
        for error in errors {
            let text = error.to_string();
            assert!(text.contains(&name.to_lowercase()) && text.ends_with(reason), "{text}");
            assert_hides(&error, "secret");
        }
    }
}

#[test]
fn names_the_content_encoding_of_a_body_that_cannot_be_decoded() {
    let get = |encoding, body: &'static [u8]| {
        let script = Script::new([with_header(response(200, body), "content-encoding", encoding)]);
        script.blocking_client().application_sessions().get("as_1").send()
    };
    for (encoding, body) in [("gzip", &b"\x1f\x8b\x08\0secret"[..]), ("br", b"\x0b\x02secret")] {
        let error = get(encoding, body).unwrap_err();
        let problem = format!("the body has the content encoding `{encoding}`, which is not supported");
        assert!(error.is_decode() && error.to_string().contains(&problem), "{error}");
        assert_hides(&error, "secret");
    }
    assert!(!get("identity", b"<html>").unwrap_err().to_string().contains("encoding"));
    // A transport may decompress the body without removing the header.
    get("gzip", br#"{"created_at": "2024-05-06T07:08:09Z"}"#).unwrap();
    let error = get("gzip", br#"{"created_at": "2024-05-06T07:08:09Z", "id": 1}"#).unwrap_err();
    assert!(error.to_string().contains("id: expected a string"), "{error}");
}

#[tokio::test]
async fn rejects_numbers_that_json_cannot_represent() {
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let script = Script::new([]);
        let module = generated_client::models::EndpointCircuitBreaker::new().error_threshold_percentage(number);
        let (client, blocking) = (script.client(), script.blocking_client());
        let modules = client.edge_route_circuit_breaker_module();
        let error = modules.replace("e", "r", module.clone()).await.unwrap_err();
        assert!(error.is_invalid_request(), "{error}");
        let modules = blocking.edge_route_circuit_breaker_module();
        let error = modules.replace("e", "r", module).send().unwrap_err();
        assert_eq!(
            error.to_string(),
            "edge_route_circuit_breaker_module.replace failed: \
             cannot encode the body as JSON: infinity and NaN are not JSON numbers"
        );
        assert!(script.lines().is_empty());
    }
}

#[test]
fn follows_at_most_five_redirects_and_none_of_delete() {
    let script = Script::new((0..6).map(|_| redirect(308, "/loop")));
    let error = script
        .blocking_client()
        .application_sessions()
        .get("as_1")
        .send()
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("redirect not followed: more than 5 redirects"),
        "{error}"
    );
    assert_eq!(script.lines().len(), 6);

    let script = Script::new([redirect(307, "/app/sessions/as_2")]);
    let error = script
        .blocking_client()
        .application_sessions()
        .delete("as_1")
        .send()
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("only redirects of GET and HEAD requests are followed"),
        "{error}"
    );
    assert_eq!(script.lines().len(), 1);
}

#[test]
fn redirect_without_location_is_an_error() {
    for status in [304, 302] {
        let script = Script::new([response(status, "")]);
        let error = script
            .blocking_client()
            .application_sessions()
            .get("as_1")
            .send()
            .unwrap_err();
        assert_eq!(error.status().map(|it| it.as_u16()), Some(status));
        let is_redirect = error.to_string().ends_with(": redirect not followed: no location");
        assert_eq!(is_redirect, status == 302, "{error}");
    }
}

// ---- lists

const NEXT_ON_OTHER_ORIGIN: &str = "https://evil.test:81/other/app/sessions?before_id=as_2&limit=2";

#[tokio::test]
async fn next_page_uses_only_the_query_of_its_uri() {
    let script = Script::new([
        page(&["as_3", "as_2"], Some(NEXT_ON_OTHER_ORIGIN)),
        page(&["as_1"], Some("")),
    ]);
    let client = script.client();
    let mut items = client.application_sessions().list().limit(2).items();
    let mut ids = Vec::new();
    while let Some(session) = items.try_next().await.unwrap() {
        ids.push(session.id);
    }
    assert_eq!(ids, ["as_3", "as_2", "as_1"]);
    assert_eq!(
        script.lines(),
        [
            "GET https://api.ngrok.com/app/sessions?limit=2",
            "GET https://api.ngrok.com/app/sessions?before_id=as_2&limit=2",
        ]
    );
    assert!(items.is_terminated());
    assert!(items.try_next().await.unwrap().is_none());
}

/// A page with items that cannot be decoded, and the page after it.
fn pages_with_bad_items() -> [ScriptedResponse; 2] {
    let bad = [
        json!({ "id": "as_4" }),
        json!({ "id": "as_3", "created_at": 7 }),
        json!("as_2"),
        json!({ "id": ["as_1"], "created_at": "2024-05-06T07:08:09Z" }),
    ];
    let [a, b, c, d] = bad;
    let items = [a, session("as_8"), b, c, session("as_7"), d];
    let first = json!({ "application_sessions": items, "next_page_uri": "?before_id=as_1" });
    [json(&first), page(&["as_0"], None)]
}

const BAD_ITEMS: [&str; 7] = [
    "application_sessions[0].created_at: the field is missing",
    "as_8",
    "application_sessions[2].created_at: expected an RFC 3339 timestamp, found an integer",
    "application_sessions[3]: expected an object, found a string",
    "as_7",
    "application_sessions[5].id: expected a string, found an array",
    "as_0",
];

fn id_or_error(item: Result<ApplicationSession, generated_client::Error>) -> String {
    match item {
        Ok(session) => session.id,
        Err(error) => {
            assert!(
                error.is_decode() && error.body().is_some_and(|body| !body.is_empty()),
                "{error}"
            );
            assert_eq!(error.operation(), Some("application_sessions.list"));
            error.decode_error().unwrap().to_string()
        }
    }
}

#[tokio::test]
async fn item_that_cannot_be_decoded_does_not_affect_other_items() {
    let script = Script::new(pages_with_bad_items());
    let client = script.client();
    let mut items = client.application_sessions().list().items();
    let mut found = Vec::new();
    while let Some(item) = items.try_next().await.transpose() {
        found.push(id_or_error(item));
    }
    assert_eq!(found, BAD_ITEMS);

    let script = Script::new(pages_with_bad_items());
    let client = script.blocking_client();
    let items = client.application_sessions().list().items().map(id_or_error);
    assert_eq!(items.collect::<Vec<_>>(), BAD_ITEMS);

    // The page as a whole is an error, which keeps the body.
    let script = Script::new(pages_with_bad_items());
    let error = script.client().application_sessions().list().await.unwrap_err();
    assert!(error.to_string().contains(BAD_ITEMS[0]), "{error}");
    assert!(error.body().unwrap().ends_with(b"}"));
}

#[tokio::test]
async fn item_that_is_not_valid_json_does_not_affect_other_items() {
    let deep = format!("{{\"id\": {}{}}}", "[".repeat(300), "]".repeat(300));
    for (bad, error) in [
        (&br#"{"id": "\ud800"}"#[..], "[1].id: unexpected end of hex escape"),
        (br#"{"id": 1e999999}"#, "[1].id: number out of range"),
        (deep.as_bytes(), "[1].id: expected a string, found an array"),
        (b"{\"id\": \"\xff\"}", "[1]: the item is not valid UTF-8"),
    ] {
        let items = [session("as_9").to_string(), session("as_8").to_string()];
        let (first, last) = (items[0].as_bytes(), items[1].as_bytes());
        let body = [b"{\"application_sessions\": [", first, b", ", bad, b",", last];
        let body = [&body.concat()[..], b"], \"next_page_uri\": \"?before_id=as_8\"}"].concat();
        let pages = || Script::new([response(200, body.clone()), page(&["as_7"], None)]);
        let expected = ["as_9", &format!("application_sessions{error}"), "as_8", "as_7"];

        let client = pages().client();
        let mut items = client.application_sessions().list().items();
        let mut found = Vec::new();
        while let Some(item) = items.try_next().await.transpose() {
            found.push(id_or_error(item));
        }
        assert_eq!(found, expected);

        let client = pages().blocking_client();
        let items = client.application_sessions().list().items().map(id_or_error);
        assert_eq!(items.collect::<Vec<_>>(), expected);

        let error = pages().client().application_sessions().list().await.unwrap_err();
        assert!(error.is_decode(), "{error}");
    }
}

#[test]
fn error_message_is_readable_although_the_details_are_not() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let body = format!(r#"{{"msg": "m", "error_code": "E", "details": {deep}}}"#);
    let client = Script::new([response(400, body)]).blocking_client();
    let error = client.api_keys().list().send().unwrap_err();
    assert_eq!(
        (error.message(), error.code(), error.details()),
        (Some("m"), Some("E"), None)
    );
}

#[test]
fn repeated_page_is_an_error() {
    let next = |id: &str| Some(format!("https://api.ngrok.com/app/sessions?before_id={id}"));
    let script = Script::new([
        page(&["as_3"], next("as_3").as_deref()),
        page(&["as_2"], next("as_2").as_deref()),
        page(&["as_1"], next("as_3").as_deref()),
    ]);
    let client = script.blocking_client();
    let items = client.application_sessions().list().items();
    let items: Vec<_> = items
        .map(|session| session.map_or_else(|error| error.to_string(), |session| session.id))
        .collect();
    let error = "application_sessions.list failed: the next page is one that was already requested";
    assert_eq!(items, ["as_3", "as_2", "as_1", error]);
}

#[tokio::test]
async fn stream_ends_after_an_error() {
    let script = Script::new([page(&["as_2"], Some("?before_id=as_2")), response(500, "")]);
    let client = script.client();
    let mut items = client.application_sessions().list().items();
    assert_eq!(
        items.try_next().await.unwrap().map(|session| session.id).as_deref(),
        Some("as_2")
    );
    let error = items.try_next().await.unwrap_err();
    assert_eq!(error.operation(), Some("application_sessions.list"));
    assert!(items.try_next().await.unwrap().is_none());
    assert!(items.is_terminated());

    let script = Script::new([page(&["as_2"], Some("?before_id=as_2")), response(200, "{")]);
    let client = script.blocking_client();
    let results = client
        .application_sessions()
        .list()
        .items()
        .map(|item| item.is_ok())
        .collect::<Vec<_>>();
    assert_eq!(results, [true, false]);
}

#[tokio::test]
async fn invalid_list_request_yields_one_error() {
    let script = Script::new([]);
    let client = script.client();
    let mut pages = client.application_sessions().list().header("\n", "").pages();
    assert!(pages.try_next().await.is_err());
    assert!(pages.try_next().await.unwrap().is_none());
}

#[test]
fn empty_page_does_not_end_a_list() {
    let script = Script::new([page(&[], Some("?before_id=as_2")), page(&["as_1"], None)]);
    assert_eq!(
        script.blocking_client().application_sessions().list().items().count(),
        1
    );
}

#[test]
fn streams_and_futures_are_send_and_static() {
    fn assert_send<T: Send + 'static>(value: T) -> T {
        value
    }
    fn assert_sync<T: Send + Sync + 'static>() {}
    assert_sync::<generated_client::Error>();
    assert_sync::<Client>();
    assert_sync::<blocking::Client>();
    let script = Script::new([page(&["as_1"], None), json(&session("as_1"))]);
    let client = script.client();
    let mut items = assert_send(client.application_sessions().list().items());
    let mut get = assert_send(client.application_sessions().get("as_1").into_future());
    drop(client);
    let mut context = Context::from_waker(Waker::noop());
    assert!(matches!(
        Pin::new(&mut items).poll_next(&mut context),
        Poll::Ready(Some(Ok(_)))
    ));
    assert!(matches!(Pin::new(&mut get).poll(&mut context), Poll::Ready(Ok(_))));
}

// ---- decoding of responses

fn decode(body: impl Into<bytes::Bytes>) -> Result<ApplicationSession, generated_client::Error> {
    let script = Script::new([response(200, body)]);
    script.blocking_client().application_sessions().get("as_1").send()
}

fn problem(body: impl Into<bytes::Bytes>) -> String {
    let error = decode(body).unwrap_err();
    assert!(error.is_decode() && error.status().is_some_and(|status| status == 200));
    assert_hides(&error, "body-value");
    let text = error.to_string();
    let prefix = "application_sessions.get failed: 200 OK: cannot decode the response: ";
    let problem = text.strip_prefix(prefix).unwrap_or_else(|| panic!("{text}"));
    let (problem, content) = problem.rsplit_once(" (").unwrap();
    assert!(content.starts_with("no content type, "), "{text}");
    problem.to_owned()
}

#[test]
fn missing_and_null_fields_decode_as_empty() {
    let missing = decode(r#"{"created_at": "2024-05-06T07:08:09Z"}"#).unwrap();
    let nulls = decode(
        r#"{"id": null, "uri": null, "public_url": null, "browser_session": null, "application_user": null,
            "created_at": "2024-05-06T07:08:09Z", "last_active": null, "endpoint": null, "edge": null, "route": null,
            "newer": {"deeply": [1, {"nested": null}]}}"#,
    );
    assert_eq!(missing, nulls.unwrap());
    assert_eq!(missing.id, "");
    assert_eq!(missing.edge, None);
}

#[test]
fn null_lists_decode_as_empty_but_missing_ones_do_not() {
    let list = |body: &'static str| {
        let script = Script::new([response(200, body)]);
        script.blocking_client().application_sessions().list().send()
    };
    let page = list(r#"{"application_sessions": null, "next_page_uri": null}"#).unwrap();
    assert!(page.items.is_empty() && page.next.is_none());
    for (body, problem) in [
        ("{}", "application_sessions: the field is missing"),
        (r#"{"application_sessions": []}"#, "next_page_uri: the field is missing"),
        (
            r#"{"next_page_uri": null}"#,
            "application_sessions: the field is missing",
        ),
        (
            r#"{"ok": false}"#,
            "the object has no known key, only others such as `ok`",
        ),
        ("null", "expected an object, found null"),
        ("[]", "expected an object, found an array"),
    ] {
        let error = list(body).unwrap_err();
        assert!(
            error.is_decode() && error.to_string().contains(problem),
            "{body}: {error}"
        );
    }
}

#[test]
fn response_of_another_shape_is_not_an_empty_object() {
    let get = |body: &'static str| {
        let script = Script::new([response(200, body)]);
        script.blocking_client().api_keys().get("ak_1").send()
    };
    for (body, problem) in [
        ("null", "expected an object, found null"),
        (
            r#"{"api_key": {"id": "ak_1"}}"#,
            "the object has no known key, only others such as `api_key`",
        ),
        (
            r#"{"ok": false}"#,
            "the object has no known key, only others such as `ok`",
        ),
    ] {
        let error = get(body).unwrap_err();
        assert!(
            error.is_decode() && error.to_string().contains(problem),
            "{body}: {error}"
        );
    }
}

#[test]
fn decode_errors_give_the_path_but_not_the_value() {
    assert_eq!(problem("{}"), "created_at: the field is missing at line 1 column 2");
    assert_eq!(
        problem(r#"{"created_at": "body-value"}"#),
        "created_at: expected an RFC 3339 timestamp, found a string in another format at line 1 column 27"
    );
    assert_eq!(
        problem(r#"{"created_at": null}"#),
        "created_at: expected a value other than null, found null at line 1 column 19"
    );
    assert_eq!(
        problem(r#"{"browser_session": {"location": {"lat_long_radius_km": "body-value"}}}"#),
        "browser_session.location.lat_long_radius_km: \
         expected an unsigned 64-bit integer, found a string at line 1 column 68"
    );
    assert!(
        problem(r#"{"browser_session": {"location": {"lat_long_radius_km": -1}}}"#)
            .contains("found an integer out of range")
    );
    assert!(problem(r#"{"browser_session": ["body-value"]}"#).contains("expected an object, found an array"));
    assert!(problem(r#"{"id": {"a": "body-value"}}"#).contains("id: expected a string, found an object"));
    assert!(problem(r#"{"edge": "body-value"}"#).contains("edge: expected an object, found a string"));
    assert!(problem(r#""body-value""#).starts_with("expected an object, found a string"));
}

#[test]
fn rejects_invalid_json() {
    assert_eq!(problem(""), "the body is empty");
    assert!(problem("{\"id\": \"as").contains("id: EOF while parsing a string"));
    assert_eq!(problem(&b"{\"id\": \"\xff\"}"[..]), "the body is not valid UTF-8");
    assert!(problem(r#"{"created_at": "2024-05-06T07:08:09Z"} body-value"#).contains("trailing characters"));
    assert!(problem("[".repeat(100_000)).contains("expected an object, found an array"));
    let deep = format!("{{\"newer\": {}", "[".repeat(100_000));
    assert!(
        problem(deep).starts_with("newer: EOF"),
        "unknown fields should be skipped without recursion"
    );
}

// ---- models

#[test]
fn model_round_trips_through_json() {
    let value = json!({
        "id": "as_1", "uri": "https://api.ngrok.com/app/sessions/as_1", "public_url": "https://shop.example",
        "browser_session": {
            "user_agent": { "raw": "Mozilla/5.0" },
            "ip_address": "192.0.2.7",
            "location": { "country_code": "NZ", "latitude": -41.28, "longitude": 174.5, "lat_long_radius_km": 20 },
        },
        "application_user": { "id": "au_1", "uri": "https://api.ngrok.com/app/users/au_1" },
        "created_at": "2024-05-06T07:08:09Z", "last_active": "2024-05-06T07:08:10.25Z",
        "endpoint": { "id": "ep_1", "uri": "https://api.ngrok.com/endpoints/ep_1" },
    });
    let session: ApplicationSession = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(
        session.endpoint.as_ref().map(|endpoint| endpoint.id.as_str()),
        Some("ep_1")
    );
    assert_eq!(serde_json::to_value(&session).unwrap(), value);
}

#[test]
fn serialization_omits_empty_optional_fields() {
    let written = serde_json::to_value(ApplicationSession::default()).unwrap();
    assert_eq!(written, json!({ "created_at": "1970-01-01T00:00:00Z" }));
    assert_eq!(serde_json::to_value(Ref::default()).unwrap(), json!({}));
    let escaped: Ref = serde_json::from_str(r#"{"\u0069d": "a\"b"}"#).unwrap();
    assert_eq!(serde_json::to_value(&escaped).unwrap(), json!({ "id": "a\"b" }));
    assert_eq!(serde_json::from_value::<Ref>(Value::Null).unwrap(), Ref::default());
}
