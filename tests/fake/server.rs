//! Tests what only the fake on a socket does, with raw requests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use generated_client::fake::{Fake, Server};

use super::raw::Served;

const AUTHORIZED: &str = "authorization: Bearer fake-key\r\nngrok-version: 2\r\n";

/// Starts a fake with one API key and the settings.
async fn serve(set_up: impl FnOnce(Server) -> Server) -> Served {
    let server = Server::bind(Fake::builder(), "127.0.0.1:0").await;
    let running = Served::start(set_up(server.unwrap()));
    running.fake.seed_examples();
    running
}

/// Sends a request, and returns everything that the server sends until it closes the connection.
async fn exchange(served: &Served, request: String) -> String {
    let address = served.fake.base_url().trim_start_matches("http://").to_owned();
    let exchange = move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response
    };
    tokio::task::spawn_blocking(exchange).await.unwrap()
}

fn request(line: &str, headers: &str) -> String {
    format!("{line} HTTP/1.1\r\nhost: fake\r\nconnection: close\r\n{headers}\r\n")
}

#[tokio::test]
async fn answers_browsers_only_if_cors_is_enabled() {
    let preflight = request(
        "OPTIONS /api_keys",
        "origin: http://page.test\r\naccess-control-request-method: POST\r\n\
         access-control-request-headers: authorization,content-type\r\n",
    );
    let list = request("GET /api_keys", &format!("origin: http://page.test\r\n{AUTHORIZED}"));
    let unauthorized = request("GET /api_keys", "origin: http://page.test\r\n");

    let served = serve(Server::cors).await;
    let response = exchange(&served, preflight.clone()).await;
    for expected in [
        "HTTP/1.1 204",
        "access-control-allow-origin: *",
        "access-control-allow-methods: POST",
        "access-control-allow-headers: authorization,content-type",
    ] {
        assert!(response.contains(expected), "{expected}: {response}");
    }
    assert!(served.fake.requests().is_empty());
    // A page must be able to read errors, too.
    for (request, status) in [(&list, "HTTP/1.1 200"), (&unauthorized, "HTTP/1.1 401")] {
        let response = exchange(&served, request.clone()).await;
        assert!(response.starts_with(status), "{response}");
        assert!(response.contains("access-control-allow-origin: *"), "{response}");
        assert!(response.contains("access-control-expose-headers: *"), "{response}");
    }
    // Not a preflight request.
    let response = exchange(&served, request("OPTIONS /api_keys", AUTHORIZED)).await;
    assert!(response.starts_with("HTTP/1.1 405"), "{response}");
    served.stop().await;

    let served = serve(|server| server).await;
    for request in [preflight, list] {
        let response = exchange(&served, request).await;
        assert!(!response.contains("access-control"), "{response}");
    }
    served.stop().await;
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let served = serve(|server| server).await;
    for (path, status) in [("/api_keys", "200"), ("/api_keys/ak_none", "404"), ("/nowhere", "404")] {
        let get = exchange(&served, request(&format!("GET {path}"), AUTHORIZED)).await;
        let head = exchange(&served, request(&format!("HEAD {path}"), AUTHORIZED)).await;
        let (get_head, body) = get.split_once("\r\n\r\n").unwrap();
        assert!(get_head.starts_with(&format!("HTTP/1.1 {status}")), "{get_head}");
        assert!(!body.is_empty() && head.ends_with("\r\n\r\n"), "{head}");
        let length = format!("content-length: {}", body.len());
        assert!(get_head.contains(&length) && head.contains(&length), "{head}");
    }
    served.stop().await;
}

/// Sends a part of a request, and returns the head of the response.
async fn head_of_response(served: &Served, request: String) -> String {
    let address = served.fake.base_url().trim_start_matches("http://").to_owned();
    let exchange = move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut head = String::new();
        let mut lines = BufReader::new(stream);
        while lines.read_line(&mut head).unwrap() > 2 {}
        head
    };
    tokio::task::spawn_blocking(exchange).await.unwrap()
}

#[tokio::test]
async fn rejects_a_large_body_before_it_is_received() {
    let served = serve(|server| server.max_body(10)).await;
    let chunk = format!("b\r\n{}\r\n", "x".repeat(11));
    for (framing, sent) in [
        ("content-length: 99999999999", "{"),
        ("content-length: 11", ""),
        ("content-length: 11\r\nexpect: 100-continue", ""),
        ("transfer-encoding: chunked", &chunk),
        ("transfer-encoding: chunked", "5\r\nxxxxx\r\n6\r\nxxxxxx\r\n"),
    ] {
        // The client sends no more, and waits for the response.
        let request = request("POST /api_keys", &format!("{AUTHORIZED}{framing}\r\n")) + sent;
        let head = head_of_response(&served, request).await;
        assert!(head.starts_with("HTTP/1.1 413"), "{framing}: {head}");
        assert!(head.contains("connection: close"), "{framing}: {head}");
    }
    assert!(served.fake.requests().is_empty());
    served.stop().await;
}

#[tokio::test]
async fn rejects_a_body_that_takes_too_long() {
    let served = serve(|server| server.body_timeout(Duration::from_millis(50))).await;
    let headers = format!("{AUTHORIZED}content-type: application/json\r\ncontent-length: 2\r\n");
    let response = exchange(&served, request("POST /api_keys", &headers) + "{").await;
    assert!(response.starts_with("HTTP/1.1 408"), "{response}");
    assert!(response.contains("the body was not received within 50ms"), "{response}");
    let response = exchange(&served, request("POST /api_keys", &headers) + "{}").await;
    assert!(response.starts_with("HTTP/1.1 201"), "{response}");
    assert_eq!(served.fake.requests().len(), 1);
    served.stop().await;
}
