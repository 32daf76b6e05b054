//! Encoded requests.

use bytes::Bytes;
use http::HeaderMap;

use super::path::fill_path;
use super::{CallParameters, append_pair, insert_header, parse_header};
use crate::runtime::OperationInfo;

/// A request of an operation, without the settings of a client and the options of a call.
#[derive(Clone)]
pub(crate) struct EncodedRequest {
    pub(crate) info: &'static OperationInfo,
    /// Percent-encoded, with a leading slash.
    pub(crate) path: String,
    /// Percent-encoded, without the question mark.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
}

/// Encodes a request.
///
/// # Errors
///
/// Returns a description of the first invalid parameter, or that of an invalid body.
pub(crate) fn encode(
    info: &'static OperationInfo,
    parameters: CallParameters,
    body: Result<Option<Bytes>, String>,
) -> Result<EncodedRequest, String> {
    let mut values = parameters.into_values();
    let path = fill_path(info.path, &values.path)?;
    let mut headers = HeaderMap::new();
    for (name, text) in &values.headers {
        let (name, value) = parse_header(name, text)?;
        insert_header(&mut headers, name, value);
    }
    let order = info.query_order;
    // Required parameters come first: they are not in the order, and `None` is less than the index of any other.
    values
        .query
        .sort_by_key(|(name, _)| order.iter().position(|other| other == name));
    let mut query = info.query.to_owned();
    for (_, pairs) in values.query.iter().filter(|(_, pairs)| !pairs.is_empty()) {
        append_pair(&mut query, pairs);
    }
    Ok(EncodedRequest {
        info,
        path,
        query,
        headers,
        body: body?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: OperationInfo = OperationInfo::get("things.list", "/things/{id}").query("alt=json&x");
    const ORDERED: OperationInfo = LIST.query_order(&["a", "b", "c"]);

    fn parameters() -> CallParameters {
        CallParameters::new().path::<String>("1")
    }

    #[test]
    fn fixed_query_comes_first() {
        let encoded = encode(&LIST, parameters().query::<u32>("limit", 5_u32), Ok(None)).expect("a request");
        assert_eq!(
            (encoded.path.as_str(), encoded.query.as_str()),
            ("/things/1", "alt=json&x&limit=5")
        );
    }

    #[test]
    fn order_of_the_query_does_not_depend_on_the_calls() {
        for names in [["a", "b", "c"], ["c", "b", "a"], ["b", "c", "a"]] {
            let required = parameters().query::<u32>("required", 0_u32);
            let all = names.iter().fold(required, |all, name| all.query::<u32>(name, 1_u32));
            let encoded = encode(&ORDERED, all, Ok(None)).expect("a request");
            assert_eq!(encoded.query, "alt=json&x&required=0&a=1&b=1&c=1");
        }
    }

    #[test]
    fn reports_the_first_problem() {
        let invalid = || parameters().header::<String>("if-match", "a\nb");
        let body = || Err("no body".to_owned());
        let problem = |parameters| encode(&LIST, parameters, body()).err();
        assert_eq!(
            problem(invalid().path::<String>("2")).as_deref(),
            Some("too many path parameters")
        );
        assert_eq!(
            problem(invalid()).as_deref(),
            Some("invalid header value for `if-match`")
        );
        assert_eq!(problem(parameters()).as_deref(), Some("no body"));
    }
}
