//! Tests filters of lists.

use std::time::Duration;

use generated_client::fake::Fake;
use generated_client::models::{Endpoint, Ref, TunnelSession};
use http::StatusCode;

use super::raw::client;

/// Returns an endpoint with this ID, modified by `modify`.
fn endpoint(id: &str, modify: impl FnOnce(&mut Endpoint)) -> Endpoint {
    let mut endpoint = Endpoint::default();
    endpoint.id = id.into();
    modify(&mut endpoint);
    endpoint
}

fn reference(id: &str) -> Ref {
    let mut reference = Ref::default();
    reference.id = id.into();
    reference
}

/// Returns a fake with three endpoints, created one day apart, the last one ten seconds ago.
fn fake_with_three_endpoints() -> Fake {
    let fake = Fake::new();
    fake.seed(endpoint("ep_1", |endpoint| {
        endpoint.metadata = "blue".into();
        endpoint.port = 80;
        endpoint.bindings = vec!["public".to_owned()];
        endpoint.domain = Some(reference("rd_1"));
    }));
    fake.advance(Duration::from_secs(86_400));
    fake.seed(endpoint("ep_2", |endpoint| {
        endpoint.metadata = "green".into();
        endpoint.port = 443;
        endpoint.pooling_enabled = true;
        endpoint.bindings = vec!["public".to_owned(), "internal".to_owned()];
    }));
    fake.advance(Duration::from_secs(86_400));
    fake.seed(endpoint("ep_3", |endpoint| {
        endpoint.metadata = "it's \"red\"".into();
        endpoint.port = 443;
    }));
    fake.advance(Duration::from_secs(10));
    fake
}

/// Returns the numbers of the endpoints that match a filter, oldest first.
fn listed(fake: &Fake, filter: &str) -> String {
    let found = client(fake).endpoints().list().filter(filter).send();
    let found = found.unwrap_or_else(|error| panic!("{filter}: {error}"));
    let numbers = found.iter().rev().map(|endpoint| endpoint.id.trim_start_matches("ep_"));
    numbers.collect()
}

fn assert_listed(cases: &[(&str, &str)]) {
    let fake = fake_with_three_endpoints();
    for (filter, expected) in cases {
        assert_eq!(listed(&fake, filter), *expected, "{filter}");
    }
}

