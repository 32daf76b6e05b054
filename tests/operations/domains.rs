//! Requests for domains, addresses and certificates.

#![expect(deprecated, reason = "a deprecated field is still sent")]

use generated_client::models::{
    ReservedDomainCertPolicy, ReservedDomainCertPolicyAuthority, ReservedDomainCertPolicyPrivateKeyType,
    ReservedDomainRegion, ReservedDomainResolvesToEntry,
};

use super::Row;

pub const TABLES: &[&[Row]] = &[
    CERTIFICATE_AUTHORITIES,
    RESERVED_ADDRS,
    RESERVED_DOMAINS,
    TLS_CERTIFICATES,
];

const CERTIFICATE_AUTHORITIES: &[Row] = &[
    (
        "certificate_authorities.create",
        |client| {
            client
                .certificate_authorities()
                .create("the ca_pem")
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "POST /certificate_authorities",
        r#"{"ca_pem": "the ca_pem", "description": "the description", "metadata": "the metadata"}"#,
    ),
    (
        "certificate_authorities.delete",
        |client| client.certificate_authorities().delete("a/b c").send().err(),
        "DELETE /certificate_authorities/a%2Fb%20c",
        "",
    ),
    (
        "certificate_authorities.get",
        |client| client.certificate_authorities().get("a/b c").send().err(),
        "GET /certificate_authorities/a%2Fb%20c",
        "",
    ),
    (
        "certificate_authorities.list",
        |client| {
            client
                .certificate_authorities()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /certificate_authorities?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
    (
        "certificate_authorities.update",
        |client| {
            client
                .certificate_authorities()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "PATCH /certificate_authorities/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata"}"#,
    ),
];

const RESERVED_ADDRS: &[Row] = &[
    (
        "reserved_addrs.create",
        |client| {
            client
                .reserved_addrs()
                .create()
                .description("the description")
                .metadata("the metadata")
                .region(ReservedDomainRegion::Sa)
                .send()
                .err()
        },
        "POST /reserved_addrs",
        r#"{"description": "the description", "metadata": "the metadata", "region": "sa"}"#,
    ),
    (
        "reserved_addrs.delete",
        |client| client.reserved_addrs().delete("a/b c").send().err(),
        "DELETE /reserved_addrs/a%2Fb%20c",
        "",
    ),
    (
        "reserved_addrs.get",
        |client| client.reserved_addrs().get("a/b c").send().err(),
        "GET /reserved_addrs/a%2Fb%20c",
        "",
    ),
    (
        "reserved_addrs.list",
        |client| {
            client
                .reserved_addrs()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /reserved_addrs?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
    (
        "reserved_addrs.update",
        |client| {
            client
                .reserved_addrs()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "PATCH /reserved_addrs/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata"}"#,
    ),
];

const RESERVED_DOMAINS: &[Row] = &[
    (
        "reserved_domains.create",
        |client| {
            client
                .reserved_domains()
                .create("the domain")
                .description("the description")
                .metadata("the metadata")
                .region(ReservedDomainRegion::Sa)
                .certificate_id("the certificate_id")
                .certificate_management_policy(
                    ReservedDomainCertPolicy::new()
                        .authority(ReservedDomainCertPolicyAuthority::Letsencrypt)
                        .private_key_type(ReservedDomainCertPolicyPrivateKeyType::Ecdsa),
                )
                .resolves_to([ReservedDomainResolvesToEntry::new("the value")])
                .send()
                .err()
        },
        "POST /reserved_domains",
        r#"{"domain": "the domain", "description": "the description", "metadata": "the metadata",
            "region": "sa", "certificate_id": "the certificate_id",
            "certificate_management_policy": {"authority": "letsencrypt", "private_key_type": "ecdsa"},
            "resolves_to": [{"value": "the value"}]}"#,
    ),
    (
        "reserved_domains.delete",
        |client| client.reserved_domains().delete("a/b c").send().err(),
        "DELETE /reserved_domains/a%2Fb%20c",
        "",
    ),
    (
        "reserved_domains.get",
        |client| client.reserved_domains().get("a/b c").send().err(),
        "GET /reserved_domains/a%2Fb%20c",
        "",
    ),
    (
        "reserved_domains.list",
        |client| {
            client
                .reserved_domains()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /reserved_domains?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
    (
        "reserved_domains.update",
        |client| {
            client
                .reserved_domains()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .certificate_id("the certificate_id")
                .certificate_management_policy(
                    ReservedDomainCertPolicy::new()
                        .authority(ReservedDomainCertPolicyAuthority::Letsencrypt)
                        .private_key_type(ReservedDomainCertPolicyPrivateKeyType::Ecdsa),
                )
                .resolves_to([ReservedDomainResolvesToEntry::new("the value")])
                .send()
                .err()
        },
        "PATCH /reserved_domains/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata",
            "certificate_id": "the certificate_id", "certificate_management_policy": {"authority": "letsencrypt",
            "private_key_type": "ecdsa"}, "resolves_to": [{"value": "the value"}]}"#,
    ),
    (
        "reserved_domains.update",
        |client| {
            client
                .reserved_domains()
                .update("a/b c")
                .clear_certificate_management_policy()
                .send()
                .err()
        },
        "PATCH /reserved_domains/a%2Fb%20c",
        r#"{"certificate_management_policy": null}"#,
    ),
    (
        "reserved_domains.delete_certificate_management_policy",
        |client| {
            client
                .reserved_domains()
                .delete_certificate_management_policy("a/b c")
                .send()
                .err()
        },
        "DELETE /reserved_domains/a%2Fb%20c/certificate_management_policy",
        "",
    ),
    (
        "reserved_domains.delete_certificate",
        |client| client.reserved_domains().delete_certificate("a/b c").send().err(),
        "DELETE /reserved_domains/a%2Fb%20c/certificate",
        "",
    ),
];

const TLS_CERTIFICATES: &[Row] = &[
    (
        "tls_certificates.create",
        |client| {
            client
                .tls_certificates()
                .create("the certificate_pem", "the private_key_pem")
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "POST /tls_certificates",
        r#"{"certificate_pem": "the certificate_pem", "private_key_pem": "the private_key_pem",
            "description": "the description", "metadata": "the metadata"}"#,
    ),
    (
        "tls_certificates.delete",
        |client| client.tls_certificates().delete("a/b c").send().err(),
        "DELETE /tls_certificates/a%2Fb%20c",
        "",
    ),
    (
        "tls_certificates.get",
        |client| client.tls_certificates().get("a/b c").send().err(),
        "GET /tls_certificates/a%2Fb%20c",
        "",
    ),
    (
        "tls_certificates.list",
        |client| {
            client
                .tls_certificates()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /tls_certificates?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
    (
        "tls_certificates.update",
        |client| {
            client
                .tls_certificates()
                .update("a/b c")
                .description("the description")
                .metadata("the metadata")
                .send()
                .err()
        },
        "PATCH /tls_certificates/a%2Fb%20c",
        r#"{"description": "the description", "metadata": "the metadata"}"#,
    ),
];
