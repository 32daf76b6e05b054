//! Tests seeding, recorded requests and settings of a fake.

use std::collections::BTreeSet;
use std::time::Duration;

use generated_client::fake::{Fake, Fault, Server};
use generated_client::models::*;
use generated_client::{SecretString, Timestamp, blocking};
use http::{HeaderValue, Method};
use serde_json::json;

use super::raw::{client, send, send_modified};

/// Asserts that each resource has exactly one object, which can be listed and fetched.
macro_rules! assert_example {
    ($fake:ident, $client:ident: $($resource:ident $model:ident,)*) => {$({
        let listed = $client.$resource().list().send().unwrap().items;
        assert_eq!(listed.len(), 1, stringify!($resource));
        assert_eq!($client.$resource().get(&listed[0].id).send().unwrap(), listed[0]);
        assert_eq!($fake.objects::<$model>(), listed);
    })*};
}

// ---- seeded objects

#[test]
fn seed_removes_fields_returned_only_by_create() {
    let fake = Fake::new();
    let mut key = ApiKey::default();
    key.token = Some("t".into());
    let key = fake.seed(key);
    assert_eq!(key.token, None);
    assert_eq!(
        fake.blocking_client().api_keys().get(&key.id).send().unwrap().token,
        None
    );
}

#[test]
fn seed_assigns_id_uri_and_timestamps() {
    let fake = Fake::new();
    fake.advance(Duration::from_secs(5));
    let mut session = ApplicationSession::default();
    session.public_url = "https://shop.example.com".to_owned();
    let seeded = fake.seed(session);
    assert!(seeded.id.starts_with("as_") && seeded.id.len() == 30, "{}", seeded.id);
    assert_eq!(seeded.uri, format!("https://api.ngrok.com/app/sessions/{}", seeded.id));
    assert_eq!((seeded.created_at, seeded.last_active), (fake.now(), None));
    assert_eq!(seeded.public_url, "https://shop.example.com");
    let client = client(&fake);
    assert_eq!(client.application_sessions().get(&seeded.id).send().unwrap(), seeded);
    assert_eq!(
        client.application_sessions().list().send().unwrap().items,
        std::slice::from_ref(&seeded)
    );
    client.application_sessions().delete(&seeded.id).send().unwrap();
    assert_eq!(fake.object_count(), 0);
}

#[test]
fn seed_keeps_existing_id_uri_and_timestamps() {
    let fake = Fake::new();
    let mut session = TunnelSession::default();
    session.id = "ts_1".to_owned();
    session.uri = "https://elsewhere.example.com/ts_1".to_owned();
    session.started_at = "2020-02-03T04:05:06Z".parse().unwrap();
    assert_eq!(fake.seed(session.clone()), session);
    assert_eq!(client(&fake).tunnel_sessions().get("ts_1").send().unwrap(), session);
}

#[test]
fn seed_replaces_an_object_with_the_same_id() {
    let fake = Fake::new();
    let seed = |name: &str| {
        let mut vault = Vault::default();
        vault.id = "vault_1".to_owned();
        vault.name = name.to_owned();
        fake.seed(vault)
    };
    seed("first");
    let second = seed("second");
    assert_eq!(fake.objects::<Vault>(), std::slice::from_ref(&second));
    assert_eq!(client(&fake).vaults().get("vault_1").send().unwrap(), second);
}

#[test]
fn seed_assigns_the_uris_of_references() {
    let fake = Fake::new();
    let policy = fake.seed(IpPolicy::default());
    let reference = |id: &str| {
        let mut reference = Ref::default();
        reference.id = id.to_owned();
        reference
    };
    let mut rule = IpPolicyRule::default();
    rule.ip_policy = Some(reference(&policy.id));
    let mut restriction = IpRestriction::default();
    restriction.ip_policies = vec![reference(&policy.id), reference("ipp_none"), reference(&policy.id)];
    restriction.ip_policies[2].uri = "kept".to_owned();
    let [rule, stored] = [fake.seed(rule), fake.objects::<IpPolicyRule>().remove(0)];
    assert_eq!(rule.ip_policy.as_ref().unwrap().uri, policy.uri);
    assert_eq!(stored, rule);
    let uris = fake.seed(restriction).ip_policies.into_iter().map(|policy| policy.uri);
    assert_eq!(uris.collect::<Vec<_>>(), [&policy.uri, "", "kept"]);
}

