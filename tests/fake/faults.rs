//! Tests injected faults: their effect on the state of the fake and on clients.

use std::time::{Duration, Instant};

use generated_client::fake::{Fake, Fault, Server};
use generated_client::models::IpPolicy;
use generated_client::{Client, Error, RetryPolicy, TransportError, TransportErrorKind, blocking, operations};

use super::raw::{Served, client};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Returns the kind of a transport error.
fn kind(error: &Error) -> Option<TransportErrorKind> {
    error.transport_error().map(TransportError::kind)
}

/// Creates a policy and returns the result and the number of objects afterwards.
fn create(fake: &Fake) -> (Result<IpPolicy, Error>, usize) {
    let created = client(fake).ip_policies().create().send();
    (created, fake.object_count())
}

fn status(error: &Error) -> u16 {
    error.status().unwrap().as_u16()
}

// ---- kinds of faults

#[test]
fn status_fault_executes_nothing() {
    let fake = Fake::new();
    for code in [400, 401, 404, 409, 429, 500, 503, 599] {
        fake.fault(Fault::status(code));
        let (created, count) = create(&fake);
        let error = created.unwrap_err();
        assert_eq!((status(&error), count), (code, 0));
        assert!(error.message().is_some() && error.request_id().is_some(), "{error:?}");
    }
    fake.fault(Fault::status(204));
    assert!(create(&fake).0.unwrap_err().is_decode());
    assert!(create(&fake).0.is_ok());
}

#[test]
fn connection_faults_execute_nothing() {
    let fake = Fake::new();
    for (fault, expected) in [
        (Fault::connection_closed(), TransportErrorKind::Interrupted),
        (Fault::connection_refused(), TransportErrorKind::Connect),
    ] {
        fake.fault(fault);
        let (created, count) = create(&fake);
        let error = created.unwrap_err();
        assert_eq!((kind(&error), count), (Some(expected), 0));
        assert_eq!(error.is_connect(), expected == TransportErrorKind::Connect);
    }
    let has_status = fake.requests().iter().any(|request| request.status.is_some());
    assert!(!has_status, "{:?}", fake.requests());
}

#[test]
fn truncated_body_executes_the_operation() {
    let fake = Fake::new();
    fake.fault(Fault::truncated_body());
    let (created, count) = create(&fake);
    assert_eq!(
        (kind(&created.unwrap_err()), count),
        (Some(TransportErrorKind::Interrupted), 1)
    );
}

#[tokio::test]
async fn truncated_error_response_is_a_rejection() {
    let server = Server::bind(Fake::builder(), "127.0.0.1:0").await.unwrap();
    let listening = Served::start(server);
    let socket_fake = listening.fake.clone();
    let remote = Client::builder(socket_fake.key())
        .base_url(socket_fake.base_url())
        .build()
        .unwrap();
    let in_process = Fake::new();
    for (fake, client) in [(&in_process, in_process.client()), (&socket_fake, remote)] {
        fake.fault(Fault::truncated_body());
        let error = client.ip_policies().get("ipp_none").await.unwrap_err();
        assert!(error.is_not_found() && error.attempts() == 1, "{error}");
        assert!(error.to_string().contains("with an incomplete body of "), "{error}");
        assert!(
            error
                .to_string()
                .contains(": the connection was closed before the response was complete ("),
            "{error}"
        );
    }
    listening.stop().await;
}

#[test]
fn invalid_json_executes_the_operation() {
    let fake = Fake::new();
    fake.fault(Fault::invalid_json());
    let (created, count) = create(&fake);
    let error = created.unwrap_err();
    assert!(error.is_decode() && !error.is_retryable(), "{error}");
    assert_eq!(count, 1);
}

#[test]
fn delay_advances_the_clock_up_to_the_timeout() {
    let fake = Fake::new();
    let start = fake.now().as_second();
    let client = fake
        .blocking_client_builder()
        .timeout(seconds(10))
        .retry(RetryPolicy::none());
    let client = client.build().unwrap();
    for (delay, succeeds, elapsed) in [(3, true, 3), (10, true, 10), (11, false, 10), (u64::MAX, false, 10)] {
        let before = fake.now().as_second();
        fake.fault(Fault::delay(seconds(delay)));
        let created = client.ip_policies().create().send();
        assert_eq!(created.is_ok(), succeeds, "{created:?}");
        if let Err(error) = created {
            assert!(error.is_timeout(), "{error}");
        }
        assert_eq!(fake.now().as_second() - before, elapsed);
    }
    assert_eq!(
        fake.objects::<IpPolicy>().len(),
        4,
        "delayed calls should be executed even if they time out"
    );
    assert_eq!(fake.now().as_second() - start, 33);
}

