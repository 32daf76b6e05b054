//! When calls are sent again, how long they wait, and what a client or a call can say of it.

use std::time::Duration;

use futures_core::Stream;
use generated_client::models::{EndpointOAuth, EndpointOAuthProvider, IpPolicyRuleAction};
use generated_client::{Client, Error, PageToken, RateLimit, RetryPolicy, Transport, TransportErrorKind, blocking};

use crate::support::{
    KEY, Script, ScriptedResponse, assert_hides, failure, json, page, response, session, with_header,
};

// ---- which calls are sent again

/// A call of each method.
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
        other => panic!("no call of {other}"),
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
        other => panic!("no call of {other}"),
    }
}

fn oauth() -> EndpointOAuth {
    EndpointOAuth::new(EndpointOAuthProvider::default())
}

/// Asserts that a call that always fails so is attempted as often as the policy says, or once.
async fn assert_attempts(method: &str, again: bool, fail: impl Fn() -> ScriptedResponse) {
    let expected: u32 = if again { 5 } else { 1 };
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
        assert_eq!(error.is_retryable(), again, "{error}");
        assert_eq!(error.to_string().contains("after 5 attempts"), again, "{error}");
        assert_eq!(script.waits().len(), lines.len() - 1);
    }
}

#[tokio::test]
async fn each_status_is_retried_or_not_by_method() {
    let passing = [408, 429, 500, 502, 503, 504];
    let lasting = [
        304, 400, 401, 402, 403, 404, 405, 409, 410, 412, 413, 422, 425, 431, 501, 505, 511, 599,
    ];
    for method in METHODS {
        let idempotent = ["GET", "PUT", "DELETE"].contains(&method);
        for status in passing.into_iter().chain(lasting) {
            let again = status == 429 || (idempotent && passing.contains(&status));
            assert_attempts(method, again, || response(status, "")).await;
        }
    }
}

