//! The members of an object while it is encoded.

use super::value::FieldView;
use super::{Codec, Form, JsonValue, Members, ObjectView, View};

impl<'a> Members<'a> {
    /// Calls a function with each member.
    pub(crate) fn new(add: &'a mut dyn FnMut(&str, View<'_>)) -> Self {
        Self { add, keys: &[] }
    }

    /// Adds a member.
    pub fn add(&mut self, key: &str, value: View<'_>) {
        (self.add)(key, value);
    }

    /// Adds the fields of an object with these keys and values.
    ///
    /// `marked` contains the fields that are always encoded or required, with `true` if they are required. A required
    /// field is only omitted if it is an integer enum or an untagged union without a value. A field that is not marked is
    /// omitted if it is empty.
    pub fn add_fields(
        &mut self,
        keys: &'static [&'static str],
        values: &[&dyn FieldView],
        marked: &[(&'static str, bool)],
        codecs: &[(&'static str, Codec)],
    ) -> &mut Self {
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

    /// Adds the entries of a map, except those with the key of a field.
    pub fn add_rest(&mut self, rest: &dyn ObjectView, codec: Codec) {
        let keys = self.keys;
        rest.members(&mut Members::new(&mut |key, value| {
            if !keys.contains(&key) {
                self.add(key, value.coded(codec));
            }
        }));
    }
}

/// Returns the value that is paired with a key.
fn find<T: Copy>(pairs: &[(&'static str, T)], key: &str) -> Option<T> {
    pairs.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
}

impl<T: JsonValue> FieldView for T {
    fn view_of_field(&self, even_if_empty: bool) -> Option<View<'_>> {
        if even_if_empty || !self.is_empty() {
            Some(T::Form::view(self))
        } else {
            None
        }
    }
}