#[tokio::test]
async fn async_client_reports_injected_faults() {
    let fake = Fake::new();
    let client = fake.client_builder().retry(RetryPolicy::none()).build().unwrap();
    for (fault, expected, count) in [
        (Fault::connection_closed(), TransportErrorKind::Interrupted, 0),
        (Fault::connection_refused(), TransportErrorKind::Connect, 0),
        (Fault::truncated_body(), TransportErrorKind::Interrupted, 1),
        (Fault::delay(seconds(3600)), TransportErrorKind::Timeout, 2),
    ] {
        fake.fault(fault);
        let error = client.ip_policies().create().await.unwrap_err();
        assert_eq!((kind(&error), fake.object_count()), (Some(expected), count));
    }
    fake.fault(Fault::invalid_json());
    assert!(client.ip_policies().create().await.unwrap_err().is_decode());
    fake.fault(Fault::delay(seconds(1)));
    client.ip_policies().create().await.unwrap();
}

// ---- affected calls

#[test]
fn fault_applies_once_by_default() {
    let fake = Fake::new();
    for (fault, times) in [
        (Fault::status(500), 1),
        (Fault::status(500).times(3), 3),
        (Fault::status(500).times(0), 0),
    ] {
        fake.fault(fault);
        let failed = (0..5).map(|_| create(&fake).0.is_err()).collect::<Vec<_>>();
        let expected: Vec<_> = (0..5).map(|call| call < times).collect();
        assert_eq!(failed, expected);
    }
}

#[test]
fn fault_of_an_operation_does_not_affect_others() {
    let fake = Fake::new();
    fake.fault(Fault::status(503).on::<operations::ListIpPolicies>());
    let client = client(&fake);
    let policy = client.ip_policies().create().send().unwrap();
    client.ip_policies().get(&policy.id).send().unwrap();
    client.api_keys().list().send().unwrap();
    assert_eq!(status(&client.ip_policies().list().send().unwrap_err()), 503);
    client.ip_policies().list().send().unwrap();
}

#[test]
fn faults_apply_in_insertion_order() {
    let fake = Fake::new();
    fake.fault(Fault::status(502).on::<operations::GetIpPolicy>());
    fake.fault(Fault::status(500).times(2));
    fake.fault(Fault::status(501).on::<operations::CreateIpPolicy>());
    let client = client(&fake);
    let create = || client.ip_policies().create().send().map(drop);
    let get = || client.ip_policies().get("ipp_1").send().map(drop);
    let results = [create(), get(), create(), create(), get(), create()];
    let statuses = results.map(|result| result.err().map(|error| status(&error)));
    assert_eq!(statuses, [Some(500), Some(502), Some(500), Some(501), Some(404), None]);
}

#[test]
fn cleared_faults_do_not_apply() {
    let fake = Fake::new();
    fake.fault(Fault::status(500).times(9));
    fake.fault(Fault::connection_closed().on::<operations::CreateIpPolicy>());
    assert!(create(&fake).0.is_err());
    fake.clear_faults();
    assert!(create(&fake).0.is_ok());
}

#[test]
fn fault_adds_headers_to_the_response() {
    let fake = Fake::new();
    let fault = Fault::status(429).header("Retry-After", "7");
    fake.fault(fault);
    let error = create(&fake).0.unwrap_err();
    assert_eq!(error.retry_after(), Some(seconds(7)));
    fake.fault(Fault::delay(Duration::ZERO).header("x-slow", "1"));
    let response = client(&fake).ip_policies().create().with_response().send().unwrap();
    assert_eq!(response.headers["x-slow"], "1");
}

#[test]
fn fault_sets_the_error_code_and_message() {
    let fake = Fake::new();
    fake.fault(
        Fault::status(409)
            .code("ERR_NGROK_413")
            .message("reserved by another account"),
    );
    let error = create(&fake).0.unwrap_err();
    assert!(error.is_conflict(), "{error}");
    assert_eq!(error.code(), Some("ERR_NGROK_413"));
    assert_eq!(error.message(), Some("reserved by another account"));
    assert!(error.request_id().is_some());
    // Without them, the fake chooses.
    fake.fault(Fault::status(400));
    let error = create(&fake).0.unwrap_err();
    assert_eq!(
        (error.code(), error.message()),
        (Some("ERR_NGROK_218"), Some("injected fault"))
    );
    fake.fault(Fault::invalid_json().code("E").message("m"));
    assert!(create(&fake).0.unwrap_err().is_decode());
}

