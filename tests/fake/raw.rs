//! Helpers for sending arbitrary requests to a fake.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use generated_client::fake::{Fake, Server};
use generated_client::models::{
    AwsAuth, AwsRole, EventDestination, EventDestinationFormat, EventTarget, EventTargetKinesis,
};
use generated_client::{Attempt, RetryPolicy, TransportError, blocking};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use serde_json::Value;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A transport that modifies each request before a fake receives it, and keeps the last response.
struct ModifyingTransport<F> {
    fake: Fake,
    modify: F,
    response: Mutex<Option<Response<Bytes>>>,
}

impl<F: Fn(&mut Request<Bytes>) + Send + Sync> blocking::Transport for ModifyingTransport<F> {
    fn send(
        &self,
        request: Request<blocking::Body>,
        attempt: &Attempt,
    ) -> Result<Response<blocking::Body>, TransportError> {
        let (parts, body) = request.into_parts();
        let mut request = Request::from_parts(parts, body.collect(usize::MAX)?);
        (self.modify)(&mut request);
        let response = blocking::Transport::send(&self.fake, request.map(blocking::Body::from), attempt)?;
        let (parts, body) = response.into_parts();
        let response = Response::from_parts(parts, body.collect(usize::MAX)?);
        *self.response.lock().unwrap() = Some(response.clone());
        Ok(response.map(blocking::Body::from))
    }

    fn sleep(&self, duration: Duration) {
        blocking::Transport::sleep(&self.fake, duration);
    }

    fn now(&self) -> Instant {
        blocking::Transport::now(&self.fake)
    }
}

/// A response with its body as a JSON value; null if the body isn't JSON.
pub struct RawResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

impl RawResponse {
    /// Returns the error message.
    pub fn message(&self) -> &str {
        self.body["msg"].as_str().unwrap_or_default()
    }
}

/// Sends a client's request to get an API key, after `modify` has changed it.
pub fn send_modified(fake: &Fake, modify: impl Fn(&mut Request<Bytes>) + Send + Sync + 'static) -> RawResponse {
    let transport = Arc::new(ModifyingTransport {
        fake: fake.clone(),
        modify,
        response: Mutex::default(),
    });
    let builder = blocking::Client::builder(fake.key()).base_url(fake.base_url());
    let builder = builder.transport(Arc::clone(&transport)).retry(RetryPolicy::none());
    drop(builder.build().unwrap().api_keys().get("none").send());
    let response = transport.response.lock().unwrap().take();
    let response = response.expect("the fake should have responded");
    let (head, body) = response.into_parts();
    RawResponse {
        status: head.status,
        headers: head.headers,
        body: serde_json::from_slice(&body).unwrap_or_default(),
    }
}

/// Sends a request with the API key and the headers of a client.
pub fn send(fake: &Fake, method: Method, path: &str, body: impl Into<Bytes>) -> RawResponse {
    let (uri, body) = (format!("{}{path}", fake.base_url()), body.into());
    send_modified(fake, move |request| {
        *request.method_mut() = method.clone();
        *request.uri_mut() = uri.parse().unwrap();
        *request.body_mut() = body.clone();
    })
}

/// Returns a client without retries.
pub fn client(fake: &Fake) -> blocking::Client {
    let builder = fake.blocking_client_builder().retry(RetryPolicy::none());
    builder.build().unwrap()
}

/// A fake that listens on a socket until it's stopped.
pub struct Served {
    pub fake: Fake,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl Served {
    pub fn start(server: Server) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        Self {
            fake: server.fake().clone(),
            stop,
            serving: tokio::spawn(server.run(async { drop(stopped.await) })),
        }
    }

    pub async fn stop(self) {
        self.stop.send(()).unwrap();
        self.serving.await.unwrap();
    }
}

/// Creates an event destination for subscriptions.
pub fn destination(client: &blocking::Client) -> EventDestination {
    let role = AwsAuth::Role(AwsRole::new("arn:role"));
    let target = EventTarget::Kinesis(EventTargetKinesis::new(role, "arn:stream"));
    let create = client.event_destinations().create(EventDestinationFormat::Json, target);
    create.send().unwrap()
}
