//! Requests for IP policies and vaults.

use generated_client::models::{IpPolicyRuleAction, IpRestrictionType};

use super::Row;

pub const TABLES: &[&[Row]] = &[IP_POLICIES, IP_POLICY_RULES, IP_RESTRICTIONS, SECRETS, VAULTS];

const IP_POLICIES: &[Row] = &[
    (
        "ip_policies.create",
        |client| {
            client
                .ip_policies()
                .create()
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "POST /ip_policies",
        r#"{"description": "the description", "metadata": "the metadata"}"#,
    ),
    (
        "ip_policies.delete",
        |client| client.ip_policies().delete("a/b c").send().err(),
        "DELETE /ip_policies/a%2Fb%20c",
        "",
    ),
    (
        "ip_policies.get",
        |client| client.ip_policies().get("a/b c").send().err(),
        "GET /ip_policies/a%2Fb%20c",
        "",
    ),
    (
        "ip_policies.list",
        |client| {
            client
                .ip_policies()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /ip_policies?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
    (
        "ip_policies.update",
        |client| {
            client
                .ip_policies()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "PATCH /ip_policies/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata"}"#,
    ),
];

const IP_POLICY_RULES: &[Row] = &[
    (
        "ip_policy_rules.create",
        |client| {
            client
                .ip_policy_rules()
                .create("the cidr", "the ip_policy_id", IpPolicyRuleAction::Deny)
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "POST /ip_policy_rules",
        r#"{"cidr": "the cidr", "ip_policy_id": "the ip_policy_id", "action": "deny",
            "description": "the description", "metadata": "the metadata"}"#,
    ),
    (
        "ip_policy_rules.delete",
        |client| client.ip_policy_rules().delete("a/b c").send().err(),
        "DELETE /ip_policy_rules/a%2Fb%20c",
        "",
    ),
    (
        "ip_policy_rules.get",
        |client| client.ip_policy_rules().get("a/b c").send().err(),
        "GET /ip_policy_rules/a%2Fb%20c",
        "",
    ),
    (
        "ip_policy_rules.list",
        |client| {
            client
                .ip_policy_rules()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /ip_policy_rules?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
    (
        "ip_policy_rules.update",
        |client| {
            client
                .ip_policy_rules()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .cidr("the cidr")
                .send()
                .err()
        },
        "PATCH /ip_policy_rules/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata", "cidr": "the cidr"}"#,
    ),
];

const IP_RESTRICTIONS: &[Row] = &[
    (
        "ip_restrictions.create",
        |client| {
            client
                .ip_restrictions()
                .create(IpRestrictionType::Endpoints, ["ip_policy_ids 1", "ip_policy_ids 2"])
                .description("the description")
                .metadata("the metadata")
                .enforced(true)
                .send()
                .err()
        },
        "POST /ip_restrictions",
        r#"{"type": "endpoints", "ip_policy_ids": ["ip_policy_ids 1", "ip_policy_ids 2"],
            "description": "the description", "metadata": "the metadata", "enforced": true}"#,
    ),
    (
        "ip_restrictions.delete",
        |client| client.ip_restrictions().delete("a/b c").send().err(),
        "DELETE /ip_restrictions/a%2Fb%20c",
        "",
    ),
    (
        "ip_restrictions.get",
        |client| client.ip_restrictions().get("a/b c").send().err(),
        "GET /ip_restrictions/a%2Fb%20c",
        "",
    ),
    (
        "ip_restrictions.list",
        |client| {
            client
                .ip_restrictions()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /ip_restrictions?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
    (
        "ip_restrictions.update",
        |client| {
            client
                .ip_restrictions()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .enforced(true)
                .ip_policy_ids(["ip_policy_ids 1", "ip_policy_ids 2"])
                .send()
                .err()
        },
        "PATCH /ip_restrictions/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata", "enforced": true,
            "ip_policy_ids": ["ip_policy_ids 1", "ip_policy_ids 2"]}"#,
    ),
];

const SECRETS: &[Row] = &[
    (
        "secrets.create",
        |client| {
            client
                .secrets()
                .create("the name", "the value")
                .description("the description")
                .metadata("the metadata")
                .vault_id("the vault_id")
                .vault_name("the vault_name")
                .send()
                .err()
        },
        "POST /vault_secrets",
        r#"{"name": "the name", "value": "the value", "description": "the description",
            "metadata": "the metadata", "vault_id": "the vault_id", "vault_name": "the vault_name"}"#,
    ),
    (
        "secrets.update",
        |client| {
            client
                .secrets()
                .update("a/b c")
                .name("the name")
                .value("the value")
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "PATCH /vault_secrets/a%2Fb%20c",
        r#"{"name": "the name", "value": "the value", "description": "the description",
            "metadata": "the metadata"}"#,
    ),
    (
        "secrets.delete",
        |client| client.secrets().delete("a/b c").send().err(),
        "DELETE /vault_secrets/a%2Fb%20c",
        "",
    ),
    (
        "secrets.get",
        |client| client.secrets().get("a/b c").send().err(),
        "GET /vault_secrets/a%2Fb%20c",
        "",
    ),
    (
        "secrets.list",
        |client| {
            client
                .secrets()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /vault_secrets?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
];

const VAULTS: &[Row] = &[
    (
        "vaults.create",
        |client| {
            client
                .vaults()
                .create("the name")
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "POST /vaults",
        r#"{"name": "the name", "description": "the description", "metadata": "the metadata"}"#,
    ),
    (
        "vaults.update",
        |client| {
            client
                .vaults()
                .update("a/b c")
                .name("the name")
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "PATCH /vaults/a%2Fb%20c",
        r#"{"name": "the name", "description": "the description", "metadata": "the metadata"}"#,
    ),
    (
        "vaults.delete",
        |client| client.vaults().delete("a/b c").send().err(),
        "DELETE /vaults/a%2Fb%20c",
        "",
    ),
    (
        "vaults.get",
        |client| client.vaults().get("a/b c").send().err(),
        "GET /vaults/a%2Fb%20c",
        "",
    ),
    (
        "vaults.list_secrets",
        |client| {
            client
                .vaults()
                .list_secrets("a/b c")
                .before_id("x&y")
                .limit(7)
                .send()
                .err()
        },
        "GET /vaults/a%2Fb%20c/secrets?before_id=x%26y&limit=7",
        "",
    ),
    (
        "vaults.list",
        |client| {
            client
                .vaults()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /vaults?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
];
