//! Calls every operation of the API at least once and checks the results.
//!
//! This file is compiled twice. `call!` expands to `.await` for the async client and to `.send()` for the blocking
//! client; `client!` expands to the client's type.

use generated_client::models::*;
use generated_client::{Error, SecretString};

type Client = client!();
type Result = std::result::Result<(), Error>;

/// Creates, gets, lists, updates and deletes an object.
macro_rules! lifecycle {
    ($resource:expr, $create:expr, $field:ident = $value:expr) => {{
        let created = call!($create)?;
        lifecycle!(@read $resource, created);
        let updated = call!($resource.update(&created.id).$field($value))?;
        assert_eq!(updated.$field, $value);
        lifecycle!(@end $resource, created, updated);
    }};
    (@read $resource:expr, $created:ident) => {
        assert_eq!(call!($resource.get(&$created.id))?.id, $created.id);
        assert_eq!(call!($resource.list())?.items.first().map(|item| &item.id), Some(&$created.id));
    };
    (@end $resource:expr, $created:ident, $updated:ident) => {
        assert_eq!(call!($resource.get(&$created.id))?, $updated);
        call!($resource.delete(&$created.id))?;
        let missing = call!($resource.get(&$created.id)).expect_err("the object should be deleted");
        assert!(missing.is_not_found(), "{missing}");
    };
}

/// Sets, gets and deletes a module.
macro_rules! module {
    ($resource:expr, ($($id:expr),+), $body:expr) => {{
        let set = call!($resource.replace($($id),+, $body))?;
        assert_eq!(call!($resource.get($($id),+))?, set);
        call!($resource.delete($($id),+))?;
        let missing = call!($resource.get($($id),+)).expect_err("the module should be deleted");
        assert!(missing.is_not_found(), "{missing}");
    }};
}

/// Calls every operation. The fake must contain an object of each kind that no operation creates.
pub async fn call_every_operation(client: &Client) -> Result {
    users(client).await?;
    keys(client).await?;
    ssh(client).await?;
    certificates(client).await?;
    backends(client).await?;
    policies(client).await?;
    endpoints(client).await?;
    events(client).await?;
    edges(client).await?;
    edge_modules(client).await?;
    route_modules(client).await?;
    vaults(client).await?;
    agent_objects(client).await
}

async fn users(client: &Client) -> Result {
    lifecycle!(client.bot_users(), client.bot_users().create("bot"), name = "robot");
    lifecycle!(
        client.service_users(),
        client.service_users().create("service").active(true),
        active = false
    );
    let user = call!(client.application_users().list())?.items.remove(0);
    assert_eq!(call!(client.application_users().get(&user.id))?, user);
    call!(client.application_users().delete(&user.id))?;
    let session = call!(client.application_sessions().list())?.items.remove(0);
    assert_eq!(call!(client.application_sessions().get(&session.id))?, session);
    call!(client.application_sessions().delete(&session.id))?;
    let report = call!(client.abuse_reports().create(["https://bad.example.com"]).metadata("m"))?;
    assert_eq!(call!(client.abuse_reports().get(&report.id))?, report);
    Ok(())
}

async fn keys(client: &Client) -> Result {
    lifecycle!(
        client.api_keys(),
        client.api_keys().create().metadata("m"),
        description = "d"
    );
    lifecycle!(
        client.credentials(),
        client.credentials().create().acl(["bind:*"]),
        description = "d"
    );
    let endpoint = call!(
        client
            .endpoints()
            .create("https://ai.example.com", EndpointType::Cloud, "{}")
    )?;
    lifecycle!(
        client.ai_gateway_api_keys(),
        client.ai_gateway_api_keys().create(&endpoint.id),
        description = "d"
    );
    Ok(())
}

async fn ssh(client: &Client) -> Result {
    lifecycle!(
        client.ssh_certificate_authorities(),
        client
            .ssh_certificate_authorities()
            .create()
            .private_key_type(SshKeyType::Ed25519),
        description = "d"
    );
    lifecycle!(
        client.ssh_credentials(),
        client.ssh_credentials().create("ssh-ed25519 AAAA"),
        metadata = "m"
    );
    lifecycle!(
        client.ssh_host_certificates(),
        client
            .ssh_host_certificates()
            .create("sshca_1", "ssh-ed25519 AAAA")
            .principals(["h"]),
        description = "d"
    );
    lifecycle!(
        client.ssh_user_certificates(),
        client
            .ssh_user_certificates()
            .create("sshca_1", "ssh-ed25519 AAAA")
            .principals(["u"]),
        description = "d"
    );
    Ok(())
}