#[test]
fn fault_lets_requests_pass() {
    let fake = Fake::new();
    let client = client(&fake);
    for _ in 0..3 {
        client.ip_policies().create().send().unwrap();
    }
    fake.fault(Fault::status(400).after(1).times(2).on::<operations::ListIpPolicies>());
    client.api_keys().list().send().unwrap();
    let mut pages = client.ip_policies().list().limit(1).pages();
    assert_eq!(pages.next().unwrap().unwrap().items.len(), 1);
    assert_eq!(status(&pages.next().unwrap().unwrap_err()), 400);
    assert!(client.ip_policies().list().send().is_err());
    client.ip_policies().list().send().unwrap();

    // A request that takes another fault counts.
    fake.fault(Fault::status(500));
    fake.fault(Fault::status(502).after(2));
    fake.fault(Fault::status(501));
    let statuses = [(); 4].map(|()| create(&fake).0.err().map(|error| status(&error)));
    assert_eq!(statuses, [Some(500), Some(501), Some(502), None]);
}

#[test]
fn pending_faults_are_counted() {
    let fake = Fake::new();
    fake.fault(Fault::status(500).times(2));
    fake.fault(Fault::status(500).on::<operations::ListApiKeys>());
    fake.fault(Fault::status(500).times(0));
    let counts = [(); 3].map(|()| {
        let count = fake.pending_faults();
        drop(create(&fake));
        count
    });
    assert_eq!(counts, [2, 2, 1]);
    fake.clear_faults();
    assert_eq!(fake.pending_faults(), 0);
}

#[tokio::test]
async fn responses_have_the_date_of_the_fake() {
    let fake = Fake::new();
    fake.advance(seconds(5));
    let response = client(&fake).ip_policies().create().with_response().send().unwrap();
    assert_eq!(response.headers["date"], "Wed, 01 Jan 2025 00:00:05 GMT");
    // A client measures the date in `Retry-After` by it.
    fake.fault(Fault::status(503).header("retry-after", "Wed, 01 Jan 2025 00:01:04 GMT"));
    let error = create(&fake).0.unwrap_err();
    assert_eq!(error.retry_after(), Some(seconds(60)));
    fake.fault(Fault::status(404).header("date", "Thu, 02 Jan 2025 00:00:00 GMT"));
    let error = fake.client().ip_policies().get("ipp_1").await.unwrap_err();
    assert_eq!(error.headers().unwrap()["date"], "Thu, 02 Jan 2025 00:00:00 GMT");
}

#[test]
fn fault_rejects_a_status_that_is_not_final() {
    for status in [0, 99, 100, 199, 1000] {
        let created = std::panic::catch_unwind(|| drop(Fault::status(status)));
        let message = *created.unwrap_err().downcast::<&str>().unwrap();
        assert_eq!(message, "invalid HTTP status: expected 200 to 999");
    }
}

#[test]
#[should_panic(expected = "invalid header name \"x no\"")]
fn fault_rejects_an_invalid_header_name() {
    drop(Fault::status(429).header("x no", ""));
}

#[test]
#[should_panic(expected = "invalid value \"a\\nb\" of the header `x-no`")]
fn fault_rejects_an_invalid_header_value() {
    drop(Fault::status(429).header("x-no", "a\nb"));
}

// ---- retries

#[test]
fn client_retries_without_waiting_in_real_time() {
    let fake = Fake::new();
    fake.fault(Fault::status(503).times(2).header("retry-after", "100"));
    let before = (Instant::now(), fake.now().as_second());
    let list = fake.blocking_client().ip_policies().list().send();
    assert!(list.unwrap().items.is_empty());
    assert_eq!(fake.requests().len(), 3);
    assert_eq!(fake.now().as_second() - before.1, 200);
    assert!(before.0.elapsed() < seconds(60));
}

#[tokio::test]
async fn async_client_retries_transport_faults() {
    let fake = Fake::new();
    for fault in [
        Fault::connection_refused(),
        Fault::connection_closed(),
        Fault::truncated_body(),
        Fault::delay(seconds(3600)),
    ] {
        fake.fault(fault);
    }
    fake.client().ip_policies().list().await.unwrap();
    assert_eq!(fake.requests().len(), 5);
}

