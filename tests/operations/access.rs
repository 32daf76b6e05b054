//! Requests for users, keys and credentials.

use generated_client::models::SshKeyType;

use super::Row;

pub const TABLES: &[&[Row]] = &[
    ABUSE_REPORTS,
    AI_GATEWAY_API_KEYS,
    API_KEYS,
    APPLICATION_SESSIONS,
    APPLICATION_USERS,
    BOT_USERS,
    CREDENTIALS,
    SERVICE_USERS,
    SSH_CERTIFICATE_AUTHORITIES,
    SSH_CREDENTIALS,
    SSH_HOST_CERTIFICATES,
    SSH_USER_CERTIFICATES,
];

const ABUSE_REPORTS: &[Row] = &[
    (
        "abuse_reports.create",
        |client| {
            client
                .abuse_reports()
                .create(["urls 1", "urls 2"])
                .metadata("the metadata")
                .send()
                .err()
        },
        "POST /abuse_reports",
        r#"{"urls": ["urls 1", "urls 2"], "metadata": "the metadata"}"#,
    ),
    (
        "abuse_reports.get",
        |client| client.abuse_reports().get("a/b c").send().err(),
        "GET /abuse_reports/a%2Fb%20c",
        "",
    ),
];

const AI_GATEWAY_API_KEYS: &[Row] = &[
    (
        "ai_gateway_api_keys.create",
        |client| {
            client
                .ai_gateway_api_keys()
                .create("the endpoint_id")
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "POST /ai_gateway_api_keys",
        r#"{"endpoint_id": "the endpoint_id", "description": "the description", "metadata": "the metadata"}"#,
    ),
    (
        "ai_gateway_api_keys.update",
        |client| {
            client
                .ai_gateway_api_keys()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .endpoint_id("the endpoint_id")
                .send()
                .err()
        },
        "PATCH /ai_gateway_api_keys/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata", "endpoint_id": "the endpoint_id"}"#,
    ),
    (
        "ai_gateway_api_keys.delete",
        |client| client.ai_gateway_api_keys().delete("a/b c").send().err(),
        "DELETE /ai_gateway_api_keys/a%2Fb%20c",
        "",
    ),
    (
        "ai_gateway_api_keys.get",
        |client| client.ai_gateway_api_keys().get("a/b c").send().err(),
        "GET /ai_gateway_api_keys/a%2Fb%20c",
        "",
    ),
    (
        "ai_gateway_api_keys.list",
        |client| {
            client
                .ai_gateway_api_keys()
                .list()
                .before_id("x&y")
                .limit(7)
                .send()
                .err()
        },
        "GET /ai_gateway_api_keys?before_id=x%26y&limit=7",
        "",
    ),
];

