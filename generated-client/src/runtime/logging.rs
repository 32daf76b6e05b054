//! The spans and events of calls. They contain no API key, query, header or body.

use http::Uri;
use http::uri::Scheme;
use tracing::{Span, field};

use super::{Error, OperationInfo};

/// The target of spans and events: the name of the crate.
pub(crate) const TARGET: &str = env!("CARGO_CRATE_NAME");

/// Creates the span of a call, with the attributes of OpenTelemetry's conventions for HTTP clients.
pub(crate) fn call_span(info: &OperationInfo, uri: &Uri) -> Span {
    let method = http::Method::from(info.method);
    let host = uri.host().unwrap_or_default();
    let default_port = if uri.scheme() == Some(&Scheme::HTTP) { 80 } else { 443 };
    tracing::info_span!(
        target: TARGET,
        "http.client.request",
        otel.kind = "client",
        operation = info.name,
        http.request.method = method.as_str(),
        url.template = info.path,
        // The brackets of an IPv6 address are not a part of it.
        server.address = host.trim_matches(['[', ']']),
        server.port = uri.port_u16().unwrap_or(default_port),
        http.request.resend_count = field::Empty,
        http.response.status_code = field::Empty,
        error.type = field::Empty,
    )
}

/// Logs that a call succeeded.
pub(crate) fn log_success(span: &Span, status: u16, attempts: u32) {
    tracing::debug!(
        target: TARGET,
        parent: span,
        { http.response.status_code = status, attempts },
        "call succeeded"
    );
}

/// Logs that a call failed.
pub(crate) fn log_failure(span: &Span, error: &Error) {
    let kind = error.kind();
    let kind = &*kind;
    span.record("error.type", kind);
    // The operation is repeated, because the span is disabled if only warnings are enabled. The error itself may contain
    // parts of the response.
    tracing::warn!(
        target: TARGET,
        parent: span,
        {
            operation = error.operation(),
            error.type = kind,
            http.response.status_code = error.status().map(|status| status.as_u16()),
            attempts = error.attempts(),
        },
        "call failed"
    );
}
