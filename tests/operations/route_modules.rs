//! Requests for modules of routes.

use generated_client::models::{
    EndpointBackendMutate, EndpointCircuitBreaker, EndpointCompression, EndpointIpPolicyMutate, EndpointOauth,
    EndpointOauthAmazon, EndpointOauthFacebook, EndpointOauthGithub, EndpointOauthGitlab, EndpointOauthGoogle,
    EndpointOauthLinkedin, EndpointOauthMicrosoft, EndpointOauthProvider, EndpointOauthTwitch, EndpointOidc,
    EndpointRequestHeaders, EndpointResponseHeaders, EndpointSamlMutate, EndpointTrafficPolicy,
    EndpointUserAgentFilter, EndpointWebhookValidation, EndpointWebsocketTcpConverter,
};

use super::Row;

pub const TABLES: &[&[Row]] = &[
    EDGE_ROUTE_BACKEND_MODULE,
    EDGE_ROUTE_CIRCUIT_BREAKER_MODULE,
    EDGE_ROUTE_COMPRESSION_MODULE,
    EDGE_ROUTE_IP_RESTRICTION_MODULE,
    EDGE_ROUTE_OAUTH_MODULE,
    EDGE_ROUTE_OIDC_MODULE,
    EDGE_ROUTE_REQUEST_HEADERS_MODULE,
    EDGE_ROUTE_RESPONSE_HEADERS_MODULE,
    EDGE_ROUTE_SAML_MODULE,
    EDGE_ROUTE_TRAFFIC_POLICY_MODULE,
    EDGE_ROUTE_USER_AGENT_FILTER_MODULE,
    EDGE_ROUTE_WEBHOOK_VERIFICATION_MODULE,
    EDGE_ROUTE_WEBSOCKET_TCP_CONVERTER_MODULE,
];

