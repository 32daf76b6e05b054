//! Tests the built-in transports with servers on loopback sockets.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use generated_client::fake::{self, Fake, RecordedRequest};
use generated_client::models::{ApplicationSession, IpPolicyRuleAction};
use generated_client::{
    Client, ClientBuilder, Error, HttpTransport, RetryPolicy, Transport, TransportErrorKind, blocking,
};

use crate::support::server::{Server, respond};
use crate::support::{assert_hides, session};

const KEY: &str = "test-key";

/// Returns a builder for a client of the server at this URL, without retries.
fn builder(url: &str) -> ClientBuilder {
    Client::builder(KEY).base_url(url).retry(RetryPolicy::none())
}

fn blocking_builder(url: &str) -> blocking::ClientBuilder {
    let builder = blocking::Client::builder(KEY).base_url(url);
    builder.retry(RetryPolicy::none())
}

/// Starts a fake with the sessions `as_1`, `as_2` and so on, which runs until the test ends.
async fn serve_sessions(count: usize) -> Fake {
    let server = fake::Server::bind(Fake::builder().key(KEY), "127.0.0.1:0")
        .await
        .unwrap();
    let fake = server.fake().clone();
    for number in 1..=count {
        let mut session = ApplicationSession::default();
        session.id = format!("as_{number}");
        session.browser_session.user_agent.browser_name = "Firefox".into();
        fake.seed(session);
    }
    tokio::spawn(server.run(std::future::pending()));
    fake
}

#[tokio::test]
async fn async_client_lists_gets_and_deletes() {
    let fake = serve_sessions(5).await;
    let client = builder(fake.base_url()).build().unwrap();
    let mut pages = client.application_sessions().list().limit(2).pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        sizes.push(page.items.len());
    }
    assert_eq!(sizes, [2, 2, 1]);
    let session = client.application_sessions().get("as_2").await.unwrap();
    assert_eq!(session.browser_session.user_agent.browser_name, "Firefox");
    client.application_sessions().delete("as_2").await.unwrap();
    assert!(
        client
            .application_sessions()
            .get("as_2")
            .await
            .unwrap_err()
            .is_not_found()
    );
    let mut items = client.application_sessions().list().limit(3).items();
    let mut ids = Vec::new();
    while let Some(session) = items.try_next().await.unwrap() {
        ids.push(session.id);
    }
    assert_eq!(ids, ["as_5", "as_4", "as_3", "as_1"]);
    assert_requests(&fake.requests());
}

#[tokio::test]
async fn blocking_client_lists_gets_and_deletes() {
    let fake = serve_sessions(5).await;
    let client = blocking_builder(fake.base_url()).build().unwrap();
    tokio::task::spawn_blocking(move || list_get_and_delete(&client))
        .await
        .unwrap();
    assert_requests(&fake.requests());
}

fn list_get_and_delete(client: &blocking::Client) {
    let sizes = client
        .application_sessions()
        .list()
        .limit(2)
        .pages()
        .map(|page| page.unwrap().items.len());
    assert_eq!(sizes.collect::<Vec<_>>(), [2, 2, 1]);
    assert_eq!(client.application_sessions().get("as_2").send().unwrap().id, "as_2");
    client.application_sessions().delete("as_2").send().unwrap();
    assert!(
        client
            .application_sessions()
            .get("as_2")
            .send()
            .unwrap_err()
            .is_not_found()
    );
    let ids = client
        .application_sessions()
        .list()
        .limit(3)
        .items()
        .map(|session| session.unwrap().id);
    assert_eq!(ids.collect::<Vec<_>>(), ["as_5", "as_4", "as_3", "as_1"]);
}

fn assert_requests(requests: &[RecordedRequest]) {
    assert_eq!(requests.len(), 8);
    for request in requests {
        let header = |name| request.headers.get(name).map(|value| value.to_str().unwrap());
        assert_eq!(header("authorization"), Some("Bearer test-key"));
        assert_eq!(header("ngrok-version"), Some("2"));
        assert_eq!(header("accept"), Some("application/json"));
        assert!(header("user-agent").is_some_and(|agent| agent.starts_with("generated-client/")));
        for absent in ["content-type", "content-length", "transfer-encoding"] {
            assert_eq!(header(absent), None, "{absent} of {} {}", request.method, request.path);
        }
    }
}

/// Gets a session from the server with both clients.
async fn get(server: &Server, limits: Limits) -> [Result<ApplicationSession, Error>; 2] {
    let client = builder(&server.url())
        .timeout(limits.timeout)
        .max_body(limits.max_body)
        .build()
        .unwrap();
    let blocking = blocking_builder(&server.url())
        .timeout(limits.timeout)
        .max_body(limits.max_body)
        .build()
        .unwrap();
    [
        client.application_sessions().get("query-value").await,
        blocking.application_sessions().get("query-value").send(),
    ]
}