#[test]
fn compares_fields() {
    assert_listed(&[
        (r#"obj.metadata == "blue""#, "1"),
        ("obj.metadata == 'blue'", "1"),
        (r#"obj.metadata != "blue""#, "23"),
        (r#""blue" == obj.metadata"#, "1"),
        (r#"obj.metadata == "it's \"red\"""#, "3"),
        (r#"obj.metadata < "green""#, "1"),
        ("obj.port == 443", "23"),
        ("obj.port > 80", "23"),
        ("obj.port >= 80", "123"),
        ("obj.port < 443", "1"),
        ("obj.port <= 79", ""),
        ("obj.pooling_enabled", "2"),
        ("obj.pooling_enabled == false", "13"),
        ("true", "123"),
        ("false", ""),
        ("", "123"),
        ("  ", "123"),
    ]);
}

#[test]
fn combines_conditions() {
    assert_listed(&[
        ("obj.port == 443 && obj.pooling_enabled", "2"),
        ("obj.port == 80 || obj.pooling_enabled", "12"),
        ("!obj.pooling_enabled", "13"),
        ("!(obj.port == 443 && obj.pooling_enabled)", "13"),
        ("obj.port == 80 || obj.port == 443 && obj.pooling_enabled", "12"),
        ("(obj.port == 80 || obj.port == 443) && obj.pooling_enabled", "2"),
        ("((((obj.port == 80))))", "1"),
    ]);
}

#[test]
fn searches_lists() {
    assert_listed(&[
        (r#"obj.metadata in ["blue", "green"]"#, "12"),
        ("obj.port in [80, 8080]", "1"),
        ("obj.port in []", ""),
        (r#""internal" in obj.bindings"#, "2"),
        (r#"!("public" in obj.bindings)"#, "3"),
        ("size(obj.bindings) == 2", "2"),
        ("size(obj.bindings) > 0", "12"),
        ("obj.bindings.size() == 0", "3"),
        ("size(obj.metadata) == 4", "1"),
    ]);
}

#[test]
fn reads_nested_fields() {
    assert_listed(&[
        (r#"obj.domain.id == "rd_1""#, "1"),
        (r#"obj.domain.id in ["rd_1", "rd_2"]"#, "1"),
        (r#"obj.domain.id == "rd_1" || obj.port == 443"#, "123"),
    ]);
    let fake = Fake::new();
    let mut session = TunnelSession::default();
    session.credential = reference("cr_1");
    fake.seed(session);
    let client = client(&fake);
    let count = |filter: &str| {
        client
            .tunnel_sessions()
            .list()
            .filter(filter)
            .send()
            .unwrap()
            .items
            .len()
    };
    assert_eq!(
        (count("obj.credential.id == 'cr_1'"), count("obj.credential.uri != ''")),
        (1, 0)
    );
}

#[test]
fn missing_values_are_empty_and_missing_objects_are_null() {
    assert_listed(&[
        (r#"obj.description == """#, "123"),
        ("size(obj.description) == 0", "123"),
        ("size(obj.bindings) == 0", "3"),
        ("obj.domain == null", "23"),
        ("obj.domain != null", "1"),
        ("obj.domain == null || obj.domain.id != 'rd_1'", "23"),
        ("obj.domain.id != 'rd_1'", ""),
    ]);
}

#[test]
fn compares_times() {
    assert_listed(&[
        (r#"obj.created_at == timestamp("2025-01-01T00:00:00Z")"#, "1"),
        (r#"obj.created_at > timestamp("2025-01-01T00:00:00Z")"#, "23"),
        (r#"obj.created_at >= timestamp("2025-01-02T01:00:00+01:00")"#, "23"),
        ("obj.created_at < timestamp(time.now)", "123"),
        (r#"obj.created_at > timestamp(time.now).subtract("7d")"#, "123"),
        (r#"obj.created_at > timestamp(time.now).subtract("1d")"#, "3"),
        (r#"obj.created_at > timestamp(time.now).subtract("1d10s")"#, "3"),
        (r#"obj.created_at >= timestamp(time.now).subtract("1d10s")"#, "23"),
        (r#"obj.created_at >= time.now.subtract("24h1m")"#, "23"),
        (r#"obj.created_at <= time.now.subtract("2d")"#, "1"),
    ]);
}

#[test]
fn now_is_the_time_of_the_fake() {
    let fake = fake_with_three_endpoints();
    let recent = r#"obj.created_at > timestamp(time.now).subtract("1m")"#;
    assert_eq!(listed(&fake, recent), "3");
    fake.advance(Duration::from_secs(60));
    assert_eq!(listed(&fake, recent), "");
}

#[test]
fn filters_by_current_values() {
    let fake = Fake::new();
    let client = client(&fake);
    let policy = client.ip_policies().create().metadata("blue").send().unwrap();
    let blue = || {
        client
            .ip_policies()
            .list()
            .filter(r#"obj.metadata == "blue""#)
            .send()
            .unwrap()
    };
    assert_eq!(blue().items[0], policy);
    client
        .ip_policies()
        .update(&policy.id)
        .metadata("green")
        .send()
        .unwrap();
    assert!(blue().items.is_empty());
}

#[test]
fn filtered_pages_contain_each_match_once() {
    let fake = Fake::new();
    let client = client(&fake);
    let policies = client.ip_policies();
    let mut expected = Vec::new();
    for number in 0..60 {
        let colour = if number % 3 == 0 { "blue & green" } else { "red" };
        let policy = policies.create().metadata(colour).send().unwrap();
        if number % 3 == 0 {
            expected.insert(0, policy);
        }
    }
    for limit in [1, 7, 20, 100] {
        let list = policies.list().filter(r#"obj.metadata == "blue & green""#).limit(limit);
        let found: Vec<_> = list.items().collect::<Result<_, _>>().unwrap();
        assert_eq!(found, expected, "in pages of {limit}");
    }
}

#[test]
fn query_lists_match_any_of_their_values() {
    let fake = fake_with_three_endpoints();
    let client = client(&fake);
    let call = || client.endpoints().list();
    let numbers =
        |call: generated_client::Page<Endpoint>| call.items.into_iter().map(|item| item.id).collect::<Vec<_>>();
    assert_eq!(
        numbers(call().id(["ep_1", "ep_3", "ep_9"]).send().unwrap()),
        ["ep_3", "ep_1"]
    );
    let list = call().id(["ep_1", "ep_3"]).limit(1);
    assert_eq!(
        list.items().map(|item| item.unwrap().id).collect::<Vec<_>>(),
        ["ep_3", "ep_1"]
    );
    assert!(
        call()
            .url(["https://nowhere.example.com"])
            .send()
            .unwrap()
            .items
            .is_empty()
    );
}

/// Invalid filters.
const INVALID: [&str; 67] = [
    "obj.id == 1",
    "obj.created_at == \"2025-01-01T00:00:00Z\"",
    "true || obj.id == 1",
    "timestamp(1) < time.now",
    "subtract(time.now, \"7d\") < obj.created_at",
    "obj == obj",
    "size(obj) == 0",
    // Syntax.
    "obj.metadata ==",
    "== 'a'",
    "(obj.pooling_enabled",
    "obj.pooling_enabled)",
    "obj.metadata = 'a'",
    "obj.metadata == 'a",
    "obj..metadata == 'a'",
    "obj.",
    "&&",
    "obj.port == 443 &&",
    "obj.port == 443 obj.port",
    "obj.port in [80,",
    "\u{0}",
    "💥",
    "obj.port == 99999999999999999999",
    "'\\u12'",
    // Unknown names.
    "obj.colour == 'a'",
    "metadata == 'a'",
    "obj.domain.colour == 'a'",
    "obj.metadata.length == 1",
    "time.then == time.now",
    "other.metadata == 'a'",
    "length(obj.metadata) == 1",
    "obj.metadata.startsWith('a')",
    // Wrong types, including in operands that short-circuiting would skip.
    "obj.port == 'a' && obj.port > 'a'",
    "false && obj.port > 'a'",
    "true || obj.port > 'a'",
    "false && obj.colour == 'a'",
    "false && size(obj.port) == 1",
    "!(true || size(true) == 1)",
    "obj.metadata > 1",
    "!obj.metadata",
    "obj.pooling_enabled && obj.metadata",
    "obj.metadata in obj.port",
    "obj.port in 443",
    "timestamp('yesterday') < time.now",
    "timestamp(1, 2) < time.now",
    "obj.created_at > 'yesterday'",
    "obj.created_at > time.now.subtract('7')",
    "obj.created_at > time.now.subtract('7w')",
    "obj.created_at > time.now.subtract('')",
    "obj.created_at > time.now.subtract('-7d')",
    "obj.created_at > time.now.subtract('99999999999999999999d')",
    "obj.created_at > time.now.subtract('9223372036854775807s')",
    "obj.created_at > time.now.subtract(7)",
    "obj.created_at > subtract('7d')",
    // Unsupported parts of CEL.
    "obj.bindings[0] == 'public'",
    "obj['metadata'] == 'a'",
    "obj.port + 1 == 81",
    "obj.port / 0 == 1",
    "-obj.port == 1",
    "obj.pooling_enabled ? true : false",
    "obj.metadata.matches('.*')",
    "obj.bindings.exists(b, b == 'public')",
    "obj.bindings.all(b, true)",
    "has(obj.metadata)",
    "{'a': 1} == {'a': 1}",
    "b'a' == b'a'",
    // Expressions that are not boolean.
    "obj.metadata",
    "obj",
];

/// Asserts that a filter is rejected, with and without objects.
fn assert_invalid(filter: &str) {
    for fake in [Fake::new(), fake_with_three_endpoints()] {
        let error = client(&fake).endpoints().list().filter(filter).send();
        let error = error.expect_err(filter);
        assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST), "{filter}: {error}");
        assert_eq!(error.code(), Some("ERR_NGROK_218"));
        let message = error.message().unwrap();
        assert!(message.starts_with("invalid filter: "), "{filter}: {message}");
    }
}

#[test]
fn rejects_invalid_filters_even_without_objects() {
    for filter in INVALID {
        assert_invalid(filter);
    }
    for filter in [
        "1",
        "'a'",
        "1.5",
        "null",
        "[true]",
        "time.now",
        "size(obj.metadata)",
        "[",
        "]",
        "!",
        "'",
    ] {
        assert_invalid(filter);
    }
}

#[test]
fn limits_length_and_depth_of_filters() {
    let long = |bytes: usize| format!("obj.metadata == '{}'", "a".repeat(bytes - "obj.metadata == ''".len()));
    assert_eq!(listed(&fake_with_three_endpoints(), &long(4096)), "");
    assert_invalid(&long(4097));
    let nested = |levels: usize| format!("{}true", "!(".repeat(levels)) + &")".repeat(levels);
    assert_eq!(listed(&fake_with_three_endpoints(), &nested(20)), "123");
    assert_invalid(&nested(40));
    assert_invalid(&vec!["obj.pooling_enabled"; 200].join(" && "));
}

#[test]
fn malformed_filters_do_not_crash_the_fake() {
    let fake = fake_with_three_endpoints();
    let client = client(&fake);
    for part in [
        "(", "[", "!", "-", "obj.", "{", "!(", "a(", "a.b(", "[[", "? ", "1?", "1?1:", "'", "\"", "\\", "&&", "1+",
        "1 in ", "true||", "size(", "{1:", "\u{fffd}", "ß",
    ] {
        let filter = part.repeat(4096 / part.len());
        let listed = client.endpoints().list().filter(&filter).send();
        assert_eq!(
            listed.expect_err(part).status(),
            Some(StatusCode::BAD_REQUEST),
            "{part}"
        );
    }
    assert_eq!(listed(&fake, "true"), "123");
}
