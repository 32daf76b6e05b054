//! Tests retries, deadlines, rate limits and options of clients and calls.

use std::time::Duration;

use futures_core::Stream;
use generated_client::fake::Fake;
use generated_client::models::{EndpointOauth, EndpointOauthProvider, IpPolicyRuleAction};
use generated_client::{Client, Error, PageToken, RateLimit, RetryPolicy, Transport, TransportErrorKind, blocking};

use crate::support::{
    KEY, Script, ScriptedResponse, assert_hides, failure, json, page, response, session, with_header,
};

// ---- retried failures

/// The HTTP methods supported by [`call`] and [`call_blocking`].
const METHODS: [&str; 5] = ["GET", "PUT", "DELETE", "POST", "PATCH"];

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn call_blocking(client: &blocking::Client, method: &str) -> Result<(), Error> {
    match method {
        "GET" => client.application_sessions().get("as_1").send().map(drop),
        "PUT" => {
            let module = client.edge_route_oauth_module();
            module.replace("edge_1", "route_1", oauth()).send().map(drop)
        }
        "DELETE" => client.application_sessions().delete("as_1").send(),
        "POST" => {
            let rules = client.ip_policy_rules();
            rules
                .create("10.0.0.0/8", "ipp_1", IpPolicyRuleAction::Allow)
                .send()
                .map(drop)
        }
        "PATCH" => client
            .ip_policy_rules()
            .update("ipr_1")
            .description("new")
            .send()
            .map(drop),
        other => panic!("unexpected method {other}"),
    }
}

async fn call(client: &Client, method: &str) -> Result<(), Error> {
    match method {
        "GET" => client.application_sessions().get("as_1").await.map(drop),
        "PUT" => {
            let module = client.edge_route_oauth_module();
            module.replace("edge_1", "route_1", oauth()).await.map(drop)
        }
        "DELETE" => client.application_sessions().delete("as_1").await,
        "POST" => {
            let rules = client.ip_policy_rules();
            rules
                .create("10.0.0.0/8", "ipp_1", IpPolicyRuleAction::Allow)
                .await
                .map(drop)
        }
        "PATCH" => client
            .ip_policy_rules()
            .update("ipr_1")
            .description("new")
            .await
            .map(drop),
        other => panic!("unexpected method {other}"),
    }
}

fn oauth() -> EndpointOauth {
    EndpointOauth::new(EndpointOauthProvider::default())
}

/// Asserts that a call that always fails is attempted 5 times if it's retryable, and otherwise once.
async fn assert_attempts(method: &str, is_retryable: bool, fail: impl Fn() -> ScriptedResponse) {
    let expected: u32 = if is_retryable { 5 } else { 1 };
    for is_blocking in [true, false] {
        let script = Script::new((0..expected).map(|_| fail()));
        let error = if is_blocking {
            call_blocking(&script.blocking_builder().build().unwrap(), method)
        } else {
            call(&script.builder().build().unwrap(), method).await
        };
        let error = error.unwrap_err();
        let lines = script.lines();
        assert_eq!(lines.len(), expected as usize, "{error}");
        assert!(
            lines.iter().all(|line| *line == lines[0] && line.starts_with(method)),
            "{lines:?}"
        );
        assert_eq!(error.attempts(), expected);
        assert_eq!(error.is_retryable(), is_retryable, "{error}");
        assert_eq!(error.to_string().contains("after 5 attempts"), is_retryable, "{error}");
        assert_eq!(script.waits().len(), lines.len() - 1);
    }
}

#[tokio::test]
async fn retries_transient_statuses_by_method() {
    let transient = [408, 429, 500, 502, 503, 504];
    let permanent = [
        304, 400, 401, 402, 403, 404, 405, 409, 410, 412, 413, 422, 425, 431, 501, 505, 511, 599,
    ];
    for method in METHODS {
        let idempotent = ["GET", "PUT", "DELETE"].contains(&method);
        for status in transient.into_iter().chain(permanent) {
            let is_retryable = status == 429 || (idempotent && transient.contains(&status));
            assert_attempts(method, is_retryable, || response(status, "")).await;
        }
    }
}

