//! Timestamps.

mod rfc3339;

use std::fmt;
use std::ops::Sub;
use std::str::FromStr;
use std::time::Duration;

use jiff::SignedDuration;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::runtime::clock::{SystemTime, UNIX_EPOCH};

/// The largest UTC offset in RFC 3339, 23:59, in seconds.
const MAX_OFFSET: i64 = 23 * 3600 + 59 * 60;

/// The seconds of 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
const YEARS: (i64, i64) = (-62_167_219_200, 253_402_300_799);

/// A point in time with nanosecond precision.
///
/// `FromStr` parses RFC 3339, and `Display` writes it. The range includes every time that RFC 3339 can represent, such
/// as `9999-12-31T23:59:59Z`. Converts to and from [`jiff::Timestamp`] and [`SystemTime`].
///
/// The default is 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    second: i64,
    /// From 0 to 999,999,999, added to the second even if that is negative.
    nanosecond: u32,
}

/// The error for a string that is not an RFC 3339 timestamp, or for a time that is out of range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimestampError(&'static str);

const INVALID: TimestampError = TimestampError("not an RFC 3339 timestamp");
const OUT_OF_RANGE: TimestampError = TimestampError("timestamp out of range for RFC 3339");

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const UNIX_EPOCH: Self = Self {
        second: 0,
        nanosecond: 0,
    };

    /// The earliest time: 0000-01-01T00:00:00+23:59.
    pub const MIN: Self = Self {
        second: YEARS.0 - MAX_OFFSET,
        nanosecond: 0,
    };

    /// The latest time: 9999-12-31T23:59:59.999999999-23:59.
    pub const MAX: Self = Self {
        second: YEARS.1 + MAX_OFFSET,
        nanosecond: 999_999_999,
    };

    /// Returns the current time.
    #[must_use]
    pub fn now() -> Self {
        Self::try_from(SystemTime::now()).unwrap_or(Self::MAX)
    }

    /// Creates a timestamp from seconds since 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    ///
    /// Returns an error if the time is before [`MIN`](Self::MIN) or after [`MAX`](Self::MAX).
    pub const fn from_second(second: i64) -> Result<Self, TimestampError> {
        if second < Self::MIN.second || second > Self::MAX.second {
            return Err(OUT_OF_RANGE);
        }
        Ok(Self { second, nanosecond: 0 })
    }

    /// Creates a timestamp from milliseconds since 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    ///
    /// Returns an error if the time is before [`MIN`](Self::MIN) or after [`MAX`](Self::MAX).
    pub fn from_millisecond(millisecond: i64) -> Result<Self, TimestampError> {
        let whole = Self::from_second(millisecond.div_euclid(1000))?;
        let millisecond = u32::try_from(millisecond.rem_euclid(1000)).map_err(|_| OUT_OF_RANGE)?;
        Ok(Self {
            nanosecond: millisecond * 1_000_000,
            ..whole
        })
    }

    /// Creates a timestamp from seconds since 1970-01-01T00:00:00Z, rounded to microseconds, which is the precision of these
    /// numbers.
    pub(crate) fn from_decimal_second(second: f64) -> Result<Self, TimestampError> {
        if !second.is_finite() {
            return Err(OUT_OF_RANGE);
        }
        #[expect(clippy::cast_possible_truncation, reason = "a number out of range saturates")]
        let (whole, microsecond) = (second.floor() as i64, ((second - second.floor()) * 1e6).round() as i64);
        let whole = Self::from_second(whole)?;
        let fraction = Duration::from_micros(microsecond.unsigned_abs());
        whole.checked_add(fraction).ok_or(OUT_OF_RANGE)
    }

    /// Returns the seconds since 1970-01-01T00:00:00Z, rounded down to microseconds, unless they are an integer.
    pub(crate) fn as_decimal_second(self) -> Option<f64> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a second of any timestamp has less than 52 bits"
        )]
        let whole = self.second as f64;
        let microsecond = f64::from(self.nanosecond / 1000);
        (microsecond > 0.0).then(|| whole + microsecond / 1e6)
    }

    /// Returns the seconds since 1970-01-01T00:00:00Z, rounded down.
    #[must_use]
    pub const fn as_second(self) -> i64 {
        self.second
    }

    /// Returns the milliseconds since 1970-01-01T00:00:00Z, rounded down.
    #[must_use]
    pub fn as_millisecond(self) -> i64 {
        self.second * 1000 + i64::from(self.nanosecond / 1_000_000)
    }

    /// Returns the nanoseconds since the last whole second, from 0 to 999,999,999.
    #[must_use]
    pub const fn subsec_nanosecond(self) -> u32 {
        self.nanosecond
    }

    /// Adds a duration. Returns `None` if the result is after [`MAX`](Self::MAX).
    #[must_use]
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        let duration = SignedDuration::try_from(duration).ok()?;
        Self::from_signed(self.signed().checked_add(duration)?).ok()
    }

    /// Subtracts a duration. Returns `None` if the result is before [`MIN`](Self::MIN).
    #[must_use]
    pub fn checked_sub(self, duration: Duration) -> Option<Self> {
        let duration = SignedDuration::try_from(duration).ok()?;
        Self::from_signed(self.signed().checked_sub(duration)?).ok()
    }

    /// Adds a duration. Returns [`MAX`](Self::MAX) if the result is out of range.
    #[must_use]
    pub fn saturating_add(self, duration: Duration) -> Self {
        self.checked_add(duration).unwrap_or(Self::MAX)
    }

    /// Returns the time since 1970-01-01T00:00:00Z.
    fn signed(self) -> SignedDuration {
        SignedDuration::from_secs(self.second) + SignedDuration::from_nanos(self.nanosecond.into())
    }

    fn from_signed(since_epoch: SignedDuration) -> Result<Self, TimestampError> {
        let second = since_epoch.as_secs();
        let (second, nanosecond) = match u32::try_from(since_epoch.subsec_nanos()) {
            Ok(nanosecond) => (second, nanosecond),
            // A negative fraction: round the second down, so that the nanosecond is positive.
            Err(_) => (second - 1, 1_000_000_000 - since_epoch.subsec_nanos().unsigned_abs()),
        };
        Self::from_second(second).map(|whole| Self { nanosecond, ..whole })
    }
}

