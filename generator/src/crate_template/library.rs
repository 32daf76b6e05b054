//! `lib.rs` of a new crate.

use super::example::{self, Calls};
use super::package_name::PackageName;
use crate::rust::docs::{self, Client};
use crate::rust::ir::{Auth, Operation, Output};
use crate::rust::markdown::inert;

const MODULES: &str = "
#![cfg_attr(docsrs, feature(doc_cfg))]

// `generator --crate .` writes these modules. Do not edit them.
#[cfg(feature = \"fake\")]
#[rustfmt::skip]
pub mod fake;
#[rustfmt::skip]
#[allow(
    clippy::doc_markdown,
    clippy::large_enum_variant,
    clippy::too_many_arguments,
    reason = \"they follow from the schema\"
)]
mod generated;
#[rustfmt::skip]
mod runtime;

pub use generated::exports::*;
";

fn features(package: &PackageName, calls: &Calls) -> String {
    let resources = calls.feature_row();
    let features = format!("# Features

| feature | adds |
|---|---|
{resources}| `async` (default) | `HttpTransport`, the default transport of [`Client`], built on hyper and rustls; requires Tokio |
| `blocking` | `blocking::Client`, with the same transport; includes `async`, but the program needs no async runtime |
| `fake` | `fake::Fake`, an in-process fake of the API |
| `fake-server` | `fake::Server`, which serves the fake over HTTP, and the program `fake-api` |

Without `async`, [`Client`] needs a custom [`Transport`].");
    let choice = calls.choice_of_resources(package);
    [features].into_iter().chain(choice).collect::<Vec<_>>().join("\n\n")
}

pub fn text(package: &PackageName, title: &str, auth: &Auth, calls: &Calls) -> String {
    let crate_name = package.crate_name();
    let sections = [
        format!("A Rust client for {}, async and blocking.", inert(title)),
        first_call(&crate_name, auth, calls),
        "A method of [`Client`] returns the handle of a resource, and a method of the handle returns a [`Call`], a \
         request\nbuilder. The request is sent when the call is awaited. The module `models` contains the types of requests and \
         responses."
            .to_owned(),
        blocking(&crate_name, auth, calls),
        errors(&crate_name, calls),
        fake(&crate_name, calls),
        features(package, calls),
    ];
    let docs = sections.into_iter().filter(|section| !section.is_empty());
    let docs = docs.collect::<Vec<_>>().join("\n\n");
    let docs: String = docs
        .lines()
        .map(|line| format!("//! {line}").trim_end().to_owned() + "\n")
        .collect();
    docs + MODULES
}

/// Returns a code block of a function that returns a `Result`, compiled under a condition.
fn block(kind: &str, condition: &str, opening: &str, lines: impl IntoIterator<Item = String>) -> String {
    let mut block = vec![
        format!("```{kind}"),
        format!("# #[cfg({condition})]"),
        format!("# {opening} {{"),
    ];
    block.extend(lines);
    block.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    block.join("\n")
}

/// Returns the lines of the examples: with the async or the blocking client.
fn calls_of(crate_name: &str, auth: &Auth, calls: &Calls, client: Client) -> Vec<String> {
    let mut lines = example::imports(crate_name, client, calls.first);
    lines.extend([String::new(), example::new_client(auth)]);
    match calls.first {
        Some(operation) => lines.extend(docs::example_call(operation, client)),
        None => lines.push("drop(client);".to_owned()),
    }
    let is_first = |list: &&Operation| calls.first.is_some_and(|first| first.info.name == list.info.name);
    if let Some(list) = calls.list.filter(|list| !is_first(list)) {
        lines.extend([String::new(), "// The items of all pages.".to_owned()]);
        lines.extend(docs::example_call(list, client));
    }
    lines
}

/// Returns a hidden line of a code block that allows deprecated items, if an operation needs it.
fn hidden_attribute(operation: Option<&Operation>) -> String {
    example::allow_deprecated(operation).map_or_else(String::new, |attribute| format!("{attribute} "))
}

fn first_call(crate_name: &str, auth: &Auth, calls: &Calls) -> String {
    let opening = format!(
        "{}async fn example() -> Result<(), {crate_name}::Error>",
        hidden_attribute(calls.first)
    );
    let lines = calls_of(crate_name, auth, calls, Client::Async);
    block("no_run", &calls.condition(&["async"]), &opening, lines)
}

fn blocking(crate_name: &str, auth: &Auth, calls: &Calls) -> String {
    let opening = format!(
        "{}fn example() -> Result<(), {crate_name}::Error>",
        hidden_attribute(calls.first)
    );
    let lines = calls_of(crate_name, auth, calls, Client::Blocking);
    let block = block("no_run", &calls.condition(&["blocking"]), &opening, lines);
    format!(
        "# Blocking

With the feature `blocking`, the module `blocking` contains a client with the same resources and calls. `send()`
replaces `.await`, and lists are iterators.

{block}"
    )
}

fn errors(crate_name: &str, calls: &Calls) -> String {
    let Some(operation) = calls.first else {
        return String::new();
    };
    let (pattern, value) = match operation.output {
        Output::Nothing => ("()", "println!(\"done\")"),
        Output::Headers | Output::Value(_) | Output::Page(_) | Output::ByStatus(_) => {
            ("value", "println!(\"{value:?}\")")
        }
    };
    let call = example::expression(operation);
    let mut lines = Vec::new();
    if operation.example.models {
        lines.extend([format!("use {crate_name}::models::*;"), String::new()]);
    }
    lines.extend([
        format!("match {call}.await {{"),
        format!("    Ok({pattern}) => {value},"),
        "    Err(error) if error.is_not_found() => println!(\"does not exist\"),".to_owned(),
        "    Err(error) => return Err(error),".to_owned(),
        "}".to_owned(),
    ]);
    let opening = format!(
        "{}async fn example(client: {crate_name}::Client) -> Result<(), {crate_name}::Error>",
        hidden_attribute(Some(operation))
    );
    let block = block("no_run", &calls.condition(&["async"]), &opening, lines);
    format!(
        "# Errors

All calls return the same [`Error`] type. Its `Display` output is one line with the operation and the reason. If the
API rejected the request, the error contains the response.

{block}"
    )
}

fn fake(crate_name: &str, calls: &Calls) -> String {
    let Some(operation) = calls.first else {
        return String::new();
    };
    let models = operation
        .example
        .models
        .then(|| format!("use {crate_name}::models::*;"));
    let call = example::expression(operation);
    let mut lines = vec![format!("use {crate_name}::fake::{{Fake, Fault}};")];
    lines.extend(models);
    lines.extend([
        String::new(),
        "let fake = Fake::new();".to_owned(),
        "fake.seed_examples();".to_owned(),
        "fake.fault(Fault::status(429)); // the client retries, the test does not wait".to_owned(),
        "let client = fake.blocking_client();".to_owned(),
        format!("let result = {call}.send();"),
        "assert_eq!(fake.requests().len(), 2, \"{result:?}\");".to_owned(),
    ]);
    let opening = format!(
        "{}fn example() -> Result<(), {crate_name}::Error>",
        hidden_attribute(Some(operation))
    );
    let condition = calls.condition(&["fake", "blocking"]);
    let block = block("", &condition, &opening, lines);
    let block = block.strip_suffix("```").unwrap_or(&block);
    format!(
        "# Tests

With the feature `fake`, programs can be tested against an in-process fake of the API. It stores objects, rejects invalid
requests and injects faults. `Fake::client` returns an async client.

{block}# #[cfg({condition})]
# example().unwrap();
```"
    )
}
