//! Helpers shared by the tests of the client.

pub mod certificates;
pub mod peer;
pub mod server;
pub mod values;

use std::collections::VecDeque;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use generated_client::{
    Attempt, Body, BoxFuture, Client, ClientBuilder, Error, RetryPolicy, Transport, TransportError, TransportErrorKind,
    blocking,
};
use http::{Request, Response, StatusCode};
use serde_json::{Value, json};

/// API key of all clients. It must not appear in any output.
pub const KEY: &str = "secret-api-key";

/// A response or transport error of a script.
pub type ScriptedResponse = Result<Response<Bytes>, TransportError>;

/// A transport that returns scripted responses in order and records requests.
///
/// Its clock advances only while a call sleeps and by the configured latency of each response.
pub struct Script {
    responses: Mutex<VecDeque<ScriptedResponse>>,
    requests: Mutex<Vec<(Request<Bytes>, Attempt)>>,
    waits: Mutex<Vec<Duration>>,
    latency: Mutex<Duration>,
    now: Mutex<Instant>,
}

impl Script {
    pub fn new(responses: impl IntoIterator<Item = ScriptedResponse>) -> Arc<Self> {
        Arc::new(Self {
            responses: Mutex::new(responses.into_iter().collect()),
            requests: Mutex::default(),
            waits: Mutex::default(),
            latency: Mutex::default(),
            now: Mutex::new(Instant::now()),
        })
    }

    /// Sets the time by which each response advances the clock.
    pub fn latency(self: Arc<Self>, latency: Duration) -> Arc<Self> {
        *self.latency.lock().unwrap() = latency;
        self
    }

    /// Returns the durations of all waits, in order.
    pub fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }

    fn wait(&self, time: Duration) {
        self.waits.lock().unwrap().push(time);
        *self.now.lock().unwrap() += time;
    }

    fn respond(&self, request: Request<Bytes>, attempt: Attempt) -> ScriptedResponse {
        self.requests.lock().unwrap().push((request, attempt));
        *self.now.lock().unwrap() += *self.latency.lock().unwrap();
        self.responses
            .lock()
            .unwrap()
            .pop_front()
            .expect("the script should have another response")
    }

    /// Returns the method and URI of every request.
    pub fn lines(&self) -> Vec<String> {
        self.requests
            .lock()
            .unwrap()
            .iter()
            .map(|(request, _)| format!("{} {}", request.method(), request.uri()))
            .collect()
    }

    /// Returns the only request.
    pub fn request(&self) -> Request<Bytes> {
        let requests = self.requests.lock().unwrap();
        assert_eq!(requests.len(), 1, "expected exactly one request");
        requests[0].0.clone()
    }

    /// Returns every request.
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        self.requests
            .lock()
            .unwrap()
            .iter()
            .map(|(request, _)| request.clone())
            .collect()
    }

    /// Returns the debug output of all requests.
    pub fn requests_debug(&self) -> String {
        format!("{:?}", self.requests.lock().unwrap())
    }

    /// Returns the limits of the last attempt.
    pub fn attempt(&self) -> Attempt {
        *self.attempts().last().expect("a request should have been sent")
    }

    /// Returns the limits of each attempt.
    pub fn attempts(&self) -> Vec<Attempt> {
        self.requests
            .lock()
            .unwrap()
            .iter()
            .map(|(_, attempt)| *attempt)
            .collect()
    }

    /// Returns a client builder with default settings.
    pub fn builder(self: &Arc<Self>) -> ClientBuilder {
        Client::builder(KEY).transport(Arc::clone(self))
    }

    /// Returns a blocking client builder with default settings.
    pub fn blocking_builder(self: &Arc<Self>) -> blocking::ClientBuilder {
        blocking::Client::builder(KEY).transport(Arc::clone(self))
    }

    /// Returns a client without retries.
    pub fn client(self: &Arc<Self>) -> Client {
        self.builder().retry(RetryPolicy::none()).build().unwrap()
    }

    /// Returns a blocking client without retries.
    pub fn blocking_client(self: &Arc<Self>) -> blocking::Client {
        self.blocking_builder().retry(RetryPolicy::none()).build().unwrap()
    }
}

impl Transport for Script {
    fn send<'a>(
        &'a self,
        request: Request<Body>,
        attempt: &'a Attempt,
    ) -> BoxFuture<'a, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let request = Request::from_parts(parts, body.collect(usize::MAX).await?);
            Ok(self.respond(request, *attempt)?.map(Body::from))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.wait(duration) })
    }

    fn now(&self) -> Instant {
        *self.now.lock().unwrap()
    }
}

impl blocking::Transport for Script {
    fn send(
        &self,
        request: Request<blocking::Body>,
        attempt: &Attempt,
    ) -> Result<Response<blocking::Body>, TransportError> {
        let (parts, body) = request.into_parts();
        let request = Request::from_parts(parts, body.collect(usize::MAX)?);
        Ok(self.respond(request, *attempt)?.map(blocking::Body::from))
    }

    fn sleep(&self, duration: Duration) {
        self.wait(duration);
    }

    fn now(&self) -> Instant {
        *self.now.lock().unwrap()
    }
}

/// Returns a response with this status and body.
#[expect(clippy::unnecessary_wraps, reason = "a script contains results")]
pub fn response(status: u16, body: impl Into<Bytes>) -> ScriptedResponse {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    Ok(response)
}

/// Returns a transport error of this kind.
pub fn failure(kind: TransportErrorKind) -> ScriptedResponse {
    Err(TransportError::new(kind))
}

/// Returns a successful JSON response.
pub fn json(body: &Value) -> ScriptedResponse {
    response(200, body.to_string())
}

/// Adds a header to a response.
pub fn with_header(response: ScriptedResponse, name: &'static str, value: &str) -> ScriptedResponse {
    response.map(|mut response| {
        response.headers_mut().insert(name, value.parse().unwrap());
        response
    })
}

/// Returns a page of sessions with these IDs.
pub fn page(ids: &[&str], next: Option<&str>) -> ScriptedResponse {
    let sessions = ids.iter().map(|id| session(id)).collect::<Vec<_>>();
    let uri = "https://api.ngrok.com/app/sessions";
    json(&json!({ "application_sessions": sessions, "uri": uri, "next_page_uri": next }))
}

/// Returns a session with only an ID and the required fields.
pub fn session(id: &str) -> Value {
    json!({ "id": id, "created_at": "2024-05-06T07:08:09Z" })
}

/// Asserts that the `Display` and `Debug` output of the error and its sources doesn't contain the secret.
pub fn assert_hides(error: &Error, secret: &str) {
    let mut outputs = vec![format!("{error} {error:?} {error:#?}")];
    let transport = error.transport_error().map(|error| error as &dyn std::error::Error);
    let decode = error.decode_error().map(|error| error as &dyn std::error::Error);
    let mut source = transport.or(decode);
    while let Some(error) = source {
        outputs.push(format!("{error} {error:?}"));
        source = error.source();
    }
    assert!(outputs.iter().all(|output| !output.contains(secret)), "{outputs:?}");
}

/// Runs an ignored test in a process of its own, with these environment variables and none for proxies. Returns its output.
pub fn run_alone(test: &str, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([test, "--exact", "--ignored", "--nocapture"]);
    for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        command.env_remove(name).env_remove(name.to_uppercase());
    }
    let output = command.envs(variables.iter().copied()).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{printed}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(printed.contains("1 passed"), "{test} should have run: {printed}");
    printed
}
