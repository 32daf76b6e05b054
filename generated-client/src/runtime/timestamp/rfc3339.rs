//! The RFC 3339 format.
//!
//! Implemented here because a general date parser, with its time zones, calendars and detailed errors, makes every
//! program larger by 180 kB.

use std::fmt;

const DAY: i64 = 24 * 60 * 60;

/// Parses a timestamp into seconds since 1970-01-01T00:00:00Z, rounded down, and nanoseconds.
///
/// Accepts everything that RFC 3339 allows, such as `t`, `z`, a space instead of `T`, and any number of fractional
/// digits. Digits after the ninth are ignored. A leap second becomes the second before it. Also accepts offsets without
/// a colon or minutes, which RFC 3339 does not allow, but some servers send.
pub(super) fn parse(text: &str) -> Option<(i64, u32)> {
    let mut input = Input(text.as_bytes());
    let year = input.number(4)?;
    input.take(b"-")?;
    let month = input.number(2).filter(|month| (1..=12).contains(month))?;
    input.take(b"-")?;
    let day = input
        .number(2)
        .filter(|day| (1..=days_in_month(year, month)).contains(day))?;
    input.take(b"Tt ")?;
    let hour = input.number(2).filter(|hour| *hour < 24)?;
    input.take(b":")?;
    let minute = input.number(2).filter(|minute| *minute < 60)?;
    input.take(b":")?;
    let second = input.number(2).filter(|second| *second <= 60)?.min(59);
    let nanosecond = match input.take(b".") {
        Some(_) => input.fraction()?,
        None => 0,
    };
    let offset = input.offset()?;
    let local = days_since_epoch(year, month, day) * DAY + hour * 3600 + minute * 60 + second;
    input.0.is_empty().then_some((local - offset, nanosecond))
}

/// The rest of the input.
struct Input<'a>(&'a [u8]);

impl Input<'_> {
    /// Consumes one of these bytes.
    fn take(&mut self, expected: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        let found = expected.contains(first).then_some(*first)?;
        self.0 = rest;
        Some(found)
    }

    /// Consumes a number with this many digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        (0..digits).try_fold(0, |number, _| {
            let digit = self.take(b"0123456789")?;
            Some(number * 10 + i64::from(digit - b'0'))
        })
    }

    /// Consumes the fractional digits, at least one, and returns them as nanoseconds.
    fn fraction(&mut self) -> Option<u32> {
        let mut nanosecond = 0;
        let mut unit = 1_000_000_000;
        while let Some(digit) = self.take(b"0123456789") {
            unit /= 10;
            nanosecond += u32::from(digit - b'0') * unit;
        }
        (unit < 1_000_000_000).then_some(nanosecond)
    }

    /// Consumes an offset from UTC, and returns it in seconds.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.take(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = self.number(2).filter(|hours| *hours < 24)?;
        let has_colon = self.take(b":").is_some();
        let minutes = if self.0.is_empty() && !has_colon {
            0
        } else {
            self.number(2).filter(|minutes| *minutes < 60)?
        };
        Some(sign * (hours * 3600 + minutes * 60))
    }
}

/// Writes the date and time of these seconds since 1970-01-01T00:00:00, without an offset.
pub(super) fn write_date_time(second: i64, nanosecond: u32, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (year, month, day) = date_from_days(second.div_euclid(DAY));
    let time = second.rem_euclid(DAY);
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
    write!(
        formatter,
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
    )?;
    if nanosecond == 0 {
        return Ok(());
    }
    let (mut digits, mut fraction) = (9, nanosecond);
    while fraction % 10 == 0 {
        fraction /= 10;
        digits -= 1;
    }
    write!(formatter, ".{fraction:0digits$}")
}

/// Returns the number of days in a month of the Gregorian calendar.
fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

// Years start in March here, so that a leap day is the last day of a year. 400 years have 146,097 days, and there are
// 719,468 days from 0000-03-01 to 1970-01-01.

/// Returns the number of days from 1970-01-01 to a date.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let days = year * 365 + year / 4 - year / 100 + (153 * month + 2) / 5 + day - 1;
    era * 146_097 + days - 719_468
}

/// Returns the date this number of days after 1970-01-01, as year, month and day.
fn date_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, days) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (days - days / 1460 + days / 36_524 - days / 146_096) / 365;
    let days = days - (year * 365 + year / 4 - year / 100);
    let month = (5 * days + 2) / 153;
    let day = days - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the first and last days of months, every 97th day, and the bounds with another implementation.
    #[test]
    fn dates_agree_with_jiff() {
        let first = jiff::civil::date(0, 1, 1);
        for offset in (0..3_652_425_i64).filter(|day| day % 97 == 0 || day % 1461 < 62) {
            let date = first.checked_add(jiff::Span::new().days(offset)).expect("a date");
            let (year, month, day) = (date.year().into(), date.month().into(), date.day().into());
            let days = days_since_epoch(year, month, day);
            assert_eq!(days, offset + days_since_epoch(0, 1, 1), "{date}");
            assert_eq!(date_from_days(days), (year, month, day), "{date}");
            assert_eq!(days_in_month(year, month), i64::from(date.days_in_month()), "{date}");
        }
    }

    #[test]
    fn accepts_variants_that_servers_send() {
        let noon = parse("2024-02-29T12:00:00Z");
        assert!(noon.is_some());
        for text in [
            "2024-02-29t12:00:00z",
            "2024-02-29 12:00:00Z",
            "2024-02-29T12:00:00.0Z",
            "2024-02-29T12:00:00.0000000000000Z",
            "2024-02-29T12:00:00-00:00",
            "2024-02-29T14:30:00+02:30",
            "2024-02-29T14:30:00+0230",
            "2024-02-29T10:00:00-02",
        ] {
            assert_eq!(parse(text), noon, "{text}");
        }
        assert_eq!(parse("1970-01-01T00:00:00.1234567899Z"), Some((0, 123_456_789)));
    }

    #[test]
    fn rejects_invalid_timestamps() {
        for text in [
            "",
            "2024-02-29",
            "2024-02-29T12:00:00",
            "2023-02-29T12:00:00Z",
            "2024-04-31T12:00:00Z",
            "2024-00-01T12:00:00Z",
            "2024-13-01T12:00:00Z",
            "2024-01-00T12:00:00Z",
            "2024-01-01T24:00:00Z",
            "2024-01-01T12:60:00Z",
            "2024-01-01T12:00:61Z",
            "2024-01-01T12:00Z",
            "2024-01-01T12:00:00.Z",
            "2024-01-01T12:00:00,5Z",
            "2024-01-01T12:00:00+24:00",
            "2024-01-01T12:00:00+01:60",
            "2024-01-01T12:00:00+01:",
            "2024-01-01T12:00:00+1",
            "2024-01-01T12:00:00Z ",
            " 2024-01-01T12:00:00Z",
            "24-01-01T12:00:00Z",
            "+2024-01-01T12:00:00Z",
            "10000-01-01T12:00:00Z",
            "2024-1-1T12:00:00Z",
            "\u{0662}024-01-01T12:00:00Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
