//! Requests for edges and their routes.

use generated_client::models::{
    EndpointBackendMutate, EndpointCircuitBreaker, EndpointCompression, EndpointIpPolicyMutate,
    EndpointMutualTlsMutate, EndpointOauth, EndpointOauthGithub, EndpointOauthProvider, EndpointOidc,
    EndpointRequestHeaders, EndpointResponseHeaders, EndpointSamlMutate, EndpointTlsTermination,
    EndpointTlsTerminationAtEdge, EndpointTlsTerminationTerminateAt, EndpointTrafficPolicy, EndpointUserAgentFilter,
    EndpointWebhookValidation, EndpointWebsocketTcpConverter, HttpsEdgeRouteMatchType,
};

use super::Row;

pub const TABLES: &[&[Row]] = &[EDGES_HTTPS, EDGES_HTTPS_ROUTES, EDGES_TCP, EDGES_TLS];

const EDGES_HTTPS: &[Row] = &[
    (
        "https_edges.create",
        |client| {
            client
                .https_edges()
                .create()
                .description("the description")
                .metadata("the metadata")
                .hostports(["hostports 1", "hostports 2"])
                .mutual_tls(
                    EndpointMutualTlsMutate::new(["certificate_authority_ids 1", "certificate_authority_ids 2"])
                        .enabled(true),
                )
                .tls_termination(
                    EndpointTlsTerminationAtEdge::new()
                        .enabled(false)
                        .min_version("the min_version"),
                )
                .send()
                .err()
        },
        "POST /edges/https",
        r#"{"description": "the description", "metadata": "the metadata", "hostports": ["hostports 1",
            "hostports 2"], "mutual_tls": {"certificate_authority_ids": ["certificate_authority_ids 1",
            "certificate_authority_ids 2"], "enabled": true}, "tls_termination": {"enabled": false,
            "min_version": "the min_version"}}"#,
    ),
    (
        "https_edges.get",
        |client| client.https_edges().get("a/b c").send().err(),
        "GET /edges/https/a%2Fb%20c",
        "",
    ),
    (
        "https_edges.list",
        |client| client.https_edges().list().before_id("x&y").limit(7).send().err(),
        "GET /edges/https?before_id=x%26y&limit=7",
        "",
    ),
    (
        "https_edges.update",
        |client| {
            client
                .https_edges()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .hostports(["hostports 1", "hostports 2"])
                .mutual_tls(
                    EndpointMutualTlsMutate::new(["certificate_authority_ids 1", "certificate_authority_ids 2"])
                        .enabled(true),
                )
                .tls_termination(
                    EndpointTlsTerminationAtEdge::new()
                        .enabled(false)
                        .min_version("the min_version"),
                )
                .send()
                .err()
        },
        "PATCH /edges/https/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata", "hostports": ["hostports 1",
            "hostports 2"], "mutual_tls": {"certificate_authority_ids": ["certificate_authority_ids 1",
            "certificate_authority_ids 2"], "enabled": true}, "tls_termination": {"enabled": false,
            "min_version": "the min_version"}}"#,
    ),
    (
        "https_edges.delete",
        |client| client.https_edges().delete("a/b c").send().err(),
        "DELETE /edges/https/a%2Fb%20c",
        "",
    ),
];

