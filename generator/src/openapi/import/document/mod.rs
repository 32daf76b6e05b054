//! Loads an OpenAPI document of any version as a document of OpenAPI 3.1.

mod bundle;
mod files;
mod lookup;
mod pointer;
mod positions;
mod read;
mod references;
mod schemas;
mod swagger;
#[cfg(test)]
mod tests;

use std::io;
use std::path::Path;

use super::finding::Finding;
use crate::openapi::json::{Json, Object};

/// The number of references to references that are followed.
const MAX_REFERENCES: usize = 8;

/// An OpenAPI document, whose references are all local.
///
/// The objects have the keys of OpenAPI 3.1. The contents of other files are in the root key `x-files`.
#[derive(Debug)]
pub struct Document {
    /// The document. `openapi` is the version of the original document.
    pub root: Object,
    /// Losses of the conversion to OpenAPI 3.1.
    pub findings: Vec<Finding>,
}

impl Document {
    /// Loads a document and the files that it references, in JSON or YAML.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be read or parsed, if the document is not of Swagger 2.0 or OpenAPI 3, or if a
    /// reference has no target.
    pub fn load(path: &Path) -> io::Result<Self> {
        let root = read::read(path)?;
        let version = Version::of(&root)
            .map_err(|message| io::Error::new(io::ErrorKind::InvalidData, format!("`{}` {message}", path.display())))?;
        let mut bundle = bundle::bundle(path, root)?;
        if version == Version::Swagger2 {
            swagger::convert(&mut bundle);
        }
        bundle.walk(&mut schemas::Schemas);
        let mut root = match bundle.root {
            Json::Object(root) => root,
            _ => Object::default(),
        };
        if let Some(version) = root.get("openapi").and_then(version_text) {
            root.set("openapi", version);
        }
        Ok(Self {
            root,
            findings: bundle.findings,
        })
    }

    /// Returns the value that a reference points to, or the value itself if it is not a reference.
    pub fn target<'a>(&'a self, value: &'a Json) -> &'a Json {
        let mut value = value;
        for _ in 0..MAX_REFERENCES {
            match value
                .get("$ref")
                .and_then(Json::as_str)
                .and_then(|reference| self.lookup(reference))
            {
                Some(next) => value = next,
                None => break,
            }
        }
        value
    }

    /// Returns the value that a reference such as `#/components/schemas/Pet` points to, or `None` if there is none.
    pub fn lookup(&self, reference: &str) -> Option<&Json> {
        lookup::find(&self.root, &pointer::of_reference(reference)?)
    }
}

/// The specification of a document.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Version {
    Swagger2,
    OpenApi3,
}

impl Version {
    /// Returns the version of a document, or a message.
    fn of(root: &Json) -> Result<Self, String> {
        const FIX: &str = "pass a document of OpenAPI 3.0, OpenAPI 3.1 or Swagger 2.0";
        let version = |key| root.get(key).and_then(version_text);
        match (version("openapi"), version("swagger")) {
            (Some(version), _) if version == "3" || version.starts_with("3.") => Ok(Self::OpenApi3),
            (None, Some(version)) if version == "2" || version == "2.0" => Ok(Self::Swagger2),
            (Some(version), _) => Err(format!(
                "is a document of OpenAPI {version}, which is not supported: {FIX}"
            )),
            (None, Some(version)) => Err(format!(
                "is a document of Swagger {version}, which is not supported: {FIX}"
            )),
            (None, None) => Err(format!(
                "is not an OpenAPI document, because it has no key `openapi` or `swagger` with a version: {FIX}"
            )),
        }
    }
}

/// Returns a version, which YAML reads as a number if it has no quotes.
fn version_text(version: &Json) -> Option<String> {
    match version {
        Json::String(text) => Some(text.clone()),
        Json::Integer(number) => Some(number.to_string()),
        Json::Number(number) => Some(format!("{number:?}")),
        _ => None,
    }
}
