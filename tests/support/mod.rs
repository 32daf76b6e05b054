//! What the tests of the client share.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use generated_client::{Attempt, BoxFuture, Client, ClientBuilder, Error, Transport, TransportError, blocking};
use http::{Request, Response, StatusCode};
use serde_json::{Value, json};

/// The key of every client here: no output may hold it.
pub const KEY: &str = "key-that-stays-home";

/// One answer of a script.
pub type Answer = Result<Response<Bytes>, TransportError>;

/// A transport that plays answers in turn and keeps what was asked.
pub struct Script {
    answers: Mutex<VecDeque<Answer>>,
    asked: Mutex<Vec<(Request<Bytes>, Attempt)>>,
}

impl Script {
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Arc<Self> {
        Arc::new(Self {
            answers: Mutex::new(answers.into_iter().collect()),
            asked: Mutex::default(),
        })
    }

    fn play(&self, request: Request<Bytes>, attempt: Attempt) -> Answer {
        self.asked.lock().unwrap().push((request, attempt));
        self.answers
            .lock()
            .unwrap()
            .pop_front()
            .expect("the script has no further answer")
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

    /// Every request, as it shows itself.
    pub fn asked_debug(&self) -> String {
        format!("{:?}", self.asked.lock().unwrap())
    }

    /// The bounds that the last request was sent with.
    pub fn attempt(&self) -> Attempt {
        self.asked.lock().unwrap().last().expect("a request").1
    }

    pub fn builder(self: &Arc<Self>) -> ClientBuilder {
        Client::builder(KEY).transport(Arc::clone(self))
    }

    pub fn client(self: &Arc<Self>) -> Client {
        self.builder().build().unwrap()
    }

    pub fn blocking_client(self: &Arc<Self>) -> blocking::Client {
        blocking::Client::builder(KEY)
            .transport(Arc::clone(self))
            .build()
            .unwrap()
    }
}

impl Transport for Script {
    fn send<'a>(&'a self, request: Request<Bytes>, attempt: &'a Attempt) -> BoxFuture<'a, Answer> {
        Box::pin(async move { self.play(request, *attempt) })
    }
}

impl blocking::Transport for Script {
    fn send(&self, request: Request<Bytes>, attempt: &Attempt) -> Answer {
        self.play(request, *attempt)
    }
}

/// An answer of this status and body.
#[expect(clippy::unnecessary_wraps, reason = "what a script plays are results")]
pub fn answer(status: u16, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = StatusCode::from_u16(status).unwrap();
    Ok(answer)
}

/// A successful answer.
pub fn json(body: &Value) -> Answer {
    answer(200, body.to_string())
}

/// An answer with one header.
pub fn with_header(answer: Answer, name: &'static str, value: &str) -> Answer {
    answer.map(|mut answer| {
        answer.headers_mut().insert(name, value.parse().unwrap());
        answer
    })
}

/// A page of sessions with these IDs.
pub fn page(ids: &[&str], next: Option<&str>) -> Answer {
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
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        shown.push(format!("{error} {error:?}"));
        cause = error.source();
    }
    assert!(shown.iter().all(|text| !text.contains(secret)), "{shown:?}");
}
