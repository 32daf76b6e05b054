//! The operations that the documentation of a new crate calls.

use crate::rust::docs::{self, Client};
use crate::rust::ir::{Auth, Generated, Operation, Output};

/// The operations for examples. An API without operations has none.
pub struct Calls<'a> {
    /// An operation that reads an object, if there is one.
    pub first: Option<&'a Operation>,
    /// An operation that lists objects and needs no arguments.
    pub list: Option<&'a Operation>,
}

impl<'a> Calls<'a> {
    pub fn choose(generated: &'a Generated) -> Self {
        let operations = || generated.resources.iter().flat_map(|resource| &resource.operations);
        let usual = || operations().filter(|operation| !operation.example.deprecated);
        let reads =
            |operation: &&Operation| matches!(operation.output, Output::Value(_)) && operation.info.method == "GET";
        let is_simple = |operation: &&Operation| operation.path.len() == 1 && operation.example.arguments.len() == 1;
        let is_list = |operation: &&Operation| matches!(operation.output, Output::Page(_));
        let first = usual().filter(reads).find(is_simple);
        let first = first.or_else(|| usual().find(reads)).or_else(|| usual().next());
        Self {
            first: first.or_else(|| operations().next()),
            list: usual()
                .filter(is_list)
                .find(|operation| operation.example.arguments.is_empty()),
        }
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
