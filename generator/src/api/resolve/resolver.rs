//! The state of resolution: names, query sets and errors.

use std::collections::BTreeSet;

use super::names::Names;
use super::paging;
use crate::api::model::{Paging, Type};
use crate::syntax::{ApiFile, Diagnostic, Diagnostics, MissingFields, OrderedMap, Place, Query, Scalar, TypeExpr};

pub struct Resolver<'a> {
    pub names: Names<'a>,
    pub query_sets: &'a OrderedMap<Query>,
    pub used_sets: BTreeSet<String>,
    /// Query sets that include themselves.
    pub broken_sets: BTreeSet<String>,
    /// The paging of the API, unless it is absent or invalid.
    pub paging: Option<Paging>,
    /// `true` if the schema contains `paging`, even if it is invalid.
    pub declares_paging: bool,
    /// The location of the value in the responses of the API.
    pub response_key: Option<&'a str>,
    pub missing_fields: MissingFields,
    pub api: Place,
    pub errors: Diagnostics,
}

impl<'a> Resolver<'a> {
    pub fn new(source: usize, api: &'a ApiFile, names: Names<'a>, mut errors: Diagnostics) -> Self {
        let place = Place::file(source);
        Self {
            names,
            query_sets: &api.query_sets,
            used_sets: BTreeSet::new(),
            broken_sets: BTreeSet::new(),
            paging: api
                .paging
                .as_ref()
                .and_then(|written| paging::paging(&place.value("paging"), written, api.missing_fields, &mut errors)),
            declares_paging: api.paging.is_some(),
            response_key: api.response_key.as_deref(),
            missing_fields: api.missing_fields,
            api: place,
            errors,
        }
    }

    /// Resolves the type of a value. Returns `None` if a name in it is unknown.
    pub fn value_type(&mut self, place: &Place, expression: &TypeExpr) -> Option<Type> {
        let inner = |resolver: &mut Self, inner: &TypeExpr| resolver.value_type(place, inner).map(Box::new);
        match expression {
            TypeExpr::Scalar(scalar) => Some(Type::Scalar(*scalar)),
            TypeExpr::List(item) => inner(self, item).map(Type::List),
            TypeExpr::Map(item) => inner(self, item).map(Type::Map),
            TypeExpr::Optional(value) => inner(self, value).map(Type::Optional),
            TypeExpr::Named(name) => {
                let found = self.names.ty(name).map(|(id, _)| Type::Named(id));
                if found.is_none() {
                    self.report_unknown_type(place, name);
                }
                found
            }
            TypeExpr::Page(item) => {
                self.errors.push(
                    Diagnostic::new(place.word("page"), "`page<T>` is only allowed in `returns`")
                        .help("write `list<T>` for a list of values"),
                );
                self.value_type(place, item)
            }
        }
    }

    fn report_unknown_type(&mut self, place: &Place, name: &str) {
        let scalars = Scalar::ALL.map(|(name, _)| name);
        let known = self.names.types().chain(scalars);
        let error = Diagnostic::new(place.word(name), format!("unknown type `{name}`"))
            .label("no type with this name")
            .note(format!(
                "a type is one of `{}`, a number in a string such as `quoted<int64>`, or a name defined under `types`",
                scalars.join("`, `")
            ));
        match elsewhere(name) {
            Some(own) => self.errors.push(error.help(format!("write {own}"))),
            None => self.errors.push_with_suggestion(error, name, known),
        }
    }
}

/// Returns the type that another language or format calls by this name.
fn elsewhere(name: &str) -> Option<&'static str> {
    match name {
        "integer" | "int" | "long" | "i32" | "i64" => {
            Some("`int64`, or `int32`, `uint32` or `uint64` for a smaller range")
        }
        "number" | "float" | "double" | "decimal" | "f64" => Some("`float64`, or `int64` if the number is an integer"),
        "bool" => Some("`boolean`"),
        "str" | "text" | "String" | "uri" | "url" | "email" => Some("`string`"),
        "datetime" | "date_time" | "DateTime" | "time" | "Timestamp" => {
            Some("`timestamp`, or `epoch` or `epoch_ms` if it is a number of seconds or milliseconds")
        }
        "Date" | "day" | "civil_date" => Some("`date`"),
        "unix" | "unix_time" | "unixtime" | "unix_timestamp" | "epoch_s" | "epoch_seconds" | "seconds" => {
            Some("`epoch`")
        }
        "epoch_millis" | "epoch_milliseconds" | "unix_ms" | "milliseconds" | "millis" => Some("`epoch_ms`"),
        "UUID" | "Uuid" | "guid" | "GUID" => Some("`uuid`"),
        "bytes" | "byte" | "binary" | "blob" => Some("`base64` for bytes in a Base64 string"),
        "int64_string" | "string_int64" | "int_string" => Some("`quoted<int64>` for an integer in a string"),
        "null" | "none" | "None" | "void" => {
            Some("`nothing` for a response without a value, or `optional<T>` for a value that may be null")
        }
        "array" | "Vec" | "vector" | "set" => Some("`list<T>`, such as `list<string>`"),
        "object" | "dict" | "hash" | "struct" => {
            Some("`map<T>` for values under arbitrary keys, `json` for any value, or define a type under `types`")
        }
        "any" | "Value" => Some("`json`"),
        "enum" => Some("the name of a type with `values` or `integers`, defined under `types`"),
        _ => None,
    }
}
