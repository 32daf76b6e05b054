//! Makes calls on `wasm32-unknown-unknown` through a custom transport.
//!
//! Run by `.ci/run` with Node.js; other targets skip it.

#![cfg(all(target_family = "wasm", target_os = "unknown"))]

use std::future::ready;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use generated_client::http::{Request, Response};
use generated_client::{Attempt, Body, BoxFuture, Client, RateLimit, Transport, TransportError};
use wasm_bindgen_test::wasm_bindgen_test;

const SESSION: &str = r#"{"id": "as_1", "created_at": "2024-05-06T07:08:09Z"}"#;

/// Responds with each status in turn, and records the waits between the attempts.
struct Script {
    statuses: Mutex<Vec<u16>>,
    waits: Mutex<Vec<Duration>>,
}

impl Script {
    fn new(statuses: &[u16]) -> Arc<Self> {
        Arc::new(Self {
            statuses: Mutex::new(statuses.iter().rev().copied().collect()),
            waits: Mutex::default(),
        })
    }
}

impl Transport for Script {
    fn send<'a>(
        &'a self,
        _request: Request<Body>,
        _attempt: &'a Attempt,
    ) -> BoxFuture<'a, Result<Response<Body>, TransportError>> {
        let status = self.statuses.lock().unwrap().pop().expect("another response");
        let body = if status == 200 { SESSION } else { "" };
        let response = Response::builder().status(status).body(Body::from(body)).unwrap();
        Box::pin(ready(Ok(response)))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.waits.lock().unwrap().push(duration);
        Box::pin(ready(()))
    }
}

#[wasm_bindgen_test]
async fn retries_within_the_deadline_and_the_rate_limit() {
    let script = Script::new(&[503, 429, 200]);
    let client = Client::builder("key")
        .transport(Arc::clone(&script))
        .deadline(Duration::from_secs(3600))
        .rate_limit(RateLimit::new(100, Duration::from_secs(60)))
        .build()
        .unwrap();
    let session = client.application_sessions().get("as_1").await.unwrap();
    assert_eq!(session.id, "as_1");
    assert_eq!(script.waits.lock().unwrap().len(), 2);
}

#[wasm_bindgen_test]
async fn reports_a_rejection() {
    let script = Script::new(&[404]);
    let client = Client::builder("key").transport(script).build().unwrap();
    let error = client.application_sessions().get("as_1").await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
}
