//! Tests each form of authentication with both clients and the fake of a generated crate.

use generator::source::Source;

use crate::crates::Workspace;
use crate::schemas::{named_files, read, root};

/// The crates, named after their tests in `fixtures/auth/`, with the authentication of each API.
const FORMS: [(&str, &str); 4] = [
    (
        "basic",
        "auth: basic\nkey_variable: { user: CARGO_PKG_NAME, password: CARGO_PKG_VERSION }",
    ),
    (
        "header",
        "auth: { header: Authorization, prefix: \"Token token=\" }\nkey_variable: HEADER_KEY",
    ),
    ("none", "auth: none"),
    ("query", "auth: { query: api_key }\nkey_variable: QUERY_KEY"),
];

/// Returns the schema of an API. All have the same resources.
fn schema(name: &str, auth: &str) -> Vec<Source> {
    let resources = read(&root().join("tests/fixtures/auth/resources.yaml"));
    named_files(&format!(
        "==> api.yaml\nname: acme\nversion: \"1\"\ncrate: auth_{name}\nbase_url: https://api.example.com\n{auth}\n\
         paging: {{ next_uri: next, limit: limit, may_omit: [items, next] }}\nerrors: {{ message: /message }}\nfake: {{ order: newest_first, before: before }}\n{resources}"
    ))
}

/// Runs the tests in `fixtures/auth/`, which only the generated crates can compile.
#[test]
fn both_clients_and_the_fake_authenticate_requests() {
    let mut workspace = Workspace::new("auth");
    let mut expected = 0;
    for (name, auth) in FORMS {
        let package = format!("auth_{name}");
        workspace.add(&package, &schema(name, auth));
        let file = |name: &str| read(&root().join(format!("tests/fixtures/auth/{name}.rs")));
        let calls = file(name);
        expected += calls.matches("#[test]").count();
        workspace.add_file(&package, "tests/calls.rs", &calls);
        workspace.add_file(&package, "tests/support/mod.rs", &file("support"));
        if name == "query" {
            let logs = file("query_logs");
            expected += logs.matches("#[test]").count();
            workspace.add_file(&package, "tests/logs.rs", &logs);
        }
    }
    let run = |targets: &[&str]| {
        let output = workspace.cargo(&[&["test", "--features", "blocking,fake"], targets].concat());
        let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{text}");
        text.into_owned()
    };
    let text = run(&["--test", "calls", "--test", "logs"]);
    assert_eq!(passed(&text), expected, "{text}");
    run(&["--doc"]);
}

/// Returns the number of passed tests in the output of cargo.
fn passed(output: &str) -> usize {
    let results = output.split("test result: ok. ").skip(1);
    let counts = results.filter_map(|result| result.split(' ').next()?.parse::<usize>().ok());
    counts.sum()
}
