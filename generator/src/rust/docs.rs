//! Doc comments of the generated code.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter};

use crate::rust::ir::{Api, Auth, Builder, Example, KeyPlace, Operation, OperationInfo, Output, RateLimit, Resource};
use crate::rust::layout;
use crate::rust::markdown::inert;

/// The maximum width of a line of documentation, without indentation and `/// `.
const WIDTH: usize = 90;

/// Converts a text to a doc comment.
pub fn text(text: &str) -> TokenStream {
    lines(wrap(text))
}

/// Joins paragraphs, headings and code blocks into one doc comment.
fn paragraphs(paragraphs: impl IntoIterator<Item = Vec<String>>) -> TokenStream {
    let separated: Vec<Vec<String>> = paragraphs.into_iter().collect();
    lines(separated.join(&String::new()))
}

/// Returns a text followed by an example that runs as a doctest.
pub fn with_example(summary: &str, code: Vec<String>) -> TokenStream {
    let fence = || ["```".to_owned()];
    let block = fence().into_iter().chain(code).chain(fence());
    paragraphs([wrap(summary), vec!["# Examples".to_owned()], block.collect()])
}

/// Returns a single attribute with all lines.
///
/// Most generated lines are documentation: parsing one attribute per line would double the generation time.
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

/// Returns a raw string literal, or an escaped one for texts that a raw string cannot contain (a bare carriage return).
///
/// Raw strings need no escaping here and no unescaping in `print`, which saves a seventh of the generation time.
fn raw_literal(text: &str) -> Literal {
    let mut end = "\"#".to_owned();
    while text.contains(&end) {
        end.push('#');
    }
    let raw = ["r", &end[1..], "\"", text, &end].concat();
    raw.parse().unwrap_or_else(|_| Literal::string(text))
}

/// Breaks the lines of a text, except code blocks, tables and headings.
fn wrap(text: &str) -> Vec<String> {
    let text = text.replace(is_forbidden, " ");
    let mut lines = Vec::new();
    let mut fence = None;
    for line in text.split('\n') {
        let content = line.trim_start();
        let mark = content.get(..3).filter(|mark| matches!(*mark, "```" | "~~~"));
        let is_code = fence.is_some() || mark.is_some();
        if mark.is_some() && (fence.is_none() || fence == mark) {
            fence = if fence.is_none() { mark } else { None };
        }
        if is_code || content.starts_with(['|', '#']) {
            lines.push(line.trim_end().to_owned());
        } else {
            wrap_line(line, &mut lines);
        }
    }
    lines
}

/// Breaks a line. Its continuation stays in the same list items and block quotes.
fn wrap_line(line: &str, lines: &mut Vec<String>) {
    let content = line.trim_start_matches(' ');
    let indent = &line[..line.len() - content.len()];
    let continuation = continuation(line);
    let options = Options::new(WIDTH)
        .initial_indent(indent)
        .subsequent_indent(&continuation)
        .word_separator(WordSeparator::Custom(words))
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    let wrapped = textwrap::wrap(content, options);
    lines.extend(wrapped.into_iter().map(|line| line.trim_end().to_owned()));
}

/// Returns the start of a line that continues another one: its indentation, spaces for the markers of list items, and the
/// `>` of block quotes.
fn continuation(line: &str) -> String {
    let mut start = String::new();
    let mut rest = line;
    loop {
        let content = rest.trim_start_matches(' ');
        start.push_str(&rest[..rest.len() - content.len()]);
        if let Some(quoted) = content.strip_prefix('>') {
            start.push('>');
            rest = quoted;
        } else if let Some(item) = after_marker(content) {
            start.push_str(&" ".repeat(content.len() - item.len()));
            rest = item;
        } else {
            return start;
        }
    }
}

/// Returns the text after the marker of a list item, which starts with a space. Other text has no marker.
fn after_marker(line: &str) -> Option<&str> {
    let text = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let ends: &[char] = if text.len() == line.len() {
        &['-', '*', '+']
    } else {
        &['.', ')']
    };
    text.strip_prefix(ends).filter(|item| item.starts_with(' '))
}

/// Splits a line at spaces outside of backticks.
fn words(mut line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    Box::new(std::iter::from_fn(move || {
        let (word, rest) = line.split_at(word_end(line));
        line = rest;
        (!word.is_empty()).then(|| Word::from(word))
    }))
}

