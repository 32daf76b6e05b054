//! The `Retry-After` header.

use std::time::Duration;

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName};

use crate::runtime::clock::{SystemTime, UNIX_EPOCH};

/// Returns the time to wait according to the `Retry-After` header, which contains seconds or a date.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::trim);
    let value = text(RETRY_AFTER)?;
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that overflows means to wait forever.
        return (!value.is_empty()).then(|| Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let until = since_epoch(value)?;
    // Relative to the `Date` of the response if it has one, because the clock of this machine may be wrong.
    let now = text(DATE).and_then(since_epoch).or_else(|| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        now.ok()
    });
    let now = now.unwrap_or_default();
    // A date has no fraction of a second: the API may mean a time up to a second later.
    let end = until.saturating_add(Duration::from_secs(1));
    Some(if until < now {
        Duration::ZERO
    } else {
        end.saturating_sub(now)
    })
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
        retry_after(&map)
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
}