const EDGE_ROUTE_BACKEND_MODULE: &[Row] = &[
    (
        "edge_route_backend_module.replace",
        |client| {
            client
                .edge_route_backend_module()
                .replace(
                    "a/b c",
                    "d?é#",
                    EndpointBackendMutate::new("the backend_id").enabled(true),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/backend",
        r#"{"backend_id": "the backend_id", "enabled": true}"#,
    ),
    (
        "edge_route_backend_module.get",
        |client| client.edge_route_backend_module().get("a/b c", "d?é#").send().err(),
        "GET /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/backend",
        "",
    ),
    (
        "edge_route_backend_module.delete",
        |client| client.edge_route_backend_module().delete("a/b c", "d?é#").send().err(),
        "DELETE /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/backend",
        "",
    ),
];

const EDGE_ROUTE_CIRCUIT_BREAKER_MODULE: &[Row] = &[
    (
        "edge_route_circuit_breaker_module.replace",
        |client| {
            client
                .edge_route_circuit_breaker_module()
                .replace(
                    "a/b c",
                    "d?é#",
                    EndpointCircuitBreaker::new()
                        .enabled(true)
                        .tripped_duration(1)
                        .rolling_window(2)
                        .num_buckets(3)
                        .volume_threshold(4)
                        .error_threshold_percentage(5.5),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/circuit_breaker",
        r#"{"enabled": true, "tripped_duration": 1, "rolling_window": 2, "num_buckets": 3,
            "volume_threshold": 4, "error_threshold_percentage": 5.5}"#,
    ),
    (
        "edge_route_circuit_breaker_module.get",
        |client| {
            client
                .edge_route_circuit_breaker_module()
                .get("a/b c", "d?é#")
                .send()
                .err()
        },
        "GET /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/circuit_breaker",
        "",
    ),
    (
        "edge_route_circuit_breaker_module.delete",
        |client| {
            client
                .edge_route_circuit_breaker_module()
                .delete("a/b c", "d?é#")
                .send()
                .err()
        },
        "DELETE /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/circuit_breaker",
        "",
    ),
];

const EDGE_ROUTE_COMPRESSION_MODULE: &[Row] = &[
    (
        "edge_route_compression_module.replace",
        |client| {
            client
                .edge_route_compression_module()
                .replace("a/b c", "d?é#", EndpointCompression::new().enabled(true))
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/compression",
        r#"{"enabled": true}"#,
    ),
    (
        "edge_route_compression_module.get",
        |client| client.edge_route_compression_module().get("a/b c", "d?é#").send().err(),
        "GET /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/compression",
        "",
    ),
    (
        "edge_route_compression_module.delete",
        |client| {
            client
                .edge_route_compression_module()
                .delete("a/b c", "d?é#")
                .send()
                .err()
        },
        "DELETE /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/compression",
        "",
    ),
];

const EDGE_ROUTE_IP_RESTRICTION_MODULE: &[Row] = &[
    (
        "edge_route_ip_restriction_module.replace",
        |client| {
            client
                .edge_route_ip_restriction_module()
                .replace(
                    "a/b c",
                    "d?é#",
                    EndpointIpPolicyMutate::new(["ip_policy_ids 1", "ip_policy_ids 2"]).enabled(true),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/ip_restriction",
        r#"{"ip_policy_ids": ["ip_policy_ids 1", "ip_policy_ids 2"], "enabled": true}"#,
    ),
    (
        "edge_route_ip_restriction_module.get",
        |client| {
            client
                .edge_route_ip_restriction_module()
                .get("a/b c", "d?é#")
                .send()
                .err()
        },
        "GET /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/ip_restriction",
        "",
    ),
    (
        "edge_route_ip_restriction_module.delete",
        |client| {
            client
                .edge_route_ip_restriction_module()
                .delete("a/b c", "d?é#")
                .send()
                .err()
        },
        "DELETE /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/ip_restriction",
        "",
    ),
];

const EDGE_ROUTE_OAUTH_MODULE: &[Row] = &[
    (
        "edge_route_oauth_module.replace",
        |client| {
            client
                .edge_route_oauth_module()
                .replace(
                    "a/b c",
                    "d?é#",
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
                    .enabled(true)
                    .options_passthrough(false)
                    .cookie_prefix("the cookie_prefix")
                    .inactivity_timeout(1)
                    .maximum_duration(2)
                    .auth_check_interval(3),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/oauth",
        r#"{"provider": {"github": {"client_id": "the client_id", "client_secret": "the client_secret",
            "scopes": ["scopes 1", "scopes 2"], "email_addresses": ["email_addresses 1", "email_addresses 2"],
            "email_domains": ["email_domains 1", "email_domains 2"], "teams": ["teams 1", "teams 2"],
            "organizations": ["organizations 1", "organizations 2"]}}, "enabled": true,
            "cookie_prefix": "the cookie_prefix", "inactivity_timeout": 1, "maximum_duration": 2,
            "auth_check_interval": 3}"#,
    ),
    (
        "edge_route_oauth_module.replace",
        |client| {
            client
                .edge_route_oauth_module()
                .replace(
                    "a/b c",
                    "d?é#",
                    EndpointOauth::new(EndpointOauthProvider::Facebook(
                        EndpointOauthFacebook::new()
                            .client_id("the client_id")
                            .client_secret("the client_secret")
                            .scopes(["scopes 1", "scopes 2"])
                            .email_addresses(["email_addresses 1", "email_addresses 2"])
                            .email_domains(["email_domains 1", "email_domains 2"]),
                    ))
                    .enabled(true)
                    .options_passthrough(false)
                    .cookie_prefix("the cookie_prefix")
                    .inactivity_timeout(1)
                    .maximum_duration(2)
                    .auth_check_interval(3),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/oauth",
        r#"{"provider": {"facebook": {"client_id": "the client_id", "client_secret": "the client_secret",
            "scopes": ["scopes 1", "scopes 2"], "email_addresses": ["email_addresses 1", "email_addresses 2"],
            "email_domains": ["email_domains 1", "email_domains 2"]}}, "enabled": true,
            "cookie_prefix": "the cookie_prefix", "inactivity_timeout": 1, "maximum_duration": 2,
            "auth_check_interval": 3}"#,
    ),
    (
        "edge_route_oauth_module.replace",
        |client| {
            client
                .edge_route_oauth_module()
                .replace(
                    "a/b c",
                    "d?é#",
                    EndpointOauth::new(EndpointOauthProvider::Microsoft(
                        EndpointOauthMicrosoft::new()
                            .client_id("the client_id")
                            .client_secret("the client_secret")
                            .scopes(["scopes 1", "scopes 2"])
                            .email_addresses(["email_addresses 1", "email_addresses 2"])
                            .email_domains(["email_domains 1", "email_domains 2"]),
                    ))
                    .enabled(true)
                    .options_passthrough(false)
                    .cookie_prefix("the cookie_prefix")
                    .inactivity_timeout(1)
                    .maximum_duration(2)
                    .auth_check_interval(3),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/oauth",
        r#"{"provider": {"microsoft": {"client_id": "the client_id", "client_secret": "the client_secret",
            "scopes": ["scopes 1", "scopes 2"], "email_addresses": ["email_addresses 1", "email_addresses 2"],
            "email_domains": ["email_domains 1", "email_domains 2"]}}, "enabled": true,
            "cookie_prefix": "the cookie_prefix", "inactivity_timeout": 1, "maximum_duration": 2,
            "auth_check_interval": 3}"#,
    ),
    (
        "edge_route_oauth_module.replace",
        |client| {
            client
                .edge_route_oauth_module()
                .replace(
                    "a/b c",
                    "d?é#",
                    EndpointOauth::new(EndpointOauthProvider::Google(
                        EndpointOauthGoogle::new()
                            .client_id("the client_id")
                            .client_secret("the client_secret")
                            .scopes(["scopes 1", "scopes 2"])
                            .email_addresses(["email_addresses 1", "email_addresses 2"])
                            .email_domains(["email_domains 1", "email_domains 2"]),
                    ))
                    .enabled(true)
                    .options_passthrough(false)
                    .cookie_prefix("the cookie_prefix")
                    .inactivity_timeout(1)
                    .maximum_duration(2)
                    .auth_check_interval(3),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/oauth",
        r#"{"provider": {"google": {"client_id": "the client_id", "client_secret": "the client_secret",
            "scopes": ["scopes 1", "scopes 2"], "email_addresses": ["email_addresses 1", "email_addresses 2"],
            "email_domains": ["email_domains 1", "email_domains 2"]}}, "enabled": true,
            "cookie_prefix": "the cookie_prefix", "inactivity_timeout": 1, "maximum_duration": 2,
            "auth_check_interval": 3}"#,
    ),
    (
        "edge_route_oauth_module.replace",
        |client| {
            client
                .edge_route_oauth_module()
                .replace(
                    "a/b c",
                    "d?é#",
                    EndpointOauth::new(EndpointOauthProvider::Linkedin(
                        EndpointOauthLinkedin::new()
                            .client_id("the client_id")
                            .client_secret("the client_secret")
                            .scopes(["scopes 1", "scopes 2"])
                            .email_addresses(["email_addresses 1", "email_addresses 2"])
                            .email_domains(["email_domains 1", "email_domains 2"]),
                    ))
                    .enabled(true)
                    .options_passthrough(false)
                    .cookie_prefix("the cookie_prefix")
                    .inactivity_timeout(1)
                    .maximum_duration(2)
                    .auth_check_interval(3),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/oauth",
        r#"{"provider": {"linkedin": {"client_id": "the client_id", "client_secret": "the client_secret",
            "scopes": ["scopes 1", "scopes 2"], "email_addresses": ["email_addresses 1", "email_addresses 2"],
            "email_domains": ["email_domains 1", "email_domains 2"]}}, "enabled": true,
            "cookie_prefix": "the cookie_prefix", "inactivity_timeout": 1, "maximum_duration": 2,
            "auth_check_interval": 3}"#,
    ),
    (
        "edge_route_oauth_module.replace",
        |client| {
            client
                .edge_route_oauth_module()
                .replace(
                    "a/b c",
                    "d?é#",
                    EndpointOauth::new(EndpointOauthProvider::Gitlab(
                        EndpointOauthGitlab::new()
                            .client_id("the client_id")
                            .client_secret("the client_secret")
                            .scopes(["scopes 1", "scopes 2"])
                            .email_addresses(["email_addresses 1", "email_addresses 2"])
                            .email_domains(["email_domains 1", "email_domains 2"]),
                    ))
                    .enabled(true)
                    .options_passthrough(false)
                    .cookie_prefix("the cookie_prefix")
                    .inactivity_timeout(1)
                    .maximum_duration(2)
                    .auth_check_interval(3),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/oauth",
        r#"{"provider": {"gitlab": {"client_id": "the client_id", "client_secret": "the client_secret",
            "scopes": ["scopes 1", "scopes 2"], "email_addresses": ["email_addresses 1", "email_addresses 2"],
            "email_domains": ["email_domains 1", "email_domains 2"]}}, "enabled": true,
            "cookie_prefix": "the cookie_prefix", "inactivity_timeout": 1, "maximum_duration": 2,
            "auth_check_interval": 3}"#,
    ),
    (
        "edge_route_oauth_module.replace",
        |client| {
            client
                .edge_route_oauth_module()
                .replace(
                    "a/b c",
                    "d?é#",
                    EndpointOauth::new(EndpointOauthProvider::Twitch(
                        EndpointOauthTwitch::new()
                            .client_id("the client_id")
                            .client_secret("the client_secret")
                            .scopes(["scopes 1", "scopes 2"])
                            .email_addresses(["email_addresses 1", "email_addresses 2"])
                            .email_domains(["email_domains 1", "email_domains 2"]),
                    ))
                    .enabled(true)
                    .options_passthrough(false)
                    .cookie_prefix("the cookie_prefix")
                    .inactivity_timeout(1)
                    .maximum_duration(2)
                    .auth_check_interval(3),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/oauth",
        r#"{"provider": {"twitch": {"client_id": "the client_id", "client_secret": "the client_secret",
            "scopes": ["scopes 1", "scopes 2"], "email_addresses": ["email_addresses 1", "email_addresses 2"],
            "email_domains": ["email_domains 1", "email_domains 2"]}}, "enabled": true,
            "cookie_prefix": "the cookie_prefix", "inactivity_timeout": 1, "maximum_duration": 2,
            "auth_check_interval": 3}"#,
    ),
    (
        "edge_route_oauth_module.replace",
        |client| {
            client
                .edge_route_oauth_module()
                .replace(
                    "a/b c",
                    "d?é#",
                    EndpointOauth::new(EndpointOauthProvider::Amazon(
                        EndpointOauthAmazon::new()
                            .client_id("the client_id")
                            .client_secret("the client_secret")
                            .scopes(["scopes 1", "scopes 2"])
                            .email_addresses(["email_addresses 1", "email_addresses 2"])
                            .email_domains(["email_domains 1", "email_domains 2"]),
                    ))
                    .enabled(true)
                    .options_passthrough(false)
                    .cookie_prefix("the cookie_prefix")
                    .inactivity_timeout(1)
                    .maximum_duration(2)
                    .auth_check_interval(3),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/oauth",
        r#"{"provider": {"amazon": {"client_id": "the client_id", "client_secret": "the client_secret",
            "scopes": ["scopes 1", "scopes 2"], "email_addresses": ["email_addresses 1", "email_addresses 2"],
            "email_domains": ["email_domains 1", "email_domains 2"]}}, "enabled": true,
            "cookie_prefix": "the cookie_prefix", "inactivity_timeout": 1, "maximum_duration": 2,
            "auth_check_interval": 3}"#,
    ),
    (
        "edge_route_oauth_module.get",
        |client| client.edge_route_oauth_module().get("a/b c", "d?é#").send().err(),
        "GET /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/oauth",
        "",
    ),
    (
        "edge_route_oauth_module.delete",
        |client| client.edge_route_oauth_module().delete("a/b c", "d?é#").send().err(),
        "DELETE /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/oauth",
        "",
    ),
];

