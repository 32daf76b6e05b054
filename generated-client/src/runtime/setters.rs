//! Setters: the macro that makes them, and the conversion for each kind of field.

#![allow(dead_code, reason = "an API may lack fields of any kind")]
#![allow(clippy::unnecessary_wraps, reason = "the kind of a field says what its setter gives")]

use std::collections::BTreeMap;

use super::Patch;

/// For a field that is always there.
pub fn plain<T>(value: impl Into<T>) -> T {
    value.into()
}

/// For a field that may be unset.
pub fn optional<T>(value: impl Into<T>) -> Option<T> {
    Some(value.into())
}

/// For a field that may be cleared.
pub fn clearable<T>(value: impl Into<T>) -> Patch<T> {
    Patch::Set(value.into())
}

/// For a list that is always there.
pub fn plain_list<T>(values: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    values.into_iter().map(Into::into).collect()
}

/// For a list that may be unset.
pub fn optional_list<T>(values: impl IntoIterator<Item = impl Into<T>>) -> Option<Vec<T>> {
    Some(plain_list(values))
}

/// For a mapping that is always there.
pub fn plain_map<T>(entries: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>) -> BTreeMap<String, T> {
    entries
        .into_iter()
        .map(|(key, value)| (key.into(), value.into()))
        .collect()
}

/// For a mapping that may be unset.
pub fn optional_map<T>(
    entries: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>,
) -> Option<BTreeMap<String, T>> {
    Some(plain_map(entries))
}

/// For a mapping that may be cleared.
pub fn clearable_map<T>(
    entries: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>,
) -> Patch<BTreeMap<String, T>> {
    Patch::Set(plain_map(entries))
}

/// For a list that may be cleared.
pub fn clearable_list<T>(values: impl IntoIterator<Item = impl Into<T>>) -> Patch<Vec<T>> {
    Patch::Set(plain_list(values))
}

/// Makes setters, one an entry: its documentation, then `kind field: Argument,` where the kind is the name of a
/// function of this module.
///
/// `setters!(Model { … })` are a model's own. `setters!(Model, Call { … })` are those and the same on the call
/// whose body the model is. `setters!(Call.operation { … })` are a call's, for fields of its operation.
#[allow(unused_macros, reason = "an API may have nothing to set")]
macro_rules! setters {
    ($model:ident {
        $($(#[$doc:meta])* $kind:ident $field:ident: $argument:ty,)*
    }) => {
        #[allow(clippy::should_implement_trait, reason = "an API may have a field `add` or `not`")]
        #[allow(deprecated, reason = "the API may deprecate a field")]
        impl $model {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $field(mut self, $field: $argument) -> Self {
                    self.$field = $crate::runtime::setters::$kind($field);
                    self
                }
            )*
        }
    };
    ($model:ident, $call:ident {
        $($(#[$doc:meta])* $kind:ident $field:ident: $argument:ty,)*
    }) => {
        $crate::runtime::setters!($model {
            $($(#[$doc])* $kind $field: $argument,)*
        });

        #[allow(clippy::should_implement_trait, reason = "an API may have a field `add` or `not`")]
        #[allow(deprecated, reason = "the API may deprecate a field")]
        impl<C> $call<'_, C> {
            $(
                $(#[$doc])*
                pub fn $field(mut self, $field: $argument) -> Self {
                    self.operation.body.$field = $crate::runtime::setters::$kind($field);
                    self
                }
            )*
        }
    };
    ($call:ident.operation {
        $($(#[$doc:meta])* $kind:ident $field:ident: $argument:ty,)*
    }) => {
        #[allow(clippy::should_implement_trait, reason = "an API may have a field `add` or `not`")]
        #[allow(deprecated, reason = "the API may deprecate a field")]
        impl<C> $call<'_, C> {
            $(
                $(#[$doc])*
                pub fn $field(mut self, $field: $argument) -> Self {
                    self.operation.$field = $crate::runtime::setters::$kind($field);
                    self
                }
            )*
        }
    };
}
#[allow(unused_imports, reason = "an API may have nothing to set")]
pub(crate) use setters;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::runtime::{Call, Patch};

    mod op {
        #[derive(Debug, Default)]
        pub struct CreateThing {
            pub(super) body: super::ThingCreate,
        }

        #[derive(Debug, Default)]
        pub struct ListThings {
            pub(super) limit: Option<u32>,
            pub(super) url: Option<Vec<String>>,
        }
    }

    type CreateThing<'c, C> = Call<'c, C, op::CreateThing>;
    type ListThings<'c, C> = Call<'c, C, op::ListThings>;

    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Part {
        name: String,
        scopes: Vec<String>,
        seconds: u32,
    }

    setters!(Part {
        /// What it is called.
        plain name: impl Into<String>,
        /// What it may do.
        ///
        /// None by default.
        plain_list scopes: impl IntoIterator<Item = impl Into<String>>,
        /// How long.
        plain seconds: u32,
    });

    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct ThingCreate {
        r#match: Option<bool>,
        part: Option<Box<Part>>,
        parts: Option<Vec<Part>>,
        policy: Patch<Part>,
        tags: Patch<Vec<String>>,
        labels: Option<BTreeMap<String, String>>,
    }

    setters!(ThingCreate, CreateThing {
        /// A keyword.
        optional r#match: bool,
        /// Boxed.
        optional part: Part,
        /// Models.
        optional_list parts: impl IntoIterator<Item = Part>,
        /// Clearable.
        clearable policy: Part,
        /// A clearable list.
        clearable_list tags: impl IntoIterator<Item = impl Into<String>>,
        /// A mapping.
        optional_map labels: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    });

    setters!(ListThings.operation {
        /// How many.
        optional limit: u32,
        /// Which.
        optional_list url: impl IntoIterator<Item = impl Into<String>>,
    });

    fn part() -> Part {
        Part::default().name("a").scopes(["b", "c"]).seconds(7)
    }

    #[test]
    fn a_model_sets_its_fields() {
        let expected = Part {
            name: "a".to_owned(),
            scopes: vec!["b".to_owned(), "c".to_owned()],
            seconds: 7,
        };
        assert_eq!(part(), expected);
    }

    #[test]
    fn a_call_sets_what_its_model_does() {
        let model = ThingCreate::default()
            .r#match(true)
            .part(part())
            .parts([part()])
            .policy(part())
            .tags(["x"])
            .labels([("a", "b")]);
        let call = Call::new(&(), op::CreateThing::default())
            .r#match(true)
            .part(part())
            .parts([part()])
            .policy(part())
            .tags(["x"])
            .labels([("a", "b")]);
        assert_eq!(call.operation.body, model);
        assert_eq!(model.r#match, Some(true));
        assert_eq!(model.part, Some(Box::new(part())));
        assert_eq!(model.parts, Some(vec![part()]));
        assert_eq!(model.policy, Patch::Set(part()));
        assert_eq!(model.tags, Patch::Set(vec!["x".to_owned()]));
        assert_eq!(model.labels, Some(BTreeMap::from([("a".to_owned(), "b".to_owned())])));
    }

    #[test]
    fn a_call_sets_its_query() {
        let call = Call::new(&(), op::ListThings::default()).limit(5).url(["a".to_owned()]);
        assert_eq!(call.operation.limit, Some(5));
        assert_eq!(call.operation.url, Some(vec!["a".to_owned()]));
    }
}
