//! A small HTTP/1.1 server on a loopback socket.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A received request.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Path and query.
    pub(crate) target: String,
    /// Headers, with names in lower case.
    pub(crate) headers: Vec<(String, String)>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }
}

/// A running server, which stops when the process ends.
pub(crate) struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Starts a server. The handler writes each response; it closes the connection by returning an error.
    pub(crate) fn start<H>(handler: H) -> io::Result<Self>
    where
        H: Fn(&Request, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let server = Self {
            address: listener.local_addr()?,
            requests: Arc::default(),
        };
        let requests = Arc::clone(&server.requests);
        let handler = Arc::new(handler);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (requests, handler) = (Arc::clone(&requests), Arc::clone(&handler));
                thread::spawn(move || serve(stream, &requests, &*handler));
            }
        });
        Ok(server)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns all requests so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn serve(
    mut stream: TcpStream,
    requests: &Mutex<Vec<Request>>,
    handler: &dyn Fn(&Request, &mut TcpStream) -> io::Result<()>,
) -> io::Result<()> {
    let mut input = BufReader::new(stream.try_clone()?);
    while let Some(request) = read_request(&mut input)? {
        requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(request.clone());
        handler(&request, &mut stream)?;
    }
    Ok(())
}

/// Reads the next request of a connection; `None` if the client has closed it.
fn read_request(input: &mut impl BufRead) -> io::Result<Option<Request>> {
    let first = read_line(input)?;
    let Some(target) = first.split(' ').nth(1) else {
        return Ok(None);
    };
    let mut request = Request {
        target: target.to_owned(),
        headers: Vec::new(),
    };
    loop {
        let line = read_line(input)?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        request.headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = request
        .header("content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    io::copy(&mut input.take(length), &mut io::sink())?;
    Ok(Some(request))
}

fn read_line(input: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

/// Writes a complete response.
pub(crate) fn respond(stream: &mut TcpStream, status: &str, body: &str) -> io::Result<()> {
    let length = body.len();
    let content = if body.is_empty() {
        ""
    } else {
        "content-type: application/json\r\n"
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\n{content}content-length: {length}\r\n\r\n{body}"
    )
}
