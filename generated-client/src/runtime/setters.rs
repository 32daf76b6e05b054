//! Setters: the macro that defines them, and the conversions from arguments to fields.

#![allow(dead_code, reason = "an API may not have fields of every kind")]
#![allow(clippy::unnecessary_wraps, reason = "each conversion returns its field's type")]

use std::collections::BTreeMap;

use super::Patch;

/// Converts the argument for a plain field.
pub fn plain<T>(value: impl Into<T>) -> T {
    value.into()
}

/// Converts the argument for an optional field.
pub fn optional<T>(value: impl Into<T>) -> Option<T> {
    Some(value.into())
}

/// Converts the argument for a clearable field.
pub fn clearable<T>(value: impl Into<T>) -> Patch<T> {
    Patch::Set(value.into())
}

/// Converts the argument for a plain list.
pub fn plain_list<T>(values: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    values.into_iter().map(Into::into).collect()
}

/// Converts the argument for an optional list.
pub fn optional_list<T>(values: impl IntoIterator<Item = impl Into<T>>) -> Option<Vec<T>> {
    Some(plain_list(values))
}

/// Converts the argument for a plain map.
pub fn plain_map<T>(entries: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>) -> BTreeMap<String, T> {
    // Not collected: decoding already compiles the insertion, and `collect` would add a sort and a bulk build to each program.
    let mut map = BTreeMap::new();
    for (key, value) in entries {
        map.insert(key.into(), value.into());
    }
    map
}

/// Converts the argument for an optional map.
pub fn optional_map<T>(
    entries: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>,
) -> Option<BTreeMap<String, T>> {
    Some(plain_map(entries))
}

/// Converts the argument for a clearable map.
pub fn clearable_map<T>(
    entries: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>,
) -> Patch<BTreeMap<String, T>> {
    Patch::Set(plain_map(entries))
}

/// Converts the argument for a clearable list.
pub fn clearable_list<T>(values: impl IntoIterator<Item = impl Into<T>>) -> Patch<Vec<T>> {
    Patch::Set(plain_list(values))
}

