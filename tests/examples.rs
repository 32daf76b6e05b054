//! The examples of the client, as they are.

#[allow(dead_code, reason = "a test calls what `main` calls")]
#[path = "../generated-client/examples/export.rs"]
mod export;
#[allow(dead_code, reason = "a test calls what `main` calls")]
#[path = "../generated-client/examples/first_tour.rs"]
mod first_tour;
#[allow(dead_code, reason = "a test calls what `main` calls")]
#[path = "../generated-client/examples/sync_endpoints.rs"]
mod sync_endpoints;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap::Parser;
use generated_client::fake::Fake;
use indicatif::ProgressBar;

use crate::operations::documented;

#[tokio::test]
async fn the_first_tour_tells_what_it_does() {
    let mut out = Vec::new();
    let arguments = first_tour::Arguments::parse_from(["first_tour", "--domain", "other.example.com"]);
    first_tour::run(arguments, &mut out).await.unwrap();
    let out = String::from_utf8(out).unwrap();
    for line in [
        "listed  https://a.tour.internal",
        "changed https://a.tour.internal: \"changed\"",
        "changed other.example.com: \"tour\"",
        "reserved_domains.get failed: 404",
        "listed 0 keys, at the third attempt",
        "waited 40 s",
        "api_keys.list failed: 503",
        "201 endpoints.create /endpoints",
    ] {
        assert!(out.contains(line), "{line}\nis not in\n{out}");
    }
    // Three endpoints, two a page.
    assert_eq!(out.matches("200 endpoints.list").count(), 2, "{out}");
}

#[test]
fn endpoints_agree_after_one_sync() {
    let mut out = Vec::new();
    let arguments = sync_endpoints::Arguments::parse_from(["sync_endpoints"]);
    sync_endpoints::run(&arguments, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
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

#[test]
fn a_dry_sync_only_reads() {
    let fake = Fake::new();
    let wanted = "[{ url: 'https://a.example.com', type: cloud, traffic_policy: '{}', metadata: mine }]";
    let wanted = sync_endpoints::read(wanted).unwrap();
    let client = fake.blocking_client();
    let sync = |dry_run| sync_endpoints::sync(&client, &wanted, dry_run, &mut Vec::new()).unwrap();
    assert_eq!(sync(true).created, 1);
    assert_eq!(fake.object_count(), 0);
    assert_eq!(sync(false).created, 1);
    assert_eq!(
        client.endpoints().list().send().unwrap().items[0].metadata,
        "sync_endpoints mine"
    );
    assert_eq!(sync(false).kept, 1);
    let none = sync_endpoints::sync(&client, &[], false, &mut Vec::new()).unwrap();
    assert_eq!((none.deleted, fake.object_count()), (1, 0));
}

#[test]
fn what_no_sync_can_do_is_refused_before_it_begins() {
    let endpoint = "{ url: 'https://a.example.com', type: cloud, traffic_policy: '{}' }";
    let twice = sync_endpoints::read(&format!("[{endpoint}, {endpoint}]")).unwrap_err();
    assert!(twice.to_string().ends_with("the URL stands twice"), "{twice}");
    let edge = endpoint.replace("cloud", "edge");
    let edge = sync_endpoints::read(&format!("[{edge}]")).unwrap_err();
    assert!(
        edge.to_string().contains("only an endpoint of the type `cloud`"),
        "{edge}"
    );
}

#[tokio::test]
async fn an_export_writes_a_file_for_each_list() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export");
    let arguments = export::Arguments::parse_from([Path::new("export"), &path]);
    let export = export::run(&arguments, ProgressBar::hidden()).await.unwrap();
    assert!(export.failed.is_empty(), "{:?}", export.failed);
    assert_eq!(export.files, export::RESOURCES.len());
    for resource in export::RESOURCES {
        let text = fs::read_to_string(path.join(resource).with_extension("json")).unwrap();
        let objects: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        assert!(!objects.is_empty(), "{resource} has an example");
    }
}

#[test]
fn the_export_leaves_no_list_out() {
    let lists = documented()
        .into_iter()
        .filter(|[_, method, path]| method == "GET" && !path.contains('{'));
    let lists: BTreeSet<_> = lists.map(|[name, ..]| name).collect();
    let exported = export::RESOURCES.iter().map(|resource| format!("{resource}.list"));
    assert_eq!(exported.collect::<BTreeSet<_>>(), lists);
}
