//! Calls every operation of the API with both clients, within the process and over a socket.

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
mod async_tour;

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
    reason = "the file is also compiled for the async client"
)]
#[path = "tour.rs"]
mod blocking_tour;

/// Seeds objects that no operation can create.
fn seed(fake: &Fake) {
    fake.seed(ApplicationSession::default());
    fake.seed(ApplicationUser::default());
    fake.seed(Tunnel::default());
    fake.seed(TunnelSession::default());
}

/// Calls every operation with the blocking client. The async function never waits, so it completes at the first poll.
fn tour(client: &blocking::Client) -> Result<(), Error> {
    let future = pin!(blocking_tour::call_every_operation(client));
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("the future of a blocking client should be ready"),
    }
}

/// Asserts that every documented operation succeeded at least once.
fn assert_complete(fake: &Fake) {
    let requests = fake.requests();
    let succeeded = requests
        .iter()
        .filter(|request| request.status.is_some_and(|status| status.is_success()))
        .filter_map(|request| request.operation.map(str::to_owned));
    let documented = documented().into_iter().map(|[name, ..]| name);
    let (succeeded, documented): (BTreeSet<_>, BTreeSet<_>) = (succeeded.collect(), documented.collect());
    let missing: Vec<_> = documented.difference(&succeeded).collect();
    assert!(missing.is_empty(), "operations without a successful call: {missing:?}");
    assert_eq!(succeeded.len(), 252);
}

#[tokio::test]
async fn async_client_calls_every_operation() {
    let fake = Fake::new();
    seed(&fake);
    async_tour::call_every_operation(&fake.client()).await.unwrap();
    assert_complete(&fake);
}

#[test]
fn blocking_client_calls_every_operation() {
    let fake = Fake::new();
    seed(&fake);
    tour(&fake.blocking_client()).unwrap();
    assert_complete(&fake);
}

#[tokio::test]
async fn both_clients_call_every_operation_over_a_socket() {
    let server = Server::bind(Fake::builder(), "127.0.0.1:0").await.unwrap();
    let listening = Served::start(server);
    let fake = listening.fake.clone();

    seed(&fake);
    let client = Client::builder(fake.key()).base_url(fake.base_url());
    let client = client.retry(RetryPolicy::none()).build().unwrap();
    async_tour::call_every_operation(&client).await.unwrap();
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
