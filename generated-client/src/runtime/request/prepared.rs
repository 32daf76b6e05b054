//! Prepared requests.

use super::{CallOptions, EncodedRequest, Encoder, Resume, append_pairs};
use crate::runtime::{Error, OperationInfo};

/// The request of a call, before the client adds the base URL and its headers.
#[derive(Clone)]
pub(crate) struct PreparedRequest {
    pub(crate) encoded: EncodedRequest,
    pub(crate) options: CallOptions,
}

/// Prepares the request of a call.
pub(crate) fn prepare(
    info: &'static OperationInfo,
    encode: &dyn Fn(&mut Encoder),
    options: CallOptions,
) -> Result<PreparedRequest, Error> {
    let mut encoder = Encoder::new(info);
    encode(&mut encoder);
    finish(encoder.finish(), options).map_err(|problem| Error::invalid_request(problem).with_operation(info))
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
        None => append_pairs(&mut encoded.query, &options.query),
    }
    Ok(PreparedRequest { encoded, options })
}
