//! Tests creating, reading, updating and deleting objects.

use std::time::Duration;

use generated_client::SecretString;
use generated_client::fake::Fake;
use generated_client::models::{
    EndpointBackendMutate, EndpointCompression, EndpointType, EventSourceReplace, HttpsEdgeRouteMatchType, IpPolicy,
    IpPolicyRule, IpPolicyRuleAction, KubernetesOperatorUpdate, ReservedDomainCertPolicy,
    ReservedDomainCertPolicyAuthority, ReservedDomainResolvesToEntry, Secret,
};
use http::Method;
use serde_json::Value;

use super::raw::{client, destination, send};

/// Lists policies in pages of this limit and returns the IDs on each page.
fn pages(fake: &Fake, limit: u32) -> Vec<Vec<String>> {
    let ids = |page: generated_client::Page<IpPolicy>| page.items.into_iter().map(|policy| policy.id).collect();
    let pages = client(fake).ip_policies().list().limit(limit).pages();
    pages.map(|page| page.map(ids)).collect::<Result<_, _>>().unwrap()
}

/// Creates policies and returns their IDs, newest first.
fn policies(fake: &Fake, count: usize) -> Vec<String> {
    let client = client(fake);
    let created = (0..count).map(|_| client.ip_policies().create().send().unwrap().id);
    let mut ids: Vec<_> = created.collect();
    ids.reverse();
    ids
}

/// Sends a GET request and returns the body of the response.
fn get(fake: &Fake, path: &str) -> Value {
    let response = send(fake, Method::GET, path, "");
    assert_eq!(response.status, 200, "{path}: {}", response.body);
    response.body
}

// ---- created objects

