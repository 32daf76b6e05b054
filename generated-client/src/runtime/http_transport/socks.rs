//! The handshakes of SOCKS proxies: SOCKS 4 and SOCKS 4a, and SOCKS 5 (RFC 1928) with a user and a password (RFC 1929).

use std::io;
use std::net::IpAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use zeroize::Zeroizing;

use super::connect_error::{connect_failed, rejected_by_proxy};
use super::stream::Stream;
use crate::runtime::TransportError;

/// The command that asks for a connection to a server.
const CONNECT: u8 = 1;

// Methods of authentication in SOCKS 5.
const NO_AUTHENTICATION: u8 = 0;
const USER_AND_PASSWORD: u8 = 2;

/// Asks a SOCKS proxy to connect to a server.
pub(crate) async fn socks_tunnel(proxy: &mut dyn Stream, mut handshake: Handshake<'_>) -> Result<(), TransportError> {
    let mut reply = Vec::new();
    while let Some(Exchange { message, reply_length }) = handshake.next(&reply)? {
        reply.resize(reply_length, 0);
        proxy.write_all(&message).await.map_err(lost)?;
        proxy.flush().await.map_err(lost)?;
        proxy
            .read_exact(&mut reply)
            .await
            .map_err(|error| handshake.lost(error))?;
    }
    Ok(())
}

/// Returns the error for a connection that was lost.
fn lost(error: io::Error) -> TransportError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => connect_failed("the proxy closed the connection"),
        _ => connect_failed(error),
    }
}

/// A message to a proxy, which may be empty, and the length of the reply.
struct Exchange {
    message: Zeroizing<Vec<u8>>,
    reply_length: usize,
}

fn exchange(message: Vec<u8>, reply_length: usize) -> Exchange {
    Exchange {
        message: Zeroizing::new(message),
        reply_length,
    }
}

/// A handshake, without I/O.
pub(crate) struct Handshake<'a> {
    /// An address, or a name that the proxy resolves.
    host: String,
    port: u16,
    credentials: Option<(&'a str, &'a str)>,
    expected: Reply,
}

/// The reply that a handshake expects next.
#[derive(Clone, Copy)]
enum Reply {
    /// None, because nothing was sent to the SOCKS 4 proxy.
    BeforeSocks4,
    /// The only reply of a SOCKS 4 proxy.
    Socks4,
    /// None, because nothing was sent to the SOCKS 5 proxy.
    BeforeSocks5,
    /// The method of authentication.
    Method,
    /// The result of the authentication.
    Login,
    /// The result of the request.
    Status,
    /// A reserved byte, the type of the address from which the proxy connects, and the first byte of the address.
    AddressType,
    /// The rest of the address, and its port.
    Address,
}

impl<'a> Handshake<'a> {
    /// Starts the handshake with a SOCKS 4 proxy. A host name requires SOCKS 4a.
    pub(crate) fn socks4(host: String, port: u16) -> Self {
        Self {
            host,
            port,
            credentials: None,
            expected: Reply::BeforeSocks4,
        }
    }

    /// Starts the handshake with a SOCKS 5 proxy.
    pub(crate) fn socks5(host: String, port: u16, credentials: Option<(&'a str, &'a str)>) -> Self {
        Self {
            host,
            port,
            credentials,
            expected: Reply::BeforeSocks5,
        }
    }

    /// Returns the error for a connection that was lost before a reply.
    fn lost(&self, error: io::Error) -> TransportError {
        match (self.expected, error.kind()) {
            // A retry would send the same password.
            (
                Reply::Login,
                io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted,
            ) => rejected_by_proxy("the SOCKS proxy closed the connection after it received the user and the password"),
            _ => lost(error),
        }
    }

