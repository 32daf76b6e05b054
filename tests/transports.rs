//! Tests the default transport of both clients with servers and proxies on loopback sockets.

use std::future::IntoFuture as _;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use generated_client::http_body::{self, Frame, SizeHint};
use generated_client::models::IpPolicyRuleAction;
use generated_client::{
    Attempt, Body, BoxFuture, Client, Error, HttpTransport, HttpTransportBuilder, RetryPolicy, Transport,
    TransportError, TransportErrorKind, blocking,
};
use http::{Method, Request, Response};
use rustls::ServerConfig;
use tokio::runtime::{Builder, Runtime};

use crate::support::certificates::{Authority, Leaf, VALID};
use crate::support::peer::{Peer, Stream, close, read_head, tls, wait_for_close};
use crate::support::{KEY, assert_hides, run_alone};

/// The number of attempts of a call that is retried.
const ATTEMPTS: u32 = 2;

/// A successful response.
const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 37\r\n\r\n{\"created_at\":\"2024-05-06T07:08:09Z\"}";

/// A server or a proxy, and the settings to reach it.
struct Setup {
    url: String,
    transport: HttpTransportBuilder,
    peer: Option<Peer>,
}

/// The calls that are retried if every attempt fails in the same way.
#[derive(Clone, Copy)]
enum Retried {
    All,
    Idempotent,
    Nothing,
}

/// A situation, the expected failure, and a part of its message.
type Situation = (&'static str, Setup, TransportErrorKind, Retried, &'static str);

// ---- setups

/// A URL at which there is no server.
fn unreachable(url: String) -> Setup {
    Setup {
        url,
        transport: HttpTransport::builder().no_proxy(),
        peer: None,
    }
}

fn server(serve: impl Fn(&mut TcpStream, &Peer) -> io::Result<()> + Send + Sync + 'static) -> Setup {
    let peer = Peer::start(move |mut stream, peer| serve(&mut stream, peer));
    Setup {
        peer: Some(peer.clone()),
        ..unreachable(format!("http://{}", peer.address))
    }
}

/// A server that writes these bytes after a request, and closes the connection.
fn response(response: impl Into<Vec<u8>>) -> Setup {
    let response = response.into();
    server(move |stream, peer| {
        peer.receive(stream)?;
        stream.write_all(&response)
    })
}

/// A server with TLS. The client trusts the authority.
fn tls_server(
    authority: &Authority,
    config: Arc<ServerConfig>,
    serve: impl Fn(&mut dyn Stream, &Peer) -> io::Result<()> + Send + Sync + 'static,
) -> Setup {
    let peer = Peer::start(move |mut stream, peer| {
        let result = serve(&mut tls(&config, stream.try_clone()?), peer);
        close(&mut stream)?;
        result
    });
    Setup {
        url: format!("https://{}", peer.address),
        transport: HttpTransport::builder()
            .no_proxy()
            .add_root_certificates(authority.pem()),
        peer: Some(peer),
    }
}

/// A proxy with this scheme.
fn proxy(scheme: &str, serve: impl Fn(&mut TcpStream, &Peer) -> io::Result<()> + Send + Sync + 'static) -> Setup {
    let peer = Peer::start(move |mut stream, peer| serve(&mut stream, peer));
    Setup {
        url: "https://api.test".to_owned(),
        transport: HttpTransport::builder().proxy(format!("{scheme}://user:pass@{}", peer.address)),
        peer: Some(peer),
    }
}

/// A proxy that writes these bytes after a CONNECT request, and closes the connection.
fn connect_proxy(response: &'static str) -> Setup {
    proxy("http", move |stream, _| {
        read_head(stream)?;
        stream.write_all(response.as_bytes())?;
        close(stream)
    })
}

/// Responds without TLS to a client that uses TLS.
fn respond_without_tls(stream: &mut TcpStream, _: &Peer) -> io::Result<()> {
    stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")?;
    close(stream)
}

/// Reads the messages of a SOCKS5 client with a user and password up to its request, and responds with the status.
fn socks5(stream: &mut TcpStream, status: u8) -> io::Result<()> {
    stream.read_exact(&mut [0; 3])?;
    stream.write_all(&[5, 2])?;
    stream.read_exact(&mut [0; 11])?;
    stream.write_all(&[1, 0])?;
    stream.read_exact(&mut [0; 5 + "api.test".len() + 2])?;
    stream.write_all(&[5, status, 0, 1, 0, 0, 0, 0, 0, 0])
}

/// Sends informational responses until the client closes the connection.
fn flood(stream: &mut TcpStream) -> io::Result<()> {
    let hints = "HTTP/1.1 103 Early Hints\r\nlink: </style.css>\r\n\r\n".repeat(1000);
    loop {
        stream.write_all(hints.as_bytes())?;
    }
}

/// A port that nothing listens on. A port that was closed just now may be in use by another test.
const CLOSED_PORT: &str = "127.0.0.1:1";

/// A response with this number of additional headers, whose values have this length.
fn headers(count: usize, length: usize) -> String {
    let headers = format!("x-header: {}\r\n", "v".repeat(length)).repeat(count);
    format!("HTTP/1.1 200 OK\r\n{headers}content-length: 2\r\n\r\n{{}}")
}

// ---- failures

/// Situations in which there is no connection over which to send a request.
#[rustfmt::skip] // a table
fn no_connection(authority: &Authority) -> Vec<Situation> {
    use Retried::{All, Nothing};
    use TransportErrorKind::{Connect, ConnectTimeout, Tls};

    let certificate = |leaf| tls_server(authority, authority.server(&leaf, None), respond);
    let untrusted = Setup { transport: HttpTransport::builder().no_proxy(), ..certificate(VALID) };
    let expired = certificate(Leaf { is_expired: true, ..VALID });
    let of_authority = certificate(Leaf { is_authority: true, ..VALID });
    let other_name = certificate(Leaf { host: "other.test", ..VALID });
    let identity = tls_server(authority, authority.server(&VALID, Some(authority)), respond);
    let no_handshake = |serve: fn(&mut TcpStream, &Peer) -> io::Result<()>| {
        let setup = server(serve);
        Setup { url: setup.url.replace("http://", "https://"), ..setup }
    };
    vec![
        ("port closed", unreachable(format!("http://{CLOSED_PORT}")), Connect, All, "connect to 127.0.0.1:1: "),
        ("port closed", unreachable(format!("http://{CLOSED_PORT}")), Connect, All, "refused"),
        ("host unknown", unreachable(format!("http://{}.test", "a".repeat(64))), Connect, All, "a.test:80: failed to lookup"),
        ("TLS hangs", no_handshake(|stream, _| wait_for_close(stream)), ConnectTimeout, All, "connecting to 127.0.0.1:"),
        ("TLS closed", no_handshake(|stream, _| stream.read(&mut [0; 9]).map(drop)), Connect, All, ""),
        ("no TLS", no_handshake(respond_without_tls), Tls, Nothing, "the server does not use TLS"),
        ("certificate not trusted", untrusted, Tls, Nothing, "UnknownIssuer"),
        ("certificate expired", expired, Tls, Nothing, "expired"),
        ("certificate of an authority", of_authority, Tls, Nothing, "is that of an authority"),
        ("certificate of another host", other_name, Tls, Nothing, "not valid for name"),
        ("client certificate missing", identity, Tls, Nothing, "CertificateRequired"),
    ]
}

/// Situations in which there is no connection through a proxy.
#[rustfmt::skip] // a table
fn no_proxy_connection(authority: &Authority) -> Vec<Situation> {
    use Retried::{All, Nothing};
    use TransportErrorKind::{Connect, ConnectTimeout, Proxy, Tls};

    let no_proxy = Setup {
        transport: HttpTransport::builder().proxy(CLOSED_PORT),
        ..unreachable("https://api.test".to_owned())
    };
    let server = authority.server(&VALID, None);
    let tunnel = proxy("http", move |stream, peer| {
        read_head(stream)?;
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
        peer.receive(&mut tls(&server, stream.try_clone()?)).map(drop)
    });
    let no_socks = Setup {
        transport: HttpTransport::builder().proxy(format!("socks5h://user:pass@{CLOSED_PORT}")),
        ..unreachable("https://api.test".to_owned())
    };
    let unknown_proxy = Setup {
        transport: HttpTransport::builder().proxy(format!("http://user:pass@{}.test", "a".repeat(64))),
        ..unreachable("https://api.test".to_owned())
    };
    // Without `connection: close`, a client may reuse the connection before it notices its end.
    let forwarding = Setup {
        url: "http://api.test".to_owned(),
        ..connect_proxy("HTTP/1.1 407 Auth\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
    };
    let through = "could not connect to api.test:443 through the proxy 127.0.0.1:";
    let flooding = proxy("http", |stream, _| {
        read_head(stream)?;
        flood(stream)
    });
    vec![
        ("proxy port closed", no_proxy, Connect, All, "could not connect to the proxy 127.0.0.1:1: "),
        ("SOCKS port closed", no_socks, Connect, All, "could not connect to the proxy 127.0.0.1:1: "),
        ("proxy unknown", unknown_proxy, Connect, All, "could not connect to the proxy aaa"),
        ("proxy requires a password", connect_proxy("HTTP/1.1 407 Auth\r\n\r\n"), Proxy, Nothing, "407"),
        ("forwarding proxy requires a password", forwarding, Proxy, Nothing, "407"),
        ("proxy requires a password", connect_proxy("HTTP/1.1 407 Auth\r\n\r\n"), Proxy, Nothing, through),
        ("proxy forbids the host", connect_proxy("HTTP/1.1 403 Forbidden\r\n\r\n"), Proxy, Nothing, "403"),
        ("proxy cannot connect", connect_proxy("HTTP/1.1 502 Bad Gateway\r\n\r\n"), Connect, All, "502"),
        ("proxy closes", connect_proxy(""), Connect, All, "the proxy closed the connection"),
        ("proxy closes", connect_proxy(""), Connect, All, through),
        ("no tunnel", connect_proxy("HTTP/1.1 204 No Content\r\n\r\n"), Proxy, Nothing, "204"),
        ("proxy floods", flooding, Proxy, Nothing, "informational responses"),
        ("proxy is none", connect_proxy("SSH-2.0-OpenSSH_9.9\r\n\r\n"), Proxy, Nothing, ""),
        ("proxy hangs", proxy("http", |stream, _| wait_for_close(stream)), ConnectTimeout, All, "while connecting"),
        ("proxy without TLS", proxy("https", respond_without_tls), Tls, Nothing, "connection to the proxy 127.0.0.1:"),
        ("tunnel to an untrusted server", tunnel, Tls, Nothing, "UnknownIssuer"),
        ("SOCKS rejects", proxy("socks5h", |stream, _| socks5(stream, 2)), Proxy, Nothing, "SOCKS"),
        ("SOCKS rejects", proxy("socks5h", |stream, _| socks5(stream, 2)), Proxy, Nothing, through),
        ("SOCKS cannot connect", proxy("socks5h", |stream, _| socks5(stream, 4)), Connect, All, "host unreachable"),
        ("SOCKS closes", proxy("socks5h", |stream, _| stream.read_exact(&mut [0; 3])), Connect, All, "the proxy closed the connection"),
        ("SOCKS hangs", proxy("socks5h", |stream, _| wait_for_close(stream)), ConnectTimeout, All, "while connecting"),
    ]
}

/// Situations in which a request is sent, but no complete response is received.
#[rustfmt::skip] // a table
fn no_response(authority: &Authority) -> Vec<Situation> {
    use Retried::{Idempotent, Nothing};
    use TransportErrorKind::{Interrupted, InvalidResponse, Timeout, TooLarge};

    let body = "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"id\":";
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let lengths = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}";
    let large = "HTTP/1.1 200 OK\r\ncontent-length: 9999999999\r\n\r\n";
    let tls = tls_server(authority, authority.server(&VALID, None), move |stream, peer| {
        peer.receive(stream)?;
        stream.write_all(body.as_bytes())?;
        stream.flush()
    });
    let silent = server(|stream, peer| {
        peer.receive(stream)?;
        wait_for_close(stream)
    });
    let slow = server(move |stream, peer| {
        peer.receive(stream)?;
        stream.write_all(body.as_bytes())?;
        wait_for_close(stream)
    });
    let reset = server(|stream, peer| {
        // The unread part of the request turns the end of the connection into a reset.
        stream.read_exact(&mut [0; 9])?;
        peer.record(String::new());
        Ok(())
    });
    let flooded = server(|stream, peer| {
        peer.receive(stream)?;
        flood(stream)
    });
    let overflow = "HTTP/1.1 200 OK\r\ncontent-length: 18446744073709551615\r\n\r\n";
    let http2 = response(b"\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x64".as_slice());
    vec![
        ("closed", response(""), Interrupted, Idempotent, "closed before the response was complete"),
        ("reset", reset, Interrupted, Idempotent, "closed before the response"),
        ("headers truncated", response("HTTP/1.1 200 OK\r\ncontent-le"), Interrupted, Idempotent, ""),
        ("body truncated", response(body), Interrupted, Idempotent, ""),
        ("chunk truncated", response(format!("{chunked}4\r\n{{\"id\r\n")), Interrupted, Idempotent, ""),
        ("TLS truncated", tls, Interrupted, Idempotent, ""),
        ("no HTTP", response("SSH-2.0-OpenSSH_9.9\r\n\r\n"), InvalidResponse, Nothing, "parse the response as HTTP"),
        ("HTTP/2", http2, InvalidResponse, Nothing, "parse the response as HTTP"),
        ("status invalid", response("HTTP/1.1 twenty OK\r\n\r\n"), InvalidResponse, Nothing, "status"),
        ("two lengths", response(lengths), InvalidResponse, Nothing, "parse the response as HTTP"),
        ("chunk invalid", response(format!("{chunked}zz\r\n")), InvalidResponse, Nothing, "chunk"),
        ("300 headers", response(headers(300, 1)), InvalidResponse, Nothing, "the head is too large"),
        ("headers of 600 kB", response(headers(60, 10_000)), InvalidResponse, Nothing, "the head is too large"),
        ("length of 2^64 - 1", response(overflow), InvalidResponse, Nothing, "declares a body that is too large"),
        ("endless early hints", flooded, InvalidResponse, Nothing, "informational responses"),
        ("silent", silent, Timeout, Idempotent, "timed out"),
        ("slow", slow, Timeout, Idempotent, "timed out"),
        ("body too large", response(large), TooLarge, Nothing, "maximum size"),
    ]
}

/// Both clients with the same transport.
struct Clients {
    asynchronous: Client,
    blocking: blocking::Client,
}

impl Clients {
    fn new(setup: Setup, timeout: Duration) -> Self {
        Self::limited(setup, timeout, 32 * 1024 * 1024)
    }

    fn limited(setup: Setup, timeout: Duration, max_body: usize) -> Self {
        Self::build(&setup.transport.build().unwrap(), &setup.url, timeout, max_body)
    }

    fn with(transport: &HttpTransport, url: &str, timeout: Duration) -> Self {
        Self::build(transport, url, timeout, 32 * 1024 * 1024)
    }

    fn build(transport: &HttpTransport, url: &str, timeout: Duration, max_body: usize) -> Self {
        let policy = RetryPolicy::default()
            .max_attempts(ATTEMPTS)
            .initial_backoff(Duration::from_millis(1));
        let asynchronous = Client::builder(KEY).transport(transport.clone());
        let blocking = blocking::Client::builder(KEY).transport(transport.clone());
        Self {
            asynchronous: asynchronous
                .base_url(url)
                .timeout(timeout)
                .max_body(max_body)
                .retry(policy)
                .build()
                .unwrap(),
            blocking: blocking
                .base_url(url)
                .timeout(timeout)
                .max_body(max_body)
                .retry(policy)
                .build()
                .unwrap(),
        }
    }

    async fn get(&self) -> [Result<(), Error>; 2] {
        [
            self.asynchronous.application_sessions().get("as_1").await.map(drop),
            self.blocking.application_sessions().get("as_1").send().map(drop),
        ]
    }

    async fn create(&self) -> [Result<(), Error>; 2] {
        let (cidr, policy, action) = ("10.0.0.0/8", "ipp_1", IpPolicyRuleAction::Allow);
        let rules = self.asynchronous.ip_policy_rules();
        let asynchronous = rules.create(cidr, policy, action.clone()).await.map(drop);
        let rules = self.blocking.ip_policy_rules();
        [asynchronous, rules.create(cidr, policy, action).send().map(drop)]
    }
}

async fn assert_fails((name, setup, kind, retried, reason): Situation) {
    use TransportErrorKind::{Connect, ConnectTimeout, Proxy, Timeout, Tls};

    let timeout = match kind {
        ConnectTimeout | Timeout => Duration::from_millis(60),
        _ => Duration::from_secs(20),
    };
    let peer = setup.peer.clone();
    let clients = Clients::new(setup, timeout);
    let mut sent = 0;
    for (is_idempotent, results) in [(true, clients.get().await), (false, clients.create().await)] {
        for (client, result) in ["async", "blocking"].into_iter().zip(results) {
            let error = result.expect_err(name);
            let context = format!("{name}, {client}, {is_idempotent}: {error}");
            let is_retried = match retried {
                Retried::All => true,
                Retried::Idempotent => is_idempotent,
                Retried::Nothing => false,
            };
            assert_eq!(error.transport_error().expect(&context).kind(), kind, "{context}");
            assert_eq!(error.is_retryable(), is_retried, "{context}");
            assert_eq!(error.attempts(), if is_retried { ATTEMPTS } else { 1 }, "{context}");
            assert_eq!(
                error.is_connect(),
                matches!(kind, Connect | ConnectTimeout | Tls | Proxy),
                "{context}"
            );
            assert_eq!(
                error.is_timeout(),
                matches!(kind, ConnectTimeout | Timeout),
                "{context}"
            );
            assert!(error.to_string().contains(reason), "{context}");
            assert!(!error.to_string().contains("before message completed"), "{context}");
            assert_hides(&error, KEY);
            assert_hides(&error, "user:pass");
            sent += if error.is_connect() { 0 } else { error.attempts() };
        }
    }
    let received = peer.map_or(0, |peer| peer.wait_for_heads(sent as usize).len());
    assert_eq!(received, sent as usize, "requests received: {name}");
}

/// Error responses whose body fails, and a part of the message.
#[rustfmt::skip] // a table
fn failing_rejections() -> Vec<(&'static str, Setup, u16, bool, &'static str)> {
    let rejection = |status: &str, length: &str| {
        format!("HTTP/1.1 {status}\r\nx-kept: 1\r\ncontent-type: text/plain\r\n{length}\r\n\r\nbeginning")
    };
    let chunked = |status: &str, chunks: &str| {
        rejection(status, "transfer-encoding: chunked").replace("\r\n\r\nbeginning", &format!("\r\n\r\n9\r\nbeginning\r\n{chunks}"))
    };
    let endless = rejection("400 Bad Request", "connection: close");
    let endless = server(move |stream, peer| {
        peer.receive(stream)?;
        stream.write_all(endless.as_bytes())?;
        loop {
            stream.write_all(&[b'.'; 1000])?;
        }
    });
    let stalling = rejection("404 Not Found", "content-length: 50");
    let stalling = server(move |stream, peer| {
        peer.receive(stream)?;
        stream.write_all(stalling.as_bytes())?;
        wait_for_close(stream)
    });
    let length = "content-length: 50";
    let large = "content-length: 18446744073709551000";
    vec![
        ("endless", endless, 400, false, "with an incomplete body of 1000 bytes (text/plain): the response body exceeds"),
        ("declares too much", response(rejection("400 Bad Request", large)), 400, false, "body of 9 bytes"),
        ("truncated", response(rejection("404 Not Found", length)), 404, false, "body of 9 bytes (text/plain): the connection was closed"),
        ("chunk truncated", response(chunked("403 Forbidden", "9\r\nxx")), 403, false, "the connection was closed"),
        ("chunk invalid", response(chunked("409 Conflict", "zz\r\n")), 409, false, "cannot parse"),
        ("stalls", stalling, 404, false, "timed out"),
        ("times out", response(rejection("408 Request Timeout", length)), 408, true, "the connection was closed"),
        ("unavailable", response(rejection("503 Service Unavailable", length)), 503, true, "the connection was closed"),
    ]
}

#[tokio::test]
async fn errors_of_a_body_do_not_hide_a_rejection() {
    for (name, setup, status, is_retried, reason) in failing_rejections() {
        let peer = setup.peer.clone().unwrap();
        let clients = Clients::limited(setup, Duration::from_millis(200), 1000);
        for result in clients.get().await {
            let error = result.expect_err(name);
            let context = format!("{name}: {error}");
            assert_eq!(error.status().expect(&context).as_u16(), status, "{context}");
            assert_eq!(error.headers().unwrap()["x-kept"], "1", "{context}");
            assert!(error.body().unwrap().starts_with(b"beginning"), "{context}");
            assert!(error.body().unwrap().len() <= 1000, "{context}");
            assert!(error.to_string().contains(reason), "{context}");
            assert_eq!(error.is_not_found(), status == 404, "{context}");
            assert_eq!(error.is_retryable(), is_retried, "{context}");
            assert_eq!(error.attempts(), if is_retried { ATTEMPTS } else { 1 }, "{context}");
            assert!(error.transport_error().is_none(), "{context}");
        }
        assert_eq!(peer.heads().len(), if is_retried { 4 } else { 2 }, "{name}");
    }
}

#[tokio::test]
async fn both_clients_classify_failures_by_phase() {
    let authority = Authority::new();
    let situations = [
        no_connection(&authority),
        no_proxy_connection(&authority),
        no_response(&authority),
    ];
    let situations = situations.into_iter().flatten();
    for situation in situations {
        assert_fails(situation).await;
    }
}

// ---- successes

/// Asserts that the calls of both clients succeed, and returns the heads of the requests.
async fn assert_succeeds(setup: Setup) -> Vec<String> {
    let peer = setup.peer.clone().unwrap();
    let clients = Clients::new(setup, Duration::from_secs(20));
    for result in clients.get().await {
        result.unwrap();
    }
    peer.heads()
}

/// Responds to requests until the client closes the connection.
fn respond(stream: &mut dyn Stream, peer: &Peer) -> io::Result<()> {
    loop {
        peer.receive(stream)?;
        stream.write_all(OK.as_bytes())?;
        stream.flush()?;
    }
}

#[tokio::test]
async fn trusts_added_root_certificates() {
    let (authority, other) = (Authority::new(), Authority::new());
    let setup = tls_server(&authority, authority.server(&VALID, None), respond);
    let both = HttpTransport::builder().no_proxy();
    let transport = both.add_root_certificates([other.pem(), authority.pem()].concat());
    assert_eq!(assert_succeeds(Setup { transport, ..setup }).await.len(), 2);
}

#[tokio::test]
async fn authenticates_with_the_client_identity() {
    let (authority, clients) = (Authority::new(), Authority::new());
    let identity = clients.client();
    let mut setup = tls_server(&authority, authority.server(&VALID, Some(&clients)), respond);
    setup.transport = setup.transport.client_identity(&identity.certificate, &identity.key);
    assert_eq!(assert_succeeds(setup).await.len(), 2);
    let mut setup = tls_server(&authority, authority.server(&VALID, Some(&clients)), respond);
    let both = [identity.key, identity.certificate].concat();
    setup.transport = setup.transport.client_identity(&both, &both);
    assert_eq!(assert_succeeds(setup).await.len(), 2);
}

#[tokio::test]
async fn sends_http_requests_to_the_proxy_with_credentials() {
    let setup = Setup {
        url: "http://api.test".to_owned(),
        ..proxy("http", |stream, peer| respond(stream, peer))
    };
    for head in assert_succeeds(setup).await {
        assert!(
            head.starts_with("GET http://api.test/app/sessions/as_1 HTTP/1.1\r\n"),
            "{head}"
        );
        assert!(head.contains("proxy-authorization: Basic dXNlcjpwYXNz\r\n"), "{head}");
    }
}

#[tokio::test]
async fn tunnels_https_requests_through_proxies() {
    let authority = Authority::new();
    for scheme in ["http", "socks5h"] {
        let config = authority.server(
            &Leaf {
                host: "api.test",
                ..VALID
            },
            None,
        );
        let mut setup = proxy(scheme, move |stream, peer| {
            if scheme == "http" {
                let head = read_head(stream)?;
                assert!(head.starts_with("CONNECT api.test:443 HTTP/1.1\r\n"), "{head}");
                assert!(head.contains("proxy-authorization: Basic dXNlcjpwYXNz\r\n"), "{head}");
                stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n")?;
            } else {
                socks5(stream, 0)?;
            }
            respond(&mut tls(&config, stream.try_clone()?), peer)
        });
        setup.transport = setup.transport.add_root_certificates(authority.pem());
        for head in assert_succeeds(setup).await {
            assert!(head.starts_with("GET /app/sessions/as_1 HTTP/1.1\r\n"), "{head}");
            assert!(!head.contains("proxy-authorization"), "{head}");
        }
    }
}

#[tokio::test]
async fn connects_directly_to_proxy_exceptions() {
    let mut setup = server(|stream, peer| respond(stream, peer));
    let transport = HttpTransport::builder().proxy(CLOSED_PORT);
    setup.transport = transport.proxy_exceptions("other.test, 127.0.0.1");
    assert_eq!(assert_succeeds(setup).await.len(), 2);
}

// ---- reused connections

/// A server that closes each connection after the first response, and then calls the function.
fn closing_server(closed: impl Fn() + Send + Sync + 'static) -> Setup {
    server(move |stream, peer| {
        peer.receive(stream)?;
        stream.write_all(OK.as_bytes())?;
        stream.shutdown(Shutdown::Both)?;
        closed();
        Ok(())
    })
}

#[tokio::test]
async fn does_not_use_a_connection_that_the_server_has_closed() {
    let (sender, mut closed) = tokio::sync::mpsc::unbounded_channel();
    let setup = closing_server(move || sender.send(()).unwrap());
    let peer = setup.peer.clone().unwrap();
    let transport = setup.transport.build().unwrap();
    let timeout = Duration::from_secs(20);
    let clients = Clients::with(&transport, &setup.url, timeout);
    // Waiting for the response of another server gives the transport time to notice the end of the connection.
    let other = Clients::with(&transport, &server(|stream, peer| respond(stream, peer)).url, timeout);
    for _ in 0..40 {
        for result in clients.create().await {
            result.unwrap();
            closed.recv().await.unwrap();
        }
        for result in other.get().await {
            result.unwrap();
        }
    }
    assert_eq!(peer.heads().len(), 80);
}

#[tokio::test]
async fn never_sends_a_request_twice_if_the_connection_closes_meanwhile() {
    let setup = closing_server(|| ());
    let peer = setup.peer.clone().unwrap();
    let clients = Clients::new(setup, Duration::from_secs(20));
    let mut succeeded = 0;
    for _ in 0..40 {
        for result in clients.create().await {
            match result {
                Ok(()) => succeeded += 1,
                Err(error) => assert_eq!(
                    error.transport_error().unwrap().kind(),
                    TransportErrorKind::Interrupted,
                    "{error}"
                ),
            }
        }
    }
    // A request that failed was not received, because the server reads one request of each connection.
    assert_eq!(peer.heads().len(), succeeded);
}

#[tokio::test]
async fn reuses_connections() {
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    let setup = server(move |stream, peer| {
        count.fetch_add(1, Ordering::Relaxed);
        respond(stream, peer)
    });
    let clients = Clients::new(setup, Duration::from_secs(20));
    for _ in 0..3 {
        for result in clients.create().await.into_iter().chain(clients.get().await) {
            result.unwrap();
        }
    }
    // Each client makes six calls. It may open another connection while the previous one becomes idle.
    let connections = connections.load(Ordering::Relaxed);
    assert!((2..=4).contains(&connections), "{connections} connections for 12 calls");
}

#[tokio::test]
async fn receives_bodies_larger_than_the_limit_for_heads() {
    let body = format!(
        r#"{{"created_at":"2024-05-06T07:08:09Z","ignored":"{}"}}"#,
        "x".repeat(5_000_000)
    );
    let response = format!(
        "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let setup = server(move |stream, peer| {
        loop {
            peer.receive(stream)?;
            stream.write_all(response.as_bytes())?;
        }
    });
    let clients = Clients::new(setup, Duration::from_secs(20));
    for _ in 0..3 {
        for result in clients.get().await {
            result.unwrap();
        }
    }
}

