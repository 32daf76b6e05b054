//! Tests the requests and decoded responses of generated calls for each construct of the schema language.
//!
//! Both clients share the code for encoding and decoding. These tests use the blocking client; one test checks that the
//! async client sends the same requests.

use std::sync::Arc;

use generated_client::models::{
    AwsAuth, AwsCredentials, AwsRole, EndpointBackendMutate, EndpointCompression, EndpointOauth, EndpointOauthGithub,
    EndpointOauthGoogle, EndpointOauthProvider, EndpointOidc, EndpointType, EndpointWebhookValidation,
    EventDestination, EventDestinationFormat, EventTarget, EventTargetDatadog, EventTargetKinesis,
    HttpsEdgeRouteCreate, HttpsEdgeRouteMatchType, IpPolicyRule, IpPolicyRuleAction, IpPolicyRuleCreate,
    KubernetesOperatorBindingCreate, KubernetesOperatorEnabledFeature, KubernetesOperatorUpdate,
    ReservedDomainCertPolicy, ReservedDomainCertPolicyAuthority, ReservedDomainCreate, ReservedDomainRegion,
    ReservedDomainResolvesToEntry, ReservedDomainUpdate,
};
use generated_client::{Error, Patch, blocking};
use serde_json::{Value, json};

use crate::support::{Script, ScriptedResponse, assert_hides, json, response, session};

/// Returns a minimal response that decodes as any object.
fn object() -> ScriptedResponse {
    json(&session("x_1"))
}

/// Returns the last page of a list, without items.
fn empty_page(items: &str) -> ScriptedResponse {
    json(&json!({ items: null, "next_page_uri": null }))
}

/// Makes one call that receives this response, and returns the script with its request.
fn send<T>(response: ScriptedResponse, call: impl FnOnce(&blocking::Client) -> Result<T, Error>) -> Arc<Script> {
    let script = Script::new([response]);
    call(&script.blocking_client()).unwrap();
    script
}

/// Returns the body of the only request, which must have the content type of JSON.
fn body(script: &Script) -> Value {
    let request = script.request();
    assert_eq!(request.headers()["content-type"], "application/json");
    serde_json::from_slice(request.body()).unwrap()
}

/// Returns the path and query of the only request, relative to the base URL.
fn target(script: &Script) -> String {
    let line = script.lines().pop().unwrap();
    line.split_once("https://api.ngrok.com").unwrap().1.to_owned()
}

fn letsencrypt() -> ReservedDomainCertPolicy {
    ReservedDomainCertPolicy::new().authority(ReservedDomainCertPolicyAuthority::Letsencrypt)
}

// ---- create

#[test]
fn create_sends_required_and_set_fields() {
    let minimal = send(object(), |client| {
        let rules = client.ip_policy_rules();
        rules.create("10.0.0.0/8", "ipp_1", IpPolicyRuleAction::Allow).send()
    });
    assert_eq!(minimal.lines(), ["POST https://api.ngrok.com/ip_policy_rules"]);
    let required = json!({ "cidr": "10.0.0.0/8", "ip_policy_id": "ipp_1", "action": "allow" });
    assert_eq!(body(&minimal), required);

    let full = send(object(), |client| {
        let rules = client.ip_policy_rules();
        let call = rules.create("::/0", "ipp_1", IpPolicyRuleAction::Deny);
        call.description("é\"\n").metadata("").send()
    });
    let expected = json!({
        "cidr": "::/0", "ip_policy_id": "ipp_1", "action": "deny", "description": "é\"\n", "metadata": "",
    });
    assert_eq!(body(&full), expected, "an empty string should be sent if it was set");
}

#[test]
fn create_sends_empty_lists_only_if_set() {
    let create = |lists: Option<Vec<ReservedDomainResolvesToEntry>>| {
        let script = send(object(), |client| {
            let call = client.reserved_domains().create("shop.example");
            match lists {
                Some(places) => call.resolves_to(places).send(),
                None => call.send(),
            }
        });
        body(&script)
    };
    assert_eq!(create(None), json!({ "domain": "shop.example" }));
    assert_eq!(
        create(Some(Vec::new())),
        json!({ "domain": "shop.example", "resolves_to": [] })
    );
    let places = ["us-cal-1", "global"].map(ReservedDomainResolvesToEntry::new);
    assert_eq!(
        create(Some(places.into())),
        json!({ "domain": "shop.example", "resolves_to": [{ "value": "us-cal-1" }, { "value": "global" }] })
    );
}