#[tokio::test]
async fn retries_transport_errors_by_kind_and_method() {
    use TransportErrorKind::{Connect, Interrupted, Other, Timeout, TooLarge};

    for method in METHODS {
        let idempotent = ["GET", "PUT", "DELETE"].contains(&method);
        for kind in [Connect, Interrupted, Other, Timeout, TooLarge] {
            let is_retryable = match kind {
                Connect => true,
                Interrupted | Timeout => idempotent,
                _ => false,
            };
            assert_attempts(method, is_retryable, || failure(kind)).await;
        }
    }
}

#[tokio::test]
async fn does_not_retry_decode_errors() {
    let script = Script::new([response(503, ""), response(200, "{")]);
    let client = script.builder().build().unwrap();
    let error = client.application_sessions().get("as_1").await.unwrap_err();
    assert!(error.is_decode() && !error.is_retryable());
    assert_eq!(error.attempts(), 2);
    assert!(
        error
            .to_string()
            .starts_with("application_sessions.get failed after 2 attempts: 200 OK")
    );
}

#[tokio::test]
async fn retries_send_identical_requests() {
    let script = Script::new([
        response(429, ""),
        failure(TransportErrorKind::Connect),
        json(&session("ipr_1")),
    ]);
    let client = script.builder().build().unwrap();
    let rules = client.ip_policy_rules();
    let rule = rules
        .create("10.0.0.0/8", "ipp_1", IpPolicyRuleAction::Allow)
        .header("x-trace", "1");
    assert_eq!(rule.await.unwrap().id, "ipr_1");
    let requests = script.requests();
    assert_eq!(requests.len(), 3);
    for request in &requests {
        assert_eq!(request.body(), requests[0].body());
        assert_eq!(request.headers(), requests[0].headers());
    }
}

#[test]
fn redirects_do_not_count_as_attempts() {
    let redirect = with_header(response(302, ""), "location", "/elsewhere");
    let script = Script::new([redirect, response(404, "")]);
    let client = script.blocking_builder().build().unwrap();
    let error = client.application_sessions().get("as_1").send().unwrap_err();
    assert!(error.is_not_found() && error.attempts() == 1, "{error}");
}

// ---- number of attempts and waits between them

#[test]
fn waits_stay_within_doubling_bounds() {
    let policy = RetryPolicy::default()
        .max_attempts(7)
        .initial_backoff(seconds(1))
        .max_backoff(seconds(6));
    for _ in 0..300 {
        let script = Script::new((0..7).map(|_| response(500, "")));
        let client = script.blocking_builder().retry(policy).build().unwrap();
        client.application_sessions().get("as_1").send().unwrap_err();
        let waits = script.waits();
        assert_eq!(waits.len(), 6);
        for (wait, bound) in waits.iter().zip([1, 2, 4, 6, 6, 6]) {
            assert!(*wait <= seconds(bound), "{waits:?}");
        }
    }
}

#[test]
fn default_policy_waits_out_the_rate_limit_window_and_fails_fast_otherwise() {
    for _ in 0..300 {
        let total = |fail: fn() -> ScriptedResponse| {
            let script = Script::new((0..5).map(|_| fail()));
            let client = script.blocking_builder().build().unwrap();
            client.application_sessions().get("as_1").send().unwrap_err();
            script.waits().into_iter().sum::<Duration>()
        };
        let limited = total(|| response(429, ""));
        assert!(
            limited + Duration::from_millis(1) >= seconds(60) && limited <= seconds(68),
            "{limited:?}"
        );
        assert!(total(|| failure(TransportErrorKind::Connect)) <= seconds(8));
    }
}

#[test]
fn respects_max_attempts() {
    for (policy, attempts) in [
        (RetryPolicy::none(), 1),
        (RetryPolicy::default().max_attempts(0), 1),
        (RetryPolicy::default().max_attempts(3), 3),
    ] {
        let script = Script::new((0..attempts).map(|_| response(503, "")));
        let client = script.blocking_builder().retry(policy).build().unwrap();
        let error = client.application_sessions().get("as_1").send().unwrap_err();
        assert_eq!(error.attempts(), attempts);
    }
}