// ---- several runtimes

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn a_client_works_on_several_runtimes() {
    let setup = server(|stream, peer| respond(stream, peer));
    let client = Client::builder(KEY).transport(setup.transport.build().unwrap());
    let client = client.base_url(&setup.url).retry(RetryPolicy::none()).build().unwrap();
    let get = |runtime: &Runtime| {
        let result = runtime.block_on(async {
            let result = client.application_sessions().get("as_1").await;
            // Gives the transport time to keep the connection.
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
            result
        });
        result.unwrap();
    };
    let (first, second) = (runtime(), runtime());
    for _ in 0..3 {
        // The other runtime is alive but idle.
        get(&first);
        get(&second);
    }
    drop(first);
    get(&second);
    get(&runtime());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| get(&runtime()));
        }
    });
    get(&second);
}

#[test]
fn a_call_is_interrupted_if_the_runtime_of_its_connection_ends() {
    let (sender, mut received) = tokio::sync::mpsc::unbounded_channel();
    let setup = server(move |stream, peer| {
        peer.receive(stream)?;
        sender.send(()).unwrap();
        wait_for_close(stream)
    });
    let client = Client::builder(KEY).transport(setup.transport.build().unwrap());
    let client = client.base_url(&setup.url).retry(RetryPolicy::none()).build().unwrap();
    let mut call = client.application_sessions().get("as_1").into_future();
    let (first, second) = (runtime(), runtime());
    first.block_on(async {
        tokio::select! {
            result = &mut call => panic!("{result:?}"),
            received = received.recv() => received.unwrap(),
        }
    });
    drop(first);
    let error = second.block_on(call).unwrap_err();
    assert_eq!(
        error.transport_error().unwrap().kind(),
        TransportErrorKind::Interrupted,
        "{error}"
    );
}

