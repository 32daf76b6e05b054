//! The constant query after a path, such as `beta=true`.

use std::fmt;
use std::str::FromStr;

use super::path_segment::{check_characters, decode, is_path_character};

/// The constant query of an operation, as written and sent. May be empty.
#[derive(Clone, Debug, Default)]
pub struct FixedQuery {
    text: String,
}

impl FixedQuery {
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Returns the decoded names and values. A parameter without a value has an empty one.
    pub fn decoded(&self) -> Vec<(String, String)> {
        let pairs = self.text.split('&').filter(|pair| !pair.is_empty());
        let decoded = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(&name.replace('+', " ")), decode(&value.replace('+', " ")))
        });
        decoded.collect()
    }

    /// Returns the decoded pairs without their order. Queries of the same shape match the same requests.
    pub fn shape(&self) -> Vec<(String, String)> {
        let mut pairs = self.decoded();
        pairs.sort();
        pairs
    }
}

impl FromStr for FixedQuery {
    type Err = String;

    /// Parses a query without the question mark. The second line of an error is the fix.
    fn from_str(query: &str) -> Result<Self, String> {
        if let Some(name) = query
            .split('{')
            .nth(1)
            .map(|rest| rest.split('}').next().unwrap_or(rest))
        {
            return Err(format!(
                "the query in the path has a parameter `{{{name}}}`\ndeclare query parameters under the key `query`"
            ));
        }
        if query.split('&').any(|pair| pair.is_empty() || pair.starts_with('=')) {
            return Err(format!(
                "the query `?{query}` has a parameter without a name\nwrite `?name=value`, with `&` between parameters"
            ));
        }
        check_characters(query, |c| is_path_character(c) || matches!(c, '/' | '?'))?;
        Ok(Self { text: query.to_owned() })
    }
}

impl fmt::Display for FixedQuery {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_ignores_order_and_spelling() {
        let shape = |text: &str| text.parse::<FixedQuery>().unwrap().shape();
        assert_eq!(shape("a=%7e%20&b"), shape("b=&a=~+"));
        assert_ne!(shape("a=1"), shape("a=1&a=1"));
        assert_ne!(shape("a=1"), shape("a=2"));
    }

    #[test]
    fn rejects_queries_with_a_fix() {
        let nameless = "write `?name=value`, with `&` between parameters";
        for (text, message, help) in [
            ("", "the query `?` has a parameter without a name", nameless),
            ("a&&b", "the query `?a&&b` has a parameter without a name", nameless),
            ("=b", "the query `?=b` has a parameter without a name", nameless),
            (
                "limit={limit}",
                "the query in the path has a parameter `{limit}`",
                "declare query parameters under the key `query`",
            ),
            ("a=b c", "` ` is not allowed in `a=b c`", "write `%20`"),
            (
                "a=%",
                "`%` in `a=%` is not followed by two hexadecimal digits",
                "write `%25` for a percent sign",
            ),
            (
                "a#b",
                "`#` in `a#b` starts a fragment, which is never sent",
                "remove it, or write `%23`",
            ),
        ] {
            assert_eq!(text.parse::<FixedQuery>().unwrap_err(), format!("{message}\n{help}"));
        }
    }
}