#[test]
fn get_list_and_update_return_the_created_object() {
    let fake = Fake::new();
    let client = client(&fake);
    let create = client
        .endpoints()
        .create("https://a.example.com", EndpointType::Cloud, "{}");
    let created = create.bindings(["public"]).pooling_enabled(true).send().unwrap();
    assert_eq!(
        (
            created.url.as_str(),
            created.traffic_policy.as_str(),
            created.pooling_enabled
        ),
        ("https://a.example.com", "{}", true)
    );
    assert_eq!(
        (&created.r#type, &created.bindings[..]),
        (&EndpointType::Cloud, &["public".to_owned()][..])
    );
    assert_eq!(client.endpoints().get(&created.id).send().unwrap(), created);
    assert_eq!(
        client.endpoints().list().send().unwrap().items,
        std::slice::from_ref(&created)
    );
    let unchanged = client.endpoints().update(&created.id).send().unwrap();
    assert_eq!(unchanged.url, created.url);
    assert_eq!(unchanged.bindings, created.bindings);
    assert_eq!(client.endpoints().get(&created.id).send().unwrap(), unchanged);
}

#[test]
fn ids_have_prefixes_and_uris_contain_the_path() {
    let fake = Fake::new();
    let client = client(&fake);
    let policy = client.ip_policies().create().send().unwrap();
    let digits = policy.id.strip_prefix("ipp_").unwrap();
    assert!(
        digits.len() == 27 && digits.chars().all(|c| c.is_ascii_alphanumeric()),
        "{digits}"
    );
    assert_eq!(policy.uri, format!("https://api.ngrok.com/ip_policies/{}", policy.id));
    let edge = client.https_edges().create().send().unwrap();
    let routes = client.https_edge_routes();
    let route = routes
        .create(&edge.id, HttpsEdgeRouteMatchType::ExactPath, "/")
        .send()
        .unwrap();
    assert_eq!(route.uri, format!("{}/routes/{}", edge.uri, route.id));
    assert_eq!(route.edge_id, edge.id);
    assert!(route.id.starts_with("edghtsrt_"), "{}", route.id);
}

#[test]
fn timestamps_use_the_clock_of_the_fake() {
    let fake = Fake::new();
    let client = client(&fake);
    fake.advance(Duration::from_secs(90));
    let vault = client.vaults().create("production").send().unwrap();
    assert_eq!(vault.created_at.to_string(), "2025-01-01T00:01:30Z");
    assert_eq!(vault.updated_at, Some(vault.created_at));
    fake.advance(Duration::from_secs(30));
    let renamed = client.vaults().update(&vault.id).name("staging").send().unwrap();
    assert_eq!(renamed.created_at, vault.created_at);
    assert_eq!(renamed.updated_at, Some(fake.now()));
    assert!(renamed.updated_at > vault.updated_at);
    assert_eq!(client.vaults().get(&vault.id).send().unwrap(), renamed);
}

#[test]
fn returns_tokens_only_on_create_and_never_returns_secrets() {
    let fake = Fake::new();
    let client = client(&fake);
    let key = client.api_keys().create().send().unwrap();
    let token = key.token.expect("a new key has a token");
    assert!(client.api_keys().get(&key.id).send().unwrap().token.is_none());
    assert!(client.api_keys().list().send().unwrap().items[0].token.is_none());
    let update = client.api_keys().update(&key.id).description("ci");
    assert!(update.send().unwrap().token.is_none());
    let other = client.api_keys().create().send().unwrap().token.unwrap();
    assert_ne!(other.expose(), token.expose());

    let body = r#"{"name": "password", "value": "hunter2"}"#;
    let response = send(&fake, Method::POST, "/vault_secrets", body);
    assert_eq!(response.status, 201);
    let id = response.body["id"].as_str().unwrap();
    let bodies = [
        response.body.clone(),
        get(&fake, &format!("/vault_secrets/{id}")),
        get(&fake, "/vault_secrets"),
    ];
    assert!(
        bodies.iter().all(|body| !body.to_string().contains("hunter2")),
        "{bodies:?}"
    );
}

#[test]
fn references_contain_id_and_uri() {
    let fake = Fake::new();
    let client = client(&fake);
    let policy = client.ip_policies().create().description("office").send().unwrap();
    let rule = client
        .ip_policy_rules()
        .create("10.0.0.0/8", &policy.id, IpPolicyRuleAction::Deny);
    let rule = rule.send().unwrap();
    let body = get(&fake, &format!("/ip_policy_rules/{}", rule.id));
    assert_eq!(
        body["ip_policy"],
        serde_json::json!({ "id": policy.id, "uri": policy.uri })
    );
    assert!(body.get("ip_policy_id").is_none());
}

#[test]
fn omitted_fields_have_defaults() {
    let fake = Fake::new();
    let client = client(&fake);
    assert_eq!(client.reserved_addrs().create().send().unwrap().region.as_str(), "us");
    let operator = client.kubernetes_operators().create().send().unwrap();
    assert_eq!(operator.region, "global");
    let backend = client.http_response_backends().create().send().unwrap();
    let edge = client
        .tcp_edges()
        .create()
        .backend(EndpointBackendMutate::new(&backend.id));
    let edge = edge.send().unwrap();
    assert_eq!(edge.backend.unwrap().enabled, Some(true));
    assert_eq!(edge.description, "");
}

// ---- lists

#[test]
fn lists_return_newest_objects_first_in_pages() {
    let fake = Fake::new();
    let ids = policies(&fake, 5);
    assert_eq!(pages(&fake, 2), [&ids[..2], &ids[2..4], &ids[4..]]);
    assert_eq!(pages(&fake, 5), [&ids[..]], "a full last page should have no next page");
    assert_eq!(pages(&fake, 100), [&ids[..]]);
}

#[test]
fn page_starts_after_before_id_and_links_to_the_next_page() {
    let fake = Fake::builder().base_url("http://localhost:9/api/").build();
    let ids = policies(&fake, 4);
    let list = client(&fake)
        .ip_policies()
        .list()
        .limit(2)
        .before_id(&ids[0])
        .send()
        .unwrap();
    assert_eq!(
        list.iter().map(|policy| &policy.id).collect::<Vec<_>>(),
        [&ids[1], &ids[2]]
    );
    let next = list.next.unwrap();
    assert!(
        next.to_string().starts_with("http://localhost:9/api/ip_policies?"),
        "{next}"
    );
    let rest = client(&fake).ip_policies().list().resume(next).send().unwrap();
    assert_eq!(
        (rest.items[0].id.as_str(), rest.items.len(), rest.next),
        (ids[3].as_str(), 1, None)
    );
}

#[test]
fn page_contains_its_uri() {
    let fake = Fake::builder().base_url("http://localhost:9/api/").build();
    let page = get(&fake, "/ip_policies?limit=2");
    assert_eq!(page["uri"], "http://localhost:9/api/ip_policies");
}

#[test]
fn default_limit_is_100() {
    let fake = Fake::new();
    let ids = policies(&fake, 101);
    let list = client(&fake).ip_policies().list().send().unwrap();
    assert_eq!((list.items.len(), list.next.is_some()), (100, true));
    assert_eq!(client(&fake).ip_policies().list().items().count(), ids.len());
}

#[test]
fn paging_continues_after_a_deleted_object() {
    let fake = Fake::new();
    let ids = policies(&fake, 4);
    let client = client(&fake);
    let first = client.ip_policies().list().limit(2).send().unwrap();
    client.ip_policies().delete(&ids[1]).send().unwrap();
    let rest = client.ip_policies().list().resume(first.next.unwrap()).send().unwrap();
    assert_eq!(
        rest.iter().map(|policy| &policy.id).collect::<Vec<_>>(),
        [&ids[2], &ids[3]]
    );
}

#[test]
fn empty_list_is_an_empty_page() {
    let fake = Fake::new();
    let list = client(&fake).ip_policies().list().send().unwrap();
    assert_eq!((list.items.len(), list.next), (0, None));
}

// ---- updates

#[test]
fn update_changes_only_sent_fields() {
    let fake = Fake::new();
    let client = client(&fake);
    let policies = client.ip_policies();
    let created = policies.create().description("office").metadata("m").send().unwrap();
    let updated = policies.update(&created.id).description("home").send().unwrap();
    assert_eq!((updated.description.as_str(), updated.metadata.as_str()), ("home", "m"));
    assert_eq!((&updated.id, updated.created_at), (&created.id, created.created_at));
    let emptied = policies.update(&created.id).metadata("").send().unwrap();
    assert_eq!((emptied.description.as_str(), emptied.metadata.as_str()), ("home", ""));
    assert_eq!(policies.get(&created.id).send().unwrap(), emptied);
}

#[test]
fn null_clears_only_clearable_fields() {
    let fake = Fake::new();
    let client = client(&fake);
    let policy = ReservedDomainCertPolicy::new().authority(ReservedDomainCertPolicyAuthority::Letsencrypt);
    let domain = client
        .reserved_domains()
        .create("a.example.com")
        .certificate_management_policy(policy);
    let domain = domain.send().unwrap();
    assert_eq!(
        domain.certificate_management_policy.unwrap().private_key_type.as_str(),
        "ecdsa"
    );
    let kept = client
        .reserved_domains()
        .update(&domain.id)
        .metadata("m")
        .send()
        .unwrap();
    assert!(kept.certificate_management_policy.is_some());
    let update = client.reserved_domains().update(&domain.id);
    let cleared = update.clear_certificate_management_policy().send().unwrap();
    assert_eq!(
        (cleared.certificate_management_policy, cleared.metadata.as_str()),
        (None, "m")
    );
    let path = format!("/reserved_domains/{}", domain.id);
    let response = send(&fake, Method::PATCH, &path, r#"{"metadata": null}"#);
    assert_eq!(
        response.body["metadata"], "m",
        "null should not change a field that cannot be cleared"
    );
}

#[test]
fn update_with_an_empty_list_clears_the_field() {
    let fake = Fake::new();
    let client = client(&fake);
    let domains = client.reserved_domains();
    let places = [ReservedDomainResolvesToEntry::new("global")];
    let domain = domains.create("a.example.com").resolves_to(places).send().unwrap();
    assert_eq!(domain.resolves_to[0].value, "global");
    let kept = domains.update(&domain.id).description("d").send().unwrap();
    assert_eq!(kept.resolves_to, domain.resolves_to);
    let none: [ReservedDomainResolvesToEntry; 0] = [];
    let emptied = domains.update(&domain.id).resolves_to(none).send().unwrap();
    assert!(emptied.resolves_to.is_empty());
    assert!(domains.get(&domain.id).send().unwrap().resolves_to.is_empty());
}

#[test]
fn update_with_an_id_changes_the_reference() {
    let fake = Fake::new();
    let client = client(&fake);
    let [first, second] = [(); 2].map(|()| client.tls_certificates().create("PEM", "KEY").send().unwrap().id);
    let domains = client.reserved_domains();
    let domain = domains.create("a.example.com").certificate_id(&first).send().unwrap();
    let kept = domains.update(&domain.id).description("d").send().unwrap();
    assert_eq!(kept.certificate.unwrap().id, first);
    let updated = domains.update(&domain.id).certificate_id(&second).send().unwrap();
    assert_eq!(updated.certificate.unwrap().id, second);
}

#[test]
fn replace_resets_omitted_fields_of_a_module() {
    let fake = Fake::new();
    let client = client(&fake);
    let edge = client.tls_edges().create().send().unwrap().id;
    let module = client.tls_edge_tls_termination_module();
    let body = r#"{"terminate_at": "edge", "min_version": "1.3", "enabled": false}"#;
    let path = format!("/edges/tls/{edge}/tls_termination");
    assert_eq!(send(&fake, Method::PUT, &path, body).status, 200);
    let set = module.get(&edge).send().unwrap();
    assert_eq!((set.min_version.as_deref(), set.enabled), (Some("1.3"), Some(false)));
    let response = send(&fake, Method::PUT, &path, r#"{"terminate_at": "upstream"}"#);
    assert_eq!(response.status, 200);
    let set = module.get(&edge).send().unwrap();
    assert_eq!(set.min_version.unwrap_or_default(), "");
    assert_eq!(
        client
            .tls_edges()
            .get(&edge)
            .send()
            .unwrap()
            .tls_termination
            .unwrap()
            .terminate_at,
        set.terminate_at
    );
}

#[test]
fn update_of_an_operator_merges_fields() {
    let fake = Fake::new();
    let client = client(&fake);
    let operators = client.kubernetes_operators();
    let created = operators.create().description("cluster").metadata("m").send().unwrap();
    let change = KubernetesOperatorUpdate::new().metadata("n");
    let updated = operators.update(&created.id, change).send().unwrap();
    assert_eq!(
        (updated.description.as_str(), updated.metadata.as_str()),
        ("cluster", "n")
    );
    assert_eq!((updated.region, updated.uri), (created.region, created.uri));
    let response = send(
        &fake,
        Method::PATCH,
        &format!("/kubernetes_operators/{}", created.id),
        "{}",
    );
    assert_eq!(response.body["metadata"], "n");
}

// ---- children of objects

#[test]
fn deleting_a_policy_deletes_only_its_rules() {
    let fake = Fake::new();
    let client = client(&fake);
    let [deleted, kept] = [(); 2].map(|()| client.ip_policies().create().send().unwrap().id);
    for policy in [&deleted, &kept, &deleted] {
        let rules = client.ip_policy_rules();
        rules
            .create("10.0.0.0/8", policy, IpPolicyRuleAction::Allow)
            .send()
            .unwrap();
    }
    client.ip_policies().delete(&deleted).send().unwrap();
    let left: Vec<IpPolicyRule> = fake.objects();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].ip_policy.as_ref().unwrap().id, kept);
    assert_eq!(fake.object_count(), 2);
}

#[test]
fn deleting_an_edge_deletes_only_its_routes() {
    let fake = Fake::new();
    let client = client(&fake);
    let [deleted, kept] = [(); 2].map(|()| client.https_edges().create().send().unwrap().id);
    let routes = client.https_edge_routes();
    let route = |edge| {
        routes
            .create(edge, HttpsEdgeRouteMatchType::ExactPath, "/")
            .send()
            .unwrap()
    };
    let (lost, left) = (route(&deleted), route(&kept));
    let compression = EndpointCompression::new();
    client
        .edge_route_compression_module()
        .replace(&kept, &left.id, compression)
        .send()
        .unwrap();
    client.https_edges().delete(&deleted).send().unwrap();
    assert!(routes.get(&deleted, &lost.id).send().unwrap_err().is_not_found());
    let routes = client.https_edges().get(&kept).send().unwrap().routes;
    assert_eq!(routes.len(), 1);
    assert!(routes[0].id == left.id && routes[0].compression.is_some());
    assert_eq!(fake.object_count(), 2);
}

#[test]
fn route_is_found_only_under_its_edge() {
    let fake = Fake::new();
    let client = client(&fake);
    let [one, other] = [(); 2].map(|()| client.https_edges().create().send().unwrap().id);
    let routes = client.https_edge_routes();
    let route = routes
        .create(&one, HttpsEdgeRouteMatchType::ExactPath, "/")
        .send()
        .unwrap()
        .id;
    assert!(routes.get(&other, &route).send().unwrap_err().is_not_found());
    assert!(routes.delete(&other, &route).send().unwrap_err().is_not_found());
    assert!(routes.get(&one, &route).send().is_ok());
}

#[test]
fn deleting_a_vault_deletes_only_its_secrets() {
    let fake = Fake::new();
    let client = client(&fake);
    let [deleted, kept] = ["a", "b"].map(|name| client.vaults().create(name).send().unwrap().id);
    for vault in [&deleted, &kept] {
        client
            .secrets()
            .create("n", SecretString::from("v"))
            .vault_id(vault)
            .send()
            .unwrap();
    }
    client.vaults().delete(&deleted).send().unwrap();
    let left: Vec<Secret> = fake.objects();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].vault.as_ref().unwrap().id, kept);
    assert_eq!(client.vaults().list_secrets(&kept).send().unwrap().items, left);
    assert!(
        client
            .vaults()
            .list_secrets(&deleted)
            .send()
            .unwrap_err()
            .is_not_found()
    );
}