/// Returns the time between two timestamps, which is negative if the second one is later.
impl Sub for Timestamp {
    type Output = SignedDuration;

    fn sub(self, earlier: Self) -> SignedDuration {
        self.signed() - earlier.signed()
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        rfc3339::parse(text)
            .map(|(second, nanosecond)| Self { second, nanosecond })
            .ok_or(INVALID)
    }
}

/// Writes the time in RFC 3339 format, in UTC, with as many fractional digits as needed.
///
/// If its year in UTC doesn't have four digits, the time is written with an offset of `+23:59` or `-23:59`.
impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (offset, name) = match self.second {
            second if second < YEARS.0 => (MAX_OFFSET, "+23:59"),
            second if second > YEARS.1 => (-MAX_OFFSET, "-23:59"),
            _ => (0, "Z"),
        };
        rfc3339::write_date_time(self.second + offset, self.nanosecond, formatter)?;
        formatter.write_str(name)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl TryFrom<jiff::Timestamp> for Timestamp {
    type Error = TimestampError;

    fn try_from(time: jiff::Timestamp) -> Result<Self, TimestampError> {
        Self::from_signed(time.as_duration())
    }
}

impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = jiff::Error;

    fn try_from(time: Timestamp) -> Result<Self, jiff::Error> {
        // The nanosecond is less than 1,000,000,000, which fits.
        Self::new(time.second, i32::try_from(time.nanosecond).unwrap_or_default())
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = TimestampError;

    fn try_from(time: SystemTime) -> Result<Self, TimestampError> {
        let since = match time.duration_since(UNIX_EPOCH) {
            Ok(since) => SignedDuration::try_from(since),
            Err(error) => SignedDuration::try_from(error.duration()).map(|before| -before),
        };
        Self::from_signed(since.map_err(|_| OUT_OF_RANGE)?)
    }
}

impl From<Timestamp> for SystemTime {
    fn from(time: Timestamp) -> Self {
        let since = time.signed();
        if since.is_negative() {
            UNIX_EPOCH - since.unsigned_abs()
        } else {
            UNIX_EPOCH + since.unsigned_abs()
        }
    }
}

