//! Encoding the parameters of an operation.

use std::fmt::Display;

use bytes::Bytes;

use super::{Query, append_query, escape};
use crate::runtime::{JsonValue, OperationInfo, View};

/// Encodes the parameters of an operation as a request. Path parameters must be added in the order of the path.
///
/// If a parameter is invalid, the call returns an error without sending anything. Only the first error is kept.
#[derive(Debug)]
pub struct Encoder {
    info: &'static OperationInfo,
    path: String,
    /// The path template after the last filled parameter.
    rest: &'static str,
    query: String,
    body: Option<Bytes>,
    problem: Option<String>,
}

/// A request of an operation, without the settings of a client and the options of a call.
#[derive(Clone)]
pub(crate) struct EncodedRequest {
    pub(crate) info: &'static OperationInfo,
    /// Percent-encoded, with a leading slash.
    pub(crate) path: String,
    /// Percent-encoded, without the question mark.
    pub(crate) query: String,
    pub(crate) body: Option<Bytes>,
}

impl Encoder {
    pub(crate) fn new(info: &'static OperationInfo) -> Self {
        Self {
            info,
            // Room for typical parameters, because growing the string costs more than writing it.
            path: String::with_capacity(info.path.len() + 64),
            rest: info.path,
            query: String::new(),
            body: None,
            problem: None,
        }
    }

    /// Fills the next path parameter with one percent-encoded segment.
    ///
    /// Rejects an empty value, `.` and `..`, because they change the path even if encoded.
    pub fn path(&mut self, value: &(impl Display + ?Sized)) {
        let Some((literal, name, rest)) = split_at_parameter(self.rest) else {
            return self.reject(|| "too many path parameters".to_owned());
        };
        self.path.push_str(literal);
        self.rest = rest;
        let start = self.path.len();
        escape(&mut self.path, value);
        if matches!(&self.path[start..], "" | "." | "..") {
            self.reject(|| format!("the path parameter `{name}` must not be empty, `.` or `..`"));
        }
    }

    /// Adds a query parameter. Adds nothing for `None`, and one pair for each item of a list.
    pub fn query<T: Query + ?Sized>(&mut self, name: &str, value: &T) {
        value.each(&mut |value| append_query(&mut self.query, name, value));
    }

    /// Sets the JSON body.
    pub fn json(&mut self, body: &impl JsonValue) {
        self.body(&body.view());
    }

    fn body(&mut self, body: &View<'_>) {
        match serde_json::to_vec(body) {
            Ok(body) => self.body = Some(body.into()),
            Err(error) => self.reject(|| format!("cannot encode the body as JSON: {error}")),
        }
    }

    /// Sets the JSON body to an object without fields.
    pub fn empty_json(&mut self) {
        self.body = Some(Bytes::from_static(b"{}"));
    }

    pub(crate) fn finish(mut self) -> Result<EncodedRequest, String> {
        if let Some((_, name, _)) = split_at_parameter(self.rest) {
            self.reject(|| format!("the path parameter `{name}` is missing"));
        }
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        self.path.push_str(self.rest);
        Ok(EncodedRequest {
            info: self.info,
            path: self.path,
            query: self.query,
            body: self.body,
        })
    }

    fn reject(&mut self, problem: impl FnOnce() -> String) {
        self.problem.get_or_insert_with(problem);
    }
}

/// Splits a path template at its next parameter. Returns the text before it, its name, and the text after it.
fn split_at_parameter(template: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    let (literal, rest) = template.split_once('{')?;
    let (name, rest) = rest.split_once('}')?;
    Some((literal, name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFO: OperationInfo = OperationInfo::get("things.parts.get", "/things/{id}/parts/{part}");

    fn encoded(fill: impl FnOnce(&mut Encoder)) -> Result<EncodedRequest, String> {
        let mut encoder = Encoder::new(&INFO);
        fill(&mut encoder);
        encoder.finish()
    }

    fn path(id: &str) -> Result<String, String> {
        let encoded = encoded(|request| {
            request.path(id);
            request.path("p");
        })?;
        Ok(encoded.path)
    }

    #[test]
    fn path_parameter_is_one_segment() {
        assert_eq!(
            path("a/b ?#%2f..\r\né").as_deref(),
            Ok("/things/a%2Fb%20%3F%23%252f..%0D%0A%C3%A9/parts/p")
        );
        assert_eq!(path("..%2f").as_deref(), Ok("/things/..%252f/parts/p"));
        assert_eq!(path("a-b_c.d~e").as_deref(), Ok("/things/a-b_c.d~e/parts/p"));
    }

    #[test]
    fn rejects_segments_that_change_the_path() {
        for id in ["", ".", ".."] {
            assert_eq!(
                path(id),
                Err("the path parameter `id` must not be empty, `.` or `..`".to_owned())
            );
        }
    }

    #[test]
    fn rejects_missing_and_surplus_path_parameters() {
        let missing = encoded(|request| request.path("a")).err();
        assert_eq!(missing.as_deref(), Some("the path parameter `part` is missing"));
        let surplus = encoded(|request| ["a", "b", "c"].into_iter().for_each(|part| request.path(part))).err();
        assert_eq!(surplus.as_deref(), Some("too many path parameters"));
    }

    #[test]
    fn query_repeats_lists_and_omits_unset_parameters() {
        const LIST: OperationInfo = OperationInfo::get("things.list", "/things");
        let mut request = Encoder::new(&LIST);
        request.query("before", &None::<String>);
        request.query("limit", &Some(5_u32));
        request.query("id", &vec!["a&b".to_owned(), "c=d".to_owned()]);
        request.query("none", &Some(Vec::<String>::new()));
        request.query("all", &true);
        let encoded = request.finish();
        assert_eq!(
            encoded.map(|it| it.query).as_deref(),
            Ok("limit=5&id=a%26b&id=c%3Dd&all=true")
        );
    }

    #[test]
    fn encodes_the_body() {
        let body = |fill: fn(&mut Encoder)| {
            let encoded = encoded(|request| {
                request.path("a");
                request.path("b");
                fill(request);
            });
            encoded.expect("a request").body
        };
        assert_eq!(body(|_| ()), None);
        assert_eq!(body(Encoder::empty_json).as_deref(), Some(&b"{}"[..]));
        assert_eq!(body(|request| request.json(&vec![1])).as_deref(), Some(&b"[1]"[..]));
    }

    #[test]
    fn reports_the_first_problem() {
        let problem = encoded(|request| {
            request.path("..");
            request.path("");
        });
        assert!(problem.is_err_and(|text| text.contains("`id`")));
    }
}