#[test]
fn subscription_creates_and_deletes_its_sources() {
    let fake = Fake::new();
    let client = client(&fake);
    let destination = destination(&client);
    let subscriptions = client.event_subscriptions();
    let types = ["ip_policy_created.v0", "api_key_created.v0"];
    let create = || {
        subscriptions
            .create(types.map(EventSourceReplace::new), [&destination.id])
            .send()
            .unwrap()
    };
    let (deleted, kept) = (create(), create());
    assert_eq!(kept.destinations[0].uri, destination.uri);
    let sources = client.event_sources();
    let found = sources.get(&kept.id, types[1]).send().unwrap();
    assert_eq!(found.uri, format!("{}/sources/{}", kept.uri, types[1]));
    assert!(kept.sources.contains(&found) && kept.sources.len() == 2);

    let updated = subscriptions
        .update(&kept.id)
        .sources([EventSourceReplace::new("vault_created.v0")]);
    let updated = updated.send().unwrap();
    assert_eq!(updated.sources.len(), 1);
    assert!(sources.get(&kept.id, types[1]).send().unwrap_err().is_not_found());
    let untouched = subscriptions.update(&kept.id).description("d").send().unwrap();
    assert_eq!(untouched.sources, updated.sources);

    subscriptions.delete(&deleted.id).send().unwrap();
    assert_eq!(fake.object_count(), 3);
    assert_eq!(sources.list(&kept.id).send().unwrap().items, updated.sources);
    assert!(client.event_destinations().get(&destination.id).send().is_ok());
}