    /// Reads the reply to the previous message, and returns the next message, or `None` if the proxy has connected to the server.
    fn next(&mut self, reply: &[u8]) -> Result<Option<Exchange>, TransportError> {
        let (next, expected) = match (self.expected, reply) {
            (Reply::BeforeSocks4, _) => (exchange(self.socks4_request()?, 8), Reply::Socks4),
            (Reply::Socks4, [0, 90, ..]) | (Reply::Address, _) => return Ok(None),
            (Reply::Socks4, [0, status @ 91..=93, ..]) => return Err(rejected_by_socks4(*status)),
            (Reply::BeforeSocks5, _) => (exchange(vec![5, 1, self.method()], 2), Reply::Method),
            (Reply::Method, [5, NO_AUTHENTICATION]) if self.credentials.is_none() => {
                (exchange(self.socks5_request()?, 2), Reply::Status)
            }
            (Reply::Method, [5, method]) => (exchange(self.login(*method)?, 2), Reply::Login),
            (Reply::Login, [_, 0]) => (exchange(self.socks5_request()?, 2), Reply::Status),
            (Reply::Login, _) => {
                return Err(rejected_by_proxy("the SOCKS proxy rejected the user or the password"));
            }
            (Reply::Status, [5, 0]) => (exchange(Vec::new(), 3), Reply::AddressType),
            (Reply::Status, [5, status]) => return Err(rejected_by_socks5(*status)),
            // The address is discarded.
            (Reply::AddressType, [_, 1, _]) => (exchange(Vec::new(), 3 + 2), Reply::Address),
            (Reply::AddressType, [_, 3, length]) => (exchange(Vec::new(), usize::from(*length) + 2), Reply::Address),
            (Reply::AddressType, [_, 4, _]) => (exchange(Vec::new(), 15 + 2), Reply::Address),
            (Reply::Socks4, [0, ..]) | (Reply::AddressType, _) => {
                return Err(rejected_by_proxy("the SOCKS proxy sent an invalid reply"));
            }
            (Reply::Socks4 | Reply::Method | Reply::Status, _) => {
                return Err(rejected_by_proxy("the proxy does not use this version of SOCKS"));
            }
        };
        self.expected = expected;
        Ok(Some(next))
    }

    fn socks4_request(&self) -> Result<Vec<u8>, TransportError> {
        // The address 0.0.0.255 means that a name follows the user, which is empty.
        let (address, name) = match self.host.parse() {
            Ok(IpAddr::V4(address)) => (address.octets(), None),
            Ok(IpAddr::V6(_)) => {
                return Err(rejected_by_proxy(
                    "SOCKS 4 does not support IPv6 addresses: use SOCKS 5",
                ));
            }
            Err(_) => ([0, 0, 0, 255], Some(&self.host)),
        };
        let mut request = vec![4, CONNECT];
        request.extend_from_slice(&self.port.to_be_bytes());
        request.extend_from_slice(&address);
        request.push(0);
        if let Some(name) = name {
            request.extend_from_slice(name.as_bytes());
            request.push(0);
        }
        Ok(request)
    }

    /// Returns the method of authentication to offer.
    fn method(&self) -> u8 {
        match self.credentials {
            Some(_) => USER_AND_PASSWORD,
            None => NO_AUTHENTICATION,
        }
    }

    /// Returns the message with the user and the password, each of at most 255 bytes, if the proxy has chosen this method.
    fn login(&self, method: u8) -> Result<Vec<u8>, TransportError> {
        let Some((user, password)) = self.credentials else {
            return Err(rejected_by_proxy(
                "the SOCKS proxy requires authentication: add a user and a password to its URL",
            ));
        };
        if method != USER_AND_PASSWORD {
            return Err(rejected_by_proxy(
                "the SOCKS proxy does not support a user and a password",
            ));
        }
        let mut message = Vec::with_capacity(3 + user.len() + password.len());
        message.push(1);
        for text in [user, password] {
            message.push(u8::try_from(text.len()).unwrap_or(u8::MAX));
            message.extend_from_slice(text.as_bytes());
        }
        Ok(message)
    }

    fn socks5_request(&self) -> Result<Vec<u8>, TransportError> {
        let mut request = vec![5, CONNECT, 0];
        match (self.host.parse(), u8::try_from(self.host.len())) {
            (Ok(IpAddr::V4(address)), _) => {
                request.push(1);
                request.extend_from_slice(&address.octets());
            }
            (Ok(IpAddr::V6(address)), _) => {
                request.push(4);
                request.extend_from_slice(&address.octets());
            }
            (Err(_), Ok(length)) => {
                request.extend_from_slice(&[3, length]);
                request.extend_from_slice(self.host.as_bytes());
            }
            (Err(_), Err(_)) => return Err(rejected_by_proxy("a host name must not be longer than 255 bytes")),
        }
        request.extend_from_slice(&self.port.to_be_bytes());
        Ok(request)
    }
}

fn rejected_by_socks4(status: u8) -> TransportError {
    rejected_by_proxy(match status {
        91 => "the SOCKS proxy rejected the request, or could not connect",
        _ => "the SOCKS proxy requires ident, which is not supported",
    })
}

