//! The parts of a crate for an API besides its generated code: the runtime and the fake, and for a new crate the files that a
//! person then owns.

mod changelog;
mod example;
mod fake_test;
mod library;
mod manifest;
mod originals;
mod package_name;
mod readme;
mod starter;

use self::example::Calls;
use crate::api::model::Api;
use crate::rust::ir::Generated;
use crate::rust::print::OutputFile;

pub use self::manifest::{Needs, check};
pub use self::originals::{fake, runtime};
pub use self::package_name::PackageName;
pub use self::starter::starter;

/// Returns the files of a new crate that the generator never changes again, without the schema.
pub fn handwritten(package: &PackageName, api: &Api, generated: &Generated) -> Vec<OutputFile> {
    let calls = Calls::choose(generated);
    let title = title(&api.name);
    let files = [
        (
            "Cargo.toml",
            manifest::new(&package.to_string(), &title, &Needs::of(generated)),
        ),
        ("README.md", readme::text(package, &title, &generated.api.auth, &calls)),
        ("CHANGELOG.md", changelog::text(api)),
        ("LICENSE", originals::LICENSE.to_owned()),
        (".gitignore", "/target\n".to_owned()),
        (
            "src/lib.rs",
            library::text(package, &title, &generated.api.auth, &calls),
        ),
        ("src/bin/fake-api.rs", originals::fake_program(&package.crate_name())),
        ("tests/fake.rs", fake_test::text(package, generated, &calls)),
    ];
    let files = files.into_iter();
    files
        .map(|(name, text)| OutputFile {
            name: name.to_owned(),
            text,
        })
        .collect()
}

/// Returns the name of an API for the middle of a sentence, such as `the Acme API`.
fn title(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.strip_prefix("The ").unwrap_or(&name);
    if name.to_lowercase().ends_with("api") {
        format!("the {name}")
    } else {
        format!("the {name} API")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_contain_the_word_api_once() {
        for (name, expected) in [
            ("acme", "the acme API"),
            ("Acme API", "the Acme API"),
            ("The  Acme\nAPI", "the Acme API"),
        ] {
            assert_eq!(title(name), expected);
        }
    }
}
