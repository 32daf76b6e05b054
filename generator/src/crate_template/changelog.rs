//! The changelog of a new crate.

use crate::api::model::Api;

pub fn text(api: &Api) -> String {
    let count = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let resources = count(api.resources.len(), "resource");
    let operations = count(api.operations().count(), "operation");
    format!(
        "# Changelog

The format is based on [Keep a Changelog](https://keepachangelog.com/en/1.1.0/), and this crate follows
[Semantic Versioning](https://semver.org/spec/v2.0.0.html).

## [0.1.0] - Unreleased

### Added

- `Client` (async) and `blocking::Client` for {resources} with {operations}.
- `fake::Fake`, an in-process fake of the API for tests.
"
    )
}
