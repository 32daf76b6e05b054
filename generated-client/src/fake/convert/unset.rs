//! The values of types without an empty value.

use serde_json::Value;

use crate::fake::table::ValueType;
use crate::runtime::Timestamp;

/// Returns a time as a value of a type, or `None` for types that do not represent times.
pub(crate) fn time(ty: ValueType, time: Timestamp) -> Option<Value> {
    match ty.inner() {
        ValueType::Timestamp => Some(time.to_string().into()),
        ValueType::Date => time.to_string().get(..10).map(Value::from),
        ValueType::Epoch => Some(time.as_second().into()),
        ValueType::EpochMs => Some(time.as_millisecond().into()),
        _ => None,
    }
}

const NIL_UUID: &str = "00000000-0000-0000-0000-000000000000";

/// Returns the value that a field without an empty value has in a model if it is not set.
pub(crate) fn unset(ty: ValueType) -> Option<Value> {
    match ty {
        ValueType::Uuid => Some(NIL_UUID.into()),
        ValueType::Optional(_) => None,
        other => time(other, Timestamp::UNIX_EPOCH),
    }
}
