//! Base64, as RFC 4648 defines it.

use zeroize::Zeroizing;

/// The characters for the values from 0 to 63.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Encodes bytes with padding. Dropping the text erases it from memory.
pub(super) fn encode(bytes: &[u8]) -> Zeroizing<String> {
    // Growing the string would leave a copy of its beginning in memory.
    let mut text = Zeroizing::new(String::with_capacity(bytes.len().div_ceil(3) * 4));
    for chunk in bytes.chunks(3) {
        let byte = |index| u32::from(chunk.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (position, shift) in [18_u32, 12, 6, 0].into_iter().enumerate() {
            // Of a chunk of n bytes, the first n + 1 characters carry data.
            let is_data = position <= chunk.len();
            let value = (bits >> shift) & 0b11_1111;
            text.push(if is_data {
                char::from(ALPHABET[value as usize])
            } else {
                '='
            });
        }
    }
    text
}

/// Decodes text with the standard alphabet or the one for URLs, with or without padding.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let data = text.trim_end_matches('=').as_bytes();
    let is_padded = data.len() < text.len();
    if data.len() % 4 == 1 || (is_padded && text.len() != data.len().next_multiple_of(4)) {
        return None;
    }
    let mut bytes = Vec::with_capacity(data.len() * 3 / 4);
    for chunk in data.chunks(4) {
        let mut bits = 0_u32;
        for character in chunk {
            bits = bits << 6 | value(*character)?;
        }
        bits <<= 6 * (4 - chunk.len());
        let [_, decoded @ ..] = bits.to_be_bytes();
        bytes.extend_from_slice(&decoded[..chunk.len() - 1]);
    }
    Some(bytes)
}

/// Returns the value of a character in either alphabet.
fn value(character: u8) -> Option<u32> {
    let value = match character {
        b'A'..=b'Z' => character - b'A',
        b'a'..=b'z' => character - b'a' + 26,
        b'0'..=b'9' => character - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(value.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_and_decodes_the_vectors_of_the_rfc() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(*encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
            assert_eq!(decode(text.trim_end_matches('=')).as_deref(), Some(bytes.as_bytes()));
        }
    }

    #[test]
    fn decodes_both_alphabets() {
        let bytes: Vec<u8> = (0..=255).collect();
        let text = encode(&bytes);
        assert_eq!(decode(&text).as_ref(), Some(&bytes));
        assert_eq!(decode(&text.replace('+', "-").replace('/', "_")), Some(bytes));
    }

    #[test]
    fn rejects_text_in_another_format() {
        for text in ["Z", "Zg=", "Zg===", "Zm9v====", "=", "Zg=a", "Zg\n==", "Zg!=", "Zmé="] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    #[test]
    fn encodes_every_character_of_the_alphabet() {
        let bytes: Vec<u8> = (0..16_u8)
            .flat_map(|group| {
                let first = u32::from(group) * 4;
                let bits = first << 18 | (first + 1) << 12 | (first + 2) << 6 | (first + 3);
                let [_, bytes @ ..] = bits.to_be_bytes();
                bytes
            })
            .collect();
        assert_eq!(encode(&bytes).as_bytes(), ALPHABET);
        assert_eq!(*encode(&[0xff, 0xfe, 0x00]), "//4A");
    }
}
