//! External text in one-line messages.

use std::fmt::{self, Display, Write};

/// The maximum number of characters of one text.
const MAX_LENGTH: usize = 1000;

/// External text, displayed on one line and without effects on a terminal.
///
/// Line breaks and tabs become spaces. Other control characters, and those that change the direction of text, are escaped. A
/// long text is shortened.
pub(crate) struct OneLine<'a>(pub(crate) &'a str);

impl Display for OneLine<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, c) in self.0.chars().enumerate() {
            match c {
                _ if index == MAX_LENGTH => return formatter.write_str("…"),
                '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => formatter.write_char(' ')?,
                c if c.is_control() || is_directional(c) => write!(formatter, "{}", c.escape_unicode())?,
                c => formatter.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Returns `true` for characters that change the direction of the text around them.
fn is_directional(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_control_and_directional_characters() {
        for (text, expected) in [
            ("a b", "a b"),
            ("a\r\nb\tc\u{2028}d", "a  b c d"),
            ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("a\u{202e}b\u{2066}", "a\\u{202e}b\\u{2066}"),
            ("\0\u{9b}", "\\u{0}\\u{9b}"),
        ] {
            assert_eq!(OneLine(text).to_string(), expected);
        }
    }

    #[test]
    fn shortens_long_texts() {
        let shown = OneLine(&"ä".repeat(6_000_000)).to_string();
        assert_eq!(shown, "ä".repeat(MAX_LENGTH) + "…");
        assert_eq!(OneLine(&"ä".repeat(MAX_LENGTH)).to_string(), "ä".repeat(MAX_LENGTH));
    }
}
