//! Tests HEAD requests of both clients over a socket.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use http::HeaderMap;

use super::HttpTransport;
use crate::runtime::settings::Settings;
use crate::runtime::{Api, Call, CallParameters, Client, Credentials, Error, blocking};

mod op {
    use crate::runtime::operations;

    operations!({
        CheckThing() -> http::HeaderMap = head("things.check", "/things/{id}"),
    });
}

fn call<'c, C>(client: &'c C, id: &str) -> Call<'c, C, op::CheckThing> {
    Call::new(client, CallParameters::new().path::<String>(id), ())
}

/// The first line of each request.
type Requests = Arc<Mutex<Vec<String>>>;

fn start_server() -> (SocketAddr, Requests) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
    let address = listener.local_addr().expect("an address");
    let requests = Requests::default();
    let received = Arc::clone(&requests);
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let received = Arc::clone(&received);
            thread::spawn(move || serve(stream, &received));
        }
    });
    (address, requests)
}

/// Responds to each request of a connection without a body, but with the length that the body of a GET would have.
fn serve(stream: TcpStream, requests: &Requests) -> std::io::Result<()> {
    let mut output = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    while let Some(line) = lines.next() {
        let line = line?;
        lines
            .by_ref()
            .map_while(Result::ok)
            .take_while(|line| !line.is_empty())
            .for_each(drop);
        let start = match line.split(' ').nth(1) {
            Some("/things/moved") => "307 Temporary Redirect\r\nlocation: /things/1",
            Some("/things/missing") => "404 Not Found\r\ncontent-type: application/json",
            _ => "200 OK\r\nx-size: 9",
        };
        requests.lock().expect("a list").push(line);
        write!(output, "HTTP/1.1 {start}\r\ncontent-length: 1000\r\n\r\n")?;
    }
    Ok(())
}

fn check(result: Result<HeaderMap, Error>) -> String {
    match result {
        Ok(headers) => format!("{:?} {:?}", headers["content-length"], headers["x-size"]),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn both_clients_return_the_headers_without_waiting_for_a_body() {
    let (address, requests) = start_server();
    let transport = HttpTransport::builder().no_proxy().build().expect("a transport");
    let settings = || Settings::at(&Api::EXAMPLE, &format!("http://{address}"), &Credentials::key("key"));
    let client = Client::over(settings(), Arc::new(transport.clone()));
    let blocking_client = blocking::Client::over(settings(), Arc::new(transport));
    let expected = [
        ("1", r#""1000" "9""#),
        ("moved", r#""1000" "9""#),
        ("missing", "things.check failed: 404 Not Found without a body"),
        ("1", r#""1000" "9""#),
    ];
    for (id, expected) in expected {
        assert_eq!(check(call(&client, id).await), expected, "{id}");
        assert_eq!(check(call(&blocking_client, id).send()), expected, "{id}");
    }
    let mut requests = requests.lock().expect("a list").clone();
    requests.sort();
    let expected = [("1", 6), ("missing", 2), ("moved", 2)];
    let expected = expected.map(|(id, count)| vec![format!("HEAD /things/{id} HTTP/1.1"); count]);
    assert_eq!(requests, expected.concat());
}
