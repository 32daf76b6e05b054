//! Secret strings.

use std::fmt;

use zeroize::Zeroizing;

use super::{Codec, Direct, Form, JsonValue, Primitive, Scalar, Target, View, serde, text};

/// A secret string, such as a password or a private key.
///
/// `Debug` does not print the secret, and dropping the value erases it from memory. Serializing the value writes the
/// secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SecretString(Zeroizing<String>);

impl SecretString {
    /// Returns the secret.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretString {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretString([redacted])")
    }
}

impl From<String> for SecretString {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<&str> for SecretString {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Scalar for SecretString {
    fn expected(&self, _: Codec) -> &'static str {
        "a string"
    }

    fn set(&mut self, primitive: Primitive<'_>, _: Codec) -> Result<(), &'static str> {
        *self = text(primitive)?.into();
        Ok(())
    }
}

impl JsonValue for SecretString {
    type Form = Direct;

    fn empty() -> Self {
        Self::default()
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Form<SecretString> for Direct {
    fn target(value: &mut SecretString) -> Target<'_> {
        Target::Scalar(value, Codec::Plain)
    }

    fn view(value: &SecretString) -> View<'_> {
        View::Text(value.expose())
    }
}

serde!(SecretString);

#[cfg(test)]
mod tests {
    use zeroize::ZeroizeOnDrop;

    use super::{JsonValue, SecretString};

    #[test]
    fn debug_omits_the_secret() {
        assert_eq!(
            format!("{:?}", SecretString::from("hunter2")),
            "SecretString([redacted])"
        );
        assert_eq!(
            format!("{:#?}", Some(SecretString::default())),
            "Some(\n    SecretString([redacted]),\n)"
        );
    }

    #[test]
    fn is_erased_when_dropped() {
        fn is_erased(_: &impl ZeroizeOnDrop) {}
        is_erased(&SecretString::from("hunter2").0);
    }

    #[test]
    fn decodes_and_encodes_as_a_string() {
        let read = |text| serde_json::from_str::<SecretString>(text);
        assert_eq!(read(r#""a\n""#).ok(), Some("a\n".into()));
        assert!(read("null").is_ok_and(|secret| JsonValue::is_empty(&secret)));
        assert_eq!(
            serde_json::to_string(&SecretString::from("a\n")).ok().as_deref(),
            Some(r#""a\n""#)
        );
        let error = read("[]").expect_err("an error").to_string();
        assert!(error.starts_with("expected a string, found an array"), "{error}");
    }
}