const EDGES_HTTPS_ROUTES: &[Row] = &[
    (
        "https_edge_routes.create",
        |client| {
            client
                .https_edge_routes()
                .create("a/b c", HttpsEdgeRouteMatchType::PathPrefix, "the match")
                .description("the description")
                .metadata("the metadata")
                .backend(EndpointBackendMutate::new("the backend_id").enabled(true))
                .ip_restriction(EndpointIpPolicyMutate::new(["ip_policy_ids 1", "ip_policy_ids 2"]).enabled(false))
                .circuit_breaker(
                    EndpointCircuitBreaker::new()
                        .enabled(true)
                        .tripped_duration(1)
                        .rolling_window(2)
                        .num_buckets(3)
                        .volume_threshold(4)
                        .error_threshold_percentage(5.5),
                )
                .compression(EndpointCompression::new().enabled(false))
                .request_headers(
                    EndpointRequestHeaders::new()
                        .enabled(true)
                        .add([("add 1", "one"), ("add 2", "two")])
                        .remove(["remove 1", "remove 2"]),
                )
                .response_headers(
                    EndpointResponseHeaders::new()
                        .enabled(false)
                        .add([("add 1", "one"), ("add 2", "two")])
                        .remove(["remove 1", "remove 2"]),
                )
                .webhook_verification(
                    EndpointWebhookValidation::new("the provider")
                        .enabled(true)
                        .secret("the secret"),
                )
                .oauth(
                    EndpointOauth::new(EndpointOauthProvider::Github(
                        EndpointOauthGithub::new()
                            .client_id("the client_id")
                            .client_secret("the client_secret")
                            .scopes(["scopes 1", "scopes 2"])
                            .email_addresses(["email_addresses 1", "email_addresses 2"])
                            .email_domains(["email_domains 1", "email_domains 2"])
                            .teams(["teams 1", "teams 2"])
                            .organizations(["organizations 1", "organizations 2"]),
                    ))
                    .enabled(false)
                    .options_passthrough(true)
                    .cookie_prefix("the cookie_prefix")
                    .inactivity_timeout(6)
                    .maximum_duration(7)
                    .auth_check_interval(8),
                )
                .saml(
                    EndpointSamlMutate::new("the idp_metadata")
                        .enabled(false)
                        .options_passthrough(true)
                        .cookie_prefix("the cookie_prefix")
                        .inactivity_timeout(9)
                        .maximum_duration(10)
                        .force_authn(false)
                        .allow_idp_initiated(true)
                        .authorized_groups(["authorized_groups 1", "authorized_groups 2"])
                        .nameid_format("the nameid_format"),
                )
                .oidc(
                    EndpointOidc::new("the issuer", "the client_id", "the client_secret")
                        .enabled(false)
                        .options_passthrough(true)
                        .cookie_prefix("the cookie_prefix")
                        .inactivity_timeout(11)
                        .maximum_duration(12)
                        .scopes(["scopes 1", "scopes 2"]),
                )
                .websocket_tcp_converter(EndpointWebsocketTcpConverter::new().enabled(false))
                .user_agent_filter(
                    EndpointUserAgentFilter::new()
                        .enabled(true)
                        .allow(["allow 1", "allow 2"])
                        .deny(["deny 1", "deny 2"]),
                )
                .traffic_policy(EndpointTrafficPolicy::new("the value").enabled(false))
                .send()
                .err()
        },
        "POST /edges/https/a%2Fb%20c/routes",
        r#"{"match_type": "path_prefix", "match": "the match", "description": "the description",
            "metadata": "the metadata", "backend": {"backend_id": "the backend_id", "enabled": true},
            "ip_restriction": {"ip_policy_ids": ["ip_policy_ids 1", "ip_policy_ids 2"], "enabled": false},
            "circuit_breaker": {"enabled": true, "tripped_duration": 1, "rolling_window": 2, "num_buckets": 3,
            "volume_threshold": 4, "error_threshold_percentage": 5.5}, "compression": {"enabled": false},
            "request_headers": {"enabled": true, "add": {"add 1": "one", "add 2": "two"}, "remove": ["remove 1",
            "remove 2"]}, "response_headers": {"enabled": false, "add": {"add 1": "one", "add 2": "two"},
            "remove": ["remove 1", "remove 2"]}, "webhook_verification": {"provider": "the provider",
            "enabled": true, "secret": "the secret"},
            "oauth": {"provider": {"github": {"client_id": "the client_id", "client_secret": "the client_secret",
            "scopes": ["scopes 1", "scopes 2"], "email_addresses": ["email_addresses 1", "email_addresses 2"],
            "email_domains": ["email_domains 1", "email_domains 2"], "teams": ["teams 1", "teams 2"],
            "organizations": ["organizations 1", "organizations 2"]}}, "enabled": false,
            "options_passthrough": true, "cookie_prefix": "the cookie_prefix", "inactivity_timeout": 6,
            "maximum_duration": 7, "auth_check_interval": 8}, "saml": {"idp_metadata": "the idp_metadata",
            "enabled": false, "options_passthrough": true, "cookie_prefix": "the cookie_prefix",
            "inactivity_timeout": 9, "maximum_duration": 10, "allow_idp_initiated": true,
            "authorized_groups": ["authorized_groups 1", "authorized_groups 2"],
            "nameid_format": "the nameid_format"}, "oidc": {"issuer": "the issuer", "client_id": "the client_id",
            "client_secret": "the client_secret", "enabled": false, "options_passthrough": true,
            "cookie_prefix": "the cookie_prefix", "inactivity_timeout": 11, "maximum_duration": 12,
            "scopes": ["scopes 1", "scopes 2"]}, "websocket_tcp_converter": {"enabled": false},
            "user_agent_filter": {"enabled": true, "allow": ["allow 1", "allow 2"], "deny": ["deny 1",
            "deny 2"]}, "traffic_policy": {"value": "the value", "enabled": false}}"#,
    ),
    (
        "https_edge_routes.get",
        |client| client.https_edge_routes().get("a/b c", "d?é#").send().err(),
        "GET /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23",
        "",
    ),
    (
        "https_edge_routes.update",
        |client| {
            client
                .https_edge_routes()
                .update("a/b c", "d?é#")
                .match_type(HttpsEdgeRouteMatchType::PathPrefix)
                .r#match("the match")
                .description("the description")
                .metadata("the metadata")
                .backend(EndpointBackendMutate::new("the backend_id").enabled(true))
                .ip_restriction(EndpointIpPolicyMutate::new(["ip_policy_ids 1", "ip_policy_ids 2"]).enabled(false))
                .circuit_breaker(
                    EndpointCircuitBreaker::new()
                        .enabled(true)
                        .tripped_duration(1)
                        .rolling_window(2)
                        .num_buckets(3)
                        .volume_threshold(4)
                        .error_threshold_percentage(5.5),
                )
                .compression(EndpointCompression::new().enabled(false))
                .request_headers(
                    EndpointRequestHeaders::new()
                        .enabled(true)
                        .add([("add 1", "one"), ("add 2", "two")])
                        .remove(["remove 1", "remove 2"]),
                )
                .response_headers(
                    EndpointResponseHeaders::new()
                        .enabled(false)
                        .add([("add 1", "one"), ("add 2", "two")])
                        .remove(["remove 1", "remove 2"]),
                )
                .webhook_verification(
                    EndpointWebhookValidation::new("the provider")
                        .enabled(true)
                        .secret("the secret"),
                )
                .oauth(
                    EndpointOauth::new(EndpointOauthProvider::Github(
                        EndpointOauthGithub::new()
                            .client_id("the client_id")
                            .client_secret("the client_secret")
                            .scopes(["scopes 1", "scopes 2"])
                            .email_addresses(["email_addresses 1", "email_addresses 2"])
                            .email_domains(["email_domains 1", "email_domains 2"])
                            .teams(["teams 1", "teams 2"])
                            .organizations(["organizations 1", "organizations 2"]),
                    ))
                    .enabled(false)
                    .options_passthrough(true)
                    .cookie_prefix("the cookie_prefix")
                    .inactivity_timeout(6)
                    .maximum_duration(7)
                    .auth_check_interval(8),
                )
                .saml(
                    EndpointSamlMutate::new("the idp_metadata")
                        .enabled(false)
                        .options_passthrough(true)
                        .cookie_prefix("the cookie_prefix")
                        .inactivity_timeout(9)
                        .maximum_duration(10)
                        .force_authn(false)
                        .allow_idp_initiated(true)
                        .authorized_groups(["authorized_groups 1", "authorized_groups 2"])
                        .nameid_format("the nameid_format"),
                )
                .oidc(
                    EndpointOidc::new("the issuer", "the client_id", "the client_secret")
                        .enabled(false)
                        .options_passthrough(true)
                        .cookie_prefix("the cookie_prefix")
                        .inactivity_timeout(11)
                        .maximum_duration(12)
                        .scopes(["scopes 1", "scopes 2"]),
                )
                .websocket_tcp_converter(EndpointWebsocketTcpConverter::new().enabled(false))
                .user_agent_filter(
                    EndpointUserAgentFilter::new()
                        .enabled(true)
                        .allow(["allow 1", "allow 2"])
                        .deny(["deny 1", "deny 2"]),
                )
                .traffic_policy(EndpointTrafficPolicy::new("the value").enabled(false))
                .send()
                .err()
        },
        "PATCH /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23",
        r#"{"match_type": "path_prefix", "match": "the match", "description": "the description",
            "metadata": "the metadata", "backend": {"backend_id": "the backend_id", "enabled": true},
            "ip_restriction": {"ip_policy_ids": ["ip_policy_ids 1", "ip_policy_ids 2"], "enabled": false},
            "circuit_breaker": {"enabled": true, "tripped_duration": 1, "rolling_window": 2, "num_buckets": 3,
            "volume_threshold": 4, "error_threshold_percentage": 5.5}, "compression": {"enabled": false},
            "request_headers": {"enabled": true, "add": {"add 1": "one", "add 2": "two"}, "remove": ["remove 1",
            "remove 2"]}, "response_headers": {"enabled": false, "add": {"add 1": "one", "add 2": "two"},
            "remove": ["remove 1", "remove 2"]}, "webhook_verification": {"provider": "the provider",
            "enabled": true, "secret": "the secret"},
            "oauth": {"provider": {"github": {"client_id": "the client_id", "client_secret": "the client_secret",
            "scopes": ["scopes 1", "scopes 2"], "email_addresses": ["email_addresses 1", "email_addresses 2"],
            "email_domains": ["email_domains 1", "email_domains 2"], "teams": ["teams 1", "teams 2"],
            "organizations": ["organizations 1", "organizations 2"]}}, "enabled": false,
            "options_passthrough": true, "cookie_prefix": "the cookie_prefix", "inactivity_timeout": 6,
            "maximum_duration": 7, "auth_check_interval": 8}, "saml": {"idp_metadata": "the idp_metadata",
            "enabled": false, "options_passthrough": true, "cookie_prefix": "the cookie_prefix",
            "inactivity_timeout": 9, "maximum_duration": 10, "allow_idp_initiated": true,
            "authorized_groups": ["authorized_groups 1", "authorized_groups 2"],
            "nameid_format": "the nameid_format"}, "oidc": {"issuer": "the issuer", "client_id": "the client_id",
            "client_secret": "the client_secret", "enabled": false, "options_passthrough": true,
            "cookie_prefix": "the cookie_prefix", "inactivity_timeout": 11, "maximum_duration": 12,
            "scopes": ["scopes 1", "scopes 2"]}, "websocket_tcp_converter": {"enabled": false},
            "user_agent_filter": {"enabled": true, "allow": ["allow 1", "allow 2"], "deny": ["deny 1",
            "deny 2"]}, "traffic_policy": {"value": "the value", "enabled": false}}"#,
    ),
    (
        "https_edge_routes.delete",
        |client| client.https_edge_routes().delete("a/b c", "d?é#").send().err(),
        "DELETE /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23",
        "",
    ),
];

