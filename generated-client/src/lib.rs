//! A Rust client of the [ngrok API](https://ngrok.com/docs/api/), async and blocking.
//!
//! ```no_run
//! # #[cfg(feature = "async")]
//! # async fn tour() -> Result<(), generated_client::Error> {
//! use generated_client::Client;
//!
//! let client = Client::from_env()?; // the API key is in NGROK_API_KEY
//!
//! // One object.
//! let session = client.application_sessions().get("as_1").await?;
//! println!("{} since {}", session.id, session.created_at);
//!
//! // One page of a list, and the items of all pages.
//! let page = client.application_sessions().list().limit(50).await?;
//! println!("{} sessions, more: {}", page.items.len(), page.next.is_some());
//! let mut sessions = client.application_sessions().list().items();
//! while let Some(session) = sessions.try_next().await? {
//!     client.application_sessions().delete(session.id).await?;
//! }
//!
//! // A new object: required values are arguments, optional ones are set by methods.
//! let domain = client
//!     .reserved_domains()
//!     .create("app.example.com")
//!     .description("the shop")
//!     .await?;
//! println!("{}", domain.id);
//! # Ok(())
//! # }
//! ```
//!
//! Each method of [`Client`] returns the handle of a resource, and each method of a handle a [`Call`]. Nothing is sent
//! before the call is awaited.
//!
//! # Blocking
//!
//! With the feature `blocking`, the module `blocking` has a client with the same resources and calls. `send()` takes
//! the place of `.await`, and lists are iterators.
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
//! A builder sets the defaults of a client. Methods of a call override them.
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
//!     .deadline(Duration::from_secs(60)) // for a call with all its attempts
//!     .retry(RetryPolicy::default().max_attempts(3))
//!     .api_rate_limit() // waits instead of exceeding it; shared by all clones
//!     .user_agent("my-tool/1.0")
//!     .build()?;
//!
//! let response = client
//!     .application_sessions()
//!     .get("as_1")
//!     .header("x-trace", "1")
//!     .timeout(Duration::from_secs(2))
//!     .no_retry()
//!     .with_response() // status, headers and body beside the value
//!     .await?;
//! println!("{}: {} bytes", response.status, response.body.len());
//! # Ok(())
//! # }
//! ```
//!
//! Transient failures are retried when a retry is safe: [`RetryPolicy`] says when, and how long a call waits.
//!
//! A list can be resumed later, even by another process: [`Page::next`] is a [`PageToken`], which can be stored.
//!
//! ```no_run
//! # async fn tour(client: generated_client::Client, stored: String) -> Result<(), Box<dyn std::error::Error>> {
//! use generated_client::PageToken;
//!
//! let token: PageToken = stored.parse()?;
//! let page = client.application_sessions().list().resume(token).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! All calls return one [`Error`]. It names the operation and the reason in one line, and keeps the response.
//!
//! ```no_run
//! # async fn tour(client: generated_client::Client) {
//! match client.application_sessions().get("as_1").await {
//!     Ok(session) => println!("{}", session.public_url),
//!     Err(error) if error.is_not_found() => println!("it has ended"),
//!     Err(error) => eprintln!("{error} ({:?}, request {:?})", error.code(), error.request_id()),
//! }
//! # }
//! ```
//!
//! The API key goes to the origin of the base URL and nowhere else, whatever a redirect or a response says. Neither an
//! error nor a `Debug` shows it.
//!
//! # Concurrent calls
//!
//! A [`Call`] is awaited through [`IntoFuture`]. Functions that take a future, such as
//! `join_all` or `tokio::spawn`, need `.into_future()`. The future borrows nothing.
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
//! Helpers over any operation take a [`Call`] of an [`Operation`]:
//!
//! ```no_run
//! use generated_client::{Call, Client, Error, Operation};
//!
//! async fn logged<O: Operation>(call: Call<'_, Client, O>) -> Result<O::Output, Error> {
//!     let result = call.await;
//!     println!("{}: {}", O::INFO.name, if result.is_ok() { "ok" } else { "failed" });
//!     result
//! }
//! ```
//!
//! # Models
//!
//! Every type of [`models`] reads and writes JSON through serde. A field that the server omits or sends as null reads as
//! its empty value, unknown fields are ignored, and optional fields that are not set are not sent.
//!
//! Models, enums and unions are `#[non_exhaustive]`: they gain fields and variants in later versions. A `match` on an
//! enum needs a `_` arm, and a value unknown to this version is kept as `Unknown`. A program that depends on such a
//! value compares `as_str()`, which returns the same text before and after a later version adds a variant for it.
//!
//! ```
//! use generated_client::models::EndpointType;
//!
//! fn is_permanent(kind: &EndpointType) -> bool {
//!     match kind {
//!         EndpointType::Cloud | EndpointType::Edge => true,
//!         other => other.as_str() == "a-value-that-is-newer-than-this-crate",
//!     }
//! }
//! assert!(is_permanent(&EndpointType::from("cloud")));
//! ```
//!
//! # Logs
//!
//! Each call is a span of [`tracing`](https://docs.rs/tracing) named `http.client.request`, with the operation and the
//! attributes of OpenTelemetry's HTTP conventions: method, URL template, status and resend count. Each retry is an
//! event. None of them holds the API key, a value of the query, or a body.
//!
//! # Transports
//!
//! A [`Transport`] sends the requests of a client. The default one can be set up further, with a proxy for example (see
//! `Reqwest`), or be replaced by your own.
//!
//! ```no_run
//! # #[cfg(feature = "async")]
//! # fn tour() -> Result<(), Box<dyn std::error::Error>> {
//! use generated_client::{Client, Reqwest, reqwest::Proxy};
//!
//! let proxy = Proxy::all("http://127.0.0.1:3128")?;
//! let transport = Reqwest::with(|client| client.proxy(proxy));
//! let client = Client::builder("api-key").transport(transport).build()?;
//! # Ok(())
//! # }
//! ```
//!
//! ```
//! use generated_client::http::{Request, Response};
//! use generated_client::{Attempt, Body, BoxFuture, Client, Transport, TransportError};
//!
//! struct Gone;
//!
//! impl Transport for Gone {
//!     fn send<'a>(
//!         &'a self,
//!         _request: Request<Body>,
//!         _attempt: &'a Attempt,
//!     ) -> BoxFuture<'a, Result<Response<Body>, TransportError>> {
//!         let response = Response::builder().status(404).body(Body::empty());
//!         Box::pin(async { Ok(response.expect("a response")) })
//!     }
//! }
//!
//! let client = Client::builder("api-key").transport(Gone).build()?;
//! # Ok::<(), generated_client::Error>(())
//! ```
//!
//! The trait of the blocking client is `blocking::Transport`:
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
//!     fn send(&self, _request: Request<Body>, _attempt: &Attempt) -> Result<Response<Body>, TransportError> {
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
//! Without the features `async` and `blocking`, the client compiles for `wasm32-unknown-unknown`. The [`Transport`] of
//! a browser or Node.js sends with `fetch`. It also implements [`Transport::sleep`] with a timer of the host, because the
//! default needs threads. Futures of JavaScript values are not `Send`, so they are wrapped, with the crate
//! `send_wrapper` for example.
//!
//! # Tests
//!
//! With the feature `fake`, a program is tested against a fake of the whole API in its own process: no network, no
//! account, and no waiting, because the fake's clock stands still.
//!
//! ```
//! # #[cfg(all(feature = "fake", feature = "blocking"))]
//! # fn test() -> Result<(), generated_client::Error> {
//! use generated_client::fake::{Fake, Fault};
//!
//! let fake = Fake::new();
//! fake.fault(Fault::status(429).times(2)); // the client retries, and the test does not wait
//! let key = fake.blocking_client().api_keys().create().description("ci").send()?;
//! assert_eq!(fake.objects::<generated_client::models::ApiKey>()[0].id, key.id);
//! assert_eq!(fake.requests().len(), 3);
//! # Ok(())
//! # }
//! # #[cfg(all(feature = "fake", feature = "blocking"))]
//! # test().unwrap();
//! ```
//!
//! The fake follows the API: it makes IDs, and rejects what the API would reject. Objects that no operation creates
//! are seeded, and a fault can be limited to an operation.
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
//! let client = fake.blocking_client(); // or fake.client(), to be awaited
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
//! fake.fault(Fault::status(503).times(2)); // the next two calls
//! fake.fault(Fault::delay(Duration::from_secs(60)).on::<ListApiKeys>()); // then the next of this operation
//! # Ok(())
//! # }
//! # #[cfg(all(feature = "fake", feature = "blocking"))]
//! # test().unwrap();
//! ```
//!
//! With the feature `fake-server` it listens on a socket, for programs in any language.
//!
//! ```no_run
//! # #[cfg(feature = "fake-server")]
//! # async fn serve() -> Result<(), Box<dyn std::error::Error>> {
//! use generated_client::fake::{Fake, Server};
//!
//! let server = Server::bind(Fake::builder(), "127.0.0.1:0").await?;
//! println!("{} with the key {}", server.fake().base_url(), server.fake().key());
//! server.run(async { drop(tokio::signal::ctrl_c().await) }).await;
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | `async` (default) | the transport of the async client, on reqwest with rustls; it runs on Tokio |
//! | `blocking` | the blocking client and its transport, on ureq with rustls; no async runtime |
//! | `fake` | the fake of the API |
//! | `fake-server` | the fake on a socket, and the program `fake-api` |
//!
//! Without any of them, [`Client`] takes a [`Transport`] of yours and needs no particular runtime.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "fake")]
pub mod fake;
#[rustfmt::skip] // the generator lays it out
mod generated;
mod runtime;

pub use bytes;
pub use generated::{models, operations, resources};
pub use http;
#[cfg(feature = "async")]
pub use reqwest;
#[cfg(feature = "async")]
pub use runtime::Reqwest;
#[cfg(feature = "blocking")]
pub use runtime::blocking;
pub use runtime::{
    Attempt, Body, BoxFuture, Builder, Call, Client, ClientBuilder, DecodeError, Error, Items, Operation,
    OperationInfo, Page, PageToken, Paged, Pages, Patch, RateLimit, Response, ResponseFuture, RetryPolicy,
    SecretString, Timestamp, TimestampError, Transport, TransportError, TransportErrorKind, UnknownKeys, UnknownValue,
    WithResponse,
};
#[doc(hidden)]
pub use runtime::{FromResponse, RawResponse};
#[cfg(feature = "blocking")]
pub use ureq;