#[test]
fn keys_are_percent_encoded_in_paths() {
    let fake = Fake::new();
    let client = client(&fake);
    let none: [&str; 0] = [];
    let odd = "a/b?c=ä %41+.";
    let subscription = client
        .event_subscriptions()
        .create([EventSourceReplace::new(odd)], none);
    let subscription = subscription.send().unwrap();
    let source = client.event_sources().get(&subscription.id, odd).send().unwrap();
    assert_eq!(source.r#type, odd);
    let path = source.uri.strip_prefix(fake.base_url()).unwrap();
    assert_eq!(get(&fake, path)["type"], odd);
    client.event_sources().delete(&subscription.id, odd).send().unwrap();
    assert_eq!(fake.object_count(), 1);
}

#[test]
fn delete_removes_only_the_object() {
    let fake = Fake::new();
    let ids = policies(&fake, 3);
    let client = client(&fake);
    client.ip_policies().delete(&ids[1]).send().unwrap();
    assert!(client.ip_policies().get(&ids[1]).send().unwrap_err().is_not_found());
    assert!(client.ip_policies().update(&ids[1]).send().unwrap_err().is_not_found());
    assert!(client.ip_policies().delete(&ids[1]).send().unwrap_err().is_not_found());
    assert_eq!(pages(&fake, 9), [[ids[0].clone(), ids[2].clone()]]);
}