#[test]
fn retry_policy_of_a_call_replaces_that_of_the_client() {
    let script = Script::new((0..4).map(|_| response(503, "")));
    let client = script.blocking_builder().retry(RetryPolicy::none()).build().unwrap();
    let policy = RetryPolicy::default().max_attempts(3);
    let error = client
        .application_sessions()
        .get("as_1")
        .retry(policy)
        .send()
        .unwrap_err();
    assert_eq!(error.attempts(), 3);
    let error = client.application_sessions().get("as_1").send().unwrap_err();
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn no_retry_disables_retries_of_a_call() {
    let script = Script::new([
        response(503, ""),
        page(&["as_2"], Some("?before_id=as_2")),
        response(503, ""),
    ]);
    let client = script.builder().build().unwrap();
    let error = client.application_sessions().get("as_1").no_retry().await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    let mut pages = client.application_sessions().list().no_retry().pages();
    assert!(
        pages.try_next().await.is_ok() && pages.try_next().await.is_err(),
        "`no_retry` should apply to each page"
    );
    assert!(script.waits().is_empty());
}

#[test]
fn retries_a_failed_page() {
    let script = Script::new([
        page(&["as_2"], Some("?before_id=as_2")),
        response(502, ""),
        page(&["as_1"], None),
    ]);
    let client = script.blocking_builder().build().unwrap();
    let sessions = client.application_sessions().list().items();
    assert_eq!(
        sessions.map(|session| session.unwrap().id).collect::<Vec<_>>(),
        ["as_2", "as_1"]
    );
    assert_eq!(script.lines()[1], script.lines()[2]);
}

#[test]
fn waits_for_retry_after_in_seconds_or_as_a_date() {
    let at = |date| {
        let rejection = with_header(response(503, ""), "date", "Sun, 06 Nov 1994 08:49:37 GMT");
        with_header(rejection, "retry-after", date)
    };
    let script = Script::new([
        with_header(response(429, ""), "retry-after", "7"),
        at("Sun, 06 Nov 1994 08:51:07 GMT"),
        at("Sun, 06 Nov 1994 08:00:00 GMT"),
        json(&session("as_1")),
    ]);
    let client = script.blocking_builder().build().unwrap();
    client.application_sessions().get("as_1").send().unwrap();
    assert_eq!(script.waits(), [seconds(7), seconds(91), seconds(0)]);
}

#[test]
fn does_not_wait_for_a_long_retry_after() {
    for (status, retry_after) in [
        (429, "301"),
        (503, "99999999999999999999"),
        (503, "Thu, 06 Nov 2994 08:49:37 GMT"),
    ] {
        let script = Script::new([with_header(response(status, ""), "retry-after", retry_after)]);
        let client = script.blocking_builder().build().unwrap();
        let error = client.application_sessions().get("as_1").send().unwrap_err();
        assert_eq!(error.attempts(), 1);
        assert!(
            error.is_retryable() && error.retry_after() > Some(seconds(300)),
            "{error}"
        );
    }
}

#[test]
fn ignores_an_invalid_retry_after() {
    let script = Script::new([
        with_header(response(503, ""), "retry-after", "soon"),
        json(&session("as_1")),
    ]);
    let client = script.blocking_builder().build().unwrap();
    client.application_sessions().get("as_1").send().unwrap();
    assert!(script.waits()[0] <= Duration::from_millis(500));
}

// ---- deadlines

#[tokio::test]
async fn does_not_wait_for_retry_after_past_the_deadline() {
    let rejection = || with_header(response(429, ""), "retry-after", "60");
    for deadline in [10, 60] {
        let script = Script::new([rejection(), rejection()]);
        let client = script.builder().deadline(seconds(deadline)).build().unwrap();
        let error = client.application_sessions().get("as_1").await.unwrap_err();
        assert!(
            error.is_rate_limited(),
            "expected the last error instead of a timeout: {error}"
        );
        assert_eq!((error.attempts(), error.retry_after()), (1, Some(seconds(60))));
        let client = script.blocking_builder().build().unwrap();
        let call = client.application_sessions().get("as_1").deadline(seconds(deadline));
        assert!(call.send().unwrap_err().is_rate_limited());
        assert!(script.waits().is_empty(), "the call should fail without waiting");
    }
}

#[test]
fn deadline_includes_all_attempts_and_waits() {
    let rejection = || with_header(response(503, ""), "retry-after", "1");
    let script = Script::new([rejection(), rejection(), rejection()]).latency(seconds(8));
    let client = script.blocking_builder().deadline(seconds(20)).build().unwrap();
    let error = client.application_sessions().get("as_1").send().unwrap_err();
    assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (3, 503));
    let timeouts = script.attempts().into_iter().map(|attempt| attempt.timeout);
    assert_eq!(
        timeouts.collect::<Vec<_>>(),
        [seconds(20), seconds(11), seconds(2)],
        "each attempt should get the remaining time"
    );
}

