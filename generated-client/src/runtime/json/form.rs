//! Forms of types: how their values are decoded and encoded.

use std::fmt;

use super::{Codec, Form, Object, ObjectView, OneOf, Target, View};

/// The form of each type that has its own representation.
#[derive(Debug)]
pub struct Direct;

/// The form of objects.
#[derive(Debug)]
pub struct ObjectForm;

impl<T: Object + ObjectView> Form<T> for ObjectForm {
    fn target(value: &mut T) -> Target<'_> {
        Target::Object(value, Codec::Plain)
    }

    fn view(value: &T) -> View<'_> {
        View::Object(value, Codec::Plain)
    }

    fn view_of<'a>(value: &'a &T) -> View<'a> {
        View::Object(value, Codec::Plain)
    }
}

/// The form of unions.
#[derive(Debug)]
#[allow(dead_code, reason = "unused in an API without unions")]
pub struct UnionForm;

impl<T: OneOf + ObjectView> Form<T> for UnionForm {
    fn target(value: &mut T) -> Target<'_> {
        Target::OneOf(value)
    }

    fn view(value: &T) -> View<'_> {
        View::Object(value, Codec::Plain)
    }

    fn view_of<'a>(value: &'a &T) -> View<'a> {
        View::Object(value, Codec::Plain)
    }
}

/// A string enum. Implemented by the macro `values!`.
pub trait StringEnum: AsRef<str> + for<'a> From<&'a str> + fmt::Display {
    /// Returns `true` if the schema does not list the value.
    fn is_unknown(&self) -> bool;
}

/// The form of string enums.
#[derive(Debug)]
#[allow(dead_code, reason = "unused in an API without enums")]
pub struct EnumForm;

impl<T: StringEnum> Form<T> for EnumForm {
    fn target(value: &mut T) -> Target<'_> {
        Target::Scalar(value, Codec::Plain)
    }

    fn view(value: &T) -> View<'_> {
        View::Text(value.as_ref())
    }
}
