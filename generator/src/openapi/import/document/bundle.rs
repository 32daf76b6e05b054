//! Adds the files that a document references to the document.

use std::io;
use std::path::Path;

use super::files::{FILES, Files, Target};
use super::positions::{Kind, Place, Visitor, walk};
use super::references::{MARK, References, mapping};
use super::{lookup, pointer};
use crate::openapi::import::finding::Finding;
use crate::openapi::json::{Json, Object};

/// The maximum number of errors that are reported.
const MAX_ERRORS: usize = 20;

/// A document with the files that it references.
pub struct Bundle {
    pub root: Json,
    /// The referenced objects outside the usual positions of the document.
    pub targets: Vec<Target>,
    pub findings: Vec<Finding>,
}

/// Adds the files that a document references to the document.
pub fn bundle(path: &Path, root: Json) -> io::Result<Bundle> {
    if root.get(FILES).is_some() {
        return Err(io::Error::other(format!(
            "`{}`: the key `{FILES}` is reserved for referenced files: rename it",
            path.display()
        )));
    }
    let mut files = Files::default();
    files.add(path, root);
    walk_file(&mut files, 0, "", Kind::Document);
    let mut next = 0;
    while let Some((file, target)) = files.queue.get(next).cloned() {
        walk_file(&mut files, file, &target.pointer, target.kind);
        next += 1;
    }
    finish(files)
}

/// Makes the references in an object of a file local.
fn walk_file(files: &mut Files, file: usize, pointer: &str, kind: Kind) {
    let mut tree = std::mem::replace(&mut files.loaded[file].tree, Json::Null);
    if let Some(value) = pointer::get_mut(&mut tree, pointer) {
        let keys: Vec<_> = pointer::keys(pointer).collect();
        at_place(&keys, &Place::root(), &mut |place| {
            let mut references = References { files, file };
            walk(&mut references, kind, value, place);
        });
    }
    files.loaded[file].tree = tree;
}

/// Puts the files together and checks the references.
fn finish(files: Files) -> io::Result<Bundle> {
    let target = |(file, target): &(usize, Target)| Target {
        pointer: files.bundled(*file, &target.pointer),
        kind: target.kind,
    };
    let targets = files.queue.iter().map(target).collect();
    let expected = files.expected.iter();
    let expected: Vec<_> = expected
        .map(|(file, pointer, message)| (files.bundled(*file, pointer), message.clone()))
        .collect();
    let mut loaded = files.loaded.into_iter();
    let mut root = loaded.next().map_or(Json::Null, |file| file.tree);
    let others: Object = loaded.map(|file| (file.key, file.tree)).collect();
    let has_files = !others.is_empty();
    if has_files && let Some(root) = root.as_object_mut() {
        root.set(FILES, others);
    }
    let mut bundle = Bundle {
        root,
        targets,
        findings: files.findings,
    };
    if has_files {
        bundle.walk(&mut Unmark);
    }
    let missing = expected.into_iter().filter(|(pointer, _)| !bundle.has(pointer));
    let errors = files.errors.into_iter().chain(missing.map(|(_, message)| message));
    report(errors.collect())?;
    Ok(bundle)
}

/// Returns the errors as one, if there are any.
fn report(mut errors: Vec<String>) -> io::Result<()> {
    let more = errors.len().saturating_sub(MAX_ERRORS);
    if more > 0 {
        errors.truncate(MAX_ERRORS);
        errors.push(format!("and {more} more errors"));
    }
    match errors.as_slice() {
        [] => Ok(()),
        errors => Err(io::Error::new(io::ErrorKind::InvalidData, errors.join("\n"))),
    }
}

impl Bundle {
    /// Visits all objects of the document and of the parts of other files that it references.
    pub fn walk(&mut self, visitor: &mut dyn Visitor) {
        walk(visitor, Kind::Document, &mut self.root, &Place::root());
        for target in &self.targets {
            if let Some(value) = pointer::get_mut(&mut self.root, &target.pointer) {
                let keys: Vec<_> = pointer::keys(&target.pointer).collect();
                at_place(&keys, &Place::root(), &mut |place| {
                    walk(visitor, target.kind, value, place);
                });
            }
        }
    }

    fn has(&self, pointer: &str) -> bool {
        let root = self.root.as_object();
        pointer.is_empty() || root.is_some_and(|root| lookup::find(root, pointer).is_some())
    }
}

/// Calls a function with the place of some keys.
fn at_place(keys: &[String], place: &Place, run: &mut dyn FnMut(&Place)) {
    match keys {
        [] => run(place),
        [key, rest @ ..] => at_place(rest, &place.child(key), run),
    }
}

/// Removes the marks of local references.
struct Unmark;

impl Visitor for Unmark {
    fn visit(&mut self, _: Kind, object: &mut Object, _: &Place) {
        if let Some(reference) = object.get_mut("$ref") {
            unmark(reference);
        }
        let mapping = mapping(object).into_iter().flat_map(Object::iter_mut);
        mapping.for_each(|(_, reference)| unmark(reference));
    }
}

fn unmark(reference: &mut Json) {
    if let Some(local) = reference.as_str().and_then(|text| text.strip_prefix(MARK)) {
        *reference = local.into();
    }
}