#[derive(Clone, Copy)]
struct Limits {
    timeout: Duration,
    max_body: usize,
}

const LENIENT: Limits = Limits {
    timeout: Duration::from_secs(20),
    max_body: 1000,
};

fn kind(error: &Error) -> TransportErrorKind {
    assert_hides(error, KEY);
    assert_hides(error, "query-value");
    error.transport_error().expect("a transport error").kind()
}

/// Keeps the connection open without completing the response until the client closes it.
fn stall(stream: &mut TcpStream) -> io::Result<()> {
    let _ = stream.read(&mut [0])?;
    Err(io::ErrorKind::BrokenPipe.into())
}

#[tokio::test]
async fn times_out_if_the_server_does_not_respond() {
    let silent = Server::start(|_, stream| stall(stream)).unwrap();
    let slow = Server::start(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{")?;
        stall(stream)
    });
    for server in [silent, slow.unwrap()] {
        for result in get(
            &server,
            Limits {
                timeout: Duration::from_millis(60),
                ..LENIENT
            },
        )
        .await
        {
            let error = result.unwrap_err();
            assert_eq!(kind(&error), TransportErrorKind::Timeout, "{error:?}");
            assert!(error.is_timeout());
        }
    }
}

/// Sends a session in ten pieces, with a pause before each.
fn trickle(stream: &mut TcpStream, pause: Duration) -> io::Result<()> {
    let body = session("as_1").to_string();
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len())?;
    for piece in body.as_bytes().chunks(body.len().div_ceil(10)) {
        thread::sleep(pause);
        stream.write_all(piece)?;
    }
    Ok(())
}

#[tokio::test]
async fn timeout_limits_idle_time_and_deadline_limits_total_time() {
    let server = Server::start(|_, stream| trickle(stream, Duration::from_millis(60))).unwrap();
    let timeout = Duration::from_millis(500);
    let results = get(&server, Limits { timeout, ..LENIENT }).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    let deadline = Duration::from_millis(200);
    let client = builder(&server.url()).deadline(deadline).build().unwrap();
    let blocking = blocking_builder(&server.url()).deadline(deadline).build().unwrap();
    let results = [
        client.application_sessions().get("query-value").await,
        blocking.application_sessions().get("query-value").send(),
    ];
    for result in results {
        let error = result.unwrap_err();
        assert_eq!(kind(&error), TransportErrorKind::Timeout);
        assert!(
            error.to_string().ends_with(": timed out at the deadline of the call"),
            "{error}"
        );
    }
    let timeout = Duration::from_millis(5);
    let client = builder(&server.url())
        .timeout(timeout)
        .deadline(Duration::from_secs(60));
    let call = client
        .build()
        .unwrap()
        .application_sessions()
        .get("as_1")
        .no_retry()
        .await;
    assert!(call.unwrap_err().to_string().ends_with(": timed out"));
}

#[tokio::test]
async fn truncated_response_is_interrupted() {
    let close = || Err(io::ErrorKind::BrokenPipe.into());
    let declared = Server::start(move |_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"id\":")?;
        close()
    });
    let chunked = Server::start(move |_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\n{\"id\r\n")?;
        close()
    });
    let nothing = Server::start(move |_, _| close());
    for server in [declared, chunked, nothing] {
        for result in get(&server.unwrap(), LENIENT).await {
            let error = result.unwrap_err();
            assert_eq!(kind(&error), TransportErrorKind::Interrupted, "{error:?}");
        }
    }
}

#[tokio::test]
async fn rejects_a_body_larger_than_max_body() {
    let declared = Server::start(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9999999999\r\n\r\n")?;
        stall(stream)
    });
    let endless = Server::start(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")?;
        loop {
            stream.write_all(b"8\r\n12345678\r\n")?;
        }
    });
    for server in [declared, endless] {
        for result in get(&server.unwrap(), LENIENT).await {
            let error = result.unwrap_err();
            assert_eq!(kind(&error), TransportErrorKind::TooLarge, "{error:?}");
        }
    }
}

#[tokio::test]
async fn accepts_a_body_of_exactly_max_body() {
    let body = r#"{"created_at":"2024-05-06T07:08:09Z"}"#;
    let server = Server::start(move |_, stream| respond(stream, "200 OK", body)).unwrap();
    for result in get(
        &server,
        Limits {
            max_body: body.len(),
            ..LENIENT
        },
    )
    .await
    {
        result.unwrap();
    }
    for result in get(
        &server,
        Limits {
            max_body: body.len() - 1,
            ..LENIENT
        },
    )
    .await
    {
        assert_eq!(kind(&result.unwrap_err()), TransportErrorKind::TooLarge);
    }
}