const EDGE_ROUTE_OIDC_MODULE: &[Row] = &[
    (
        "edge_route_oidc_module.replace",
        |client| {
            client
                .edge_route_oidc_module()
                .replace(
                    "a/b c",
                    "d?é#",
                    EndpointOidc::new("the issuer", "the client_id", "the client_secret")
                        .enabled(true)
                        .options_passthrough(false)
                        .cookie_prefix("the cookie_prefix")
                        .inactivity_timeout(1)
                        .maximum_duration(2)
                        .scopes(["scopes 1", "scopes 2"]),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/oidc",
        r#"{"issuer": "the issuer", "client_id": "the client_id", "client_secret": "the client_secret",
            "enabled": true, "cookie_prefix": "the cookie_prefix", "inactivity_timeout": 1,
            "maximum_duration": 2, "scopes": ["scopes 1", "scopes 2"]}"#,
    ),
    (
        "edge_route_oidc_module.get",
        |client| client.edge_route_oidc_module().get("a/b c", "d?é#").send().err(),
        "GET /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/oidc",
        "",
    ),
    (
        "edge_route_oidc_module.delete",
        |client| client.edge_route_oidc_module().delete("a/b c", "d?é#").send().err(),
        "DELETE /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/oidc",
        "",
    ),
];

const EDGE_ROUTE_REQUEST_HEADERS_MODULE: &[Row] = &[
    (
        "edge_route_request_headers_module.replace",
        |client| {
            client
                .edge_route_request_headers_module()
                .replace(
                    "a/b c",
                    "d?é#",
                    EndpointRequestHeaders::new()
                        .enabled(true)
                        .add([("add 1", "one"), ("add 2", "two")])
                        .remove(["remove 1", "remove 2"]),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/request_headers",
        r#"{"enabled": true, "add": {"add 1": "one", "add 2": "two"}, "remove": ["remove 1", "remove 2"]}"#,
    ),
    (
        "edge_route_request_headers_module.get",
        |client| {
            client
                .edge_route_request_headers_module()
                .get("a/b c", "d?é#")
                .send()
                .err()
        },
        "GET /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/request_headers",
        "",
    ),
    (
        "edge_route_request_headers_module.delete",
        |client| {
            client
                .edge_route_request_headers_module()
                .delete("a/b c", "d?é#")
                .send()
                .err()
        },
        "DELETE /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/request_headers",
        "",
    ),
];

const EDGE_ROUTE_RESPONSE_HEADERS_MODULE: &[Row] = &[
    (
        "edge_route_response_headers_module.replace",
        |client| {
            client
                .edge_route_response_headers_module()
                .replace(
                    "a/b c",
                    "d?é#",
                    EndpointResponseHeaders::new()
                        .enabled(true)
                        .add([("add 1", "one"), ("add 2", "two")])
                        .remove(["remove 1", "remove 2"]),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/response_headers",
        r#"{"enabled": true, "add": {"add 1": "one", "add 2": "two"}, "remove": ["remove 1", "remove 2"]}"#,
    ),
    (
        "edge_route_response_headers_module.get",
        |client| {
            client
                .edge_route_response_headers_module()
                .get("a/b c", "d?é#")
                .send()
                .err()
        },
        "GET /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/response_headers",
        "",
    ),
    (
        "edge_route_response_headers_module.delete",
        |client| {
            client
                .edge_route_response_headers_module()
                .delete("a/b c", "d?é#")
                .send()
                .err()
        },
        "DELETE /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/response_headers",
        "",
    ),
];

const EDGE_ROUTE_SAML_MODULE: &[Row] = &[
    (
        "edge_route_saml_module.replace",
        |client| {
            client
                .edge_route_saml_module()
                .replace(
                    "a/b c",
                    "d?é#",
                    EndpointSamlMutate::new("the idp_metadata")
                        .enabled(true)
                        .options_passthrough(false)
                        .cookie_prefix("the cookie_prefix")
                        .inactivity_timeout(1)
                        .maximum_duration(2)
                        .force_authn(true)
                        .allow_idp_initiated(false)
                        .authorized_groups(["authorized_groups 1", "authorized_groups 2"])
                        .nameid_format("the nameid_format"),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/saml",
        r#"{"idp_metadata": "the idp_metadata", "enabled": true, "cookie_prefix": "the cookie_prefix",
            "inactivity_timeout": 1, "maximum_duration": 2, "force_authn": true, "allow_idp_initiated": false,
            "authorized_groups": ["authorized_groups 1", "authorized_groups 2"],
            "nameid_format": "the nameid_format"}"#,
    ),
    (
        "edge_route_saml_module.get",
        |client| client.edge_route_saml_module().get("a/b c", "d?é#").send().err(),
        "GET /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/saml",
        "",
    ),
    (
        "edge_route_saml_module.delete",
        |client| client.edge_route_saml_module().delete("a/b c", "d?é#").send().err(),
        "DELETE /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/saml",
        "",
    ),
];

const EDGE_ROUTE_TRAFFIC_POLICY_MODULE: &[Row] = &[
    (
        "edge_route_traffic_policy_module.replace",
        |client| {
            client
                .edge_route_traffic_policy_module()
                .replace("a/b c", "d?é#", EndpointTrafficPolicy::new("the value").enabled(true))
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/traffic_policy",
        r#"{"value": "the value", "enabled": true}"#,
    ),
    (
        "edge_route_traffic_policy_module.get",
        |client| {
            client
                .edge_route_traffic_policy_module()
                .get("a/b c", "d?é#")
                .send()
                .err()
        },
        "GET /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/traffic_policy",
        "",
    ),
    (
        "edge_route_traffic_policy_module.delete",
        |client| {
            client
                .edge_route_traffic_policy_module()
                .delete("a/b c", "d?é#")
                .send()
                .err()
        },
        "DELETE /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/traffic_policy",
        "",
    ),
];

const EDGE_ROUTE_USER_AGENT_FILTER_MODULE: &[Row] = &[
    (
        "edge_route_user_agent_filter_module.replace",
        |client| {
            client
                .edge_route_user_agent_filter_module()
                .replace(
                    "a/b c",
                    "d?é#",
                    EndpointUserAgentFilter::new()
                        .enabled(true)
                        .allow(["allow 1", "allow 2"])
                        .deny(["deny 1", "deny 2"]),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/user_agent_filter",
        r#"{"enabled": true, "allow": ["allow 1", "allow 2"], "deny": ["deny 1", "deny 2"]}"#,
    ),
    (
        "edge_route_user_agent_filter_module.get",
        |client| {
            client
                .edge_route_user_agent_filter_module()
                .get("a/b c", "d?é#")
                .send()
                .err()
        },
        "GET /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/user_agent_filter",
        "",
    ),
    (
        "edge_route_user_agent_filter_module.delete",
        |client| {
            client
                .edge_route_user_agent_filter_module()
                .delete("a/b c", "d?é#")
                .send()
                .err()
        },
        "DELETE /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/user_agent_filter",
        "",
    ),
];

const EDGE_ROUTE_WEBHOOK_VERIFICATION_MODULE: &[Row] = &[
    (
        "edge_route_webhook_verification_module.replace",
        |client| {
            client
                .edge_route_webhook_verification_module()
                .replace(
                    "a/b c",
                    "d?é#",
                    EndpointWebhookValidation::new("the provider")
                        .enabled(true)
                        .secret("the secret"),
                )
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/webhook_verification",
        r#"{"provider": "the provider", "enabled": true, "secret": "the secret"}"#,
    ),
    (
        "edge_route_webhook_verification_module.get",
        |client| {
            client
                .edge_route_webhook_verification_module()
                .get("a/b c", "d?é#")
                .send()
                .err()
        },
        "GET /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/webhook_verification",
        "",
    ),
    (
        "edge_route_webhook_verification_module.delete",
        |client| {
            client
                .edge_route_webhook_verification_module()
                .delete("a/b c", "d?é#")
                .send()
                .err()
        },
        "DELETE /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/webhook_verification",
        "",
    ),
];

const EDGE_ROUTE_WEBSOCKET_TCP_CONVERTER_MODULE: &[Row] = &[
    (
        "edge_route_websocket_tcp_converter_module.replace",
        |client| {
            client
                .edge_route_websocket_tcp_converter_module()
                .replace("a/b c", "d?é#", EndpointWebsocketTcpConverter::new().enabled(true))
                .send()
                .err()
        },
        "PUT /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/websocket_tcp_converter",
        r#"{"enabled": true}"#,
    ),
    (
        "edge_route_websocket_tcp_converter_module.get",
        |client| {
            client
                .edge_route_websocket_tcp_converter_module()
                .get("a/b c", "d?é#")
                .send()
                .err()
        },
        "GET /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/websocket_tcp_converter",
        "",
    ),
    (
        "edge_route_websocket_tcp_converter_module.delete",
        |client| {
            client
                .edge_route_websocket_tcp_converter_module()
                .delete("a/b c", "d?é#")
                .send()
                .err()
        },
        "DELETE /edges/https/a%2Fb%20c/routes/d%3F%C3%A9%23/websocket_tcp_converter",
        "",
    ),
];
