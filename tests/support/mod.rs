//! What the tests of the client share.

pub mod server;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use generated_client::{
    Attempt, Body, BoxFuture, Client, ClientBuilder, Error, RetryPolicy, Transport, TransportError, TransportErrorKind,
    blocking,
};
use http::{Request, Response, StatusCode};
use serde_json::{Value, json};

/// The key of every client here: no output may hold it.
pub const KEY: &str = "key-that-stays-home";

/// One response of a script.
pub type ScriptedResponse = Result<Response<Bytes>, TransportError>;

/// A transport that plays responses in turn and keeps what was asked.
///
/// Its time stands still but for what calls wait, and for what each response is said to take.
pub struct Script {
    responses: Mutex<VecDeque<ScriptedResponse>>,
    asked: Mutex<Vec<(Request<Bytes>, Attempt)>>,
    waits: Mutex<Vec<Duration>>,
    takes: Mutex<Duration>,
    now: Mutex<Instant>,
}

impl Script {
    pub fn new(responses: impl IntoIterator<Item = ScriptedResponse>) -> Arc<Self> {
        Arc::new(Self {
            responses: Mutex::new(responses.into_iter().collect()),
            asked: Mutex::default(),
            waits: Mutex::default(),
            takes: Mutex::default(),
            now: Mutex::new(Instant::now()),
        })
    }

    /// Lets time pass with each response.
    pub fn takes(self: Arc<Self>, time: Duration) -> Arc<Self> {
        *self.takes.lock().unwrap() = time;
        self
    }

    /// What calls waited for, in turn.
    pub fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }

    fn wait(&self, time: Duration) {
        self.waits.lock().unwrap().push(time);
        *self.now.lock().unwrap() += time;
    }

    fn play(&self, request: Request<Bytes>, attempt: Attempt) -> ScriptedResponse {
        self.asked.lock().unwrap().push((request, attempt));
        *self.now.lock().unwrap() += *self.takes.lock().unwrap();
        self.responses
            .lock()
            .unwrap()
            .pop_front()
            .expect("the script has no further response")
    }

    /// Method and URI of every request.
    pub fn lines(&self) -> Vec<String> {
        self.asked
            .lock()
            .unwrap()
            .iter()
            .map(|(request, _)| format!("{} {}", request.method(), request.uri()))
            .collect()
    }

    /// The only request.
    pub fn request(&self) -> Request<Bytes> {
        let asked = self.asked.lock().unwrap();
        assert_eq!(asked.len(), 1, "not one request");
        asked[0].0.clone()
    }

    /// Every request.
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        self.asked
            .lock()
            .unwrap()
            .iter()
            .map(|(request, _)| request.clone())
            .collect()
    }

    /// Every request, as it shows itself.
    pub fn asked_debug(&self) -> String {
        format!("{:?}", self.asked.lock().unwrap())
    }

    /// The bounds that the last request was sent with.
    pub fn attempt(&self) -> Attempt {
        *self.attempts().last().expect("a request")
    }

    /// The bounds that each request was sent with.
    pub fn attempts(&self) -> Vec<Attempt> {
        self.asked.lock().unwrap().iter().map(|(_, attempt)| *attempt).collect()
    }

    /// Begins a client with default settings.
    pub fn builder(self: &Arc<Self>) -> ClientBuilder {
        Client::builder(KEY).transport(Arc::clone(self))
    }

    /// Begins a blocking client with default settings.
    pub fn blocking_builder(self: &Arc<Self>) -> blocking::ClientBuilder {
        blocking::Client::builder(KEY).transport(Arc::clone(self))
    }

    /// A client that attempts each call once: what it asks is what a test calls.
    pub fn client(self: &Arc<Self>) -> Client {
        self.builder().retry(RetryPolicy::none()).build().unwrap()
    }

    /// A blocking client that attempts each call once.
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
            Ok(self.play(request, *attempt)?.map(Body::from))
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
        Ok(self.play(request, *attempt)?.map(blocking::Body::from))
    }

    fn sleep(&self, duration: Duration) {
        self.wait(duration);
    }

    fn now(&self) -> Instant {
        *self.now.lock().unwrap()
    }
}

/// A response of this status and body.
#[expect(clippy::unnecessary_wraps, reason = "what a script plays are results")]
pub fn response(status: u16, body: impl Into<Bytes>) -> ScriptedResponse {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    Ok(response)
}

/// No response, for a reason of this kind.
pub fn failure(kind: TransportErrorKind) -> ScriptedResponse {
    Err(TransportError::new(kind))
}

/// A successful response.
pub fn json(body: &Value) -> ScriptedResponse {
    response(200, body.to_string())
}

/// A response with one header.
pub fn with_header(response: ScriptedResponse, name: &'static str, value: &str) -> ScriptedResponse {
    response.map(|mut response| {
        response.headers_mut().insert(name, value.parse().unwrap());
        response
    })
}

/// A page of sessions with these IDs.
pub fn page(ids: &[&str], next: Option<&str>) -> ScriptedResponse {
    let sessions = ids.iter().map(|id| session(id)).collect::<Vec<_>>();
    json(
        &json!({ "application_sessions": sessions, "uri": "https://api.ngrok.com/app/sessions", "next_page_uri": next }),
    )
}

/// The least of a session that reads.
pub fn session(id: &str) -> Value {
    json!({ "id": id, "created_at": "2024-05-06T07:08:09Z" })
}

/// Asserts that neither the error nor any of its causes shows the text.
pub fn assert_hides(error: &Error, secret: &str) {
    let mut shown = vec![format!("{error} {error:?} {error:#?}")];
    let transport = error.transport_error().map(|error| error as &dyn std::error::Error);
    let decode = error.decode_error().map(|error| error as &dyn std::error::Error);
    let mut cause = transport.or(decode);
    while let Some(error) = cause {
        shown.push(format!("{error} {error:?}"));
        cause = error.source();
    }
    assert!(shown.iter().all(|text| !text.contains(secret)), "{shown:?}");
}