/// Returns the index at which the second word of a line starts. Words that would start a block are part of the previous
/// word.
fn word_end(line: &str) -> usize {
    let mut is_code = false;
    let mut is_between = false;
    for (index, c) in line.char_indices() {
        if is_between && c != ' ' && !starts_block(&line[index..]) {
            return index;
        }
        if c == '`' {
            is_code = !is_code && line[index + 1..].contains('`');
        }
        is_between = c == ' ' && !is_code;
    }
    line.len()
}

/// Returns `true` if the first word of a text would start a block at the start of a line: a list item, a heading, a block
/// quote or a code block.
fn starts_block(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    let consists_of = |characters: &[char]| word.trim_start_matches(characters).is_empty();
    let is_number = word
        .strip_suffix(['.', ')'])
        .is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()));
    consists_of(&['-'])
        || consists_of(&['='])
        || consists_of(&['#'])
        || matches!(word, "*" | "+")
        || is_number
        || [">", "```", "~~~"].iter().any(|mark| word.starts_with(mark))
}

/// Returns `true` for characters that a doc comment must not contain.
///
/// A carriage return is a syntax error, tabs and bidirectional control characters trigger lints, and other control
/// characters are invisible.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') || (c.is_control() && c != '\n')
}

/// Returns the doc comment of a resource handle.
pub fn handle(resource: &Resource) -> TokenStream {
    let origin = format!(
        "Returned by `client.{}()` on both the async and the blocking client.",
        resource.module
    );
    paragraphs([wrap(&resource.doc), wrap(&origin)])
}

/// Returns the doc comment of `Client::new`.
pub fn new_client(api: &Api) -> TokenStream {
    let calls = if api.has_open_operations {
        "every call that requires authentication"
    } else {
        "every call"
    };
    let (summary, invalid) = match &api.auth {
        Auth::None => ("Creates a client with default settings.", None),
        Auth::Basic { .. } => (
            "Creates a client with the given user and password and default settings.",
            Some("the user is empty or contains a colon, or if the user or the password contains a control character"),
        ),
        Auth::Key { place, .. } => (
            "Creates a client with the given API key and default settings.",
            Some(match place {
                KeyPlace::Bearer | KeyPlace::Header { .. } => "the API key is empty or not a valid header value",
                KeyPlace::Query(_) => "the API key is empty",
            }),
        ),
    };
    let invalid = invalid.map(|invalid| wrap(&format!("If {invalid}, {calls} returns an error.")));
    paragraphs([wrap(summary)].into_iter().chain(invalid))
}

/// Returns the doc comment of `Client::builder`.
pub fn client_builder(auth: &Auth) -> TokenStream {
    text(match auth {
        Auth::None => "Returns a builder for a client.",
        Auth::Basic { .. } => "Returns a builder for a client with the given user and password.",
        Auth::Key { .. } => "Returns a builder for a client with the given API key.",
    })
}

/// Returns the doc comment of `Client::from_env`.
pub fn client_from_env(auth: &Auth) -> TokenStream {
    let errors = match auth {
        Auth::None => "",
        Auth::Basic { .. } => {
            "if a variable is not set or not valid Unicode, or if the user or the password is invalid: see [`new`](Self::new)"
        }
        Auth::Key { place, .. } => match place {
            KeyPlace::Bearer | KeyPlace::Header { .. } => {
                "if the variable is not set, is empty, or is not a valid header value"
            }
            KeyPlace::Query(_) => "if the variable is not set, is empty, or is not valid Unicode",
        },
    };
    from_env("Creates a client", auth, errors)
}

/// Returns the doc comment of `ClientBuilder::from_env`.
pub fn builder_from_env(auth: &Auth) -> TokenStream {
    let errors = match auth {
        Auth::None => "",
        Auth::Basic { .. } => "if a variable is not set or not valid Unicode, or if the user is empty",
        Auth::Key { .. } => "if the variable is not set, is empty, or is not valid Unicode",
    };
    from_env("Creates a builder", auth, errors)
}

/// Returns the doc comment of a function that reads the credentials from the environment.
fn from_env(does: &str, auth: &Auth, errors: &str) -> TokenStream {
    let source = match auth {
        Auth::None => String::new(),
        Auth::Basic {
            user_variable,
            password_variable,
        } => format!(
            "with the user and the password from the environment variables `{user_variable}` and `{password_variable}`"
        ),
        Auth::Key { variable, .. } => format!("with the API key from the environment variable `{variable}`"),
    };
    paragraphs([
        wrap(&format!("{does} {source}.")),
        vec!["# Errors".to_owned()],
        wrap(&format!("Returns an error {errors}.")),
    ])
}

