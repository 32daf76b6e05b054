//! Finds the target of a local reference.

use super::{pointer, schemas};
use crate::openapi::json::{Json, Object};

/// The maximum number of references on the way to a target.
const MAX_REFERENCES: usize = 32;

/// Returns the value at a pointer, which can pass through references, as the pointers of many tools do.
pub fn find<'a>(root: &'a Object, pointer: &str) -> Option<&'a Json> {
    find_within(root, pointer, &mut MAX_REFERENCES.clone())
}

fn find_within<'a>(root: &'a Object, pointer: &str, left: &mut usize) -> Option<&'a Json> {
    let mut keys = pointer::keys(pointer);
    let first = root.get(&keys.next()?)?;
    keys.try_fold(first, |value, key| child(root, value, &key, left))
}

/// Returns the value of a key of a value, or of the value that it references.
fn child<'a>(root: &'a Object, value: &'a Json, key: &str, left: &mut usize) -> Option<&'a Json> {
    let mut value = value;
    loop {
        if let Some(child) = pointer::child(value, key) {
            return Some(child);
        }
        // References into a nullable schema are older than the `anyOf` around it.
        if let Some(inner) = schemas::wrapped(value) {
            value = inner;
            continue;
        }
        *left = left.checked_sub(1)?;
        let reference = value.get("$ref")?.as_str()?;
        value = find_within(root, &pointer::of_reference(reference)?, left)?;
    }
}
