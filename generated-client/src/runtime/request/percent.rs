//! Percent-encoding of paths and queries.

use std::fmt::{self, Display, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the characters that stand for themselves everywhere in a URI.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Adds `name=value`, percent-encoded, to a query.
pub(crate) fn append_query(query: &mut String, name: &str, value: &dyn Display) {
    if !query.is_empty() {
        query.push('&');
    }
    escape(query, name);
    query.push('=');
    escape(query, value);
}

/// Adds encoded pairs to a query.
pub(crate) fn append_pairs<'a>(query: &mut String, pairs: impl IntoIterator<Item = &'a String>) {
    for pair in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(pair);
    }
}

/// Adds the value, percent-encoded.
pub(crate) fn escape(target: &mut String, value: &(impl Display + ?Sized)) {
    struct Escaped<'a>(&'a mut String);

    impl Write for Escaped<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.extend(utf8_percent_encode(text, RESERVED));
            Ok(())
        }
    }

    // A string takes any text, and no value that is sent here fails to show itself.
    let _ = write!(Escaped(target), "{value}");
}
