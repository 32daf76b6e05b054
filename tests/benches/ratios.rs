//! How long things take beside others in the same run: `cargo bench -p tests --bench ratios`.
//!
//! Each line is a row of the table in `generated-client/BENCHMARKS.md`: the median of the ratios of pairs, and the range of their middle half.
//! No test depends on any.

#[path = "support/copies.rs"]
mod copies;
#[path = "support/table.rs"]
mod table;

use std::hint::black_box;
use std::time::Duration;

use generated_client::fake::Fake;
use generated_client::models::ReservedDomain;
use generated_client::operations::ListReservedDomains;
use generated_client::{FromResponse, Operation, OperationInfo, Page, RawResponse};
use generated_client::{PageToken, blocking};
use generator::source::Source;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::json;

use table::{Row, Spread};

/// How many pairs are measured, unless each takes long.
const PAIRS: usize = 41;
const LONG_PAIRS: usize = 5;

fn main() {
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema");
    let schema = generator::source::load(schema.as_ref()).expect("the schema is there");
    generating(&schema);
    generating_more(&schema);
    reading();
    listing();
}

/// The CPU time of this process, which does not grow while other programs have the processor.
#[cfg(unix)]
fn clock() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::try_from(time).expect("a time since the start")
}

/// The time since the first call.
#[cfg(not(unix))]
fn clock() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}

/// Measures both in turn, and prints the ratios.
fn compare(what: &str, budget: f64, count: usize, mut one: impl FnMut(), mut other: impl FnMut()) {
    let time = |work: &mut dyn FnMut()| {
        let start = clock();
        work();
        clock().saturating_sub(start)
    };
    let mut pairs: Vec<(Duration, Duration)> = (0..=count).map(|_| (time(&mut one), time(&mut other))).collect();
    // The first pair fills caches.
    pairs.remove(0);
    let ratios = pairs.iter().map(|(one, other)| one.as_secs_f64() / other.as_secs_f64());
    let ratios = Spread::of(ratios.collect()).expect("some pairs");
    pairs.sort();
    let row = Row {
        what: what.to_owned(),
        budget: Some(budget),
        measured: ratios.median,
        unit: "×",
        decimals: 2,
        details: format!("{ratios}; {:.1?}", pairs[count / 2].0),
    };
    println!("{row}");
}

fn generating(schema: &[Source]) {
    let files = generator::generate(schema).expect("a valid schema").files;
    compare(
        "generating the API, beside parsing and printing what is generated",
        1.5,
        PAIRS,
        || drop(black_box(generator::generate(schema))),
        || {
            for file in &files {
                let parsed = syn::parse_file(&file.text).expect("Rust");
                black_box(prettyplease::unparse(&parsed));
            }
        },
    );
}

fn generating_more(schema: &[Source]) {
    let large = copies::copies(schema, 20);
    let count = |schema: &[Source]| generator::generate(schema).expect("a valid schema").files.len();
    let (copied, single) = (count(&large), count(schema));
    assert!(copied > 18 * single, "{copied} files beside {single}");
    compare(
        "generating 20 copies of the API, beside one",
        21.0,
        LONG_PAIRS,
        || drop(black_box(generator::generate(&large))),
        || drop(black_box(generator::generate(schema))),
    );
}

const INFO: OperationInfo = <ListReservedDomains as Operation>::INFO;

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "what is measured is reading them")]
struct DerivedPage {
    reserved_domains: Vec<Derived>,
    uri: String,
    next_page_uri: Option<String>,
}

/// The fields of a reserved domain, read by what serde derives.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[allow(dead_code, reason = "what is measured is reading them")]
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
#[allow(dead_code, reason = "what is measured is reading them")]
struct DerivedRef {
    id: String,
    uri: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[allow(dead_code, reason = "what is measured is reading them")]
struct DerivedPolicy {
    authority: String,
    private_key_type: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[allow(dead_code, reason = "what is measured is reading them")]
struct DerivedEntry {
    value: String,
}

fn reading() {
    let fake = Fake::new();
    fake.seed_examples();
    let example = serde_json::to_value(&fake.objects::<ReservedDomain>()[0]).expect("JSON");
    let page = json!({ "reserved_domains": vec![example; 100], "uri": "https://example.com", "next_page_uri": null });
    let page = serde_json::to_vec(&page).expect("JSON");
    let headers = HeaderMap::new();
    let response = RawResponse {
        info: &INFO,
        query: "",
        status: StatusCode::OK,
        headers: &headers,
        body: &page,
    };
    let read = Page::<ReservedDomain>::from_response(&response).expect("a page");
    assert_eq!(read.items.len(), 100);
    compare(
        "reading 100 reserved domains, beside what serde derives",
        0.9,
        PAIRS,
        || (0..50).for_each(|_| drop(black_box(Page::<ReservedDomain>::from_response(&response)))),
        || (0..50).for_each(|_| drop(black_box(serde_json::from_slice::<DerivedPage>(&page)))),
    );
}

/// A fake with so many objects, and where its last page begins.
fn filled(objects: usize) -> (blocking::Client, Option<PageToken>) {
    let fake = Fake::builder().record_requests(false).build();
    let client = fake.blocking_client();
    for _ in 0..objects {
        client.ip_policies().create().send().expect("a policy");
    }
    let pages = client.ip_policies().list().limit(100).pages();
    let last = pages.filter_map(|page| page.ok()?.next).last();
    (client, last)
}

fn listing() {
    let ((small, _), (large, last)) = (filled(100), filled(10_000));
    let last = last.expect("many pages");
    let page = |client: &blocking::Client| {
        let page = client.ip_policies().list().limit(100).send().expect("a page");
        assert_eq!(page.items.len(), 100);
    };
    compare(
        "the first page of 10,000 objects of a fake, beside the only page of 100",
        1.1,
        PAIRS,
        || (0..20).for_each(|_| page(&large)),
        || (0..20).for_each(|_| page(&small)),
    );
    let last_page = || {
        let page = large.ip_policies().list().resume(&last).send().expect("a page");
        assert_eq!(page.items.len(), 100);
    };
    compare(
        "the last page of 10,000 objects of a fake, beside the only page of 100",
        1.1,
        PAIRS,
        || (0..20).for_each(|_| last_page()),
        || (0..20).for_each(|_| page(&small)),
    );
}
