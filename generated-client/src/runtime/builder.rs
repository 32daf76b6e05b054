//! The builders of both clients.

/// Defines a client builder for a transport trait: `client_builder!(Transport);`.
///
/// The builders of both clients have the same methods. They are different types, so that each has its own documentation.
macro_rules! client_builder {
    ($transport:ident) => {
        use std::fmt;
        use std::sync::Arc;
        use std::time::Duration;

        use $crate::runtime::exchange::{BaseUrl, Limiter};
        use $crate::runtime::settings::Settings;
        use $crate::runtime::{Api, Credentials, Error, RateLimit, RetryPolicy};

        /// A builder for a [`Client`] with custom settings.
        ///
        /// Setters never fail. If settings are invalid, [`build`](Self::build) returns one error that lists all of them.
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct ClientBuilder {
            settings: Settings,
            transport: Option<Arc<dyn $transport>>,
            problems: Vec<String>,
        }

        impl ClientBuilder {
            pub(crate) fn new(api: &'static Api, credentials: &Credentials) -> Self {
                Self::with(Settings::new(api, credentials), None)
            }

            pub(crate) fn with(settings: Settings, transport: Option<Arc<dyn $transport>>) -> Self {
                Self {
                    settings,
                    transport,
                    problems: Vec::new(),
                }
            }

            /// Sets the base URL of the API. If it has a path, that path precedes the path of every operation.
            ///
            /// [`build`](Self::build) returns an error unless this is an `http` or `https` URL without a user, password,
            /// query or fragment. A host that is not ASCII must be in Punycode.
            pub fn base_url(mut self, url: impl AsRef<str>) -> Self {
                self.settings.base = BaseUrl::parse(url.as_ref());
                self
            }

            /// Sets the timeout of each attempt of a call. Defaults to 30 seconds.
            ///
            /// The timeout applies to the time until the response headers are received, and then to each pause while
            /// receiving the body. Receiving a large body may therefore take longer than the timeout. To limit the total
            /// duration of a call, set a [`deadline`](Self::deadline). `build` returns an error if the timeout is zero.
            pub fn timeout(mut self, timeout: Duration) -> Self {
                self.settings.timeout = timeout;
                self
            }

            /// Sets the deadline of each call. It limits the total duration of all attempts, the waits between them, and
            /// receiving the response body. Calls are not limited by default.
            ///
            /// If the next wait would exceed the deadline, the call fails immediately, with the error of its last attempt.
            /// `build` returns an error if the deadline is zero.
            pub fn deadline(mut self, deadline: Duration) -> Self {
                self.settings.deadline = Some(deadline);
                self
            }

            /// Sets the retry policy. Defaults to [`RetryPolicy::default`].
            pub fn retry(mut self, policy: RetryPolicy) -> Self {
                self.settings.retry = policy;
                self
            }

            /// Sets the maximum rate of requests, including retries and redirects. Requests that would exceed it are delayed.
            /// By default, the rate is not limited.
            ///
            /// Clones of a client share the limit. A call fails immediately if the delay would exceed its deadline.
            pub fn rate_limit(mut self, limit: RateLimit) -> Self {
                self.settings.limiter = Some(Limiter::new(limit));
                self
            }

            /// Sets a header of every request, replacing any header of the same name, including the one with the credentials.
            ///
            /// `build` returns an error if the name or the value is invalid.
            pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                let set = self.settings.set_header(name.as_ref(), value.as_ref());
                self.problems.extend(set.err());
                self
            }

            /// Sets the `User-Agent` header. Defaults to the name and version of this crate.
            ///
            /// `build` returns an error if the value is invalid.
            pub fn user_agent(self, agent: impl AsRef<str>) -> Self {
                self.header(::http::header::USER_AGENT, agent)
            }

            /// Sets the maximum size of a response body, in bytes. Defaults to 32 MiB.
            ///
            /// If a body is larger, the call returns an error. `build` returns an error if the maximum is zero.
            pub fn max_body(mut self, bytes: usize) -> Self {
                self.settings.max_body = bytes;
                self
            }

            /// Returns the settings and the transport, or an error that lists every invalid setting.
            pub(crate) fn finish(self) -> Result<(Settings, Option<Arc<dyn $transport>>), Error> {
                let mut problems = self.settings.problems();
                problems.extend(self.problems);
                if problems.is_empty() {
                    Ok((self.settings, self.transport))
                } else {
                    Err(Error::invalid_settings(&problems))
                }
            }
        }

        /// Prints no settings, because they include the credentials.
        impl fmt::Debug for ClientBuilder {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.debug_struct("ClientBuilder").finish_non_exhaustive()
            }
        }
    };
}
pub(crate) use client_builder;