#[tokio::test]
async fn each_failure_to_get_an_answer_is_retried_or_not_by_method() {
    use TransportErrorKind::{Connect, Interrupted, Other, Timeout, TooLarge};

    for method in METHODS {
        let idempotent = ["GET", "PUT", "DELETE"].contains(&method);
        for kind in [Connect, Interrupted, Other, Timeout, TooLarge] {
            let again = match kind {
                Connect => true,
                Interrupted | Timeout => idempotent,
                _ => false,
            };
            assert_attempts(method, again, || failure(kind)).await;
        }
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_not_asked_for_again() {
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
async fn the_same_request_is_sent_until_it_is_answered() {
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
fn a_redirect_is_no_attempt() {
    let redirect = with_header(response(302, ""), "location", "/elsewhere");
    let script = Script::new([redirect, response(404, "")]);
    let client = script.blocking_builder().build().unwrap();
    let error = client.application_sessions().get("as_1").send().unwrap_err();
    assert!(error.is_not_found() && error.attempts() == 1, "{error}");
}

// ---- how often, and how long it waits

#[test]
fn waits_double_and_stay_within_their_bounds() {
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
fn the_default_policy_outlasts_the_rate_window_and_fails_soon_otherwise() {
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
fn a_policy_says_how_often() {
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

#[tokio::test]
async fn a_call_can_refuse_to_be_sent_again() {
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
        "each page refuses"
    );
    assert!(script.waits().is_empty());
}

#[test]
fn a_page_that_fails_is_asked_for_again() {
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
fn a_retry_after_is_obeyed_in_seconds_and_as_a_date() {
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
    assert_eq!(script.waits(), [seconds(7), seconds(90), seconds(0)]);
}

#[test]
fn a_retry_after_that_is_too_long_is_not_waited_for() {
    for (status, asked) in [
        (429, "301"),
        (503, "99999999999999999999"),
        (503, "Thu, 06 Nov 2994 08:49:37 GMT"),
    ] {
        let script = Script::new([with_header(response(status, ""), "retry-after", asked)]);
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
fn a_retry_after_that_says_nothing_is_ignored() {
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
async fn a_deadline_wins_over_a_long_retry_after() {
    let rejection = || with_header(response(429, ""), "retry-after", "60");
    for deadline in [10, 60] {
        let script = Script::new([rejection(), rejection()]);
        let client = script.builder().deadline(seconds(deadline)).build().unwrap();
        let error = client.application_sessions().get("as_1").await.unwrap_err();
        assert!(
            error.is_rate_limited(),
            "the last error, not one of the deadline: {error}"
        );
        assert_eq!((error.attempts(), error.retry_after()), (1, Some(seconds(60))));
        let client = script.blocking_builder().build().unwrap();
        let call = client.application_sessions().get("as_1").deadline(seconds(deadline));
        assert!(call.send().unwrap_err().is_rate_limited());
        assert!(script.waits().is_empty(), "it fails at once");
    }
}

#[test]
fn a_deadline_bounds_all_attempts_and_waits_together() {
    let rejection = || with_header(response(503, ""), "retry-after", "1");
    let script = Script::new([rejection(), rejection(), rejection()]).takes(seconds(8));
    let client = script.blocking_builder().deadline(seconds(20)).build().unwrap();
    let error = client.application_sessions().get("as_1").send().unwrap_err();
    assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (3, 503));
    let timeouts = script.attempts().into_iter().map(|attempt| attempt.timeout);
    assert_eq!(
        timeouts.collect::<Vec<_>>(),
        [seconds(20), seconds(11), seconds(2)],
        "what is left"
    );
}

#[test]
fn a_deadline_of_a_call_is_in_the_place_of_the_clients_and_starts_with_each_page() {
    let script = Script::new([page(&[], Some("?before_id=as_2")), page(&[], None)]).takes(seconds(8));
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

#[test]
fn a_deadline_of_no_time_sends_nothing_and_one_without_end_is_none() {
    let script = Script::new([json(&session("as_1"))]);
    let client = script.blocking_builder().build().unwrap();
    let error = client
        .application_sessions()
        .get("as_1")
        .deadline(Duration::ZERO)
        .send()
        .unwrap_err();
    assert!(script.lines().is_empty());
    assert!(error.is_timeout() && error.is_retryable() && error.attempts() == 0);
    assert_eq!(
        error.to_string(),
        "application_sessions.get failed: the call's deadline left no time to send it"
    );
    client
        .application_sessions()
        .get("as_1")
        .deadline(Duration::MAX)
        .send()
        .unwrap();
}

// ---- the client's own rate limit

const TWO_IN_TEN: RateLimit = RateLimit::new(2, Duration::from_secs(10));

#[tokio::test]
async fn a_rate_limit_paces_all_clones_and_fails_none() {
    let script = Script::new((0..5).map(|_| json(&session("as_1"))));
    let client = script.builder().rate_limit(TWO_IN_TEN).build().unwrap();
    for _ in 0..5 {
        client.clone().application_sessions().get("as_1").await.unwrap();
    }
    assert_eq!(script.waits(), [seconds(10), seconds(10)]);
}

#[test]
fn a_rate_limit_counts_every_request() {
    let rejection = with_header(response(503, ""), "retry-after", "1");
    let redirect = with_header(response(302, ""), "location", "/elsewhere");
    let script = Script::new([rejection, redirect, json(&session("as_1"))]);
    let client = script.blocking_builder().rate_limit(TWO_IN_TEN).build().unwrap();
    client.application_sessions().get("as_1").send().unwrap();
    assert_eq!(script.waits(), [seconds(1), seconds(9)]);
}

#[test]
fn a_rate_limit_does_not_wait_past_a_deadline() {
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
    assert!(error.is_timeout() && error.attempts() == 0, "{error}");
    assert!(script.waits().is_empty());
}

#[test]
fn an_attempt_that_the_rate_limit_makes_too_late_leaves_the_last_error() {
    let script = Script::new([with_header(response(503, ""), "retry-after", "1")]);
    let one_in_ten = RateLimit::new(1, Duration::from_secs(10));
    let client = script.blocking_builder().rate_limit(one_in_ten).build().unwrap();
    let call = client.application_sessions().get("as_1").deadline(seconds(8));
    let error = call.send().unwrap_err();
    assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (1, 503));
    assert_eq!(script.waits(), [seconds(1)]);
}

#[test]
fn the_default_rate_limit_is_what_the_api_allows_and_off_unless_asked_for() {
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

// ---- waiting without a runtime

/// A transport that brings nothing but responses.
struct Bare(std::sync::Arc<Script>);

impl Transport for Bare {
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
fn a_transport_without_a_timer_is_waited_for_on_any_runtime() {
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
        .transport(Bare(script))
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

// ---- what a client and a call send beside

#[test]
fn a_client_sends_its_agent_and_its_headers_with_everything() {
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
    assert_eq!(headers["x-trace"], "1", "the call's is nearer");
}

#[test]
fn a_header_that_no_client_can_send_is_an_error_of_the_builder() {
    for (name, value) in [("x-a", "secret\r\nx-b: 1"), ("x a", "secret"), ("", "secret")] {
        let errors = [
            Client::builder(KEY).header(name, value).build().unwrap_err(),
            blocking::Client::builder(KEY).header(name, value).build().unwrap_err(),
        ];
        for error in errors {
            assert!(error.to_string().contains("no header can carry"), "{error}");
            assert_hides(&error, "secret");
        }
    }
    assert!(Client::builder(KEY).user_agent("a\nb").build().is_err());
}

#[test]
fn names_every_invalid_setting_when_built() {
    let problems = "the base URL must begin with http:// or https://; the API key is empty; \
                    the value of the header `x-a` has characters that no header can carry";
    let client = Client::builder("").base_url("ftp://h").header("x-a", "\n").build();
    assert_eq!(client.unwrap_err().to_string(), problems);
    let client = blocking::Client::builder("").base_url("ftp://h").header("x-a", "\n");
    assert_eq!(client.build().unwrap_err().to_string(), problems);
}

#[test]
fn a_parameter_of_a_call_goes_out_with_each_page_and_once() {
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
async fn a_list_resumes_where_a_page_left_off() {
    let next = "https://evil.test:81/other?before_id=as_2&limit=1";
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
    assert_eq!(pages.count(), 1, "not in circles");
    for damaged in ["", "rubbish", "https://api.ngrok.com/app/sessions"] {
        let call = sessions.list().resume(damaged.parse::<PageToken>().unwrap());
        let error = call.await.unwrap_err().to_string();
        assert_eq!(
            error,
            "application_sessions.list failed: the page token is not one of this list"
        );
    }
    let resumed = "GET https://api.ngrok.com/app/sessions?before_id=as_2&limit=1";
    assert_eq!(script.lines()[1..], [resumed, &format!("{resumed}&x=1"), resumed]);
}

#[test]
fn clients_and_calls_have_the_traits_that_programs_need() {
    fn is_shared<T: Clone + Send + Sync + std::panic::UnwindSafe + std::panic::RefUnwindSafe + 'static>(_: &T) {}
    fn is_repeatable<T: Clone + Send>(_: &T) {}

    let script = Script::new([page(&["as_1"], None), page(&["as_1"], None)]);
    let (client, blocking) = (script.client(), script.blocking_client());
    is_shared(&client);
    is_shared(&blocking);
    let call = blocking.application_sessions().list().limit(1);
    is_repeatable(&call);
    is_repeatable(&client.application_sessions().list().with_response());
    assert_eq!(call.clone().send().unwrap(), call.send().unwrap());
}

#[test]
fn streams_and_iterators_are_fused_and_sent() {
    fn is_stream<T: Stream + futures_core::FusedStream + Send + Unpin + 'static>(_: &T) {}
    fn is_fused<T: std::iter::FusedIterator + Send + 'static>(_: &T) {}
    let script = Script::new([]);
    let (client, blocking) = (script.client(), script.blocking_client());
    is_stream(&client.application_sessions().list().items());
    is_stream(&client.application_sessions().list().pages());
    is_fused(&blocking.application_sessions().list().items());
    is_fused(&blocking.application_sessions().list().pages());
}
