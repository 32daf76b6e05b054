//! Tests that the fake rejects invalid requests with helpful messages and without changing its state.

use std::time::Duration;

use bytes::Bytes;
use generated_client::fake::{Fake, Server};
use generated_client::models::{ApiKey, EventSourceReplace, IpPolicyRuleAction};
use generated_client::{Client, RateLimit, RetryPolicy, blocking};
use http::header::{ALLOW, AUTHORIZATION};
use http::{HeaderValue, Method};

use super::raw::{RawResponse, Served, client, destination, send, send_modified};
use crate::support::assert_hides;

const POST: Method = Method::POST;
const PATCH: Method = Method::PATCH;

/// Asserts that a response is an error in the API's format.
fn assert_error(response: &RawResponse, status: u16, code: Option<&str>) {
    assert_eq!(response.status, status, "{}", response.body);
    assert_eq!(response.body["status_code"], status);
    assert_eq!(response.body["error_code"].as_str(), code);
    assert!(!response.message().is_empty());
    let operation = response.body["details"]["operation_id"].as_str().unwrap();
    assert!(operation.starts_with("op_") && operation.len() == 30, "{operation}");
    assert_eq!(response.headers["ngrok-operation-id"], operation);
    assert_eq!(response.headers["content-type"], "application/json");
}

/// Asserts that a body is rejected with all of these messages, and that the number of objects doesn't change.
fn assert_rejected(fake: &Fake, method: Method, path: &str, body: &str, messages: &[&str]) {
    let count = fake.object_count();
    let response = send(fake, method, path, body.to_owned());
    assert_error(&response, 400, Some("ERR_NGROK_218"));
    for message in messages {
        assert!(
            response.message().contains(message),
            "{message}: {}",
            response.message()
        );
    }
    assert_eq!(fake.object_count(), count);
}

// ---- API key, headers, method and path

#[test]
fn rejects_missing_and_malformed_api_keys() {
    let fake = Fake::new();
    let response = send_modified(&fake, |request| {
        request.headers_mut().remove(AUTHORIZATION);
    });
    assert_error(&response, 401, None);
    for value in [
        "Bearer other",
        "Bearer fake-key ",
        "fake-key",
        "Bearer ",
        "Basic fake-key",
    ] {
        let response = send_modified(&fake, move |request| {
            request
                .headers_mut()
                .insert(AUTHORIZATION, HeaderValue::from_static(value));
        });
        assert_error(&response, 401, None);
        assert!(!response.body.to_string().contains("other"), "{}", response.body);
    }
}

#[test]
fn wrong_api_key_is_unauthorized_and_changes_nothing() {
    let fake = Fake::builder().key("right-key").build();
    let builder = blocking::Client::builder("wrong-key").transport(fake.clone());
    let unauthorized = builder.build().unwrap();
    let error = unauthorized.api_keys().create().send().unwrap_err();
    assert!(error.is_unauthorized() && !error.is_retryable(), "{error}");
    assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (1, 401));
    assert!(error.request_id().is_some() && error.message().is_some());
    assert_hides(&error, "wrong-key");
    assert_hides(&error, "right-key");
    assert!(fake.objects::<ApiKey>().is_empty());
    let missing = unauthorized.api_keys().get("ak_1").send().unwrap_err();
    assert!(
        missing.is_unauthorized(),
        "the response should not reveal whether the object exists"
    );
    client(&fake).api_keys().create().send().unwrap();
}

#[test]
fn requires_the_version_header() {
    let fake = Fake::new();
    let missing = send_modified(&fake, |request| {
        request.headers_mut().remove("ngrok-version");
    });
    let wrong = send_modified(&fake, |request| {
        request
            .headers_mut()
            .insert("ngrok-version", HeaderValue::from_static("1"));
    });
    for response in [missing, wrong] {
        assert_error(&response, 400, Some("ERR_NGROK_218"));
        assert!(response.message().contains("ngrok-version"), "{}", response.message());
    }
}

