//! Values that hold no others.

use serde_json::Value;

use super::{Leaf, Target, View, Wire};
use crate::runtime::Timestamp;

/// A value that holds no others.
pub trait Scalar {
    /// What is taken, with its article.
    fn expected(&self) -> &'static str;

    /// Takes a leaf.
    ///
    /// # Errors
    ///
    /// What was found, where it does not fit.
    fn set(&mut self, leaf: Leaf<'_>) -> Result<(), &'static str>;
}

/// The text of a leaf; null is the empty one.
///
/// # Errors
///
/// What was found, where it is no text.
pub fn text(leaf: Leaf<'_>) -> Result<&str, &'static str> {
    match leaf {
        Leaf::Null => Ok(""),
        Leaf::Text(text) => Ok(text),
        other => Err(other.kind()),
    }
}

impl Scalar for String {
    fn expected(&self) -> &'static str {
        "a string"
    }

    fn set(&mut self, leaf: Leaf<'_>) -> Result<(), &'static str> {
        text(leaf)?.clone_into(self);
        Ok(())
    }
}

impl Wire for String {
    fn target(&mut self) -> Target<'_> {
        Target::Scalar(self)
    }

    fn view(&self) -> View<'_> {
        View::Text(self)
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl Scalar for bool {
    fn expected(&self) -> &'static str {
        "a boolean"
    }

    fn set(&mut self, leaf: Leaf<'_>) -> Result<(), &'static str> {
        *self = match leaf {
            Leaf::Null => false,
            Leaf::Bool(value) => value,
            other => return Err(other.kind()),
        };
        Ok(())
    }
}

impl Wire for bool {
    fn target(&mut self) -> Target<'_> {
        Target::Scalar(self)
    }

    fn view(&self) -> View<'_> {
        View::Bool(*self)
    }

    fn is_empty(&self) -> bool {
        !self
    }
}

macro_rules! whole_numbers {
    ($($type:ident $view:ident $expected:literal;)*) => {$(
        impl Scalar for $type {
            fn expected(&self) -> &'static str {
                $expected
            }

            fn set(&mut self, leaf: Leaf<'_>) -> Result<(), &'static str> {
                let value = match leaf {
                    Leaf::Null => Ok(0),
                    Leaf::Signed(value) => Self::try_from(value).map_err(drop),
                    Leaf::Unsigned(value) => Self::try_from(value).map_err(drop),
                    other => return Err(other.kind()),
                };
                *self = value.map_err(|()| "one out of its range")?;
                Ok(())
            }
        }

        impl Wire for $type {
            fn target(&mut self) -> Target<'_> {
                Target::Scalar(self)
            }

            fn view(&self) -> View<'_> {
                View::$view((*self).into())
            }

            fn is_empty(&self) -> bool {
                *self == 0
            }
        }
    )*};
}

whole_numbers! {
    i32 Signed "a signed 32-bit whole number";
    i64 Signed "a signed 64-bit whole number";
    u32 Unsigned "an unsigned 32-bit whole number";
    u64 Unsigned "an unsigned 64-bit whole number";
}

impl Scalar for f64 {
    fn expected(&self) -> &'static str {
        "a number"
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "the API declares a float: any JSON number is read as one"
    )]
    fn set(&mut self, leaf: Leaf<'_>) -> Result<(), &'static str> {
        *self = match leaf {
            Leaf::Null => 0.0,
            Leaf::Signed(value) => value as f64,
            Leaf::Unsigned(value) => value as f64,
            Leaf::Float(value) => value,
            other @ (Leaf::Bool(_) | Leaf::Text(_)) => return Err(other.kind()),
        };
        Ok(())
    }
}

impl Wire for f64 {
    fn target(&mut self) -> Target<'_> {
        Target::Scalar(self)
    }

    fn view(&self) -> View<'_> {
        View::Float(*self)
    }

    fn is_empty(&self) -> bool {
        *self == 0.0
    }
}

impl Scalar for Timestamp {
    fn expected(&self) -> &'static str {
        "an RFC 3339 timestamp"
    }

    fn set(&mut self, leaf: Leaf<'_>) -> Result<(), &'static str> {
        *self = match leaf {
            Leaf::Text(text) => text.parse().map_err(|_| "another string")?,
            other => return Err(other.kind()),
        };
        Ok(())
    }
}

/// Strict: no moment stands for "none".
impl Wire for Timestamp {
    fn target(&mut self) -> Target<'_> {
        Target::Scalar(self)
    }

    fn view(&self) -> View<'_> {
        View::Shown(self)
    }

    fn is_empty(&self) -> bool {
        false
    }
}

/// JSON of any kind, kept as it came.
impl Wire for Value {
    fn target(&mut self) -> Target<'_> {
        Target::Any(self)
    }

    fn view(&self) -> View<'_> {
        View::Any(self)
    }

    fn is_empty(&self) -> bool {
        self.is_null()
    }
}
