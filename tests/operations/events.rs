//! Requests for event destinations, sources and subscriptions.

use generated_client::models::{
    AwsAuth, AwsCredentials, AwsRole, EventDestinationFormat, EventSourceReplace, EventTarget,
    EventTargetAzureLogsIngestion, EventTargetCloudwatchLogs, EventTargetDatadog, EventTargetFirehose,
    EventTargetKinesis,
};

use super::Row;

pub const TABLES: &[&[Row]] = &[EVENT_DESTINATIONS, EVENT_SOURCES, EVENT_SUBSCRIPTIONS];

const EVENT_DESTINATIONS: &[Row] = &[
    (
        "event_destinations.create",
        |client| {
            client
                .event_destinations()
                .create(
                    EventDestinationFormat::Json,
                    EventTarget::Firehose(EventTargetFirehose::new(
                        AwsAuth::Role(AwsRole::new("the role_arn")),
                        "the delivery_stream_arn",
                    )),
                )
                .metadata("the metadata")
                .description("the description")
                .send()
                .err()
        },
        "POST /event_destinations",
        r#"{"format": "json", "target": {"firehose": {"auth": {"role": {"role_arn": "the role_arn"}},
            "delivery_stream_arn": "the delivery_stream_arn"}}, "metadata": "the metadata",
            "description": "the description"}"#,
    ),
    (
        "event_destinations.create",
        |client| {
            client
                .event_destinations()
                .create(
                    EventDestinationFormat::Json,
                    EventTarget::Kinesis(EventTargetKinesis::new(
                        AwsAuth::Creds(AwsCredentials::new(
                            "the aws_access_key_id",
                            "the aws_secret_access_key",
                        )),
                        "the stream_arn",
                    )),
                )
                .metadata("the metadata")
                .description("the description")
                .send()
                .err()
        },
        "POST /event_destinations",
        r#"{"format": "json",
            "target": {"kinesis": {"auth": {"creds": {"aws_access_key_id": "the aws_access_key_id",
            "aws_secret_access_key": "the aws_secret_access_key"}}, "stream_arn": "the stream_arn"}},
            "metadata": "the metadata", "description": "the description"}"#,
    ),
    (
        "event_destinations.create",
        |client| {
            client
                .event_destinations()
                .create(
                    EventDestinationFormat::Json,
                    EventTarget::CloudwatchLogs(EventTargetCloudwatchLogs::new(
                        AwsAuth::Role(AwsRole::new("the role_arn")),
                        "the log_group_arn",
                    )),
                )
                .metadata("the metadata")
                .description("the description")
                .send()
                .err()
        },
        "POST /event_destinations",
        r#"{"format": "json", "target": {"cloudwatch_logs": {"auth": {"role": {"role_arn": "the role_arn"}},
            "log_group_arn": "the log_group_arn"}}, "metadata": "the metadata", "description": "the description"}"#,
    ),
    (
        "event_destinations.create",
        |client| {
            client
                .event_destinations()
                .create(
                    EventDestinationFormat::Json,
                    EventTarget::Datadog(
                        EventTargetDatadog::new()
                            .api_key("the api_key")
                            .ddtags("the ddtags")
                            .service("the service")
                            .ddsite("the ddsite"),
                    ),
                )
                .metadata("the metadata")
                .description("the description")
                .send()
                .err()
        },
        "POST /event_destinations",
        r#"{"format": "json", "target": {"datadog": {"api_key": "the api_key", "ddtags": "the ddtags",
            "service": "the service", "ddsite": "the ddsite"}}, "metadata": "the metadata",
            "description": "the description"}"#,
    ),
    (
        "event_destinations.create",
        |client| {
            client
                .event_destinations()
                .create(
                    EventDestinationFormat::Json,
                    EventTarget::AzureLogsIngestion(EventTargetAzureLogsIngestion::new(
                        "the tenant_id",
                        "the client_id",
                        "the client_secret",
                        "the logs_ingestion_uri",
                        "the data_collection_rule_id",
                        "the data_collection_stream_name",
                    )),
                )
                .metadata("the metadata")
                .description("the description")
                .send()
                .err()
        },
        "POST /event_destinations",
        r#"{"format": "json", "target": {"azure_logs_ingestion": {"tenant_id": "the tenant_id",
            "client_id": "the client_id", "client_secret": "the client_secret",
            "logs_ingestion_uri": "the logs_ingestion_uri",
            "data_collection_rule_id": "the data_collection_rule_id",
            "data_collection_stream_name": "the data_collection_stream_name"}}, "metadata": "the metadata",
            "description": "the description"}"#,
    ),
    (
        "event_destinations.delete",
        |client| client.event_destinations().delete("a/b c").send().err(),
        "DELETE /event_destinations/a%2Fb%20c",
        "",
    ),
    (
        "event_destinations.get",
        |client| client.event_destinations().get("a/b c").send().err(),
        "GET /event_destinations/a%2Fb%20c",
        "",
    ),
    (
        "event_destinations.list",
        |client| {
            client
                .event_destinations()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /event_destinations?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
    (
        "event_destinations.update",
        |client| {
            client
                .event_destinations()
                .update("a/b c")
                .metadata("the metadata")
                .description("the description")
                .format(EventDestinationFormat::Json)
                .target(EventTarget::Firehose(EventTargetFirehose::new(
                    AwsAuth::Role(AwsRole::new("the role_arn")),
                    "the delivery_stream_arn",
                )))
                .send()
                .err()
        },
        "PATCH /event_destinations/a%2Fb%20c",
        r#"{"metadata": "the metadata", "description": "the description", "format": "json",
            "target": {"firehose": {"auth": {"role": {"role_arn": "the role_arn"}},
            "delivery_stream_arn": "the delivery_stream_arn"}}}"#,
    ),
];

