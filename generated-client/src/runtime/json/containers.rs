//! Lists, maps, optional values and boxes.

use std::collections::BTreeMap;

use super::{Codec, Direct, Form, JsonValue, List, Members, Object, ObjectForm, ObjectView, Optional, Target, View};

impl<T: JsonValue> List for Vec<T> {
    fn clear(&mut self) {
        self.clear();
    }

    fn grow(&mut self) -> Target<'_> {
        let end = self.len();
        self.push(T::empty());
        self[end].target()
    }

    fn item(&self, index: usize) -> Option<View<'_>> {
        self.get(index).map(T::view)
    }

    fn length(&self) -> usize {
        self.len()
    }
}

impl<T: JsonValue> JsonValue for Vec<T> {
    type Form = Direct;

    fn empty() -> Self {
        Self::new()
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl<T: JsonValue> Form<Vec<T>> for Direct {
    fn target(value: &mut Vec<T>) -> Target<'_> {
        Target::List(value, Codec::Plain)
    }

    fn view(value: &Vec<T>) -> View<'_> {
        View::List(value, Codec::Plain)
    }
}

impl<T: JsonValue> ObjectView for BTreeMap<String, T> {
    fn members(&self, members: &mut Members<'_>) {
        for (key, value) in self {
            members.add(key, value.view());
        }
    }
}

impl<T: JsonValue> Object for BTreeMap<String, T> {
    fn field(&mut self, name: &str) -> Option<Target<'_>> {
        Some(self.entry(name.to_owned()).or_insert_with(T::empty).target())
    }
}

impl<T: JsonValue> JsonValue for BTreeMap<String, T> {
    type Form = ObjectForm;

    fn empty() -> Self {
        Self::new()
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl<T: JsonValue> Optional for Option<T> {
    fn clear(&mut self) {
        *self = None;
    }

    fn fill(&mut self) -> Target<'_> {
        self.insert(T::empty()).target()
    }
}

/// Sent if it is `Some`, even if the value is empty.
impl<T: JsonValue> JsonValue for Option<T> {
    type Form = Direct;

    fn empty() -> Self {
        None
    }

    fn is_empty(&self) -> bool {
        self.is_none()
    }
}

impl<T: JsonValue> Form<Option<T>> for Direct {
    fn target(value: &mut Option<T>) -> Target<'_> {
        Target::Optional(value, Codec::Plain)
    }

    fn view(value: &Option<T>) -> View<'_> {
        value.as_ref().map_or(View::Null, T::view)
    }
}

/// Represented as its content.
impl<T: JsonValue> JsonValue for Box<T> {
    type Form = Direct;

    fn empty() -> Self {
        Self::new(T::empty())
    }

    fn is_empty(&self) -> bool {
        T::is_empty(self)
    }
}

impl<T: JsonValue> Form<Box<T>> for Direct {
    fn target(value: &mut Box<T>) -> Target<'_> {
        T::target(value)
    }

    fn view(value: &Box<T>) -> View<'_> {
        T::view(value)
    }
}
