//! Encoding the parameters of an operation.

use std::fmt::{self, Display};

use bytes::Bytes;
use http::HeaderMap;

use super::body::{UnderKey, WithConstants, object};
use super::style::{append_comma, append_deep};
use super::{
    Query, QueryValues, TemplateParameter, Viewed, append_pair, append_query, escape, escape_path, insert_header,
    next_parameter, parse_header,
};
use crate::runtime::{OperationInfo, View};

/// Encodes the parameters of an operation as a request. Path parameters must be added in the order of the path. A query
/// parameter or a header that is set again replaces the one before.
///
/// If a parameter is invalid, the call returns an error without sending anything. Only the first error is kept.
#[derive(Clone)]
pub struct Encoder {
    info: &'static OperationInfo,
    path: String,
    /// The path template after the last filled parameter.
    rest: &'static str,
    /// The pairs of each query parameter, percent-encoded.
    query: Texts,
    headers: Texts,
    body: Option<Bytes>,
    problem: Option<String>,
}

/// Texts by the name of their parameter, in the order in which they were first set.
type Texts = Vec<(&'static str, String)>;

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

impl Encoder {
    pub(crate) fn new(info: &'static OperationInfo) -> Self {
        Self {
            info,
            // Room for typical parameters, because growing the string costs more than writing it.
            path: String::with_capacity(info.path.len() + 64),
            rest: info.path,
            query: Texts::new(),
            headers: Texts::new(),
            body: None,
            problem: None,
        }
    }

    /// Fills the next path parameter with a percent-encoded value. Only a parameter such as `{path*}` keeps slashes.
    ///
    /// Rejects an empty value, and values that result in an empty segment, `.` or `..`, because these change the path even if
    /// encoded.
    pub fn path(&mut self, value: &dyn Display) {
        let Some(parameter) = next_parameter(self.rest) else {
            return self.reject("too many path parameters".to_owned());
        };
        self.path.push_str(parameter.before);
        self.rest = parameter.after;
        let start = self.path.len();
        if parameter.spans_segments {
            escape_path(&mut self.path, value);
        } else {
            escape(&mut self.path, value);
        }
        self.check_segments(&parameter, start);
    }

    /// Checks the segments of the path from a parameter on, whose value begins at `start`.
    fn check_segments(&mut self, parameter: &TemplateParameter<'static>, start: usize) {
        let name = parameter.name;
        if parameter.spans_segments {
            let mut segments = self.path[start..].split('/');
            if segments.any(|segment| matches!(segment, "" | "." | "..")) {
                self.reject(format!(
                    "no segment of the path parameter `{name}` must be empty, `.` or `..`"
                ));
            }
            return;
        }
        let segment_start = self.path.rfind('/').map_or(0, |slash| slash + 1);
        let following = parameter.after.split(['/', '{']).next().unwrap_or_default();
        let segment = &self.path[segment_start..];
        let is_short = segment.len() + following.len() <= 2;
        let has_only_dots = |text: &str| text.bytes().all(|byte| byte == b'.');
        if self.path.len() == start || (is_short && has_only_dots(segment) && has_only_dots(following)) {
            self.reject(format!("the path parameter `{name}` must not be empty, `.` or `..`"));
        }
    }

    /// Sets a query parameter, with one pair for each item of a list.
    pub fn query(&mut self, name: &'static str, value: &dyn Query) {
        set(&mut self.query, name, repeated(name, value));
    }

    /// Sets a query parameter to the values of a list, separated by commas. Adds nothing for an empty list.
    pub fn comma(&mut self, name: &'static str, value: &dyn Query) {
        let mut pairs = String::new();
        append_comma(&mut pairs, name, value);
        set(&mut self.query, name, pairs);
    }

    /// Sets a query parameter `name[]` for each value of a list.
    pub fn brackets(&mut self, name: &'static str, value: &dyn Query) {
        set(&mut self.query, name, repeated(&format!("{name}[]"), value));
    }

    /// Sets a query parameter `name[key]` for each entry of an object.
    pub fn deep(&mut self, name: &'static str, value: &impl Viewed) {
        let mut pairs = String::new();
        append_deep(&mut pairs, name, value.encoded());
        set(&mut self.query, name, pairs);
    }

    /// Sets a header. The values of a list are separated by commas; an empty list sets none.
    pub fn header(&mut self, name: &'static str, value: &dyn Query) {
        let mut text: Option<String> = None;
        value.each(&mut QueryValues::new(&mut |value| {
            text = Some(match text.take() {
                Some(before) => format!("{before}, {value}"),
                None => value.to_string(),
            });
        }));
        self.headers.retain(|(other, _)| *other != name);
        self.headers.extend(text.map(|text| (name, text)));
    }

    /// Sends no JSON body, unless the operation has constants.
    pub fn no_json(&mut self) {
        if !self.info.fixed.is_empty() {
            self.empty_json();
        }
    }

    /// Sets the JSON body to an object without fields.
    pub fn empty_json(&mut self) {
        let nothing = WithConstants {
            constants: &[],
            object: None,
        };
        self.json(object(&nothing));
    }

    /// Sets the JSON body to a value, with the constants and the key of the operation.
    pub fn json(&mut self, value: View<'_>) {
        let constants = self.info.fixed;
        let with_constants = match value {
            View::Object(object, codec) if !constants.is_empty() => Some(WithConstants {
                constants,
                object: Some((object, codec)),
            }),
            _ => None,
        };
        let value = with_constants
            .as_ref()
            .map_or(value, |with_constants| object(with_constants));
        let under_key = self.info.request_key.map(|key| UnderKey { key, value });
        match serde_json::to_vec(&under_key.as_ref().map_or(value, |under_key| object(under_key))) {
            Ok(body) => self.body = Some(body.into()),
            Err(error) => self.reject(format!("cannot encode the body as JSON: {error}")),
        }
    }

    pub(crate) fn info(&self) -> &'static OperationInfo {
        self.info
    }

    pub(crate) fn finish(mut self) -> Result<EncodedRequest, String> {
        if let Some(TemplateParameter { name, .. }) = next_parameter(self.rest) {
            self.reject(format!("the path parameter `{name}` is missing"));
        }
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        self.path.push_str(self.rest);
        let order = self.info.query_order;
        // Required parameters come first: they are not in the order, and `None` is less than the index of any other.
        self.query
            .sort_by_key(|(name, _)| order.iter().position(|other| other == name));
        let mut query = self.info.query.to_owned();
        for (_, pairs) in self.query.iter().filter(|(_, pairs)| !pairs.is_empty()) {
            append_pair(&mut query, pairs);
        }
        let mut headers = HeaderMap::new();
        for (name, text) in &self.headers {
            let (name, value) = parse_header(name, text)?;
            insert_header(&mut headers, name, value);
        }
        Ok(EncodedRequest {
            info: self.info,
            path: self.path,
            query,
            headers,
            body: self.body,
        })
    }

    fn reject(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }
}

