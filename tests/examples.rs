//! Runs the examples of the client as programs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use generated_client::fake::{Fake, Server};
use generated_client::models::Endpoint;
use serde_json::Value;

use crate::operations::documented;
use crate::schemas::root;

/// Executables of the examples by name. Builds them if they aren't up to date.
static EXAMPLES: LazyLock<BTreeMap<String, PathBuf>> = LazyLock::new(|| {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["build", "--workspace", "--examples", "--offline", "--quiet"])
        .arg("--message-format=json")
        .current_dir(root());
    let output = cargo.output().expect("cargo should run");
    let messages = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "cannot build the examples:\n{messages}");
    let messages = messages
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let executables = messages.filter_map(|message| {
        let name = message["target"]["name"].as_str()?.to_owned();
        Some((name, PathBuf::from(message["executable"].as_str()?)))
    });
    executables.collect()
});

fn example(name: &str) -> Command {
    Command::new(&EXAMPLES[name])
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("output should be UTF-8")
}

/// Runs an example and returns its standard output. Panics if it fails.
fn stdout(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().expect("the example should start");
    assert!(status.success(), "{command:?}: {status}\n{}", text(stderr));
    text(stdout)
}

#[test]
fn first_tour_prints_its_steps() {
    let out = stdout(&mut example("first_tour"));
    for line in [
        "listed  https://a.tour.internal",
        "updated https://a.tour.internal: \"updated\"",
        "updated tour.example.com: \"tour\"",
        "reserved_domains.get failed: 404",
        "listed 0 API keys on the third attempt",
        "waited 40 s",
        "api_keys.list failed: 503",
        "201 endpoints.create /endpoints",
    ] {
        assert!(out.contains(line), "missing line `{line}` in\n{out}");
    }
    // Three endpoints, with two per page.
    assert_eq!(out.matches("200 endpoints.list").count(), 2, "{out}");
}

#[test]
fn readme_contains_output_of_first_tour() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (_, session) = readme
        .split_once("--example first_tour\n")
        .expect("the README should run the example");
    let (shown, _) = session.split_once("```").expect("the code block should end");
    let out = stdout(&mut example("first_tour"));
    let lines = || shown.lines().filter(|line| line.trim() != "…");
    assert!(lines().count() > 5, "{shown}");
    for line in lines() {
        let start = line.trim_end_matches("(…)");
        assert!(out.contains(start), "missing line of the README `{start}` in\n{out}");
    }
}

#[test]
fn second_sync_changes_nothing() {
    let out = stdout(&mut example("sync_endpoints"));
    let (first, second) = out.trim_end().split_once("\n\n").unwrap();
    let summary = |text: &str| text.lines().last().map(str::to_owned);
    assert_eq!(
        summary(first).as_deref(),
        Some("2 created, 1 updated, 1 deleted, 0 kept")
    );
    assert!(
        first.contains("update https://shop.example.com (description)\n"),
        "{first}"
    );
    assert_eq!(
        summary(second).as_deref(),
        Some("0 created, 0 updated, 0 deleted, 3 kept")
    );
}

/// Writes the endpoints to a file and runs `sync_endpoints` with it.
fn sync(endpoints: &str, arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("endpoints.yaml");
    fs::write(&path, endpoints).unwrap();
    let mut command = example("sync_endpoints");
    command.env("NGROK_API_KEY", "fake-key").args(arguments).arg(&path);
    command.output().expect("the example should start")
}

#[tokio::test(flavor = "multi_thread")]
async fn dry_run_of_sync_changes_nothing() {
    let server = Server::bind(Fake::builder().key("fake-key"), "127.0.0.1:0")
        .await
        .unwrap();
    let fake = server.fake().clone();
    tokio::spawn(server.run(std::future::pending()));
    let url = fake.base_url().to_owned();
    let live = |endpoints: &str, arguments: &[&str]| {
        let arguments = [&["--live", "--base-url", &url], arguments].concat();
        let Output { status, stdout, stderr } = sync(endpoints, &arguments);
        assert!(status.success(), "{}", text(stderr));
        text(stdout).lines().last().unwrap_or_default().to_owned()
    };

    let wanted = "[{ url: 'https://a.example.com', type: cloud, traffic_policy: '{}', metadata: mine }]";
    let created = "1 created, 0 updated, 0 deleted, 0 kept";
    assert_eq!(live(wanted, &["--dry-run"]), created);
    assert_eq!(fake.object_count(), 0);
    assert_eq!(live(wanted, &[]), created);
    assert_eq!(fake.objects::<Endpoint>()[0].metadata, "sync_endpoints mine");
    assert_eq!(live(wanted, &[]), "0 created, 0 updated, 0 deleted, 1 kept");
    assert_eq!(live("[]", &[]), "0 created, 0 updated, 1 deleted, 0 kept");
    assert_eq!(fake.object_count(), 0);
}

#[test]
fn sync_rejects_invalid_endpoints() {
    let rejects = |endpoints: &str, message: &str| {
        let Output { status, stdout, stderr } = sync(endpoints, &[]);
        let error = text(stderr);
        assert!(!status.success() && error.contains(message), "{error}");
        assert!(
            stdout.is_empty(),
            "no request should be sent for invalid input: {}",
            text(stdout)
        );
    };
    let endpoint = "{ url: 'https://a.example.com', type: cloud, traffic_policy: '{}' }";
    rejects(
        &format!("[{endpoint}, {endpoint}]"),
        "https://a.example.com: duplicate URL",
    );
    rejects(
        &format!("[{}]", endpoint.replace("cloud", "edge")),
        "expected type `cloud`",
    );
}

/// Runs `export` and returns its output and the objects in each file.
fn export(folder: &Path) -> (String, BTreeMap<String, Vec<Value>>) {
    let out = stdout(example("export").arg(folder));
    let files = fs::read_dir(folder).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        assert_eq!(path.extension(), Some("json".as_ref()));
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap())
    });
    (out, files.collect())
}

#[test]
fn export_writes_a_file_for_each_list() {
    let folder = tempfile::tempdir().unwrap();
    let (out, files) = export(&folder.path().join("export"));
    let count: usize = files.values().map(Vec::len).sum();
    let summary = format!("{count} objects in {} files in ", files.len());
    assert!(out.starts_with(&summary), "{out}");
    for (resource, objects) in &files {
        assert!(!objects.is_empty(), "the file of {resource} should contain an example");
    }

    let lists = documented()
        .into_iter()
        .filter(|[_, method, path]| method == "GET" && !path.contains('{'));
    let lists: BTreeSet<_> = lists.map(|[name, ..]| name).collect();
    let exported: BTreeSet<_> = files.keys().map(|resource| format!("{resource}.list")).collect();
    assert_eq!(exported, lists);
}
