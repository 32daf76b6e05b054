//! Validation of API keys.

/// Returns the reason why a text cannot be an API key. It does not repeat any part of the text.
pub(crate) fn api_key_problem(key: &str) -> Option<&'static str> {
    if key.is_empty() {
        Some("is empty")
    } else if key.contains(['\n', '\r']) {
        Some("contains a line break")
    } else if key.trim() != key {
        Some("begins or ends with a space")
    } else if key.contains(char::is_whitespace) {
        Some("contains a space")
    } else if key.contains(char::is_control) {
        Some("contains a control character")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejects_keys_that_were_copied_with_other_text() {
        for (key, problem) in [
            ("ak_1-b.c/d+e=", None),
            ("", Some("is empty")),
            ("k\n", Some("contains a line break")),
            ("k\r\n", Some("contains a line break")),
            ("k\nl", Some("contains a line break")),
            (" k", Some("begins or ends with a space")),
            ("k\t", Some("begins or ends with a space")),
            (" ", Some("begins or ends with a space")),
            ("Bearer k", Some("contains a space")),
            ("k\tl", Some("contains a space")),
            ("k\0", Some("contains a control character")),
            ("k\u{7f}l", Some("contains a control character")),
        ] {
            assert_eq!(api_key_problem(key), problem, "{key:?}");
        }
    }
}