// ---- settings

#[test]
fn builder_names_invalid_proxies_and_exceptions() {
    let problem = |builder: HttpTransportBuilder| builder.build().unwrap_err().to_string();
    for entry in ["http://x/", "10.0.0.0/99", "127.0.0.1:x", "ü.test"] {
        for builder in [
            HttpTransport::builder(),
            HttpTransport::builder().no_proxy(),
            HttpTransport::builder().proxy("p:1"),
        ] {
            let problem = problem(builder.proxy_exceptions(format!("localhost, {entry}")));
            assert!(
                problem.starts_with(&format!("invalid proxy exception `{entry}`: expected ")),
                "{problem}"
            );
        }
    }
    for url in [
        "http://user:pass@proxy/path",
        "http://user:pass@proxy?query",
        "socks5://user:pass@proxy/path",
    ] {
        let problem = problem(HttpTransport::builder().proxy(url));
        assert_eq!(problem, "invalid proxy URL: it must not have a path, query or fragment");
    }
}

#[test]
fn builder_describes_invalid_certificates_and_keys() {
    let authority = Authority::new();
    let (pem, identity) = (authority.pem(), authority.client());
    let cut = pem[..pem.len() - 10].to_owned();
    let encrypted = identity.key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
    let legacy = identity
        .key
        .replace("KEY-----\nM", "KEY-----\nProc-Type: 4,ENCRYPTED\n\nM");
    let invalid = "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
    let no_base64 = "-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n";
    let der = [0x30, 0x82, 1, 0x80];
    for (file, problem) in [
        (&b""[..], "found no certificate, expected PEM"),
        (&der, "expected PEM, found DER"),
        (cut.as_bytes(), "invalid PEM: the last section has no end"),
        (no_base64.as_bytes(), "invalid PEM: a section is not valid Base64"),
        (invalid.as_bytes(), "the PEM contains an invalid X.509 certificate"),
    ] {
        let error = HttpTransport::builder()
            .add_root_certificates(file)
            .build()
            .unwrap_err();
        assert_eq!(error.to_string(), format!("invalid root certificates: {problem}"));
    }
    for (key, problem) in [
        (&b""[..], "found no private key, expected PEM"),
        (&der, "expected PEM, found DER"),
        (
            encrypted.as_bytes(),
            "the private key is encrypted: decrypt it, for example with `openssl pkey`",
        ),
        (
            legacy.as_bytes(),
            "the private key is encrypted: decrypt it, for example with `openssl pkey`",
        ),
        (
            &identity.key.as_bytes()[..60],
            "invalid PEM: the last section has no end",
        ),
    ] {
        let error = HttpTransport::builder()
            .client_identity(&identity.certificate, key)
            .build()
            .unwrap_err();
        assert_eq!(error.to_string(), format!("invalid client identity: {problem}"));
    }
    let with_mark = |text: &str| format!("\u{feff}{text}");
    let builder = HttpTransport::builder().add_root_certificates(with_mark(&pem));
    builder
        .client_identity(with_mark(&identity.certificate), with_mark(&identity.key))
        .build()
        .unwrap();
}