const EVENT_SOURCES: &[Row] = &[
    (
        "event_sources.create",
        |client| client.event_sources().create("a/b c", "the type").send().err(),
        "POST /event_subscriptions/a%2Fb%20c/sources",
        r#"{"type": "the type"}"#,
    ),
    (
        "event_sources.delete",
        |client| client.event_sources().delete("a/b c", "d?é#").send().err(),
        "DELETE /event_subscriptions/a%2Fb%20c/sources/d%3F%C3%A9%23",
        "",
    ),
    (
        "event_sources.get",
        |client| client.event_sources().get("a/b c", "d?é#").send().err(),
        "GET /event_subscriptions/a%2Fb%20c/sources/d%3F%C3%A9%23",
        "",
    ),
    (
        "event_sources.list",
        |client| client.event_sources().list("a/b c").send().err(),
        "GET /event_subscriptions/a%2Fb%20c/sources",
        "",
    ),
    (
        "event_sources.update",
        |client| client.event_sources().update("a/b c", "d?é#").send().err(),
        "PATCH /event_subscriptions/a%2Fb%20c/sources/d%3F%C3%A9%23",
        "{}",
    ),
];

const EVENT_SUBSCRIPTIONS: &[Row] = &[
    (
        "event_subscriptions.create",
        |client| {
            client
                .event_subscriptions()
                .create(
                    [EventSourceReplace::new("the type")],
                    ["destination_ids 1", "destination_ids 2"],
                )
                .metadata("the metadata")
                .description("the description")
                .send()
                .err()
        },
        "POST /event_subscriptions",
        r#"{"sources": [{"type": "the type"}], "destination_ids": ["destination_ids 1", "destination_ids 2"],
            "metadata": "the metadata", "description": "the description"}"#,
    ),
    (
        "event_subscriptions.delete",
        |client| client.event_subscriptions().delete("a/b c").send().err(),
        "DELETE /event_subscriptions/a%2Fb%20c",
        "",
    ),
    (
        "event_subscriptions.get",
        |client| client.event_subscriptions().get("a/b c").send().err(),
        "GET /event_subscriptions/a%2Fb%20c",
        "",
    ),
    (
        "event_subscriptions.list",
        |client| {
            client
                .event_subscriptions()
                .list()
                .before_id("x&y")
                .limit(7)
                .filter(r#"obj.id == "é""#)
                .send()
                .err()
        },
        "GET /event_subscriptions?before_id=x%26y&limit=7&filter=obj.id%20%3D%3D%20%22%C3%A9%22",
        "",
    ),
    (
        "event_subscriptions.update",
        |client| {
            client
                .event_subscriptions()
                .update("a/b c")
                .metadata("the metadata")
                .description("the description")
                .sources([EventSourceReplace::new("the type")])
                .destination_ids(["destination_ids 1", "destination_ids 2"])
                .send()
                .err()
        },
        "PATCH /event_subscriptions/a%2Fb%20c",
        r#"{"metadata": "the metadata", "description": "the description", "sources": [{"type": "the type"}],
            "destination_ids": ["destination_ids 1", "destination_ids 2"]}"#,
    ),
];
