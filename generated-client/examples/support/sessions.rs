//! The part of the API that serves application sessions, kept in memory.

use std::io;
use std::net::TcpStream;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use super::server::{Request, Server, answer};

const PREFIX: &str = "/app/sessions";

/// Starts a server that knows this many sessions, named `as_1` and on, the newest last.
pub(crate) fn start(count: usize) -> io::Result<Server> {
    let sessions = Mutex::new((1..=count).rev().map(session).collect::<Vec<_>>());
    Server::start(move |request, stream| {
        let mut sessions = sessions.lock().unwrap_or_else(PoisonError::into_inner);
        respond(request, &mut sessions, stream)
    })
}

fn session(number: usize) -> Value {
    json!({
        "id": format!("as_{number}"),
        "uri": format!("https://api.ngrok.com{PREFIX}/as_{number}"),
        "public_url": "https://shop.example",
        "browser_session": {
            "user_agent": { "browser_name": "Firefox" },
            "ip_address": "192.0.2.7",
            "location": { "country_code": "NZ", "latitude": -41.28, "longitude": 174.77, "lat_long_radius_km": 20 },
        },
        "created_at": format!("2024-05-06T07:08:{:02}Z", number % 60),
        "edge": null,
    })
}

fn respond(request: &Request, sessions: &mut Vec<Value>, stream: &mut TcpStream) -> io::Result<()> {
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    if request.header("authorization") != Some("Bearer test-key") {
        return refuse(stream, "401 Unauthorized", "ERR_NGROK_206", "The key is unknown.");
    }
    match (request.method.as_str(), path.strip_prefix(PREFIX)) {
        ("GET", Some("")) => answer(stream, "200 OK", &page(request, query, sessions).to_string()),
        (method, Some(id)) => match (method, position(sessions, id.trim_start_matches('/'))) {
            ("GET", Some(index)) => answer(stream, "200 OK", &sessions[index].to_string()),
            ("DELETE", Some(index)) => {
                sessions.remove(index);
                answer(stream, "204 No Content", "")
            }
            _ => refuse(stream, "404 Not Found", "ERR_NGROK_4404", "There is no such session."),
        },
        (_, None) => refuse(stream, "404 Not Found", "ERR_NGROK_4404", "There is no such path."),
    }
}

fn position(sessions: &[Value], id: &str) -> Option<usize> {
    sessions.iter().position(|session| session["id"] == id)
}

fn page(request: &Request, query: &str, sessions: &[Value]) -> Value {
    let parameter = |name: &str| {
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    };
    let limit = parameter("limit").and_then(|limit| limit.parse().ok()).unwrap_or(100);
    let start = parameter("before_id")
        .and_then(|id| position(sessions, id))
        .map_or(0, |index| index + 1);
    let items = &sessions[start..sessions.len().min(start + limit)];
    let host = request.header("host").unwrap_or_default();
    let next = items
        .last()
        .filter(|_| start + items.len() < sessions.len())
        .map(|last| {
            let id = last["id"].as_str().unwrap_or_default();
            format!("http://{host}{PREFIX}?before_id={id}&limit={limit}")
        });
    json!({ "application_sessions": items, "uri": format!("http://{host}{PREFIX}"), "next_page_uri": next })
}

fn refuse(stream: &mut TcpStream, status: &str, code: &str, message: &str) -> io::Result<()> {
    let number = status.split(' ').next().and_then(|number| number.parse::<u16>().ok());
    let body = json!({
        "error_code": code, "status_code": number, "msg": message, "details": { "operation_id": "op_test" },
    });
    answer(stream, status, &body.to_string())
}