impl fmt::Display for TimestampError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl std::error::Error for TimestampError {}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Text;

        impl de::Visitor<'_> for Text {
            type Value = Timestamp;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an RFC 3339 timestamp")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
                text.parse().map_err(E::custom)
            }
        }

        input.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Timestamp {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn parses_and_displays_every_rfc_3339_time() {
        for (text, shown) in [
            ("2024-05-06T07:08:09Z", "2024-05-06T07:08:09Z"),
            ("2024-05-06T07:08:09.120+02:00", "2024-05-06T05:08:09.12Z"),
            ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z"),
            ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
            ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
            ("9999-12-31T23:59:59.5-23:59", "9999-12-31T23:59:59.5-23:59"),
            ("9999-12-31T23:00:00-02:00", "9999-12-31T01:01:00-23:59"),
            ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
            ("0000-01-01T00:00:00+23:59", "0000-01-01T00:00:00+23:59"),
            ("0000-01-01T00:00:00.25+01:00", "0000-01-01T22:59:00.25+23:59"),
            ("1990-12-31T23:59:60Z", "1990-12-31T23:59:59Z"),
        ] {
            let time = parsed(text);
            assert_eq!(time.to_string(), shown, "{text}");
            assert_eq!(parsed(shown), time, "{text}");
        }
        for text in [
            "",
            "yesterday",
            "2024-05-06",
            "2024-05-06T07:08:09",
            "10000-01-01T00:00:00Z",
            "-000001-01-01T00:00:00Z",
        ] {
            assert_eq!(text.parse::<Timestamp>(), Err(INVALID), "{text}");
        }
    }

    #[test]
    fn supports_the_whole_range_of_rfc_3339() {
        assert_eq!(Timestamp::MIN, parsed("0000-01-01T00:00:00+23:59"));
        assert_eq!(Timestamp::MAX, parsed("9999-12-31T23:59:59.999999999-23:59"));
        for (second, ok) in [
            (Timestamp::MAX.second, true),
            (Timestamp::MAX.second + 1, false),
            (Timestamp::MIN.second, true),
            (Timestamp::MIN.second - 1, false),
        ] {
            assert_eq!(Timestamp::from_second(second).is_ok(), ok, "{second}");
        }
        assert!(Timestamp::from_millisecond(i64::MAX).is_err());
    }

    #[test]
    fn compares_adds_and_subtracts() {
        let times = [
            "0000-01-01T00:00:00+23:59",
            "1969-12-31T23:59:59.5Z",
            "1970-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
        ];
        let times = times.map(parsed);
        assert!(times.is_sorted());
        assert_eq!(
            times[1].saturating_add(Duration::from_millis(500)),
            Timestamp::UNIX_EPOCH
        );
        assert_eq!(times[3].saturating_add(Duration::MAX), Timestamp::MAX);
        assert_eq!(
            times[1].checked_add(Duration::from_millis(500)),
            Some(Timestamp::UNIX_EPOCH)
        );
        assert_eq!(times[2].checked_sub(Duration::from_millis(500)), Some(times[1]));
        assert_eq!(times[0].checked_sub(Duration::from_nanos(1)), None);
        assert_eq!(times[1] - times[2], SignedDuration::from_millis(-500));
    }

    #[test]
    fn converts_from_and_to_other_types() {
        for text in ["1969-12-31T23:59:59.5Z", "2024-05-06T07:08:09.123456789Z"] {
            let time = parsed(text);
            let jiff: jiff::Timestamp = time.try_into().expect("a time in the range of jiff");
            assert_eq!(jiff.to_string(), text);
            assert_eq!(Timestamp::try_from(jiff), Ok(time));
            assert_eq!(Timestamp::try_from(SystemTime::from(time)), Ok(time));
            let json = serde_json::to_string(&time).expect("JSON");
            assert_eq!(serde_json::from_str::<Timestamp>(&json).ok(), Some(time));
        }
        assert!(jiff::Timestamp::try_from(Timestamp::MAX).is_err());
        assert_eq!(Timestamp::try_from(jiff::Timestamp::MIN), Err(OUT_OF_RANGE));
        assert_eq!(parsed("1969-12-31T23:59:59.5Z").as_millisecond(), -500);
        assert_eq!(Timestamp::from_millisecond(-500), Ok(parsed("1969-12-31T23:59:59.5Z")));
    }
}
