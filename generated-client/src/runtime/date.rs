//! Dates.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use jiff::civil;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A date without a time or time zone, from 0000-01-01 to 9999-12-31.
///
/// `FromStr` parses the format `2024-05-06`, and `Display` writes it. Converts to and from [`jiff::civil::Date`].
///
/// The default is 1970-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// The error for a string that is not a date in the format `2024-05-06`, or for a date that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError(&'static str);

const INVALID: DateError = DateError("not a date in the format YYYY-MM-DD");
const OUT_OF_RANGE: DateError = DateError("no date between 0000-01-01 and 9999-12-31");

impl Date {
    /// 0000-01-01.
    pub const MIN: Self = Self(civil::date(0, 1, 1));

    /// 9999-12-31.
    pub const MAX: Self = Self(civil::date(9999, 12, 31));

    /// Creates a date. Months and days start at 1.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such date, or if its year is not between 0 and 9999.
    pub fn new(year: i16, month: u8, day: u8) -> Result<Self, DateError> {
        let small = |number: u8| i8::try_from(number).map_err(|_| OUT_OF_RANGE);
        let date = civil::Date::new(year, small(month)?, small(day)?);
        date.map_err(|_| OUT_OF_RANGE)?.try_into()
    }

    /// Returns the year, from 0 to 9999.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Returns the month, from 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// Returns the day of the month, from 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }
}

impl Default for Date {
    fn default() -> Self {
        Self(civil::date(1970, 1, 1))
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let is_shaped = text.len() == 10
            && text.bytes().enumerate().all(|(index, byte)| match index {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !is_shaped {
            return Err(INVALID);
        }
        let number = |range: Range<usize>| text[range].parse::<u16>().map_err(|_| INVALID);
        let part = |range| u8::try_from(number(range)?).map_err(|_| INVALID);
        let year = i16::try_from(number(0..4)?).map_err(|_| INVALID)?;
        Self::new(year, part(5..7)?, part(8..10)?)
    }
}

/// Writes the date as `2024-05-06`.
impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl TryFrom<civil::Date> for Date {
    type Error = DateError;

    fn try_from(date: civil::Date) -> Result<Self, DateError> {
        if date.year() < 0 {
            return Err(OUT_OF_RANGE);
        }
        Ok(Self(date))
    }
}

impl From<Date> for civil::Date {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl std::error::Error for DateError {}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Text;

        impl de::Visitor<'_> for Text {
            type Value = Date;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a date in the format YYYY-MM-DD")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
                text.parse().map_err(E::custom)
            }
        }

        input.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_and_displays_dates() {
        for (text, parts) in [
            ("2024-02-29", (2024, 2, 29)),
            ("0000-01-01", (0, 1, 1)),
            ("9999-12-31", (9999, 12, 31)),
        ] {
            let date: Date = text.parse().expect("a date");
            assert_eq!((date.year(), date.month(), date.day()), parts);
            assert_eq!(Date::new(parts.0, parts.1, parts.2), Ok(date));
            assert_eq!(
                (date.to_string(), format!("{date:?}")),
                (text.to_owned(), text.to_owned())
            );
            assert_eq!(serde_json::from_value::<Date>(text.into()).ok(), Some(date));
            assert_eq!(serde_json::to_value(date).ok(), Some(text.into()));
        }
        assert!(Date::MIN < Date::default() && Date::default() < Date::MAX);
    }

    #[test]
    fn rejects_other_formats_and_dates_that_do_not_exist() {
        for text in [
            "",
            "2024-5-6",
            "20240506",
            "2024-05-06T00:00:00Z",
            "+024-05-06",
            "2024-05-0é",
        ] {
            assert_eq!(text.parse::<Date>(), Err(INVALID), "{text}");
        }
        for text in ["2023-02-29", "2024-00-01", "2024-13-01", "2024-01-00"] {
            assert_eq!(text.parse::<Date>(), Err(OUT_OF_RANGE), "{text}");
        }
        assert_eq!(Date::new(-1, 1, 1), Err(OUT_OF_RANGE));
        assert_eq!(Date::new(2024, 200, 1), Err(OUT_OF_RANGE));
        assert_eq!(Date::try_from(civil::Date::MIN), Err(OUT_OF_RANGE));
        assert_eq!(civil::Date::from(Date::MAX), civil::date(9999, 12, 31));
    }
}