#[tokio::test]
async fn closed_port_is_a_connect_error() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{address}");
    let client = builder(&url).build().unwrap();
    let error = client.application_sessions().get("as_1").await.unwrap_err();
    assert!(
        error.is_connect() && error.to_string().contains("could not connect"),
        "{error}"
    );
    let client = blocking_builder(&url).build().unwrap();
    let error = client.application_sessions().get("as_1").send().unwrap_err();
    assert!(error.is_connect(), "{error:?}");
}

#[tokio::test]
async fn transports_do_not_follow_redirects() {
    let other_origin = Server::start(|_, stream| respond(stream, "200 OK", "{}")).unwrap();
    let location = other_origin.url();
    let server = Server::start(move |request, stream| match request.target.as_str() {
        "/app/sessions/query-value" => redirect(stream, "/moved"),
        _ => redirect(stream, &location),
    });
    let server = server.unwrap();
    for result in get(&server, LENIENT).await {
        assert!(result.unwrap_err().to_string().contains("a different origin"));
    }
    let targets = server
        .requests()
        .into_iter()
        .map(|request| request.target)
        .collect::<Vec<_>>();
    assert_eq!(
        targets,
        [
            "/app/sessions/query-value",
            "/moved",
            "/app/sessions/query-value",
            "/moved"
        ]
    );
    assert!(
        other_origin.requests().is_empty(),
        "the API key must not be sent to another origin"
    );
}

fn redirect(stream: &mut TcpStream, location: &str) -> io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n"
    )
}

#[test]
fn async_call_without_a_runtime_fails_without_panicking() {
    use std::future::IntoFuture;
    use std::task::{Context, Poll, Waker};

    let client = Client::new(KEY);
    let mut call = client.application_sessions().get("as_1").into_future();
    let Poll::Ready(Err(error)) = Pin::new(&mut call).poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("the call should fail immediately");
    };
    let problem = "HttpTransport needs a Tokio runtime: use blocking::Client without one";
    assert!(error.to_string().ends_with(problem), "{error}");
    assert_eq!((error.attempts(), error.is_retryable()), (0, false));
}

#[tokio::test]
async fn tls_works_without_a_process_wide_crypto_provider() {
    // The server doesn't support TLS: the handshake must fail, but not because of a missing crypto provider.
    let server = Server::start(|_, stream| respond(stream, "200 OK", "")).unwrap();
    let url = server.url().replace("http://", "https://");
    let client = builder(&url).build().unwrap();
    let error = client.application_sessions().get("as_1").await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    let client = blocking_builder(&url).build().unwrap();
    let error = client.application_sessions().get("as_1").send().unwrap_err();
    assert_eq!(error.status(), None, "{error:?}");
    assert!(server.requests().is_empty(), "the API key must not be sent without TLS");
}

#[tokio::test]
async fn does_not_retry_a_post_that_the_server_has_received() {
    let server = Server::start(|_, _| Err(io::ErrorKind::BrokenPipe.into())).unwrap();
    let client = Client::builder(KEY).base_url(server.url()).build().unwrap();
    let rules = client.ip_policy_rules();
    let error = rules.create("10.0.0.0/8", "ipp_1", IpPolicyRuleAction::Allow).await;
    assert_eq!(kind(&error.unwrap_err()), TransportErrorKind::Interrupted);
    let client = blocking::Client::builder(KEY).base_url(server.url());
    let client = client.build().unwrap();
    let rules = client.ip_policy_rules();
    let error = rules.create("10.0.0.0/8", "ipp_1", IpPolicyRuleAction::Allow).send();
    assert_eq!(kind(&error.unwrap_err()), TransportErrorKind::Interrupted);
    assert_eq!(server.requests().len(), 2, "expected one request from each client");
}

#[tokio::test]
async fn retries_a_get_until_it_succeeds() {
    let failures = AtomicUsize::new(0);
    let server = Server::start(move |_, stream| match failures.fetch_add(1, Ordering::Relaxed) % 3 {
        0 => Err(io::ErrorKind::BrokenPipe.into()),
        1 => respond(stream, "503 Service Unavailable", "<html>"),
        _ => respond(stream, "200 OK", r#"{"created_at":"2024-05-06T07:08:09Z"}"#),
    });
    let server = server.unwrap();
    let policy = RetryPolicy::default().initial_backoff(Duration::from_millis(2));
    let client = builder(&server.url()).retry(policy).build().unwrap();
    client.application_sessions().get("as_1").await.unwrap();
    let client = blocking_builder(&server.url()).retry(policy).build().unwrap();
    client.application_sessions().get("as_1").send().unwrap();
    assert_eq!(server.requests().len(), 6);
}

#[tokio::test(start_paused = true)]
async fn async_transport_uses_the_clock_of_its_runtime() {
    let transport = HttpTransport::new();
    let (start, real) = (transport.now(), Instant::now());
    transport.sleep(Duration::from_secs(3600)).await;
    assert!(transport.now() - start >= Duration::from_secs(3600));
    assert!(
        real.elapsed() < Duration::from_secs(60),
        "the wait should not take real time"
    );
}
