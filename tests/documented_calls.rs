//! Programs of the examples in generated documentation.

use std::fmt::Write;

use generator::OutputFile;

/// Returns a program that runs the example of each operation against a fake with example objects. It prints the error of each
/// example that fails, and the number of examples.
pub fn program(crate_name: &str, files: &[OutputFile]) -> String {
    let examples: Vec<_> = files.iter().flat_map(|file| examples(&file.text)).collect();
    let mut program = format!(
        "#![allow(deprecated, unused_imports, unused_variables)]\n\
         use std::{{future::Future, pin::{{Pin, pin}}, task::{{Context, Poll, Waker}}}};\n\
         use {crate_name}::{{Client, Error, fake::Fake}};\n\
         macro_rules! println {{ ($($text:tt)*) => {{ let _ = format!($($text)*); }} }}\n\
         type Example = fn(Client) -> Pin<Box<dyn Future<Output = Result<(), Error>>>>;\n"
    );
    let mut names = String::new();
    for (index, code) in examples.iter().enumerate() {
        let _ = write!(
            program,
            "async fn example_{index}(client: Client) -> Result<(), Error> {{\n{code}Ok(())\n}}\n"
        );
        let call = code.split_once("client").map_or("", |(_, call)| call);
        let call: String = call.split(';').next().unwrap_or_default().split_whitespace().collect();
        let _ = writeln!(names, "({call:?}, |client| Box::pin(example_{index}(client))),");
    }
    let _ = write!(
        program,
        "const EXAMPLES: [(&str, Example); {}] = [\n{names}];\n{MAIN}",
        examples.len()
    );
    program
}

const MAIN: &str = r#"
fn main() {
    for (call, example) in EXAMPLES {
        let fake = Fake::new();
        fake.seed_examples();
        let mut future = pin!(example(fake.client()));
        // The fake never waits.
        match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(())) => {}
            Poll::Ready(Err(error)) => std::println!("{call}: {error}"),
            Poll::Pending => std::println!("{call}: waits"),
        }
    }
    std::println!("{} examples", EXAMPLES.len());
}
"#;

/// Returns the visible lines of each example with a client in the documentation.
fn examples(text: &str) -> impl Iterator<Item = String> {
    let docs: Vec<_> = text
        .lines()
        .map(|line| line.trim_start().strip_prefix("///").unwrap_or_default())
        .collect();
    let docs = docs.join("\n");
    let blocks = docs.split("```no_run\n").skip(1).map(str::to_owned).collect::<Vec<_>>();
    blocks.into_iter().filter_map(|block| {
        let code = block.split("```").next()?.to_owned();
        let is_visible = |line: &&str| !line.trim_start().starts_with('#');
        let lines = code.lines().filter(is_visible).map(|line| format!("{line}\n"));
        code.contains("async fn example(client").then(|| lines.collect())
    })
}
