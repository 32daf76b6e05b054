//! The headers that tell when to send the next request.

use std::time::Duration;

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName};

use crate::runtime::clock::{SystemTime, UNIX_EPOCH};

/// Returns the time to wait according to the `Retry-After` header, which contains seconds or a date.
pub(super) fn retry_after_header(headers: &HeaderMap) -> Option<Duration> {
    let value = text(headers, &RETRY_AFTER)?;
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that overflows means to wait forever.
        return (!value.is_empty()).then(|| Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let until = since_epoch(value)?;
    let now = now(headers);
    // A date has no fraction of a second: the API may mean a time up to a second later.
    let end = until.saturating_add(Duration::from_secs(1));
    Some(if until < now {
        Duration::ZERO
    } else {
        end.saturating_sub(now)
    })
}

/// Times before this one, in 2001, are numbers of seconds from now.
const EARLIEST_TIME: f64 = 1e9;

/// Times from this one, in the year 5138, are in milliseconds.
const EARLIEST_MILLISECONDS: f64 = 1e11;

/// Returns the time to wait according to a header that contains a number of seconds, or a time since the Unix epoch in seconds or
/// milliseconds.
pub(super) fn reset_header(headers: &HeaderMap, name: &'static str) -> Option<Duration> {
    let number: f64 = text(headers, &HeaderName::from_static(name))?.parse().ok()?;
    let until_or_wait = if number < EARLIEST_MILLISECONDS {
        Duration::try_from_secs_f64(number).ok()?
    } else {
        Duration::try_from_secs_f64(number / 1000.0).ok()?
    };
    Some(if number < EARLIEST_TIME {
        until_or_wait
    } else {
        until_or_wait.saturating_sub(now(headers))
    })
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// Returns the time since the Unix epoch, according to the `Date` of the response if it has one, because the clock of this machine
/// may be wrong.
fn now(headers: &HeaderMap) -> Duration {
    let date = text(headers, &DATE).and_then(since_epoch);
    date.unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default())
}

/// Parses an HTTP date into the time since the Unix epoch.
fn since_epoch(date: &str) -> Option<Duration> {
    let time = httpdate::parse_http_date(date).ok()?;
    time.duration_since(std::time::UNIX_EPOCH).ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn parse(headers: &[(HeaderName, &str)]) -> Option<Duration> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(name, HeaderValue::from_str(value).expect("a value"));
        }
        retry_after_header(&map)
    }

    #[test]
    fn parses_seconds_and_dates() {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        assert_eq!(parse(&[(RETRY_AFTER, " 7 ")]), Some(Duration::from_secs(7)));
        assert_eq!(
            parse(&[(RETRY_AFTER, &"9".repeat(30))]),
            Some(Duration::from_secs(u64::MAX))
        );
        for until in [
            "Sun, 06 Nov 1994 08:50:37 GMT",
            "Sunday, 06-Nov-94 08:50:37 GMT",
            "Sun Nov  6 08:50:37 1994",
        ] {
            assert_eq!(
                parse(&[(RETRY_AFTER, until), (DATE, date)]),
                Some(Duration::from_secs(61))
            );
        }
        assert_eq!(
            parse(&[(RETRY_AFTER, date), (DATE, date)]),
            Some(Duration::from_secs(1))
        );
        assert_eq!(
            parse(&[(RETRY_AFTER, date)]),
            Some(Duration::ZERO),
            "a past date should not cause a wait"
        );
        for invalid in ["", "soon", "-1", "1.5", "Sun, 06 Nov"] {
            assert_eq!(parse(&[(RETRY_AFTER, invalid)]), None, "{invalid}");
        }
    }

    #[test]
    fn tells_seconds_from_times() {
        let reset = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(DATE, HeaderValue::from_static("Sun, 06 Nov 2022 08:49:37 GMT"));
            headers.insert("x-reset", HeaderValue::from_str(value).expect("a value"));
            reset_header(&headers, "x-reset").map(|wait| wait.as_millis())
        };
        for (value, wait) in [
            ("30", Some(30_000)),
            ("0.5", Some(500)),
            ("1667724607", Some(30_000)),
            ("1667724607250", Some(30_250)),
            ("1667724500", Some(0)),
            ("-1", None),
            ("soon", None),
            ("nan", None),
            ("", None),
        ] {
            assert_eq!(reset(value), wait, "{value}");
        }
    }
}