#[test]
fn seeded_object_is_deleted_with_its_parent() {
    let fake = Fake::new();
    let policy = fake.seed(IpPolicy::default());
    let mut rule = IpPolicyRule::default();
    let mut reference = Ref::default();
    reference.id.clone_from(&policy.id);
    rule.ip_policy = Some(reference);
    let rule = fake.seed(rule);
    let client = client(&fake);
    assert_eq!(client.ip_policy_rules().get(&rule.id).send().unwrap(), rule);
    client.ip_policies().delete(&policy.id).send().unwrap();
    assert_eq!(fake.object_count(), 0);
}

#[test]
fn replacing_a_parent_keeps_its_children() {
    let fake = Fake::new();
    let client = client(&fake);
    let mut vault = client.vaults().create("first").send().unwrap();
    let other = client.vaults().create("other").send().unwrap();
    let secret = client.secrets().create("password", SecretString::from("hunter2"));
    let secret = secret.vault_id(&vault.id).send().unwrap();
    vault.name = "second".to_owned();
    fake.seed(vault.clone());
    assert_eq!(fake.objects::<Vault>(), [other, vault.clone()]);
    assert_eq!(client.vaults().list_secrets(&vault.id).send().unwrap().items, [secret]);
    client.vaults().delete(&vault.id).send().unwrap();
    assert!(fake.objects::<Secret>().is_empty());
}

#[test]
fn seed_moves_an_object_to_its_new_parent() {
    let fake = Fake::new();
    let client = client(&fake);
    let [first, second] = [(); 2].map(|()| client.ip_policies().create().send().unwrap());
    let rule = client
        .ip_policy_rules()
        .create("10.0.0.0/8", &first.id, IpPolicyRuleAction::Allow);
    let mut rule = rule.send().unwrap();
    rule.ip_policy.as_mut().unwrap().id.clone_from(&second.id);
    fake.seed(rule.clone());
    client.ip_policies().delete(&first.id).send().unwrap();
    assert_eq!(fake.objects::<IpPolicyRule>(), [rule]);
}