#[test]
fn does_not_retry_a_create_that_may_have_been_executed() {
    let fake = Fake::new();
    fake.fault(Fault::truncated_body());
    let error = fake.blocking_client().ip_policies().create().send().unwrap_err();
    assert_eq!((error.attempts(), fake.object_count()), (1, 1));
    fake.fault(Fault::connection_refused());
    fake.blocking_client().ip_policies().create().send().unwrap();
    assert_eq!(fake.object_count(), 2);
}

// ---- sockets

/// Describes the outcome of creating a policy: `done`, `unreadable`, a status, or the kind of a transport error.
fn outcome(created: Result<IpPolicy, Error>) -> String {
    match created {
        Ok(_) => "done".to_owned(),
        Err(error) if error.is_decode() => "unreadable".to_owned(),
        Err(error) => match (error.status(), kind(&error)) {
            (Some(status), _) => status.as_str().to_owned(),
            (None, kind) => format!("{:?}", kind.unwrap()),
        },
    }
}

/// Returns faults, each with the outcome for a client that connects over a socket and the number of objects afterwards.
fn socket_faults() -> [(Fault, &'static str, usize); 6] {
    [
        (Fault::status(503), "503", 0),
        (Fault::connection_closed(), "Interrupted", 0),
        (Fault::connection_refused(), "Interrupted", 0),
        (Fault::truncated_body(), "Interrupted", 1),
        (Fault::invalid_json(), "unreadable", 1),
        (Fault::delay(Duration::from_millis(5)), "done", 1),
    ]
}

#[tokio::test]
async fn both_clients_fail_with_faults_over_a_socket() {
    let server = Server::bind(Fake::builder().system_clock(), "127.0.0.1:0")
        .await
        .unwrap();
    let listening = Served::start(server);
    let fake = listening.fake.clone();

    let client = Client::builder(fake.key()).base_url(fake.base_url());
    let client = client.retry(RetryPolicy::none()).build().unwrap();
    for (fault, expected, count) in socket_faults() {
        fake.reset();
        fake.fault(fault.clone());
        let created = client.ip_policies().create().await;
        assert_eq!(
            (outcome(created), fake.object_count()),
            (expected.to_owned(), count),
            "{fault:?}"
        );
    }

    let calls = move |fake: Fake| {
        let client = blocking::Client::builder(fake.key()).base_url(fake.base_url());
        let client = client.retry(RetryPolicy::none()).build().unwrap();
        for (fault, expected, count) in socket_faults() {
            fake.reset();
            fake.fault(fault.clone());
            let created = client.ip_policies().create().send();
            assert_eq!(
                (outcome(created), fake.object_count()),
                (expected.to_owned(), count),
                "{fault:?}"
            );
        }
    };
    tokio::task::spawn_blocking(move || calls(fake)).await.unwrap();
    listening.stop().await;
}

#[tokio::test]
async fn delay_over_a_socket_takes_real_time() {
    let server = Server::bind(Fake::builder().system_clock(), "127.0.0.1:0")
        .await
        .unwrap();
    let listening = Served::start(server);
    let fake = listening.fake.clone();
    let client = Client::builder(fake.key()).base_url(fake.base_url());
    let client = client.retry(RetryPolicy::none()).build().unwrap();
    let before = Instant::now();
    fake.fault(Fault::delay(Duration::from_millis(20)));
    client.ip_policies().list().await.unwrap();
    assert!(before.elapsed() >= Duration::from_millis(20));
    fake.fault(Fault::delay(seconds(3)));
    let error = client
        .ip_policies()
        .create()
        .timeout(Duration::from_millis(20))
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(fake.object_count(), 1);
    drop(client);
    listening.stop().await;
}

#[tokio::test]
async fn truncates_responses_without_a_body_over_a_socket() {
    let server = Server::bind(Fake::builder(), "127.0.0.1:0").await.unwrap();
    let listening = Served::start(server);
    let fake = listening.fake.clone();
    let client = Client::builder(fake.key()).base_url(fake.base_url());
    let client = client.retry(RetryPolicy::none()).build().unwrap();
    let policy = client.ip_policies().create().await.unwrap();
    fake.fault(Fault::truncated_body());
    let error = client.ip_policies().delete(&policy.id).await.unwrap_err();
    assert_eq!(
        (kind(&error), fake.object_count()),
        (Some(TransportErrorKind::Interrupted), 0)
    );
    listening.stop().await;
}
