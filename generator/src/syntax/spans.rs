//! Byte ranges of all keys and values in a YAML file, found in one pass.
//!
//! `serde_yaml` does not report the positions of parsed values. If there are errors to show, the file is parsed again
//! with a parser that does.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::Part;

/// The byte ranges of all keys and values, by path.
#[derive(Debug, Default)]
pub struct Spans {
    /// All values. The first is the whole document.
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    bytes: Range<usize>,
    /// Mapping entries by key, or list items by index.
    children: HashMap<String, Child>,
}

#[derive(Debug)]
struct Child {
    key: Range<usize>,
    /// The index of the value. An alias has the index of the anchored value.
    node: usize,
}

impl Spans {
    /// Parses a text up to the first syntax error.
    pub fn new(text: &str) -> Self {
        let mut builder = Builder::new(text);
        for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
            builder.event(event, span);
        }
        builder.spans
    }

    /// Returns the bytes of the key or value at a path. A list item is its own key.
    pub fn get(&self, path: &[String], part: Part) -> Option<Range<usize>> {
        let mut node = self.nodes.first()?;
        let mut key = &node.bytes;
        for name in path {
            let child = node.children.get(name)?;
            node = &self.nodes[child.node];
            key = &child.key;
        }
        Some(match part {
            Part::Key => key.clone(),
            Part::Value => node.bytes.clone(),
        })
    }

    /// Returns the bytes of the key or value at the longest prefix of a path that exists.
    pub fn nearest(&self, path: &[String], part: Part) -> Range<usize> {
        let mut lengths = (0..=path.len()).rev();
        let found = lengths.find_map(|length| self.get(&path[..length], part));
        found.unwrap_or(0..0)
    }
}

struct Builder<'a> {
    text: &'a str,
    /// The byte offset of each character, and the length of the text.
    bytes: Vec<usize>,
    spans: Spans,
    /// Nodes by anchor.
    anchors: HashMap<usize, usize>,
    /// The collections that have not ended.
    open: Vec<Collection>,
    /// The byte offset at which the previous event ended.
    previous_end: usize,
}

struct Collection {
    node: usize,
    next: Next,
}

/// The node expected next in a collection.
enum Next {
    Item(usize),
    Key,
    /// The value of a key. `None` if the key is not a scalar, because paths contain only scalar keys.
    Value(Option<(String, Range<usize>)>),
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        let starts = text.char_indices().map(|(start, _)| start);
        Self {
            text,
            bytes: starts.chain([text.len()]).collect(),
            spans: Spans::default(),
            anchors: HashMap::new(),
            open: Vec::new(),
            previous_end: 0,
        }
    }

    fn event(&mut self, event: Event, span: saphyr_parser::Span) {
        let [start, end] = [span.start, span.end].map(|mark| self.bytes[mark.index().min(self.bytes.len() - 1)]);
        match event {
            Event::Scalar(value, style, anchor, _) => {
                let bytes = self.scalar(style, start, end);
                let node = self.node(bytes.clone(), anchor);
                self.place(node, Some((value.into_owned(), bytes)));
            }
            Event::Alias(anchor) => {
                if let Some(node) = self.anchors.get(&anchor) {
                    self.place(*node, None);
                }
            }
            Event::SequenceStart(anchor, _) => self.open(self.first_dash(start), anchor, Next::Item(0)),
            Event::MappingStart(anchor, _) => self.open(start, anchor, Next::Key),
            Event::SequenceEnd | Event::MappingEnd => drop(self.open.pop()),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {}
        }
        self.previous_end = end;
    }

    /// Returns the first line of a scalar. For a block scalar, returns its `|` or `>`.
    fn scalar(&self, style: ScalarStyle, start: usize, end: usize) -> Range<usize> {
        if let ScalarStyle::Literal | ScalarStyle::Folded = style {
            let before = self.text.get(self.previous_end..start).unwrap_or_default();
            let indicator = before.find(['|', '>']).map_or(start, |at| self.previous_end + at);
            return token(self.text, indicator);
        }
        let line = self.text[start..end].lines().next().unwrap_or_default();
        start..start + line.trim_end().len()
    }

    /// Returns the dash of the first item. The parser reports a later start for lists without indentation.
    fn first_dash(&self, start: usize) -> usize {
        if self.text[start..].starts_with(['-', '[']) {
            return start;
        }
        let before = self.text.get(self.previous_end..start).unwrap_or_default();
        before.rfind('-').map_or(start, |at| self.previous_end + at)
    }

    fn open(&mut self, start: usize, anchor: usize, next: Next) {
        let node = self.node(token(self.text, start), anchor);
        self.place(node, None);
        self.open.push(Collection { node, next });
    }

    fn node(&mut self, bytes: Range<usize>, anchor: usize) -> usize {
        let node = self.spans.nodes.len();
        self.spans.nodes.push(Node {
            bytes,
            children: HashMap::new(),
        });
        if anchor != 0 {
            self.anchors.insert(anchor, node);
        }
        node
    }

    /// Adds a node to the open collection. `scalar` is its text, in case it is a key.
    fn place(&mut self, node: usize, scalar: Option<(String, Range<usize>)>) {
        let Some(Collection { node: parent, next }) = self.open.last_mut() else {
            return;
        };
        let (entry, after) = match next {
            Next::Item(index) => {
                let bytes = self.spans.nodes[node].bytes.clone();
                (Some((index.to_string(), bytes)), Next::Item(*index + 1))
            }
            Next::Key => (None, Next::Value(scalar)),
            Next::Value(key) => (key.take(), Next::Key),
        };
        *next = after;
        if let Some((name, key)) = entry {
            let children = &mut self.spans.nodes[*parent].children;
            children.entry(name).or_insert(Child { key, node });
        }
    }
}

