use std::collections::BTreeMap;

use bytes::Bytes;
use serde_core::de::value::{Error as ValueError, MapDeserializer};
use serde_core::de::{IntoDeserializer, Visitor};
use serde_json::{Value, json};

use super::read::JsonReader;
use super::{DecodeError, JsonValue, Patch, decode_json, object, read as read_from};
use crate::runtime::{Date, Timestamp};

struct Part {
    name: String,
    tags: BTreeMap<String, Vec<i32>>,
    inner: Option<Box<Part>>,
    any: Value,
}

object!(Part {
    "name" => name required,
    "tags" => tags,
    "inner" => inner,
    "any" => any,
});

fn read<T: JsonValue>(text: &str) -> Result<T, DecodeError> {
    let mut value = T::empty();
    decode_json(text.as_bytes(), value.target()).map(|()| value)
}

/// Returns the error message without line and column.
fn problem<T: JsonValue>(text: &str) -> String {
    let text = read::<T>(text).map(|_| ()).expect_err("an error").to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

/// Decodes null as part of a document.
fn read_null<T: JsonValue>() -> Option<T> {
    read::<Vec<T>>("[null]").ok()?.pop()
}

#[test]
fn decodes_null_as_empty_if_the_type_has_an_empty_value() {
    assert_eq!(read_null::<String>(), Some(String::new()));
    assert_eq!(read_null::<bool>(), Some(false));
    assert_eq!(read_null::<u32>(), Some(0));
    assert_eq!(read_null::<f64>(), Some(0.0));
    assert_eq!(read_null::<Vec<String>>(), Some(vec![]));
    assert_eq!(read_null::<BTreeMap<String, bool>>(), Some(BTreeMap::new()));
    assert_eq!(read_null::<Settings>(), Some(Settings::default()));
    assert_eq!(read_null::<Option<Timestamp>>(), Some(None));
    assert_eq!(read_null::<Value>(), Some(Value::Null));
    let error = |expected: &str| format!("[0]: expected {expected}, found null");
    assert_eq!(problem::<Vec<Timestamp>>("[null]"), error("an RFC 3339 timestamp"));
    // Null is an error if a field is required.
    assert_eq!(problem::<Vec<Part>>("[null]"), error("an object"));
}

#[test]
fn null_is_no_document_unless_the_type_has_a_null_value() {
    assert_eq!(read::<Option<String>>("null").ok(), Some(None));
    assert_eq!(read::<Value>("null").ok(), Some(Value::Null));
    assert_eq!(problem::<String>("null"), "expected a string, found null");
    assert_eq!(problem::<bool>("null"), "expected a boolean, found null");
    assert_eq!(problem::<Vec<u32>>("null"), "expected an array, found null");
    assert_eq!(
        problem::<BTreeMap<String, u32>>("null"),
        "expected an object, found null"
    );
    assert_eq!(problem::<Settings>("null"), "expected an object, found null");
}

#[test]
fn document_must_have_a_known_key_unless_it_is_empty() {
    let unknown = "the object has no known key, only others such as `ok`";
    assert_eq!(problem::<Settings>(r#"{"ok": false, "error": "x"}"#), unknown);
    assert_eq!(problem::<Option<Settings>>(r#"{"ok": false}"#), unknown);
    assert!(read::<Settings>("{}").is_ok());
    assert!(read::<Settings>(r#"{"ok": true, "limit": 1}"#).is_ok());
    assert!(read::<Value>(r#"{"ok": true}"#).is_ok());
    assert!(read::<BTreeMap<String, bool>>(r#"{"ok": true}"#).is_ok());
    // The parts of a document may gain and lose keys.
    assert!(read::<Vec<Settings>>(r#"[{"ok": true}]"#).is_ok());
}

#[test]
fn checks_the_range_of_numbers() {
    assert_eq!(read::<i32>("-2147483648").ok(), Some(i32::MIN));
    assert_eq!(read::<u64>("18446744073709551615").ok(), Some(u64::MAX));
    assert_eq!(read::<f64>("3").ok(), Some(3.0));
    assert_eq!(
        problem::<i32>("2147483648"),
        "expected a signed 32-bit integer, found an integer out of range"
    );
    assert_eq!(
        problem::<u32>("-1"),
        "expected an unsigned 32-bit integer, found an integer out of range"
    );
    assert_eq!(
        problem::<u64>("1.5"),
        "expected an unsigned 64-bit integer, found a floating-point number"
    );
    assert!(problem::<f64>("1e999").starts_with("number out of range"));
}

#[test]
fn rejects_values_of_another_kind() {
    assert_eq!(problem::<String>("1"), "expected a string, found an integer");
    assert_eq!(problem::<bool>("\"secret\""), "expected a boolean, found a string");
    assert_eq!(problem::<f64>("true"), "expected a number, found a boolean");
    assert_eq!(problem::<f64>("{\"a\": 1}"), "expected a number, found an object");
    assert_eq!(problem::<Vec<bool>>("{}"), "expected an array, found an object");
    assert_eq!(
        problem::<BTreeMap<String, bool>>("[]"),
        "expected an object, found an array"
    );
    assert_eq!(
        problem::<Option<Part>>("1.5"),
        "expected an object, found a floating-point number"
    );
}

#[test]
fn errors_contain_the_path() {
    let error = read::<Part>(r#"{"name": "a", "inner": {"name": "b", "tags": {"x": [1, 2, "secret"]}}}"#);
    let error = error.expect_err("an error");
    assert_eq!(error.path(), "inner.tags.x[2]");
    assert!(
        error
            .message()
            .starts_with("expected a signed 32-bit integer, found a string at line 1 column ")
    );
    assert_eq!(
        problem::<Vec<Vec<bool>>>("[[], [true, 1]]"),
        "[1][1]: expected a boolean, found an integer"
    );
    assert_eq!(problem::<Part>(r#"{"inner": {}}"#), "inner.name: the field is missing");
    assert_eq!(
        problem::<Vec<Part>>(r#"[{"name": "a"}, {"na"#),
        "[1]: EOF while parsing a string"
    );
}

#[test]
fn rejects_deep_nesting() {
    assert!(problem::<Part>(&r#"{"name":"a","inner":"#.repeat(10_000)).contains("recursion limit"));
}

#[test]
fn omits_empty_fields_unless_required() {
    assert_eq!(serde_json::to_value(Part::default()).ok(), Some(json!({ "name": "" })));
    let part = Part {
        inner: Some(Box::default()),
        any: json!(false),
        ..Part::default()
    };
    assert_eq!(
        serde_json::to_value(part).ok(),
        Some(json!({ "name": "", "inner": { "name": "" }, "any": false }))
    );
}

struct Marked {
    id: String,
    provider: String,
    part: Option<Box<Marked>>,
}

object!(Marked {
    "provider" => provider always,
    "id" => id required,
    "part" => part,
});

struct Settings {
    provider: String,
    limit: u32,
}

object!(Settings {
    "provider" => provider always,
    "limit" => limit,
});

#[test]
fn always_fields_may_be_absent() {
    for text in ["{}", r#"{"provider": null}"#] {
        let settings = read::<Settings>(text).expect("an object");
        assert_eq!(settings, Settings::default());
        assert_eq!(serde_json::to_value(settings).ok(), Some(json!({ "provider": "" })));
    }
    assert_eq!(problem::<Marked>(r#"{"provider": "a"}"#), "id: the field is missing");
    assert_eq!(problem::<Marked>("null"), "expected an object, found null");
    assert!(read::<Marked>(r#"{"id": "a", "part": {"id": "b"}}"#).is_ok());
}

struct Tree {
    boxed: Box<Settings>,
    branches: Vec<Tree>,
    named: BTreeMap<String, Tree>,
    change: Patch<Vec<Tree>>,
    twin: Option<Box<Tree>>,
}

object!(Tree {
    "boxed" => boxed,
    "branches" => branches,
    "named" => named,
    "change" => change,
    "twin" => twin,
});

#[test]
fn containers_may_be_recursive() {
    let empty = json!({ "boxed": { "provider": "" } });
    let whole = json!({
        "boxed": { "provider": "a", "limit": 1 },
        "branches": [empty],
        "named": { "x": empty },
        "change": [empty, { "boxed": { "provider": "" }, "change": null }],
        "twin": empty,
    });
    let tree = read::<Tree>(&whole.to_string()).expect("a tree");
    assert_eq!(tree.twin, Some(Box::default()));
    assert_eq!(serde_json::to_value(tree).ok(), Some(whole));
    assert_eq!(
        problem::<Tree>(r#"{"change": [{"named": {"x": {"boxed": {"limit": []}}}}]}"#),
        "change[0].named.x.boxed.limit: expected an unsigned 32-bit integer, found an array"
    );
}

#[test]
fn decodes_formats_with_explicit_options() {
    let mut number = Some(1_u32);
    let some = 2_u32.into_deserializer();
    let read: Result<(), ValueError> = JsonReader::new(number.target()).visit_some(some);
    assert_eq!((read, number), (Ok(()), Some(2)));
    let read: Result<(), ValueError> = JsonReader::new(number.target()).visit_none();
    assert_eq!((read, number), (Ok(()), None));
}

#[test]
fn decodes_numbers_of_arbitrary_precision() {
    let digits = |digits: &'static str| {
        MapDeserializer::<_, ValueError>::new([("$serde_json::private::Number", digits)].into_iter())
    };
    assert_eq!(read_from::<u32, _>(digits("7")), Ok(7));
    assert_eq!(read_from::<f64, _>(digits("-1.5")), Ok(-1.5));
    assert!(read_from::<u32, _>(digits("-1")).is_err());
}

struct Times {
    plain: Vec<Timestamp>,
    created: Timestamp,
    ended: Option<Timestamp>,
    seen: BTreeMap<String, Vec<Option<Timestamp>>>,
    paused: Patch<Timestamp>,
}

object!(Times {
    "plain" => plain,
    "created" as EpochSeconds => created required,
    "ended" as EpochMilliseconds => ended,
    "seen" as EpochSeconds => seen,
    "paused" as EpochSeconds => paused,
});

#[test]
fn codec_applies_inside_options_lists_and_maps() {
    let text = r#"{"plain":["1970-01-01T00:00:09Z"],"created":7,"ended":-1500,"seen":{"a":[8,null]},"paused":9}"#;
    let second = |second| Timestamp::from_second(second).expect("a time");
    let times = Times {
        plain: vec![second(9)],
        created: second(7),
        ended: Timestamp::from_millisecond(-1500).ok(),
        seen: BTreeMap::from([("a".to_owned(), vec![Some(second(8)), None])]),
        paused: Patch::Set(second(9)),
    };
    assert_eq!(read::<Times>(text).ok().as_ref(), Some(&times));
    assert_eq!(serde_json::to_string(&times).ok().as_deref(), Some(text));
}

#[test]
fn errors_depend_on_the_codec() {
    for (text, message) in [
        (
            r#"{"created": "1970-01-01T00:00:00Z"}"#,
            "created: expected a timestamp in seconds, found a string",
        ),
        (
            r#"{"created": 1e300}"#,
            "created: expected a timestamp in seconds, found a number out of range",
        ),
        (
            r#"{"created": 9223372036854775807}"#,
            "created: expected a timestamp in seconds, found an integer out of range",
        ),
        (
            r#"{"created": null}"#,
            "created: expected a value other than null, found null",
        ),
        (
            r#"{"created": 1, "seen": {"a": [1, {}]}}"#,
            "seen.a[1]: expected a timestamp in seconds, found an object",
        ),
        (
            r#"{"created": 1, "plain": [1]}"#,
            "plain[0]: expected an RFC 3339 timestamp, found an integer",
        ),
    ] {
        assert_eq!(problem::<Times>(text), message);
    }
}

#[test]
fn decodes_numbers_without_a_fraction_as_integers() {
    assert_eq!(read::<i32>("443.0").ok(), Some(443));
    assert_eq!(read::<i64>("-1e3").ok(), Some(-1000));
    assert_eq!(read::<u64>("1.5e19").ok(), Some(15_000_000_000_000_000_000));
    assert_eq!(
        problem::<i32>("1.5"),
        "expected a signed 32-bit integer, found a floating-point number"
    );
    for text in ["3e9", "1e300", "-1e300"] {
        assert_eq!(
            problem::<i32>(text),
            "expected a signed 32-bit integer, found an integer out of range"
        );
    }
}

#[test]
fn decodes_an_empty_optional_timestamp_as_absent() {
    assert_eq!(read::<Option<Timestamp>>(r#""""#).ok(), Some(None));
    assert_eq!(
        read::<Vec<Option<Timestamp>>>(r#"["", null]"#).ok(),
        Some(vec![None, None])
    );
    assert_eq!(read::<Option<String>>(r#""""#).ok(), Some(Some(String::new())));
    assert!(read::<Option<i32>>(r#""""#).is_err());
    assert!(read::<Timestamp>(r#""""#).is_err());
}

#[test]
fn ignores_a_byte_order_mark() {
    assert_eq!(read::<Vec<i32>>("\u{feff}[1]").ok(), Some(vec![1]));
    assert_eq!(problem::<Vec<i32>>("\u{feff}"), "the body is empty");
}

struct Forms {
    seconds: Option<Timestamp>,
    list: Vec<Timestamp>,
    map: BTreeMap<String, Vec<Option<Timestamp>>>,
    number: f64,
    flag: Option<bool>,
    day: Option<Date>,
    bytes: Bytes,
}

object!(Forms {
    "seconds" as EpochSeconds => seconds,
    "list" as EpochMilliseconds => list,
    "map" as EpochSeconds => map,
    "number" as Quoted => number,
    "flag" as Quoted => flag,
    "day" => day,
    "bytes" as Base64 => bytes,
});

#[test]
fn codecs_apply_through_containers() {
    let text = r#"{"seconds":-1.5,"list":[-1500],"map":{"a":[7,null]},"number":"0.5","flag":"false","day":"2024-05-06","bytes":"Zg=="}"#;
    let forms: Forms = read(text).expect("forms");
    assert_eq!(forms.seconds, "1969-12-31T23:59:58.5Z".parse().ok());
    assert_eq!(forms.list, Vec::from_iter(forms.seconds));
    assert_eq!(forms.map["a"], [Timestamp::from_second(7).ok(), None]);
    assert_eq!(
        (forms.number, forms.flag, &forms.bytes[..]),
        (0.5, Some(false), &b"f"[..])
    );
    assert_eq!(serde_json::to_string(&forms).ok().as_deref(), Some(text));
    let bare: Forms = read(r#"{"number": 2, "flag": true, "day": "", "bytes": null}"#).expect("forms");
    assert_eq!(
        (bare.number, bare.flag, bare.day, bare.bytes.len()),
        (2.0, Some(true), None, 0)
    );
}

#[test]
fn quoted_values_must_be_json_numbers_or_booleans() {
    for (text, found) in [
        ("\"inf\"", "a string in another format"),
        ("\"NaN\"", "a string in another format"),
        ("\"+1\"", "a string in another format"),
        ("\" 1\"", "a string in another format"),
        ("\"\"", "an empty string"),
        ("\"true\"", "a boolean"),
        ("[]", "an array"),
    ] {
        let error = problem::<Forms>(&format!(r#"{{"number": {text}}}"#));
        assert_eq!(error, format!("number: expected a number in a string, found {found}"));
    }
}

#[test]
fn decimal_seconds_have_microseconds() {
    for text in [
        "2024-05-06T07:08:09.123456Z",
        "1969-12-31T23:59:59.999999Z",
        "2200-01-01T00:00:00.000001Z",
    ] {
        let time: Option<Timestamp> = text.parse().ok();
        let number = time.and_then(Timestamp::as_decimal_second).expect("a fraction");
        assert_eq!(Timestamp::from_decimal_second(number).ok(), time, "{text}");
    }
    for number in [f64::NAN, f64::INFINITY, 1e300, -1e300] {
        assert!(Timestamp::from_decimal_second(number).is_err(), "{number}");
    }
}
