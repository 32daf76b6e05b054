//! Tests that no library of the client logs secrets, at any level.

use std::fmt::{self, Write as _};
use std::io;

use generated_client::{Client, HttpTransport, RetryPolicy, blocking};
use log::{LevelFilter, Log};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::support::certificates::{Authority, VALID};
use crate::support::peer::{Peer, Stream, tls};
use crate::support::run_alone;

/// Parts of a request and of a response that no log may contain.
const SECRETS: [&str; 7] = [
    "secret-key",
    "secret-header",
    "secret-query",
    "secret-request-body",
    "secret-response-header",
    "secret-response-body",
    "secret-proxy-password",
];

/// Prints everything that is logged, unfiltered.
struct Printer;

impl Log for Printer {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        println!("log {} {}: {}", record.level(), record.target(), record.args());
    }

    fn flush(&self) {}
}

impl Subscriber for Printer {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let fields = Fields::of(|visit| span.record(visit));
        println!("span {}{fields}", span.metadata().name());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        println!("record{}", Fields::of(|visit| values.record(visit)));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        let fields = Fields::of(|visit| event.record(visit));
        println!("event {} {}{fields}", metadata.level(), metadata.target());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[derive(Default)]
struct Fields(String);

impl Fields {
    fn of(record: impl FnOnce(&mut Self)) -> String {
        let mut fields = Self::default();
        record(&mut fields);
        fields.0
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

/// Responds to every request with a redirect, with an error, or with success.
fn serve(stream: &mut dyn Stream, peer: &Peer) -> io::Result<()> {
    for status in [
        "307 Temporary Redirect\r\nlocation: ?x=secret-query-2",
        "503 Unavailable",
        "200 OK",
    ] {
        peer.receive(stream)?;
        let body = r#"{"keys":[],"next_page_uri":null,"message":"secret-response-body"}"#;
        write!(
            stream,
            "HTTP/1.1 {status}\r\nx-key: secret-response-header\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )?;
        stream.flush()?;
    }
    Ok(())
}

/// Makes calls with a global logger and a global subscriber that print everything.
#[tokio::test]
#[ignore = "run in a process of its own"]
async fn call_with_loggers() {
    log::set_logger(&Printer).unwrap();
    log::set_max_level(LevelFilter::Trace);
    tracing::subscriber::set_global_default(Printer).unwrap();

    let authority = Authority::new();
    let config = authority.server(&VALID, None);
    let plain = Peer::start(|mut stream, peer| serve(&mut stream, peer));
    let secure = Peer::start(move |stream, peer| serve(&mut tls(&config, stream), peer));
    let direct = || {
        HttpTransport::builder()
            .no_proxy()
            .add_root_certificates(authority.pem())
    };
    let proxy = format!("http://user:secret-proxy-password@{}", plain.address);
    for (url, transport) in [
        (format!("http://{}", plain.address), direct()),
        (format!("https://{}", secure.address), direct()),
        ("http://api.test".to_owned(), direct().proxy(&proxy)),
        ("https://api.test".to_owned(), direct().proxy(&proxy)),
        ("https://127.0.0.1:1".to_owned(), direct()),
    ] {
        call(&url, transport.build().unwrap()).await;
    }
}

async fn call(url: &str, transport: HttpTransport) {
    let policy = RetryPolicy::default().initial_backoff(std::time::Duration::ZERO);
    let client = Client::builder("secret-key").base_url(url).retry(policy);
    let client = client
        .header("x-own", "secret-header")
        .transport(transport.clone())
        .build()
        .unwrap();
    let blocking = blocking::Client::builder("secret-key").base_url(url).retry(policy);
    let blocking = blocking
        .header("x-own", "secret-header")
        .transport(transport)
        .build()
        .unwrap();
    drop(client.api_keys().list().before_id("secret-query").await);
    drop(client.api_keys().create().description("secret-request-body").await);
    drop(blocking.api_keys().list().before_id("secret-query").send());
    drop(blocking.api_keys().create().description("secret-request-body").send());
}

#[test]
fn logs_contain_no_secrets_at_any_level() {
    let output = run_alone("logs::call_with_loggers", &[]);
    // The output is complete: it contains the lines of hyper and of the client.
    for expected in [
        "event TRACE hyper_util",
        "span http.client.request",
        "event DEBUG generated_client",
        "event INFO generated_client",
        "event WARN generated_client",
    ] {
        assert!(output.matches(expected).count() >= 4, "{expected}: {output}");
    }
    for secret in SECRETS {
        assert!(!output.contains(secret), "{secret}: {output}");
    }
}
