//! The async client.

use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use tracing::Instrument;

use super::{Body, BoxFuture, PendingResponse, Transport};
use crate::runtime::exchange::{Attempt, Exchange, Step, receive_body};
use crate::runtime::request::PreparedRequest;
use crate::runtime::response::ReceivedResponse;
use crate::runtime::settings::Settings;
#[cfg(feature = "async")]
use crate::runtime::{Api, Credentials, HttpTransport};
use crate::runtime::{Error, TransportError};

/// An async client for the API. Its methods return the handles of resources.
///
/// Cloning is cheap: clones share the settings and the transport with its connections.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    transport: Arc<dyn Transport>,
}

impl Client {
    /// Creates a client for an API with default settings. If the credentials are invalid, every call that sends them returns
    /// an error.
    #[cfg(feature = "async")]
    pub(crate) fn of(api: &'static Api, credentials: &Credentials) -> Self {
        Self::over(Settings::new(api, credentials), Arc::new(HttpTransport::new()))
    }

    pub(crate) fn over(settings: Settings, transport: Arc<dyn Transport>) -> Self {
        Self {
            inner: Arc::new(Inner { settings, transport }),
        }
    }

    /// Sends the request of a call. Does not depend on the type of the operation, so that it is compiled once.
    pub(crate) fn start(&self, request: Result<PreparedRequest, Error>) -> PendingResponse {
        PendingResponse::new(self.exchange(request))
    }

    /// Sends a request and its retries.
    pub(crate) fn exchange(
        &self,
        request: Result<PreparedRequest, Error>,
    ) -> BoxFuture<'static, Result<Box<ReceivedResponse>, Error>> {
        let client = self.clone();
        Box::pin(async move { client.drive(request).await })
    }

    async fn drive(&self, request: Result<PreparedRequest, Error>) -> Result<Box<ReceivedResponse>, Error> {
        let transport = &self.inner.transport;
        let mut exchange = Exchange::new(&self.inner.settings, request, transport.now())?;
        loop {
            match exchange.step(transport.now())? {
                Step::Send(request) => {
                    let sent = send(&**transport, request, exchange.attempt(), self.inner.settings.max_body);
                    let outcome = sent.instrument(exchange.span().clone()).await;
                    exchange.receive(outcome);
                }
                Step::Wait(duration) => transport.sleep(duration).await,
                Step::Done(response) => return Ok(Box::new(response)),
            }
        }
    }
}

/// Sends a request once and receives the whole response.
async fn send(
    transport: &dyn Transport,
    request: Request<Bytes>,
    attempt: &Attempt,
    max_body: usize,
) -> Result<Response<Bytes>, TransportError> {
    let (parts, body) = transport.send(request.map(Body::from), attempt).await?.into_parts();
    let body = if parts.status.is_success() {
        (body.collect(max_body).await?, None)
    } else {
        body.collect_beginning(max_body).await
    };
    Ok(receive_body(parts, body))
}

/// A panic during a call leaves the client in a valid state.
impl UnwindSafe for Client {}
impl RefUnwindSafe for Client {}

/// Prints no settings, because they include the credentials.
impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Client").finish_non_exhaustive()
    }
}