// ---- environment variables

/// Makes a call to the URL in `TEST_URL` with default settings and prints the results.
#[tokio::test]
#[ignore = "run in a process of its own"]
async fn call_with_environment() {
    let url = std::env::var("TEST_URL").unwrap();
    let mut client = Client::builder(KEY).base_url(&url).retry(RetryPolicy::none());
    let mut blocking = blocking::Client::builder(KEY).base_url(&url).retry(RetryPolicy::none());
    if let Ok(exceptions) = std::env::var("TEST_EXCEPTIONS") {
        let transport = HttpTransport::builder().proxy_exceptions(exceptions).build().unwrap();
        client = client.transport(transport.clone());
        blocking = blocking.transport(transport);
    }
    match (client.build(), blocking.build()) {
        (Ok(client), Ok(blocking)) => {
            println!("async: {:?}", client.application_sessions().get("as_1").await.map(drop));
            println!(
                "blocking: {:?}",
                blocking.application_sessions().get("as_1").send().map(drop)
            );
        }
        (client, blocking) => println!("async: {:?}\nblocking: {:?}", client.map(drop), blocking.map(drop)),
    }
    // Clients without a builder report the problem when they are called.
    if let Err(error) = Client::new(KEY).application_sessions().get("as_1").no_retry().await {
        println!("default: {error}");
    }
}