const API_KEYS: &[Row] = &[
    (
        "api_keys.create",
        |client| {
            client
                .api_keys()
                .create()
                .description("the description")
                .metadata("the metadata")
                .owner_id("the owner_id")
                .send()
                .err()
        },
        "POST /api_keys",
        r#"{"description": "the description", "metadata": "the metadata", "owner_id": "the owner_id"}"#,
    ),
    (
        "api_keys.delete",
        |client| client.api_keys().delete("a/b c").send().err(),
        "DELETE /api_keys/a%2Fb%20c",
        "",
    ),
    (
        "api_keys.get",
        |client| client.api_keys().get("a/b c").send().err(),
        "GET /api_keys/a%2Fb%20c",
        "",
    ),
    (
        "api_keys.list",
        |client| {
            client
                .api_keys()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /api_keys?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
    (
        "api_keys.update",
        |client| {
            client
                .api_keys()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "PATCH /api_keys/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata"}"#,
    ),
];

const APPLICATION_SESSIONS: &[Row] = &[
    (
        "application_sessions.get",
        |client| client.application_sessions().get("a/b c").send().err(),
        "GET /app/sessions/a%2Fb%20c",
        "",
    ),
    (
        "application_sessions.delete",
        |client| client.application_sessions().delete("a/b c").send().err(),
        "DELETE /app/sessions/a%2Fb%20c",
        "",
    ),
    (
        "application_sessions.list",
        |client| {
            client
                .application_sessions()
                .list()
                .before_id("x&y")
                .limit(7)
                .send()
                .err()
        },
        "GET /app/sessions?before_id=x%26y&limit=7",
        "",
    ),
];

const APPLICATION_USERS: &[Row] = &[
    (
        "application_users.get",
        |client| client.application_users().get("a/b c").send().err(),
        "GET /app/users/a%2Fb%20c",
        "",
    ),
    (
        "application_users.delete",
        |client| client.application_users().delete("a/b c").send().err(),
        "DELETE /app/users/a%2Fb%20c",
        "",
    ),
    (
        "application_users.list",
        |client| client.application_users().list().before_id("x&y").limit(7).send().err(),
        "GET /app/users?before_id=x%26y&limit=7",
        "",
    ),
];

const BOT_USERS: &[Row] = &[
    (
        "bot_users.create",
        |client| client.bot_users().create("the name").active(true).send().err(),
        "POST /bot_users",
        r#"{"name": "the name", "active": true}"#,
    ),
    (
        "bot_users.delete",
        |client| client.bot_users().delete("a/b c").send().err(),
        "DELETE /bot_users/a%2Fb%20c",
        "",
    ),
    (
        "bot_users.get",
        |client| client.bot_users().get("a/b c").send().err(),
        "GET /bot_users/a%2Fb%20c",
        "",
    ),
    (
        "bot_users.list",
        |client| client.bot_users().list().before_id("x&y").limit(7).send().err(),
        "GET /bot_users?before_id=x%26y&limit=7",
        "",
    ),
    (
        "bot_users.update",
        |client| {
            client
                .bot_users()
                .update("a/b c")
                .name("the name")
                .active(true)
                .send()
                .err()
        },
        "PATCH /bot_users/a%2Fb%20c",
        r#"{"name": "the name", "active": true}"#,
    ),
];

const CREDENTIALS: &[Row] = &[
    (
        "credentials.create",
        |client| {
            client
                .credentials()
                .create()
                .description("the description")
                .metadata("the metadata")
                .acl(["acl 1", "acl 2"])
                .owner_id("the owner_id")
                .send()
                .err()
        },
        "POST /credentials",
        r#"{"description": "the description", "metadata": "the metadata", "acl": ["acl 1", "acl 2"],
            "owner_id": "the owner_id"}"#,
    ),
    (
        "credentials.delete",
        |client| client.credentials().delete("a/b c").send().err(),
        "DELETE /credentials/a%2Fb%20c",
        "",
    ),
    (
        "credentials.get",
        |client| client.credentials().get("a/b c").send().err(),
        "GET /credentials/a%2Fb%20c",
        "",
    ),
    (
        "credentials.list",
        |client| {
            client
                .credentials()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /credentials?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
    (
        "credentials.update",
        |client| {
            client
                .credentials()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .acl(["acl 1", "acl 2"])
                .send()
                .err()
        },
        "PATCH /credentials/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata", "acl": ["acl 1", "acl 2"]}"#,
    ),
];

const SERVICE_USERS: &[Row] = &[
    (
        "service_users.create",
        |client| client.service_users().create("the name").active(true).send().err(),
        "POST /service_users",
        r#"{"name": "the name", "active": true}"#,
    ),
    (
        "service_users.delete",
        |client| client.service_users().delete("a/b c").send().err(),
        "DELETE /service_users/a%2Fb%20c",
        "",
    ),
    (
        "service_users.get",
        |client| client.service_users().get("a/b c").send().err(),
        "GET /service_users/a%2Fb%20c",
        "",
    ),
    (
        "service_users.list",
        |client| {
            client
                .service_users()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /service_users?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
    (
        "service_users.update",
        |client| {
            client
                .service_users()
                .update("a/b c")
                .name("the name")
                .active(true)
                .send()
                .err()
        },
        "PATCH /service_users/a%2Fb%20c",
        r#"{"name": "the name", "active": true}"#,
    ),
];

const SSH_CERTIFICATE_AUTHORITIES: &[Row] = &[
    (
        "ssh_certificate_authorities.create",
        |client| {
            client
                .ssh_certificate_authorities()
                .create()
                .description("the description")
                .metadata("the metadata")
                .private_key_type(SshKeyType::Ed25519)
                .elliptic_curve("the elliptic_curve")
                .key_size(1)
                .send()
                .err()
        },
        "POST /ssh_certificate_authorities",
        r#"{"description": "the description", "metadata": "the metadata", "private_key_type": "ed25519",
            "elliptic_curve": "the elliptic_curve", "key_size": 1}"#,
    ),
    (
        "ssh_certificate_authorities.delete",
        |client| client.ssh_certificate_authorities().delete("a/b c").send().err(),
        "DELETE /ssh_certificate_authorities/a%2Fb%20c",
        "",
    ),
    (
        "ssh_certificate_authorities.get",
        |client| client.ssh_certificate_authorities().get("a/b c").send().err(),
        "GET /ssh_certificate_authorities/a%2Fb%20c",
        "",
    ),
    (
        "ssh_certificate_authorities.list",
        |client| {
            client
                .ssh_certificate_authorities()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /ssh_certificate_authorities?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
    (
        "ssh_certificate_authorities.update",
        |client| {
            client
                .ssh_certificate_authorities()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "PATCH /ssh_certificate_authorities/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata"}"#,
    ),
];

const SSH_CREDENTIALS: &[Row] = &[
    (
        "ssh_credentials.create",
        |client| {
            client
                .ssh_credentials()
                .create("the public_key")
                .description("the description")
                .metadata("the metadata")
                .acl(["acl 1", "acl 2"])
                .owner_id("the owner_id")
                .send()
                .err()
        },
        "POST /ssh_credentials",
        r#"{"public_key": "the public_key", "description": "the description", "metadata": "the metadata",
            "acl": ["acl 1", "acl 2"], "owner_id": "the owner_id"}"#,
    ),
    (
        "ssh_credentials.delete",
        |client| client.ssh_credentials().delete("a/b c").send().err(),
        "DELETE /ssh_credentials/a%2Fb%20c",
        "",
    ),
    (
        "ssh_credentials.get",
        |client| client.ssh_credentials().get("a/b c").send().err(),
        "GET /ssh_credentials/a%2Fb%20c",
        "",
    ),
    (
        "ssh_credentials.list",
        |client| {
            client
                .ssh_credentials()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /ssh_credentials?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
    (
        "ssh_credentials.update",
        |client| {
            client
                .ssh_credentials()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .acl(["acl 1", "acl 2"])
                .send()
                .err()
        },
        "PATCH /ssh_credentials/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata", "acl": ["acl 1", "acl 2"]}"#,
    ),
];

const SSH_HOST_CERTIFICATES: &[Row] = &[
    (
        "ssh_host_certificates.create",
        |client| {
            client
                .ssh_host_certificates()
                .create("the ssh_certificate_authority_id", "the public_key")
                .description("the description")
                .metadata("the metadata")
                .principals(["principals 1", "principals 2"])
                .valid_after("2026-01-02T03:04:05Z".parse().unwrap())
                .valid_until("2026-01-02T03:04:05Z".parse().unwrap())
                .send()
                .err()
        },
        "POST /ssh_host_certificates",
        r#"{"ssh_certificate_authority_id": "the ssh_certificate_authority_id", "public_key": "the public_key",
            "description": "the description", "metadata": "the metadata", "principals": ["principals 1",
            "principals 2"], "valid_after": "2026-01-02T03:04:05Z", "valid_until": "2026-01-02T03:04:05Z"}"#,
    ),
    (
        "ssh_host_certificates.delete",
        |client| client.ssh_host_certificates().delete("a/b c").send().err(),
        "DELETE /ssh_host_certificates/a%2Fb%20c",
        "",
    ),
    (
        "ssh_host_certificates.get",
        |client| client.ssh_host_certificates().get("a/b c").send().err(),
        "GET /ssh_host_certificates/a%2Fb%20c",
        "",
    ),
    (
        "ssh_host_certificates.list",
        |client| {
            client
                .ssh_host_certificates()
                .list()
                .before_id("x&y")
                .limit(7)
                .send()
                .err()
        },
        "GET /ssh_host_certificates?before_id=x%26y&limit=7",
        "",
    ),
    (
        "ssh_host_certificates.update",
        |client| {
            client
                .ssh_host_certificates()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "PATCH /ssh_host_certificates/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata"}"#,
    ),
];

const SSH_USER_CERTIFICATES: &[Row] = &[
    (
        "ssh_user_certificates.create",
        |client| {
            client
                .ssh_user_certificates()
                .create("the ssh_certificate_authority_id", "the public_key")
                .description("the description")
                .metadata("the metadata")
                .principals(["principals 1", "principals 2"])
                .critical_options([("critical_options 1", "one"), ("critical_options 2", "two")])
                .extensions([("extensions 1", "one"), ("extensions 2", "two")])
                .valid_after("2026-01-02T03:04:05Z".parse().unwrap())
                .valid_until("2026-01-02T03:04:05Z".parse().unwrap())
                .send()
                .err()
        },
        "POST /ssh_user_certificates",
        r#"{"ssh_certificate_authority_id": "the ssh_certificate_authority_id", "public_key": "the public_key",
            "description": "the description", "metadata": "the metadata", "principals": ["principals 1",
            "principals 2"], "critical_options": {"critical_options 1": "one", "critical_options 2": "two"},
            "extensions": {"extensions 1": "one", "extensions 2": "two"}, "valid_after": "2026-01-02T03:04:05Z",
            "valid_until": "2026-01-02T03:04:05Z"}"#,
    ),
    (
        "ssh_user_certificates.delete",
        |client| client.ssh_user_certificates().delete("a/b c").send().err(),
        "DELETE /ssh_user_certificates/a%2Fb%20c",
        "",
    ),
    (
        "ssh_user_certificates.get",
        |client| client.ssh_user_certificates().get("a/b c").send().err(),
        "GET /ssh_user_certificates/a%2Fb%20c",
        "",
    ),
    (
        "ssh_user_certificates.list",
        |client| {
            client
                .ssh_user_certificates()
                .list()
                .before_id("x&y")
                .limit(7)
                .send()
                .err()
        },
        "GET /ssh_user_certificates?before_id=x%26y&limit=7",
        "",
    ),
    (
        "ssh_user_certificates.update",
        |client| {
            client
                .ssh_user_certificates()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "PATCH /ssh_user_certificates/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata"}"#,
    ),
];
