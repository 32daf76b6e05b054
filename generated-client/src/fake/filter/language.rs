//! The language of filters: its variables, operators, functions and limits.

use std::collections::HashMap;
use std::sync::Arc;

use cel::common::ast::operators;
use cel::extractors::This;
use cel::{Context, ExecutionError, Value as Cel};
use chrono::{DateTime, FixedOffset, TimeDelta};

use super::values::time;
use crate::runtime::Timestamp;

/// The variable for the object.
pub(super) const OBJECT: &str = "obj";

/// The variable whose field `now` is the current time.
pub(super) const TIME: &str = "time";

/// The maximum length of a filter, in bytes. It limits the recursion of the parser and the evaluator.
pub(super) const MAX_LENGTH: usize = 4096;

/// The maximum depth of nested operators and lists.
pub(super) const MAX_DEPTH: usize = 32;

/// The operators that combine conditions.
pub(super) const LOGICAL: [&str; 3] = [operators::LOGICAL_AND, operators::LOGICAL_OR, operators::LOGICAL_NOT];

/// The operators whose operands must have the same type.
pub(super) const COMPARISONS: [&str; 6] = [
    operators::EQUALS,
    operators::NOT_EQUALS,
    operators::LESS,
    operators::LESS_EQUALS,
    operators::GREATER,
    operators::GREATER_EQUALS,
];

/// The function that parses a timestamp.
pub(super) const TIMESTAMP: &str = "timestamp";

/// The method that subtracts a duration from a timestamp.
pub(super) const SUBTRACT: &str = "subtract";

/// The function that counts the elements of a list or the characters of a string.
pub(super) const SIZE: &str = "size";

/// The supported operators and functions, each with its number of arguments including the target.
pub(super) const FUNCTIONS: &[(&str, usize)] = &[
    (operators::LOGICAL_AND, 2),
    (operators::LOGICAL_OR, 2),
    (operators::LOGICAL_NOT, 1),
    (operators::EQUALS, 2),
    (operators::NOT_EQUALS, 2),
    (operators::LESS, 2),
    (operators::LESS_EQUALS, 2),
    (operators::GREATER, 2),
    (operators::GREATER_EQUALS, 2),
    (operators::IN, 2),
    (SIZE, 1),
    (TIMESTAMP, 1),
    (SUBTRACT, 2),
];

/// Returns the variables and functions that conditions can use, except for the object.
pub(super) fn context(now: Timestamp) -> Result<Context<'static, 'static>, String> {
    let mut context = Context::default();
    context.add_variable_from_value(TIME, HashMap::from([("now".to_owned(), time(now))]));
    let added = context.add_function(SUBTRACT, subtract);
    added.map_err(|error| error.to_string())?;
    Ok(context)
}

#[expect(clippy::needless_pass_by_value, reason = "CEL passes arguments by value")]
fn subtract(This(time): This<DateTime<FixedOffset>>, length: Arc<String>) -> Result<Cel, ExecutionError> {
    let earlier = parse_duration(&length).and_then(|length| time.checked_sub_signed(length));
    let error =
        || ExecutionError::function_error(SUBTRACT, format!("expected a duration such as `7d`, found `{length}`"));
    earlier.map(Cel::Timestamp).ok_or_else(error)
}

/// Parses a duration such as `7d` or `1h30m`.
fn parse_duration(text: &str) -> Option<TimeDelta> {
    let mut total = TimeDelta::zero();
    let mut rest = text;
    while !rest.is_empty() {
        let unit = rest.find(|c: char| !c.is_ascii_digit())?;
        let count: i64 = rest[..unit].parse().ok()?;
        let seconds = match rest.as_bytes()[unit] {
            b'd' => 86_400,
            b'h' => 3_600,
            b'm' => 60,
            b's' => 1,
            _ => return None,
        };
        let part = TimeDelta::try_seconds(count.checked_mul(seconds)?)?;
        total = total.checked_add(&part)?;
        rest = &rest[unit + 1..];
    }
    (!text.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_durations_with_units() {
        assert_eq!(parse_duration("7d"), TimeDelta::try_days(7));
        assert_eq!(parse_duration("1h30m"), TimeDelta::try_minutes(90));
        for text in ["", "7", "d", "7w", "-1d", "9223372036854775807d"] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }
}
