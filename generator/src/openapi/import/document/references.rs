//! Makes the references of a file local.

use std::io;
use std::path::Path;

use super::files::{Files, Target};
use super::pointer;
use super::positions::{Kind, Place, Visitor};
use crate::openapi::import::finding::{Finding, Loss};
use crate::openapi::json::{Json, Object, object};

/// Marks local references until all files have been walked. A part of a file can be walked more than once, and a local
/// reference in a file other than the document would be taken for a reference to the same file.
pub const MARK: &str = "\u{0}";

/// Makes the references of a file local.
pub struct References<'a> {
    pub files: &'a mut Files,
    pub file: usize,
}

impl Visitor for References<'_> {
    fn visit(&mut self, kind: Kind, object: &mut Object, place: &Place) {
        if kind == Kind::Schema {
            self.report_identifiers(object, place);
            self.visit_mapping(object, place);
        }
        let Some(reference) = object.text("$ref").filter(|reference| !reference.starts_with(MARK)) else {
            return;
        };
        let reference = reference.to_owned();
        match self.resolve(&reference, kind, place) {
            Some(local) => object.set("$ref", local),
            None => drop(object.remove("$ref")),
        }
    }

    /// Expands a map that is a reference, such as `paths: { $ref: paths.yaml }`, which is common although the
    /// specification does not allow it.
    fn visit_map(&mut self, map: &mut Object, place: &Place) {
        let Some(reference) = map.text("$ref").map(str::to_owned) else {
            return;
        };
        map.remove("$ref");
        match self.entries(&reference) {
            Ok(entries) => entries
                .into_iter()
                .for_each(|(key, value)| map.set_default(&key, value)),
            Err(problem) => {
                let message = self.message(&reference, place, &problem);
                self.files.errors.push(message);
            }
        }
    }
}

impl References<'_> {
    /// Returns the local form of a reference, or `None` if the reference was reported.
    fn resolve(&mut self, reference: &str, kind: Kind, place: &Place) -> Option<String> {
        if is_remote(reference) {
            self.report(
                kind,
                place,
                format!("the remote reference `{reference}` is not followed"),
            );
            return None;
        }
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let Some(pointer) = pointer::of_fragment(fragment) else {
            self.report(
                kind,
                place,
                format!("the reference `{reference}` to an anchor is not followed"),
            );
            return None;
        };
        let file = match self.open(path) {
            Ok(file) => file,
            Err(error) => {
                let message = self.message(reference, place, &error.to_string());
                self.files.errors.push(message);
                return None;
            }
        };
        let local = pointer::to_reference(&self.files.bundled(file, &pointer));
        let target = Target { pointer, kind };
        if self.files.is_new(file, &target) {
            let path = self.files.loaded[file].path.display();
            let message = self.message(reference, place, &format!("`{path}` has no such value"));
            self.files.enqueue(file, target, message);
        }
        // The references of the document itself are local already.
        let mark = if file == 0 && self.file == 0 { "" } else { MARK };
        Some(format!("{mark}{local}"))
    }

    /// Returns the file of a relative path.
    fn open(&mut self, path: &str) -> io::Result<usize> {
        if path.is_empty() {
            return Ok(self.file);
        }
        let folder = self.files.loaded[self.file].path.parent().unwrap_or(Path::new(""));
        let path = folder.join(pointer::percent_decode(path));
        self.files.open(&path)
    }

    /// Returns references to the values of an object in another file.
    fn entries(&mut self, reference: &str) -> Result<Object, String> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if is_remote(reference) || path.is_empty() {
            return Err(
                "only the objects in this map can be references, not the map: write a reference for each".into(),
            );
        }
        let file = self.open(path).map_err(|error| error.to_string())?;
        let pointer = pointer::of_fragment(fragment).ok_or("anchors are not supported")?;
        let object = pointer::get(&self.files.loaded[file].tree, &pointer).and_then(Json::as_object);
        let object =
            object.ok_or_else(|| format!("`{}` has no object there", self.files.loaded[file].path.display()))?;
        let entry = |(key, value): (&str, &Json)| {
            let target = pointer::to_reference(&pointer::join(&pointer, key));
            let reference = object! { "$ref": format!("{path}{target}") };
            let is_extension = key.starts_with("x-");
            (
                key.to_owned(),
                if is_extension { value.clone() } else { reference.into() },
            )
        };
        Ok(object.iter().map(entry).collect())
    }

    /// Makes the references in the mapping of a discriminator local. Its values are references or names of schemas.
    fn visit_mapping(&mut self, schema: &mut Object, place: &Place) {
        for (_, value) in mapping(schema).into_iter().flat_map(Object::iter_mut) {
            let Some(text) = value.as_str().filter(|text| !text.starts_with(MARK)) else {
                continue;
            };
            let is_file = [".json", ".yaml", ".yml"]
                .iter()
                .any(|extension| text.ends_with(extension));
            if !is_file && !text.contains(['#', '/']) {
                continue;
            }
            if let Some(local) = self.resolve(text, Kind::Schema, place) {
                *value = local.into();
            }
        }
    }

    /// Reports the identifiers of JSON Schema, to which references can refer by name.
    fn report_identifiers(&mut self, schema: &Object, place: &Place) {
        for key in ["$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef"] {
            if schema.get(key).is_some_and(|value| value.as_str().is_some()) {
                self.report(Kind::Schema, place, format!("`{key}` is ignored"));
            }
        }
    }

    fn report(&mut self, kind: Kind, place: &Place, text: String) {
        let loss = match kind {
            Kind::Schema => Loss::Weaker,
            _ => Loss::LeftOut,
        };
        let place = match self.file {
            0 => place.to_string(),
            file => format!("`{}`: {place}", self.files.loaded[file].path.display()),
        };
        let finding = Finding { place, loss, text };
        if !self.files.findings.contains(&finding) {
            self.files.findings.push(finding);
        }
    }

    fn message(&self, reference: &str, place: &Place, problem: &str) -> String {
        let file = self.files.loaded[self.file].path.display();
        format!("`{file}`: cannot resolve the reference `{reference}` at {place}: {problem}")
    }
}

/// Returns `true` for references to the network and other URLs.
fn is_remote(reference: &str) -> bool {
    let path = reference.split('#').next().unwrap_or_default();
    path.starts_with("//") || path.contains("://") || path.starts_with("urn:")
}

/// Returns the mapping of the discriminator of a schema.
pub fn mapping(schema: &mut Object) -> Option<&mut Object> {
    schema
        .get_mut("discriminator")?
        .as_object_mut()?
        .get_mut("mapping")?
        .as_object_mut()
}
