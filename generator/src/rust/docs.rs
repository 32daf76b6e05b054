//! The doc comments of generated code.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter};

use crate::rust::ir::{Api, Builder, Example, Operation, Output, RateLimit, Resource};
use crate::rust::layout;

/// Comments wrap where a careful person would wrap them.
const WIDTH: usize = 90;

/// A text as a doc comment.
pub fn text(text: &str) -> TokenStream {
    lines(wrap(text))
}

/// Several paragraphs, headings or code blocks as one doc comment.
fn paragraphs(paragraphs: impl IntoIterator<Item = Vec<String>>) -> TokenStream {
    let separated: Vec<Vec<String>> = paragraphs.into_iter().collect();
    lines(separated.join(&String::new()))
}

/// A text, and an example that runs as a test.
pub fn with_example(summary: &str, code: Vec<String>) -> TokenStream {
    let fence = || ["```".to_owned()];
    let block = fence().into_iter().chain(code).chain(fence());
    paragraphs([wrap(summary), vec!["# Examples".to_owned()], block.collect()])
}

/// Returns one attribute with all lines. Most generated lines are documentation, and parsing an attribute for each of
/// them would double the generation time.
fn lines(lines: impl IntoIterator<Item = String>) -> TokenStream {
    let mut text = String::new();
    for line in lines {
        if !text.is_empty() {
            text.push('\n');
        }
        if !line.is_empty() {
            text.push(' ');
        }
        text.push_str(&line);
    }
    let text = raw_literal(&text);
    quote! { #[doc = #text] }
}

/// A text as a raw string, which is neither escaped here nor unescaped where it is printed: a seventh of all time.
/// A raw string cannot hold every text, such as a carriage return alone.
fn raw_literal(text: &str) -> Literal {
    let mut end = "\"#".to_owned();
    while text.contains(&end) {
        end.push('#');
    }
    let raw = ["r", &end[1..], "\"", text, &end].concat();
    raw.parse().unwrap_or_else(|_| Literal::string(text))
}

fn wrap(text: &str) -> Vec<String> {
    let text = text.replace(is_forbidden, " ");
    let options = Options::new(WIDTH)
        .word_separator(WordSeparator::Custom(words))
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::wrap(&text, options)
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect()
}

/// Splits a line at spaces, except between two backticks.
fn words(mut line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    Box::new(std::iter::from_fn(move || {
        let (word, rest) = line.split_at(word_end(line));
        line = rest;
        (!word.is_empty()).then(|| Word::from(word))
    }))
}

/// Returns where the second word of a line begins.
fn word_end(line: &str) -> usize {
    let mut is_code = false;
    let mut is_between = false;
    for (index, c) in line.char_indices() {
        if is_between && c != ' ' {
            return index;
        }
        if c == '`' {
            is_code = !is_code && line[index + 1..].contains('`');
        }
        is_between = c == ' ' && !is_code;
    }
    line.len()
}

/// Returns `true` for what a comment cannot contain: a carriage return is a syntax error, a tab and a character that
/// changes the direction of text are rejected by lints, other control characters are invisible.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') || (c.is_control() && c != '\n')
}

/// The doc comment of the type through which a resource is reached.
pub fn handle(resource: &Resource) -> TokenStream {
    let origin = format!(
        "Returned by `client.{}()` on both the async and the blocking client.",
        resource.module
    );
    paragraphs([wrap(&resource.doc), wrap(&origin)])
}

/// The doc comment of a client's constructor.
pub fn new_client() -> TokenStream {
    paragraphs([
        wrap("Creates a client with this API key and default settings."),
        wrap("An API key that no header can carry is an error of the first call."),
    ])
}

/// The doc comment of a function that reads the API key from the environment.
pub fn from_env(does: &str, api: &Api) -> TokenStream {
    let variable = &api.key_variable;
    paragraphs([
        wrap(&format!(
            "{does} with the API key in the environment variable `{variable}`."
        )),
        vec!["# Errors".to_owned()],
        wrap("Returns an error if the variable is not set, is empty, or is not valid Unicode."),
    ])
}

/// The doc comment of a builder's method that sets the rate limit of the API.
pub fn api_rate_limit(RateLimit { requests, seconds }: RateLimit) -> TokenStream {
    text(&format!(
        "Sets the rate limit that the API states: {requests} requests in {seconds} seconds."
    ))
}

/// The doc comment of the method that prepares a call.
pub fn operation(operation: &Operation) -> TokenStream {
    let call = format!("`{} {}`", operation.info.method, operation.info.path);
    paragraphs([
        wrap(&operation.doc),
        vec![call],
        vec!["# Errors".to_owned()],
        errors(operation),
        vec!["# Examples".to_owned()],
        example(operation),
    ])
}