/// Returns the doc comment of `api_rate_limit`.
pub fn api_rate_limit(RateLimit { requests, seconds, .. }: &RateLimit) -> TokenStream {
    text(&format!(
        "Sets the [rate limit](Self::rate_limit) documented by the API: {requests} requests per {seconds} seconds."
    ))
}

/// Returns the doc comment of `idempotency_key`, given the name of the header.
pub fn idempotency_key(header: &str) -> TokenStream {
    paragraphs([
        wrap(&format!(
            "Sets the header `{header}`, by which the API recognizes a repeated request and does not perform it again."
        )),
        wrap(
            "By default, calls of operations that are not idempotent send a random key. All attempts of a call send the same key.",
        ),
        wrap("If the key is not a valid header value, the call returns an error without sending anything."),
    ])
}

/// Returns the doc comment of an operation's method.
pub fn operation(operation: &Operation) -> TokenStream {
    let OperationInfo {
        method, path, query, ..
    } = &operation.info;
    let mark = if query.is_empty() { "" } else { "?" };
    let returned = match operation.output {
        Output::Headers => wrap("Returns the response headers. The response has no body."),
        Output::Value(_) => match operation.info.statuses.iter().find(|(_, has_value)| !has_value) {
            Some((status, _)) => wrap(&format!("Returns `None` if the response has the status {status}.")),
            None => Vec::new(),
        },
        Output::Nothing | Output::Page(_) | Output::ByStatus(_) => Vec::new(),
    };
    let sections = [
        wrap(&operation.doc),
        vec![format!("`{method} {path}{mark}{query}`")],
        required_parameters(operation),
        returned,
        vec!["# Errors".to_owned()],
        errors(operation),
        vec!["# Examples".to_owned()],
        example(operation),
    ];
    paragraphs(sections.into_iter().filter(|section| !section.is_empty()))
}

