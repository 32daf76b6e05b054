//! The parameters of one call.

use std::fmt::{self, Display};

use super::style::{append_comma, append_deep};
use super::{Query, QueryValues, Viewed, append_query};

/// The parameters of one call. Path parameters must be added in the order of the path. A query parameter or a header that is
/// set again replaces the previous value.
// A pointer, because programs contain code that moves it, for each operation. Null if there are none.
#[derive(Clone, Default)]
pub struct CallParameters(Option<Box<Values>>);

/// The values of parameters.
#[derive(Clone, Default)]
pub(super) struct Values {
    pub(super) path: Vec<String>,
    /// The pairs of each query parameter, percent-encoded.
    pub(super) query: Texts,
    pub(super) headers: Texts,
}

/// Texts by the name of their parameter, in the order in which they were first set.
type Texts = Vec<(&'static str, String)>;

#[allow(dead_code, reason = "an API may not have parameters of every kind")]
impl CallParameters {
    /// Creates an empty set of parameters.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds the next path parameter.
    pub(crate) fn path<T: Display>(mut self, value: impl Into<T>) -> Self {
        self.values_mut().path.push(value.into().to_string());
        self
    }

    /// Sets a query parameter, with one pair for each item of a list.
    pub(crate) fn query<T: Query>(self, name: &'static str, value: impl Into<T>) -> Self {
        self.with_query(name, repeated(name, &value.into()))
    }

    /// Sets a query parameter to the values of a list, separated by commas. Adds nothing for an empty list.
    pub(crate) fn comma<T: Query>(self, name: &'static str, value: impl Into<T>) -> Self {
        let mut pairs = String::new();
        append_comma(&mut pairs, name, &value.into());
        self.with_query(name, pairs)
    }

    /// Sets a query parameter `name[]` for each value of a list.
    pub(crate) fn brackets<T: Query>(self, name: &'static str, value: impl Into<T>) -> Self {
        self.with_query(name, repeated(&format!("{name}[]"), &value.into()))
    }

    /// Sets a query parameter `name[key]` for each entry of an object.
    pub(crate) fn deep<T: Viewed>(self, name: &'static str, value: impl Into<T>) -> Self {
        let mut pairs = String::new();
        append_deep(&mut pairs, name, value.into().encoded());
        self.with_query(name, pairs)
    }

    /// Sets a header. The values of a list are separated by commas; an empty list sets none.
    pub(crate) fn header<T: Query>(mut self, name: &'static str, value: impl Into<T>) -> Self {
        set(&mut self.values_mut().headers, name, joined(&value.into()));
        self
    }

    fn with_query(mut self, name: &'static str, pairs: String) -> Self {
        set(&mut self.values_mut().query, name, Some(pairs));
        self
    }

    fn values_mut(&mut self) -> &mut Values {
        self.0.get_or_insert_default()
    }

    pub(super) fn into_values(self) -> Values {
        self.0.map(|values| *values).unwrap_or_default()
    }
}

/// Sets or removes the text with this name. A text that replaces another one keeps its place.
fn set(texts: &mut Texts, name: &'static str, text: Option<String>) {
    let place = texts.iter().position(|(other, _)| *other == name);
    match (place, text) {
        (Some(place), Some(text)) => texts[place].1 = text,
        (Some(place), None) => drop(texts.remove(place)),
        (None, Some(text)) => texts.push((name, text)),
        (None, None) => {}
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

/// Returns the values of a header, separated by commas, or `None` if there are none.
fn joined(value: &dyn Query) -> Option<String> {
    let mut text: Option<String> = None;
    value.each(&mut QueryValues::new(&mut |value| {
        text = Some(match text.take() {
            Some(before) => format!("{before}, {value}"),
            None => value.to_string(),
        });
    }));
    text
}

/// Prints no value, because it may be secret.
impl fmt::Debug for CallParameters {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CallParameters")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::runtime::request::encode;
    use crate::runtime::{OperationInfo, Timestamp, object};

    const LIST: OperationInfo = OperationInfo::get("things.list", "/things");

    fn query(fill: impl FnOnce(CallParameters) -> CallParameters) -> String {
        let encoded = encode(&LIST, fill(CallParameters::new()), Ok(None));
        encoded.expect("a request").query
    }

    fn list() -> Vec<String> {
        vec!["a,b".to_owned(), "c d".to_owned()]
    }

    #[test]
    fn query_repeats_lists() {
        let query = query(|parameters| {
            parameters
                .query::<u32>("limit", 5_u32)
                .query::<Vec<String>>("id", ["a&b".to_owned(), "c=d".to_owned()])
                .query::<Vec<String>>("none", [])
                .query::<bool>("all", true)
        });
        assert_eq!(query, "limit=5&id=a%26b&id=c%3Dd&all=true");
    }

    #[test]
    fn setting_a_parameter_again_replaces_it() {
        let mut parameters = CallParameters::new();
        for (id, price, tag) in [(1, 2, "a\nb"), (3, 4, "c")] {
            parameters = parameters
                .query::<Vec<i32>>("id", [id, id])
                .brackets::<Vec<i32>>("id[]", [id])
                .deep::<BTreeMap<String, i32>>("price", [("min".to_owned(), price)])
                .comma::<Vec<String>>("tags", [tag.to_owned()])
                .header::<String>("x-tag", tag);
        }
        let encoded = encode(&LIST, parameters.clone(), Ok(None)).expect("a request");
        assert_eq!(encoded.query, "id=3&id=3&id%5B%5D%5B%5D=3&price%5Bmin%5D=4&tags=c");
        assert_eq!(encoded.headers["x-tag"], "c");

        let none = parameters
            .query::<Vec<i32>>("id", [])
            .header::<Vec<String>>("x-tag", []);
        let encoded = encode(&LIST, none, Ok(None)).expect("a request");
        assert_eq!(encoded.query, "id%5B%5D%5B%5D=3&price%5Bmin%5D=4&tags=c");
        assert!(encoded.headers.is_empty());
    }

    #[test]
    fn styles_determine_the_query_of_lists() {
        assert_eq!(query(|it| it.comma::<Vec<String>>("id", list())), "id=a%2Cb,c%20d");
        assert_eq!(query(|it| it.comma::<Vec<String>>("id", [])), "");
        assert_eq!(
            query(|it| it.brackets::<Vec<String>>("id", list())),
            "id%5B%5D=a%2Cb&id%5B%5D=c%20d"
        );
    }

    #[test]
    fn styles_determine_the_query_of_objects() {
        let map = BTreeMap::from([("a&".to_owned(), vec![1, 2]), ("b".to_owned(), vec![])]);
        assert_eq!(
            query(|it| it.deep::<BTreeMap<String, Vec<i32>>>("f", map)),
            "f%5Ba%26%5D%5B%5D=1&f%5Ba%26%5D%5B%5D=2"
        );
        let json = serde_json::json!({ "min": 1.5, "tags": ["x"], "none": null, "in": { "on": true } });
        assert_eq!(
            query(|it| it.deep::<serde_json::Value>("f", json)),
            "f%5Bin%5D%5Bon%5D=true&f%5Bmin%5D=1.5&f%5Btags%5D%5B%5D=x"
        );
        let period = Period {
            days: vec![Timestamp::UNIX_EPOCH],
        };
        assert_eq!(query(|it| it.deep::<Period>("f", period)), "f%5Bdays%5D%5B%5D=0");
    }

    struct Period {
        days: Vec<Timestamp>,
    }

    object!(Period { "days" as EpochSeconds => days, });

    #[test]
    fn values_of_a_header_are_separated_by_commas() {
        let parameters = CallParameters::new()
            .header::<String>("if-match", "a")
            .header::<Vec<String>>("accept-language", ["de".to_owned(), "en".to_owned()])
            .header::<Vec<String>>("x-none", []);
        let headers = encode(&LIST, parameters, Ok(None)).expect("a request").headers;
        assert_eq!(headers["if-match"], "a");
        assert_eq!(headers["accept-language"], "de, en");
        assert_eq!(headers.len(), 2);
    }
}
