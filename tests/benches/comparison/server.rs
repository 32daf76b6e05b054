//! A server that sends the same response to every request. The measured programs connect to it from other processes.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

const BODY: &str = include_str!("../../fixtures/programs/reserved_domain.json");

/// ID of the object in the response.
pub const ID: &str = "rd_2r0IWudGc02CiQdFvJ4Gg4jtCcA";

/// Starts the server, which runs until the process ends. Connections are kept alive.
pub fn start() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // An error affects only this connection.
            thread::spawn(move || drop(serve(stream)));
        }
    });
    Ok(address)
}

fn serve(mut stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let response = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ndate: Wed, 25 Nov 2026 13:00:00 GMT\r\n\
         ngrok-operation-id: op_2r0IWv4hCgq0mnsAnz91L8RkSh8\r\ncontent-length: {}\r\n\r\n{BODY}",
        BODY.len()
    );
    let mut received = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let length = stream.read(&mut buffer)?;
        if length == 0 {
            return Ok(());
        }
        received.extend_from_slice(&buffer[..length]);
        // A request ends after its headers, because it has no body.
        while let Some(end) = received.windows(4).position(|window| window == b"\r\n\r\n") {
            received.drain(..end + 4);
            stream.write_all(response.as_bytes())?;
        }
    }
}