#[test]
fn call_deadline_overrides_client_deadline_and_restarts_for_each_page() {
    let script = Script::new([page(&[], Some("?before_id=as_2")), page(&[], None)]).latency(seconds(8));
    let client = script.blocking_builder().deadline(seconds(5)).build().unwrap();
    let call = client
        .application_sessions()
        .list()
        .deadline(seconds(9))
        .timeout(seconds(99));
    assert_eq!(call.pages().map(Result::unwrap).count(), 2);
    let timeouts = script.attempts().into_iter().map(|attempt| attempt.timeout);
    assert_eq!(timeouts.collect::<Vec<_>>(), [seconds(9), seconds(9)]);
}

#[tokio::test]
async fn rejects_limits_of_zero() {
    let script = Script::new([]);
    let builder = || script.builder();
    let blocking = || script.blocking_builder();
    for (asynchronous, blocking, problem) in [
        (
            builder().timeout(Duration::ZERO).build().map(drop),
            blocking().timeout(Duration::ZERO).build().map(drop),
            "the timeout must not be zero",
        ),
        (
            builder().deadline(Duration::ZERO).build().map(drop),
            blocking().deadline(Duration::ZERO).build().map(drop),
            "the deadline must not be zero",
        ),
        (
            builder().max_body(0).build().map(drop),
            blocking().max_body(0).build().map(drop),
            "the maximum size of a body must not be zero",
        ),
    ] {
        assert_eq!(asynchronous.unwrap_err().to_string(), problem);
        assert_eq!(blocking.unwrap_err().to_string(), problem);
    }

    let (client, blocking) = (script.client(), script.blocking_client());
    let (sessions, blocking) = (client.application_sessions(), blocking.application_sessions());
    for (asynchronous, blocking, problem) in [
        (
            sessions.get("as_1").timeout(Duration::ZERO).await,
            blocking.get("as_1").timeout(Duration::ZERO).send(),
            "application_sessions.get failed: the timeout must not be zero",
        ),
        (
            sessions.get("as_1").deadline(Duration::ZERO).await,
            blocking.get("as_1").deadline(Duration::ZERO).send(),
            "application_sessions.get failed: the deadline must not be zero",
        ),
    ] {
        for error in [asynchronous.unwrap_err(), blocking.unwrap_err()] {
            assert_eq!(error.to_string(), problem);
            assert!(error.is_invalid_request() && error.attempts() == 0, "{error}");
        }
    }
    let error = Fake::new().blocking_client_builder().timeout(Duration::ZERO).build();
    assert_eq!(error.unwrap_err().to_string(), "the timeout must not be zero");
}

#[test]
fn maximum_deadline_never_expires() {
    let script = Script::new([json(&session("as_1"))]);
    let client = script.blocking_builder().build().unwrap();
    client
        .application_sessions()
        .get("as_1")
        .deadline(Duration::MAX)
        .send()
        .unwrap();
}

// ---- rate limit of the client

const TWO_IN_TEN: RateLimit = RateLimit::new(2, Duration::from_secs(10));

