//! Parses source files into syntax types.

use std::ops::Range;

use super::yaml::{self, YamlError};
use super::{ApiFile, ResourceFile};
use crate::diagnostics::{Diagnostic, Diagnostics, Span};
use crate::source::{API_FILE, Source};

/// The parsed files of a schema, each with its index in the sources.
#[derive(Debug)]
pub struct Files {
    pub api: (usize, ApiFile),
    pub resources: Vec<(usize, ResourceFile)>,
}

/// Parses every file and reports the errors of all of them.
pub fn parse(sources: &[Source]) -> Result<Files, Diagnostics> {
    let mut errors = Diagnostics::default();
    let mut api = None;
    let mut resources = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        let outcome = if source.name == API_FILE {
            yaml::read(&source.text).map(|file| api = Some((index, file)))
        } else {
            yaml::read(&source.text).map(|file| resources.push((index, file)))
        };
        errors.extend(outcome.err().map(|error| to_diagnostic(index, error)));
    }
    match (errors.or_ok(resources)?, api) {
        (resources, Some(api)) => Ok(Files { api, resources }),
        (_, None) => Err(Diagnostics::from(Diagnostic::without_location(format!(
            "the schema is missing `{API_FILE}`"
        )))),
    }
}

/// Converts a YAML error to a diagnostic.
fn to_diagnostic(source: usize, error: YamlError) -> Diagnostic {
    let Range { start, end } = error.span;
    let mut diagnostic = Diagnostic::new(Span { source, start, end }, error.message);
    match (error.help, error.found) {
        (Some(help), _) => diagnostic = diagnostic.help(help),
        (None, Some(found)) => diagnostic = diagnostic.suggest(&found, &error.expected),
        (None, None) => {}
    }
    match error.expected.as_slice() {
        [] => diagnostic,
        [only] => diagnostic.note(format!("expected `{only}`")),
        several => diagnostic.note(format!("expected one of `{}`", several.join("`, `"))),
    }
}