/// Returns the error for a status of SOCKS 5. A retry may succeed unless the proxy does not allow or support the connection.
fn rejected_by_socks5(status: u8) -> TransportError {
    let (may_succeed, why) = match status {
        1 => (true, "general failure"),
        2 => (false, "connection not allowed"),
        3 => (true, "network unreachable"),
        4 => (true, "host unreachable"),
        5 => (true, "connection refused"),
        6 => (true, "TTL expired"),
        7 => (false, "command not supported"),
        8 => (false, "address type not supported"),
        _ => (false, "unknown status"),
    };
    let problem = format!("the SOCKS proxy reported: {why}");
    if may_succeed {
        connect_failed(problem)
    } else {
        rejected_by_proxy(problem)
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use tokio::io::duplex;

    use super::*;
    use crate::runtime::TransportErrorKind::{self, Connect, Proxy};

    /// Runs a handshake with a proxy that sends these replies and then closes the connection. Returns the messages to the proxy,
    /// and the outcome: what follows the replies, or the error.
    async fn handshake(
        replies: &[u8],
        handshake: Handshake<'_>,
    ) -> (Vec<u8>, Result<Vec<u8>, (TransportErrorKind, String)>) {
        let (mut client, mut proxy) = duplex(1024);
        proxy.write_all(replies).await.expect("a client");
        proxy.shutdown().await.expect("a client");
        let outcome = socks_tunnel(&mut client, handshake).await;
        let mut rest = Vec::new();
        client.read_to_end(&mut rest).await.expect("a proxy");
        drop(client);
        let mut messages = Vec::new();
        proxy.read_to_end(&mut messages).await.expect("a client");
        let describe = |error: TransportError| {
            let source = error.source().expect("a source");
            (error.kind(), source.to_string())
        };
        (messages, outcome.map(|()| rest).map_err(describe))
    }

    async fn socks4(host: &str, replies: &[u8]) -> (Vec<u8>, Result<Vec<u8>, (TransportErrorKind, String)>) {
        handshake(replies, Handshake::socks4(host.to_owned(), 443)).await
    }

    async fn socks5(
        host: &str,
        credentials: Option<(&str, &str)>,
        replies: &[&[u8]],
    ) -> (Vec<u8>, Result<Vec<u8>, (TransportErrorKind, String)>) {
        let replies = replies.concat();
        handshake(&replies, Handshake::socks5(host.to_owned(), 443, credentials)).await
    }

    const GRANTED: &[u8] = &[5, 0, 0, 1, 9, 9, 9, 9, 9, 9];

    #[tokio::test]
    async fn socks4_connects_to_addresses_and_names() {
        for (host, request) in [
            ("1.2.3.4", &[4, 1, 1, 187, 1, 2, 3, 4, 0][..]),
            ("a.b", &[4, 1, 1, 187, 0, 0, 0, 255, 0, b'a', b'.', b'b', 0]),
        ] {
            let (messages, outcome) = socks4(host, &[0, 90, 9, 9, 9, 9, 9, 9, b'x']).await;
            assert_eq!((messages.as_slice(), outcome), (request, Ok(b"x".to_vec())), "{host}");
        }
    }

    #[tokio::test]
    async fn socks4_reports_failures() {
        for (replies, kind, message) in [
            (&[0, 91, 0, 0, 0, 0, 0, 0][..], Proxy, "rejected the request"),
            (&[0, 93, 0, 0, 0, 0, 0, 0], Proxy, "requires ident"),
            (&[0, 1, 0, 0, 0, 0, 0, 0], Proxy, "invalid reply"),
            (b"HTTP/1.1", Proxy, "does not use this version of SOCKS"),
            (&[0, 90, 0], Connect, "closed the connection"),
        ] {
            let (found, text) = socks4("a", replies).await.1.expect_err("a failure");
            assert_eq!(found, kind, "{replies:?}");
            assert!(text.contains(message), "{text}");
        }
    }

    #[tokio::test]
    async fn socks5_connects_to_addresses_and_names() {
        let ipv6 = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        for (host, address) in [
            ("1.2.3.4", &[1, 1, 2, 3, 4][..]),
            ("::1", &[&[4], &ipv6[..]].concat()),
            ("a.b", &[3, 3, b'a', b'.', b'b']),
        ] {
            let (messages, outcome) = socks5(host, None, &[&[5, 0], GRANTED, b"x"]).await;
            let expected = [&[5, 1, 0, 5, 1, 0], address, &[1, 187]].concat();
            assert_eq!((messages, outcome), (expected, Ok(b"x".to_vec())), "{host}");
        }
    }

    #[tokio::test]
    async fn socks5_skips_the_address_of_the_proxy() {
        for address in [
            &[1, 9, 9, 9, 9][..],
            &[3, 2, b'a', b'b'],
            &[3, 0],
            &[&[3, 255], &[b'a'; 255][..]].concat(),
            &[&[4], &[9; 16][..]].concat(),
        ] {
            let (_, outcome) = socks5("a", None, &[&[5, 0], &[5, 0, 0], address, &[9, 9], b"x"]).await;
            assert_eq!(outcome, Ok(b"x".to_vec()), "{address:?}");
        }
    }

    #[tokio::test]
    async fn socks5_authenticates() {
        let credentials = Some(("ab", "c"));
        let (messages, outcome) = socks5("d", credentials, &[&[5, 2], &[1, 0], GRANTED]).await;
        let login = [1, 2, b'a', b'b', 1, b'c'];
        let request = [5, 1, 0, 3, 1, b'd', 1, 187];
        assert_eq!(messages, [&[5, 1, 2], &login[..], &request].concat());
        assert_eq!(outcome, Ok(Vec::new()));
    }

    #[tokio::test]
    #[rustfmt::skip] // a table
    async fn socks5_reports_failures() {
        let credentials = Some(("user", "secret"));
        let rejects = |status| vec![5, 0, 5, status, 0, 1, 0, 0, 0, 0, 0, 0];
        for (credentials, replies, kind, message) in [
            (None, vec![5, 255], Proxy, "requires authentication"),
            (None, vec![5, 2], Proxy, "requires authentication"),
            (credentials, vec![5, 255], Proxy, "does not support a user and a password"),
            (credentials, vec![5, 0], Proxy, "does not support a user and a password"),
            (credentials, vec![5, 2, 1, 1], Proxy, "rejected the user or the password"),
            (credentials, vec![5, 2], Proxy, "after it received the user and the password"),
            (credentials, vec![5, 2, 1, 0], Connect, "closed the connection"),
            (credentials, vec![], Connect, "closed the connection"),
            (None, rejects(1), Connect, "general failure"),
            (None, rejects(2), Proxy, "connection not allowed"),
            (None, rejects(3), Connect, "network unreachable"),
            (None, rejects(4), Connect, "host unreachable"),
            (None, rejects(5), Connect, "connection refused"),
            (None, rejects(6), Connect, "TTL expired"),
            (None, rejects(7), Proxy, "command not supported"),
            (None, rejects(8), Proxy, "address type not supported"),
            (None, rejects(99), Proxy, "unknown status"),
            (None, b"HTTP/1.1 400 Bad Request".to_vec(), Proxy, "this version of SOCKS"),
            (None, b"\x05\0HTTP/1.1 400 Bad Request".to_vec(), Proxy, "this version of SOCKS"),
            (None, vec![5, 0, 5, 0, 0, 2, 0], Proxy, "invalid reply"),
            (None, vec![], Connect, "closed the connection"),
            (None, vec![5, 0], Connect, "closed the connection"),
            (None, vec![5, 0, 5, 0, 0, 1, 0, 0], Connect, "closed the connection"),
        ] {
            let (found, text) = socks5("a", credentials, &[&replies]).await.1.expect_err("a failure");
            assert_eq!(found, kind, "{replies:?}");
            assert!(text.contains(message) && !text.contains("secret"), "{text}");
        }
    }

    #[test]
    fn connection_that_is_reset_after_a_login_is_not_retried() {
        let mut handshake = Handshake::socks5("a".to_owned(), 443, Some(("user", "secret")));
        let reset = || io::Error::from(io::ErrorKind::ConnectionReset);
        assert!(handshake.next(&[]).is_ok());
        assert_eq!(handshake.lost(reset()).kind(), Connect);
        assert!(handshake.next(&[5, 2]).is_ok());
        assert_eq!(handshake.lost(reset()).kind(), Proxy);
        assert!(handshake.next(&[1, 0]).is_ok());
        assert_eq!(handshake.lost(reset()).kind(), Connect);
    }

    #[tokio::test]
    async fn socks5_does_not_support_long_names() {
        let (kind, text) = socks5(&"a".repeat(256), None, &[&[5, 0]])
            .await
            .1
            .expect_err("a failure");
        assert!(kind == Proxy && text.contains("longer than 255 bytes"), "{text}");
    }

    #[tokio::test]
    async fn socks4_does_not_support_ipv6() {
        let (messages, outcome) = socks4("::1", &[]).await;
        assert_eq!((messages, outcome.expect_err("a failure").0), (Vec::new(), Proxy));
    }
}