#[tokio::test]
async fn rate_limit_is_shared_by_clones() {
    let script = Script::new((0..5).map(|_| json(&session("as_1"))));
    let client = script.builder().rate_limit(TWO_IN_TEN).build().unwrap();
    for _ in 0..5 {
        client.clone().application_sessions().get("as_1").await.unwrap();
    }
    assert_eq!(script.waits(), [seconds(10), seconds(10)]);
}

#[test]
fn rate_limit_counts_retries_and_redirects() {
    let rejection = with_header(response(503, ""), "retry-after", "1");
    let redirect = with_header(response(302, ""), "location", "/elsewhere");
    let script = Script::new([rejection, redirect, json(&session("as_1"))]);
    let client = script.blocking_builder().rate_limit(TWO_IN_TEN).build().unwrap();
    client.application_sessions().get("as_1").send().unwrap();
    assert_eq!(script.waits(), [seconds(1), seconds(9)]);
}

#[test]
fn rate_limit_does_not_wait_past_the_deadline() {
    let script = Script::new((0..2).map(|_| json(&session("as_1"))));
    let client = script.blocking_builder().rate_limit(TWO_IN_TEN).build().unwrap();
    for _ in 0..2 {
        client.application_sessions().get("as_1").send().unwrap();
    }
    let error = client
        .application_sessions()
        .get("as_1")
        .deadline(seconds(10))
        .send()
        .unwrap_err();
    assert!(
        error.is_timeout() && error.is_retryable() && error.attempts() == 0,
        "{error}"
    );
    assert_eq!(error.retry_after(), Some(seconds(10)));
    assert_eq!(
        error.to_string(),
        "application_sessions.get failed: the rate limit of the client delays the request by 10 s, which exceeds the deadline"
    );
    assert!(script.waits().is_empty());
}

#[test]
fn returns_the_last_error_if_the_rate_limit_delays_a_retry_past_the_deadline() {
    let script = Script::new([with_header(response(503, ""), "retry-after", "1")]);
    let one_in_ten = RateLimit::new(1, Duration::from_secs(10));
    let client = script.blocking_builder().rate_limit(one_in_ten).build().unwrap();
    let call = client.application_sessions().get("as_1").deadline(seconds(8));
    let error = call.send().unwrap_err();
    assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (1, 503));
    assert_eq!(script.waits(), [seconds(1)]);
}

#[test]
fn rate_limit_of_the_api_is_opt_in() {
    for (limited, waits) in [(true, vec![seconds(60)]), (false, vec![])] {
        let script = Script::new((0..121).map(|_| json(&session("as_1"))));
        let builder = script.blocking_builder();
        let builder = if limited { builder.api_rate_limit() } else { builder };
        let client = builder.build().unwrap();
        for _ in 0..121 {
            client.application_sessions().get("as_1").send().unwrap();
        }
        assert_eq!(script.waits(), waits);
    }
}

// ---- waits without a runtime

/// A transport that only implements `send`.
struct SendOnly(std::sync::Arc<Script>);

impl Transport for SendOnly {
    fn send<'a>(
        &'a self,
        request: http::Request<generated_client::Body>,
        attempt: &'a generated_client::Attempt,
    ) -> generated_client::BoxFuture<'a, Result<http::Response<generated_client::Body>, generated_client::TransportError>>
    {
        Transport::send(&self.0, request, attempt)
    }
}

#[test]
fn default_sleep_of_a_transport_works_on_any_executor() {
    use std::future::IntoFuture;
    use std::pin::pin;
    use std::sync::Arc;
    use std::task::{Context, Poll, Wake, Waker};
    use std::thread::{self, Thread};

    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let script = Script::new([response(503, ""), json(&session("as_1"))]);
    let policy = RetryPolicy::default().initial_backoff(Duration::from_millis(5));
    let client = Client::builder(KEY)
        .transport(SendOnly(script))
        .retry(policy)
        .build()
        .unwrap();
    let mut call = pin!(client.application_sessions().get("as_1").into_future());
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    loop {
        if let Poll::Ready(session) = call.as_mut().poll(&mut Context::from_waker(&waker)) {
            assert_eq!(session.unwrap().id, "as_1");
            break;
        }
        thread::park();
    }
}

