//! Lists, maps, optional values and boxes.

use std::collections::BTreeMap;

use super::{Codec, JsonValue, List, Members, Object, ObjectView, Optional, Target, View};

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
    fn empty() -> Self {
        Self::new()
    }

    fn target(&mut self) -> Target<'_> {
        Target::List(self, Codec::Plain)
    }

    fn view(&self) -> View<'_> {
        View::List(self, Codec::Plain)
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
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
    fn empty() -> Self {
        Self::new()
    }

    fn target(&mut self) -> Target<'_> {
        Target::Object(self, Codec::Plain)
    }

    fn view(&self) -> View<'_> {
        View::Object(self, Codec::Plain)
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
    fn empty() -> Self {
        None
    }

    fn target(&mut self) -> Target<'_> {
        Target::Optional(self, Codec::Plain)
    }

    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Null, T::view)
    }

    fn is_empty(&self) -> bool {
        self.is_none()
    }
}

/// Represented as its content.
impl<T: JsonValue> JsonValue for Box<T> {
    fn empty() -> Self {
        Self::new(T::empty())
    }

    fn target(&mut self) -> Target<'_> {
        T::target(self)
    }

    fn view(&self) -> View<'_> {
        T::view(self)
    }

    fn is_empty(&self) -> bool {
        T::is_empty(self)
    }
}
