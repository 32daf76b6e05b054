//! What is created stays, is shown, changes and goes, as it does in the API.

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

/// The IDs on each page of the list of policies, by pages of so many.
fn pages(fake: &Fake, limit: u32) -> Vec<Vec<String>> {
    let ids = |page: generated_client::Page<IpPolicy>| page.items.into_iter().map(|policy| policy.id).collect();
    let pages = client(fake).ip_policies().list().limit(limit).pages();
    pages.map(|page| page.map(ids)).collect::<Result<_, _>>().unwrap()
}

/// Creates policies, and gives their IDs, the newest first.
fn policies(fake: &Fake, count: usize) -> Vec<String> {
    let client = client(fake);
    let created = (0..count).map(|_| client.ip_policies().create().send().unwrap().id);
    let mut ids: Vec<_> = created.collect();
    ids.reverse();
    ids
}

/// What the API shows at a path.
fn shown(fake: &Fake, path: &str) -> Value {
    let response = send(fake, Method::GET, path, "");
    assert_eq!(response.status, 200, "{path}: {}", response.body);
    response.body
}

// ---- what is shown

#[test]
fn what_create_stores_get_list_and_update_show() {
    let fake = Fake::new();
    let client = client(&fake);
    let create = client
        .endpoints()
        .create("https://a.example.com", EndpointType::Cloud, "{}");
    let made = create.bindings(["public"]).pooling_enabled(true).send().unwrap();
    assert_eq!(
        (made.url.as_str(), made.traffic_policy.as_str(), made.pooling_enabled),
        ("https://a.example.com", "{}", true)
    );
    assert_eq!(
        (&made.r#type, &made.bindings[..]),
        (&EndpointType::Cloud, &["public".to_owned()][..])
    );
    assert_eq!(client.endpoints().get(&made.id).send().unwrap(), made);
    assert_eq!(
        client.endpoints().list().send().unwrap().items,
        std::slice::from_ref(&made)
    );
    let unchanged = client.endpoints().update(&made.id).send().unwrap();
    assert_eq!(unchanged.url, made.url);
    assert_eq!(unchanged.bindings, made.bindings);
    assert_eq!(client.endpoints().get(&made.id).send().unwrap(), unchanged);
}

#[test]
fn ids_have_their_prefix_and_uris_lead_back() {
    let fake = Fake::new();
    let client = client(&fake);
    let policy = client.ip_policies().create().send().unwrap();
    let digits = policy.id.strip_prefix("ipp_").unwrap();
    assert!(
        digits.len() == 27 && digits.chars().all(|c| c.is_ascii_alphanumeric()),
        "{digits}"
    );
    assert_eq!(policy.uri, format!("https://api.ngrok.com/ip_policies/{}", policy.id));
    let edge = client.edges_https().create().send().unwrap();
    let routes = client.edges_https_routes();
    let route = routes
        .create(&edge.id, HttpsEdgeRouteMatchType::ExactPath, "/")
        .send()
        .unwrap();
    assert_eq!(route.uri, format!("{}/routes/{}", edge.uri, route.id));
    assert_eq!(route.edge_id, edge.id);
    assert!(route.id.starts_with("edghtsrt_"), "{}", route.id);
}

#[test]
fn times_are_the_fake_s() {
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
fn a_token_is_shown_once_and_a_secret_never() {
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
    let all = [
        response.body.clone(),
        shown(&fake, &format!("/vault_secrets/{id}")),
        shown(&fake, "/vault_secrets"),
    ];
    assert!(
        all.iter().all(|shown| !shown.to_string().contains("hunter2")),
        "{all:?}"
    );
}

#[test]
fn references_show_the_id_and_the_uri_of_an_object() {
    let fake = Fake::new();
    let client = client(&fake);
    let policy = client.ip_policies().create().description("office").send().unwrap();
    let rule = client
        .ip_policy_rules()
        .create("10.0.0.0/8", &policy.id, IpPolicyRuleAction::Deny);
    let rule = rule.send().unwrap();
    let body = shown(&fake, &format!("/ip_policy_rules/{}", rule.id));
    assert_eq!(
        body["ip_policy"],
        serde_json::json!({ "id": policy.id, "uri": policy.uri })
    );
    assert!(body.get("ip_policy_id").is_none());
}

#[test]
fn what_is_not_sent_has_its_default() {
    let fake = Fake::new();
    let client = client(&fake);
    assert_eq!(client.reserved_addrs().create().send().unwrap().region.as_str(), "us");
    let operator = client.kubernetes_operators().create().send().unwrap();
    assert_eq!(operator.region, "global");
    let backend = client.http_response_backends().create().send().unwrap();
    let edge = client
        .edges_tcp()
        .create()
        .backend(EndpointBackendMutate::new(&backend.id));
    let edge = edge.send().unwrap();
    assert_eq!(edge.backend.unwrap().enabled, Some(true));
    assert_eq!(edge.description, "");
}

// ---- lists

#[test]
fn lists_show_the_newest_first_in_pages() {
    let fake = Fake::new();
    let ids = policies(&fake, 5);
    assert_eq!(pages(&fake, 2), [&ids[..2], &ids[2..4], &ids[4..]]);
    assert_eq!(pages(&fake, 5), [&ids[..]], "a full page need not be followed");
    assert_eq!(pages(&fake, 100), [&ids[..]]);
}

#[test]
fn a_page_begins_behind_an_object_and_links_to_the_next() {
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
fn a_page_holds_its_own_uri() {
    let fake = Fake::builder().base_url("http://localhost:9/api/").build();
    let page = shown(&fake, "/ip_policies?limit=2");
    assert_eq!(page["uri"], "http://localhost:9/api/ip_policies");
}

#[test]
fn a_list_without_a_limit_shows_a_hundred() {
    let fake = Fake::new();
    let ids = policies(&fake, 101);
    let list = client(&fake).ip_policies().list().send().unwrap();
    assert_eq!((list.items.len(), list.next.is_some()), (100, true));
    assert_eq!(client(&fake).ip_policies().list().items().count(), ids.len());
}

#[test]
fn a_page_behind_an_object_that_is_gone_goes_on() {
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
fn an_empty_list_is_an_empty_page() {
    let fake = Fake::new();
    let list = client(&fake).ip_policies().list().send().unwrap();
    assert_eq!((list.items.len(), list.next), (0, None));
}

// ---- changes

#[test]
fn an_update_keeps_what_is_absent_and_sets_what_is_there() {
    let fake = Fake::new();
    let client = client(&fake);
    let policies = client.ip_policies();
    let made = policies.create().description("office").metadata("m").send().unwrap();
    let changed = policies.update(&made.id).description("home").send().unwrap();
    assert_eq!((changed.description.as_str(), changed.metadata.as_str()), ("home", "m"));
    assert_eq!((&changed.id, changed.created_at), (&made.id, made.created_at));
    let emptied = policies.update(&made.id).metadata("").send().unwrap();
    assert_eq!((emptied.description.as_str(), emptied.metadata.as_str()), ("home", ""));
    assert_eq!(policies.get(&made.id).send().unwrap(), emptied);
}

#[test]
fn null_clears_what_can_be_cleared() {
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
        "null says nothing of what cannot be cleared"
    );
}

#[test]
fn an_empty_list_that_is_set_empties() {
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
fn a_reference_changes_with_the_id_that_is_sent() {
    let fake = Fake::new();
    let client = client(&fake);
    let [first, second] = [(); 2].map(|()| client.tls_certificates().create("PEM", "KEY").send().unwrap().id);
    let domains = client.reserved_domains();
    let domain = domains.create("a.example.com").certificate_id(&first).send().unwrap();
    let kept = domains.update(&domain.id).description("d").send().unwrap();
    assert_eq!(kept.certificate.unwrap().id, first);
    let changed = domains.update(&domain.id).certificate_id(&second).send().unwrap();
    assert_eq!(changed.certificate.unwrap().id, second);
}

#[test]
fn a_module_that_is_replaced_drops_what_is_left_out() {
    let fake = Fake::new();
    let client = client(&fake);
    let edge = client.edges_tls().create().send().unwrap().id;
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
            .edges_tls()
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
fn an_update_of_an_operator_merges() {
    let fake = Fake::new();
    let client = client(&fake);
    let operators = client.kubernetes_operators();
    let made = operators.create().description("cluster").metadata("m").send().unwrap();
    let change = KubernetesOperatorUpdate::new().metadata("n");
    let changed = operators.update(&made.id, change).send().unwrap();
    assert_eq!(
        (changed.description.as_str(), changed.metadata.as_str()),
        ("cluster", "n")
    );
    assert_eq!((changed.region, changed.uri), (made.region, made.uri));
    let response = send(
        &fake,
        Method::PATCH,
        &format!("/kubernetes_operators/{}", made.id),
        "{}",
    );
    assert_eq!(response.body["metadata"], "n");
}

// ---- what belongs to another object

#[test]
fn a_policy_takes_its_rules_with_it_and_no_others() {
    let fake = Fake::new();
    let client = client(&fake);
    let [gone, kept] = [(); 2].map(|()| client.ip_policies().create().send().unwrap().id);
    for policy in [&gone, &kept, &gone] {
        let rules = client.ip_policy_rules();
        rules
            .create("10.0.0.0/8", policy, IpPolicyRuleAction::Allow)
            .send()
            .unwrap();
    }
    client.ip_policies().delete(&gone).send().unwrap();
    let left: Vec<IpPolicyRule> = fake.objects();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].ip_policy.as_ref().unwrap().id, kept);
    assert_eq!(fake.object_count(), 2);
}

#[test]
fn an_edge_takes_its_routes_with_it_and_no_others() {
    let fake = Fake::new();
    let client = client(&fake);
    let [gone, kept] = [(); 2].map(|()| client.edges_https().create().send().unwrap().id);
    let routes = client.edges_https_routes();
    let route = |edge| {
        routes
            .create(edge, HttpsEdgeRouteMatchType::ExactPath, "/")
            .send()
            .unwrap()
    };
    let (lost, left) = (route(&gone), route(&kept));
    let compression = EndpointCompression::new();
    client
        .edge_route_compression_module()
        .replace(&kept, &left.id, compression)
        .send()
        .unwrap();
    client.edges_https().delete(&gone).send().unwrap();
    assert!(routes.get(&gone, &lost.id).send().unwrap_err().is_not_found());
    let routes = client.edges_https().get(&kept).send().unwrap().routes;
    assert_eq!(routes.len(), 1);
    assert!(routes[0].id == left.id && routes[0].compression.is_some());
    assert_eq!(fake.object_count(), 2);
}

#[test]
fn a_route_is_found_below_its_own_edge_alone() {
    let fake = Fake::new();
    let client = client(&fake);
    let [one, other] = [(); 2].map(|()| client.edges_https().create().send().unwrap().id);
    let routes = client.edges_https_routes();
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
fn a_vault_takes_its_secrets_with_it_and_no_others() {
    let fake = Fake::new();
    let client = client(&fake);
    let [gone, kept] = ["a", "b"].map(|name| client.vaults().create(name).send().unwrap().id);
    for vault in [&gone, &kept] {
        client
            .secrets()
            .create("n", SecretString::from("v"))
            .vault_id(vault)
            .send()
            .unwrap();
    }
    client.vaults().delete(&gone).send().unwrap();
    let left: Vec<Secret> = fake.objects();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].vault.as_ref().unwrap().id, kept);
    assert_eq!(client.vaults().secrets(&kept).send().unwrap().items, left);
    assert!(client.vaults().secrets(&gone).send().unwrap_err().is_not_found());
}

#[test]
fn a_subscription_brings_its_sources_and_takes_them_with_it() {
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
    let (gone, kept) = (create(), create());
    assert_eq!(kept.destinations[0].uri, destination.uri);
    let sources = client.event_sources();
    let found = sources.get(&kept.id, types[1]).send().unwrap();
    assert_eq!(found.uri, format!("{}/sources/{}", kept.uri, types[1]));
    assert!(kept.sources.contains(&found) && kept.sources.len() == 2);

    let changed = subscriptions
        .update(&kept.id)
        .sources([EventSourceReplace::new("vault_created.v0")]);
    let changed = changed.send().unwrap();
    assert_eq!(changed.sources.len(), 1);
    assert!(sources.get(&kept.id, types[1]).send().unwrap_err().is_not_found());
    let untouched = subscriptions.update(&kept.id).description("d").send().unwrap();
    assert_eq!(untouched.sources, changed.sources);

    subscriptions.delete(&gone.id).send().unwrap();
    assert_eq!(fake.object_count(), 3);
    assert_eq!(sources.list(&kept.id).send().unwrap().items, changed.sources);
    assert!(client.event_destinations().get(&destination.id).send().is_ok());
}

#[test]
fn a_key_may_hold_what_a_path_must_encode() {
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
    assert_eq!(shown(&fake, path)["type"], odd);
    client.event_sources().delete(&subscription.id, odd).send().unwrap();
    assert_eq!(fake.object_count(), 1);
}

#[test]
fn what_is_deleted_is_gone_and_only_that() {
    let fake = Fake::new();
    let ids = policies(&fake, 3);
    let client = client(&fake);
    client.ip_policies().delete(&ids[1]).send().unwrap();
    assert!(client.ip_policies().get(&ids[1]).send().unwrap_err().is_not_found());
    assert!(client.ip_policies().update(&ids[1]).send().unwrap_err().is_not_found());
    assert!(client.ip_policies().delete(&ids[1]).send().unwrap_err().is_not_found());
    assert_eq!(pages(&fake, 9), [[ids[0].clone(), ids[2].clone()]]);
}