/// Returns a pair with this name for each value.
fn repeated(name: &str, value: &dyn Query) -> String {
    let mut pairs = String::new();
    value.each(&mut QueryValues::new(&mut |value| {
        append_query(&mut pairs, name, value);
    }));
    pairs
}

/// Sets the text with this name, keeping the place of one that it replaces.
fn set(texts: &mut Texts, name: &'static str, text: String) {
    match texts.iter_mut().find(|(other, _)| *other == name) {
        Some((_, old)) => *old = text,
        None => texts.push((name, text)),
    }
}

/// Prints no value, because it may be secret.
impl fmt::Debug for Encoder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Encoder")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::runtime::json::{Codec, JsonValue};
    use crate::runtime::request::Constant;
    use crate::runtime::{Timestamp, object};

    const INFO: OperationInfo = OperationInfo::get("things.parts.get", "/things/{id}/parts/{part}");

    fn encoded(fill: impl FnOnce(&mut Encoder)) -> Result<EncodedRequest, String> {
        let mut encoder = Encoder::new(&INFO);
        fill(&mut encoder);
        encoder.finish()
    }

    fn path(id: &str) -> Result<String, String> {
        let encoded = encoded(|request| {
            request.path(&id);
            request.path(&"p");
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

    /// Fills a template with these values.
    fn filled(template: &'static str, values: &[&str]) -> Result<String, String> {
        let info = Box::leak(Box::new(OperationInfo::get("things.get", template)));
        let mut encoder = Encoder::new(info);
        for value in values {
            encoder.path(value);
        }
        encoder.finish().map(|encoded| encoded.path)
    }

    #[test]
    fn fills_parameters_within_a_segment() {
        for (template, values, expected) in [
            ("/things/{id}.json", &["a/b.c"][..], "/things/a%2Fb.c.json"),
            ("/things/{id}:stop", &["a:b"], "/things/a%3Ab:stop"),
            ("/compare/{a}...{b}", &["v1", "v2"], "/compare/v1...v2"),
            ("/v1.{minor}/x", &["."], "/v1../x"),
            ("/!$&'()*+,;=:@%2F/{id}/", &["1"], "/!$&'()*+,;=:@%2F/1/"),
            ("/", &[], "/"),
        ] {
            assert_eq!(filled(template, values).as_deref(), Ok(expected), "{template}");
        }
        for (template, values) in [
            ("/things/{id}.json", &[""][..]),
            ("/things/.{id}", &["."]),
            ("/things/{id}./x", &["."]),
            ("/compare/{a}...{b}", &["v1", ""]),
        ] {
            let problem = filled(template, values).expect_err(template);
            assert!(
                problem.ends_with("must not be empty, `.` or `..`"),
                "{template}: {problem}"
            );
        }
    }

    #[test]
    fn parameter_over_segments_keeps_slashes() {
        let path = |value: &str| filled("/repos/{id}/contents/{path*}", &["a/b", value]);
        assert_eq!(
            path("src/a b?.rs").as_deref(),
            Ok("/repos/a%2Fb/contents/src/a%20b%3F.rs")
        );
        assert_eq!(path("a%2Fb/...").as_deref(), Ok("/repos/a%2Fb/contents/a%252Fb/..."));
        for value in ["", "/", "/a", "a/", "a//b", ".", "a/../b", "./a", "a/.."] {
            let problem = path(value).expect_err(value);
            assert!(
                problem.starts_with("no segment of the path parameter `path`"),
                "{value}: {problem}"
            );
        }
    }

    #[test]
    fn fixed_query_comes_first() {
        const LIST: OperationInfo = OperationInfo::get("things.list", "/things").query("alt=json&x");
        let mut request = Encoder::new(&LIST);
        request.query("limit", &5_u32);
        let encoded = request.finish().expect("a request");
        assert_eq!(
            (encoded.path.as_str(), encoded.query.as_str()),
            ("/things", "alt=json&x&limit=5")
        );
    }

    #[test]
    fn rejects_missing_and_surplus_path_parameters() {
        let missing = encoded(|request| request.path(&"a")).err();
        assert_eq!(missing.as_deref(), Some("the path parameter `part` is missing"));
        let surplus = encoded(|request| ["a", "b", "c"].into_iter().for_each(|part| request.path(&part))).err();
        assert_eq!(surplus.as_deref(), Some("too many path parameters"));
    }

    #[test]
    fn query_repeats_lists() {
        const LIST: OperationInfo = OperationInfo::get("things.list", "/things");
        let mut request = Encoder::new(&LIST);
        request.query("limit", &5_u32);
        request.query("id", &vec!["a&b".to_owned(), "c=d".to_owned()]);
        request.query("none", &Vec::<String>::new());
        request.query("all", &true);
        let encoded = request.finish();
        assert_eq!(
            encoded.map(|it| it.query).as_deref(),
            Ok("limit=5&id=a%26b&id=c%3Dd&all=true")
        );
    }

    #[test]
    fn order_of_the_query_does_not_depend_on_the_calls() {
        const LIST: OperationInfo = OperationInfo::get("things.list", "/things").query_order(&["a", "b", "c"]);
        for names in [["a", "b", "c"], ["c", "b", "a"], ["b", "c", "a"]] {
            let mut request = Encoder::new(&LIST);
            request.query("required", &0);
            for name in names {
                request.query(name, &1);
            }
            assert_eq!(request.finish().expect("a request").query, "required=0&a=1&b=1&c=1");
        }
    }

    #[test]
    fn setting_a_parameter_again_replaces_it() {
        const LIST: OperationInfo = OperationInfo::get("things.list", "/things").query("id=0");
        let mut request = Encoder::new(&LIST);
        for (id, price, tag) in [(1, 2, "a\nb"), (3, 4, "c")] {
            request.query("id", &vec![id, id]);
            request.brackets("id[]", &vec![id]);
            request.deep("price", &BTreeMap::from([("min".to_owned(), price)]));
            request.comma("tags", &vec![tag.to_owned()]);
            request.header("x-tag", &tag.to_owned());
        }
        let encoded = request.finish().expect("a request");
        assert_eq!(encoded.query, "id=0&id=3&id=3&id%5B%5D%5B%5D=3&price%5Bmin%5D=4&tags=c");
        assert_eq!(encoded.headers["x-tag"], "c");

        let mut request = Encoder::new(&LIST);
        request.query("id", &1);
        request.query("id", &Vec::<i32>::new());
        request.header("x-tag", &"a".to_owned());
        request.header("x-tag", &Vec::<String>::new());
        let encoded = request.finish().expect("a request");
        assert_eq!((encoded.query.as_str(), encoded.headers.len()), ("id=0", 0));
    }

    #[test]
    fn encodes_the_body() {
        let body = |fill: fn(&mut Encoder)| {
            let encoded = encoded(|request| {
                request.path(&"a");
                request.path(&"b");
                fill(request);
            });
            encoded.expect("a request").body
        };
        assert_eq!(body(|_| ()), None);
        assert_eq!(body(Encoder::empty_json).as_deref(), Some(&b"{}"[..]));
        assert_eq!(
            body(|request| request.json(vec![1].view())).as_deref(),
            Some(&b"[1]"[..])
        );
    }

    #[test]
    fn styles_determine_the_query_of_lists_and_objects() {
        const LIST: OperationInfo = OperationInfo::get("things.list", "/things");
        let query = |fill: &dyn Fn(&mut Encoder)| {
            let mut request = Encoder::new(&LIST);
            fill(&mut request);
            request.finish().expect("a request").query
        };
        let list = || vec!["a,b".to_owned(), "c d".to_owned()];
        assert_eq!(query(&|request| request.comma("id", &list())), "id=a%2Cb,c%20d");
        assert_eq!(query(&|request| request.comma("id", &Vec::<String>::new())), "");
        assert_eq!(
            query(&|request| request.brackets("id", &list())),
            "id%5B%5D=a%2Cb&id%5B%5D=c%20d"
        );
        let map = BTreeMap::from([("a&".to_owned(), vec![1, 2]), ("b".to_owned(), vec![])]);
        assert_eq!(
            query(&|request| request.deep("f", &map)),
            "f%5Ba%26%5D%5B%5D=1&f%5Ba%26%5D%5B%5D=2"
        );
        let json = serde_json::json!({ "min": 1.5, "tags": ["x"], "none": null, "in": { "on": true } });
        assert_eq!(
            query(&|request| request.deep("f", &json)),
            "f%5Bin%5D%5Bon%5D=true&f%5Bmin%5D=1.5&f%5Btags%5D%5B%5D=x"
        );
        assert_eq!(query(&|request| request.deep("f", &None::<BTreeMap<String, bool>>)), "");
        let period = Period {
            days: vec![Timestamp::UNIX_EPOCH],
        };
        assert_eq!(query(&|request| request.deep("f", &period)), "f%5Bdays%5D%5B%5D=0");
    }

    struct Period {
        days: Vec<Timestamp>,
    }

    object!(Period { "days" as EpochSeconds => days, });

    #[test]
    fn headers_are_set_from_parameters() {
        const GET: OperationInfo = OperationInfo::get("things.get", "/things");
        let mut request = Encoder::new(&GET);
        request.header("if-match", &"a".to_owned());
        request.header("accept-language", &vec!["de".to_owned(), "en".to_owned()]);
        request.header("x-none", &Vec::<u32>::new());
        let headers = request.finish().expect("a request").headers;
        assert_eq!(headers["if-match"], "a");
        assert_eq!(headers["accept-language"], "de, en");
        assert_eq!(headers.len(), 2);
        let mut request = Encoder::new(&GET);
        request.header("if-match", &"a\nb".to_owned());
        assert_eq!(
            request.finish().err().as_deref(),
            Some("invalid header value for `if-match`")
        );
    }

    #[test]
    fn bodies_have_the_constants_and_the_key_of_the_operation() {
        const FIXED: &[(&str, Constant)] = &[("type", Constant::Text("reboot")), ("force", Constant::Boolean(true))];
        const ACT: OperationInfo = OperationInfo::post("things.act", "/things").fixed(FIXED);
        const WRAPPED: OperationInfo = ACT.request_key("action");
        const KEYED: OperationInfo = OperationInfo::post("things.create", "/things").request_key("thing");
        let body = |info: &'static OperationInfo, fill: &dyn Fn(&mut Encoder)| {
            let mut request = Encoder::new(info);
            fill(&mut request);
            let body = request.finish().expect("a request").body.expect("a body");
            String::from_utf8(body.to_vec()).expect("UTF-8")
        };
        let value = BTreeMap::from([("a".to_owned(), 1)]);
        assert_eq!(
            body(&ACT, &|request| request.json(value.view())),
            r#"{"type":"reboot","force":true,"a":1}"#
        );
        let same_key = BTreeMap::from([("type".to_owned(), 1)]);
        assert_eq!(
            body(&ACT, &|request| request.json(same_key.view())),
            r#"{"type":"reboot","force":true}"#
        );
        assert_eq!(
            body(&ACT, &|request| request.json(View::Object(&value, Codec::Quoted))),
            r#"{"type":"reboot","force":true,"a":"1"}"#
        );
        assert_eq!(body(&ACT, &Encoder::empty_json), r#"{"type":"reboot","force":true}"#);
        assert_eq!(body(&ACT, &Encoder::no_json), r#"{"type":"reboot","force":true}"#);
        assert_eq!(
            body(&WRAPPED, &|request| request.json(value.view())),
            r#"{"action":{"type":"reboot","force":true,"a":1}}"#
        );
        assert_eq!(
            body(&KEYED, &|request| request.json(vec![1].view())),
            r#"{"thing":[1]}"#
        );
        let mut request = Encoder::new(&KEYED);
        request.no_json();
        assert_eq!(request.finish().expect("a request").body, None);
    }

    #[test]
    fn reports_the_first_problem() {
        let problem = encoded(|request| {
            request.path(&"..");
            request.path(&"");
        });
        assert!(problem.is_err_and(|text| text.contains("`id`")));
    }
}
