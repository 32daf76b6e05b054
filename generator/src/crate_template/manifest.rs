//! The manifest of a crate: the features and dependencies that the runtime, the fake and the generated code need.
//!
//! They are those of the client in this repository, without those that an API does not need.

use std::fmt;
use std::fmt::Write;

use toml_edit::{Array, DocumentMut, InlineTable, Item, TableLike, Value};

use super::originals::{MANIFEST, WORKSPACE};
use crate::rust::ir::{Generated, Imports};

/// The dependencies of the unit tests in the runtime and the fake.
const TEST_DEPENDENCIES: [&str; 1] = ["tokio"];

const NATIVE_TESTS: &str = "target.'cfg(not(target_family = \"wasm\"))'.dev-dependencies";
const DEPENDENCIES: &str = "dependencies";
const BROWSER: &str = "target.'cfg(all(target_family = \"wasm\", target_os = \"unknown\"))'.dependencies";
const FEATURES: &str = "features";
const DEFAULT: &str = "default";
/// The feature that adds all resources.
pub const ALL_RESOURCES: &str = "all-resources";

/// The optional parts of the runtime and the fake that an API needs.
#[derive(Debug)]
pub struct Needs {
    filters: bool,
    uuids: bool,
    /// The features of resources.
    resources: Vec<String>,
}

impl Needs {
    /// Returns the parts that generated code needs.
    pub(crate) fn of(generated: &Generated) -> Self {
        let resources = generated.resources.iter();
        let own = resources
            .clone()
            .flat_map(|resource| [&resource.imports, &resource.operation_imports]);
        let shared = generated.shared.as_ref().map(|shared| &shared.imports);
        let has_uuid = |imports: &Imports| imports.runtime.iter().any(|name| name == "Uuid");
        Self {
            filters: generated.fake.rules.filter.is_some(),
            uuids: own.chain(shared).any(has_uuid),
            resources: resources.filter_map(|resource| resource.feature.clone()).collect(),
        }
    }

    fn dependency(&self, name: &str) -> bool {
        match name {
            "cel" | "chrono" => self.filters,
            "uuid" => self.uuids,
            _ => true,
        }
    }

    fn feature(&self, name: &str) -> bool {
        match name {
            "fake-filters" => self.filters,
            "uuid" => self.uuids,
            _ => true,
        }
    }
}

/// A line of a manifest.
#[derive(Clone)]
struct Line {
    section: &'static str,
    key: String,
    value: Value,
    /// The comment above the line.
    comment: String,
}

impl fmt::Display for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "{} = {}", self.key, self.value.to_string().trim())
    }
}

/// Returns `true` if a crate depends on a crate with this name in Rust code.
pub fn is_dependency(crate_name: &str) -> bool {
    let needs = Needs {
        filters: true,
        uuids: true,
        resources: Vec::new(),
    };
    let mut dependencies = lines(&needs).into_iter().filter(|line| line.section != FEATURES);
    dependencies.any(|line| line.key.replace('-', "_") == crate_name)
}

