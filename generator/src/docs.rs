//! The doc comments of generated code.

use crate::rust::{Operation, Output, Resource};
use proc_macro2::TokenStream;
use quote::quote;
use textwrap::{Options, WordSplitter};

/// Comments wrap where a careful person would wrap them.
const WIDTH: usize = 90;

/// A text as a doc comment, one attribute a line.
pub fn text(text: &str) -> TokenStream {
    lines(wrap(text))
}

/// Several paragraphs, headings or code blocks as one doc comment.
fn paragraphs(paragraphs: impl IntoIterator<Item = Vec<String>>) -> TokenStream {
    let separated: Vec<Vec<String>> = paragraphs.into_iter().collect();
    lines(separated.join(&String::new()))
}

fn lines(lines: impl IntoIterator<Item = String>) -> TokenStream {
    let lines = lines
        .into_iter()
        .map(|line| if line.is_empty() { line } else { format!(" {line}") });
    quote! { #(#[doc = #lines])* }
}

fn wrap(text: &str) -> Vec<String> {
    let options = Options::new(WIDTH)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::wrap(text, options)
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect()
}

/// The doc comment of the type through which a resource is reached.
pub fn handle(resource: &Resource) -> TokenStream {
    let origin = format!(
        "What `client.{}()` gives, of the async and of the blocking client alike.",
        resource.module
    );
    paragraphs([wrap(&resource.doc), wrap(&origin)])
}

/// The doc comment of the method that prepares a call.
pub fn operation(operation: &Operation) -> TokenStream {
    let call = format!("`{} {}`", operation.spec.method, operation.spec.path);
    let missing = if operation.arguments.is_empty() {
        ""
    } else {
        "; `is_not_found()` where nothing has this ID"
    };
    let errors = format!("Those of every call: see [`Error`](crate::runtime::Error){missing}.");
    paragraphs([
        wrap(&operation.doc),
        vec![call],
        vec!["# Errors".to_owned()],
        wrap(&errors),
        vec!["# Examples".to_owned()],
        example(operation),
    ])
}

fn example(operation: &Operation) -> Vec<String> {
    let example = &operation.example;
    let (name, variable) = (&example.crate_name, &example.variable);
    let arguments: Vec<_> = example
        .arguments
        .iter()
        .map(|argument| format!("{argument:?}"))
        .collect();
    let call = format!(
        "client.{}().{}({})",
        example.accessor,
        operation.method,
        arguments.join(", ")
    );
    let body = match operation.output {
        Output::Nothing => vec![format!("{call}.await?;")],
        Output::Value(_) => vec![
            format!("let {variable} = {call}.await?;"),
            format!("println!(\"{{{variable}:?}}\");"),
        ],
        Output::Page(_) => vec![
            format!("let mut items = {call}.items();"),
            format!("while let Some({variable}) = items.try_next().await? {{"),
            format!("    println!(\"{{{variable}:?}}\");"),
            "}".to_owned(),
        ],
    };
    let opening = [
        "```no_run".to_owned(),
        format!("# async fn example(client: {name}::Client) -> Result<(), {name}::Error> {{"),
    ];
    let closing = ["# Ok(())".to_owned(), "# }".to_owned(), "```".to_owned()];
    opening.into_iter().chain(body).chain(closing).collect()
}

/// The doc comment of a call's type.
pub fn call(resource: &Resource, operation: &Operation) -> TokenStream {
    text(&format!(
        "The call that [`{}::{}`] prepares.",
        resource.handle, operation.method
    ))
}

/// The doc comment of an operation's struct.
pub fn operation_struct(resource: &Resource, operation: &Operation) -> TokenStream {
    text(&format!(
        "What [`{0}::{1}`](super::{0}::{1}) sends.",
        resource.handle, operation.method
    ))
}
