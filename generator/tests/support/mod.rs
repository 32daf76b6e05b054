//! A project in a temporary folder, and the generator run in it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A temporary folder with the schema of a small API.
pub struct Project {
    folder: TempDir,
}

pub const API: &str = "name: small
version: \"1\"
crate: small
base_url: https://api.example.com
auth: bearer
key_variable: SMALL_KEY
";

pub const CATS: &str = "resource: cats
doc: \"Cats.\"
operations:
  get: { http: \"GET /cats/{id}\", returns: Cat, doc: \"Returns a cat.\" }
types:
  Cat: { doc: \"A cat.\", fields: { name: { type: string, doc: \"Name of the cat.\" } } }
";

impl Project {
    pub fn new() -> Self {
        let project = Self {
            folder: TempDir::new().unwrap(),
        };
        fs::create_dir_all(project.path("schema/resources")).unwrap();
        project.write("schema/api.yaml", API);
        project.write("schema/resources/cats.yaml", CATS);
        project
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command("schema").args(arguments).output().unwrap()
    }

    /// Returns the command that generates code from a schema folder into `out`.
    pub fn command(&self, schema: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_generator"));
        command
            .args(["--schema", schema, "--out", "out"])
            .current_dir(self.folder.path());
        command
    }
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
