//! Lists, maps, optional values and boxes.

use std::collections::BTreeMap;

use super::{Codec, Direct, Form, JsonValue, List, Members, Object, ObjectForm, ObjectView, Optional, Target, View};

// Generic functions are marked `#[inline]` here, and where responses are decoded, so that the compiler places them in the codegen
// units that use them. In units of their own, each would need another copy of the code that drops a `T`.

impl<T: JsonValue> List for Vec<T> {
    #[inline]
    fn clear(&mut self) {
        // Unlike `Vec::clear`, this reuses the code that drops a list.
        *self = Self::new();
    }

    #[inline]
    fn grow(&mut self) -> Target<'_> {
        let end = self.len();
        self.push(T::empty());
        T::Form::target(&mut self[end])
    }

    #[inline]
    fn item(&self, index: usize) -> Option<View<'_>> {
        self.get(index).map(T::Form::view)
    }

    #[inline]
    fn length(&self) -> usize {
        self.len()
    }
}

impl<T: JsonValue> JsonValue for Vec<T> {
    type Form = Direct;

    #[inline]
    fn empty() -> Self {
        Self::new()
    }

    #[inline]
    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl<T: JsonValue> Form<Vec<T>> for Direct {
    #[inline]
    fn target(value: &mut Vec<T>) -> Target<'_> {
        Target::List(value, Codec::Plain)
    }

    #[inline]
    fn view(value: &Vec<T>) -> View<'_> {
        View::List(value, Codec::Plain)
    }
}

impl<T: JsonValue> ObjectView for BTreeMap<String, T> {
    #[inline]
    fn members(&self, members: &mut Members<'_>) {
        for (key, value) in self {
            members.add(key, T::Form::view(value));
        }
    }
}

impl<T: JsonValue> Object for BTreeMap<String, T> {
    #[inline]
    fn field(&mut self, name: &str) -> Option<Target<'_>> {
        Some(T::Form::target(self.entry(name.to_owned()).or_insert_with(T::empty)))
    }
}

impl<T: JsonValue> JsonValue for BTreeMap<String, T> {
    type Form = ObjectForm;

    #[inline]
    fn empty() -> Self {
        Self::new()
    }

    #[inline]
    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl<T: JsonValue> Optional for Option<T> {
    #[inline]
    fn clear(&mut self) {
        *self = None;
    }

    #[inline]
    fn fill(&mut self) -> Target<'_> {
        T::Form::target(self.insert(T::empty()))
    }
}

/// Sent if it is `Some`, even if the value is empty.
impl<T: JsonValue> JsonValue for Option<T> {
    type Form = Direct;

    #[inline]
    fn empty() -> Self {
        None
    }

    #[inline]
    fn is_empty(&self) -> bool {
        self.is_none()
    }
}

impl<T: JsonValue> Form<Option<T>> for Direct {
    #[inline]
    fn target(value: &mut Option<T>) -> Target<'_> {
        Target::Optional(value, Codec::Plain)
    }

    #[inline]
    fn view(value: &Option<T>) -> View<'_> {
        match value {
            Some(value) => T::Form::view(value),
            None => View::Null,
        }
    }
}

/// Represented as its content.
impl<T: JsonValue> JsonValue for Box<T> {
    type Form = Direct;

    #[inline]
    fn empty() -> Self {
        Self::new(T::empty())
    }

    #[inline]
    fn is_empty(&self) -> bool {
        T::is_empty(self)
    }
}

impl<T: JsonValue> Form<Box<T>> for Direct {
    #[inline]
    fn target(value: &mut Box<T>) -> Target<'_> {
        T::Form::target(value)
    }

    #[inline]
    fn view(value: &Box<T>) -> View<'_> {
        T::Form::view(value)
    }
}