fn errors(operation: &Operation) -> Vec<String> {
    let missing = if operation.path.is_empty() {
        ""
    } else {
        "; [`Error::is_not_found`](crate::runtime::Error::is_not_found) if no object has this ID"
    };
    wrap(&format!(
        "Returns an [`Error`](crate::runtime::Error) if the request fails{missing}."
    ))
}

/// The doc comment of the method that takes a request whole.
pub fn from_model(operation: &Operation) -> TokenStream {
    let method = &operation.method;
    paragraphs([
        wrap(&format!(
            "Like [`{method}`](Self::{method}), but takes a complete request body, for example one read from a file."
        )),
        vec!["# Errors".to_owned()],
        errors(operation),
    ])
}

/// The attribute of what the API deprecates.
pub fn deprecated(note: Option<&String>) -> Option<TokenStream> {
    note.map(|note| quote! { #[deprecated = #note] })
}

/// The doc comment of a constructor.
pub fn constructor(builder: &Builder) -> TokenStream {
    text(match builder.arguments.as_slice() {
        [] => "Creates a value without fields: all are optional.",
        _ => "Creates a value with the required fields.",
    })
}

/// The doc comment of a method that makes a field null.
pub fn clear(field: &Ident) -> TokenStream {
    text(&format!(
        "Clears `{}`: sends null, where leaving it unset leaves it as it is.",
        field.unraw()
    ))
}

fn example(operation: &Operation) -> Vec<String> {
    let Example {
        crate_name,
        accessor,
        variable,
        arguments,
        setter,
        models,
    } = &operation.example;
    let mut chain = vec![
        format!("{accessor}()"),
        format!("{}({})", operation.method, arguments.join(", ")),
    ];
    chain.extend(
        setter
            .as_ref()
            .map(|(setter, argument)| format!("{setter}({argument})")),
    );
    let body = match operation.output {
        Output::Nothing => call_chain("", &chain, "await?", ";"),
        Output::Value(_) => {
            let mut lines = call_chain(&format!("let {variable} = "), &chain, "await?", ";");
            lines.push(format!("println!(\"{{{variable}:?}}\");"));
            lines
        }
        Output::Page(_) => {
            let mut lines = call_chain("let mut items = ", &chain, "items()", ";");
            lines.push(format!("while let Some({variable}) = items.try_next().await? {{"));
            lines.push(format!("    println!(\"{{{variable}:?}}\");"));
            lines.push("}".to_owned());
            lines
        }
    };
    let fits = body.iter().all(|line| line.len() <= WIDTH);
    let body = if fits { body } else { layout::statements(&body) };
    let models = models.then(|| [format!("use {crate_name}::models::*;"), String::new()]);
    let deprecated = operation
        .deprecated
        .as_ref()
        .map(|_| "# #[allow(deprecated)]".to_owned());
    let function = format!("# async fn example(client: {crate_name}::Client) -> Result<(), {crate_name}::Error> {{");
    let opening = ["```no_run".to_owned()]
        .into_iter()
        .chain(models.into_iter().flatten())
        .chain(deprecated)
        .chain([function]);
    let closing = ["# Ok(())", "# }", "```"].map(str::to_owned);
    opening.chain(body).chain(closing).collect()
}

/// A chain of calls of the client on one line where it fits, else with a line for each call.
fn call_chain(opening: &str, calls: &[String], last: &str, closing: &str) -> Vec<String> {
    let line = format!("{opening}client.{}.{last}{closing}", calls.join("."));
    if line.len() <= WIDTH {
        return vec![line];
    }
    let mut lines = vec![format!("{opening}client")];
    lines.extend(calls.iter().map(|call| format!("    .{call}")));
    lines.push(format!("    .{last}{closing}"));
    lines
}

/// The doc comment of a call's type.
pub fn call(resource: &Resource, operation: &Operation) -> TokenStream {
    text(&format!(
        "Request builder returned by [`{}::{}`].",
        resource.handle, operation.method
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_outside_code() {
        let before = "a ".repeat(40);
        let before = before.trim_end();
        let broken = |text: &str| wrap(&format!("{before} {text}"));
        assert_eq!(broken("`b == c && d` e f"), [before, "`b == c && d` e f"]);
        assert_eq!(broken("`b` and` cc d"), [&format!("{before} `b` and`"), "cc d"]);
        assert_eq!(broken("b   c         d"), [&format!("{before} b   c"), "d"]);
        assert_eq!(broken("bcdefgh   i"), [&format!("{before} bcdefgh"), "i"]);
    }
}
