//! A Rust client for the [ngrok API](https://ngrok.com/docs/api/), async and blocking.
//!
//! ```no_run
//! # #[cfg(feature = "async")]
//! # async fn tour() -> Result<(), generated_client::Error> {
//! use generated_client::Client;
//!
//! let client = Client::from_env()?; // reads NGROK_API_KEY
//!
//! // One object.
//! let session = client.application_sessions().get("as_1").await?;
//! println!("{} since {}", session.id, session.created_at);
//!
//! // A page of a list, then the items of all pages.
//! let page = client.application_sessions().list().limit(50).await?;
//! println!("{} sessions, more: {}", page.items.len(), page.next.is_some());
//! let mut sessions = client.application_sessions().list().items();
//! while let Some(session) = sessions.try_next().await? {
//!     client.application_sessions().delete(session.id).await?;
//! }
//!
//! // A new object: required values are arguments, optional values have setters.
//! let domain = client
//!     .reserved_domains()
//!     .create("app.example.com")
//!     .description("web shop")
//!     .await?;
//! println!("{}", domain.id);
//! # Ok(())
//! # }
//! ```
//!
//! A method of [`Client`] returns the handle of a resource, and a method of the handle returns a [`Call`], a request
//! builder. The request is sent when the call is awaited.
//!
//! # Blocking
//!
//! With the feature `blocking`, the module `blocking` contains a client with the same resources and calls. `send()`
//! replaces `.await`, and lists are iterators.
//!
//! ```no_run
//! # #[cfg(feature = "blocking")]
//! # fn tour() -> Result<(), generated_client::Error> {
//! use generated_client::blocking::Client;
//!
//! let client = Client::from_env()?;
//! let session = client.application_sessions().get("as_1").send()?;
//! println!("{}", session.public_url);
//! for session in client.application_sessions().list().items() {
//!     println!("{}", session?.id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Settings
//!
//! The builder of a client sets defaults. Methods of a call override them. [`ClientBuilder::from_env`] returns a builder
//! with the API key from the environment.
//!
//! ```no_run
//! # #[cfg(feature = "async")]
//! # async fn tour() -> Result<(), generated_client::Error> {
//! use std::time::Duration;
//!
//! use generated_client::{Client, RetryPolicy};
//!
//! let client = Client::builder("api-key")
//!     .base_url("http://127.0.0.1:9000/gateway")
//!     .timeout(Duration::from_secs(10)) // until the response begins
//!     .deadline(Duration::from_secs(60)) // for a call with all of its attempts
//!     .retry(RetryPolicy::default().max_attempts(3))
//!     .api_rate_limit() // waits before exceeding it; shared by all clones
//!     .user_agent("my-tool/1.0")
//!     .build()?;
//!
//! let response = client
//!     .application_sessions()
//!     .get("as_1")
//!     .header("x-trace", "1")
//!     .timeout(Duration::from_secs(2))
//!     .no_retry()
//!     .with_response() // returns status, headers and body too
//!     .await?;
//! println!("{}: {} bytes", response.status, response.body.len());
//! # Ok(())
//! # }
//! ```
//!
//! `with_response` is the last method of the chain, because it returns a type without setters. A header replaces one of
//! the same name that the client sets: a builder's `.header("authorization", …)` replaces the API key.
//!
//! Transient failures are retried when a retry is safe. [`RetryPolicy`] documents the conditions and the waits.
//!
//! [`Page::next`] is a [`PageToken`]. It can be stored as a string to resume the list later, even in another process. It contains
//! the query of the list, such as its `limit`.
//!
//! ```no_run
//! # async fn tour(client: generated_client::Client, stored: String) -> Result<(), generated_client::Error> {
//! let page = client.application_sessions().list().resume(stored).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! All calls return the same [`Error`] type. Its `Display` output is one line with the operation and the reason. If the API
//! rejected the request, the error contains the response, even if only a part of its body was received.
//!
//! ```no_run
//! # async fn tour(client: generated_client::Client) {
//! match client.application_sessions().get("as_1").await {
//!     Ok(session) => println!("{}", session.public_url),
//!     Err(error) if error.is_not_found() => println!("the session has ended"),
//!     Err(error) => eprintln!("{error}, request {:?}", error.request_id()),
//! }
//! # }
//! ```
//!
//! The API key is sent to the origin of the base URL only: redirects to other origins are not followed. Errors and
//! `Debug` output do not contain it.
//!
//! # Concurrent calls
//!
//! A [`Call`] is not a future itself, but implements [`IntoFuture`]: `.await` and `tokio::join!` accept it. Functions that
//! take a future, such as `tokio::spawn` and `join_all`, need `.into_future()`. The future is `'static` and `Send`.
//!
//! ```no_run
//! # async fn tour(client: generated_client::Client) -> Result<(), generated_client::Error> {
//! use std::future::IntoFuture;
//!
//! let first = tokio::spawn(client.application_sessions().get("as_1").into_future());
//! let second = client.application_sessions().get("as_2").await?;
//! # let _ = (first, second);
//! # Ok(())
//! # }
//! ```
//!
//! A function can be generic over operations:
//!
//! ```no_run
//! use generated_client::{Call, Client, Error, Operation};
//!
//! async fn logged<O: Operation>(call: Call<'_, Client, O>) -> Result<O::Output, Error> {
//!     let result = call.await;
//!     println!("{}: {}", O::INFO.name(), if result.is_ok() { "ok" } else { "failed" });
//!     result
//! }
//! ```
//!
//! One function cannot serve both clients, because one awaits the call and the other sends it. The same function for the
//! blocking client:
//!
//! ```no_run
//! # #[cfg(feature = "blocking")]
//! # mod example {
//! use generated_client::{Call, Error, Operation, blocking};
//!
//! fn logged<O: Operation>(call: Call<'_, blocking::Client, O>) -> Result<O::Output, Error> {
//!     let result = call.send();
//!     println!("{}: {}", O::INFO.name(), if result.is_ok() { "ok" } else { "failed" });
//!     result
//! }
//! # }
//! ```
//!
//! # Models
//!
//! All types in [`models`] implement `Serialize` and `Deserialize`. A field that the server omits or sends as null gets its empty
//! value. A `Timestamp` has no empty value: decoding fails if a required timestamp is missing or null.
//! Unknown fields are ignored. Optional fields that are not set are not sent.
//!
//! The setters of a call take values. For values that may be absent, assign the fields of a request body. To clear a field
//! that has no method `clear_…`, set it to an empty value, such as `""`.
//!
//! ```no_run
//! # async fn tour(client: generated_client::Client, note: Option<String>) -> Result<(), generated_client::Error> {
//! use generated_client::models::ReservedDomainCreate;
//!
//! let mut body = ReservedDomainCreate::new("app.example.com");
//! body.description = note; // not sent if it is `None`
//! let domain = client.reserved_domains().create_from(body).await?;
//!
//! client.reserved_domains().update(&domain.id).description("").await?; // clears the description
//! # Ok(())
//! # }
//! ```
//!
//! `Serialize` omits empty fields, in responses too: an object that is written to a file may have fewer keys than the
//! response. It writes secrets, such as the `token` of a new `ApiKey`, although `Debug` redacts them.
//!
//! Models, enums and unions are `#[non_exhaustive]`: later versions may add fields and variants. A `match` on an
//! enum needs a `_` arm, and a value unknown to this version is kept as `Unknown`. To match such a value, compare
//! `as_str()`, or the value itself with a string. Both give the same result even after a later version adds a variant for
//! the value.
//!
//! ```
//! use generated_client::models::EndpointType;
//!
//! fn is_permanent(kind: &EndpointType) -> bool {
//!     match kind {
//!         EndpointType::Cloud | EndpointType::Edge => true,
//!         other => *other == "a-value-that-is-newer-than-this-crate",
//!     }
//! }
//! assert!(is_permanent(&EndpointType::from("cloud")));
//! assert!(EndpointType::Cloud == "cloud");
//! ```
//!
//! # Logs
//!
//! Each call is a [`tracing`](https://docs.rs/tracing) span named `http.client.request`, with attributes of OpenTelemetry's
//! HTTP conventions. The target of the span and of its events is the name of this crate, `generated_client`.
//!
//! | attribute of the span | value |
//! |---|---|
//! | `operation` | the name of the operation, such as `api_keys.list` |
//! | `otel.kind` | `client` |
//! | `http.request.method` | the method |
//! | `url.template` | the path with its placeholders, such as `/api_keys/{id}` |
//! | `server.address`, `server.port` | the host and port of the base URL |
//! | `http.request.resend_count` | the number of retries, if any |
//! | `http.response.status_code` | the status of the last response |
//! | `error.type` | if the call failed: the status, or an identifier such as `timeout` or `decode` |
//!
//! | event | level | attributes |
//! |---|---|---|
//! | `call succeeded` | `DEBUG` | `http.response.status_code`, `attempts` |
//! | `call failed` | `WARN` | `operation`, `error.type`, `http.response.status_code`, `attempts` |
//! | `retrying` | `INFO` | `error.type`, `http.response.status_code`, `http.request.resend_count`, `wait` |
//! | `waiting for the rate limit` | `DEBUG` | `wait` |
//!
//! The span has the level `INFO`. Spans and events contain no API key, query value or body. To print the events with the
//! crate `tracing-subscriber` and its feature `env-filter`:
//!
//! ```ignore
//! use tracing_subscriber::EnvFilter;
//!
//! tracing_subscriber::fmt().with_env_filter(EnvFilter::new("warn,generated_client=debug")).init();
//! ```
//!
//! For one line per call with its duration, log the ends of spans: `.with_span_events(FmtSpan::CLOSE)`.
//!
//! # Transports
//!
//! A [`Transport`] sends the requests of a client. The default is `HttpTransport`, for both clients. Its builder sets private
//! certificate authorities, a client certificate, and a proxy. Without settings, it reads the proxy from environment variables
//! such as `HTTPS_PROXY` and `NO_PROXY`: see `HttpTransport` for their format.
//!
//! ```
//! # #[cfg(feature = "async")]
//! # fn tour(folder: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
//! use std::fs::read;
//!
//! use generated_client::{Client, HttpTransport};
//!
//! let transport = HttpTransport::builder()
//!     .add_root_certificates(read(folder.join("company-ca.pem"))?)
//!     .client_identity(read(folder.join("client.pem"))?, read(folder.join("client.key"))?)
//!     .proxy("http://user:password@proxy.example.com:3128")
//!     .proxy_exceptions("localhost, .internal")
//!     .build()?;
//! let client = Client::builder("api-key").transport(transport.clone()).build()?;
//! # #[cfg(feature = "blocking")]
//! let client = generated_client::blocking::Client::builder("api-key").transport(transport).build()?;
//! # Ok(())
//! # }
//! # #[cfg(feature = "async")]
//! # {
//! #     let problem = tour(std::path::Path::new("/nowhere")).unwrap_err();
//! #     assert!(problem.is::<std::io::Error>());
//! # }
//! ```
//!
//! If a connection cannot be established, [`Error::transport_error`] tells why: the server or the proxy was not reached, the TLS
//! handshake failed, or the proxy refused. [`Error::is_connect`] returns `true` in each case. Both clients report the same
//! [`TransportErrorKind`], and retry only what a retry may resolve.
//!
//! The async client can be used on several Tokio runtimes, one after the other or at the same time, for example in tests that
//! share a `static` client. Each runtime has its own connections.
//!
//! A transport can wrap another one. It must also forward [`sleep`](Transport::sleep) and [`now`](Transport::now),
//! which retries use as their clock:
//!
//! ```
//! # #[cfg(feature = "async")]
//! # mod example {
//! use std::sync::Arc;
//! use std::sync::atomic::{AtomicUsize, Ordering};
//! use std::time::{Duration, Instant};
//!
//! use generated_client::http::{Request, Response};
//! use generated_client::{Attempt, Body, BoxFuture, Client, Error, HttpTransport, Transport, TransportError};
//!
//! /// Counts the requests of a client.
//! struct Counter<T> {
//!     inner: T,
//!     requests: AtomicUsize,
//! }
//!
//! impl<T: Transport> Transport for Counter<T> {
//!     fn send<'a>(
//!         &'a self,
//!         request: Request<Body>,
//!         attempt: &'a Attempt,
//!     ) -> BoxFuture<'a, Result<Response<Body>, TransportError>> {
//!         self.requests.fetch_add(1, Ordering::Relaxed);
//!         self.inner.send(request, attempt)
//!     }
//!
//!     fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
//!         self.inner.sleep(duration)
//!     }
//!
//!     fn now(&self) -> Instant {
//!         self.inner.now()
//!     }
//! }
//!
//! async fn count_requests() -> Result<(), Error> {
//!     let (inner, requests) = (HttpTransport::new(), AtomicUsize::new(0));
//!     let counter = Arc::new(Counter { inner, requests });
//!     // The client shares the transport, so that its count can be read.
//!     let client = Client::builder("api-key").transport(Arc::clone(&counter)).build()?;
//!     client.api_keys().list().await?;
//!     println!("{} requests", counter.requests.load(Ordering::Relaxed));
//!     Ok(())
//! }
//! # }
//! ```
//!
//! The trait of the blocking client is `blocking::Transport`. This example implements a transport that sends nothing:
//!
//! ```
//! # #[cfg(feature = "blocking")]
//! # fn tour() -> Result<(), generated_client::Error> {
//! use generated_client::http::{Request, Response};
//! use generated_client::blocking::{Body, Client, Transport};
//! use generated_client::{Attempt, TransportError};
//!
//! struct Gone;
//!
//! impl Transport for Gone {
//!     fn send(
//!         &self,
//!         _request: Request<Body>,
//!         _attempt: &Attempt,
//!     ) -> Result<Response<Body>, TransportError> {
//!         let response = Response::builder().status(404).body(Body::empty());
//!         Ok(response.expect("a response"))
//!     }
//! }
//!
//! let client = Client::builder("api-key").transport(Gone).build()?;
//! assert!(client.application_sessions().get("as_1").send().unwrap_err().is_not_found());
//! # Ok(())
//! # }
//! # #[cfg(feature = "blocking")]
//! # tour().unwrap();
//! ```
//!
//! # WebAssembly
//!
//! Without default features, the crate compiles for `wasm32-unknown-unknown`. Write a [`Transport`]
//! that sends requests with `fetch`. Implement [`Transport::sleep`] too, because the default needs threads. On this target,
//! [`Transport::now`] returns `web_time::Instant`, and this crate re-exports `web_time`. Futures that hold JavaScript values are not `Send`: wrap them, for example with the crate `send_wrapper`.
//!
//! # Tests
//!
//! With the feature `fake`, programs can be tested against an in-process fake of the whole API. Tests need no network and no
//! account, and retries do not slow them down, because the fake's clock is simulated.
//!
//! ```
//! # #[cfg(all(feature = "fake", feature = "blocking"))]
//! # fn test() -> Result<(), generated_client::Error> {
//! use generated_client::fake::{Fake, Fault};
//!
//! let fake = Fake::new();
//! fake.fault(Fault::status(429).times(2)); // the client retries, the test does not wait
//! let key = fake.blocking_client().api_keys().create().description("ci").send()?;
//! assert_eq!(fake.objects::<generated_client::models::ApiKey>()[0].id, key.id);
//! assert_eq!(fake.requests().len(), 3);
//! # Ok(())
//! # }
//! # #[cfg(all(feature = "fake", feature = "blocking"))]
//! # test().unwrap();
//! ```
//!
//! Like the API, the fake assigns IDs, and rejects requests that do not match the schema. It does not check formats, such as that of a
//! CIDR. Tests can seed objects that no operation creates. A fault can be limited to one operation.
//!
//! ```
//! # #[cfg(all(feature = "fake", feature = "blocking"))]
//! # fn test() -> Result<(), generated_client::Error> {
//! use std::time::Duration;
//!
//! use generated_client::fake::{Fake, Fault};
//! use generated_client::models::ApplicationSession;
//! use generated_client::operations::ListApiKeys;
//!
//! let fake = Fake::new();
//! let client = fake.blocking_client(); // fake.client() returns an async client
//!
//! let key = client.api_keys().create().description("ci").send()?;
//! assert!(key.id.starts_with("ak_") && key.token.is_some());
//! assert_eq!(client.api_keys().get(&key.id).send()?.description, "ci");
//! assert!(client.api_keys().get("ak_nope").send().unwrap_err().is_not_found());
//!
//! let mut session = ApplicationSession::default();
//! session.public_url = "https://shop.example.com".to_owned();
//! let session = fake.seed(session);
//! assert!(session.id.starts_with("as_"));
//!
//! fake.fault(Fault::status(503).times(2)); // affects the next two requests
//! fake.fault(Fault::delay(Duration::from_secs(60)).on::<ListApiKeys>()); // affects one operation
//! # Ok(())
//! # }
//! # #[cfg(all(feature = "fake", feature = "blocking"))]
//! # test().unwrap();
//! ```
//!
//! With the feature `fake-server`, the fake can listen on a socket and serve programs in any language.
//!
//! ```no_run
//! # #[cfg(feature = "fake-server")]
//! # async fn serve() -> Result<(), Box<dyn std::error::Error>> {
//! use generated_client::fake::{Fake, Server};
//!
//! let server = Server::bind(Fake::builder(), "127.0.0.1:0").await?;
//! println!("{} with the API key {}", server.fake().base_url(), server.fake().key());
//! server.run(async { drop(tokio::signal::ctrl_c().await) }).await;
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | `async` (default) | `HttpTransport`, the default transport of [`Client`], built on hyper and rustls; requires Tokio |
//! | `blocking` | `blocking::Client`, with the same transport; includes `async`, but the program needs no async runtime |
//! | `fake` | the in-process fake of the API; includes `fake-filters` |
//! | `fake-filters` | filters of lists in the fake, in CEL |
//! | `fake-server` | `fake::Server`, which serves the fake over HTTP, and the program `fake-api` |
//!
//! Without `async`, [`Client`] needs a custom [`Transport`] but does not require a particular async runtime.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod runtime;

#[cfg(feature = "fake")]
pub mod fake;
#[rustfmt::skip] // the generator lays it out
#[allow(clippy::doc_markdown, reason = "the documentation comes from the schema")]
mod generated;

pub use generated::exports::*;
