//! Places in a schema, identified by keys. They are converted to byte ranges only for errors.

use crate::diagnostics;

/// An error at a place in a schema.
pub type Diagnostic = diagnostics::Diagnostic<Place>;

/// Errors at places in a schema.
pub type Diagnostics = diagnostics::Diagnostics<Place>;

/// A key, a value, or a word in one of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The index of the file in the sources.
    pub source: usize,
    /// The keys that lead to the entry. List items are keyed by index.
    pub path: Vec<String>,
    pub part: Part,
    pub word: Option<String>,
}

/// The part of an entry that a place refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    Key,
    Value,
}

impl Place {
    /// Returns the place of a whole file, given its index in the sources.
    pub fn file(source: usize) -> Self {
        Self {
            source,
            path: Vec::new(),
            part: Part::Value,
            word: None,
        }
    }

    /// Returns the place of the key of an entry below this place.
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

    /// Returns the place of the value of an entry below this place.
    pub fn value(&self, key: &str) -> Self {
        Self {
            part: Part::Value,
            ..self.entry(key)
        }
    }

    /// Returns the place of a word in this place.
    pub fn word(&self, word: &str) -> Self {
        Self {
            word: Some(word.to_owned()),
            ..self.clone()
        }
    }
}