const EDGES_TCP: &[Row] = &[
    (
        "tcp_edges.create",
        |client| {
            client
                .tcp_edges()
                .create()
                .description("the description")
                .metadata("the metadata")
                .hostports(["hostports 1", "hostports 2"])
                .backend(EndpointBackendMutate::new("the backend_id").enabled(true))
                .ip_restriction(EndpointIpPolicyMutate::new(["ip_policy_ids 1", "ip_policy_ids 2"]).enabled(false))
                .traffic_policy(EndpointTrafficPolicy::new("the value").enabled(true))
                .send()
                .err()
        },
        "POST /edges/tcp",
        r#"{"description": "the description", "metadata": "the metadata", "hostports": ["hostports 1",
            "hostports 2"], "backend": {"backend_id": "the backend_id", "enabled": true},
            "ip_restriction": {"ip_policy_ids": ["ip_policy_ids 1", "ip_policy_ids 2"], "enabled": false},
            "traffic_policy": {"value": "the value", "enabled": true}}"#,
    ),
    (
        "tcp_edges.get",
        |client| client.tcp_edges().get("a/b c").send().err(),
        "GET /edges/tcp/a%2Fb%20c",
        "",
    ),
    (
        "tcp_edges.list",
        |client| client.tcp_edges().list().before_id("x&y").limit(7).send().err(),
        "GET /edges/tcp?before_id=x%26y&limit=7",
        "",
    ),
    (
        "tcp_edges.update",
        |client| {
            client
                .tcp_edges()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .hostports(["hostports 1", "hostports 2"])
                .backend(EndpointBackendMutate::new("the backend_id").enabled(true))
                .ip_restriction(EndpointIpPolicyMutate::new(["ip_policy_ids 1", "ip_policy_ids 2"]).enabled(false))
                .traffic_policy(EndpointTrafficPolicy::new("the value").enabled(true))
                .send()
                .err()
        },
        "PATCH /edges/tcp/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata", "hostports": ["hostports 1",
            "hostports 2"], "backend": {"backend_id": "the backend_id", "enabled": true},
            "ip_restriction": {"ip_policy_ids": ["ip_policy_ids 1", "ip_policy_ids 2"], "enabled": false},
            "traffic_policy": {"value": "the value", "enabled": true}}"#,
    ),
    (
        "tcp_edges.delete",
        |client| client.tcp_edges().delete("a/b c").send().err(),
        "DELETE /edges/tcp/a%2Fb%20c",
        "",
    ),
];