/// Returns the manifest of a new crate.
pub fn new(package: &str, title: &str, needs: &Needs) -> String {
    let mut text = metadata(package, title);
    let lines = lines(needs);
    for section in [FEATURES, DEPENDENCIES, BROWSER, NATIVE_TESTS] {
        let _ = write!(text, "\n[{section}]\n");
        for line in lines.iter().filter(|line| line.section == section) {
            let _ = writeln!(text, "{}{line}", line.comment);
        }
    }
    let unused = ["fake-filters", "uuid"].into_iter().filter(|name| !needs.feature(name));
    let unused: Vec<_> = unused.map(|name| format!("{name:?}")).collect();
    let unused = if unused.is_empty() {
        String::new()
    } else {
        format!(", 'cfg(feature, values({}))'", unused.join(", "))
    };
    text + &format!(
        "
[lib]
# The unit tests of the runtime and the fake belong to the generator, which runs them. Examples in the documentation are tested.
test = false

[[bin]]
name = \"fake-api\"
required-features = [\"fake-server\"]

[package.metadata.docs.rs]
all-features = true
# Shows the required feature of each item.
rustdoc-args = [\"--cfg\", \"docsrs\"]

[lints.rust]
unsafe_code = \"forbid\"
# The runtime has features that this API does not need.
unexpected_cfgs = {{ level = \"warn\", check-cfg = ['cfg(docsrs)'{unused}] }}
"
    )
}

/// Returns the sections of a new manifest that describe the package.
fn metadata(package: &str, title: &str) -> String {
    let client = parse(MANIFEST);
    let workspace = parse(WORKSPACE);
    let shared = |key: &str| workspace["workspace"]["package"][key].to_string();
    let description = format!("A client for {title}, async and blocking, with an in-process fake for tests.");
    format!(
        "[package]
name = \"{package}\"
description = {}
version = \"0.1.0\"
edition = {}
rust-version = {}
license = {}
readme = \"README.md\"
keywords = [\"api\", \"client\", \"async\", \"blocking\"]
categories = {}
include = [\"/src\", \"/schema\", \"/tests\", \"/README.md\", \"/CHANGELOG.md\", \"/LICENSE\"]

# The crate is a workspace of its own. Remove this section to make it a member of another one.
[workspace]
",
        Value::from(description),
        shared("edition").trim(),
        shared("rust-version").trim(),
        shared("license").trim(),
        client["package"]["categories"].to_string().trim(),
    )
}

/// Returns the features and dependencies of a crate.
fn lines(needs: &Needs) -> Vec<Line> {
    let client = parse(MANIFEST);
    let workspace = parse(WORKSPACE);
    let versions = &workspace["workspace"]["dependencies"];
    let mut lines = features(&client, needs);
    lines.extend(resource_features(&needs.resources));
    for section in [DEPENDENCIES, BROWSER, NATIVE_TESTS] {
        let is_needed = |name: &str| section != NATIVE_TESTS || TEST_DEPENDENCIES.contains(&name);
        let table = find(&client, section);
        for (name, item) in table.into_iter().flat_map(TableLike::iter) {
            if is_needed(name) && needs.dependency(name) {
                lines.push(Line {
                    section,
                    key: name.to_owned(),
                    value: dependency(&versions[name], item),
                    comment: String::new(),
                });
            }
        }
    }
    lines
}

fn features(client: &DocumentMut, needs: &Needs) -> Vec<Line> {
    let table = client["features"].as_table();
    let features = table.into_iter().flat_map(|table| {
        table.iter().map(|(name, item)| {
            let comment = table.key(name).and_then(|key| key.leaf_decor().prefix()?.as_str());
            (name, item, comment.unwrap_or_default())
        })
    });
    let features = features.filter(|(name, ..)| needs.feature(name));
    features
        .map(|(name, item, comment)| {
            let is_needed = |value: &&Value| value.as_str().is_none_or(|value| needs.feature(value));
            let mut values = match item.as_array() {
                Some(values) if values.iter().all(|value| is_needed(&value)) => values.clone(),
                values => values.into_iter().flatten().filter(is_needed).cloned().collect(),
            };
            if name == DEFAULT && needs.uuids {
                values.push("uuid");
            }
            if name == DEFAULT && !needs.resources.is_empty() {
                values.push(ALL_RESOURCES);
            }
            Line {
                section: FEATURES,
                key: name.to_owned(),
                value: Value::Array(values),
                comment: comment.trim_start_matches('\n').to_owned(),
            }
        })
        .collect()
}

/// Returns a feature for each resource, and one for all of them.
fn resource_features(resources: &[String]) -> Vec<Line> {
    let line = |key: &str, value: Array, comment: &str| Line {
        section: FEATURES,
        key: key.to_owned(),
        value: Value::Array(value),
        comment: comment.to_owned(),
    };
    let all = (!resources.is_empty()).then(|| line(ALL_RESOURCES, lines_of(resources), "# All resources.\n"));
    let each = resources.iter().enumerate().map(|(index, resource)| {
        let comment = if index == 0 {
            "# One resource each, with the name of the method that returns its handle.\n"
        } else {
            ""
        };
        line(resource, Array::new(), comment)
    });
    all.into_iter().chain(each).collect()
}

/// Returns an array with a value per line.
fn lines_of(values: &[String]) -> Array {
    let mut array: Array = values.iter().collect();
    for value in array.iter_mut() {
        value.decor_mut().set_prefix("\n  ");
    }
    array.set_trailing("\n");
    array.set_trailing_comma(true);
    array
}

/// Returns a dependency of the client with the version of the workspace.
fn dependency(version: &Item, item: &Item) -> Value {
    let mut table = InlineTable::new();
    match version.as_inline_table() {
        Some(version) => table = version.clone(),
        None => drop(table.insert("version", version.as_str().unwrap_or_default().into())),
    }
    let own = item.as_table_like();
    let own_features = own.and_then(|own| own.get("features")?.as_array());
    if let Some(own) = own_features {
        let mut features = strings(table.get("features").and_then(Value::as_array));
        features.extend(strings(Some(own)));
        features.sort();
        features.dedup();
        table.insert("features", Value::Array(features.into_iter().collect()));
    }
    if own.is_some_and(|own| own.contains_key("optional")) {
        table.insert("optional", true.into());
    }
    match table.get("version") {
        Some(version) if table.len() == 1 => version.clone().decorated(" ", ""),
        _ => {
            table.fmt();
            Value::InlineTable(table)
        }
    }
}

/// The features and dependencies that a manifest lacks.
#[derive(Debug)]
struct Missing {
    /// The lines to add or change.
    lines: Vec<(&'static str, String)>,
}

impl fmt::Display for Missing {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let mut last = "";
        for (section, line) in &self.lines {
            if *section != last {
                write!(formatter, "\n[{section}]\n")?;
                last = section;
            }
            writeln!(formatter, "{line}")?;
        }
        Ok(())
    }
}

/// Checks that a manifest is that of a crate, and that it has all features and dependencies that the crate needs.
///
/// # Errors
///
/// Returns a message with the lines to add or change.
pub fn check(manifest: &str, crate_name: &str, needs: &Needs) -> Result<(), String> {
    let parsed = manifest.parse::<DocumentMut>();
    let parsed = parsed.map_err(|error| format!("`Cargo.toml` is not valid: {}", error.to_string().trim_end()))?;
    let name = |section: &str| Some(find(&parsed, section)?.get("name")?.as_str()?.replace('-', "_"));
    let Some(actual) = name("lib").or_else(|| name("package")) else {
        return Err(
            "`Cargo.toml` does not name the crate\nhelp: write `name = \"…\"` in its section `[package]`".to_owned(),
        );
    };
    if actual != crate_name {
        return Err(format!(
            "`schema/api.yaml` is for the crate `{crate_name}`, but `Cargo.toml` names it `{actual}`\n\
             help: write `crate: {actual}` in `schema/api.yaml`"
        ));
    }
    match missing(&parsed, needs) {
        Some(missing) => Err(format!(
            "`Cargo.toml` lacks features or dependencies that the crate needs\nhelp: add or change these lines in the existing sections:\n{missing}"
        )),
        None => Ok(()),
    }
}

/// Compares a manifest with the features and dependencies that a crate needs. Returns `None` if it has all of them.
fn missing(manifest: &DocumentMut, needs: &Needs) -> Option<Missing> {
    let lines = lines(needs).into_iter();
    let has_resources = find(manifest, FEATURES).is_some_and(|features| features.contains_key(ALL_RESOURCES));
    let lacks_resources = !needs.resources.is_empty() && !has_resources;
    let missing: Vec<_> = lines
        .filter_map(|line| {
            let present = find(manifest, line.section).and_then(|table| table.get(&line.key));
            let text = match line.section {
                FEATURES => missing_feature(&line, present, lacks_resources),
                _ => missing_dependency(&line, present),
            };
            text.map(|text| (line.section, text))
        })
        .collect();
    (!missing.is_empty()).then_some(Missing { lines: missing })
}

/// Returns the line of a feature that a manifest lacks, or that lacks another feature.
///
/// A person decides which features are on by default. Two must be: UUIDs, and all resources when they get features, because programs
/// would no longer compile.
fn missing_feature(line: &Line, present: Option<&Item>, lacks_resources: bool) -> Option<String> {
    let Some(present) = present else {
        return Some(line.to_string());
    };
    let present = strings(present.as_array());
    let is_needed = |name: &String| line.key != DEFAULT || name == "uuid" || (lacks_resources && name == ALL_RESOURCES);
    let needed = strings(line.value.as_array()).into_iter().filter(is_needed);
    let missing: Vec<_> = needed.filter(|name| !present.contains(name)).collect();
    (!missing.is_empty()).then(|| {
        let all: Array = present.into_iter().chain(missing).collect();
        format!("{} = {all}", line.key)
    })
}

/// Returns the line of a dependency that a manifest lacks, or that lacks a feature.
fn missing_dependency(line: &Line, present: Option<&Item>) -> Option<String> {
    let Some(present) = present else {
        return Some(line.to_string());
    };
    let table = present.as_table_like();
    if table.is_some_and(|table| table.contains_key("workspace")) {
        return None;
    }
    let present = strings(table.and_then(|table| table.get("features")?.as_array()));
    let needed = line.value.as_inline_table().and_then(|table| table.get("features"));
    let needed = strings(needed.and_then(Value::as_array));
    let is_complete = needed.iter().all(|feature| present.contains(feature));
    (!is_complete).then(|| line.to_string())
}

fn strings(array: Option<&Array>) -> Vec<String> {
    let values = array.into_iter().flatten();
    values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

/// Returns a section of a manifest.
fn find<'a>(manifest: &'a DocumentMut, section: &str) -> Option<&'a dyn TableLike> {
    // A condition in quotes contains no quote and no `'`.
    let keys = match section.split('\'').collect::<Vec<_>>()[..] {
        ["target.", condition, kind] => vec!["target", condition, kind.trim_start_matches('.')],
        _ => vec![section],
    };
    let mut table: &dyn TableLike = manifest.as_table();
    for key in keys {
        table = table.get(key)?.as_table_like()?;
    }
    Some(table)
}

/// Parses a manifest of this repository, which a test checks.
fn parse(manifest: &str) -> DocumentMut {
    manifest.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names;

    const ALL: Needs = Needs {
        filters: true,
        uuids: true,
        resources: Vec::new(),
    };

    const FEW: Needs = Needs {
        filters: false,
        uuids: false,
        resources: Vec::new(),
    };

    fn with_resources(names: &[&str]) -> Needs {
        Needs {
            resources: names.iter().map(|name| (*name).to_owned()).collect(),
            ..FEW
        }
    }

    fn manifest(needs: &Needs) -> String {
        new("acme-client", "the \"Acme\" API", needs)
    }

    /// Returns the lines that a manifest lacks.
    fn lacks(manifest: &str, needs: &Needs) -> String {
        let missing = missing(&parse(manifest), needs);
        missing.map(|missing| missing.to_string()).unwrap_or_default()
    }

    #[test]
    fn new_manifest_lacks_nothing() {
        for needs in [ALL, FEW, with_resources(&["cats", "dogs"])] {
            assert_eq!(lacks(&manifest(&needs), &needs), "");
        }
        assert!(manifest(&ALL).contains("cel = {") && !manifest(&FEW).contains("cel"));
        assert!(!manifest(&FEW).contains("workspace = true"));
    }

    #[test]
    fn missing_lines_are_printed() {
        let manifest = manifest(&FEW);
        assert_eq!(
            lacks(&manifest.replace("hyper/client\",\n", "hyper/http1\",\n"), &FEW),
            "\n[features]\nasync = [\"dep:hyper\", \"dep:hyper-util\", \"dep:ipnet\", \"dep:rustls\", \"dep:tokio\", \
             \"dep:tokio-rustls\", \"dep:tower-service\", \"dep:webpki-roots\", \"hyper/http1\", \
             \"hyper-util/client-legacy\", \"hyper-util/client-proxy\", \"tokio/io-util\", \"tokio/sync\", \"hyper/client\"]\n"
        );
        assert!(lacks("[package]\nname = \"a\"\n", &FEW).contains("\n[dependencies]\nbytes = \"1."));
    }

    #[test]
    fn manifest_of_another_crate_is_an_error() {
        let manifest = manifest(&FEW);
        assert_eq!(check(&manifest, "acme_client", &FEW), Ok(()));
        let error = check(&manifest, "acme", &FEW).unwrap_err();
        assert!(error.contains("help: write `crate: acme_client`"), "{error}");
        let renamed = manifest.replace("[lib]\n", "[lib]\nname = \"acme\"\n");
        assert_eq!(check(&renamed, "acme", &FEW), Ok(()));
        for unnamed in ["", "[package]"] {
            let error = check(unnamed, "acme", &FEW).unwrap_err();
            assert!(
                error.contains("write `name = \"…\"` in its section `[package]`"),
                "{error}"
            );
        }
        let error = check("[package", "acme", &FEW).unwrap_err();
        assert!(error.starts_with("`Cargo.toml` is not valid: "), "{error}");
    }

    #[test]
    fn uuids_must_be_on_by_default() {
        let lines = lacks(&manifest(&FEW), &ALL);
        assert!(lines.contains("\ndefault = [\"async\", \"uuid\"]\n"), "{lines}");
        assert!(lines.contains("\nuuid = { version = "), "{lines}");
    }

    #[test]
    fn each_resource_has_a_feature() {
        let needs = with_resources(&["cats", "dogs"]);
        let text = manifest(&needs);
        assert!(text.contains("\ndefault = [\"async\", \"all-resources\"]\n"), "{text}");
        assert!(
            text.contains("\nall-resources = [\n  \"cats\",\n  \"dogs\",\n]\n") && text.contains("\ndogs = []\n"),
            "{text}"
        );
        let more = with_resources(&["birds", "cats", "dogs"]);
        assert_eq!(
            lacks(&text, &more),
            "\n[features]\nall-resources = [\"cats\", \"dogs\", \"birds\"]\nbirds = []\n"
        );
        // A person decides what is on by default.
        assert_eq!(lacks(&text.replace(", \"all-resources\"]", "]"), &needs), "");
    }

    #[test]
    fn no_resource_has_the_feature_of_another_part() {
        let manifest = parse(MANIFEST);
        for (feature, _) in manifest["features"].as_table().unwrap() {
            let is_taken = names::Scope::types().claim(&names::handle(feature), ()).is_err()
                || names::Scope::modules().claim(&names::module(feature), ()).is_err();
            assert!(
                is_taken || feature.contains('-') || names::is_feature(feature),
                "{feature}"
            );
        }
    }

    #[test]
    fn dependencies_of_a_workspace_are_accepted() {
        let manifest = manifest(&FEW);
        let line = manifest.lines().find(|line| line.starts_with("hyper = ")).unwrap();
        let inherited = manifest.replace(line, "hyper = { workspace = true, optional = true }");
        assert_eq!(lacks(&inherited, &FEW), "");
        let fewer = manifest.replace(line, "hyper = { version = \"1.6\", optional = true }");
        assert_eq!(lacks(&fewer, &FEW), format!("\n[dependencies]\n{line}\n"));
    }
}
