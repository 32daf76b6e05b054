//! The name of a new package.

use std::fmt;
use std::str::FromStr;

use super::manifest::is_dependency;
use crate::names;

/// The name of a package that can contain a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageName(String);

impl PackageName {
    /// Returns the name of the crate in Rust code.
    #[must_use]
    pub fn crate_name(&self) -> String {
        self.0.replace('-', "_")
    }
}

impl fmt::Display for PackageName {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for PackageName {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let package = Self(name.to_owned());
        let crate_name = package.crate_name();
        if names::is_keyword(&crate_name) {
            return Err(format!("`{crate_name}` is a Rust keyword: choose another name"));
        }
        if names::is_standard_crate(&crate_name) || crate_name == "test" {
            return Err(format!("`{crate_name}` is a crate of Rust itself: choose another name"));
        }
        if is_dependency(&crate_name) {
            return Err(format!(
                "the crate depends on another crate named `{name}`: choose another name"
            ));
        }
        if !names::is_crate_name(&crate_name) {
            return Err(
                "start with a lower-case letter, and use lower-case letters, digits, `-` and `_`, as in `acme-client`"
                    .to_owned(),
            );
        }
        Ok(package)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_valid_in_rust_code() {
        let parse = |name: &str| name.parse::<PackageName>();
        assert_eq!(
            parse("acme-client").map(|name| name.crate_name()),
            Ok("acme_client".to_owned())
        );
        for (name, problem) in [
            ("", "lower-case"),
            ("Acme", "lower-case"),
            ("2d", "lower-case"),
            ("a b", "lower-case"),
            ("größe", "lower-case"),
            ("../acme", "lower-case"),
            ("async", "keyword"),
            ("proc-macro", "crate of Rust"),
            ("test", "crate of Rust"),
            ("http-body", "depends on"),
            ("bytes", "depends on"),
        ] {
            let error = parse(name).unwrap_err();
            assert!(error.contains(problem), "{name}: {error}");
        }
    }
}
