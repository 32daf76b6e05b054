//! Requests for backends.

use generated_client::models::StaticBackendTls;

use super::Row;

pub const TABLES: &[&[Row]] = &[
    FAILOVER_BACKENDS,
    HTTP_RESPONSE_BACKENDS,
    STATIC_BACKENDS,
    TUNNEL_GROUP_BACKENDS,
    WEIGHTED_BACKENDS,
];

const FAILOVER_BACKENDS: &[Row] = &[
    (
        "failover_backends.create",
        |client| {
            client
                .failover_backends()
                .create(["backends 1", "backends 2"])
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "POST /backends/failover",
        r#"{"backends": ["backends 1", "backends 2"], "description": "the description",
            "metadata": "the metadata"}"#,
    ),
    (
        "failover_backends.delete",
        |client| client.failover_backends().delete("a/b c").send().err(),
        "DELETE /backends/failover/a%2Fb%20c",
        "",
    ),
    (
        "failover_backends.get",
        |client| client.failover_backends().get("a/b c").send().err(),
        "GET /backends/failover/a%2Fb%20c",
        "",
    ),
    (
        "failover_backends.list",
        |client| client.failover_backends().list().before_id("x&y").limit(7).send().err(),
        "GET /backends/failover?before_id=x%26y&limit=7",
        "",
    ),
    (
        "failover_backends.update",
        |client| {
            client
                .failover_backends()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .backends(["backends 1", "backends 2"])
                .send()
                .err()
        },
        "PATCH /backends/failover/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata", "backends": ["backends 1",
            "backends 2"]}"#,
    ),
];

const HTTP_RESPONSE_BACKENDS: &[Row] = &[
    (
        "http_response_backends.create",
        |client| {
            client
                .http_response_backends()
                .create()
                .description("the description")
                .metadata("the metadata")
                .body("the body")
                .headers([("headers 1", "one"), ("headers 2", "two")])
                .status_code(1)
                .send()
                .err()
        },
        "POST /backends/http_response",
        r#"{"description": "the description", "metadata": "the metadata", "body": "the body",
            "headers": {"headers 1": "one", "headers 2": "two"}, "status_code": 1}"#,
    ),
    (
        "http_response_backends.list",
        |client| {
            client
                .http_response_backends()
                .list()
                .before_id("x&y")
                .limit(7)
                .send()
                .err()
        },
        "GET /backends/http_response?before_id=x%26y&limit=7",
        "",
    ),
    (
        "http_response_backends.delete",
        |client| client.http_response_backends().delete("a/b c").send().err(),
        "DELETE /backends/http_response/a%2Fb%20c",
        "",
    ),
    (
        "http_response_backends.get",
        |client| client.http_response_backends().get("a/b c").send().err(),
        "GET /backends/http_response/a%2Fb%20c",
        "",
    ),
    (
        "http_response_backends.update",
        |client| {
            client
                .http_response_backends()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .body("the body")
                .headers([("headers 1", "one"), ("headers 2", "two")])
                .status_code(1)
                .send()
                .err()
        },
        "PATCH /backends/http_response/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata", "body": "the body",
            "headers": {"headers 1": "one", "headers 2": "two"}, "status_code": 1}"#,
    ),
];

const STATIC_BACKENDS: &[Row] = &[
    (
        "static_backends.create",
        |client| {
            client
                .static_backends()
                .create("the address")
                .description("the description")
                .metadata("the metadata")
                .tls(StaticBackendTls::new().enabled(true))
                .send()
                .err()
        },
        "POST /backends/static",
        r#"{"address": "the address", "description": "the description", "metadata": "the metadata",
            "tls": {"enabled": true}}"#,
    ),
    (
        "static_backends.delete",
        |client| client.static_backends().delete("a/b c").send().err(),
        "DELETE /backends/static/a%2Fb%20c",
        "",
    ),
    (
        "static_backends.get",
        |client| client.static_backends().get("a/b c").send().err(),
        "GET /backends/static/a%2Fb%20c",
        "",
    ),
    (
        "static_backends.list",
        |client| client.static_backends().list().before_id("x&y").limit(7).send().err(),
        "GET /backends/static?before_id=x%26y&limit=7",
        "",
    ),
    (
        "static_backends.update",
        |client| {
            client
                .static_backends()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .address("the address")
                .tls(StaticBackendTls::new().enabled(true))
                .send()
                .err()
        },
        "PATCH /backends/static/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata", "address": "the address",
            "tls": {"enabled": true}}"#,
    ),
];

const TUNNEL_GROUP_BACKENDS: &[Row] = &[
    (
        "tunnel_group_backends.create",
        |client| {
            client
                .tunnel_group_backends()
                .create([("labels 1", "one"), ("labels 2", "two")])
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "POST /backends/tunnel_group",
        r#"{"labels": {"labels 1": "one", "labels 2": "two"}, "description": "the description",
            "metadata": "the metadata"}"#,
    ),
    (
        "tunnel_group_backends.delete",
        |client| client.tunnel_group_backends().delete("a/b c").send().err(),
        "DELETE /backends/tunnel_group/a%2Fb%20c",
        "",
    ),
    (
        "tunnel_group_backends.get",
        |client| client.tunnel_group_backends().get("a/b c").send().err(),
        "GET /backends/tunnel_group/a%2Fb%20c",
        "",
    ),
    (
        "tunnel_group_backends.list",
        |client| {
            client
                .tunnel_group_backends()
                .list()
                .before_id("x&y")
                .limit(7)
                .send()
                .err()
        },
        "GET /backends/tunnel_group?before_id=x%26y&limit=7",
        "",
    ),
    (
        "tunnel_group_backends.update",
        |client| {
            client
                .tunnel_group_backends()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .labels([("labels 1", "one"), ("labels 2", "two")])
                .send()
                .err()
        },
        "PATCH /backends/tunnel_group/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata", "labels": {"labels 1": "one",
            "labels 2": "two"}}"#,
    ),
];

const WEIGHTED_BACKENDS: &[Row] = &[
    (
        "weighted_backends.create",
        |client| {
            client
                .weighted_backends()
                .create([("backends 1", 1), ("backends 2", 2)])
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "POST /backends/weighted",
        r#"{"backends": {"backends 1": 1, "backends 2": 2}, "description": "the description",
            "metadata": "the metadata"}"#,
    ),
    (
        "weighted_backends.delete",
        |client| client.weighted_backends().delete("a/b c").send().err(),
        "DELETE /backends/weighted/a%2Fb%20c",
        "",
    ),
    (
        "weighted_backends.get",
        |client| client.weighted_backends().get("a/b c").send().err(),
        "GET /backends/weighted/a%2Fb%20c",
        "",
    ),
    (
        "weighted_backends.list",
        |client| client.weighted_backends().list().before_id("x&y").limit(7).send().err(),
        "GET /backends/weighted?before_id=x%26y&limit=7",
        "",
    ),
    (
        "weighted_backends.update",
        |client| {
            client
                .weighted_backends()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .backends([("backends 1", 1), ("backends 2", 2)])
                .send()
                .err()
        },
        "PATCH /backends/weighted/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata", "backends": {"backends 1": 1,
            "backends 2": 2}}"#,
    ),
];