#[tokio::test]
async fn future_drops_the_response_once_it_is_decoded() {
    use std::future::IntoFuture;
    use std::pin::pin;
    use std::sync::Arc;

    struct Content(Arc<str>);

    impl AsRef<[u8]> for Content {
        fn as_ref(&self) -> &[u8] {
            self.0.as_bytes()
        }
    }

    let content: Arc<str> = session("as_1").to_string().into();
    let body = bytes::Bytes::from_owner(Content(Arc::clone(&content)));
    let client = Script::new([response(200, body)]).client();
    let mut call = pin!(client.application_sessions().get("as_1").into_future());
    assert_eq!(call.as_mut().await.unwrap().id, "as_1");
    assert_eq!(Arc::strong_count(&content), 1, "the future should not keep the body");
}

// ---- headers, query parameters and page tokens

#[test]
fn sends_user_agent_and_headers_of_the_client() {
    let script = Script::new([json(&session("as_1"))]);
    let builder = script.blocking_builder().user_agent("tool/1.0");
    let client = builder.header("X-Team", "blue").header("x-trace", "0").build().unwrap();
    client
        .application_sessions()
        .get("as_1")
        .header("x-trace", "1")
        .send()
        .unwrap();
    let headers = script.request().headers().clone();
    assert_eq!(headers.get_all("user-agent").iter().collect::<Vec<_>>(), ["tool/1.0"]);
    assert_eq!(headers["x-team"], "blue");
    assert_eq!(headers["x-trace"], "1", "the header of the call should win");
}

#[test]
fn builder_rejects_invalid_headers() {
    for (name, value) in [("x-a", "secret\r\nx-b: 1"), ("x a", "secret"), ("", "secret")] {
        let errors = [
            Client::builder(KEY).header(name, value).build().unwrap_err(),
            blocking::Client::builder(KEY).header(name, value).build().unwrap_err(),
        ];
        for error in errors {
            assert!(error.to_string().contains("invalid header "), "{error}");
            assert_hides(&error, "secret");
        }
    }
    assert!(Client::builder(KEY).user_agent("a\nb").build().is_err());
}

#[test]
fn builder_reports_every_invalid_setting() {
    let problems = "invalid base URL: the scheme must be http or https; the API key is empty; \
                    invalid header value for `x-a`";
    let client = Client::builder("").base_url("ftp://h").header("x-a", "\n").build();
    assert_eq!(client.unwrap_err().to_string(), problems);
    let client = blocking::Client::builder("").base_url("ftp://h").header("x-a", "\n");
    assert_eq!(client.build().unwrap_err().to_string(), problems);
}

#[test]
fn sends_query_parameters_of_a_call_once_with_each_page() {
    let script = Script::new([
        page(&["as_3"], Some("?before_id=as_3&limit=1")),
        page(&["as_2"], Some("?before_id=as_2&limit=1&newer=a%26b")),
        page(&["as_1"], None),
    ]);
    let client = script.blocking_client();
    let call = client
        .application_sessions()
        .list()
        .limit(1)
        .query("newer", "a&b")
        .query("n", 5);
    assert_eq!(call.items().count(), 3);
    assert_eq!(
        script.lines(),
        [
            "GET https://api.ngrok.com/app/sessions?limit=1&newer=a%26b&n=5",
            "GET https://api.ngrok.com/app/sessions?before_id=as_3&limit=1&newer=a%26b&n=5",
            "GET https://api.ngrok.com/app/sessions?before_id=as_2&limit=1&newer=a%26b&n=5",
        ]
    );
    let script = Script::new([response(204, "")]);
    let client = script.blocking_client();
    client
        .application_sessions()
        .delete("as_1")
        .query("force", true)
        .query("force", 1)
        .send()
        .unwrap();
    assert_eq!(
        script.lines(),
        ["DELETE https://api.ngrok.com/app/sessions/as_1?force=true&force=1"]
    );
}

