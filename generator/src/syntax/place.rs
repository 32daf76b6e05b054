//! Places in a schema, by keys: known before the bytes of the text are.

use crate::diagnostics;

/// An error at a place in a schema.
pub type Diagnostic = diagnostics::Diagnostic<Place>;

/// Errors at places in a schema.
pub type Diagnostics = diagnostics::Diagnostics<Place>;

/// A key, a value, or a word within one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The index of the file among the sources.
    pub source: usize,
    /// The keys that lead here; list items are keyed by their index.
    pub path: Vec<String>,
    pub part: Part,
    pub word: Option<String>,
}

/// The part of an entry that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Key,
    Value,
}

impl Place {
    /// The whole of a file, by its index among the sources.
    pub fn file(source: usize) -> Self {
        Self {
            source,
            path: Vec::new(),
            part: Part::Value,
            word: None,
        }
    }

    /// The key of the entry below this place.
    pub fn entry(&self, key: &str) -> Self {
        let mut path = self.path.clone();
        path.push(key.to_owned());
        Self {
            source: self.source,
            path,
            part: Part::Key,
            word: None,
        }
    }

    /// The value of the entry below this place.
    pub fn value(&self, key: &str) -> Self {
        Self {
            part: Part::Value,
            ..self.entry(key)
        }
    }

    /// A word of the value at this place.
    pub fn word(&self, word: &str) -> Self {
        Self {
            word: Some(word.to_owned()),
            ..self.clone()
        }
    }
}