#[test]
fn create_without_fields_sends_an_empty_object() {
    let script = send(object(), |client| client.kubernetes_operators().create().send());
    assert_eq!(body(&script), json!({}));
}

#[test]
fn path_parameters_are_not_repeated_in_the_body() {
    let route = send(object(), |client| {
        let routes = client.https_edge_routes();
        routes
            .create("edghts_1", HttpsEdgeRouteMatchType::PathPrefix, "/blog")
            .send()
    });
    assert_eq!(target(&route), "/edges/https/edghts_1/routes");
    assert_eq!(body(&route), json!({ "match_type": "path_prefix", "match": "/blog" }));

    let source = send(json(&json!({})), |client| {
        client.event_sources().create("esb_1", "ip_policy_created.v0").send()
    });
    assert_eq!(target(&source), "/event_subscriptions/esb_1/sources");
    assert_eq!(body(&source), json!({ "type": "ip_policy_created.v0" }));

    let update = send(object(), |client| {
        client
            .https_edge_routes()
            .update("edghts_1", "edghtsrt_1")
            .r#match("/")
            .send()
    });
    assert_eq!(target(&update), "/edges/https/edghts_1/routes/edghtsrt_1");
    assert_eq!(body(&update), json!({ "match": "/" }));
}

#[test]
fn create_sends_fields_as_their_request_type() {
    let script = send(object(), |client| {
        let routes = client.https_edge_routes();
        let call = routes.create("edghts_1", HttpsEdgeRouteMatchType::ExactPath, "/");
        call.backend(EndpointBackendMutate::new("bkdhr_1").enabled(false))
            .compression(EndpointCompression::new())
            .send()
    });
    let expected = json!({
        "match_type": "exact_path", "match": "/",
        "backend": { "enabled": false, "backend_id": "bkdhr_1" }, "compression": {},
    });
    assert_eq!(body(&script), expected, "`false` and empty objects should be sent");

    let script = send(object(), |client| {
        let binding = KubernetesOperatorBindingCreate::new()
            .endpoint_selectors(["true"])
            .csr("pem");
        let call = client.kubernetes_operators().create().region("eu").binding(binding);
        call.enabled_features([KubernetesOperatorEnabledFeature::Bindings])
            .send()
    });
    let expected = json!({
        "region": "eu", "enabled_features": ["bindings"],
        "binding": { "endpoint_selectors": ["true"], "csr": "pem" },
    });
    assert_eq!(body(&script), expected);
}

// ---- update