#[test]
fn missing_objects_and_paths_are_not_found() {
    let fake = Fake::new();
    let policy = client(&fake).ip_policies().create().send().unwrap().id;
    let paths = [
        "/ip_policies/ipp_1".to_owned(),
        format!("/ip_policies/{policy}x"),
        format!("/api_keys/{policy}"),
        format!("/ip_policies/{policy}/rules"),
        "/edges/https/edghts_1/routes/edghtsrt_1".to_owned(),
        "/ip_policies/".to_owned(),
        "/nothing".to_owned(),
        "/".to_owned(),
        "//".to_owned(),
        "/ip_policies/%00%ff".to_owned(),
    ];
    for path in paths {
        assert_error(&send(&fake, Method::GET, &path, ""), 404, None);
    }
    let client = client(&fake);
    for error in [
        client.ip_policies().get("ipp_1").send().unwrap_err(),
        client
            .ip_policies()
            .update("ipp_1")
            .description("d")
            .send()
            .unwrap_err(),
        client.ip_policies().delete("ipp_1").send().unwrap_err(),
        client
            .edge_route_compression_module()
            .get("edghts_1", "edghtsrt_1")
            .send()
            .unwrap_err(),
        client
            .event_sources()
            .create("esb_1", "api_key_created.v0")
            .send()
            .unwrap_err(),
        client.event_sources().list("esb_1").send().unwrap_err(),
    ] {
        assert!(error.is_not_found(), "{error}");
    }
}

#[test]
fn disabled_modules_are_not_found() {
    let fake = Fake::new();
    let client = client(&fake);
    let edge = client.tcp_edges().create().send().unwrap().id;
    let module = client.tcp_edge_backend_module();
    assert!(module.get(&edge).send().unwrap_err().is_not_found());
    assert!(module.delete(&edge).send().unwrap_err().is_not_found());
}

#[test]
fn unsupported_methods_get_an_allow_header() {
    let fake = Fake::new();
    for (method, path, allowed) in [
        (Method::PUT, "/ip_policies", "GET, POST"),
        (Method::DELETE, "/ip_policies", "GET, POST"),
        (Method::POST, "/ip_policies/ipp_1", "DELETE, GET, PATCH"),
        (Method::TRACE, "/tunnels", "GET"),
        (Method::OPTIONS, "/edges/tcp/edgtcp_1/backend", "DELETE, GET, PUT"),
    ] {
        let response = send(&fake, method, path, "{}");
        assert_error(&response, 405, None);
        assert_eq!(response.headers[ALLOW], allowed);
    }
}

// ---- bodies

#[test]
fn rejects_bodies_that_are_not_json_objects() {
    let fake = Fake::new();
    for body in [
        "{",
        "{\"description\": \"a\"",
        "nonsense",
        "{}{}",
        "\"text\"",
        "[]",
        "null",
        "1",
        "{\"a\": 1,}",
    ] {
        assert_rejected(&fake, POST, "/ip_policies", body, &["body"]);
    }
    assert_error(
        &send(&fake, POST, "/ip_policies", &b"{\"description\": \"\xff\"}"[..]),
        400,
        Some("ERR_NGROK_218"),
    );
    let deep = format!("{{\"a\": {}", "[".repeat(100_000));
    assert_rejected(&fake, POST, "/ip_policies", &deep, &["body"]);
}

#[test]
fn reports_all_missing_fields() {
    let fake = Fake::new();
    let expected = [
        "`cidr` is required",
        "`ip_policy_id` is required",
        "`action` is required",
    ];
    assert_rejected(&fake, POST, "/ip_policy_rules", "{}", &expected);
    let null = r#"{"cidr": null, "ip_policy_id": null, "action": null}"#;
    assert_rejected(&fake, POST, "/ip_policy_rules", null, &expected);
    let nested = r#"{"domain": "a.example.com", "resolves_to": [{"value": "global"}, {}]}"#;
    assert_rejected(
        &fake,
        POST,
        "/reserved_domains",
        nested,
        &["`resolves_to[1].value` is required"],
    );
    let sources = r#"{"sources": [{}], "destination_ids": []}"#;
    assert_rejected(
        &fake,
        POST,
        "/event_subscriptions",
        sources,
        &["`sources[0].type` is required"],
    );
}

