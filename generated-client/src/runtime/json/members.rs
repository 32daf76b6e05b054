//! The members of an object while it is encoded, printed or compared.

use std::any::Any;
use std::fmt;

use super::value::{FieldView, Fields, Visitor};
use super::{Codec, Form, JsonValue, Members, ObjectView, View};

impl<'a> Members<'a> {
    /// Calls a function with each member.
    pub(crate) fn new(add: &'a mut dyn FnMut(&str, View<'_>)) -> Self {
        Self {
            visitor: Visitor::Members(add),
            keys: &[],
        }
    }

    /// Calls a function with the fields, then with the one that contains the other members.
    #[allow(dead_code, reason = "unused in an API without objects")]
    fn fields(visit: &'a mut dyn FnMut(Fields<'_>)) -> Self {
        Self {
            visitor: Visitor::Fields(visit),
            keys: &[],
        }
    }

    /// Adds a member.
    pub fn add(&mut self, key: &str, value: View<'_>) {
        match &mut self.visitor {
            Visitor::Members(add) => add(key, value),
            // Only the fields of a struct are visited, and this member is not one of them.
            Visitor::Fields(_) => {}
        }
    }

    /// Adds the fields of an object with these keys, names in Rust and values.
    ///
    /// `marked` contains the fields that are always encoded or required, with `true` if they are required. A required
    /// field is only omitted if it is an integer enum or an untagged union without a value. A field that is not marked is
    /// omitted if it is empty.
    pub fn add_fields(
        &mut self,
        keys: &'static [&'static str],
        names: &[&str],
        values: &[&dyn FieldView],
        marked: &[(&'static str, bool)],
        codecs: &[(&'static str, Codec)],
    ) -> &mut Self {
        if let Visitor::Fields(visit) = &mut self.visitor {
            visit(Fields { names, values });
            return self;
        }
        self.keys = keys;
        for (key, value) in keys.iter().zip(values) {
            let is_required = find(marked, key);
            let view = value.view_of_field(is_required.is_some());
            let Some(view) = view.filter(|view| is_required != Some(true) || !matches!(view, View::Null)) else {
                continue;
            };
            self.add(key, view.coded(find(codecs, key).unwrap_or_default()));
        }
        self
    }

    /// Adds the entries of a map in a field with this name, except those with the key of another field.
    pub fn add_rest(&mut self, name: &str, rest: &dyn FieldView, codec: Codec) {
        if let Visitor::Fields(visit) = &mut self.visitor {
            return visit(Fields {
                names: &[name],
                values: &[rest],
            });
        }
        let keys = self.keys;
        if let Some(View::Object(rest, _)) = rest.view_of_field(true) {
            rest.members(&mut Members::new(&mut |key, value| {
                if !keys.contains(&key) {
                    self.add(key, value.coded(codec));
                }
            }));
        }
    }
}

/// Prints the fields of an object, as a derived implementation of `Debug` does.
///
/// # Errors
///
/// Returns an error if the formatter does.
#[allow(dead_code, reason = "unused in an API without objects")]
pub fn debug_fields(object: &dyn ObjectView, name: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut output = formatter.debug_struct(name);
    object.members(&mut Members::fields(&mut |fields| {
        for (name, value) in fields.names.iter().zip(fields.values) {
            output.field(name.strip_prefix("r#").unwrap_or(name), value);
        }
    }));
    output.finish()
}

/// Returns `true` if the fields of two objects of the same type are equal.
#[allow(dead_code, reason = "unused in an API without objects")]
pub fn equal_fields(object: &dyn ObjectView, other: &dyn ObjectView) -> bool {
    let mut are_equal = true;
    object.members(&mut Members::fields(&mut |fields| {
        other.members(&mut Members::fields(&mut |others| {
            let mut pairs = fields.values.iter().zip(others.values);
            are_equal &= fields.names != others.names || pairs.all(|(value, other)| value.equals(*other));
        }));
    }));
    are_equal
}

/// Returns the value that is paired with a key.
fn find<T: Copy>(pairs: &[(&'static str, T)], key: &str) -> Option<T> {
    pairs.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
}

impl<T: JsonValue + fmt::Debug + PartialEq + 'static> FieldView for T {
    fn view_of_field(&self, even_if_empty: bool) -> Option<View<'_>> {
        if even_if_empty || !self.is_empty() {
            Some(T::Form::view(self))
        } else {
            None
        }
    }

    fn equals(&self, other: &dyn FieldView) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref() == Some(self)
    }
}