#[test]
fn reads_proxies_from_environment_variables() {
    let run = |variables: &[(&str, &str)]| run_alone("transports::call_with_environment", variables);
    let authority = Authority::new();
    let http = proxy("http", |stream, peer| respond(stream, peer)).peer.unwrap();
    let config = authority.server(
        &Leaf {
            host: "api.test",
            ..VALID
        },
        None,
    );
    let socks = Peer::start(move |mut stream, peer| {
        socks5(&mut stream, 0)?;
        peer.record("SOCKS".to_owned());
        tls(&config, stream).read(&mut [0]).map(drop)
    });
    let (http_url, socks_url) = (
        format!("http://{}", http.address),
        format!("socks5h://user:pass@{}", socks.address),
    );

    let output = run(&[
        ("TEST_URL", "http://api.test"),
        ("http_proxy", &http_url),
        ("ALL_PROXY", &socks_url),
    ]);
    assert!(output.contains("async: Ok(())\nblocking: Ok(())"), "{output}");
    assert_eq!(http.heads().len(), 2);
    let output = run(&[
        ("TEST_URL", "https://api.test"),
        ("http_proxy", &http_url),
        ("ALL_PROXY", &socks_url),
    ]);
    assert_eq!(output.matches("UnknownIssuer").count(), 2, "{output}");
    assert_eq!((http.heads().len(), socks.heads().len() >= 2), (2, true));

    let output = run(&[("TEST_URL", "http://api.test"), ("http_proxy", "ftp://user:pass@proxy")]);
    let problem = "invalid proxy URL in the environment variable http_proxy: the scheme must be";
    assert_eq!(output.matches(problem).count(), 3, "{output}");
    assert!(!output.contains("pass@"), "{output}");
}