#[test]
fn update_sends_set_fields_and_null_for_cleared_fields() {
    type Call<'c> = generated_client::resources::UpdateReservedDomainCall<'c, blocking::Client>;
    let update = |change: fn(Call<'_>) -> Call<'_>| {
        let script = send(object(), |client| {
            change(client.reserved_domains().update("rd_1")).send()
        });
        assert_eq!(script.lines(), ["PATCH https://api.ngrok.com/reserved_domains/rd_1"]);
        body(&script)
    };
    assert_eq!(update(|call| call), json!({}));
    assert_eq!(
        update(|call| call.description("").certificate_management_policy(letsencrypt())),
        json!({ "description": "", "certificate_management_policy": { "authority": "letsencrypt" } })
    );
    assert_eq!(
        update(|call| call.description("new").clear_certificate_management_policy()),
        json!({ "description": "new", "certificate_management_policy": null })
    );
    assert_eq!(
        update(|call| call
            .clear_certificate_management_policy()
            .certificate_management_policy(letsencrypt())),
        json!({ "certificate_management_policy": { "authority": "letsencrypt" } }),
        "the last setter should win"
    );
    assert_eq!(update(|call| call.resolves_to([])), json!({ "resolves_to": [] }));
}

#[test]
fn update_with_an_explicit_body_sends_set_fields() {
    let script = send(object(), |client| {
        let change = KubernetesOperatorUpdate::new().description("").enabled_features([]);
        client.kubernetes_operators().update("k8sop_1", change).send()
    });
    assert_eq!(
        script.lines(),
        ["PATCH https://api.ngrok.com/kubernetes_operators/k8sop_1"]
    );
    assert_eq!(body(&script), json!({ "description": "", "enabled_features": [] }));
}

// ---- request models

#[test]
fn create_from_sends_the_same_as_setters() {
    let text = r#"{
        "domain": "shop.example", "region": "eu", "resolves_to": [], "certificate_management_policy": {
            "authority": "letsencrypt"
        }
    }"#;
    let model: ReservedDomainCreate = serde_json::from_str(text).unwrap();
    let from_model = send(object(), |client| client.reserved_domains().create_from(model).send());
    let by_setters = send(object(), |client| {
        #[expect(deprecated, reason = "deprecated fields should still be sent")]
        let call = client
            .reserved_domains()
            .create("shop.example")
            .region(ReservedDomainRegion::Eu);
        call.certificate_management_policy(letsencrypt()).resolves_to([]).send()
    });
    assert_eq!(from_model.lines(), by_setters.lines());
    assert_eq!(from_model.request().body(), by_setters.request().body());
    assert_eq!(body(&from_model), serde_json::from_str::<Value>(text).unwrap());
}

#[test]
fn update_from_sends_the_same_as_setters() {
    let text = r#"{ "metadata": "m", "certificate_management_policy": null }"#;
    let model: ReservedDomainUpdate = serde_json::from_str(text).unwrap();
    assert_eq!(model.certificate_management_policy, Patch::Clear);
    let from_model = send(object(), |client| {
        client.reserved_domains().update_from("rd_1", model).send()
    });
    let by_setters = send(object(), |client| {
        let call = client.reserved_domains().update("rd_1").metadata("m");
        call.clear_certificate_management_policy().send()
    });
    assert_eq!(from_model.lines(), by_setters.lines());
    assert_eq!(from_model.request().body(), by_setters.request().body());
    assert_eq!(body(&from_model), serde_json::from_str::<Value>(text).unwrap());
}

#[test]
fn setters_override_fields_of_a_model() {
    let model = HttpsEdgeRouteCreate::new(HttpsEdgeRouteMatchType::ExactPath, "/").description("from the file");
    let script = send(object(), |client| {
        let call = client.https_edge_routes().create_from("edghts_1", model);
        call.description("from the call").send()
    });
    assert_eq!(target(&script), "/edges/https/edghts_1/routes");
    let expected = json!({ "match_type": "exact_path", "match": "/", "description": "from the call" });
    assert_eq!(body(&script), expected);
}

