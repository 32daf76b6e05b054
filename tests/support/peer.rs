//! The other end of connections: a server or a proxy that misbehaves as needed.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A connection, with or without TLS.
pub trait Stream: Read + Write {}

impl<T: Read + Write> Stream for T {}

/// A listening socket that serves connections until the process ends.
#[derive(Clone)]
pub struct Peer {
    pub address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Peer {
    /// Calls the function with each connection, on a thread of its own. The connection is closed when it returns.
    pub fn start(serve: impl Fn(TcpStream, &Self) -> io::Result<()> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let peer = Self {
            address: listener.local_addr().unwrap(),
            heads: Arc::default(),
        };
        let result = peer.clone();
        let serve = Arc::new(serve);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (peer, serve) = (peer.clone(), Arc::clone(&serve));
                thread::spawn(move || serve(stream, &peer));
            }
        });
        result
    }

    /// Reads a request and records its head. Returns an error if the connection is closed before.
    pub fn receive(&self, stream: &mut dyn Stream) -> io::Result<String> {
        let head = read_head(stream)?;
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length = length.map_or(0, |length| length.parse().unwrap());
        stream.read_exact(&mut vec![0; length])?;
        self.record(head.clone());
        Ok(head)
    }

    /// Records the head of a request, or a part of it.
    pub fn record(&self, head: String) {
        self.lock().push(head);
    }

    /// Returns the heads of all received requests.
    pub fn heads(&self) -> Vec<String> {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads up to and including an empty line.
pub fn read_head(stream: &mut dyn Stream) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    Ok(String::from_utf8(head).unwrap())
}

/// Reads until the client closes the connection.
pub fn wait_for_close(stream: &mut dyn Stream) -> io::Result<()> {
    io::copy(stream, &mut io::sink()).map(drop)
}

/// Performs the server side of a TLS handshake, at the latest when the stream is used.
pub fn tls(config: &Arc<ServerConfig>, stream: TcpStream) -> StreamOwned<ServerConnection, TcpStream> {
    StreamOwned::new(ServerConnection::new(Arc::clone(config)).unwrap(), stream)
}
