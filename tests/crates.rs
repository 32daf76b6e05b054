//! Builds crates of generated code, which include the runtime by path.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use generator::source::Source;
use generator::{OutputFile, PackageName};

use crate::schemas::{read, root};

/// A workspace of crates with generated code, in the temporary folder of cargo's integration tests.
pub struct Workspace {
    folder: PathBuf,
    members: Vec<String>,
}

impl Workspace {
    pub fn new(name: &str) -> Self {
        Self {
            folder: Path::new(env!("CARGO_TARGET_TMPDIR")).join(name),
            members: Vec::new(),
        }
    }

    /// Adds a crate with the code generated from the schema. Its runtime is public, so that tests can call all of it.
    pub fn add(&mut self, name: &str, schema: &[Source]) {
        let library = format!(
            "#![deny(warnings)]\n#[path = {:?}]\npub mod runtime;\n\
             #[cfg(feature = \"fake\")]\n#[path = {:?}]\npub mod fake;\npub mod generated;\n\
             pub use generated::models;\npub use runtime::{{Client, Error}};\n",
            module_path("runtime"),
            module_path("fake")
        );
        self.add_with_library(name, schema, &library);
    }

    /// Adds a new crate, as the generator writes it. Warnings are errors.
    pub fn add_new(&mut self, name: &PackageName, schema: &[Source]) {
        let folder = self.folder.join(name.to_string());
        let created = generator::new_crate(name, schema).unwrap_or_else(|errors| panic!("{name}: {errors}"));
        for file in created.output.files {
            let text = match file.name.as_str() {
                "Cargo.toml" => member(&file.text),
                "src/lib.rs" => format!("#![deny(warnings)]\n{}", file.text),
                _ => file.text,
            };
            write(&folder.join(file.name), &text);
        }
        self.members.push(name.to_string());
    }

    fn add_with_library(&mut self, name: &str, schema: &[Source], library: &str) {
        let folder = self.folder.join(name);
        let output = generator::generate(schema).unwrap_or_else(|errors| panic!("{name}: {errors}"));
        generator::output::update(&folder.join("src/generated"), &output.files).unwrap();
        write(&folder.join("src/lib.rs"), library);
        let mut manifest = manifest(name, &crate_name(schema));
        let has_filters = |file: &OutputFile| file.text.contains("fake::filter");
        if !output.files.iter().any(has_filters) {
            manifest = without_filters(&manifest);
        }
        if output.files.iter().any(|file| file.text.contains("Uuid")) {
            manifest = manifest.replace("default = []", "default = [\"uuid\"]");
        }
        if output.files.iter().any(|file| file.text.contains("all-resources")) {
            manifest = with_resource_features(&manifest, schema);
        }
        write(&folder.join("Cargo.toml"), &manifest);
        self.members.push(name.to_owned());
    }

    /// Adds a file to one of the crates.
    pub fn add_file(&self, name: &str, path: &str, text: &str) {
        write(&self.folder.join(name).join(path), text);
    }

    /// Runs cargo on all crates, or on those that the arguments select.
    pub fn cargo(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("cargo should run")
    }

    /// Returns the command that runs cargo on all crates, or on those that the arguments select.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.write_workspace();
        let mut command = Command::new(env!("CARGO"));
        command
            .args(arguments)
            .args(["--offline", "--quiet"])
            .current_dir(&self.folder)
            // One folder for all workspaces, so that dependencies are built once.
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"),
            )
            .env_remove("RUSTFLAGS")
            .env("RUSTDOCFLAGS", "-D warnings");
        command
    }

    fn write_workspace(&self) {
        let manifest = read(&root().join("Cargo.toml"));
        let start = manifest
            .find("[workspace.dependencies]")
            .expect("the workspace should list its dependencies");
        let dependencies = manifest[start..].split("\n[").next().unwrap_or_default();
        let external: Vec<_> = dependencies.lines().filter(|line| !line.contains("path = ")).collect();
        let text = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {:?}\n\n{}\n",
            self.members,
            external.join("\n")
        );
        write(&self.folder.join("Cargo.toml"), &text);
        write(&self.folder.join("Cargo.lock"), &read(&root().join("Cargo.lock")));
    }
}

/// Makes the manifest of a new crate that of a member of a workspace. Removes the dependencies of unit tests, whose features would
/// build other dependencies again.
fn member(manifest: &str) -> String {
    let manifest = manifest.replace("\n[workspace]\n", "\n");
    let sections = manifest
        .split("\n[")
        .filter(|section| !section.contains(".dev-dependencies]"));
    sections.collect::<Vec<_>>().join("\n[")
}

/// Returns the path of a module of the client.
fn module_path(module: &str) -> String {
    let path = root().join(format!("generated-client/src/{module}/mod.rs"));
    path.display().to_string()
}

/// Returns the crate name that the examples of a schema use.
pub fn crate_name(schema: &[Source]) -> String {
    let mut lines = schema.iter().flat_map(|source| source.text.lines());
    let name = lines.find_map(|line| line.strip_prefix("crate: "));
    name.expect("`api.yaml` should name the crate").to_owned()
}

/// Returns a manifest with the features and dependencies of the client, but another package and library name.
fn manifest(name: &str, library: &str) -> String {
    let client = read(&root().join("generated-client/Cargo.toml"));
    let sections = client
        .split_inclusive('\n')
        .fold(Vec::<String>::new(), |mut sections, line| {
            if line.starts_with('[') {
                sections.push(String::new());
            }
            if let Some(section) = sections.last_mut() {
                section.push_str(line);
            }
            sections
        });
    let is_shared = |section: &&String| section.starts_with("[features]") || section.starts_with("[dependencies]");
    let shared: String = sections.iter().filter(is_shared).map(String::as_str).collect();
    let shared = shared.replace("default = [\"async\"]", "default = []");
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\nname = \"{library}\"\n\n{shared}"
    )
}

/// Adds a feature for each resource. All of them are on by default.
fn with_resource_features(manifest: &str, schema: &[Source]) -> String {
    let lines = schema.iter().filter_map(|source| source.text.lines().next());
    let resources: Vec<_> = lines.filter_map(|line| line.strip_prefix("resource: ")).collect();
    let each: Vec<_> = resources.iter().map(|name| format!("{name} = []\n")).collect();
    let features = format!(
        "default = [\"all-resources\"]\nall-resources = {resources:?}\n{}",
        each.concat()
    );
    manifest.replace("default = []\n", &features)
}

/// Removes the dependencies that only an API with filters needs.
fn without_filters(manifest: &str) -> String {
    let is_needed = |line: &&str| {
        let dependencies = ["cel =", "chrono =", "fake-filters ="];
        !dependencies.iter().any(|start| line.starts_with(start))
    };
    let lines: Vec<_> = manifest.lines().filter(is_needed).collect();
    let manifest = lines.join("\n").replace("[\"fake-filters\"]", "[]");
    let cfg = "cfg(feature, values(\"fake-filters\"))";
    format!("{manifest}\n\n[lints.rust]\nunexpected_cfgs = {{ level = \"warn\", check-cfg = ['{cfg}'] }}\n")
}

/// Writes a file if its contents differ, so that cargo rebuilds only what changed.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::create_dir_all(path.parent().expect("the path should have a parent")).unwrap();
        fs::write(path, text).unwrap();
    }
}
