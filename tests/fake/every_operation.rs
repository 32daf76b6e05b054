//! Every operation of the API, called with the typed clients: in this process, and over a real socket.

use std::collections::BTreeSet;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use generated_client::fake::{Fake, Server};
use generated_client::models::{ApplicationSession, ApplicationUser, Tunnel, TunnelSession};
use generated_client::{Client, Error, RetryPolicy, blocking};

use super::raw::Served;
use crate::operations::documented;

macro_rules! call {
    ($call:expr) => {
        $call.await
    };
}

macro_rules! client {
    () => {
        generated_client::Client
    };
}

#[path = "tour.rs"]
mod awaited;

macro_rules! call {
    ($call:expr) => {
        $call.send()
    };
}

macro_rules! client {
    () => {
        generated_client::blocking::Client
    };
}

#[allow(
    clippy::duplicate_mod,
    clippy::unused_async,
    reason = "the same code awaits for the other client"
)]
#[path = "tour.rs"]
mod sent;

/// What no operation creates.
fn seed(fake: &Fake) {
    fake.seed(ApplicationSession::default());
    fake.seed(ApplicationUser::default());
    fake.seed(Tunnel::default());
    fake.seed(TunnelSession::default());
}

/// Makes the tour with a blocking client, which never has to be waited for.
fn tour(client: &blocking::Client) -> Result<(), Error> {
    let everything = pin!(sent::everything(client));
    match everything.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("a blocking client waits by itself"),
    }
}

/// Asserts that every documented operation was called, and answered as it should be at least once.
fn assert_complete(fake: &Fake) {
    let requests = fake.requests();
    let answered = requests
        .iter()
        .filter(|request| request.status.is_some_and(|status| status.is_success()))
        .filter_map(|request| request.operation.map(str::to_owned));
    let documented = documented().into_iter().map(|[name, ..]| name);
    let (answered, documented): (BTreeSet<_>, BTreeSet<_>) = (answered.collect(), documented.collect());
    let missing: Vec<_> = documented.difference(&answered).collect();
    assert!(missing.is_empty(), "not called: {missing:?}");
    assert_eq!(answered.len(), 252);
}

#[tokio::test]
async fn the_async_client_calls_everything() {
    let fake = Fake::new();
    seed(&fake);
    awaited::everything(&fake.client()).await.unwrap();
    assert_complete(&fake);
}

#[test]
fn the_blocking_client_calls_everything() {
    let fake = Fake::new();
    seed(&fake);
    tour(&fake.blocking_client()).unwrap();
    assert_complete(&fake);
}

#[tokio::test]
async fn both_clients_call_everything_over_a_socket() {
    let server = Server::bind(Fake::builder(), "127.0.0.1:0").await.unwrap();
    let listening = Served::start(server);
    let fake = listening.fake.clone();

    seed(&fake);
    let client = Client::builder(fake.key()).base_url(fake.base_url());
    let client = client.retry(RetryPolicy::none()).build().unwrap();
    awaited::everything(&client).await.unwrap();
    assert_complete(&fake);

    fake.clear_requests();
    seed(&fake);
    let client = blocking::Client::builder(fake.key()).base_url(fake.base_url());
    let client = client.retry(RetryPolicy::none()).build().unwrap();
    tokio::task::spawn_blocking(move || tour(&client))
        .await
        .unwrap()
        .unwrap();
    assert_complete(&fake);

    listening.stop().await;
}
