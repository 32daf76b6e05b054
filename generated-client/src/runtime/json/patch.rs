//! Fields of an update that can be cleared.

use super::{Codec, Direct, Form, JsonValue, Optional, Target, View};

/// A change to a field that can be cleared. Defaults to [`Keep`](Self::Keep).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// Keeps the current value. The field is not sent.
    #[default]
    Keep,
    /// Clears the value. The field is sent as null.
    Clear,
    /// Sets the value, which is sent even if it is empty.
    Set(T),
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl<T: JsonValue> Optional for Patch<T> {
    fn clear(&mut self) {
        *self = Self::Clear;
    }

    fn fill(&mut self) -> Target<'_> {
        *self = Self::Set(T::empty());
        match self {
            Self::Set(value) => value.target(),
            Self::Keep | Self::Clear => Target::Optional(self, Codec::Plain),
        }
    }
}

/// Objects omit a field that is kept. Anywhere else, it is encoded as null.
impl<T: JsonValue> JsonValue for Patch<T> {
    type Form = Direct;

    fn empty() -> Self {
        Self::Keep
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

impl<T: JsonValue> Form<Patch<T>> for Direct {
    fn target(value: &mut Patch<T>) -> Target<'_> {
        Target::Optional(value, Codec::Plain)
    }

    fn view(value: &Patch<T>) -> View<'_> {
        match value {
            Patch::Keep | Patch::Clear => View::Null,
            Patch::Set(value) => value.view(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Patch;
    use crate::runtime::object;

    struct Change {
        note: Patch<String>,
        tags: Patch<Vec<String>>,
    }

    object!(Change {
        "note" => note,
        "tags" => tags,
    });

    #[test]
    fn keeps_clears_or_sets_a_field() {
        let change = |note, tags| Change { note, tags };
        for (text, value) in [
            ("{}", change(Patch::Keep, Patch::Keep)),
            (r#"{"note":null}"#, change(Patch::Clear, Patch::Keep)),
            (
                r#"{"note":"","tags":[]}"#,
                change(String::new().into(), Patch::Set(vec![])),
            ),
            (
                r#"{"tags":["a"]}"#,
                change(Patch::Keep, Patch::Set(vec!["a".to_owned()])),
            ),
        ] {
            assert_eq!(serde_json::from_str::<Change>(text).ok().as_ref(), Some(&value));
            assert_eq!(serde_json::to_string(&value).ok().as_deref(), Some(text));
        }
    }
}
