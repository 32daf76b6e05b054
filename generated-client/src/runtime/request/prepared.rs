//! Prepared requests.

use super::{CallOptions, EncodedRequest, Encoder, Resume, append_pair};
use crate::runtime::Error;

/// The request of a call, before the client adds the base URL and its headers.
#[derive(Clone)]
pub(crate) struct PreparedRequest {
    pub(crate) encoded: EncodedRequest,
    pub(crate) options: CallOptions,
}

/// Prepares the request of a call.
pub(crate) fn prepare(encoder: Encoder, options: Option<Box<CallOptions>>) -> Result<PreparedRequest, Error> {
    let info = encoder.info();
    finish(encoder.finish(), options.map(|options| *options).unwrap_or_default())
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
