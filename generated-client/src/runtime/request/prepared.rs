//! Prepared requests.

use std::fmt;

use super::{CallOptions, CallParameters, EncodedRequest, RequestBody, Resume, append_pair, encode};
use crate::runtime::{Error, OperationInfo};

/// The request of a call, before the client adds the base URL and its headers.
#[derive(Clone)]
pub struct PreparedRequest {
    pub(crate) encoded: EncodedRequest,
    pub(crate) options: CallOptions,
}

/// Prints no value, because it may be secret.
impl fmt::Debug for PreparedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PreparedRequest")
    }
}

/// Prepares the request of a call. Depends on the type of the body, but not on that of the operation.
// By value, so that the code that drops a body exists once for each type. Not inlined for the same reason.
#[allow(clippy::needless_pass_by_value, reason = "the code that drops the body belongs here")]
#[inline(never)]
pub(crate) fn prepare<B: RequestBody>(
    info: &'static OperationInfo,
    parameters: CallParameters,
    body: B,
    options: Option<Box<CallOptions>>,
) -> Result<PreparedRequest, Error> {
    prepare_with(info, parameters, &&body, options)
}

fn prepare_with(
    info: &'static OperationInfo,
    parameters: CallParameters,
    body: &dyn RequestBody,
    options: Option<Box<CallOptions>>,
) -> Result<PreparedRequest, Error> {
    let encoded = encode(info, parameters, body.encode(info));
    finish(encoded, options.map(|options| *options).unwrap_or_default())
        .map_err(|problem| Error::invalid_request(problem).with_operation(info))
}

fn finish(encoded: Result<EncodedRequest, String>, mut options: CallOptions) -> Result<PreparedRequest, String> {
    if let Some(problem) = options.problem() {
        return Err(problem);
    }
    let mut encoded = encoded?;
    match options.resume.take() {
        Some(Resume { token, query }) => {
            let query = query(&encoded, &options.query, &token);
            encoded.query = query.ok_or("invalid page token")?;
        }
        None => {
            for pair in &options.query {
                append_pair(&mut encoded.query, pair);
            }
        }
    }
    Ok(PreparedRequest { encoded, options })
}