/// Returns the extent of the scalar or opening bracket at a byte offset.
pub fn token(text: &str, start: usize) -> Range<usize> {
    let rest = &text[start..];
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    if line.starts_with('&')
        && let Some(anchor) = line.find(' ')
    {
        return token(text, start + anchor + 1);
    }
    let length = match line.chars().next() {
        None => 0,
        Some(quote @ ('"' | '\'')) => line[1..].find(quote).map_or(line.len(), |end| end + 2),
        Some('{' | '[') => 1,
        Some(_) => {
            let end = line.find([',', '{', '}', '[', ']', '#']).unwrap_or(line.len());
            let end = line[..end].find(": ").unwrap_or(end);
            line[..end].trim_end().trim_end_matches(':').len()
        }
    };
    start..start + length
}

#[cfg(test)]
mod tests {
    use std::fmt;
    use std::fs;
    use std::path::Path;

    use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
    use serde_yaml::Value;

    use super::super::yaml::offset;
    use super::*;

    fn path(keys: &[&str]) -> Vec<String> {
        keys.iter().map(ToString::to_string).collect()
    }

    fn at<'a>(text: &'a str, keys: &[&str], part: Part) -> &'a str {
        &text[Spans::new(text).get(&path(keys), part).unwrap()]
    }

    const TEXT: &str =
        "# größe\ntypes:\n  Ref: { doc: \"a, b\", fields: { id: list<string> } }\n  Other:\n    - x\n    - y\n";

    #[test]
    fn finds_keys_values_and_list_items() {
        assert_eq!(at(TEXT, &["types"], Part::Key), "types");
        assert_eq!(at(TEXT, &["types", "Ref"], Part::Key), "Ref");
        assert_eq!(at(TEXT, &["types", "Ref"], Part::Value), "{");
        assert_eq!(at(TEXT, &["types", "Ref", "doc"], Part::Value), "\"a, b\"");
        assert_eq!(at(TEXT, &["types", "Ref", "fields", "id"], Part::Value), "list<string>");
        assert_eq!(at(TEXT, &["types", "Other", "1"], Part::Key), "y");
        assert_eq!(at(TEXT, &["types", "Other", "1"], Part::Value), "y");
    }

    #[test]
    fn value_excludes_its_anchor() {
        let text = "a: &name { b: 1 }\nc: *name\n";
        assert_eq!(at(text, &["a"], Part::Value), "{");
        assert_eq!(at(text, &["c"], Part::Key), "c");
        let anchored = Spans::new(text).get(&path(&["a", "b"]), Part::Key).unwrap();
        assert_eq!(Spans::new(text).get(&path(&["c", "b"]), Part::Key).unwrap(), anchored);
    }

    #[test]
    fn quoted_strings_end_at_the_closing_quote() {
        let text = "'a b': \"c, \\\"d\\\" # e\"\n\"f\": g # h\n";
        assert_eq!(at(text, &["a b"], Part::Key), "'a b'");
        assert_eq!(at(text, &["a b"], Part::Value), "\"c, \\\"d\\\" # e\"");
        assert_eq!(at(text, &["f"], Part::Value), "g");
    }

    #[test]
    fn plain_strings_may_contain_brackets() {
        let text = "http: GET /things/{id}\nquery: a, b\n";
        assert_eq!(at(text, &["http"], Part::Value), "GET /things/{id}");
        assert_eq!(at(text, &["query"], Part::Value), "a, b");
    }

    #[test]
    fn multi_line_strings_span_their_first_line() {
        let text = "a: b\n  c\nd: |\n  e\nf: >-\n  g\nh: \"i\n  j\"\n";
        assert_eq!(at(text, &["a"], Part::Value), "b");
        assert_eq!(at(text, &["d"], Part::Value), "|");
        assert_eq!(at(text, &["f"], Part::Value), ">-");
        assert_eq!(at(text, &["h"], Part::Value), "\"i");
    }

    #[test]
    fn unknown_paths_have_no_span() {
        let spans = Spans::new(TEXT);
        assert_eq!(spans.get(&path(&["nothing"]), Part::Key), None);
        assert_eq!(spans.get(&path(&["types", "Ref", "doc", "x"]), Part::Key), None);
        let nearest = spans.nearest(&path(&["types", "Ref", "doc", "x"]), Part::Key);
        assert_eq!(&TEXT[nearest], "doc");
        assert_eq!(Spans::new("").nearest(&path(&["a"]), Part::Value), 0..0);
    }

    #[test]
    fn truncated_text_keeps_earlier_spans() {
        assert_eq!(at("a: 1\nb: [", &["a"], Part::Value), "1");
    }

    /// Asserts that every key and value is at the position that `serde_yaml` reports.
    fn check(name: &str, text: &str) {
        // Only `serde_yaml` parses a byte order mark within a text, which another check rejects.
        let Some(document) = serde_yaml::from_str::<Value>(text)
            .ok()
            .filter(|_| !text.contains('\u{feff}'))
        else {
            return;
        };
        let spans = Spans::new(text);
        let mut open = vec![(Vec::new(), &document)];
        // The reference parses the text once for each key and value.
        let mut rest = 100;
        while let (Some((path, value)), 1..) = (open.pop(), rest) {
            rest -= 1;
            for part in [Part::Key, Part::Value] {
                let found = spans.nearest(&path, part);
                let expected = locate(text, &path, part).unwrap();
                // The position of an empty value does not matter.
                let both_empty = found.is_empty() && expected.is_empty();
                // The reference only guesses where a string ends.
                let longer = found.start == expected.start && found.end > expected.end && value.is_string();
                assert!(
                    found == expected || both_empty || longer,
                    "{part:?} of {path:?} in {name}: {found:?}, not {expected:?}"
                );
            }
            let children: Vec<_> = match value {
                Value::Mapping(entries) => {
                    let entries = entries
                        .iter()
                        .filter_map(|(key, value)| Some((key.as_str()?.to_owned(), value)));
                    entries.collect()
                }
                Value::Sequence(items) => {
                    let items = items.iter().enumerate();
                    items.map(|(index, value)| (index.to_string(), value)).collect()
                }
                _ => Vec::new(),
            };
            open.extend(
                children
                    .into_iter()
                    .map(|(key, value)| ([path.as_slice(), &[key]].concat(), value)),
            );
        }
    }

    #[test]
    fn spans_match_serde_yaml() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for folder in [
            "schema",
            "tests/fixtures",
            "tests/fixtures/valid",
            "tests/fixtures/invalid",
        ] {
            for entry in fs::read_dir(root.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "yaml") {
                    let text = fs::read_to_string(&path).unwrap();
                    for file in text.split("==> ") {
                        let file = file.split_once(".yaml\n").map_or(file, |(_, file)| file);
                        check(&path.display().to_string(), file);
                    }
                }
            }
        }
    }

    #[test]
    fn spans_of_unusual_yaml_match_serde_yaml() {
        for text in [
            "a:\n  b:\n  - c: 1\n    d: 2\n  -\n    - e\n  - []\n  - {}\nf: ~\n",
            "a:\r\n  b: 1\r\n  ä: { ö: \"ü\", 'ß': [x, y] }\r\nc: z\r\n",
            "a: &x\n  b: 1\nc: &y [1, 2]\nd: *y\ne: { f: *x }\n",
            "? a\n: b\n? c\n: - d\n  - e\n",
            "---\n# comment\na: # comment\n  - b # comment\n  # comment\n  - c\n",
            "- a\n- b: c\n  d: e\n",
            "{ a: 1, \"b\": 2, c: , d: [ { e: f }, [ g ] ] }",
            "a: |\n  b\n  # > no comment\nc: >\n\n  d\n# > comment\ne: |2-\n   f\n",
            "😀: { 😀: 😀 }\n",
            "a: !tag b\nc: !tag { d: e }\n",
            "a: ''\nb: \"\"\nc: \"x\n  y\"\nd: e f\n",
            "text",
        ] {
            check(text, text);
        }
    }

    // The reference implementation: `serde_yaml` adds the position of the current node to errors in a visitor, so a
    // seed descends to a path and fails there.

    /// Returns the bytes of the key or value at a path. List items are keyed by index.
    fn locate(text: &str, path: &[String], part: Part) -> Option<Range<usize>> {
        let error = PathSeed { path, part }
            .deserialize(serde_yaml::Deserializer::from_str(text))
            .err()?;
        let location = error.location()?;
        Some(token(text, offset(text, location.line(), location.column())))
    }

    /// Descends to a path and fails there.
    struct PathSeed<'a> {
        path: &'a [String],
        part: Part,
    }

    impl<'de> DeserializeSeed<'de> for PathSeed<'_> {
        type Value = ();

        fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
            deserializer.deserialize_any(self)
        }
    }

    impl PathSeed<'_> {
        fn arrive<E: de::Error>(&self) -> Result<(), E> {
            if self.path.is_empty() {
                Err(E::custom("here"))
            } else {
                Ok(())
            }
        }
    }

    impl<'de> Visitor<'de> for PathSeed<'_> {
        type Value = ();

        fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            formatter.write_str("any value")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            self.arrive()?;
            let (name, rest) = (&self.path[0], &self.path[1..]);
            let stop_at_key = rest.is_empty() && self.part == Part::Key;
            while let Some(found) = map.next_key_seed(KeySeed { name, stop_at_key })? {
                if found {
                    map.next_value_seed(PathSeed {
                        path: rest,
                        part: self.part,
                    })?;
                } else {
                    map.next_value::<de::IgnoredAny>()?;
                }
            }
            Ok(())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
            self.arrive()?;
            let index: Option<usize> = self.path[0].parse().ok();
            for position in 0.. {
                let more = if Some(position) == index {
                    items.next_element_seed(PathSeed {
                        path: &self.path[1..],
                        part: self.part,
                    })?
                } else {
                    items.next_element::<de::IgnoredAny>()?.map(drop)
                };
                if more.is_none() {
                    break;
                }
            }
            Ok(())
        }

        fn visit_bool<E: de::Error>(self, _: bool) -> Result<(), E> {
            self.arrive()
        }

        fn visit_i64<E: de::Error>(self, _: i64) -> Result<(), E> {
            self.arrive()
        }

        fn visit_u64<E: de::Error>(self, _: u64) -> Result<(), E> {
            self.arrive()
        }

        fn visit_f64<E: de::Error>(self, _: f64) -> Result<(), E> {
            self.arrive()
        }

        fn visit_str<E: de::Error>(self, _: &str) -> Result<(), E> {
            self.arrive()
        }

        fn visit_unit<E: de::Error>(self) -> Result<(), E> {
            self.arrive()
        }

        fn visit_none<E: de::Error>(self) -> Result<(), E> {
            self.arrive()
        }
    }

    struct KeySeed<'a> {
        name: &'a str,
        stop_at_key: bool,
    }

    impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
        type Value = bool;

        fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
            deserializer.deserialize_str(self)
        }
    }

    impl Visitor<'_> for KeySeed<'_> {
        type Value = bool;

        fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            formatter.write_str("a key")
        }

        fn visit_str<E: de::Error>(self, key: &str) -> Result<bool, E> {
            let found = key == self.name;
            if found && self.stop_at_key {
                return Err(E::custom("here"));
            }
            Ok(found)
        }
    }
}
