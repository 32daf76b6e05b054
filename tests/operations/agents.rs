//! Requests for agents, tunnels and endpoints.

use generated_client::models::{
    AgentIngressCertPolicy, EndpointType, KubernetesOperatorBindingCreate, KubernetesOperatorBindingUpdate,
    KubernetesOperatorDeployment, KubernetesOperatorDeploymentUpdate, KubernetesOperatorEnabledFeature,
    KubernetesOperatorUpdate, ReservedDomainCertPolicyAuthority, ReservedDomainCertPolicyPrivateKeyType,
};

use super::Row;

pub const TABLES: &[&[Row]] = &[
    AGENT_INGRESSES,
    ENDPOINTS,
    KUBERNETES_OPERATORS,
    TUNNEL_SESSIONS,
    TUNNELS,
];

const AGENT_INGRESSES: &[Row] = &[
    (
        "agent_ingresses.create",
        |client| {
            client
                .agent_ingresses()
                .create("the domain")
                .description("the description")
                .metadata("the metadata")
                .certificate_management_policy(
                    AgentIngressCertPolicy::new()
                        .authority(ReservedDomainCertPolicyAuthority::Letsencrypt)
                        .private_key_type(ReservedDomainCertPolicyPrivateKeyType::Ecdsa),
                )
                .send()
                .err()
        },
        "POST /agent_ingresses",
        r#"{"domain": "the domain", "description": "the description", "metadata": "the metadata",
            "certificate_management_policy": {"authority": "letsencrypt", "private_key_type": "ecdsa"}}"#,
    ),
    (
        "agent_ingresses.delete",
        |client| client.agent_ingresses().delete("a/b c").send().err(),
        "DELETE /agent_ingresses/a%2Fb%20c",
        "",
    ),
    (
        "agent_ingresses.get",
        |client| client.agent_ingresses().get("a/b c").send().err(),
        "GET /agent_ingresses/a%2Fb%20c",
        "",
    ),
    (
        "agent_ingresses.list",
        |client| {
            client
                .agent_ingresses()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /agent_ingresses?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
    (
        "agent_ingresses.update",
        |client| {
            client
                .agent_ingresses()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .certificate_management_policy(
                    AgentIngressCertPolicy::new()
                        .authority(ReservedDomainCertPolicyAuthority::Letsencrypt)
                        .private_key_type(ReservedDomainCertPolicyPrivateKeyType::Ecdsa),
                )
                .send()
                .err()
        },
        "PATCH /agent_ingresses/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata",
            "certificate_management_policy": {"authority": "letsencrypt", "private_key_type": "ecdsa"}}"#,
    ),
    (
        "agent_ingresses.update",
        |client| {
            client
                .agent_ingresses()
                .update("a/b c")
                .clear_certificate_management_policy()
                .send()
                .err()
        },
        "PATCH /agent_ingresses/a%2Fb%20c",
        r#"{"certificate_management_policy": null}"#,
    ),
];

const ENDPOINTS: &[Row] = &[
    (
        "endpoints.create",
        |client| {
            client
                .endpoints()
                .create("the url", EndpointType::Cloud, "the traffic_policy")
                .metadata("the metadata")
                .description("the description")
                .bindings(["bindings 1", "bindings 2"])
                .pooling_enabled(true)
                .send()
                .err()
        },
        "POST /endpoints",
        r#"{"url": "the url", "type": "cloud", "traffic_policy": "the traffic_policy",
            "metadata": "the metadata", "description": "the description", "bindings": ["bindings 1",
            "bindings 2"], "pooling_enabled": true}"#,
    ),
    (
        "endpoints.list",
        |client| {
            client
                .endpoints()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .id(["id 1", "id&2"])
                .url(["url 1", "url&2"])
                .send()
                .err()
        },
        "GET /endpoints?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22&id=id%201&id=id%262\
            &url=url%201&url=url%262",
        "",
    ),
    (
        "endpoints.get",
        |client| client.endpoints().get("a/b c").send().err(),
        "GET /endpoints/a%2Fb%20c",
        "",
    ),
    (
        "endpoints.update",
        |client| {
            client
                .endpoints()
                .update("a/b c")
                .url("the url")
                .metadata("the metadata")
                .description("the description")
                .traffic_policy("the traffic_policy")
                .bindings(["bindings 1", "bindings 2"])
                .pooling_enabled(true)
                .send()
                .err()
        },
        "PATCH /endpoints/a%2Fb%20c",
        r#"{"url": "the url", "metadata": "the metadata", "description": "the description",
            "traffic_policy": "the traffic_policy", "bindings": ["bindings 1", "bindings 2"],
            "pooling_enabled": true}"#,
    ),
    (
        "endpoints.delete",
        |client| client.endpoints().delete("a/b c").send().err(),
        "DELETE /endpoints/a%2Fb%20c",
        "",
    ),
];