#[test]
fn seed_creates_nested_objects() {
    let fake = Fake::new();
    let source = |name: &str| {
        let mut source = EventSource::default();
        source.r#type = name.to_owned();
        source
    };
    let mut subscription = EventSubscription::default();
    subscription.sources = vec![source("api_key_created.v0"), source("vault_created.v0")];
    let mut seeded = fake.seed(subscription);
    let names = |subscription: &EventSubscription| {
        let sources = subscription.sources.iter();
        sources.map(|source| source.r#type.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&seeded), ["api_key_created.v0", "vault_created.v0"]);
    assert_eq!(
        seeded.sources[0].uri,
        format!("{}/sources/api_key_created.v0", seeded.uri)
    );
    let client = client(&fake);
    let found = client
        .event_sources()
        .get(&seeded.id, "vault_created.v0")
        .send()
        .unwrap();
    assert_eq!(found, seeded.sources[1]);
    seeded.sources.remove(0);
    assert_eq!(fake.seed(seeded.clone()), seeded);
    assert_eq!(fake.object_count(), 2);
}

#[test]
fn seed_examples_creates_one_object_of_each_type() {
    let fake = Fake::new();
    fake.seed_examples();
    let client = client(&fake);
    assert_example!(fake, client:
        agent_ingresses AgentIngress, api_keys ApiKey, application_sessions ApplicationSession,
        application_users ApplicationUser, bot_users BotUser, certificate_authorities CertificateAuthority,
        credentials Credential, https_edges HttpsEdge, tcp_edges TcpEdge, tls_edges TlsEdge, endpoints Endpoint,
        event_destinations EventDestination, event_subscriptions EventSubscription,
        failover_backends FailoverBackend, http_response_backends HttpResponseBackend, ip_policies IpPolicy,
        ip_policy_rules IpPolicyRule, ip_restrictions IpRestriction, kubernetes_operators KubernetesOperator,
        reserved_addrs ReservedAddr, reserved_domains ReservedDomain, secrets Secret, service_users ServiceUser,
        ssh_certificate_authorities SshCertificateAuthority, ssh_credentials SshCredential,
        ssh_host_certificates SshHostCertificate, ssh_user_certificates SshUserCertificate,
        static_backends StaticBackend, tls_certificates TlsCertificate, tunnel_group_backends TunnelGroupBackend,
        tunnel_sessions TunnelSession, tunnels Tunnel, vaults Vault, weighted_backends WeightedBackend,
    );
    // Types without a `list` operation, without a `get` operation, or with a parent.
    assert_eq!(fake.objects::<AbuseReport>().len(), 1);
    let report = &fake.objects::<AbuseReport>()[0];
    assert_eq!(client.abuse_reports().get(&report.id).send().unwrap(), *report);
    assert_eq!(
        client.ai_gateway_api_keys().list().send().unwrap().items,
        fake.objects::<AiGatewayApiKey>()
    );
    let edge = client.https_edges().list().send().unwrap().items.remove(0);
    let route = client
        .https_edge_routes()
        .get(&edge.id, &edge.routes[0].id)
        .send()
        .unwrap();
    assert_eq!(edge.routes, [route]);
    let subscription = client.event_subscriptions().list().send().unwrap().items.remove(0);
    assert_eq!(
        client.event_sources().list(&subscription.id).send().unwrap().items,
        subscription.sources
    );
    assert_eq!((fake.object_count(), subscription.sources.len()), (38, 1));
}

#[test]
fn seed_examples_skips_types_with_objects() {
    let fake = Fake::new();
    let policy = client(&fake).ip_policies().create().description("mine").send().unwrap();
    fake.seed_examples();
    fake.seed_examples();
    assert_eq!(fake.objects::<IpPolicy>(), std::slice::from_ref(&policy));
    assert_eq!(
        fake.objects::<IpPolicyRule>()[0].ip_policy.as_ref().unwrap().id,
        policy.id
    );
    assert_eq!(fake.object_count(), 38);
}

#[test]
fn objects_returns_current_values_newest_first() {
    let fake = Fake::new();
    let client = client(&fake);
    assert!(fake.objects::<Vault>().is_empty());
    let first = client.vaults().create("a").send().unwrap();
    let second = client.vaults().create("b").send().unwrap();
    client.ip_policies().create().send().unwrap();
    assert_eq!(fake.objects::<Vault>(), [second.clone(), first.clone()]);
    let renamed = client.vaults().update(&first.id).name("c").send().unwrap();
    assert_eq!(fake.objects::<Vault>(), [second, renamed]);
    assert_eq!((fake.object_count(), Fake::operation_count()), (3, 252));
}

// ---- recorded requests

#[test]
fn records_requests_with_operation_and_status() {
    let fake = Fake::new();
    let client = client(&fake);
    client
        .ip_policies()
        .create()
        .description("office")
        .header("x-trace", "7")
        .send()
        .unwrap();
    client
        .ip_policies()
        .list()
        .limit(5)
        .filter("obj.metadata == 'a&b'")
        .send()
        .unwrap();
    client.ip_policies().get("ipp_ä/1").send().unwrap_err();
    fake.fault(Fault::connection_closed());
    client.ip_policies().delete("ipp_1").send().unwrap_err();
    fake.advance(Duration::from_secs(7));
    send(&fake, Method::GET, "/nothing", "");
    let [create, list, get, delete, nothing] = <[_; 5]>::try_from(fake.requests()).unwrap();

    assert_eq!(
        (create.operation, create.path.as_str()),
        (Some("ip_policies.create"), "/ip_policies")
    );
    assert_eq!((create.method, create.status.unwrap().as_u16()), (Method::POST, 201));
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(&create.body).unwrap(),
        json!({ "description": "office" })
    );
    assert_eq!(create.headers["x-trace"], "7");
    assert_eq!(create.headers["authorization"], "Bearer fake-key");
    assert_eq!(list.query_value("limit"), Some("5"));
    assert_eq!(list.query_value("filter"), Some("obj.metadata == 'a&b'"));
    assert_eq!(
        (list.query_value("none"), list.query.len(), list.json()),
        (None, 2, json!(null))
    );
    assert_eq!(get.path, "/ip_policies/ipp_%C3%A4%2F1");
    assert_eq!(
        (get.operation, get.status.unwrap().as_u16()),
        (Some("ip_policies.get"), 404)
    );
    assert_eq!((delete.operation, delete.status), (Some("ip_policies.delete"), None));
    assert_eq!((nothing.operation, nothing.status.unwrap().as_u16()), (None, 404));
    assert_eq!(nothing.time, fake.now());
    assert_eq!(nothing.time.as_second() - delete.time.as_second(), 7);
}

#[test]
fn debug_of_requests_hides_key_and_body() {
    let fake = Fake::builder().key("secret-api-key").build();
    let client = client(&fake);
    client
        .secrets()
        .create("password", SecretString::from("hunter2"))
        .send()
        .unwrap();
    send_modified(&fake, |request| {
        let value = HeaderValue::from_static("Bearer secret-api-key-2");
        request.headers_mut().insert("authorization", value);
    });
    let output = format!("{:?} {:#?} {fake:?} {client:?}", fake.requests(), fake.requests());
    assert!(
        !output.contains("secret-api-key") && !output.contains("hunter2"),
        "{output}"
    );
    assert!(
        output.contains("secrets.create") && output.contains("bytes"),
        "{output}"
    );
    assert_eq!(fake.requests()[0].json()["value"], "hunter2");
    let builder = format!("{:?}", Fake::builder().key("secret-api-key"));
    assert!(!builder.contains("secret-api"), "{builder}");
}

#[test]
fn clears_or_disables_recorded_requests() {
    let fake = Fake::new();
    let client = client(&fake);
    client.ip_policies().create().send().unwrap();
    fake.clear_requests();
    assert!(fake.requests().is_empty() && fake.object_count() == 1);
    client.ip_policies().list().send().unwrap();
    assert_eq!(fake.requests().len(), 1);
    let fake = Fake::builder().record_requests(false).build();
    fake.blocking_client().ip_policies().list().send().unwrap();
    assert!(fake.requests().is_empty());
}

#[test]
fn reset_keeps_only_the_clock_and_the_id_sequence() {
    let fake = Fake::new();
    let client = client(&fake);
    let policy = client.ip_policies().create().send().unwrap();
    client
        .ip_policy_rules()
        .create("10.0.0.0/8", &policy.id, IpPolicyRuleAction::Allow)
        .send()
        .unwrap();
    fake.advance(Duration::from_secs(60));
    fake.fault(Fault::status(500).times(9));
    fake.reset();
    assert_eq!((fake.object_count(), fake.requests().len()), (0, 0));
    assert!(client.ip_policies().get(&policy.id).send().unwrap_err().is_not_found());
    let next = client.ip_policies().create().send().unwrap();
    assert_ne!(next.id, policy.id);
    assert_eq!(next.created_at.as_second() - policy.created_at.as_second(), 60);
    assert_eq!(client.ip_policy_rules().list().send().unwrap().items.len(), 0);
}

// ---- settings

/// Sends several requests and returns the headers and bodies of the responses, which contain secrets.
fn responses(fake: &Fake) -> Vec<String> {
    let calls = [
        (Method::POST, "/api_keys", "{}"),
        (Method::POST, "/ip_policies", r#"{"description": "office"}"#),
        (Method::GET, "/ip_policies?limit=1", ""),
        (Method::GET, "/nothing", ""),
    ];
    let responses = calls.map(|(method, path, body)| send(fake, method, path, body));
    responses
        .map(|response| format!("{:?} {}", response.headers, response.body))
        .into()
}

#[test]
fn equal_seeds_give_equal_responses() {
    let built = |seed| Fake::builder().seed(seed).build();
    assert_eq!(responses(&built(7)), responses(&built(7)));
    assert_eq!(responses(&Fake::new()), responses(&built(0)));
    let (seven, eight) = (responses(&built(7)), responses(&built(8)));
    assert!(seven.iter().zip(&eight).all(|(one, other)| one != other), "{seven:?}");
}

#[test]
fn example_objects_are_equal_and_have_the_documented_ids() {
    let [one, other] = [1, 2].map(|seed| {
        let fake = Fake::builder().seed(seed).build();
        fake.seed_examples();
        fake.objects::<ReservedDomain>()
    });
    assert_eq!(one, other);
    let fake = Fake::new();
    fake.seed_examples();
    let client = client(&fake);
    assert_eq!(client.reserved_domains().get("rd_1").send().unwrap(), one[0]);
    let source = client
        .event_sources()
        .get("esb_1", "ip_policy_created.v0")
        .send()
        .unwrap();
    assert_eq!(source.r#type, "ip_policy_created.v0");
    // An ID is not used twice.
    assert_ne!(client.vaults().create("name").send().unwrap().id, "vault_1");
}

#[test]
fn clock_starts_at_the_configured_time() {
    let start: Timestamp = "2030-01-02T03:04:05Z".parse().unwrap();
    let fake = Fake::builder().start(start).build();
    assert_eq!(fake.now(), start);
    fake.advance(Duration::from_millis(1500));
    let policy = client(&fake).ip_policies().create().send().unwrap();
    assert_eq!(policy.created_at.to_string(), "2030-01-02T03:04:06Z");
    assert_eq!(Fake::new().now().to_string(), "2025-01-01T00:00:00Z");
}

#[test]
fn ids_sort_by_creation_time() {
    let fake = Fake::new();
    let client = client(&fake);
    let ids: Vec<_> = (0..5)
        .map(|_| {
            fake.advance(Duration::from_secs(1));
            client.ip_policies().create().send().unwrap().id
        })
        .collect();
    assert!(ids.is_sorted(), "{ids:?}");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 5);
}

#[test]
fn accepts_only_the_configured_api_key() {
    let fake = Fake::builder().key("mine").build();
    assert_eq!((fake.key(), Fake::new().key()), ("mine", "fake-key"));
    fake.blocking_client().ip_policies().list().send().unwrap();
    let unauthorized = blocking::Client::builder("fake-key")
        .transport(fake.clone())
        .build()
        .unwrap();
    assert!(unauthorized.ip_policies().list().send().unwrap_err().is_unauthorized());
}

#[test]
fn base_url_may_have_a_path() {
    let fake = Fake::builder().base_url("http://localhost:8080/v1/api/").build();
    assert_eq!(fake.base_url(), "http://localhost:8080/v1/api");
    let client = client(&fake);
    let ids = [(); 3].map(|()| client.ip_policies().create().send().unwrap().id);
    let policy = client.ip_policies().get(&ids[0]).send().unwrap();
    assert_eq!(
        policy.uri,
        format!("http://localhost:8080/v1/api/ip_policies/{}", ids[0])
    );
    assert_eq!(client.ip_policies().list().limit(1).items().flatten().count(), 3);
    assert_eq!(fake.requests()[0].path, "/ip_policies");
    assert_eq!(send(&fake, Method::GET, "/ip_policies", "").status, 200);
}

#[test]
fn clones_share_state() {
    let fake = Fake::new();
    let clone = fake.clone();
    client(&clone).ip_policies().create().send().unwrap();
    clone.fault(Fault::status(500));
    clone.advance(Duration::from_secs(1));
    assert!(client(&fake).ip_policies().create().send().is_err());
    assert_eq!(
        (fake.object_count(), fake.now(), fake.requests().len()),
        (1, clone.now(), 2)
    );
}

#[test]
fn client_rate_limit_uses_the_clock_of_the_fake() {
    let fake = Fake::builder().api_rate_limit().build();
    let builder = fake.blocking_client_builder().api_rate_limit();
    let client = builder.build().unwrap();
    for _ in 0..=120 * 2 {
        client.ip_policies().list().send().unwrap();
    }
    assert_eq!(fake.now().to_string(), "2025-01-01T00:02:00Z");
    let rejected = fake
        .requests()
        .iter()
        .filter(|request| request.status.is_none_or(|status| status != 200))
        .count();
    assert_eq!(rejected, 0);
}

#[test]
fn system_clock_uses_real_time() {
    let fake = Fake::builder().system_clock().build();
    fake.advance(Duration::from_secs(1_000_000));
    let apart = fake.now().as_second() - Timestamp::now().as_second();
    assert!((-5..=0).contains(&apart), "{apart}");
}

#[tokio::test]
async fn fake_on_a_socket_uses_the_system_clock_by_default() {
    let server = Server::bind(Fake::builder(), "127.0.0.1:0").await.unwrap();
    let apart = server.fake().now().as_second() - Timestamp::now().as_second();
    assert!((-5..=0).contains(&apart), "{apart}");
    let start: Timestamp = "2030-01-02T03:04:05Z".parse().unwrap();
    let server = Server::bind(Fake::builder().start(start), "127.0.0.1:0").await.unwrap();
    assert_eq!(server.fake().now(), start);
}