#[test]
fn rejects_request_models_without_required_fields() {
    let error = serde_json::from_str::<IpPolicyRuleCreate>(r#"{ "cidr": "::/0", "action": "deny" }"#).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("ip_policy_id") && text.contains("missing"), "{text}");
}

// ---- bodies

#[test]
fn replace_sends_the_complete_body() {
    let github = EndpointOauthGithub::new()
        .client_id("app")
        .client_secret("github-secret")
        .scopes(["user"])
        .teams(["shop/edge"]);
    let module = EndpointOauth::new(EndpointOauthProvider::Github(github))
        .maximum_duration(3600)
        .enabled(false);
    let script = send(json(&json!({ "provider": { "google": {} } })), |client| {
        let modules = client.edge_route_oauth_module();
        let response = modules.replace("edghts_1", "edghtsrt_1", module).send()?;
        assert_eq!(
            response.provider,
            EndpointOauthProvider::Google(EndpointOauthGoogle::new())
        );
        Ok(())
    });
    assert_eq!(
        script.lines(),
        ["PUT https://api.ngrok.com/edges/https/edghts_1/routes/edghtsrt_1/oauth"]
    );
    let github = json!({
        "client_id": "app", "client_secret": "github-secret", "scopes": ["user"], "teams": ["shop/edge"],
    });
    let expected = json!({ "enabled": false, "provider": { "github": github }, "maximum_duration": 3600 });
    assert_eq!(body(&script), expected);
}

#[test]
fn empty_body_is_sent_as_an_empty_object() {
    let source = send(json(&json!({ "type": "t.v0" })), |client| {
        client.event_sources().update("esb_1", "t.v0").send()
    });
    assert_eq!(
        source.lines(),
        ["PATCH https://api.ngrok.com/event_subscriptions/esb_1/sources/t.v0"]
    );
    assert_eq!(source.request().body(), "{}");
    assert_eq!(body(&source), json!({}));

    let stop = send(response(204, ""), |client| client.tunnel_sessions().stop("ts_1").send());
    assert_eq!(stop.lines(), ["POST https://api.ngrok.com/tunnel_sessions/ts_1/stop"]);
    assert_eq!(body(&stop), json!({}));
}

#[test]
fn call_without_a_body_has_no_content_type() {
    let get = send(object(), |client| client.reserved_domains().get("rd_1").send());
    let list = send(empty_page("endpoints"), |client| client.endpoints().list().send());
    let delete = send(response(204, ""), |client| {
        client
            .reserved_domains()
            .delete_certificate_management_policy("rd_1")
            .send()
    });
    assert_eq!(
        delete.lines(),
        ["DELETE https://api.ngrok.com/reserved_domains/rd_1/certificate_management_policy"]
    );
    for script in [get, list, delete] {
        let request = script.request();
        assert!(request.body().is_empty(), "{request:?}");
        assert!(!request.headers().contains_key("content-type"), "{request:?}");
    }
}

// ---- lists

#[test]
fn reads_pages_from_the_key_of_the_operation() {
    let operators = [session("k8sop_1")];
    let operators =
        json!({ "operators": operators, "kubernetes_operators": [session("wrong")], "next_page_uri": null });
    let script = Script::new([
        json(&operators),
        json(&json!({ "endpoints": [session("ep_1")], "operators": 1, "next_page_uri": null })),
    ]);
    let client = script.blocking_client();
    let page = client.kubernetes_operators().list().limit(5).send().unwrap();
    assert_eq!(page.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["k8sop_1"]);
    let page = client
        .kubernetes_operators()
        .list_bound_endpoints("k8sop_1")
        .send()
        .unwrap();
    assert_eq!(page.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["ep_1"]);
    assert_eq!(
        script.lines(),
        [
            "GET https://api.ngrok.com/kubernetes_operators?limit=5",
            "GET https://api.ngrok.com/kubernetes_operators/k8sop_1/bound_endpoints",
        ]
    );
}

#[test]
fn list_without_a_next_page_has_one_page() {
    let sources = json!({ "sources": [{ "type": "a.v0" }, { "type": "b.v0" }], "uri": "u" });
    let script = Script::new([json(&sources)]);
    let client = script.blocking_client();
    let items = client.event_sources().list("esb_1").items();
    let types = items.map(|source| source.unwrap().r#type).collect::<Vec<_>>();
    assert_eq!(types, ["a.v0", "b.v0"]);
    assert_eq!(
        script.lines(),
        ["GET https://api.ngrok.com/event_subscriptions/esb_1/sources"]
    );
}

#[test]
fn query_lists_repeat_the_key() {
    let script = send(empty_page("endpoints"), |client| {
        let call = client.endpoints().list().limit(7).id(["ep_1", "ep_2"]);
        call.url(["https://a.example", "tcp://b.example:1?c&d"]).send()
    });
    assert_eq!(
        target(&script),
        "/endpoints?limit=7&id=ep_1&id=ep_2&url=https%3A%2F%2Fa.example&url=tcp%3A%2F%2Fb.example%3A1%3Fc%26d"
    );
    let script = send(empty_page("endpoints"), |client| {
        client.endpoints().list().id(Vec::<String>::new()).send()
    });
    assert_eq!(target(&script), "/endpoints");
}

#[test]
fn percent_encodes_filters() {
    let script = send(empty_page("tunnel_sessions"), |client| {
        client
            .tunnel_sessions()
            .list()
            .filter(r#"obj.os == "linux" && size(obj.ip) + 1 > 2 % é"#)
            .send()
    });
    assert_eq!(
        target(&script),
        "/tunnel_sessions?filter=obj.os%20%3D%3D%20%22linux%22%20%26%26%20size%28obj.ip%29%20%2B%201%20%3E%202%20%25%20%C3%A9"
    );
}

// ---- unknown values

#[test]
fn keeps_and_sends_unknown_enum_values() {
    let read = json!({ "id": "ipr_1", "created_at": "2025-09-04T10:11:14Z", "action": "log" });
    let rule: IpPolicyRule = serde_json::from_value(read.clone()).unwrap();
    assert_eq!(rule.action, IpPolicyRuleAction::from("log"));
    assert_eq!(serde_json::to_value(&rule).unwrap(), read);

    let script = send(object(), |client| {
        let kind = EndpointType::from("kubernetes");
        client.endpoints().create("https://a.example", kind, "{}").send()
    });
    let expected = json!({ "url": "https://a.example", "type": "kubernetes", "traffic_policy": "{}" });
    assert_eq!(body(&script), expected);
}

#[test]
fn keeps_and_sends_unknown_and_ambiguous_unions() {
    let datadog = json!({ "service": "edge" });
    let unknown = json!({ "carrier_pigeon": { "loft": [1, null, { "x": "" }] } });
    let several = json!({ "datadog": datadog, "kinesis": { "stream_arn": "arn", "auth": {} } });
    for target in [unknown, several] {
        let read = json!({ "id": "ed_1", "created_at": "2025-09-04T10:11:14Z", "target": target });
        let destination: EventDestination = serde_json::from_value(read.clone()).unwrap();
        assert!(
            matches!(&destination.target, EventTarget::Unknown(entries) if entries.keys().count() == read["target"].as_object().unwrap().len())
        );
        assert_eq!(serde_json::to_value(&destination).unwrap(), read);

        let script = send(object(), |client| {
            client
                .event_destinations()
                .update("ed_1")
                .target(destination.target)
                .send()
        });
        assert_eq!(body(&script), json!({ "target": read["target"] }));
    }
}

#[test]
fn debug_of_unknown_unions_contains_only_keys() {
    let target: EventTarget =
        serde_json::from_value(json!({ "datadog": { "api_key": "S3" }, "pigeon": "S3" })).unwrap();
    assert!(matches!(target, EventTarget::Datadog(_)), "{target:?}");
    let several: EventTarget =
        serde_json::from_value(json!({ "datadog": { "api_key": "S3" }, "kinesis": { "auth": { "key": "S3" } } }))
            .unwrap();
    assert_eq!(format!("{several:?}"), r#"Unknown({"datadog", "kinesis"})"#);
}

#[test]
fn rejects_null_for_required_fields() {
    let file = json!({ "cidr": null, "ip_policy_id": "ipp_1", "action": "deny" });
    let problem = serde_json::from_value::<IpPolicyRuleCreate>(file).unwrap_err();
    assert!(
        problem.to_string().contains("cidr") && problem.to_string().contains("null"),
        "{problem}"
    );
}

#[test]
fn ignores_union_keys_with_null() {
    let read = json!({ "kinesis": null, "datadog": { "service": "edge" }, "firehose": null });
    let target: EventTarget = serde_json::from_value(read).unwrap();
    assert_eq!(target, EventTarget::Datadog(EventTargetDatadog::new().service("edge")));
}

// ---- secrets

const SECRET: &str = "secret-value";

/// Asserts that debug output doesn't contain the secret.
fn assert_redacted(output: &str) {
    assert!(!output.contains(SECRET), "{output}");
}

#[test]
fn debug_redacts_secrets_in_models() {
    let provider = EndpointOauthProvider::Github(EndpointOauthGithub::new().client_secret(SECRET));
    let keys = AwsAuth::Creds(AwsCredentials::new("AKIA", SECRET));
    let modules = HttpsEdgeRouteCreate::new(HttpsEdgeRouteMatchType::ExactPath, "/")
        .oauth(EndpointOauth::new(provider))
        .oidc(EndpointOidc::new("issuer", "app", SECRET))
        .webhook_verification(EndpointWebhookValidation::new("github").secret(SECRET));
    let targets = [
        EventTarget::Kinesis(EventTargetKinesis::new(keys, "arn")),
        EventTarget::Datadog(EventTargetDatadog::new().api_key(SECRET)),
    ];
    let output = format!("{modules:?} {modules:#?} {targets:?} {targets:#?}");
    assert_redacted(&output);
    assert_eq!(output.matches("[redacted]").count(), 2 * 5);
    let written = serde_json::to_string(&modules).unwrap() + &serde_json::to_string(&targets).unwrap();
    assert_eq!(written.matches(SECRET).count(), 5);
}

#[test]
fn debug_redacts_secrets_in_calls_responses_and_errors() {
    // The responses repeat the secret in the expected field, in fields that cannot be decoded, and in an error.
    let target = json!({ "datadog": { "api_key": SECRET } });
    let responses = [
        json(&json!({ "created_at": "2025-09-04T10:11:14Z", "target": target })),
        json(&json!({ "created_at": SECRET, "target": target })),
        json(&json!({ "created_at": [SECRET], "target": { "datadog": { "api_key": [SECRET] } } })),
        response(422, json!({ "details": { "target": target } }).to_string()),
    ];
    let script = Script::new(responses);
    let client = script.blocking_client();
    let call = || {
        let datadog = EventTarget::Datadog(EventTargetDatadog::new().api_key(SECRET));
        client
            .event_destinations()
            .create(EventDestinationFormat::Json, datadog)
    };
    assert_redacted(&format!("{:?} {:#?} {:?}", call(), call(), call().with_response()));
    let response = call().with_response().send().unwrap();
    assert_redacted(&format!("{response:?} {:?}", response.value));
    assert!(matches!(&response.value.target, EventTarget::Datadog(it) if it.api_key == Some(SECRET.into())));
    for _ in 0..3 {
        assert_hides(&call().send().unwrap_err(), SECRET);
    }
}

#[test]
fn sends_secrets_in_the_body() {
    let script = send(object(), |client| {
        let keys = AwsAuth::Creds(AwsCredentials::new("AKIA", SECRET));
        let kinesis = EventTarget::Kinesis(EventTargetKinesis::new(keys, "arn"));
        client
            .event_destinations()
            .create(EventDestinationFormat::Json, kinesis)
            .send()
    });
    let creds = json!({ "aws_access_key_id": "AKIA", "aws_secret_access_key": SECRET });
    let target = json!({ "kinesis": { "auth": { "creds": creds }, "stream_arn": "arn" } });
    assert_eq!(body(&script), json!({ "format": "json", "target": target }));
}

// ---- the async client

#[tokio::test]
async fn async_client_sends_the_same_requests() {
    let auth = || AwsAuth::Role(AwsRole::new("arn:role"));
    let kinesis = || EventTarget::Kinesis(EventTargetKinesis::new(auth(), "arn"));
    let script = Script::new([object(), empty_page("endpoints")]);
    let client = script.client();
    let call = client
        .event_destinations()
        .create(EventDestinationFormat::Json, kinesis());
    let created = call.description("audit").await.unwrap();
    assert_eq!(created.id, "x_1");
    client.endpoints().list().url(["https://a.example"]).await.unwrap();

    let blocking = Script::new([object(), empty_page("endpoints")]);
    let client = blocking.blocking_client();
    let call = client
        .event_destinations()
        .create(EventDestinationFormat::Json, kinesis());
    assert_eq!(call.description("audit").send().unwrap(), created);
    client.endpoints().list().url(["https://a.example"]).send().unwrap();
    assert_eq!(script.requests_debug(), blocking.requests_debug());
}

#[test]
fn debug_of_handles_requires_nothing_of_the_client() {
    fn debug<C>(handle: generated_client::resources::IpPolicies<'_, C>) -> String {
        format!("{handle:?}")
    }
    let client = Script::new([]).blocking_client();
    assert_eq!(debug(client.ip_policies()), "IpPolicies { .. }");
}
