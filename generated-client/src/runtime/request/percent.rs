//! Percent-encoding of paths and queries.

use std::fmt::{self, Display, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All characters except for the unreserved characters of a URI.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same without the slash, which separates the segments of a path.
const RESERVED_IN_PATH: &AsciiSet = &RESERVED.remove(b'/');

/// Appends `name=value` to a query, percent-encoded.
pub(crate) fn append_query(query: &mut String, name: &str, value: &dyn Display) {
    separate(query);
    escape(query, &name);
    query.push('=');
    escape(query, value);
}

/// Appends a percent-encoded pair to a query.
pub(crate) fn append_pair(query: &mut String, pair: &str) {
    separate(query);
    query.push_str(pair);
}

fn separate(query: &mut String) {
    if !query.is_empty() {
        query.push('&');
    }
}

/// Appends a percent-encoded value.
pub(crate) fn escape(target: &mut String, value: &dyn Display) {
    escape_set(target, value, RESERVED);
}

/// Appends a percent-encoded value that keeps its slashes.
pub(crate) fn escape_path(target: &mut String, value: &dyn Display) {
    escape_set(target, value, RESERVED_IN_PATH);
}

fn escape_set(target: &mut String, value: &dyn Display, set: &'static AsciiSet) {
    struct Escaped<'a>(&'a mut String, &'static AsciiSet);

    impl Write for Escaped<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.extend(utf8_percent_encode(text, self.1));
            Ok(())
        }
    }

    // Writing to a string never fails, and neither does the `Display` of a parameter.
    let _ = write!(Escaped(target, set), "{value}");
}