const KUBERNETES_OPERATORS: &[Row] = &[
    (
        "kubernetes_operators.create",
        |client| {
            client
                .kubernetes_operators()
                .create()
                .description("the description")
                .metadata("the metadata")
                .enabled_features([
                    KubernetesOperatorEnabledFeature::Gateway,
                    KubernetesOperatorEnabledFeature::Ingress,
                ])
                .region("the region")
                .deployment(
                    KubernetesOperatorDeployment::new()
                        .name("the name")
                        .namespace("the namespace")
                        .version("the version")
                        .cluster_name("the cluster_name"),
                )
                .binding(
                    KubernetesOperatorBindingCreate::new()
                        .endpoint_selectors(["endpoint_selectors 1", "endpoint_selectors 2"])
                        .csr("the csr")
                        .ingress_endpoint("the ingress_endpoint"),
                )
                .send()
                .err()
        },
        "POST /kubernetes_operators",
        r#"{"description": "the description", "metadata": "the metadata", "enabled_features": ["gateway",
            "ingress"], "region": "the region", "deployment": {"name": "the name", "namespace": "the namespace",
            "version": "the version", "cluster_name": "the cluster_name"},
            "binding": {"endpoint_selectors": ["endpoint_selectors 1", "endpoint_selectors 2"], "csr": "the csr",
            "ingress_endpoint": "the ingress_endpoint"}}"#,
    ),
    (
        "kubernetes_operators.update",
        |client| {
            client
                .kubernetes_operators()
                .update(
                    "a/b c",
                    KubernetesOperatorUpdate::new()
                        .description("the description")
                        .metadata("the metadata")
                        .enabled_features([
                            KubernetesOperatorEnabledFeature::Gateway,
                            KubernetesOperatorEnabledFeature::Ingress,
                        ])
                        .region("the region")
                        .binding(
                            KubernetesOperatorBindingUpdate::new()
                                .endpoint_selectors(["endpoint_selectors 1", "endpoint_selectors 2"])
                                .csr("the csr")
                                .ingress_endpoint("the ingress_endpoint"),
                        )
                        .deployment(
                            KubernetesOperatorDeploymentUpdate::new()
                                .name("the name")
                                .version("the version"),
                        ),
                )
                .send()
                .err()
        },
        "PATCH /kubernetes_operators/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata", "enabled_features": ["gateway",
            "ingress"], "region": "the region", "binding": {"endpoint_selectors": ["endpoint_selectors 1",
            "endpoint_selectors 2"], "csr": "the csr", "ingress_endpoint": "the ingress_endpoint"},
            "deployment": {"name": "the name", "version": "the version"}}"#,
    ),
    (
        "kubernetes_operators.delete",
        |client| client.kubernetes_operators().delete("a/b c").send().err(),
        "DELETE /kubernetes_operators/a%2Fb%20c",
        "",
    ),
    (
        "kubernetes_operators.get",
        |client| client.kubernetes_operators().get("a/b c").send().err(),
        "GET /kubernetes_operators/a%2Fb%20c",
        "",
    ),
    (
        "kubernetes_operators.list",
        |client| {
            client
                .kubernetes_operators()
                .list()
                .before_id("x&y")
                .limit(7)
                .send()
                .err()
        },
        "GET /kubernetes_operators?before_id=x%26y&limit=7",
        "",
    ),
    (
        "kubernetes_operators.list_bound_endpoints",
        |client| {
            client
                .kubernetes_operators()
                .list_bound_endpoints("a/b c")
                .before_id("x&y")
                .limit(7)
                .send()
                .err()
        },
        "GET /kubernetes_operators/a%2Fb%20c/bound_endpoints?before_id=x%26y&limit=7",
        "",
    ),
];

const TUNNEL_SESSIONS: &[Row] = &[
    (
        "tunnel_sessions.list",
        |client| {
            client
                .tunnel_sessions()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /tunnel_sessions?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
    (
        "tunnel_sessions.get",
        |client| client.tunnel_sessions().get("a/b c").send().err(),
        "GET /tunnel_sessions/a%2Fb%20c",
        "",
    ),
    (
        "tunnel_sessions.restart",
        |client| client.tunnel_sessions().restart("a/b c").send().err(),
        "POST /tunnel_sessions/a%2Fb%20c/restart",
        "{}",
    ),
    (
        "tunnel_sessions.stop",
        |client| client.tunnel_sessions().stop("a/b c").send().err(),
        "POST /tunnel_sessions/a%2Fb%20c/stop",
        "{}",
    ),
    (
        "tunnel_sessions.update",
        |client| client.tunnel_sessions().update("a/b c").send().err(),
        "POST /tunnel_sessions/a%2Fb%20c/update",
        "{}",
    ),
];

const TUNNELS: &[Row] = &[
    (
        "tunnels.list",
        |client| client.tunnels().list().before_id("x&y").limit(7).send().err(),
        "GET /tunnels?before_id=x%26y&limit=7",
        "",
    ),
    (
        "tunnels.get",
        |client| client.tunnels().get("a/b c").send().err(),
        "GET /tunnels/a%2Fb%20c",
        "",
    ),
];