/// Defines a setter for each entry: its documentation, then `kind field: Argument,` where `kind` is the name of a
/// function in this module.
///
/// `setters!(Model { … })` defines the setters of a model. `setters!(Model, Call { … })` also defines them on the call
/// whose request body is the model. `setters!(Call.operation { … })` defines setters of an operation's parameters, whose
/// entries end with the method of [`CallParameters`](super::CallParameters) that sets the parameter: `=> query::<String>("name")`, or
/// `=> query::<Timestamp>("after", EpochSeconds)` with a [`Codec`](super::Codec).
#[allow(unused_macros, reason = "unused in an API without setters")]
macro_rules! setters {
    ($model:ident {
        $($(#[$doc:meta])* $kind:ident $field:ident: $argument:ty,)*
    }) => {
        impl $model {
            $(
                $(#[$doc])*
                #[must_use]
                #[inline]
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

        impl<C> $call<'_, C> {
            $(
                $(#[$doc])*
                #[inline]
                pub fn $field(mut self, $field: $argument) -> Self {
                    self.operation.body.value.$field = $crate::runtime::setters::$kind($field);
                    self
                }
            )*
        }
    };
    ($call:ident.operation {
        $($(#[$doc:meta])* $kind:ident $setter:ident: $argument:ty
            => $encode:ident::<$type:ty>($name:literal $(, $codec:ident)?),)*
    }) => {
        impl<C> $call<'_, C> {
            $(
                $(#[$doc])*
                #[inline]
                pub fn $setter(mut self, $setter: $argument) -> Self {
                    let value: $type = $crate::runtime::setters::$kind($setter);
                    self.operation.parameters = $crate::runtime::setters!(
                        @set self.operation.parameters, $encode, $type, $name, value $(, $codec)?
                    );
                    self
                }
            )*
        }
    };
    (@set $parameters:expr, $encode:ident, $type:ty, $name:literal, $value:ident) => {
        $parameters.$encode::<$type>($name, $value)
    };
    (@set $parameters:expr, $encode:ident, $type:ty, $name:literal, $value:ident, $codec:ident) => {
        $parameters.$encode::<$crate::runtime::Coded<$type>>(
            $name,
            $crate::runtime::Coded(&$value, $crate::runtime::Codec::$codec),
        )
    };
}
#[allow(unused_imports, reason = "unused in an API without setters")]
pub(crate) use setters;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::runtime::{Call, CallParameters, JsonBody, Operation, Patch, Timestamp};

    mod op {
        use super::ThingCreate;
        use crate::runtime::{JsonBody, operations};

        operations!({
            CreateThing(JsonBody<ThingCreate>) -> () = post("things.create", "/things"),
            ListThings() -> () = get("things.list", "/things"),
        });
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
        /// The name.
        plain name: impl Into<String>,
        /// The scopes.
        ///
        /// None by default.
        plain_list scopes: impl IntoIterator<Item = impl Into<String>>,
        /// The duration in seconds.
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
        /// A field whose name is a keyword.
        optional r#match: bool,
        /// A boxed model.
        optional part: Part,
        /// A list of models.
        optional_list parts: impl IntoIterator<Item = Part>,
        /// A clearable model.
        clearable policy: Part,
        /// A clearable list.
        clearable_list tags: impl IntoIterator<Item = impl Into<String>>,
        /// A map.
        optional_map labels: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    });

    setters!(ListThings.operation {
        /// The maximum number of items.
        plain limit: u32 => query::<u32>("limit"),
        /// The earliest time.
        plain after: Timestamp => query::<Timestamp>("since", EpochSeconds),
        /// The URLs.
        plain_list url: impl IntoIterator<Item = impl Into<String>> => comma::<Vec<String>>("url"),
        /// The language.
        plain language: impl Into<String> => header::<String>("accept-language"),
    });

    fn part() -> Part {
        Part::default().name("a").scopes(["b", "c"]).seconds(7)
    }

    #[test]
    fn sets_fields_of_a_model() {
        let expected = Part {
            name: "a".to_owned(),
            scopes: vec!["b".to_owned(), "c".to_owned()],
            seconds: 7,
        };
        assert_eq!(part(), expected);
    }

    #[test]
    fn sets_body_fields_on_the_call() {
        let model = ThingCreate::default()
            .r#match(true)
            .part(part())
            .parts([part()])
            .policy(part())
            .tags(["x"])
            .labels([("a", "b")]);
        let call: CreateThing<()> = Call::new(&(), CallParameters::new(), JsonBody::new(ThingCreate::default()));
        let call = call
            .r#match(true)
            .part(part())
            .parts([part()])
            .policy(part())
            .tags(["x"])
            .labels([("a", "b")]);
        assert_eq!(call.operation.body.value, model);
        assert_eq!(model.r#match, Some(true));
        assert_eq!(model.part, Some(Box::new(part())));
        assert_eq!(model.parts, Some(vec![part()]));
        assert_eq!(model.policy, Patch::Set(part()));
        assert_eq!(model.tags, Patch::Set(vec!["x".to_owned()]));
        assert_eq!(model.labels, Some(BTreeMap::from([("a".to_owned(), "b".to_owned())])));
    }

    #[test]
    fn sets_parameters_on_the_call() {
        let call: ListThings<()> = Call::new(&(), CallParameters::new(), ());
        let call = call.url(["a", "b"]).limit(4).language("de");
        let call = call.after(Timestamp::UNIX_EPOCH).limit(5);
        let encoded = call.operation.prepare(None).expect("a request").encoded;
        assert_eq!(encoded.query, "url=a,b&limit=5&since=0");
        assert_eq!(encoded.headers["accept-language"], "de");
    }
}
