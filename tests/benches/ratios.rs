//! Compares the times of two pieces of work in the same process: `cargo bench -p tests --bench ratios`.
//!
//! Prints rows of the table in `generated-client/BENCHMARKS.md`. A row contains the median of the ratios of several
//! pairs of runs, and their interquartile range. No test depends on these ratios.
//!
//! `-- DOCUMENT` adds a row for the API of an OpenAPI document, whose path is relative to the workspace.

#[path = "support/copies.rs"]
mod copies;
#[path = "support/table.rs"]
mod table;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Parser;
use generated_client::fake::Fake;
use generated_client::models::ReservedDomain;
use generated_client::operations::ListReservedDomains;
use generated_client::{Operation, OperationInfo, RawResponse, read_page};
use generated_client::{PageToken, blocking};
use generator::source::Source;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::json;

use table::{Row, Spread};

/// Number of measured pairs.
const PAIRS: usize = 41;
/// Number of measured pairs for an imported API.
const IMPORT_PAIRS: usize = 21;
/// Number of measured pairs for slow work.
const LONG_PAIRS: usize = 15;

/// Command-line options.
#[derive(Parser)]
struct Options {
    /// Adds a row for the API of each of these OpenAPI documents. Their paths are relative to the workspace.
    documents: Vec<PathBuf>,
    /// Passed by cargo.
    #[arg(long = "bench", hide = true)]
    _bench: bool,
}

fn main() {
    let options = Options::parse();
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema");
    let schema = generator::source::load(schema.as_ref()).expect("the schema should be readable");
    compare_generation("generating the client", &schema, PAIRS);
    for document in &options.documents {
        compare_import(document);
    }
    compare_large_schema(&schema);
    compare_decoding();
    compare_lists();
}

/// Returns the CPU time of this process, which excludes the time of other processes.
#[cfg(unix)]
fn clock() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::try_from(time).expect("CPU time should not be negative")
}

/// Returns the time since the first call.
#[cfg(not(unix))]
fn clock() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}

/// Measures `work` and `baseline` alternately and prints the ratio of their times.
fn compare(name: &str, budget: f64, count: usize, mut work: impl FnMut(), mut baseline: impl FnMut()) {
    let time = |work: &mut dyn FnMut()| {
        let start = clock();
        work();
        clock().saturating_sub(start)
    };
    let mut pairs: Vec<(Duration, Duration)> = (0..=count).map(|_| (time(&mut work), time(&mut baseline))).collect();
    // The first pair warms up caches.
    pairs.remove(0);
    let ratios = pairs
        .iter()
        .map(|(work, baseline)| work.as_secs_f64() / baseline.as_secs_f64());
    let ratios = Spread::of(ratios.collect()).expect("there should be at least one pair");
    pairs.sort();
    let row = Row {
        name: name.to_owned(),
        budget: Some(budget),
        measured: ratios.median,
        unit: "×",
        decimals: 2,
        details: format!("{ratios}; {:.1?}", pairs[count / 2].0),
    };
    println!("{row}");
}

/// Measures the generation of the client of an imported API.
fn compare_import(document: &Path) {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let import = generator::import(&workspace.join(document), "client").expect("the document should describe an API");
    let output = generator::generate(&import.schema).expect("the imported schema should be valid");
    let name = document.file_stem().unwrap_or_default().display();
    let work = format!("generating the client of `{name}`, {} operations", output.operations);
    compare_generation(&work, &import.schema, IMPORT_PAIRS);
}

fn compare_generation(work: &str, schema: &[Source], count: usize) {
    let files = generator::generate(schema).expect("the schema should be valid").files;
    compare(
        &format!("{work}, relative to parsing and formatting the generated code"),
        1.5,
        count,
        || drop(black_box(generator::generate(schema))),
        || {
            for file in &files {
                let parsed = syn::parse_file(&file.text).expect("generated code should parse");
                black_box(prettyplease::unparse(&parsed));
            }
        },
    );
}