async fn certificates(client: &Client) -> Result {
    lifecycle!(
        client.certificate_authorities(),
        client.certificate_authorities().create("PEM"),
        description = "d"
    );
    lifecycle!(
        client.tls_certificates(),
        client.tls_certificates().create("PEM", "KEY"),
        description = "d"
    );
    lifecycle!(
        client.agent_ingresses(),
        client.agent_ingresses().create("connect.example.com"),
        metadata = "m"
    );
    lifecycle!(
        client.reserved_addrs(),
        client.reserved_addrs().create().region(ReservedDomainRegion::Eu),
        description = "d"
    );
    lifecycle!(
        client.reserved_domains(),
        client.reserved_domains().create("a.example.com"),
        description = "d"
    );
    let certificate = call!(client.tls_certificates().create("PEM", "KEY"))?;
    let domain = call!(
        client
            .reserved_domains()
            .create("b.example.com")
            .certificate_id(&certificate.id)
    )?;
    assert_eq!(
        domain.certificate.map(|reference| (reference.id, reference.uri)),
        Some((certificate.id, certificate.uri))
    );
    call!(client.reserved_domains().delete_certificate(&domain.id))?;
    let policy = ReservedDomainCertPolicy::new().authority(ReservedDomainCertPolicyAuthority::Letsencrypt);
    call!(
        client
            .reserved_domains()
            .update(&domain.id)
            .certificate_management_policy(policy)
    )?;
    call!(
        client
            .reserved_domains()
            .delete_certificate_management_policy(&domain.id)
    )?;
    let domain = call!(client.reserved_domains().get(&domain.id))?;
    assert_eq!((domain.certificate, domain.certificate_management_policy), (None, None));
    Ok(())
}

async fn backends(client: &Client) -> Result {
    lifecycle!(
        client.failover_backends(),
        client.failover_backends().create(["bkdhr_1"]),
        metadata = "m"
    );
    lifecycle!(
        client.http_response_backends(),
        client.http_response_backends().create().status_code(404),
        body = "gone"
    );
    lifecycle!(
        client.static_backends(),
        client.static_backends().create("origin.example.com:443"),
        description = "d"
    );
    lifecycle!(
        client.tunnel_group_backends(),
        client.tunnel_group_backends().create([("app", "shop")]),
        description = "d"
    );
    lifecycle!(
        client.weighted_backends(),
        client.weighted_backends().create([("bkdhr_1", 3)]),
        description = "d"
    );
    Ok(())
}

async fn policies(client: &Client) -> Result {
    lifecycle!(
        client.ip_policies(),
        client.ip_policies().create(),
        description = "office"
    );
    let policy = call!(client.ip_policies().create())?;
    let rules = client.ip_policy_rules();
    lifecycle!(
        rules,
        rules.create("10.0.0.0/8", &policy.id, IpPolicyRuleAction::Allow),
        cidr = "10.1.0.0/16"
    );
    let restrictions = client.ip_restrictions();
    lifecycle!(
        restrictions,
        restrictions.create(IpRestrictionType::Api, [&policy.id]),
        enforced = true
    );
    Ok(())
}

async fn endpoints(client: &Client) -> Result {
    let endpoints = client.endpoints();
    lifecycle!(
        endpoints,
        endpoints.create("https://a.example.com", EndpointType::Cloud, "{}"),
        url = "https://b.example.com"
    );
    let created = call!(client.kubernetes_operators().create().description("cluster"))?;
    lifecycle!(@read client.kubernetes_operators(), created);
    let change = KubernetesOperatorUpdate::new().metadata("m");
    let updated = call!(client.kubernetes_operators().update(&created.id, change))?;
    assert_eq!(
        (updated.description.as_str(), updated.metadata.as_str()),
        ("cluster", "m")
    );
    let bound = call!(client.kubernetes_operators().list_bound_endpoints(&created.id))?;
    assert!(bound.iter().all(|endpoint| endpoint.id.starts_with("ep_")));
    lifecycle!(@end client.kubernetes_operators(), created, updated);
    Ok(())
}