#[test]
fn connects_directly_to_exceptions_from_variables_and_settings() {
    let run = |variables: &[(&str, &str)]| run_alone("transports::call_with_environment", variables);
    let direct = server(|stream, peer| respond(stream, peer));
    for (name, exceptions) in [
        ("NO_PROXY", "a, 127.0.0.1"),
        ("NO_PROXY", "*"),
        ("no_proxy", "*, x"),
        ("TEST_EXCEPTIONS", "a, 127.0.0.0/8"),
        ("TEST_EXCEPTIONS", "*"),
    ] {
        let output = run(&[
            ("TEST_URL", &direct.url),
            ("ALL_PROXY", CLOSED_PORT),
            (name, exceptions),
        ]);
        assert!(
            output.contains("async: Ok(())\nblocking: Ok(())"),
            "{name}={exceptions}: {output}"
        );
    }
    let both = [
        ("TEST_URL", &*direct.url),
        ("ALL_PROXY", CLOSED_PORT),
        ("NO_PROXY", "127.0.0.1"),
        ("TEST_EXCEPTIONS", "other.test"),
    ];
    let output = run(&both);
    assert!(output.contains("async: Ok(())\nblocking: Ok(())"), "{output}");
}

// ---- requests

/// Sends another request than the client does.
struct Replace {
    transport: HttpTransport,
    method: Method,
    /// The body. `length` is what the body declares, in bytes.
    pieces: &'static [Result<&'static str, ()>],
    length: Option<u64>,
}

