//! The texts of all files to their syntax.

use super::{ApiFile, ResourceFile, yaml};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::source::{API_FILE, Source};

/// The parsed files of a schema, each with its index among the sources.
#[derive(Debug)]
pub struct Files {
    pub api: (usize, ApiFile),
    pub resources: Vec<(usize, ResourceFile)>,
}

/// Parses every file.
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
        errors.extend(outcome.err().map(|error| Diagnostic::unreadable(index, error)));
    }
    match (errors.or_ok(resources)?, api) {
        (resources, Some(api)) => Ok(Files { api, resources }),
        (_, None) => Err(Diagnostics::from(Diagnostic::homeless(format!(
            "the schema has no `{API_FILE}`"
        )))),
    }
}
