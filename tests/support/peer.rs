//! The other end of connections: a server or a proxy that misbehaves as needed.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A connection, with or without TLS.
pub trait Stream: Read + Write {}

impl<T: Read + Write> Stream for T {}

/// A listening socket that serves connections until the process ends.
#[derive(Clone)]
pub struct Peer {
    pub address: SocketAddr,
    heads: Arc<(Mutex<Vec<String>>, Condvar)>,
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
        self.heads.1.notify_all();
    }

    /// Returns the heads of all received requests. Waits until this number has been received, because a client may stop waiting for
    /// a response before the request is read.
    pub fn wait_for_heads(&self, count: usize) -> Vec<String> {
        let limit = Duration::from_secs(20);
        let received = self
            .heads
            .1
            .wait_timeout_while(self.lock(), limit, |heads| heads.len() < count);
        received.unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    /// Returns the heads of all received requests.
    pub fn heads(&self) -> Vec<String> {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.heads.0.lock().unwrap_or_else(PoisonError::into_inner)
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

/// Closes a connection after the client has received everything. Without this, unread bytes would turn the end of the connection
/// into a reset, which discards the last message.
pub fn close(stream: &mut TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    wait_for_close(stream)
}

/// Performs the server side of a TLS handshake, at the latest when the stream is used.
pub fn tls(config: &Arc<ServerConfig>, stream: TcpStream) -> StreamOwned<ServerConnection, TcpStream> {
    StreamOwned::new(ServerConnection::new(Arc::clone(config)).unwrap(), stream)
}
