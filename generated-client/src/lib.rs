//! A client of the [ngrok API](https://ngrok.com/docs/api/), async and blocking.
//!
//! ```no_run
//! # #[cfg(feature = "async")]
//! # async fn tour() -> Result<(), generated_client::Error> {
//! use generated_client::Client;
//!
//! let client = Client::from_env()?; // the key is in NGROK_API_KEY
//!
//! let session = client.application_sessions().get("as_1").await?;
//! println!("{} since {}", session.id, session.created_at);
//!
//! let page = client.application_sessions().list().limit(50).await?;
//! println!("{} of them, more: {}", page.items.len(), page.next.is_some());
//!
//! let mut sessions = client.application_sessions().list().items(); // of every page
//! while let Some(session) = sessions.try_next().await? {
//!     client.application_sessions().delete(session.id).await?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A method of a resource takes what an operation requires and returns a [`Call`]. Setters of the call take what
//! is optional. Nothing is sent before the call is awaited, or, with a blocking client, sent.
//!
//! # Without an async runtime
//!
//! The feature `blocking` adds a client with the same resources and the same calls.
//!
//! ```no_run
//! # #[cfg(feature = "blocking")]
//! # fn tour() -> Result<(), generated_client::Error> {
//! use generated_client::blocking;
//!
//! let client = blocking::Client::from_env()?;
//! let session = client.application_sessions().get("as_1").send()?;
//! for session in client.application_sessions().list().items() {
//!     println!("{}", session?.id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Options
//!
//! A client is built for another place or with other bounds by its builder, and each call can differ.
//!
//! ```no_run
//! # async fn tour(transport: impl generated_client::Transport + 'static) -> Result<(), generated_client::Error> {
//! use std::time::Duration;
//!
//! use generated_client::Client;
//!
//! let client = Client::builder("api-key")
//!     .base_url("http://127.0.0.1:9000/gateway")
//!     .timeout(Duration::from_secs(10))
//!     .transport(transport)
//!     .build()?;
//! let response = client
//!     .application_sessions()
//!     .get("as_1")
//!     .header("x-trace", "1")
//!     .timeout(Duration::from_secs(2))
//!     .with_response() // status, headers and body beside the value
//!     .await?;
//! println!("{}: {} bytes", response.status, response.body.len());
//! # Ok(())
//! # }
//! ```
//!
//! # Retries, deadlines, rates
//!
//! Calls that fail in a way that passes are attempted again where that does no harm, by the client's [`RetryPolicy`].
//! A time-out bounds each attempt, a deadline all of them with the waits between. A client that has a [`RateLimit`]
//! waits rather than pass it.
//!
//! ```no_run
//! # #[cfg(feature = "async")]
//! # async fn tour() -> Result<(), generated_client::Error> {
//! use std::time::Duration;
//!
//! use generated_client::{Client, RateLimit, RetryPolicy};
//!
//! let client = Client::builder("api-key")
//!     .retry(RetryPolicy::default().max_attempts(3))
//!     .deadline(Duration::from_secs(60))
//!     .rate_limit(RateLimit::default()) // what the API allows, shared by all clones
//!     .user_agent("my-tool/1.0")
//!     .build()?;
//! let call = client.application_sessions().list();
//! let page = call.no_retry().deadline(Duration::from_secs(5)).query("newer", "parameter").await?;
//!
//! // Later, perhaps in another process: go on where that page ended.
//! if let Some(next) = page.next {
//!     let mut rest = client.application_sessions().list().resume(next).items();
//!     while let Some(session) = rest.try_next().await? {
//!         println!("{}", session.id);
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! There is one [`Error`]. It says in one line which operation failed and why, and answers what a program asks.
//!
//! ```no_run
//! # async fn tour(client: generated_client::Client) {
//! match client.application_sessions().get("as_1").await {
//!     Ok(session) => println!("{}", session.public_url),
//!     Err(error) if error.is_not_found() => println!("it has ended"),
//!     Err(error) => eprintln!("{error} ({:?}, {:?})", error.code(), error.docs_url()),
//! }
//! # }
//! ```
//!
//! The key goes to the base URL's origin and nowhere else: no redirect and no answer can lead it away, and neither
//! an error nor a `Debug` shows it.
//!
//! # Logs
//!
//! Each call is a span of [`tracing`](https://docs.rs/tracing) with the operation, the method, the path's template, the
//! number of its last attempt and the status; each further attempt is an event. None holds a key, a value of the
//! query or a body.
//!
//! # Models
//!
//! Everything in [`models`] reads and writes JSON through serde. What a server leaves out or sends as null reads as
//! the empty value, fields that are not known are ignored, and what is empty is not written.
//!
//! # Transports
//!
//! What carries requests can be replaced: by a reqwest client set up as the program likes, with a proxy say (see
//! `Reqwest`), by a stub in a test, by anything that is a [`Transport`].
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
//! # Tests
//!
//! With the feature `fake` a program is tested against a fake of the whole API, in its own process: what is created
//! can be read, changed and deleted, a bad request is refused as the API would, and calls go wrong on demand. Its time
//! stands still, so that no test waits.
//!
//! ```
//! # #[cfg(all(feature = "fake", feature = "blocking"))]
//! # fn test() -> Result<(), generated_client::Error> {
//! use generated_client::fake::{Fake, Fault};
//!
//! let fake = Fake::new();
//! fake.fault(Fault::status(429).times(2)); // the client attempts again, and the test does not wait
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
//! | `async` (default) | the async client's own transport, on reqwest with rustls; it runs on Tokio |
//! | `blocking` | the blocking client and its transport, on ureq with rustls; no async runtime |
//! | `fake` | a fake of the API, for tests and first steps |
//! | `fake-server` | the same on a socket, for other programs, with the program `fake-api` |
//!
//! Without any, [`Client`] takes a [`Transport`] of yours and needs no runtime in particular.

#[cfg(feature = "fake")]
pub mod fake;
#[rustfmt::skip] // the generator lays it out
mod generated;
pub mod runtime;

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
    Attempt, Body, BoxFuture, Call, Client, ClientBuilder, Error, Items, Page, PageToken, Pages, Patch, RateLimit,
    Response, ResponseFuture, RetryPolicy, SecretString, Timestamp, Transport, TransportError, TransportErrorKind,
    UnknownKeys, WithResponse,
};
#[cfg(feature = "blocking")]
pub use ureq;