/// A body that yields pieces, to an async or to a blocking transport.
struct Pieces {
    pieces: std::slice::Iter<'static, Result<&'static str, ()>>,
    length: Option<u64>,
}

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(self.pieces.next().map(|piece| match piece {
            Ok(piece) => Ok(Frame::data(Bytes::from_static(piece.as_bytes()))),
            Err(()) => Err(TransportError::new(TransportErrorKind::Other)),
        }))
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.pieces.next() {
            Some(Ok(piece)) => piece.as_bytes().read(buffer),
            Some(Err(())) => Err(io::Error::other("no more pieces")),
            None => Ok(0),
        }
    }
}

impl Replace {
    fn pieces(&self) -> Pieces {
        Pieces {
            pieces: self.pieces.iter(),
            length: self.length,
        }
    }
}

impl Transport for Replace {
    fn send<'a>(
        &'a self,
        mut request: Request<Body>,
        attempt: &'a Attempt,
    ) -> BoxFuture<'a, Result<Response<Body>, TransportError>> {
        *request.method_mut() = self.method.clone();
        if !self.pieces.is_empty() {
            *request.body_mut() = Body::stream(self.pieces());
        }
        Transport::send(&self.transport, request, attempt)
    }
}

impl blocking::Transport for Replace {
    fn send(
        &self,
        mut request: Request<blocking::Body>,
        attempt: &Attempt,
    ) -> Result<Response<blocking::Body>, TransportError> {
        *request.method_mut() = self.method.clone();
        if !self.pieces.is_empty() {
            *request.body_mut() = blocking::Body::reader(self.pieces(), self.length);
        }
        blocking::Transport::send(&self.transport, request, attempt)
    }
}

