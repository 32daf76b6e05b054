//! Connections over which requests are sent.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Poll, ready};

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::task::JoinHandle;

use super::head_limit::HeadLimit;
use super::stream::{HttpStream, TlsFailure};
use crate::runtime::{Body, BoxFuture, TransportError};

/// A connection that is being established.
pub(crate) type Connecting = BoxFuture<'static, Result<Connection, TransportError>>;

/// A connection over which requests can be sent, one after the other.
pub(crate) struct Connection {
    sender: SendRequest<Body>,
    /// The task that serves the connection.
    task: JoinHandle<()>,
    failure: TlsFailure,
    limit: HeadLimit,
}

/// The failure of a request before its response headers were received.
pub(crate) struct SendFailure {
    pub(crate) error: hyper::Error,
    /// The request, if nothing of it was sent.
    pub(crate) unsent: Option<Request<Body>>,
    /// The TLS error that ended the connection, if any.
    pub(crate) tls: Option<TransportError>,
}

impl Connection {
    /// Starts a task that serves the connection. It ends with the connection, which is closed when this value is dropped.
    pub(crate) async fn open(stream: HttpStream) -> hyper::Result<Self> {
        let (failure, limit) = (stream.failure().clone(), stream.limit().clone());
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // Boxed, so that the runtime's code for tasks is compiled for a single type.
        let serve: BoxFuture<'static, ()> = Box::pin(async move { drop(connection.with_upgrades().await) });
        let task = tokio::spawn(serve);
        Ok(Self {
            sender,
            task,
            failure,
            limit,
        })
    }

    /// Returns `true` if a request can be sent now.
    pub(crate) fn is_ready(&self) -> bool {
        self.sender.is_ready()
    }

    /// Waits until a request can be sent. Returns `false` if the connection ends before that.
    pub(crate) async fn ready(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }

    /// Sends a request, and waits for the response headers. Returns the connection as well, unless it has ended.
    pub(crate) async fn send(
        mut self,
        request: Request<Body>,
    ) -> Result<(Response<Incoming>, Option<Self>), Box<SendFailure>> {
        let failure = self.failure.clone();
        let mut sent = pin!(self.sender.try_send_request(request));
        let (result, connection) = if let Some(result) = output_of(sent.as_mut(), &mut self.task).await {
            (result, Some(self))
        } else {
            // The connection ended at the moment at which the request was added to its queue. The request stays in the queue
            // until the sender is dropped.
            drop(self.sender);
            (sent.await, None)
        };
        match result {
            Ok(response) => Ok((response, connection)),
            Err(mut error) => Err(Box::new(SendFailure {
                unsent: error.take_message(),
                error: error.into_error(),
                tls: failure.get(),
            })),
        }
    }

    /// Returns the limit for the bytes that precede each response.
    pub(crate) fn limit(&self) -> &HeadLimit {
        &self.limit
    }
}

/// Waits for a future that a task completes. Returns `None` if the task ends without completing it.
async fn output_of<T>(mut future: Pin<&mut impl Future<Output = T>>, task: &mut JoinHandle<()>) -> Option<T> {
    poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        // The result is an error if the task was dropped with its runtime.
        let _ended = ready!(Pin::new(&mut *task).poll(context));
        // The task may have completed the future since it was polled.
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending => Poll::Ready(None),
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::time::Duration;

    use tokio::sync::oneshot;
    use tokio::time::timeout;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_future_is_not_awaited_after_the_task_that_completes_it_has_ended() {
        let ended = tokio::spawn(async {});
        let dropped = tokio::spawn(pending());
        dropped.abort();
        for mut task in [ended, dropped] {
            let future = pin!(pending::<()>());
            let output = timeout(Duration::from_secs(1), output_of(future, &mut task));
            assert_eq!(output.await, Ok(None));
        }
    }

    #[tokio::test]
    async fn a_task_can_complete_a_future_and_end_at_once() {
        let (sender, receiver) = oneshot::channel();
        let mut task = tokio::spawn(async { sender.send(1).expect("a receiver") });
        assert_eq!(output_of(pin!(receiver), &mut task).await, Some(Ok(1)));
    }
}