/// Returns a list of the required query parameters and headers, which are arguments.
fn required_parameters(operation: &Operation) -> Vec<String> {
    let parameters = operation.required();
    // A list cannot contain another list or a code block.
    let text = |doc: &str| doc.trim().split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let items = parameters.map(|parameter| {
        // Rust cannot mark an argument as deprecated.
        let deprecated = parameter.deprecated.as_ref();
        let deprecated =
            deprecated.map(|instead| format!(" Deprecated: {}.", text(&inert(instead)).trim_end_matches('.')));
        format!(
            "- `{}`: {}{}",
            parameter.name.unraw(),
            text(&parameter.doc),
            deprecated.unwrap_or_default()
        )
    });
    items.flat_map(|item| wrap(&item)).collect()
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

/// Returns the doc comment of a method that takes a complete request body.
pub fn from_model(operation: &Operation) -> TokenStream {
    let method = operation.method.unraw();
    paragraphs([
        wrap(&format!(
            "Like [`{method}`](Self::{method}), but takes a complete request body, for example one read from a file. Unknown keys in the file are ignored."
        )),
        vec!["# Errors".to_owned()],
        errors(operation),
    ])
}

/// Returns the `#[deprecated]` attribute.
pub fn deprecated(note: Option<&String>) -> Option<TokenStream> {
    note.map(|note| {
        let note = inert(note);
        quote! { #[deprecated = #note] }
    })
}

/// Returns the doc comment of a model's `new`.
pub fn constructor(builder: &Builder) -> TokenStream {
    text(match builder.arguments.as_slice() {
        [] => "Creates a value with no fields set. All fields are optional.",
        _ => "Creates a value with the required fields.",
    })
}

fn example(operation: &Operation) -> Vec<String> {
    let Example {
        crate_name,
        models,
        deprecated,
        ..
    } = &operation.example;
    let models = models.then(|| [format!("use {crate_name}::models::*;"), String::new()]);
    let deprecated = deprecated.then(|| "# #[allow(deprecated)]".to_owned());
    let function = format!("# async fn example(client: {crate_name}::Client) -> Result<(), {crate_name}::Error> {{");
    let opening = ["```no_run".to_owned()]
        .into_iter()
        .chain(models.into_iter().flatten())
        .chain(deprecated)
        .chain([function]);
    let closing = ["# Ok(())", "# }", "```"].map(str::to_owned);
    opening
        .chain(example_call(operation, Client::Async))
        .chain(closing)
        .collect()
}

/// The client of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Client {
    Async,
    Blocking,
}

/// Returns the lines of an example that calls an operation with the variable `client` and prints the result.
pub fn example_call(operation: &Operation, client: Client) -> Vec<String> {
    let chain = example_chain(operation);
    let send = match client {
        Client::Async => "await?",
        Client::Blocking => "send()?",
    };
    let variable = result_variable(operation);
    let body = match (&operation.output, client) {
        (Output::Nothing, _) => call_chain("", &chain, send, ";"),
        (Output::Headers | Output::Value(_) | Output::ByStatus(_), _) => {
            let mut lines = call_chain(&format!("let {variable} = "), &chain, send, ";");
            lines.push(format!("println!(\"{{{variable}:?}}\");"));
            lines
        }
        (Output::Page(_), Client::Async) => {
            let mut lines = call_chain("let mut items = ", &chain, "items()", ";");
            lines.push(format!("while let Some({variable}) = items.try_next().await? {{"));
            lines.push(format!("    println!(\"{{{variable}:?}}\");"));
            lines.push("}".to_owned());
            lines
        }
        (Output::Page(_), Client::Blocking) => {
            let mut lines = call_chain(&format!("for {variable} in "), &chain, "items()", " {");
            lines.push(format!("    println!(\"{{:?}}\", {variable}?);"));
            lines.push("}".to_owned());
            lines
        }
    };
    let fits = body.iter().all(|line| line.len() <= WIDTH);
    if fits { body } else { layout::statements(&body) }
}

/// Returns the method calls of an example, from that of the client to the last setter.
pub fn example_chain(operation: &Operation) -> Vec<String> {
    let Example {
        accessor,
        arguments,
        setter,
        ..
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
    chain
}

/// Returns the variable for the result of an example, or for an item if the result is a page.
fn result_variable(operation: &Operation) -> String {
    match operation.output {
        Output::Headers => "headers".to_owned(),
        Output::ByStatus(_) => "response".to_owned(),
        Output::Nothing | Output::Value(_) | Output::Page(_) => operation.example.variable.to_string(),
    }
}

/// Returns a method chain on one line if it fits, otherwise with one call per line.
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

/// Returns the doc comment of a request builder. The links of rustdoc name items without `r#`.
pub fn call(resource: &Resource, operation: &Operation) -> TokenStream {
    text(&format!(
        "Request builder returned by [`{}::{}`]. [`Call`] lists its options.",
        resource.handle,
        operation.method.unraw()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_lines_outside_code() {
        let before = "a ".repeat(40);
        let before = before.trim_end();
        let broken = |text: &str| wrap(&format!("{before} {text}"));
        assert_eq!(broken("`b == c && d` e f"), [before, "`b == c && d` e f"]);
        assert_eq!(broken("`b` and` cc d"), [&format!("{before} `b` and`"), "cc d"]);
        assert_eq!(broken("b   c         d"), [&format!("{before} b   c"), "d"]);
        assert_eq!(broken("bcdefgh   i"), [&format!("{before} bcdefgh"), "i"]);
    }

    #[test]
    fn accepts_any_first_character() {
        for first in [
            "a",
            "é",
            "É",
            "\u{ad}",
            "日",
            "\u{200b}",
            "\u{feff}",
            "😀",
            "\u{10ffff}",
        ] {
            for text in [
                format!("{first}b"),
                format!("a\n{first}\nb"),
                format!("1{first}"),
                format!("1.{first}"),
                format!("-{first}"),
                format!("- {first}"),
                format!("> {first}"),
                format!(" {first}"),
            ] {
                assert_eq!(wrap(&text).concat(), text.replace('\n', ""));
            }
        }
    }

    #[test]
    fn continued_lines_stay_in_their_block() {
        for (line, start) in [
            ("a", ""),
            ("  a", "  "),
            ("- a", "  "),
            ("-a", ""),
            ("10) a", "    "),
            ("2026 a", ""),
            ("- 1. a", "     "),
            ("> a", "> "),
            ("> - a", ">   "),
            ("- > a", "  > "),
            ("é a", ""),
        ] {
            assert_eq!(continuation(line), start, "{line}");
        }
        let item = format!("> - {}", "word ".repeat(30));
        assert!(wrap(&item)[1].starts_with(">   word"));
    }

    #[test]
    fn words_that_start_a_block_stay_on_their_line() {
        for word in [
            "-", "---", "+", "*", "=", "#", "##", ">", ">=", "1.", "20)", "```", "~~~",
        ] {
            for length in WIDTH - 10..WIDTH + 10 {
                let lines = wrap(&format!("{} {word} b", "a".repeat(length)));
                assert!(!lines.iter().any(|line| line.starts_with(word)), "{lines:?}");
            }
        }
    }
}