/// Sends requests with both clients. Returns what the server received, up to `end`, and the results.
async fn send(
    method: Method,
    pieces: &'static [Result<&'static str, ()>],
    length: Option<u64>,
    end: &'static str,
) -> (Vec<String>, [Result<(), Error>; 2]) {
    let setup = server(move |stream, peer| {
        let mut received = read_head(stream)?;
        while !received.ends_with(end) {
            let mut byte = [0];
            stream.read_exact(&mut byte)?;
            received.push(char::from(byte[0]));
        }
        peer.record(received);
        stream.write_all(OK.as_bytes())
    });
    let transport = setup.transport.build().unwrap();
    let replace = || Replace {
        transport: transport.clone(),
        method: method.clone(),
        pieces,
        length,
    };
    let asynchronous = Client::builder(KEY).base_url(&setup.url).transport(replace());
    let blocking = blocking::Client::builder(KEY).base_url(&setup.url).transport(replace());
    let clients = Clients {
        asynchronous: asynchronous.retry(RetryPolicy::none()).build().unwrap(),
        blocking: blocking.retry(RetryPolicy::none()).build().unwrap(),
    };
    let results = clients.get().await;
    (setup.peer.unwrap().heads(), results)
}

#[tokio::test]
async fn requests_without_a_body_declare_their_length_if_the_method_expects_a_body() {
    for (method, expected) in [
        (Method::POST, true),
        (Method::PUT, true),
        (Method::PATCH, true),
        (Method::GET, false),
        (Method::DELETE, false),
        (Method::OPTIONS, false),
    ] {
        let (received, results) = send(method, &[], None, "\r\n\r\n").await;
        for (head, result) in received.iter().zip(results) {
            result.unwrap();
            assert_eq!(head.contains("\r\ncontent-length: 0\r\n"), expected, "{head}");
            assert!(!head.contains("transfer-encoding"), "{head}");
        }
        assert_eq!(received.len(), 2);
    }
}

#[tokio::test]
async fn sends_streams_as_request_bodies() {
    let pieces = &[Ok("ab"), Ok("cde")];
    let (received, results) = send(Method::POST, pieces, Some(5), "abcde").await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert!(
        received
            .iter()
            .all(|received| received.contains("\r\ncontent-length: 5\r\n")),
        "{received:?}"
    );
    assert_eq!(received.len(), 2);
    let (received, results) = send(Method::POST, pieces, None, "\r\n0\r\n\r\n").await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    for received in received {
        assert!(received.contains("\r\ntransfer-encoding: chunked\r\n"), "{received}");
        assert!(received.ends_with("2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n"), "{received}");
    }
}

#[tokio::test]
async fn fails_once_if_the_request_body_cannot_be_read() {
    let (received, results) = send(Method::PUT, &[Ok("ab"), Err(())], Some(5), "abcde").await;
    for result in results {
        let error = result.unwrap_err();
        assert_eq!(
            error.transport_error().unwrap().kind(),
            TransportErrorKind::Other,
            "{error}"
        );
    }
    assert!(received.is_empty());
}