const EDGES_TLS: &[Row] = &[
    (
        "tls_edges.create",
        |client| {
            client
                .tls_edges()
                .create()
                .description("the description")
                .metadata("the metadata")
                .hostports(["hostports 1", "hostports 2"])
                .backend(EndpointBackendMutate::new("the backend_id").enabled(true))
                .ip_restriction(EndpointIpPolicyMutate::new(["ip_policy_ids 1", "ip_policy_ids 2"]).enabled(false))
                .mutual_tls(
                    EndpointMutualTlsMutate::new(["certificate_authority_ids 1", "certificate_authority_ids 2"])
                        .enabled(true),
                )
                .tls_termination(
                    EndpointTlsTermination::new(EndpointTlsTerminationTerminateAt::Upstream)
                        .enabled(false)
                        .min_version("the min_version"),
                )
                .traffic_policy(EndpointTrafficPolicy::new("the value").enabled(true))
                .send()
                .err()
        },
        "POST /edges/tls",
        r#"{"description": "the description", "metadata": "the metadata", "hostports": ["hostports 1",
            "hostports 2"], "backend": {"backend_id": "the backend_id", "enabled": true},
            "ip_restriction": {"ip_policy_ids": ["ip_policy_ids 1", "ip_policy_ids 2"], "enabled": false},
            "mutual_tls": {"certificate_authority_ids": ["certificate_authority_ids 1",
            "certificate_authority_ids 2"], "enabled": true}, "tls_termination": {"terminate_at": "upstream",
            "enabled": false, "min_version": "the min_version"}, "traffic_policy": {"value": "the value",
            "enabled": true}}"#,
    ),
    (
        "tls_edges.get",
        |client| client.tls_edges().get("a/b c").send().err(),
        "GET /edges/tls/a%2Fb%20c",
        "",
    ),
    (
        "tls_edges.list",
        |client| client.tls_edges().list().before_id("x&y").limit(7).send().err(),
        "GET /edges/tls?before_id=x%26y&limit=7",
        "",
    ),
    (
        "tls_edges.update",
        |client| {
            client
                .tls_edges()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .hostports(["hostports 1", "hostports 2"])
                .backend(EndpointBackendMutate::new("the backend_id").enabled(true))
                .ip_restriction(EndpointIpPolicyMutate::new(["ip_policy_ids 1", "ip_policy_ids 2"]).enabled(false))
                .mutual_tls(
                    EndpointMutualTlsMutate::new(["certificate_authority_ids 1", "certificate_authority_ids 2"])
                        .enabled(true),
                )
                .tls_termination(
                    EndpointTlsTermination::new(EndpointTlsTerminationTerminateAt::Upstream)
                        .enabled(false)
                        .min_version("the min_version"),
                )
                .traffic_policy(EndpointTrafficPolicy::new("the value").enabled(true))
                .send()
                .err()
        },
        "PATCH /edges/tls/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata", "hostports": ["hostports 1",
            "hostports 2"], "backend": {"backend_id": "the backend_id", "enabled": true},
            "ip_restriction": {"ip_policy_ids": ["ip_policy_ids 1", "ip_policy_ids 2"], "enabled": false},
            "mutual_tls": {"certificate_authority_ids": ["certificate_authority_ids 1",
            "certificate_authority_ids 2"], "enabled": true}, "tls_termination": {"terminate_at": "upstream",
            "enabled": false, "min_version": "the min_version"}, "traffic_policy": {"value": "the value",
            "enabled": true}}"#,
    ),
    (
        "tls_edges.delete",
        |client| client.tls_edges().delete("a/b c").send().err(),
        "DELETE /edges/tls/a%2Fb%20c",
        "",
    ),
];