#[tokio::test]
async fn resumes_a_list_from_a_page_token() {
    let next = "https://evil.test:81/gateway/app/sessions?before_id=as_2&limit=1";
    let script = Script::new([
        page(&["as_2"], Some(next)),
        page(&["as_1"], None),
        page(&["as_1"], None),
        page(&["as_1"], Some(next)),
    ]);
    let client = script.client();
    let first = client.application_sessions().list().limit(1).await.unwrap();
    let next = first.next.unwrap();
    let sessions = client.application_sessions();
    let stored: PageToken = next.to_string().parse().unwrap();
    assert_eq!(stored, next);
    let json = serde_json::to_value(&next).unwrap();
    assert_eq!(json, next.to_string());
    assert_eq!(serde_json::from_value::<PageToken>(json).unwrap(), next);
    let mut rest = sessions.list().resume(&stored).items();
    assert_eq!(rest.try_next().await.unwrap().unwrap().id, "as_1");
    assert!(rest.try_next().await.unwrap().is_none());
    assert_eq!(
        sessions.list().resume(&next).query("x", 1).await.unwrap().items.len(),
        1
    );
    let blocking = script.blocking_client();
    let pages = blocking.application_sessions().list().limit(9).resume(next).pages();
    let pages: Vec<_> = pages.map(|page| page.is_ok()).collect();
    assert_eq!(pages, [true, false], "a repeated page token should be an error");
    for invalid in [
        "",
        "rubbish",
        "https://api.ngrok.com/app/sessions",
        "/other?before_id=as_2",
    ] {
        let call = sessions.list().resume(invalid.parse::<PageToken>().unwrap());
        let error = call.await.unwrap_err().to_string();
        assert_eq!(error, "application_sessions.list failed: invalid page token");
    }
    let resumed = "GET https://api.ngrok.com/app/sessions?before_id=as_2&limit=1";
    assert_eq!(script.lines()[1..], [resumed, &format!("{resumed}&x=1"), resumed]);
}

#[tokio::test]
async fn next_page_under_another_path_is_an_error() {
    for next in ["/other?before_id=as_2", "https://api.ngrok.com/app/sessions"] {
        let script = Script::new([page(&["as_2"], Some(next)), page(&["as_2"], Some(next))]);
        let (client, blocking) = (script.client(), script.blocking_client());
        let mut items = client.application_sessions().list().items();
        assert_eq!(items.try_next().await.unwrap().unwrap().id, "as_2");
        let error = items.try_next().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "application_sessions.list failed: the token of the next page is not one of this list"
        );
        assert!(items.try_next().await.unwrap().is_none());
        let results: Vec<_> = blocking.application_sessions().list().items().collect();
        assert!(
            results.len() == 2 && results[0].is_ok() && results[1].is_err(),
            "{next}"
        );
        assert_eq!(script.lines().len(), 2);
    }
}

#[test]
fn clients_and_calls_implement_common_traits() {
    fn assert_client<T: Clone + Send + Sync + std::panic::UnwindSafe + std::panic::RefUnwindSafe + 'static>(_: &T) {}
    fn assert_call<T: Clone + Send>(_: &T) {}

    let script = Script::new([page(&["as_1"], None), page(&["as_1"], None)]);
    let (client, blocking) = (script.client(), script.blocking_client());
    assert_client(&client);
    assert_client(&blocking);
    let call = blocking.application_sessions().list().limit(1);
    assert_call(&call);
    assert_call(&client.application_sessions().list().with_response());
    assert_eq!(call.clone().send().unwrap(), call.send().unwrap());
}

#[test]
fn streams_and_iterators_are_fused_and_send() {
    fn assert_stream<T: Stream + futures_core::FusedStream + Send + Unpin + 'static>(_: &T) {}
    fn assert_iterator<T: std::iter::FusedIterator + Send + 'static>(_: &T) {}
    let script = Script::new([]);
    let (client, blocking) = (script.client(), script.blocking_client());
    assert_stream(&client.application_sessions().list().items());
    assert_stream(&client.application_sessions().list().pages());
    assert_iterator(&blocking.application_sessions().list().items());
    assert_iterator(&blocking.application_sessions().list().pages());
}
