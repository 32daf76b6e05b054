//! The files that a crate for an API shares with the client in this repository. They are part of the generator's program.

use crate::rust::print::OutputFile;

include!(concat!(env!("OUT_DIR"), "/originals.rs"));

/// The manifest of the client.
pub const MANIFEST: &str = include_str!("../../../generated-client/Cargo.toml");

/// The manifest of the workspace, with the versions of the dependencies.
pub const WORKSPACE: &str = include_str!("../../../Cargo.toml");

pub const LICENSE: &str = include_str!("../../../generated-client/LICENSE");

const FAKE_PROGRAM: &str = include_str!("../../../generated-client/src/bin/fake-api.rs");

/// Returns the runtime of a crate, with names relative to its folder.
pub fn runtime(command: &str) -> Vec<OutputFile> {
    copies("src/runtime", RUNTIME, command)
}

/// Returns the fake of a crate, with names relative to its folder.
pub fn fake(command: &str) -> Vec<OutputFile> {
    copies("src/fake", FAKE, command)
}

/// Returns the program that serves the fake.
pub fn fake_program(crate_name: &str) -> String {
    FAKE_PROGRAM.replace("generated_client", crate_name)
}

fn copies(folder: &str, originals: &[(&str, &str)], command: &str) -> Vec<OutputFile> {
    let copies = originals.iter().map(|(name, text)| OutputFile {
        name: format!("{folder}/{name}"),
        text: format!("// Copied by `{command}`.\n// Do not edit. The next run overwrites all changes.\n\n{text}"),
    });
    copies.collect()
}