fn compare_large_schema(schema: &[Source]) {
    let large = copies::copies(schema, 20);
    let count = |schema: &[Source]| {
        let output = generator::generate(schema).expect("the schema should be valid");
        output.files.len()
    };
    let (copied, single) = (count(&large), count(schema));
    assert!(
        copied > 18 * single,
        "the large schema generates only {copied} files, the original {single}"
    );
    compare(
        "generating 20 copies of the API, relative to one",
        21.0,
        LONG_PAIRS,
        || drop(black_box(generator::generate(&large))),
        || drop(black_box(generator::generate(schema))),
    );
}

const INFO: OperationInfo = <ListReservedDomains as Operation>::INFO;

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "the fields are only deserialized")]
struct DerivedPage {
    reserved_domains: Vec<Derived>,
    uri: String,
    next_page_uri: Option<String>,
}

/// A reserved domain with derived `Deserialize`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[allow(dead_code, reason = "the fields are only deserialized")]
struct Derived {
    id: String,
    uri: String,
    created_at: Option<generated_client::Timestamp>,
    description: String,
    metadata: String,
    domain: String,
    region: Option<String>,
    cname_target: Option<String>,
    certificate: Option<DerivedRef>,
    certificate_management_policy: Option<DerivedPolicy>,
    certificate_management_status: Option<serde_json::Value>,
    acme_challenge_cname_target: Option<String>,
    resolves_to: Option<Vec<DerivedEntry>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[allow(dead_code, reason = "the fields are only deserialized")]
struct DerivedRef {
    id: String,
    uri: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[allow(dead_code, reason = "the fields are only deserialized")]
struct DerivedPolicy {
    authority: String,
    private_key_type: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[allow(dead_code, reason = "the fields are only deserialized")]
struct DerivedEntry {
    value: String,
}

fn compare_decoding() {
    let fake = Fake::new();
    fake.seed_examples();
    let example = serde_json::to_value(&fake.objects::<ReservedDomain>()[0]).expect("a model should serialize");
    let page = json!({ "reserved_domains": vec![example; 100], "uri": "https://example.com", "next_page_uri": null });
    let page = serde_json::to_vec(&page).expect("a JSON value should serialize");
    let headers = HeaderMap::new();
    let response = RawResponse {
        info: &INFO,
        query: "",
        status: StatusCode::OK,
        headers: &headers,
        body: &page,
        key_parameter: None,
    };
    let decode = || {
        let mut items = Vec::<ReservedDomain>::new();
        read_page(&response, &mut items).map(|next| (items, next))
    };
    assert_eq!(decode().expect("the page should decode").0.len(), 100);
    compare(
        "decoding 100 reserved domains, relative to derived `Deserialize`",
        0.9,
        PAIRS,
        || (0..50).for_each(|_| drop(black_box(decode()))),
        || (0..50).for_each(|_| drop(black_box(serde_json::from_slice::<DerivedPage>(&page)))),
    );
}

/// Returns a client of a fake with this number of IP policies, and the token of the last page of their list.
fn client_with_policies(count: usize) -> (blocking::Client, Option<PageToken>) {
    let fake = Fake::builder().record_requests(false).build();
    let client = fake.blocking_client();
    for _ in 0..count {
        client
            .ip_policies()
            .create()
            .send()
            .expect("creating a policy should succeed");
    }
    let pages = client.ip_policies().list().limit(100).pages();
    let last = pages.filter_map(|page| page.ok()?.next).last();
    (client, last)
}

fn compare_lists() {
    let ((small, _), (large, last)) = (client_with_policies(100), client_with_policies(10_000));
    let last = last.expect("the list should have several pages");
    let page = |client: &blocking::Client| {
        let call = client.ip_policies().list().limit(100);
        let page = call.send().expect("listing policies should succeed");
        assert_eq!(page.items.len(), 100);
    };
    compare(
        "listing the first 100 of 10,000 objects in the fake, relative to 100 of 100",
        1.1,
        PAIRS,
        || (0..20).for_each(|_| page(&large)),
        || (0..20).for_each(|_| page(&small)),
    );
    let last_page = || {
        let call = large.ip_policies().list().resume(&last);
        let page = call.send().expect("listing policies should succeed");
        assert_eq!(page.items.len(), 100);
    };
    compare(
        "listing the last 100 of 10,000 objects in the fake, relative to 100 of 100",
        1.1,
        PAIRS,
        || (0..20).for_each(|_| last_page()),
        || (0..20).for_each(|_| page(&small)),
    );
}