/// Bodies with values of wrong types: the path, the body and the expected message.
const WRONG_TYPES: [(&str, &str, &str); 17] = [
    (
        "/ip_policies",
        r#"{"description": 1}"#,
        "`description` must be a string",
    ),
    ("/ip_policies", r#"{"metadata": {}}"#, "`metadata` must be a string"),
    (
        "/bot_users",
        r#"{"name": "b", "active": "yes"}"#,
        "`active` must be a boolean",
    ),
    (
        "/backends/http_response",
        r#"{"status_code": "404"}"#,
        "`status_code` must be a 32-bit integer",
    ),
    (
        "/backends/http_response",
        r#"{"status_code": 404.5}"#,
        "`status_code` must be a 32-bit integer",
    ),
    (
        "/backends/http_response",
        r#"{"status_code": 4294967296}"#,
        "`status_code` must be a 32-bit integer",
    ),
    (
        "/backends/http_response",
        r#"{"headers": {"x-a": 1}}"#,
        "`headers.x-a` must be a string",
    ),
    (
        "/backends/http_response",
        r#"{"headers": []}"#,
        "`headers` must be an object",
    ),
    (
        "/backends/weighted",
        r#"{"backends": {"bkdhr_1": "3"}}"#,
        "`backends.bkdhr_1` must be a 64-bit integer",
    ),
    (
        "/reserved_domains",
        r#"{"domain": "a", "resolves_to": [{"value": 1}]}"#,
        "`resolves_to[0].value` must be a string",
    ),
    (
        "/reserved_domains",
        r#"{"domain": "a", "resolves_to": ["global"]}"#,
        "`resolves_to[0]` must be an object",
    ),
    (
        "/reserved_domains",
        r#"{"domain": "a", "resolves_to": {}}"#,
        "`resolves_to` must be an array",
    ),
    (
        "/edges/tcp",
        r#"{"backend": {"backend_id": 1}}"#,
        "`backend.backend_id` must be a string",
    ),
    ("/edges/tcp", r#"{"backend": "bkdhr_1"}"#, "`backend` must be an object"),
    (
        "/event_subscriptions",
        r#"{"sources": {}, "destination_ids": []}"#,
        "`sources` must be an array",
    ),
    (
        "/event_subscriptions",
        r#"{"sources": [1], "destination_ids": []}"#,
        "`sources[0]` must be an object",
    ),
    (
        "/vault_secrets",
        r#"{"name": "a", "value": 1}"#,
        "`value` must be a string",
    ),
];

#[test]
fn reports_wrong_types_with_their_paths() {
    let fake = Fake::new();
    for (path, body, message) in WRONG_TYPES {
        assert_rejected(&fake, POST, path, body, &[message]);
    }
    let two_errors = r#"{"description": 1, "metadata": false}"#;
    assert_rejected(
        &fake,
        POST,
        "/ip_policies",
        two_errors,
        &["`description`", "`metadata`"],
    );
}

#[test]
fn limits_strings_in_bytes() {
    let fake = Fake::new();
    let client = client(&fake);
    let policies = client.ip_policies();
    let long = format!("{}a", "ä".repeat(127));
    let policy = policies.create().description(&long).send().unwrap();
    assert_eq!(policy.description, long);
    let error = policies.create().description(long.clone() + "b").send().unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 400);
    assert_eq!(
        error.message(),
        Some("`description` must be at most 255 bytes long, got 256")
    );
    let update = policies
        .update(&policy.id)
        .metadata("m".repeat(4097))
        .description("new");
    assert_eq!(update.send().unwrap_err().code(), Some("ERR_NGROK_218"));
    assert_eq!(policies.list().send().unwrap().items, [policy]);
}

#[test]
fn rejects_references_to_missing_objects() {
    let fake = Fake::new();
    let policy = client(&fake).ip_policies().create().send().unwrap().id;
    let lists = format!(r#"{{"type": "api", "ip_policy_ids": ["{policy}", "ipp_1"]}}"#);
    for (path, body, message) in [
        (
            "/ip_policy_rules",
            r#"{"cidr": "10.0.0.0/8", "action": "allow", "ip_policy_id": "ipp_1"}"#,
            "`ip_policy_id` refers to `ipp_1`, which does not exist",
        ),
        (
            "/ip_restrictions",
            &lists,
            "`ip_policy_ids[1]` refers to `ipp_1`, which does not exist",
        ),
        (
            "/edges/tcp",
            r#"{"backend": {"backend_id": "bkdhr_1"}}"#,
            "`backend.backend_id` refers to `bkdhr_1`, which does not exist",
        ),
        (
            "/event_subscriptions",
            r#"{"sources": [{"type": "a"}], "destination_ids": ["ed_1"]}"#,
            "`destination_ids[0]` refers to `ed_1`, which does not exist",
        ),
    ] {
        assert_rejected(&fake, POST, path, body, &[message]);
    }
    let key = client(&fake).api_keys().create().send().unwrap().id;
    let kind = format!(r#"{{"cidr": "10.0.0.0/8", "action": "allow", "ip_policy_id": "{key}"}}"#);
    assert_rejected(&fake, POST, "/ip_policy_rules", &kind, &["not one of `ip_policies`"]);
    let number = r#"{"type": "api", "ip_policy_ids": [1]}"#;
    let response = send(&fake, POST, "/ip_restrictions", number);
    assert_eq!(response.message(), "`ip_policy_ids[0]` must be a string");
    let client = client(&fake);
    let rule = || {
        client
            .ip_policy_rules()
            .create("10.0.0.0/8", &policy, IpPolicyRuleAction::Allow)
            .send()
    };
    rule().unwrap();
    client.ip_policies().delete(&policy).send().unwrap();
    assert_eq!(rule().unwrap_err().status().unwrap().as_u16(), 400);
}

#[test]
fn rejects_unions_without_exactly_one_variant() {
    let fake = Fake::new();
    for target in [
        "{}",
        r#"{"kinesis": {}, "firehose": {}}"#,
        r#"{"carrier_pigeon": {}}"#,
        r#"{"kinesis": null}"#,
    ] {
        let body = format!(r#"{{"format": "json", "target": {target}}}"#);
        assert_rejected(
            &fake,
            POST,
            "/event_destinations",
            &body,
            &["`target` must contain exactly one of `firehose`"],
        );
    }
    let body = r#"{"format": "json", "target": {"kinesis": {"auth": {}, "stream_arn": "arn"}}}"#;
    assert_rejected(
        &fake,
        POST,
        "/event_destinations",
        body,
        &["`target.kinesis.auth` must contain exactly one"],
    );
}

#[test]
fn ignores_read_only_and_unknown_fields() {
    let fake = Fake::new();
    let body = r#"{"id": "ipp_1", "created_at": 5, "uri": [], "newer": {"a": 1}, "description": "d"}"#;
    let response = send(&fake, POST, "/ip_policies", body);
    assert_eq!(response.status, 201, "{}", response.body);
    assert_ne!(response.body["id"], "ipp_1");
    assert!(response.body.get("newer").is_none());
}

#[test]
fn rejected_update_changes_nothing() {
    let fake = Fake::new();
    let client = client(&fake);
    let destination = destination(&client);
    let sources = [EventSourceReplace::new("api_key_created.v0")];
    let before = client
        .event_subscriptions()
        .create(sources, [&destination.id])
        .send()
        .unwrap();
    let path = format!("/event_subscriptions/{}", before.id);
    for body in [
        r#"{"description": "new", "metadata": 1}"#,
        r#"{"description": "new", "sources": [{"type": "a"}, {}]}"#,
        r#"{"description": "new", "sources": [{"type": "a"}], "destination_ids": ["ed_1"]}"#,
    ] {
        assert_rejected(&fake, PATCH, &path, body, &[]);
        assert_eq!(client.event_subscriptions().get(&before.id).send().unwrap(), before);
    }
    let duplicate = r#"{"description": "new", "sources": [{"type": "a"}, {"type": "a"}]}"#;
    assert_error(&send(&fake, PATCH, &path, duplicate), 409, None);
    assert_eq!(client.event_subscriptions().get(&before.id).send().unwrap(), before);
    let create = format!(
        r#"{{"sources": [{{"type": "a"}}, {{"type": "a"}}], "destination_ids": ["{}"]}}"#,
        destination.id
    );
    assert_error(&send(&fake, POST, "/event_subscriptions", create), 409, None);
    assert_eq!(fake.object_count(), 3);
}

#[test]
fn rejected_module_changes_nothing() {
    let fake = Fake::new();
    let client = client(&fake);
    let edge = client.tcp_edges().create().send().unwrap();
    let path = format!("/edges/tcp/{}/backend", edge.id);
    for body in ["{}", r#"{"backend_id": "bkdhr_1"}"#, r#"{"enabled": 1}"#, "[]"] {
        assert_rejected(&fake, Method::PUT, &path, body, &[]);
    }
    assert_eq!(client.tcp_edges().get(&edge.id).send().unwrap(), edge);
}

#[test]
fn duplicate_source_type_is_a_conflict() {
    let fake = Fake::new();
    let client = client(&fake);
    let none: [&str; 0] = [];
    let first = [EventSourceReplace::new("api_key_created.v0")];
    let subscription = client.event_subscriptions().create(first, none).send().unwrap();
    let sources = client.event_sources();
    let error = sources
        .create(&subscription.id, "api_key_created.v0")
        .send()
        .unwrap_err();
    assert!(error.is_conflict(), "{error}");
    assert_eq!(
        sources.list(&subscription.id).send().unwrap().items,
        subscription.sources
    );
    sources.create(&subscription.id, "api_key_deleted.v0").send().unwrap();
}

// ---- query parameters

#[test]
fn rejects_limits_outside_of_1_to_100() {
    let fake = Fake::new();
    for limit in ["0", "101", "-1", "1.5", "ten", "", "%20", "99999999999999999999999"] {
        let response = send(&fake, Method::GET, &format!("/ip_policies?limit={limit}"), "");
        assert_error(&response, 400, Some("ERR_NGROK_218"));
        assert!(response.message().contains("`limit` must be an integer from 1 to 100"));
    }
    for limit in ["1", "100"] {
        assert_eq!(
            send(&fake, Method::GET, &format!("/ip_policies?limit={limit}"), "").status,
            200
        );
    }
}

#[test]
fn rejects_before_id_of_an_unknown_object() {
    let fake = Fake::new();
    let error = client(&fake)
        .ip_policies()
        .list()
        .before_id("ipp_1")
        .send()
        .unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.code()),
        (400, Some("ERR_NGROK_218"))
    );
}

// ---- rate limit and sizes

#[test]
fn rejects_requests_above_the_rate_limit_until_the_window_ends() {
    let limit = RateLimit::new(2, Duration::from_secs(60));
    let fake = Fake::builder().rate_limit(limit).build();
    let client = client(&fake);
    let list = || client.ip_policies().list().send();
    list().unwrap();
    fake.advance(Duration::from_secs(30));
    list().unwrap();
    let error = client.ip_policies().create().send().unwrap_err();
    assert!(error.is_rate_limited() && error.is_retryable(), "{error}");
    assert_eq!(error.code(), Some("ERR_NGROK_226"));
    assert_eq!(fake.object_count(), 0);
    fake.advance(Duration::from_secs(29));
    assert!(list().unwrap_err().is_rate_limited());
    fake.advance(Duration::from_secs(1));
    list().unwrap();
    assert!(
        list().unwrap_err().is_rate_limited(),
        "the second request should still count"
    );
    fake.advance(Duration::from_secs(60));
    list().unwrap();
}

#[test]
fn default_policy_waits_out_the_rate_limit() {
    let limit = RateLimit::new(1, Duration::from_secs(60));
    let fake = Fake::builder().rate_limit(limit).build();
    let client = fake.blocking_client();
    let before = std::time::Instant::now();
    for _ in 0..5 {
        client.ip_policies().create().send().unwrap();
    }
    assert_eq!(fake.object_count(), 5);
    assert!(
        before.elapsed() < Duration::from_secs(30),
        "waits should not take real time"
    );
}

#[tokio::test]
async fn server_rejects_a_body_larger_than_max_body() {
    let server = Server::bind(Fake::builder(), "127.0.0.1:0")
        .await
        .unwrap()
        .max_body(1000);
    let listening = Served::start(server);
    let fake = listening.fake.clone();
    let builder = Client::builder(fake.key()).base_url(fake.base_url());
    let client = builder.retry(RetryPolicy::none()).build().unwrap();
    // The second body exceeds the buffers of the connection.
    for length in [1000, 8_000_000] {
        let call = client.ip_policies().create().metadata("m".repeat(length));
        let error = call.await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(413), "{error:?}");
        assert!(error.message().is_some() && error.request_id().is_some());
    }
    assert_eq!(fake.object_count(), 0);
    let fits = "m".repeat(1000 - r#"{"metadata":""}"#.len());
    client.ip_policies().create().metadata(fits).await.unwrap();
    assert_eq!(fake.object_count(), 1);
    listening.stop().await;
}

#[test]
fn reports_a_field_that_sets_two_properties_once() {
    let body = r#"{"url": 1, "type": "cloud", "traffic_policy": "{}"}"#;
    let response = send(&Fake::new(), POST, "/endpoints", body);
    assert_eq!(response.message(), "`url` must be a string");
}

#[test]
fn empty_body_is_an_empty_object() {
    let fake = Fake::new();
    let id = client(&fake).ip_policies().create().send().unwrap().id;
    let item = format!("/ip_policies/{id}");
    for body in ["", "{}", "\u{feff}{}", "\u{feff}"] {
        assert_eq!(send(&fake, POST, "/ip_policies", body).status, 201, "{body:?}");
        assert_eq!(send(&fake, PATCH, &item, body).status, 200, "{body:?}");
        assert_rejected(&fake, POST, "/bot_users", body, &["`name` is required"]);
    }
    let response = send(&fake, POST, "/ip_policies", "\u{feff}{\"description\": \"d\"}");
    assert_eq!(response.body["description"], "d");
}

#[test]
fn rejects_empty_required_fields() {
    let fake = Fake::new();
    assert_rejected(
        &fake,
        POST,
        "/bot_users",
        r#"{"name": ""}"#,
        &["`name` must not be empty"],
    );
}

#[test]
fn empty_required_fields_of_updates_are_unchanged() {
    let fake = Fake::new();
    let bot = client(&fake).bot_users().create("bot").send().unwrap();
    let bot = client(&fake)
        .bot_users()
        .update(&bot.id)
        .name("")
        .active(false)
        .send()
        .unwrap();
    assert_eq!((bot.name.as_str(), bot.active), ("bot", false));
    // Other fields are cleared.
    let policy = client(&fake)
        .ip_policies()
        .create()
        .description("d")
        .metadata("m")
        .send()
        .unwrap();
    let policy = client(&fake)
        .ip_policies()
        .update(&policy.id)
        .description("")
        .send()
        .unwrap();
    assert_eq!((policy.description.as_str(), policy.metadata.as_str()), ("", "m"));
}

#[test]
fn limits_the_length_of_error_messages() {
    let fake = Fake::new();
    let urls = vec!["1"; 5000].join(",");
    let response = send(&fake, POST, "/abuse_reports", format!(r#"{{"urls": [{urls}]}}"#));
    assert_error(&response, 400, Some("ERR_NGROK_218"));
    assert!(response.message().len() < 2000);
}

#[test]
fn each_response_has_its_own_operation_id() {
    let fake = Fake::new();
    let ids =
        [(); 3].map(|()| send(&fake, Method::GET, "/nothing", Bytes::new()).headers["ngrok-operation-id"].clone());
    assert!(ids[0] != ids[1] && ids[1] != ids[2]);
    let success = send(&fake, Method::GET, "/ip_policies", "");
    assert!(
        success.headers["ngrok-operation-id"]
            .to_str()
            .unwrap()
            .starts_with("op_")
    );
}
