//! The operations that the documentation of a new crate calls.

use std::cmp::Reverse;

use super::manifest::ALL_RESOURCES;
use super::package_name::PackageName;
use crate::rust::docs::{self, Client};
use crate::rust::ir::{Auth, Generated, Operation, Output, Resource};

/// The operations for examples. An API without operations has none.
pub struct Calls<'a> {
    /// An operation that reads an object, if there is one.
    pub first: Option<&'a Operation>,
    /// An operation that lists objects and needs no arguments.
    pub list: Option<&'a Operation>,
    /// The cargo feature for the first operation, if resources have one.
    pub feature: Option<&'a String>,
}

impl<'a> Calls<'a> {
    /// Chooses operations of the resources with the most operations, which are usually the best known.
    pub fn choose(generated: &'a Generated) -> Self {
        let mut resources: Vec<_> = generated.resources.iter().collect();
        resources.sort_by_key(|resource| Reverse(resource.operations.len()));
        let operations = || resources.iter().flat_map(|resource| &resource.operations);
        let usual = || operations().filter(|operation| !operation.example.deprecated);
        let reads =
            |operation: &&Operation| matches!(operation.output, Output::Value(_)) && operation.info.method == "GET";
        let is_simple = |operation: &&Operation| operation.path.len() == 1 && operation.example.arguments.len() == 1;
        let is_list = |operation: &&Operation| matches!(operation.output, Output::Page(_));
        let gets = |operation: &&Operation| operation.method == "get";
        let first = usual().filter(reads).filter(is_simple).find(gets);
        let first = first.or_else(|| usual().filter(reads).find(is_simple));
        let first = first.or_else(|| usual().find(reads)).or_else(|| usual().next());
        let first = first.or_else(|| operations().next());
        let is_first = |resource: &&&Resource| first.is_some_and(|first| first.example.accessor == resource.module);
        Self {
            first,
            list: usual()
                .filter(is_list)
                .find(|operation| operation.example.arguments.is_empty()),
            feature: resources
                .iter()
                .find(is_first)
                .and_then(|resource| resource.feature.as_ref()),
        }
    }

    /// Returns the condition for code that needs cargo features and any resources.
    pub fn condition(&self, features: &[&str]) -> String {
        let resources = self.feature.map(|_| ALL_RESOURCES);
        let features: Vec<_> = resources
            .iter()
            .chain(features)
            .map(|name| format!("feature = {name:?}"))
            .collect();
        match features.as_slice() {
            [only] => only.clone(),
            several => format!("all({})", several.join(", ")),
        }
    }

    /// Returns the row of a README's table of features for the resources.
    pub fn feature_row(&self) -> String {
        self.feature.map_or_else(String::new, |feature| {
            format!(
                "| `{ALL_RESOURCES}` (default) | all resources; each one also has a feature with the name of its method, \
                 such as `{feature}` |\n"
            )
        })
    }

    /// Returns a text about choosing resources, if they have features.
    pub fn choice_of_resources(&self, package: &PackageName) -> Option<String> {
        let feature = self.feature?;
        Some(format!(
            "A program that uses only some of the resources compiles faster without the others:\n\n```toml\n{package} = \
             {{ version = \"0.1\", default-features = false, features = [\"async\", {feature:?}] }}\n```"
        ))
    }
}

/// Returns the lines that import the client, and the models that a call needs.
pub fn imports(crate_name: &str, client: Client, operation: Option<&Operation>) -> Vec<String> {
    let module = match client {
        Client::Async => "",
        Client::Blocking => "blocking::",
    };
    let models = operation.is_some_and(|operation| operation.example.models);
    let models = models.then(|| format!("use {crate_name}::models::*;"));
    [format!("use {crate_name}::{module}Client;")]
        .into_iter()
        .chain(models)
        .collect()
}

/// Returns the line that creates a client.
pub fn new_client(auth: &Auth) -> String {
    match auth {
        Auth::None => "let client = Client::new();".to_owned(),
        Auth::Basic {
            user_variable,
            password_variable,
        } => format!("let client = Client::from_env()?; // reads {user_variable} and {password_variable}"),
        Auth::Key { variable, .. } => format!("let client = Client::from_env()?; // reads {variable}"),
    }
}

/// Returns the call of an operation as an expression, without the method that sends it.
pub fn expression(operation: &Operation) -> String {
    format!("client.{}", docs::example_chain(operation).join("."))
}

/// Returns `#[allow(deprecated)]` if a call needs it.
pub fn allow_deprecated(operation: Option<&Operation>) -> Option<&'static str> {
    let is_deprecated = operation.is_some_and(|operation| operation.example.deprecated);
    is_deprecated.then_some("#[allow(deprecated)]")
}
