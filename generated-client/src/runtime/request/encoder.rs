//! Builds a request without sending it.

use std::fmt::Display;

use bytes::Bytes;

use super::{Query, append_query, escape};
use crate::runtime::{JsonValue, OperationInfo, View};

/// Takes an operation's values, in the order of its path, and makes a request of them.
///
/// The first value that cannot be sent is remembered and fails the call before anything is sent.
#[derive(Debug)]
pub struct Encoder {
    info: &'static OperationInfo,
    path: String,
    /// What follows the last filled parameter of the template.
    rest: &'static str,
    query: String,
    body: Option<Bytes>,
    problem: Option<String>,
}

/// A request of one operation, before a client adds what is its own.
#[derive(Clone)]
pub(crate) struct EncodedRequest {
    pub(crate) info: &'static OperationInfo,
    /// Percent-encoded, beginning with a slash.
    pub(crate) path: String,
    /// Percent-encoded, without the question mark.
    pub(crate) query: String,
    pub(crate) body: Option<Bytes>,
}

impl Encoder {
    pub(crate) fn new(info: &'static OperationInfo) -> Self {
        Self {
            info,
            // Room for the usual parameters: growing costs more than the path itself.
            path: String::with_capacity(info.path.len() + 64),
            rest: info.path,
            query: String::new(),
            body: None,
            problem: None,
        }
    }

    /// Fills the path's next parameter with one percent-encoded segment.
    ///
    /// Empty, `.` and `..` are refused: no encoding keeps them from changing the path.
    pub fn path(&mut self, value: &(impl Display + ?Sized)) {
        let Some((literal, name, rest)) = split_at_parameter(self.rest) else {
            return self.refuse(|| "more path parameters than the path has".to_owned());
        };
        self.path.push_str(literal);
        self.rest = rest;
        let start = self.path.len();
        escape(&mut self.path, value);
        if matches!(&self.path[start..], "" | "." | "..") {
            self.refuse(|| format!("the path parameter `{name}` must not be empty, `.` or `..`"));
        }
    }

    /// Adds a query parameter: none when unset, one an element for a list.
    pub fn query<T: Query + ?Sized>(&mut self, name: &str, value: &T) {
        value.each(&mut |value| append_query(&mut self.query, name, value));
    }

    /// Makes the value the JSON body.
    pub fn json(&mut self, body: &impl JsonValue) {
        self.body(&body.view());
    }

    fn body(&mut self, body: &View<'_>) {
        match serde_json::to_vec(body) {
            Ok(body) => self.body = Some(body.into()),
            Err(error) => self.refuse(|| format!("the body cannot be written as JSON: {error}")),
        }
    }

    /// Makes an object without fields the JSON body.
    pub fn empty_json(&mut self) {
        self.body = Some(Bytes::from_static(b"{}"));
    }

    pub(crate) fn finish(mut self) -> Result<EncodedRequest, String> {
        if let Some((_, name, _)) = split_at_parameter(self.rest) {
            self.refuse(|| format!("the path parameter `{name}` is missing"));
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

    fn refuse(&mut self, problem: impl FnOnce() -> String) {
        self.problem.get_or_insert_with(problem);
    }
}

/// What precedes the template's next parameter, its name, and what follows it.
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
    fn a_path_parameter_stays_one_segment() {
        assert_eq!(
            path("a/b ?#%2f..\r\né").as_deref(),
            Ok("/things/a%2Fb%20%3F%23%252f..%0D%0A%C3%A9/parts/p")
        );
        assert_eq!(path("..%2f").as_deref(), Ok("/things/..%252f/parts/p"));
        assert_eq!(path("a-b_c.d~e").as_deref(), Ok("/things/a-b_c.d~e/parts/p"));
    }

    #[test]
    fn a_segment_that_would_change_the_path_is_refused() {
        for id in ["", ".", ".."] {
            assert_eq!(
                path(id),
                Err("the path parameter `id` must not be empty, `.` or `..`".to_owned())
            );
        }
    }

    #[test]
    fn the_number_of_path_parameters_must_match() {
        let missing = encoded(|request| request.path("a")).err();
        assert_eq!(missing.as_deref(), Some("the path parameter `part` is missing"));
        let surplus = encoded(|request| ["a", "b", "c"].into_iter().for_each(|part| request.path(part))).err();
        assert_eq!(surplus.as_deref(), Some("more path parameters than the path has"));
    }

    #[test]
    fn the_query_repeats_the_key_of_a_list_and_leaves_out_what_is_unset() {
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
    fn a_body_is_what_was_given_or_empty() {
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
    fn the_first_problem_is_the_one_reported() {
        let problem = encoded(|request| {
            request.path("..");
            request.path("");
        });
        assert!(problem.is_err_and(|text| text.contains("`id`")));
    }
}