async fn events(client: &Client) -> Result {
    let role = AwsAuth::Role(AwsRole::new("arn:role"));
    let target = EventTarget::Kinesis(EventTargetKinesis::new(role, "arn:stream"));
    let destinations = client.event_destinations();
    lifecycle!(
        destinations,
        destinations.create(EventDestinationFormat::Json, target.clone()),
        description = "d"
    );
    let destination = call!(destinations.create(EventDestinationFormat::Json, target))?;
    let source = || [EventSourceReplace::new("ip_policy_created.v0")];
    let subscriptions = client.event_subscriptions();
    lifecycle!(
        subscriptions,
        subscriptions.create(source(), [&destination.id]),
        description = "d"
    );
    let subscription = call!(subscriptions.create(source(), [&destination.id]))?;
    let sources = client.event_sources();
    let created = call!(sources.create(&subscription.id, "api_key_created.v0"))?;
    assert_eq!(call!(sources.get(&subscription.id, &created.r#type))?, created);
    assert_eq!(call!(sources.update(&subscription.id, &created.r#type))?, created);
    assert_eq!(call!(sources.list(&subscription.id))?.items.len(), 2);
    assert_eq!(call!(subscriptions.get(&subscription.id))?.sources.len(), 2);
    call!(sources.delete(&subscription.id, &created.r#type))?;
    assert_eq!(call!(subscriptions.get(&subscription.id))?.sources.len(), 1);
    Ok(())
}

async fn edges(client: &Client) -> Result {
    lifecycle!(
        client.https_edges(),
        client.https_edges().create().hostports(["a.example.com:443"]),
        metadata = "m"
    );
    lifecycle!(
        client.tcp_edges(),
        client.tcp_edges().create().hostports(["1.tcp.example.com:2"]),
        description = "d"
    );
    lifecycle!(client.tls_edges(), client.tls_edges().create(), description = "d");
    let edge = call!(client.https_edges().create())?;
    let routes = client.https_edge_routes();
    let route = call!(routes.create(&edge.id, HttpsEdgeRouteMatchType::PathPrefix, "/blog"))?;
    assert_eq!(route.edge_id, edge.id);
    assert_eq!(
        call!(routes.update(&edge.id, &route.id).r#match("/shop"))?.r#match,
        "/shop"
    );
    let fetched = call!(routes.get(&edge.id, &route.id))?;
    assert_eq!(call!(client.https_edges().get(&edge.id))?.routes, [fetched]);
    call!(routes.delete(&edge.id, &route.id))?;
    assert!(call!(routes.get(&edge.id, &route.id)).is_err_and(|error| error.is_not_found()));
    Ok(())
}

async fn edge_modules(client: &Client) -> Result {
    let backend = call!(client.http_response_backends().create())?;
    let policy = call!(client.ip_policies().create())?;
    let authority = call!(client.certificate_authorities().create("PEM"))?;
    let backend = || EndpointBackendMutate::new(&backend.id);
    let addresses = || EndpointIpPolicyMutate::new([&policy.id]);
    let mutual = || EndpointMutualTlsMutate::new([&authority.id]);
    let rules = || EndpointTrafficPolicy::new("{}");
    let https = call!(client.https_edges().create())?.id;
    module!(client.https_edge_mutual_tls_module(), (&https), mutual());
    let at_edge = EndpointTlsTerminationAtEdge::new().min_version("1.3");
    module!(client.https_edge_tls_termination_module(), (&https), at_edge);
    let tcp = call!(client.tcp_edges().create())?.id;
    module!(client.tcp_edge_backend_module(), (&tcp), backend());
    module!(client.tcp_edge_ip_restriction_module(), (&tcp), addresses());
    module!(client.tcp_edge_traffic_policy_module(), (&tcp), rules());
    let tls = call!(client.tls_edges().create())?.id;
    module!(client.tls_edge_backend_module(), (&tls), backend());
    module!(client.tls_edge_ip_restriction_module(), (&tls), addresses());
    module!(client.tls_edge_mutual_tls_module(), (&tls), mutual());
    let upstream = EndpointTlsTermination::new(EndpointTlsTerminationTerminateAt::Upstream);
    module!(client.tls_edge_tls_termination_module(), (&tls), upstream);
    module!(client.tls_edge_traffic_policy_module(), (&tls), rules());
    Ok(())
}

async fn route_modules(client: &Client) -> Result {
    let backend = call!(client.static_backends().create("origin.example.com:443"))?.id;
    let policy = call!(client.ip_policies().create())?.id;
    let edge = &call!(client.https_edges().create())?.id;
    let routes = client.https_edge_routes();
    let route = &call!(routes.create(edge, HttpsEdgeRouteMatchType::ExactPath, "/"))?.id;
    module!(
        client.edge_route_backend_module(),
        (edge, route),
        EndpointBackendMutate::new(&backend)
    );
    let breaker = EndpointCircuitBreaker::new()
        .rolling_window(10_u32)
        .error_threshold_percentage(0.2);
    module!(client.edge_route_circuit_breaker_module(), (edge, route), breaker);
    module!(
        client.edge_route_compression_module(),
        (edge, route),
        EndpointCompression::new()
    );
    let addresses = EndpointIpPolicyMutate::new([&policy]).enabled(false);
    module!(client.edge_route_ip_restriction_module(), (edge, route), addresses);
    let provider = EndpointOauthProvider::Github(EndpointOauthGithub::new().teams(["a/b"]));
    let oauth = EndpointOauth::new(provider).maximum_duration(3600_u32);
    module!(client.edge_route_oauth_module(), (edge, route), oauth);
    let oidc = EndpointOidc::new("https://id.example.com", "app", SecretString::from("s")).scopes(["profile"]);
    module!(client.edge_route_oidc_module(), (edge, route), oidc);
    let headers = EndpointRequestHeaders::new().add([("x-a", "1")]);
    module!(client.edge_route_request_headers_module(), (edge, route), headers);
    let headers = EndpointResponseHeaders::new().remove(["server"]);
    module!(client.edge_route_response_headers_module(), (edge, route), headers);
    let saml = EndpointSamlMutate::new("<EntityDescriptor/>").force_authn(true);
    module!(client.edge_route_saml_module(), (edge, route), saml);
    module!(
        client.edge_route_traffic_policy_module(),
        (edge, route),
        EndpointTrafficPolicy::new("{}")
    );
    let agents = EndpointUserAgentFilter::new().deny(["bot"]);
    module!(client.edge_route_user_agent_filter_module(), (edge, route), agents);
    let webhook = EndpointWebhookValidation::new("github").secret("s");
    module!(client.edge_route_webhook_verification_module(), (edge, route), webhook);
    let converter = EndpointWebsocketTcpConverter::new();
    module!(
        client.edge_route_websocket_tcp_converter_module(),
        (edge, route),
        converter
    );
    Ok(())
}

async fn vaults(client: &Client) -> Result {
    lifecycle!(client.vaults(), client.vaults().create("production"), description = "d");
    let vault = call!(client.vaults().create("staging"))?;
    let secrets = client.secrets();
    lifecycle!(
        secrets,
        secrets.create("password", "s3cret").vault_id(&vault.id),
        description = "d"
    );
    let secret = call!(secrets.create("token", "s3cret").vault_id(&vault.id))?;
    let page = call!(client.vaults().list_secrets(&vault.id))?;
    assert_eq!(page.items, [secret]);
    Ok(())
}

async fn agent_objects(client: &Client) -> Result {
    let session = call!(client.tunnel_sessions().list())?.items.remove(0);
    assert_eq!(call!(client.tunnel_sessions().get(&session.id))?, session);
    call!(client.tunnel_sessions().update(&session.id))?;
    call!(client.tunnel_sessions().restart(&session.id))?;
    call!(client.tunnel_sessions().stop(&session.id))?;
    let tunnel = call!(client.tunnels().list())?.items.remove(0);
    assert_eq!(call!(client.tunnels().get(&tunnel.id))?, tunnel);
    Ok(())
}
