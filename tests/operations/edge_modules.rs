//! Requests for modules of edges.

use generated_client::models::{
    EndpointBackendMutate, EndpointIpPolicyMutate, EndpointMutualTlsMutate, EndpointTlsTermination,
    EndpointTlsTerminationAtEdge, EndpointTlsTerminationTerminateAt, EndpointTrafficPolicy,
};

use super::Row;

pub const TABLES: &[&[Row]] = &[
    HTTPS_EDGE_MUTUAL_TLS_MODULE,
    HTTPS_EDGE_TLS_TERMINATION_MODULE,
    TCP_EDGE_BACKEND_MODULE,
    TCP_EDGE_IP_RESTRICTION_MODULE,
    TCP_EDGE_TRAFFIC_POLICY_MODULE,
    TLS_EDGE_BACKEND_MODULE,
    TLS_EDGE_IP_RESTRICTION_MODULE,
    TLS_EDGE_MUTUAL_TLS_MODULE,
    TLS_EDGE_TLS_TERMINATION_MODULE,
    TLS_EDGE_TRAFFIC_POLICY_MODULE,
];

const HTTPS_EDGE_MUTUAL_TLS_MODULE: &[Row] = &[
    (
        "https_edge_mutual_tls_module.replace",
        |client| {
            client
                .https_edge_mutual_tls_module()
                .replace(
                    "a/b c",
                    EndpointMutualTlsMutate::new(["certificate_authority_ids 1", "certificate_authority_ids 2"])
                        .enabled(true),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/mutual_tls",
        r#"{"certificate_authority_ids": ["certificate_authority_ids 1", "certificate_authority_ids 2"],
            "enabled": true}"#,
    ),
    (
        "https_edge_mutual_tls_module.get",
        |client| client.https_edge_mutual_tls_module().get("a/b c").send().err(),
        "GET /edges/https/a%2Fb%20c/mutual_tls",
        "",
    ),
    (
        "https_edge_mutual_tls_module.delete",
        |client| client.https_edge_mutual_tls_module().delete("a/b c").send().err(),
        "DELETE /edges/https/a%2Fb%20c/mutual_tls",
        "",
    ),
];

const HTTPS_EDGE_TLS_TERMINATION_MODULE: &[Row] = &[
    (
        "https_edge_tls_termination_module.replace",
        |client| {
            client
                .https_edge_tls_termination_module()
                .replace(
                    "a/b c",
                    EndpointTlsTerminationAtEdge::new()
                        .enabled(true)
                        .min_version("the min_version"),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/tls_termination",
        r#"{"enabled": true, "min_version": "the min_version"}"#,
    ),
    (
        "https_edge_tls_termination_module.get",
        |client| client.https_edge_tls_termination_module().get("a/b c").send().err(),
        "GET /edges/https/a%2Fb%20c/tls_termination",
        "",
    ),
    (
        "https_edge_tls_termination_module.delete",
        |client| client.https_edge_tls_termination_module().delete("a/b c").send().err(),
        "DELETE /edges/https/a%2Fb%20c/tls_termination",
        "",
    ),
];

const TCP_EDGE_BACKEND_MODULE: &[Row] = &[
    (
        "tcp_edge_backend_module.replace",
        |client| {
            client
                .tcp_edge_backend_module()
                .replace("a/b c", EndpointBackendMutate::new("the backend_id").enabled(true))
                .send()
                .err()
        },
        "PUT /edges/tcp/a%2Fb%20c/backend",
        r#"{"backend_id": "the backend_id", "enabled": true}"#,
    ),
    (
        "tcp_edge_backend_module.get",
        |client| client.tcp_edge_backend_module().get("a/b c").send().err(),
        "GET /edges/tcp/a%2Fb%20c/backend",
        "",
    ),
    (
        "tcp_edge_backend_module.delete",
        |client| client.tcp_edge_backend_module().delete("a/b c").send().err(),
        "DELETE /edges/tcp/a%2Fb%20c/backend",
        "",
    ),
];

const TCP_EDGE_IP_RESTRICTION_MODULE: &[Row] = &[
    (
        "tcp_edge_ip_restriction_module.replace",
        |client| {
            client
                .tcp_edge_ip_restriction_module()
                .replace(
                    "a/b c",
                    EndpointIpPolicyMutate::new(["ip_policy_ids 1", "ip_policy_ids 2"]).enabled(true),
                )
                .send()
                .err()
        },
        "PUT /edges/tcp/a%2Fb%20c/ip_restriction",
        r#"{"ip_policy_ids": ["ip_policy_ids 1", "ip_policy_ids 2"], "enabled": true}"#,
    ),
    (
        "tcp_edge_ip_restriction_module.get",
        |client| client.tcp_edge_ip_restriction_module().get("a/b c").send().err(),
        "GET /edges/tcp/a%2Fb%20c/ip_restriction",
        "",
    ),
    (
        "tcp_edge_ip_restriction_module.delete",
        |client| client.tcp_edge_ip_restriction_module().delete("a/b c").send().err(),
        "DELETE /edges/tcp/a%2Fb%20c/ip_restriction",
        "",
    ),
];

const TCP_EDGE_TRAFFIC_POLICY_MODULE: &[Row] = &[
    (
        "tcp_edge_traffic_policy_module.replace",
        |client| {
            client
                .tcp_edge_traffic_policy_module()
                .replace("a/b c", EndpointTrafficPolicy::new("the value").enabled(true))
                .send()
                .err()
        },
        "PUT /edges/tcp/a%2Fb%20c/traffic_policy",
        r#"{"value": "the value", "enabled": true}"#,
    ),
    (
        "tcp_edge_traffic_policy_module.get",
        |client| client.tcp_edge_traffic_policy_module().get("a/b c").send().err(),
        "GET /edges/tcp/a%2Fb%20c/traffic_policy",
        "",
    ),
    (
        "tcp_edge_traffic_policy_module.delete",
        |client| client.tcp_edge_traffic_policy_module().delete("a/b c").send().err(),
        "DELETE /edges/tcp/a%2Fb%20c/traffic_policy",
        "",
    ),
];

const TLS_EDGE_BACKEND_MODULE: &[Row] = &[
    (
        "tls_edge_backend_module.replace",
        |client| {
            client
                .tls_edge_backend_module()
                .replace("a/b c", EndpointBackendMutate::new("the backend_id").enabled(true))
                .send()
                .err()
        },
        "PUT /edges/tls/a%2Fb%20c/backend",
        r#"{"backend_id": "the backend_id", "enabled": true}"#,
    ),
    (
        "tls_edge_backend_module.get",
        |client| client.tls_edge_backend_module().get("a/b c").send().err(),
        "GET /edges/tls/a%2Fb%20c/backend",
        "",
    ),
    (
        "tls_edge_backend_module.delete",
        |client| client.tls_edge_backend_module().delete("a/b c").send().err(),
        "DELETE /edges/tls/a%2Fb%20c/backend",
        "",
    ),
];

const TLS_EDGE_IP_RESTRICTION_MODULE: &[Row] = &[
    (
        "tls_edge_ip_restriction_module.replace",
        |client| {
            client
                .tls_edge_ip_restriction_module()
                .replace(
                    "a/b c",
                    EndpointIpPolicyMutate::new(["ip_policy_ids 1", "ip_policy_ids 2"]).enabled(true),
                )
                .send()
                .err()
        },
        "PUT /edges/tls/a%2Fb%20c/ip_restriction",
        r#"{"ip_policy_ids": ["ip_policy_ids 1", "ip_policy_ids 2"], "enabled": true}"#,
    ),
    (
        "tls_edge_ip_restriction_module.get",
        |client| client.tls_edge_ip_restriction_module().get("a/b c").send().err(),
        "GET /edges/tls/a%2Fb%20c/ip_restriction",
        "",
    ),
    (
        "tls_edge_ip_restriction_module.delete",
        |client| client.tls_edge_ip_restriction_module().delete("a/b c").send().err(),
        "DELETE /edges/tls/a%2Fb%20c/ip_restriction",
        "",
    ),
];

const TLS_EDGE_MUTUAL_TLS_MODULE: &[Row] = &[
    (
        "tls_edge_mutual_tls_module.replace",
        |client| {
            client
                .tls_edge_mutual_tls_module()
                .replace(
                    "a/b c",
                    EndpointMutualTlsMutate::new(["certificate_authority_ids 1", "certificate_authority_ids 2"])
                        .enabled(true),
                )
                .send()
                .err()
        },
        "PUT /edges/tls/a%2Fb%20c/mutual_tls",
        r#"{"certificate_authority_ids": ["certificate_authority_ids 1", "certificate_authority_ids 2"],
            "enabled": true}"#,
    ),
    (
        "tls_edge_mutual_tls_module.get",
        |client| client.tls_edge_mutual_tls_module().get("a/b c").send().err(),
        "GET /edges/tls/a%2Fb%20c/mutual_tls",
        "",
    ),
    (
        "tls_edge_mutual_tls_module.delete",
        |client| client.tls_edge_mutual_tls_module().delete("a/b c").send().err(),
        "DELETE /edges/tls/a%2Fb%20c/mutual_tls",
        "",
    ),
];

const TLS_EDGE_TLS_TERMINATION_MODULE: &[Row] = &[
    (
        "tls_edge_tls_termination_module.replace",
        |client| {
            client
                .tls_edge_tls_termination_module()
                .replace(
                    "a/b c",
                    EndpointTlsTermination::new(EndpointTlsTerminationTerminateAt::Upstream)
                        .enabled(true)
                        .min_version("the min_version"),
                )
                .send()
                .err()
        },
        "PUT /edges/tls/a%2Fb%20c/tls_termination",
        r#"{"terminate_at": "upstream", "enabled": true, "min_version": "the min_version"}"#,
    ),
    (
        "tls_edge_tls_termination_module.get",
        |client| client.tls_edge_tls_termination_module().get("a/b c").send().err(),
        "GET /edges/tls/a%2Fb%20c/tls_termination",
        "",
    ),
    (
        "tls_edge_tls_termination_module.delete",
        |client| client.tls_edge_tls_termination_module().delete("a/b c").send().err(),
        "DELETE /edges/tls/a%2Fb%20c/tls_termination",
        "",
    ),
];

const TLS_EDGE_TRAFFIC_POLICY_MODULE: &[Row] = &[
    (
        "tls_edge_traffic_policy_module.replace",
        |client| {
            client
                .tls_edge_traffic_policy_module()
                .replace("a/b c", EndpointTrafficPolicy::new("the value").enabled(true))
                .send()
                .err()
        },
        "PUT /edges/tls/a%2Fb%20c/traffic_policy",
        r#"{"value": "the value", "enabled": true}"#,
    ),
    (
        "tls_edge_traffic_policy_module.get",
        |client| client.tls_edge_traffic_policy_module().get("a/b c").send().err(),
        "GET /edges/tls/a%2Fb%20c/traffic_policy",
        "",
    ),
    (
        "tls_edge_traffic_policy_module.delete",
        |client| client.tls_edge_traffic_policy_module().delete("a/b c").send().err(),
        "DELETE /edges/tls/a%2Fb%20c/traffic_policy",
        "",
    ),
];
