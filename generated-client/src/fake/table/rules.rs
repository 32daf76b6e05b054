//! The paging and error conventions of an API.

use serde_json::{Map, Value};

use super::field::{Fields, ValueType};
use crate::runtime::Timestamp;

/// The conventions for paging and errors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    pub(crate) size: PageSize,
    /// The query parameter for the ID of the object that a page starts after, if the API links to the next page by URI.
    pub(crate) before: Option<&'static str>,
    /// `true` if lists start with the newest object.
    pub(crate) newest_first: bool,
    /// The filters of lists.
    pub(crate) filter: Option<FilterRule>,
    /// The field of objects and pages with their own URI.
    pub(crate) uri: Option<&'static str>,
    /// The JSON pointer to the status in the body of an error.
    pub(crate) status: Option<&'static str>,
    /// The error codes, by HTTP status.
    pub(crate) codes: &'static [(u16, &'static str)],
    /// The field with the time of the last change of an object.
    pub(crate) updated: &'static str,
    /// `true` if an empty string, list or map counts as missing. Responses omit the string, and contain null for the others.
    pub(crate) empty_is_missing: bool,
    /// The status of the response to an invalid request.
    pub(crate) invalid: u16,
    /// The prefix of request IDs.
    pub(crate) request_id: Option<&'static str>,
}

impl Rules {
    /// Returns the response value of a list.
    pub(crate) fn list(&self, items: Vec<Value>) -> Value {
        if self.empty_is_missing && items.is_empty() {
            Value::Null
        } else {
            Value::Array(items)
        }
    }

    /// Returns the response value of a map.
    pub(crate) fn map(&self, entries: Map<String, Value>) -> Value {
        if self.empty_is_missing && entries.is_empty() {
            Value::Null
        } else {
            Value::Object(entries)
        }
    }

    /// Returns the response value of an unset field, or `None` if the response omits it.
    pub(crate) fn empty(&self, ty: ValueType) -> Option<Value> {
        match ty {
            ValueType::Text => (!self.empty_is_missing).then(|| "".into()),
            ValueType::Timestamp
            | ValueType::Date
            | ValueType::Uuid
            | ValueType::Epoch
            | ValueType::EpochMs
            | ValueType::Object(_)
            | ValueType::Union(_)
            | ValueType::Tagged(..)
            | ValueType::AnyOf(_) => None,
            ValueType::Base64 => (!self.empty_is_missing).then(|| "".into()),
            ValueType::Quoted(value) => self.empty(*value).map(|value| value.to_string().into()),
            ValueType::Boolean => Some(false.into()),
            ValueType::Int32 | ValueType::Int64 | ValueType::Uint32 | ValueType::Uint64 | ValueType::Float64 => {
                Some(0.into())
            }
            ValueType::Json | ValueType::Optional(_) => Some(Value::Null),
            ValueType::List(_) => Some(self.list(Vec::new())),
            ValueType::Map(_) => Some(self.map(Map::new())),
        }
    }
}

/// The filters of lists in an API.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FilterRule {
    /// The query parameter for a filter expression.
    pub(crate) parameter: &'static str,
    pub(crate) parse: ParseFilter,
}

/// Parses a filter expression for objects with these fields, or returns the problem.
pub(crate) type ParseFilter = fn(Fields, &str, Timestamp) -> Result<Box<dyn Condition>, String>;

/// A condition on the objects of a list.
pub(crate) trait Condition {
    /// Returns `true` if the condition reads the children of objects.
    fn asks_for_children(&self) -> bool;

    /// Returns `true` if an object satisfies the condition.
    fn takes(&self, object: &Map<String, Value>) -> bool;
}

/// The size of pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageSize {
    /// The query parameter for the maximum number of items in a page.
    pub(crate) query: Option<&'static str>,
    /// The highest value of the parameter, and its default.
    pub(crate) max: Option<u32>,
}
