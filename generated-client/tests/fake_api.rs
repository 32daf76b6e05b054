//! Tests of the program `fake-api`.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};

use generated_client::blocking::Client;

/// A running program, which is killed when the test ends.
struct Program {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut child = command(arguments).stdout(Stdio::piped()).spawn().expect("it starts");
        let output = BufReader::new(child.stdout.take().expect("stdout is piped"));
        Self { child, output }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("stdout is readable");
        line.trim_end().to_owned()
    }

    /// Sends a signal, and returns the exit status and the remaining output.
    fn stop(mut self, signal: &str) -> (ExitStatus, String) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.is_ok_and(|status| status.success()), "the signal was not sent");
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).expect("stdout is readable");
        (self.child.wait().expect("the program exits"), rest)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fake-api"));
    command.args(arguments);
    command
}

fn fails(arguments: &[&str]) -> String {
    let Output { status, stderr, .. } = command(arguments).output().expect("the program runs");
    assert!(!status.success());
    String::from_utf8(stderr).expect("stderr is UTF-8")
}

/// Creates a client from the first lines of a program's output.
fn client(program: &mut Program) -> Client {
    let (operations, key) = (program.line(), program.line());
    let url = operations
        .strip_prefix("252 operations at ")
        .expect("the first line contains the base URL");
    let key = key.strip_prefix("API key: ").expect("the API key");
    let client = Client::builder(key).base_url(url);
    client.build().expect("valid settings")
}

#[test]
fn prints_its_address_and_serves_until_a_signal() {
    for signal in ["TERM", "INT"] {
        let mut program = Program::start(&["--port", "0", "--seed", "examples", "--key", "k"]);
        let client = client(&mut program);
        assert_eq!(program.line(), "objects: 38");
        assert_eq!(client.endpoints().list().send().expect("a page").items.len(), 1);
        let (status, rest) = program.stop(signal);
        assert!(status.success(), "{status}");
        assert_eq!(rest, "stopped\n");
        let error = client.endpoints().list().no_retry().send().expect_err("it has stopped");
        assert!(error.is_connect(), "{error}");
    }
}

#[test]
fn simulated_clock_makes_responses_reproducible() {
    let responses = [(); 2].map(|()| {
        let mut program = Program::start(&["--port", "0", "--clock", "2025-01-01T00:00:00Z"]);
        let client = client(&mut program);
        let key = client.api_keys().create().send().expect("an API key");
        (key.id, key.created_at.to_string(), key.token)
    });
    assert_eq!(responses[0], responses[1]);
    assert_eq!(responses[0].1, "2025-01-01T00:00:00Z");
}

#[test]
fn rejects_a_body_above_the_limit() {
    let mut program = Program::start(&["--port", "0", "--max-body", "100"]);
    let client = client(&mut program);
    let call = client.api_keys().create().metadata("m".repeat(100));
    let error = call.send().expect_err("the body is too large");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(413), "{error}");
    client.api_keys().create().send().expect("the body is small enough");
}

#[test]
fn reports_a_port_in_use_and_an_invalid_clock() {
    let mut program = Program::start(&["--port", "0"]);
    let line = program.line();
    let port = line.rsplit(':').next().expect("a port");
    let taken = fails(&["--port", port]);
    assert!(
        taken.starts_with(&format!("error: cannot listen on 127.0.0.1:{port}: ")),
        "{taken}"
    );
    assert!(
        fails(&["--port", "0", "--clock", "soon"]).contains("--clock"),
        "the error does not name the option"
    );
}
